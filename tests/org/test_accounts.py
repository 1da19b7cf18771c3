"""The first accounts of an installation."""

import pytest
from django.test import Client

from sajja.org.accounts import staff
from sajja.org.models import Person, Post

pytestmark = pytest.mark.django_db
PASSWORD = "ข้าวเหนียวปลาร้าบั้งไฟ"


def test_an_account_is_made_with_its_post_and_signs_in_by_its_password() -> None:
    assert staff("somchai", "นายสมชาย ตัวอย่าง", "department_admin", "", PASSWORD) == ""
    assert Post.objects.get(person__username="somchai").unit.path == ""
    answer = Client().post("/sign-in/", {"login": "somchai", "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/")


@pytest.mark.parametrize(
    ("role", "unit", "password"),
    [
        ("department_admin", "", "short"),
        ("department_admin", "99", PASSWORD),
        ("king", "", PASSWORD),
        ("district_head", "48", PASSWORD),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(role: str, unit: str, password: str) -> None:
    assert staff("somchai", "นายสมชาย ตัวอย่าง", role, unit, password) != ""
    assert not Person.objects.exists()


def test_a_username_is_given_once() -> None:
    staff("somchai", "นายสมชาย ตัวอย่าง", "department_admin", "", PASSWORD)
    assert staff("somchai", "นายสมหมาย ตัวอย่าง", "district_head", "4805", PASSWORD) == "somchai has an account already"
