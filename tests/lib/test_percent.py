from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from sajja.lib.percent import text, truncated


def test_456_of_760_is_60_percent() -> None:
    assert truncated(456, 760) == Decimal("60.0")


def test_a_percentage_is_never_rounded_up() -> None:
    assert truncated(5_996, 10_000) == Decimal("59.9")
    assert truncated(2, 3, places=2) == Decimal("66.66")
    assert truncated(759, 760, places=0) == 99


def test_nothing_to_measure_is_no_percentage() -> None:
    assert truncated(0, 0) is None
    assert text(0, 0) == "–"


def test_how_a_percentage_is_written() -> None:
    assert text(412, 760) == "54.2%"
    assert text(760, 760) == "100.0%"
    assert text(1, 3, places=0) == "33%"


@given(st.integers(0, 10**9), st.integers(1, 10**9), st.integers(0, 4))
def test_truncated_is_less_than_one_step_below_the_exact_share(n: int, d: int, places: int) -> None:
    percent = truncated(n, d, places)

    assert percent is not None
    assert 0 <= Fraction(n * 100, d) - Fraction(percent) < Fraction(1, 10**places)
