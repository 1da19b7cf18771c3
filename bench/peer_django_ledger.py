"""Run by bench.peers in django-ledger's own environment: CREDITS FOLDER ROUNDS; prints two times a round.

Journal entries as its documentation makes them, `commit_txs(…, je_posted=True)`: cash to all accounts in one, and one for each
account in one transaction, for a journal entry is what it numbers. SQLite kept as safely as ours, each on a fresh copy.
"""

import json
import shutil
import sys
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import django
from django.conf import settings

CREDITS, FOLDER, ROUNDS = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
FILE, SEEDED = FOLDER / "peer.sqlite3", FOLDER / "peer-seeded.sqlite3"
PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;"


def main() -> None:
    """Seed, then time."""
    settings.configure(
        SECRET_KEY="bench", USE_TZ=True, TIME_ZONE="Asia/Bangkok", DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django_ledger"],
        DATABASES={"default": {
            "ENGINE": "django.db.backends.sqlite3", "NAME": str(FILE),
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "init_command": PRAGMAS},
        }},
    )  # fmt: skip
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0, interactive=False)
    credited = json.loads(CREDITS.read_text())
    ledger, lines = seed(credited)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    shutil.copyfile(FILE, SEEDED)
    cash, *own = lines
    for _ in range(ROUNDS):
        fresh()
        print(timed(ledger, [lines]))
        fresh()
        print(timed(ledger, [[{**cash, "amount": line["amount"]}, line] for line in own]))


def fresh() -> None:
    """The database as it was seeded, and a connection to it."""
    from django.db import connection

    connection.close()
    for end in ("-wal", "-shm"):
        Path(f"{FILE}{end}").unlink(missing_ok=True)
    shutil.copyfile(SEEDED, FILE)
    connection.ensure_connection()


def timed(ledger: Any, entries: list[list[dict[str, Any]]]) -> str:
    """Seconds by the clock, and of the processor, to post these entries in one transaction."""
    from django.db import transaction

    wall, busy = perf_counter(), process_time()
    with transaction.atomic():
        made = [ledger.commit_txs(je_timestamp=datetime(2021, 6, 5, tzinfo=UTC), je_txs=its, je_posted=True) for its in entries]
    took = f"{perf_counter() - wall} {process_time() - busy}"
    assert all(entry.posted for entry, _lines in made)
    return took


def seed(credited: dict[str, int]) -> tuple[Any, list[dict[str, Any]]]:
    """An entity with a ledger, cash and these accounts; the lines of the entry."""
    from django.contrib.auth.models import User
    from django_ledger.models import EntityModel

    entity = EntityModel.create_entity(
        name="bench", use_accrual_method=True, admin=User.objects.create_user("bench"), fy_start_month=1
    )  # fmt: skip
    entity.create_chart_of_accounts(assign_as_default=True, commit=True)

    def account(code: str, role: str, balance_type: str) -> Any:
        return entity.create_account(code=code, role=role, name=code, balance_type=balance_type, active=True)

    def line(its: Any, tx_type: str, satang: int) -> dict[str, Any]:
        return {"account": its, "tx_type": tx_type, "amount": Decimal(satang) / 100, "description": "bench"}

    lines = [line(account("11000", "asset_ca_cash", "debit"), "debit", sum(credited.values()))]
    lines += [line(account(f"3{at:05}", "eq_capital", "credit"), "credit", satang) for at, satang in enumerate(credited.values())]
    return entity.create_ledger(name="bench", posted=True), lines


if __name__ == "__main__":
    main()
