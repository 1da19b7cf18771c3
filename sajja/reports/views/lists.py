"""The lists of reports: a district's and a province's by forum, a zone's and the nation's by province."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.org.door import Request, find, guarded, ranges_of, within
from sajja.org.models import Kind, Unit
from sajja.org.permissions import P
from sajja.org.roles import ROLES
from sajja.programme.models import ProgrammeYear
from sajja.programme.queries import current_revision, latest_year, terms_of
from sajja.programme.terms import Terms
from sajja.reports import due, words
from sajja.reports.models import ProvinceReport
from sajja.reports.queries import Owed, day_of, owed
from sajja.web import clock

PAGE = 50
SHOWN: Mapping[str, Callable[[Owed], bool]] = {
    "all": lambda one: True,
    "open": lambda one: one.waits_for_district,
    "submitted": lambda one: one.state == "submitted",
    "returned": lambda one: one.state == "returned",
    "accepted": lambda one: one.state == "accepted",
}


@dataclass(frozen=True)
class Line:
    """A report as the list shows it: its chips and its district."""

    one: Owed
    district: str
    state: tuple[str, words.Text]
    late: tuple[str, words.Text]


@dataclass(frozen=True)
class ProvinceLine:
    """A province in the list: its own report and how many of its districts' came how."""

    unit: Unit
    state: tuple[str, words.Text]
    late: tuple[str, words.Text]
    counts: Counter[str]
    waiting: int


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
    place = find(request, P.SEE_REPORTS, Unit.objects.all(), pk=unit)
    of_year = get_object_or_404(ProgrammeYear, year=year)
    terms = terms_of(current_revision(of_year))
    if place.kind in {Kind.DEPARTMENT, Kind.ZONE}:
        return _by_province(request, of_year, place, terms)
    return _by_forum(request, of_year, place, terms)


def _by_forum(request: Request, year: ProgrammeYear, place: Unit, terms: Terms) -> HttpResponse:
    rows = sorted(owed(year, place.path), key=lambda one: (one.due, one.path))
    wanted = request.GET.get("state", "all")
    wanted = wanted if wanted in SHOWN else "all"
    page = Paginator([one for one in rows if SHOWN[wanted](one)], PAGE).get_page(request.GET.get("page"))
    today = clock.today()
    districts = dict(Unit.objects.filter(path__in={one.path[:4] for one in page}).values_list("path", "name"))
    of_province = None
    if place.kind == Kind.PROVINCE and terms.takes_part(place.path):
        report = ProvinceReport.objects.filter(year=year, province=place).first()
        of_province = _province_line(place, report, terms, Counter(), 0)
    context = {
        "year": year,
        "unit": place,
        "terms": terms,
        "page": page,
        "lines": [_line(one, districts) for one in page],
        "wanted": wanted,
        "filters": [(key, _filter_words()[key], sum(1 for one in rows if test(one))) for key, test in SHOWN.items()],
        "counts": counted(rows),
        "province": of_province,
        "today": today,
    }
    return render(request, "reports/forums.html", context)


def _filter_words() -> dict[str, str]:
    return {
        "all": _("ทั้งหมด"),
        "open": _("อำเภอต้องทำ"),
        "submitted": _("รอตรวจ"),
        "returned": _("ส่งกลับแก้ไข"),
        "accepted": _("ตรวจรับแล้ว"),
    }


def _line(one: Owed, districts: dict[str, str]) -> Line:
    late = words.timeliness(one.due, one.submitted_on, clock.today())
    return Line(one, districts.get(one.path[:4], ""), words.STATES[one.state], late)


def counted(rows: Sequence[Owed]) -> Counter[str]:
    """How many of these are due, on time, late and missing."""
    states = Counter(one.timeliness(clock.today()) for one in rows)
    states["due"] = states[due.ON_TIME] + states[due.LATE] + states[due.MISSING]
    return states


def _by_province(request: Request, year: ProgrammeYear, place: Unit, terms: Terms) -> HttpResponse:
    provinces = _provinces(place).order_by("sort_key", "path")
    taking = [one for one in provinces if terms.takes_part(one.path)]
    reports = {row.province_id: row for row in ProvinceReport.objects.filter(year=year)}
    rows: dict[str, list[Owed]] = {}
    for one in owed(year):
        rows.setdefault(one.path[:2], []).append(one)
    lines = [
        _province_line(one, reports.get(one.pk), terms, counted(rows.get(one.path, [])), _waiting(rows.get(one.path, [])))
        for one in taking
    ]
    page = Paginator(lines, PAGE).get_page(request.GET.get("page"))
    states = Counter(due.state_of(*_day_and_recorded(reports.get(one.pk), terms), clock.today()) for one in taking)
    states["due"] = states[due.ON_TIME] + states[due.LATE] + states[due.MISSING]
    district_counts = sum((line.counts for line in lines), Counter[str]())
    context = {"year": year, "unit": place, "terms": terms, "page": page, "counts": states, "districts": district_counts}
    return render(request, "reports/provinces.html", context)


def _provinces(place: Unit) -> QuerySet[Unit]:
    return Unit.objects.filter(within("path", ranges_of(place)), kind=Kind.PROVINCE, active=True)


def _waiting(rows: Sequence[Owed]) -> int:
    return sum(1 for one in rows if one.state == "submitted")


def _day_and_recorded(report: ProvinceReport | None, terms: Terms) -> tuple[date, date | None]:
    recorded = day_of(report.bpm_at) if report and report.state == "recorded" else None
    return (report.due if report else terms.province_report_due), recorded


def _province_line(
    province: Unit, report: ProvinceReport | None, terms: Terms, counts: Counter[str], waiting: int
) -> ProvinceLine:
    late = words.timeliness(*_day_and_recorded(report, terms), clock.today())
    return ProvinceLine(province, words.PROVINCE_STATES[report.state if report else "draft"], late, counts, waiting)
