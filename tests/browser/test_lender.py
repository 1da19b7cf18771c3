"""A loan and a year in the browser, at 390 px, as treasurer and chair: from the application to the dividend list."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.borrowers import MEMBERS
from tests.browser.conftest import House, serve
from tests.browser.test_treasurer import book_of
from tests.browser.walker import Walk
from tests.sources import ROOT

BORROWER, GUARANTOR, OTHER = MEMBERS
MAIN_BUTTON = "main form button.btn"


@pytest.fixture(scope="module")
def borrowers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A Sajja with one group that has saved and never lent."""
    data = tmp_path_factory.mktemp("borrowers")
    surroundings = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "SAJJA_MODE"}}
    subprocess.run(
        [sys.executable, "-m", "tests.browser.borrowers"], env=surroundings | {"SAJJA_DATA": str(data)}, cwd=ROOT, check=True
    )
    yield from serve(data)


class Year(Walk):
    """A walk that keeps an eye on the phone's edges and on the day."""

    book = ""

    def __init__(self, browser: Browser, house: House) -> None:
        super().__init__(browser, house)
        self.wide: list[str] = []

    def day(self, day: date) -> None:
        """It is this day now."""
        (self.house.data / "day").write_text(f"{day.isoformat()} {datetime.now(UTC).isoformat()}\n")

    def at(self, path: str) -> None:
        """A page of the book; nothing sticks out of a phone."""
        self.go(f"/treasury/{path.format(book=self.book)}")
        self.look()

    def look(self) -> None:
        """Nothing sticks out of a phone."""
        if self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            self.wide.append(self.page.url)

    def send(self) -> None:
        """The page's own button."""
        self.page.locator(MAIN_BUTTON).first.click()
        self.page.wait_for_load_state()

    def choose(self, **fields: str) -> None:
        """Pick the option whose words hold these."""
        for name, words in fields.items():
            box = self.page.locator(f'[name="{name}"]')
            value = box.locator("option", has_text=words).first.get_attribute("value")
            box.select_option(value)

    def reads(self, words: str) -> None:
        """The page says it."""
        expect(self.page.locator("main")).to_contain_text(words)

    def resolves(self, kind: str, day: str, text: str, about: str) -> None:
        """The chair writes down what a meeting resolved."""
        self.be("group_chair")
        self.press("เปิดหน้ากลุ่มของเรา")
        group = re.search(r"/group/(\d+)/", self.page.url)
        assert group
        self.go(f"/groups/{group[1]}/meetings/new/")
        self.page.locator(f'[name="kind"][value="{kind}"]').check(force=True)
        self.fill(day=day, present="3", text_1=text)
        self.page.locator('[name="about_1"]').select_option(about)
        self.send()
        self.reads(text)


@pytest.mark.browser
def test_a_loan_from_the_application_to_the_guarantor_and_the_year_to_the_dividend_list(
    chromium: Browser, borrowers: House
) -> None:
    walk = Year(chromium, borrowers)
    walk.be("group_treasurer")
    walk.book = book_of(walk)
    loan = apply(walk)
    resolve(walk, loan)
    pay_out(walk, loan)
    collect(walk)
    fall_behind(walk, loan)
    take_over(walk, loan)
    close_the_year(walk)
    share_out(walk)
    assert (walk.complaints, walk.wide) == ([], [])


def apply(walk: Year) -> str:
    """The usual products, and an application of 3,000 baht over three months; the loan's key."""
    walk.at("books/{book}/products/")
    walk.press("ใช้ประเภทเงินกู้เริ่มต้น")
    walk.at("books/{book}/loans/apply/")
    walk.choose(member=BORROWER, purpose="ประกอบอาชีพ", guarantor_1=GUARANTOR)
    walk.page.get_by_label("เงินกู้ฉุกเฉิน").check(force=True)
    walk.fill(amount="3000", instalments="3")
    walk.send()
    walk.reads("คณะกรรมการลงมติ")
    walk.look()
    found = re.search(r"/loans/(\d+)/", walk.page.url)
    assert found
    return found[1]


def resolve(walk: Year, loan: str) -> None:
    """The committee agrees; nobody concerned sits on it."""
    walk.resolves("committee", "5/2/2564", "อนุมัติเงินกู้ฉุกเฉิน", "loan")
    walk.at(f"loans/{loan}/decide/")
    walk.choose(resolution="อนุมัติเงินกู้ฉุกเฉิน")
    walk.page.locator(f'[name="decision_{loan}"]').first.check(force=True)
    walk.send()
    walk.reads("ทำสัญญา")


