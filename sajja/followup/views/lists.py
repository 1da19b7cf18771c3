"""The summaries of the nation, a zone and a place, and the lists behind their figures; each as Excel too."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.followup import exports, lives, queries, words
from sajja.followup.models import Finding, Visit, VisitPlace
from sajja.followup.queries import Row
from sajja.org.door import Request, find, guarded, holds
from sajja.org.models import Kind, Unit
from sajja.org.permissions import P
from sajja.org.roles import ROLES
from sajja.programme.models import ProgrammeYear
from sajja.programme.queries import current_revision, latest_year, terms_of
from sajja.web import clock
from sajja.web.sheets import TYPE

PAGE = 50
SHORT = 10
WIDE = {Kind.DEPARTMENT, Kind.ZONE}
OFFICES = WIDE | {Kind.PROVINCE, Kind.DISTRICT, Kind.GROUP}


@guarded(P.SEE_VISITS)
def home(request: Request) -> HttpResponse:
    """The follow-up of the reader's own unit in the newest year."""
    year = latest_year()
    if year is None:
        return render(request, "followup/no_year.html")
    unit = next(post.unit for post in request.user.posts_today if P.SEE_VISITS in ROLES[post.role].may)
    return HttpResponseRedirect(reverse("followup:unit", args=[year.year, unit.pk]))


def _asked(request: Request, year: int, unit: int) -> tuple[ProgrammeYear, Unit]:
    place = find(request, P.SEE_VISITS, Unit.objects.all(), pk=unit)
    found = ProgrammeYear.objects.filter(year=year).first()
    if found is None or place.kind not in OFFICES:
        raise Http404
    return found, place


def _rows(request: Request, year: ProgrammeYear, place: Unit) -> list[Row]:
    """The zones of the nation, or the provinces of a zone."""
    if place.kind == Kind.DEPARTMENT:
        return queries.zone_rows(year, clock.today())
    return queries.province_rows(request.user, year, place, clock.today())


@guarded(P.SEE_VISITS)
def unit(request: Request, year: int, unit: int) -> HttpResponse:
    """The summary of a unit."""
    of_year, place = _asked(request, year, unit)
    return _wide(request, of_year, place) if place.kind in WIDE else _place(request, of_year, place)


def _wide(request: Request, year: ProgrammeYear, place: Unit) -> HttpResponse:
    rows = _rows(request, year, place)
    terms = terms_of(current_revision(year))
    context = {
        "year": year,
        "unit": place,
        "rows": rows,
        "terms": terms,
        "visited": sum(1 for row in rows if row.visited),
        "visits": {state: sum(row.counts.visits[state] for row in rows) for state in lives.VISIT.states},
        "findings": {which: sum(row.counts.findings[which] for row in rows) for which in lives.SHOWN},
        "officers": queries.officers_by_zone(clock.today()).get(place.pk, []),
        "may_plan": place.kind == Kind.ZONE and holds(request.user, P.VISIT, place),
        "may_assign": place.kind == Kind.DEPARTMENT and holds(request.user, P.ASSIGN_ZONES, place),
    }
    if place.kind == Kind.DEPARTMENT:
        context["in_quarter"] = queries.visited_in(year, terms.forum_starts, terms.forum_quarter_ends)
    return render(request, "followup/wide.html", context)


def _place(request: Request, year: ProgrammeYear, place: Unit) -> HttpResponse:
    today = clock.today()
    findings = queries.findings_under(request.user, year, place)
    of_province = place.kind == Kind.PROVINCE
    visits = list(queries.visits_under(request.user, year, place)) if of_province else []
    states = [one.state for one in visits]
    context = {
        "year": year,
        "unit": place,
        "counts": queries.counts(states, findings.values_list("state", "due"), today),
        "findings": findings_shown(queries.shown(findings, "open", today)[:SHORT]),
        "visits": _visits_shown(visits[-SHORT:]),
        "places": [] if of_province else [_place_shown(one) for one in queries.places_under(request.user, year, place)],
        "may_plan": of_province and holds(request.user, P.VISIT, place),
    }
    return render(request, "followup/place.html", context)


def _place_shown(one: VisitPlace) -> tuple[VisitPlace, tuple[str, Any]]:
    if one.visited is False:
        return one, ("idle", _("ไม่ได้ไปถึง"))
    return one, words.of_visit(one.visit.state, one.visit.day, clock.today())


