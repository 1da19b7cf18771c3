"""A browser before a running Sajja: `sajja serve` as a process on a data folder of its own, Debian's chromium in front.

Nothing here uses the ORM of the test process: what the pages show was made through the pages, or by the demonstration.
"""

import fcntl
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Response, sync_playwright

from tests.pg import free_port
from tests.sources import ROOT
from tools import needs

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass
class House:
    """A Sajja that is being served."""

    address: str
    data: Path
    said: str


@dataclass
class Visit:
    """A page of the browser and what it complained about."""

    page: Page
    house: House
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> Response:
        """Go to a path of the house; the answer must not be an error of ours."""
        answer = self.page.goto(self.house.address + path)
        assert answer is not None, path
        return answer

    def heard(self, message: ConsoleMessage) -> None:
        """Keep what the console says of errors, policy and deprecations."""
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{self.page.url} console {message.type}: {message.text}")

    def fits(self) -> bool:
        """Whether nothing sticks out sideways."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))

    def violations(self) -> list[str]:
        """What axe finds on this page: rule, impact and the first place."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate("tags => axe.run(document, {runOnly: tags}).then(result => result.violations)", WCAG)
        return [f"{rule['id']} ({rule['impact']}): {rule['nodes'][0]['html'][:160]}" for rule in found]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's chromium, headless."""
    with sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path=needs.chromium(), args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The data folder of the demonstration, made by the first worker that asks; nobody serves or changes this one."""
    own = tmp_path_factory.getbasetemp()
    shared = own if worker_id == "master" else own.parent
    data = shared / "demonstration"
    with (shared / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "demonstration.made").exists():
            surroundings = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "SAJJA_MODE"}}
            sajja = str(Path(sys.executable).parent / "sajja")
            for command in ([sajja, "demo"], [sys.executable, "-m", "tests.browser.unfinished"]):
                subprocess.run(command, env=surroundings | {"SAJJA_DATA": str(data)}, cwd=ROOT, check=True)
            (shared / "demonstration.made").touch()
    return data


def copied(data: Path, to: Path) -> Path:
    """The same data once more; what is done there stays there."""
    shutil.copytree(data, to, ignore=shutil.ignore_patterns("*.sqlite3*"))
    for file in data.glob("*.sqlite3"):
        with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(to / file.name)) as copy:
            source.backup(copy)
    return to


@pytest.fixture(scope="session")
def demonstration(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The demonstration, served; tests that share it leave it as they found it, or work on groups of their own."""
    yield from serve(copied(filled, tmp_path_factory.mktemp("served") / "data"))


@pytest.fixture
def visit(chromium: Browser, demonstration: House) -> Iterator[Callable[..., Visit]]:
    """Open a fresh browser window on the demonstration: `visit()` at 390 px, `visit(DESK)` at 1280."""
    opened: list[Visit] = []

    def fresh(size: dict[str, int] = PHONE) -> Visit:
        page = chromium.new_context(viewport=size, locale="th-TH", timezone_id="Asia/Bangkok").new_page()  # type: ignore[arg-type]
        seen = Visit(page, demonstration)
        page.on("console", seen.heard)
        page.on("pageerror", lambda error: seen.complaints.append(f"{page.url} {error}"))
        opened.append(seen)
        return seen

    yield fresh
    for seen in opened:
        seen.page.context.close()


def serve(data: Path, *options: str) -> Iterator[House]:
    """Serve a data folder until the caller is done with it."""
    port = free_port()
    surroundings = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "SAJJA_MODE"}}
    process = subprocess.Popen(
        [str(Path(sys.executable).parent / "sajja"), "serve", "--port", str(port), *options],
        env=surroundings | {"SAJJA_DATA": str(data)},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield House(f"http://localhost:{port}", data, _until_it_answers(process))
    finally:
        process.terminate()
        process.wait(timeout=30)


def _until_it_answers(process: "subprocess.Popen[str]") -> str:
    """What the server said up to its address; it says who can sign in after that."""
    said = ""
    assert process.stdout is not None
    for line in process.stdout:
        said += line
        if re.match(r"Sajja answers at ", line):
            return said
    raise RuntimeError(f"sajja serve ended before it answered:\n{said}")
