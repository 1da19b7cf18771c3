"""What is left of a loan: the worked year's arrears, every order of settling against a model that hands out money slowly."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sajja.treasury import owing
from sajja.treasury.owing import BY_INSTALMENT, INTEREST_FIRST, PRINCIPAL_FIRST, Instalment, Owed, Split
from sajja.treasury.schedule import EQUAL_INSTALMENT, FLAT, Terms, due_days, schedule
from tests.sizes import size
from tests.treasury.worked_year import blocks, satang

ORDERS = (BY_INSTALMENT, INTEREST_FIRST, PRINCIPAL_FIRST)
L1 = [
    Instalment(int(row["no"]), date.fromisoformat(row["due"]), satang(row["principal"]), satang(row["interest"]))
    for row in blocks()["out-schedule-L1"]
]
PAID = (3000000 - 751400, 270000)
THREE = [
    Owed(1, date(2021, 3, 5), 1000, 100), Owed(2, date(2021, 4, 5), 1000, 100), Owed(3, date(2021, 5, 5), 1000, 100),
]  # fmt: skip
APRIL = date(2021, 4, 5)
SUMS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 5)), min_size=1, max_size=5)


def instalments(sums: Sequence[tuple[int, int]]) -> list[Instalment]:
    """A month apart, from 5 March on."""
    days = due_days(date(2021, 3, 5), len(sums))
    return [Instalment(no, day, *both) for no, (day, both) in enumerate(zip(days, sums, strict=True), start=1)]


def slow(owed: Sequence[Owed], amount: int, fine: int, on: date, order: str) -> Split:
    """Each satang is a coin that pays the claim with the smallest key; written apart from owing.py."""
    claims: list[tuple[tuple[int, ...], str]] = [((-1,), "fine")] * fine
    for one in owed:
        late = 0 if one.due <= on else 1
        for column, satangs in (("interest", one.interest), ("principal", one.principal)):
            rank = int((column == "principal") != (order == PRINCIPAL_FIRST))
            key = (0, one.no, rank) if order == BY_INSTALMENT else (0, rank, one.no) if not late else (1, one.no, rank)
            claims += [(key, column)] * satangs
    paid = [column for _key, column in sorted(claims)[:amount]]
    return Split(paid.count("fine"), paid.count("interest"), paid.count("principal"))


def test_the_arrears_of_the_worked_year() -> None:
    on = date(2021, 12, 31)
    owed = owing.left(L1, *PAID)
    late = owing.overdue(owed, on)
    assert [
        (one.no, one.due.isoformat(), one.principal, one.interest, owing.days_overdue([one], on)) for one in late
    ] == [
        (
            int(row["instalment"]), row["due"], satang(row["principal_overdue"]), satang(row["interest_unpaid"]),
            int(row["days_overdue"]),
        )
        for row in blocks()["out-arrears-L1-2021-12-31"][:-1]
    ]  # fmt: skip
    [total] = blocks()["out-arrears-L1-2021-12-31"][-1:]
    assert (sum(one.principal for one in late), sum(one.interest for one in late)) == (
        satang(total["principal_overdue"]), satang(total["interest_unpaid"]),
    )  # fmt: skip
    assert owed[len(late) :] == [Owed(11, date(2022, 1, 5), 273000, 30000)]
    assert (owing.days_overdue(owed, on), owing.age(owed, on)) == (56, "31-90")


def test_the_life_of_the_worked_years_loan() -> None:
    principal = interest = 0
    for day, amount, fine, expected in [
        *[(one.due, 302700, 0, Split(0, 30000, 272700)) for one in L1[:7]],
        (date(2021, 11, 5), 305700, 3000, Split(3000, 30000, 272700)),
        (date(2021, 12, 5), 100000, 3000, Split(3000, 30000, 67000)),
    ]:
        found = owing.split(owing.left(L1, principal, interest), amount, fine, day, BY_INSTALMENT)
        assert found == expected
        principal, interest = principal + found.principal, interest + found.interest
    assert (principal, interest) == PAID


@pytest.mark.parametrize(
    ("order", "amount", "expected"),
    [
        (BY_INSTALMENT, 500, Split(30, 100, 370)),
        (BY_INSTALMENT, 1200, Split(30, 170, 1000)),
        (BY_INSTALMENT, 2300, Split(30, 270, 2000)),
        (INTEREST_FIRST, 230, Split(30, 200, 0)),
        (INTEREST_FIRST, 2300, Split(30, 270, 2000)),
        (PRINCIPAL_FIRST, 2030, Split(30, 0, 2000)),
        (PRINCIPAL_FIRST, 2300, Split(30, 200, 2070)),
        (INTEREST_FIRST, 20, Split(20, 0, 0)),
        (BY_INSTALMENT, 3330, Split(30, 300, 3000)),
    ],
)
def test_each_order(order: str, amount: int, expected: Split) -> None:
    found = owing.split(THREE, amount, 30, APRIL, order)
    assert (found, found.total) == (expected, amount)


def test_more_than_all_that_is_left_is_not_taken() -> None:
    with pytest.raises(ValueError) as refused:
        owing.split(THREE, 3331, 30, APRIL, BY_INSTALMENT)
    assert str(refused.value) == "รับเกินยอดหนี้ไม่ได้: ค้างอยู่ทั้งหมด 33.30 บาท โปรดรับไม่เกินยอดนี้"
    with pytest.raises(ValueError, match="จำนวนเงินที่ชำระต้องไม่ติดลบ"):
        owing.split(THREE, -1, 0, APRIL, BY_INSTALMENT)
    with pytest.raises(ValueError, match="no such order: newest"):
        owing.split(THREE, 1, 0, APRIL, "newest")


@given(SUMS, st.integers(0, 4), st.integers(0, 130), st.lists(st.integers(0, 40), max_size=6), st.sampled_from(ORDERS))
@settings(max_examples=size(150, 5000), deadline=None)
def test_random_payments_settle_what_coins_one_by_one_settle(
    sums: list[tuple[int, int]], fine: int, day: int, payments: list[int], order: str
) -> None:
    agreed = instalments(sums)
    principal = interest = 0
    for number, amount in enumerate(payments):
        on = date(2021, 3, 1) + timedelta(days=day + 20 * number)
        owed = owing.left(agreed, principal, interest)
        whole = fine + sum(one.principal + one.interest for one in owed)
        taken = min(amount, whole)
        found = owing.split(owed, taken, fine, on, order)
        assert found == slow(owed, taken, fine, on, order)
        assert found.total == taken
        principal, interest = principal + found.principal, interest + found.interest
        rest = owing.left(agreed, principal, interest)
        assert sum(one.principal + one.interest for one in rest) == whole - fine - found.interest - found.principal


@given(SUMS, st.integers(0, 130), st.sampled_from(ORDERS))
@settings(max_examples=size(100, 3000), deadline=None)
def test_paying_everything_leaves_nothing(sums: list[tuple[int, int]], day: int, order: str) -> None:
    agreed = instalments(sums)
    whole = sum(principal + interest for principal, interest in sums)
    found = owing.split(owing.left(agreed, 0, 0), whole, 0, date(2021, 3, 1) + timedelta(days=day), order)
    assert owing.left(agreed, found.principal, found.interest) == []


@given(SUMS, st.integers(0, 70), st.integers(0, 30))
@settings(max_examples=size(100, 3000), deadline=None)
def test_each_column_fills_from_the_oldest(sums: list[tuple[int, int]], principal: int, interest: int) -> None:
    rest = owing.left(instalments(sums), principal, interest)
    full = {one.no: one for one in instalments(sums)}
    assert sum(one.principal for one in rest) == max(sum(p for p, _i in sums) - principal, 0)
    assert sum(one.interest for one in rest) == max(sum(i for _p, i in sums) - interest, 0)
    for column in ("principal", "interest"):
        begun = [getattr(one, column) < getattr(full[one.no], column) for one in rest if getattr(full[one.no], column)]
        owes = [getattr(one, column) > 0 for one in rest if getattr(full[one.no], column)]
        assert all(not later or not earlier_owes for earlier_owes, later in pairwise_of(owes, begun))


def pairwise_of(owes: list[bool], begun: list[bool]) -> list[tuple[bool, bool]]:
    """Whether one still owes, and whether the next has been paid something."""
    return [(first[0], second[1]) for first, second in pairwise(zip(owes, begun, strict=True))]


def test_on_the_day_itself_and_in_the_days_of_grace_nobody_is_late() -> None:
    assert owing.overdue(THREE, date(2021, 3, 5)) == []
    assert owing.overdue(THREE, date(2021, 3, 6)) == THREE[:1]
    assert owing.overdue(THREE, date(2021, 3, 12), 7) == []
    assert owing.overdue(THREE, date(2021, 3, 13), 7) == THREE[:1]
    assert owing.days_overdue(THREE, date(2021, 3, 5)) == 0
    assert owing.days_overdue([], date(2021, 3, 5)) == 0


@pytest.mark.parametrize(
    ("days", "name"),
    [
        (-1, "current"), (0, "current"), (1, "1-30"), (30, "1-30"), (31, "31-90"), (90, "31-90"), (91, "91-180"),
        (180, "91-180"), (181, "181-365"), (365, "181-365"), (366, "over-365"), (5000, "over-365"),
    ],
)  # fmt: skip
def test_ages_of_arrears(days: int, name: str) -> None:
    assert owing.age(THREE, THREE[0].due + timedelta(days=days)) == name
    assert name in owing.AGES


def test_nothing_left_is_current() -> None:
    assert owing.age([], APRIL) == "current"


@pytest.mark.parametrize(
    ("on", "method", "forgives", "expected"),
    [
        (date(2021, 4, 5), FLAT, True, Split(0, 200, 3000)),
        (date(2021, 4, 6), FLAT, True, Split(0, 200, 3000)),
        (date(2021, 4, 5), EQUAL_INSTALMENT, True, Split(0, 200, 3000)),
        (date(2021, 4, 6), EQUAL_INSTALMENT, True, Split(0, 300, 3000)),
        (date(2021, 2, 5), EQUAL_INSTALMENT, True, Split(0, 0, 3000)),
        (date(2021, 2, 6), EQUAL_INSTALMENT, True, Split(0, 100, 3000)),
        (date(2021, 2, 5), FLAT, False, Split(0, 300, 3000)),
        (date(2021, 6, 5), FLAT, True, Split(0, 300, 3000)),
    ],
)
def test_what_closes_the_contract(on: date, method: str, forgives: bool, expected: Split) -> None:
    assert owing.settlement(THREE, on, method, forgives) == expected


def test_at_the_ends_of_months_the_month_begins_on_the_last_day_before() -> None:
    owed = [Owed(2, date(2021, 2, 28), 1000, 10), Owed(3, date(2021, 3, 31), 1000, 5)]
    assert owing.settlement(owed, date(2021, 1, 31), EQUAL_INSTALMENT) == Split(0, 0, 2000)
    assert owing.settlement(owed, date(2021, 2, 1), EQUAL_INSTALMENT) == Split(0, 10, 2000)


@given(st.integers(10_000, 10**7), st.integers(0, 1500), st.integers(1, 24), st.integers(0, 700))
@settings(max_examples=size(60, 2000), deadline=None)
def test_a_declining_loan_closed_on_any_day_never_costs_more_than_its_schedule(
    principal: int, rate_bp: int, count: int, day: int
) -> None:
    terms = Terms(principal=principal, rate_bp=rate_bp, instalments=count, method=EQUAL_INSTALMENT)
    days = due_days(date(2021, 3, 5), count)
    agreed = [Instalment(row.no, due, row.principal, row.interest) for row, due in zip(schedule(terms), days, strict=True)]
    on = date(2021, 2, 5) + timedelta(days=day)
    closing = owing.settlement(owing.left(agreed, 0, 0), on, EQUAL_INSTALMENT)
    begun = sum(1 for due in due_days(date(2021, 2, 5), count) if due < on)
    assert closing == Split(0, sum(one.interest for one in agreed[:begun]), principal)


def test_what_the_worked_years_borrower_owes_when_he_dies() -> None:
    """§9.3: 2 January 2565, principal 7,514.00 and interest due 300.00."""
    owed = owing.left(L1, *PAID)
    assert owing.settlement(owed, date(2022, 1, 2), FLAT) == Split(0, 30000, 751400)
