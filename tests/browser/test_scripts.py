"""The scripts of every page only add: what they say is what the server would say, and nothing is lost when the network is."""

from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image

from sajja.web.fields import ThaiDateField
from tests.browser.conftest import DESK, Visit

Visiting = Callable[..., Visit]
SEND = "form => { form.noValidate = true; form.requestSubmit(); }"
DAYS = [
    "15/06/2564",
    "2564-06-15",
    "๑๕ มิ.ย. ๖๔",
    "15 มิถุนายน 2564",
    "วันที่ 15 มิถุนายน พ.ศ. 2564",
    "15.6.2021",
    "1 ม.ค. 2500",
    "29 ก.พ. 2563",
    "29 ก.พ. 2564",
    "31/2/2564",
    "15/13/2564",
    "15 มิ.ย. 3104",
    "15 มิ.ย.",
    "พรุ่งนี้",
    "",
]


def noise(width: int, height: int) -> bytes:
    """A JPEG too large for a poor network."""
    out = BytesIO()
    Image.effect_noise((width, height), 90).save(out, "JPEG", quality=92)
    return out.getvalue()


@pytest.mark.browser
def test_the_date_field_says_while_typing_what_the_server_will_say(visit: Visiting) -> None:
    shelf = visit()
    shelf.open("/shelf/")
    said = {}
    for typed in DAYS:
        shelf.page.fill("#id_on", typed)
        said[typed] = shelf.page.text_content("[data-understood=id_on]") or ""
    assert said == {typed: ThaiDateField().understood(typed) for typed in DAYS}
    assert shelf.complaints == []


@pytest.mark.browser
def test_a_photo_is_shrunk_before_it_leaves_the_phone(visit: Visiting) -> None:
    shelf = visit()
    shelf.open("/shelf/")
    body = noise(3000, 2000)
    shelf.page.set_input_files("#id_photo", {"name": "เวที.jpg", "mimeType": "image/jpeg", "buffer": body})
    shelf.page.wait_for_function(
        "() => document.querySelector('#id_photo').parentElement.querySelector('output').textContent.includes('KB')"
    )
    size, edge = shelf.page.evaluate(
        """async () => {
          const [file] = document.querySelector('#id_photo').files;
          const picture = await createImageBitmap(file);
          return [file.size, Math.max(picture.width, picture.height)];
        }"""
    )
    assert (size < len(body), edge) == (True, 1600)
    assert shelf.complaints == []


@pytest.mark.browser
def test_a_form_that_was_answered_gets_a_fresh_uuid_when_one_goes_back(visit: Visiting) -> None:
    shelf = visit()
    shelf.open("/shelf/")
    shelf.page.fill("#id_name", "บ้านอุ่มเหม้า")
    first = shelf.page.input_value("input[name=once]")
    with shelf.page.expect_navigation():
        shelf.page.eval_on_selector("form.form", SEND)
    shelf.page.go_back()
    shelf.page.wait_for_function("first => document.querySelector('input[name=once]').value !== first", arg=first)


@pytest.mark.browser
def test_a_form_that_never_arrived_keeps_its_uuid(visit: Visiting) -> None:
    shelf = visit()
    shelf.open("/shelf/")
    first = shelf.page.input_value("input[name=once]")
    shelf.page.route("**/shelf/?sent", lambda route: route.abort())
    shelf.page.eval_on_selector("form.form", "form => { form.action = '?sent'; form.noValidate = true; form.requestSubmit(); }")
    shelf.page.wait_for_function("() => location.protocol === 'chrome-error:'")
    shelf.page.go_back()
    assert shelf.page.input_value("input[name=once]") == first


@pytest.mark.browser
def test_the_theme_is_chosen_and_kept(visit: Visiting) -> None:
    shelf = visit(DESK)
    shelf.open("/shelf/")
    shelf.page.click("[data-theme-switch]")
    shelf.open("/shelf/")
    assert shelf.page.get_attribute("html", "data-theme") == "dark"
    assert shelf.violations() == []


@pytest.mark.browser
@pytest.mark.parametrize("address", ["/shelf/", "/shelf/?wrong=1"])
def test_every_component_fits_a_phone_and_axe_finds_nothing(visit: Visiting, address: str) -> None:
    shelf = visit()
    shelf.open(address)
    assert (shelf.fits(), shelf.violations(), shelf.complaints) == (True, [], [])
