"""Repayments on the collecting day's sheet: what is due stands in the box, one sum is taken apart by the rules."""

from datetime import date

import pytest

from sajja.treasury.models import Loan, SheetLine
from sajja.treasury.owing import Contract, Owed, Split, spread
from sajja.web import clock
from tests.treasury.books import Kept, a_book
from tests.treasury.loans import a_loan, a_product
from tests.treasury.test_collecting_pages import page, plain, send

pytestmark = pytest.mark.django_db
MARCH, APRIL = date(2021, 3, 5), date(2021, 4, 6)


@pytest.fixture
def book() -> Kept:
    return a_book(pledged=5_000_000)


@pytest.fixture
def loan(book: Kept) -> Loan:
    """30,000 flat 12 % over eleven months: 3,027 a month, a late payment carries 30."""
    product = a_product(book, method="flat", multiple_satang=100, fine_satang=3_000)
    return a_loan(book, book.members[0], 3_000_000, 11, date(2021, 2, 5), product, first_due=MARCH)


def brings(book: Kept, amount: str) -> dict[str, str]:
    key = book.members[0].pk
    return {f"came-{key}": "1", f"pledged-{key}": "200.00", f"owe-{key}": amount}


def test_the_box_of_a_borrower_holds_what_is_due_and_nobody_else_has_one(book: Kept, loan: Loan) -> None:
    shown = page(book, "collect", book.kept.book_id)
    due = 4 * 302_700 + 3_000  # March to June on 10 June
    assert f'name="owe-{loan.member_id}" value="{due / 100:,.2f}"' in shown
    assert shown.count('name="owe-') == 1
    assert "หนี้เงินกู้เลยกำหนด 12,108.00" in plain(shown)


def test_what_falls_due_today_stands_below_the_name_as_words(book: Kept, loan: Loan) -> None:
    with clock.fixed(MARCH):
        shown = page(book, "collect", book.kept.book_id)
    assert ('<span class="small soft nb">ครบกำหนดชำระ 3,027.00</span>' in shown, "&lt;" in shown) == (True, False)


def test_a_sheet_of_a_group_that_does_not_lend_has_no_such_column(book: Kept) -> None:
    assert "ชำระหนี้" not in page(book, "collect", book.kept.book_id)


def test_one_sum_is_taken_apart_shown_before_and_written_on_the_receipt(book: Kept, loan: Loan) -> None:
    shown, status, _led = send(book, "check", brings(book, "3,027.00"), MARCH)
    assert (status, "ดอกเบี้ย 300.00 เงินต้น 2,727.00" in plain(shown)) == (200, True)
    _shown, status, led = send(book, "post", brings(book, "3,027.00"), MARCH)
    line = SheetLine.objects.get()
    assert (status, line.loan, line.total) == (302, [[loan.account_id, 272_700, 30_000, 0]], 322_700)
    slip = plain(page(book, "receipt", line.day_id, line.receipt))
    assert ("ชำระคืนเงินกู้ 2,727.00" in slip, "ดอกเบี้ยเงินกู้ 300.00" in slip, "เงินต้นคงเหลือหลังชำระ 27,273.00" in slip) == (
        True,
        True,
        True,
    )
    assert led == f"/treasury/days/{line.day_id}/"


@pytest.mark.parametrize(
    ("amount", "said"),
    [("20.00", "ไม่น้อยกว่าค่าปรับ 30.00 บาท"), ("40,000.00", "ค้างอยู่ทั้งหมด 33,330.00 บาท"), ("สาม", "อ่านจำนวนเงินนี้ไม่ออก")],
)
def test_what_cannot_be_is_said_at_the_line_and_nothing_is_posted(book: Kept, loan: Loan, amount: str, said: str) -> None:
    shown, status, _led = send(book, "post", brings(book, amount), APRIL)
    assert (status, said in plain(shown), SheetLine.objects.count()) == (200, True, 0)
    assert f'name="owe-{loan.member_id}" value="{amount}"' in shown


def test_the_paper_to_write_on_says_what_is_due(book: Kept, loan: Loan) -> None:
    assert loan.state == "normal"
    assert "12,138.00" in page(book, "collect_blank", book.kept.book_id)


def test_one_sum_over_two_contracts_pays_what_is_due_on_each_before_what_is_to_come() -> None:
    on = date(2021, 6, 10)
    first = Contract(1, [Owed(1, date(2021, 6, 5), 100, 10), Owed(2, date(2021, 7, 5), 100, 5)], 30, "by-instalment")
    second = Contract(2, [Owed(1, date(2021, 6, 10), 200, 20)], 0, "by-instalment")
    assert spread([first, second], 360, on) == [Split(30, 10, 100), Split(0, 20, 200)]
    assert spread([first, second], 150, on) == [Split(30, 10, 100), Split(0, 10, 0)]
    assert spread([first, second], 400, on) == [Split(30, 15, 135), Split(0, 20, 200)]
    with pytest.raises(ValueError, match="รับเกินยอดหนี้ไม่ได้"):
        spread([first, second], 466, on)
