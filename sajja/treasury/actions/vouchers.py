"""Vouchers: income, expense, welfare, gifts, general entries, the bank's interest and fees, and taking one back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sajja.audit.actions import Doer, record
from sajja.audit.acts import act
from sajja.groups import actions as groups
from sajja.groups.models import GroupBook, Member, Resolution
from sajja.ledger import actions as ledger
from sajja.ledger.actions import Posted
from sajja.ledger.models import Account, Entry
from sajja.ledger.posting import Arrow
from sajja.lib.money import baht
from sajja.lib.refusals import Refused
from sajja.treasury import chart, counting
from sajja.treasury.actions.books import accounts_of, put
from sajja.treasury.actions.loan_lives import after_payment, contracts_in
from sajja.treasury.models import Handover, MemberAccount, Method, PaidHow, Share, Voucher, VoucherKind, WelfareKind
from sajja.treasury.queries.books import rules_on
from sajja.treasury.queries.cash import Holding, holding_of
from sajja.web import clock

BY_MEMBER = frozenset({*chart.BY_MEMBER, chart.LOANS})
SAVINGS = frozenset({chart.PLEDGED, chart.SPECIAL, chart.LOANS})
OWN_FORMS = BY_MEMBER | {*chart.MONEY, chart.WELFARE, chart.PUBLIC_BENEFIT, chart.RESULT, "13100", "17900"}
"""Headings that a plain income or expense does not touch: they have forms of their own."""


LEFT_WORDS = gettext_lazy("ใบจ่ายคืนผู้พ้นสมาชิกภาพยกเลิกได้ที่ใบสรุปจ่ายคืน ในหน้าสมาชิกคนนั้น")
YEAR_WORDS = gettext_lazy("รายการสิ้นปียกเลิกได้ที่หน้าปีบัญชี จนกว่าจะปิดบัญชีปีนั้น ปิดแล้วลงรายการแก้ในปีถัดไปด้วยใบสำคัญทั่วไป")
SHARED_WORDS = gettext_lazy("การจัดสรรกำไรยกเลิกได้ที่หน้าจัดสรรกำไรของปีนั้น ก่อนมีสมาชิกรับเงิน")
NOT_TAKEN_BACK: dict[str, Promise] = {
    "member-leaves": LEFT_WORDS,
    "member-dies": LEFT_WORDS,
    "special-interest": gettext_lazy("ดอกเบี้ยที่คิดให้สมาชิกแล้วกลับทั้งใบไม่ได้ แก้เฉพาะคนที่ผิดด้วยใบสำคัญทั่วไปตามมติ"),
    "depreciation": YEAR_WORDS,
    "allowance": YEAR_WORDS,
    "accrued-interest": YEAR_WORDS,
    "audit-adjustment": YEAR_WORDS,
    "closing": YEAR_WORDS,
    "loan-out": gettext_lazy("การจ่ายเงินกู้ถอนได้ที่หน้าเงินกู้ กด “ถอนการจ่ายเงินกู้” เมื่อยังไม่มีการชำระ"),
    "loan-taken-over": gettext_lazy("การรับภาระของผู้ค้ำยกเลิกได้ที่หน้าเงินกู้ เมื่อผู้ค้ำยังไม่ได้ชำระ"),
    "loan-written-off": gettext_lazy("การตัดหนี้สูญยกเลิกได้ที่หน้าเงินกู้"),
    "transfer": gettext_lazy("การโอนในครอบครัวกลับทั้งใบไม่ได้ ให้โอนกลับด้วยใบโอนใหม่"),
    "opening": gettext_lazy("ใบยอดยกมากลับทั้งใบไม่ได้ แก้เฉพาะยอดที่ผิดด้วยใบสำคัญทั่วไปตามมติ"),
    "legacy": gettext_lazy("รายการจากโปรแกรมเดิมกลับทั้งวันไม่ได้ แก้เฉพาะคนที่ผิดด้วยใบสำคัญทั่วไปตามมติ"),
    "appropriation": SHARED_WORDS,
    "loss": SHARED_WORDS,
}
"""Kinds whose act changed more than the ledger; each says the way out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What the voucher says beyond the entry."""

    kind: str
    party: str = ""
    paper_no: str = ""
    welfare: str = ""
    resolution: Resolution | None = None
    member: Member | None = None


class CodeArrow(NamedTuple):
    """An arrow by account codes, in satang: debit, credit."""

    debit: str
    credit: str
    satang: int


def arrows_of_lines(lines: Sequence[tuple[str, int]]) -> list[CodeArrow]:
    """Lines (code, satang; a debit above nought) as arrows, each debit filled from the credits in their order."""
    debits = [(code, satang) for code, satang in lines if satang > 0]
    credited = [(code, -satang) for code, satang in lines if satang < 0]
    arrows = []
    while debits and credited:
        (debit, due), (credit, left) = debits.pop(0), credited.pop(0)
        amount = min(due, left)
        arrows.append(CodeArrow(debit, credit, amount))
        if due > amount:
            debits.insert(0, (debit, due - amount))
        if left > amount:
            credited.insert(0, (credit, left - amount))
    return arrows


def enter(
    by: Doer, kept: GroupBook, act: str, on: date, kind: str, memo: str, arrows: Sequence[Arrow], paper: Paper,
    money: Account | None, at: datetime | None, uuid: UUID | None,
) -> Entry:  # fmt: skip
    """Post a voucher and keep its paper side; inside an act. `money` is the cash or bank account that it moved."""
    if paper.resolution:
        check_resolution(kept, paper.resolution)
    if paper.member and paper.member.group_id != kept.group_id:
        raise Refused(_("ไม่พบสมาชิกคนนี้ในกลุ่ม"), "member")
    posted = put(by, kept, f"treasury.{act}", on, kind, memo, arrows, at, uuid)
    method = Method.NONE if money is None else Method.CASH if money.code.startswith(chart.CASH) else Method.TRANSFER
    Voucher.objects.get_or_create(
        entry=posted.entry,
        defaults={
            "kept": kept, "kind": paper.kind, "party": paper.party, "paper_no": paper.paper_no, "method": method,
            "welfare": paper.welfare, "resolution": paper.resolution, "member": paper.member,
        },
    )  # fmt: skip
    return posted.entry


def check_resolution(kept: GroupBook, resolution: Resolution) -> None:
    """Refuse a resolution of another group, and one that was struck; it cannot be struck until this act ends.

    Every act that names a resolution passes here. Once the row that names it is there, striking is refused by itself:
    groups.queries.namings asks each table with a key to it, which needs the property `told` (what paper it is, in Thai).
    """
    groups.hold_resolution(resolution)
    if resolution.meeting.group_id != kept.group_id:
        raise Refused(_("ไม่พบมตินี้ในกลุ่ม"), "resolution")
    if resolution.struck_because:
        raise Refused(_("มตินี้ถูกถอนแล้ว เลือกมติอื่น"), "resolution")


def money_place(kept: GroupBook, account: Account, field: str = "money") -> Holding:
    """The cash or bank account that a voucher names; refused where it is none of this book's."""
    try:
        return holding_of(kept, account)
    except Account.DoesNotExist:
        raise Refused(_("เลือกเงินสดหรือบัญชีธนาคารของชุดบัญชีนี้"), field) from None


