"""Posting: balances, totals, numbers, floors, reversals, periods. Amounts in satang."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import Error, connection, transaction

from sajja.ledger import actions, queries, sums
from sajja.ledger.models import BookHead, Entry, Floor, Movement, Numbering, PeriodTotal, Stage
from sajja.ledger.verifying import verify
from sajja.lib.refusals import Refused
from sajja.web import clock
from tests.ledger.books import TREASURER, a_book, arrows, closed, deposits, key, posted, standing, taken_back

pytestmark = pytest.mark.django_db
JANUARY, FEBRUARY, MARCH = date(2021, 1, 5), date(2021, 2, 5), date(2021, 3, 5)


def test_a_deposit_stands_on_both_accounts_and_on_the_heading() -> None:
    book = a_book()
    made = posted(book, JANUARY, ("11000", "31020:M01", 20000, "M01"), ("11000", "31020:M02", 30000, "M02"))
    assert (standing(book, "11000"), standing(book, "31020"), standing(book, "31020:M01")) == (50000, 50000, 20000)
    assert made.entry.voucher == "2564/001"
    assert made.receipts == {"M01": 1, "M02": 2}
    assert list(PeriodTotal.objects.filter(account__code="31020").values_list("month", "debits", "credits")) == [
        (202101, 0, 50000)
    ]
    assert verify(book) == []


def test_all_movements_of_one_slip_share_a_receipt_number() -> None:
    book = a_book()
    made = posted(
        book, JANUARY, ("11000", "31020:M01", 20000, "M01"), ("11000", "42000", 1000, "M01"), ("11000", "31020:M02", 1, "M02")
    )
    assert [m.receipt for m in queries.movements_of(made.entry)] == [1, 1, 2]
    assert posted(book, FEBRUARY, ("11000", "31020:M02", 1, "M02")).receipts == {"M02": 3}


def test_numbers_begin_again_in_the_fiscal_year_of_the_group() -> None:
    book = a_book(starts=10, opened=date(2020, 10, 1))
    made = [posted(book, day, ("11000", "42000", 100, 1)).entry for day in (date(2021, 9, 30), date(2021, 10, 1))]
    assert [entry.voucher for entry in made] == ["2564/001", "2565/001"]
    assert list(Numbering.objects.filter(book=book).values_list("year", "entries", "receipts")) == [(2021, 1, 1), (2022, 1, 1)]


def test_the_same_uuid_answers_what_it_made_and_posts_nothing() -> None:
    book, uuid = a_book(), uuid4()
    first = posted(book, JANUARY, ("11000", "31020:M01", 20000, "M01"), uuid=uuid)
    again = posted(book, JANUARY, ("11000", "31020:M01", 20000, "M01"), uuid=uuid)
    assert (again.entry.pk, again.receipts) == (first.entry.pk, first.receipts)
    assert standing(book, "31020:M01") == 20000
    with pytest.raises(Refused, match="2564/001"):
        posted(book, JANUARY, ("11000", "31020:M01", 25000, "M01"), uuid=uuid)


def test_savings_never_go_below_nought_today() -> None:
    book = a_book()
    deposits(book, JANUARY)
    with pytest.raises(Refused, match=r"200\.00 บาท ยังไม่พอสำหรับ 200\.01"):
        posted(book, FEBRUARY, ("31020:M01", "11000", 20001))
    assert standing(book, "31020:M01") == 20000


def test_a_back_dated_withdrawal_may_not_break_a_later_day() -> None:
    book = a_book()
    deposits(book, JANUARY, MARCH)
    posted(book, date(2021, 2, 10), ("31020:M01", "11000", 15000))
    with pytest.raises(Refused, match=r"50\.00"):
        posted(book, date(2021, 2, 1), ("31020:M01", "11000", 10000))
    posted(book, date(2021, 2, 1), ("31020:M01", "11000", 5000))
    assert verify(book) == []


def test_nothing_is_paid_from_an_empty_box_but_a_wrong_receipt_can_be_reversed() -> None:
    book = a_book()
    made = posted(book, JANUARY, ("11000", "31020:M01", 20000, "M01"), ("11000", "31020:M02", 100, "M02")).entry
    posted(book, JANUARY, ("12100", "11000", 20100))
    with pytest.raises(Refused, match="เงินสด"):
        posted(book, JANUARY, ("54000", "11000", 1))
    taken_back(made, JANUARY, receipt=2)
    assert standing(book, "11000") == -100


def test_a_heading_does_not_pay_with_what_a_keeper_under_it_holds() -> None:
    book = a_book()
    with transaction.atomic():
        actions.open_accounts(book=book, accounts=[actions.NewAccount("11000:K1", "ผู้เก็บ", "", "11000", Floor.PAYMENTS)])
    posted(book, JANUARY, ("11000:K1", "31020:M01", 20000), ("11000", "31020:M02", 500))
    with pytest.raises(Refused, match=r"มีให้ใช้ได้ 5\.00 บาท"):
        posted(book, JANUARY, ("54000", "11000", 501))
    posted(book, JANUARY, ("54000", "11000", 500))
    assert (standing(book, "11000"), standing(book, "11000:K1"), verify(book)) == (20000, 20000, [])


def test_a_fund_that_is_empty_pays_nothing() -> None:
    book = a_book()
    deposits(book, JANUARY)
    with pytest.raises(Refused, match="ทุนสวัสดิการ"):
        posted(book, JANUARY, ("34530", "11000", 100))


def test_one_receipt_is_reversed_once_and_the_rest_can_still_be() -> None:
    book = a_book()
    made = posted(book, JANUARY, ("11000", "31020:M01", 20000, "M01"), ("11000", "31020:M02", 30000, "M02")).entry
    back = taken_back(made, FEBRUARY, receipt=1).entry
    assert (standing(book, "31020:M01"), standing(book, "31020:M02")) == (0, 30000)
    assert (back.kind, back.reverses_id) == ("reversal", made.pk)
    with pytest.raises(Refused, match="แก้ไปแล้ว"):
        taken_back(made, FEBRUARY, receipt=1)
    assert taken_back(made, FEBRUARY).entry.lines == 1
    with pytest.raises(Refused, match="แก้ไปแล้ว"):
        taken_back(made, FEBRUARY)
    assert (standing(book, "11000"), verify(book)) == (0, [])


def test_a_reversal_is_not_reversed_nor_dated_before_what_it_takes_back() -> None:
    book = a_book()
    made = posted(book, FEBRUARY, ("11000", "31020:M01", 20000)).entry
    with pytest.raises(Refused, match="ต้องไม่ก่อน"):
        taken_back(made, JANUARY)
    back = taken_back(made, FEBRUARY).entry
    with pytest.raises(Refused, match="เป็นการแก้รายการอยู่แล้ว"):
        taken_back(back, MARCH)


def test_a_reversal_passes_the_floor_like_any_withdrawal() -> None:
    book = a_book()
    made = deposits(book, JANUARY)[0].entry
    posted(book, FEBRUARY, ("31020:M01", "11000", 5000))
    with pytest.raises(Refused, match="ยังไม่พอ"):
        taken_back(made, MARCH)


def test_a_closed_month_refuses_and_the_next_is_open() -> None:
    book = a_book()
    made = deposits(book, JANUARY)[0].entry
    closed(book, 202101)
    for refused in (lambda: deposits(book, date(2021, 1, 31)), lambda: taken_back(made, date(2021, 1, 31))):
        with pytest.raises(Refused, match="งวดเดือน มกราคม 2564 ปิดแล้ว"):
            refused()
    deposits(book, date(2021, 2, 1))
    taken_back(made, FEBRUARY)
    assert verify(book) == []


def test_months_close_in_order_and_only_when_they_are_over() -> None:
    book = a_book()
    deposits(book, JANUARY)
    with pytest.raises(Refused, match="โปรดปิดงวดเดือน มกราคม 2564 ก่อน"):
        closed(book, 202102)
    with transaction.atomic(), pytest.raises(Refused, match="ยังไม่สิ้น"):
        actions.close_month(book=book, month=202101, at=clock.moment(date(2021, 1, 31)), **TREASURER)
    closed(book, 202101, 202102)
    with pytest.raises(Refused, match="ปิดแล้ว"):
        closed(book, 202101)


def test_opening_a_month_again_needs_a_second_person_and_a_reason() -> None:
    book = a_book()
    deposits(book, JANUARY)
    closed(book, 202101, 202102)

    def opened(month: int, second: str, reason: str) -> None:
        with transaction.atomic():
            actions.reopen_month(
                book=book, month=month, second=second, second_name="ประธาน", reason=reason, at=clock.now(), **TREASURER
            )

    for month, second, reason in [(202101, "person:2", "ลืม"), (202102, "person:1", "ลืม"), (202102, "person:2", " ")]:
        with pytest.raises(Refused):
            opened(month, second, reason)
    opened(202102, "person:2", "ลืมลงค่าปรับ")
    opened(202101, "person:2", "ลืมลงค่าปรับ")
    deposits(book, JANUARY)
    assert (BookHead.objects.get(book=book).closed_through, verify(book)) == (202012, [])


def test_period_13_stays_open_until_the_year_is_closed() -> None:
    book = a_book()
    deposits(book, JANUARY)
    closed(book, *range(202101, 202113))
    end = date(2021, 12, 31)
    posted(book, end, ("54000", "42000", 100), stage=Stage.ADJUSTING)
    with pytest.raises(Refused, match="วันสุดท้ายของปีบัญชี"):
        posted(book, date(2021, 12, 30), ("54000", "42000", 100), stage=Stage.ADJUSTING)
    posted(book, end, ("42000", "34530", 100), stage=Stage.CLOSING)
    with transaction.atomic():
        actions.close_year(book=book, year=2021, at=clock.moment(date(2022, 1, 16)), **TREASURER)
    with pytest.raises(Refused, match="ปีบัญชีนี้ปิดแล้ว"):
        posted(book, end, ("54000", "42000", 100), stage=Stage.ADJUSTING)
    before = {h.code: h.balance for h in queries.headings(book, end, Stage.ADJUSTING)}
    after = {h.code: h.balance for h in queries.headings(book, end)}
    assert (before["42000"], after["42000"], after["34530"]) == (-100, 0, -100)
    assert verify(book) == []


def test_an_adjustment_is_taken_back_within_period_13_until_the_year_is_closed() -> None:
    book = a_book()
    deposits(book, JANUARY)
    end = date(2021, 12, 31)
    made = posted(book, end, ("54000", "42000", 100), stage=Stage.ADJUSTING).entry
    again = posted(book, end, ("54000", "42000", 70), stage=Stage.ADJUSTING).entry
    closed(book, *range(202101, 202113))
    with pytest.raises(Refused, match="งวดเดือน ธันวาคม 2564 ปิดแล้ว"):
        taken_back(made, end)
    taken_back(made, end, stage=Stage.ADJUSTING)
    assert {h.code: h.balance for h in queries.headings(book, end, Stage.MONTH)}["42000"] == 0
    assert {h.code: h.balance for h in queries.headings(book, end, Stage.ADJUSTING)}["42000"] == -70
    with transaction.atomic():
        actions.close_year(book=book, year=2021, at=clock.moment(date(2022, 1, 16)), **TREASURER)
    with pytest.raises(Refused, match="ปีบัญชีนี้ปิดแล้ว"):
        taken_back(again, end, stage=Stage.ADJUSTING)
    assert verify(book) == []


def test_a_day_before_the_book_or_still_to_come_is_refused() -> None:
    book = a_book()
    with pytest.raises(Refused, match="เริ่มวันที่"):
        deposits(book, date(2020, 12, 31))
    with pytest.raises(Refused, match="ไม่หลังวันนี้"):
        posted(book, FEBRUARY, ("11000", "42000", 1), at=clock.moment(JANUARY))


def test_the_trial_balance_of_any_day_is_the_sum_of_the_movements_until_then() -> None:
    book = a_book()
    deposits(book, JANUARY, date(2021, 1, 20), FEBRUARY)
    for day, cash in [
        (date(2021, 1, 4), 0),
        (JANUARY, 20000),
        (date(2021, 1, 19), 20000),
        (date(2021, 1, 31), 40000),
        (None, 60000),
    ]:
        balance = sums.trial_balance(queries.headings(book, day))
        assert (balance.debits, balance.credits) == (cash, cash)
        assert queries.balances_on(book, [key(book, "31020:M01")], day) == {key(book, "31020:M01"): -cash}


def test_the_lines_of_a_heading_hold_what_stands_under_it_by_day() -> None:
    book = a_book()
    deposits(book, FEBRUARY, JANUARY)
    posted(book, MARCH, ("31020:M01", "11000", 5000))
    lines = list(queries.lines_of(book, [key(book, "31020")], JANUARY, MARCH))
    assert [(line.entry.date, line.amount) for line in lines] == [(JANUARY, -20000), (FEBRUARY, -20000), (MARCH, 5000)]


@pytest.mark.parametrize("table", ["ledger_entry", "ledger_movement", "ledger_periodmove"])
@pytest.mark.parametrize("sql", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_the_database_refuses_to_change_what_was_posted(table: str, sql: str) -> None:
    book = a_book()
    deposits(book, JANUARY)
    closed(book, 202101)
    with pytest.raises(Error, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.format(table))
    assert verify(book) == []


def test_insert_or_replace_does_not_slip_past() -> None:
    book = a_book()
    entry = deposits(book, JANUARY)[0].entry
    sql = (
        "INSERT OR REPLACE INTO ledger_movement SELECT * FROM ledger_movement"
        if connection.vendor == "sqlite"
        else "TRUNCATE ledger_movement"
    )
    connection.check_constraints()  # or PostgreSQL refuses for another reason: foreign keys still to be looked at
    with pytest.raises(Error, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert Movement.objects.filter(entry=entry).count() == 1


def test_accounts_of_another_book_are_refused() -> None:
    ours, theirs = a_book(), a_book("480502-1")
    with pytest.raises(ValueError, match="another book"), transaction.atomic():
        actions.post(
            book=ours, date=JANUARY, kind="general", memo="", arrows=arrows(theirs, ("11000", "42000", 1)), at=clock.now(),
            **TREASURER,
        )  # fmt: skip
    assert Entry.objects.filter(book=ours).count() == 0
