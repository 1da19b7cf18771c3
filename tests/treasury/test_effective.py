"""What a loan really costs a year."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sajja.treasury.effective import LAWFUL_BP, effective, nominal_with_fees
from sajja.treasury.schedule import EQUAL_INSTALMENT, EQUAL_PRINCIPAL, FLAT, Row, Terms, schedule
from tests.sizes import size


def cost(principal: int, rate_bp: int, instalments: int, method: str, multiple: int = 1, fee: int = 0) -> Decimal:
    """Of a loan on these terms."""
    terms = Terms(principal=principal, rate_bp=rate_bp, instalments=instalments, method=method, multiple=multiple)
    return effective(schedule(terms), principal, fee)


@pytest.mark.parametrize(("rate_bp", "percent"), [(800, "14.45"), (900, "16.22"), (1200, "21.46")])
def test_flat_over_twelve_months(rate_bp: int, percent: str) -> None:
    assert cost(1000000, rate_bp, 12, FLAT) == Decimal(percent)


def test_the_loan_of_the_worked_year() -> None:
    assert cost(3000000, 1200, 11, FLAT, multiple=100) == Decimal("21.37")


@pytest.mark.parametrize("method", [EQUAL_INSTALMENT, EQUAL_PRINCIPAL])
@pytest.mark.parametrize("rate_bp", [0, 300, 1200, LAWFUL_BP])
def test_declining_costs_what_it_is_called(method: str, rate_bp: int) -> None:
    assert cost(100000000, rate_bp, 24, method) == Decimal(rate_bp) / 100


def test_a_fee_kept_back_is_a_price_too() -> None:
    """10,000 back after a month for 9,900 paid out: 100 ÷ 9,900 × 12."""
    assert effective([Row(1, 1000000, 0, 0)], 1000000, 10000) == Decimal("12.12")


def test_a_price_above_a_hundred_percent_a_month_is_found() -> None:
    assert effective([Row(1, 100, 400, 0)], 100) == Decimal("4800.00")


def test_months_of_grace_count() -> None:
    assert effective([Row(1, 0, 100, 10000), Row(2, 10000, 100, 0)], 10000) == Decimal("12.00")


def test_a_loan_that_its_fee_eats_has_no_price() -> None:
    with pytest.raises(ValueError, match="a loan pays out more than its fee"):
        effective([Row(1, 100, 0, 0)], 100, 100)


@given(st.integers(10**5, 10**8), st.integers(0, 1500), st.integers(1, 36))
@settings(max_examples=size(30, 1000), deadline=None)
def test_flat_never_costs_less_than_it_is_called(principal: int, rate_bp: int, count: int) -> None:
    assert cost(principal, rate_bp, count, FLAT) >= Decimal(rate_bp) / 100 - Decimal("0.05")


@given(st.integers(10**6, 10**8), st.integers(0, 3000), st.integers(1, 36))
@settings(max_examples=size(30, 1000), deadline=None)
def test_at_its_rate_the_instalments_are_worth_the_loan(principal: int, rate_bp: int, count: int) -> None:
    rows = schedule(Terms(principal=principal, rate_bp=rate_bp, instalments=count, method=FLAT))
    found = effective(rows, principal)

    def worth(percent: Decimal) -> Decimal:
        return sum(((row.principal + row.interest) / (1 + percent / 1200) ** row.no for row in rows), Decimal(0))

    step = Decimal("0.006")
    assert worth(found + step) < principal
    assert worth(max(found - step, Decimal(0))) >= principal


@pytest.mark.parametrize(
    ("rate_bp", "fee", "principal", "together"),
    [(1200, 0, 1000000, 1200), (1200, 30000, 1000000, 1500), (1200, 30001, 1000000, 1501), (1500, 1, 10**9, 1501)],
)
def test_yearly_fees_count_as_interest_and_a_part_of_a_point_as_one(
    rate_bp: int, fee: int, principal: int, together: int
) -> None:
    assert nominal_with_fees(rate_bp, fee, principal) == together


def test_the_law() -> None:
    assert LAWFUL_BP == 1500
