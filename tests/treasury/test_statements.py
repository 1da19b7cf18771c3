"""The statements: a small book by hand, the worked year to the satang, and what holds of any book on any day."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import settings as properties
from hypothesis import strategies as st

from sajja.ledger.models import Account, Book, Floor, Stage
from sajja.ledger.sums import Heading
from sajja.treasury.exports import tables
from sajja.treasury.queries import statements
from sajja.treasury.queries.statements import Span, month_span, year_span
from sajja.treasury.statement import Table, running
from tests.ledger.books import a_book, posted, taken_back
from tests.sizes import size
from tests.treasury.worked_year import blocks, satang, the_year

pytestmark = pytest.mark.django_db
YEAR = Span(date(2021, 1, 1), date(2021, 12, 31))


def codes(pairs: Sequence[tuple[Heading, int]]) -> dict[str, int]:
    """Heading's code → satang."""
    return {heading.code: amount for heading, amount in pairs}


def expected(block: str, part: str, column: str = "amount") -> dict[str, int]:
    """Code → satang of a part of an out-block, without nought."""
    rows = [row for row in blocks()[block] if row["part"] == part and row["code"] != "TOTAL"]
    return {row["code"]: satang(row[column]) for row in rows if satang(row[column])}


def total(block: str, part: str, column: str = "amount") -> int:
    """The TOTAL line of a part."""
    return next(satang(row[column]) for row in blocks()[block] if row["part"] == part and row["code"] == "TOTAL")


def trial(book: Book, on: date, through: Stage = Stage.CLOSING) -> list[tuple[str, int, int]]:
    """Code, debit, credit of a trial balance, its totals last."""
    found = statements.trial_balance(book, on, through)
    return [*((h.code, h.debit, h.credit) for h in found.lines), ("TOTAL", found.debits, found.credits)]


def as_told(block: str) -> list[tuple[str, int, int]]:
    """The same of an out-block."""
    return [(row["code"], satang(row["debit"]), satang(row["credit"])) for row in blocks()[block]]


def test_the_worked_years_trial_balances() -> None:
    book = the_year()
    assert trial(book, date(2021, 6, 30)) == as_told("out-trial-balance-2021-06-30")
    assert trial(book, date(2021, 12, 31), Stage.ADJUSTING) == as_told("out-trial-balance-before-closing")
    assert trial(book, date(2021, 12, 31)) == as_told("out-trial-balance-after-closing")
    assert trial(book, date(2022, 1, 16)) == as_told("out-trial-balance-after-paying")


def test_the_worked_years_trial_balance_after_the_meeting_alone() -> None:
    book = the_year(until="2565/001")
    assert trial(book, date(2022, 1, 16)) == as_told("out-trial-balance-after-appropriation")


def test_the_worked_years_income_statement() -> None:
    found = statements.income_statement(the_year(), YEAR)
    assert codes(found.income.lines) == expected("out-income-statement", "income")
    assert codes(found.expense.lines) == expected("out-income-statement", "expense")
    assert (found.income.total, found.expense.total, found.net) == (517855, 330004, 187851)


def test_the_worked_years_balance_sheet_with_last_year_beside_it() -> None:
    book = the_year()
    for day in ("2021-12-31", "2020-12-31"):
        found = statements.balance_sheet(book, date.fromisoformat(day))
        for part in (found.assets, found.liabilities, found.equity):
            assert codes(part.lines) == expected("out-balance-sheet", part.key, day), (day, part.key)
            assert part.total == total("out-balance-sheet", part.key, day)
        assert (found.result, found.other_side) == (0, total("out-balance-sheet", "check", day))


def test_the_worked_years_receipts_and_payments() -> None:
    found = statements.receipts_payments(the_year(), YEAR)
    assert codes(found.received) == expected("out-receipts-payments", "receipt")
    assert codes(found.paid) == expected("out-receipts-payments", "payment")
    figures = (found.opening, found.total_received, found.total_paid, found.closing)
    assert figures == (6267734, 10601821, 5065650, 11803905)


