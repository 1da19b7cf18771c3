"""Sharing out a year's surplus: the worked year with all its other rules, and what holds for any weights."""

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sajja.treasury import dividend
from sajja.treasury.dividend import WHOLE_CUT, WHOLE_NONE, WHOLE_POOL
from tests.sizes import size
from tests.treasury.worked_year import Line, blocks, satang

SURPLUS, DIVIDEND, REFUND = 187851, 112711, 18785
WEIGHTS = st.lists(st.integers(0, 10**9), min_size=1, max_size=30).filter(any)


def rows(name: str) -> list[Line]:
    """A block without its total."""
    return [row for row in blocks()[name] if "TOTAL" not in row.values()]


SHARING = [row["member"] for row in rows("out-dividend")]
INTEREST = [satang(row["interest_paid"]) for row in rows("out-dividend")]


def savings() -> list[tuple[int, list[int]]]:
    """What each sharing member had at first, and his deposits month by month."""
    opening = {row["member"]: satang(row["pledged_opening"]) for row in rows("in-members")}
    deposits = {row["member"]: [satang(row[f"m{m}"]) for m in range(1, 13)] for row in blocks()["in-deposits"]}
    return [(opening[member], deposits[member]) for member in SHARING]


def month_weights() -> list[int]:
    """In satang-months."""
    return [dividend.month_weight(*one) for one in savings()]


def ends() -> list[list[int]]:
    """The balance of each sharing member at the end of each month."""
    return [[opening + sum(moved[:month]) for month in range(1, 13)] for opening, moved in savings()]


def column(block: str, name: str) -> list[int]:
    """Amounts of a block, without the total."""
    return [satang(row[name]) for row in rows(block)]


def test_the_heads_of_the_worked_year() -> None:
    percents = [int(row["percent"]) * 100 for row in rows("in-heads")]
    assert dividend.heads(SURPLUS, percents) == column("out-appropriation", "amount")


def test_dividend_and_refund_of_the_worked_year() -> None:
    assert month_weights() == [int(row["weight"]) * 100 for row in rows("out-dividend")]
    assert sum(month_weights()) == 100745000
    assert dividend.pool(DIVIDEND, month_weights()) == column("out-dividend", "dividend")
    assert dividend.by_interest(INTEREST, total=REFUND) == column("out-dividend", "refund")


def test_variant_a_other_heads() -> None:
    percents = [int(row["percent"]) * 100 for row in rows("out-variant-a")]
    assert dividend.heads(SURPLUS, percents) == column("out-variant-a", "amount")


@pytest.mark.parametrize(("mode", "name", "rest", "reserve"), [(WHOLE_CUT, "b1", 596, 19381), (WHOLE_POOL, "b2", 96, 18881)])
def test_variant_b_whole_baht(mode: str, name: str, rest: int, reserve: int) -> None:
    dividends, first_rest = dividend.whole(DIVIDEND, month_weights(), mode)
    refunds, second_rest = dividend.whole(REFUND, INTEREST, mode)
    assert dividends == column("out-variant-b", f"dividend_{name}")
    assert refunds == column("out-variant-b", f"refund_{name}")
    assert (first_rest + second_rest, 18785 + first_rest + second_rest) == (rest, reserve)


def test_variant_c_a_rate() -> None:
    found = dividend.at_rate(Decimal("1.25"), month_weights())
    assert found == column("out-variant-c", "dividend")
    assert (sum(found), DIVIDEND - sum(found)) == (104944, 7767)


def test_variant_d_the_other_bases() -> None:
    year_end = [months[-1] for months in ends()]
    average = [dividend.average_weight(months) for months in ends()]
    assert year_end == column("out-variant-d", "weight_year_end")
    assert dividend.pool(DIVIDEND, year_end) == column("out-variant-d", "dividend_year_end")
    assert average == column("out-variant-d", "weight_average")
    assert dividend.pool(DIVIDEND, average) == column("out-variant-d", "dividend_average")


@pytest.mark.parametrize("surplus", [-194869, 0])
def test_variant_e_a_loss_is_not_shared_out(surplus: int) -> None:
    with pytest.raises(ValueError) as refused:
        dividend.heads(surplus, [6000, 4000])
    assert str(refused.value) == "ปีนี้ไม่มีกำไรสุทธิ จึงจัดสรรและจ่ายปันผลไม่ได้ ผลขาดทุนยกไปปีหน้า"


