"""Allocating on one sheet: from the department to the provinces, from a province to its districts; and every row of it."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from sajja.budget import actions
from sajja.budget.forms import AllocateForm
from sajja.budget.queries import allocations_to, below, places_below, purse_of
from sajja.budget.share import by_quota
from sajja.budget.views.found import Asked, act_page, asked
from sajja.org.door import Request, guarded
from sajja.org.models import Kind
from sajja.org.permissions import P
from sajja.org.queries import districts_by_province
from sajja.web import clock

PAGE = 100


@guarded(P.ALLOCATE)
def allocate(request: Request, year: int, unit: int) -> HttpResponse:
    """The department's sheet: all provinces that take part."""
    return _sheet(request, asked(request, P.ALLOCATE, year, unit, Kind.DEPARTMENT))


@guarded(P.ALLOCATE_DOWN)
def allocate_down(request: Request, year: int, unit: int) -> HttpResponse:
    """A province's sheet: its districts."""
    return _sheet(request, asked(request, P.ALLOCATE_DOWN, year, unit, Kind.PROVINCE))


def _sheet(request: Request, here: Asked) -> HttpResponse:
    """What each unit below shall have in all: at first its places × the money of one, later what it has."""
    rows = below(here.year, here.unit, here.terms, clock.today())
    purse = purse_of(here.year, here.unit)
    received = here.terms.budget_satang if here.unit.kind == Kind.DEPARTMENT else purse.received_satang
    has = {row.unit.pk: row.received for row in rows}
    places = places_below(here.year, here.unit, here.terms, districts_by_province())
    first = not any(has.values())
    quota = by_quota(places, here.terms.per_group_satang)
    start = {row.unit.pk: quota.get(row.unit.path, 0) for row in rows} if first else has
    form = AllocateForm([row.unit for row in rows], start, request.POST or None)
    boxes = [(row, places.get(row.unit.path, 0), form[f"unit_{row.unit.pk}"]) for row in rows]
    return act_page(
        request,
        "budget/allocate.html",
        form,
        lambda: actions.allocate(
            by=request.user,
            year=here.year,
            giver=here.unit,
            wanted=form.wanted(),
            reference=form.cleaned_data["reference"],
            reason=form.cleaned_data["reason"],
        ),
        _("จัดสรรแล้ว ยอดรวมตรงกับที่ได้รับหรือเหลือเป็นยังไม่จัดสรร"),
        here.address,
        unit=here.unit,
        year=here.year,
        boxes=boxes,
        first=first,
        received=received,
        proposed=sum(start.values()),
        per_group=here.terms.per_group_satang,
    )


@guarded(P.SEE_BUDGET)
def rows(request: Request, year: int, unit: int) -> HttpResponse:
    """Every row that a unit allocated, reversals among them, newest first."""
    here = asked(request, P.SEE_BUDGET, year, unit)
    page = Paginator(allocations_to(here.year, here.unit), PAGE).get_page(request.GET.get("page"))
    return render(request, "budget/rows.html", {"year": here.year, "unit": here.unit, "page": page, "back": here.address})
