"""Seconds and memory of a backup and its restore: `python -m bench.backup [MEGABYTES]`, half database, half pictures.

The rows are sealed texts in a table of their own, the pictures noise: nothing here gets smaller. Prints one JSON object; the
goal is that memory stays below 150 MB however large the place is.
"""

import json
import os
import resource
import secrets
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from time import perf_counter

MEGABYTES = 400
MEGABYTE = 1_000_000
SAJJA = str(Path(sys.executable).parent / "sajja")


def main() -> None:
    """Measure and print."""
    megabytes = int(sys.argv[1]) if len(sys.argv) > 1 else MEGABYTES
    with tempfile.TemporaryDirectory(prefix="sajja-bench-") as folder:
        here, there, file = Path(folder) / "here", Path(folder) / "there", Path(folder) / "bench.age"
        run(here, "migrate")
        run(here, "staff", "bench", "นายทดสอบ (ตัวอย่าง)", "department_admin", given=secrets.token_urlsafe(24))
        fill(here, megabytes // 2)
        figures = {"megabytes": megabytes, "backup_s": run(here, "backup", "--out", str(file)), "backup_mb": peak()}
        figures |= {"restore_s": run(there, "restore", str(file), "--key", f"{file}.key"), "peak_mb": peak()}
        figures["file_mb"] = file.stat().st_size // MEGABYTE
        print(json.dumps(figures))


def fill(data: Path, megabytes: int) -> None:
    """So many megabytes of rows, and as many of pictures."""
    with closing(sqlite3.connect(data / "sajja.sqlite3")) as database, database:
        database.execute("CREATE TABLE bench (id integer PRIMARY KEY, content blob)")
        rows = ((secrets.token_bytes(1000),) for _ in range(megabytes * 1000))
        database.executemany("INSERT INTO bench (content) VALUES (?)", rows)
    for _ in range(megabytes):
        content = secrets.token_bytes(MEGABYTE)
        name = sha256(content).hexdigest()
        place = data / "pictures" / name[:2] / f"{name[2:]}.jpg"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)


def run(data: Path, *words: str, given: str = "") -> float:
    """Seconds of a command of ours; it must end well."""
    known = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    began = perf_counter()
    subprocess.run(
        [SAJJA, *words], env=known | {"SAJJA_DATA": str(data)}, input=given, text=True, check=True, stdout=subprocess.DEVNULL
    )
    return round(perf_counter() - began, 1)


def peak() -> int:
    """The most memory that any command has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024


if __name__ == "__main__":
    main()
