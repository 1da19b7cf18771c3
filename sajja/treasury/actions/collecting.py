"""Posting a collecting day: one entry for the whole sheet, a receipt for each member, the count and its difference."""

import json
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from sajja.audit.actions import Doer, record
from sajja.audit.acts import act
from sajja.groups.models import GroupBook, Member
from sajja.ledger import actions as ledger
from sajja.ledger import periods
from sajja.ledger.actions.posting import lock
from sajja.ledger.models import Account, Entry
from sajja.ledger.posting import Arrow
from sajja.lib.money import baht
from sajja.lib.refusals import Refused
from sajja.lib.thai_dates import long
from sajja.treasury import chart, collecting, counting
from sajja.treasury.actions.books import account_keys, accounts_of, put
from sajja.treasury.actions.loan_lives import after_payment, contracts_in
from sajja.treasury.collecting import CASH, TRANSFER, Counted, Line, Repayment
from sajja.treasury.models import (
    CollectingDay,
    ColumnKind,
    DifferenceHow,
    Keeper,
    Method,
    SheetColumn,
    SheetLine,
    Voucher,
    VoucherKind,
)
from sajja.treasury.queries.books import money_accounts, rules_on
from sajja.web import clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What is done about cash that does not tie: `how` of DifferenceHow; short cash is charged to `charge`."""

    how: str
    charge: Member | None = None
    words: str = ""


class _Person(NamedTuple):
    number: str
    name: str
    joined_on: date
    ended_on: date | None

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class _Ground(NamedTuple):
    """What a sheet's lines stand on: the members of the day, the money accounts, the headings, the columns, the contracts."""

    members: dict[int, _Person]
    money: dict[int, Account]
    headings: dict[str, int]
    columns: dict[int, SheetColumn]
    contracts: set[int]
    bank: Account


@act
def record_collecting_day(
    *, by: Doer, kept: GroupBook, date: date, lines: Sequence[Line], counted: Mapping[int, int] | None = None,
    difference: Difference | None = None, sheet: int | None = None, keeper: Keeper | None = None, memo: str = "",
    at: datetime | None = None, uuid: UUID | None = None,
) -> CollectingDay:  # fmt: skip
    """Post a sheet in the order of its lines; each member's money has one receipt number.

    `sheet` None: the next one of the month (0 is the month's own). `counted` is {piece in satang: number}, cash alone.
    """
    details = {"counted": counted, "difference": difference, "sheet": sheet, "keeper": keeper, "memo": memo}
    return _post(by, kept, date, lines, details, "treasury.record_collecting_day", at or clock.now(), uuid)


def _post(
    by: Doer, kept: GroupBook, on: date, lines: Sequence[Line], details: Mapping[str, Any], act: str, at: datetime,
    uuid: UUID | None, corrects: SheetLine | None = None,
) -> CollectingDay:  # fmt: skip
    lock(kept.book)
    ground = _ground(kept, lines)
    _refuse_lines(on, lines, ground)
    cash = _cash_of(kept, details.get("keeper"), ground, on)
    arrows = _arrows(kept, lines, ground, cash)
    before = CollectingDay.objects.filter(kept=kept, entry__uuid=uuid).first() if uuid else None
    name = rules_on(kept, on).collecting_name or _("วันส่งเงินสัจจะ")
    memo = details.get("memo") or f"{name} {long(on)}"
    if before:
        ledger.post(
            book=kept.book, date=on, kind="collecting-day", memo=memo, arrows=arrows, by=by.key, by_name=str(by.full_name),
            at=at, uuid=uuid,
        )  # fmt: skip
        return before
    number = _number(kept, on, details.get("sheet"))
    held = _counted(kept, on, lines, details.get("counted"))
    how = _settled(held, details.get("difference"), kept)
    posted = put(
        by, kept, act, on, "collecting-day", memo, arrows, at, uuid, sheet=number, lines=len(lines),
        difference=held.difference if held else None,
    )  # fmt: skip
    entry = _book_difference(by, kept, on, cash, held, how, at)
    made = CollectingDay.objects.create(
        kept=kept, date=on, name=name, sheet=number, entry=posted.entry, cash=cash, memo=details.get("memo") or "",
        counted=_kept(details.get("counted")), counted_satang=held.counted if held else None, odd_satang=held.odd if held else 0,
        expected_cash_satang=collecting.totals(lines).cash, difference_entry=entry, difference_how=how.how,
        difference_words=how.words, charged=how.charge, posted_by=str(by.full_name), at=at,
    )  # fmt: skip
    _write_lines(made, lines, posted.receipts, ground, corrects)
    after_payment(by, kept, ground.contracts, on, posted.entry, at)
    return made


