"""Money on loans comes in outside the collecting day: a payment, what closes a contract, interest of a payment back-dated."""

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from sajja.audit.actions import Doer
from sajja.audit.acts import act
from sajja.ledger.actions.posting import lock
from sajja.ledger.models import Account, Entry
from sajja.ledger.posting import Arrow
from sajja.lib.money import baht
from sajja.lib.refusals import Refused
from sajja.treasury import chart, owing
from sajja.treasury.actions.loan_lives import after_payment
from sajja.treasury.actions.vouchers import Paper, account_by_code, enter, money_place
from sajja.treasury.models import InterestBy, Loan, LoanStateNow, VoucherKind
from sajja.treasury.owing import Split
from sajja.treasury.queries import loans as queries
from sajja.web import clock


@act
def repay(
    *, by: Doer, loan: Loan, date: date, amount: int, money: Account, paper_no: str = "", at: datetime | None = None,
    uuid: UUID | None = None,
) -> Entry:  # fmt: skip
    """A payment on a contract by cash or bank, taken apart by its order: the fine first, then what is due, then what is to come.

    Refused above what is owed, and below the fine of the day unless a resolution waives it.
    """
    kept = loan.kept
    lock(kept.book)
    money_place(kept, money)
    if uuid and (before := Entry.objects.filter(book=kept.book, uuid=uuid).first()):
        return before
    _still_owed(loan)
    parts = split_on(loan, date, amount)
    return _take_in(by, loan, date, parts, money, "repay", paper_no, at, uuid)


@act
def settle_early(
    *, by: Doer, loan: Loan, date: date, money: Account, paper_no: str = "", at: datetime | None = None, uuid: UUID | None = None
) -> Entry:
    """What closes the contract on that day; interest that is not due yet is forgiven where the contract says so."""
    kept = loan.kept
    lock(kept.book)
    money_place(kept, money)
    if uuid and (before := Entry.objects.filter(book=kept.book, uuid=uuid).first()):
        return before
    _still_owed(loan)
    return _take_in(by, loan, date, closing_on(loan, date), money, "settle_early", paper_no, at, uuid)


def split_on(loan: Loan, on: date, amount: int) -> Split:
    """How a payment of that day is taken apart: by what is owed now, late by that day."""
    now = queries.standing(loan, on, max(on, clock.today()))
    fine = now.fine
    if 0 < amount < fine:
        raise Refused(_("วันนี้มีค่าปรับ %(fine)s บาท รับชำระต้องไม่น้อยกว่านั้น หรือบันทึกมติยกเว้นค่าปรับก่อน") % {"fine": baht(fine)}, "amount")
    if amount <= 0:
        raise Refused(_("จำนวนเงินต้องมากกว่า 0"), "amount")
    try:
        return owing.split(now.in_turn, amount, fine, on, loan.order)
    except ValueError as too_much:
        raise Refused(str(too_much), "amount") from None


def closing_on(loan: Loan, on: date) -> Split:
    """What closes the contract on that day, the fine with it."""
    now = queries.standing(loan, on, max(on, clock.today()))
    rest = (
        Split(0, sum(one.interest for one in now.left), now.principal)
        if loan.interest_by == InterestBy.DAY
        else owing.settlement(now.left, on, loan.method, loan.forgives_later_interest)
    )
    return rest._replace(fine=now.fine)


def _still_owed(loan: Loan) -> None:
    loan.refresh_from_db()
    if loan.state != LoanStateNow.NORMAL:
        raise Refused(_("สัญญานี้ไม่มีหนี้ให้ชำระ (%(state)s)") % {"state": loan.get_state_display()})


def _take_in(
    by: Doer, loan: Loan, on: date, parts: Split, money: Account, name: str, paper_no: str, at: datetime | None, uuid: UUID | None
) -> Entry:  # fmt: skip
    kept, own = loan.kept, loan.account
    assert own is not None
    if loan.paid_out_on and on < loan.paid_out_on:
        raise Refused(_("รับชำระก่อนวันจ่ายเงินกู้ไม่ได้"), "date")
    fines, interest = account_by_code(kept, chart.FINES), account_by_code(kept, chart.LOAN_INTEREST)
    arrows = [
        Arrow(money.pk, account, satang, slip=loan.pk, about=about)
        for account, satang, about in (
            (fines.pk, parts.fine, own.pk), (interest.pk, parts.interest, own.pk), (own.pk, parts.principal, None),
        )
        if satang
    ]  # fmt: skip
    memo = _("รับชำระเงินกู้ %(loan)s %(name)s") % {"loan": loan.number, "name": loan.member.name}
    paper = Paper(kind=VoucherKind.RECEIPT, party=loan.member.name, paper_no=paper_no, member=loan.member)
    entry = enter(by, kept, name, on, "loan-repaid", memo, arrows, paper, money, at, uuid)
    adjust_interest(by, loan, at)
    after_payment(by, kept, [own.pk], on, entry, at)
    return entry


def adjust_interest(by: Doer, loan: Loan, at: datetime | None = None) -> Entry | None:
    """After a payment on a loan by the day that was entered late: interest that was asked too much goes to the principal.

    One entry of the day it is entered; printed receipts stand. Interest that is missing is asked with the next payment.
    None where nothing is over. Inside an act.
    """
    if loan.interest_by != InterestBy.DAY:
        return None
    today = clock.day_of(at or clock.now())
    over = queries.interest_over(loan, today)
    own = loan.account
    assert own is not None
    own.refresh_from_db(fields=["balance"])
    amount = min(over, own.balance)
    if amount <= 0:
        return None
    income = account_by_code(loan.kept, chart.LOAN_INTEREST)
    memo = _("ดอกเบี้ย %(loan)s เก็บไว้เกินเพราะมีการชำระย้อนวัน นำไปตัดเงินต้น") % {"loan": loan.number}
    paper = Paper(kind=VoucherKind.GENERAL, party=loan.member.name, member=loan.member)
    arrows = [Arrow(income.pk, own.pk, amount, about=own.pk)]
    return enter(by, loan.kept, "adjust_interest", today, "loan-interest-adjusted", memo, arrows, paper, None, at, None)
