"""The pages of lending, as treasurer, secretary and chair use them."""

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from sajja.groups import actions as groups
from sajja.groups.actions import NewRegulation
from sajja.treasury.actions import lending
from sajja.treasury.actions.lending import Decision
from sajja.treasury.duties import due_of, duties
from sajja.treasury.models import Loan, LoanProduct
from sajja.treasury.panels import member_panels
from tests.cast import Cast
from tests.treasury.books import Kept, a_book
from tests.treasury.loans import a_loan, a_product, about_loans, an_application, approved
from tests.treasury.people import a_committee

pytestmark = pytest.mark.django_db
JUNE = date(2021, 6, 1)
TODAY = date(2021, 6, 10)


@pytest.fixture
def ours() -> Kept:
    made = a_book(members=4, pledged=1_000_000)
    a_committee(made)
    groups.add_regulation(
        by=Cast().district_officer, group=made.group,
        regulation=NewRegulation(date(2020, 1, 1), 5000, 1, 20, 5, 1200, 200, heads=[("ทุนสำรอง", 10000)]),
    )  # fmt: skip
    return made


@pytest.fixture
def treasurer(ours: Kept) -> Client:
    return browser(ours.treasurer)


def browser(person: object) -> Client:
    client = Client()
    client.force_login(person)  # type: ignore[arg-type]
    return client


def shown(client: Client, route: str, /, *parts: int, **asked: str | int) -> str:
    answer = client.get(reverse(f"treasury:{route}", args=parts), asked)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def sent(client: Client, route: str, /, *parts: int, **said: object) -> str:
    answer = client.post(reverse(f"treasury:{route}", args=parts), {"once": str(uuid4()), **said}, follow=True)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


PRODUCT = {
    "name": "เงินกู้การศึกษา", "kind": "other", "rate_bp": "12", "method": "flat", "most_instalments": "12", "guarantors_wanted": "1",
    "fine_satang": "30", "interest_by": "month", "multiple_satang": "100", "rounding": "half-up", "grace": "0", "order": "by-instalment",
    "forgives_later_interest": "on", "fee_satang": "0", "yearly_fee_bp": "0",
}  # fmt: skip


def test_a_group_begins_with_the_usual_products_or_with_its_own(ours: Kept, treasurer: Client) -> None:
    book = ours.kept.book_id
    assert "ตั้งประเภทเงินกู้" in shown(treasurer, "loans", book)
    assert "ใช้ประเภทเงินกู้เริ่มต้น" in shown(treasurer, "products", book)
    body = sent(treasurer, "start_products", book)
    assert ("เงินกู้สามัญ" in body, "เงินกู้ฉุกเฉิน" in body, "12.00%" in body) == (True, True, True)
    body = shown(treasurer, "product_example", book, **(PRODUCT | {"multiple_satang": "1"}))
    assert ("21.46%" in body, "เกินร้อยละ 15" in body) == (True, True)
    assert "ร้อยละ 16 ต่อปี" in shown(treasurer, "product_example", book, **(PRODUCT | {"rate_bp": "16"}))
    assert "มาตรา 654" in sent(treasurer, "new_product", book, **(PRODUCT | {"rate_bp": "16"}))
    body = sent(treasurer, "new_product", book, **(PRODUCT | {"rate_bp": "13"}))
    assert ("เพิ่มประเภทเงินกู้แล้ว" in body, "สูงกว่าระเบียบของกลุ่ม (ร้อยละ 12)" in body) == (True, True)
    last = LoanProduct.objects.order_by("-pk")[0]
    assert (last.rate_bp, last.multiple_satang, last.fine_satang, last.guarantors_wanted) == (1300, 100, 3000, 1)
    assert "เลิกใช้ประเภทเงินกู้แล้ว" in sent(treasurer, "end_product", last.pk)


