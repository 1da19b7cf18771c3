"""A bank's statement and the book's movements side by side."""

from collections import defaultdict
from datetime import date, datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from sajja.ledger import queries as ledger
from sajja.ledger.models import Entry, Movement
from sajja.treasury.matching import Line, match
from sajja.treasury.models import BankLine, BankTie, Reconciliation


class Booked(NamedTuple):
    """What one receipt, or one line of a voucher, moved on the bank's account; satang, in above nought."""

    key: str
    entry: Entry
    amount: int
    movements: tuple[int, ...]
    receipt: int | None


class Pair(NamedTuple):
    """Lines of the bank and of the book that are one event."""

    bank: list[BankLine]
    book: list[Booked]
    how: str

    @property
    def movements(self) -> list[int]:
        """The movements of the book's side."""
        return [key for booked in self.book for key in booked.movements]


class Held(NamedTuple):
    """The statement against the book: pairs, what one side alone has, the book's balance and what stays unexplained."""

    pairs: list[Pair]
    only_bank: list[BankLine]
    only_book: list[Booked]
    book_satang: int
    difference: int

    @property
    def not_at_bank(self) -> int:
        """What only the book has, in satang."""
        return sum(booked.amount for booked in self.only_book)

    @property
    def not_in_book(self) -> int:
        """What only the bank has, in satang."""
        return sum(line.amount for line in self.only_bank)


def held_against(statement: Reconciliation) -> Held:
    """Match the lines with what the book moved on the account until the statement's end and no statement has had yet."""
    lines = list(statement.lines.order_by("position"))
    booked = _unmatched(statement)
    found = match(
        [Line(line.pk, line.on, line.amount) for line in lines],
        [Line(row.key, row.entry.date, row.amount, row.entry.pk) for row in booked],
    )
    by_line, by_key = {line.pk: line for line in lines}, {row.key: row for row in booked}
    pairs = [Pair([by_line[k] for k in p.bank], [by_key[k] for k in p.book], p.how) for p in found.pairs]  # type: ignore[index]
    only_bank = [by_line[line.key] for line in found.only_bank]  # type: ignore[index]
    only_book = [by_key[line.key] for line in found.only_book]  # type: ignore[index]
    account = statement.bank.account_id
    book = ledger.balances_on(statement.kept.book, [account], statement.ends)[account]
    standing = sum(row.amount for row in only_book) - sum(line.amount for line in only_bank)
    return Held(pairs, only_bank, only_book, book, book - standing - statement.closing_satang)


def held_when_done(statement: Reconciliation) -> Held:
    """How both sides stood when the statement was done: what only the book had then, however much was matched since."""
    assert statement.done_at is not None
    only_book = _unmatched(statement, statement.done_at)
    return Held([], [], only_book, statement.book_satang or 0, statement.difference or 0)


class Part(NamedTuple):
    """A part of the paper between the bank's balance and the book's: its words, its rows (day, words, satang), its sum."""

    words: str
    rows: list[tuple[date, str, int]]
    satang: int


def paper_parts(held: Held) -> list[Part]:
    """What leads from the bank's balance to the book's: first what the bank lacks, then what the book lacks."""
    book = [(one.entry.date, str(one.entry), one.amount) for one in held.only_book]
    bank = [(line.on, line.text, -line.amount) for line in held.only_bank]
    parts = [
        (_("บวก กลุ่มลงรับแล้ว ธนาคารยังไม่ลง"), [row for row in book if row[2] > 0]),
        (_("หัก กลุ่มลงจ่ายแล้ว ธนาคารยังไม่ลง"), [row for row in book if row[2] < 0]),
        (_("บวก ธนาคารหักแล้ว กลุ่มยังไม่ลงจ่าย"), [row for row in bank if row[2] > 0]),
        (_("หัก ธนาคารรับแล้ว กลุ่มยังไม่ลงรับ"), [row for row in bank if row[2] < 0]),
    ]
    return [Part(words, rows, sum(row[2] for row in rows)) for words, rows in parts]


def _unmatched(statement: Reconciliation, when: datetime | None = None) -> list[Booked]:
    """By receipt, or by line where there is none; what was taken back within these days is left out with its reversal.

    `when`: as it stood at that moment, by what was posted and matched until then.
    """
    book = statement.kept.book
    ties = BankTie.objects.filter(statement__bank=statement.bank)
    if when:
        ties = ties.filter(statement__done_at__lte=when)
    known = set(ties.values_list("movement", flat=True))
    found = [
        line
        for line in ledger.lines_of(book, [statement.bank.account_id], book.opened_on, statement.ends)
        if line.movement.pk not in known and line.entry.kind != "opening" and (when is None or line.entry.at <= when)
    ]
    there = {line.movement.pk for line in found}
    gone = {line.movement.reverses_id for line in found if line.movement.reverses_id in there}
    rows: defaultdict[str, list[ledger.Line]] = defaultdict(list)
    for line in found:
        if line.movement.pk not in gone and line.movement.reverses_id not in gone:
            rows[f"{line.entry.pk}:r{line.movement.receipt}" if line.movement.receipt else f"m{line.movement.pk}"].append(line)
    return [
        Booked(
            key, lines[0].entry, sum(line.amount for line in lines), tuple(line.movement.pk for line in lines),
            lines[0].movement.receipt,
        )
        for key, lines in rows.items()
        if sum(line.amount for line in lines)
    ]  # fmt: skip


def last_done(bank: int) -> tuple[date, int] | None:
    """Until when the account's statements agree, and the balance there."""
    found = Reconciliation.objects.filter(bank=bank, done_at__isnull=False).order_by("-ends").first()
    return (found.ends, found.closing_satang) if found else None


def done_pairs(statement: Reconciliation) -> list[tuple[BankLine, list[Entry]]]:
    """Each line of a statement that is done, with the entries it was found in."""
    lines = list(statement.lines.order_by("position"))
    ties = list(BankTie.objects.filter(statement=statement).values_list("line_id", "movement"))
    entry_of = dict(Movement.objects.filter(pk__in={movement for _line, movement in ties}).values_list("pk", "entry_id"))
    entries = Entry.objects.in_bulk(set(entry_of.values()))
    found: defaultdict[int, dict[int, Entry]] = defaultdict(dict)
    for line, movement in ties:
        found[line][entry_of[movement]] = entries[entry_of[movement]]
    return [(line, list(found[line.pk].values())) for line in lines]
