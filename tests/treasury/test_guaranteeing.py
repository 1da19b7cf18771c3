"""Who answers for a loan is changed by a resolution: who goes is freed, who comes has signed; exposure and history follow."""

from datetime import date
from typing import Any

import pytest

from sajja.lib.refusals import Refused
from sajja.treasury.actions import troubled
from sajja.treasury.actions.guaranteeing import change_guarantor
from sajja.treasury.actions.lending import NewGuarantor
from sajja.treasury.models import Guarantor, Loan
from sajja.treasury.queries.lending import history
from sajja.treasury.queries.loans import exposure
from tests.treasury.books import Kept, a_book
from tests.treasury.test_collecting_pages import page
from tests.treasury.test_troubled import JUNE, lent, resolved, told
from tests.treasury.test_troubled_pages import sends, typed

pytestmark = pytest.mark.django_db
EVE = date(2021, 6, 9)


@pytest.fixture
def book() -> Kept:
    return a_book(members=5, pledged=2_000_000)


def changed(book: Kept, loan: Loan, **said: Any) -> Guarantor | None:
    return change_guarantor(**{
        "by": book.chair, "loan": loan, "on": JUNE, "resolution": resolved(book), "why": "ย้ายไปต่างจังหวัด", **said,
    })  # fmt: skip


def test_one_goes_and_another_answers_from_then_on(book: Kept) -> None:
    loan = lent(book)
    first, second = loan.guarantors.order_by("position")
    newcomer = book.members[3]
    made = changed(book, loan, leaves=first, comes=NewGuarantor(newcomer), signed_on=EVE)
    assert made is not None
    first.refresh_from_db()
    assert (first.freed_on, first.freed_because, made.signed_on, made.position) == (JUNE, "เปลี่ยนผู้ค้ำตามมติ", EVE, 3)
    assert [exposure(member, JUNE) for member in (book.members[1], book.members[2], newcomer)] == [0, 751_400, 751_400]
    step = history(loan)[0]
    assert step.words == "เปลี่ยนผู้ค้ำประกัน"
    assert f"{first.name} พ้น {newcomer.name} ค้ำแทน: ย้ายไปต่างจังหวัด" in step.note
    for one in (second, made):
        troubled.notify_guarantor(by=book.treasurer, guarantor=one, sent_on=JUNE, how="ส่งมอบด้วยตนเอง")
    with pytest.raises(Refused, match="พ้นจากการค้ำประกันแล้ว"):
        troubled.notify_guarantor(by=book.treasurer, guarantor=first, sent_on=JUNE, how="ส่งมอบด้วยตนเอง")


def test_a_second_guarantor_may_come_without_anyone_going(book: Kept) -> None:
    loan = lent(book)
    made = changed(book, loan, comes=NewGuarantor(None, "นายคนนอก (ตัวอย่าง)", "12 หมู่ 3"), signed_on=EVE)
    assert made is not None
    assert (made.member, loan.guarantors.filter(freed_on__isnull=True).count()) == (None, 3)


def test_what_may_not_be_is_refused_with_what_to_do(book: Kept) -> None:
    loan = lent(book, guarantors_wanted=2)
    first, second = loan.guarantors.order_by("position")
    newcomer = NewGuarantor(book.members[3])
    wrong: list[tuple[str, dict[str, Any]]] = [
        ("ใส่คนใหม่แทนคนที่ออก", {"leaves": first}),
        ("เลือกผู้ค้ำที่ออก", {}),
        ("ลงชื่อในหนังสือค้ำประกัน", {"leaves": first, "comes": newcomer}),
        ("ก่อนหรือในวันที่มีผล", {"leaves": first, "comes": newcomer, "signed_on": date(2021, 6, 11)}),
        ("เคยค้ำสัญญานี้แล้ว", {"leaves": first, "comes": NewGuarantor(second.member), "signed_on": EVE}),
        ("ค้ำประกันตัวเองไม่ได้", {"leaves": first, "comes": NewGuarantor(loan.member), "signed_on": EVE}),
        ("ต้องไม่ก่อนวันประชุม", {"leaves": first, "comes": newcomer, "signed_on": EVE, "on": EVE}),
        ("บอกเหตุผล", {"leaves": first, "comes": newcomer, "signed_on": EVE, "why": " "}),
    ]
    for words, said in wrong:
        with pytest.raises(Refused, match=words):
            changed(book, loan, **said)
    assert list(loan.guarantors.filter(freed_on__isnull=True).order_by("position")) == [first, second]
    loan.state = "closed"
    loan.save(update_fields=["state"])
    with pytest.raises(Refused, match="ยังมีหนี้อยู่"):
        changed(book, loan, leaves=first, comes=newcomer, signed_on=EVE)


