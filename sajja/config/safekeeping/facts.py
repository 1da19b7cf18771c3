"""What a backup says of a database, the same on both engines, and whether two such sayings agree."""

from collections.abc import Callable, Collection, Iterable
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from sajja.config.safekeeping import EMPTY, Unsafe
from sajja.config.safekeeping.parcel import Facts

LEFT_OUT = {"django_session", "web_cache"}
"""Everybody signs in again after a restore: a session that was ended since must not come back."""
MIGRATIONS = "SELECT app, name FROM django_migrations ORDER BY id"
HEADS = "SELECT b.code, h.entries, h.hash FROM ledger_bookhead h JOIN ledger_book b ON b.id = h.book_id ORDER BY b.code"


def heads_of(rows: Iterable[tuple[Any, ...]]) -> dict[str, list[Any]]:
    """Count and head of each book's chain."""
    return {code: [entries, head] for code, entries, head in rows}


def refuse_empty(facts: Facts) -> None:
    """Unsafe where there is nobody: a backup of the wrong folder is no backup."""
    if not facts["rows"].get("org_unit") or not facts["rows"].get("org_person"):
        raise Unsafe(f"the backup is empty: {EMPTY}")


def refuse_other_program(about: Facts, doing: str) -> None:
    """Unsafe where the database was last changed by a program newer than this one."""
    known = set(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)
    unknown = [f"{app}.{name}" for app, name in about["migrations"] if (app, name) not in known]
    if unknown:
        raise Unsafe(f"{doing} with the newer program that made it: this one does not know {', '.join(unknown[:3])}")


def refuse_other_engine(about: Facts) -> None:
    """Unsafe where the backup is of another engine than this place's."""
    if about["engine"] != connection.vendor:
        raise Unsafe(
            f"the backup is of {about['engine']}, but this place is {connection.vendor}: set DATABASE_URL to the same engine"
        )


def is_older(about: Facts) -> bool:
    """Whether this program has migrations that the backup lacks."""
    applied = {(app, name) for app, name in about["migrations"]}
    return bool(set(MigrationLoader(None, ignore_no_migrations=True).disk_migrations) - applied)


def refuse_difference(promised: Facts, found: Facts) -> None:
    """Unsafe where what was restored is not what the manifest says."""
    for kind, words in (("rows", "rows in table"), ("heads", "chain of the book")):
        for name in sorted({*promised[kind], *found[kind]}):
            if (wanted := promised[kind].get(name)) != (got := found[kind].get(name)):
                raise Unsafe(f"what was restored differs from the backup: {words} {name}: {got} instead of {wanted}")


def named_pictures(ask: Callable[[str], Iterable[tuple[Any, ...]]], tables: Collection[str]) -> set[str]:
    """The sha256 of every picture that a row names."""
    columns = [("forums_photo", "sha256")]
    for model in apps.get_models():
        columns += [(model._meta.db_table, str(field.column)) for field in model._meta.concrete_fields if field.name == "picture"]
    asked = [f"SELECT DISTINCT {column} FROM {table} WHERE {column} <> ''" for table, column in columns if table in tables]  # nosec B608
    return {str(name) for question in asked for (name,) in ask(question)}


def missing_pictures(named: Iterable[str], there: Collection[str]) -> list[str]:
    """The pictures that a row names and that are not among the files: the wrong SAJJA_DATA, or a disk that lost them."""
    return sorted(name for name in named if f"files/pictures/{name[:2]}/{name[2:]}.jpg" not in there)
