"""A PostgreSQL to throw away: own folder, own port, loopback only, gone at the end of the command it serves.

`python -m tests.pg pytest …` runs the command with DATABASE_URL set and ends with its exit code.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tools import needs

START_SECONDS = 30
# Speed, not safety: the data are thrown away. A fault test that pulls the plug starts its own server without these.
FAST = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]


class Cluster:
    """A server with its folder; `stop_at_once` is `pg_ctl stop -m immediate`: as after a crash, it recovers from its log."""

    def __init__(self, binaries: Path, folder: Path, settings: list[str]) -> None:
        self.binaries, self.folder, self.settings, self.port = binaries, folder, settings, free_port()
        self.url = f"postgres://sajja@127.0.0.1:{self.port}/postgres"
        self.start()

    def start(self) -> None:
        """Start the server and wait until it answers."""
        self.server = _start(self.binaries, self.folder, self.port, self.settings)
        try:
            _wait(self.server, self.port, self.folder)
        except BaseException:
            self.stop_at_once()
            raise

    def stop_at_once(self) -> None:
        """Every connection is cut, nothing is written down."""
        _stop(self.server)


@contextmanager
def cluster(settings: list[str]) -> Iterator[Cluster]:
    """A fresh cluster; the server and its folder are gone afterwards, also on failure."""
    binaries = needs.postgresql()
    folder = Path(tempfile.mkdtemp(prefix="sajja-pg-"))
    try:
        _give_to_owner(folder)
        _initdb(binaries, folder)
        made = Cluster(binaries, folder, settings)
        try:
            yield made
        finally:
            made.stop_at_once()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running(settings: list[str] = FAST) -> Iterator[str]:
    """The DATABASE_URL of a fresh server; the server and its folder are gone afterwards, also on failure."""
    with cluster(settings) as made:
        yield made.url


def _owner() -> str | None:
    """Who runs the server: initdb refuses root, so root hands it to `postgres`, or to `nobody`."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _give_to_owner(folder: Path) -> None:
    if owner := _owner():
        shutil.chown(folder, user=owner, group=pwd.getpwnam(owner).pw_gid)


def _as_owner(*command: str | Path) -> list[str]:
    """The command, run as the server's owner, and ended by the kernel should we die first."""
    words = [str(word) for word in command]
    if not shutil.which("setpriv"):
        return words
    drop = []
    if owner := _owner():
        drop = [f"--reuid={owner}", f"--regid={pwd.getpwnam(owner).pw_gid}", "--clear-groups"]
    return ["setpriv", *drop, "--pdeathsig=INT", *words]


def _initdb(binaries: Path, folder: Path) -> None:
    command = _as_owner(
        binaries / "initdb", "--pgdata", folder / "data", "--username=sajja", "--auth=trust",
        "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync",
    )  # fmt: skip
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"initdb failed:\n{done.stdout}{done.stderr}")


def _start(binaries: Path, folder: Path, port: int, settings: list[str]) -> subprocess.Popen[bytes]:
    command = _as_owner(
        binaries / "postgres", "-D", folder / "data", "-p", str(port), "-h", "127.0.0.1",
        "-c", "unix_socket_directories=", "-c", "max_connections=200", *settings,
    )  # fmt: skip
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, start_new_session=True)


def _wait(server: subprocess.Popen[bytes], port: int, folder: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and server.poll() is None:
        try:
            psycopg.connect(host="127.0.0.1", port=port, user="sajja", dbname="postgres", connect_timeout=2).close()
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"PostgreSQL did not start:\n{(folder / 'log').read_text(errors='replace')[-2000:]}")


def _stop(server: subprocess.Popen[bytes]) -> None:
    """SIGQUIT: at once, connections or not; there is nothing to save."""
    server.send_signal(signal.SIGQUIT)
    try:
        server.wait(timeout=20)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main(command: list[str]) -> int:
    """Run the command against a fresh server and hand back its exit code."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with running() as url:
        print(f"PostgreSQL for the tests at {url}", flush=True)
        return subprocess.run(command, env=os.environ | {"DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
