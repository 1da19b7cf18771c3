"""How far a long job is, in a file of its folder: the page that waits reads it, and the database shows nothing until the job ends."""

from pathlib import Path
from typing import Final, NamedTuple

STOPPED: Final = "stopped"
DONE: Final = "done"
RUNNING: Final = "running"
FAILED: Final = "failed"


class Progress(NamedTuple):
    """How far a job is: running, stopped, failed or done; nothing at all before the first."""

    state: str
    done: int
    total: int


def of(folder: Path) -> Progress | None:
    """How far the job of a folder is; None before the first."""
    try:
        state, done, total = (folder / "progress").read_text().split()
    except (FileNotFoundError, ValueError):
        return None
    return Progress(state, int(done), int(total))


def note(folder: Path, progress: Progress) -> None:
    """Remember how far it is."""
    write(folder / "progress", f"{progress.state} {progress.done} {progress.total}".encode())


def write(file: Path, content: bytes) -> None:
    """Whole or not at all; its folder is made."""
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_name(file.name + ".new")
    new.write_bytes(content)
    new.replace(file)
