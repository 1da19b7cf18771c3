"""Reports: sent, returned, sent again, accepted; the province's own and its entry in BPM; what counts and what does not."""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, time

import pytest

from sajja.audit.models import AuditRow
from sajja.forums import actions as forums
from sajja.forums.models import Forum
from sajja.lib.refusals import Refused
from sajja.org.models import Unit
from sajja.programme import actions as programme
from sajja.programme.models import ProgrammeYear, SelectedGroup
from sajja.programme.terms import plain
from sajja.reports import actions, measures, queries
from sajja.reports.models import DistrictReport, ProvinceReport
from sajja.web import clock
from tests.cast import Cast, unit
from tests.factories import (
    a_forum,
    a_group,
    a_held_forum,
    a_picture,
    a_report,
    a_selected_group,
    a_year,
    people,
    selected,
    the_letter,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def forum(cast: Cast) -> Forum:
    """Held on 3 June 2564: its report is due on 10 June."""
    return a_held_forum(a_selected_group("กลุ่มบ้านอุ่มเหม้า", cast=cast), cast=cast)


def says(refused: pytest.ExceptionInfo[Refused]) -> str:
    return str(refused.value)


def counted(year: ProgrammeYear, today: date | None = None) -> Counter[str]:
    return Counter(row.key for row in measures.district(year, today or clock.today()))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return clock.moment(date(2021, 6, day), time(hour, minute))


# --- sending -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "state"),
    [(at(9, 12), "on_time"), (at(10, 23, 59), "on_time"), (at(11, 0, 1), "late")],
)
def test_the_first_submission_decides_by_bangkoks_day(cast: Cast, forum: Forum, moment: datetime, state: str) -> None:
    actions.submit_report(by=cast.district_officer, forum=forum, summary="เรียบร้อย", at=moment)
    assert counted(a_year(cast), date(2021, 6, 20)) == Counter({"due": 1, state: 1})


@pytest.mark.parametrize(("today", "count"), [(9, {}), (10, {}), (11, {"due": 1, "missing": 1})])
def test_what_was_not_sent_is_missing_from_the_day_after(cast: Cast, forum: Forum, today: int, count: dict[str, int]) -> None:
    assert counted(a_year(cast), date(2021, 6, today)) == Counter(count)


def test_a_report_says_every_gap_at_once(cast: Cast) -> None:
    forum = a_forum(a_selected_group(cast=cast), cast=cast)
    with pytest.raises(Refused) as refused:
        actions.submit_report(by=cast.district_officer, forum=forum, summary="เรียบร้อย")
    assert says(refused).split(" · ")[:3] == [
        "เวทียังไม่ปิด ปิดเวทีก่อนส่งรายงาน",
        "ยังไม่มีรายชื่อผู้เข้าร่วม",
        "ยังไม่ยืนยันผลประเมินธรรมาภิบาล (4.3)",
    ]
    assert not DistrictReport.objects.exists()


def test_fewer_than_two_pictures_want_a_reason_and_may_follow(cast: Cast, forum: Forum) -> None:
    first = forum.photos.order_by("pk")[0]
    forums.remove_photo(by=cast.district_officer, photo=first, reason="เห็นหน้าผู้ไม่ยินยอม")
    with pytest.raises(Refused) as refused:
        actions.submit_report(by=cast.district_officer, forum=forum, summary="เรียบร้อย")
    assert says(refused) == "รูปยังไม่ครบ เพิ่มรูป หรือบอกเหตุผลแล้วส่งได้ รูปตามมาทีหลังได้จนกว่าจังหวัดตรวจรับ"
    report = actions.submit_report(by=cast.district_officer, forum=forum, summary="เรียบร้อย", few_pictures_reason="กล้องเสีย")
    assert (report.state, report.few_pictures_reason) == ("submitted", "กล้องเสีย")


def test_a_report_is_made_from_what_is_there(cast: Cast, forum: Forum) -> None:
    report = a_report(forum, cast=cast)
    said = report.moves.get().content
    assert (said["วันจัดเวที"], said["ผู้เข้าร่วม"], said["หญิง"]) == ("3 มิ.ย. 2564", 15, 8)
    assert (said["ธรรมาภิบาลผ่าน"], said["SSG ผ่าน"], said["ข้อที่ไม่ผ่าน"]) == ("20/21", "22/23", 2)
    assert (said["กิจกรรมในแผน"], said["ลงนามแผนครบ"], said["รูป"], said["ขั้นตอนที่ทำแล้ว"]) == (2, "ครบ", 2, "6/6")