def made_before(kept: GroupBook, uuid: UUID | None) -> bool:
    """Whether the same act was done already: the ledger answers it again, whatever there is now."""
    return uuid is not None and Entry.objects.filter(book=kept.book, uuid=uuid).exists()


def take_from(kept: GroupBook, account: Account, satang: int, uuid: UUID | None, field: str = "money") -> Account:
    """The account to pay from; refused where it holds too little now, saying what is there."""
    place = money_place(kept, account, field)
    if made_before(kept, uuid):
        return account
    if satang <= 0:
        raise Refused(_("จำนวนเงินต้องมากกว่า 0"), "amount")
    if place.satang < satang:
        raise Refused(
            _("%(place)s มี %(there)s บาท ไม่พอสำหรับ %(wanted)s บาท เลือกที่อื่น หรือนำเงินมาเพิ่มก่อน")
            % {"place": place.name, "there": baht(place.satang), "wanted": baht(satang)},
            field,
        )
    return account


def payable(kept: GroupBook, account: Account, satang: int, on: date) -> None:
    """Refuse a cash payment that no coin of the book's rules can make up."""
    step = rules_on(kept, on).cash_step_satang
    if account.code.startswith(chart.CASH) and counting.odd(satang, step):
        raise Refused(_("จ่ายเป็นเงินสดได้ทีละ %(step)s บาท ปรับจำนวนหรือจ่ายผ่านธนาคาร") % {"step": baht(step)}, "amount")


