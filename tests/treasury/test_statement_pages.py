"""The pages of the statements: who reads what, what a bad address gives, what the workbook holds, what waits."""

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from sajja.ledger.models import Account, BookHead
from sajja.ledger.posting import Arrow
from sajja.org import actions as org
from sajja.org.models import Person
from sajja.treasury import actions
from sajja.treasury.actions import put
from sajja.treasury.duties import due_of, duties
from sajja.treasury.panels import panels
from sajja.web import clock, transactions
from tests.cast import SINCE, Cast
from tests.factories import a_group, a_village
from tests.treasury.books import Kept, a_book

pytestmark = pytest.mark.django_db
PAGES = [
    "cash-book", "ledger", "trial-balance", "income-statement", "balance-sheet", "receipts-payments", "turnover", "month-ends",
]  # fmt: skip
NAME = "นางคำปุ่น ใจซื่อ"


def deposit(book: Kept, day: date, satang: int = 20000) -> None:
    """M02 brings money; the voucher's words hold her name."""
    own = Account.objects.get(book=book.kept.book, code="31020:M02")
    arrows = [Arrow(book.key("11000"), own.pk, satang, "M02", note=NAME)]
    transactions.run(lambda: put(book.treasurer, book.kept, "treasury.test", day, "special-in", f"รับจาก {NAME}", arrows))


@pytest.fixture
def book() -> Kept:
    """Three members with 100 baht each; M02 brought 200 more in May."""
    made = a_book(pledged=10000)
    deposit(made, date(2021, 5, 5))
    return made


def client_of(person: Person) -> Client:
    """The person's browser."""
    client = Client()
    client.force_login(person)
    return client


def page(person: Person, book: Kept, path: str) -> str:
    """What the person reads."""
    answer = client_of(person).get(f"/treasury/books/{book.kept.book_id}/{path}")
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_the_treasurer_reads_the_words_of_each_voucher(book: Kept) -> None:
    assert f"รับจาก {NAME}" in page(book.treasurer, book, "cash-book/?month=202105")
    assert f"รับจาก {NAME}" in page(book.treasurer, book, "ledger/?account=31020:M02&month=202105")


def test_offices_above_the_group_read_figures_and_no_members_name(book: Kept) -> None:
    officer = Cast().district_officer
    paths = [f"{name}/?month=202105&account=31020" for name in PAGES]
    paths += ["", "statements/", "months/", "months/202105/", "months/202105/notice/", "months/202105/check/"]
    for path in paths:
        assert NAME not in page(officer, book, path), path
    assert "500.00" in page(officer, book, "trial-balance/")


def test_typed_words_about_a_month_stay_inside_the_group(book: Kept) -> None:
    actions.close_month(by=book.treasurer, kept=book.kept, month=202101)
    asked = actions.ask_to_reopen(by=book.treasurer, kept=book.kept, month=202101, reason=f"ลงของ {NAME} ผิด")
    actions.sign_month_check(by=Cast().auditor(book.group), kept=book.kept, month=202101, lines=[], words=f"{NAME} ยังไม่ยืนยัน")
    for answered in (False, True):
        for path in ("", "months/", "months/202101/check/"):
            assert NAME not in page(Cast().district_officer, book, path), path
        assert NAME in page(book.chair, book, "months/")
        if not answered:
            actions.answer_reopening(by=book.chair, asked=asked, agreed=True)


def test_an_account_of_a_member_is_absent_for_offices_above(book: Kept) -> None:
    for person, status in ((Cast().district_officer, 404), (book.chair, 200)):
        for kind in ("ledger/", "ledger.xlsx"):
            answer = client_of(person).get(f"/treasury/books/{book.kept.book_id}/{kind}?account=31020:M02")
            assert answer.status_code == status, (person, kind)


def test_a_foreign_account_or_one_that_is_not_there_is_absent(book: Kept) -> None:
    other = a_book(a_group("กลุ่มอื่น (ตัวอย่าง)", village=a_village(5)), pledged=10000)
    Account.objects.filter(book=other.kept.book, code="31020:M01").update(name="คนอื่น")
    client = client_of(book.treasurer)
    assert client.get(f"/treasury/books/{book.kept.book_id}/ledger/?account=31020:M99").status_code == 404
    assert client.get(f"/treasury/books/{other.kept.book_id}/ledger/").status_code == 404


@pytest.mark.parametrize("query", ["on=x&month=x&span=x&account=x", "on=2400-01-01", "month=209901", "closing=before&span=year"])
def test_what_cannot_be_read_in_the_address_shows_today(query: str, book: Kept) -> None:
    for name in PAGES:
        page(book.treasurer, book, f"{name}/?{query}")


