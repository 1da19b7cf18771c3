"""Places that Sajja runs in, seen from outside: an environment, a folder, a database read by its own driver."""

import atexit
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener
from uuid import uuid4

import psycopg

from tests.pg import free_port
from tests.sources import ROOT

SAJJA = str(Path(sys.executable).parent / "sajja")
LEFT_OUT = {"django_session", "web_cache"}
TABLES = {
    True: "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1",
    False: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY 1",
}


@dataclass(frozen=True)
class Place:
    """A SAJJA_DATA and its database; a database of its own in the suite's cluster where the suite runs on PostgreSQL."""

    data: Path
    url: str

    @property
    def environment(self) -> dict[str, str]:
        """As an operator sets it."""
        known = {name: value for name, value in os.environ.items() if not name.startswith(("SAJJA_", "DATABASE_URL"))}
        return known | {"SAJJA_DATA": str(self.data)} | ({"DATABASE_URL": self.url} if self.url else {})

    def run(self, *words: str | Path, given: str = "") -> tuple[int, str, str]:
        """A command's exit code, what it printed and what it complained about."""
        done = subprocess.run(
            [str(word) for word in words],
            env=self.environment,
            cwd=ROOT,
            input=given,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout, done.stderr

    def sajja(self, *words: str | Path) -> tuple[int, str, str]:
        """A command of ours."""
        return self.run(SAJJA, *words)

    def life(self, *words: str | Path, given: str = "") -> str:
        """What `tests.faults.life` prints; it must end well."""
        code, printed, wrong = self.run(sys.executable, "-m", "tests.faults.life", *words, given=given)
        assert (code, wrong) == (0, "")
        return printed

    def started(self, *words: str | Path) -> "subprocess.Popen[bytes]":
        """The same, and it goes on."""
        command = [sys.executable, "-m", "tests.faults.life", *(str(word) for word in words)]
        return subprocess.Popen(command, env=self.environment, cwd=ROOT)

    def rows(self, question: str) -> list[tuple[Any, ...]]:
        """What the database itself answers."""
        if self.url:
            with psycopg.connect(self.url) as server:
                return server.execute(question.encode()).fetchall()
        with closing(sqlite3.connect(self.data / "sajja.sqlite3", timeout=20)) as file:
            return file.execute(question).fetchall()

    def everything(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of every table, but the sessions."""
        names = {name for (name,) in self.rows(TABLES[bool(self.url)])} - LEFT_OUT
        return {name: sorted(self.rows(f'SELECT * FROM "{name}"'), key=repr) for name in names}

    def files(self) -> dict[str, str]:
        """The sha256 of every file that is no database."""
        found = (file for file in self.data.rglob("*") if file.is_file() and "sqlite3" not in file.name)
        return {str(file.relative_to(self.data)): sha256(file.read_bytes()).hexdigest() for file in found}


def a_place(folder: Path) -> Place:
    """A place where nothing is yet."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        return Place(folder, "")
    name = f"place_{uuid4().hex}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}".encode())
    return Place(folder, url.rpartition("/")[0] + f"/{name}")


def a_ready_place(folder: Path, *, sqlite: bool = False) -> Place:
    """A place with its tables and provinces and nothing besides: made once in a run, then copied."""
    made = _ready(sqlite)
    shutil.copytree(made.data, folder)
    if not made.url:
        return Place(folder, "")
    server, _slash, source = made.url.rpartition("/")
    name = f"place_{uuid4().hex}"
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as database:
        database.execute(f"CREATE DATABASE {name} TEMPLATE {source}".encode())
    return Place(folder, f"{server}/{name}")


@cache
def _ready(sqlite: bool) -> Place:
    folder = Path(tempfile.mkdtemp(prefix="sajja-place-")) / "data"
    atexit.register(shutil.rmtree, folder.parent, ignore_errors=True)
    place = Place(folder, "") if sqlite else a_place(folder)
    assert place.sajja("migrate") == (0, "", "")
    return place


def signs_in(place: Place, username: str, password: str) -> str:
    """The first page after signing in over HTTP, as a browser without scripts sees it."""
    with served(place) as address:
        browser = build_opener(HTTPCookieProcessor(CookieJar()))
        form = browser.open(f"{address}/sign-in/", timeout=30).read().decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)
        assert token is not None
        sent = urlencode({"csrfmiddlewaretoken": token[1], "login": username, "password": password}).encode()
        answer = browser.open(f"{address}/sign-in/", sent, timeout=30)
        return str(answer.read().decode())


@contextmanager
def served(place: Place) -> Iterator[str]:
    """`sajja serve` on a free port, until the block ends."""
    with serving(place) as (address, _process):
        yield address


@contextmanager
def serving(place: Place) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    """The same with its process, for those who mean it harm."""
    port = free_port()
    process = subprocess.Popen(
        [SAJJA, "serve", "--port", str(port)], env=place.environment, cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == f"Sajja answers at http://localhost:{port}\n"
        yield f"http://localhost:{port}", process
    finally:
        process.terminate()
        process.wait(timeout=30)


def until(done: Any, seconds: float = 60) -> None:
    """Wait until it is so."""
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "it did not come to pass"
        time.sleep(0.05)
