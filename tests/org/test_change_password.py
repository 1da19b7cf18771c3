"""One's own password: changed by who knows the old one, in a page; other sessions end, this one goes on."""

from uuid import uuid4

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from sajja.audit.models import AuditRow
from sajja.org.models import Person
from tests.cast import Cast
from tests.org.test_sessions import PASSWORD, entered, officer

pytestmark = pytest.mark.django_db
PAGE = "/org/password/"
NEW = "ควายตู้เกวียนไม้ไผ่น้ำโขง"


def sent(browser: Client, old: str = PASSWORD, new: str = NEW, again: str | None = None) -> tuple[int, str]:
    fields = {"password_old": old, "password_new": new, "password_again": new if again is None else again, "once": uuid4()}
    answer = browser.post(PAGE, fields)
    return answer.status_code, answer.content.decode()


def test_changed_the_other_session_ends_and_only_the_new_one_opens() -> None:
    person = officer()
    here, there = entered(person), entered(person)
    assert sent(here)[0] == 302
    assert [browser.get("/account/").status_code for browser in (here, there)] == [200, 302]
    person.refresh_from_db()
    assert (person.check_password(NEW), person.check_password(PASSWORD)) == (True, False)
    listed = here.get("/org/sessions/").content.decode()
    assert (listed.count("<b>เครื่องนี้</b>"), UserSession.objects.filter(user=person).count()) == (1, 1)
    row = AuditRow.objects.get(act="org.change_password")
    assert NEW not in str(row.detail)
    assert PASSWORD not in str(row.detail)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"old": "ไม่ใช่รหัสนี้แน่นอน"}, "รหัสผ่านเดิมไม่ถูก"),
        ({"new": "สั้น"}, "รหัสผ่านสั้นไป"),
        ({"new": "12345678901234567"}, "เดาง่าย"),
        ({"again": "ควายตู้เกวียนไม้ไผ่"}, "สองครั้งไม่ตรงกัน"),
        ({"new": PASSWORD}, "ต้องไม่ใช่รหัสเดิม"),
    ],
)
def test_refused_in_words_that_say_what_to_do(given: dict[str, str], says: str) -> None:
    person = officer()
    status, page = sent(entered(person), **given)
    assert (status, says in page) == (200, True)
    assert (PASSWORD in page, NEW in page) == (False, False), "what is typed into it is not shown again"
    assert Person.objects.get(pk=person.pk).check_password(PASSWORD)


def test_the_old_one_is_not_guessed_without_end() -> None:
    browser = entered(officer())
    answers = [sent(browser, old=f"ลองเดาครั้งที่ {turn} ไปเรื่อย")[1] for turn in range(7)]
    assert "ลองบ่อยเกินไป" in answers[-1]
    assert "ลองบ่อยเกินไป" in sent(browser)[1], "nor found by guessing on"


def test_nobody_changes_it_who_has_not_signed_in() -> None:
    Cast()
    assert Client().get(PAGE)["Location"].startswith("/sign-in/")
