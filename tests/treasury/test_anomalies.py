"""What in the books deserves a look: each rule with a group that breaks it, and the district's list."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sajja.treasury.anomalies import above_share
from sajja.treasury.models import BalanceConfirmation
from sajja.treasury.queries.anomalies import anomalies_of
from sajja.web import clock
from tests.cast import Cast
from tests.factories import a_group
from tests.treasury.books import Kept, a_book
from tests.treasury.loans import a_loan

pytestmark = pytest.mark.django_db
TODAY = date(2021, 6, 10)


def told(book: Kept, today: date = TODAY) -> dict[str, str]:
    return {one.key: one.words for one in anomalies_of([book.kept], today).get(book.kept.pk, [])}


def test_a_book_that_nobody_touched_and_the_days_it_missed_are_told() -> None:
    book = a_book(pledged=10_000)
    found = told(book)
    assert (found["untouched"], found["missed"]) == ("ไม่มีการลงบัญชีมา 160 วัน", "ไม่มีใบรับเงินของวันส่งเงินสัจจะ 3 เดือน")
    assert "untouched" not in told(book, date(2021, 2, 9))
    assert "untouched" in told(book, date(2021, 2, 10))


def test_cash_above_the_rule_is_told_after_its_days_of_grace() -> None:
    book = a_book(pledged=10_000)
    book.post("11000", "46000", 600_000, date(2021, 6, 1), "income")
    assert "cash" not in told(book, date(2021, 6, 4))
    assert told(book, date(2021, 6, 5))["cash"] == "เงินสดในมือเกินระเบียบ มี 6,300.00 บาท เก็บได้ 5,000.00 บาท"


def test_round_payments_by_one_person_are_told_from_the_third_on() -> None:
    book = a_book(opening=[("11000", 1_000_000), ("34000", -1_000_000)])
    for at in (1, 2):
        book.post("53000", "11000", 100_000, date(2021, 6, at), "expense")
    book.post("53000", "11000", 100_001, date(2021, 6, 3), "expense")
    assert "round" not in told(book)
    book.post("53000", "11000", 200_000, date(2021, 6, 4), "expense")
    assert told(book)["round"] == "ใบสำคัญจ่ายยอดกลม 3 ใบ ลงโดยคนเดียวกันใน 90 วัน ขอดูหลักฐานการจ่าย"


def test_a_slip_that_disagrees_is_told_until_it_is_solved() -> None:
    book = a_book(pledged=10_000)
    slip = BalanceConfirmation.objects.create(
        kept=book.kept, member=book.members[0], on=date(2021, 5, 31), pledged_satang=10_000, special_satang=0, answer="differs",
        said_satang=12_000, at=clock.moment(TODAY),
    )  # fmt: skip
    assert told(book)["slips"] == "สมาชิกตอบใบยืนยันยอดว่าไม่ตรง 1 ใบ ยังไม่ได้แก้"
    slip.solved = "ลงสลับคน แก้แล้ว"
    slip.save()
    assert "slips" not in told(book)


def test_loans_to_the_committee_above_their_part_of_the_savings_are_told() -> None:
    book = a_book(pledged=1_000_000)
    a_loan(book, book.members[0], 90_000, 9, date(2021, 6, 1))
    a_loan(book, book.members[1], 10_000, 9, date(2021, 6, 1))
    book.group.committee.create(
        name=book.members[0].name, sex="male", section="directing", office="chair", starts=date(2021, 1, 1)
    )
    assert told(book)["committee"] == "กรรมการกู้ร้อยละ 90 ของเงินกู้ ขณะที่มีเงินสัจจะร้อยละ 33"


def test_a_committee_within_its_share_is_not_told() -> None:
    assert [above_share(lent, 100, 30, 100, 20) for lent in (50, 51)] == [False, True]
    assert above_share(0, 0, 0, 0, 20) is False


def test_the_districts_list_shows_the_worst_first_without_names_at_a_fixed_price(client: Client) -> None:
    cast, prices, page = Cast(), [], ""
    for names in (["หนึ่ง"], ["สอง", "สาม"]):
        for name in names:
            a_book(a_group(f"กลุ่ม{name}"), cast=cast, pledged=10_000)
        client.force_login(cast.district_officer)
        with CaptureQueriesContext(connection) as asked:
            page = client.get(reverse("treasury:anomalies")).content.decode()
        prices.append(len(asked))
    assert (page.count("ไม่มีการลงบัญชีมา"), "บุญมี" in page) == (3, False)
    assert prices[0] == prices[1]
