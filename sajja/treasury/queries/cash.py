"""What each place holds: keepers of cash, bank accounts, and what stands on the headings themselves."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import accumulate
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from sajja.groups.models import GroupBook
from sajja.ledger import queries as ledger
from sajja.ledger.models import Account
from sajja.treasury import chart
from sajja.treasury.models import BankAccount, Keeper
from sajja.treasury.queries.books import money_accounts, rules_on

LOOKED_BACK = timedelta(days=62)


class Holding(NamedTuple):
    """A place where money lies and what is there, in satang; a heading holds only what stands on it alone."""

    account: Account
    name: str | Promise
    satang: int
    keeper: Keeper | None = None
    bank: BankAccount | None = None

    @property
    def is_cash(self) -> bool:
        """Cash in hand, not a bank's."""
        return self.account.code.startswith(chart.CASH)


def holdings(kept: GroupBook, on: date | None = None) -> list[Holding]:
    """Every place of the book by code: now, or at the end of a day."""
    accounts = money_accounts(kept)
    keepers = {row.account_id: row for row in Keeper.objects.filter(kept=kept).select_related("member")}
    banks = {row.account_id: row for row in BankAccount.objects.filter(kept=kept)}
    held = ledger.balances_on(kept.book, [account.pk for account in accounts], on)
    for account in accounts:
        if account.control_id in held:
            held[account.control_id] -= account.balance  # the heading's own balance holds what is under it, as of now
    split = {account.control_id for account in accounts}
    return [
        Holding(a, _name(a, keepers.get(a.pk), banks.get(a.pk), a.pk in split), held[a.pk], keepers.get(a.pk), banks.get(a.pk))
        for a in accounts
    ]


def _name(account: Account, keeper: Keeper | None, bank: BankAccount | None, split: bool) -> str:
    if keeper:
        return _("เงินสดที่ %(name)s") % {"name": keeper.name}
    if bank:
        return str(bank)
    if split:
        return _("%(name)s (ยังไม่แยก)") % {"name": account.name}
    return account.name


def in_use(found: Iterable[Holding], on: date) -> list[Holding]:
    """Those that can take or give money on a day: what has ended, and an empty heading that is split, is left out."""
    rows = list(found)
    split = {row.account.control_id for row in rows}
    return [row for row in rows if _open_on(row, on) and (row.satang or row.account.pk not in split)]


def _open_on(row: Holding, on: date) -> bool:
    if row.keeper:
        return row.keeper.starts <= on and (row.keeper.ends is None or on <= row.keeper.ends)
    if row.bank:
        return row.bank.opened <= on and (row.bank.ended is None or on <= row.bank.ended)
    return True


def holding_of(kept: GroupBook, account: Account, on: date | None = None) -> Holding:
    """One place; DoesNotExist where the account holds no money of this book."""
    for row in holdings(kept, on):
        if row.account.pk == account.pk:
            return row
    raise Account.DoesNotExist


class TooMuch(NamedTuple):
    """Cash above its limit, in satang."""

    holding: Holding
    limit: int


def above_limit(kept: GroupBook, on: date, found: Iterable[Holding] | None = None) -> list[TooMuch]:
    """Keepers with more than their own limit, or the book's; the heading counts like a keeper."""
    rules = rules_on(kept, on)
    rows = holdings(kept) if found is None else found
    limits = [(row, row.keeper.limit_satang if row.keeper and row.keeper.limit_satang is not None else rules.cash_limit_satang)
              for row in rows if row.is_cash]  # fmt: skip
    return [TooMuch(row, limit) for row, limit in limits if row.satang > limit]


def bank_by(kept: GroupBook, row: TooMuch, today: date) -> date:
    """By which day it should be in the bank: so many days after the evening from which on it lies above its limit."""
    first = max(kept.book.opened_on, today - LOOKED_BACK)
    brought, moved = steps(kept, row.holding.account, first, today)
    over, since = brought > row.limit, first
    for day, balance in sorted({step.line.entry.date: step.balance for step in moved}.items()):
        if balance > row.limit and not over:
            since = day
        over = balance > row.limit
    return since + timedelta(days=rules_on(kept, today).bank_within_days)


class Step(NamedTuple):
    """A movement of one account with the balance after it, in satang."""

    line: ledger.Line
    balance: int


def steps(kept: GroupBook, account: Account, first: date, last: date) -> tuple[int, list[Step]]:
    """The balance before `first`, and each movement of these days with the balance after it; by day.

    A heading shows what stands on it alone.
    """
    before = date.fromordinal(first.toordinal() - 1)
    brought = holding_of(kept, account, before).satang
    lines = [line for line in ledger.lines_of(kept.book, [account.pk], first, last) if _on(line, account)]
    balances = list(accumulate((line.amount for line in lines), initial=brought))[1:]
    return brought, [Step(line, balance) for line, balance in zip(lines, balances, strict=True)]


def _on(line: ledger.Line, account: Account) -> bool:
    mine = line.movement.debit_id if line.amount > 0 else line.movement.credit_id
    return mine == account.pk
