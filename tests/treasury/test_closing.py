"""Closing a month, opening it again with the chair, signing its check."""

from datetime import date

import pytest
from django.test import Client

from sajja.ledger.models import BookHead, PeriodMove
from sajja.lib.refusals import Refused
from sajja.org.models import Person
from sajja.treasury import actions
from sajja.treasury.models import MonthCheck, ReopenAnswer, ReopenRequest
from sajja.treasury.queries.closing import month_facts
from sajja.web import clock
from tests.cast import Cast
from tests.treasury.books import Kept, a_book

pytestmark = pytest.mark.django_db


@pytest.fixture
def book() -> Kept:
    """A book of three members who brought in 100 baht each."""
    return a_book(pledged=10000)


def client_of(person: Person) -> Client:
    """The person's browser."""
    client = Client()
    client.force_login(person)
    return client


def closed_through(book: Kept) -> int:
    """The newest closed month."""
    return BookHead.objects.get(book=book.kept.book).closed_through


def close(book: Kept, *months: int) -> None:
    """Close these months."""
    for month in months:
        actions.close_month(by=book.treasurer, kept=book.kept, month=month)


def test_the_treasurer_closes_the_months_in_their_turn(book: Kept) -> None:
    with pytest.raises(Refused, match="โปรดปิดงวดเดือน มกราคม 2564 ก่อน"):
        close(book, 202102)
    close(book, 202101, 202102)
    assert closed_through(book) == 202102


def test_a_month_that_has_not_ended_is_not_closed(book: Kept) -> None:
    with clock.fixed(date(2021, 1, 31)), pytest.raises(Refused, match="เดือน มกราคม 2564 ยังไม่สิ้น"):
        close(book, 202101)
    with clock.fixed(date(2021, 2, 1)):
        close(book, 202101)
    assert closed_through(book) == 202101


def test_the_month_opens_again_when_the_chair_agrees(book: Kept) -> None:
    close(book, 202101)
    asked = actions.ask_to_reopen(by=book.treasurer, kept=book.kept, month=202101, reason="ลงวันที่ผิดเดือน")
    assert closed_through(book) == 202101
    actions.answer_reopening(by=book.chair, asked=asked, agreed=True)
    assert closed_through(book) == 202012
    move = PeriodMove.objects.latest("pk")
    assert (move.by, move.second, move.reason) == (book.treasurer.key, book.chair.key, "ลงวันที่ผิดเดือน")


def test_nobody_answers_his_own_asking(book: Kept) -> None:
    close(book, 202101)
    asked = actions.ask_to_reopen(by=book.chair, kept=book.kept, month=202101, reason="ลงวันที่ผิดเดือน")
    with pytest.raises(Refused, match="อนุมัติคำขอของตนเองไม่ได้"):
        actions.answer_reopening(by=book.chair, asked=asked, agreed=True)
    assert closed_through(book) == 202101


def test_a_refusal_says_why_and_leaves_the_month_closed(book: Kept) -> None:
    close(book, 202101)
    asked = actions.ask_to_reopen(by=book.treasurer, kept=book.kept, month=202101, reason="ลงวันที่ผิดเดือน")
    with pytest.raises(Refused, match="โปรดบอกเหตุผลที่ไม่อนุมัติ"):
        actions.answer_reopening(by=book.chair, asked=asked, agreed=False)
    actions.answer_reopening(by=book.chair, asked=asked, agreed=False, words="ลงในเดือนถัดไปแทน")
    with pytest.raises(Refused, match="คำขอนี้มีคำตอบแล้ว"):
        actions.answer_reopening(by=book.chair, asked=asked, agreed=True)
    assert closed_through(book) == 202101


def test_one_asking_waits_at_a_time_and_only_for_the_newest_month(book: Kept) -> None:
    close(book, 202101, 202102)
    with pytest.raises(Refused, match="เฉพาะงวดที่ปิดล่าสุด"):
        actions.ask_to_reopen(by=book.treasurer, kept=book.kept, month=202101, reason="ผิด")
    actions.ask_to_reopen(by=book.treasurer, kept=book.kept, month=202102, reason="ผิด")
    with pytest.raises(Refused, match="ที่ยังรอคำตอบอยู่"):
        actions.ask_to_reopen(by=book.treasurer, kept=book.kept, month=202102, reason="ผิดอีก")
    assert ReopenRequest.objects.count() == 1


def test_the_auditor_signs_the_check_and_later_figures_do_not_change_it(book: Kept) -> None:
    auditor = Cast().auditor(book.group)
    page = f"/treasury/books/{book.kept.book_id}/months/202101/check/sign/"
    answer = client_of(auditor).post(page, {"once": "6f1b2c3d-0000-4000-8000-000000000001", "words": "นับเงินสดด้วย"})
    assert answer.status_code == 302
    [check] = MonthCheck.objects.all()
    assert {line["key"]: line["passed"] for line in check.lines} == {
        "counted": False, "reconciled": None, "numbered": True, "confirmed": True, "never_below": True, "balanced": True,
    }  # fmt: skip
    assert (check.by, check.words) == (auditor.key, "นับเงินสดด้วย")
    assert check.head.startswith(f"{book.kept.book.code}:1:")


def test_the_pages_close_ask_and_answer(book: Kept) -> None:
    months = f"/treasury/books/{book.kept.book_id}/months/"
    treasurer, chair = client_of(book.treasurer), client_of(book.chair)
    treasurer.post(f"{months}202101/close/", {"once": "6f1b2c3d-0000-4000-8000-000000000001"})
    asking = {"once": "6f1b2c3d-0000-4000-8000-000000000002", "reason": "ลงวันที่ผิดเดือน"}
    assert treasurer.post(f"{months}202101/reopen/ask/", asking).status_code == 302
    assert treasurer.get(f"{months}202101/reopen/answer/").status_code == 403
    answering = {"once": "6f1b2c3d-0000-4000-8000-000000000003", "agreed": "yes"}
    assert chair.post(f"{months}202101/reopen/answer/", answering).status_code == 302
    assert (closed_through(book), ReopenAnswer.objects.get().agreed) == (202012, True)


def test_the_facts_cost_the_same_however_many_entries(book: Kept, django_assert_num_queries: object) -> None:
    assert [fact.key for fact in month_facts(book.kept, 202101)] == [
        "counted", "reconciled", "numbered", "confirmed", "never_below", "balanced",
    ]  # fmt: skip
