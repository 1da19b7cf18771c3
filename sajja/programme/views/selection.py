"""The selection: candidates and proposals of a province or district, the frozen list, its minutes."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.groups.models import SavingsGroup
from sajja.lib.refusals import Refused
from sajja.org.door import Request, find, guarded, holds, scoped
from sajja.org.models import Kind, Unit
from sajja.org.permissions import P
from sajja.programme import actions, exports, rule
from sajja.programme.exports import papers
from sajja.programme.forms import ConfirmForm, OutsideForm, PlainForm, ProposeForm, WithdrawForm
from sajja.programme.models import ProgrammeYear, Proposal
from sajja.programme.selection import Line, Selection
from sajja.web.once import submit
from sajja.web.papers import response
from sajja.web.sheets import TYPE

PAGE = 50


def address(year: ProgrammeYear, unit: Unit) -> str:
    """The page of a unit's selection."""
    return reverse("programme:province", kwargs={"year": year.year, "unit": unit.pk})


def _open_for(request: Request, permission: str, year: int, unit: int, *kinds: Kind) -> Selection:
    """The selection of a year at a unit of one of these kinds; 404 outside the person's units."""
    place = find(request, permission, Unit.objects.all(), pk=unit)
    if place.kind not in kinds:
        raise Http404
    return Selection(get_object_or_404(ProgrammeYear, year=year), place)


@guarded(P.SEE_YEAR)
def province(request: Request, year: int, unit: int) -> HttpResponse:
    """Before the freeze: candidates with rule and reason. After: the list, who was replaced, who was left out."""
    selection = _open_for(request, P.SEE_YEAR, year, unit, Kind.PROVINCE, Kind.DISTRICT)
    context = {"s": selection, "year": selection.year, "unit": selection.unit, "may": _may(request, selection)}
    if selection.frozen:
        seats = selection.seats()
        standing = {seat.now.group_id for seat in seats if seat.now}
        page = Paginator(selection.kept_left_out(), PAGE).get_page(request.GET.get("page"))
        return render(request, "programme/frozen.html", context | {"seats": seats, "left_out": page, "standing": standing})
    page_of_rest = Paginator(selection.left_out(), PAGE).get_page(request.GET.get("page"))
    lines = Paginator(selection.lines(), PAGE).get_page(request.GET.get("lines"))
    return render(request, "programme/candidates.html", context | {"lines": lines, "left_out": page_of_rest})


def _may(request: Request, selection: Selection) -> dict[str, bool]:
    who, unit = request.user, selection.unit
    of_province = unit.kind == Kind.PROVINCE
    return {
        "propose": not of_province and holds(who, P.PROPOSE, unit),
        "confirm": of_province and holds(who, P.CONFIRM, unit),
        "replace": of_province and holds(who, P.REPLACE, unit),
    }


@guarded(P.PROPOSE)
def propose(request: Request, year: int, unit: int) -> HttpResponse:
    """The district proposes from its own groups; those the rule itself would choose are ticked."""
    selection = _open_for(request, P.PROPOSE, year, unit, Kind.DISTRICT)
    lines = [line for line in selection.lines() if not line.proposal]
    choices = [(line.candidate.group, line) for line in lines]
    initial = {"groups": [group for group, _line in choices if group in selection.suggested]}
    form = ProposeForm(choices, request.POST or None, initial=initial)
    if done := submit(request, form, lambda: _propose(request, selection, form.cleaned_data["groups"], "")):
        return done
    return render(request, "programme/propose.html", _task(selection) | {"form": form, "lines": lines})


