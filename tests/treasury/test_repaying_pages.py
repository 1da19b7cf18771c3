"""The pages of repayments: what is owed, taking it in, closing a contract, what is late."""

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from sajja.ledger.models import Entry
from sajja.treasury.actions import repaying
from sajja.treasury.models import Loan
from sajja.treasury.queries import arrears as queries
from sajja.web import clock
from tests.cast import Cast
from tests.treasury.books import Kept, a_book
from tests.treasury.loans import a_loan, a_product
from tests.treasury.test_collecting_pages import client_of, page, plain

pytestmark = pytest.mark.django_db
MARCH = date(2021, 3, 5)


@pytest.fixture
def book() -> Kept:
    return a_book(members=4, pledged=5_000_000)


def lent(book: Kept, at: int = 0, first_due: date = MARCH) -> Loan:
    """30,000 flat 12 % over eleven months: 3,027 a month, a late payment carries 30."""
    product = a_product(book, method="flat", multiple_satang=100, fine_satang=3_000)
    return a_loan(book, book.members[at], 3_000_000, 11, date(2021, 2, 5), product, first_due=first_due)


def sends(book: Kept, route: str, loan: Loan, **said: str) -> tuple[int, str]:
    once = {"once": "6f1b2c3d-0000-4000-8000-000000000009", "date": "10/6/2564", "money": str(book.key("11000"))}
    answer = client_of(book.treasurer).post(reverse(f"treasury:{route}", args=[loan.pk]), once | said)
    return answer.status_code, plain(answer.content.decode())


def test_the_loans_page_says_what_is_owed_today_and_offers_to_take_it(book: Kept) -> None:
    loan = lent(book)
    shown = plain(page(book, "loan", loan.pk))
    assert ("ต้องชำระวันนี้ (บาท) 12,138.00" in shown, "เลยกำหนดมาแล้ว 97 วัน" in shown, "รับชำระ" in shown) == (True, True, True)
    assert 'value="12,138.00"' in page(book, "repay", loan.pk)


def test_a_payment_is_taken_in_and_shows_as_a_voucher(book: Kept) -> None:
    loan = lent(book)
    assert sends(book, "repay", loan, amount="12,138.00")[0] == 302
    entry = Entry.objects.get(kind="loan-repaid")
    assert (entry.lines, "รับชำระเงินกู้ L1" in entry.memo) == (3, True)
    assert "40.00" not in sends(book, "repay", loan, amount="40,000.00")[1]


def test_too_much_is_refused_beside_the_box(book: Kept) -> None:
    status, shown = sends(book, "repay", lent(book), amount="40,000.00")
    assert (status, "ค้างอยู่ทั้งหมด 33,330.00 บาท" in shown, Entry.objects.filter(kind="loan-repaid").exists()) == (200, True, False)


def test_a_contract_is_closed_by_one_payment_that_the_page_says_beforehand(book: Kept) -> None:
    loan = lent(book)
    assert "รับทั้งหมด (บาท) 31,230.00" in plain(page(book, "settle_early", loan.pk))  # 30,000, four months' interest, the fine
    assert sends(book, "settle_early", loan)[0] == 302
    loan.refresh_from_db()
    assert (loan.state, book.standing("13000:L1"), book.standing("41000")) == ("closed", 0, 120_000)
    assert client_of(book.treasurer).get(reverse("treasury:repay", args=[loan.pk])).status_code == 404


def test_what_is_late_stands_by_age_and_on_paper_and_in_excel(book: Kept) -> None:
    assert "ไม่มีเงินกู้ที่ยังค้าง" in page(book, "arrears", book.kept.book_id)
    lent(book), lent(book, 1, date(2021, 7, 5))
    now = queries.portfolio(book.kept, clock.today())
    assert [(age.age, age.loans, age.principal, age.late) for age in now.ages] == [
        ("current", 1, 3_000_000, 0), ("91-180", 1, 3_000_000, 4 * 272_700),
    ]  # fmt: skip
    assert (now.principal, now.late_principal, now.risk_30, now.risk_90) == (6_000_000, 1_090_800, 3_000_000, 3_000_000)
    shown = plain(page(book, "arrears", book.kept.book_id))
    assert ("เลยกำหนด 1 สัญญา" in shown, "18.1%" in shown, "0/4" in shown) == (True, True, True)
    assert "10,908.00" in page(book, "arrears_paper", book.kept.book_id)
    sheet = client_of(book.treasurer).get(reverse("treasury:arrears_sheet", args=[book.kept.book_id]))
    cells = [cell for row in load_workbook(BytesIO(sheet.content)).worksheets[0].values for cell in row]
    assert ("L1" in cells, 10_908 in cells) == (True, True)


def test_instalments_paid_by_their_day_are_on_time(book: Kept) -> None:
    loan = lent(book)
    for day, amount in ((date(2021, 3, 5), 302_700), (date(2021, 4, 6), 305_700)):
        with clock.fixed(day):
            repaying.repay(by=book.treasurer, loan=loan, date=day, amount=amount, money=book.account("11000"))
    assert queries.on_time(book.kept, date(2021, 1, 1), date(2021, 4, 30)) == (2, 1)


def test_interest_due_and_not_paid_is_told_under_the_balance_sheet(book: Kept) -> None:
    lent(book)
    assert "ดอกเบี้ยเงินกู้ที่ถึงกำหนดและยังไม่ได้รับ 1,200.00 บาท" in plain(page(book, "balance_sheet", book.kept.book_id))


def test_what_is_late_costs_the_same_for_one_loan_and_for_three(book: Kept) -> None:
    asked = []
    for more in ((0,), (1, 2)):
        for at in more:
            lent(book, at)
        with CaptureQueriesContext(connection) as queries_:
            queries.portfolio(book.kept, clock.today())
        asked.append(len(queries_))
    assert asked == [9, 9]


def test_the_offices_above_do_not_see_who_owes(book: Kept) -> None:
    client = Client()
    client.force_login(Cast().district_officer)
    assert client.get(reverse("treasury:arrears", args=[book.kept.book_id])).status_code == 403