def _ground(kept: GroupBook, lines: Sequence[Line]) -> _Ground:
    people = Member.objects.filter(group=kept.group_id).values_list("pk", "number", "name", "joined_on", "ended_on")
    members = {key: _Person(number, name, joined, ended) for key, number, name, joined, ended in people}
    money = {account.pk: account for account in money_accounts(kept)}
    headings = dict(Account.objects.filter(book=kept.book, control__isnull=True).values_list("code", "pk"))
    columns = {column.pk: column for column in SheetColumn.objects.filter(kept=kept).select_related("account")}
    loans = {loan.contract for line in lines for loan in line.repayments}
    found = Account.objects.filter(book=kept.book, control=headings[chart.LOANS], pk__in=loans).values_list("pk", flat=True)
    return _Ground(members, money, headings, columns, set(found) if loans else set(), usual_bank(money.values()))


def usual_bank(money: Iterable[Account]) -> Account:
    """The group's only bank account; where it has none or several, the heading."""
    banks = [account for account in money if account.code.startswith(chart.BANK)]
    own = [account for account in banks if account.control_id]
    return own[0] if len(own) == 1 else next(account for account in banks if not account.control_id)


def _refuse_lines(on: date, lines: Sequence[Line], ground: _Ground) -> None:
    if not lines:
        raise Refused(_("ยังไม่มีใครในใบนี้ ทำเครื่องหมาย “มา” ที่คนที่ส่งเงิน"))
    seen: set[int] = set()
    for line in lines:
        member = ground.members.get(line.member)
        if member is not None and member.ended_on:  # settled already, whatever the sheet's day
            raise Refused(_("%(who)s พ้นสมาชิกภาพและคิดเงินแล้ว เอาเครื่องหมาย “มา” ออก") % {"who": member}, f"came-{line.member}")
        if member is None or member.joined_on > on:
            who = str(member) if member else str(line.member)
            raise Refused(_("%(who)s ไม่เป็นสมาชิกในวันที่ส่งเงิน เอาเครื่องหมาย “มา” ออก") % {"who": who}, f"came-{line.member}")
        if line.member in seen:
            raise Refused(_("%(who)s อยู่ในใบนี้สองบรรทัด รวมเป็นบรรทัดเดียว") % {"who": member}, f"came-{line.member}")
        seen.add(line.member)
        _refuse_line(line, member, ground)


def _refuse_line(line: Line, member: _Person, ground: _Ground) -> None:
    key = line.member
    if min(line.amounts, default=0) < 0:
        raise Refused(_("จำนวนเงินของ %(who)s ต้องไม่ติดลบ") % {"who": member}, f"pledged-{key}")
    if not line.total:
        raise Refused(_("ใส่จำนวนเงินของ %(who)s หรือเอาเครื่องหมาย “มา” ออก") % {"who": member}, f"pledged-{key}")
    if line.method not in {CASH, TRANSFER} or (line.bank is not None and line.bank not in ground.money):
        raise Refused(_("เลือกวิธีรับเงินของ %(who)s") % {"who": member}, f"how-{key}")
    if line.brought_by is not None and (line.brought_by not in ground.members or line.brought_by == key):
        raise Refused(_("ผู้นำเงินมาแทน %(who)s ต้องเป็นสมาชิกคนอื่นในกลุ่ม") % {"who": member}, f"by-{key}")
    if any(column not in ground.columns for column in line.others):
        raise Refused(_("ช่องเงินอื่นนี้ไม่มีแล้ว โปรดเปิดใบใหม่"), f"pledged-{key}")
    if any(loan.contract not in ground.contracts for loan in line.repayments):
        raise Refused(_("ไม่พบสัญญากู้ของ %(who)s") % {"who": member}, f"pledged-{key}")


def _cash_of(kept: GroupBook, keeper: Keeper | None, ground: _Ground, on: date) -> Account:
    if keeper is None:
        return ground.money[ground.headings[chart.CASH]]
    if keeper.kept_id != kept.pk or keeper.starts > on or (keeper.ends and keeper.ends < on):
        raise Refused(_("เลือกผู้เก็บรักษาเงินสดที่ทำหน้าที่ในวันนั้น"), "keeper")
    return ground.money[keeper.account_id]


def _arrows(kept: GroupBook, lines: Sequence[Line], ground: _Ground, cash: Account) -> list[Arrow]:
    """Cash or the bank to each account, all of one member's money on one slip."""
    pledged = account_keys(kept, [line.member for line in lines], chart.PLEDGED)
    brought = [line.member for line in lines if line.special]
    special = account_keys(kept, brought, chart.SPECIAL) if brought else {}
    heading, found = ground.headings, []
    for line in lines:
        own, slip = pledged[line.member], line.member
        money = cash.pk if line.method == CASH else line.bank or ground.bank.pk
        parts: list[tuple[int, int, int | None]] = [(own, line.pledged, None)]
        if line.special:
            parts.append((special[line.member], line.special, None))
        parts += [(heading[chart.FINES], line.fine, own), (heading[chart.FEES], line.fee, own)]
        parts += [(ground.columns[key].account_id, satang, own) for key, satang in line.others.items()]
        for loan in line.repayments:
            parts += [
                (heading[chart.FINES], loan.fine, loan.contract), (heading[chart.LOAN_INTEREST], loan.interest, loan.contract),
                (loan.contract, loan.principal, None),
            ]  # fmt: skip
        found += [Arrow(money, account, satang, slip, about) for account, satang, about in parts if satang]
    return found


