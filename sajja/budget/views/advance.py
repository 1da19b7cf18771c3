"""An advance: lent, what stands on it, cleared step by step, sent back, reversed."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from sajja.budget import actions, words
from sajja.budget.actions.clearing import missing
from sajja.budget.forms import ChangesForm, LendForm, NothingForm, ReasonForm, ReturnForm
from sajja.budget.lives import OPEN
from sajja.budget.models import Advance
from sajja.budget.queries import (
    all_returns,
    borrowers,
    made_by,
    moves_of,
    purse_of,
    returns_of,
    spent_by_group,
    vouchers_of,
)
from sajja.budget.views.found import act_page, asked, of_advance, of_unit, the_advance
from sajja.budget.views.units import told
from sajja.org.door import Request, find, guarded, holds
from sajja.org.models import Kind
from sajja.org.permissions import P
from sajja.web import clock


@guarded(P.BORROW)
def lend(request: Request, year: int, unit: int) -> HttpResponse:
    """A new contract of the district."""
    here = asked(request, P.BORROW, year, unit, Kind.DISTRICT)
    people = borrowers(here.unit)
    initial = {"paid_on": clock.today(), "borrower": str(request.user.pk)}
    form = LendForm(people.values(), here.terms.advance_days, request.POST or None, initial=initial)

    def act() -> Advance:
        given = {name: value for name, value in form.cleaned_data.items() if name != "borrower"}
        chosen = people[int(form.cleaned_data["borrower"])]
        return actions.lend(by=request.user, year=here.year, unit=here.unit, borrower=chosen, **given)

    left = purse_of(here.year, here.unit).left_satang
    done = _("บันทึกสัญญาแล้ว จ่ายเงินแล้วลงใบสำคัญของแต่ละกลุ่มได้เลย")
    return act_page(request, "budget/lend.html", form, act, done, here.address, unit=here.unit, year=here.year, left=left)


@guarded(P.SEE_BUDGET)
def advance(request: Request, advance: int) -> HttpResponse:
    """What was lent, what stands on it, what is left, who has it and what to do next."""
    return render(request, "budget/advance.html", _page(request, the_advance(request, P.SEE_BUDGET, advance)))


def _page(request: Request, one: Advance) -> dict[str, Any]:
    may_borrow = one.state in OPEN and holds(request.user, P.BORROW, one.unit)
    moves = moves_of(one)
    steps = {"check": ("submitted", P.CHECK_CLEARING), "approve": ("checked", P.APPROVE_CLEARING)}
    step = next((key for key, (state, may) in steps.items() if one.state == state and holds(request.user, may, one.unit)), "")
    own = bool(step) and (made_by(one, request.user) or (step == "approve" and _checked_by(one, request)))
    return {
        **told(one),
        "unit": one.unit,
        "list_url": of_unit(one.year, one.unit),
        "vouchers": vouchers_of(one),
        "returns": returns_of(one),
        "moves": [(move, words.MOVES[move.move]) for move in moves],
        "first_sent": words.submitted_late(
            one.due, next((clock.day_of(m.at) for m in reversed(moves) if m.move == "submit"), None)
        ),
        "because": next((move.reason for move in moves if move.move == "return"), "") if one.state == "returned" else "",
        "may_borrow": may_borrow,
        "gaps": missing(one) if may_borrow else [],
        "groups": spent_by_group(one.year, one.unit) if may_borrow else [],
        "may_reverse": may_borrow and not one.spent_satang and not one.returned_satang,
        "step": step,
        "own": own,
        "may_reopen": one.state == "approved" and holds(request.user, P.APPROVE_CLEARING, one.unit),
    }


def _checked_by(one: Advance, request: Request) -> bool:
    return one.moves.filter(move="check", by=request.user).exists()


@guarded(P.BORROW)
def submit_clearing(request: Request, advance: int) -> HttpResponse:
    """Send the clearing to the district's head."""
    one = the_advance(request, P.BORROW, advance)
    form = NothingForm(request.POST if request.method == "POST" else None)
    done = _("ส่งใช้เงินยืมแล้ว รอพัฒนาการอำเภอตรวจ")
    return _confirm(
        request, one, "submit", form, lambda: actions.submit_clearing(by=request.user, advance=one), done, gaps=missing(one)
    )


