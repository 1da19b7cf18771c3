"""The dashboards: every number is a link to the list behind it, every table is an Excel."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.kpi import exports, words
from sajja.kpi.board import KPI, PLACES, REPORT_STATES, Board, board
from sajja.kpi.choices import asked_for, choices
from sajja.kpi.lists import Listed, listed
from sajja.kpi.parts import Part, levels, parts
from sajja.kpi.rollup import lies_within
from sajja.kpi.ways import ways
from sajja.kpi.words import NAMES
from sajja.org.door import Request, find, guarded, ranges
from sajja.org.models import Kind, Person, Unit
from sajja.org.permissions import P
from sajja.org.roles import ROLES
from sajja.programme.models import ProgrammeYear
from sajja.programme.queries import latest_revision, terms_of
from sajja.web import charts
from sajja.web.sheets import TYPE

STEPS = ("selected", "forums_held", "governance_done", "ssg_done", "plans_drafted", "plans_signed", "carrying_out", "developed")
SHOWN_FAILURES = 8
PER_PAGE = 50
PARTS_PER_PAGE = 20  # each is a card of ten figures on a phone; the Excel has them all
ABOVE_DISTRICTS = {Kind.DEPARTMENT, Kind.ZONE, Kind.PROVINCE}


@guarded(P.SEE_KPI)
def mine(request: Request) -> HttpResponse:
    """The dashboard of one's own first unit."""
    return redirect("kpi:unit", next(post.unit_id for post in request.user.posts_today if P.SEE_KPI in ROLES[post.role].may))


@guarded(P.SEE_KPI)
def unit(request: Request, unit: int) -> HttpResponse:
    """The dashboard of a unit; a changed filter leads to another unit's."""
    at = _found(request, unit)
    if at is None:
        return render(request, "kpi/no_year.html")
    offered = choices(_own_unit(request.user, at), at)
    wanted = asked_for(request.GET, offered)
    if wanted is not None:
        return redirect(f"{reverse('kpi:unit', args=[wanted])}?year={at.year.year}")
    page = {"choices": offered, "ways": ways(request.user, at.unit, at.year.year)}
    return render(request, "kpi/unit.html", page | _figures(at) | _table(request, at))


@guarded(P.SEE_KPI)
def behind(request: Request, unit: int, key: str) -> HttpResponse:
    """The list behind a number, and of a figure of places the list of those still without."""
    at = _with_key(request, unit, key)
    without = key in PLACES and "without" in request.GET
    counts = {"reached": len(at.behind(key)), "waiting": len(at.not_yet(key)) if key in PLACES else None}
    things = _listed(at, key, without)
    page = Paginator(things, PER_PAGE).get_page(request.GET.get("page"))
    context = {"unit": at.unit, "board": at, "key": key, "title": _title(at, key), "page": page, "without": without, **counts}
    return render(request, "kpi/behind.html", context | {"empty_places": at.target - at.figure("selected").n})


@guarded(P.SEE_KPI)
def behind_sheet(request: Request, unit: int, key: str) -> HttpResponse:
    """The list behind a number, as Excel."""
    at = _with_key(request, unit, key)
    without = key in PLACES and "without" in request.GET
    title = _("%s (ยังไม่ถึง)") % _title(at, key) if without else _title(at, key)
    name = f"sajja-{at.year.year}-{at.unit.path or 'th'}-{key.replace(':', '-')}{'-without' if without else ''}.xlsx"
    return _sheet(exports.list_of(at, title, _listed(at, key, without)), name)


@guarded(P.SEE_KPI)
def table(request: Request, unit: int) -> HttpResponse:
    """All tables of a dashboard, as Excel."""
    at = _found(request, unit)
    if at is None:
        raise Http404
    tables = [(words.LEVELS[by], parts(at, by, "name")) for by in levels(at)]
    return _sheet(exports.tables_of(at, tables, STEPS), f"sajja-{at.year.year}-{at.unit.path or 'th'}.xlsx")


