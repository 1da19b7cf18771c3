"""The forum's page: the run-sheet, pictures, finishing."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from sajja.forums import actions, queries
from sajja.forums.forms import BookkeepingForm, NothingForm, PhotoForm, ReasonForm, StepForm
from sajja.forums.models import Forum, Photo, RunStep
from sajja.forums.runsheet import Step, steps, still_missing
from sajja.forums.views.found import address, found
from sajja.forums.views.planning import warnings_of
from sajja.org.door import Request, find, guarded, holds
from sajja.org.permissions import P
from sajja.programme.queries import terms_of
from sajja.web import pictures
from sajja.web.once import submit

A_YEAR = 31_536_000


@guarded(P.SEE_FORUMS)
def forum(request: Request, forum: int) -> HttpResponse:
    """The run-sheet 4.1–4.6, who came, pictures, what is missing."""
    one = found(request, P.SEE_FORUMS, forum)
    shown = steps(one)
    return render(request, "forums/forum.html", _page(request, one, shown))


def _page(request: Request, one: Forum, shown: list[Step]) -> dict[str, Any]:
    people = queries.attendees_of(one)
    came = [person for person in people if not person.observer]
    return {
        "forum": one, "steps": shown, "done": sum(step.state == "done" for step in shown),
        "sittings": queries.sittings_of(one), "warnings": [] if one.state == "cancelled" else warnings_of(one),
        "came": came, "observers": [person for person in people if person.observer],
        "women": sum(person.sex == "female" for person in came),
        "photos": queries.pictures(one), "terms": terms_of(one.revision), "checks": still_missing(one, shown),
        "may_run": holds(request.user, P.RUN_FORUM, one.selected.group.unit) and one.selected.until is None,
        "moves": one.moves.select_related("by").order_by("-at", "-pk"),
    }  # fmt: skip


@guarded(P.RUN_FORUM)
def step(request: Request, forum: int, step: str) -> HttpResponse:
    """Record the hours and the note of a step."""
    one = found(request, P.RUN_FORUM, forum)
    this = next((each for each in steps(one) if each.key == step), None)
    if this is None:
        raise Http404
    row = this.row
    initial = (
        {"starts": row.starts and row.starts.strftime("%H.%M"), "ends": row.ends and row.ends.strftime("%H.%M"), "note": row.note}
        if row
        else {}
    )
    form = StepForm(request.POST or None, initial=initial)

    def act() -> str:
        actions.record_step(by=request.user, forum=one, key=step, **form.cleaned_data)
        messages.success(request, _("บันทึกขั้น %s แล้ว") % step)
        return address(one)

    if done := submit(request, form, act):
        return done
    return render(request, "forums/step.html", {"forum": one, "step": this, "form": form, "back": address(one)})


def _said(row: RunStep | None) -> dict[str, Any]:
    if row is None:
        return {}
    hours = {name: at.strftime("%H.%M") for name, at in (("starts", row.starts), ("ends", row.ends)) if at}
    return hours | {"note": row.note}


@guarded(P.RUN_FORUM)
def bookkeeping(request: Request, forum: int) -> HttpResponse:
    """4.5: what the group keeps its books with."""
    one = found(request, P.RUN_FORUM, forum)
    form = BookkeepingForm(request.POST or None, initial={"answer": one.bookkeeping, "reason": one.bookkeeping_reason})

    def act() -> str:
        actions.answer_bookkeeping(by=request.user, forum=one, **form.cleaned_data)
        messages.success(request, _("บันทึกข้อ 4.5 แล้ว"))
        return address(one)

    if done := submit(request, form, act):
        return done
    return render(request, "forums/bookkeeping.html", {"forum": one, "form": form, "back": address(one)})


@guarded(P.RUN_FORUM)
def add_photo(request: Request, forum: int) -> HttpResponse:
    """Add a picture from the phone."""
    one = found(request, P.RUN_FORUM, forum)
    form = PhotoForm(request.POST or None, request.FILES or None, initial={"step": request.GET.get("step", "")})

    def act() -> str:
        given = form.cleaned_data
        kept = pictures.keep(given["picture"])
        actions.add_photo(by=request.user, forum=one, kept=kept, step=given["step"], caption=given["caption"])
        messages.success(request, _("เพิ่มรูปแล้ว"))
        return address(one) + "#photos"

    if done := submit(request, form, act):
        return done
    return render(request, "forums/add_photo.html", {"forum": one, "form": form, "back": address(one)})


@guarded(P.SEE_FORUMS)
def photo(request: Request, photo: int) -> HttpResponseBase:
    """The picture itself; its name is its content, so a browser may keep it."""
    one = find(request, P.SEE_FORUMS, _photos(), pk=photo)
    try:
        answer = FileResponse(pictures.path_of(one.sha256).open("rb"), content_type="image/jpeg")
    except FileNotFoundError:
        raise Http404 from None
    answer["Cache-Control"] = f"private, max-age={A_YEAR}, immutable"
    return answer


@guarded(P.RUN_FORUM)
def remove_photo(request: Request, photo: int) -> HttpResponse:
    """Take a picture out, with a reason."""
    one = find(request, P.RUN_FORUM, _photos(), pk=photo)
    form = ReasonForm(request.POST or None)
    del form.fields["order_number"]

    def act() -> str:
        actions.remove_photo(by=request.user, photo=one, reason=form.cleaned_data["reason"])
        messages.success(request, _("เอารูปออกแล้ว"))
        return address(one.forum) + "#photos"

    if done := submit(request, form, act):
        return done
    return render(request, "forums/remove_photo.html", {"photo": one, "form": form, "back": address(one.forum)})


def _photos() -> Any:
    return Photo.objects.select_related("forum__selected__group__unit")


@guarded(P.RUN_FORUM)
def finish(request: Request, forum: int) -> HttpResponse:
    """Finish the forum: what is missing is said, nothing is lost."""
    one = found(request, P.RUN_FORUM, forum)
    form = NothingForm(request.POST if request.method == "POST" else None)

    def act() -> str:
        actions.hold_forum(by=request.user, forum=one)
        messages.success(request, _("ปิดเวทีแล้ว ขั้นต่อไปคือส่งรายงานให้จังหวัด"))
        return address(one)

    if done := submit(request, form, act):
        return done
    missing = [text for is_done, text in still_missing(one, steps(one)) if not is_done]
    return render(request, "forums/finish.html", {"forum": one, "form": form, "missing": missing, "back": address(one)})
