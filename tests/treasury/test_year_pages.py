"""The pages of the year's end: from what stops the closing to the paper for the general meeting."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from sajja.treasury.duties import duties
from sajja.treasury.exports import years
from sajja.treasury.models import AuditOpinion, YearAdjustment, YearEnd, YearRules
from sajja.treasury.queries import yearend as queries
from sajja.web import clock
from tests.cast import Cast
from tests.treasury.books import Kept
from tests.treasury.people import a_committee, a_resolution
from tests.treasury.test_yearend import AFTER, a_year, balances, close_months, closed

pytestmark = pytest.mark.django_db
RULES = {"dividend_base": "month-weighted", "whole_baht": "none", "rest_to": "34000", "allowance_bp": "20", "rate_17000": "20"}


@pytest.fixture(autouse=True)
def _january() -> Iterator[None]:
    with clock.fixed(AFTER):
        yield


def by(person: Any) -> Client:
    """A signed-in browser."""
    client = Client()
    client.force_login(person)
    return client


def page(book: Kept, rest: str = "", year: int = 2021) -> str:
    """An address of the year."""
    return f"/treasury/books/{book.kept.book_id}/years/{year}/{rest}"


def send(client: Client, url: str, **said: Any) -> Any:
    """A form sent."""
    return client.post(url, {"once": str(uuid4()), **said})


def test_the_year_is_closed_page_by_page_as_the_treasurer_and_the_auditor_do_it() -> None:
    book = a_year()
    book.post("13000", "11000", 100_000, date(2021, 3, 1))
    book.post("11000", "41000", 90_000, date(2021, 5, 5))
    treasurer, auditor = by(book.treasurer), by(Cast().auditor(book.group))
    a_committee(book)
    resolved = a_resolution(book, "ให้ตั้งค่าเผื่อหนี้", date(2022, 1, 5))
    assert send(treasurer, page(book, "rules/"), **RULES)["Location"] == page(book)
    close_months(book)
    shown = treasurer.get(page(book)).content.decode()
    assert "ลงค่าเสื่อมราคาแล้ว" in shown
    assert treasurer.get(page(book, "close/"))["Location"] == page(book)
    assert send(treasurer, page(book, "depreciation/"))["Location"] == page(book)
    assert send(treasurer, page(book, "allowance/"), wanted="150.00", resolution=str(resolved.pk))["Location"] == page(book)
    lines = {"code_0": "54000", "debit_0": "20", "code_1": "23000", "credit_1": "20"}
    assert send(treasurer, page(book, "adjust/"), why="ค่าน้ำเดือนธันวาคม", **lines)["Location"] == page(book)
    assert "กำไรสุทธิ" in treasurer.get(page(book, "close/")).content.decode()
    once = str(uuid4())
    for _pressed in range(2):
        assert treasurer.post(page(book, "close/"), {"once": once})["Location"] == page(book)
    assert send(auditor, page(book, "opinion/"), on="10 ม.ค. 2565", opinion="right", names="นายตรวจ (ตัวอย่าง)")[
        "Location"
    ] == page(book)
    assert [row.kind for row in YearAdjustment.objects.order_by("pk")] == ["depreciation", "allowance", "audit"]
    assert YearRules.objects.get().depreciation == {"17000": 2000}
    assert YearEnd.objects.get().surplus_satang == 90_000 - 60_000 - 15_000 - 2_000
    assert (AuditOpinion.objects.get().names, balances(book)["40000"]) == (["นายตรวจ (ตัวอย่าง)"], -13_000)


def test_an_adjustment_is_taken_back_with_its_reason_on_its_page() -> None:
    book = a_year()
    treasurer = by(book.treasurer)
    send(treasurer, page(book, "rules/"), **RULES)
    send(treasurer, page(book, "depreciation/"))
    made = YearAdjustment.objects.get()
    assert "ลงของปีนี้แล้ว" in treasurer.get(page(book, "depreciation/")).content.decode()
    url = f"/treasury/adjustments/{made.pk}/back/"
    assert treasurer.get(url).status_code == 200
    assert send(treasurer, url, reason="อัตราผิด")["Location"] == page(book)
    made.refresh_from_db()
    assert not made.counts


def test_a_wrong_form_says_what_is_wrong_and_keeps_what_was_typed() -> None:
    book = a_year()
    treasurer, auditor = by(book.treasurer), by(Cast().auditor(book.group))
    answer = send(treasurer, page(book, "allowance/"), wanted="150.00", resolution="").content.decode()
    assert "150.00" in answer
    said = send(auditor, page(book, "opinion/"), on="10 ม.ค. 2565", opinion="except", names="นายตรวจ").content.decode()
    assert "บอกเรื่องที่ยกเว้น" in said


def test_the_papers_of_a_closed_year_hold_both_views_and_the_report_its_pictures() -> None:
    book = a_year()
    book.post("11000", "41000", 70_000, date(2021, 5, 5))
    book.post("54000", "11000", 20_000, date(2021, 7, 5))
    closed(book)
    treasurer = by(book.treasurer)
    statements = treasurer.get(page(book, "statements/")).content.decode()
    assert "งบทดลองก่อนปิดบัญชี" in statements
    assert "งบทดลองหลังปิดบัญชี" in statements
    assert treasurer.get(page(book, "statements.xlsx")).content[:2] == b"PK"
    report = treasurer.get(page(book, "report/")).content.decode()
    assert '<svg class="columns"' in report
    assert 'กำไรสุทธิ <b class="nb">500.00 บาท</b>' in report
    assert treasurer.get(page(book, "", 2020)).status_code == 404


def test_offices_above_read_the_year_without_the_words_of_the_auditors() -> None:
    book = a_year()
    closed(book)
    auditor = by(Cast().auditor(book.group))
    send(auditor, page(book, "opinion/"), on="10 ม.ค. 2565", opinion="except", words="ยกเว้นนายลับ", names="นางตรวจตรา")
    above = by(Cast().district_officer)
    for rest in ("", "report/", "statements/"):
        assert "ยกเว้นนายลับ" in auditor.get(page(book, rest)).content.decode()
        read = above.get(page(book, rest)).content.decode()
        assert ("ยกเว้นนายลับ" in read, "นางตรวจตรา" in read, "ถูกต้อง ยกเว้นเรื่องที่ระบุ" in read) == (False, False, True)
    assert send(above, page(book, "close/")).status_code == 403


def test_a_year_that_is_over_waits_for_who_closes_it_and_then_for_the_auditors() -> None:
    book = a_year()
    auditor = Cast().auditor(book.group)
    with clock.fixed(date(2021, 12, 31)):
        assert [one.title for one in duties(book.chair, clock.today()) if "ปี" in one.title] == []
    (waits,) = [one for one in duties(book.chair, AFTER) if "ปี" in one.title]
    assert (waits.title, waits.due, waits.url, waits.note) == (
        "ปิดบัญชีปี 2564", date(2022, 3, 1), page(book), "สิ้นปีบัญชีมาแล้ว 10 วัน",
    )  # fmt: skip
    assert [one.title for one in duties(auditor, AFTER) if "ปี" in one.title] == []
    closed(book)
    assert [one.title for one in duties(book.chair, AFTER) if "ปี 2564" in one.title] == []
    (waits,) = [one for one in duties(auditor, AFTER) if "ปี" in one.title]
    assert (waits.title, waits.url) == ("ให้ความเห็นต่องบปี 2564", page(book, "opinion/"))
    send(by(auditor), page(book, "opinion/"), on="10 ม.ค. 2565", opinion="right", names="นายตรวจ")
    assert [one.title for one in duties(auditor, AFTER) if "ปี" in one.title] == []


def test_the_statements_of_a_closed_year_show_either_view_and_last_years_result() -> None:
    book = a_year()
    book.post("11000", "41000", 70_000, date(2021, 5, 5))
    closed(book)
    treasurer, at = by(book.treasurer), {"on": "31 ธ.ค. 2564"}
    address = f"/treasury/books/{book.kept.book_id}"
    after = treasurer.get(f"{address}/balance-sheet/", at).content.decode()
    before = treasurer.get(f"{address}/balance-sheet/", at | {"closing": "before"}).content.decode()
    assert ("กำไร(ขาดทุน)ที่ยังไม่ปิดบัญชี" in before, "กำไร(ขาดทุน)ที่ยังไม่ปิดบัญชี" in after) == (True, False)
    assert ("account=40000" in before, "account=40000" in after) == (False, True)
    income = treasurer.get(f"{address}/income-statement/", {"month": "202112", "span": "year"}).content.decode()
    assert income.count("700.00") == 3
    with clock.fixed(date(2022, 12, 31)):
        later = treasurer.get(f"{address}/income-statement/", {"month": "202212", "span": "year"}).content.decode()
    assert ("ปี 2564" in later, later.count("700.00")) == (True, 3)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("rest", "asked"), [("", 53), ("report/", 57), ("statements/", 34), ("depreciation/", 10)])
def test_the_pages_of_a_year_cost_the_same_however_many_members(
    count: int, rest: str, asked: int, django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    book = a_year(members=count)
    treasurer = by(book.treasurer)
    with django_assert_num_queries(asked):
        assert treasurer.get(page(book, rest)).status_code == 200


def test_the_report_of_a_year_of_loss_offers_nothing_to_share() -> None:
    book = a_year()
    book.post("54000", "11000", 20_000, date(2021, 7, 5))
    closed(book)
    report = by(book.treasurer).get(page(book, "report/")).content.decode()
    assert ("ผลขาดทุนของปี" in report, "เสนอจัดสรรกำไร" in report) == (True, False)
    assert 'ขาดทุนสุทธิ <b class="nb">200.00 บาท</b>' in report


def test_the_second_years_report_stands_beside_the_first_as_it_was_kept() -> None:
    book = a_year()
    book.post("11000", "41000", 70_000, date(2021, 5, 5))
    closed(book)
    with clock.fixed(date(2022, 12, 31)):
        told = years.report(queries.year_of(book.kept, 2022))
    assert {pair.words: (pair.now, pair.before) for pair in told.pairs if pair.words in {"รายได้", "สมาชิก"}} == {
        "สมาชิก": (2, 2), "รายได้": (0, 70_000),
    }  # fmt: skip