def _found(request: Request, unit: int) -> Board | None:
    found = find(request, P.SEE_KPI, Unit.objects.all(), pk=unit)
    asked = request.GET.get("year", "")
    latest = latest_revision(int(asked) if asked.isdecimal() and len(asked) == 4 else None)
    return board(latest.year, found, terms_of(latest)) if latest else None


def _with_key(request: Request, unit: int, key: str) -> Board:
    at = _found(request, unit)
    if at is None or (key not in NAMES and key not in at.failure_counts):
        raise Http404
    return at


def _listed(at: Board, key: str, without: bool) -> list[Listed]:
    return listed(at, at.not_yet(key) if without else at.behind(key))


def _own_unit(person: Person, at: Board) -> Unit:
    """The reader's own unit by which this board is open to him."""
    posts = [post for post in person.posts_today if P.SEE_KPI in ROLES[post.role].may]
    return next((post.unit for post in posts if lies_within(at.unit.path, ranges(post))), at.unit)


def _title(at: Board, key: str) -> str:
    return str(NAMES[key]) if key in NAMES else _("ไม่ผ่าน %(name)s") % {"name": at.indicator_names[key]}


def _figures(at: Board) -> dict[str, Any]:
    kpi, failures = at.figure(KPI), at.failures()
    return {
        "unit": at.unit,
        "board": at,
        "years": ProgrammeYear.objects.order_by("-year"),
        "kpi": kpi,
        "kpi_url": _address(at, KPI),
        "needed": max(0, -(-at.terms.kpi_percent * kpi.d // 100) - kpi.n),
        "steps": [(NAMES[key], at.figure(key), _address(at, key)) for key in STEPS],
        "reports": [
            (level, [(state, at.figure(f"{level}_{state}").n, _address(at, f"{level}_{state}")) for state in REPORT_STATES])
            for level in (("district", "province") if at.unit.kind in ABOVE_DISTRICTS else ("district",))
        ],
        "worst": [charts.Bar(at.indicator_names[f.key], f.n, f.d, _address(at, f.key)) for f in failures[:SHOWN_FAILURES] if f.n],
        "failures": [(at.indicator_names[f.key], f, _address(at, f.key)) for f in failures],
    }


def _table(request: Request, at: Board) -> dict[str, Any]:
    offered = levels(at)
    if not offered:
        return {}
    asked, sort = request.GET.get("by"), request.GET.get("sort", "-kpi")
    by = next((level for level in offered if level == asked), offered[0])
    page: Any = Paginator(parts(at, by, sort), PARTS_PER_PAGE).get_page(request.GET.get("page"))
    tell = by == Kind.DISTRICT and at.unit.kind != Kind.PROVINCE
    where = _provinces_of(page) if tell else {}
    return {
        "by": by,
        "by_word": words.LEVELS[by],
        "levels": [(level, words.LEVELS[level]) for level in offered],
        "columns": list(words.COLUMNS.items()),
        "sort": sort,
        "page": page,
        "rows": [(part, _cells(at, part), where.get(part.unit.path[:2], "")) for part in page],
    }


def _provinces_of(page: Iterable[Part]) -> dict[str, str]:
    """Province path → จ.นครพนม."""
    found = Unit.objects.in_bulk(list({part.unit.path[:2] for part in page}), field_name="path")
    return {path: province.short_name for path, province in found.items()}


def _cells(at: Board, part: Part) -> list[tuple[Any, int, str]]:
    """Heading, number and the list behind it, of each column."""
    return [(head, part.figures[key], _address(at, key, part.unit)) for key, head in words.COLUMNS.items()]


def _address(at: Board, key: str, unit: Unit | None = None) -> str:
    return f"{reverse('kpi:behind', args=[(unit or at.unit).pk, key])}?year={at.year.year}"


def _sheet(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
