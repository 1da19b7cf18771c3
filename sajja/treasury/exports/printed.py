"""The statements of a book as other programs read them: plain data, baht as text with two decimals."""

from collections.abc import Sequence
from datetime import date

from sajja.ledger import periods, queries
from sajja.ledger.models import Book
from sajja.ledger.sums import Heading, Part
from sajja.lib.money import plain
from sajja.treasury.queries import statements

Data = dict[str, object]


def statement(book: Book, kind: str, on: date | None) -> Data:
    """The statement of that kind at the end of a day, of the fiscal year up to it; None: everything posted."""
    day = on or queries.newest_day(book) or book.opened_on
    made = {
        "trial-balance": lambda: trial_balance(book, on),
        "income-statement": lambda: income_statement(book, day),
        "balance-sheet": lambda: balance_sheet(book, on),
        "receipts-payments": lambda: receipts_payments(book, day),
        "month-ends": lambda: month_ends(book, day),
    }[kind]()
    return {"book": book.code, "date": day.isoformat()} | made


def trial_balance(book: Book, on: date | None) -> Data:
    """Control accounts that are not nought, and both totals."""
    found = statements.trial_balance(book, on)
    accounts = [{"code": h.code, "name": h.name, "debit": plain(h.debit), "credit": plain(h.credit)} for h in found.lines]
    return {"accounts": accounts, "total_debit": plain(found.debits), "total_credit": plain(found.credits)}


def income_statement(book: Book, day: date) -> Data:
    """Income and expense of the fiscal year up to a day."""
    found = statements.income_statement(book, statements.year_so_far(book, day))
    return {"income": _part(found.income), "expense": _part(found.expense), "net": plain(found.net)}


def balance_sheet(book: Book, on: date | None) -> Data:
    """Assets, liabilities, equity and what no closing has moved yet."""
    found = statements.balance_sheet(book, on)
    parts = {part.key: _part(part) for part in (found.assets, found.liabilities, found.equity)}
    return parts | {"result": plain(found.result), "total_other_side": plain(found.other_side)}


def receipts_payments(book: Book, day: date) -> Data:
    """Cash and bank together, of the fiscal year up to a day."""
    found = statements.receipts_payments(book, statements.year_so_far(book, day))
    return {
        "opening": plain(found.opening), "receipts": _lines(found.received), "payments": _lines(found.paid),
        "total_receipts": plain(found.total_received), "total_payments": plain(found.total_paid),
        "closing": plain(found.closing),
    }  # fmt: skip


def month_ends(book: Book, day: date) -> Data:
    """What stood at each month's end, from the book's first month."""
    found = statements.month_ends(book, periods.month_of(book.opened_on), periods.month_of(day))
    months = [
        {"month": f"{month // 100}-{month % 100:02}"} | {code: plain(satang) for code, satang in its.items()}
        for month, its in found.items()
    ]
    return {"months": months}


def _part(part: Part) -> Data:
    return {"lines": _lines(part.lines), "total": plain(part.total)}


def _lines(lines: Sequence[tuple[Heading, int]]) -> list[dict[str, str]]:
    return [{"code": heading.code, "name": heading.name, "amount": plain(amount)} for heading, amount in lines]
