"""Whose signature is whose, and which PINs are too easy. Pure."""

import re
from datetime import timedelta
from typing import Final

from sajja.lib.digits import arabic
from sajja.lib.names import find_key

LENGTH: Final = 6
MOST_TRIES: Final = 5
LOCKED_FOR: Final = timedelta(minutes=15)
RISING: Final = "01234567890123456789"
TITLES: Final = ("นางสาว", "เด็กชาย", "เด็กหญิง", "นาย", "นาง", "นส", "ดช", "ดญ")


def bare(name: str) -> str:
    """A name without its title, blanks and stops: who is the same person."""
    key = find_key(name)
    for title in TITLES:
        if key.startswith(title) and len(key) > len(title):
            return key.removeprefix(title)
    return key


def same_person(one: str, other: str) -> bool:
    """Whether two names, each with or without a title, are one person's."""
    return bare(one) == bare(other)


def digits_of(pin: str) -> str:
    """What was typed, in Arabic digits, without blanks."""
    return "".join(arabic(pin).split())


def is_pin(pin: str) -> bool:
    """Six digits."""
    return re.fullmatch(r"[0-9]{6}", pin) is not None


def too_easy(pin: str) -> bool:
    """A run (123456, 654321), a repetition (111111, 121212, 123123, 112233) or a birthday (DDMMYY, YYMMDD, of the years 25YY MM)."""
    if pin in RISING or pin in RISING[::-1]:
        return True
    pairs = [pin[at : at + 2] for at in (0, 2, 4)]
    if len(set(pin)) <= 2 or len(set(pairs)) == 1 or pin[:3] == pin[3:] or all(len(set(pair)) == 1 for pair in pairs):
        return True
    first, middle, last = (int(pair) for pair in pairs)
    month_in_the_middle = 1 <= middle <= 12 and (1 <= first <= 31 or 1 <= last <= 31)
    return month_in_the_middle or (first in {19, 20, 24, 25} and 1 <= last <= 12)
