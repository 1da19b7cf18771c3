"""Loans in trouble: a fine waived, guarantors told and taking over, debts written off. Other schedules: replanning.py.

Each by a resolution, never recorded by the borrower or a guarantor. What moves money is one entry; the contract stays in the
register whatever becomes of it.
"""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from sajja.audit.actions import Doer, record
from sajja.audit.acts import act
from sajja.groups.models import Resolution
from sajja.ledger import actions as ledger
from sajja.ledger.actions import NewAccount
from sajja.ledger.actions.posting import lock
from sajja.ledger.models import Account, Entry, Floor
from sajja.ledger.posting import Arrow
from sajja.lib.money import baht, share_out
from sajja.lib.refusals import Refused
from sajja.lib.thai_dates import short
from sajja.treasury import chart
from sajja.treasury.actions.lending import TERMS, moved, refuse_own
from sajja.treasury.actions.replanning import (
    NOT_AGREED,
    agreed_anew,
    begin,
    defer,
    reschedule,
    take_back_plan,
    write_plan,
)
from sajja.treasury.actions.vouchers import Paper, account_by_code, check_resolution, enter, money_place
from sajja.treasury.effective import LAWFUL_BP
from sajja.treasury.lives import LOAN
from sajja.treasury.models import (
    FineWaiver,
    Guarantor,
    GuarantorNotice,
    Loan,
    LoanStateNow,
    PlanKind,
    VoucherKind,
)
from sajja.treasury.queries import loans as queries
from sajja.web import clock

__all__ = [
    "NOT_AGREED", "defer", "notify_guarantor", "recover", "reschedule", "take_back_plan", "take_back_step", "take_over",
    "waive_fine", "write_off",
]  # fmt: skip


@act
def waive_fine(
    *, by: Doer, loan: Loan, first: date, last: date, resolution: Resolution, why: str, at: datetime | None = None
) -> FineWaiver:
    """Payments of these days carry no fine. Refused for days before the meeting: what was paid then was paid with its fine."""
    lock(loan.kept.book)
    loan.refresh_from_db()
    if loan.state != LoanStateNow.NORMAL:
        raise Refused(_("สัญญานี้ไม่มีค่าปรับให้ยกเว้น (%(state)s)") % {"state": loan.get_state_display()})
    refuse_own(by, loan)
    check_resolution(loan.kept, resolution)
    if first < resolution.meeting.day:
        raise Refused(_("วันแรกต้องไม่ก่อนวันประชุม %(day)s") % {"day": short(resolution.meeting.day)}, "first")
    if last < first:
        raise Refused(_("วันสุดท้ายต้องไม่ก่อนวันแรก"), "last")
    if not why.strip():
        raise Refused(_("บอกเหตุผลที่ยกเว้นค่าปรับ"), "why")
    made = FineWaiver.objects.create(
        loan=loan, first=first, last=last, resolution=resolution, why=why, by_name=str(by.full_name), at=at or clock.now()
    )
    moved(by, loan, "waive", first, why=why, resolution=resolution, at=at)
    record(by, "treasury.waive_fine", loan, loan.kept.group.unit.path, at=at, first=first.isoformat(), last=last.isoformat())
    return made


@act
def notify_guarantor(*, by: Doer, guarantor: Guarantor, sent_on: date, how: str, at: datetime | None = None) -> GuarantorNotice:
    """The letter of default went to a guarantor; once for a default."""
    loan = guarantor.loan
    lock(loan.kept.book)
    loan.refresh_from_db()
    if loan.state != LoanStateNow.NORMAL:
        raise Refused(_("สัญญานี้ไม่มีหนี้ที่ต้องแจ้งผู้ค้ำ (%(state)s)") % {"state": loan.get_state_display()})
    now = queries.standing(loan, sent_on)
    if not now.overdue:
        raise Refused(_("วันนั้นไม่มีงวดที่ค้าง ยังไม่ต้องแจ้งผู้ค้ำ"), "sent_on")
    guarantor.refresh_from_db()
    if guarantor.freed_on:
        raise Refused(_("%(name)s พ้นจากการค้ำประกันแล้ว") % {"name": guarantor.name})
    since = now.overdue[0].due
    if GuarantorNotice.objects.filter(guarantor=guarantor, default_on=since).exists():
        raise Refused(_("แจ้ง%(name)s เรื่องนี้ไปแล้ว") % {"name": guarantor.name})
    made = GuarantorNotice.objects.create(
        guarantor=guarantor, default_on=since, sent_on=sent_on, how=how, by_name=str(by.full_name), at=at or clock.now()
    )
    moved(by, loan, "notify", sent_on, why=f"{guarantor.name} {how}", at=at)
    record(by, "treasury.notify_guarantor", loan, loan.kept.group.unit.path, at=at, guarantor=guarantor.pk)
    return made


