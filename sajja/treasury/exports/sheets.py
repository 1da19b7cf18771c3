"""Statements, and a whole book, as workbooks."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from sajja.ledger.models import Account, Book
from sajja.treasury.exports.plaintext import entries
from sajja.treasury.kinds import KINDS
from sajja.treasury.statement import Table
from sajja.web.sheets import Cell, Column, Sheet, workbook


def statement(tables: Iterable[Table], of: str, made_at: datetime) -> bytes:
    """One sheet for each statement; `of` is the group's name, which stands in the title."""
    return workbook([_sheet(table, of) for table in tables], made_at)


def _sheet(table: Table, of: str) -> Sheet:
    total = table.rows[-1] if table.rows and table.rows[-1].style == "total" else None
    shown = table.rows[:-1] if total else table.rows
    return Sheet(
        table.title,
        [Column(column.head, column.kind) for column in table.columns],
        [row.cells for row in shown],
        f"{table.title} {of} {table.when}",
        total.cells if total else (),
    )


def whole_book(book: Book, made_at: datetime) -> bytes:
    """Accounts with their balances, and every movement of every voucher."""
    accounts = list(Account.objects.filter(book=book).order_by("code"))
    return workbook(
        [
            Sheet(_("บัญชี"), _account_columns(), _account_rows(accounts), f"{book.name} ({book.code})"),
            Sheet(_("รายการ"), _movement_columns(), _movement_rows(book, accounts)),
        ],
        made_at,
    )


def _account_columns() -> list[Column]:
    texts = [_("เลขที่บัญชี"), _("ชื่อบัญชี"), _("อยู่ภายใต้")]
    return [*(Column(text) for text in texts), Column(_("เดบิต"), "baht"), Column(_("เครดิต"), "baht")]


def _account_rows(accounts: Sequence[Account]) -> Iterator[list[Cell]]:
    codes = {account.pk: account.code for account in accounts}
    for a in accounts:
        yield [a.code, a.name, codes.get(a.control_id or 0, ""), max(a.balance, 0) or None, max(-a.balance, 0) or None]


def _movement_columns() -> list[Column]:
    texts = [_("ประเภท"), _("รายการ"), _("บัญชีเดบิต"), _("บัญชีเครดิต")]
    return [
        Column(_("ใบสำคัญ")),
        Column(_("วันที่"), "date"),
        *(Column(text) for text in texts),
        Column(_("จำนวนเงิน"), "baht"),
        Column(_("ใบรับเงิน"), "number"),
        Column(_("หมายเหตุ")),
        Column(_("ผู้ลงบัญชี")),
    ]


def _movement_rows(book: Book, accounts: Sequence[Account]) -> Iterator[list[Cell]]:
    codes = {account.pk: account.code for account in accounts}
    for entry, movements in entries(book):
        kind = str(KINDS.get(entry.kind, entry.kind))
        for m in movements:
            debit, credit = codes[m.debit_id], codes[m.credit_id]
            yield [entry.voucher, entry.date, kind, entry.memo, debit, credit, m.amount, m.receipt, m.note, entry.by_name]