def pay_out(walk: Year, loan: str) -> None:
    """The contract is printed and signed, the money leaves the box."""
    walk.be("group_treasurer")
    walk.at(f"loans/{loan}/contract/paper/")
    walk.reads("สามพันบาทถ้วน")
    walk.at(f"loans/{loan}/contract/")
    walk.send()
    walk.at(f"loans/{loan}/pay-out/")
    walk.choose(money="เงินสด")
    walk.send()
    walk.reads("ตารางผ่อนตามสัญญา")


def collect(walk: Year) -> None:
    """On 5 March the first instalment stands in its box: 990.07 principal, 30.00 interest."""
    walk.day(date(2021, 3, 5))
    walk.at("books/{book}/collect/")
    box = walk.page.get_by_role("row", name=re.compile(BORROWER)).locator('[name^="owe-"]')
    expect(box).to_have_value("1,020.07")
    walk.page.get_by_role("checkbox", name=BORROWER).check(force=True)
    walk.page.get_by_role("button", name="ตรวจทานและลงบัญชี").click()
    walk.reads("ดอกเบี้ย 30.00 เงินต้น 990.07")
    walk.page.get_by_role("button", name="ลงบัญชี", exact=True).click()
    walk.reads("2564/002")


def fall_behind(walk: Year, loan: str) -> None:
    """In May two instalments are late; the guarantor gets his letter."""
    walk.day(date(2021, 5, 10))
    walk.at("books/{book}/loans/arrears/")
    walk.reads("เลยกำหนด 1 สัญญา")
    walk.at(f"loans/{loan}/")
    walk.reads("เลยกำหนดมาแล้ว 35 วัน")
    walk.press(f"แจ้ง {GUARANTOR} ผู้ค้ำ")
    walk.press("พิมพ์หนังสือบอกกล่าวก่อนส่ง")
    walk.reads("มาตรา 686")
    walk.page.go_back()
    walk.fill(how="ส่งมอบด้วยตนเอง")
    walk.send()
    walk.toast("บันทึกการแจ้งผู้ค้ำแล้ว")


def take_over(walk: Year, loan: str) -> None:
    """By resolution the guarantor takes the rest over, and pays it in June."""
    walk.resolves("committee", "10/5/2564", "ให้ผู้ค้ำรับภาระหนี้", "loan")
    walk.be("group_treasurer")
    walk.at(f"loans/{loan}/take-over/")
    walk.choose(resolution="ให้ผู้ค้ำรับภาระหนี้")
    walk.fill(instalments="2", first_due="5/6/2564")
    walk.send()
    walk.reads("ผู้ค้ำรับภาระแล้ว")
    walk.day(date(2021, 6, 5))
    walk.at("books/{book}/loans/")
    walk.press("L1-M02")
    walk.press("ปิดสัญญาวันนี้")
    walk.reads("2,009.93")
    walk.choose(money="เงินสด")
    walk.send()
    walk.reads("รับชำระเงินกู้ L1-M02")


def close_the_year(walk: Year) -> None:
    """In January every month is closed, then the year: 30 baht of interest."""
    walk.day(date(2022, 1, 16))
    walk.be("group_treasurer")
    for month in range(1, 13):
        walk.go(f"/treasury/books/{walk.book}/months/2021{month:02}/close/")
        walk.press("ปิดงวดเดือนนี้")
        walk.reads("ปิดงวดแล้ว")
    walk.at("books/{book}/years/2021/")
    walk.at("books/{book}/years/2021/close/")
    walk.send()
    walk.reads("30.00")


def share_out(walk: Year) -> None:
    """The general meeting shares out 30 baht; the list has a line for each, ready to sign."""
    walk.resolves("general", "16/1/2565", "จัดสรรกำไรปี 2564", "appropriation")
    walk.be("group_treasurer")
    walk.at("books/{book}/years/2021/share/heads/")
    walk.choose(resolution="จัดสรรกำไรปี 2564")
    walk.send()
    walk.at("books/{book}/years/2021/share/list/")
    for name in MEMBERS:
        walk.reads(name)
    for words in ("6.18", "9.18", "21.00"):  # 18 of dividend by weight, 3 of refund to who paid the interest
        walk.reads(words)
