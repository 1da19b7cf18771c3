"""The collecting day: what is due, what a sheet adds up to, what is posted, refused and put right."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given
from hypothesis import settings as properties
from hypothesis import strategies as st

from sajja.audit.models import AuditRow
from sajja.ledger.actions import close_month
from sajja.ledger.models import Account, Entry
from sajja.ledger.queries import movements_of
from sajja.ledger.verifying import verify
from sajja.lib.refusals import Refused
from sajja.treasury import collecting, counting
from sajja.treasury.actions.collecting import Difference, correct_receipt, record_collecting_day
from sajja.treasury.collecting import Line, Repayment, due, totals
from sajja.treasury.models import CollectingDay, DifferenceHow, SheetLine, Voucher
from sajja.treasury.queries.collecting import dues_on, sheet_on, written_lines
from sajja.web import clock
from tests.factories import a_group
from tests.sizes import size
from tests.treasury.books import Kept, a_book
from tests.treasury.sheets import DAY, a_column, a_sheet

pytestmark = pytest.mark.django_db
PLEDGE = [(date(2021, 1, 1), 100)]


@pytest.fixture
def book() -> Kept:
    return a_book(pledged=10_000)


def credits_of(entry: Entry) -> list[tuple[str, str, int, int | None]]:
    codes = dict(Account.objects.filter(book=entry.book_id).values_list("pk", "code"))
    return [(codes[m.debit_id], codes[m.credit_id], m.amount, m.receipt) for m in movements_of(entry)]


# --- what is due -----------------------------------------------------------------------------


def test_money_fills_the_oldest_month_first() -> None:
    owed = due(PLEDGE, 202101, 202104, 150)
    assert (owed.pledge, owed.now, owed.arrears, owed.months, owed.late, owed.ahead) == (100, 250, 150, 2, 2, 0)


def test_who_paid_ahead_owes_nothing_until_it_is_used_up() -> None:
    assert [due(PLEDGE, 202101, month, 600).now for month in (202101, 202106, 202107)] == [0, 0, 100]
    assert due(PLEDGE, 202101, 202101, 600).ahead == 500
    assert due(PLEDGE, 202101, 202101, 0).months_ahead(6) == 600
    assert due(PLEDGE, 202101, 202103, 100).months_ahead(6) == 700  # February too


def test_a_pledge_that_rose_is_asked_from_its_month_on() -> None:
    rose = [(date(2021, 1, 1), 100), (date(2021, 7, 1), 200)]
    assert [due(rose, 202101, month, 100 * (month - 202101)).now for month in (202106, 202107)] == [100, 200]


def test_days_of_grace_spare_this_months_fine_and_the_last_ones() -> None:
    assert due(PLEDGE, 202101, 202102, 0, last_late=False).late == 0
    assert due(PLEDGE, 202101, 202103, 0, last_late=False).late == 1
    assert due(PLEDGE, 202101, 202101, 0, this_late=True).late == 1


def test_who_pledged_nothing_yet_owes_nothing() -> None:
    assert due([], 202101, 202106, 0) == due([], 202106, 202106, 0)._replace(now=0)


@given(
    st.lists(st.integers(0, 500), min_size=1, max_size=30), st.integers(0, 20_000),
)  # fmt: skip
def test_due_is_expected_less_paid_whatever_was_pledged_and_paid(pledges: list[int], paid: int) -> None:
    history = [(collecting.day_in(202001 + at % 12 + at // 12 * 100, 1), satang) for at, satang in enumerate(pledges)]
    last = 202001 + (len(pledges) - 1) % 12 + (len(pledges) - 1) // 12 * 100
    owed = due(history, 202001, last, paid)
    assert owed.now == max(0, sum(pledges) - paid)
    assert owed.arrears == max(0, sum(pledges[:-1]) - paid)
    assert owed.ahead == max(0, paid - sum(pledges))
    assert owed.now == 0 or owed.ahead == 0


def test_the_31st_is_the_last_day_of_a_short_month() -> None:
    assert [collecting.day_in(month, 31) for month in (202102, 202104, 202105)] == [
        date(2021, 2, 28), date(2021, 4, 30), date(2021, 5, 31),
    ]  # fmt: skip


# --- what a sheet adds up to -----------------------------------------------------------------

amount = st.integers(0, 1_000_000)
one_line = st.builds(
    lambda pledged, special, fine, fee, other, loan, transfer: Line(
        member=0, pledged=pledged, special=special, fine=fine, fee=fee, others={1: other} if other else {},
        repayments=(Repayment(contract=1, principal=loan[0], interest=loan[1], fine=loan[2]),) if any(loan) else (),
        method=collecting.TRANSFER if transfer else collecting.CASH,
    ),
    amount, amount, amount, amount, amount, st.tuples(amount, amount, amount), st.booleans(),
)  # fmt: skip


@given(st.lists(one_line, max_size=40), st.dictionaries(st.sampled_from(counting.PIECES), st.integers(0, 500)))
def test_every_satang_stands_in_one_kind_and_in_one_way_of_paying(lines: list[Line], pieces: dict[int, int]) -> None:
    found = totals(lines)
    kinds = found.pledged + found.special + found.fine + found.fee + found.others + found.principal + found.interest
    assert kinds == found.cash + found.transfer == found.total == sum(line.total for line in lines)
    assert collecting.running(lines)[-1:] == ([found.cash] if lines else [])
    held = collecting.counted(pieces, found.cash, 25)
    assert held.counted + held.odd == held.expected + held.difference
    assert 0 <= held.odd < 25


def test_one_who_brings_for_others_puts_down_his_own_too() -> None:
    lines = [Line(member=1, pledged=100), Line(member=2, pledged=200, brought_by=1), Line(member=3, pledged=50, brought_by=1)]
    assert collecting.brought(lines) == {1: (2, 350)}


# --- posting ---------------------------------------------------------------------------------


def test_all_money_of_one_member_has_one_receipt_and_goes_where_it_belongs(book: Kept) -> None:
    first, second, _third = (member.pk for member in book.members)
    column = a_column(book)
    day = a_sheet(
        book,
        [
            Line(member=second, pledged=20_000, special=5_000, fine=1_000, fee=2_000, others={column.pk: 2_000}),
            Line(
                member=first, pledged=30_000, method=collecting.TRANSFER, transfer_at=time(10, 42), transfer_digits="8841",
                brought_by=second, paper_book="7", paper_no="0312",
            ),
        ],
    )  # fmt: skip
    assert credits_of(day.entry) == [
        ("11000", "31020:M02", 20_000, 1), ("11000", "20000:M02", 5_000, 1), ("11000", "42000", 1_000, 1),
        ("11000", "43000", 2_000, 1), ("11000", "34530", 2_000, 1), ("12100", "31020:M01", 30_000, 2),
    ]  # fmt: skip
    lines = list(SheetLine.objects.filter(day=day).order_by("receipt"))
    assert [(line.member_id, line.receipt, line.total) for line in lines] == [(second, 1, 30_000), (first, 2, 30_000)]
    assert (lines[0].others, lines[0].bank_id, lines[1].bank_id) == ({str(column.pk): 2_000}, None, book.key("12100"))
    assert (lines[1].transfer_at, lines[1].transfer_digits, lines[1].brought_by_id) == (time(10, 42), "8841", second)
    assert (lines[1].paper_book, lines[1].paper_no) == ("7", "0312")
    assert (day.expected_cash_satang, day.sheet, day.counted, day.name) == (30_000, 0, None, "วันส่งเงินสัจจะ")


def test_any_sheets_totals_are_the_entrys_and_are_the_cash_and_the_transfers(book: Kept) -> None:
    """Whatever is brought, one sheet after another; the ledger's own chain and balances stay right."""
    column, keys = a_column(book), [member.pk for member in book.members]

    @properties(max_examples=size(25, 500), deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(one_line.filter(lambda line: not line.repayments and line.total > 0), min_size=1, max_size=3))
    def posts(brought: list[Line]) -> None:
        lines = [
            replace(line, member=key, others={column.pk: sum(line.others.values())} if line.others else {})
            for key, line in zip(keys, brought, strict=False)
        ]
        day, sums = a_sheet(book, lines), totals(lines)
        moved = movements_of(day.entry)
        assert sum(m.amount for m in moved) == sums.total == sums.cash + sums.transfer
        assert sum(m.amount for m in moved if m.debit_id == book.key("11000")) == sums.cash == day.expected_cash_satang
        assert sum(line.total for line in day.lines.all()) == sums.total
        assert len({m.receipt for m in moved}) == len(lines) == day.lines.count()

    posts()
    assert verify(book.kept.book) == []


