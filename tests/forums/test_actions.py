"""The forum day as acts: planned, put off, held, recorded; each leaves its rows and one audit row."""

from datetime import date, time

import pytest

from sajja.audit.models import AuditRow
from sajja.forums import actions, queries
from sajja.forums.actions import NewAttendee, NewSitting
from sajja.forums.models import Attendee, Forum, ForumMove, RunStep, Sitting
from sajja.groups.actions import close_group
from sajja.lib.refusals import Refused
from sajja.programme.models import SelectedGroup
from sajja.web import clock
from tests.cast import Cast
from tests.factories import FORUM_DAY, a_forum, a_held_forum, a_picture, a_plan, a_selected_group, assessed, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def selected(cast: Cast) -> SelectedGroup:
    return a_selected_group(cast=cast)


@pytest.fixture
def forum(selected: SelectedGroup, cast: Cast) -> Forum:
    return a_forum(selected, cast=cast)


def state(forum: Forum) -> str:
    forum.refresh_from_db()
    return forum.state


def acts(forum: Forum) -> list[str]:
    about = [f"forums.Forum:{forum.pk}"]
    return list(AuditRow.objects.filter(about__in=about).order_by("pk").values_list("act", flat=True))


def test_a_group_has_one_standing_forum(forum: Forum, cast: Cast) -> None:
    with pytest.raises(Refused, match="กลุ่มนี้มีเวทีแล้ว"):
        a_forum(forum.selected, cast=cast)


def test_a_forum_needs_a_sitting(selected: SelectedGroup, cast: Cast) -> None:
    with pytest.raises(Refused, match="อย่างน้อย 1 รอบ"):
        actions.plan_forum(by=cast.district_officer, selected=selected, sittings=[])


def test_a_closed_group_gets_no_forum_day(selected: SelectedGroup, cast: Cast) -> None:
    closed = a_forum(selected, cast=cast)
    actions.postpone_forum(by=cast.district_officer, forum=closed, reason="น้ำท่วม")
    close_group(by=cast.district_officer, group=selected.group, closed_on=date(2021, 6, 1), reason="สมาชิกลาออกหมด")
    sitting = NewSitting(date(2021, 6, 20), time(9), "ศาลา")
    with pytest.raises(Refused, match=r"กลุ่มนี้เลิกไปแล้วเมื่อ 1 มิ\.ย\. 2564 กำหนดวันเวทีไม่ได้"):
        actions.replan_forum(by=cast.district_officer, forum=closed, sittings=[sitting])
    actions.cancel_forum(by=cast.district_officer, forum=closed, reason="เลิกกลุ่ม")
    with pytest.raises(Refused, match="ให้จังหวัดเปลี่ยนกลุ่มในรายชื่อกลุ่มเป้าหมาย"):
        actions.plan_forum(by=cast.district_officer, selected=selected, sittings=[sitting])


def test_a_late_forum_can_be_planned(selected: SelectedGroup, cast: Cast) -> None:
    assert state(a_forum(selected, cast=cast, day=date(2021, 7, 20))) == "planned"


def test_postponing_says_why_by_which_order_and_when_it_was_decided(forum: Forum, cast: Cast) -> None:
    actions.postpone_forum(
        by=cast.district_officer, forum=forum, reason="ฝนตกหนัก", order_number="นพ 0019/12", day=date(2021, 5, 19)
    )
    move = ForumMove.objects.get(forum=forum, move="postpone")
    assert (move.reason, move.order_number, move.day, clock.day_of(move.at)) == (
        "ฝนตกหนัก", "นพ 0019/12", date(2021, 5, 19), date(2021, 6, 10),
    )  # fmt: skip


def test_postponing_without_a_reason_is_refused_and_changes_nothing(forum: Forum, cast: Cast) -> None:
    with pytest.raises(Refused, match="โปรดบอกเหตุผล"):
        actions.postpone_forum(by=cast.district_officer, forum=forum, reason="  ")
    assert (state(forum), acts(forum)) == ("planned", ["forums.plan_forum"])


