"""The statements, as sums over headings. Pure; satang; a balance is debits less credits."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Heading(NamedTuple):
    """A control account with a balance."""

    account: int
    code: str
    name: str
    kind: str
    balance: int

    @property
    def debit(self) -> int:
        """Its column in a trial balance."""
        return max(self.balance, 0)

    @property
    def credit(self) -> int:
        """Its column in a trial balance."""
        return max(-self.balance, 0)


class Flow(NamedTuple):
    """What moved on a heading."""

    account: int
    debits: int
    credits: int


class TrialBalance(NamedTuple):
    """Headings that are not nought, and both totals, which are equal in books that are right."""

    lines: list[Heading]
    debits: int
    credits: int


class Part(NamedTuple):
    """A part of a statement: its lines (heading, amount on the part's own side) and their sum."""

    key: str
    lines: list[tuple[Heading, int]]
    total: int


class IncomeStatement(NamedTuple):
    """Income, expense and what is left (below nought: a loss)."""

    income: Part
    expense: Part
    net: int


class BalanceSheet(NamedTuple):
    """Assets on one side, liabilities, equity and the result not yet closed on the other."""

    assets: Part
    liabilities: Part
    equity: Part
    result: int

    @property
    def other_side(self) -> int:
        """Liabilities, equity and the open result; equals the assets in books that are right."""
        return self.liabilities.total + self.equity.total + self.result


def trial_balance(headings: Iterable[Heading]) -> TrialBalance:
    """งบทดลอง."""
    lines = [heading for heading in headings if heading.balance]
    return TrialBalance(lines, sum(line.debit for line in lines), sum(line.credit for line in lines))


def income_statement(headings: Sequence[Heading]) -> IncomeStatement:
    """งบกำไรขาดทุน of headings that hold the turnover of a span."""
    income, expense = _part("income", headings, "I", -1), _part("expense", headings, "E", 1)
    return IncomeStatement(income, expense, income.total - expense.total)


def balance_sheet(headings: Sequence[Heading]) -> BalanceSheet:
    """งบแสดงฐานะการเงิน; income and expense that no closing has moved yet stand as the open result."""
    open_result = -sum(heading.balance for heading in headings if heading.kind in {"I", "E"})
    return BalanceSheet(
        _part("asset", headings, "A", 1), _part("liability", headings, "L", -1), _part("equity", headings, "Q", -1), open_result
    )


def _part(key: str, headings: Sequence[Heading], kind: str, side: int) -> Part:
    lines = [(heading, side * heading.balance) for heading in headings if heading.kind == kind and heading.balance]
    return Part(key, lines, sum(amount for _heading, amount in lines))


class Passing(NamedTuple):
    """A movement that brought money in or took it out: the heading at its other end, amount above nought for money in."""

    other: int
    amount: int


def receipts_and_payments(passings: Iterable[Passing]) -> tuple[dict[int, int], dict[int, int]]:
    """Heading → received, heading → paid; the caller leaves out transfers between cash and bank, and what was reversed."""
    received: dict[int, int] = {}
    paid: dict[int, int] = {}
    for other, amount in passings:
        side = received if amount > 0 else paid
        side[other] = side.get(other, 0) + abs(amount)
    return received, paid
