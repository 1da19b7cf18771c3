"""What the views share: whose money of which year is asked for, and the way of most acts: a form, one act, onwards."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from sajja.budget.models import Advance
from sajja.budget.queries import all_advances
from sajja.org.door import Request, find
from sajja.org.models import Kind, Unit
from sajja.programme.models import ProgrammeYear
from sajja.programme.queries import latest_revision, terms_of
from sajja.programme.terms import Terms
from sajja.web.once import submit

OFFICES = (Kind.DEPARTMENT, Kind.ZONE, Kind.PROVINCE, Kind.DISTRICT)


class Asked(NamedTuple):
    """Whose money of which year, by which terms."""

    year: ProgrammeYear
    unit: Unit
    terms: Terms

    @property
    def address(self) -> str:
        """The unit's page."""
        return of_unit(self.year, self.unit)


def asked(request: Request, permission: str, year: int, unit: int, *kinds: Kind) -> Asked:
    """The office and the year, if this person may do this there; Http404 where the unit is of another kind."""
    place = find(request, permission, Unit.objects.filter(kind__in=kinds or OFFICES), pk=unit)
    latest = latest_revision(year)
    if latest is None:
        raise Http404
    return Asked(latest.year, place, terms_of(latest))


def of_unit(year: ProgrammeYear, unit: Unit) -> str:
    """A unit's page."""
    return reverse("budget:unit", kwargs={"year": year.year, "unit": unit.pk})


def the_advance(request: Request, permission: str, advance: int) -> Advance:
    """The advance, if this person may do this with it."""
    return find(request, permission, all_advances(), pk=advance)


def of_advance(advance: Advance) -> str:
    """An advance's page."""
    return reverse("budget:advance", args=[advance.pk])


def act_page(  # a page that acts has these parts
    request: Request, template: str, form: BaseForm, act: Callable[[], Any], done: str, back: str, to: str = "", **more: Any
) -> HttpResponse:
    """Show the form; once it is sent and good, act, say what was done and go to `to` (else back)."""

    def do() -> str:
        act()
        messages.success(request, done)
        return to or back

    return submit(request, form, do) or render(request, template, {"form": form, "back": back, **more})