def test_one_audit_row_names_the_entry(book: Kept) -> None:
    day = a_sheet(book)
    [row] = AuditRow.objects.filter(act="treasury.record_collecting_day")
    assert (row.about, row.detail["voucher"], row.detail["satang"]) == (f"ledger.Entry:{day.entry_id}", "2564/001", 60_000)


def test_what_is_short_is_charged_and_what_is_over_is_taken_in_within_the_same_act(book: Kept) -> None:
    charged = Difference(how=DifferenceHow.CHARGED, charge=book.members[1])
    short = a_sheet(book, counted={50_000: 1, 2_000: 4, 1_000: 1, 500: 1}, difference=charged)
    assert (short.counted_satang, short.expected_cash_satang, short.difference) == (59_500, 60_000, -500)
    assert short.difference_entry is not None
    assert (short.difference_entry.kind, credits_of(short.difference_entry)) == (
        "cash-short", [("14020:M02", "11000", 500, None)],
    )  # fmt: skip
    over = a_sheet(book, [Line(member=book.members[0].pk, pledged=10_000)], counted={10_000: 1, 100: 2},
                   difference=Difference(how=DifferenceHow.TAKEN_IN))  # fmt: skip
    assert over.difference_entry is not None
    assert credits_of(over.difference_entry) == [("11000", "46000", 200, None)]
    assert (book.standing("14020"), book.standing("46000"), book.standing("11000")) == (500, 200, 30_000 + 69_700)
    assert (short.sheet, over.sheet, AuditRow.objects.filter(act__startswith="treasury.record_coll").count()) == (0, 1, 2)


