"""The collecting day: a line for each member who came, what is due, and what the sheet adds up to. Pure; satang."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Final, NamedTuple

from sajja.ledger import periods
from sajja.treasury import counting

CASH: Final = "cash"
TRANSFER: Final = "transfer"
AHEAD: Final = (6, 12)
"""For how many months a member may pay at once by one press."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repayment:
    """What a member pays on a loan; `contract` is the key of the contract's account."""

    contract: int
    principal: int = 0
    interest: int = 0
    fine: int = 0

    @property
    def total(self) -> int:
        """All of it."""
        return self.principal + self.interest + self.fine


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What one member (key) brought; `others` is {key of the sheet's column: satang}, `bank` the account of a transfer.

    `brought_by` is the member who carried it; `corrects` the receipt line that this one puts right.
    """

    member: int
    pledged: int = 0
    special: int = 0
    fine: int = 0
    fee: int = 0
    others: Mapping[int, int] = field(default_factory=dict)
    repayments: tuple[Repayment, ...] = ()
    method: str = CASH
    bank: int | None = None
    transfer_at: time | None = None
    transfer_digits: str = ""
    paper_book: str = ""
    paper_no: str = ""
    brought_by: int | None = None

    @property
    def total(self) -> int:
        """The money that this member handed over."""
        return self.savings + self.income + sum(self.others.values()) + sum(loan.total for loan in self.repayments)

    @property
    def savings(self) -> int:
        """Pledged and special."""
        return self.pledged + self.special

    @property
    def income(self) -> int:
        """Fine for late savings, and fee."""
        return self.fine + self.fee

    @property
    def amounts(self) -> tuple[int, ...]:
        """Every amount of the line."""
        loans = tuple(part for loan in self.repayments for part in (loan.principal, loan.interest, loan.fine))
        return (self.pledged, self.special, self.fine, self.fee, *self.others.values(), *loans)


class Totals(NamedTuple):
    """What a sheet comes to. `saved` are the members who brought pledged savings."""

    people: int
    saved: int
    pledged: int
    special: int
    fine: int
    fee: int
    others: int
    principal: int
    interest: int
    cash: int
    transfer: int

    @property
    def total(self) -> int:
        """Cash and transfers."""
        return self.cash + self.transfer


def totals(lines: Iterable[Line]) -> Totals:
    """The sums of a sheet; every satang stands in one kind and in one way of paying."""
    found = list(lines)
    loans = [loan for line in found for loan in line.repayments]
    return Totals(
        people=len(found),
        saved=sum(line.pledged > 0 for line in found),
        pledged=sum(line.pledged for line in found),
        special=sum(line.special for line in found),
        fine=sum(line.fine for line in found) + sum(loan.fine for loan in loans),
        fee=sum(line.fee for line in found),
        others=sum(sum(line.others.values()) for line in found),
        principal=sum(loan.principal for loan in loans),
        interest=sum(loan.interest for loan in loans),
        cash=sum(line.total for line in found if line.method == CASH),
        transfer=sum(line.total for line in found if line.method == TRANSFER),
    )


def running(lines: Sequence[Line]) -> list[int]:
    """The cash that must lie on the table after each line."""
    now, found = 0, []
    for line in lines:
        now += line.total if line.method == CASH else 0
        found.append(now)
    return found


def brought(lines: Iterable[Line]) -> dict[int, tuple[int, int]]:
    """Bringer's key → for how many others, and how much he put down with his own; those who bring only their own are left out."""
    found = list(lines)
    bringers = {line.brought_by for line in found if line.brought_by is not None}
    return {
        who: (
            sum(line.brought_by == who for line in found),
            sum(line.total for line in found if who in {line.brought_by, line.member if line.brought_by is None else None}),
        )
        for who in sorted(bringers)
    }


class Counted(NamedTuple):
    """Cash counted against the cash expected; `odd` is below the smallest coin, which nobody can count."""

    counted: int
    expected: int
    odd: int

    @property
    def difference(self) -> int:
        """Above nought: over; below: short."""
        return self.counted + self.odd - self.expected


def counted(pieces: Mapping[int, int], expected: int, step: int) -> Counted:
    """The count of a day's cash; ValueError for a piece that is no money."""
    there = counting.total(pieces)
    odd = counting.odd(expected, step)
    return Counted(there, expected, odd if there != expected else 0)


class Due(NamedTuple):
    """What a member owes in pledged savings on a day. `arrears` and `months` are of the months before this one."""

    pledge: int
    now: int
    arrears: int
    months: int
    late: int
    ahead: int

    def months_ahead(self, count: int) -> int:
        """What pays this month, what is behind, and the months after it: `count` months from this one on."""
        return self.now + max(0, count - 1) * self.pledge


def pledged_in(history: Sequence[tuple[date, int]], month: int) -> int:
    """The pledge that holds in a month (202106); oldest first, nought before the first."""
    held = 0
    for since, satang in history:
        if periods.month_of(since) > month:
            break
        held = satang
    return held


def due(
    history: Sequence[tuple[date, int]], first: int, month: int, paid: int, *, this_late: bool = False, last_late: bool = True
) -> Due:
    """What is due in `month` by a member whose first month is `first` and who has `paid` since.

    Money fills the oldest month first. `this_late`, `last_late`: whether this month, and the one before it, are past their
    days of grace; `late` counts the months, past their grace, that are not paid in full.
    """
    left, arrears, behind, late, owed = paid, 0, 0, 0, 0
    for each in periods.months(first, month):
        owed = pledged_in(history, each)
        lacks = max(0, owed - left)
        left = max(0, left - owed)
        if each == month:
            late += bool(lacks and this_late)
            return Due(owed, arrears + lacks, arrears, behind, late, left)
        if lacks:
            arrears, behind = arrears + lacks, behind + 1
            late += last_late or periods.after(each) != month
    return Due(pledged_in(history, month), 0, 0, 0, 0, left)


def day_in(month: int, collecting_day: int) -> date:
    """The collecting day of a month: the 31st is the last where the month is shorter."""
    last = periods.last_day(month)
    return last.replace(day=min(collecting_day, last.day))