@guarded(P.CHECK_CLEARING)
def check(request: Request, advance: int) -> HttpResponse:
    """The district's head has looked at every paper."""
    one = the_advance(request, P.CHECK_CLEARING, advance)
    form = NothingForm(request.POST if request.method == "POST" else None)
    done = _("ตรวจแล้ว ส่งต่อให้จังหวัดอนุมัติ")
    return _confirm(request, one, "check", form, lambda: actions.check_clearing(by=request.user, advance=one), done)


@guarded(P.APPROVE_CLEARING)
def approve(request: Request, advance: int) -> HttpResponse:
    """The province's finance approves."""
    one = the_advance(request, P.APPROVE_CLEARING, advance)
    form = NothingForm(request.POST if request.method == "POST" else None)
    done = _("อนุมัติการส่งใช้เงินยืมแล้ว")
    return _confirm(request, one, "approve", form, lambda: actions.approve_clearing(by=request.user, advance=one), done)


@guarded(P.CHECK_CLEARING)
def ask_to_check(request: Request, advance: int) -> HttpResponse:
    """The head sends it back."""
    return _ask(request, the_advance(request, P.CHECK_CLEARING, advance), "check")


@guarded(P.APPROVE_CLEARING)
def ask_to_approve(request: Request, advance: int) -> HttpResponse:
    """The province sends it back."""
    return _ask(request, the_advance(request, P.APPROVE_CLEARING, advance), "approve")


def _ask(request: Request, one: Advance, step: str) -> HttpResponse:
    form = ChangesForm(request.POST or None)
    done = _("ส่งกลับให้ผู้ยืมแก้แล้ว")
    return _confirm(
        request,
        one,
        "return",
        form,
        lambda: actions.ask_changes(by=request.user, advance=one, step=step, reason=form.cleaned_data["reason"]),
        done,
    )


@guarded(P.BORROW)
def reverse_advance(request: Request, advance: int) -> HttpResponse:
    """Take a contract back whole."""
    one = the_advance(request, P.BORROW, advance)
    form = ReasonForm(request.POST or None)
    return _confirm(
        request,
        one,
        "reverse",
        form,
        lambda: actions.reverse_advance(by=request.user, advance=one, reason=form.cleaned_data["reason"]),
        _("กลับรายการสัญญาแล้ว เงินกลับไปเป็นของอำเภอ"),
    )


def _confirm(request: Request, one: Advance, what: str, form: Any, act: Any, done: str, **more: Any) -> HttpResponse:
    return act_page(request, "budget/confirm.html", form, act, done, of_advance(one), unit=one.unit, one=one, what=what, **more)


@guarded(P.BORROW)
def give_back(request: Request, advance: int) -> HttpResponse:
    """Bring back what was not spent."""
    one = the_advance(request, P.BORROW, advance)
    form = ReturnForm(request.POST or None, initial={"satang": one.left_satang or None, "on": clock.today()})
    return act_page(
        request,
        "budget/give_back.html",
        form,
        lambda: actions.give_back(by=request.user, advance=one, **form.cleaned_data),
        _("บันทึกเงินส่งคืนแล้ว"),
        of_advance(one),
        unit=one.unit,
        one=one,
    )


@guarded(P.BORROW)
def reverse_return(request: Request, returned: int) -> HttpResponse:
    """A return was entered wrongly."""
    row = find(request, P.BORROW, all_returns(), pk=returned)
    form = ReasonForm(request.POST or None)
    return _confirm(
        request,
        row.advance,
        "reverse_return",
        form,
        lambda: actions.reverse_return(by=request.user, returned=row, reason=form.cleaned_data["reason"]),
        _("กลับรายการเงินส่งคืนแล้ว"),
        row=row,
    )
