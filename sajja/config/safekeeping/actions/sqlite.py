"""SQLite: a snapshot of the live database by its backup API, and the way back as a file."""

import fcntl
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

from sajja.config.safekeeping import SPOILT, Unsafe
from sajja.config.safekeeping.facts import HEADS, LEFT_OUT, MIGRATIONS, heads_of, named_pictures
from sajja.config.safekeeping.parcel import Facts, Packing, Part

MEMBER = "database.sqlite3"


@contextmanager
def snapshot() -> Iterator["Snapshot"]:
    """A consistent copy of the live database, made while others write; gone after the block."""
    live = Path(connection.settings_dict["NAME"])
    if not live.exists():
        raise Unsafe(f"there is no database here: {live}")
    with _room() as folder:
        copy = folder / MEMBER
        with closing(sqlite3.connect(f"file:{live}?mode=rw", uri=True, timeout=20)) as source, closing(connect(copy)) as target:
            source.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")
            target.execute("PRAGMA secure_delete=ON")
            for table in LEFT_OUT & set(tables(target)):
                target.execute(f'DELETE FROM "{table}"')  # nosec B608
            target.commit()
        check(copy)
        yield Snapshot(copy)


class Snapshot:
    """The copy, and what it says of itself."""

    def __init__(self, copy: Path) -> None:
        self.copy = copy
        self.about, self.facts = about(copy), facts(copy)
        with closing(connect(copy)) as database:
            self.pictures = named_pictures(database.execute, self.facts["rows"])

    def pack(self, packing: Packing) -> None:
        """The database as one part."""
        packing.file(MEMBER, self.copy)


@contextmanager
def taking() -> Iterator["Taking"]:
    """The way back: the file is put beside its place, and into it at the end."""
    live = Path(connection.settings_dict["NAME"])
    if live.exists():
        raise Unsafe(f"there is a database here already: {live}; a backup is restored into an empty place")
    live.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    staged = live.with_name(f".{live.name}.restoring")
    try:
        yield Taking(live, staged)
        connection.close()
        os.link(staged, live)  # refuses a database that came in between
    except FileExistsError:
        raise Unsafe(f"there is a database here already: {live}") from None
    finally:
        connection.close()
        connection.settings_dict["NAME"] = str(live)
        for name in (staged, *(staged.with_name(staged.name + end) for end in ("-wal", "-shm", "-journal"))):
            name.unlink(missing_ok=True)


class Taking:
    """The database that is being restored."""

    def __init__(self, live: Path, staged: Path) -> None:
        self.live, self.staged = live, staged

    def begin(self, about: Facts) -> None:
        """Nothing to prepare: the file brings its tables."""

    def take(self, part: Part) -> None:
        """The database's only part."""
        if part.name != MEMBER:
            raise Unsafe(SPOILT)
        with os.fdopen(os.open(self.staged, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            part.copy_to(out)
            out.flush()
            os.fsync(out.fileno())

    def finish(self, manifest: Facts) -> Facts:
        """What the restored database says of itself; from here to the end of the block Django reads it."""
        if not self.staged.exists():
            raise Unsafe(SPOILT)
        check(self.staged)
        found = facts(self.staged)
        connection.close()
        connection.settings_dict["NAME"] = str(self.staged)
        return found


def check(file: Path) -> None:
    """Unsafe where SQLite itself finds the file damaged."""
    with closing(connect(file)) as database:
        found = [row[0] for row in database.execute("PRAGMA integrity_check(3)")]
    if found != ["ok"]:
        raise Unsafe(f"the database is damaged: {found[0]}")


def about(file: Path) -> Facts:
    """Engine and migrations."""
    with closing(connect(file)) as database:
        applied = database.execute(MIGRATIONS).fetchall() if "django_migrations" in tables(database) else []
        return {"engine": "sqlite", "engine_version": sqlite3.sqlite_version, "migrations": [list(row) for row in applied]}


def facts(file: Path) -> Facts:
    """Rows of each table, and where each book's chain ends."""
    with closing(connect(file)) as database:
        names = [name for name in tables(database) if name not in LEFT_OUT]
        rows = {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}  # nosec B608
        heads = heads_of(database.execute(HEADS).fetchall()) if "ledger_bookhead" in rows else {}
    return {"rows": rows, "heads": heads}


def tables(database: sqlite3.Connection) -> list[str]:
    """The tables' names."""
    found = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
    return [name for (name,) in found]


def connect(file: Path) -> sqlite3.Connection:
    """The file itself: no WAL beside it."""
    return sqlite3.connect(file, timeout=20)


@contextmanager
def _room() -> Iterator[Path]:
    """A folder in SAJJA_DATA for the copy, which is as secret as the database; one backup at a time, and what a killed one left is removed."""
    folder = settings.SAJJA_DATA / ".backup"
    folder.mkdir(mode=0o700, exist_ok=True)
    lock = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        raise Unsafe("another backup of this place is being made") from None
    try:
        for left in folder.iterdir():
            left.unlink()
        yield folder
    finally:
        shutil.rmtree(folder)
        os.close(lock)
