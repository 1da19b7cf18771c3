"""Reads of the ledger. A statement costs the number of accounts and months, not the length of history."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from django.db import connection
from django.db.models import Max, Q, QuerySet, Sum

from sajja.ledger import periods
from sajja.ledger.models import ROOM_PER_BOOK, Account, Book, Entry, Movement, PeriodTotal, Stage
from sajja.ledger.sums import Flow, Heading


class Line(NamedTuple):
    """A movement as one account sees it: `amount` satang in (above nought) or out; `other` is the account at its other end."""

    entry: Entry
    movement: Movement
    other_id: int
    amount: int


def movements_of(entry: Entry) -> list[Movement]:
    """The movements of an entry, in their order."""
    return list(Movement.objects.filter(pk__gte=entry.first, pk__lt=entry.first + entry.lines).order_by("pk"))


def movements_in(book: Book) -> QuerySet[Movement]:
    """All movements of a book, in the order of posting."""
    low = book.pk * ROOM_PER_BOOK
    return Movement.objects.filter(pk__gte=low, pk__lt=low + ROOM_PER_BOOK).order_by("pk")


def entries_in(book: Book) -> QuerySet[Entry]:
    """All entries of a book, in the order of posting."""
    low = book.pk * ROOM_PER_BOOK
    return Entry.objects.filter(pk__gte=low, pk__lt=low + ROOM_PER_BOOK).order_by("pk")


def entries_between(book: Book, first: date, last: date) -> QuerySet[Entry]:
    """The entries dated in these days, by day and then in the order of posting."""
    return Entry.objects.filter(book=book, date__gte=first, date__lte=last).order_by("date", "pk")


def reversed_among(book: Book, keys: Collection[int]) -> dict[int, int]:
    """Of these movements those that were taken back: movement → the movement that did it."""
    return dict(Movement.objects.filter(reverses_id__in=keys).values_list("reverses_id", "pk"))


def reversal_of(entry: Entry) -> list[Entry]:
    """The entries that take back this one, whole or in part."""
    return list(entries_in(entry.book).filter(reverses=entry))


def controls(book: Book) -> list[Account]:
    """The headings of a book by code, each with the current balance of all that stands under it."""
    return list(Account.objects.filter(book=book, control__isnull=True).order_by("code"))


def headings(book: Book, on: date | None = None, through: Stage = Stage.CLOSING) -> list[Heading]:
    """Every heading with its balance at the end of a day (None: of everything posted).

    `through` leaves out later stages of period 13 where the day is the last of its month.
    """
    found = controls(book)
    if on is None and through == Stage.CLOSING:
        return [_heading(account, account.balance) for account in found]
    month = periods.month_of(on or newest_day(book) or book.opened_on)
    whole = on is None or on == periods.last_day(month)
    within = Q(month__lt=month) | Q(month=month, stage__lte=through if whole else Stage.CLOSING)
    net = _net(PeriodTotal.objects.filter(account__book=book).filter(within))
    for flow in [] if on is None or whole else flows(book, _next_day(on), periods.last_day(month)):
        net[flow.account] = net.get(flow.account, 0) - flow.debits + flow.credits
    return [_heading(account, net.get(account.pk, 0)) for account in found]


def _heading(account: Account, balance: int) -> Heading:
    return Heading(account.pk, account.code, account.name, account.kind, balance)


def _net(totals: QuerySet[PeriodTotal]) -> dict[int, int]:
    summed = totals.values_list("account_id").annotate(debits=Sum("debits"), credits=Sum("credits"))
    return {account: int(debits) - int(credited) for account, debits, credited in summed}


def turnover(book: Book, first: int, last: int, through: Stage = Stage.CLOSING) -> dict[int, tuple[int, int]]:
    """Heading → debits and credits in the months from first to last (202106), reversed ones and their reversals in it."""
    totals = PeriodTotal.objects.filter(account__book=book, month__gte=first, month__lte=last, stage__lte=through)
    summed = totals.values_list("account_id").annotate(debits=Sum("debits"), credits=Sum("credits"))
    return {account: (int(debits), int(credited)) for account, debits, credited in summed}


def flows(book: Book, first: date, last: date) -> list[Flow]:
    """The turnover of each heading from the movements of these days."""
    debits: defaultdict[int, int] = defaultdict(int)
    credited: defaultdict[int, int] = defaultdict(int)
    for (debit, credit), amount in pairs(book, first, last).items():
        debits[debit] += amount
        credited[credit] += amount
    return [Flow(account, debits[account], credited[account]) for account in sorted({*debits, *credited})]


def pairs(book: Book, first: date, last: date) -> dict[tuple[int, int], int]:
    """(debit, credit) by heading → satang moved in these days; one query over their entries alone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT COALESCE(d.control_id, d.id), COALESCE(c.control_id, c.id), SUM(m.amount) FROM ledger_entry e"
            " JOIN ledger_movement m ON m.id >= e.first AND m.id < e.first + e.lines"
            " JOIN ledger_account d ON d.id = m.debit_id JOIN ledger_account c ON c.id = m.credit_id"
            " WHERE e.book_id = %s AND e.date >= %s AND e.date <= %s GROUP BY 1, 2",
            [book.pk, first, last],
        )
        return {(debit, credit): int(amount) for debit, credit, amount in cursor.fetchall()}


