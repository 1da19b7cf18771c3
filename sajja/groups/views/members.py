"""The members of a group: the list, joining, and every form that changes one."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.groups import actions, forms, member_sheet, queries
from sajja.groups.exports import members as exports
from sajja.groups.forms import members as member_forms
from sajja.groups.forms.calling import CallOrderForm, MembersFilter
from sajja.groups.models import Member, SavingsGroup
from sajja.groups.views.group import GROUPS
from sajja.groups.views.register import sheet_response
from sajja.org.door import Request, find, guarded, holds
from sajja.org.permissions import P
from sajja.web import clock
from sajja.web.once import submit

MEMBERS = Member.objects.select_related("group__unit__parent", "family", "guardian")
PER_PAGE = 50


@guarded(P.SEE_MEMBERS)
def members(request: Request, group: int) -> HttpResponse:
    """The register of a group: search, filters, 50 a page."""
    found = find(request, P.SEE_MEMBERS, GROUPS, pk=group)
    form = MembersFilter(found, request.GET)
    page = Paginator(_chosen(request, found, form), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "group": found, "form": form, "page": page, "figures": queries.figures_of(found), "sort": "number",
        "pledges": queries.pledges_on(found, clock.today()), "in_use": any(form.chosen.values()),
        "may_keep": holds(request.user, P.KEEP_MEMBERS, found.unit) and not found.closed_on,
    }  # fmt: skip
    return render(request, "groups/members/members.html", context)


def _chosen(request: Request, group: SavingsGroup, form: MembersFilter) -> Any:
    return queries.narrowed(group, form.chosen, request.GET.get("sort", ""))


@guarded(P.SEE_MEMBERS)
def members_sheet(request: Request, group: int) -> HttpResponse:
    """The same list as a workbook, national IDs masked."""
    found = find(request, P.SEE_MEMBERS, GROUPS, pk=group)
    chosen = _chosen(request, found, MembersFilter(found, request.GET))
    return sheet_response(exports.members_sheet(found, chosen, clock.now()), _("ทะเบียนสมาชิก"))


@guarded(P.SEE_MEMBERS)
def members_paper(request: Request, group: int) -> HttpResponse:
    """The register to print."""
    found = find(request, P.SEE_MEMBERS, GROUPS, pk=group)
    chosen = _chosen(request, found, MembersFilter(found, request.GET))
    context = {
        "group": found, "members": chosen, "pledges": queries.pledges_on(found, clock.today()), "today": clock.today(),
        "places": queries.places_above(found), "committee": _signers(found), "back": _register(found),
    }  # fmt: skip
    return render(request, "groups/members/members_paper.html", context)


def _signers(group: SavingsGroup) -> dict[str, str]:
    """Who signs papers of the register: office → name."""
    return {member.office: member.name for member in reversed(queries.committee_on(group))}


@guarded(P.KEEP_MEMBERS)
def member_new(request: Request, group: int) -> HttpResponse:
    """Someone joins."""
    found = find(request, P.KEEP_MEMBERS, GROUPS, pk=group)
    initial = {"number": queries.next_number(queries.numbers_of(found)), "joined_on": clock.today()}
    form = member_forms.NewMemberForm(found, request.POST or None, initial=initial)

    def do() -> str:
        made = actions.enrol_member(by=request.user, group=found, member=form.member, resolution=form.cleaned_data["resolution"])
        messages.success(request, _("รับ%(name)s เป็นสมาชิกเลขที่ %(number)s แล้ว") % {"name": made.name, "number": made.number})
        return made.get_absolute_url()

    context = {"group": found, "form": form, "regulation": queries.regulation_on(found), "back": _register(found)}
    return submit(request, form, do) or render(request, "groups/members/member_new.html", context)


@guarded(P.KEEP_MEMBERS)
def call_order(request: Request, group: int) -> HttpResponse:
    """In which order the treasurer calls the members."""
    found = find(request, P.KEEP_MEMBERS, GROUPS, pk=group)
    active = list(queries.active(found))
    form = CallOrderForm(active, request.POST or None)

    def do() -> str:
        actions.set_call_order(by=request.user, group=found, positions=form.cleaned_data["positions"])
        messages.success(request, _("บันทึกลำดับแล้ว"))
        return reverse("groups:call_order", args=[found.pk])

    context = {"group": found, "form": form, "members": active, "back": _register(found)}
    return submit(request, form, do) or render(request, "groups/members/call_order.html", context)


@guarded(P.KEEP_MEMBERS)
def member_change(request: Request, member: int) -> HttpResponse:
    """What the register says of a member."""
    found = find(request, P.KEEP_MEMBERS, MEMBERS, pk=member)
    form = member_forms.ChangeMemberForm.of(found, request.POST or None)
    done = submit(request, form, _then(request, found, lambda: actions.change_member(
        by=request.user, member=found, changes=form.changes, reason=form.cleaned_data["reason"]
    )))  # fmt: skip
    return done or _page(request, found, form, "groups/members/member_change.html")


@guarded(P.KEEP_MEMBERS)
def member_pledge(request: Request, member: int) -> HttpResponse:
    """Another pledge from a month on."""
    found = find(request, P.KEEP_MEMBERS, MEMBERS, pk=member)
    now = queries.pledges_on(found.group, clock.today()).get(found.pk, 0)
    form = member_forms.PledgeForm(request.POST or None, initial={"amount_satang": now or None})
    done = submit(
        request, form, _then(request, found, lambda: actions.set_pledge(by=request.user, member=found, **form.cleaned_data))
    )
    more: dict[str, object] = {"now": now, "regulation": queries.regulation_on(found.group)}
    return done or _page(request, found, form, "groups/members/member_pledge.html", more)


@guarded(P.KEEP_MEMBERS)
def member_beneficiaries(request: Request, member: int) -> HttpResponse:
    """Who gets the savings after death."""
    found = find(request, P.KEEP_MEMBERS, MEMBERS, pk=member)
    form = member_forms.BeneficiariesForm.of(found, request.POST or None)
    done = submit(
        request,
        form,
        _then(request, found, lambda: actions.set_beneficiaries(by=request.user, member=found, **form.cleaned_data)),
    )
    return done or _page(request, found, form, "groups/members/member_beneficiaries.html")


@guarded(P.KEEP_MEMBERS)
def member_family(request: Request, member: int) -> HttpResponse:
    """Which family the member belongs to, and who else."""
    found = find(request, P.KEEP_MEMBERS, MEMBERS, pk=member)
    form = member_forms.FamilyForm.of(found, request.POST or None)
    done = submit(
        request, form, _then(request, found, lambda: actions.set_family(by=request.user, group=found.group, **form.cleaned_data))
    )
    return done or _page(request, found, form, "groups/members/member_family.html")


@guarded(P.KEEP_MEMBERS)
def member_end(request: Request, member: int) -> HttpResponse:
    """A membership ends, where the group keeps no book here; else the treasury settles it first."""
    found = find(request, P.KEEP_MEMBERS, MEMBERS, pk=member)
    if queries.has_book(found.group):
        messages.warning(request, _("กลุ่มมีชุดบัญชีแล้ว คิดเงินของสมาชิกก่อน แล้วสมาชิกภาพจะสิ้นสุดพร้อมกัน"))
        return redirect(found)
    form = member_forms.EndForm(found.group, request.POST or None, initial={"day": clock.today()})
    done = submit(request, form, _then(request, found, lambda: actions.end_member(
        by=request.user, member=found, status=form.cleaned_data["status"], day=form.cleaned_data["day"],
        because=form.cleaned_data["reason"], resolution=form.cleaned_data["resolution"],
    )))  # fmt: skip
    return done or _page(request, found, form, "groups/members/member_end.html")


@guarded(P.KEEP_MEMBERS)
def member_back(request: Request, member: int) -> HttpResponse:
    """The ending was a mistake, where the group keeps no book here."""
    found = find(request, P.KEEP_MEMBERS, MEMBERS, pk=member)
    if queries.has_book(found.group):
        messages.warning(request, _("กลุ่มมีชุดบัญชีแล้ว กลับรายการใบคิดเงินก่อน แล้วสมาชิกภาพจะกลับมาพร้อมกัน"))
        return redirect(found)
    form = forms.ReasonForm(request.POST or None)
    done = submit(
        request, form, _then(request, found, lambda: actions.take_back_ending(by=request.user, member=found, **form.cleaned_data))
    )
    return done or _page(request, found, form, "groups/members/member_back.html")


@guarded(P.KEEP_MEMBERS)
def member_national_id(request: Request, member: int) -> HttpResponse:
    """The whole national ID, once, for a reason that is kept; the answer to the form alone holds it."""
    found = find(request, P.KEEP_MEMBERS, MEMBERS, pk=member)
    form = forms.ReasonForm(request.POST or None)
    opened: list[str] = []

    def do() -> str:
        opened.append(actions.show_national_id(by=request.user, member=found, **form.cleaned_data))
        return found.get_absolute_url()

    done = submit(request, form, do)
    if opened:
        digits = member_sheet.hyphened(opened[-1])
        shown = _page(request, found, form, "groups/members/member_national_id.html", {"digits": digits})
        shown["Cache-Control"] = "no-store"
        return shown
    return done or _page(request, found, form, "groups/members/member_national_id.html")


@guarded(P.SEE_MEMBERS)
def member_paper(request: Request, member: int) -> HttpResponse:
    """The member's application form to print and sign."""
    found = find(request, P.SEE_MEMBERS, MEMBERS.select_related("resolution__meeting"), pk=member)
    pledged = queries.pledges_on(found.group, found.joined_on).get(found.pk)
    witnesses = [name for name in found.witnesses.split(", ") if name] + ["", ""]
    context = {
        "member": found, "group": found.group, "pledged": pledged, "witnesses": witnesses[:2], "back": found.get_absolute_url(),
        "beneficiaries": queries.beneficiaries_of(found), "places": queries.places_above(found.group),
        "age": member_sheet.age(found.born_on, found.joined_on), "committee": _signers(found.group),
    }  # fmt: skip
    return render(request, "groups/members/member_paper.html", context)


def _then(request: Request, member: Member, act: Callable[[], object]) -> Callable[[], str]:
    """The act, a word that it is done, and back to the member's page."""

    def do() -> str:
        act()
        messages.success(request, _("บันทึกแล้ว"))
        return member.get_absolute_url()

    return do


def _register(group: SavingsGroup) -> str:
    return reverse("groups:members", args=[group.pk])


def _page(request: Request, member: Member, form: BaseForm, template: str, more: dict[str, object] | None = None) -> HttpResponse:
    context = {"member": member, "group": member.group, "form": form, "back": member.get_absolute_url()}
    return render(request, template, context | (more or {}))
