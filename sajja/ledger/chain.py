"""The hash chain: each entry's hash covers the one before it, every field of the entry and of its movements.

The canonical form stands in docs/ledger.md with a worked example; it is the same on every database. Pure.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple
from uuid import UUID

FORM = "sajja-ledger-1"
BEGINNING = "0" * 64
"""What stands before the first entry of a book."""


class Head(NamedTuple):
    """The fields of an entry as they are hashed; positions count from 1 in the book, accounts are told by code."""

    book: str
    position: int
    year: int
    number: int
    date: date
    stage: int
    kind: str
    memo: str
    uuid: UUID
    by: str
    by_name: str
    at: datetime
    reverses: int | None


class Line(NamedTuple):
    """The fields of a movement as they are hashed; amount in satang."""

    position: int
    debit: str
    credit: str
    amount: int
    receipt: int | None
    about: str | None
    reverses: int | None
    note: str


def entry_hash(previous: str, head: Head, lines: Iterable[Line]) -> str:
    """sha256, in hex, of the canonical form."""
    return hashlib.sha256(canonical(previous, head, lines).encode()).hexdigest()


def canonical(previous: str, head: Head, lines: Iterable[Line]) -> str:
    """One JSON array a line: the entry, then its movements in order."""
    text = _Texts()
    return "\n".join([_array([FORM, previous, *_plain(head)]), *(_line(line, text) for line in lines)])


class _Texts(dict[str | None, str]):
    """Each text as JSON, written once: a sheet names the same few accounts hundreds of times."""

    def __missing__(self, text: str | None) -> str:
        self[text] = found = _array(text)
        return found


def _line(line: Line, text: _Texts) -> str:
    """The array of a movement: what `_array` would write, without an encoder for each."""
    position, debit, credit, amount, receipt, about, reverses, note = line
    numbers = f"{amount},{'null' if receipt is None else receipt}"
    back = "null" if reverses is None else reverses
    return f"[{position},{text[debit]},{text[credit]},{numbers},{text[about]},{back},{text[note]}]"


def _plain(head: Head) -> list[object]:
    plain: list[object] = list(head)
    plain[4] = head.date.isoformat()
    plain[8] = str(head.uuid)
    plain[11] = moment(head.at)
    return plain


def moment(at: datetime) -> str:
    """UTC with six digits of a second: 2021-06-10T02:00:00.000000Z."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


_array = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def printed(book: str, count: int, head: str) -> str:
    """How a statement prints where the chain stood: BOOK:COUNT:HASH."""
    return f"{book}:{count}:{head}"


def read_printed(text: str) -> tuple[str, int, str]:
    """Book, count and hash of what was printed. ValueError where it is not of that form."""
    parts: Sequence[str] = text.strip().rsplit(":", 2)
    if len(parts) != 3 or not parts[1].isdigit() or len(parts[2]) != 64:
        raise ValueError("a head is printed as BOOK:COUNT:HASH")
    return parts[0], int(parts[1]), parts[2].lower()
