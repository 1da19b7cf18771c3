"""The payment list of the general meeting, what is fetched later, and what was paid wrong taken back."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _

from sajja.audit.actions import Doer, record
from sajja.audit.acts import act
from sajja.groups.models import GroupBook, Member
from sajja.ledger.actions.posting import lock
from sajja.ledger.models import Account, Entry
from sajja.ledger.posting import Arrow
from sajja.ledger.queries import movements_of
from sajja.lib.money import baht
from sajja.lib.refusals import Refused
from sajja.lib.thai_dates import long
from sajja.treasury import chart, lives, owing, shares
from sajja.treasury.actions.books import accounts_of
from sajja.treasury.actions.loan_lives import after_payment, contracts_in
from sajja.treasury.actions.sharing import held, reverse_part
from sajja.treasury.actions.vouchers import (
    Paper,
    account_by_code,
    enter,
    payable,
    take_from,
)
from sajja.treasury.models import (
    Appropriation,
    Loan,
    PaidHow,
    Share,
    VoucherKind,
)
from sajja.treasury.queries import sharing as queries
from sajja.treasury.queries.books import rules_on
from sajja.treasury.queries.loans import standing


class Paid(NamedTuple):
    """How a member gets his share (PaidHow); the loan, where he signed that it is set off against it."""

    share: int
    how: str
    loan: int | None = None


class Part(NamedTuple):
    """A share's money on its way: what is owed him by account, and where it goes, in satang."""

    share: Share
    owed: Sequence[tuple[int, int]]
    targets: Sequence[tuple[int, int, int | None]]


@act
def pay_shares(
    *, by: Doer, appropriation: Appropriation, date: date, paid: Sequence[Paid], money: Account | None = None,
    at: datetime | None = None, uuid: UUID | None = None,
) -> Entry:  # fmt: skip
    """The list of the meeting's day, or of a later one: everyone who got his share, each his way, in one voucher.

    Who is not named stays unpaid. What no coin makes up of the sum of the cash stays owed to those named last. A set-off
    settles what is due on the loan in its own order; what his share holds beyond that is paid with the cash.
    """
    kept = appropriation.year_end.kept
    lock(kept.book)
    if uuid and (before := Entry.objects.filter(book=kept.book, uuid=uuid).first()):
        return before
    held(appropriation)
    _refuse_before(appropriation, date)
    rows = _shares_to_pay(appropriation, paid)
    parts = _parts(kept, rows, {one.share: one for one in paid}, date, money)
    parts, cash = _in_coins(kept, parts, money, date)
    if cash and money:
        take_from(kept, money, cash, uuid)
    memo = _("จ่ายเงินปันผลและเฉลี่ยคืนปี %(year)s") % {"year": appropriation.year_end.year + 543}
    arrows = [arrow for part in parts for arrow in _paired(part.owed, part.targets)]
    paper = Paper(kind=VoucherKind.PAYMENT)
    entry = enter(by, kept, "pay_shares", date, "payout", memo, arrows, paper, money if cash else None, at, uuid)
    _mark(parts, {one.share: one for one in paid}, entry, date)
    after_payment(by, kept, contracts_in(entry), date, entry, at)
    return entry


@act
def fetch_share(
    *, by: Doer, share: Share, date: date, how: str = PaidHow.LATER, money: Account | None = None, loan: Loan | None = None,
    at: datetime | None = None, uuid: UUID | None = None,
) -> Entry:  # fmt: skip
    """All that was declared to a member and not paid yet, on its own day: fetched in cash or from the bank, put into his
    special savings, or set off against his loan. In cash the satang that no coin makes up stay owed."""
    kept, member = share.appropriation.year_end.kept, share.member
    lock(kept.book)
    if uuid and (before := Entry.objects.filter(book=kept.book, uuid=uuid).first()):
        return before
    held(share.appropriation)
    _refuse_before(share.appropriation, date)
    rows = [row for row in queries.open_shares(kept, [member.pk]) if row.appropriation.on <= date]
    own = queries.held_back(kept, member)
    owed = [(account.pk, account.standing) for account in own.values() if account.standing > 0]
    total = sum(satang for _key, satang in owed)
    if not total or share.pk not in {row.pk for row in rows}:
        raise Refused(_("%(name)s รับไปครบแล้ว") % {"name": member.name})
    part = Part(share, owed, _targets(kept, member, total, how, loan.pk if loan else None, date, money))
    [part], cash = _in_coins(kept, [part], money, date)
    if cash and money:
        payable(kept, money, cash, date)
        take_from(kept, money, cash, uuid)
    memo = _("จ่ายเงินค้างจ่าย %(number)s") % {"number": member.number}
    paper = Paper(kind=VoucherKind.PAYMENT, party=member.name, member=member)
    arrows = list(_paired(part.owed, part.targets))
    entry = enter(
        by, kept, "fetch_share", date, "unpaid-dividend-collected", memo, arrows, paper, money if cash else None, at, uuid
    )
    Share.objects.filter(pk__in=[row.pk for row in rows]).update(how=how, entry=entry, set_off=loan, signed_on=date)
    after_payment(by, kept, contracts_in(entry), date, entry, at)
    return entry


