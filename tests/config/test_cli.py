"""The console command as an operator meets it: as a process."""

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date
from http.client import HTTPConnection
from pathlib import Path

import pytest
from django.conf import settings

from sajja.config import cli
from tests.pg import free_port

SAJJA = str(Path(sys.executable).parent / "sajja")
SECRET = "a-secret-of-an-office-that-nobody-has-written-down-anywhere"
PRODUCTION = {"SAJJA_MODE": "production", "SAJJA_SECRET": SECRET, "SAJJA_HOSTS": "localhost", "DATABASE_URL": ""}


def surroundings(data: Path, **given: str) -> dict[str, str]:
    """The environment of an operator who set just these."""
    known = {name: value for name, value in os.environ.items() if not name.startswith("SAJJA_")}
    named = {name: value for name, value in given.items() if value}
    if not named.get("DATABASE_URL"):
        known.pop("DATABASE_URL", None)
    return known | {"SAJJA_DATA": str(data)} | named


def said(data: Path, *words: str, **given: str) -> tuple[int, str]:
    """The exit code and what a command said on standard error."""
    done = subprocess.run([SAJJA, *words], env=surroundings(data, **given), capture_output=True, text=True, check=False)
    return done.returncode, done.stderr


@pytest.mark.parametrize("text", ["2021-06-10", "2564-06-10", "10/6/2564", "10 มิ.ย. 2564", "๑๐ มิถุนายน ๒๕๖๔"])
def test_a_day_is_read_as_people_write_it(text: str) -> None:
    assert cli.day(text) == date(2021, 6, 10)


def test_a_day_that_is_none_is_refused_with_words() -> None:
    with pytest.raises(argparse.ArgumentTypeError):
        cli.day("31 ก.พ. 2564")


@pytest.mark.parametrize(
    ("wrong", "line"),
    [
        ({"SAJJA_SECRET": ""}, "sajja: production needs a secret: set SAJJA_SECRET to 50 or more random characters\n"),
        ({"SAJJA_SECRET": "short"}, "sajja: production needs a secret: set SAJJA_SECRET to 50 or more random characters\n"),
        ({"SAJJA_DEBUG": "1"}, "sajja: production refuses debugging: unset SAJJA_DEBUG\n"),
        ({"SAJJA_HOSTS": ""}, "sajja: production needs its names: set SAJJA_HOSTS to the host names it answers to\n"),
    ],
)
def test_production_refuses_to_start_and_says_in_one_line_what_to_set(wrong: dict[str, str], line: str, tmp_path: Path) -> None:
    assert said(tmp_path, "check", **PRODUCTION | wrong) == (1, line)


def test_production_refuses_a_moved_clock(tmp_path: Path) -> None:
    (tmp_path / "day").write_text("2021-06-10 2026-01-01T00:00:00+00:00\n")
    line = "sajja: production refuses a moved clock: remove the file 'day' from SAJJA_DATA\n"
    assert said(tmp_path, "check", **PRODUCTION) == (1, line)


def test_a_year_that_is_not_open_has_no_figures(tmp_path: Path) -> None:
    assert said(tmp_path, "migrate", **PRODUCTION) == (0, "")
    assert said(tmp_path, "kpi", "2560", "--json", **PRODUCTION) == (1, "sajja: the year 2560 is not open here\n")


def test_a_database_without_tables_is_one_line(tmp_path: Path) -> None:
    code, words = said(tmp_path / "new", "kpi", "2564", **PRODUCTION)
    assert (code, words) == (
        1,
        "sajja: the database says: no such table: programme_programmeyear (`sajja migrate` brings it up to date)\n",
    )


@contextmanager
def served(data: Path, port: int) -> Iterator["subprocess.Popen[str]"]:
    """A server that has said that it answers."""
    command = [SAJJA, "serve", "--port", str(port)]
    process = subprocess.Popen(
        command, env=surroundings(data, **PRODUCTION), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    try:
        assert process.stdout.readline() == f"Sajja answers at http://localhost:{port}\n"
        yield process
    finally:
        process.kill()
        process.wait()


def children(process: "subprocess.Popen[str]") -> dict[str, int]:
    """The server's own processes: web and worker."""
    found = {}
    for line in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split():
        command = Path(f"/proc/{line}/cmdline").read_text()
        found["worker" if "db_worker" in command else "web"] = int(line)
    return found


def health(port: int) -> int:
    """The status of /healthz, as the proxy in front would ask."""
    web = HTTPConnection("localhost", port, timeout=5)
    web.request("GET", "/healthz", headers={"X-Forwarded-Proto": "https"})
    return web.getresponse().status


def test_the_server_answers_and_stops_with_everything_it_started(tmp_path: Path) -> None:
    port = free_port()
    with served(tmp_path, port) as process:
        started = children(process)
        assert (sorted(started), health(port)) == (["web", "worker"], 200)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0
        assert [name for name, number in started.items() if Path(f"/proc/{number}").exists()] == []


def test_a_port_that_is_taken_is_one_line_and_nothing_is_made(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        line = f"sajja: cannot listen on port {port}: Address already in use; choose another with --port (make run: PORT=…)\n"
        assert said(tmp_path, "serve", "--port", str(port), **PRODUCTION) == (1, line)
    assert list(tmp_path.iterdir()) == []


def test_a_worker_that_dies_takes_the_server_with_it(tmp_path: Path) -> None:
    with served(tmp_path, free_port()) as process:
        started = children(process)
        os.kill(started["worker"], signal.SIGKILL)
        assert process.wait(timeout=20) == 1
        assert not Path(f"/proc/{started['web']}").exists()
        assert process.stderr is not None
        assert process.stderr.read().endswith("sajja: a process of the server ended by itself; all are stopped\n")


def test_a_server_that_is_killed_leaves_nothing_behind(tmp_path: Path) -> None:
    with served(tmp_path, free_port()) as process:
        started = children(process)
        process.kill()
        process.wait()
        assert gone(started.values())


def gone(numbers: Collection[int]) -> bool:
    """Whether these processes end within ten seconds."""
    for _ in range(100):
        if not any(Path(f"/proc/{number}").exists() for number in numbers):
            return True
        time.sleep(0.1)
    return False


def test_the_tests_keep_their_files_apart_from_the_clone() -> None:
    assert not settings.SAJJA_DATA.is_relative_to(settings.ROOT)
