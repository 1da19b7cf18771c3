"""The money of a loan goes to the borrower, once; or is taken back where it was entered wrong."""

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from sajja.audit.actions import Doer, record
from sajja.audit.acts import act
from sajja.ledger import actions as ledger
from sajja.ledger.actions.posting import lock
from sajja.ledger.models import Account, Entry
from sajja.ledger.posting import Arrow
from sajja.lib.refusals import Refused
from sajja.treasury import chart, schedule
from sajja.treasury.actions.vouchers import Paper, account_by_code, enter, payable, take_from
from sajja.treasury.lives import LOAN
from sajja.treasury.models import Instalment, Loan, LoanMove, LoanPlan, Method, PlanKind, Voucher, VoucherKind
from sajja.treasury.queries import lending as queries
from sajja.treasury.queries import loans as standing_queries
from sajja.web import clock


@act
def pay_out(
    *, by: Doer, loan: Loan, date: date, money: Account, first_due: date | None = None, fee: int | None = None, paper_no: str = "",
    at: datetime | None = None, uuid: UUID | None = None,
) -> Loan:  # fmt: skip
    """The whole loan leaves a keeper's cash or the bank; its fee (None: as agreed) comes in by the same voucher.

    The schedule is written by the day of the first instalment: by default as the contract says, or the
    next collecting day where that has passed.
    """
    kept = loan.kept
    lock(kept.book)
    loan.refresh_from_db()
    if uuid and (before := Entry.objects.filter(book=kept.book, uuid=uuid).first()):
        return Loan.objects.get(entry=before)
    state = LOAN.after(loan.state, "pay_out")
    agreed = loan.first_due if loan.first_due and loan.first_due > date else queries.first_due_after(kept, date)
    first_due = first_due or agreed
    _refuse_unready(loan, date, first_due)
    take_from(kept, money, loan.principal_satang, uuid)
    payable(kept, money, loan.principal_satang, date)
    fee = queries.first_fee(loan, loan.principal_satang) if fee is None else fee
    if fee >= loan.principal_satang:
        raise Refused(_("ค่าธรรมเนียมต้องน้อยกว่าเงินกู้"), "fee")
    assert loan.account_id is not None
    arrows = [Arrow(loan.account_id, money.pk, loan.principal_satang)]
    if fee:
        fees = account_by_code(kept, chart.FEES)
        arrows.append(Arrow(money.pk, fees.pk, fee, slip=loan.pk, about=loan.account_id, note=_("ค่าธรรมเนียมเงินกู้")))
    memo = _("จ่ายเงินกู้ %(loan)s %(name)s") % {"loan": loan.number, "name": loan.member.name}
    paper = Paper(
        kind=VoucherKind.PAYMENT, party=loan.member.name, paper_no=paper_no, resolution=loan.resolution, member=loan.member
    )
    entry = enter(by, kept, "pay_out", date, "loan-out", memo, arrows, paper, money, at, uuid)
    loan.state, loan.paid_out_on, loan.first_due, loan.entry = state, date, first_due, entry
    loan.save(update_fields=["state", "paid_out_on", "first_due", "entry"])
    _write_plan(by, loan, date, first_due, at or clock.now())
    _moved(by, loan, "pay_out", date, entry, at)
    return loan


def _refuse_unready(loan: Loan, day: date, first_due: date) -> None:
    if loan.contract_on is None:
        raise Refused(_("ยังไม่ได้บันทึกวันที่ลงชื่อในสัญญา พิมพ์สัญญาให้ลงชื่อครบแล้วบันทึกก่อนจ่ายเงิน"))
    if day < loan.contract_on:
        raise Refused(_("วันที่จ่ายเงินต้องไม่ก่อนวันที่ทำสัญญา"), "date")
    if first_due <= day:
        raise Refused(_("งวดแรกต้องหลังวันที่จ่ายเงิน"), "first_due")
    unsigned = loan.guarantors.filter(freed_on__isnull=True, signed_on__isnull=True).values_list("name", flat=True)
    if names := ", ".join(unsigned):
        raise Refused(_("ผู้ค้ำประกัน %(names)s ยังไม่ได้ลงชื่อ ให้ลงชื่อแล้วบันทึกในหน้าสัญญาก่อน") % {"names": names})


