"""The years: their list, the letter's terms and revisions, opening a year, revising it."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.org.door import Request, guarded, holds
from sajja.org.models import Kind, Person, Unit
from sajja.org.permissions import P
from sajja.programme import actions, files, queries, terms, words
from sajja.programme.forms import FileTextForm, PlainForm, UploadForm
from sajja.programme.models import ProgrammeYear, Revision
from sajja.web.once import submit


@guarded(P.SEE_YEAR)
def years(request: Request) -> HttpResponse:
    """Every year that was opened, the newest first."""
    held, frozen = queries.held_by_year(), queries.frozen_by_year()
    opened = ProgrammeYear.objects.prefetch_related("revisions").order_by("-year")
    rows = [_row(year) | {"held": held.get(year.pk, 0), "frozen": frozen.get(year.pk, 0)} for year in opened]
    waiting = [year for year in files.known() if year not in {row["year"].year for row in rows}]
    may_open = holds(request.user, P.OPEN_YEAR)
    return render(request, "programme/years.html", {"rows": rows, "waiting": waiting if may_open else [], "may_open": may_open})


def _row(year: ProgrammeYear) -> dict[str, Any]:
    revisions = sorted(year.revisions.all(), key=lambda revision: revision.number)
    return {"year": year, "revision": revisions[-1], "terms": queries.terms_of(revisions[-1])}


@guarded(P.SEE_YEAR)
def year(request: Request, year: int) -> HttpResponse:
    """The letter's terms in words, the revisions with what changed, and the way to the lists."""
    found = get_object_or_404(ProgrammeYear, year=year)
    revisions = list(found.revisions.select_related("by").order_by("number"))
    current = queries.terms_of(revisions[-1])
    return render(
        request,
        "programme/year.html",
        {
            "year": found, "revision": revisions[-1], "terms": current, "facts": words.facts(current),
            "history": _history(revisions), "units": _own_units(request.user, current),
            "may_revise": holds(request.user, P.OPEN_YEAR),
        },
    )  # fmt: skip


def _history(revisions: list[Revision]) -> list[dict[str, Any]]:
    """Newest first, each with what it changed from the one before."""
    read = [queries.terms_of(revision) for revision in revisions]
    names = queries.province_names()
    changed = [[], *(words.changes(before, after, names) for before, after in pairwise(read))]
    return [{"revision": r, "changes": c} for r, c in reversed(list(zip(revisions, changed, strict=True)))]


def _own_units(person: Person, current: terms.Terms) -> list[Unit]:
    """The provinces and districts where this person holds a post and sees the year."""
    units = [post.unit for post in person.posts_today if holds(person, P.SEE_YEAR, post.unit)]
    return [unit for unit in units if unit.kind in {Kind.PROVINCE, Kind.DISTRICT} and current.takes_part(unit.path)]


@guarded(P.OPEN_YEAR)
def open_file(request: Request, year: int) -> HttpResponse:
    """A data file of the program: what it says, whether its sums tie out, and opening the year with it."""
    if year not in files.known():
        raise Http404
    mapping = files.mapping_of(year)
    form = PlainForm(request.POST or None)
    if done := submit(request, form, lambda: _open(request, mapping)):
        return done
    return render(
        request,
        "programme/preview.html",
        _preview(mapping) | {"form": form, "name": f"{year}.toml", "back": reverse("programme:years")},
    )


@guarded(P.OPEN_YEAR)
def file(request: Request, year: int) -> HttpResponse:
    """A data file of the program to download: the pattern for the file of another year."""
    if year not in files.known():
        raise Http404
    return HttpResponse(
        files.text_of(year),
        "application/toml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{year}.toml"'},
    )


@guarded(P.OPEN_YEAR)
def upload(request: Request) -> HttpResponse:
    """A data file from elsewhere: read, shown with its checks, and opened only on the second word."""
    sent = FileTextForm(request.POST if "text" in request.POST else None)
    if sent.is_valid():
        return _confirm_text(request, sent)
    form = UploadForm(request.POST or None, request.FILES or None)
    if not form.is_valid():
        return render(request, "programme/upload.html", {"form": form, "known": _not_opened(), "pattern": max(files.known())})
    text = form.cleaned_data["file"]
    return _show_text(request, FileTextForm(initial={"text": text}), text)


def _not_opened() -> list[int]:
    opened = set(ProgrammeYear.objects.values_list("year", flat=True))
    return [year for year in files.known() if year not in opened]


def _confirm_text(request: Request, sent: FileTextForm) -> HttpResponse:
    text = sent.cleaned_data["text"]
    if done := submit(request, sent, lambda: _open(request, terms.load(text))):
        return done
    return _show_text(request, sent, text)


def _show_text(request: Request, form: FileTextForm, text: str) -> HttpResponse:
    back = reverse("programme:upload")
    try:
        shown = _preview(terms.load(text))
    except ValueError as unreadable:
        shown = {"problems": [str(unreadable)], "facts": [], "steps": [], "rules": []}
    return render(request, "programme/preview.html", shown | {"form": form, "back": back})


def _preview(mapping: Mapping[str, Any]) -> dict[str, Any]:
    wrong = terms.problems(mapping)
    if wrong:
        return {"problems": wrong, "facts": [], "terms": None}
    asked = terms.read(mapping)
    opened = ProgrammeYear.objects.filter(year=asked.year).exists()
    return {
        "problems": [], "opened": opened, "terms": asked, "facts": words.facts(asked),
        "here": queries.programme_units(asked),
    }  # fmt: skip


def _open(request: Request, mapping: Mapping[str, Any]) -> str:
    opened = actions.open_year(by=request.user, terms_mapping=mapping)
    messages.success(request, _("เปิดกิจกรรมปี %(year)d แล้ว อำเภอเสนอกลุ่มเป้าหมายได้ทันที") % {"year": opened.year})
    return reverse("programme:year", kwargs={"year": opened.year})
