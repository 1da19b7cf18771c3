"""The desk: each role's home, a group's gathered page, the search; what they cost."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse

from sajja.groups.models import SavingsGroup
from sajja.org import actions
from sajja.org.models import Person
from tests.cast import Cast, someone, unit
from tests.factories import a_forum, a_group, a_held_forum, a_selected_group, a_village, a_year, selected
from tests.kpi.story import told

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return Cast()


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def home_of(person: Person) -> Any:
    return browser(person).get("/")


FIRST: list[tuple[str, Callable[[Cast], Person], str]] = [
    ("the district's officer", lambda cast: cast.district_officer, "ส่งรายงานให้จังหวัด"),
    ("the district's head", lambda cast: cast.district_head, "ส่งรายงานให้จังหวัด"),
    ("the province's head", lambda cast: cast.province_head, "จัดทำรายงานจังหวัดให้กรมฯ"),
    ("the province's officer", lambda cast: cast.province_officer, "จัดทำรายงานจังหวัดให้กรมฯ"),
]


@pytest.mark.parametrize(("who", "person", "title"), FIRST)
def test_a_home_begins_with_the_first_thing_to_do(who: str, person: Callable[[Cast], Person], title: str, cast: Cast) -> None:
    told()
    page = home_of(person(cast))
    assert (who, str(page.context["first"].title)) == (who, title)
    first = page.context["first"].duty
    assert all(first is not duty for _kind, _n, rows in page.context["sections"] for entry in rows for duty in entry.duties)
    assert browser(person(cast)).get(first.url).status_code == 200


@pytest.mark.parametrize("role", ["department_admin", "department_officer"])
def test_the_department_sees_how_far_the_nation_is_and_who_is_furthest_behind(role: str, cast: Cast) -> None:
    told()
    page = home_of(someone(role, unit("")))
    assert [(figure.n, figure.d) for _name, figure in page.context["progress"].figures] == [(3, 760), (2, 760), (2, 760)]
    assert [len(page.context["progress"].behind), page.context["first"] is None] == [5, True]
    assert [one.day.isoformat() for one in page.context["dates"]] == ["2021-06-15"]


def test_a_follow_up_officer_sees_the_provinces_of_the_zone(cast: Cast) -> None:
    told()
    page = home_of(cast.followup)
    assert [part.unit.path for part in page.context["progress"].behind] == ["49", "48", "47"]


@pytest.mark.parametrize("role", ["group_chair", "group_secretary", "group_treasurer", "group_auditor"])
def test_a_committee_sees_its_forum_and_its_own_page_and_no_figures(role: str, cast: Cast) -> None:
    place = a_selected_group(cast=cast)
    a_forum(place, cast=cast, day=date(2021, 6, 12))
    page = home_of(someone(role, place.group.unit))
    assert [(one.day.isoformat(), str(one.title)) for one in page.context["dates"]] == [("2021-06-12", "เวที กลุ่มออมทรัพย์ตัวอย่าง")]
    assert page.context["progress"] is None
    assert reverse("desk:group", args=[place.group.pk]) in page.content.decode()


def test_someone_without_a_post_is_told_what_to_wait_for(cast: Cast) -> None:
    page = home_of(actions.add_person(by="system", username="new", full_name="นายใหม่ (ตัวอย่าง)"))
    assert "ยังไม่มีตำแหน่ง" in page.content.decode()


def test_a_district_sees_its_groups_with_steps_day_and_report(cast: Cast) -> None:
    told()
    rows = home_of(cast.district_officer).context["groups"]
    shown = {row.group.name: (row.done, row.steps, str(row.day), str(row.report[1])) for row in rows}
    assert shown == {
        "กลุ่มบ้านหนึ่ง": (6, 6, "2021-05-20", "ตรวจรับรายงานแล้ว"),
        "กลุ่มบ้านสอง": (6, 6, "2021-05-20", "เลยกำหนด 14 วัน"),
        "กลุ่มบ้านสี่": (0, 6, "2021-06-10", "ยังไม่ถึงเวลา"),
        "กลุ่มบ้านห้า": (0, 6, "None", "ยังไม่กำหนดวันเวที"),
    }


def test_a_group_s_page_leads_to_the_next_thing(cast: Cast) -> None:
    place = a_selected_group(cast=cast)
    officer, address = browser(cast.district_officer), reverse("desk:group", args=[place.group.pk])
    assert reverse("forums:plan", args=[place.pk]) in officer.get(address).content.decode()
    forum = a_held_forum(place, cast=cast)
    assert reverse("reports:district", args=[forum.pk]) in officer.get(address).content.decode()
    assert "ตรวจและส่งรายงาน" not in browser(cast.chair(place.group)).get(address).content.decode()


WAYS: list[tuple[str, Callable[[Cast], Person], list[str]]] = [
    (
        "the district's officer",
        lambda cast: cast.district_officer,
        [
            "programme:year",
            "programme:province",
            "reports:unit",
            "budget:unit",
            "followup:unit",
            "org:people",
            "org:villages",
            "treasury:anomalies",
        ],
    ),
    (
        "the province's head",
        lambda cast: cast.province_head,
        ["programme:year", "programme:province", "reports:unit", "budget:unit", "followup:unit", "org:people", "org:zones"],
    ),
    (
        "the follow-up officer",
        lambda cast: cast.followup,
        ["programme:year", "programme:totals", "reports:unit", "budget:unit", "followup:unit", "org:zones"],
    ),
    (
        "the department's administrator",
        lambda cast: cast.admin,
        ["programme:year", "programme:totals", "reports:unit", "budget:unit", "followup:unit", "org:people", "org:zones"],
    ),
]


@pytest.mark.parametrize(("who", "person", "routes"), WAYS)
def test_a_home_leads_to_what_the_person_may_open_and_nowhere_else(
    who: str, person: Callable[[Cast], Person], routes: list[str], cast: Cast
) -> None:
    a_year(cast)
    client = browser(person(cast))
    for page in (client.get("/"), client.get(reverse("kpi:mine"), follow=True)):
        assert [resolve(url).view_name for _name, url in page.context["ways"]] == routes
    assert [client.get(url).status_code for _name, url in page.context["ways"]] == [200] * len(routes)


def test_a_committee_s_home_leads_to_no_office(cast: Cast) -> None:
    assert home_of(cast.chair(a_selected_group(cast=cast).group)).context["ways"] == []


def queries(person: Person, address: str) -> int:
    """What a page costs once what never changes was read."""
    client = browser(person)
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize("count", [1, 3])
def test_pages_cost_the_same_for_one_group_and_for_three(count: int, cast: Cast) -> None:
    places = selected(*(a_group(f"กลุ่มที่ {n}") for n in range(count)), cast=cast)
    for place in places:
        a_held_forum(place, cast=cast, signed=False)
    district, nation = unit("4805").pk, unit("").pk
    assert {
        "home of the district": queries(cast.district_officer, "/"),
        "home of the district's head": queries(cast.district_head, "/"),
        "home of the province": queries(cast.province_head, "/"),
        "home of the zone": queries(cast.followup, "/"),
        "home of the department": queries(cast.department, "/"),
        "a group": queries(cast.district_officer, reverse("desk:group", args=[places[0].group.pk])),
        "dashboard of the district": queries(cast.district_officer, reverse("kpi:unit", args=[district])),
        "dashboard of the province": queries(cast.province_head, reverse("kpi:unit", args=[unit("48").pk])),
        "dashboard of the zone": queries(cast.followup, reverse("kpi:unit", args=[unit("z11").pk])),
        "dashboard of the nation": queries(cast.department, reverse("kpi:unit", args=[nation])),
        "the list behind": queries(cast.department, reverse("kpi:behind", args=[nation, "forums_held"])),
        "the search": queries(cast.department, reverse("desk:search") + "?q=ธาตุพนม"),
    } == COST


COST = {
    "home of the district": 27,
    "home of the district's head": 27,
    "home of the province": 17,
    "home of the zone": 21,
    "home of the department": 16,
    "a group": 45,
    "dashboard of the district": 16,
    "dashboard of the province": 20,
    "dashboard of the zone": 24,
    "dashboard of the nation": 18,
    "the list behind": 8,
    "the search": 8,
}


def searched(person: Person, text: str) -> tuple[list[str], list[str]]:
    """The names of the groups and places that the search shows."""
    context = browser(person).get(reverse("desk:search"), {"q": text}).context
    return [group.name for group, _where in context["found"]], [place.full_name for place, _above in context["places"]]


@pytest.fixture
def three_groups() -> list[SavingsGroup]:
    return [
        a_group("กลุ่มออมทรัพย์บ้านอุ่มเหม้า"),
        a_group("กลุ่มออมทรัพย์นาแก", village=a_village(subdistrict="480801")),
        a_group("กลุ่มออมทรัพย์สกล", village=a_village(subdistrict="470101")),
    ]


@pytest.mark.parametrize("text", ["อุ่ม", "อำเภอธาตุพนม เหม้า", "ออมทรัพย์ ธาตุพนม"])
def test_a_group_is_found_by_any_part_of_its_name_or_place(text: str, three_groups: list[SavingsGroup], cast: Cast) -> None:
    assert searched(cast.province_head, text)[0] == ["กลุ่มออมทรัพย์บ้านอุ่มเหม้า"]


def test_the_search_stays_within_the_door(three_groups: list[SavingsGroup], cast: Cast) -> None:
    assert len(searched(cast.department, "ออมทรัพย์")[0]) == 3
    assert len(searched(cast.province_head, "ออมทรัพย์")[0]) == 2
    assert searched(cast.district_officer, "นาแก") == ([], [])
    assert searched(cast.department, "ธาตุพนมเหนือ") == ([], ["ตำบลธาตุพนมเหนือ"])
    assert searched(cast.department, "อำเภอนาแก")[1][:2] == ["อำเภอนาแก", "ตำบลนาแก"]
    assert searched(cast.chair(three_groups[0]), "ธาตุพนม") == (["กลุ่มออมทรัพย์บ้านอุ่มเหม้า"], [])


def test_a_search_that_finds_nothing_says_what_to_try(cast: Cast) -> None:
    page = browser(cast.district_officer).get(reverse("desk:search"), {"q": "ไม่มีชื่อนี้"}).content.decode()
    assert "ไม่พบกลุ่มหรือพื้นที่ที่ค้นหา" in page


def test_the_masthead_leads_to_the_search(cast: Cast) -> None:
    a_year(cast)
    assert reverse("desk:search") in home_of(cast.district_officer).content.decode()
