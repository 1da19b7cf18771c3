"""Keepers of cash, moving cash between them, and counting it at any time."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from sajja.audit.actions import Doer, record
from sajja.audit.acts import act
from sajja.audit.labels import label
from sajja.groups.models import CommitteeMember, GroupBook, Member
from sajja.ledger import actions as ledger
from sajja.ledger.actions import NewAccount
from sajja.ledger.actions.posting import lock, refuse_day
from sajja.ledger.models import Account, Entry, Floor, Kind, Stage
from sajja.ledger.posting import Arrow
from sajja.lib.money import baht
from sajja.lib.refusals import Refused
from sajja.treasury import chart, counting, signing
from sajja.treasury.actions.books import accounts_of
from sajja.treasury.actions.seconds import Signer, sign
from sajja.treasury.actions.vouchers import Paper, account_by_code, enter, made_before, money_place, take_from
from sajja.treasury.models import CashCount, Keeper, Second, VoucherKind, Way
from sajja.treasury.queries.books import rules_on
from sajja.treasury.queries.cash import holding_of
from sajja.web import clock


@act
def open_keeper(
    *, by: Doer, kept: GroupBook, name: str, starts: date, committee: CommitteeMember | None = None,
    member: Member | None = None, limit_satang: int | None = None, at: datetime | None = None,
) -> Keeper:  # fmt: skip
    """Someone keeps a part of the cash from a day on, on an account of his own under 11000."""
    lock(kept.book)
    for person in (committee, member):
        if person is not None and person.group_id != kept.group_id:
            raise Refused(_("ไม่พบคนนี้ในกลุ่ม"), "person")
    there = Keeper.objects.filter(kept=kept, ends__isnull=True)
    if any(signing.same_person(keeper.name, name) for keeper in there):
        raise Refused(_("%(name)s เก็บรักษาเงินอยู่แล้ว") % {"name": name}, "name")
    if starts < kept.book.opened_on:
        raise Refused(_("วันที่ต้องไม่ก่อนวันเริ่มชุดบัญชี"), "starts")
    code = chart.under(chart.CASH, f"K{Keeper.objects.filter(kept=kept).count() + 1}")
    new = NewAccount(code, _("เงินสดที่ %(name)s") % {"name": name}, Kind.ASSET, chart.CASH, Floor.PAYMENTS)
    account = ledger.open_accounts(book=kept.book, accounts=[new])[code]
    made = Keeper.objects.create(
        kept=kept, account=account, name=name, committee=committee, member=member, limit_satang=limit_satang, starts=starts
    )
    record(by, "treasury.open_keeper", made, kept.group.unit.path, at=at, account=code, limit=limit_satang)
    return made


@act
def set_limit(*, by: Doer, keeper: Keeper, limit_satang: int | None, at: datetime | None = None) -> Keeper:
    """Another limit for a keeper; None: the book's own."""
    before, keeper.limit_satang = keeper.limit_satang, limit_satang
    keeper.save(update_fields=["limit_satang"])
    record(by, "treasury.set_limit", keeper, keeper.kept.group.unit.path, at=at, before=before, after=limit_satang)
    return keeper


@act
def end_keeper(*, by: Doer, keeper: Keeper, ends: date, at: datetime | None = None) -> Keeper:
    """He keeps no cash any more; what he holds is moved first."""
    lock(keeper.kept.book)
    check_ended(keeper, ends)
    keeper.ends = ends
    keeper.save(update_fields=["ends"])
    record(by, "treasury.end_keeper", keeper, keeper.kept.group.unit.path, at=at, ends=ends.isoformat())
    return keeper


def check_ended(keeper: Keeper, ends: date) -> None:
    """Refuse to end a keeper twice, before he began, before his last movement, or with cash in hand."""
    account = Account.objects.get(pk=keeper.account_id)
    if keeper.ends:
        raise Refused(_("เลิกเก็บรักษาเงินไปแล้ว"))
    if ends < keeper.starts or (account.last_on and ends < account.last_on):
        raise Refused(_("วันที่เลิกต้องไม่ก่อนรายการสุดท้าย"), "ends")
    if account.balance:
        raise Refused(
            _("%(name)sยังมีเงิน %(there)s บาท ย้ายเงินหรือนำฝากธนาคารก่อน") % {"name": account.name, "there": baht(account.balance)}
        )


@act
def move_cash(
    *, by: Doer, kept: GroupBook, date: date, giver: Account, taker: Account, amount: int, signers: Sequence[Signer],
    memo: str = "", paper_no: str = "", at: datetime | None = None, uuid: UUID | None = None,
) -> Entry:  # fmt: skip
    """Cash from one keeper to another, signed by both."""
    if giver.pk == taker.pk:
        raise Refused(_("ผู้มอบและผู้รับต้องไม่ใช่คนเดียวกัน"), "taker")
    for account, field in ((giver, "giver"), (taker, "taker")):
        if not money_place(kept, account, field).is_cash:
            raise Refused(_("เลือกเงินสดของผู้เก็บรักษา"), field)
    if len(signers) != 2:
        raise Refused(_("ต้องมีลายมือชื่อทั้งผู้มอบและผู้รับ"))
    take_from(kept, giver, amount, uuid, "giver")
    entry = enter(
        by, kept, "move_cash", date, "cash-moved", memo or _("ย้ายเงินสด"), [Arrow(taker.pk, giver.pk, amount)],
        Paper(kind=VoucherKind.GENERAL, paper_no=paper_no), giver, at, uuid,
    )  # fmt: skip
    sign_once(by, kept, entry, signers, at)
    return entry


