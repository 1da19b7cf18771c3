"""hledger and beancount, programs not ours, read our books and must find every balance as we keep it, to the satang."""

import os
import subprocess
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from beancount import loader
from beancount.core import data
from openpyxl import load_workbook

from sajja.config.cli import main
from sajja.ledger.actions import NewAccount, open_accounts
from sajja.ledger.models import Account, Book, Kind, Stage
from sajja.ledger.queries import movements_in
from sajja.treasury.queries import statements
from sajja.web import clock
from tests.ledger.books import a_book, posted, taken_back
from tests.treasury.worked_year import the_year
from tools import needs

pytestmark = pytest.mark.django_db
SURROUNDINGS = os.environ | {"LC_ALL": "C.UTF-8"}


def rich_book() -> Book:
    """Receipts, a reversal, a name to trip over, year-end stages, accounts three ways: heading alone, under one, both."""
    book = a_book()
    open_accounts(
        book=book,
        accounts=[
            NewAccount("40000", "กำไร(ขาดทุน)สุทธิประจำปี", Kind.EQUITY),
            NewAccount("31020:ก-01", 'ด.ญ.ใบเฟิร์น "เฟิร์น"; ใจซื่อ, ย่อ (ตัวอย่าง)', Kind.EQUITY, "31020"),
            NewAccount("11000:12345", "เงินสดกับ นายเก็บ (ตัวอย่าง)", Kind.ASSET, "11000"),
        ],
    )
    posted(book, date(2020, 12, 31), ("12100", "31020", 1_234_567), kind="opening", memo="ยอดยกมา")
    for month in (1, 2, 3):
        posted(
            book, date(2021, month, 5), ("11000", "31020:M01", 20001, "a"), ("11000", "31020:ก-01", 5050, "b"),
            ("11000", "42000", 1000, "b", None, "ค่าปรับ | ส่งช้า; เดือนก่อน"), kind="collecting-day",
            memo='วันส่งเงินสัจจะ; "รอบ | เช้า" = 1\\2',
        )  # fmt: skip
    posted(book, date(2021, 2, 8), ("11000:12345", "11000", 10000), ("12100", "11000", 15000), kind="cash-moved")
    wrong = posted(book, date(2021, 2, 9), ("54000", "11000", 333), kind="expense", memo="(ตัวอย่าง) ; พิมพ์ผิด").entry
    taken_back(wrong, date(2021, 2, 10))
    for stage, kind, move in ((1, "depreciation", ("54000", "12100", 60)), (2, "closing", ("42000", "40000", 3000))):
        posted(book, date(2021, 12, 31), move, stage=Stage(stage), kind=kind, at=clock.moment(date(2022, 1, 5)))
    return book


def balances(book: Book) -> dict[str, int]:
    """Code → satang, of every account that is not nought, as we keep it."""
    return dict(Account.objects.filter(book=book).exclude(balance=0).values_list("code", "balance"))


def journal(book: Book, folder: Path) -> Path:
    """The book as hledger's journal, as the console command writes it."""
    path = folder / f"{book.code}.journal"
    assert main(["books", "export", book.code, "--format", "hledger", "--out", str(path)]) == 0
    return path


def books() -> list[Book]:
    """One with everything that could trip another program, and the worked year."""
    return [rich_book(), the_year()]


def asked(journal: Path, *words: str) -> str:
    """What hledger answers; a failure shows its own words."""
    done = subprocess.run(
        [needs.hledger(), "-f", str(journal), *words], env=SURROUNDINGS, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def in_satang(amount: str) -> int:
    """ "-12.50 THB" → -1250; hledger writes nought without its commodity."""
    return int(Decimal(amount.replace("THB", "").strip()) * 100)


def by_hledger(file: Path, *words: str) -> dict[str, int]:
    """Code → satang, of every account that is not nought; a heading with all that stands under it."""
    lines = asked(file, "bal", "--tree", "--no-elide", "--empty", "-O", "csv", *words).splitlines()[1:]
    named = [line.strip('"').split('","') for line in lines]
    found = {name.split(":", 1)[1]: in_satang(amount) for name, amount in named if ":" in name}
    return {code: satang for code, satang in found.items() if satang}


def test_hledger_checks_the_journal_strictly_and_finds_every_balance(tmp_path: Path) -> None:
    for book in books():
        file = journal(book, tmp_path)
        asked(file, "check", "--strict")
        assert by_hledger(file) == balances(book)


def test_hledger_states_a_day_and_the_year_before_its_closing_as_we_do(tmp_path: Path) -> None:
    book = the_year()
    file = journal(book, tmp_path)
    for day, through, words in (
        (date(2021, 6, 30), Stage.CLOSING, ["--end", "2021-07-01"]),
        (date(2021, 12, 31), Stage.ADJUSTING, ["--end", "2022-01-01", "not:tag:stage=closing"]),
        (date(2021, 12, 31), Stage.CLOSING, ["--end", "2022-01-01"]),
    ):
        ours = {heading.code: heading.balance for heading in statements.trial_balance(book, day, through).lines}
        theirs = {code: satang for code, satang in by_hledger(file, *words).items() if ":" not in code}
        assert theirs == ours, (day, through)


def test_beancount_reads_the_book_without_an_error_and_finds_every_balance(tmp_path: Path) -> None:
    for book in books():
        path = tmp_path / f"{book.code}.beancount"
        assert main(["books", "export", book.code, "--format", "beancount", "--out", str(path)]) == 0
        entries, errors, _options = loader.load_file(str(path))
        assert errors == []
        codes = {entry.account: entry.meta["code"] for entry in entries if isinstance(entry, data.Open)}
        found: dict[str, int] = {}
        for entry in entries:
            for posting in entry.postings if isinstance(entry, data.Transaction) else ():
                assert posting.units
                assert posting.units.number is not None
                satang = int(posting.units.number * 100)
                for code in {codes[posting.account], codes[posting.account].split(":")[0]}:
                    found[code] = found.get(code, 0) + satang
        assert {code: satang for code, satang in found.items() if satang} == balances(book)


def test_the_workbook_of_a_book_holds_every_movement(tmp_path: Path) -> None:
    book = rich_book()
    path = tmp_path / "book.xlsx"
    assert main(["books", "export", book.code, "--format", "xlsx", "--out", str(path)]) == 0
    accounts, moves = load_workbook(path).worksheets
    sums = [sum(row[at].value or 0 for row in accounts.iter_rows(min_row=4) if ":" not in row[0].value) for at in (3, 4)]
    assert round(sums[0] * 100) == round(sums[1] * 100) == sum(b for c, b in balances(book).items() if b > 0 and ":" not in c)
    assert moves.max_row == movements_in(book).count() + 1