def account_by_code(kept: GroupBook, code: str, field: str = "account") -> Account:
    """The book's account of a code; refused where there is none."""
    found = Account.objects.filter(book=kept.book, code=code).first()
    if found is None:
        raise Refused(_("ชุดบัญชีนี้ไม่มีรหัสบัญชี %(code)s") % {"code": code}, field)
    return found


def _plain_heading(kept: GroupBook, code: str) -> Account:
    account = account_by_code(kept, code)
    if code.split(":", maxsplit=1)[0] in OWN_FORMS:
        raise Refused(_("บัญชี %(account)s มีแบบของตัวเอง ใช้แบบนั้น หรือใบสำคัญทั่วไป") % {"account": account.name}, "account")
    return account


@act
def record_income(
    *, by: Doer, kept: GroupBook, date: date, account: str, amount: int, money: Account, payer: str, memo: str,
    paper_no: str = "", resolution: Resolution | None = None, at: datetime | None = None, uuid: UUID | None = None,
) -> Entry:  # fmt: skip
    """Money that came in outside the collecting day: `account` is the code it is credited to."""
    credited = _plain_heading(kept, account)
    money_place(kept, money)
    paper = Paper(kind=VoucherKind.RECEIPT, party=payer, paper_no=paper_no, resolution=resolution)
    arrows = [Arrow(money.pk, credited.pk, amount)]
    return enter(by, kept, "record_income", date, "income", memo, arrows, paper, money, at, uuid)


@act
def record_expense(
    *, by: Doer, kept: GroupBook, date: date, account: str, amount: int, money: Account, payee: str, memo: str,
    paper_no: str = "", resolution: Resolution | None = None, at: datetime | None = None, uuid: UUID | None = None,
) -> Entry:  # fmt: skip
    """Money paid out for the group's work: `account` is the code it is debited to."""
    debited = _plain_heading(kept, account)
    take_from(kept, money, amount, uuid)
    payable(kept, money, amount, date)
    paper = Paper(kind=VoucherKind.PAYMENT, party=payee, paper_no=paper_no, resolution=resolution)
    arrows = [Arrow(debited.pk, money.pk, amount)]
    return enter(by, kept, "record_expense", date, "expense", memo, arrows, paper, money, at, uuid)


@act
def pay_welfare(
    *, by: Doer, kept: GroupBook, date: date, member: Member, welfare: str, amount: int, money: Account,
    charge_expense: bool = False, paper_no: str = "", resolution: Resolution | None = None, at: datetime | None = None,
    uuid: UUID | None = None,
) -> Entry:  # fmt: skip
    """Welfare to a member from fund 34530; an empty fund is refused unless a resolution charges 56000.

    Of the claim only its kind and amount are kept.
    """
    if welfare not in WelfareKind.values:
        raise Refused(_("เลือกประเภทสวัสดิการ"), "welfare")
    from_ = _fund_or_expense(kept, chart.WELFARE, amount, charge_expense, resolution, uuid)
    take_from(kept, money, amount, uuid)
    payable(kept, money, amount, date)
    paper = Paper(
        kind=VoucherKind.PAYMENT, party=member.name, paper_no=paper_no, welfare=welfare, resolution=resolution, member=member
    )
    memo = _("สวัสดิการ (%(kind)s) %(number)s") % {"kind": WelfareKind(welfare).label, "number": member.number}
    arrows = [Arrow(from_.pk, money.pk, amount)]
    return enter(by, kept, "pay_welfare", date, "welfare", memo, arrows, paper, money, at, uuid)


@act
def give_gift(
    *, by: Doer, kept: GroupBook, date: date, receiver: str, amount: int, money: Account, memo: str,
    charge_expense: bool = False, paper_no: str = "", resolution: Resolution | None = None, at: datetime | None = None,
    uuid: UUID | None = None,
) -> Entry:  # fmt: skip
    """A gift for the public benefit from fund 34510; an empty fund is refused unless a resolution charges 56000."""
    from_ = _fund_or_expense(kept, chart.PUBLIC_BENEFIT, amount, charge_expense, resolution, uuid)
    take_from(kept, money, amount, uuid)
    payable(kept, money, amount, date)
    paper = Paper(kind=VoucherKind.PAYMENT, party=receiver, paper_no=paper_no, resolution=resolution)
    return enter(
        by, kept, "give_gift", date, "gift", memo, [Arrow(from_.pk, money.pk, amount)], paper, money, at, uuid
    )  # fmt: skip


