"""A collecting day of 300 members, posted by us and by others: `python -m bench.collecting_day [MEMBERS] [ROUNDS]`.

Ours: the real action on a group's book: voucher, movements, receipts, balances, totals, chain, sheet lines, audit row, one
transaction. `bare`: the rows that it inserted, by sqlite3 alone into the same tables, in one transaction kept as safely.
`heap`: the same rows into tables of the same columns with no index, no check and no foreign key: what no book can do without.
Peers: django-ledger posts one journal entry of the same accounts, and one for each receipt; beancount and hledger read the
day as text. Every round is on a fresh copy of its database; medians, by the
clock and (`cpu`) of the processor's work. One JSON object.
"""

import json
import shutil
import sqlite3
import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench import peers
from bench.worlds import Took, figures, took, world

if TYPE_CHECKING:
    from sajja.treasury.collecting import Line
    from tests.treasury.books import Kept

MEMBERS, ROUNDS = 300, 15
ON = date(2021, 6, 5)
Rows = dict[str, tuple[list[str], list[tuple[Any, ...]]]]
"""Table → its columns and the rows that a posting inserted."""


def main() -> None:
    """Measure and print."""
    given = [int(word) for word in sys.argv[1:]]
    count, rounds = (*given, MEMBERS, ROUNDS)[:2] if len(given) != 1 else (given[0], ROUNDS)
    with world() as folder:
        book, lines = prepare(count)
        seeded = folder / "seeded.sqlite3"
        set_aside(folder, seeded)
        rows = inserted(folder, seeded, book, lines)
        ours, bare, heap = [], [], []
        for _ in range(rounds):
            ours.append(posting(folder, seeded, book, lines))
            bare.append(inserting(same_tables(folder, seeded), rows))
            heap.append(inserting(heap_tables(folder, rows), rows))
        found: dict[str, float] = {"members": count, "movements": movements_in(rows)}
        found |= {"rows": sum(len(its) for _columns, its in rows.values())}
        found |= figures("sajja", ours) | figures("bare_sqlite", bare) | figures("heap_sqlite", heap)
        found |= others(folder, book, movements_in(rows))
    for unit in ("ms", "cpu_ms"):
        mine = found[f"sajja_{unit}"]
        for peer in ("bare_sqlite", "heap_sqlite"):
            found[f"sajja_over_{peer}_{unit[:-3]}".rstrip("_")] = round(mine / found[f"{peer}_{unit}"], 2)
        for peer in ("django_ledger_entry", "django_ledger_receipts"):
            found[f"{peer}_over_sajja_{unit[:-3]}".rstrip("_")] = round(found[f"{peer}_{unit}"] / mine, 2)
    for peer in ("beancount_parse", "hledger_parse"):
        found[f"{peer}_over_sajja"] = round(found[f"{peer}_ms"] / found["sajja_ms"], 2)
    print(json.dumps(found))


def movements_in(rows: Rows) -> int:
    """How many movements the day has."""
    return len(rows["ledger_movement"][1])


def prepare(count: int) -> "tuple[Kept, list[Line]]":
    """A group of so many with 100 baht each; everyone brings savings and 20 baht for welfare, every tenth a fine."""
    from sajja.treasury.collecting import Line
    from tests.treasury.books import a_book
    from tests.treasury.sheets import a_column

    book = a_book(members=count, pledged=10_000)
    column = a_column(book).pk
    lines = [
        Line(member=member.pk, pledged=20_000, fine=0 if at % 10 else 1_000, others={column: 2_000})
        for at, member in enumerate(book.members)
    ]
    return book, lines


