"""What the forums count, and what waits for whom."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from sajja.forums import actions, measures
from sajja.forums.duties import duties
from sajja.groups.actions import close_group
from sajja.programme.models import SelectedGroup
from tests.cast import Cast
from tests.factories import a_forum, a_group, a_held_forum, a_year, people, selected

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def three(cast: Cast) -> list[SelectedGroup]:
    return selected(*(a_group(f"กลุ่มออมทรัพย์บ้านที่{n}") for n in range(1, 4)), cast=cast)


def counted(three: list[SelectedGroup], key: str) -> list[int]:
    rows = {row.thing: row for row in getattr(measures, key)(a_year())}
    return [rows[one.pk].count for one in three]


def test_a_held_forum_counts_as_held_and_one_with_all_six_steps_as_developed(three: list[SelectedGroup], cast: Cast) -> None:
    a_held_forum(three[0], cast=cast)
    bare = a_forum(three[1], cast=cast)
    actions.record_attendance(by=cast.district_officer, forum=bare, attendees=people(15))
    actions.hold_forum(by=cast.district_officer, forum=bare)
    a_forum(three[2], cast=cast)
    assert (counted(three, "held"), counted(three, "developed")) == ([1, 1, 0], [1, 0, 0])


def test_a_step_taken_back_is_no_longer_developed(three: list[SelectedGroup], cast: Cast) -> None:
    forum = a_held_forum(three[0], cast=cast)
    actions.take_back_step(by=cast.district_officer, forum=forum, key="4.2", reason="ยังไม่ได้ทบทวน")
    assert (counted(three, "held"), counted(three, "developed")) == ([1, 0, 0], [0, 0, 0])


def test_a_forum_opened_again_counts_when_it_is_finished_again(three: list[SelectedGroup], cast: Cast) -> None:
    forum = a_held_forum(three[0], cast=cast)
    actions.reopen_forum(by=cast.district_officer, forum=forum, reason="ลงวันผิด")
    assert counted(three, "held") == [0, 0, 0]
    actions.hold_forum(by=cast.district_officer, forum=forum)
    assert counted(three, "held") == [1, 0, 0]


def test_every_place_has_its_row_whether_or_not_there_is_a_forum(three: list[SelectedGroup]) -> None:
    rows = measures.held(a_year())
    assert [(row.total, row.count, len(row.path)) for row in rows] == [(1, 0, 12)] * 3


@pytest.mark.parametrize("key", ["held", "developed"])
def test_a_figure_costs_the_same_for_three_as_for_one(
    key: str, three: list[SelectedGroup], cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    year = a_year()
    for count, one in enumerate(three, 1):
        a_held_forum(one, cast=cast)
        with django_assert_num_queries(2):
            rows = getattr(measures, key)(year)
        assert sum(row.count for row in rows) == count


def test_the_officer_is_told_what_to_plan_what_is_today_and_what_is_past(three: list[SelectedGroup], cast: Cast) -> None:
    a_forum(three[0], cast=cast, day=date(2021, 6, 10))
    a_forum(three[1], cast=cast, day=date(2021, 6, 4))
    found = [(str(duty.title), duty.kind_on(date(2021, 6, 10))) for duty in duties(cast.district_officer, date(2021, 6, 10))]
    assert sorted(found) == [
        ("กำหนดวันเวที กลุ่มออมทรัพย์บ้านที่3", "late"),
        ("ปิดเวที กลุ่มออมทรัพย์บ้านที่2", "late"),
        ("เวทีวันนี้ กลุ่มออมทรัพย์บ้านที่1", "waiting"),
    ]


def test_todays_forum_is_to_begin_until_its_first_step_is_done(three: list[SelectedGroup], cast: Cast) -> None:
    officer, today = cast.district_officer, date(2021, 6, 10)
    forum = a_forum(three[0], cast=cast, day=today)

    def verb() -> str:
        return next(str(duty.verb) for duty in duties(officer, today) if "เวทีวันนี้" in str(duty.title))

    actions.record_attendance(by=officer, forum=forum, attendees=people(15))
    before = verb()
    actions.record_step(by=officer, forum=forum, key="4.1")
    assert (before, verb()) == ("เริ่มเวที", "ทำเวทีต่อ")


def test_a_closed_group_waits_for_no_forum(three: list[SelectedGroup], cast: Cast) -> None:
    for one in three:
        close_group(by=cast.district_officer, group=one.group, closed_on=date(2021, 6, 1), reason="เลิก")
    assert duties(cast.district_officer, date(2021, 6, 10)) == []


def test_nothing_of_the_forums_waits_for_the_province_or_the_sibling_district(three: list[SelectedGroup], cast: Cast) -> None:
    sibling = Cast(district="4808").district_officer
    assert [duties(person, date(2021, 6, 10)) for person in (cast.province_officer, sibling)] == [[], []]
