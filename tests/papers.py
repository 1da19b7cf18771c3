"""Reading a paper as its reader copies it, by poppler."""

import subprocess
from pathlib import Path

from tools import needs


def words_of(folder: Path, made: bytes, *how: str) -> str:
    """The text of a PDF; `-layout` keeps columns beside each other."""
    file = folder / "paper.pdf"
    file.write_bytes(made)
    return subprocess.run([needs.pdftotext(), *how, str(file), "-"], capture_output=True, check=True).stdout.decode()


def laid_out(folder: Path, made: bytes) -> str:
    """The text with its columns."""
    return words_of(folder, made, "-layout")


def missing(said: str, *parts: str) -> list[str]:
    """Which of these a text does not say."""
    return [part for part in parts if part not in said]