def test_what_no_coin_can_make_up_is_no_difference(book: Kept) -> None:
    day = a_sheet(book, [Line(member=book.members[0].pk, pledged=20_011)], counted={10_000: 2})
    assert (day.difference, day.odd_satang, day.difference_how) == (0, 11, DifferenceHow.NONE)


@pytest.mark.parametrize(
    ("difference", "field", "words"),
    [
        (None, "difference", "เงินสดขาด 5.00 บาท เลือกว่าจะทำอย่างไร"),
        (Difference(how=DifferenceHow.EXPLAINED), "words", "บอกเหตุผล"),
        (Difference(how=DifferenceHow.TAKEN_IN), "difference", "เลือกวิธีที่ตรงกับเงินที่ขาด"),
        (Difference(how=DifferenceHow.CHARGED), "charge", "เลือกสมาชิกที่รับผิดชอบ"),
    ],
)
def test_cash_that_does_not_tie_is_never_passed_over(book: Kept, difference: Difference | None, field: str, words: str) -> None:
    with pytest.raises(Refused, match=words) as refusal:
        a_sheet(book, counted={50_000: 1, 2_000: 4, 1_000: 1, 500: 1}, difference=difference)
    assert (refusal.value.field, Entry.objects.filter(kind="collecting-day").count()) == (field, 0)


def test_an_explained_difference_keeps_its_words_and_books_nothing(book: Kept) -> None:
    day = a_sheet(book, counted={50_000: 1}, difference=Difference(how=DifferenceHow.EXPLAINED, words="ทอนผิด รอตรวจ"))
    assert (day.difference, day.difference_words, day.difference_entry) == (-10_000, "ทอนผิด รอตรวจ", None)


