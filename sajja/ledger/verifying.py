"""Reading a book again from its first entry: chain, numbers, balances, totals. It trusts nothing that is kept beside.

The first flaw of a kind is named; a book without flaws gives an empty list.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from django.db import connection

from sajja.ledger import chain, periods, queries
from sajja.ledger.actions.posting import head_of
from sajja.ledger.models import ROOM_PER_BOOK, Account, Book, BookHead, Entry, Movement, Numbering, PeriodMove, PeriodTotal
from sajja.web import frozen

CHUNK = 2000
Progress = Callable[[int, int], None]


class Flaw(NamedTuple):
    """What is wrong, at which entry (its position in the book; 0: not at one entry)."""

    book: str
    position: int
    what: str


@dataclass
class Reading:
    """What the entries read so far add up to."""

    book: Book
    accounts: dict[int, Account]
    flaws: list[Flaw] = field(default_factory=list)
    position: int = 0
    movement: int = 0
    hash: str = chain.BEGINNING
    numbers: defaultdict[int, int] = field(default_factory=lambda: defaultdict(int))
    receipts: defaultdict[int, int] = field(default_factory=lambda: defaultdict(int))
    balances: defaultdict[int, int] = field(default_factory=lambda: defaultdict(int))
    totals: defaultdict[tuple[int, int, int], list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    hashes: dict[int, str] = field(default_factory=dict)

    def wrong(self, what: str, position: int | None = None) -> None:
        """Note a flaw."""
        self.flaws.append(Flaw(self.book.code, self.position if position is None else position, what))


def missing_triggers() -> list[Flaw]:
    """One flaw for each trigger that does not stand."""
    return [Flaw("", 0, f"the trigger {name} is missing") for name in frozen.missing(connection)]


def verify(book: Book, heads: dict[int, str] | None = None, progress: Progress | None = None) -> list[Flaw]:
    """Read the whole book; `heads` are printed heads (count → hash) that must be met on the way."""
    reading = Reading(book, {account.pk: account for account in Account.objects.filter(book=book)})
    head = BookHead.objects.get(book=book)
    wanted = heads or {}
    for entry, movements in _read(book):
        if entry is None:
            reading.wrong("movements stand after the last entry", min(m.entry_id % ROOM_PER_BOOK for m in movements))
            continue
        _entry(reading, entry, movements)
        if reading.position in wanted:
            reading.hashes[reading.position] = reading.hash
        if progress:
            progress(reading.movement, head.movements)
    _kept_beside(reading, head)
    _closed(reading)
    for count, printed in sorted(wanted.items()):
        if count > reading.position:
            reading.wrong(f"{reading.position} entries, but {count} were printed: the end is cut off", reading.position + 1)
        elif reading.hashes.get(count) != printed:
            reading.wrong("the chain is not the one that was printed", count)
    return reading.flaws


def _read(book: Book) -> Iterator[tuple[Entry | None, list[Movement]]]:
    """Each entry with the movements that name it, in the order of ids, in pieces that fit into memory; last what is over."""
    movements = queries.movements_in(book).iterator(CHUNK)
    waiting = next(movements, None)
    entries = queries.entries_in(book).iterator(CHUNK)
    while piece := list(islice(entries, CHUNK)):
        for entry in piece:
            its = []
            while waiting is not None and waiting.entry_id <= entry.pk:
                its.append(waiting)
                waiting = next(movements, None)
            yield entry, its
    if waiting is not None:
        yield None, [waiting, *movements]


def _entry(reading: Reading, entry: Entry, movements: list[Movement]) -> None:
    book, position = reading.book, reading.position + 1
    reading.position = position
    if entry.position != position:
        reading.wrong(f"an entry is missing before it, or stands twice: it says {entry.position}")
        reading.position = entry.position
    reading.numbers[entry.year] += 1
    if entry.number != reading.numbers[entry.year]:
        reading.wrong(f"number {entry.number} where {reading.numbers[entry.year]} is due")
        reading.numbers[entry.year] = entry.number
    if entry.year != periods.fiscal_year(entry.date, book.fiscal_year_starts):
        reading.wrong(f"it is dated {entry.date} but numbered in the year {entry.year}")
    if entry.previous_hash != reading.hash:
        reading.wrong("it does not follow the entry before it")
    _movements(reading, entry, movements)
    if chain.entry_hash(reading.hash, head_of(entry, book), _hashed(reading, movements)) != entry.hash:
        reading.wrong("its content is not what was posted")
    reading.hash = entry.hash


def _movements(reading: Reading, entry: Entry, movements: list[Movement]) -> None:
    low = reading.book.pk * ROOM_PER_BOOK
    due = range(low + reading.movement + 1, low + reading.movement + 1 + entry.lines)
    if [m.pk for m in movements] != list(due) or entry.first != due.start:
        reading.wrong("movements are missing or foreign")
    month, stage = periods.month_of(entry.date), int(entry.stage)
    for m in movements:
        if m.entry_id != entry.pk:
            reading.wrong("a movement stands at another entry", min(m.entry_id % ROOM_PER_BOOK, reading.position))
        if m.amount <= 0 or m.debit_id == m.credit_id:
            reading.wrong("a movement moves nothing")
        if m.receipt:
            if m.receipt > reading.receipts[entry.year] + 1:
                reading.wrong(f"receipt {m.receipt} where {reading.receipts[entry.year] + 1} is due")
            reading.receipts[entry.year] = max(reading.receipts[entry.year], m.receipt)
        _add(reading, m.debit_id, m.amount, (month, stage))
        _add(reading, m.credit_id, -m.amount, (month, stage))
    reading.movement += len(movements)


def _add(reading: Reading, key: int, amount: int, when: tuple[int, int]) -> None:
    account = reading.accounts.get(key)
    if account is None:
        reading.wrong("a movement names an account of another book")
        return
    control = account.control_id or key
    reading.balances[key] += amount
    if account.control_id:
        reading.balances[control] += amount
    total = reading.totals[(control, *when)]
    total[0 if amount > 0 else 1] += abs(amount)


def _hashed(reading: Reading, movements: list[Movement]) -> list[chain.Line]:
    def code(key: int | None) -> str | None:
        return reading.accounts[key].code if key in reading.accounts else None

    return [
        chain.Line(
            m.pk % ROOM_PER_BOOK, code(m.debit_id) or "", code(m.credit_id) or "", m.amount, m.receipt, code(m.about_id),
            m.reverses_id and m.reverses_id % ROOM_PER_BOOK, m.note,
        )
        for m in movements
    ]  # fmt: skip


def _kept_beside(reading: Reading, head: BookHead) -> None:
    """The head, the numbering, the balances and the totals against what the movements add up to."""
    if (head.entries, head.movements, head.hash) != (reading.position, reading.movement, reading.hash):
        reading.wrong("the book's head is not where its chain ends", min(head.entries, reading.position) + 1)
    for numbering in Numbering.objects.filter(book=reading.book):
        if (numbering.entries, numbering.receipts) != (reading.numbers[numbering.year], reading.receipts[numbering.year]):
            reading.wrong(f"the numbering of {numbering.year} is not what was given out", 0)
    for account in reading.accounts.values():
        if account.balance != reading.balances[account.pk]:
            reading.wrong(
                f"{account.code} is kept as {account.balance}, its movements add up to {reading.balances[account.pk]}", 0
            )
    kept = {
        (total.account_id, total.month, total.stage): [total.debits, total.credits]
        for total in PeriodTotal.objects.filter(account__book=reading.book)
    }
    for key in sorted({*kept, *reading.totals}):
        if kept.get(key, [0, 0]) != reading.totals.get(key, [0, 0]):
            code = reading.accounts[key[0]].code
            reading.wrong(
                f"the total of {code} in {key[1]} is kept as {kept.get(key)}, its movements add up to {reading.totals.get(key)}",
                0,
            )


def _closed(reading: Reading) -> None:
    """No entry was posted into a month while it was closed, and the head says the same as the moves."""
    moves = list(PeriodMove.objects.filter(book=reading.book).order_by("pk"))
    closed, year_closed = 0, 0
    for at, move in enumerate(moves):
        if move.year:
            year_closed = move.month
        else:
            closed = move.month if move.closed else periods.before(move.month)
        until = moves[at + 1].position if at + 1 < len(moves) else reading.position
        low = reading.book.pk * ROOM_PER_BOOK
        late = Entry.objects.filter(
            pk__gt=low + move.position, pk__lte=low + until, date__lte=periods.last_day(closed), stage=0
        ).order_by("pk")  # fmt: skip
        if first := late.first():
            reading.wrong("it was posted into a closed month", first.position)
    head = BookHead.objects.get(book=reading.book)
    if moves and (head.closed_through, head.year_closed_through) != (closed, year_closed):
        reading.wrong("the head says another month is closed than the moves do", 0)