# --- returned, sent again, accepted --------------------------------------------------------


def test_a_return_keeps_the_first_time_and_the_next_shows_what_changed(cast: Cast, forum: Forum) -> None:
    report = actions.submit_report(by=cast.district_officer, forum=forum, summary="จัดเวทีแล้ว", at=at(10, 16))
    with pytest.raises(Refused) as refused:
        actions.return_report(by=cast.province_officer, report=report, reason=" ")
    assert says(refused).startswith("บอกว่าต้องแก้อะไร")
    actions.return_report(by=cast.province_officer, report=report, reason="เขียนสรุปให้ครบ", at=at(11, 9))
    actions.submit_report(by=cast.district_officer, forum=forum, summary="จัดเวทีแล้ว กลุ่มตกลงทำแผน", at=at(14, 9))
    report.refresh_from_db()
    assert (report.state, report.first_submitted_at) == ("submitted", at(10, 16))
    assert counted(a_year(cast), date(2021, 6, 20)) == Counter({"due": 1, "on_time": 1})
    assert [move.move for move in queries.with_moves(report)] == ["submit", "return", "submit"]


def test_a_returned_report_stays_with_the_district_until_it_is_sent_again(cast: Cast, forum: Forum) -> None:
    report = a_report(forum, cast=cast)
    actions.return_report(by=cast.province_officer, report=report, reason="เพิ่มรูป")
    [one] = queries.owed(a_year(cast), "4805")
    assert (one.state, one.waits_for_district) == ("returned", True)


def test_nobody_accepts_what_he_sent(cast: Cast, forum: Forum) -> None:
    report = actions.submit_report(by=cast.province_officer, forum=forum, summary="ส่งแทน")
    with pytest.raises(Refused) as refused:
        actions.accept_report(by=cast.province_officer, report=report)
    assert says(refused) == "ท่านเป็นผู้ส่งรายงานนี้เอง จึงตรวจเองไม่ได้ ให้ผู้อื่นตรวจ"
    assert actions.accept_report(by=cast.province_head, report=report).state == "accepted"


def test_an_accepted_report_is_neither_sent_nor_accepted_again(cast: Cast, forum: Forum) -> None:
    report = a_report(forum, cast=cast, accepted=True)
    acts: list[Callable[[], object]] = [
        lambda: actions.accept_report(by=cast.province_head, report=report),
        lambda: actions.submit_report(by=cast.district_officer, forum=forum, summary="อีกครั้ง"),
    ]
    for again in acts:
        with pytest.raises(Refused):
            again()
    assert report.moves.count() == 2


def test_an_accepted_report_seals_the_forum_until_the_province_returns_it(cast: Cast, forum: Forum) -> None:
    report, photo = a_report(forum, cast=cast, accepted=True), forum.photos.first()
    assert photo is not None
    officer = cast.district_officer
    acts: list[Callable[[], object]] = [
        lambda: forums.add_photo(by=officer, forum=forum, kept=a_picture(99), caption="ตามมา"),
        lambda: forums.describe_photo(by=officer, photo=photo, step="", caption="อื่น"),
        lambda: forums.remove_photo(by=officer, photo=photo, reason="ซ้ำ"),
        lambda: forums.record_attendance(by=officer, forum=forum, attendees=people(15)),
        lambda: forums.reopen_forum(by=officer, forum=forum, reason="วันผิด"),
    ]
    for change in acts:
        with pytest.raises(Refused) as refused:
            change()
        assert says(refused) == ("จังหวัดตรวจรับรายงานของเวทีนี้แล้ว รูป รายชื่อ และวันเวทีจึงแก้ไม่ได้ หากต้องแก้ ให้ขอจังหวัดส่งรายงานกลับก่อน")
    actions.return_report(by=cast.province_officer, report=report, reason="รูปผิดเวที")
    for change in acts:
        change()


def test_a_submitted_report_does_not_seal_the_forum(cast: Cast, forum: Forum) -> None:
    a_report(forum, cast=cast)
    forums.add_photo(by=cast.district_officer, forum=forum, kept=a_picture(99), caption="ตามมา")
    assert queries.seal_of(forum) == ""


