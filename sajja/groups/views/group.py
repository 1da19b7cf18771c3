"""A group's entry in the register: its page, its history, and the forms that change it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.groups import actions, forms, queries
from sajja.groups.models import CentreFounding, CommitteeMember, DevelopmentLevel, SavingsGroup
from sajja.groups.panels import panels
from sajja.lib.thai_dates import fiscal_year
from sajja.org.door import Request, find, guarded
from sajja.org.models import Person
from sajja.org.permissions import P
from sajja.web import clock
from sajja.web.once import submit

GROUPS = SavingsGroup.objects.select_related("unit__parent")


@guarded(P.SEE_GROUPS)
def group(request: Request, group: int) -> HttpResponse:
    """What clause 4.2 of the letter reviews, on one page."""
    found = find(request, P.SEE_GROUPS, GROUPS, pk=group)
    return render(request, "groups/group.html", {"group": found, "panels": panels(request.user, found)})


@guarded(P.SEE_GROUPS)
def history(request: Request, group: int) -> HttpResponse:
    """Every change of the entry: who, when, from what to what."""
    found = find(request, P.SEE_GROUPS, GROUPS, pk=group)
    return render(request, "groups/history.html", {"group": found, "lines": queries.history(found)})


@guarded(P.EDIT_GROUPS)
def change(request: Request, group: int) -> HttpResponse:
    """Name, code, founding, contact."""
    found = find(request, P.EDIT_GROUPS, GROUPS, pk=group)
    form = forms.GroupForm.of(found, request.POST or None)
    return _acted(request, found, form, actions.change_group, title=_("แก้ข้อมูลทะเบียน"))


@guarded(P.SET_LEVEL)
def level(request: Request, group: int) -> HttpResponse:
    """Grade the group for a fiscal year."""
    found = find(request, P.SET_LEVEL, GROUPS, pk=group)
    form = forms.LevelForm(request.POST or None, initial={"fiscal_year": fiscal_year(clock.today())})
    return _acted(request, found, form, actions.set_level, title=_("บันทึกระดับการพัฒนา"))


@guarded(P.EDIT_GROUPS)
def centre(request: Request, group: int) -> HttpResponse:
    """That the group led the founding of a fund centre."""
    found = find(request, P.EDIT_GROUPS, GROUPS, pk=group)
    there = CentreFounding.objects.filter(group=found).first()
    form = forms.CentreForm.of(there, request.POST or None)
    title = _("แกนนำจัดตั้งศูนย์จัดการกองทุนชุมชน")
    return _acted(request, found, form, actions.found_centre, title=title, centre=there)


@guarded(P.EDIT_GROUPS)
def centre_withdraw(request: Request, group: int) -> HttpResponse:
    """Take the founding back."""
    found = find(request, P.EDIT_GROUPS, GROUPS, pk=group)
    form = forms.ReasonForm(request.POST or None)
    return _acted(request, found, form, actions.withdraw_centre, "groups/centre_withdraw.html")


@guarded(P.EDIT_GROUPS)
def regulation(request: Request, group: int) -> HttpResponse:
    """The written rules from a day on."""
    found = find(request, P.EDIT_GROUPS, GROUPS, pk=group)
    latest = queries.latest_regulation(found)
    form = forms.RegulationForm.of(latest, request.POST or None)

    def add(by: Person, group: SavingsGroup, **_fields: Any) -> object:
        return actions.add_regulation(by=by, group=group, regulation=form.regulation)

    return _acted(request, found, form, add, "groups/regulation.html", latest=latest)


@guarded(P.EDIT_GROUPS)
def committee(request: Request, group: int) -> HttpResponse:
    """A newly elected committee, all lines on one page."""
    found = find(request, P.EDIT_GROUPS, GROUPS, pk=group)
    now = queries.committee_on(found)
    form = forms.CommitteeForm(now, request.POST or None)
    return _acted(request, found, form, actions.elect_committee, "groups/committee.html", now=now)


@guarded(P.EDIT_GROUPS)
def elected_end(request: Request, elected: int) -> HttpResponse:
    """One member leaves the committee before the term ends."""
    found = find(request, P.EDIT_GROUPS, CommitteeMember.objects.select_related("group__unit__parent"), pk=elected)
    form = forms.EndMembershipForm(request.POST or None, initial={"ends": clock.today()})

    def end(group: SavingsGroup, **given: Any) -> object:
        return actions.end_membership(member=found, **given)

    return _acted(request, found.group, form, end, "groups/elected_end.html", member=found)


@guarded(P.EDIT_GROUPS)
def regulation_withdraw(request: Request, group: int) -> HttpResponse:
    """Take the newest rules back."""
    found = find(request, P.EDIT_GROUPS, GROUPS, pk=group)
    form = forms.ReasonForm(request.POST or None)
    latest = queries.latest_regulation(found)
    return _acted(request, found, form, actions.withdraw_regulation, "groups/regulation_withdraw.html", latest=latest)


@guarded(P.EDIT_GROUPS)
def committee_withdraw(request: Request, group: int) -> HttpResponse:
    """Take the committee that was written down last back."""
    found = find(request, P.EDIT_GROUPS, GROUPS, pk=group)
    form = forms.ReasonForm(request.POST or None)
    latest = queries.latest_committee(found)
    return _acted(request, found, form, actions.withdraw_committee, "groups/committee_withdraw.html", latest=latest)


@guarded(P.SET_LEVEL)
def level_withdraw(request: Request, level: int) -> HttpResponse:
    """Take a grading back."""
    found = find(request, P.SET_LEVEL, DevelopmentLevel.objects.select_related("group__unit__parent"), pk=level)
    form = forms.ReasonForm(request.POST or None)

    def withdraw(group: SavingsGroup, **given: Any) -> object:
        return actions.withdraw_level(level=found, **given)

    return _acted(request, found.group, form, withdraw, "groups/level_withdraw.html", level=found)


@guarded(P.EDIT_GROUPS)
def appropriation(request: Request, group: int) -> HttpResponse:
    """The last sharing of the surplus, typed from the group's book."""
    found = find(request, P.EDIT_GROUPS, GROUPS, pk=group)
    form = forms.AppropriationForm(request.POST or None)
    return _acted(request, found, form, actions.record_appropriation, title=_("การจัดสรรกำไรครั้งล่าสุด"))


@guarded(P.EDIT_GROUPS)
def close(request: Request, group: int) -> HttpResponse:
    """The group is no more."""
    found = find(request, P.EDIT_GROUPS, GROUPS, pk=group)
    form = forms.CloseForm(request.POST or None, initial={"closed_on": clock.today()})
    return _acted(request, found, form, actions.close_group, "groups/close.html")


@guarded(P.EDIT_GROUPS)
def reopen(request: Request, group: int) -> HttpResponse:
    """It was closed by mistake, or has begun again."""
    found = find(request, P.EDIT_GROUPS, GROUPS, pk=group)
    form = forms.ReasonForm(request.POST or None)
    return _acted(request, found, form, actions.reopen_group, "groups/reopen.html")


def _acted(
    request: Request,
    group: SavingsGroup,
    form: BaseForm,
    act: Callable[..., object],
    template: str = "groups/form.html",
    **more: object,
) -> HttpResponse:
    """The act with what the form holds, a word that it is done, and back to the group's page; until then the template."""
    back = reverse("groups:group", args=[group.pk])

    def do() -> str:
        act(by=request.user, group=group, **form.cleaned_data)
        messages.success(request, _("บันทึกแล้ว"))
        return back

    return submit(request, form, do) or render(request, template, {"group": group, "form": form, "back": back} | more)
