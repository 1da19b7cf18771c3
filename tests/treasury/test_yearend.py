"""The year's end: depreciation, allowance, interest set aside, an audit's adjustment, the closing, the opinion."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from sajja.groups import actions as groups
from sajja.ledger import actions as ledger
from sajja.ledger import periods
from sajja.ledger.actions import NewAccount
from sajja.ledger.models import BookHead, Entry, Stage
from sajja.ledger.queries import headings
from sajja.ledger.verifying import verify
from sajja.lib.refusals import Refused
from sajja.treasury import actions
from sajja.treasury.actions import savings, vouchers
from sajja.treasury.actions import yearend as acts
from sajja.treasury.actions.vouchers import CodeArrow
from sajja.treasury.models import YearAdjustment, YearEnd
from sajja.treasury.queries import statements
from sajja.treasury.queries import yearend as queries
from sajja.treasury.queries.year_checks import checklist
from sajja.treasury.queries.year_figures import figures_of
from sajja.web import clock
from tests.treasury.books import Kept, a_book
from tests.treasury.people import a_resolution
from tests.treasury.test_savings import RULES

pytestmark = pytest.mark.django_db
END, AFTER = date(2021, 12, 31), date(2022, 1, 10)


def a_year(*, opened_on: date = date(2021, 1, 1), members: int = 2, pledged: int = 100_000) -> Kept:
    """A book with an office machine of 3,000.00, 600.00 of it written off."""
    return a_book(
        members=members, pledged=pledged, opened_on=opened_on, opening=[("17000", 300_000), ("17900", -60_000), ("34000", -240_000)]
    )  # fmt: skip


def close_months(book: Kept, through: int = 202112) -> None:
    """Close every month until this one."""
    first = periods.month_of(book.kept.book.opened_on)
    head = BookHead.objects.get(book=book.kept.book)
    for month in periods.months(periods.after(head.closed_through) if head.closed_through else first, through):
        with clock.fixed(date(2023, 2, 1)):
            actions.close_month(by=book.treasurer, kept=book.kept, month=month)


def balances(book: Kept, on: date = END, through: Stage = Stage.CLOSING) -> dict[str, int]:
    """Code → balance, without those at nought."""
    return {one.code: one.balance for one in headings(book.kept.book, on, through) if one.balance}


def base(book: Kept, year: int = 2021) -> dict[str, Any]:
    """What each act is told."""
    return {"by": book.treasurer, "kept": book.kept, "fiscal_year": year}


def closed(book: Kept, year: int = 2021, on: date = AFTER) -> YearEnd:
    """The year closed, its months before it."""
    close_months(book, year * 100 + 12)
    with clock.fixed(on):
        return acts.close_year(by=book.treasurer, kept=book.kept, fiscal_year=year)


@pytest.fixture(autouse=True)
def _january() -> Iterator[None]:
    with clock.fixed(AFTER):
        yield


def test_depreciation_is_a_straight_line_and_what_was_bought_counts_from_its_month() -> None:
    book = a_year()
    acts.set_year_rules(by=book.treasurer, kept=book.kept, from_year=2021, depreciation={"17000": 2000})
    book.post("17000", "11000", 120_000, date(2021, 10, 4))
    made = acts.depreciate(**base(book))
    assert made.satang == 60_000 + 120_000 * 20 // 100 * 3 // 12
    assert (made.entry.date, made.entry.stage, made.entry.kind) == (END, Stage.ADJUSTING, "depreciation")
    assert balances(book)["57000"] == 66_000
    with pytest.raises(Refused, match="แล้ว"):
        acts.depreciate(**base(book))


def test_depreciation_never_takes_more_than_is_left_of_the_cost() -> None:
    book = a_year()
    acts.set_year_rules(by=book.treasurer, kept=book.kept, from_year=2021, depreciation={"17000": 9000})
    assert acts.depreciate(**base(book)).satang == 240_000
    assert (balances(book)["17000"], balances(book)["17900"]) == (300_000, -300_000)


def test_depreciation_charged_by_hand_in_the_year_is_not_charged_again() -> None:
    book = a_year()
    acts.set_year_rules(by=book.treasurer, kept=book.kept, from_year=2021, depreciation={"17000": 2000})
    book.post("57000", "17900", 60_000, date(2021, 11, 30))
    with pytest.raises(Refused, match="ไม่มีค่าเสื่อมราคา"):
        acts.depreciate(**base(book))


def test_an_adjustment_is_posted_though_the_months_are_closed_and_taken_back_in_period_13() -> None:
    book = a_year()
    acts.set_year_rules(by=book.treasurer, kept=book.kept, from_year=2021, depreciation={"17000": 2000})
    close_months(book)
    made = acts.depreciate(**base(book))
    acts.take_back_adjustment(by=book.treasurer, adjustment=made, reason="อัตราผิด")
    assert "57000" not in balances(book)
    assert balances(book, through=Stage.MONTH) == balances(book)
    with pytest.raises(Refused, match="ยกเลิกไปแล้ว"):
        acts.take_back_adjustment(by=book.treasurer, adjustment=made, reason="อัตราผิด")
    assert acts.depreciate(**base(book)).satang == 60_000
    assert verify(book.kept.book) == []


def test_an_allowance_is_brought_to_what_the_meeting_resolved_up_and_down() -> None:
    book = a_year()
    book.post("13000", "11000", 150_000, date(2021, 3, 1))
    resolved = a_resolution(book, "ให้ตั้งค่าเผื่อหนี้สงสัยจะสูญ", date(2022, 1, 5))
    with pytest.raises(Refused, match="ต้องอ้างมติ"):
        acts.allow(**base(book), resolution=None, wanted=30_000)
    with pytest.raises(Refused, match="มากกว่าเงินกู้"):
        acts.allow(**base(book), resolution=resolved, wanted=150_001)
    made = acts.allow(**base(book), resolution=resolved, wanted=30_000)
    assert (made.satang, balances(book)["13100"], balances(book)["58100"]) == (30_000, -30_000, 30_000)
    closed(book)
    with clock.fixed(date(2023, 1, 10)):
        less = acts.allow(**base(book, 2022), resolution=resolved, wanted=10_000)
    assert less.satang == -20_000
    assert balances(book, date(2022, 12, 31))["58100"] == -20_000


def test_interest_set_aside_at_the_years_end_is_what_crediting_pays_from() -> None:
    """Special savings earn until September; the rules credit them on 30 June and 31 December, the fiscal year ends in September."""
    book = a_book(members=2, pledged=100_000, fiscal_year_starts=10)
    groups.add_regulation(by="system", group=book.group, regulation=RULES)
    for member in book.members:
        with clock.fixed(date(2021, 1, 5)):
            savings.special_in(
                by=book.treasurer,
                kept=book.kept,
                member=member,
                satang=600_000,
                date=date(2021, 1, 5),
                money=book.account("11000"),
            )
    with clock.fixed(date(2021, 6, 30)):
        savings.credit_interest(by=book.treasurer, kept=book.kept, day=date(2021, 6, 30))
    with clock.fixed(date(2021, 10, 20)):
        made = acts.accrue(**base(book))
        assert made.satang == sum(row["satang"] for row in made.rows) > 0
        september = balances(book, date(2021, 9, 30))
        assert september["23500"] == -made.satang
        with pytest.raises(Refused, match="แล้ว"):
            acts.accrue(**base(book))
    run_day = date(2021, 12, 31)
    with clock.fixed(run_day):
        run = savings.credit_interest(by=book.treasurer, kept=book.kept, day=run_day)
    total = sum(row["interest"] for row in run.rows)
    assert "23500" not in balances(book, run_day)
    assert balances(book, run_day)["50000"] == september["50000"] + total - made.satang
    with pytest.raises(Refused, match="จ่ายเข้าบัญชีสมาชิกแล้ว"):
        acts.take_back_adjustment(by=book.treasurer, adjustment=made, reason="ผิด")
    assert verify(book.kept.book) == []


def test_what_the_audit_finds_is_posted_by_codes_with_its_reason_and_no_cash() -> None:
    book = a_year()
    close_months(book)
    made = acts.adjust(**base(book), arrows=[CodeArrow("54000", "23000", 25_000)], why="ค่าเช่าเดือนธันวาคมยังไม่ได้ลง")
    assert (made.satang, made.entry.memo, balances(book)["54000"]) == (25_000, "ค่าเช่าเดือนธันวาคมยังไม่ได้ลง", 25_000)
    for arrows, why, words in (
        ([CodeArrow("54000", "23000", 1)], " ", "เหตุผล"),
        ([CodeArrow("54000", "11000", 1)], "ผิด", "ไม่แตะเงินสด"),
        ([CodeArrow("54000", "31020", 1)], "ผิด", "แยกเป็นรายคน"),
        ([CodeArrow("54000", "31020:M01", 1)], "ผิด", "ต้องอ้างมติ"),
        ([CodeArrow("54000", "99999", 1)], "ผิด", "ไม่มีรหัสบัญชี"),
    ):
        with pytest.raises(Refused, match=words):
            acts.adjust(**base(book), arrows=arrows, why=why)


def test_closing_keeps_both_views_and_the_result_of_the_year_stays_what_it_was() -> None:
    book = a_year()
    book.post("11000", "41000", 50_000, date(2021, 5, 5))
    book.post("54000", "11000", 20_000, date(2021, 7, 5))
    book.post("11000", "42000", 700, date(2022, 1, 5))
    before = balances(book)
    ended = closed(book)
    assert (ended.surplus_satang, ended.entry and ended.entry.stage, ended.carried) == (30_000, Stage.CLOSING, None)
    assert balances(book, through=Stage.ADJUSTING) == before
    assert {code: net for code, net in balances(book).items() if code[0] in "45"} == {"40000": -30_000}
    year = queries.year_of(book.kept, 2021)
    assert statements.income_statement(book.kept.book, year.span).net == 30_000
    assert balances(book, AFTER)["42000"] == -700
    assert figures_of(year)["surplus"] == 30_000
    assert verify(book.kept.book) == []


def test_a_loss_stands_on_the_other_side_of_40000() -> None:
    book = a_year()
    book.post("54000", "11000", 20_000, date(2021, 7, 5))
    assert (closed(book).surplus_satang, balances(book)["40000"]) == (-20_000, 20_000)


def test_a_year_without_income_and_expense_is_closed_without_an_entry() -> None:
    book = a_year()
    entries = Entry.objects.count()
    ended = closed(book)
    assert (ended.entry, ended.surplus_satang, Entry.objects.count()) == (None, 0, entries)
    assert BookHead.objects.get(book=book.kept.book).year_closed_through == 202112


def test_what_was_never_shared_out_of_the_year_before_moves_to_33000() -> None:
    book = a_year()
    book.post("11000", "41000", 50_000, date(2021, 5, 5))
    closed(book)
    book.post("11000", "41000", 9_000, date(2022, 5, 5))
    ended = closed(book, 2022, date(2023, 1, 10))
    after = balances(book, date(2022, 12, 31))
    assert (after["33000"], after["40000"], ended.carried and ended.carried.stage) == (-50_000, -9_000, Stage.CLOSING)


def test_income_posted_under_a_heading_is_closed_with_it() -> None:
    book = a_year()
    with transaction.atomic():
        ledger.open_accounts(book=book.kept.book, accounts=[NewAccount("46000:rent", "ค่าเช่าเต็นท์", "", "46000")])
    book.post("11000", "46000:rent", 5_000, date(2021, 5, 5))
    book.post("11000", "46000", 1_000, date(2021, 5, 6))
    assert closed(book).surplus_satang == 6_000
    assert (book.standing("46000:rent"), book.standing("46000")) == (0, 0)


def test_a_year_that_is_not_the_calendars_and_a_book_that_began_in_its_middle() -> None:
    book = a_book(
        members=1,
        pledged=100_000,
        opened_on=date(2021, 3, 1),
        fiscal_year_starts=10,
        opening=[("41000", -4_000), ("12100", 4_000)],
    )
    book.post("11000", "41000", 5_000, date(2021, 9, 30))
    book.post("11000", "41000", 70_000, date(2021, 10, 1))
    close_months(book, 202109)
    with clock.fixed(date(2021, 11, 1)):
        ended = acts.close_year(**base(book))
    assert (ended.first, ended.last, ended.surplus_satang) == (date(2020, 10, 1), date(2021, 9, 30), 9_000)
    assert balances(book, date(2021, 9, 30))["40000"] == -9_000
    assert balances(book, date(2021, 10, 31))["41000"] == -70_000


def test_what_stops_the_closing_says_what_to_do() -> None:
    book = a_year()
    acts.set_year_rules(by=book.treasurer, kept=book.kept, from_year=2021, depreciation={"17000": 2000})
    with clock.fixed(END), pytest.raises(Refused, match="ยังไม่สิ้น"):
        acts.close_year(**base(book))
    with pytest.raises(Refused, match="ปิดงวดเดือน มกราคม 2564 ก่อน"):
        acts.close_year(**base(book))
    close_months(book)
    with pytest.raises(Refused, match="ลงค่าเสื่อมราคาก่อน"):
        acts.close_year(**base(book))
    year = queries.year_of(book.kept, 2021)
    assert [check.key for check in checklist(year, AFTER) if check.stops] == ["depreciation"]
    acts.depreciate(**base(book))
    assert acts.close_year(**base(book)).surplus_satang == -60_000
    with clock.fixed(date(2023, 1, 5)), pytest.raises(Refused, match="ปิดงวดเดือน มกราคม 2565"):
        acts.close_year(**base(book, 2022))


def test_years_are_closed_in_their_order() -> None:
    book = a_year()
    close_months(book, 202212)
    with clock.fixed(date(2023, 1, 10)):
        with pytest.raises(Refused, match="ปิดบัญชีปี 2564 ก่อน"):
            acts.close_year(**base(book, 2022))
        acts.close_year(**base(book))
        acts.close_year(**base(book, 2022))


def test_closing_twice_closes_once() -> None:
    book = a_year()
    book.post("11000", "41000", 50_000, date(2021, 5, 5))
    close_months(book)
    uuid = uuid4()
    first = acts.close_year(**base(book), uuid=uuid)
    entries = Entry.objects.count()
    assert acts.close_year(**base(book), uuid=uuid) == first
    with pytest.raises(Refused, match="ปีบัญชีนี้ปิดแล้ว"):
        acts.close_year(**base(book), uuid=uuid4())
    assert (Entry.objects.count(), YearEnd.objects.count()) == (entries, 1)


def test_each_adjustment_sent_twice_is_posted_once() -> None:
    book = a_year()
    acts.set_year_rules(by=book.treasurer, kept=book.kept, from_year=2021, depreciation={"17000": 2000})
    one, two = uuid4(), uuid4()
    first = acts.depreciate(**base(book), uuid=one)
    assert acts.depreciate(**base(book), uuid=one) == first
    said: dict[str, Any] = {"arrows": [CodeArrow("54000", "23000", 25_000)], "why": "ค่าเช่า"}
    found = acts.adjust(**base(book), **said, uuid=two)
    assert acts.adjust(**base(book), **said, uuid=two) == found
    assert (YearAdjustment.objects.count(), balances(book)["54000"], balances(book)["57000"]) == (2, 25_000, 60_000)


def test_nothing_of_a_closed_year_is_changed_any_more() -> None:
    book = a_year()
    acts.set_year_rules(by=book.treasurer, kept=book.kept, from_year=2021, depreciation={"17000": 2000})
    made = acts.depreciate(**base(book))
    closed(book)
    resolved = a_resolution(book)
    with pytest.raises(Refused, match="ที่หน้าปีบัญชี"):
        vouchers.reverse_voucher(by=book.treasurer, kept=book.kept, entry=made.entry, reason="ผิด", date=AFTER)
    for act in (
        lambda: acts.take_back_adjustment(by=book.treasurer, adjustment=made, reason="ผิด"),
        lambda: acts.adjust(**base(book), arrows=[CodeArrow("54000", "23000", 1)], why="ช้าไป"),
        lambda: acts.allow(**base(book), resolution=resolved, wanted=1),
        lambda: acts.accrue(**base(book)),
        lambda: acts.set_year_rules(by=book.treasurer, kept=book.kept, from_year=2021),
    ):
        with pytest.raises(Refused, match="ปิด"):
            act()


SAID: dict[str, Any] = {"on": AFTER, "names": ["นายตรวจ (ตัวอย่าง)"]}


def test_who_closed_the_year_gives_no_opinion_on_it() -> None:
    book = a_year()
    closed(book)
    with pytest.raises(Refused, match="ผู้ปิดบัญชีให้ความเห็น"):
        acts.give_opinion(**base(book), opinion="right", **SAID)
    others = base(book) | {"by": book.chair}
    with pytest.raises(Refused, match="บอกเรื่องที่ยกเว้น"):
        acts.give_opinion(**others, opinion="except", **SAID)
    made = acts.give_opinion(**others, opinion="right", **SAID)
    assert made.head == f"{book.kept.book.code}:{BookHead.objects.get(book=book.kept.book).entries}:{made.head.split(':')[2]}"


def test_who_gave_his_opinion_does_not_close_the_year() -> None:
    book = a_year()
    acts.give_opinion(**base(book), opinion="right", **SAID)
    close_months(book)
    with pytest.raises(Refused, match="เป็นผู้ปิดบัญชีไม่ได้"):
        acts.close_year(**base(book))


@pytest.mark.parametrize("count", [1, 3])
def test_the_checklist_costs_the_same_however_many_members(
    count: int, django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    book = a_year(members=count)
    year = queries.year_of(book.kept, 2021)
    with django_assert_num_queries(41):
        assert len(checklist(year, AFTER)) == 17
