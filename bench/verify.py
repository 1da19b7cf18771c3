"""Seconds to read a book of a million movements again, and to state it: `python -m bench.verify [MOVEMENTS]`.

The book is posted through the real action: collecting days of 500 members, two movements each, a month apart. Prints one
JSON object; the goal is a million movements within 60 s.
"""

import json
import os
import resource
import sys
import tempfile
from datetime import date
from time import perf_counter
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from sajja.ledger.models import Book

MOVEMENTS = 1_000_000
MEMBERS = 500


def main() -> None:
    """Measure and print."""
    movements = int(sys.argv[1]) if len(sys.argv) > 1 else MOVEMENTS
    with tempfile.TemporaryDirectory(prefix="sajja-bench-") as folder:
        os.environ |= {"SAJJA_DATA": folder, "DJANGO_SETTINGS_MODULE": "sajja.config.settings"}
        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0, interactive=False)
        began = perf_counter()
        book = seed(movements)
        seeded = perf_counter() - began
        print(json.dumps({"movements": movements, "seed_s": round(seeded, 1)} | measure(book)))


def seed(movements: int) -> "Book":
    """A book of one collecting day after another until it has so many movements."""
    from django.db import transaction

    from sajja.ledger import actions
    from sajja.ledger.actions import NewAccount
    from sajja.ledger.posting import Arrow
    from sajja.web import clock

    headings = [NewAccount("11000", "เงินสด", "A"), NewAccount("31020", "เงินสัจจะสะสม", "Q"), NewAccount("42000", "ค่าปรับ", "I")]
    own = [NewAccount(f"31020:M{n:03}", f"สมาชิก {n} (ตัวอย่าง)", "", "31020") for n in range(MEMBERS)]
    with transaction.atomic():
        book = actions.open_book(
            code="bench-1", name="ชุดบัญชีทดสอบ", opened_on=date(1900, 1, 1), fiscal_year_starts=1, accounts=[*headings, *own]
        )  # fmt: skip
    codes = dict(book.accounts.values_list("code", "pk"))
    arrows = []
    for member in own:
        arrows.append(Arrow(codes["11000"], codes[member.code], 20000, member.code))
        arrows.append(Arrow(codes["11000"], codes["42000"], 1000, member.code, codes[member.code], "ค่าปรับส่งล่าช้า"))
    for number in range(movements // len(arrows)):
        day = date(1900 + number // 12 % 120, number % 12 + 1, 5)
        with transaction.atomic():
            actions.post(
                book=book, date=day, kind="collecting-day", memo="วันส่งเงินสัจจะ", arrows=arrows, by="bench",
                by_name="ผู้วัด (ตัวอย่าง)", at=clock.moment(date(2021, 6, 10)),
            )  # fmt: skip
    return book


def measure(book: "Book") -> dict[str, float | int]:
    """Seconds to verify, milliseconds to state; memory at its highest."""
    from sajja.ledger import verifying
    from sajja.treasury.queries import statements

    began = perf_counter()
    flaws = verifying.verify(book)
    verified = perf_counter() - began
    began = perf_counter()
    statements.trial_balance(book)
    stated = perf_counter() - began
    return {
        "verify_s": round(verified, 1), "flaws": len(flaws), "trial_balance_ms": round(stated * 1000, 2),
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }  # fmt: skip


if __name__ == "__main__":
    main()