@act
def take_back_share(
    *, by: Doer, share: Share, reason: str, date: date, at: datetime | None = None, uuid: UUID | None = None
) -> Share:
    """What was paid to the wrong person, or the wrong way: that member's part of the voucher is reversed, and he is unpaid."""
    kept = share.appropriation.year_end.kept
    lock(kept.book)
    share.refresh_from_db()
    if uuid and Entry.objects.filter(book=kept.book, uuid=uuid).exists():
        return share
    if share.entry is None:
        raise Refused(_("%(name)s ยังไม่ได้รับเงิน จึงไม่มีรายการให้แก้") % {"name": share.member.name})
    if not reason.strip():
        raise Refused(_("บอกเหตุผลที่แก้"), "reason")
    own = {account.pk for account in queries.held_back(kept, share.member).values()}
    his = [movement.pk for movement in movements_of(share.entry) if movement.debit_id in own]
    memo = _("แก้การจ่าย %(number)s ใน %(voucher)s: %(reason)s") % {
        "number": share.member.number, "voucher": share.entry.voucher, "reason": reason,
    }  # fmt: skip
    back = reverse_part(by, kept, share.entry, date, memo, his, at, uuid)
    after_payment(by, kept, contracts_in(back), date, back, at)
    record(
        by, "treasury.take_back_share", share, kept.group.unit.path, at=at, member=share.member.number,
        voucher=share.entry.voucher, reason=reason,
    )  # fmt: skip
    same = Share.objects.filter(entry=share.entry, member=share.member)
    same.update(how=PaidHow.UNPAID, entry=None, set_off=None, signed_on=None)
    share.refresh_from_db()
    return share


def _refuse_before(appropriation: Appropriation, day: date) -> None:
    if day < appropriation.on:
        raise Refused(_("จ่ายได้ตั้งแต่วันประชุมใหญ่ %(day)s") % {"day": long(appropriation.on)}, "date")


def _shares_to_pay(appropriation: Appropriation, paid: Sequence[Paid]) -> list[Share]:
    """Those named, in the order of calling; refused where one was paid before."""
    wanted = {one.share for one in paid}
    rows = [share for share in queries.shares_of(appropriation) if share.pk in wanted and share.total_satang]
    if not rows:
        raise Refused(_("ยังไม่ได้เลือกว่าใครรับเงิน เลือกอย่างน้อยหนึ่งคน"))
    if before := [share for share in rows if share.how != PaidHow.UNPAID]:
        raise Refused(
            _("%(name)s รับไปแล้ว (ใบสำคัญ %(no)s) เปิดรายการใหม่แล้วตรวจอีกครั้ง")
            % {"name": before[0].member.name, "no": before[0].entry.voucher if before[0].entry else ""}
        )
    return rows


def _parts(kept: GroupBook, rows: Sequence[Share], said: dict[int, Paid], day: date, money: Account | None) -> list[Part]:
    own = {control: accounts_of(kept, [share.member for share in rows], control) for control in queries.DECLARED}
    special = [share.member for share in rows if said[share.pk].how == PaidHow.SAVINGS]
    accounts_of(kept, special, chart.SPECIAL)  # opened together, not one by one
    found = []
    for share in rows:
        amounts = zip(queries.DECLARED, (share.dividend_satang, share.refund_satang), strict=True)
        owed = [(own[control][share.member_id].pk, satang) for control, satang in amounts if satang]
        how, loan = said[share.pk].how, said[share.pk].loan
        found.append(Part(share, owed, _targets(kept, share.member, share.total_satang, how, loan, day, money)))
    return found


