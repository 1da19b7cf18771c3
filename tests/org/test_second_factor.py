"""The second factor: set by oneself, asked for at sign-in, forced from the province up."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client

from sajja.audit.models import AuditRow
from sajja.config import cli
from sajja.lib.refusals import Refused
from sajja.org import actions
from sajja.org.models import Person
from sajja.web import vault
from tests import routes
from tests.cast import Cast

pytestmark = pytest.mark.django_db
PASSWORD = "ข้าวเหนียวปลาร้าบั้งไฟ"
INDEX = "/account/second-factor/"


@pytest.fixture(autouse=True)
def fresh_throttles() -> Iterator[None]:
    """Each test counts its own wrong codes."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def forced(settings: Any) -> None:
    """As in production: the second factor is asked for."""
    settings.SECOND_FACTOR_FORCED = True


def with_password(person: Person) -> Person:
    person.set_password(PASSWORD)
    person.save()
    return person


def browser_of(person: Person) -> Client:
    browser = Client()
    browser.force_login(person)
    return browser


def code(secret: str) -> str:
    """The six digits that an app shows now, reckoned from its secret."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def set_app(browser: Client) -> str:
    """Set an app with codes through the pages; returns its secret."""
    browser.get(INDEX + "app/")
    secret: str = browser.session["mfa.totp.secret"]
    answer = browser.post(INDEX + "app/", {"code": code(secret)})
    assert (answer.status_code, answer["Location"]) == (302, INDEX + "codes/")
    return secret


def enter(person: Person) -> tuple[Client, str]:
    """A browser that has given name and password, and where it was sent."""
    browser = Client()
    answer = browser.post("/sign-in/", {"login": person.username, "password": PASSWORD})
    return browser, answer["Location"]


def deeds(person: Person) -> list[str]:
    return list(AuditRow.objects.filter(about=f"org.Person:{person.pk}").order_by("id").values_list("act", flat=True))


def test_an_app_is_set_by_its_first_code_and_its_secret_is_kept_sealed() -> None:
    person = with_password(Cast().province_head)
    secret = set_app(browser_of(person))
    kept = Authenticator.objects.get(user=person, type="totp").data["secret"]
    assert secret not in kept
    assert vault.open_(kept) == secret


def test_sign_in_asks_for_the_code_and_nothing_opens_before_it() -> None:
    person = with_password(Cast().province_head)
    secret = set_app(browser_of(person))
    browser, where = enter(person)
    assert where.startswith("/sign-in/second/")
    assert browser.get("/")["Location"].startswith("/sign-in/")
    wrong = browser.post("/sign-in/second/", {"code": "000000" if code(secret) != "000000" else "111111"})
    assert wrong.status_code == 200
    assert "รหัสไม่ตรงหรือหมดเวลาแล้ว" in wrong.content.decode()
    thai = code(secret).translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    cache.clear()
    assert browser.post("/sign-in/second/", {"code": f"{thai[:3]} {thai[3:]}"})["Location"] == "/"
    assert browser.get("/account/").status_code == 200


def test_a_recovery_code_opens_once_and_is_remembered() -> None:
    person = with_password(Cast().district_officer)
    browser = browser_of(person)
    set_app(browser)
    spare = browser.get(INDEX + "codes/file/").content.decode().split()[0]
    second, _where = enter(person)
    assert second.post("/sign-in/second/", {"code": spare})["Location"] == "/"
    third, _where = enter(person)
    assert third.post("/sign-in/second/", {"code": spare}).status_code == 200
    assert deeds(person)[-3:] == ["org.use_recovery_code", "org.sign_in", "org.fail_second_factor"]


@pytest.mark.usefixtures("forced")
@pytest.mark.parametrize("role", ["province_officer", "province_head", "followup", "department", "admin"])
def test_from_the_province_up_nothing_but_the_account_opens_without_one(role: str) -> None:
    browser = browser_of(getattr(Cast(), role))
    for path in ["/", "/groups/", "/reports/", "/kpi/", "/org/zones/"]:
        answer = browser.get(path)
        assert (path, answer.status_code, answer["Location"]) == (path, 302, INDEX)
    for path in ["/account/", INDEX, INDEX + "app/", INDEX + "passkey/"]:
        assert (path, browser.get(path).status_code) == (path, 200)
    set_app(browser)
    assert browser.get("/").status_code == 200


@pytest.mark.usefixtures("forced")
def test_every_page_with_a_guard_waits_for_the_second_factor() -> None:
    browser = browser_of(Cast().province_head)
    own = {"desk:account", "org:sessions", "org:password", "account_reauthenticate"}
    asked = [
        route for route in routes.every()
        if route.guard != "open_to_all" and not route.parts and route.name not in own and not route.name.startswith("mfa_")
    ]  # fmt: skip
    let_in = [route.name for route in asked if browser.post(route.address({})).headers.get("Location") != INDEX]
    assert let_in == []


@pytest.mark.usefixtures("forced")
def test_below_the_province_it_may_be_set_and_is_not_forced() -> None:
    assert browser_of(Cast().district_officer).get("/").status_code == 200


def test_the_demonstration_does_not_force_it() -> None:
    assert browser_of(Cast().province_head).get("/").status_code == 200


@pytest.mark.usefixtures("forced")
def test_who_gives_it_up_is_asked_for_it_again() -> None:
    person = Cast().province_head
    browser = browser_of(person)
    set_app(browser)
    assert browser.post(INDEX + "app/remove/")["Location"] == INDEX
    assert not Authenticator.objects.filter(user=person).exists()
    assert browser.get("/")["Location"] == INDEX


def test_in_production_the_password_is_asked_again_before_one_is_set(settings: Any) -> None:
    person = with_password(Cast().province_head)
    browser = browser_of(person)
    settings.PRODUCTION = True
    answer = browser.get(INDEX + "app/")
    assert answer["Location"].startswith("/sign-in/again/")
    assert "รหัสผ่านไม่ตรง" in browser.post("/sign-in/again/", {"password": "x"}).content.decode()
    assert browser.post("/sign-in/again/", {"password": PASSWORD, "next": INDEX + "app/"})["Location"] == INDEX + "app/"
    assert browser.get(INDEX + "app/").status_code == 200


def test_wrong_codes_are_throttled_per_account() -> None:
    person = with_password(Cast().province_head)
    set_app(browser_of(person))
    said = ""
    for _attempt in range(7):
        browser, _where = enter(person)
        said = browser.post("/sign-in/second/", {"code": "abcdef"}).content.decode()
    assert "ลองผิดหลายครั้งแล้ว" in said


def test_another_persons_passkey_does_not_exist() -> None:
    person, other = Cast().province_head, Cast().district_officer
    passkey = Authenticator.objects.create(user=other, type=Authenticator.Type.WEBAUTHN, data={"name": "ของผู้อื่น"})
    answer = browser_of(person).post(f"{INDEX}passkey/{passkey.pk}/remove/")
    assert answer.status_code == 404
    assert Authenticator.objects.filter(pk=passkey.pk).exists()


def test_nobody_who_has_not_signed_in_sees_a_second_factor() -> None:
    own = [route for route in routes.every() if route.name.startswith("mfa_") and route.guard == "signed_in"]
    assert len(own) == 10
    for route in own:
        answer = Client().get(route.address({"passkey": 1}))
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/sign-in/")


def test_what_was_set_failed_and_given_up_is_remembered(django_capture_on_commit_callbacks: Any) -> None:
    person = with_password(Cast().province_head)
    browser = browser_of(person)
    with django_capture_on_commit_callbacks(execute=True):
        set_app(browser)
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(INDEX + "codes/new/")
    second, _where = enter(person)
    second.post("/sign-in/second/", {"code": "abcdef"})
    browser.post(INDEX + "app/remove/")
    assert [deed for deed in deeds(person) if "factor" in deed or "codes" in deed] == [
        "org.add_second_factor",
        "org.renew_recovery_codes",
        "org.renew_recovery_codes",
        "org.fail_second_factor",
        "org.remove_second_factor",
        "org.remove_second_factor",
    ]


def test_a_lost_factor_is_cleared_from_the_command_line_with_a_reason_and_every_session_ends(
    capsys: pytest.CaptureFixture[str],
) -> None:
    person = with_password(Cast().province_officer)
    browser = Client()
    assert browser.post("/sign-in/", {"login": person.username, "password": PASSWORD}).status_code == 302
    set_app(browser)
    assert browser.get("/account/").status_code == 200
    assert cli.main(["second-factor", person.username, "--reason", "โทรศัพท์หาย หัวหน้ายืนยันตัวแล้ว"]) == 0
    assert browser.get("/account/").status_code == 302
    assert list(Authenticator.objects.filter(user=person)) == []
    assert AuditRow.objects.get(act="org.clear_second_factor").detail == {"reason": "โทรศัพท์หาย หัวหน้ายืนยันตัวแล้ว"}
    assert cli.main(["second-factor", person.username, "--reason", "อีกครั้ง"]) == 1
    assert cli.main(["second-factor", "nobody", "--reason", "อีกครั้ง"]) == 1
    assert "nobody has no account" in capsys.readouterr().err


def test_nobody_clears_his_own_factor_nor_anyones_without_a_reason() -> None:
    person = with_password(Cast().province_officer)
    set_app(browser_of(person))
    with pytest.raises(Refused):
        actions.clear_second_factor(by=person, person=person, reason="ลืม")
    with pytest.raises(Refused):
        actions.clear_second_factor(by="system", person=person, reason=" ")
    assert Authenticator.objects.filter(user=person).exists()
