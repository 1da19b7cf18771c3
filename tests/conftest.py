"""What every test stands on: places loaded once, the clock held at the demonstration's day, files in a folder of their own.

A test that is skipped, expected to fail or left out fails the suite: what cannot run is installed, or is not a test.
"""

import shutil
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import settings as properties
from pytest_django.plugin import DjangoDbBlocker

from sajja.web import clock
from tests.sizes import size

DAY = date(2021, 6, 10)
not_run: set[str] = set()

properties.register_profile("suite", deadline=None, print_blob=True, database=None, max_examples=size(100, 5000))
properties.load_profile("suite")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--whole", action="store_true", help="refuse every option that leaves tests out; what `make test` says")


def pytest_configure(config: pytest.Config) -> None:
    if config.option.whole and (left_out := _left_out_by(config)):
        raise pytest.UsageError(f"--whole runs the whole suite: leave out {', '.join(left_out)}")
    folder = Path(tempfile.mkdtemp(prefix="sajja-tests-"))
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    settings.SAJJA_DATA = folder


def _left_out_by(config: pytest.Config) -> list[str]:
    given = {
        "-k": config.option.keyword,
        "-m": config.option.markexpr,
        "--deselect": config.option.deselect,
        "--lf": getattr(config.option, "lf", False),
    }
    return [option for option, value in given.items() if value]


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.skipped:  # an expected failure reports as skipped too
        not_run.add(report.nodeid)


def pytest_collectreport(report: pytest.CollectReport) -> None:
    if report.skipped:
        not_run.add(report.nodeid)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if not_run and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for name in sorted(not_run):
        terminalreporter.write_line(f"NOT RUN {name}: a skipped test fails the suite", red=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, tmp_path_factory: pytest.TempPathFactory) -> None:
    """SQLite in a file, as in life: several connections, WAL, one writer."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database.setdefault("TEST", {})["NAME"] = str(tmp_path_factory.mktemp("database") / "sajja.sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The session's database: every place of Thailand, loaded once; each test's own rows are rolled back."""
    from sajja.org.actions import load_places

    with django_db_blocker.unblock(), clock.fixed(date(2020, 10, 1)):
        load_places()


@pytest.fixture(autouse=True)
def day() -> Iterator[date]:
    """The business day of every test: 10 June 2021 (2564), 09.00 in Bangkok. Move it with `clock.fixed(…)`."""
    with clock.fixed(DAY):
        yield DAY
