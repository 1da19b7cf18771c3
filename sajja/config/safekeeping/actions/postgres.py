"""PostgreSQL: every table by COPY in one snapshot, and back into tables that the same migrations make; no binary is needed."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.migrations.executor import MigrationExecutor

from sajja.config.safekeeping import SPOILT, Unsafe
from sajja.config.safekeeping.facts import HEADS, LEFT_OUT, MIGRATIONS, heads_of, named_pictures
from sajja.config.safekeeping.parcel import CHUNK, Facts, Packing, Part

PART_BYTES = 8 * CHUNK
COLUMNS = """SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = %s
    AND is_generated = 'NEVER' ORDER BY ordinal_position"""
SEQUENCES = """SELECT table_name, column_name,
        pg_sequence_last_value(pg_get_serial_sequence(quote_ident(table_name), column_name)::regclass)
    FROM information_schema.columns
    WHERE table_schema = current_schema() AND pg_get_serial_sequence(quote_ident(table_name), column_name) IS NOT NULL
    ORDER BY 1, 2"""
STANDING = (
    "SELECT count(*) FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S')"
)


@contextmanager
def snapshot() -> Iterator["Snapshot"]:
    """One moment of the live database, held while others write."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield Snapshot(cursor)


class Snapshot:
    """The moment, and what it says of itself."""

    def __init__(self, cursor: CursorWrapper) -> None:
        self.cursor = cursor
        known = {*connection.introspection.django_table_names(only_existing=True, include_views=False), "django_migrations"}
        self.tables = sorted(known & set(connection.introspection.table_names(cursor)) - LEFT_OUT)
        cursor.execute(SEQUENCES)
        numbers = [list(row) for row in cursor.fetchall() if row[2] is not None and row[0] in self.tables]
        self.about: Facts = {
            "engine": "postgresql",
            "engine_version": str(connection.cursor().connection.info.server_version),
            "migrations": _migrations(cursor) if "django_migrations" in self.tables else [],
            "columns": {table: columns(cursor, table) for table in self.tables},
            "sequences": numbers,
        }
        self.facts = facts(cursor, self.tables)
        self.pictures = named_pictures(self._ask, self.tables)

    def _ask(self, question: str) -> list[tuple[Any, ...]]:
        self.cursor.execute(question)
        return list(self.cursor.fetchall())

    def pack(self, packing: Packing) -> None:
        """Each table in parts of some megabytes."""
        for table in self.tables:
            names = ", ".join(map(connection.ops.quote_name, self.about["columns"][table]))
            with self.cursor.copy(f"COPY {connection.ops.quote_name(table)} ({names}) TO STDOUT") as rows:
                number, held = 0, bytearray()
                for row in rows:
                    held += row
                    if len(held) >= PART_BYTES:
                        packing.text(f"rows/{table}/{number:06}", bytes(held))
                        number, held = number + 1, bytearray()
                packing.text(f"rows/{table}/{number:06}", bytes(held))


@contextmanager
def taking() -> Iterator["Taking"]:
    """The way back: one transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(STANDING)
        if cursor.fetchone()[0]:
            raise Unsafe("there are tables in the database of DATABASE_URL already; a backup is restored into an empty place")
        yield Taking(cursor)


class Taking:
    """The database that is being restored."""

    def __init__(self, cursor: CursorWrapper) -> None:
        self.cursor = cursor
        self.about: Facts = {}

    def begin(self, about: Facts) -> None:
        """Make the tables as they were, by the migrations that had been applied, without any row."""
        self.about = about
        executor = MigrationExecutor(connection)
        executor.migrate([(app, name) for app, name in about["migrations"]])
        self.cursor.execute("SET CONSTRAINTS ALL DEFERRED")  # migrations leave some immediate; tables come in any order
        for table, known in about["columns"].items():
            if set(columns(self.cursor, table)) != set(known):
                raise Unsafe(
                    f"the table {table} of the backup is not the one of this program: restore it with the program that made it"
                )
            self.cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")  # nosec B608

    def take(self, part: Part) -> None:
        """Some rows of a table."""
        kind, _, rest = part.name.partition("/")
        table = rest.partition("/")[0]
        if kind != "rows" or table not in self.about["columns"]:
            raise Unsafe(SPOILT)
        names = ", ".join(map(connection.ops.quote_name, self.about["columns"][table]))
        with self.cursor.copy(f"COPY {connection.ops.quote_name(table)} ({names}) FROM STDIN") as rows:
            while some := part.read(CHUNK):
                rows.write(some)

    def finish(self, manifest: Facts) -> Facts:
        """Check every reference, set the numbers, put on what migrations put on at their end; what is there now."""
        from sajja.web import frozen

        self.cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table, column, last in self.about["sequences"]:
            self.cursor.execute("SELECT setval(pg_get_serial_sequence(quote_ident(%s), %s)::regclass, %s)", [table, column, last])
        found = facts(self.cursor, sorted(self.about["columns"]))
        frozen.put_on(connection)
        call_command("createcachetable", verbosity=0)
        return found


def facts(cursor: CursorWrapper, tables: list[str]) -> Facts:
    """Rows of each table, and where each book's chain ends."""
    rows = {}
    for table in tables:
        cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # nosec B608
        rows[table] = cursor.fetchone()[0]
    if "ledger_bookhead" not in rows:
        return {"rows": rows, "heads": {}}
    cursor.execute(HEADS)
    return {"rows": rows, "heads": heads_of(cursor.fetchall())}


def columns(cursor: CursorWrapper, table: str) -> list[str]:
    """The columns of a table that hold what was written."""
    cursor.execute(COLUMNS, [table])
    return [name for (name,) in cursor.fetchall()]


def _migrations(cursor: CursorWrapper) -> list[list[str]]:
    cursor.execute(MIGRATIONS)
    return [list(row) for row in cursor.fetchall()]
