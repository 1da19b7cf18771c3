"""How a value of a year's data file is read; ValueError, TypeError or another where it cannot be. Pure."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from sajja.lib import money

MOST: Final = 1_000_000
MOST_REMINDERS: Final = 6
BEFORE: Final = (7, 3, 1)
AFTER: Final = (1, 3, 7)


def text(value: Any) -> str:
    """A text with something in it."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError
    return value.strip()


def maybe_text(value: Any) -> str:
    """A text, perhaps empty."""
    if not isinstance(value, str):
        raise TypeError
    return value.strip()


def texts(value: Any) -> tuple[str, ...]:
    """Some texts."""
    if not isinstance(value, list | tuple):
        raise TypeError
    return tuple(text(one) for one in value)


def quotas(value: Any) -> dict[str, int]:
    """Province → its own quota."""
    return {text(province): count(quota) for province, quota in value.items()}


def count(value: Any) -> int:
    """A whole number from nought to a million."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST:
        raise ValueError
    return value


def days(value: Any) -> int:
    """A number of days, a year at the most."""
    if count(value) > 366:
        raise ValueError
    return int(value)


def above_nought(value: Any) -> int:
    """A whole number from one on."""
    if count(value) == 0:
        raise ValueError
    return int(value)


def day(value: Any) -> date:
    """A day, as TOML or as ISO text."""
    return value if type(value) is date else date.fromisoformat(value)


def satang(value: Any) -> int:
    """Baht as text, in satang."""
    return money.parse_baht(text(value))


def one_of(*words: str) -> Callable[[Any], str]:
    """One of these words."""

    def choose(value: Any) -> str:
        if value not in words:
            raise ValueError
        return str(value)

    return choose


def reminders(value: Any) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """On how many days before and after a due day it is reminded; what is left out is as it always was."""
    return some_days(value.get("before", BEFORE)), some_days(value.get("after", AFTER))


def some_days(value: Any) -> tuple[int, ...]:
    """A few numbers of days, none of them nought."""
    if not isinstance(value, list | tuple) or len(value) > MOST_REMINDERS or not all(days(one) for one in value):
        raise ValueError
    return tuple(value)
