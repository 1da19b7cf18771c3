"""A visit: planned, moved, made, corrected, cancelled, printed; its pictures."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.followup import actions, lives, queries, words
from sajja.followup.forms import MoveForm, PhotosForm, ReasonForm, RecordForm
from sajja.followup.models import Visit, VisitPhoto
from sajja.org.door import Request, find, guarded, holds
from sajja.org.permissions import P
from sajja.programme.queries import current_revision, terms_of
from sajja.web import clock, pictures
from sajja.web.once import submit

A_YEAR = 365 * 24 * 3600


def address(visit: Visit) -> str:
    """The visit's page."""
    return reverse("followup:visit", args=[visit.pk])


def page(found: Visit) -> dict[str, Any]:
    """What its page and its paper say. Six queries."""
    today = clock.today()
    terms = terms_of(current_revision(found.year))
    return {
        "visit": found,
        "unit": found.province,
        "state": words.of_visit(found.state, found.day, today),
        "outside": queries.outside_quarter(terms, found.day),
        "quarter": terms.forum_quarter,
        "places": [(place, words.HOWS[place.how]) for place in queries.places_of(found)],
        "photos": queries.photos_of(found),
        "findings": [
            (one, words.KINDS[one.kind], words.SEVERITIES[one.severity], words.of_finding(one.state, one.due, today))
            for one in queries.findings_of(found)
        ],
        "back": address(found),
    }


@guarded(P.SEE_VISITS)
def visit(request: Request, visit: int) -> HttpResponse:
    """Where it goes and why, what was seen, what was found, what happened to it."""
    found = find(request, P.SEE_VISITS, queries.all_visits(), pk=visit)
    moves = [(move, words.VISIT_MOVES[move.move]) for move in queries.moves_of(found)]
    may = holds(request.user, P.VISIT, found.province)
    context = page(found) | {"moves": moves, "may": may, "can": lives.VISIT.moves(found.state) if may else ()}
    return render(request, "followup/visit.html", context)


@guarded(P.SEE_VISITS)
def paper(request: Request, visit: int) -> HttpResponse:
    """The report of a visit on A4."""
    found = find(request, P.SEE_VISITS, queries.all_visits(), pk=visit)
    shown = page(found)
    answers = queries.answers_of(one for one, *_rest in shown["findings"])
    return render(request, "followup/paper.html", shown | {"answers": answers})


@guarded(P.VISIT)
def move(request: Request, visit: int) -> HttpResponse:
    """Another day, with a reason."""
    found = find(request, P.VISIT, queries.all_visits(), pk=visit)
    form = MoveForm(request.POST or None)

    def do() -> str:
        actions.move_visit(by=request.user, visit=found, **form.cleaned_data)
        messages.success(request, _("เลื่อนวันแล้ว"))
        return address(found)

    context = {"visit": found, "unit": found.province, "form": form, "back": address(found)}
    return submit(request, form, do) or render(request, "followup/move.html", context)


@guarded(P.VISIT)
def made(request: Request, visit: int) -> HttpResponse:
    """Write down what came of it; again: a correction."""
    found = find(request, P.VISIT, queries.all_visits(), pk=visit)
    places, correcting = queries.places_of(found), found.state == "made"
    initial = {
        "day": found.day,
        "went": found.went,
        "summary": found.summary,
        "visited": [one.unit_id for one in places if one.visited or one.visited is None],
    }
    form = RecordForm(places, request.POST or None, initial=initial, correcting=correcting)

    def do() -> str:
        actions.record_visit(by=request.user, visit=found, **form.cleaned_data)
        messages.success(request, _("บันทึกแล้ว เรื่องที่ต้องแก้ ให้เพิ่มเป็นข้อสังเกต"))
        return address(found)

    context = {"visit": found, "unit": found.province, "form": form, "back": address(found), "correcting": correcting}
    return submit(request, form, do) or render(request, "followup/made.html", context)


@guarded(P.VISIT)
def cancel(request: Request, visit: int) -> HttpResponse:
    """Give a planned visit up, with a reason."""
    found = find(request, P.VISIT, queries.all_visits(), pk=visit)
    form = ReasonForm(request.POST or None)

    def do() -> str:
        actions.cancel_visit(by=request.user, visit=found, reason=form.cleaned_data["reason"])
        messages.success(request, _("ยกเลิกการติดตามแล้ว"))
        return address(found)

    context = {"visit": found, "unit": found.province, "form": form, "back": address(found)}
    return submit(request, form, do) or render(request, "followup/cancel.html", context)


@guarded(P.VISIT)
def photos(request: Request, visit: int) -> HttpResponse:
    """Add pictures; see those that are there."""
    found = find(request, P.VISIT, queries.all_visits(), pk=visit)
    form = PhotosForm(request.POST or None, request.FILES or None)

    def do() -> str:
        kept = [pictures.keep(one) for one in form.cleaned_data["pictures"]]
        actions.add_visit_photos(by=request.user, visit=found, kept=kept, caption=form.cleaned_data["caption"])
        messages.success(request, _("เก็บรูปแล้ว"))
        return reverse("followup:photos", args=[found.pk])

    if done := submit(request, form, do):
        return done
    context = {"visit": found, "unit": found.province, "form": form, "photos": queries.photos_of(found)}
    return render(request, "followup/photos.html", context | {"back": address(found)})


@guarded(P.VISIT)
def remove_photo(request: Request, photo: int) -> HttpResponse:
    """Take a picture away, with a reason."""
    found = find(request, P.VISIT, VisitPhoto.objects.select_related("visit__province"), pk=photo)
    form = ReasonForm(request.POST or None)
    back = reverse("followup:photos", args=[found.visit_id])

    def do() -> str:
        actions.remove_visit_photo(by=request.user, photo=found, reason=form.cleaned_data["reason"])
        messages.success(request, _("เอารูปออกแล้ว"))
        return back

    context = {"photo": found, "visit": found.visit, "unit": found.visit.province, "form": form, "back": back}
    return submit(request, form, do) or render(request, "followup/remove_photo.html", context)


@guarded(P.SEE_VISITS)
def photo(request: Request, photo: int) -> FileResponse:
    """The picture itself; its name is its content, so the browser of whoever may see it keeps it."""
    found = find(request, P.SEE_VISITS, VisitPhoto.objects.select_related("visit__province"), pk=photo)
    if found.removed_at:
        raise Http404
    return picture(found.sha256)


def picture(sha256: str) -> FileResponse:
    """A kept picture as an answer; Http404 where its file is not there."""
    try:
        answer = FileResponse(pictures.path_of(sha256).open("rb"), content_type="image/jpeg")
    except FileNotFoundError:
        raise Http404 from None
    answer["Cache-Control"] = f"private, max-age={A_YEAR}, immutable"
    answer["ETag"] = f'"{sha256}"'
    return answer
