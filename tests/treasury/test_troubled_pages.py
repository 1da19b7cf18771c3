"""The pages of a loan in trouble: what can be done stands on the loan's page, each step on its own."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from sajja.org.models import Person
from sajja.treasury.models import Loan
from sajja.treasury.queries import loans as queries
from tests.treasury.books import Kept, a_book
from tests.treasury.test_collecting_pages import client_of, page, plain
from tests.treasury.test_troubled import lent, resolved

pytestmark = pytest.mark.django_db
JUNE = date(2021, 6, 10)


@pytest.fixture
def book() -> Kept:
    return a_book(members=4, pledged=2_000_000)


def sends(person: Person, route: str, *args: int, **said: str) -> tuple[int, str]:
    answer = client_of(person).post(reverse(f"treasury:{route}", args=args), {"once": str(uuid4()), **said})
    return answer.status_code, plain(answer.content.decode())


def typed(book: Kept, **more: str) -> dict[str, str]:
    return {"on": "10/6/2564", "resolution": str(resolved(book).pk), "why": "น้ำท่วม", **more}


def test_the_loans_page_offers_what_each_may_do(book: Kept) -> None:
    loan = lent(book, fine_satang=3_000)
    for person, offered, withheld in (
        (book.chair, ("ผ่อนผันตามมติ", "ปรับโครงสร้างหนี้ตามมติ", "ยกเว้นค่าปรับตามมติ", "ตัดหนี้สูญตามมติ"), "ผู้ค้ำรับภาระหนี้ตามมติ"),
        (book.treasurer, ("แจ้ง นางคำปุ่น ใจซื่อ ผู้ค้ำ", "ผู้ค้ำรับภาระหนี้ตามมติ"), "ตัดหนี้สูญตามมติ"),
    ):
        shown = plain(page(book, "loan", loan.pk, person=person))
        assert [words for words in offered if words not in shown] == []
        assert withheld not in shown


def test_each_step_is_taken_by_its_page(book: Kept) -> None:
    loan = lent(book, fine_satang=3_000)
    first, second = loan.guarantors.order_by("position")
    assert "10 มิ.ย. 2564" in page(book, "defer", loan.pk, person=book.chair)
    steps = [
        (book.chair, "waive_fine", {"first": "10/6/2564", "last": "30/6/2564"}),
        (book.chair, "defer", {"months": "2", f"consent_{first.pk}": "9/6/2564", f"consent_{second.pk}": "9/6/2564"}),
        (book.chair, "take_back_plan", {"reason": "ลงผิด"}),
    ]
    for person, route, more in steps:
        assert sends(person, route, loan.pk, **typed(book, **more)) == (302, "")
    for one in (first, second):
        assert "มาตรา 686" in page(book, "guarantor_letter", loan.pk, one.pk)
        assert sends(book.treasurer, "notify_guarantor", loan.pk, one.pk, sent_on="10/6/2564", how="ส่งมอบด้วยตนเอง") == (302, "")
    assert sends(book.treasurer, "take_over", loan.pk, **typed(book, instalments="4", first_due="5/7/2564")) == (302, "")
    loan.refresh_from_db()
    assert (loan.state, Loan.objects.filter(succeeds=loan).count()) == ("taken_over", 2)
    assert sends(book.chair, "take_back_step", loan.pk, reason="ผิดสัญญา") == (302, "")
    assert sends(book.chair, "reschedule", loan.pk, **typed(book, instalments="6", first_due="5/7/2564")) == (302, "")
    assert sends(book.chair, "write_off", loan.pk, **typed(book, risk_fund="", charge="58200")) == (302, "")
    money = {"date": "10/6/2564", "amount": "100", "money": str(book.key("11000"))}
    assert sends(book.treasurer, "recover", loan.pk, **money) == (302, "")
    assert book.standing("46100") == 10_000


def test_a_refusal_stands_beside_the_box_and_nothing_is_done(book: Kept) -> None:
    loan = lent(book)
    status, shown = sends(book.treasurer, "take_over", loan.pk, **typed(book, instalments="4", first_due="5/7/2564"))
    assert (status, "ยังไม่ได้รับหนังสือบอกกล่าว" in shown) == (200, True)
    status, shown = sends(book.chair, "defer", loan.pk, **(typed(book, months="30")))
    assert (status, loan.plans.count()) == (200, 1)
    assert sends(book.chair, "defer", loan.pk, **(typed(book, months="2") | {"resolution": ""}))[0] == 200


def test_a_letter_after_sixty_days_says_what_the_guarantor_is_freed_of(book: Kept) -> None:
    loan = lent(book)
    one = loan.guarantors.order_by("position")[0]
    assert "เกิน 60 วันแล้ว" in page(book, "notify_guarantor", loan.pk, one.pk)
    assert "ไม่ต้องรับผิดในดอกเบี้ย" in page(book, "guarantor_letter", loan.pk, one.pk)
    assert queries.last_day_to_tell(date(2021, 3, 5)) < JUNE
