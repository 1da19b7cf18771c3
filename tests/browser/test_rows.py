"""Lists with exactly one row and with exactly 300: axe, sideways overflow and the console, at 390 px."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser import crawl
from tests.browser.conftest import PHONE, House, Visit, serve
from tests.browser.test_every_page import read
from tests.sources import ROOT

ROLES = ["district_officer", "group_treasurer"]
HOLD_ROWS = {
    "groups:register", "groups:members", "groups:call_order", "groups:meetings", "forums:attendance", "treasury:savings", "treasury:days",
    "treasury:collect", "treasury:day", "treasury:receipts", "treasury:vouchers", "treasury:confirmation_day", "treasury:ledger",
    "treasury:cash_book",
}  # fmt: skip


@pytest.fixture(scope="module", params=[1, 300])
def full(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A Sajja whose lists hold so many rows."""
    data = tmp_path_factory.mktemp(f"rows{request.param}")
    surroundings = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "SAJJA_MODE"}}
    subprocess.run(
        [sys.executable, "-m", "tests.browser.rows", str(request.param)], env=surroundings | {"SAJJA_DATA": str(data)}, cwd=ROOT,
        check=True,
    )  # fmt: skip
    yield from serve(data)


@pytest.mark.browser
def test_a_list_is_as_good_with_one_row_as_with_three_hundred(chromium: Browser, full: House) -> None:
    complaints: list[str] = []
    seen: set[str] = set()
    for role in ROLES:
        reader = window(chromium, full, complaints)
        crawl.sign_in(reader, role)
        found = crawl.explore(reader)
        complaints += [f"{role}: {lead}" for lead in found.broken]
        for name, paths in found.pages.items():
            if name not in seen:
                complaints += [f"{role} {paths[0]}: {what}" for what in read(reader, paths[0])]
        seen |= set(found.pages)
        reader.page.context.close()
    assert not complaints, "\n".join(complaints)
    assert HOLD_ROWS - seen == set()


def window(chromium: Browser, house: House, complaints: list[str]) -> Visit:
    """A phone that tells what its console and its pages complain about."""
    page = chromium.new_context(viewport=PHONE, locale="th-TH", timezone_id="Asia/Bangkok").new_page()  # type: ignore[arg-type]
    reader = Visit(page, house)
    page.on("console", reader.heard)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return reader
