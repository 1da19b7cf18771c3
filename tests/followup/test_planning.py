"""Where to go: what speaks for a visit, the draw, and the plan with its reasons."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from sajja.followup import queries
from sajja.followup.models import Visit
from sajja.followup.risks import candidates
from sajja.groups.models import GroupBook
from sajja.programme.models import SelectedGroup
from sajja.programme.queries import current_revision, terms_of
from sajja.treasury.queries.anomalies import anomalies_of
from sajja.web import clock
from tests.budget.money import allocated, an_advance
from tests.cast import Cast, unit
from tests.factories import FORUM_DAY, a_group, a_held_forum, a_village, assessed, selected
from tests.followup.browsers import asked, sends, shows
from tests.followup.visits import a_visit
from tests.treasury.books import a_book

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def places(cast: Cast) -> list[SelectedGroup]:
    names = ("กลุ่มบ้านหนึ่ง (ตัวอย่าง)", "กลุ่มบ้านสอง (ตัวอย่าง)", "กลุ่มบ้านสาม (ตัวอย่าง)")
    return selected(*(a_group(name, village=a_village(n)) for n, name in enumerate(names, 2)), cast=cast)


def test_a_visit_is_planned_from_what_is_suggested_with_the_reasons_kept(places: list[SelectedGroup], cast: Cast) -> None:
    page = shows(cast.followup, "suggest", 2564, unit("z11").pk)
    assert page.count("ยังไม่ได้จัดเวที ทั้งที่กิจกรรมสิ้นสุด 31 พ.ค. 2564") == 3
    keys = [place.group.unit_id for place in places[:2]]
    where = sends(cast.followup, "plan", 2564, unit("48").pk, day="15 มิ.ย. 2564", went="นายติดตาม", places=keys)
    visit = Visit.objects.get()
    assert where == reverse("followup:visit", args=[visit.pk])
    assert [(one.unit_id, one.how, one.reasons) for one in queries.places_of(visit)] == [
        (key, "risk", ["ยังไม่ได้จัดเวที ทั้งที่กิจกรรมสิ้นสุด 31 พ.ค. 2564"]) for key in keys
    ]
    assert "ยังไม่ได้จัดเวที" in shows(cast.followup, "visit", visit.pk)


def test_a_plan_without_a_group_says_what_to_do(places: list[SelectedGroup], cast: Cast) -> None:
    assert "เลือกกลุ่มที่จะไปอย่างน้อย 1 กลุ่ม" in sends(cast.followup, "plan", 2564, unit("48").pk, day="15/6/2564", went="ก")


def test_a_plan_outside_the_quarter_is_kept_and_told(places: list[SelectedGroup], cast: Cast) -> None:
    sends(cast.followup, "plan", 2564, unit("48").pk, day="1 ก.ค. 2564", went="ก", places=[places[0].group.unit_id])
    visit = Visit.objects.get()
    assert "วันติดตามอยู่นอกไตรมาส 3" in shows(cast.followup, "visit", visit.pk)


@pytest.mark.parametrize(
    ("day", "outside"), [("2021-03-31", True), ("2021-04-01", False), ("2021-06-30", False), ("2021-07-01", True)]
)
def test_the_quarter_ends_with_its_last_day(places: list[SelectedGroup], day: str, outside: bool) -> None:
    terms = terms_of(current_revision(places[0].year))
    assert queries.outside_quarter(terms, date.fromisoformat(day)) is outside


def test_reports_forums_and_assessments_speak_for_a_visit_and_a_group_visited_is_not_drawn_again(
    places: list[SelectedGroup], cast: Cast
) -> None:
    a_held_forum(places[0], cast=cast, failing=())
    with clock.fixed(date(2021, 6, 13)):
        a_visit(places[1], cast=cast, made=True)
        found = candidates(places[0].year, [("48", "48zz")], clock.today())
    told = {one.name.split()[0]: ([reason.key for reason in one.reasons], one.seen) for one in found}
    assert told == {
        "กลุ่มบ้านหนึ่ง": (["report"], False),
        "กลุ่มบ้านสอง": (["forum"], True),
        "กลุ่มบ้านสาม": (["forum"], False),
    }


def test_an_advance_speaks_for_a_visit_from_the_day_after_it_was_due(places: list[SelectedGroup], cast: Cast) -> None:
    advance = an_advance(allocated(cast), cast)
    told = []
    for day in (advance.due, advance.due + timedelta(days=1)):
        found = candidates(places[0].year, [("48", "48zz")], day)
        told.append([[reason.words for reason in one.reasons if reason.key == "clearing"] for one in found])
    assert told == [[[]] * 3, [["อำเภอส่งใช้เงินยืมเกินกำหนด 1 สัญญา"]] * 3]


def test_books_that_deserve_a_look_speak_for_a_visit_in_their_own_words(places: list[SelectedGroup], cast: Cast) -> None:
    a_book(places[0].group, cast=cast, pledged=10000)
    today = date(2021, 9, 1)
    first, second, _third = candidates(places[0].year, [("48", "48zz")], today)
    kept = GroupBook.objects.select_related("group", "book").get(group=places[0].group)
    of_books = [f"บัญชี: {one.words}" for one in anomalies_of([kept], today)[kept.pk]]
    assert of_books
    assert [words for words in first.words if words.startswith("บัญชี")] == of_books
    assert [words for words in second.words if words.startswith("บัญชี")] == []


def test_many_indicators_not_passed_speak_for_a_visit(places: list[SelectedGroup], cast: Cast) -> None:
    codes = [f"governance:{code}" for code in ("1.1", "1.2", "1.3", "1.4", "1.5", "2.1", "2.2", "2.3", "2.4", "2.5", "2.6")]
    third = (*codes, "ssg:1.1", "ssg:1.2", "ssg:1.3", "ssg:1.4")
    assessed(places[0], failing=third, cast=cast)
    assessed(places[1], failing=third[1:], cast=cast)
    found = candidates(places[0].year, [("48", "48zz")], FORUM_DAY)
    told = [[reason.words for reason in one.reasons if reason.key == "weak"] for one in found]
    assert told == [["ไม่ผ่านตัวชี้วัด 15 จาก 44 ข้อ"], [], []]


def test_the_draw_is_repeated_by_its_word(places: list[SelectedGroup], cast: Cast) -> None:
    for place in places:
        forum = a_held_forum(place, cast=cast, failing=())
        assert forum.state == "held"
    first = shows(cast.followup, "suggest", 2564, unit("48").pk, word="เหรียญ")
    assert first.count("ได้จากการสุ่ม</span>") == 2
    assert first == shows(cast.followup, "suggest", 2564, unit("48").pk, word="เหรียญ")


def test_suggestions_ask_as_much_of_three_groups_as_of_one(places: list[SelectedGroup], cast: Cast) -> None:
    zone = unit("z11").pk
    three = asked(cast.followup, "suggest", 2564, zone)
    a_visit(*places[1:], cast=cast, made=True)
    assert asked(cast.followup, "suggest", 2564, zone) == three