def test_a_loan_goes_from_the_application_to_the_borrowers_hand(ours: Kept, treasurer: Client) -> None:
    book, (one, two, _three, _four) = ours.kept.book_id, ours.members
    product = a_product(ours, guarantors_wanted=1, savings_times=3)
    typed: dict[str, str | int] = {
        "member": one.pk, "product": product.pk, "amount": "12,000", "instalments": "4", "purpose": "occupation",
        "guarantor_1": two.pk, "applied_on": "10/6/2564", "spouse": "นางคู่ สมรส",
    }  # fmt: skip
    ahead = shown(treasurer, "loan_ahead", book, **typed)
    assert ("30,000.00" in ahead, "12.00%" in ahead, "ตารางผ่อนชำระ" in ahead) == (True, True, True)
    assert "กู้ได้ไม่เกิน 30,000.00 บาท" in shown(treasurer, "loan_ahead", book, **(typed | {"amount": "30,001"}))
    assert "กู้ได้ไม่เกิน 30,000.00 บาท" in sent(treasurer, "apply_for_loan", book, **(typed | {"amount": "30,001"}))
    assert "รับคำขอกู้แล้ว" in sent(treasurer, "apply_for_loan", book, **typed)
    loan = Loan.objects.get()
    assert "คณะกรรมการลงมติ" in shown(treasurer, "loan", loan.pk)

    chair, key = browser(ours.chair), loan.pk
    assert "ยังไม่มีมติเรื่องเงินกู้" in shown(chair, "decide_loan", key)
    resolution = about_loans(ours, TODAY)
    decided = {"resolution": resolution.pk, f"decision_{key}": "yes", f"amount_{key}": "10,000", f"instalments_{key}": "4"}
    assert "ไม่เกินที่ขอ" in sent(chair, "decide_loan", key, **(decided | {f"amount_{key}": "13000"}))
    body = sent(chair, "decide_loan", key, **decided)
    assert ("บันทึกมติแล้ว 1 คำขอ" in body, "ทำสัญญา" in body) == (True, True)

    paper = shown(treasurer, "contract_paper", key)
    for words in ("หนึ่งหมื่นบาทถ้วน", "5.00 บาท", "นางคู่ สมรส", "ไม่ใช่ผู้กู้ร่วม", "60 วัน", "พยาน", "ลายนิ้วมือ"):
        assert words.replace(" บาท", "") in paper, words
    guarantee = shown(treasurer, "guarantee_paper", key, loan.guarantors.get().pk)
    assert ("681/1" in guarantee, "ลูกหนี้ร่วม" in guarantee, two.name in guarantee) == (True, False, True)
    mine = loan.guarantors.get().pk
    signed = {"contract_on": "10/6/2564", "first_due": "5/7/2564", f"signed_{mine}": "on", "spouse_agreed_on": "10/6/2564"}
    assert "จ่ายเงินกู้" in sent(treasurer, "make_contract", key, **signed)
    body = sent(
        treasurer, "pay_out", key, date="10/6/2564", money=ours.account("11000").pk, fee="0", first_due="5/7/2564", paper_no=""
    )
    assert ("จ่ายเงินกู้แล้ว ใบสำคัญ" in body, "ตารางผ่อนตามสัญญา" in body, ours.standing("13000:L1")) == (True, True, 1_000_000)
    assert "ถอนการจ่ายแล้ว" in sent(treasurer, "take_back_payout", key, reason="ผู้กู้ไม่มารับ", date="10/6/2564")
    assert "ยกเลิกคำขอกู้แล้ว" in sent(treasurer, "withdraw_application", key, reason="เปลี่ยนใจ")


def test_a_meeting_decides_the_list_on_one_page(ours: Kept) -> None:
    loans = [an_application(ours, member, 100_000, 4, JUNE) for member in ours.members[:3]]
    chair, resolution = browser(ours.chair), about_loans(ours, JUNE)
    said: dict[str, object] = {"resolution": resolution.pk}
    for loan, answer in zip(loans, ("yes", "no", ""), strict=True):
        said |= {f"decision_{loan.pk}": answer, f"amount_{loan.pk}": "1000", f"instalments_{loan.pk}": "4"}
    body = sent(chair, "decide_loans", ours.kept.book_id, **said)
    assert f"{ours.members[1].name}: บอกเหตุผลที่ไม่อนุมัติ" in body
    assert "บันทึกมติแล้ว 2 คำขอ" in sent(chair, "decide_loans", ours.kept.book_id, **(said | {f"why_{loans[1].pk}": "เกินกำลัง"}))
    assert sorted(Loan.objects.values_list("state", flat=True)) == ["applied", "approved", "refused"]
    assert "ยังไม่ได้เลือกคำขอที่ลงมติ" in sent(chair, "decide_loans", ours.kept.book_id, resolution=resolution.pk)


