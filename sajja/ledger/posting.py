"""What a posting does to balances and totals: sums over arrows. Pure; amounts in satang."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import date
from itertools import accumulate
from typing import NamedTuple


class Arrow(NamedTuple):
    """Money from the account `credit` to the account `debit` (ids).

    Arrows with the same `slip` share one receipt number, given in the order in which slips first appear; None: no receipt.
    """

    debit: int
    credit: int
    amount: int
    slip: Hashable | None = None
    about: int | None = None
    note: str = ""
    reverses: int | None = None


class Turned(NamedTuple):
    """The turnover of one account in satang."""

    debits: int
    credits: int

    @property
    def net(self) -> int:
        """Debits less credits."""
        return self.debits - self.credits


def turnover(arrows: Iterable[Arrow]) -> dict[int, Turned]:
    """Account → what these arrows move on it."""
    debits: defaultdict[int, int] = defaultdict(int)
    credited: defaultdict[int, int] = defaultdict(int)
    for arrow in arrows:
        debits[arrow.debit] += arrow.amount
        credited[arrow.credit] += arrow.amount
    return {account: Turned(debits[account], credited[account]) for account in sorted({*debits, *credited})}


def under_controls(turned: Mapping[int, Turned], control_of: Mapping[int, int]) -> dict[int, Turned]:
    """The turnover of the control accounts; an account that has none above it is its own."""
    debits: defaultdict[int, int] = defaultdict(int)
    credited: defaultdict[int, int] = defaultdict(int)
    for account, its in turned.items():
        control = control_of.get(account, account)
        debits[control] += its.debits
        credited[control] += its.credits
    return {control: Turned(debits[control], credited[control]) for control in sorted(debits)}


def receipts(arrows: Sequence[Arrow], last: int) -> dict[Hashable, int]:
    """Slip → its number, gapless after `last`."""
    slips = dict.fromkeys(arrow.slip for arrow in arrows if arrow.slip is not None)
    return {slip: number for number, slip in enumerate(slips, last + 1)}


def lowest(now: int, later: Iterable[tuple[date, int]]) -> int:
    """The lowest balance at the end of any day from a day on, given today's and the changes (day, net) after that day."""
    by_day: defaultdict[date, int] = defaultdict(int)
    for day, net in later:
        by_day[day] += net
    back = accumulate((by_day[day] for day in sorted(by_day, reverse=True)), initial=0)
    return min(now - undone for undone in back)
