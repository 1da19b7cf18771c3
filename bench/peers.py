"""The peers that measurements compare us with, each as its own makers would run it; milliseconds, medians of some rounds.

django-ledger stands in a virtual environment of its own under build/, made from requirements/bench.lock.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from time import perf_counter

from bench.worlds import Took, figures, middle, seconds
from tools import needs

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / "build" / "bench"
LOCK = ROOT / "requirements" / "bench.lock"
ROUNDS = 5
SURROUNDINGS = os.environ | {"LC_ALL": "C.UTF-8"}


def django_ledger(credited: Path, folder: Path) -> dict[str, float]:
    """Cash to each of these accounts ({code: satang} as JSON): as one journal entry, and as one for each account."""
    script = Path(__file__).with_name("peer_django_ledger.py")
    known = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO", "PYTHON"))}
    done = subprocess.run(
        [_python(), str(script), str(credited), str(folder), str(ROUNDS)], env=known, check=True, capture_output=True, text=True
    )
    times = [Took(*map(float, line.split())) for line in done.stdout.splitlines()]
    return figures("django_ledger_entry", times[0::2]) | figures("django_ledger_receipts", times[1::2])


def _python() -> Path:
    """The Python of the peers' environment, made the first time and again when the lock file changes."""
    stamp, digest = VENV / "stamp", hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if not stamp.exists() or stamp.read_text() != digest:
        uv = Path(sys.executable).with_name("uv")
        subprocess.run([uv, "venv", "--quiet", "--clear", "--python", sys.executable, VENV], check=True)
        python = VENV / "bin" / "python"
        subprocess.run([uv, "pip", "sync", "--quiet", "--python", python, "--require-hashes", LOCK], check=True)
        stamp.write_text(digest)
    return VENV / "bin" / "python"


def beancount(file: Path, rounds: int = ROUNDS) -> float:
    """Reading a file, in a process that has loaded beancount already and keeps no cache."""
    from beancount import loader

    def read() -> None:
        _entries, errors, _options = loader.load_string(text)
        assert errors == []

    text = file.read_text(encoding="utf-8")
    return middle([seconds(read) for _ in range(rounds)])


def hledger(file: Path, *words: str, rounds: int = ROUNDS) -> float:
    """Reading a file and answering; the program's own start is in it."""
    program, times = needs.hledger(), []
    for _ in range(rounds):
        began = perf_counter()
        subprocess.run([program, "-f", str(file), *words], env=SURROUNDINGS, check=True, stdout=subprocess.DEVNULL)
        times.append(perf_counter() - began)
    return middle(times)