def test_the_worked_years_month_ends() -> None:
    columns = {"cash": "11000", "bank": "12100", "loans": "13000", "special": "20000", "pledged": "31020"}
    told = {
        int(row["month"].replace("-", "")): {code: satang(row[name]) for name, code in columns.items()}
        for row in blocks()["out-month-ends"]
    }
    assert statements.month_ends(the_year(), 202101, 202112) == told


def test_the_worked_years_turnover_shows_what_was_taken_back() -> None:
    found = {h.code: (debits, credited) for h, debits, credited in statements.turnover(the_year(), YEAR) if debits or credited}
    told = {row["code"]: (satang(row["debits"]), satang(row["credits"])) for row in blocks()["out-turnover"]}
    assert found | {"TOTAL": tuple(sum(side) for side in zip(*found.values(), strict=True))} == told


def small_book() -> Book:
    """January: a deposit, a fine, money to the bank, a wrong expense taken back in February."""
    book = a_book()
    posted(book, date(2020, 12, 31), ("11000", "34530", 50000), kind="opening")
    posted(book, date(2021, 1, 5), ("11000", "31020:M01", 20000, "a"), ("11000", "42000", 1000, "a"), memo="นายบุญมีส่ง")
    posted(book, date(2021, 1, 6), ("12100", "11000", 15000), kind="cash-to-bank", memo="ฝาก")
    wrong = posted(book, date(2021, 1, 20), ("54000", "11000", 700), kind="expense", memo="ผิด").entry
    taken_back(wrong, date(2021, 2, 3))
    return book


def test_a_cash_book_shows_each_voucher_with_both_balances() -> None:
    opening, moves = statements.cash_book(small_book(), month_span(202101), names=True)
    assert opening == (50000, 0)
    assert [(move.words, *move.amounts) for move in moves] == [
        ("นายบุญมีส่ง", (21000, 0), (0, 0)), ("ฝาก", (0, 15000), (15000, 0)), ("ผิด", (0, 700), (0, 0)),
    ]  # fmt: skip


def test_above_the_group_the_cash_book_tells_kinds_and_no_words() -> None:
    _opening, moves = statements.cash_book(small_book(), month_span(202101), names=False)
    assert [move.words for move in moves] == ["รายการทั่วไป", "นำเงินสดฝากธนาคาร", "รายจ่าย"]


def test_a_heading_and_a_members_account_each_have_a_ledger() -> None:
    book = small_book()
    heading, own = (Account.objects.get(book=book, code=code) for code in ("31020", "31020:M01"))
    for account in (heading, own):
        opening, moves = statements.ledger_account(account, month_span(202101), names=True)
        assert (opening, [move.amounts[0] for move in moves]) == (0, [(0, 20000)])
        assert statements.ledger_account(account, month_span(202102), names=True) == (-20000, [])


def test_a_month_tells_what_it_was_told_and_the_taking_back_stands_in_its_own_month() -> None:
    book = small_book()
    january, february = (statements.receipts_payments(book, month_span(month)) for month in (202101, 202102))
    assert (codes(january.received), codes(january.paid)) == ({"31020": 20000, "42000": 1000}, {"54000": 700})
    assert (codes(february.received), codes(february.paid)) == ({"54000": 700}, {})
    assert (january.closing, february.opening, february.closing) == (70300, 70300, 71000)
    both = statements.receipts_payments(book, Span(date(2021, 1, 1), date(2021, 2, 28)))
    assert (codes(both.received), codes(both.paid), both.closing) == ({"31020": 20000, "42000": 1000}, {}, 71000)


def test_income_and_expense_so_far_that_were_brought_in_count_in_the_year_and_in_no_month() -> None:
    book = a_book(opened=date(2021, 7, 1))
    posted(book, date(2021, 6, 30), ("11000", "42000", 3000), kind="opening")
    posted(book, date(2021, 7, 5), ("11000", "42000", 500))
    year = statements.income_statement(book, year_span(book, date(2021, 7, 5)))
    assert (year.net, statements.income_statement(book, month_span(202107)).net) == (3500, 500)
    assert next(line for line in statements.turnover(book, YEAR) if line[0].code == "42000")[1:] == (0, 500)


