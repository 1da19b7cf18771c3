"""Which line of the bank's statement is which of the book's: by amount and day. Pure; satang, money in above nought."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from datetime import date
from itertools import combinations
from typing import Final, NamedTuple

NEAR: Final = 3
TOGETHER: Final = 3
SEARCHED: Final = 24
"""Sums of up to three lines are looked for among at most so many, so that a long statement stays quick."""


class Line(NamedTuple):
    """A line of either side. `group`: what belongs together (the book's entry), for sums of several lines."""

    key: Hashable
    on: date
    amount: int
    group: Hashable = None


class Match(NamedTuple):
    """Lines that are one event; `how` is exact (same day), near (within three days) or together (a sum of several)."""

    bank: tuple[Hashable, ...]
    book: tuple[Hashable, ...]
    how: str


class Matched(NamedTuple):
    """The pairs, and what stands on one side only, in its order."""

    pairs: list[Match]
    only_bank: list[Line]
    only_book: list[Line]


def match(bank: Sequence[Line], book: Sequence[Line]) -> Matched:
    """Each line goes into one pair at most: the same day before a near one, one line before a sum of several."""
    exact = _exact(bank, book)
    near = _near(*_left(bank, book, exact))
    found = exact + near
    several = _one_bank_line(*_left(bank, book, found))
    several += _one_book_line(*_left(bank, book, found + several))
    found += several
    return Matched(found, *_left(bank, book, found))


def _left(bank: Sequence[Line], book: Sequence[Line], found: Iterable[Match]) -> tuple[list[Line], list[Line]]:
    banked: set[Hashable] = set()
    booked: set[Hashable] = set()
    for pair in found:
        banked.update(pair.bank)
        booked.update(pair.book)
    return [line for line in bank if line.key not in banked], [line for line in book if line.key not in booked]


def _by_amount(lines: Iterable[Line]) -> defaultdict[int, list[Line]]:
    found: defaultdict[int, list[Line]] = defaultdict(list)
    for line in sorted(lines, key=lambda line: line.on):
        found[line.amount].append(line)
    return found


def _exact(bank: Sequence[Line], book: Sequence[Line]) -> list[Match]:
    waiting: defaultdict[tuple[date, int], list[Line]] = defaultdict(list)
    for line in book:
        waiting[line.on, line.amount].append(line)
    return [Match((line.key,), (others.pop(0).key,), "exact") for line in bank if (others := waiting[line.on, line.amount])]


def _near(bank: Sequence[Line], book: Sequence[Line]) -> list[Match]:
    """Of equal amounts the earliest of both sides first: so the most pairs are found."""
    pairs = []
    waiting = _by_amount(book)
    for amount, lines in _by_amount(bank).items():
        others = waiting[amount]
        while lines and others:
            apart = (lines[0].on - others[0].on).days
            if abs(apart) <= NEAR:
                pairs.append(Match((lines.pop(0).key,), (others.pop(0).key,), "near"))
            else:
                (lines if apart < 0 else others).pop(0)
    return pairs


def _one_bank_line(bank: Sequence[Line], book: Sequence[Line]) -> list[Match]:
    """One transfer for several receipts of one entry: a family on the collecting day."""
    by_entry: defaultdict[Hashable, list[Line]] = defaultdict(list)
    for line in book:
        by_entry[line.group].append(line)
    pairs = []
    for one in bank:
        for lines in by_entry.values():
            if several := _sum(one, lines):
                pairs.append(Match((one.key,), tuple(line.key for line in several), "together"))
                lines[:] = [line for line in lines if line not in several]
                break
    return pairs


def _one_book_line(bank: Sequence[Line], book: Sequence[Line]) -> list[Match]:
    """One line of the book for several of the bank: money paid in at two windows."""
    waiting, pairs = list(bank), []
    for one in book:
        if several := _sum(one, waiting):
            pairs.append(Match(tuple(line.key for line in several), (one.key,), "together"))
            waiting = [line for line in waiting if line not in several]
    return pairs


def _sum(one: Line, lines: Sequence[Line]) -> list[Line]:
    """The lines within three days that come to this one: all of them, or the first two or three that do."""
    near = [line for line in lines if abs((line.on - one.on).days) <= NEAR and (line.amount > 0) == (one.amount > 0)]
    if len(near) > 1 and sum(line.amount for line in near) == one.amount:
        return near
    for count in range(2, TOGETHER + 1):
        for several in combinations(near[:SEARCHED], count):
            if sum(line.amount for line in several) == one.amount:
                return list(several)
    return []
