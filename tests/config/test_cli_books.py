"""`sajja verify`, `sajja books …`."""

import json
from datetime import date

import pytest
from django.db import connection

from sajja.config.cli import main
from sajja.ledger import chain
from sajja.ledger.models import BookHead
from tests.ledger.books import a_book as a_ledger_book
from tests.ledger.books import posted
from tests.treasury.books import a_book

pytestmark = pytest.mark.django_db


def printed_head(code: str) -> str:
    """BOOK:COUNT:HASH as the month's statement prints it."""
    head = BookHead.objects.get(book__code=code)
    return chain.printed(code, head.entries, head.hash)


def two_entries() -> str:
    """The code of a book with two entries."""
    book = a_ledger_book()
    for day in (5, 6):
        posted(book, date(2021, 1, day), ("11000", "31020:M01", 10050))
    return book.code


def test_verify_says_that_all_is_right(capsys: pytest.CaptureFixture[str]) -> None:
    code = two_entries()
    assert main(["verify", "--book", code]) == 0
    assert capsys.readouterr().out == "books: 1, entries: 2; every balance, number and chain is right\n"


def test_verify_meets_a_printed_head_and_finds_a_cut_tail(capsys: pytest.CaptureFixture[str]) -> None:
    code = two_entries()
    head = printed_head(code)
    assert main(["verify", "--head", head]) == 0
    longer = head.replace(":2:", ":3:")
    assert main(["verify", "--head", longer]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == f"{code}: entry 3: 2 entries, but 3 were printed: the end is cut off"


def test_verify_names_the_first_bad_entry(capsys: pytest.CaptureFixture[str]) -> None:
    code = two_entries()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_account SET balance = balance + 1 WHERE code = '31020:M02'")
    assert main(["verify"]) == 1
    assert capsys.readouterr().out == f"{code}: 31020:M02 is kept as 1, its movements add up to 0\n"


def test_verify_of_a_book_that_is_not_there_fails(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "--book", "nowhere"]) == 1
    assert capsys.readouterr().out == "nowhere: there is no such book\n"


def test_a_head_of_another_form_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "--head", "nonsense"]) == 1
    assert capsys.readouterr().err == "sajja: a head is printed as BOOK:COUNT:HASH\n"


def test_books_are_listed_with_their_groups(capsys: pytest.CaptureFixture[str]) -> None:
    made = a_book()
    assert main(["books", "list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == [{"book": made.kept.book.code, "group": made.group.name}]


def test_the_trial_balance_is_printed_for_other_programs(capsys: pytest.CaptureFixture[str]) -> None:
    code = two_entries()
    assert main(["books", "statement", code, "--kind", "trial-balance", "--on", "2564-01-05", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "book": code,
        "date": "2021-01-05",
        "accounts": [
            {"code": "11000", "name": "เงินสด", "debit": "100.50", "credit": "0.00"},
            {"code": "31020", "name": "เงินสัจจะสะสม", "debit": "0.00", "credit": "100.50"},
        ],
        "total_debit": "100.50",
        "total_credit": "100.50",
    }


def test_without_a_day_everything_posted_counts(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["books", "statement", two_entries(), "--kind", "trial-balance", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["date"], found["total_debit"]) == ("2021-01-06", "201.00")


@pytest.mark.parametrize("kind", ["income-statement", "balance-sheet", "receipts-payments", "month-ends"])
def test_every_other_statement_is_printed_too(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    code = two_entries()
    assert main(["books", "statement", code, "--kind", kind, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["book"] == code


def test_an_unknown_book_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["books", "export", "nowhere"]) == 1
    assert capsys.readouterr().err == "sajja: there is no book nowhere (`sajja books list` names them)\n"
