"""Entries, movements and period moves are never changed or deleted: the database itself refuses, with no off switch.

SQLite remakes a table on many alterations and silently drops its triggers, so they are put on again after every migration
(apps.py), and a system check and `sajja verify` fail where one is missing.
"""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

WORDS = "the books are never changed: post a reversal"
FOR_EVER = ["ledger_entry", "ledger_movement", "ledger_periodmove"]
FIXED_COLUMNS = {"ledger_account": ["id", "book_id", "code", "control_id", "kind"], "ledger_book": ["id", "code"]}
MOVES = ["UPDATE", "DELETE"]


def names(vendor: str) -> set[str]:
    """The triggers that must stand."""
    moves = [*MOVES, "TRUNCATE"] if vendor == "postgresql" else MOVES
    return {_name(table, move) for table in [*FOR_EVER, *FIXED_COLUMNS] for move in moves}


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The triggers that do not stand; on a database without the ledger's tables, none."""
    with connection.cursor() as cursor:
        if FOR_EVER[0] not in connection.introspection.table_names(cursor):
            return []
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        standing = {name for (name,) in cursor.fetchall()}
    return sorted(names(connection.vendor) - standing)


def put_on(connection: BaseDatabaseWrapper) -> None:
    """Put on every trigger that is missing."""
    wanted = set(missing(connection))
    if not wanted:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE OR REPLACE FUNCTION ledger_for_ever() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
            )
        for table in [*FOR_EVER, *FIXED_COLUMNS]:
            for move in [*MOVES, "TRUNCATE"]:
                if _name(table, move) in wanted:
                    cursor.execute(_sql(connection.vendor, table, move))


def after_migrate(sender: Any, **kwargs: Any) -> None:
    """The receiver of Django's own word that migrations have run."""
    from django.db import connections

    put_on(connections[kwargs["using"]])


def _name(table: str, move: str) -> str:
    return f"{table}_no_{move.lower()}"


def _sql(vendor: str, table: str, move: str) -> str:
    columns = FIXED_COLUMNS.get(table) if move == "UPDATE" else None
    if vendor == "postgresql":
        each = "STATEMENT" if move == "TRUNCATE" else "ROW"
        condition = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns or [])
        when = f"WHEN ({condition}) " if condition else ""
        return (
            f"CREATE OR REPLACE TRIGGER {_name(table, move)} BEFORE {move} ON {table} "
            f"FOR EACH {each} {when}EXECUTE FUNCTION ledger_for_ever()"
        )
    condition = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in columns or [])
    when = f"WHEN {condition} " if condition else ""
    return f"CREATE TRIGGER {_name(table, move)} BEFORE {move} ON {table} {when}BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