def test_a_postponed_forum_gets_new_days_and_keeps_the_old_ones_as_rows(forum: Forum, cast: Cast) -> None:
    actions.postpone_forum(by=cast.district_officer, forum=forum, reason="ฝนตกหนัก")
    later = [NewSitting(date(2021, 6, 9), time(13), "ศาลาวัด"), NewSitting(date(2021, 6, 10), time(9), "ศาลาวัด")]
    actions.replan_forum(by=cast.district_officer, forum=forum, sittings=later, reason="ทางเข้าใช้ได้แล้ว")
    assert (state(forum), [one.day for one in queries.sittings_of(forum)]) == ("planned", [date(2021, 6, 9), date(2021, 6, 10)])
    assert Sitting.objects.filter(forum=forum, standing=False).count() == 1
    assert acts(forum) == ["forums.plan_forum", "forums.postpone_forum", "forums.replan_forum"]


def test_a_cancelled_forum_takes_nothing_more_and_another_may_be_planned(forum: Forum, cast: Cast) -> None:
    actions.cancel_forum(by=cast.district_officer, forum=forum, reason="กลุ่มขอยกเลิก")
    with pytest.raises(Refused, match="เวทีนี้ยกเลิกแล้ว"):
        actions.record_step(by=cast.district_officer, forum=forum, key="4.1")
    assert a_forum(forum.selected, cast=cast).pk != forum.pk


def test_a_held_forum_cannot_be_cancelled(selected: SelectedGroup, cast: Cast) -> None:
    forum = a_held_forum(selected, cast=cast)
    with pytest.raises(Refused):
        actions.cancel_forum(by=cast.district_officer, forum=forum, reason="ผิด")
    assert state(forum) == "held"


def test_fourteen_people_need_a_reason_and_observers_never_count(forum: Forum, cast: Cast) -> None:
    with pytest.raises(Refused, match="ผู้เข้าร่วม 14 คน กำหนดไว้ 15 คน"):
        actions.record_attendance(by=cast.district_officer, forum=forum, attendees=people(14, 3))
    assert Attendee.objects.filter(forum=forum).count() == 0
    actions.record_attendance(by=cast.district_officer, forum=forum, attendees=people(14, 3), reason="ป่วย 1 คน")
    forum.refresh_from_db()
    assert (queries.participants(forum), forum.attendance_reason) == (14, "ป่วย 1 คน")


def test_a_new_list_strikes_the_old_one_and_keeps_its_rows(forum: Forum, cast: Cast) -> None:
    for names in (people(15), people(15, 1)):
        actions.record_attendance(by=cast.district_officer, forum=forum, attendees=names)
    assert (len(queries.attendees_of(forum)), Attendee.objects.filter(forum=forum).count()) == (16, 31)


def test_the_day_on_the_sheet_and_the_day_of_entering_it_are_two(forum: Forum, cast: Cast) -> None:
    with clock.fixed(date(2021, 6, 12)):
        actions.record_attendance(by=cast.district_officer, forum=forum, attendees=people(15))
    forum.refresh_from_db()
    assert forum.attendance_at is not None
    assert (forum.attendance_day, clock.day_of(forum.attendance_at)) == (FORUM_DAY, date(2021, 6, 12))


def test_a_step_written_again_counts_once_and_can_be_taken_back(forum: Forum, cast: Cast) -> None:
    officer = cast.district_officer
    for note in ("ครั้งแรก", "แก้แล้ว"):
        actions.record_step(by=officer, forum=forum, key="4.1", starts=time(9), ends=time(9, 20), note=note)
    assert (queries.recorded_steps(forum)["4.1"].note, RunStep.objects.filter(forum=forum).count()) == ("แก้แล้ว", 2)
    actions.take_back_step(by=officer, forum=forum, key="4.1", reason="ลงผิดกลุ่ม")
    assert queries.steps_done(forum)["4.1"] is False


def test_a_step_that_ends_before_it_begins_or_is_not_the_letters_is_refused(forum: Forum, cast: Cast) -> None:
    with pytest.raises(Refused, match="ไม่ก่อนเวลาเริ่ม"):
        actions.record_step(by=cast.district_officer, forum=forum, key="4.1", starts=time(10), ends=time(9))
    with pytest.raises(Refused, match="ไม่มีขั้นนี้"):
        actions.record_step(by=cast.district_officer, forum=forum, key="9.9")


