"""Marks on the fields of a returned report: what the district is asked to mend, and what a new submission changed."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from sajja.forums import actions as forums
from sajja.forums.models import Forum
from sajja.lib.refusals import Refused
from sajja.org.models import Person
from sajja.reports import actions, content
from sajja.reports.marks import FIELDS, told
from sajja.reports.models import ReportMove
from sajja.reports.queries import owed_of
from tests.cast import Cast
from tests.factories import a_held_forum, a_picture, a_report, a_selected_group

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def forum(cast: Cast) -> Forum:
    return a_held_forum(a_selected_group("กลุ่มบ้านอุ่มเหม้า", cast=cast), cast=cast)


def client(person: Person) -> Client:
    one = Client()
    one.force_login(person)
    return one


def test_every_name_that_a_report_keeps_can_be_marked(cast: Cast, forum: Forum) -> None:
    a_report(forum, cast=cast)
    kept = ReportMove.objects.get().content
    markable = {str(name) for field in FIELDS.values() for name in field.names}
    assert set(kept) - markable == set()


def test_marks_are_seen_where_they_are_mended_and_tell_what_was_changed(cast: Cast, forum: Forum) -> None:
    report, page = a_report(forum, cast=cast), reverse("reports:district", args=[forum.pk])
    marked = {"mark_pictures": "เพิ่มรูปการทำแผน", "mark_summary": "บอกว่ากลุ่มตกลงอะไร", "reason": "", "once": str(uuid4())}
    assert client(cast.province_officer).post(reverse("reports:return", args=[report.pk]), marked).status_code == 302
    assert ReportMove.objects.get(move="return").marks == [
        {"field": "pictures", "note": "เพิ่มรูปการทำแผน"}, {"field": "summary", "note": "บอกว่ากลุ่มตกลงอะไร"},
    ]  # fmt: skip
    shown = client(cast.district_officer).get(page).content.decode()
    assert reverse("forums:photos", args=[forum.pk]) in shown
    assert reverse("reports:send", args=[forum.pk]) in shown
    forums.add_photo(by=cast.district_officer, forum=forum, kept=a_picture(77), step="4.6", caption="ทำแผน")
    marks = marks_on(client(cast.district_officer).get(page).content.decode())
    assert marks == {"รูป": True, "สรุปผล": False}
    actions.submit_report(by=cast.district_officer, forum=forum, summary="กลุ่มตกลงทำบัญชีทุกเดือน")
    assert marks_on(client(cast.province_officer).get(page).content.decode()) == {"รูป": True, "สรุปผล": True}


def marks_on(page: str) -> dict[str, bool]:
    """Field's words → whether the page says that it was changed."""
    part = page.split('aria-labelledby="marks"')[1].split("</section>", maxsplit=1)[0]
    return {re.findall(r"<b>(.*?)</b>", one)[0]: "เปลี่ยนแล้ว" in one for one in part.split("<li>")[1:]}


def test_a_return_says_something(cast: Cast, forum: Forum) -> None:
    report = a_report(forum, cast=cast)
    with pytest.raises(Refused, match="ต้องแก้อะไร"):
        actions.return_report(by=cast.province_officer, report=report, marks={"plan": "  "})
    with pytest.raises(KeyError):
        actions.return_report(by=cast.province_officer, report=report, marks={"colour": "แดง"})
    actions.return_report(by=cast.province_officer, report=report, marks={"plan": "ให้ประธานลงนาม"})
    assert ReportMove.objects.get(move="return").reason == "แก้ตามช่องที่ทำเครื่องหมายไว้"


def test_of_several_groups_a_mark_reads_each_one_s() -> None:
    before = {"กลุ่มหนึ่ง: รูป": 2, "กลุ่มสอง: รูป": 2, "สรุปผล": "ก"}
    [mark] = told([{"field": "pictures", "note": "เพิ่ม"}], before, before | {"กลุ่มสอง: รูป": 3})
    assert mark.changed
    [mark] = told([{"field": "pictures", "note": "เพิ่ม"}], before, before | {"สรุปผล": "ข"})
    assert not mark.changed


def test_pictures_that_came_and_went_are_told_one_by_one(cast: Cast, forum: Forum) -> None:
    one = owed_of(forum)
    assert one
    before = content.of_report(one)
    gone = forum.photos.order_by("pk")[0]
    forums.remove_photo(by=cast.district_officer, photo=gone, reason="ไม่ชัด")
    forums.add_photo(by=cast.district_officer, forum=forum, kept=a_picture(77), step="4.6", caption="ทำแผน")
    changed = content.changes(before, content.of_report(one))
    assert [(name, now) for name, _was, now in changed if name == "รูปที่เพิ่ม"] == [("รูปที่เพิ่ม", "4.6 ทำแผน")]
    assert [name for name, _was, _now in changed] == ["รูปที่เพิ่ม", "รูปที่เอาออก"], "the number of pictures is the same"
    assert [name for name, was, _now in content.changes({"รูป": 2}, before) if isinstance(was, dict)] == []
