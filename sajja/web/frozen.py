"""Rows that are never changed or deleted: the database itself refuses, with no off switch.

A room names its tables once (`Frozen`, from its apps.py). SQLite remakes a table on many alterations and silently drops its
triggers, so they are put on again after every migration, and a system check and `sajja verify` fail where one is missing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

MOVES = ["UPDATE", "DELETE"]
_all: list["Frozen"] = []


@dataclass(frozen=True)
class Frozen:
    """The tables of a room whose rows stand for ever, those of which some columns do, and what the database says."""

    room: str
    words: str
    tables: Sequence[str]
    columns: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def names(self, vendor: str) -> set[str]:
        """The triggers that must stand."""
        moves = [*MOVES, "TRUNCATE"] if vendor == "postgresql" else MOVES
        return {_name(table, move) for table in [*self.tables, *self.columns] for move in moves}

    def missing(self, connection: BaseDatabaseWrapper) -> list[str]:
        """The triggers that do not stand; on a database without the room's tables, none."""
        with connection.cursor() as cursor:
            there = set(connection.introspection.table_names(cursor))
            if connection.vendor == "postgresql":
                cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')")
            else:
                cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            standing = {name for (name,) in cursor.fetchall()}
        return sorted(name for name in self.names(connection.vendor) - standing if name.rpartition("_no_")[0] in there)

    def put_on(self, connection: BaseDatabaseWrapper) -> None:
        """Put on every trigger that is missing."""
        wanted = set(self.missing(connection))
        if not wanted:
            return
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(
                    f"CREATE OR REPLACE FUNCTION {self.room}_for_ever() RETURNS trigger LANGUAGE plpgsql AS "
                    f"$$ BEGIN RAISE EXCEPTION '{self.words}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
                )
            for table in [*self.tables, *self.columns]:
                for move in [*MOVES, "TRUNCATE"]:
                    if _name(table, move) in wanted:
                        cursor.execute(self._sql(connection.vendor, table, move))

    def after_migrate(self, sender: Any, **kwargs: Any) -> None:
        """The receiver of Django's own word that migrations have run."""
        self.put_on(connections[kwargs["using"]])

    def _sql(self, vendor: str, table: str, move: str) -> str:
        columns = self.columns.get(table) if move == "UPDATE" else None
        if vendor == "postgresql":
            each = "STATEMENT" if move == "TRUNCATE" else "ROW"
            condition = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns or [])
            when = f"WHEN ({condition}) " if condition else ""
            return (
                f"CREATE OR REPLACE TRIGGER {_name(table, move)} BEFORE {move} ON {table} "
                f"FOR EACH {each} {when}EXECUTE FUNCTION {self.room}_for_ever()"
            )
        condition = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in columns or [])
        when = f"WHEN {condition} " if condition else ""
        return (
            f"CREATE TRIGGER {_name(table, move)} BEFORE {move} ON {table} {when}BEGIN SELECT RAISE(ABORT, '{self.words}'); END"
        )


def register(frozen: Frozen) -> Frozen:
    """Count a room's tables among those that `missing` and `put_on` look after."""
    if frozen not in _all:
        _all.append(frozen)
    return frozen


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The triggers of all rooms that do not stand."""
    return [name for frozen in _all for name in frozen.missing(connection)]


def put_on(connection: BaseDatabaseWrapper) -> None:
    """Put on every trigger of every room that is missing."""
    for frozen in _all:
        frozen.put_on(connection)


def _name(table: str, move: str) -> str:
    return f"{table}_no_{move.lower()}"
