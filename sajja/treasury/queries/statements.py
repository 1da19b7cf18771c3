"""The statements of a book at any day, read from its totals; the figures come from ledger.sums, the shapes from statement.

Every function costs a fixed number of queries. A book knows the eve of its opening (what was brought in) and nothing
before it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Sum

from sajja.ledger import periods, queries, sums
from sajja.ledger.models import Account, Book, Entry, PeriodTotal, Stage
from sajja.ledger.queries import Line
from sajja.ledger.sums import BalanceSheet, Heading, IncomeStatement, TrialBalance
from sajja.treasury import chart, statement
from sajja.treasury.kinds import KINDS
from sajja.treasury.statement import Moved, Passed


class Span(NamedTuple):
    """Some days, both counted."""

    first: date
    last: date

    @property
    def a_year_before(self) -> "Span":
        """The same days of last year; 29 February becomes 28."""
        last = _year_before(self.last)
        if statement.is_month_end(self.last):
            last = periods.last_day(periods.month_of(last))
        return Span(_year_before(self.first), last)


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def month_span(month: int) -> Span:
    """202106 → its days."""
    return Span(periods.first_day(month), periods.last_day(month))


def year_span(book: Book, day: date) -> Span:
    """The fiscal year of a day."""
    year = periods.fiscal_year(day, book.fiscal_year_starts)
    return Span(periods.year_first(year, book.fiscal_year_starts), periods.year_last(year, book.fiscal_year_starts))


def year_so_far(book: Book, day: date) -> Span:
    """The fiscal year up to a day."""
    return Span(year_span(book, day).first, day)


def year_end_before(book: Book, day: date) -> date:
    """The last day of the fiscal year before that of a day."""
    return year_span(book, day).first - timedelta(days=1)


def eve(book: Book) -> date:
    """The day whose end the opening shows."""
    return book.opened_on - timedelta(days=1)


def trial_balance(book: Book, on: date | None = None, through: Stage = Stage.CLOSING) -> TrialBalance:
    """The headings that are not nought at the end of a day (None: of everything posted)."""
    return sums.trial_balance(queries.headings(book, on, through))


def balance_sheet(book: Book, on: date | None = None, through: Stage = Stage.CLOSING) -> BalanceSheet:
    """Assets, liabilities, equity and the open result at the end of a day."""
    return sums.balance_sheet(queries.headings(book, on, through))


def income_statement(book: Book, span: Span) -> IncomeStatement:
    """Income and expense of a span that begins with a month, before closing entries; reversed vouchers fall out by themselves.

    What the opening brought in of income and expense so far counts where the span begins with the fiscal year.
    """
    moved = turnover(book, span, opening=span.first == year_span(book, span.first).first)
    headings = [heading._replace(balance=debits - credited) for heading, debits, credited in moved]
    return sums.income_statement(headings)


def turnover(
    book: Book, span: Span, *, opening: bool = False, through: Stage = Stage.ADJUSTING
) -> list[tuple[Heading, int, int]]:
    """Each heading with its gross debits and credits of a span that begins with a month.

    Whole months from the totals, the days of an unfinished month from their movements. `opening`: with what was brought in.
    """
    accounts = queries.controls(book)
    debits: defaultdict[int, int] = defaultdict(int)
    credited: defaultdict[int, int] = defaultdict(int)
    first, last = periods.month_of(span.first), periods.month_of(span.last)
    whole = last if statement.is_month_end(span.last) else periods.before(last)
    parts = [(1, account, *its) for account, its in queries.turnover(book, first, whole, through).items()]
    if whole != last:
        parts += [(1, *flow) for flow in queries.flows(book, max(span.first, periods.first_day(last)), span.last)]
    if not opening and span.first <= eve(book) <= span.last:
        parts += [(-1, *flow) for flow in queries.flows(book, span.first, eve(book))]
    for sign, account, its_debits, its_credits in parts:
        debits[account] += sign * its_debits
        credited[account] += sign * its_credits
    return [(Heading(a.pk, a.code, a.name, a.kind, 0), debits[a.pk], credited[a.pk]) for a in accounts]


def receipts_payments(book: Book, span: Span) -> Passed:
    """Cash and bank together: moves between them are left out, as is what was posted and taken back within these days.

    What was taken back later stands as it was shown; the taking back stands in its own month, on its own side.
    """
    accounts = {account.pk: account for account in queries.controls(book)}
    money = {pk for pk, account in accounts.items() if account.code in chart.MONEY}
    first = max(span.first, book.opened_on)
    pairs = queries.pairs(book, first, span.last)
    for key, satang in _taken_back(book, first, span.last).items():
        pairs[key] = pairs.get(key, 0) - satang
    passings = [
        sums.Passing(credit if debit in money else debit, amount if debit in money else -amount)
        for (debit, credit), amount in sorted(pairs.items())
        if amount and (debit in money) != (credit in money)
    ]
    received, paid = sums.receipts_and_payments(passings)
    before = queries.headings(book, first - timedelta(days=1))
    opening = sum(heading.balance for heading in before if heading.account in money)
    return Passed(opening, _by_code(received, accounts), _by_code(paid, accounts))


def _by_code(amounts: Mapping[int, int], accounts: Mapping[int, Account]) -> list[tuple[Heading, int]]:
    found = [(Heading(a.pk, a.code, a.name, a.kind, 0), amounts[a.pk]) for pk, a in accounts.items() if pk in amounts]
    return sorted(found, key=lambda line: line[0].code)


def _taken_back(book: Book, first: date, last: date) -> dict[tuple[int, int], int]:
    """(debit, credit) by heading → satang of movements posted and taken back within these days, and of their reversals."""
    days = {"entry__date__gte": first, "entry__date__lte": last}
    reversing = queries.movements_in(book).filter(**days, reverses__entry__date__gte=first, reverses__entry__date__lte=last)
    found: defaultdict[tuple[int, int], int] = defaultdict(int)
    for m in reversing.select_related("debit", "credit").filter(reverses__isnull=False):
        debit, credit = m.debit.control_id or m.debit_id, m.credit.control_id or m.credit_id
        found[debit, credit] += m.amount
        found[credit, debit] += m.amount
    return dict(found)


def cash_book(book: Book, span: Span, *, names: bool) -> tuple[tuple[int, int], list[Moved]]:
    """What cash and bank held before, and each voucher that moved them. `names`: with the words of the voucher."""
    accounts = queries.controls(book)
    cash, bank = ([a.pk for a in accounts if a.code == code] for code in chart.MONEY)
    before = {heading.account: heading.balance for heading in queries.headings(book, span.first - timedelta(days=1))}
    opening = (sum(before[pk] for pk in cash), sum(before[pk] for pk in bank))
    of = _columns(book, cash, bank)
    moves: dict[int, Moved] = {}
    for line in queries.lines_of(book, [*cash, *bank], span.first, span.last):
        own = line.movement.debit_id if line.amount > 0 else line.movement.credit_id
        if of[own] == of.get(line.other_id):
            continue
        moves[line.entry.pk] = _added(moves.get(line.entry.pk) or _empty(line.entry, 2, names), of[own], line.amount)
    return opening, list(moves.values())


def _columns(book: Book, *headings: Sequence[int]) -> dict[int, int]:
    """Account (of these headings or under them) → the place of its column."""
    place = {pk: at for at, keys in enumerate(headings) for pk in keys}
    under = Account.objects.filter(book=book, control__in=place).values_list("pk", "control")
    return place | {pk: place[control] for pk, control in under if control}


def _empty(entry: Entry, columns: int, names: bool) -> Moved:
    return Moved(entry.pk, entry.voucher, entry.date, words_of(entry, names), ((0, 0),) * columns)


def words_of(entry: Entry, names: bool) -> str:
    """The voucher's words; where members' names must not be read, its kind alone."""
    kind = str(KINDS.get(entry.kind, entry.kind))
    return entry.memo if names and entry.memo else kind


def _added(move: Moved, column: int, amount: int) -> Moved:
    amounts = list(move.amounts)
    came, went = amounts[column]
    amounts[column] = (came + amount, went) if amount > 0 else (came, went - amount)
    return move._replace(amounts=tuple(amounts))


def ledger_account(account: Account, span: Span, *, names: bool) -> tuple[int, list[Moved]]:
    """What an account held before and what moved it: a heading by voucher, an account under one by movement."""
    book, day = account.book, span.first - timedelta(days=1)
    if account.control_id is None:
        opening = next(heading.balance for heading in queries.headings(book, day) if heading.account == account.pk)
    else:
        opening = queries.balances_on(book, [account.pk], day)[account.pk]
    lines = queries.lines_of(book, [account.pk], span.first, span.last)
    if account.control_id is None:
        return opening, _by_voucher(lines, names)
    return opening, [_added(_empty_line(line, names), 0, line.amount) for line in lines]


def _by_voucher(lines: Iterable[Line], names: bool) -> list[Moved]:
    moves: dict[int, Moved] = {}
    for line in lines:
        moves[line.entry.pk] = _added(moves.get(line.entry.pk) or _empty(line.entry, 1, names), 0, line.amount)
    return list(moves.values())


def _empty_line(line: Line, names: bool) -> Moved:
    words = words_of(line.entry, names)
    return _empty(line.entry, 1, names)._replace(words=f"{words} · {line.movement.note}" if line.movement.note else words)


def month_ends(book: Book, first: int, last: int) -> dict[int, dict[str, int]]:
    """Month → code → what stood at its end, seen from its own side; two queries however long."""
    codes = {account.pk: account for account in queries.controls(book) if account.code in statement.MONTH_END_CODES}
    totals = PeriodTotal.objects.filter(account__in=codes, month__lte=last)
    change: defaultdict[int, defaultdict[int, int]] = defaultdict(lambda: defaultdict(int))
    for account, month, debits, credited in totals.values_list("account_id", "month").annotate(Sum("debits"), Sum("credits")):
        change[max(month, periods.before(first))][account] += int(debits) - int(credited)
    standing = dict.fromkeys(codes, 0)
    found: dict[int, dict[str, int]] = {}
    for month in [periods.before(first), *periods.months(first, last)]:
        for account, net in change[month].items():
            standing[account] += net
        if month >= first:
            found[month] = {codes[pk].code: net if codes[pk].kind in "AE" else -net for pk, net in standing.items()}
    return found
