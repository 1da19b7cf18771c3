"""The lists of reports: a district's and a province's by forum, a zone's and the nation's by province."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.org.door import Request, find, guarded, holds
from sajja.org.models import Kind, Unit
from sajja.org.permissions import P
from sajja.org.queries import names_above
from sajja.org.roles import ROLES
from sajja.programme.models import ProgrammeYear
from sajja.programme.queries import latest_revision, latest_year, terms_of
from sajja.programme.terms import Terms
from sajja.reports import exports
from sajja.reports.lines import counted, counted_provinces, line, province_line, province_lines
from sajja.reports.models import ProvinceReport
from sajja.reports.queries import Owed, extensions_under, held_since, owed
from sajja.web.sheets import TYPE

PAGE = 50
SHOWN: Mapping[str, Callable[[Owed], bool]] = {
    "all": lambda one: True,
    "open": lambda one: one.waits_for_district,
    "submitted": lambda one: one.state == "submitted",
    "returned": lambda one: one.state == "returned",
    "accepted": lambda one: one.state == "accepted",
}


class Asked(NamedTuple):
    """Whose reports of which year, by which terms."""

    year: ProgrammeYear
    place: Unit
    terms: Terms

    @property
    def by_province(self) -> bool:
        """Whether the list has a line for each province."""
        return self.place.kind in {Kind.DEPARTMENT, Kind.ZONE}

    def rows(self, request: Request) -> tuple[list[Owed], list[Owed], str]:
        """The reports under the unit, the earliest due first: all, those of the state that was asked for, and that state."""
        rows = sorted(owed(self.year, self.place.path, self.terms), key=lambda one: (one.due, one.path))
        wanted = request.GET.get("state", "all")
        wanted = wanted if wanted in SHOWN else "all"
        return rows, [one for one in rows if SHOWN[wanted](one)], wanted


@guarded(P.SEE_REPORTS)
def home(request: Request) -> HttpResponse:
    """The reports of the reader's own unit in the newest year."""
    year = latest_year()
    if year is None:
        return render(request, "reports/no_year.html")
    unit = next(post.unit for post in request.user.posts_today if P.SEE_REPORTS in ROLES[post.role].may)
    return HttpResponseRedirect(reverse("reports:unit", kwargs={"year": year.year, "unit": unit.pk}))


@guarded(P.SEE_REPORTS)
def unit(request: Request, year: int, unit: int) -> HttpResponse:
    """The reports under a unit."""
    asked = _asked(request, year, unit)
    return _by_province(request, asked) if asked.by_province else _by_forum(request, asked)


@guarded(P.SEE_REPORTS)
def sheet(request: Request, year: int, unit: int) -> HttpResponse:
    """The same list as Excel, whole."""
    asked = _asked(request, year, unit)
    if asked.by_province:
        content = exports.by_province(asked.year, asked.place, province_lines(*asked))
    else:
        _all, rows, _wanted = asked.rows(request)
        names = names_above(one.path for one in rows)
        content = exports.by_forum(asked.year, asked.place, [line(one, {}, held_since(rows)) for one in rows], names)
    name = f"sajja-{asked.year.year}-{asked.place.path or 'th'}-reports.xlsx"
    return HttpResponse(content, TYPE, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _asked(request: Request, year: int, unit: int) -> Asked:
    place = find(request, P.SEE_REPORTS, Unit.objects.all(), pk=unit)
    latest = latest_revision(year)
    if latest is None:
        raise Http404
    return Asked(latest.year, place, terms_of(latest))


def _by_forum(request: Request, asked: Asked) -> HttpResponse:
    rows, shown, wanted = asked.rows(request)
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    districts = dict(Unit.objects.filter(path__in={one.path[:4] for one in page}).values_list("path", "name"))
    since = held_since(page)
    context = {
        "year": asked.year,
        "unit": asked.place,
        "terms": asked.terms,
        "page": page,
        "lines": [line(one, districts, since) for one in page],
        "wanted": wanted,
        "filters": [(key, _filter_words()[key], sum(1 for one in rows if test(one))) for key, test in SHOWN.items()],
        "counts": counted(rows),
        "province": None,
    }
    if asked.place.kind == Kind.PROVINCE and asked.terms.takes_part(asked.place.path):
        given = extensions_under(asked.year, asked.place.path)
        report = ProvinceReport.objects.filter(year=asked.year, province=asked.place).first()
        context["submitted"] = (
            sum(1 for one in rows if one.state == "submitted") if holds(request.user, P.JUDGE_REPORT, asked.place) else 0
        )
        context["province"] = province_line(asked.place, report, asked.terms, (), given.get(asked.place.path))
    return render(request, "reports/forums.html", context)


def _filter_words() -> dict[str, str]:
    return {
        "all": _("ทั้งหมด"),
        "open": _("อำเภอต้องทำ"),
        "submitted": _("รอตรวจ"),
        "returned": _("ส่งกลับแก้ไข"),
        "accepted": _("ตรวจรับแล้ว"),
    }


def _by_province(request: Request, asked: Asked) -> HttpResponse:
    lines = province_lines(*asked)
    context = {
        "year": asked.year,
        "unit": asked.place,
        "terms": asked.terms,
        "page": Paginator(lines, PAGE).get_page(request.GET.get("page")),
        "counts": counted_provinces(lines),
        "districts": {state: sum(one.counts[state] for one in lines) for state in ("due", "on_time", "late", "missing")},
    }
    return render(request, "reports/provinces.html", context)
