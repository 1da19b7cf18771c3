"""Interest on special savings: the worked year's twelve sums, by the day, and rounding once."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sajja.ledger import periods
from sajja.treasury import interest

HALF_1, HALF_2 = periods.months(202101, 202106), periods.months(202107, 202112)


@pytest.mark.parametrize(
    ("carried", "changes", "months", "lows", "earned"),
    [
        (505025, [], HALF_1, (505025,) * 6, 5050),
        (1212060, [(date(2021, 4, 5), 400000)], HALF_1, (1212060,) * 4 + (1612060,) * 2, 13454),
        (302915, [(date(2021, 2, 5), -100000)], HALF_1, (302915,) + (202915,) * 5, 2196),
        (1625514, [(date(2021, 9, 5), -600000)], HALF_2, (1625514,) * 2 + (1025514,) * 4, 12255),
        (0, [(date(2021, 8, 5), 250000)], HALF_2, (0, 0, 250000, 250000, 250000, 250000), 1667),
    ],
)
def test_the_lowest_balances_of_the_worked_year(
    carried: int, changes: list[tuple[date, int]], months: list[int], lows: tuple[int, ...], earned: int
) -> None:
    assert interest.on_lowest(carried, changes, months, 200) == interest.Reckoned(lows, earned)


def test_money_that_comes_and_goes_within_a_month_earns_nothing_on_the_lowest() -> None:
    changes = [(date(2021, 1, 5), 100000), (date(2021, 1, 20), -100000)]
    assert interest.on_lowest(0, changes, [202101], 200) == interest.Reckoned((0,), 0)


def test_by_the_day_the_first_day_counts_and_the_last_does_not() -> None:
    changes = [(date(2021, 1, 5), 3650000), (date(2021, 1, 15), -3650000)]
    assert interest.by_the_day(0, changes, date(2021, 1, 1), date(2021, 1, 31), 200).interest == 2000


@given(st.integers(0, 10**9), st.integers(0, 1500), st.integers(1, 12))
def test_a_still_balance_earns_its_rate_rounded_once(balance: int, rate: int, months: int) -> None:
    spans = periods.months(202101, 202100 + months)
    exact = Fraction(balance * rate * months, 120_000)
    assert abs(interest.on_lowest(balance, [], spans, rate).interest - exact) <= Fraction(1, 2)


@given(st.fractions(-1000, 1000))
def test_half_up_is_the_nearest_satang(amount: Fraction) -> None:
    assert abs(interest.half_up(amount) - amount) <= Fraction(1, 2)
    assert interest.half_up(Fraction(5, 2)) == 3
    assert interest.half_up(Fraction(-5, 2)) == -3
