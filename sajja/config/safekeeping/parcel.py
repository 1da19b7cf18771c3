"""What lies in the envelope: a tar of about.json, the database, the files, and last manifest.json, which sums up all of it."""

import io
import json
import re
import tarfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, BinaryIO

from pyrage.x25519 import Identity

from sajja.config.safekeeping import SPOILT, Unsafe, envelope

FORMAT = 1
ABOUT, MANIFEST = "about.json", "manifest.json"
KEPT = ("pictures", "keys", "day")
"""What lies in SAJJA_DATA beside the database and belongs into a backup."""
NAMES = re.compile(r"database\.sqlite3|rows/\w+/\d{6}|files/(?:(?:pictures|keys)/(?:[\w-][\w.-]*/)*[\w-][\w.-]*|day)")
CHUNK = 1024 * 1024
Facts = dict[str, Any]
Sums = dict[str, tuple[int, str]]


class Packing:
    """Writes parts one after the other and remembers size and sha256 of each."""

    def __init__(self, stream: BinaryIO) -> None:
        self.sums: Sums = {}
        self._tar = tarfile.open(fileobj=stream, mode="w|", format=tarfile.PAX_FORMAT, bufsize=CHUNK)  # noqa: SIM115 -- closed by finish

    def text(self, name: str, content: bytes, mode: int = 0o600) -> None:
        """A part that is in memory."""
        self._add(name, io.BytesIO(content), len(content), mode)

    def file(self, name: str, file: Path) -> str:
        """A part that is a file and is not written to any more; its sha256."""
        with file.open("rb") as content:
            about = file.stat()
            self._add(name, content, about.st_size, about.st_mode & 0o750)
        return self.sums[name][1]

    def finish(self, facts: Facts) -> Facts:
        """Write the manifest, the last part."""
        manifest = facts | {"files": {name: list(parts) for name, parts in sorted(self.sums.items())}}
        self.text(MANIFEST, as_json(manifest))
        self._tar.close()
        return manifest

    def _add(self, name: str, content: BinaryIO, size: int, mode: int) -> None:
        member = tarfile.TarInfo(name)
        member.size, member.mode = size, mode
        summed = Summed(content)
        self._tar.addfile(member, summed)
        self.sums[name] = (size, summed.hash.hexdigest())


class Part:
    """A part that is being read."""

    def __init__(self, member: tarfile.TarInfo, content: "Summed") -> None:
        self.name, self.mode, self.size = member.name, member.mode, member.size
        self.read = content.read

    def copy_to(self, out: IO[bytes]) -> None:
        """Write the part to a file."""
        while some := self.read(CHUNK):
            out.write(some)


class Unpacking:
    """Reads the parts in their order; `about` is there at once, `manifest` after the last one. Unsafe where they disagree."""

    def __init__(self, stream: BinaryIO) -> None:
        self.sums: Sums = {}
        self.manifest: Facts = {}
        try:
            self._tar = tarfile.open(fileobj=stream, mode="r|", bufsize=CHUNK)  # noqa: SIM115 -- the stream is the caller's
            first = self._tar.next()
            if first is None or first.name != ABOUT:
                raise Unsafe("this is no backup of Sajja")
            self.about = self._json(first)
        except (tarfile.TarError, ValueError) as wrong:
            raise Unsafe(SPOILT) from wrong
        if self.about.get("format") != FORMAT:
            raise Unsafe(f"the backup is of a newer form ({self.about.get('format')}): restore it with the newer program")

    def __iter__(self) -> Iterator[Part]:
        try:
            while (member := self._tar.next()) and member.name != MANIFEST:
                if not member.isreg() or not NAMES.fullmatch(member.name) or member.name in self.sums:
                    raise Unsafe(SPOILT)
                content = self._content(member)
                part = Part(member, content)
                yield part
                while content.read(CHUNK):
                    pass
                self.sums[member.name] = (member.size, content.hash.hexdigest())
            if member is None:
                raise Unsafe(SPOILT)
            manifest = self._json(member)
            if manifest.get("files") != {name: list(parts) for name, parts in self.sums.items()} or self._tar.next():
                raise Unsafe(SPOILT)
        except (tarfile.TarError, ValueError) as wrong:
            raise Unsafe(SPOILT) from wrong
        self.manifest = manifest

    def _json(self, member: tarfile.TarInfo) -> Facts:
        content = self._content(member)
        found = json.loads(content.read(member.size))
        if member.name == ABOUT:
            self.sums[ABOUT] = (member.size, content.hash.hexdigest())
        if not isinstance(found, dict):
            raise Unsafe(SPOILT)
        return found

    def _content(self, member: tarfile.TarInfo) -> "Summed":
        content = self._tar.extractfile(member)
        if content is None:
            raise Unsafe(SPOILT)
        return Summed(content)


def whole(file: Path, identity: Identity) -> Facts:
    """Read a backup from its first byte to its last; its manifest. Unsafe where anything does not fit."""
    with envelope.opened(file, identity) as stream:
        parts = Unpacking(stream)
        for _ in parts:
            pass
    return parts.manifest


class Summed:
    """A stream that adds up what is read from it."""

    def __init__(self, content: IO[bytes]) -> None:
        self.hash = sha256()
        self._content = content

    def read(self, size: int = -1) -> bytes:
        """As of any file."""
        some = self._content.read(size)
        self.hash.update(some)
        return some


def as_json(facts: Facts) -> bytes:
    """One form for the same facts."""
    return json.dumps(facts, ensure_ascii=False, sort_keys=True).encode()
