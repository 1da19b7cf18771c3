"""Statements of one book of 10,000, 100,000 and 1,000,000 movements: `python -m bench.statements [MOVEMENTS …]`.

A book of 500 members, posted through the real action day by day. Trial balance and balance sheet of now, and of the end of
the month before, which sums the totals of every month of the book, against the same sums over all movements in SQL and
against `hledger bal` on the journal that we export.
Each book in a process of its own, so that memory is its own; hledger needs 8 GB for a million. One JSON object.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django

from bench import peers
from bench.worlds import middle, seconds

if TYPE_CHECKING:
    from sajja.ledger.models import Book

SIZES = [10_000, 100_000, 1_000_000]
ROUNDS = 101
SUMS = """
SELECT SUM(total) FROM (
    SELECT COALESCE(a.control_id, a.id), SUM(amount) AS total FROM (
        SELECT debit_id AS account, amount FROM ledger_movement WHERE id >= %s AND id < %s
        UNION ALL SELECT credit_id, -amount FROM ledger_movement WHERE id >= %s AND id < %s
    ) JOIN ledger_account a ON a.id = account GROUP BY 1
) AS sums WHERE total > 0
"""
"""The debit side of the trial balance, from the movements alone."""


def main() -> None:
    """Measure each size and print what the sizes have to do with one another."""
    if sys.argv[1:2] == ["seed"]:
        seed(int(sys.argv[2]))
    elif sys.argv[1:2] == ["measure"]:
        print(json.dumps(measure()))
    else:
        sizes = [int(word) for word in sys.argv[1:]] or SIZES
        found = [one(size) for size in sizes]
        least, most = found[0], found[-1]
        ratios = {
            f"{name}_most_over_least": round(most[f"{name}_ms"] / least[f"{name}_ms"], 2)
            for name in ("trial_balance", "balance_sheet", "month_end_balance_sheet")
        }
        ratios |= {
            f"{peer}_over_trial_balance": round(most[f"{peer}_ms"] / most["trial_balance_ms"]) for peer in ("hledger", "sums")
        }
        print(json.dumps({"sizes": found} | ratios))


def one(size: int) -> dict[str, Any]:
    """A book of this size, seeded by one process and stated by another."""
    with tempfile.TemporaryDirectory(prefix="sajja-bench-") as folder:
        known = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        known |= {"SAJJA_DATA": folder, "DJANGO_SETTINGS_MODULE": "sajja.config.settings"}
        command = [sys.executable, "-m", "bench.statements"]
        subprocess.run([*command, "seed", str(size)], env=known, check=True)
        done = subprocess.run([*command, "measure"], env=known, check=True, stdout=subprocess.PIPE, text=True)
        found: dict[str, Any] = json.loads(done.stdout)
        return found


def seed(size: int) -> None:
    """The book, in the database that the environment names."""
    django.setup()
    from django.core.management import call_command

    from bench import verify

    call_command("migrate", verbosity=0, interactive=False)
    verify.seed(size)


def measure() -> dict[str, Any]:
    """Milliseconds of each way to state the one book of the database, in a process that has just begun."""
    django.setup()
    from sajja.ledger import verifying
    from sajja.ledger.models import Book, BookHead
    from sajja.treasury.queries import statements

    book = Book.objects.get()
    month_end = month_end_before(book)
    ways: dict[str, Callable[[], object]] = {
        "trial_balance": lambda: statements.trial_balance(book),
        "balance_sheet": lambda: statements.balance_sheet(book),
        "month_end_balance_sheet": lambda: statements.balance_sheet(book, month_end),
    }
    found: dict[str, Any] = {"movements": BookHead.objects.get(book=book).movements}
    for name, way in ways.items():
        way()
        found[f"{name}_ms"] = middle([seconds(way) for _ in range(ROUNDS)])
    found["memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    found["sums_ms"] = middle([seconds(lambda: agree(book)) for _ in range(3)])
    found |= by_hledger(book)
    if found["movements"] <= SIZES[0]:
        found["flaws"] = len(verifying.verify(book))
    return found


def month_end_before(book: "Book") -> date:
    """The last day of the month before that of the newest entry."""
    from sajja.ledger import periods
    from sajja.ledger.queries import newest_day

    day = newest_day(book)
    assert day
    return periods.last_day(periods.before(periods.month_of(day)))


def agree(book: "Book") -> None:
    """Sum all movements; they must give what the trial balance says."""
    from django.db import connection

    from sajja.ledger.models import ROOM_PER_BOOK
    from sajja.treasury.queries import statements

    span = [book.pk * ROOM_PER_BOOK, (book.pk + 1) * ROOM_PER_BOOK]
    with connection.cursor() as cursor:
        cursor.execute(SUMS, span * 2)
        (total,) = cursor.fetchone()
    assert int(total) == statements.trial_balance(book).debits


def by_hledger(book: "Book") -> dict[str, float]:
    """`hledger bal` by heading on the exported journal; its memory is the most that any of our children held."""
    from sajja.treasury.exports import plaintext

    with tempfile.TemporaryDirectory(prefix="sajja-bench-") as folder:
        journal = Path(folder) / "book.journal"
        with journal.open("w", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in plaintext.hledger(book))
        took = peers.hledger(journal, "bal", "--depth", "2", rounds=1)
        held = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        return {"hledger_ms": took, "hledger_mb": held, "journal_mb": journal.stat().st_size // 1_000_000}


if __name__ == "__main__":
    main()
