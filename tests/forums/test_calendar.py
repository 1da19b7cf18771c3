"""The calendar of the forums, as a page and as a sheet, and what it says of a day that is being chosen."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains
from python_calamine import CalamineWorkbook

from sajja.forums import actions
from sajja.programme.models import SelectedGroup
from tests.cast import Cast
from tests.factories import a_forum, a_group, a_selected_group, selected
from tests.forums.test_pages import browser, sent, warned

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return Cast()


def three(cast: Cast) -> list[SelectedGroup]:
    return selected(*(a_group(f"กลุ่มออมทรัพย์บ้านที่{n}") for n in range(1, 4)), cast=cast)


@pytest.mark.parametrize("count", [1, 3])
def test_the_calendar_asks_as_often_for_three_as_for_one(
    count: int, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for one in three(cast)[:count]:
        a_forum(one, cast=cast)
    client = browser(cast.district_officer)
    with django_assert_num_queries(12):
        assertContains(client.get(reverse("forums:calendar")), "กลุ่มออมทรัพย์บ้านที่", count=count)


def test_the_calendar_shows_the_month_the_late_and_those_without_a_day(cast: Cast) -> None:
    first, second, _third = three(cast)
    a_forum(first, cast=cast, day=date(2021, 6, 9))
    actions.postpone_forum(by=cast.district_officer, forum=a_forum(second, cast=cast, day=date(2021, 6, 20)), reason="ฝนตก")
    client = browser(cast.district_officer)
    days = client.get(reverse("forums:calendar"))
    assertContains(days, "มิถุนายน 2564")
    assertContains(days, "หลัง 31 พ.ค. · รายงานครบกำหนดหลัง 15 มิ.ย.")
    undated = client.get(reverse("forums:calendar"), {"show": "undated"})
    assertContains(undated, "บ้านที่2")
    assertContains(undated, "บ้านที่3")
    assertNotContains(undated, "บ้านที่1")
    assertContains(client.get(reverse("forums:calendar"), {"show": "open"}), "บันทึกและปิดเวที")


def test_the_calendar_comes_as_a_sheet_of_all_months_and_of_those_without_a_day(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first, second, _third = three(cast)
    a_forum(first, cast=cast, day=date(2021, 6, 9))
    actions.postpone_forum(by=cast.district_officer, forum=a_forum(second, cast=cast, day=date(2021, 6, 20)), reason="ฝนตก")
    client = browser(cast.district_officer)
    with django_assert_num_queries(9):
        answer = client.get(reverse("forums:calendar_sheet"))
    assert answer["Content-Disposition"] == 'attachment; filename="sajja-2564-forums.xlsx"'
    book = CalamineWorkbook.from_filelike(BytesIO(answer.content))
    dated, undated = [book.get_sheet_by_index(n).to_python() for n in range(2)]
    assert dated[2][:5] == ["วันที่", "วัน", "เริ่ม", "เลิก", "กลุ่ม"]
    assert [(row[0], row[1], row[4], row[11], row[12]) for row in dated[3:]] == [
        ("9 มิ.ย. 2564", "พุธ", "กลุ่มออมทรัพย์บ้านที่1", "เลยวัน ยังไม่ปิด", "หลัง 31 พ.ค. · รายงานครบกำหนดหลัง 15 มิ.ย."),
        ("20 มิ.ย. 2564", "อาทิตย์", "กลุ่มออมทรัพย์บ้านที่2", "เลื่อน รอวันใหม่", ""),
    ]
    assert [(row[0], row[5]) for row in undated[3:]] == [
        ("กลุ่มออมทรัพย์บ้านที่2", "เลื่อน รอวันใหม่"), ("กลุ่มออมทรัพย์บ้านที่3", "ยังไม่กำหนดวัน"),
    ]  # fmt: skip
    page = client.get(reverse("forums:calendar"), {"state": "planned", "month": "2021-06"})
    assertContains(page, f'{reverse("forums:calendar_sheet")}?state=planned"')


def test_the_calendar_finds_by_name_and_place(cast: Cast) -> None:
    for one in three(cast):
        a_forum(one, cast=cast)
    client = browser(cast.province_officer)
    found = client.get(reverse("forums:calendar"), {"q": "บ้านที่2"})
    assertContains(found, "กลุ่มออมทรัพย์บ้านที่2")
    assertNotContains(found, "กลุ่มออมทรัพย์บ้านที่1")
    assertContains(client.get(reverse("forums:calendar"), {"place": "4808"}), "ไม่พบเวทีที่ค้นหา")


def test_an_empty_calendar_says_what_comes_first(cast: Cast) -> None:
    assertContains(browser(cast.district_officer).get(reverse("forums:calendar")), "ยังไม่มีกิจกรรมประจำปี")


def test_the_sibling_district_sees_nothing_of_ours(cast: Cast) -> None:
    forum = a_forum(a_selected_group(cast=cast), cast=cast)
    client = browser(Cast(district="4808").district_officer)
    assertNotContains(client.get(reverse("forums:calendar")), forum.selected.group.name)


def test_another_forum_of_the_district_on_the_day_is_named_and_stays_after_saving(cast: Cast) -> None:
    first, second, _third = three(cast)
    a_forum(first, cast=cast, day=date(2021, 6, 14))
    officer = cast.district_officer
    assert "กลุ่มออมทรัพย์บ้านที่1 09.00 น." in warned(officer, second, day_1="14/6/2564")
    assert "อำเภอนี้มีเวทีวันเดียวกัน" not in warned(officer, first, day_1="14/6/2564")
    given = sent(day_1="14/6/2564", starts_1="13.00", where_1="ศาลา")
    answer = browser(officer).post(reverse("forums:plan", args=[second.pk]), given, follow=True)
    assertContains(answer, "อำเภอนี้มีเวทีวันเดียวกัน")