@act
def take_over(
    *, by: Doer, loan: Loan, on: date, resolution: Resolution, instalments: int, first_due: date,
    shares: Mapping[int, int] | None = None, rate_bp: int = 0, at: datetime | None = None, uuid: UUID | None = None,
) -> list[Loan]:  # fmt: skip
    """The guarantors who were told in writing take over the principal, in equal parts or as `shares` (key → satang) says.

    Each gets a contract of his own at `rate_bp` a year; no income, no expense, no cash. They have a claim on the borrower.
    Interest that was due on the old contract is not handed over, and is asked of nobody any more.
    """
    kept = loan.kept
    lock(kept.book)
    if uuid and Entry.objects.filter(book=kept.book, uuid=uuid).exists():
        return list(Loan.objects.filter(succeeds=loan).order_by("pk"))
    now = begin(by, loan, resolution, on)
    if first_due <= on:
        raise Refused(_("งวดแรกต้องหลังวันที่ผู้ค้ำรับภาระ"), "first_due")
    if not 0 <= rate_bp <= LAWFUL_BP:
        raise Refused(_("ดอกเบี้ยต้องไม่เกินร้อยละ 15 ต่อปี (ป.พ.พ. มาตรา 654)"), "rate_bp")
    taking = _who_takes(loan, shares)
    parts = [shares[one.pk] for one in taking] if shares else share_out(now.principal, [1] * len(taking))
    if sum(parts) != now.principal or min(parts) <= 0:
        raise Refused(_("ส่วนของผู้ค้ำรวมกันต้องเท่าเงินต้นที่เหลือ %(sum)s บาท") % {"sum": baht(now.principal)}, "shares")
    numbers = [_free_number(loan, one) for one in taking]
    made = ledger.open_accounts(
        book=kept.book,
        accounts=[
            NewAccount(chart.under(chart.LOANS, number), f"{number} {one.name}"[:150], "", chart.LOANS, Floor.ALWAYS)
            for number, one in zip(numbers, taking, strict=True)
        ],
    )
    accounts = [made[chart.under(chart.LOANS, number)] for number in numbers]
    assert loan.account_id is not None
    arrows = [Arrow(account.pk, loan.account_id, part) for account, part in zip(accounts, parts, strict=True)]
    memo = _("ผู้ค้ำรับภาระหนี้ %(loan)s") % {"loan": loan.number}
    paper = Paper(kind=VoucherKind.GENERAL, party=loan.member.name, resolution=resolution, member=loan.member)
    entry = enter(by, kept, "take_over", on, "loan-taken-over", memo, arrows, paper, None, at, uuid)
    at = at or clock.now()
    heirs = [
        _succeed(by, loan, one, number, account, part, on, instalments, first_due, rate_bp, resolution, at)
        for one, number, account, part in zip(taking, numbers, accounts, parts, strict=True)
    ]
    loan.state = LOAN.after(loan.state, "take_over")
    loan.save(update_fields=["state"])
    moved(by, loan, "take_over", on, resolution=resolution, entry=entry, at=at)
    return heirs


def _free_number(loan: Loan, one: Guarantor) -> str:
    """L1-M02; where that was used by a take-over that was taken back, L1-M02-2."""
    assert one.member is not None
    first = f"{loan.number}-{one.member.number}"
    used = Loan.objects.filter(succeeds=loan, number__startswith=first, member=one.member).count()
    return f"{first}-{used + 1}" if used else first