def _fund_or_expense(
    kept: GroupBook, code: str, amount: int, charge_expense: bool, resolution: Resolution | None, uuid: UUID | None
) -> Account:
    fund = account_by_code(kept, code, "amount")
    if made_before(kept, uuid):
        return account_by_code(kept, chart.WELFARE_CHARGED) if charge_expense else fund
    if charge_expense:
        if resolution is None:
            raise Refused(_("จ่ายเป็นค่าใช้จ่ายต้องมีมติ เลือกมติที่อนุมัติ หรือบันทึกการประชุมก่อน"), "resolution")
        if fund.standing >= amount:
            raise Refused(_("%(fund)sมีพอ ให้จ่ายจากทุน") % {"fund": fund.name}, "charge_expense")
        return account_by_code(kept, chart.WELFARE_CHARGED)
    if fund.standing < amount:
        raise Refused(
            _("%(fund)sมี %(there)s บาท ไม่พอสำหรับ %(wanted)s บาท ถ้าที่ประชุมมีมติให้จ่ายเป็นค่าใช้จ่าย (56000) ให้เลือกมติและทำเครื่องหมาย")
            % {"fund": fund.name, "there": baht(fund.standing), "wanted": baht(amount)},
            "amount",
        )
    return fund


@act
def record_general(
    *, by: Doer, kept: GroupBook, date: date, arrows: Sequence[CodeArrow], memo: str, why: str, paper_no: str = "",
    resolution: Resolution | None = None, at: datetime | None = None, uuid: UUID | None = None,
) -> Entry:  # fmt: skip
    """What has no form of its own, by account codes, with the reason; a member's savings or loan only by resolution."""
    if not why.strip():
        raise Refused(_("บอกเหตุผลที่ใช้ใบสำคัญทั่วไป"), "why")
    codes = {code for arrow in arrows for code in (arrow.debit, arrow.credit)}
    found = {code: account_by_code(kept, code) for code in sorted(codes)}
    if bare := sorted(codes & BY_MEMBER):
        raise Refused(_("บัญชี %(code)s แยกเป็นรายคน ระบุบัญชีของคนนั้น เช่น %(code)s:เลขที่") % {"code": bare[0]}, "arrows")
    if resolution is None and any(code.split(":")[0] in SAVINGS for code in codes):
        raise Refused(_("แก้ยอดเงินสัจจะหรือเงินกู้ของสมาชิกต้องอ้างมติ เลือกมติก่อน"), "resolution")
    paper = Paper(kind=VoucherKind.GENERAL, party="", paper_no=paper_no, resolution=resolution)
    posted = [Arrow(found[a.debit].pk, found[a.credit].pk, a.satang, note=why[:150]) for a in arrows]
    return enter(by, kept, "record_general", date, "general", memo or why, posted, paper, None, at, uuid)


@act
def record_bank_interest(
    *, by: Doer, kept: GroupBook, date: date, bank: Account, amount: int, memo: str = "", paper_no: str = "",
    at: datetime | None = None, uuid: UUID | None = None,
) -> Entry:  # fmt: skip
    """The bank credited interest."""
    _bank_place(kept, bank)
    paper = Paper(kind=VoucherKind.RECEIPT, paper_no=paper_no)
    arrows = [Arrow(bank.pk, account_by_code(kept, chart.BANK_INTEREST).pk, amount)]
    memo = memo or _("ดอกเบี้ยเงินฝากธนาคาร")
    return enter(by, kept, "record_bank_interest", date, "bank-interest", memo, arrows, paper, bank, at, uuid)


@act
def record_bank_fee(
    *, by: Doer, kept: GroupBook, date: date, bank: Account, amount: int, memo: str = "", paper_no: str = "",
    at: datetime | None = None, uuid: UUID | None = None,
) -> Entry:  # fmt: skip
    """The bank took a fee."""
    _bank_place(kept, bank)
    take_from(kept, bank, amount, uuid, "bank")
    paper = Paper(kind=VoucherKind.PAYMENT, paper_no=paper_no)
    arrows = [Arrow(account_by_code(kept, chart.BANK_FEES).pk, bank.pk, amount)]
    memo = memo or _("ค่าธรรมเนียมธนาคาร")
    return enter(by, kept, "record_bank_fee", date, "bank-fee", memo, arrows, paper, bank, at, uuid)