class Turn(NamedTuple):
    """What moved on a day on an account of a heading: debits less credits; `about` as the movements say."""

    account: int
    day: date
    net: int
    about: int | None


def turns(book: Book, heading: int, first: date) -> list[Turn]:
    """The movements of a heading and of what stands under it from a day on, by account, day and what they are about; one scan."""
    own = [heading, *Account.objects.filter(book=book, control=heading).values_list("pk", flat=True)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.date, d.id, c.id, m.about_id, SUM(m.amount) FROM ledger_entry e"
            " JOIN ledger_movement m ON m.id >= e.first AND m.id < e.first + e.lines"
            " JOIN ledger_account d ON d.id = m.debit_id JOIN ledger_account c ON c.id = m.credit_id"
            " WHERE e.book_id = %s AND e.date >= %s"
            " AND (d.id = %s OR d.control_id = %s OR c.id = %s OR c.control_id = %s) GROUP BY 1, 2, 3, 4 ORDER BY 1",
            [book.pk, first, heading, heading, heading, heading],
        )
        rows = cursor.fetchall()
    sides = [(debit, day, int(amount), about) for day, debit, _credit, about, amount in rows]
    sides += [(credit, day, -int(amount), about) for day, _debit, credit, about, amount in rows]
    within = set(own)
    return [Turn(*side) for side in sides if side[0] in within]


def balances_on(book: Book, keys: Collection[int], on: date | None = None) -> dict[int, int]:
    """Account → debits less credits at the end of a day (None: of everything posted); for accounts under a heading.

    The current balance less the later movements, read in one query over the later entries alone.
    """
    now = dict(Account.objects.filter(book=book, pk__in=keys).values_list("pk", "balance"))
    if on is None:
        return now
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT m.debit_id, m.credit_id, SUM(m.amount) FROM ledger_entry e"
            " JOIN ledger_movement m ON m.id >= e.first AND m.id < e.first + e.lines"
            " WHERE e.book_id = %s AND e.date > %s GROUP BY 1, 2",
            [book.pk, on],
        )
        rows = cursor.fetchall()
    for debit, credit, amount in rows:
        if debit in now:
            now[debit] -= int(amount)
        if credit in now:
            now[credit] += int(amount)
    return now


def lines_of(book: Book, keys: Collection[int], first: date, last: date) -> Iterator[Line]:
    """The movements of these accounts (of a heading: with all that stands under it) in these days, by day.

    Scans the book's entries of those days by id range.
    """
    entries = {entry.pk: entry for entry in entries_between(book, first, last)}
    if not entries:
        return
    watched = {*keys, *Account.objects.filter(book=book, control__in=keys).values_list("pk", flat=True)}
    spans = movements_in(book).filter(pk__gte=min(e.first for e in entries.values()))
    spans = spans.filter(pk__lt=max(e.first + e.lines for e in entries.values()))
    found = [m for m in spans.filter(Q(debit__in=watched) | Q(credit__in=watched)) if m.entry_id in entries]
    yield from _seen_by(watched, found, entries)


def lines_after(book: Book, keys: Collection[int], movement: int) -> list[Line]:
    """What was posted to these accounts after a movement (0: everything), by day, however it is dated."""
    newer = movements_in(book).filter(pk__gt=movement)
    found = list(newer.filter(Q(debit__in=keys) | Q(credit__in=keys)))
    entries = Entry.objects.in_bulk({m.entry_id for m in found})
    return list(_seen_by({*keys}, found, entries))


def _seen_by(watched: Collection[int], movements: Iterable[Movement], entries: Mapping[int, Entry]) -> Iterator[Line]:
    """Each movement as the watched accounts at its ends see it, by day and then in the order of posting."""
    for movement in sorted(movements, key=lambda m: (entries[m.entry_id].date, m.pk)):
        entry = entries[movement.entry_id]
        if movement.debit_id in watched:
            yield Line(entry, movement, movement.credit_id, movement.amount)
        if movement.credit_id in watched:
            yield Line(entry, movement, movement.debit_id, -movement.amount)


def accounts_under(book: Book, code: str) -> list[Account]:
    """The accounts under a heading, by code."""
    return list(Account.objects.filter(book=book, control__code=code).order_by("code"))


def account(book: Book, code: str) -> Account:
    """The account of a code; DoesNotExist where the book has none."""
    return Account.objects.get(book=book, code=code)


def newest_day(book: Book) -> date | None:
    """The day of the newest entry by date; None in an empty book."""
    newest: date | None = Entry.objects.filter(book=book).aggregate(newest=Max("date"))["newest"]
    return newest


def _next_day(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


def among(book: Book, keys: Sequence[int]) -> dict[int, Account]:
    """Accounts of a book by key."""
    return Account.objects.filter(book=book).in_bulk(list(keys))