@guarded(P.PROPOSE)
def outside(request: Request, year: int, unit: int) -> HttpResponse:
    """A group that no rule admits, proposed all the same, with a reason."""
    selection = _open_for(request, P.PROPOSE, year, unit, Kind.DISTRICT)
    rest = [(c.group, f"{c.name} · {why}") for c, why in selection.left_out() if not c.closed]
    form = OutsideForm(rest, request.POST or None)
    if done := submit(
        request, form, lambda: _propose(request, selection, [form.cleaned_data["group"]], form.cleaned_data["reason"])
    ):
        return done
    return render(request, "programme/outside.html", _task(selection) | {"form": form, "rest": rest})


def _task(selection: Selection) -> dict[str, Any]:
    return {"s": selection, "year": selection.year, "unit": selection.unit, "back": address(selection.year, selection.unit)}


def _propose(request: Request, selection: Selection, groups: list[int], reason: str) -> str:
    own = scoped(request.user, P.PROPOSE, SavingsGroup.objects.select_related("unit")).filter(pk__in=groups)
    made = actions.propose_groups(by=request.user, year=selection.year, groups=[(group, None, reason) for group in own])
    messages.success(request, _("เสนอแล้ว %d กลุ่ม รอพัฒนาการจังหวัดยืนยันรายชื่อ") % len(made))
    return address(selection.year, selection.unit)


@guarded(P.PROPOSE)
def withdraw(request: Request, year: int, group: int) -> HttpResponse:
    """Take a proposal back before the list is frozen."""
    proposals = Proposal.objects.filter(year__year=year, withdrawn_at__isnull=True).select_related("year", "group__unit")
    proposal = find(request, P.PROPOSE, proposals, group=group)
    district = Unit.objects.get(path=proposal.group.unit.path[:4])
    back = address(proposal.year, district)
    form = WithdrawForm(request.POST or None)
    if done := submit(request, form, lambda: _withdraw(request, proposal, form.cleaned_data["reason"], back)):
        return done
    return render(request, "programme/withdraw.html", {"proposal": proposal, "unit": district, "form": form, "back": back})


def _withdraw(request: Request, proposal: Proposal, reason: str, back: str) -> str:
    actions.withdraw_proposal(by=request.user, proposal=proposal, reason=reason)
    messages.success(request, _("ถอนการเสนอ%(name)sแล้ว เสนอใหม่ได้จนกว่าจังหวัดจะยืนยันรายชื่อ") % {"name": proposal.group.name})
    return back


@guarded(P.CONFIRM)
def confirm(request: Request, year: int, unit: int) -> HttpResponse:
    """The head of the province chooses from the proposals and freezes the list."""
    selection = _open_for(request, P.CONFIRM, year, unit, Kind.PROVINCE)
    if selection.frozen:
        return render(request, "programme/already.html", _task(selection))
    lines = [line for line in selection.lines() if line.proposal]
    form = _confirm_form(request, selection, lines)
    if done := submit(request, form, lambda: _confirm(request, selection, form)):
        return done
    context = {
        "form": form,
        "lines": lines,
        "outside": [line for line in lines if not line.number],
        "empty": selection.quota - len(lines),
    }
    return render(request, "programme/confirm.html", _task(selection) | context)


def _confirm_form(request: Request, selection: Selection, lines: list[Line]) -> ConfirmForm:
    """The proposals to tick, and a reason for each group of an earlier rule that the ticks pass over."""
    proposed = [line.candidate for line in lines]
    first = [c.group for c in rule.suggest(proposed, selection.terms.rules, selection.places)]
    first += [line.candidate.group for line in lines if not line.number]
    ticked = [int(value) for value in request.POST.getlist("chosen") if value.isdecimal()] if request.POST else first
    over = rule.passed_over(selection.every, set(ticked), selection.terms.rules, selection.places)
    choices = [(line.candidate.group, line) for line in lines]
    return ConfirmForm(choices, [(c.group, c.name) for c in over], request.POST or None, initial={"chosen": first})