def test_a_column_stands_beside_only_where_the_book_knows_last_year() -> None:
    book = small_book()
    assert [len(tables.trial_balance(book, day).columns) for day in (date(2021, 1, 31), date(2020, 12, 31))] == [6, 4]
    later = Span(date(2022, 1, 1), date(2022, 12, 31))
    assert [len(tables.income_statement(book, span).columns) for span in (YEAR, month_span(202101), later)] == [3, 3, 4]


def every_table(book: Book) -> list[Table]:
    """One of each statement."""
    account = Account.objects.select_related("book").get(book=book, code="31020")
    span = month_span(202101)
    return [
        tables.trial_balance(book, span.last), tables.balance_sheet(book, span.last), tables.income_statement(book, YEAR),
        tables.receipts_payments(book, span), tables.cash_book(book, span, names=True), tables.turnover(book, YEAR),
        tables.ledger_account(account, span, names=True), tables.month_ends(book, 202101, 202112),
    ]  # fmt: skip


def test_statements_cost_the_same_queries_at_one_entry_and_at_thirty() -> None:
    counts = []
    for number, entries in enumerate((1, 30)):
        book = a_book(f"480501-{number}")
        for day in range(entries):
            posted(book, date(2021, 1, 1) + timedelta(days=day), ("11000", "31020:M01", 100), ("11000", "31020:M02", 100))
        with CaptureQueriesContext(connection) as asked:
            every_table(book)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_every_day_of_the_worked_year_ties() -> None:
    book = the_year()
    for days in range(0, 397, 3):
        day = date(2020, 12, 31) + timedelta(days=days)
        for through in (Stage.ADJUSTING, Stage.CLOSING):
            found, sheet = statements.trial_balance(book, day, through), statements.balance_sheet(book, day, through)
            assert (found.debits, sheet.assets.total) == (found.credits, sheet.other_side), day


CODES = ["11000", "12100", "31020", "42000", "54000", "20000", "31020:M01", "31020:M02", "20000:M01", "34530"]
moves = st.tuples(st.dates(date(2021, 1, 1), date(2021, 4, 1)), st.permutations(CODES), st.integers(1, 10**9), st.booleans())


@given(given_moves=st.lists(moves, min_size=1, max_size=8), asked=st.dates(date(2020, 12, 31), date(2021, 4, 30)))
@properties(max_examples=size(25, 1000))
def test_any_book_ties_on_any_day_and_its_money_is_what_came_less_what_went(given_moves: list[Any], asked: date) -> None:
    book = a_book(f"480501-{uuid4().hex[:12]}")
    Account.objects.filter(book=book).update(floor=Floor.FREE)
    for day, (debit, credit, *_others), amount, wrong in given_moves:
        entry = posted(book, day, (debit, credit, amount)).entry
        if wrong:
            taken_back(entry, day)
    found, sheet = statements.trial_balance(book, asked), statements.balance_sheet(book, asked)
    assert (found.debits, sheet.assets.total) == (found.credits, sheet.other_side)
    span = Span(date(2021, 1, 1), max(asked, date(2021, 1, 1)))
    passed = statements.receipts_payments(book, span)
    money = sum(h.balance for h in statements.trial_balance(book, span.last).lines if h.code in {"11000", "12100"})
    assert passed.closing == money


@given(opening=st.integers(-(10**9), 10**9), moves=st.lists(st.tuples(st.integers(0, 10**9), st.integers(0, 10**9))))
def test_a_running_balance_ends_where_its_sum_does(opening: int, moves: list[tuple[int, int]]) -> None:
    balances = running(opening, moves)
    assert len(balances) == len(moves)
    assert (balances or [opening])[-1] == opening + sum(came - went for came, went in moves)
