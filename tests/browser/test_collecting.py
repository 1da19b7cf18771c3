"""The script of the collecting day's sheet: what it adds up is what the server adds up, and a reload loses nothing."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from sajja.lib.money import baht, parse_baht
from sajja.treasury import collecting
from sajja.treasury.collecting import Line, totals
from tests.browser.conftest import DESK, House, serve
from tests.faults.life import PASSWORD
from tests.faults.places import a_ready_place

TYPED = ["200", "1,200.50", "๑๒๓.๕", " 20 ", "", "–", "0.05", "1,20", "12.345", "-5", "ห้า", "1.", "9999999999999"]
DAY = "2021-06-05"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A book with four members whose treasurer can sign in; `said` is his name and the book's key."""
    place = a_ready_place(tmp_path_factory.mktemp("collecting") / "data", sqlite=True)
    place.data.joinpath("day").write_text(f"2021-06-05 {time.strftime('%Y-%m-%dT%H:%M:%S+00:00', time.gmtime())}\n")
    username = place.life("treasury").split()[0]
    [(book,)] = place.rows("SELECT id FROM ledger_book")
    for served in serve(Path(place.data)):
        yield House(served.address, served.data, f"{username} {book}")


@pytest.fixture
def sheet(chromium: Browser, house: House) -> Iterator[Page]:
    """The sheet of the day, opened by the treasurer."""
    username, book = house.said.split()
    page = chromium.new_context(viewport=DESK, locale="th-TH").new_page()  # type: ignore[arg-type]
    page.goto(f"{house.address}/sign-in/")
    page.fill('[name="login"]', username)
    page.fill('[name="password"]', PASSWORD)
    page.press('[name="password"]', "Enter")
    page.wait_for_url(lambda address: "sign-in" not in address)
    page.goto(f"{house.address}/treasury/books/{book}/collect/?day={DAY}")
    yield page
    page.context.close()


def satang(text: str) -> int | None:
    """What the server makes of a box; None where it is no amount."""
    try:
        return parse_baht(text.strip()) if text.strip() not in {"", "–"} else 0
    except ValueError:
        return None


def shown(page: Page) -> tuple[str | None, ...]:
    """People, cash, transfers and all, as the bar says them."""
    places = ("[data-people]", '[data-total="cash"]', '[data-total="transfer"]', '[data-total="all"]')
    return tuple(page.locator(f".bar {place}").text_content() for place in places)


def added_up(page: Page) -> tuple[str, ...]:
    """The same from the boxes, by the server's own sums."""
    lines = []
    for at, row in enumerate(page.locator("tr[data-member]").all()):
        if row.locator('[name^="came-"]').is_checked():
            boxes = {
                name: satang(row.locator(f'[name^="{name}-"]').input_value()) or 0
                for name in ("pledged", "special", "fine", "fee")
            }
            method = row.locator('[name^="how-"]').input_value()
            lines.append(Line(member=at, method=method, **boxes))  # type: ignore[arg-type]
    found = totals(lines)
    return (str(found.people), baht(found.cash), baht(found.transfer), baht(found.total))


@pytest.mark.browser
def test_the_script_reads_amounts_as_the_server_does(sheet: Page) -> None:
    read = sheet.evaluate("texts => import('/static/treasury/sums.js').then(sums => texts.map(sums.satang))", TYPED)
    assert read == [satang(text) for text in TYPED]
    written = sheet.evaluate("all => import('/static/treasury/sums.js').then(sums => all.map(sums.money))", [0, 5, 123450, -2000])
    assert written == [baht(amount) for amount in (0, 5, 123450, -2000)]
    asked = [(59_500, 60_000), (60_000, 60_011), (60_011, 60_011), (70_000, 60_010)]
    gaps = sheet.evaluate(
        "all => import('/static/treasury/sums.js').then(s => all.map(([c, e]) => s.cashExpected(c, e, 25)))", asked
    )
    assert gaps == [collecting.counted({25: counted // 25}, expected, 25).difference for counted, expected in asked[:2]] + [
        0,
        10_000,
    ]


@pytest.mark.browser
def test_keys_take_one_after_the_other_and_a_reload_loses_nothing(sheet: Page) -> None:
    rows = sheet.locator("tr[data-member]")
    rows.first.locator('[name^="pledged-"]').focus()
    sheet.keyboard.press("Enter")
    sheet.keyboard.press("Enter")
    sheet.keyboard.press("ArrowDown")  # the third did not come
    sheet.keyboard.type("250.50")
    last = rows.nth(3)
    last.locator("summary").click()
    last.locator('[name^="how-"]').select_option("transfer")
    last.locator('[name^="by-"]').fill("M01")
    sheet.fill('[name="n-100000"]', "2")
    before = shown(sheet)
    assert before == added_up(sheet) == ("3", "2,500.00", "300.50", "2,800.50")
    assert "M01" in (sheet.locator("[data-bringers]").text_content() or "")
    sheet.reload()
    assert shown(sheet) == before
    assert sheet.locator("[data-gap]").text_content() == "500.00"
    sheet.click('.bar button[value="check"]')
    assert "เงินสดขาด 500.00 บาท" in (sheet.locator("[data-errors]").text_content() or "")
    assert shown(sheet) == before
    sheet.reload()
    sheet.fill('[name="n-50000"]', "1")
    sheet.click('.bar button[value="check"]')
    assert "รับเงิน 3 คน" in (sheet.locator("main").text_content() or "")


@pytest.mark.browser
def test_a_search_finds_by_number_or_name_and_goes_there(sheet: Page) -> None:
    sheet.fill("#find", "สมาน")
    assert sheet.locator("tr[data-member]:visible").count() == 1
    sheet.press("#find", "Enter")
    assert sheet.locator("tr[data-member]:visible").count() == 4
    assert sheet.evaluate("document.activeElement.closest('tr').querySelector('.num').textContent") == "M03"
