"""A loan's instalments: flat, or on what is left; equal instalments or equal principal. Pure; satang, rates in basis points a year.

Sources: domain.md §6. Interest of a month is a twelfth of the year's rate; each figure is rounded once, the last instalment
takes what is left, so that the principals add up to the loan.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from sajja.lib.money import baht

FLAT: Final = "flat"
EQUAL_INSTALMENT: Final = "declining-equal-instalment"
EQUAL_PRINCIPAL: Final = "declining-equal-principal"
HALF_UP: Final = "half-up"
HALF_EVEN: Final = "half-even"
DAYS_A_YEAR: Final = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What was agreed. `multiple`: instalments are whole satang (1) or whole baht (100), all but the last; `grace`: so many
    first instalments are interest alone."""

    principal: int
    rate_bp: int | Fraction
    instalments: int
    method: str
    multiple: int = 1
    rounding: str = HALF_UP
    grace: int = 0


class Row(NamedTuple):
    """One instalment and the principal that is left after it."""

    no: int
    principal: int
    interest: int
    balance: int


def rounded(value: Fraction, mode: str) -> int:
    """To the whole number; a half goes away from nought (half-up) or to the even neighbour (half-even)."""
    if mode == HALF_EVEN:
        return round(value)
    if mode != HALF_UP:
        raise ValueError(f"no such rounding: {mode}")
    up = (2 * abs(value) + 1) // 2
    return -up if value < 0 else up


def schedule(terms: Terms) -> list[Row]:
    """Every instalment. ValueError in Thai where the loan cannot be paid back in exactly so many."""
    _possible(terms)
    principals, interests = _flat(terms) if terms.method == FLAT else _declining(terms)
    rows, balance = [], terms.principal
    for no, (principal, interest) in enumerate(zip(principals, interests, strict=True), start=1):
        balance -= principal
        rows.append(Row(no, principal, interest, balance))
    return rows


def payment(principal: int, rate_bp: int | Fraction, instalments: int) -> Fraction:
    """The equal instalment on a declining balance before rounding: A = P·i ÷ (1 − (1 + i)^−n)."""
    monthly = _monthly(rate_bp)
    if not monthly:
        return Fraction(principal, instalments)
    return principal * monthly / (1 - (1 + monthly) ** -instalments)


def _monthly(rate_bp: int | Fraction) -> Fraction:
    return Fraction(rate_bp) / 120_000


def _possible(terms: Terms) -> None:
    if terms.method not in (FLAT, EQUAL_INSTALMENT, EQUAL_PRINCIPAL):
        raise ValueError(f"no such method: {terms.method}")
    if terms.multiple < 1:
        raise ValueError(f"no such multiple: {terms.multiple}")
    if terms.principal <= 0:
        raise ValueError(_("จำนวนเงินกู้ต้องมากกว่า 0 บาท"))
    if terms.rate_bp < 0:
        raise ValueError(_("อัตราดอกเบี้ยต้องไม่ติดลบ"))
    if terms.instalments < 1:
        raise ValueError(_("จำนวนงวดต้องเป็น 1 งวดขึ้นไป"))
    if not 0 <= terms.grace < terms.instalments:
        raise ValueError(_("งวดที่จ่ายแต่ดอกเบี้ยต้องน้อยกว่าจำนวนงวดทั้งหมด"))


def _flat(terms: Terms) -> tuple[list[int], list[int]]:
    """Total interest P × r × t, rounded once; the last instalment takes what is left of both."""
    count, paying = terms.instalments, terms.instalments - terms.grace
    month = terms.principal * _monthly(terms.rate_bp)
    total = rounded(month * count, terms.rounding)
    each = rounded(month, terms.rounding)
    interests, left = [], total
    for _no in range(count - 1):
        interests.append(min(each, left))  # where it is less than a satang or two the last must not fall below nought
        left -= interests[-1]
    interests.append(left)
    if terms.multiple == 1:
        principal = rounded(Fraction(terms.principal, paying), terms.rounding)
    else:
        later = sum(interests[terms.grace :])
        principal = _to_multiple(Fraction(terms.principal + later, paying), terms) - each
    principals = [0] * terms.grace
    rest = terms.principal
    for no in range(terms.grace + 1, count):
        principals.append(principal)
        rest -= principal
        _leads_to_the_last(terms, Row(no, principal, each, rest))
    return [*principals, rest], interests