def test_books_on_paper_need_a_reason(forum: Forum, cast: Cast) -> None:
    with pytest.raises(Refused, match="บอกเหตุผล"):
        actions.answer_bookkeeping(by=cast.district_officer, forum=forum, answer="paper")
    actions.answer_bookkeeping(by=cast.district_officer, forum=forum, answer="paper", reason="ไม่มีสัญญาณ")
    forum.refresh_from_db()
    assert (forum.bookkeeping, forum.bookkeeping_reason) == ("paper", "ไม่มีสัญญาณ")


def test_a_forum_is_not_finished_before_its_day_or_without_people(forum: Forum, cast: Cast) -> None:
    with clock.fixed(date(2021, 5, 1)), pytest.raises(Refused, match="ยังไม่ถึงวันจัด"):
        actions.hold_forum(by=cast.district_officer, forum=forum)
    with pytest.raises(Refused, match="ยังไม่มีรายชื่อ"):
        actions.hold_forum(by=cast.district_officer, forum=forum)


def test_a_forum_is_finished_on_the_day_of_its_last_sitting_though_steps_are_missing(selected: SelectedGroup, cast: Cast) -> None:
    sittings = [NewSitting(date(2021, 6, 2), time(9), "ศาลา"), NewSitting(date(2021, 6, 4), time(9), "ศาลา")]
    forum = actions.plan_forum(by=cast.district_officer, selected=selected, sittings=sittings)
    actions.record_attendance(by=cast.district_officer, forum=forum, attendees=people(15))
    held = actions.hold_forum(by=cast.district_officer, forum=forum)
    assert (held.state, held.ended_on, any(queries.steps_done(held).values())) == ("held", date(2021, 6, 4), False)


def test_a_finished_forum_can_be_opened_again_and_loses_nothing(selected: SelectedGroup, cast: Cast) -> None:
    forum = a_held_forum(selected, cast=cast)
    actions.reopen_forum(by=cast.district_officer, forum=forum, reason="ลงวันผิด")
    assert (state(forum), forum.ended_on, queries.participants(forum), len(queries.pictures(forum))) == ("planned", None, 15, 2)


def test_all_six_steps_are_done_one_after_the_other(forum: Forum, cast: Cast) -> None:
    officer = cast.district_officer

    def done() -> list[str]:
        return [key for key, is_done in queries.steps_done(forum).items() if is_done]

    actions.record_step(by=officer, forum=forum, key="4.1")
    actions.record_step(by=officer, forum=forum, key="4.2")
    assert done() == ["4.1", "4.2"]
    assessed(forum.selected, failing=("governance:2.2",), cast=cast)
    assert done() == ["4.1", "4.2", "4.3", "4.4"]
    actions.answer_bookkeeping(by=officer, forum=forum, answer="ours")
    forum.refresh_from_db()
    a_plan(forum.selected, cast=cast)
    assert done() == ["4.1", "4.2", "4.3", "4.4", "4.5", "4.6"]


def test_the_same_picture_twice_is_one_and_a_removed_one_may_come_back(forum: Forum, cast: Cast) -> None:
    officer, two = cast.district_officer, [a_picture(1), a_picture(2)]
    actions.add_photos(by=officer, forum=forum, kept=[*two, two[0]], step="4.1", caption="ชี้แจง")
    with pytest.raises(Refused, match="รูปนี้เพิ่มไว้แล้ว"):
        actions.add_photo(by=officer, forum=forum, kept=two[0])
    actions.remove_photo(by=officer, photo=queries.pictures(forum)[0], reason="ภาพไม่ชัด")
    assert len(queries.pictures(forum)) == 1
    actions.add_photo(by=officer, forum=forum, kept=two[0])
    assert len(queries.pictures(forum)) == 2


def test_nobody_is_written_down_for_a_replaced_group(selected: SelectedGroup, cast: Cast) -> None:
    selected.until = clock.now()
    with pytest.raises(Refused, match="เปลี่ยนออกจากรายชื่อ"):
        actions.plan_forum(by=cast.district_officer, selected=selected, sittings=[NewSitting(FORUM_DAY, time(9), "ศาลา")])


def test_one_observer_more_changes_no_count(forum: Forum, cast: Cast) -> None:
    guest = NewAttendee("นายกำนัน ตัวอย่าง", "male", "กำนัน", observer=True)
    actions.record_attendance(by=cast.district_officer, forum=forum, attendees=[*people(15), guest])
    assert (queries.participants(forum), len(queries.attendees_of(forum))) == (15, 16)
