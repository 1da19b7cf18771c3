"""What the rooms hand to the inbox: due days with whose they are, who stands above, and nothing that a reviewer holds."""

from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from sajja.desk.reminding import dues
from sajja.inbox import actions
from sajja.inbox.models import Message
from sajja.org.models import Person
from sajja.reports import actions as reports
from sajja.web import clock
from tests.cast import Cast
from tests.factories import FORUM_DAY, a_group, a_held_forum, a_report, a_village, selected

pytestmark = pytest.mark.django_db
DUE = FORUM_DAY + timedelta(days=7)


@pytest.fixture
def cast() -> Cast:
    made = Cast()
    for person in (made.district_officer, made.district_head, made.province_officer, made.province_head, made.department):
        assert person.pk
    return made


def of(kind: str) -> list[tuple[date, tuple[tuple[int, ...], ...]]]:
    return [(due.day, due.levels) for due in dues(clock.today()) if due.kind == kind and due.levels[0]]


def told(person: Person) -> list[str]:
    return [one.title for one in Message.objects.filter(person=person, key__startswith="reports.district").order_by("pk")]


def test_a_district_report_goes_to_the_officer_then_the_head_then_the_province(cast: Cast) -> None:
    a_held_forum(selected(a_group(), cast=cast)[0], cast=cast)
    levels = ((cast.district_officer.pk,), (cast.district_head.pk,), (cast.province_officer.pk,))
    assert of("reports.district") == [(DUE, levels)]
    for day in (DUE - timedelta(days=1), DUE + timedelta(days=1), DUE + timedelta(days=3), DUE + timedelta(days=7)):
        actions.remind(by="system", day=day)
    assert [len(told(person)) for person in (cast.district_officer, cast.district_head, cast.province_officer)] == [4, 2, 1]
    assert told(cast.province_officer) == ["ส่งรายงานให้จังหวัด: กลุ่มออมทรัพย์ตัวอย่าง เลยกำหนด 7 วัน (10 มิ.ย. 2564)"]


def test_while_the_province_holds_it_nobody_is_reminded(cast: Cast) -> None:
    report = a_report(a_held_forum(selected(a_group(), cast=cast)[0], cast=cast), cast=cast)
    assert of("reports.district") == []
    reports.return_report(by=cast.province_officer, report=report, reason="รูปไม่ชัด")
    assert of("reports.district") == []


def test_the_province_itself_owes_by_the_letters_day(cast: Cast) -> None:
    selected(a_group(), cast=cast)
    levels = ((cast.province_officer.pk,), (cast.province_head.pk,), (cast.department.pk,))
    assert of("reports.province") == [(date(2021, 6, 15), levels)]


def test_one_and_three_reports_ask_the_same(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    groups = [a_group(f"กลุ่ม {n}", village=a_village(n)) for n in (1, 2, 3)]
    places = selected(*groups, cast=cast)
    for chosen in (places[:1], places[1:]):
        for place in chosen:
            a_held_forum(place, cast=cast)
        with django_assert_num_queries(10):
            dues(clock.today())
    actions.remind(by="system", day=DUE)
    assert told(cast.district_officer) == ["ส่งรายงานให้จังหวัด: 3 เรื่อง ครบกำหนดวันนี้ 10 มิ.ย. 2564"]
