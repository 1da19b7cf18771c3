"""Interest on special savings: on the lowest balance of each month, or by the day. Pure; satang, rates in basis points.

The balance carried into a month counts as one of its balances. The parts are added up unrounded and rounded once, half up.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from sajja.ledger import periods

DAYS_A_YEAR = 365


class Reckoned(NamedTuple):
    """What one account earns: its lowest balance month by month (by the day: empty) and the interest, in satang."""

    lows: tuple[int, ...]
    interest: int


def half_up(amount: Fraction) -> int:
    """To the whole satang; a half goes up, away from nought."""
    sign = -1 if amount < 0 else 1
    doubled = 2 * abs(amount) + 1
    return sign * (doubled.numerator // doubled.denominator // 2)


def lowest_by_month(carried: int, changes: Iterable[tuple[date, int]], months: Sequence[int]) -> tuple[int, ...]:
    """The lowest end-of-day balance of each month; `carried` is the balance before the first, `changes` are (day, satang)."""
    by_month: dict[int, dict[date, int]] = {month: {} for month in months}
    for day, amount in changes:
        days = by_month[periods.month_of(day)]
        days[day] = days.get(day, 0) + amount
    lows = []
    for month in months:
        low = carried
        for day in sorted(by_month[month]):
            carried += by_month[month][day]
            low = min(low, carried)
        lows.append(low)
    return tuple(lows)


def on_lowest(carried: int, changes: Iterable[tuple[date, int]], months: Sequence[int], rate_bp: int) -> Reckoned:
    """Σ lowest × rate ÷ 12, rounded once."""
    lows = lowest_by_month(carried, changes, months)
    return Reckoned(lows, half_up(Fraction(sum(max(low, 0) for low in lows) * rate_bp, 10_000 * 12)))


def by_the_day(carried: int, changes: Iterable[tuple[date, int]], first: date, last: date, rate_bp: int) -> Reckoned:
    """Σ balance of each night × rate ÷ 365, rounded once: money earns from the day it comes in until the day before it goes."""
    moved: dict[date, int] = {}
    for day, amount in changes:
        moved[day] = moved.get(day, 0) + amount
    nights, day = 0, first
    while day <= last:
        carried += moved.get(day, 0)
        nights += max(carried, 0)
        day += timedelta(days=1)
    return Reckoned((), half_up(Fraction(nights * rate_bp, 10_000 * DAYS_A_YEAR)))


def span(day: date, before: date | None, opened: date) -> tuple[date, date]:
    """From the day after the last run (the book's first day) to this run's."""
    return (before + timedelta(days=1) if before else opened), day


def is_a_day(day: date, days: str) -> bool:
    """Is it one of the rule's days ("06-30 12-31")?"""
    return f"{day:%m-%d}" in days.split()