def _write_plan(by: Doer, loan: Loan, day: date, first_due: date, at: datetime) -> None:
    rows = queries.instalments_of(loan, loan.principal_satang, loan.instalments)
    plan = LoanPlan.objects.create(
        loan=loan, number=loan.plans.count() + 1, kind=PlanKind.CONTRACT, from_on=day, principal_satang=loan.principal_satang,
        interest_before_satang=loan.interest_before_satang, resolution=loan.resolution, by_name=str(by.full_name), at=at,
    )  # fmt: skip
    Instalment.objects.bulk_create(
        [
            Instalment(plan=plan, no=row.no, due=due, principal_satang=row.principal, interest_satang=row.interest)
            for row, due in zip(rows, schedule.due_days(first_due, len(rows)), strict=True)
        ]
    )


def _moved(by: Doer, loan: Loan, move: str, day: date, entry: Entry, at: datetime | None, why: str = "") -> None:
    LoanMove.objects.create(
        loan=loan, move=move, state=loan.state, on=day, why=why[:300], resolution=None, entry=entry, by=by.key,
        by_name=str(by.full_name), at=at or clock.now(),
    )  # fmt: skip


@act
def take_back_payout(
    *, by: Doer, loan: Loan, reason: str, date: date, at: datetime | None = None, uuid: UUID | None = None
) -> Loan:
    """The money was not handed out after all, or was entered wrong: the voucher is reversed, the loan is approved again."""
    kept = loan.kept
    lock(kept.book)
    loan.refresh_from_db()
    if uuid and Entry.objects.filter(book=kept.book, uuid=uuid).exists():
        return loan
    state = LOAN.after(loan.state, "take_back")
    if not reason.strip():
        raise Refused(_("บอกเหตุผลที่ถอนการจ่าย"), "reason")
    entry = loan.entry
    if entry is None:
        raise Refused(_("เงินกู้นี้เป็นยอดยกมา ถอนการจ่ายไม่ได้"))
    if _used(loan):
        raise Refused(_("มีการชำระหรือเปลี่ยนตารางของเงินกู้นี้แล้ว ถอนการจ่ายไม่ได้ แก้รายการชำระก่อน หรือให้ผู้กู้ชำระปิดสัญญา"))
    posted = ledger.reverse(
        entry=entry, date=date, memo=_("ถอนการจ่ายเงินกู้ %(loan)s: %(reason)s") % {"loan": loan.number, "reason": reason},
        by=by.key, by_name=str(by.full_name), at=at or clock.now(), uuid=uuid,
    )  # fmt: skip
    Voucher.objects.create(entry=posted.entry, kept=kept, kind=VoucherKind.GENERAL, method=Method.NONE, member=loan.member)
    loan.plans.filter(counts=True).update(counts=False)
    loan.state, loan.paid_out_on, loan.entry = state, None, None
    loan.save(update_fields=["state", "paid_out_on", "entry"])
    _moved(by, loan, "take_back", date, posted.entry, at, reason)
    record(
        by, "treasury.take_back_payout", posted.entry, kept.group.unit.path, at=at, voucher=posted.entry.voucher, reason=reason,
        loan=loan.number,
    )  # fmt: skip
    return loan


def _used(loan: Loan) -> bool:
    """Whether anything was paid, or another schedule agreed, since the money went out."""
    account = loan.account
    assert account is not None
    account.refresh_from_db()
    paid = standing_queries.received(loan.kept, [account.pk]).get(account.pk, 0)
    return account.balance != loan.principal_satang or bool(paid) or loan.plans.filter(counts=True).count() > 1
