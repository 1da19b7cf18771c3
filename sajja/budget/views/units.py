"""A unit's money: what it has, what it passed on, who below holds what; the list of advances, and all of it as Excel."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from sajja.budget import exports, words
from sajja.budget.lives import HELD, OPEN
from sajja.budget.models import Advance
from sajja.budget.queries import (
    Line,
    advances_under,
    all_vouchers,
    below,
    lines,
    purse_of,
    spent_by_group,
)
from sajja.budget.views.found import Asked, asked, of_unit
from sajja.org.door import Request, guarded, holds, ranges_of, within
from sajja.org.models import Kind
from sajja.org.permissions import P
from sajja.org.queries import names_above
from sajja.org.roles import ROLES
from sajja.programme.queries import latest_year
from sajja.web import clock
from sajja.web.sheets import TYPE

PAGE = 50
RECENT = 5


@guarded(P.SEE_BUDGET)
def home(request: Request) -> HttpResponse:
    """The money of the reader's own unit in the newest year."""
    year = latest_year()
    if year is None:
        return render(request, "budget/no_year.html")
    unit = next(post.unit for post in request.user.posts_today if P.SEE_BUDGET in ROLES[post.role].may)
    return HttpResponseRedirect(of_unit(year, unit))


@guarded(P.SEE_BUDGET)
def unit(request: Request, year: int, unit: int) -> HttpResponse:
    """What the unit has, what to do next, and what stands below it: units, or (of a district) advances and groups."""
    here = asked(request, P.SEE_BUDGET, year, unit)
    if here.unit.kind == Kind.DISTRICT:
        return render(request, "budget/district.html", _district(request, here))
    return render(request, "budget/unit.html", _office(request, here))


def _office(request: Request, here: Asked) -> dict[str, Any]:
    rows = below(here.year, here.unit, here.terms, clock.today())
    zone = here.unit.kind == Kind.ZONE
    purse = purse_of(here.year, here.unit)
    total = total_of(here, rows)
    may = {Kind.DEPARTMENT: P.ALLOCATE, Kind.PROVINCE: P.ALLOCATE_DOWN}.get(Kind(here.unit.kind))
    received = here.terms.budget_satang if here.unit.kind == Kind.DEPARTMENT else purse.received_satang
    return {
        "year": here.year,
        "unit": here.unit,
        "lines": rows,
        "total": total,
        "zone": zone,
        "received": total.received if zone else received,
        "passed": total.received if zone else purse.passed_satang,
        "left": 0 if zone else received - purse.passed_satang,
        "waits_for_letter": here.unit.kind == Kind.DEPARTMENT and not purse.pk,
        "may_allocate": bool(may) and holds(request.user, may or "", here.unit),
        "down": here.unit.kind == Kind.PROVINCE,
    }


def total_of(here: Asked, rows: list[Line]) -> Line:
    """The sums of the lines."""
    sums = [
        sum(column) for column in zip(*((r.received, r.passed, r.held, r.spent, r.advances, r.late) for r in rows), strict=True)
    ]
    return Line(here.unit, *(sums or [0] * 6))


def _district(request: Request, here: Asked) -> dict[str, Any]:
    advances = list(advances_under(here.year, here.unit))
    [line] = lines(here.year, [here.unit], clock.today())
    may_borrow = holds(request.user, P.BORROW, here.unit)
    return {
        "year": here.year,
        "unit": here.unit,
        "line": line,
        "advances": [told(one) for one in advances],
        "groups": spent_by_group(here.year, here.unit),
        "per_group": here.terms.per_group_satang,
        "may_borrow": may_borrow,
        "first": next((one for one in advances if one.state in OPEN), None) if may_borrow else None,
    }


def told(one: Advance) -> dict[str, Any]:
    """An advance with its chips, and for how many days its money has been held."""
    today = clock.today()
    late = words.timeliness(one.state, one.due, today)
    days = (today - one.paid_on).days if one.state in HELD else None
    return {"one": one, "state": words.STATES[one.state], "late": late, "days": days}


@guarded(P.SEE_BUDGET)
def advances(request: Request, year: int, unit: int) -> HttpResponse:
    """Who under a unit holds how much for how long, overdue first. A fixed number of queries."""
    here = asked(request, P.SEE_BUDGET, year, unit)
    wanted = request.GET.get("state", "held")
    wanted = wanted if wanted in words.FILTERS else "held"
    rows = list(advances_under(here.year, here.unit))
    today = clock.today()
    under = [words.shown(one.state, one.due, today) for one in rows]
    shown = [(one, "late" in keys) for one, keys in zip(rows, under, strict=True) if wanted in keys]
    shown.sort(key=lambda row: not row[1])  # overdue first, else as read: by due day
    page = Paginator([one for one, _late in shown], PAGE).get_page(request.GET.get("page"))
    context = {
        "year": here.year,
        "unit": here.unit,
        "back": here.address,
        "page": page,
        "rows": [told(one) for one in page],
        "wanted": wanted,
        "filters": [(key, word, sum(key in keys for keys in under)) for key, word in words.FILTERS.items()],
        "held": sum(one.satang - one.returned_satang for one, keys in zip(rows, under, strict=True) if "held" in keys),
        "names": names_above(one.unit.path for one in page).units,
    }
    return render(request, "budget/advances.html", context)


@guarded(P.SEE_BUDGET)
def sheet(request: Request, year: int, unit: int) -> HttpResponse:
    """Everything of a unit's money as one workbook."""
    here = asked(request, P.SEE_BUDGET, year, unit)
    today = clock.today()
    alone = here.unit.kind == Kind.DISTRICT
    rows = lines(here.year, [here.unit], today) if alone else below(here.year, here.unit, here.terms, today)
    held = list(advances_under(here.year, here.unit))
    bought = all_vouchers().filter(within("advance__unit__path", ranges_of(here.unit)), advance__year=here.year)
    names = names_above(one.unit.path for one in held)
    content = exports.of_unit(here.year, here.unit, rows, held, bought.order_by("advance__unit__path", "pk"), names)
    name = f"sajja-{here.year.year}-{here.unit.path or 'th'}-money.xlsx"
    return HttpResponse(content, TYPE, headers={"Content-Disposition": f'attachment; filename="{name}"'})