def _declining(terms: Terms) -> tuple[list[int], list[int]]:
    """Interest on what is left; the last instalment is the balance with its interest."""
    monthly, paying = _monthly(terms.rate_bp), terms.instalments - terms.grace
    whole = _to_multiple(payment(terms.principal, terms.rate_bp, paying), terms)
    share = Fraction(terms.principal, paying)
    balance = terms.principal
    principals, interests = [], []
    for no in range(1, terms.instalments + 1):
        interest = rounded(balance * monthly, terms.rounding)
        if no <= terms.grace:
            principal = 0
        elif no == terms.instalments:
            principal = balance
        elif terms.method == EQUAL_PRINCIPAL and terms.multiple == 1:
            principal = rounded(share, terms.rounding)
        else:
            if terms.method == EQUAL_PRINCIPAL:
                whole = _to_multiple(share + interest, terms)
            principal = whole - interest
        balance -= principal
        principals.append(principal)
        interests.append(interest)
        if terms.grace < no < terms.instalments:
            _leads_to_the_last(terms, Row(no, principal, interest, balance))
    return principals, interests


def _to_multiple(instalment: Fraction, terms: Terms) -> int:
    return rounded(instalment / terms.multiple, terms.rounding) * terms.multiple


def _leads_to_the_last(terms: Terms, row: Row) -> None:
    """An instalment before the last pays something back and leaves something for the last."""
    if row.principal <= 0:
        why = _(
            "ผ่อน %(count)s งวดไม่ได้ เพราะงวดละ %(instalment)s บาทไม่พอตัดเงินต้น (ดอกเบี้ยงวดละ %(interest)s บาท) "
            "โปรดลดจำนวนงวด หรือคิดงวดเป็นสตางค์"
        )
    elif row.balance <= 0:
        why = _("ผ่อน %(count)s งวดไม่ได้ เพราะงวดละ %(instalment)s บาทจะหมดตั้งแต่งวดที่ %(no)s โปรดใช้ %(no)s งวด หรือคิดงวดเป็นสตางค์")
    else:
        return
    instalment = baht(row.principal + row.interest)
    raise ValueError(why % {"count": terms.instalments, "instalment": instalment, "interest": baht(row.interest), "no": row.no})


def due_days(first_due: date, count: int) -> list[date]:
    """The same day of each month from the first on; where a month is shorter, its last day."""
    return [later(first_due, months) for months in range(count)]


def later(day: date, months: int, anchor: int = 0) -> date:
    """So many months later (before nought: earlier), on the same day or on `anchor`; at the latest on the month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(anchor or day.day, monthrange(year, month + 1)[1]))


def by_the_day(
    principal_history: Sequence[tuple[date, int]], rate_bp: int | Fraction, first: date, last: date, rounding: str = HALF_UP
) -> int:
    """Interest of the days after `first` until `last`: first day out, last day in, 365 days a year, rounded once.

    `principal_history` is (day, what is owed when that day ends), oldest first; what is paid on a day was still owed that day.
    """
    balance, since, days = 0, first, 0
    for day, owed in principal_history:
        if day > first:
            until = min(day, last)
            days += balance * max((until - since).days, 0)
            since = max(since, until)
        balance = owed
    days += balance * max((last - since).days, 0)
    return rounded(Fraction(days) * Fraction(rate_bp) / (10_000 * DAYS_A_YEAR), rounding)