def test_the_chair_does_it_by_the_loans_page(book: Kept) -> None:
    loan = lent(book)
    first = loan.guarantors.order_by("position")[0]
    assert "เปลี่ยนผู้ค้ำตามมติ" in page(book, "loan", loan.pk, person=book.chair)
    said = {"leaves": str(first.pk), "guarantor": str(book.members[3].pk), "name": "", "address": "", "signed_on": "9/6/2564"}
    assert sends(book.chair, "change_guarantor", loan.pk, **typed(book, **said)) == (302, "")
    shown = page(book, "loan", loan.pk, person=book.chair)
    assert all(words in shown for words in ("พ้นภาระแล้ว", book.members[3].name, "เปลี่ยนผู้ค้ำประกัน"))


def test_guarantors_take_over_with_the_interest_that_the_meeting_resolved(book: Kept) -> None:
    loan = lent(book)
    told(book, loan)
    given: dict[str, Any] = {"by": book.treasurer, "loan": loan, "on": JUNE, "resolution": resolved(book), "instalments": 4}
    for words, more in (("ร้อยละ 15", {"rate_bp": 1501}), ("หลังวันที่ผู้ค้ำรับภาระ", {"first_due": JUNE})):
        with pytest.raises(Refused, match=words):
            troubled.take_over(**given | {"first_due": date(2021, 7, 5)} | more)
    shown = page(book, "take_over", loan.pk)
    assert "ไม่โอนไปกับเงินต้น" in shown
    heirs = troubled.take_over(**given, first_due=date(2021, 7, 5), rate_bp=600)
    assert [(one.rate_bp, one.plans.get().instalments.count()) for one in heirs] == [(600, 4), (600, 4)]
    [first, *_rest] = heirs[0].plans.get().instalments.order_by("no")
    assert first.interest_satang == 1_879  # half up of 375,700 × 6 % ÷ 12


def test_one_resolution_puts_off_once(book: Kept) -> None:
    loan = lent(book)
    given: dict[str, Any] = {
        "by": book.chair,
        "loan": loan,
        "on": JUNE,
        "months": 2,
        "resolution": resolved(book),
        "why": "น้ำท่วม",
    }
    troubled.defer(**given)
    with pytest.raises(Refused, match="มีผู้บันทึกตามมตินี้แล้ว"):
        troubled.defer(**given)
    troubled.take_back_plan(by=book.chair, loan=loan, reason="ลงผิด")
    troubled.defer(**given)


def test_a_letter_and_a_recovery_keep_to_the_contracts_state_and_people(book: Kept) -> None:
    loan = lent(book)
    first = loan.guarantors.order_by("position")[0]
    troubled.write_off(by=book.chair, loan=loan, on=JUNE, resolution=resolved(book))
    with pytest.raises(Refused, match="ไม่มีหนี้ที่ต้องแจ้งผู้ค้ำ"):
        troubled.notify_guarantor(by=book.treasurer, guarantor=first, sent_on=JUNE, how="ส่งมอบด้วยตนเอง")

    class Borrower:
        key, full_name = "person:0", loan.member.name

    cash = book.kept.book.accounts.get(code="11000")
    with pytest.raises(Refused, match="เป็นผู้กู้หรือผู้ค้ำเอง"):
        troubled.recover(by=Borrower(), loan=loan, date=JUNE, amount=100, money=cash)
