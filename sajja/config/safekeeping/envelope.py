"""The envelope: an age file (age-encryption.org/v1), sealed and opened as a stream, so that memory stays flat.

pyrage pulls what it encrypts and pushes what it decrypts: it works in a thread of its own at the other end of a pipe.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import BinaryIO

import pyrage
from pyrage.x25519 import Identity

from sajja.config.safekeeping import SPOILT, Unsafe

PIPE_BYTES = 1024 * 1024


def new_key(file: Path) -> None:
    """Make an identity and write it: 0600, and never over another file."""
    identity = Identity.generate()
    words = f"# The key of {file.stem}: keep it elsewhere, whoever holds both reads everything.\n"
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as out:
        out.write(f"{words}# public key: {identity.to_public()}\n{identity}\n")
        out.flush()
        os.fsync(out.fileno())


def read_key(file: Path) -> Identity:
    """The identity of a key file, as `age-keygen` writes it too."""
    try:
        lines = [line.strip() for line in file.read_text().splitlines()]
        return Identity.from_str(next(line for line in lines if line.startswith("AGE-SECRET-KEY-")))
    except OSError as wrong:
        raise Unsafe(f"the key cannot be read: {file}: {wrong.strerror}") from wrong
    except (StopIteration, UnicodeDecodeError, pyrage.IdentityError):
        raise Unsafe(f"there is no key in {file}") from None


@contextmanager
def sealed(out: BinaryIO, identity: Identity) -> Iterator[BinaryIO]:
    """A stream to write to; what is written goes encrypted to `out`. Whole only if the block ends well."""
    there, here = os.pipe()
    reader, writer = os.fdopen(there, "rb", PIPE_BYTES), os.fdopen(here, "wb", PIPE_BYTES)
    work = Work(lambda: pyrage.encrypt_io(reader, out, [identity.to_public()]), reader)
    try:
        yield writer
        writer.flush()
    except BrokenPipeError:
        work.raise_wrong()
        raise
    finally:
        with suppress(BrokenPipeError):
            writer.close()
        work.join()
    work.raise_wrong()


@contextmanager
def opened(file: Path, identity: Identity) -> Iterator[BinaryIO]:
    """A stream of what was sealed. Unsafe where the key is another's, or the file cut or changed: only the end says all is well."""
    there, here = os.pipe()
    reader, writer = os.fdopen(there, "rb", PIPE_BYTES), os.fdopen(here, "wb", PIPE_BYTES)
    with _read(file) as sealed_file:
        work = Work(lambda: pyrage.decrypt_io(sealed_file, writer, [identity]), writer)
        try:
            yield reader
            while reader.read(PIPE_BYTES):
                pass
        except Exception as wrong:
            reader.close()
            work.join()
            _explain(work.wrong)
            raise wrong
        finally:
            reader.close()
            work.join()
        _explain(work.wrong)


class Work:
    """The library's side of the pipe, in a thread; `wrong` is what it raised."""

    def __init__(self, do: Callable[[], object], end: BinaryIO) -> None:
        self.wrong: BaseException | None = None
        self._do, self._end = do, end
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()
        self.join = self._thread.join

    def _run(self) -> None:
        try:
            self._do()
            self._end.flush()
        except BaseException as wrong:
            self.wrong = wrong
        finally:
            with suppress(OSError, ValueError):
                self._end.close()

    def raise_wrong(self) -> None:
        """Raise here what was raised there."""
        if self.wrong:
            raise self.wrong


def _read(file: Path) -> BinaryIO:
    try:
        return file.open("rb", PIPE_BYTES)
    except OSError as wrong:
        raise Unsafe(f"the backup cannot be read: {file}: {wrong.strerror}") from wrong


def _explain(wrong: BaseException | None) -> None:
    if wrong is None or isinstance(wrong, BrokenPipeError):
        return
    if isinstance(wrong, pyrage.DecryptError) and "matching keys" in str(wrong):
        raise Unsafe("this is not the key of this backup") from wrong
    raise Unsafe(SPOILT) from wrong
