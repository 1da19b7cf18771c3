"""The statements of a book as tables, ready for page, paper, workbook and JSON."""

from datetime import date

from django.utils.translation import gettext as _

from sajja.ledger import queries as ledger
from sajja.ledger.models import Account, Book, Stage
from sajja.lib.money import baht
from sajja.lib.thai_dates import short
from sajja.treasury import chart, statement
from sajja.treasury.queries import statements
from sajja.treasury.queries.arrears import interest_unpaid
from sajja.treasury.queries.statements import Span
from sajja.treasury.statement import Table


def trial_balance(book: Book, on: date, through: Stage = Stage.CLOSING) -> Table:
    """At the end of a day, last fiscal year's end beside it."""
    before = statements.year_end_before(book, on)
    others = ledger.headings(book, before, through) if _known(book, before) else None
    return statement.trial_balance(ledger.headings(book, on, through), others, _at(on), short(before))


def balance_sheet(book: Book, on: date, through: Stage = Stage.CLOSING) -> Table:
    """At the end of a day, last fiscal year's end beside it."""
    before = statements.year_end_before(book, on)
    other = statements.balance_sheet(book, before, through) if _known(book, before) else None
    now = statement.balance_sheet(statements.balance_sheet(book, on, through), other, _at(on), (short(on), short(before)))
    return now._replace(notes=(*now.notes, *_unexplained(now), *_unpaid_interest(book, on)))


def _unpaid_interest(book: Book, on: date) -> list[str]:
    """Interest on loans counts when it is paid; what is due and was not paid is told beneath."""
    unpaid = interest_unpaid(book, on)
    return [_("ดอกเบี้ยเงินกู้ที่ถึงกำหนดและยังไม่ได้รับ %(baht)s บาท (ไม่รวมในงบ)") % {"baht": baht(unpaid)}] if unpaid else []


def _unexplained(table: Table) -> list[str]:
    """That a part of the opening waits for its explanation, as long as it does."""
    rows = [row for row in table.rows if row.account == chart.OPENING_DIFFERENCE]
    if not any(row.cells[2] for row in rows):  # the newer of the two days
        return []
    return [_("ผลต่างยอดยกมา (33900) ยังรอตรวจสอบ เมื่อพบสาเหตุ ล้างด้วยใบสำคัญทั่วไปอ้างหลักฐาน")]


def income_statement(book: Book, span: Span) -> Table:
    """Of a span, the same of last year beside it."""
    before = span.a_year_before
    other = statements.income_statement(book, before) if before.last >= book.opened_on else None
    return statement.income_statement(statements.income_statement(book, span), other, _of(span), (_head(span), _head(before)))


def receipts_payments(book: Book, span: Span) -> Table:
    """Of a span, the same of last year beside it."""
    before = span.a_year_before
    other = statements.receipts_payments(book, before) if before.last >= book.opened_on else None
    now = statements.receipts_payments(book, span)
    return statement.receipts_payments(now, other, _of(span), (_head(span), _head(before)))


def cash_book(book: Book, span: Span, *, names: bool) -> Table:
    """Cash and bank, voucher by voucher."""
    opening, moves = statements.cash_book(book, span, names=names)
    return statement.cash_book(opening, moves, _of(span), span.first)


def ledger_account(account: Account, span: Span, *, names: bool) -> Table:
    """One account, voucher by voucher; an account that grows by credits is shown from its own side."""
    opening, moves = statements.ledger_account(account, span, names=names)
    when = f"{account.code} {account.name} {_of(span)}"
    return statement.ledger_account(opening, moves, when, span.first, 1 if account.kind in "AE" else -1)


def turnover(book: Book, span: Span) -> Table:
    """Gross debits and credits of every heading."""
    return statement.turnover(statements.turnover(book, span), _of(span))


def month_ends(book: Book, first: int, last: int) -> Table:
    """Cash, bank, loans and savings at each month's end."""
    names = {account.code: account.name for account in ledger.controls(book)}
    when = f"{statement.month_words(first)} – {statement.month_words(last)}"
    return statement.month_ends(statements.month_ends(book, first, last), names, when)


def _known(book: Book, day: date) -> bool:
    """Whether the book knows what stood at the end of that day."""
    return day >= statements.eve(book)


def _at(day: date) -> str:
    return statement.at_words(day)


def _of(span: Span) -> str:
    return statement.span_words(*span)


def _head(span: Span) -> str:
    return statement.head_words(*span)
