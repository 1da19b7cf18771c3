"""What is left of a loan's instalments, what a payment settles, what closes the contract. Pure; satang.

Money fills each column, principal and interest, in the order of the instalments; so two sums tell what is left.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from sajja.lib.money import baht
from sajja.treasury.schedule import FLAT, later

BY_INSTALMENT: Final = "by-instalment"
INTEREST_FIRST: Final = "interest-first"
PRINCIPAL_FIRST: Final = "principal-first"
CURRENT: Final = "current"
AGES: Final = (CURRENT, "1-30", "31-90", "91-180", "181-365", "over-365")
_LAST_DAYS: Final = (0, 30, 90, 180, 365)


class Instalment(NamedTuple):
    """One instalment as it was agreed."""

    no: int
    due: date
    principal: int
    interest: int


class Owed(NamedTuple):
    """What is left of one instalment."""

    no: int
    due: date
    principal: int
    interest: int


class Split(NamedTuple):
    """A payment, taken apart."""

    fine: int
    interest: int
    principal: int

    @property
    def total(self) -> int:
        """The three together."""
        return self.fine + self.interest + self.principal


def left(instalments: Sequence[Instalment], principal_paid: int, interest_paid: int) -> list[Owed]:
    """What is left of each instalment, in their order; one that is paid is left out. Paid above all: nothing is left."""
    found = []
    for one in instalments:
        principal = min(one.principal, max(principal_paid, 0))
        interest = min(one.interest, max(interest_paid, 0))
        principal_paid -= principal
        interest_paid -= interest
        if principal < one.principal or interest < one.interest:
            found.append(Owed(one.no, one.due, one.principal - principal, one.interest - interest))
    return found


def overdue(owed: Sequence[Owed], on: date, grace_days: int = 0) -> list[Owed]:
    """Those whose day, with the days of grace, is past; on the day itself nobody is late."""
    return [one for one in owed if one.due < on - timedelta(days=grace_days)]


def days_overdue(owed: Sequence[Owed], on: date) -> int:
    """Days since the oldest was due; 0 where none is late."""
    return max(((on - one.due).days for one in owed), default=0) if overdue(owed, on) else 0


def age(owed: Sequence[Owed], on: date) -> str:
    """Which of AGES the oldest overdue instalment has reached."""
    days = days_overdue(owed, on)
    for name, last in zip(AGES, _LAST_DAYS, strict=False):
        if days <= last:
            return name
    return AGES[-1]


def split(owed: Sequence[Owed], amount: int, fine: int, on: date, order: str) -> Split:
    """What a payment of that day settles: the fine, then by `order`. ValueError in Thai where it is more than all that is left.

    by-instalment: instalment by instalment, in each the interest before the principal. interest-first: all interest that is
    due, then the principal that is due. principal-first: the other way round. What is above all that is due goes to the later
    instalments, one by one; in each the interest first, or for principal-first the principal.
    """
    if amount < 0 or fine < 0:
        raise ValueError(_("จำนวนเงินที่ชำระต้องไม่ติดลบ"))
    whole = fine + sum(one.principal + one.interest for one in owed)
    if amount > whole:
        raise ValueError(_("รับเกินยอดหนี้ไม่ได้: ค้างอยู่ทั้งหมด %(whole)s บาท โปรดรับไม่เกินยอดนี้") % {"whole": baht(whole)})
    paid = {"fine": min(amount, fine), "interest": 0, "principal": 0}
    amount -= paid["fine"]
    for column, wanted in _turns(owed, on, order):
        taken = min(wanted, amount)
        paid[column] += taken
        amount -= taken
    return Split(**paid)


def _turns(owed: Sequence[Owed], on: date, order: str) -> Iterator[tuple[str, int]]:
    """Column and sum, in the order in which money goes to them."""
    if order not in (BY_INSTALMENT, INTEREST_FIRST, PRINCIPAL_FIRST):
        raise ValueError(f"no such order: {order}")
    first, second = ("principal", "interest") if order == PRINCIPAL_FIRST else ("interest", "principal")
    due = [one for one in owed if one.due <= on]
    if order != BY_INSTALMENT:
        for column in (first, second):
            yield column, sum(getattr(one, column) for one in due)
    for one in owed if order == BY_INSTALMENT else owed[len(due) :]:
        yield first, getattr(one, first)
        yield second, getattr(one, second)


class Contract(NamedTuple):
    """One of a member's contracts as a payment finds it: what is left of it, the fine of the day, its order."""

    key: int
    owed: Sequence[Owed]
    fine: int
    order: str

    def due(self, on: date) -> int:
        """What a payment of that day should be."""
        return self.fine + sum(one.principal + one.interest for one in self.owed if one.due <= on)

    @property
    def whole(self) -> int:
        """All that is left, with the fine."""
        return self.fine + sum(one.principal + one.interest for one in self.owed)


def spread(contracts: Sequence[Contract], amount: int, on: date) -> list[Split]:
    """One sum over several contracts: what is due on each in turn, then what is to come, in turn. ValueError above all of it."""
    whole = sum(one.whole for one in contracts)
    if amount > whole:
        raise ValueError(_("รับเกินยอดหนี้ไม่ได้: ค้างอยู่ทั้งหมด %(whole)s บาท โปรดรับไม่เกินยอดนี้") % {"whole": baht(whole)})
    given = []
    for one in contracts:
        given.append(min(one.due(on), amount))
        amount -= given[-1]
    for at, one in enumerate(contracts):
        more = min(one.whole - given[at], amount)
        given[at] += more
        amount -= more
    return [split(one.owed, part, one.fine, on, one.order) for one, part in zip(contracts, given, strict=True)]


def settlement(owed: Sequence[Owed], on: date, method: str, forgive_later_interest: bool = True) -> Split:
    """What closes the contract on this day, without a fine: all principal and the interest that is due.

    Interest of instalments that are not due yet is forgiven, unless the contract does not forgive it; a declining loan owes
    the interest of the month that has begun.
    """
    principal = sum(one.principal for one in owed)
    if not forgive_later_interest:
        return Split(0, sum(one.interest for one in owed), principal)
    interest = sum(one.interest for one in owed if one.due <= on)
    coming = [one for one in owed if one.due > on]
    if coming and method != FLAT:
        usual = max(one.due.day for one in owed)  # the 31st, where February was due on the 28th
        if on > later(coming[0].due, -1, usual):
            interest += coming[0].interest
    return Split(0, interest, principal)
