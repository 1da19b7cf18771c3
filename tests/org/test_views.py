"""Signing in, villages, people and zones."""

from uuid import uuid4

import pytest
from django.conf import settings as shared
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings
from pytest_django.asserts import assertContains, assertNotContains

from sajja.org.actions import add_person, appoint
from sajja.org.models import Person, Unit
from tests.cast import SINCE, Cast, unit

pytestmark = pytest.mark.django_db
PASSWORD = "ข้าวเหนียวมะม่วงสุกหวาน"


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def demo(username: str = "demo-district") -> Person:
    person = add_person(by="system", username=username, full_name="นางสาวสาธิต (ตัวอย่าง)", password=PASSWORD)
    appoint(by="system", person=person, role="district_officer", unit=unit("4805"), starts=SINCE)
    return person


def sent(**fields: object) -> dict[str, object]:
    return {"once": str(uuid4()), **fields}


# --- sign-in ---------------------------------------------------------------------------------


def test_name_and_password_lead_to_the_home() -> None:
    demo()
    answer = Client().post("/sign-in/", {"login": "demo-district", "password": PASSWORD})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")


def test_a_wrong_password_is_answered_in_thai() -> None:
    demo()
    page = Client().post("/sign-in/", {"login": "demo-district", "password": "ผิด"})
    assertContains(page, "ชื่อผู้ใช้หรือรหัสผ่านไม่ตรง")


def test_who_knocks_too_often_is_told_in_thai_how_long_to_wait(settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    cache.clear()
    asked = Client()
    answers = [asked.post("/sign-in/", {"login": "nobody", "password": "ผิด"}) for _time in range(3)]
    cache.clear()
    assertContains(answers[-1], "รอ 1 นาทีแล้วลองใหม่", status_code=429)


def test_nobody_opens_an_account_alone() -> None:
    assertContains(Client().get("/sign-up/"), "สำนักงานเป็นผู้เปิดบัญชีให้")


def test_the_demonstration_offers_its_people_and_signs_in_as_one() -> None:
    person, client = demo(), Client()
    assertContains(client.get("/sign-in/"), "ทดลองใช้ในฐานะ")
    answer = client.post(f"/org/try/{person.pk}/")
    assert (answer.headers["Location"], client.session["_auth_user_id"]) == ("/", str(person.pk))


def test_the_chooser_signs_in_only_demonstration_people() -> None:
    assert Client().post(f"/org/try/{Cast().district_officer.pk}/").status_code == 404


def test_outside_the_demonstration_there_is_no_chooser(settings: Settings) -> None:
    person = demo()
    settings.DEMONSTRATION = False
    assertNotContains(Client().get("/sign-in/"), "ทดลองใช้ในฐานะ")
    assert Client().post(f"/org/try/{person.pk}/").status_code == 404


def test_the_chooser_answers_no_get() -> None:
    assert Client().get(f"/org/try/{demo().pk}/").status_code == 405


def test_signing_out_ends_the_session() -> None:
    client = browser(demo())
    assertContains(client.get("/sign-out/"), "งานที่บันทึกแล้วอยู่ครบ")
    client.post("/sign-out/")
    assert client.get("/org/zones/").headers["Location"].startswith(shared.LOGIN_URL)


# --- villages --------------------------------------------------------------------------------


def test_wilai_types_in_a_village_and_it_stands_in_the_list() -> None:
    client, subdistrict = browser(Cast().district_officer), unit("480501")
    answer = client.post(f"/org/{subdistrict.pk}/villages/new/", sent(number="๒", name="บ้านอุ่มเหม้า"))
    assert (answer.status_code, unit("48050102").name) == (302, "บ้านอุ่มเหม้า")
    assertContains(client.get(f"/org/{unit('4805').pk}/villages/"), "บ้านอุ่มเหม้า")


def test_the_same_number_twice_says_what_to_do() -> None:
    client, page = browser(Cast().district_officer), f"/org/{unit('480501').pk}/villages/new/"
    client.post(page, sent(number="2", name="บ้านหนึ่ง"))
    assertContains(client.post(page, sent(number="2", name="บ้านสอง")), "ตำบลนี้มีหมู่ 2 แล้ว เลือกจากรายชื่อได้เลย")


def test_a_village_of_another_district_is_not_there_to_be_added() -> None:
    there = Unit.objects.filter(parent=unit("4808"), active=True)[0]
    assert browser(Cast().district_officer).get(f"/org/{there.pk}/villages/new/").status_code == 404


# --- people and zones ------------------------------------------------------------------------


def test_the_people_of_an_office_are_those_of_today() -> None:
    cast = Cast()
    page = browser(cast.district_head).get(f"/org/{unit('4805').pk}/people/")
    assertContains(page, "พัฒนาการอำเภอ")
    assertContains(page, cast.district_head.full_name)


@pytest.mark.parametrize("count", [1, 3])
def test_the_people_cost_the_same_for_one_and_for_three(count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for n in range(count):
        demo(f"demo-{n}")
    client = browser(Cast().district_head)
    with django_assert_num_queries(9):
        client.get(f"/org/{unit('4805').pk}/people/")


def test_the_zones_hold_76_provinces_with_their_days(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    client = browser(Cast().department)
    with django_assert_num_queries(4):
        page = client.get("/org/zones/")
    assertContains(page, "18 เขต 76 จังหวัด")
    assertContains(page, "1 ต.ค. 2560", count=18)
