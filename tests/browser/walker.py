"""One phone that goes from hand to hand: who signs in, what is pressed, typed and photographed."""

from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Download, Page, expect

from tests.browser.conftest import PHONE, House
from tests.cast import NAMES


class Walk:
    """One person after another at one phone."""

    def __init__(self, browser: Browser, house: House) -> None:
        self.browser, self.house = browser, house
        self.complaints: list[str] = []
        self.page: Page = self._phone()

    def _phone(self) -> Page:
        page = self.browser.new_context(viewport=PHONE, locale="th-TH", timezone_id="Asia/Bangkok").new_page()  # type: ignore[arg-type]
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page

    def be(self, role: str) -> Page:
        """Put the phone into the hands of someone else: sign in by the demonstration's chooser."""
        self.page.context.close()
        self.page = self._phone()
        self.page.goto(self.house.address + "/sign-in/")
        self.page.get_by_role("button", name=NAMES[role]).click()
        expect(self.page.locator("h1")).to_contain_text("งานของ")
        return self.page

    def go(self, path: str) -> Page:
        """Open an address."""
        answer = self.page.goto(self.house.address + path)
        assert answer is not None
        assert answer.status == 200, path
        return self.page

    def press(self, name: str) -> Page:
        """Press the button or follow the link of this name, the first one in the page."""
        main = self.page.locator("main")
        main.get_by_role("button", name=name).or_(main.get_by_role("link", name=name)).first.click()
        return self.page

    def fill(self, **fields: str) -> None:
        """Fill fields by their names."""
        for name, value in fields.items():
            self.page.locator(f'[name="{name}"]').fill(value)

    def toast(self, words: str) -> None:
        """What the program said."""
        expect(self.page.locator("[role=status]").first).to_contain_text(words)


def picture(colour: str) -> dict[str, object]:
    """A photo as a phone gives it."""
    out = BytesIO()
    Image.new("RGB", (640, 480), colour).save(out, "JPEG")
    return {"name": f"{colour}.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def fetched(walk: Walk, name: str, to: Path) -> Path:
    """What the link of this name downloads, kept as a file."""
    with walk.page.expect_download() as waits:
        walk.press(name)
    download: Download = waits.value
    download.save_as(to)
    return to