def _number(kept: GroupBook, on: date, asked: int | None) -> int:
    """The number of this sheet among those of its month; refused where another took it meanwhile."""
    month = periods.month_of(on)
    numbers = CollectingDay.objects.filter(kept=kept, date__gte=periods.first_day(month), date__lte=periods.last_day(month))
    last = max(numbers.values_list("sheet", flat=True), default=-1)
    if asked is not None and asked <= last:
        raise Refused(_("ใบนี้มีคนลงบัญชีแล้ว เปิดดูก่อน ถ้ายังมีคนที่ไม่ได้ลงให้ทำใบเสริม"), "sheet")
    return last + 1


def _counted(kept: GroupBook, on: date, lines: Sequence[Line], pieces: Mapping[int, int] | None) -> Counted | None:
    if pieces is None:
        return None
    step = rules_on(kept, on).cash_step_satang
    return collecting.counted(pieces, collecting.totals(lines).cash, step)


def _kept(pieces: Mapping[int, int] | None) -> dict[str, int] | None:
    return None if pieces is None else counting.kept(pieces)


def _settled(held: Counted | None, difference: Difference | None, kept: GroupBook) -> Difference:
    """What is to be done; refused where cash does not tie and nobody says what to do."""
    if held is None or not held.difference:
        return Difference(how=DifferenceHow.NONE)
    words = {"baht": baht(abs(held.difference)), "what": _("ขาด") if held.difference < 0 else _("เกิน")}
    if difference is None or difference.how == DifferenceHow.NONE:
        raise Refused(_("เงินสด%(what)s %(baht)s บาท เลือกว่าจะทำอย่างไร") % words, "difference")
    if difference.how == DifferenceHow.EXPLAINED and not difference.words.strip():
        raise Refused(_("เงินสด%(what)s %(baht)s บาท บอกเหตุผล") % words, "words")
    wrong = DifferenceHow.TAKEN_IN if held.difference < 0 else DifferenceHow.CHARGED
    if difference.how == wrong:
        raise Refused(_("เงินสด%(what)s %(baht)s บาท เลือกวิธีที่ตรงกับเงินที่%(what)s") % words, "difference")
    charge = difference.charge
    if difference.how == DifferenceHow.CHARGED and (charge is None or charge.group_id != kept.group_id):
        raise Refused(_("เลือกสมาชิกที่รับผิดชอบเงินที่ขาด"), "charge")
    return Difference(
        how=difference.how, words=difference.words.strip(), charge=charge if difference.how == DifferenceHow.CHARGED else None
    )


def _book_difference(
    by: Doer, kept: GroupBook, on: date, cash: Account, held: Counted | None, how: Difference, at: datetime
) -> Entry | None:
    """Short cash is charged to a member (14020), cash that is over is other income (46000)."""
    if held is None or how.how not in {DifferenceHow.CHARGED, DifferenceHow.TAKEN_IN}:
        return None
    if how.charge is not None:
        owed = accounts_of(kept, [how.charge], chart.OTHER_RECEIVABLES)[how.charge.pk].pk
        kind, memo, arrow = "cash-short", _("เงินสดวันส่งเงินสัจจะขาด"), Arrow(owed, cash.pk, -held.difference)
    else:
        income = Account.objects.get(book=kept.book, code=chart.OTHER_INCOME)
        kind, memo, arrow = "cash-over", _("เงินสดวันส่งเงินสัจจะเกิน"), Arrow(cash.pk, income.pk, held.difference)
    entry = ledger.post(
        book=kept.book, date=on, kind=kind, memo=memo, arrows=[arrow], by=by.key, by_name=str(by.full_name), at=at
    ).entry
    Voucher.objects.create(entry=entry, kept=kept, kind=VoucherKind.GENERAL, method=Method.CASH, member=how.charge)
    return entry


