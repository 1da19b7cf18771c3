"""A passkey, made and used by a device of chromium's own: added on the account page, then the way in without a password."""

from collections.abc import Callable

import pytest

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def with_device(seen: Visit) -> None:
    """The page's machine gets a fingerprint reader that always says yes."""
    device = seen.page.context.new_cdp_session(seen.page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})


def test_a_passkey_is_added_and_opens_the_door_without_a_password(visit: Callable[..., Visit]) -> None:
    seen = visit()
    page = seen.page
    with_device(seen)
    seen.open("/sign-in/")
    page.get_by_role("button", name="ประธานกลุ่ม").first.click()
    for path in ["/account/second-factor/", "/account/second-factor/app/", "/account/second-factor/passkey/"]:
        seen.open(path)
        assert (path, seen.fits(), seen.violations()) == (path, True, [])
    page.get_by_label("ชื่อที่จำได้").fill("โทรศัพท์ของฉัน")
    page.get_by_role("button", name="เพิ่มพาสคีย์ของเครื่องนี้").click()
    page.wait_for_url("**/second-factor/codes/")
    assert page.locator(".quiet-list li").count() == 10
    page.context.clear_cookies()
    seen.open("/sign-in/")
    page.get_by_role("button", name="เข้าด้วยพาสคีย์").click()
    page.wait_for_url(seen.house.address + "/")
    seen.open("/account/second-factor/")
    page.get_by_role("link", name="เลิกใช้ โทรศัพท์ของฉัน").click()
    page.get_by_role("button", name="เลิกใช้พาสคีย์นี้").click()
    assert page.get_by_role("heading", name="ยังไม่ได้ตั้ง").is_visible()
    assert seen.complaints == []


def test_a_device_that_does_not_agree_is_told_what_to_do(visit: Callable[..., Visit]) -> None:
    seen = visit()
    seen.page.add_init_script("navigator.credentials.get = () => Promise.reject(new DOMException('no', 'NotAllowedError'))")
    seen.open("/sign-in/")
    seen.page.get_by_role("button", name="เข้าด้วยพาสคีย์").click()
    seen.page.get_by_text("เครื่องยังไม่ได้ยืนยัน").wait_for()
    assert seen.complaints == []