def _visits_shown(rows: list[Visit]) -> list[tuple[Visit, tuple[int, int], tuple[str, Any]]]:
    counted = _counted(rows)
    today = clock.today()
    return [(one, counted.get(one.pk, (0, 0)), words.of_visit(one.state, one.day, today)) for one in rows]


def _counted(rows: list[Visit]) -> dict[int, tuple[int, int]]:
    """Visit's key → groups that it goes to, and findings. One query."""
    counts = Visit.objects.filter(pk__in=[one.pk for one in rows]).order_by()
    counted = counts.annotate(groups=Count("places", distinct=True), found=Count("findings", distinct=True))
    return {key: (groups, found) for key, groups, found in counted.values_list("pk", "groups", "found")}


def findings_shown(rows: Any) -> list[tuple[Finding, Any, Any, tuple[str, Any]]]:
    """Each finding with its kind, its severity and its chip."""
    today = clock.today()
    return [
        (one, words.KINDS[one.kind], words.SEVERITIES[one.severity], words.of_finding(one.state, one.due, today)) for one in rows
    ]


@guarded(P.SEE_VISITS)
def sheet(request: Request, year: int, unit: int) -> HttpResponse:
    """The summary of the nation or a zone as Excel."""
    of_year, place = _asked(request, year, unit)
    if place.kind not in WIDE:
        raise Http404
    return _sent(exports.summary(of_year, place, _rows(request, of_year, place)), year, place, "followup")


def _sent(content: bytes, year: int, place: Unit, what: str) -> HttpResponse:
    name = f"sajja-{year}-{place.path or 'th'}-{what}.xlsx"
    return HttpResponse(content, TYPE, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _filtered(request: Request, allowed: Any) -> str:
    wanted = request.GET.get("show", "all")
    return wanted if wanted in allowed else "all"


@guarded(P.SEE_VISITS)
def visits(request: Request, year: int, unit: int) -> HttpResponse:
    """The visits under a unit, by day."""
    of_year, place = _asked(request, year, unit)
    wanted = _filtered(request, words.VISIT_LISTS)
    every = queries.visits_under(request.user, of_year, place)
    states = list(every.values_list("state", flat=True))
    found = every if wanted == "all" else every.filter(state=wanted)
    page: Page[Visit] = Paginator(found, PAGE).get_page(request.GET.get("page"))
    numbers = {key: len(states) if key == "all" else states.count(key) for key in words.VISIT_LISTS}
    context = {
        "year": of_year,
        "unit": place,
        "page": page,
        "visits": _visits_shown(list(page)),
        "wanted": wanted,
        "filters": [(key, word, numbers[key]) for key, word in words.VISIT_LISTS.items()],
    }
    return render(request, "followup/visits.html", context)


@guarded(P.SEE_VISITS)
def visits_sheet(request: Request, year: int, unit: int) -> HttpResponse:
    """The same list as Excel, whole."""
    of_year, place = _asked(request, year, unit)
    wanted = _filtered(request, words.VISIT_LISTS)
    every = queries.visits_under(request.user, of_year, place)
    found = list(every if wanted == "all" else every.filter(state=wanted))
    return _sent(exports.visits(of_year, place, found, _counted(found)), year, place, "visits")


@guarded(P.SEE_VISITS)
def findings(request: Request, year: int, unit: int) -> HttpResponse:
    """The findings under a unit, the earliest due first."""
    of_year, place = _asked(request, year, unit)
    wanted, today = _filtered(request, lives.SHOWN), clock.today()
    every = queries.findings_under(request.user, of_year, place)
    counted = queries.counts([], every.values_list("state", "due"), today).findings
    page: Page[Finding] = Paginator(queries.shown(every, wanted, today), PAGE).get_page(request.GET.get("page"))
    context = {
        "year": of_year,
        "unit": place,
        "page": page,
        "findings": findings_shown(page),
        "wanted": wanted,
        "filters": [(key, word, counted[key]) for key, word in words.LISTS.items()],
    }
    return render(request, "followup/findings.html", context)


@guarded(P.SEE_VISITS)
def findings_sheet(request: Request, year: int, unit: int) -> HttpResponse:
    """The same list as Excel, whole."""
    of_year, place = _asked(request, year, unit)
    wanted, today = _filtered(request, lives.SHOWN), clock.today()
    found = list(queries.shown(queries.findings_under(request.user, of_year, place), wanted, today))
    content = exports.findings(of_year, place, found, queries.answers_of(found), today)
    return _sent(content, year, place, "findings")
