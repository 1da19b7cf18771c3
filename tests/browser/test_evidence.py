"""One chain at 390 px: an assessment that the books answer, read from its figure down to the receipt of one deposit."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import House, Visit, copied, serve
from tests.browser.crawl import sign_in
from tests.browser.walker import Walk

GROUP = "กลุ่มออมทรัพย์บ้านโคกงาม"
ON_TIME = "ส่งเงินสัจจะตรงกำหนด"


@pytest.fixture
def training(filled: Path, tmp_path: Path) -> Iterator[House]:
    """A demonstration of its own: what is confirmed here stays here."""
    yield from serve(copied(filled, tmp_path / "data"))


class Training(Walk):
    """A walk in the demonstration, whose people have names of their own."""

    def be(self, role: str) -> Page:
        """Put the phone into the hands of someone else."""
        self.page.context.close()
        self.page = self._phone()
        sign_in(Visit(self.page, self.house), role)
        return self.page


@pytest.mark.browser
def test_an_assessment_answered_by_the_books_is_read_down_to_the_receipt(chromium: Browser, training: House) -> None:
    walk = Training(chromium, training)
    result = answer_by_the_books(walk)
    words = read_by_the_officer(walk, result)
    read_by_the_treasurer(walk, result, words)
    assert walk.complaints == []


def answer_by_the_books(walk: Training) -> str:
    """The officer goes on with the group's open assessment, takes what the books say, and confirms; the result's address."""
    page = walk.be("district_officer")
    walk.go(f"/assessments/?q={GROUP}")
    page.locator("tbody tr", has_text=GROUP).get_by_role("link", name="ดูคำตอบ").click()
    page.wait_for_url("**/overview/")
    page.goto(re.sub(r"(/assessments/\d+/).*", r"\1?aspect=1", page.url))
    taken = 0
    while "/overview/" not in page.url:
        while (offered := page.get_by_role("button", name="ตอบตามบัญชี")).count():
            with page.expect_navigation():
                offered.first.click()
            taken += 1
        for ask in page.locator("article.ask").all():
            answer(ask)
        for reason in page.locator('[name^="reason-"]').all():
            reason.fill("ตรวจเล่มจริงต่อหน้าเวทีแล้ว")
        with page.expect_navigation():
            page.locator(".bar button.btn").click()
    assert taken, "no answer was taken from the books"
    walk.press("ตรวจและยืนยันผล")
    page.locator("main").get_by_role("button", name=re.compile("ยืนยัน")).first.click()
    page.wait_for_url("**/result/")
    return page.url.removeprefix(walk.house.address)


def answer(ask: Locator) -> None:
    """An answer that passes where none stands yet."""
    number = ask.locator("input[inputmode]")
    if number.count():
        if not number.input_value():
            number.fill("95")
    elif not ask.locator('input[type="radio"]:checked').count():
        level = ask.locator('.levels input[value="3"]')
        (level if level.count() else ask.locator("label.yes")).click()


def read_by_the_officer(walk: Training, result: str) -> str:
    """Beside the confirmed answer stands the figure; behind it the officer reads sums without a member's name."""
    page = walk.go(result)
    said = page.locator("p.books", has_text=ON_TIME)
    words = said.locator(".num").inner_text()
    paid, owed = map(int, re.findall(r"[\d,]+", words)[:2])
    said.get_by_role("link").click()
    expect(page.locator("h1")).to_have_text(ON_TIME)
    expect(page.locator("#told")).to_have_text(words)
    expect(page.locator("main")).to_contain_text("ดูได้เฉพาะคณะกรรมการของกลุ่ม")
    assert (column(page, "ตรงกำหนด (คน)"), column(page, "ต้องส่ง (คน)")) == (paid, owed)
    assert page.locator("tbody a").count() == 0
    return words


def read_by_the_treasurer(walk: Training, result: str, words: str) -> None:
    """The same figure in the group's hands: the month's collecting day, its list of receipts, one receipt, its voucher."""
    page = walk.be("group_treasurer")
    walk.go(result)
    page.locator("p.books", has_text=ON_TIME).get_by_role("link").click()
    expect(page.locator("#told")).to_have_text(words)
    page.locator("tbody a").last.click()
    expect(page.locator("h1")).to_contain_text("วันส่งเงินสัจจะ")
    row = page.locator("tbody tr").first
    name, amount = row.locator("th").inner_text(), row.locator("td").first.inner_text()
    row.get_by_role("link").last.click()
    expect(page.locator("main")).to_contain_text(re.sub(r"^\d+\s+", "", name))
    expect(page.locator("main")).to_contain_text(amount)


def column(page: Page, title: str) -> int:
    """The sum of a column of the list."""
    return sum(int(cell.replace(",", "")) for cell in page.locator(f'tbody td[data-label="{title}"]').all_inner_texts())