def _confirm(request: Request, selection: Selection, form: ConfirmForm) -> str:
    chosen = scoped(request.user, P.CONFIRM, SavingsGroup.objects.select_related("unit")).filter(
        pk__in=form.cleaned_data["chosen"]
    )
    actions.confirm_list(by=request.user, year=selection.year, province=selection.unit, chosen=chosen, passed_over=form.because())
    messages.success(request, _("ยืนยันรายชื่อ%(province)sแล้ว พิมพ์รายงานการคัดเลือกเพื่อลงนามได้") % {"province": selection.unit.full_name})
    return address(selection.year, selection.unit)


@guarded(P.CONFIRM)
def extend(request: Request, year: int, unit: int) -> HttpResponse:
    """More places for a frozen list, where a later revision raised the quota."""
    selection = _open_for(request, P.CONFIRM, year, unit, Kind.PROVINCE)
    form = PlainForm(request.POST or None)
    if done := submit(request, form, lambda: _extend(request, selection)):
        return done
    return render(request, "programme/extend.html", _task(selection) | {"form": form})


def _extend(request: Request, selection: Selection) -> str:
    if selection.frozen is None:
        raise Refused(_("ยังไม่ได้ยืนยันรายชื่อ ยืนยันแล้วจะได้ที่ครบตามโควตา"))
    made = actions.extend_list(by=request.user, frozen=selection.frozen)
    messages.success(request, _("เพิ่มที่ว่างแล้ว %d แห่ง เติมกลุ่มได้จากรายชื่อ") % len(made))
    return address(selection.year, selection.unit)


@guarded(P.SEE_YEAR)
def minutes(request: Request, year: int, unit: int) -> HttpResponse:
    """The minutes of the selection, on A4, for both signatures; a draft until the list is frozen."""
    selection = _open_for(request, P.SEE_YEAR, year, unit, Kind.PROVINCE)
    lines = [line for line in selection.lines() if line.proposal]
    context = {
        "s": selection, "year": selection.year, "unit": selection.unit, "lines": lines,
        "seats": selection.seats() if selection.frozen else [],
        "left_out": selection.kept_left_out(), "proposers": _proposers(selection), "back": address(selection.year, selection.unit),
    }  # fmt: skip
    return render(request, "programme/minutes.html", context)


def _proposers(selection: Selection) -> list[dict[str, Any]]:
    """Each district that proposed, with who did it there: one line to sign for each."""
    found: dict[str, set[str]] = {}
    for proposal in selection.proposals.values():
        found.setdefault(proposal.group.unit.path[:4], set()).add(proposal.by.full_name)
    return [{"district": d, "names": sorted(found[d.path])} for d in selection.districts if d.path in found]


@guarded(P.SEE_YEAR)
def list_sheet(request: Request, year: int, unit: int) -> HttpResponse:
    """The frozen list and who was left out, in Excel."""
    selection = _open_for(request, P.SEE_YEAR, year, unit, Kind.PROVINCE, Kind.DISTRICT)
    name = f"sajja-{selection.year.year}-{selection.unit.path}-groups.xlsx"
    return HttpResponse(exports.list_of(selection), TYPE, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@guarded(P.SEE_YEAR)
def minutes_pdf(request: Request, year: int, unit: int) -> HttpResponse:
    """The minutes of the selection as PDF."""
    selection = _open_for(request, P.SEE_YEAR, year, unit, Kind.PROVINCE)
    proposers = [(row["district"], row["names"]) for row in _proposers(selection)]
    return response(papers.selection(selection, proposers), f"{year}-{selection.unit.path}-selection")


@guarded(P.SEE_YEAR)
def circular(request: Request, year: int, unit: int) -> HttpResponse:
    """The year's letter from the department, or from a province, to the offices below."""
    place = find(request, P.SEE_YEAR, Unit.objects.all(), pk=unit)
    if place.kind not in {Kind.DEPARTMENT, Kind.PROVINCE}:
        raise Http404
    return response(papers.circular(get_object_or_404(ProgrammeYear, year=year), place), f"{year}-{place.path or 'all'}-circular")
