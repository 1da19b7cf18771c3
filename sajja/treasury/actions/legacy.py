"""Older movements from a file: kept as they were read, confirmed, posted day by day by the worker, all or nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.utils.translation import gettext as _

from sajja.audit.actions import Doer, record
from sajja.audit.acts import act
from sajja.groups.models import GroupBook, ImportState
from sajja.ledger import actions as ledger
from sajja.ledger.actions.posting import lock
from sajja.ledger.models import Account
from sajja.ledger.posting import Arrow
from sajja.lib.refusals import Refused
from sajja.treasury import chart
from sajja.treasury.actions.books import account_keys
from sajja.treasury.legacy import KINDS, MOST_WRONG, Reading, pieces
from sajja.treasury.models import LegacyImport, Loan, LoanMove, LoanStateNow
from sajja.web import clock

BATCH = 500
TAKEN = {ImportState.QUEUED, ImportState.DONE}


@dataclass(frozen=True)
class Confirmed:
    """Who confirmed a file, as the worker knows him."""

    key: str
    full_name: str


@act
def receive_legacy(
    *, by: Doer, kept: GroupBook, file_name: str, sha256: str, reading: Reading, at: datetime | None = None
) -> LegacyImport:
    """Keep a file that was read and checked; nothing is posted yet."""
    if LegacyImport.objects.filter(kept=kept, sha256=sha256, state__in=TAKEN).exists():
        raise Refused(_("ไฟล์นี้นำเข้าแล้ว เลือกไฟล์อื่น"), "sheet")
    made = LegacyImport.objects.create(
        kept=kept, by=by.key, by_name=str(by.full_name), at=at or clock.now(), file_name=file_name[-150:], sha256=sha256,
        state=ImportState.WRONG if reading.wrong else ImportState.READ, rows={} if reading.wrong else reading.days,
        errors=[list(row) for row in reading.wrong[:MOST_WRONG]], sums=reading.sums, row_count=reading.count,
        day_count=len(reading.days), wrong_count=len(reading.wrong),
    )  # fmt: skip
    path = kept.group.unit.path
    record(by, "treasury.receive_legacy", made, path, at=at, rows=made.row_count, errors=made.wrong_count, sha256=sha256)
    return made


@act
def confirm_legacy(*, by: Doer, legacy: LegacyImport, at: datetime | None = None) -> LegacyImport:
    """Say that the file is to be posted; a job does it."""
    held = _held(legacy)
    if held.state == ImportState.WRONG:
        raise Refused(_("ยังมีแถวที่ต้องแก้ แก้ในไฟล์แล้วส่งไฟล์ใหม่ทั้งไฟล์"))
    if held.state not in {ImportState.READ, ImportState.FAILED}:
        raise Refused(_("ไฟล์นี้%sไปแล้ว") % held.get_state_display())
    if not held.rows:
        raise Refused(_("ไฟล์นี้ไม่มีแถวข้อมูล ใส่ข้อมูลใต้หัวคอลัมน์แล้วส่งใหม่"))
    if LegacyImport.objects.filter(kept=held.kept_id, sha256=held.sha256, state__in=TAKEN).exists():
        raise Refused(_("ไฟล์นี้นำเข้าแล้ว เลือกไฟล์อื่น"))
    held.state, held.message, held.by, held.by_name = ImportState.QUEUED, "", by.key, str(by.full_name)
    held.save(update_fields=["state", "message", "by", "by_name"])
    record(by, "treasury.confirm_legacy", held, held.kept.group.unit.path, at=at)
    return held


@act
def drop_legacy(*, by: Doer, legacy: LegacyImport, at: datetime | None = None) -> LegacyImport:
    """Do not post this file after all; its rows go."""
    held = _held(legacy)
    if held.state not in {ImportState.READ, ImportState.WRONG, ImportState.FAILED}:
        raise Refused(_("ไฟล์นี้%sไปแล้ว ยกเลิกไม่ได้") % held.get_state_display())
    held.state, held.rows, held.errors = ImportState.DROPPED, {}, []
    held.save(update_fields=["state", "rows", "errors"])
    record(by, "treasury.drop_legacy", held, held.kept.group.unit.path, at=at)
    return held


@act
def run_legacy(
    *, legacy: LegacyImport, progress: Callable[[int, int], None] = lambda _done, _all: None, at: datetime | None = None
) -> LegacyImport:
    """Post a confirmed file: an entry for each day (several for a very long one), oldest first, all or nothing."""
    held = _held(legacy)
    if held.state != ImportState.QUEUED:
        raise Refused(_("ไฟล์นี้ยังไม่ได้ยืนยัน หรือนำเข้าไปแล้ว"))
    kept, by, at = held.kept, Confirmed(held.by, held.by_name), at or clock.now()
    lock(kept.book)
    accounts = _accounts(kept, held.rows)
    done = 0
    for day, rows in sorted(held.rows.items()):
        for number, piece in enumerate(pieces(rows)):
            ledger.post(
                book=kept.book, date=date.fromisoformat(day), kind="legacy", memo=_("รายการจากโปรแกรมเดิม"), by=by.key,
                by_name=by.full_name, at=at, uuid=uuid5(NAMESPACE_URL, f"legacy:{held.pk}:{day}:{number}"),
                arrows=[_arrow(row, accounts) for row in piece],
            )  # fmt: skip
        done += len(rows)
        progress(done, held.row_count)
    _close_paid(kept, held, by, at)
    held.state, held.rows = ImportState.DONE, {}
    held.save(update_fields=["state", "rows"])
    record(by, "treasury.run_legacy", held, kept.group.unit.path, at=at, rows=held.row_count, days=held.day_count)
    return held


@act
def fail_legacy(*, legacy: LegacyImport, message: str, at: datetime | None = None) -> LegacyImport:
    """The job could not post the file: nothing of it stands in the book; it can be confirmed again. A posted one stays so."""
    held = _held(legacy)
    if held.state != ImportState.QUEUED:
        return held
    held.state, held.message = ImportState.FAILED, message[:300]
    held.save(update_fields=["state", "message"])
    by = Confirmed(held.by, held.by_name)
    record(by, "treasury.fail_legacy", held, held.kept.group.unit.path, at=at, message=held.message)
    return held


def _held(legacy: LegacyImport) -> LegacyImport:
    found = LegacyImport.objects.select_for_update(of=("self",)).select_related("kept__group__unit", "kept__book")
    return found.get(pk=legacy.pk)


Accounts = Mapping[tuple[str, int | str], int]
"""(heading, member's key or contract's key or 0) → account's key."""