def _targets(
    kept: GroupBook, member: Member, total: int, how: str, loan: int | None, day: date, money: Account | None
) -> list[tuple[int, int, int | None]]:
    """Where the money goes: (account, satang, about)."""
    if how == PaidHow.SAVINGS:
        if member.status != "active":
            raise Refused(_("%(name)s พ้นสมาชิกภาพแล้ว ฝากเข้าเงินสัจจะพิเศษไม่ได้ ให้จ่ายเป็นเงินสด") % {"name": member.name})
        return [(accounts_of(kept, [member], chart.SPECIAL)[member.pk].pk, total, None)]
    if how not in {PaidHow.CASH, PaidHow.LATER, PaidHow.SET_OFF}:
        raise ValueError(how)
    settled = _set_off(kept, member, total, loan, day) if how == PaidHow.SET_OFF else []
    rest = total - sum(satang for _account, satang, _about in settled)
    if rest and money is None:
        raise Refused(_("เลือกว่าจ่ายจากเงินสดที่ใด"), "money")
    return [*settled, (money.pk, rest, None)] if rest and money else settled


def _set_off(kept: GroupBook, member: Member, total: int, loan: int | None, day: date) -> list[tuple[int, int, int | None]]:
    """What is due on his own loan, as far as his share goes, in the loan's order of settlement."""
    found = Loan.objects.filter(pk=loan or 0, kept=kept, member=member, state__in=lives.OPEN).select_related("account").first()
    if found is None or found.account is None:
        raise Refused(_("%(name)s ไม่มีสัญญาเงินกู้นี้ให้หัก เลือกวิธีรับเงินใหม่") % {"name": member.name})
    stands = standing(found, day)
    if not stands.due:
        raise Refused(_("สัญญา %(no)s ไม่มียอดถึงกำหนด เลือกวิธีรับเงินใหม่") % {"no": found.number})
    parts = owing.split(stands.left, min(total, stands.due), stands.fine, day, found.order)
    about = found.account.pk
    sides = [
        (account_by_code(kept, chart.FINES).pk, parts.fine, about),
        (account_by_code(kept, chart.LOAN_INTEREST).pk, parts.interest, about),
        (found.account.pk, parts.principal, None),
    ]
    return [side for side in sides if side[1]]


def _in_coins(kept: GroupBook, parts: Sequence[Part], money: Account | None, day: date) -> tuple[list[Part], int]:
    """The parts with the odd satang of the cash left owed, and how much money they take; who would get nothing is left out."""
    amounts = [sum(satang for account, satang, _about in part.targets if money and account == money.pk) for part in parts]
    if money is None or not money.code.startswith(chart.CASH):
        return list(parts), sum(amounts)
    step = rules_on(kept, day).cash_step_satang
    paid = shares.in_coins(amounts, step)
    found = [
        part if given == amount else _cut(part, money.pk, given) for part, amount, given in zip(parts, amounts, paid, strict=True)
    ]
    found = [part for part in found if part.targets]
    if not found:
        raise Refused(_("เงินสดจ่ายได้ทีละ %(step)s บาท ยอดนี้น้อยกว่านั้น ให้ฝากเข้าเงินสัจจะพิเศษ หรือจ่ายผ่านธนาคาร") % {"step": baht(step)})
    return found, sum(paid)


def _cut(part: Part, money: int, given: int) -> Part:
    targets = [(account, given if account == money else satang, about) for account, satang, about in part.targets]
    return part._replace(targets=[target for target in targets if target[1]])


def _paired(owed: Sequence[tuple[int, int]], targets: Sequence[tuple[int, int, int | None]]) -> Iterator[Arrow]:
    """Arrows from what is owed to where it goes, each filled in turn; what no target takes stays owed."""
    left = list(owed)
    for account, satang, about in targets:
        while satang:
            key, amount = left.pop(0)
            taken = min(amount, satang)
            yield Arrow(key, account, taken, about=about)
            satang -= taken
            if amount > taken:
                left.insert(0, (key, amount - taken))


def _mark(parts: Sequence[Part], said: dict[int, Paid], entry: Entry, day: date) -> None:
    rows = [part.share for part in parts]
    for share in rows:
        one = said[share.pk]
        share.how, share.entry, share.signed_on = one.how, entry, day
        share.set_off_id = one.loan if one.how == PaidHow.SET_OFF else None
    Share.objects.bulk_update(rows, ["how", "entry", "signed_on", "set_off"], batch_size=200)