def test_the_register_is_filtered_printed_and_kept_as_a_workbook(ours: Kept, treasurer: Client) -> None:
    book, (one, two, three, _four) = ours.kept.book_id, ours.members
    a_loan(ours, one, 600_000, 6, date(2021, 1, 5))
    a_loan(ours, two, 100_000, 4, JUNE)
    an_application(ours, three, 100_000, 4, JUNE)
    late = shown(treasurer, "loans", book, state="overdue")
    assert (one.name in late, two.name in late, "ค้าง 125 วัน" in late) == (True, False, True)
    waiting = shown(treasurer, "loans", book, state="waiting")
    assert (one.name in waiting, three.name in waiting) == (False, True)
    assert two.name in shown(treasurer, "loans", book, q="L2")
    assert "ไม่พบเงินกู้ที่ค้นหา" in shown(treasurer, "loans", book, q="ไม่มี")
    paper = shown(treasurer, "loans_paper", book)
    assert (one.name in paper, three.name in paper, "7,000.00" in paper) == (True, False, True)
    answer = treasurer.get(reverse("treasury:loans_sheet", args=[book]))
    assert (answer.status_code, answer.content[:2]) == (200, b"PK")


@pytest.mark.parametrize("count", [1, 3])
def test_lists_ask_the_same_number_of_queries(
    ours: Kept, treasurer: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for member in ours.members[:count]:
        a_loan(ours, member, 100_000, 4, JUNE, guarantors=[ours.members[3]])
        an_application(ours, member, 100_000, 4, JUNE, guarantors=[ours.members[3]])
    with django_assert_num_queries(17):
        shown(treasurer, "loans", ours.kept.book_id)
    chair = browser(ours.chair)
    with django_assert_num_queries(22):
        shown(chair, "decide_loans", ours.kept.book_id)


def test_who_decides_and_who_pays_are_told_what_waits(ours: Kept) -> None:
    asked = an_application(ours, ours.members[0], 100_000, 4, JUNE)
    titles = [duty.title for duty in duties(ours.chair, TODAY)]
    assert "ลงมติคำขอกู้ 1 คำขอ" in titles
    assert "ลงมติคำขอกู้ 1 คำขอ" in [duty.title for duty in due_of(ours.chair, ours.kept, TODAY)]
    approved(ours, asked, JUNE)
    assert "จ่ายเงินกู้ที่อนุมัติแล้ว 1 สัญญา" in [duty.title for duty in duties(ours.treasurer, TODAY)]
    assert [duty.title for duty in duties(ours.chair, TODAY) if "คำขอกู้" in duty.title] == []


def test_the_members_page_shows_his_loans_and_what_he_guarantees(ours: Kept) -> None:
    one, two = ours.members[:2]
    loan = a_loan(ours, one, 100_000, 4, JUNE, guarantors=[two])
    [own] = [panel for panel in member_panels(ours.treasurer, one) if panel.template == "treasury/panels/loans.html"]
    [guaranteed] = [panel for panel in member_panels(ours.treasurer, two) if panel.template == "treasury/panels/loans.html"]
    assert [row.loan.pk for row in own.context["loans"].own] == [loan.pk]
    assert guaranteed.context["loans"].exposure == 100_000
    body = browser(ours.treasurer).get(one.get_absolute_url()).content.decode()
    assert reverse("treasury:loan", args=[loan.pk]) in body


def test_a_list_of_decisions_keeps_numbers_apart(ours: Kept) -> None:
    loans = [an_application(ours, member, 100_000, 4, JUNE) for member in ours.members[:3]]
    resolution = about_loans(ours, JUNE)
    wanted = [Decision(loans[0], True), Decision(loans[1], True, number="1/2564"), Decision(loans[2], True)]
    made = lending.decide_loans(by=ours.chair, kept=ours.kept, resolution=resolution, decisions=wanted)
    assert [loan.number for loan in made] == ["L1", "1/2564", "L2"]