@pytest.mark.parametrize("percents", [[6000, 3999], [6000, 4001], [11000, -1000]])
def test_heads_add_to_a_hundred(percents: list[int]) -> None:
    with pytest.raises(ValueError) as refused:
        dividend.heads(SURPLUS, percents)
    assert str(refused.value) == "ร้อยละของทุกรายการต้องรวมกันได้ 100 พอดี และต้องไม่ติดลบ"


@pytest.mark.parametrize(
    ("percent", "opening", "monthly", "earned"),
    [("5.70", 10000000, 100000, 601350), ("7", 5000000, 50000, 369250), ("5.70", 10000000, 0, 570000)],
)
def test_dividends_of_other_groups(percent: str, opening: int, monthly: int, earned: int) -> None:
    assert dividend.at_rate(Decimal(percent), [dividend.month_weight(opening, [monthly] * 12)]) == [earned]


@pytest.mark.parametrize(("percent", "paid", "back"), [("13", 5000000, 650000), ("5", 1852115, 92606)])
def test_refunds_of_other_groups(percent: str, paid: int, back: int) -> None:
    assert dividend.by_interest([paid], percent=Decimal(percent)) == [back]


@pytest.mark.parametrize(
    ("total", "weights", "shares"), [(100, [1, 1, 1], [34, 33, 33]), (101, [3, 7], [30, 71]), (5, [3, 7], [2, 3])]
)
def test_largest_remainder(total: int, weights: list[int], shares: list[int]) -> None:
    assert dividend.pool(total, weights) == shares


def test_nought_is_nought_and_nobody_gets_nothing() -> None:
    assert dividend.pool(0, [0, 0]) == [0, 0]
    assert dividend.pool(0, []) == []
    with pytest.raises(ValueError) as refused:
        dividend.by_interest([0, 0], total=100)
    assert str(refused.value) == "ไม่มีผู้มีสิทธิได้รับ จึงแบ่งเงินก้อนนี้ไม่ได้ โปรดตั้งรายการนี้เป็น 0 หรือให้รายการอื่น"


def test_what_makes_no_sense_is_said() -> None:
    with pytest.raises(ValueError, match="twelve months of deposits"):
        dividend.month_weight(0, [1] * 11)
    with pytest.raises(ValueError, match="twelve ends of months"):
        dividend.average_weight([1] * 13)
    with pytest.raises(ValueError, match="a sum or a percentage"):
        dividend.by_interest([1])
    with pytest.raises(ValueError, match="no such way of whole baht: up"):
        dividend.whole(100, [1], "up")


@given(st.integers(0, 10**10), WEIGHTS, st.sampled_from([WHOLE_NONE, WHOLE_CUT, WHOLE_POOL]))
@settings(max_examples=size(100, 5000), deadline=None)
def test_shares_and_the_rest_are_the_total(total: int, weights: list[int], mode: str) -> None:
    shares, rest = dividend.whole(total, weights, mode)
    assert sum(shares) + rest == total
    assert [share for share, weight in zip(shares, weights, strict=True) if not weight and share] == []
    whole = sum(weights)
    step = 1 if mode == WHOLE_NONE else 100
    assert [share % step for share in shares] == [0] * len(shares)
    assert max(abs(share - Fraction(total * weight, whole)) for share, weight in zip(shares, weights, strict=True)) <= 200
    assert 0 <= rest < (100 * len(weights) if mode == WHOLE_CUT else 1 if mode == WHOLE_NONE else 100)


@given(st.integers(1, 10**10), st.lists(st.integers(0, 10_000), max_size=8))
@settings(max_examples=size(100, 5000), deadline=None)
def test_heads_are_the_surplus(surplus: int, cuts: list[int]) -> None:
    marks = [0, *sorted(cuts), 10_000]
    percents = [after - before for before, after in pairwise(marks)]
    parts = dividend.heads(surplus, percents)
    assert sum(parts) == surplus
    assert max(abs(part - Fraction(surplus * bp, 10_000)) for part, bp in zip(parts, percents, strict=True)) < 1


@given(st.integers(0, 10**8), st.lists(st.integers(0, 10**6), min_size=12, max_size=12))
@settings(max_examples=size(100, 3000), deadline=None)
def test_a_weight_is_the_sum_of_what_stood_at_the_beginnings_of_months(opening: int, deposits: list[int]) -> None:
    beginnings = [opening + sum(deposits[:month]) for month in range(12)]
    assert dividend.month_weight(opening, deposits) == sum(beginnings)
