"""One's own sessions: listed, and ended one by one or all but this one."""

from uuid import uuid4

import pytest
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from sajja.audit.models import AuditRow
from sajja.org import queries
from sajja.org.models import Person
from tests.cast import Cast

pytestmark = pytest.mark.django_db
PASSWORD = "ข้าวเหนียวปลาร้าบั้งไฟ"
PAGE = "/org/sessions/"
PHONE = "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36"


def entered(person: Person) -> Client:
    """A browser in which this person has signed in by the password."""
    cache.clear()
    browser = Client(HTTP_USER_AGENT=PHONE)
    assert browser.post("/sign-in/", {"login": person.username, "password": PASSWORD}).status_code == 302
    return browser


def officer() -> Person:
    person = Cast().district_officer
    person.set_password(PASSWORD)
    person.save()
    return person


def test_each_sign_in_is_listed_by_its_device() -> None:
    person = officer()
    here, _there = entered(person), entered(person)
    page = here.get(PAGE).content.decode()
    assert (page.count("Android Chrome"), page.count("<b>เครื่องนี้</b>")) == (2, 1)


def test_one_is_ended_and_this_one_goes_on() -> None:
    person = officer()
    here, there, third = entered(person), entered(person), entered(person)
    chosen = UserSession.objects.get(session_key=there.session.session_key)
    assert here.post(PAGE, {"session": chosen.pk, "once": uuid4()}).status_code == 302
    assert [browser.get("/account/").status_code for browser in (here, there, third)] == [200, 302, 200]
    assert AuditRow.objects.get(act="org.end_sessions").detail == {"sessions": 1}


def test_all_others_are_ended_at_once_and_nobody_elses() -> None:
    person, other = officer(), Cast().province_head
    other.set_password(PASSWORD)
    other.save()
    here, there, third, stranger = entered(person), entered(person), entered(person), entered(other)
    assert here.post(PAGE, {"once": uuid4()}).status_code == 302
    assert [browser.get("/account/").status_code for browser in (here, there, third, stranger)] == [200, 302, 302, 200]


def test_another_persons_session_is_out_of_reach() -> None:
    other = Cast().province_head
    other.set_password(PASSWORD)
    other.save()
    here, stranger = entered(officer()), entered(other)
    theirs = UserSession.objects.get(session_key=stranger.session.session_key)
    assert "เครื่องนั้นออกจากระบบไปแล้ว" in here.post(PAGE, {"session": theirs.pk, "once": uuid4()}).content.decode()
    assert stranger.get("/account/").status_code == 200


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_asks_once(many: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    person = officer()
    for _each in range(many):
        entered(person)
    with django_assert_num_queries(1):
        assert len(queries.open_sessions(person)) == many