def test_a_report_whose_province_has_entered_bpm_is_not_returned(cast: Cast, forum: Forum) -> None:
    report = a_report(forum, cast=cast, accepted=True)
    entered = actions.ready_province_report(by=cast.province_officer, year=a_year(cast), province=unit("48"), summary="ครบ")
    actions.record_bpm(by=cast.province_officer, report=entered, bpm_at=at(10, 9), person="วิไล", reference="BPM-1", at=at(10, 10))
    with pytest.raises(Refused) as refused:
        actions.return_report(by=cast.province_head, report=report, reason="แก้")
    assert says(refused) == "รายงานจังหวัดลงระบบ BPM แล้ว ส่งกลับไม่ได้ หากต้องแก้ ให้ถอนบันทึกการลง BPM พร้อมเหตุผลก่อน"


def test_a_submitted_report_is_not_sent_twice(cast: Cast, forum: Forum) -> None:
    a_report(forum, cast=cast)
    with pytest.raises(Refused):
        a_report(forum, cast=cast)
    assert DistrictReport.objects.count() == 1


def test_each_move_leaves_one_audit_row(cast: Cast, forum: Forum) -> None:
    judge = cast.province_officer
    report = a_report(forum, cast=cast)
    actions.return_report(by=judge, report=report, reason="เพิ่มรูป")
    made = AuditRow.objects.filter(act__startswith="reports.").order_by("pk")
    assert [row.act for row in made] == ["reports.submit_report", "reports.return_report"]


# --- what counts ---------------------------------------------------------------------------


def test_a_replaced_groups_forum_owes_nothing_and_counts_no_more(cast: Cast, forum: Forum) -> None:
    programme.replace_group(by=cast.province_head, selected=forum.selected, new_group=a_group("กลุ่มใหม่"), reason="ขอถอนตัว")
    assert counted(a_year(cast), date(2021, 6, 20)) == Counter()
    with pytest.raises(Refused) as refused:
        actions.submit_report(by=cast.district_officer, forum=Forum.objects.get(), summary="เรียบร้อย")
    assert says(refused) == "กลุ่มนี้ถูกเปลี่ยนออกจากรายชื่อแล้ว ไม่ต้องส่งรายงาน"


@pytest.mark.parametrize(("sent", "count"), [(False, {}), (True, {"due": 1, "on_time": 1})])
def test_a_closed_group_is_not_asked_for_a_report_but_what_it_sent_counts(
    cast: Cast, forum: Forum, sent: bool, count: dict[str, int]
) -> None:
    if sent:
        a_report(forum, cast=cast)
    group = forum.selected.group
    group.closed_on = date(2021, 6, 5)
    group.save(update_fields=["closed_on"])
    assert counted(a_year(cast), date(2021, 6, 20)) == Counter(count)


def test_on_time_late_and_missing_add_up_to_due(cast: Cast) -> None:
    chosen = selected(*(a_group(f"กลุ่มที่ {n}") for n in range(4)), cast=cast)
    held = [a_held_forum(one, cast=cast) for one in chosen]
    actions.submit_report(by=cast.district_officer, forum=held[0], summary="ทัน", at=at(10, 9))
    actions.submit_report(by=cast.district_officer, forum=held[1], summary="ช้า", at=at(12, 9))
    rows = measures.district(a_year(cast), date(2021, 6, 20))
    assert Counter(row.key for row in rows) == Counter({"due": 4, "on_time": 1, "late": 1, "missing": 2})
    assert {row.thing for row in rows if row.key == "due"} == {one.pk for one in chosen}


def test_per_district_one_report_is_owed_for_all_its_forums(cast: Cast) -> None:
    letter = the_letter()
    year = a_year(cast)
    chosen = selected(a_group("กลุ่มหนึ่ง"), a_group("กลุ่มสอง"), cast=cast)
    letter = {**letter, "district_report": {**letter.get("district_report", {}), "per": "district", "from": "last_forum"}}  # type: ignore[dict-item]
    revise(cast, year, letter)
    first = a_held_forum(chosen[0], cast=cast, day=date(2021, 5, 20))
    a_held_forum(chosen[1], cast=cast, day=date(2021, 6, 3))
    [one] = queries.owed(year)
    assert (one.path, len(one.forums), one.due) == ("4805", 2, date(2021, 6, 10))
    report = actions.submit_report(by=cast.district_officer, forum=first, summary="ทั้งอำเภอ")
    assert (report.unit, report.forum) == (unit("4805"), None)
    assert report.moves.get().content["กลุ่มสอง: ผู้เข้าร่วม"] == 15
    assert actions.accept_report(by=cast.province_officer, report=report).state == "accepted"