def _who_takes(loan: Loan, shares: Mapping[int, int] | None) -> list[Guarantor]:
    own = list(loan.guarantors.filter(freed_on__isnull=True).select_related("member").order_by("position"))
    taking = [one for one in own if not shares or one.pk in shares]
    if not taking or (shares and len(taking) != len(shares)):
        raise Refused(_("ไม่มีผู้ค้ำที่รับภาระได้ ใช้การตัดหนี้สูญตามมติแทน"), "shares")
    for one in taking:
        if one.member is None:
            raise Refused(_("%(name)s ไม่เป็นสมาชิก ทำสัญญาในทะเบียนนี้ไม่ได้ รับชำระแทนได้ตามปกติ") % {"name": one.name}, "shares")
        if not one.notices.exists():
            raise Refused(_("%(name)s ยังไม่ได้รับหนังสือบอกกล่าว ส่งหนังสือและบันทึกวันที่ก่อน") % {"name": one.name}, "shares")
    return taking


def _succeed(
    by: Doer, loan: Loan, one: Guarantor, number: str, account: Account, part: int, on: date, instalments: int, first_due: date,
    rate_bp: int, resolution: Resolution, at: datetime,
) -> Loan:  # fmt: skip
    """A guarantor's own contract for his part."""
    rows = agreed_anew(loan, part, instalments, first_due, rate_bp)
    terms = {name: getattr(loan, name) for name in TERMS} | {"rate_bp": rate_bp, "yearly_fee_bp": 0, "grace": 0}
    assert one.member is not None
    made = Loan.objects.create(
        kept=loan.kept, member=one.member, product=loan.product, state=LoanStateNow.NORMAL, number=number, account=account,
        applied_on=on, asked_satang=part, asked_instalments=instalments, purpose=loan.purpose, principal_satang=part,
        instalments=instalments, first_due=first_due, resolution=resolution, contract_on=on, paid_out_on=on, succeeds=loan,
        by=by.key, by_name=str(by.full_name), at=at, **terms,
    )  # fmt: skip
    write_plan(by, made, PlanKind.TAKEOVER, on, part, 0, rows, resolution, loan.number, at)
    claim = _("รับจากสัญญา %(loan)s เรียกคืนจาก %(name)s ได้ตามที่ชำระแทน") % {"loan": loan.number, "name": loan.member.name}
    moved(by, made, "take_over", on, why=claim, resolution=resolution, at=at)
    return made


@act
def write_off(
    *, by: Doer, loan: Loan, on: date, resolution: Resolution, risk_fund: int = 0, charge: str = chart.BAD_DEBTS, why: str = "",
    at: datetime | None = None, uuid: UUID | None = None,
) -> Entry:  # fmt: skip
    """The principal that nobody will pay: the allowance first, then `risk_fund` satang of 34520, the rest as an expense.

    The contract stays in the register; what comes in later is income (recover).
    """
    kept = loan.kept
    lock(kept.book)
    if uuid and (before := Entry.objects.filter(book=kept.book, uuid=uuid).first()):
        return before
    now = begin(by, loan, resolution, on)
    if charge not in {chart.BAD_DEBTS, chart.DOUBTFUL}:
        raise ValueError(charge)
    allowance = account_by_code(kept, chart.ALLOWANCE)
    from_allowance = min(max(-allowance.balance, 0), now.principal)
    fund = account_by_code(kept, chart.RISK)
    if not 0 <= risk_fund <= min(fund.standing, now.principal - from_allowance):
        raise Refused(
            _("ใช้ทุนประกันความเสี่ยงได้ไม่เกิน %(most)s บาท")
            % {"most": baht(max(min(fund.standing, now.principal - from_allowance), 0))},
            "risk_fund",
        )
    assert loan.account_id is not None
    rest = now.principal - from_allowance - risk_fund
    sources = ((allowance, from_allowance), (fund, risk_fund), (account_by_code(kept, charge), rest))
    arrows = [Arrow(account.pk, loan.account_id, satang, note=why[:150]) for account, satang in sources if satang]
    memo = _("ตัดหนี้สูญ %(loan)s %(name)s") % {"loan": loan.number, "name": loan.member.name}
    paper = Paper(kind=VoucherKind.GENERAL, party=loan.member.name, resolution=resolution, member=loan.member)
    entry = enter(by, kept, "write_off", on, "loan-written-off", memo, arrows, paper, None, at, uuid)
    loan.state = LOAN.after(loan.state, "write_off")
    loan.save(update_fields=["state"])
    moved(by, loan, "write_off", on, why=why, resolution=resolution, entry=entry, at=at)
    return entry


