"""The dashboards: every number is a link to the list behind it, every table is an Excel."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.kpi import exports
from sajja.kpi.board import KPI, Board, board
from sajja.kpi.lists import Listed, listed
from sajja.kpi.parts import parts, zones
from sajja.kpi.words import NAMES
from sajja.org.door import Request, find, guarded
from sajja.org.models import Kind, Unit
from sajja.org.permissions import P
from sajja.org.roles import ROLES
from sajja.programme.models import ProgrammeYear
from sajja.programme.queries import latest_year
from sajja.web import charts
from sajja.web.sheets import TYPE

STEPS = ("selected", "forums_held", "governance_done", "ssg_done", "plans_drafted", "plans_signed", "carrying_out", "developed")
SHOWN_FAILURES = 8


@guarded(P.SEE_KPI)
def mine(request: Request) -> HttpResponse:
    """The dashboard of one's own first unit."""
    post = next(post for post in request.user.posts_today if P.SEE_KPI in ROLES[post.role].may)
    return redirect("kpi:unit", post.unit_id)


@guarded(P.SEE_KPI)
def unit(request: Request, unit: int) -> HttpResponse:
    """The dashboard of a unit."""
    at = _found(request, unit)
    if at is None:
        return render(request, "kpi/no_year.html")
    return render(request, "kpi/unit.html", _dashboard(request, at))


@guarded(P.SEE_KPI)
def behind(request: Request, unit: int, key: str) -> HttpResponse:
    """The list behind a number."""
    at, things = _listed(request, unit, key)
    return render(
        request, "kpi/behind.html", {"unit": at.unit, "board": at, "key": key, "title": _title(at, key), "things": things}
    )


@guarded(P.SEE_KPI)
def behind_sheet(request: Request, unit: int, key: str) -> HttpResponse:
    """The list behind a number, as Excel."""
    at, things = _listed(request, unit, key)
    return _sheet(exports.list_of(at, _title(at, key), things), f"sajja-{at.year.year}-{at.unit.path or 'th'}-{key}.xlsx")


@guarded(P.SEE_KPI)
def table(request: Request, unit: int) -> HttpResponse:
    """The table of a dashboard, as Excel."""
    at = _found(request, unit)
    if at is None:
        raise Http404
    return _sheet(
        exports.table_of(at, parts(at, "name"), zones(at) if at.unit.kind == Kind.DEPARTMENT else []),
        f"sajja-{at.year.year}-{at.unit.path or 'th'}.xlsx",
    )


def _found(request: Request, unit: int) -> Board | None:
    found = find(request, P.SEE_KPI, Unit.objects.all(), pk=unit)
    asked = request.GET.get("year", "")
    year = ProgrammeYear.objects.filter(year=int(asked)).first() if asked.isdecimal() and len(asked) == 4 else latest_year()
    return board(year, found) if year else None


def _listed(request: Request, unit: int, key: str) -> tuple[Board, list[Listed]]:
    at = _found(request, unit)
    if at is None or (key not in NAMES and key not in at.rows_of_failures()):
        raise Http404
    return at, listed(at, key)


def _title(at: Board, key: str) -> str:
    return str(NAMES[key]) if key in NAMES else _("ไม่ผ่าน %(name)s") % {"name": at.indicator_names[key]}


def _dashboard(request: Request, at: Board) -> dict[str, Any]:
    sort = request.GET.get("sort", "-kpi")
    kpi = at.figure(KPI)
    return {
        "unit": at.unit,
        "board": at,
        "years": ProgrammeYear.objects.order_by("-year"),
        "kpi": kpi,
        "needed": max(0, -(-at.terms.kpi_percent * kpi.d // 100) - kpi.n),
        "steps": [(NAMES[key], at.figure(key)) for key in STEPS],
        "reports": [
            (level, {state: at.figure(f"{level}_{state}").n for state in ("due", "on_time", "late", "missing")})
            for level in _levels(at)
        ],
        "failures": [
            charts.Bar(at.indicator_names[f.key], f.n, f.d, _address(at, f.key)) for f in at.failures()[:SHOWN_FAILURES] if f.n
        ],
        "parts": parts(at, sort),
        "zones": zones(at) if at.unit.kind == Kind.DEPARTMENT else [],
        "sort": sort,
    }


def _levels(at: Board) -> tuple[str, ...]:
    return ("district", "province") if at.unit.kind in {Kind.DEPARTMENT, Kind.ZONE, Kind.PROVINCE} else ("district",)


def _address(at: Board, key: str) -> str:
    return reverse("kpi:behind", args=[at.unit.pk, key])


def _sheet(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
