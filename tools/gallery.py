"""Take the README's pictures anew: docs/pictures/*.png from the demonstration, each 100 KB at most."""

import tempfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import django
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

if TYPE_CHECKING:
    from tests.browser.conftest import House

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
MOST_BYTES = 100_000
PHONE, DESK = 390, 1280
# The picture's name, who looks, the route, how wide.
PAGES = [
    ("home", "district_officer", "desk:home", PHONE),
    ("forum", "district_officer", "forums:forum", PHONE),
    ("answer", "district_officer", "assessments:answer", PHONE),
    ("plan", "district_officer", "plans:plan", PHONE),
    ("dashboard", "department_admin", "kpi:unit", DESK),
]


def main() -> None:
    django.setup()
    from tests.browser.conftest import serve
    from tools import needs

    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="sajja-gallery-") as data, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=needs.chromium(), args=["--no-sandbox"])
        for house in serve(Path(data), "--fill"):
            for role in dict.fromkeys(role for _, role, _, _ in PAGES):
                take(chromium, house, role)


def take(chromium: Browser, house: "House", role: str) -> None:
    """The pictures that this role sees."""
    from tests.browser import crawl
    from tests.browser.conftest import Visit

    page = chromium.new_page()
    visit = Visit(page, house)
    crawl.sign_in(visit, role)
    found = crawl.explore(visit).pages
    page.close()
    for name, reader, route, width in PAGES:
        if reader == role:
            visit.page = chromium.new_page(
                viewport={"width": width, "height": 844}, device_scale_factor=1.5 if width == PHONE else 1
            )
            crawl.sign_in(visit, role)
            visit.open(found[route][-1])
            visit.page.evaluate("document.fonts.ready")
            save(visit.page.screenshot(), PICTURES / f"{name}-{width}.png")
            visit.page.close()


def save(taken: bytes, file: Path) -> None:
    """Keep the picture in as many colours as fit."""
    picture = Image.open(BytesIO(taken)).convert("RGB")
    tries = [squeezed(picture, colours) for colours in (256, 128, 64, 32, 16)]
    small = next((image for image in tries if len(image) <= MOST_BYTES), tries[-1])
    file.write_bytes(small)
    print(f"{file.relative_to(ROOT)}  {len(small) // 1000} KB")


def squeezed(picture: Image.Image, colours: int) -> bytes:
    """The picture as PNG in so many colours."""
    out = BytesIO()
    picture.quantize(colours, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


if __name__ == "__main__":
    main()
