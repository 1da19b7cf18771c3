"""Older movements of another program: a file of 120,000 rows read, checked and posted: `python -m bench.legacy_import [ROWS] [ROUNDS]`.

Ours: the form's own reading of an .xlsx, the dry run, and the job's act: an entry for each collecting day, balances, totals,
chain, audit. `bare`: the rows of the ledger that it inserted, by sqlite3 alone into the same tables, in one transaction kept
as safely. Every round is on a fresh copy of the database; medians. One JSON object.
"""

import json
import sqlite3
import sys
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bench.collecting_day import Rows, fresh, inserting, same_tables, set_aside
from bench.worlds import Took, figures, seconds, took, world

if TYPE_CHECKING:
    from sajja.treasury.legacy import Reading
    from tests.treasury.books import Kept

ROWS, ROUNDS, MEMBERS = 120_000, 3, 400
OPENED = date(1998, 1, 1)
LEDGER = ("ledger_entry", "ledger_movement", "ledger_periodtotal", "ledger_numbering")


def main() -> None:
    """Measure and print."""
    given = [int(word) for word in sys.argv[1:]]
    count, rounds = (*given, ROUNDS)[:2] if given else (ROWS, ROUNDS)
    with world() as folder:
        book = prepare()
        content = a_file(count)
        readings: list[Reading] = []
        read = seconds(lambda: readings.append(reading_of(book, content)))
        reading = readings[0]
        assert (reading.count, reading.wrong) == (count, [])
        seeded = folder / "seeded.sqlite3"
        set_aside(folder, seeded)
        keep, ours, bare = [], [], []
        rows: Rows = {}
        for _ in range(rounds):
            kept_for, posted = posting(folder, seeded, book, reading)
            keep.append(kept_for)
            ours.append(posted)
            rows = rows or inserted(folder, seeded)
            bare.append(inserting(same_tables(folder, seeded), rows))
        found: dict[str, float] = {"rows": count, "days": len(reading.days), "read_and_check_s": round(read, 2)}
        found |= figures("keep", keep) | figures("post", ours) | figures("bare_sqlite", bare)
    found["seconds"] = round(read + (found["keep_ms"] + found["post_ms"]) / 1000, 2)
    found["post_over_bare_sqlite"] = round(found["post_ms"] / found["bare_sqlite_ms"], 2)
    found["all_over_bare_sqlite"] = round(found["seconds"] * 1000 / found["bare_sqlite_ms"], 2)
    print(json.dumps(found))


def prepare() -> "Kept":
    """A group of 400 with 100 baht each, whose book began long ago."""
    from dataclasses import replace

    from sajja.ledger.models import Book
    from tests.treasury.books import a_book

    book = a_book(members=MEMBERS, pledged=10_000)
    Book.objects.filter(pk=book.kept.book_id).update(opened_on=OPENED)
    return replace(book, kept=type(book.kept).objects.select_related("group__unit", "book").get(pk=book.kept.pk))


def a_file(count: int) -> bytes:
    """Every fifth of a month each member brings savings; a tenth of them a fine; a row for each."""
    from sajja.treasury.legacy import COLUMNS, OPTIONAL
    from sajja.web import clock
    from sajja.web.sheets import Column, Sheet, workbook

    rows: list[list[str | int]] = []
    month = 0
    while len(rows) < count:
        year, number = divmod(month, 12)
        day = (OPENED + timedelta(days=4)).replace(year=OPENED.year + year, month=number + 1).isoformat()
        for member in range(1, MEMBERS + 1):
            rows.append([day, f"M{member:02}", "ส่งสัจจะ", 200, ""])
            if not (member + month) % 10:
                rows.append([day, f"M{member:02}", "ค่าปรับ", "10.50", ""])
        month += 1
    return workbook([Sheet("รายการ", [Column(head) for head in (*COLUMNS, *OPTIONAL)], rows[:count])], clock.now())


def reading_of(book: "Kept", content: bytes) -> "Reading":
    """As the form reads it."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from sajja.treasury.forms.legacy import LegacyForm
    from sajja.treasury.queries.opening import legacy_ground

    return LegacyForm(legacy_ground(book.kept)).read(SimpleUploadedFile("movements.xlsx", content))


def posting(folder: Path, seeded: Path, book: "Kept", reading: "Reading") -> tuple[Took, Took]:
    """Keeping and confirming the file; the job."""
    from sajja.treasury import jobs
    from sajja.treasury.actions import legacy as acts
    from sajja.treasury.models import LegacyImport

    fresh(folder, seeded)

    def keep() -> None:
        made = acts.receive_legacy(
            by=book.treasurer, kept=book.kept, file_name="movements.xlsx", sha256="0" * 64, reading=reading
        )
        acts.confirm_legacy(by=book.treasurer, legacy=made)

    kept_for = took(keep)
    legacy = LegacyImport.objects.defer("rows").get()
    posted = took(lambda: jobs.run_legacy.call(legacy.pk))
    assert LegacyImport.objects.defer("rows").get().state == "done"
    return kept_for, posted


def inserted(folder: Path, seeded: Path) -> Rows:
    """The rows of the ledger that the posting left and that were not there before."""
    found: Rows = {}
    with closing(sqlite3.connect(folder / "sajja.sqlite3")) as after:
        after.execute("ATTACH ? AS before", [str(seeded)])
        for table in LEDGER:
            newest = f'SELECT * FROM main."{table}" WHERE rowid > (SELECT COALESCE(MAX(rowid), 0) FROM before."{table}")'  # nosec B608
            cursor = after.execute(newest)
            if rows := cursor.fetchall():
                found[table] = [column[0] for column in cursor.description], rows
    return found


if __name__ == "__main__":
    main()
