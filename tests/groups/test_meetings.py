"""Meetings and resolutions: what later acts name."""

from datetime import date

import pytest

from sajja.groups import actions, queries
from sajja.groups.actions import NewResolution
from sajja.groups.models import SavingsGroup
from sajja.lib.refusals import Refused
from sajja.org.models import Person
from tests.cast import Cast
from tests.groups.people import a_ruled_group

pytestmark = pytest.mark.django_db
DAY = date(2021, 6, 5)


@pytest.fixture
def group() -> SavingsGroup:
    return a_ruled_group()


@pytest.fixture
def secretary(group: SavingsGroup) -> Person:
    return Cast().secretary(group)


def test_resolutions_are_numbered_within_their_meeting(group: SavingsGroup, secretary: Person) -> None:
    meeting = actions.record_meeting(
        by=secretary, group=group, day=DAY, kind="committee", present=7,
        resolutions=["รับสมาชิกใหม่ 2 คน", NewResolution("ให้จ่ายค่าแก้วน้ำ", "spend", "5/2564"), "ประชุมครั้งหน้าวันที่ 5"],
    )  # fmt: skip
    actions.add_resolution(by=secretary, meeting=meeting, text="ยกเว้นค่าปรับ", about="waiver")
    told = meeting.resolutions.order_by("pk").values_list("number", "about", "text")
    assert list(told) == [
        ("1", "free", "รับสมาชิกใหม่ 2 คน"), ("5/2564", "spend", "ให้จ่ายค่าแก้วน้ำ"), ("2", "free", "ประชุมครั้งหน้าวันที่ 5"),
        ("3", "waiver", "ยกเว้นค่าปรับ"),
    ]  # fmt: skip


def test_a_number_of_a_meeting_is_used_once(group: SavingsGroup, secretary: Person) -> None:
    with pytest.raises(Refused, match="มีมติที่ 1 ของการประชุมนี้แล้ว"):
        actions.record_meeting(
            by=secretary, group=group, day=DAY, kind="general", present=3,
            resolutions=[NewResolution("หนึ่ง", number="1"), NewResolution("สอง", number="1")],
        )  # fmt: skip


def test_a_meeting_that_has_not_been_held_is_refused(group: SavingsGroup, secretary: Person) -> None:
    with pytest.raises(Refused, match="วันประชุมยังมาไม่ถึง"):
        actions.record_meeting(by=secretary, group=group, day=date(2021, 6, 11), kind="committee", present=3)


def test_more_people_than_members_are_refused(group: SavingsGroup, secretary: Person) -> None:
    with pytest.raises(Refused, match="ต้องไม่มากกว่าผู้มีสิทธิ"):
        actions.record_meeting(by=secretary, group=group, day=DAY, kind="general", present=31, members=30)


def test_a_struck_resolution_stays_and_is_offered_no_more(group: SavingsGroup, secretary: Person) -> None:
    meeting = actions.record_meeting(by=secretary, group=group, day=DAY, kind="committee", present=7, resolutions=["หนึ่ง", "สอง"])
    first = meeting.resolutions.get(number="1")
    actions.strike_resolution(by=secretary, resolution=first, because="บันทึกผิดการประชุม")
    assert [one.number for one in queries.resolutions_of(group)] == ["2"]
    assert meeting.resolutions.get(number="1").text == "หนึ่ง"
    with pytest.raises(Refused, match="ขีดฆ่าไปแล้ว"):
        actions.strike_resolution(by=secretary, resolution=first, because="อีกครั้ง")


def test_resolutions_are_offered_by_what_they_are_about(group: SavingsGroup, secretary: Person) -> None:
    given = [NewResolution(about, about) for about in ("free", "spend", "leave")]
    actions.record_meeting(by=secretary, group=group, day=DAY, kind="committee", present=7, resolutions=given)
    assert [one.text for one in queries.resolutions_of(group, "spend")] == ["free", "spend"]