def sign_once(by: Doer, kept: GroupBook, entry: Entry, signers: Sequence[Signer], at: datetime | None) -> None:
    """The signatures of an entry, unless it has them from the same act sent before."""
    if not Second.objects.filter(about=label(entry)).exists():
        sign(by, kept, entry, signers, at or clock.now())


@act
def count_cash(
    *, by: Doer, kept: GroupBook, account: Account, on: date, notes: Mapping[int, int], charge: Member | None = None,
    take_in: bool = False, words: str = "", at: datetime | None = None, uuid: UUID | None = None,
) -> CashCount:  # fmt: skip
    """Count a place of cash by note and coin at the end of a day's entries.

    What lacks is charged to a member (14020), what is over is taken in (46000), or either is explained in words.
    """
    head = lock(kept.book)
    if uuid and (before := CashCount.objects.filter(uuid=uuid).first()):
        return before
    at = at or clock.now()
    refuse_day(kept.book, head, on, "cash-short", Stage.MONTH, at)
    place = money_place(kept, account, "account")
    if not place.is_cash:
        raise Refused(_("เลือกเงินสดของผู้เก็บรักษา"), "account")
    counted, book = counting.total(notes), holding_of(kept, account, on).satang
    odd = counting.odd(book, rules_on(kept, on).cash_step_satang)
    difference = counted + odd - book
    entry = _settle(by, kept, account, on, difference, charge, take_in, words, at)
    made = CashCount.objects.create(
        kept=kept, account=account, keeper=place.keeper, on=on, at=at, by=by.key, by_name=str(by.full_name),
        notes=counting.kept(notes), counted_satang=counted, book_satang=book, odd_satang=odd, difference=difference,
        words=words, charged=charge if entry and difference < 0 else None, entry=entry, uuid=uuid,
    )  # fmt: skip
    record(
        by, "treasury.count_cash", made, kept.group.unit.path, at=at, on=on.isoformat(), counted=counted, book=book,
        entry=entry.voucher if entry else "",
    )  # fmt: skip
    return made


def _settle(
    by: Doer, kept: GroupBook, account: Account, on: date, difference: int, charge: Member | None, take_in: bool,
    words: str, at: datetime,
) -> Entry | None:  # fmt: skip
    """Post what the count asks for, without an audit row of its own: the count's row names it."""
    if not difference or (words.strip() and charge is None and not take_in):
        return None
    short = -difference
    if difference < 0 and charge is None:
        raise Refused(_("เงินสดขาด %(short)s บาท เลือกผู้รับผิดชอบ หรือบอกเหตุผล") % {"short": baht(short)}, "charge")
    if difference > 0 and not take_in:
        raise Refused(_("เงินสดเกิน %(over)s บาท เลือกรับเป็นรายได้อื่น หรือบอกเหตุผล") % {"over": baht(difference)}, "take_in")
    if charge is not None and difference < 0:
        if charge.group_id != kept.group_id:
            raise Refused(_("ไม่พบสมาชิกคนนี้ในกลุ่ม"), "charge")
        owed = accounts_of(kept, [charge], chart.OTHER_RECEIVABLES)[charge.pk]
        kind, memo, arrow = "cash-short", _("นับเงินสดขาด"), Arrow(owed.pk, account.pk, short)
    else:
        income = account_by_code(kept, chart.OTHER_INCOME)
        kind, memo, arrow = "cash-over", _("นับเงินสดเกิน"), Arrow(account.pk, income.pk, difference)
    paper = Paper(kind=VoucherKind.GENERAL, member=charge if difference < 0 else None)
    return enter(by, kept, "count_cash", on, kind, memo, [arrow], paper, account, at, None)


@act
def make_good(
    *, by: Doer, kept: GroupBook, date: date, member: Member, amount: int, money: Account, paper_no: str = "",
    at: datetime | None = None, uuid: UUID | None = None,
) -> Entry:  # fmt: skip
    """A member makes good what lacked (14020)."""
    money_place(kept, money)
    owed = accounts_of(kept, [member], chart.OTHER_RECEIVABLES)[member.pk]
    if owed.standing < amount and not made_before(kept, uuid):
        raise Refused(_("%(name)s ค้างชดใช้ %(owed)s บาท") % {"name": member.name, "owed": baht(owed.standing)}, "amount")
    paper = Paper(kind=VoucherKind.RECEIPT, party=member.name, paper_no=paper_no, member=member)
    memo = _("ชดใช้เงินสดที่ขาด %(number)s") % {"number": member.number}
    arrows = [Arrow(money.pk, owed.pk, amount)]
    return enter(by, kept, "make_good", date, "cash-made-good", memo, arrows, paper, money, at, uuid)


@act
def sign_count(*, by: Doer, count: CashCount, at: datetime | None = None) -> Second:
    """The audit committee saw the cash counted; not by the person who counted."""
    at = at or clock.now()
    if count.by == by.key or signing.same_person(count.by_name, str(by.full_name)):
        raise Refused(_("ผู้นับเงินรับรองการนับของตนเองไม่ได้ ให้กรรมการตรวจสอบอีกคนลงชื่อ"))
    kept = count.kept
    GroupBook.objects.select_for_update().get(pk=kept.pk)
    if Second.objects.filter(about=label(count), name=str(by.full_name)).exists():
        raise Refused(_("ลงชื่อรับรองการนับครั้งนี้แล้ว"))
    signed = Second.objects.filter(about=label(count)).count()
    [made] = sign(by, kept, count, [Signer(_("กรรมการตรวจสอบ คนที่ %(n)s") % {"n": signed + 1}, str(by.full_name))], at)
    record(by, "treasury.sign_count", count, kept.group.unit.path, at=at, way=Way(made.way))
    return made
