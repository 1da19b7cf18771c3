"""What the desk shows of the programme: whose turn it is, and a group's place in the years."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sajja.org.models import Person
from sajja.programme import actions, queries
from sajja.programme.duties import duties
from sajja.programme.models import ProgrammeYear
from sajja.programme.panels import panels, standings
from tests.cast import Cast, unit
from tests.factories import a_group, a_year, selected

pytestmark = pytest.mark.django_db
DAY = date(2021, 4, 26)


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def year(cast: Cast) -> ProgrammeYear:
    return a_year(cast)


def titles(person: Person) -> list[tuple[str, str]]:
    return [(str(duty.title), duty.kind) for duty in duties(person, DAY)]


def test_before_a_year_nothing_waits(cast: Cast) -> None:
    assert titles(cast.district_officer) == []


def test_a_data_file_waits_for_the_department_to_open_it(cast: Cast) -> None:
    assert titles(cast.department) == [("เปิดกิจกรรมปี 2564", "waiting")]
    a_year(cast)
    assert titles(cast.department) == []


def test_the_district_proposes_then_the_head_of_the_province_confirms(cast: Cast, year: ProgrammeYear) -> None:
    group = a_group()
    assert titles(cast.district_officer) == [("เสนอกลุ่มเป้าหมายปี 2564", "waiting")]
    assert titles(cast.province_head) == [("ยืนยันรายชื่อกลุ่มเป้าหมายปี 2564", "next")]
    actions.propose_groups(by=cast.district_officer, year=year, groups=[(group, None, "")])
    assert titles(cast.district_officer) == []
    assert titles(cast.province_head) == [("ยืนยันรายชื่อกลุ่มเป้าหมายปี 2564", "waiting")]
    actions.confirm_list(by=cast.province_head, year=year, province=unit("48"))
    assert titles(cast.province_head) == [("เติมกลุ่มในที่ว่างปี 2564", "next")]
    assert duties(cast.province_head, DAY)[0].note == "ว่าง 9 แห่ง ยังนับในเป้าหมาย"


def test_a_full_list_waits_for_nobody(cast: Cast, year: ProgrammeYear) -> None:
    selected(*[a_group(f"กลุ่ม {n}") for n in range(10)], cast=cast)
    assert titles(cast.province_head) == []


def test_the_department_and_a_provinces_officer_have_nothing_to_do_here(cast: Cast, year: ProgrammeYear) -> None:
    assert [titles(person) for person in (cast.department, cast.province_officer, cast.followup)] == [[], [], []]


@pytest.mark.parametrize("count", [1, 3])
def test_duties_ask_the_same_for_one_group_and_for_three(cast: Cast, year: ProgrammeYear, count: int) -> None:
    actions.propose_groups(by=cast.district_officer, year=year, groups=[(a_group(f"กลุ่ม {n}"), None, "") for n in range(count)])
    head = Person.objects.get(pk=cast.province_head.pk)
    with CaptureQueriesContext(connection) as asked:
        duties(head, DAY)
    assert len(asked) == 5


def test_a_group_sees_its_place_and_after_a_replacement_that_it_counts_no_more(cast: Cast, year: ProgrammeYear) -> None:
    old, new = a_group("กลุ่มเดิม"), a_group("กลุ่มใหม่")
    [held] = selected(old, cast=cast)
    actions.replace_group(by=cast.province_head, selected=held, new_group=new, reason="ขอถอนตัว")
    [before], [after] = standings(old), standings(new)
    assert (before.selected and before.selected.until_because, after.selected and after.selected.until) == ("ขอถอนตัว", None)


def test_a_group_left_out_sees_why(cast: Cast, year: ProgrammeYear) -> None:
    small = a_group("กลุ่มเล็ก", level=2)
    assert panels(cast.district_officer, small) == []
    selected(a_group(), cast=cast)
    assert standings(small)[0].why_not == "ระดับ 2 (ปี 2564) หลักเกณฑ์ต้องเป็นระดับ 3"


def test_a_committee_sees_its_place_without_the_way_to_the_list(cast: Cast, year: ProgrammeYear) -> None:
    [held] = selected(a_group(), cast=cast)
    [mine] = panels(cast.chair(held.group), held.group)
    [officers] = panels(cast.district_officer, held.group)
    assert [row.url for row in mine.context["standings"]] == [""]
    assert [bool(row.url) for row in officers.context["standings"]] == [True]
    assert queries.standing(year).count() == 1
