"""`sajja backup`: snapshot, pictures, keys into one sealed file; read back whole before it gets its name."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import connection

from sajja.config.safekeeping import SPOILT, Unsafe, envelope
from sajja.config.safekeeping.actions import postgres, sqlite
from sajja.config.safekeeping.facts import missing_pictures, refuse_empty, refuse_other_program
from sajja.config.safekeeping.parcel import ABOUT, FORMAT, KEPT, Facts, Packing, as_json, whole
from sajja.web import clock


def backup(out: Path) -> Facts:
    """Make the backup `out` and its key beside it; the manifest. Unsafe in one line, and then neither file is there.

    Pictures that the disk has lost already stand in the manifest's `missing_pictures`: the caller must say so.
    """
    key = out.with_name(f"{out.name}.key")
    for file in (out, key):
        if os.path.lexists(file):
            raise Unsafe(f"there is a file already: {file}; a backup never overwrites")
    if not out.parent.is_dir():
        raise Unsafe(f"there is no such folder: {out.parent}")
    with _kept_if_whole(out, key) as (part, stream):
        manifest = _write(stream, key)
        stream.flush()
        os.fsync(stream.fileno())
        if whole(part, envelope.read_key(key)) != manifest:
            raise Unsafe(SPOILT)
    return manifest


def _write(out: BinaryIO, key: Path) -> Facts:
    """Database first, then the files: a picture is written before the row that names it, and never changed."""
    engine = sqlite if connection.vendor == "sqlite" else postgres
    with engine.snapshot() as snapshot:
        refuse_other_program(snapshot.about, "make the backup")
        refuse_empty(snapshot.facts)
        envelope.new_key(key)
        about = snapshot.about | {"format": FORMAT, "program": version("sajja"), "made_at": clock.now().isoformat()}
        with envelope.sealed(out, envelope.read_key(key)) as stream:
            packing = Packing(stream)
            packing.text(ABOUT, as_json(about))
            snapshot.pack(packing)
            for name, file in _files(settings.SAJJA_DATA):
                packing.file(f"files/{name}", file)
            missing = missing_pictures(snapshot.pictures, packing.sums)
            return packing.finish(about | snapshot.facts | {"missing_pictures": missing})


def _files(data: Path) -> Iterator[tuple[str, Path]]:
    """What belongs to the data beside the database, in order; names that begin with a dot are being written."""
    for name in KEPT:
        below = [data / name] if (data / name).is_file() else sorted((data / name).rglob("*"))
        for file in below:
            inside = file.relative_to(data)
            if file.is_file() and not any(word.startswith(".") for word in inside.parts):
                yield inside.as_posix(), file


@contextmanager
def _kept_if_whole(out: Path, key: Path) -> Iterator[tuple[Path, BinaryIO]]:
    """A file of another name in the same folder, which gets its name when the block ends well; else it and the key go."""
    descriptor, name = tempfile.mkstemp(prefix=f".{out.name}.", suffix=".part", dir=out.parent)
    part = Path(name)
    mine = not key.exists()
    try:
        with os.fdopen(descriptor, "r+b") as file:
            yield part, file
        _give_name(part, out)
    except BaseException:
        if mine:
            key.unlink(missing_ok=True)
        raise
    finally:
        part.unlink(missing_ok=True)
    folder = os.open(out.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _give_name(part: Path, out: Path) -> None:
    """Never over another file, on disks that know no second name for a file (memory sticks) neither."""
    try:
        os.link(part, out)
    except FileExistsError:
        raise Unsafe(f"there is a file already: {out}; a backup never overwrites") from None
    except OSError:
        if os.path.lexists(out):
            raise Unsafe(f"there is a file already: {out}; a backup never overwrites") from None
        part.rename(out)