@act
def recover(
    *, by: Doer, loan: Loan, date: date, amount: int, money: Account, paper_no: str = "", at: datetime | None = None,
    uuid: UUID | None = None,
) -> Entry:  # fmt: skip
    """Money that comes in on a debt that was written off: income."""
    kept = loan.kept
    lock(kept.book)
    loan.refresh_from_db()
    if loan.state != LoanStateNow.WRITTEN_OFF:
        raise Refused(_("หนี้นี้ไม่ได้ตัดเป็นหนี้สูญ รับชำระตามปกติ"))
    refuse_own(by, loan)
    money_place(kept, money)
    income = account_by_code(kept, chart.RECOVERED)
    paper = Paper(kind=VoucherKind.RECEIPT, party=loan.member.name, paper_no=paper_no, member=loan.member)
    memo = _("หนี้สูญได้รับคืน %(loan)s") % {"loan": loan.number}
    arrows = [Arrow(money.pk, income.pk, amount, slip=loan.pk, about=loan.account_id)]
    entry = enter(by, kept, "recover", date, "loan-recovered", memo, arrows, paper, money, at, uuid)
    moved(by, loan, "recover", date, why=baht(amount), entry=entry, at=at)
    return entry


@act
def take_back_step(
    *, by: Doer, loan: Loan, reason: str, date: date, at: datetime | None = None, uuid: UUID | None = None
) -> Loan:
    """A take-over or a writing-off was entered wrong: its entry is reversed, the contract is owed again."""
    kept = loan.kept
    lock(kept.book)
    loan.refresh_from_db()
    refuse_own(by, loan)
    if not reason.strip():
        raise Refused(_("บอกเหตุผลที่ยกเลิก"), "reason")
    step = loan.moves.filter(move__in=["take_over", "write_off"], entry__isnull=False).order_by("-pk").first()
    if step is None or step.entry is None or loan.state not in {LoanStateNow.TAKEN_OVER, LoanStateNow.WRITTEN_OFF}:
        raise Refused(_("ไม่มีการรับภาระหรือตัดหนี้ให้ยกเลิก"))
    gone = LoanStateNow.WITHDRAWN
    heirs = list(Loan.objects.filter(succeeds=loan).exclude(state=gone).select_related("account"))
    paid = queries.received(kept, [one.account_id for one in heirs if one.account_id])
    if any(paid.values()) or any(one.account is None or one.account.balance != one.principal_satang for one in heirs):
        raise Refused(_("ผู้ค้ำชำระไปบ้างแล้ว ยกเลิกไม่ได้"))
    at = at or clock.now()
    memo = _("ยกเลิก %(voucher)s: %(reason)s") % {"voucher": step.entry.voucher, "reason": reason}
    back = ledger.reverse(
        entry=step.entry, date=date, memo=memo[:300], by=by.key, by_name=str(by.full_name), at=at, uuid=uuid
    ).entry
    for one in heirs:
        one.state = LOAN.after(one.state, "undo")
        one.save(update_fields=["state"])
        moved(by, one, "undo", date, why=reason, entry=back, at=at)
    loan.state = LOAN.after(loan.state, "reopen")
    loan.save(update_fields=["state"])
    moved(by, loan, "reopen", date, why=reason, entry=back, at=at)
    record(by, "treasury.take_back_step", loan, kept.group.unit.path, at=at, voucher=back.voucher, reason=reason)
    return loan
