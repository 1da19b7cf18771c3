"""Where to go: groups suggested by risk and by chance, and the plan of a visit."""

from itertools import groupby
from typing import NamedTuple

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.followup import actions, exports, queries, suggesting, words
from sajja.followup.actions import Chosen
from sajja.followup.forms import PlanForm
from sajja.followup.risks import candidates
from sajja.followup.suggesting import Suggested, suggested
from sajja.org.door import Request, find, guarded, ranges_of
from sajja.org.models import Kind, Unit
from sajja.org.permissions import P
from sajja.org.queries import names_above
from sajja.programme.models import ProgrammeYear
from sajja.programme.queries import latest_revision, terms_of
from sajja.programme.terms import Terms
from sajja.web import clock
from sajja.web.once import submit
from sajja.web.sheets import TYPE

LONGEST = 40


class Asked(NamedTuple):
    """Whose groups of which year, and the word of the draw."""

    year: ProgrammeYear
    terms: Terms
    place: Unit
    word: str

    def offered(self) -> list[Suggested]:
        """All groups of the place, province by province."""
        ranges = [one for one in ranges_of(self.place) if not one[0].startswith("z")]
        found = candidates(self.year, ranges, clock.today()) if ranges else []
        by_province = groupby(found, key=lambda one: one.path[:2])
        return [one for _path, part in by_province for one in suggested(list(part), self.word)]


def _asked(request: Request, year: int, unit: int, kinds: set[Kind]) -> Asked:
    place = find(request, P.VISIT, Unit.objects.all(), pk=unit)
    latest = latest_revision(year)
    if latest is None or place.kind not in kinds:
        raise Http404
    zone = place if place.kind == Kind.ZONE else queries.zone_on(place, clock.today())
    word = " ".join(request.GET.get("word", "").split())[:LONGEST] or f"{year}-{zone.code if zone else place.path}"
    return Asked(latest.year, terms_of(latest), place, word)


@guarded(P.VISIT)
def suggest(request: Request, year: int, unit: int) -> HttpResponse:
    """The groups of a zone or a province that deserve a visit, each with its reasons, and those drawn by chance."""
    asked = _asked(request, year, unit, {Kind.ZONE, Kind.PROVINCE})
    offered = [one for one in asked.offered() if one.how != suggesting.OWN]
    names = names_above(one.candidate.path for one in offered)
    provinces = {
        row.path: row for row in Unit.objects.filter(kind=Kind.PROVINCE, path__in={one.candidate.path[:2] for one in offered})
    }
    context = {
        "year": asked.year,
        "unit": asked.place,
        "word": asked.word,
        "terms": asked.terms,
        "parts": [
            (provinces[path], [(one, names.district(one.candidate.path), words.HOWS[one.how]) for one in part])
            for path, part in groupby(offered, key=lambda one: one.candidate.path[:2])
        ],
    }
    return render(request, "followup/suggest.html", context)


@guarded(P.VISIT)
def suggest_sheet(request: Request, year: int, unit: int) -> HttpResponse:
    """The same as Excel."""
    asked = _asked(request, year, unit, {Kind.ZONE, Kind.PROVINCE})
    offered = [one for one in asked.offered() if one.how != suggesting.OWN]
    names = names_above(one.candidate.path for one in offered)
    content = exports.suggestions(asked.year, asked.place, offered, names, asked.word)
    name = f"sajja-{year}-{asked.place.path}-suggested.xlsx"
    return HttpResponse(content, TYPE, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@guarded(P.VISIT)
def plan(request: Request, year: int, unit: int) -> HttpResponse:
    """Plan a visit to a province: the day, who goes, and to which groups."""
    asked = _asked(request, year, unit, {Kind.PROVINCE})
    offered = asked.offered()
    form = PlanForm(offered, request.POST or None, initial={"went": request.user.full_name})

    def do() -> str:
        chosen = form.chosen()
        units = Unit.objects.in_bulk([one.candidate.unit for one in chosen])
        places = [Chosen(units[one.candidate.unit], one.how, one.candidate.words) for one in chosen]
        made = actions.plan_visit(
            by=request.user, year=asked.year, province=asked.place, day=form.cleaned_data["day"],
            went=form.cleaned_data["went"], places=places, drawn_by=asked.word,
        )  # fmt: skip
        messages.success(request, _("วางแผนการติดตามแล้ว"))
        if queries.outside_quarter(asked.terms, made.day):
            messages.warning(request, _("วันติดตามอยู่นอกไตรมาส %d บันทึกไว้ได้ ระบบจะแสดงให้เห็น") % asked.terms.forum_quarter)
        return reverse("followup:visit", args=[made.pk])

    if done := submit(request, form, do):
        return done
    names = names_above(one.candidate.path for one in offered)
    boxes = [(box, one, names.district(one.candidate.path), words.HOWS[one.how]) for box, one in form.boxes()]
    back = reverse("followup:unit", args=[year, asked.place.pk])
    context = {"year": asked.year, "unit": asked.place, "terms": asked.terms, "word": asked.word, "form": form, "boxes": boxes}
    return render(request, "followup/plan.html", context | {"back": back})