def _accounts(kept: GroupBook, days: Mapping[str, Sequence[Sequence[Any]]]) -> Accounts:
    members: dict[str, set[int]] = {}
    for rows in days.values():
        for member, kind, _satang, _contract in rows:
            members.setdefault(KINDS[kind].control, set()).add(member)
    heads = {chart.CASH, chart.LOAN_INTEREST, chart.FINES, chart.FEES}
    codes = Account.objects.filter(book=kept.book, code__in=heads).values_list("code", "pk")
    found: dict[tuple[str, int | str], int] = {(code, 0): key for code, key in codes}
    about = set().union(*members.values())
    wanted = {chart.PLEDGED: about, chart.SPECIAL: members.get(chart.SPECIAL, set())}
    for control, people in wanted.items():
        found |= {(control, member): key for member, key in account_keys(kept, sorted(people), control).items()}
    loans = Loan.objects.filter(kept=kept, account__isnull=False).values_list("number", "account_id")
    return found | {(chart.LOANS, "".join(number.split())): account for number, account in loans if account}


def _arrow(row: Sequence[Any], accounts: Accounts) -> Arrow:
    member, name, satang, contract = row
    kind, cash = KINDS[name], accounts[chart.CASH, 0]
    own = accounts.get((kind.control, contract if kind.of_loan else member)) or accounts[kind.control, 0]
    about = None
    if (kind.control, 0) in accounts:
        about = accounts[chart.LOANS, contract] if kind.of_loan else accounts[chart.PLEDGED, member]
    return Arrow(cash, own, satang, about=about) if kind.comes_in else Arrow(own, cash, satang)


def _close_paid(kept: GroupBook, held: LegacyImport, by: Doer, at: datetime) -> None:
    """Contracts that nothing is owed of any more."""
    named = {contract for rows in held.rows.values() for _member, _kind, _satang, contract in rows if contract}
    paid = Loan.objects.filter(kept=kept, state=LoanStateNow.NORMAL, account__balance=0).select_related("account")
    closed = [loan for loan in paid if "".join(loan.number.split()) in named]
    Loan.objects.filter(pk__in=[loan.pk for loan in closed]).update(state=LoanStateNow.CLOSED)
    LoanMove.objects.bulk_create(
        [
            LoanMove(
                loan=loan, move="settle", state=LoanStateNow.CLOSED, on=loan.account.last_on or clock.day_of(at), by=by.key,
                by_name=str(by.full_name), at=at, why=_("ชำระครบตามรายการจากโปรแกรมเดิม"),
            )
            for loan in closed
            if loan.account
        ],
        batch_size=BATCH,
    )  # fmt: skip
