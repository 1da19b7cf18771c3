"""The books in the browser, at 390 px, as the village treasurer: from the first member to the closed month."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import House, serve
from tests.browser.village import GROUP
from tests.browser.walker import Walk
from tests.sources import ROOT

PEOPLE = [("M01", "นายบุญมี ดีพร้อม", "200"), ("M02", "นางคำปุ่น ใจซื่อ", "300"), ("M03", "นายสมาน ขยันยิ่ง", "500")]


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A Sajja with one group and its committee."""
    data = tmp_path_factory.mktemp("village")
    surroundings = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "SAJJA_MODE"}}
    subprocess.run(
        [sys.executable, "-m", "tests.browser.village"], env=surroundings | {"SAJJA_DATA": str(data)}, cwd=ROOT, check=True
    )
    yield from serve(data)


@pytest.mark.browser
def test_the_treasurers_month_from_the_first_member_to_the_closed_book(chromium: Browser, village: House) -> None:
    walk = Walk(chromium, village)
    walk.be("group_treasurer")
    enrol(walk)
    open_the_book(walk)
    collect(walk)
    correct_a_receipt(walk)
    bring_to_the_bank(walk)
    read_the_statement(walk)
    close_the_month(walk)
    assert walk.complaints == []
    assert overflowing == []


overflowing: list[str] = []


def look(walk: Walk) -> None:
    """Nothing sticks out of a phone."""
    if walk.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        overflowing.append(walk.page.url)


def enrol(walk: Walk) -> None:
    """Three people join."""
    walk.press("เปิดหน้ากลุ่มของเรา")
    group = re.search(r"/group/(\d+)/", walk.page.url)
    assert group
    for number, name, pledge in PEOPLE:
        walk.go(f"/groups/{group[1]}/members/new/")
        look(walk)
        walk.fill(number=number, name=name, joined_on="1/5/2564", pledge_satang=pledge)
        walk.press("รับเป็นสมาชิก")
        walk.toast(name)
    walk.go(f"/groups/{group[1]}/members/")
    expect(walk.page.locator("main")).to_contain_text(PEOPLE[2][1])
    look(walk)


def open_the_book(walk: Walk) -> None:
    """An empty book from the first of May."""
    walk.go("/")
    walk.press("เปิดหน้ากลุ่มของเรา")
    walk.press("เปิดบัญชี")
    walk.page.locator("summary").click()
    walk.fill(opened_on="1/5/2564", late_fine_satang="10", entry_fee_satang="20")
    look(walk)
    walk.press("เริ่มกรอกยอดยกมา")
    look(walk)
    walk.go(re.sub(r"(/open/\d+/).*", r"\1check/", walk.page.url.removeprefix(walk.house.address)))
    look(walk)
    walk.page.locator("main form button.btn").first.click()
    expect(walk.page.locator("main")).to_contain_text("ถึงเวลาทำ")
    look(walk)


def collect(walk: Walk) -> None:
    """The whole group on one sheet: two come with their entry fee, the cash is counted and ties, posted once."""
    walk.press("รับเงิน")
    look(walk)
    for name in (PEOPLE[0][1], PEOPLE[1][1]):
        walk.page.get_by_role("checkbox", name=name).check(force=True)
    expect(walk.page.locator(".bar [data-total=all]")).to_have_text("540.00")
    walk.page.locator('[data-piece="50000"]').fill("1")
    walk.page.locator('[data-piece="2000"]').fill("2")
    walk.page.get_by_role("button", name="ตรวจทานและลงบัญชี").click()
    expect(walk.page.locator("main")).to_contain_text("เงินสดตรงกับบัญชี")
    look(walk)
    walk.page.get_by_role("button", name="ลงบัญชี").click()
    expect(walk.page.locator("h1")).to_contain_text("5 พ.ค. 2564")
    expect(walk.page.locator("main")).to_contain_text("2564/001")
    look(walk)


def correct_a_receipt(walk: Walk) -> None:
    """M02 brought 250, not 300: the receipt is taken back and the right line keyed in the same breath."""
    walk.page.get_by_role("row", name=re.compile(PEOPLE[1][1])).get_by_role("link").last.click()
    expect(walk.page.locator("main")).to_contain_text("สามร้อยยี่สิบบาทถ้วน")
    look(walk)
    walk.press("ใบนี้ผิด แก้")
    walk.fill(reason="ใส่จำนวนผิด", date="5/5/2564")
    again = walk.page.locator('[name="again"]')
    if not again.is_checked():
        again.check()
    walk.fill(pledged="250")
    look(walk)
    walk.press("แก้ใบรับเงินนี้")
    expect(walk.page.locator("main")).to_contain_text("250.00")


def bring_to_the_bank(walk: Walk) -> None:
    """A bank account, and most of the cash goes there."""
    book = f"/treasury/books/{book_of(walk)}"
    walk.go(f"{book}/banks/new/")
    walk.fill(bank="ธ.ก.ส.", branch="ธาตุพนม", number="020-1-23456-7", name=GROUP, opened="5/5/2564")
    look(walk)
    walk.page.locator("main form button.btn").first.click()
    walk.go(f"{book}/money/to-bank/")
    walk.fill(amount="400", date="5/5/2564")
    look(walk)
    walk.page.locator("main form button.btn").first.click()
    walk.go(f"{book}/money/")
    expect(walk.page.locator("main")).to_contain_text("400.00")
    expect(walk.page.locator("main")).to_contain_text("90.00")
    look(walk)


def read_the_statement(walk: Walk) -> None:
    """The trial balance ties at 490 baht."""
    walk.go(f"/treasury/books/{book_of(walk)}/trial-balance/")
    expect(walk.page.locator("main")).to_contain_text("ลงตัว")
    expect(walk.page.locator("main")).to_contain_text("490.00")
    look(walk)


def close_the_month(walk: Walk) -> None:
    """In June May is closed, and takes nothing more."""
    (walk.house.data / "day").write_text(f"{date(2021, 6, 2).isoformat()} {datetime.now(UTC).isoformat()}\n")
    book = book_of(walk)
    walk.go(f"/treasury/books/{book}/months/")
    look(walk)
    walk.go(f"/treasury/books/{book}/months/202105/close/")
    look(walk)
    walk.press("ปิดงวดเดือนนี้")
    expect(walk.page.locator("main")).to_contain_text("ปิดงวดแล้ว")
    walk.go(f"/treasury/books/{book}/money/to-bank/")
    walk.fill(amount="10", date="31/5/2564")
    walk.page.locator("main form button.btn").first.click()
    expect(walk.page.locator("main")).to_contain_text("ปิดแล้ว")
    walk.go(f"/treasury/books/{book}/months/202105/")
    expect(walk.page.locator("main")).to_contain_text(re.compile(rf"{re.escape('-1')}:\d+:[0-9a-f]{{64}}"))
    look(walk)


def book_of(walk: Walk) -> str:
    """The key of the group's book: the tab leads to it, for a committee has one."""
    walk.go("/treasury/")
    found = re.search(r"/treasury/books/(\d+)/", walk.page.url)
    assert found
    return found[1]