def _bank_place(kept: GroupBook, bank: Account) -> None:
    if money_place(kept, bank, "bank").is_cash:
        raise Refused(_("เลือกบัญชีธนาคาร"), "bank")


@act
def collect_unpaid_dividend(
    *, by: Doer, kept: GroupBook, date: date, member: Member, amount: int, money: Account, control: str = chart.DIVIDENDS_UNPAID,
    paper_no: str = "", at: datetime | None = None, uuid: UUID | None = None,
) -> Entry:  # fmt: skip
    """A member collects what was declared and not yet paid: dividend (23100), refund (23200), a leaver's money (23300)."""
    if control not in {chart.DIVIDENDS_UNPAID, chart.REFUNDS_UNPAID, chart.LEAVERS}:
        raise ValueError(control)
    owed = accounts_of(kept, [member], control)[member.pk]
    if owed.standing < amount and not made_before(kept, uuid):
        raise Refused(_("ค้างจ่าย %(name)s อยู่ %(owed)s บาท") % {"name": member.name, "owed": baht(owed.standing)}, "amount")
    take_from(kept, money, amount, uuid)
    payable(kept, money, amount, date)
    paper = Paper(kind=VoucherKind.PAYMENT, party=member.name, paper_no=paper_no, member=member)
    memo = _("จ่ายเงินค้างจ่าย %(number)s") % {"number": member.number}
    arrows = [Arrow(owed.pk, money.pk, amount)]
    entry = enter(by, kept, "collect_unpaid_dividend", date, "unpaid-dividend-collected", memo, arrows, paper, money, at, uuid)
    declared = MemberAccount.objects.filter(member=member, control__in=(chart.DIVIDENDS_UNPAID, chart.REFUNDS_UNPAID))
    if not declared.filter(account__balance__lt=0).exists():
        Share.objects.filter(member=member, how=PaidHow.UNPAID, appropriation__counts=True).update(how=PaidHow.LATER, entry=entry)
    return entry


@act
def reverse_voucher(
    *, by: Doer, kept: GroupBook, entry: Entry, reason: str, date: date, receipt: int | None = None,
    at: datetime | None = None, uuid: UUID | None = None,
) -> Posted:  # fmt: skip
    """Take an entry back, or one receipt of it, by an entry of its own dated in an open month; the reason stays."""
    if entry.book_id != kept.book_id:
        raise ValueError("an entry of another book")
    if not reason.strip():
        raise Refused(_("บอกเหตุผลที่แก้"), "reason")
    if entry.kind in NOT_TAKEN_BACK:
        raise Refused(str(NOT_TAKEN_BACK[entry.kind]))
    if Handover.objects.filter(entry=entry).exists():
        raise Refused(_("ใบส่งมอบงานแก้ไม่ได้ ทำใบส่งมอบใบใหม่"))
    at = at or clock.now()
    what = _("ใบรับเงิน %(receipt)s ของ %(voucher)s") % {"receipt": receipt, "voucher": entry.voucher} if receipt else entry.voucher
    posted = ledger.reverse(
        entry=entry, date=date, memo=_("แก้ %(what)s: %(reason)s") % {"what": what, "reason": reason}, receipt=receipt,
        by=by.key, by_name=str(by.full_name), at=at, uuid=uuid,
    )  # fmt: skip
    _made, new = Voucher.objects.get_or_create(
        entry=posted.entry, defaults={"kept": kept, "kind": VoucherKind.GENERAL, "method": Method.NONE}
    )
    if new:
        after_payment(by, kept, contracts_in(posted.entry), date, posted.entry, at)
        Share.objects.filter(entry=entry).update(how=PaidHow.UNPAID, entry=None, set_off=None, signed_on=None)
        record(
            by, "treasury.reverse_voucher", entry, kept.group.unit.path, at=at, voucher=posted.entry.voucher, receipt=receipt,
            reason=reason,
        )  # fmt: skip
    return posted
