"""`sajja restore`: into an empty place, whole or not at all."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection
from pyrage.x25519 import Identity

from sajja.config.safekeeping import SPOILT, Unsafe, envelope
from sajja.config.safekeeping.actions import postgres, sqlite
from sajja.config.safekeeping.facts import is_older, refuse_difference, refuse_empty, refuse_other_engine, refuse_other_program
from sajja.config.safekeeping.parcel import Facts, Part, Unpacking, whole
from sajja.ledger import verifying
from sajja.ledger.models import Book

STAGE = ".restoring"


def restore(file: Path, key: Path) -> Facts:
    """Restore a backup here; its manifest, with `older` where migrations are still to run. Unsafe in one line, and nothing is left."""
    identity = envelope.read_key(key)
    engine = sqlite if connection.vendor == "sqlite" else postgres
    with _stage(settings.SAJJA_DATA) as stage, engine.taking() as taking:
        manifest = whole(file, identity)  # before anything is touched
        refuse_other_engine(manifest)
        refuse_other_program(manifest, "restore the backup")
        refuse_empty(manifest)
        _fill(file, identity, manifest, stage, taking)
        refuse_difference(manifest, taking.finish(manifest))
        if not is_older(manifest):
            _refuse_flaws()
        stage.publish()
    os.sync()
    return manifest | {"older": is_older(manifest)}


def _fill(file: Path, identity: Identity, manifest: Facts, stage: "Stage", taking: "sqlite.Taking | postgres.Taking") -> None:
    with envelope.opened(file, identity) as stream:
        parts = Unpacking(stream)
        taking.begin(manifest)
        for part in parts:
            if part.name.startswith("files/"):
                stage.take(part)
            else:
                taking.take(part)
    if parts.manifest != manifest:
        raise Unsafe(SPOILT)


def _refuse_flaws() -> None:
    """Every book is read again from its first entry, and the triggers stand."""
    flaws = verifying.missing_triggers()
    for book in Book.objects.order_by("pk"):
        flaws = flaws or verifying.verify(book)
    if flaws:
        flaw = flaws[0]
        raise Unsafe(f"the books of the backup do not add up: book {flaw.book or '–'}, entry {flaw.position}: {flaw.what}")


class Stage:
    """The folder of a restore that is not whole yet."""

    def __init__(self, data: Path) -> None:
        self.data, self.folder = data, data / STAGE
        self.moved: list[Path] = []

    def take(self, part: Part) -> None:
        """Write one file; its name was checked to stay inside."""
        place = self.folder.joinpath(*part.name.split("/")[1:])
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, part.mode & 0o750), "wb") as out:
            part.copy_to(out)
            if out.tell() != part.size:
                raise Unsafe(SPOILT)

    def publish(self) -> None:
        """Move all to its place; the database follows at once."""
        for thing in sorted(self.folder.iterdir()):
            place = self.data / thing.name
            thing.rename(place)
            self.moved.append(place)

    def undo(self) -> None:
        """Take away what was moved."""
        for place in self.moved:
            shutil.rmtree(place) if place.is_dir() else place.unlink()


@contextmanager
def _stage(data: Path) -> Iterator[Stage]:
    """An empty place to restore into; as it was before where the block fails. What a killed restore left is no content."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    there = sorted(thing.name for thing in data.iterdir() if not (thing.name == STAGE or thing.name.endswith(".restoring")))
    if there:
        raise Unsafe(f"{data} is not empty: there is {', '.join(there[:3])}; a backup is restored into an empty place")
    stage = Stage(data)
    shutil.rmtree(stage.folder, ignore_errors=True)
    stage.folder.mkdir(mode=0o700)
    try:
        yield stage
    except BaseException:
        stage.undo()
        raise
    finally:
        shutil.rmtree(stage.folder, ignore_errors=True)
