"""Places, groups and money by district, province, zone and nation, as far as the person's posts reach."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from sajja.org import queries as org
from sajja.org.door import Request, guarded, scoped
from sajja.org.models import Kind, Unit
from sajja.org.permissions import P
from sajja.programme import exports, queries, totals
from sajja.programme.models import ProgrammeYear
from sajja.programme.terms import Terms
from sajja.programme.totals import Area, Total
from sajja.web.sheets import TYPE

PAGE = 100
LEVELS = ("zone", "province", "district")
SORTS = {"name": "sort_key", "places": "places", "held": "held", "empty": "empty", "money": "satang"}


@dataclass(frozen=True)
class Sheet:
    """The totals that a person may see: lines by level, all of them added up, and whether that is the nation."""

    levels: dict[str, list[Total]]
    rest: Total | None
    whole: Total
    nation: bool
    terms: Terms

    @property
    def ties_out(self) -> bool:
        """Whether places and money of the lines add up to the letter's."""
        return (self.whole.places, self.whole.satang) == (self.terms.groups, self.terms.budget_satang)


def sheet_of(request: Request, year: ProgrammeYear) -> Sheet:
    """Read the totals of a year. A fixed number of queries."""
    asked = queries.terms_of(queries.current_revision(year))
    seen = scoped(request.user, P.SEE_YEAR, Unit.objects.filter(active=True, kind__in=[Kind.PROVINCE, Kind.DISTRICT]))
    areas = [Area(unit.path, unit.full_name, unit.sort_key) for unit in seen.order_by("sort_key", "path")]
    held = list(scoped(request.user, P.SEE_YEAR, queries.standing(year)).values_list("group__unit__path", flat=True))
    districts = [area for area in areas if len(area.path) == 4]
    by_district = totals.by_district(asked, districts, held)
    by_province = totals.by_province(asked, [area for area in areas if len(area.path) == 2], [d.path for d in districts], held)
    zones = {path: Area(zone.path, zone.full_name, zone.sort_key) for path, zone in org.zones_of_provinces().items()}
    rest = totals.not_in_a_district(asked, by_province, by_district, _("ที่ว่าง ยังไม่ลงอำเภอ")) if by_province else None
    whole = totals.added(Area("", _("รวม"), ""), by_province or by_district)
    nation = any(post.unit.kind == Kind.DEPARTMENT for post in request.user.posts_today)
    return Sheet(
        {"zone": totals.by_zone(by_province, zones), "province": by_province, "district": by_district}, rest, whole, nation, asked
    )


@guarded(P.SEE_YEAR)
def page(request: Request, year: int) -> HttpResponse:
    """A table that sorts, by the level asked for."""
    found = get_object_or_404(ProgrammeYear, year=year)
    sheet = sheet_of(request, found)
    offered = [level for level in LEVELS if len(sheet.levels[level]) > (1 if level == "zone" else 0)]
    level = request.GET.get("by", "")
    level = level if level in offered else next((name for name in ("province", "district") if name in offered), "district")
    sort = request.GET.get("sort", "name")
    lines = ordered(sheet.levels[level], sort)
    context = {
        "year": found, "sheet": sheet, "level": level, "offered": offered, "sort": sort,
        "rest": sheet.rest if level == "district" else None, "page": Paginator(lines, PAGE).get_page(request.GET.get("page")),
        "units": _units(lines) if level != "zone" else {},
    }  # fmt: skip
    return render(request, "programme/totals.html", context)


def ordered(lines: list[Total], sort: str) -> list[Total]:
    """Lines by one of SORTS, downwards with a "-" before it."""
    field = SORTS.get(sort.lstrip("-"), "sort_key")
    return sorted(lines, key=lambda line: getattr(line, field), reverse=sort.startswith("-"))


def _units(lines: list[Total]) -> dict[str, int]:
    return dict(Unit.objects.filter(path__in=[line.path for line in lines]).values_list("path", "pk"))


@guarded(P.SEE_YEAR)
def sheet(request: Request, year: int) -> HttpResponse:
    """The same totals in Excel, one sheet a level."""
    found = get_object_or_404(ProgrammeYear, year=year)
    read = sheet_of(request, found)
    content = exports.totals_of(found, read.levels, read.rest, read.whole)
    return HttpResponse(content, TYPE, headers={"Content-Disposition": f'attachment; filename="sajja-{year}-totals.xlsx"'})