Wrong = Callable[[Kept], list[Line]]


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (lambda _book: [], "ยังไม่มีใครในใบนี้"),
        (lambda book: [Line(member=book.members[0].pk)], "ใส่จำนวนเงินของ M01"),
        (lambda book: [Line(member=book.members[0].pk, pledged=100), Line(member=book.members[0].pk, fee=1)], "สองบรรทัด"),
        (lambda book: [Line(member=book.members[0].pk, pledged=-100)], "ไม่ติดลบ"),
        (lambda book: [Line(member=book.members[0].pk, pledged=1, method="gold")], "เลือกวิธีรับเงิน"),
        (lambda book: [Line(member=book.members[0].pk, pledged=1, brought_by=book.members[0].pk)], "สมาชิกคนอื่น"),
        (lambda book: [Line(member=book.members[0].pk, pledged=1, others={999: 5})], "ช่องเงินอื่นนี้ไม่มีแล้ว"),
        (lambda book: [Line(member=book.members[0].pk, repayments=(Repayment(contract=1, principal=5),))], "ไม่พบสัญญากู้"),
        (lambda book: [Line(member=999_999, pledged=1)], "ไม่เป็นสมาชิกในวันที่ส่งเงิน"),
    ],
)  # fmt: skip
def test_a_wrong_line_is_refused_and_says_what_to_do(book: Kept, lines: Wrong, words: str) -> None:
    with pytest.raises(Refused, match=words):
        a_sheet(book, lines(book))
    assert CollectingDay.objects.count() == 0


def test_a_member_of_another_group_is_none_of_this_sheets(book: Kept) -> None:
    other = a_book(a_group("กลุ่มอื่น"))
    with pytest.raises(Refused, match="ไม่เป็นสมาชิก"):
        a_sheet(book, [Line(member=other.members[0].pk, pledged=100)])


def test_a_closed_month_takes_no_sheet_and_no_correction(book: Kept) -> None:
    day = a_sheet(book, on=date(2021, 1, 5))
    with transaction.atomic():
        close_month(book=book.kept.book, month=202101, by="person:9", by_name="ประธาน", at=clock.now())
    with pytest.raises(Refused, match="งวดเดือน มกราคม 2564 ปิดแล้ว"):
        a_sheet(book, on=date(2021, 1, 20))
    line = day.lines.get(receipt=1)
    with pytest.raises(Refused, match="ปิดแล้ว"):
        correct_receipt(by=book.treasurer, line=line, reason="ลงซ้ำ", date=date(2021, 1, 31))
    assert correct_receipt(by=book.treasurer, line=line, reason="ลงซ้ำ", date=date(2021, 2, 1)).day is None


def test_the_same_sheet_sent_twice_is_posted_once(book: Kept) -> None:
    uuid = uuid4()
    assert a_sheet(book, uuid=uuid) == a_sheet(book, uuid=uuid)
    assert (CollectingDay.objects.count(), Entry.objects.filter(kind="collecting-day").count()) == (1, 1)
    with pytest.raises(Refused, match="บันทึกไว้แล้วด้วยข้อมูลอื่น"):
        a_sheet(book, [Line(member=book.members[0].pk, pledged=1)], uuid=uuid)


def test_a_sheet_that_another_tab_posted_is_refused_and_the_next_is_supplementary(book: Kept) -> None:
    a_sheet(book, sheet=0)
    with pytest.raises(Refused, match="ให้ทำใบเสริม") as refusal:
        a_sheet(book, sheet=0)
    assert refusal.value.field == "sheet"
    assert a_sheet(book, [Line(member=book.members[2].pk, pledged=100)], on=date(2021, 6, 9)).sheet == 1


def many(count: int) -> tuple[Kept, list[Line]]:
    """So many members, whose accounts are open since May."""
    book = a_book(a_group(f"กลุ่ม {count} คน"), members=count)
    lines = [Line(member=member.pk, pledged=20_000, special=500, fine=1_000) for member in book.members]
    a_sheet(book, lines, on=date(2021, 5, 5))
    return book, lines