def _write_lines(
    day: CollectingDay, lines: Sequence[Line], receipts: Mapping[Hashable, int], ground: _Ground, corrects: SheetLine | None
) -> None:
    """All lines by one statement."""
    clocked = connection.ops.adapt_timefield_value
    rows: list[tuple[Any, ...]] = [
        (
            day.pk, line.member, receipts[line.member], line.method, line.transfer_at and clocked(line.transfer_at),
            line.transfer_digits, (line.bank or ground.bank.pk) if line.method == TRANSFER else None, line.paper_book,
            line.paper_no, line.brought_by, line.pledged, line.special, line.fine, line.fee,
            _as_json(tuple(line.others.items())),
            _repaid(line.repayments) if line.repayments else "[]",
            corrects.pk if corrects else None,
        )
        for line in lines
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO treasury_sheetline (day_id, member_id, receipt, method, transfer_at, transfer_digits, bank_id, paper_book,"
            " paper_no, brought_by_id, pledged, special, fine, fee, others, loan, corrects_id)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            rows,
        )


@lru_cache(maxsize=1024)
def _as_json(others: tuple[tuple[int, int], ...]) -> str:
    """Written once for all who paid the same."""
    return json.dumps({str(key): satang for key, satang in others if satang})


def _repaid(repayments: Sequence[Repayment]) -> str:
    return json.dumps([[loan.contract, loan.principal, loan.interest, loan.fine] for loan in repayments])


class Correction(NamedTuple):
    """The entry that took the receipt back, and the sheet that holds the right line; None where nothing was keyed."""

    reversal: Entry
    day: CollectingDay | None


@act
def correct_receipt(
    *, by: Doer, line: SheetLine, reason: str, date: date, right: Line | None = None, at: datetime | None = None,
    uuid: UUID | None = None,
) -> Correction:  # fmt: skip
    """Take one receipt back with the reason and, where the right line is given, post it as a supplementary sheet."""
    at = at or clock.now()
    day = line.day
    kept = day.kept
    if not reason.strip():
        raise Refused(_("บอกเหตุผลที่แก้"), "reason")
    if right and right.member != line.member_id:
        raise ValueError("a line of another member")
    what = _("ใบรับเงินเลขที่ %(receipt)s ของ %(voucher)s") % {"receipt": line.receipt, "voucher": day.entry.voucher}
    back = ledger.reverse(
        entry=day.entry, date=date, memo=_("แก้ %(what)s: %(reason)s") % {"what": what, "reason": reason.strip()},
        receipt=line.receipt, by=by.key, by_name=str(by.full_name), at=at, uuid=uuid,
    ).entry  # fmt: skip
    before = CollectingDay.objects.filter(lines__corrects=line).first()
    if (
        before
        or not Voucher.objects.get_or_create(
            entry=back, defaults={"kept": kept, "kind": VoucherKind.GENERAL, "method": Method.NONE, "member": line.member}
        )[1]
    ):
        return Correction(back, before)
    after_payment(by, kept, contracts_in(back), date, back, at)
    if right is None:
        record(
            by, "treasury.correct_receipt", back, kept.group.unit.path, at=at, voucher=back.voucher, receipt=line.receipt,
            reason=reason.strip(),
        )  # fmt: skip
        return Correction(back, None)
    keeper = Keeper.objects.filter(account=day.cash_id).first()
    details = {"keeper": keeper, "memo": _("แก้ %(what)s") % {"what": what}}
    return Correction(back, _post(by, kept, date, [right], details, "treasury.correct_receipt", at, None, line))


@act
def add_column(
    *, by: Doer, kept: GroupBook, name: str, account: Account, default_satang: int = 0, at: datetime | None = None
) -> SheetColumn:
    """A column of the group's own; its account is a fund's, or money held for others."""
    lock(kept.book)
    if account.book_id != kept.book_id:
        raise ValueError("an account of another book")
    if account.kind not in {"L", "Q", "I"} or account.code.split(":")[0] in chart.BY_MEMBER:
        raise Refused(_("เลือกบัญชีของกองทุน หรือบัญชีเงินรับฝากแทนผู้อื่น"), "account")
    if SheetColumn.objects.filter(kept=kept, name=name, active=True).exists():
        raise Refused(_("มีช่องชื่อนี้แล้ว ตั้งชื่ออื่น"), "name")
    kind = ColumnKind.HELD if account.code.startswith(chart.HELD_FOR_OTHERS) else ColumnKind.FUND
    made = SheetColumn.objects.create(
        kept=kept, position=SheetColumn.objects.filter(kept=kept).count() + 1, name=name, account=account, kind=kind,
        default_satang=default_satang,
    )  # fmt: skip
    record(by, "treasury.add_column", made, kept.group.unit.path, at=at, account=account.code)
    return made


@act
def end_column(*, by: Doer, column: SheetColumn, at: datetime | None = None) -> SheetColumn:
    """The column is not asked for any more; sheets that have it keep it."""
    if not column.active:
        raise Refused(_("เลิกใช้ช่องนี้ไปแล้ว"))
    column.active = False
    column.save(update_fields=["active"])
    record(by, "treasury.end_column", column, column.kept.group.unit.path, at=at)
    return column