def set_aside(folder: Path, to: Path) -> None:
    """Copy the whole database; our connection is closed."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    shutil.copyfile(folder / "sajja.sqlite3", to)


def fresh(folder: Path, seeded: Path) -> None:
    """The database as it was set aside, and a connection to it."""
    from django.db import connection

    connection.close()
    for end in ("-wal", "-shm"):
        (folder / f"sajja.sqlite3{end}").unlink(missing_ok=True)
    shutil.copyfile(seeded, folder / "sajja.sqlite3")
    connection.ensure_connection()


def posting(folder: Path, seeded: Path, book: "Kept", lines: "Sequence[Line]") -> Took:
    """Our action."""
    from sajja.treasury.actions.collecting import record_collecting_day

    fresh(folder, seeded)
    kept = type(book.kept).objects.select_related("group__unit", "book").get(pk=book.kept.pk)
    return took(lambda: record_collecting_day(by=book.treasurer, kept=kept, date=ON, lines=lines))


def inserted(folder: Path, seeded: Path, book: "Kept", lines: "Sequence[Line]") -> Rows:
    """The rows that one posting leaves and that were not there before, table by table."""
    posting(folder, seeded, book, lines)
    found: Rows = {}
    with closing(sqlite3.connect(folder / "sajja.sqlite3")) as after:
        after.execute("ATTACH ? AS before", [str(seeded)])
        for (table,) in after.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'").fetchall():
            newest = f'SELECT * FROM main."{table}" WHERE rowid > (SELECT COALESCE(MAX(rowid), 0) FROM before."{table}")'  # nosec B608
            cursor = after.execute(newest)
            if rows := cursor.fetchall():
                found[table] = [column[0] for column in cursor.description], rows
    return found


def same_tables(folder: Path, seeded: Path) -> sqlite3.Connection:
    """The database as it was before the posting, with its indexes, checks and foreign keys."""
    shutil.copyfile(seeded, emptied(folder))
    bare = opened(folder)
    bare.execute("PRAGMA foreign_keys=ON")
    bare.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()
    return bare


def heap_tables(folder: Path, rows: Rows) -> sqlite3.Connection:
    """Tables of the same columns and nothing else."""
    emptied(folder)
    bare = opened(folder)
    for table, (columns, _rows) in rows.items():
        bare.execute(f"CREATE TABLE {table} (id integer PRIMARY KEY, {', '.join(quoted(c) for c in columns if c != 'id')})")
    bare.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return bare


def emptied(folder: Path) -> Path:
    """Where the bare database goes; nothing is left of the round before."""
    for old in folder.glob("bare.sqlite3*"):
        old.unlink()
    return folder / "bare.sqlite3"


def opened(folder: Path) -> sqlite3.Connection:
    """A connection of sqlite3 alone, which keeps a transaction as safely as ours."""
    bare = sqlite3.connect(folder / "bare.sqlite3", isolation_level=None)
    bare.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;")
    return bare


def inserting(bare: sqlite3.Connection, rows: Rows) -> Took:
    """Bare inserts of these rows in one transaction."""

    def insert() -> None:
        bare.execute("BEGIN IMMEDIATE")
        for table, (columns, its) in rows.items():
            names, marks = ", ".join(map(quoted, columns)), ", ".join("?" * len(columns))
            bare.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", its)  # nosec B608
        bare.execute("COMMIT")

    with closing(bare):
        return took(insert)


def quoted(name: str) -> str:
    """A column's name as SQL takes it whatever word it is."""
    return f'"{name}"'


def others(folder: Path, book: "Kept", movements: int) -> dict[str, float]:
    """Milliseconds of the peers."""
    from sajja.ledger.models import Entry
    from sajja.ledger.queries import movements_of
    from sajja.treasury.exports import plaintext

    entry = Entry.objects.get(book=book.kept.book, date=ON)
    assert entry.lines == movements
    names = {a.pk: a.code for a in book.kept.book.accounts.all()}
    amounts: dict[str, int] = {}
    for movement in movements_of(entry):
        amounts[names[movement.credit_id]] = amounts.get(names[movement.credit_id], 0) + movement.amount
    credited = folder / "credited.json"
    credited.write_text(json.dumps(amounts))
    found = peers.django_ledger(credited, folder)
    text = {"beancount": plaintext.beancount, "hledger": plaintext.hledger}
    for name, lines in text.items():
        (folder / f"day.{name}").write_text("\n".join(lines(book.kept.book)) + "\n", encoding="utf-8")
    found["beancount_parse_ms"] = peers.beancount(folder / "day.beancount")
    found["hledger_parse_ms"] = peers.hledger(folder / "day.hledger", "stats")
    return found


if __name__ == "__main__":
    main()
