"""The pages of members' savings, as the treasurer uses them."""

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from sajja.groups import actions as groups
from sajja.groups.actions import NewRegulation
from sajja.groups.models import Family
from sajja.ledger.models import Account
from sajja.treasury.models import BalanceConfirmation, InterestRun, PassbookMark, Settlement
from tests.cast import Cast
from tests.treasury.books import Kept, a_book

pytestmark = pytest.mark.django_db


@pytest.fixture
def ours() -> Kept:
    made = a_book(pledged=480000)
    groups.add_regulation(
        by=Cast().district_officer, group=made.group, regulation=NewRegulation(
            in_force_from=date(2020, 1, 1), pledge_unit_satang=5000, pledge_units_least=1, pledge_units_most=20, collecting_day=5,
            loan_interest_bp=1200, special_interest_bp=200, heads=[("ทุนสำรอง", 10000)],
        ),
    )  # fmt: skip
    return made


@pytest.fixture
def page(client: Client, ours: Kept) -> Client:
    client.force_login(ours.treasurer)
    return client


def sent(page: Client, address: str, **said: object) -> str:
    """Send a form and read where it leads, with what that page says."""
    answer = page.post(address, {"once": str(uuid4()), **said}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def cash(ours: Kept) -> int:
    return Account.objects.get(book=ours.kept.book, code="11000").pk


def test_special_savings_go_in_and_out_from_the_members_page(page: Client, ours: Kept) -> None:
    one = ours.members[0].pk
    body = sent(page, reverse("treasury:special_in", args=[one]), satang="1,000.50", date="8/6/2564", money=cash(ours), memo="")
    assert "รับฝากแล้ว" in body
    assert "1,000.50" in body
    body = sent(page, reverse("treasury:special_out", args=[one]), satang="2000", date="9/6/2564", money=cash(ours), memo="")
    assert "มีให้ใช้ได้ 1,000.50 บาท" in body
    sent(page, reverse("treasury:special_out", args=[one]), satang="500", date="9/6/2564", money=cash(ours), memo="")
    assert ours.standing("20000:M01") == 50050


def test_a_passbook_shows_what_is_not_written_and_then_nothing(page: Client, ours: Kept) -> None:
    one = ours.members[0].pk
    address = reverse("treasury:passbook", args=[one])
    assert page.get(address).content.decode().count("4,800.00") == 2
    assert "ลงสมุดคู่ฝากครบ" in sent(page, reverse("treasury:mark_passbook", args=[one]))
    assert "สมุดคู่ฝากเป็นปัจจุบันแล้ว" in page.get(address).content.decode()
    assert PassbookMark.objects.get().lines == 1


def test_interest_is_shown_first_and_then_credited_once(page: Client, ours: Kept) -> None:
    from sajja.web import clock

    one = ours.members[0].pk
    sent(page, reverse("treasury:special_in", args=[one]), satang="6000", date="1/1/2564", money=cash(ours), memo="")
    with clock.fixed(date(2021, 7, 1)):
        shown = page.get(reverse("treasury:interest", args=[ours.kept.book_id])).content.decode()
        assert "30 มิถุนายน 2564" in shown
        credit = reverse("treasury:credit_interest", args=[ours.kept.book_id])
        assert "50.00" in page.get(credit + "?day=2021-06-30").content.decode()
        assert "ลงดอกเบี้ยเข้าบัญชีสมาชิกแล้ว" in sent(page, credit, day="2021-06-30")
        assert "ไปแล้ว" in sent(page, credit, day="2021-06-30")
    run = InterestRun.objects.get()
    assert run.entry
    assert ours.standing("20000:M01") == 605000
    assert "6,000.00" in page.get(reverse("treasury:interest_run", args=[run.pk])).content.decode()


def test_savings_pass_within_the_family_by_the_page(page: Client, ours: Kept) -> None:
    family = Family.objects.create(group=ours.group, code="F1")
    for member in ours.members[:2]:
        member.family = family
        member.save()
    body = sent(
        page,
        reverse("treasury:transfer", args=[ours.members[0].pk]),
        taker=ours.members[1].pk,
        satang="800",
        date="9/6/2564",
        memo="",
    )
    assert "โอนแล้ว" in body
    assert ours.standing("31020:M02") == 560000


def test_a_leaver_waits_for_the_money_and_fetches_it(page: Client, ours: Kept) -> None:
    settle = reverse("treasury:settle", args=[ours.members[2].pk])
    body = sent(page, settle, why="left", because="ย้ายถิ่น", date="9/6/2564", money="", resolution="")
    assert "ยังรอจ่าย" in body
    made = Settlement.objects.get()
    paper = page.get(reverse("treasury:settlement", args=[made.pk])).content.decode()
    assert "สี่พันแปดร้อยบาทถ้วน" in paper
    assert "จ่ายแล้ว" in sent(page, reverse("treasury:pay_leaver", args=[made.pk]), date="10/6/2564", money=cash(ours))
    assert ours.standing("11000") == 960000


def test_balances_are_asked_printed_and_answered(page: Client, ours: Kept) -> None:
    book = ours.kept.book_id
    assert "ออกหนังสือยืนยันยอดแล้ว 3 ฉบับ" in sent(page, reverse("treasury:ask_confirmations", args=[book]), on="31/5/2564")
    slip = BalanceConfirmation.objects.order_by("pk")[0]
    address = reverse("treasury:confirmation", args=[slip.pk])
    assert "โปรดใส่ยอดที่สมาชิกบอก" in sent(page, address, answer="differs", said_satang="", solved="")
    body = sent(page, address, answer="differs", said_satang="4700", solved="สมุดลงตก ลงให้แล้ว")
    assert "แก้แล้ว" in body
    paper = page.get(reverse("treasury:confirmation_paper", args=[book, "2021-05-31"])).content.decode()
    assert paper.count("หนังสือยืนยันยอดเงินออม") == 3


@pytest.mark.parametrize("members", [1, 3])
def test_the_register_asks_the_same_for_any_number_of_members(
    client: Client, members: int, django_assert_num_queries: object
) -> None:
    few = a_book(members=members, pledged=100)
    client.force_login(few.treasurer)
    client.get(reverse("treasury:savings", args=[few.kept.book_id]))
    with django_assert_num_queries(13):  # type: ignore[operator]
        body = client.get(reverse("treasury:savings", args=[few.kept.book_id])).content.decode()
    assert body.count("M01") == 1


@pytest.mark.parametrize("year", ["²", "๒๕๖๔", "-1", "0", "99999", "x"])
def test_a_year_that_is_none_shows_the_page_all_the_same(page: Client, ours: Kept, year: str) -> None:
    assert page.get(reverse("treasury:member", args=[ours.members[0].pk]), {"year": year}).status_code == 200
    assert page.get(reverse("treasury:vouchers", args=[ours.kept.book_id]), {"q": f"2564/{year}"}).status_code == 200
