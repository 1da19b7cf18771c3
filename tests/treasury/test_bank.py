"""Bank accounts and the bank's statement held against the book."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains
from python_calamine import CalamineWorkbook

from sajja.ledger.models import Account, Entry
from sajja.lib.refusals import Refused
from sajja.treasury.actions import bank, vouchers
from sajja.treasury.actions.bank import StatementLine
from sajja.treasury.forms.bank import HEADS, read
from sajja.treasury.models import BankAccount, BankTie, Reconciliation
from sajja.treasury.queries.bank import held_against
from sajja.web import clock
from sajja.web.sheets import Column, Sheet, workbook
from tests.treasury.books import Kept, a_book

pytestmark = pytest.mark.django_db
JUNE = date(2021, 6, 1)


@pytest.fixture
def book() -> Kept:
    return a_book(opening=[("11000", 2_000_000), ("34000", -2_000_000)])


@pytest.fixture
def account(book: Kept) -> BankAccount:
    return bank.open_bank_account(
        by=book.treasurer, kept=book.kept, bank="ธ.ก.ส.", number="020-1-23456-7", name="กลุ่มตัวอย่าง", opened=JUNE
    )


def cash(book: Kept) -> Account:
    return Account.objects.get(book=book.kept.book, code="11000")


def paid_in(book: Kept, account: BankAccount, day: int, amount: int) -> Entry:
    return bank.cash_to_bank(
        by=book.treasurer, kept=book.kept, date=JUNE.replace(day=day), cash=cash(book), bank=account.account, amount=amount
    )


def said(
    book: Kept, account: BankAccount, *lines: tuple[int, int], opening: int = 0, closing: int | None = None, first: int = 1, last: int = 10
) -> Reconciliation:  # fmt: skip
    typed = [StatementLine(JUNE.replace(day=day), "", amount) for day, amount in lines]
    total = opening + sum(line.amount for line in typed)
    return bank.take_statement(
        by=book.treasurer, bank=account, starts=JUNE.replace(day=first), ends=JUNE.replace(day=last), opening=opening,
        closing=total if closing is None else closing, lines=typed,
    )  # fmt: skip


def finished(book: Kept, statement: Reconciliation, words: str = "") -> Reconciliation:
    return bank.finish_statement(by=book.treasurer, statement=statement, words=words)


def test_an_account_shows_its_last_four_digits_and_ends_empty(book: Kept, account: BankAccount) -> None:
    assert (account.masked, account.account.code, account.account.name) == ("xxx-4567", "12100:B1", "ธ.ก.ส. xxx-4567")
    with pytest.raises(Refused, match="มีบัญชีเลขที่นี้แล้ว"):
        bank.open_bank_account(by=book.treasurer, kept=book.kept, bank="ธ.ก.ส.", number="020-1-23456-7", name="อีกชื่อ", opened=JUNE)
    paid_in(book, account, 5, 100)
    with pytest.raises(Refused, match=r"ยังมีเงิน 1.00 บาท"):
        bank.end_bank_account(by=book.treasurer, bank=account, ended=JUNE)


def test_what_stood_on_the_heading_moves_to_its_account() -> None:
    book = a_book(opening=[("12100", 6_132_734), ("34000", -6_132_734)])
    account = bank.open_bank_account(by=book.treasurer, kept=book.kept, bank="ออมสิน", number="1234", name="ก", opened=JUNE)
    heading = Account.objects.get(book=book.kept.book, code="12100")
    bank.between_banks(by=book.treasurer, kept=book.kept, date=JUNE, giver=heading, taker=account.account, amount=6_132_734)
    assert (book.standing("12100:B1"), book.standing("12100")) == (6_132_734, 6_132_734)


def test_a_statement_that_agrees_is_kept_with_who_did_it(book: Kept, account: BankAccount) -> None:
    paid_in(book, account, 5, 860_000)
    statement = said(book, account, (6, 860_000))
    held = held_against(statement)
    assert [(pair.how, [b.entry.kind for b in pair.book]) for pair in held.pairs] == [("near", ["cash-to-bank"])]
    assert (held.only_bank, held.only_book, held.difference) == ([], [], 0)
    done = finished(book, statement)
    assert (done.book_satang, done.closing_satang, done.difference, done.done_by_name) == (
        860_000, 860_000, 0, book.treasurer.full_name,
    )  # fmt: skip
    assert BankTie.objects.filter(statement=done).count() == 1


def test_what_only_the_bank_has_is_posted_before_it_is_done(book: Kept, account: BankAccount) -> None:
    paid_in(book, account, 5, 860_000)
    statement = said(book, account, (5, 860_000), (8, 6_137), (9, -1_000))
    with pytest.raises(Refused, match="ยังมี 2 รายการ"):
        finished(book, statement)
    base: dict[str, Any] = {"by": book.treasurer, "kept": book.kept, "bank": account.account}
    vouchers.record_bank_interest(**base, date=JUNE.replace(day=8), amount=6_137)
    vouchers.record_bank_fee(**base, date=JUNE.replace(day=9), amount=1_000)
    assert finished(book, statement).book_satang == 865_137


def test_money_on_its_way_waits_for_the_next_statement(book: Kept, account: BankAccount) -> None:
    paid_in(book, account, 5, 860_000)
    paid_in(book, account, 8, 100_000)
    first = said(book, account, (5, 860_000), last=8)
    held = held_against(first)
    assert ([row.amount for row in held.only_book], held.not_at_bank, held.difference) == ([100_000], 100_000, 0)
    finished(book, first)
    second = said(book, account, (9, 100_000), opening=860_000, first=9)
    assert [pair.how for pair in held_against(second).pairs] == ["near"]
    assert finished(book, second).difference == 0


def test_a_voucher_taken_back_is_no_line_to_wait_for(book: Kept, account: BankAccount) -> None:
    wrong = paid_in(book, account, 5, 50_000)
    vouchers.reverse_voucher(by=book.treasurer, kept=book.kept, entry=wrong, reason="ลงผิด", date=JUNE.replace(day=6))
    held = held_against(said(book, account))
    assert (held.pairs, held.only_book, held.difference) == ([], [], 0)


def test_a_difference_is_found_or_said(book: Kept, account: BankAccount) -> None:
    paid_in(book, account, 5, 860_000)
    statement = said(book, account, (5, 860_000), opening=500)
    with pytest.raises(Refused, match=r"ยอดยังต่างกัน 5.00 บาท"):
        finished(book, statement)
    assert finished(book, statement, "ดอกเบี้ยก่อนเริ่มชุดบัญชี").difference == -500


def test_a_statement_adds_up_and_follows_the_last_one(book: Kept, account: BankAccount) -> None:
    with pytest.raises(Refused, match=r"เป็น 10.00 บาท แต่ยอดคงเหลือที่ใส่ 11.00 บาท"):
        said(book, account, (5, 1_000), closing=1_100)
    with pytest.raises(Refused, match="นอกช่วง"):
        said(book, account, (9, 1_000), last=8)
    finished(book, said(book, account, last=5))
    with pytest.raises(Refused, match="เริ่มวันถัดไป"):
        said(book, account, first=5)
    with pytest.raises(Refused, match=r"เท่ายอดครั้งก่อน 0.00 บาท"):
        said(book, account, first=6, opening=100)


def test_a_statement_typed_again_puts_the_first_aside(book: Kept, account: BankAccount) -> None:
    first, second = said(book, account), said(book, account)
    first.refresh_from_db()
    assert (first.dropped_at is None, second.dropped_at) == (False, None)
    with pytest.raises(Refused, match="เสร็จแล้ว"):
        finished(book, first)


# --- from a file -----------------------------------------------------------------------------

ROWS = (
    ("5/6/2564", "ฝากเงินสด", 860_000, None, 860_000),
    ("8 มิ.ย. 64", "ดอกเบี้ย", 6_137, None, 866_137),
    ("2021-06-09", "ค่าธรรมเนียม", None, 1_000, 865_137),
)
READ = [
    StatementLine(date(2021, 6, 5), "ฝากเงินสด", 860_000, 860_000),
    StatementLine(date(2021, 6, 8), "ดอกเบี้ย", 6_137, 866_137),
    StatementLine(date(2021, 6, 9), "ค่าธรรมเนียม", -1_000, 865_137),
]


def a_workbook(rows: Sequence[Sequence[Any]] = ROWS) -> SimpleUploadedFile:
    columns = [Column(head, kind) for head, kind in zip(HEADS, ("text", "text", "baht", "baht", "baht"), strict=True)]
    return SimpleUploadedFile("bank.xlsx", workbook([Sheet("บัญชี", columns, rows)], clock.now()))


def a_csv(encoding: str) -> SimpleUploadedFile:
    lines = [
        "ธนาคารตัวอย่าง,,,,", ",".join(HEADS), '5/6/2564,ฝากเงินสด,"8,600.00",,"8,600.00"', '8 มิ.ย. 64,ดอกเบี้ย,61.37,-,"8,661.37"',
        '2021-06-09,ค่าธรรมเนียม,,10.00,"8,651.37"', "",
    ]  # fmt: skip
    return SimpleUploadedFile("bank.csv", "\r\n".join(lines).encode(encoding))


def test_a_workbook_and_a_csv_of_either_code_page_read_the_same() -> None:
    assert list(read(a_workbook())) == READ
    assert list(read(a_csv("utf-8-sig"))) == READ
    assert list(read(a_csv("cp874"))) == READ


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x00\x01\x02", "ไม่ใช่ Excel หรือ CSV"),
        ("ก,ข\n1,2".encode(), "ไม่พบหัวคอลัมน์"),
        (f"{','.join(HEADS)}\nเมื่อวาน,ก,1,,".encode(), "แถวที่ 2"),
        (f"{','.join(HEADS)}\n5/6/2564,ก,1,1,".encode(), "แถวที่ 2: ใส่จำนวนเงินช่องฝากหรือถอน"),
        (f"{','.join(HEADS)}\n5/6/2564,ก,1e9,,".encode(), "แถวที่ 2: อ่านจำนวนเงินนี้ไม่ออก"),
    ],
)
def test_a_file_that_is_no_statement_says_what_is_wrong(content: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words):
        list(read(SimpleUploadedFile("x.csv", content)))


def test_the_page_takes_a_file_and_books_the_interest_in_one_press(book: Kept, account: BankAccount) -> None:
    paid_in(book, account, 5, 860_000)
    client = Client()
    client.force_login(book.treasurer)
    form = CalamineWorkbook.from_filelike(BytesIO(client.get(reverse("treasury:statement_form", args=[account.pk])).content))
    assert tuple(form.get_sheet_by_index(0).to_python()[0]) == HEADS
    answer = client.post(
        reverse("treasury:new_statement", args=[account.pk]),
        {
            "once": str(uuid4()), "starts": "1 มิ.ย. 2564", "ends": "10 มิ.ย. 2564", "opening": "0", "closing": "8,651.37",
            "file": a_workbook(),
        },
    )  # fmt: skip
    page = client.get(answer["Location"])
    assertContains(page, "มีในธนาคาร สมุดของกลุ่มยังไม่ลง")
    statement = Reconciliation.objects.get()
    lines = {line.amount: line.pk for line in statement.lines.all()}
    for route, amount in (("line_interest", 6_137), ("line_fee", -1_000)):
        client.post(reverse(f"treasury:{route}", args=[statement.pk, lines[amount]]), {"once": str(uuid4())})
    client.post(reverse("treasury:finish_statement", args=[statement.pk]), {"once": str(uuid4())})
    statement.refresh_from_db()
    assert (statement.book_satang, statement.difference) == (865_137, 0)
    assertContains(client.get(answer["Location"]), "ตรงแล้ว")


def test_lines_can_be_typed_and_wrong_ones_say_where(book: Kept, account: BankAccount) -> None:
    client = Client()
    client.force_login(book.treasurer)
    address = reverse("treasury:new_statement", args=[account.pk])
    typed = {"starts": "1 มิ.ย. 2564", "ends": "10 มิ.ย. 2564", "opening": "0", "closing": "5", "on_0": "5 มิ.ย. 2564", "in_0": "5"}
    page = client.post(address, typed | {"once": str(uuid4()), "on_1": "6 มิ.ย. 2564"})
    assertContains(page, "ใส่วันที่ และจำนวนเงินช่องฝากหรือถอนช่องเดียว")
    client.post(address, typed | {"once": str(uuid4())})
    assert [(line.amount, line.position) for line in Reconciliation.objects.get().lines.all()] == [(500, 1)]
    assertContains(client.get(address), "5 มิ.ย. 2564")