def queries_of(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as asked:
        act()
    return len(asked)


def test_three_hundred_members_are_posted_by_as_many_statements_as_three() -> None:
    counts = []
    for number in (3, 300):
        book, lines = many(number)
        counts.append(queries_of(lambda: a_sheet(book, lines)))  # noqa: B023 # used within the round
        assert SheetLine.objects.filter(day__kept=book.kept, day__date=DAY).count() == number
        assert verify(book.kept.book) == []
    assert counts == [24, 24]


def test_the_sheet_is_read_by_as_many_queries_with_300_members_as_with_three() -> None:
    counts = []
    for number in (3, 300):
        book, _lines = many(number)
        counts.append(queries_of(lambda: sheet_on(book.kept, DAY)))  # noqa: B023 # used within the round
    assert counts == [10, 10]


# --- corrections -----------------------------------------------------------------------------


def test_a_wrong_receipt_is_taken_back_and_the_right_one_follows_on_a_supplementary_sheet(book: Kept) -> None:
    day = a_sheet(book)
    line = day.lines.get(receipt=2)
    right = Line(member=line.member_id, pledged=10_000, fine=1_000)
    made = correct_receipt(by=book.treasurer, line=line, reason="ส่งเพียง 100", date=DAY, right=right)
    assert made.day is not None
    assert (made.reversal.kind, made.reversal.reverses_id, made.day.sheet) == ("reversal", day.entry_id, 1)
    assert credits_of(made.day.entry) == [("11000", "31020:M02", 10_000, 4), ("11000", "42000", 1_000, 4)]
    assert (book.standing("31020:M01"), book.standing("31020:M02"), book.standing("42000")) == (30_000, 20_000, 1_000)
    first, second, third = written_lines(day)
    assert (first.back, third.back, second.back) == (None, None, made.reversal)
    assert second.right is not None
    assert (second.right.day_id, second.right.corrects_id, second.right.receipt) == (made.day.pk, line.pk, 4)
    assert AuditRow.objects.filter(act="treasury.correct_receipt").count() == 1
    assert Voucher.objects.get(entry=made.reversal).member_id == line.member_id
    with pytest.raises(Refused, match="แก้ไปแล้ว"):
        correct_receipt(by=book.treasurer, line=line, reason="อีกครั้ง", date=DAY)


def test_a_correction_says_why_and_sent_twice_is_one(book: Kept) -> None:
    line = a_sheet(book).lines.get(receipt=1)
    with pytest.raises(Refused, match="เหตุผล"):
        correct_receipt(by=book.treasurer, line=line, reason=" ", date=DAY)
    sent: dict[str, Any] = {"by": book.treasurer, "line": line, "reason": "ลงซ้ำ", "date": DAY, "uuid": uuid4()}
    right = Line(member=line.member_id, pledged=5_000)
    assert correct_receipt(**sent, right=right) == correct_receipt(**sent, right=right)
    assert (Entry.objects.filter(kind="reversal").count(), CollectingDay.objects.count()) == (1, 2)
    assert AuditRow.objects.filter(act="treasury.correct_receipt").count() == 1


def test_a_correction_puts_what_is_due_right_again(book: Kept) -> None:
    member = book.members[0].pk
    before = dues_on(book.kept, DAY)[member].now
    line = a_sheet(book).lines.get(receipt=1)
    assert dues_on(book.kept, DAY)[member].now == before - 20_000
    correct_receipt(by=book.treasurer, line=line, reason="ยังไม่ได้ส่ง", date=DAY)
    assert dues_on(book.kept, DAY)[member].now == before


def test_what_is_due_on_a_day_does_not_know_what_came_later(book: Kept) -> None:
    member = book.members[0].pk
    may = dues_on(book.kept, date(2021, 5, 5))[member]
    a_sheet(book, [Line(member=member, pledged=120_000)])
    assert dues_on(book.kept, date(2021, 5, 5))[member] == may
    assert (may.now, may.months, dues_on(book.kept, DAY)[member].now) == (100_000, 4, 0)


def test_a_column_is_named_once_and_its_money_goes_to_a_fund_alone(book: Kept) -> None:
    a_column(book)
    with pytest.raises(Refused, match="มีช่องชื่อนี้แล้ว"):
        a_column(book)
    for code in ("11000", "31020", "53000"):
        with pytest.raises(Refused, match="เลือกบัญชีของกองทุน"):
            a_column(book, name=f"ช่อง {code}", code=code)
    assert a_column(book, "ฌาปนกิจ", "23400").kind == "held_for_others"


def test_an_own_record_never_needs_the_count() -> None:
    book = a_book()
    day = record_collecting_day(
        by=book.treasurer, kept=book.kept, date=DAY, lines=[Line(member=book.members[0].pk, fee=2_000)], memo="ค่าสมัคร"
    )
    assert (day.entry.memo, day.memo, day.difference, day.counted_satang) == ("ค่าสมัคร", "ค่าสมัคร", 0, None)