@pytest.mark.parametrize("month", [202013, 202012, 202107, 0, 999999999])
def test_a_month_that_the_book_has_not_is_absent(month: int, book: Kept) -> None:
    for path in ("", "notice/", "check/", "close/"):
        answer = client_of(book.treasurer).get(f"/treasury/books/{book.kept.book_id}/months/{month}/{path}")
        assert answer.status_code == 404


def test_a_workbook_holds_numbers_and_freezes_its_heads(book: Kept) -> None:
    answer = client_of(book.treasurer).get(f"/treasury/books/{book.kept.book_id}/trial-balance.xlsx")
    [sheet] = load_workbook(BytesIO(answer.content)).worksheets
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    assert rows[0][:4] == ["เลขที่บัญชี", "ชื่อบัญชี", "เดบิต", "เครดิต"]
    assert rows[1][:4] == ["11000", "เงินสด", 500, None]
    assert rows[-1][1:4] == ["รวม", 500, 500]
    assert sheet.freeze_panes == "B4"


def test_the_months_statement_prints_where_the_chain_stands(book: Kept) -> None:
    head = BookHead.objects.get(book=book.kept.book)
    assert f"{book.kept.book.code}:{head.entries}:{head.hash}" in page(book.chair, book, "months/202105/")


def test_pages_cost_the_same_queries_at_one_voucher_and_at_twenty(book: Kept) -> None:
    counts = []
    for vouchers in (1, 20):
        for _ in range(vouchers):
            deposit(book, date(2021, 6, 1), 100)
        client = client_of(book.treasurer)
        with CaptureQueriesContext(connection) as asked:
            for name in ["", *(f"{name}/" for name in PAGES), "months/", "months/202105/check/"]:
                client.get(f"/treasury/books/{book.kept.book_id}/{name}")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def titles(person: Person) -> list[str]:
    """What waits for a person today."""
    return [str(duty.title) for duty in duties(person, clock.today())]


def test_what_waits_for_whom(book: Kept) -> None:
    missed = [f"ลงวันส่งเงินสัจจะเดือน {month} 2564 ที่ยังไม่ได้ลง" for month in ("มีนาคม", "เมษายน", "พฤษภาคม")]
    assert titles(book.treasurer) == [*missed, "รับเงินวันส่งเงินสัจจะ", "ปิดงวดเดือน มกราคม 2564"]
    assert (titles(book.chair), titles(Cast().district_officer)) == ([], [])
    for month in range(202101, 202106):
        actions.close_month(by=book.treasurer, kept=book.kept, month=month)
    actions.ask_to_reopen(by=book.treasurer, kept=book.kept, month=202105, reason="ลงวันที่ผิด")
    assert titles(book.treasurer) == ["รับเงินวันส่งเงินสัจจะ"]
    assert titles(book.chair) == ["ตอบคำขอเปิดงวดเดือน พฤษภาคม 2564"]


def test_the_audit_committee_is_asked_to_check_the_month_that_is_over_until_one_of_it_signed(book: Kept) -> None:
    auditor = Cast().auditor(book.group)
    assert titles(auditor) == ["ตรวจบัญชีเดือน พฤษภาคม 2564 และลงชื่อ"]
    actions.sign_month_check(by=auditor, kept=book.kept, month=202105, lines=[])
    assert titles(auditor) == []


def test_an_office_above_is_told_what_is_late_and_given_no_way_to_do_it(book: Kept) -> None:
    [close] = due_of(Cast().district_officer, book.kept, clock.today())
    assert (str(close.title), close.url) == ("ปิดงวดเดือน มกราคม 2564", "")


def test_the_panel_is_for_who_may_see_the_books(book: Kept) -> None:
    inside = ["บัญชีมีเรื่องควรดู", "บัญชีของกลุ่ม"]  # nothing was entered for months
    for person, shown in ((book.treasurer, inside), (Cast().district_officer, inside), (Cast("47", "4701").district_officer, [])):
        assert [str(panel.title) for panel in panels(person, book.group)] == shown
    panel = panels(Cast().district_officer, book.group)[1]
    assert (panel.context["now"].cash, panel.context["now"].pledged) == (50000, 50000)


def test_what_waits_costs_the_same_queries_for_one_book_and_for_three(book: Kept) -> None:
    counts = []
    for number in (0, 6, 7):
        if number:
            more = a_book(a_group(f"กลุ่มที่ {number} (ตัวอย่าง)", village=a_village(number)))
            org.appoint(by="system", person=book.treasurer, role="group_treasurer", unit=more.group.unit, starts=SINCE)
        person = Person.objects.get(pk=book.treasurer.pk)
        assert len(person.posts_today) == max(number - 4, 1)
        with CaptureQueriesContext(connection) as asked:
            assert len(duties(person, clock.today())) == 5 * len(person.posts_today)
        counts.append(len(asked))
    assert len(set(counts)) == 1