def revise(cast: Cast, year: ProgrammeYear, letter: dict[str, object]) -> None:
    programme.revise_year(by=cast.department, year=year, terms_mapping=plain(letter))


# --- the province --------------------------------------------------------------------------


def province() -> Unit:
    return unit("48")


def ready(cast: Cast, forum: Forum) -> ProvinceReport:
    a_report(forum, cast=cast, accepted=True)
    return actions.ready_province_report(by=cast.province_officer, year=a_year(cast), province=province(), summary="เรียบร้อย")


def of_province(cast: Cast, today: date) -> Counter[str]:
    rows = measures.province(a_year(cast), today)
    return Counter(row.key for row in rows if row.path == "48")


def test_a_province_reports_from_accepted_reports_only(cast: Cast, forum: Forum) -> None:
    a_report(forum, cast=cast)
    with pytest.raises(Refused) as refused:
        actions.ready_province_report(by=cast.province_officer, year=a_year(cast), province=province(), summary="เรียบร้อย")
    assert says(refused) == "ยังไม่มีรายงานอำเภอที่ตรวจรับ ตรวจรับอย่างน้อย 1 ฉบับก่อน"


def test_a_provinces_figures_are_those_of_the_accepted_reports(cast: Cast, forum: Forum) -> None:
    said = ready(cast, forum).content
    assert (said["รายงานที่ตรวจรับ"], said["ผู้เข้าร่วม"], said["หญิง"], said["แผนที่ลงนามครบ"], said["รูป"]) == (1, 15, 8, 1, 2)


@pytest.mark.parametrize(
    ("bpm_at", "state"),
    [(at(14, 12), "on_time"), (at(15, 23, 59), "on_time"), (at(16, 0, 1), "late")],
)
def test_the_day_of_the_entry_in_bpm_decides(cast: Cast, forum: Forum, bpm_at: datetime, state: str) -> None:
    report = ready(cast, forum)
    assert of_province(cast, date(2021, 6, 15)) == Counter()
    assert of_province(cast, date(2021, 6, 16)) == Counter({"due": 1, "missing": 1})
    actions.record_bpm(
        by=cast.province_officer, report=report, bpm_at=bpm_at, person="นายประสาน", reference="BPM-1", at=at(17, 9)
    )
    assert of_province(cast, date(2021, 6, 20)) == Counter({"due": 1, state: 1})


def test_an_entry_in_bpm_is_not_in_the_future_and_names_its_reference(cast: Cast, forum: Forum) -> None:
    report = ready(cast, forum)
    with pytest.raises(Refused) as refused:
        actions.record_bpm(by=cast.province_officer, report=report, bpm_at=at(10, 9, 1), person="นายประสาน", reference="BPM-1")
    assert says(refused) == "เวลาที่ลงในระบบ BPM ต้องไม่หลังเวลานี้"
    with pytest.raises(Refused) as refused:
        actions.record_bpm(by=cast.province_officer, report=report, bpm_at=at(10, 8), person="นายประสาน", reference="  ")
    assert says(refused) == "ใส่ผู้ลงระบบและเลขที่อ้างอิงให้ครบ"


def test_a_wrong_entry_goes_back_to_ready_with_its_reason_and_is_kept(cast: Cast, forum: Forum) -> None:
    report = ready(cast, forum)
    actions.record_bpm(by=cast.province_officer, report=report, bpm_at=at(10, 8), person="นายประสาน", reference="BPM-1")
    back = actions.take_back_bpm(by=cast.province_officer, report=report, reason="พิมพ์เลขผิด")
    assert (back.state, back.bpm_at, back.bpm_reference) == ("ready", None, "")
    last = queries.province_moves(back)[0]
    assert (last.move, last.reason, last.content["reference"]) == ("take_back", "พิมพ์เลขผิด", "BPM-1")


def test_every_province_of_the_programme_owes_one_report(cast: Cast) -> None:
    rows = measures.province(a_year(cast), date(2021, 6, 16))
    assert Counter(row.key for row in rows) == Counter({"due": 76, "missing": 76})


def test_a_selected_group_without_a_held_forum_owes_nothing(cast: Cast) -> None:
    chosen: SelectedGroup = a_selected_group(cast=cast)
    a_forum(chosen, cast=cast)
    assert queries.owed(a_year(cast)) == []
