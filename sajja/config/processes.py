"""The processes of `sajja serve`: gunicorn for pages and the worker for jobs, started and stopped together."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

Process = subprocess.Popen[bytes]
# Where to ask ourselves; what to listen on is the caller's.
HERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # nosec B104
STOP_SECONDS = 15  # longer than a page may take; then the process is killed


class Stopped(Exception):  # noqa: N818 -- a request to stop, not an error
    """Someone asked us to stop."""


def serve(*, host: str, port: int, workers: int, ready: Callable[[str], None]) -> int:
    """Run web and worker until a signal comes or one of them dies; calls `ready(address)` once the web answers.

    Returns 0 after a signal; a process that dies by itself takes the other with it and ends the command with 1.
    """
    with _signals(), _children([_web(host, port, workers), _worker()]) as children:
        try:
            if _answers(host, port, children):
                ready(f"http://{'localhost' if host == '127.0.0.1' else host}:{port}")
            while _all_live(children):
                time.sleep(0.2)
        except Stopped:
            return 0
    raise SystemExit("sajja: a process of the server ended by itself; all are stopped")


def need_free(host: str, port: int) -> None:
    """Stop here with one line where somebody else listens already; asked before anything is made."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as taken:
            raise SystemExit(
                f"sajja: cannot listen on port {port}: {taken.strerror}; choose another with --port (make run: PORT=…)"
            ) from taken


def _web(host: str, port: int, workers: int) -> list[str]:
    # Sync workers: twice the throughput of threads on SQLite, and a page that hangs takes down only its own process.
    return [
        sys.executable, "-m", "gunicorn", "sajja.config.wsgi:application", "--bind", f"{host}:{port}",
        "--workers", str(workers), "--worker-class", "sync", "--timeout", "60", "--graceful-timeout", "10",
        "--max-requests", "5000", "--max-requests-jitter", "500", "--log-level", "warning", "--no-control-socket",
    ]  # fmt: skip


def _worker() -> list[str]:
    return [sys.executable, "-m", "sajja.config.patient", "db_worker", "--verbosity", "0"]


@contextmanager
def _children(commands: list[list[str]]) -> Iterator[list[Process]]:
    """Each command in a session of its own, so that Ctrl-C reaches us alone and we stop them in order."""
    children: list[Process] = []
    try:
        for command in commands:
            children.append(subprocess.Popen(_tied(command), start_new_session=True))  # noqa: PERF401 -- one that fails loses no other
        yield children
    finally:
        _stop(children)


def _tied(command: list[str]) -> list[str]:
    """The command, ended by the kernel should we be killed: nothing stays behind and holds the port."""
    return ["setpriv", "--pdeathsig=TERM", *command] if shutil.which("setpriv") else command


def _stop(children: list[Process]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


@contextmanager
def _signals() -> Iterator[None]:
    def stop(signum: int, frame: FrameType | None) -> None:
        raise Stopped

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _answers(host: str, port: int, children: list[Process]) -> bool:
    """Wait until the web answers, whatever it says, or a process is gone."""
    while _all_live(children):
        web = http.client.HTTPConnection(HERE.get(host, host), port, timeout=5)
        try:
            web.request("GET", "/healthz")
            web.getresponse()
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
        else:
            return True
        finally:
            web.close()
    return False


def _all_live(children: list[Process]) -> bool:
    return all(child.poll() is None for child in children)
