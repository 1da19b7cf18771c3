"""Follow-up as acts: a zone is assigned, a visit planned and made, a finding answered and judged; each leaves its rows."""

from datetime import date

import pytest

from sajja.audit.models import AuditRow
from sajja.followup import actions, queries
from sajja.followup.actions import Chosen
from sajja.followup.models import Finding, Visit, VisitPlace
from sajja.lib.refusals import Refused
from sajja.org.models import Kind, Unit, ZoneProvince
from sajja.programme.models import SelectedGroup
from sajja.web import clock
from tests.cast import Cast, someone, unit
from tests.factories import a_group, a_picture, a_selected_group, a_village, selected
from tests.followup.visits import DUE, VISIT_DAY, a_finding, a_visit

pytestmark = pytest.mark.django_db
WENT = "นายติดตาม (ตัวอย่าง) และคณะ"


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def place(cast: Cast) -> SelectedGroup:
    return a_selected_group(cast=cast)


@pytest.fixture
def made(place: SelectedGroup, cast: Cast) -> Visit:
    return a_visit(place, cast=cast, made=True)


@pytest.fixture
def finding(made: Visit, place: SelectedGroup, cast: Cast) -> Finding:
    return a_finding(made, place.group.unit, cast=cast)


def refused(do: object, **given: object) -> str:
    with pytest.raises(Refused) as said:
        do(**given)  # type: ignore[operator]
    return str(said.value)


def acts() -> list[str]:
    return list(AuditRow.objects.filter(act__startswith="followup.").order_by("pk").values_list("act", flat=True))


# --- zones ---------------------------------------------------------------------------------


def test_the_department_gives_a_zone_to_someone_from_a_day_on(cast: Cast) -> None:
    post = actions.assign_zone(by=cast.admin, person=cast.department, zone=unit("z11"), starts=date(2021, 6, 1))
    assert (post.role, post.unit.path, post.starts, post.ends) == ("followup_officer", "z11", date(2021, 6, 1), None)
    assert queries.officers_by_zone(date(2021, 5, 31)) == {}
    assert queries.officers_by_zone(date(2021, 6, 1)) == {unit("z11").pk: [cast.department.full_name]}


def test_nobody_assigns_himself_and_nobody_holds_one_zone_twice_at_a_time(cast: Cast) -> None:
    zone, starts = unit("z11"), date(2021, 6, 1)
    assert "แต่งตั้งตนเองไม่ได้" in refused(actions.assign_zone, by=cast.department, person=cast.department, zone=zone, starts=starts)
    post = actions.assign_zone(by=cast.admin, person=cast.department, zone=zone, starts=starts)
    assert "ดูแลเขตนี้อยู่แล้ว" in refused(
        actions.assign_zone, by=cast.admin, person=cast.department, zone=zone, starts=date(2021, 9, 1)
    )
    actions.end_zone_post(by=cast.admin, post=post, ends=date(2021, 8, 31))
    again = actions.assign_zone(by=cast.admin, person=cast.department, zone=zone, starts=date(2021, 9, 1))
    assert again.starts == date(2021, 9, 1)


def test_a_zone_post_ends_on_its_day_and_another_post_is_not_ended_here(cast: Cast) -> None:
    post = cast.followup.posts.get()
    actions.end_zone_post(by=cast.department, post=post, ends=date(2021, 6, 30))
    zone = unit("z11").pk
    assert [queries.officers_by_zone(day).get(zone) for day in (date(2021, 6, 30), date(2021, 7, 1))] == [
        [cast.followup.full_name],
        None,
    ]
    assert "ไม่ใช่ผู้ติดตาม" in refused(
        actions.end_zone_post, by=cast.department, post=cast.province_head.posts.get(), ends=date(2021, 6, 30)
    )


# --- visits --------------------------------------------------------------------------------


def test_a_planned_visit_keeps_its_zone_and_why_each_group_was_chosen(place: SelectedGroup, cast: Cast) -> None:
    reasons = ["รายงานของอำเภอยังไม่ส่ง เลยกำหนด 3 วัน"]
    visit = actions.plan_visit(
        by=cast.followup, year=place.year, province=unit("48"), day=VISIT_DAY, went=WENT, drawn_by="2564-z11",
        places=[Chosen(place.group.unit, "risk", reasons)],
    )  # fmt: skip
    assert (visit.state, visit.zone.path, visit.province.path, visit.drawn_by) == ("planned", "z11", "48", "")
    assert list(visit.places.values_list("unit", "how", "reasons", "visited")) == [(place.group.unit_id, "risk", reasons, None)]
    assert [(move.move, move.day) for move in queries.moves_of(visit)] == [("plan", VISIT_DAY)]
    assert acts() == ["followup.plan_visit"]


def test_the_word_of_the_draw_is_kept_where_a_group_was_drawn(place: SelectedGroup, cast: Cast) -> None:
    visit = actions.plan_visit(
        by=cast.followup, year=place.year, province=unit("48"), day=VISIT_DAY, went=WENT, drawn_by="2564-z11",
        places=[Chosen(place.group.unit, "chance")],
    )  # fmt: skip
    assert visit.drawn_by == "2564-z11"


def test_a_visit_goes_to_groups_on_places_of_its_own_province(place: SelectedGroup, cast: Cast) -> None:
    plan = {"by": cast.followup, "year": place.year, "day": VISIT_DAY, "went": WENT}
    other = a_group("กลุ่มนอกรายชื่อ (ตัวอย่าง)")
    assert "อย่างน้อย 1 กลุ่ม" in refused(actions.plan_visit, **plan, province=unit("48"), places=[])
    assert "เฉพาะกลุ่มเป้าหมาย" in refused(actions.plan_visit, **plan, province=unit("48"), places=[Chosen(other.unit)])
    assert "เฉพาะกลุ่มเป้าหมาย" in refused(actions.plan_visit, **plan, province=unit("47"), places=[Chosen(place.group.unit)])
    assert "ไม่อยู่ในเขตตรวจราชการ" in refused(actions.plan_visit, **plan, province=unit("10"), places=[Chosen(other.unit)])


def test_a_visit_lies_in_its_fiscal_year(place: SelectedGroup, cast: Cast) -> None:
    plan = {"by": cast.followup, "year": place.year, "province": unit("48"), "went": WENT, "places": [Chosen(place.group.unit)]}
    assert "ปีงบประมาณ 2564" in refused(actions.plan_visit, **plan, day=date(2021, 10, 1))
    assert actions.plan_visit(**plan, day=date(2021, 9, 30)).state == "planned"  # type: ignore[arg-type]


def test_a_visit_is_moved_or_cancelled_with_a_reason(place: SelectedGroup, cast: Cast) -> None:
    visit = a_visit(place, cast=cast)
    assert refused(actions.move_visit, by=cast.followup, visit=visit, day=date(2021, 6, 15), reason=" ") == "บอกเหตุผลที่เลื่อน"
    moved = actions.move_visit(by=cast.followup, visit=visit, day=date(2021, 6, 15), reason="ฝนตกหนัก ทางขาด")
    assert (moved.state, moved.day) == ("planned", date(2021, 6, 15))
    cancelled = actions.cancel_visit(by=cast.followup, visit=visit, reason="งดเดินทาง")
    assert cancelled.state == "cancelled"
    assert [(move.move, move.day.day, move.reason) for move in queries.moves_of(visit)] == [
        ("cancel", 15, "งดเดินทาง"),
        ("move", 15, "ฝนตกหนัก ทางขาด"),
        ("plan", 8, ""),
    ]
    with pytest.raises(Refused):
        actions.move_visit(by=cast.followup, visit=visit, day=VISIT_DAY, reason="อีกครั้ง")


def test_a_visit_that_was_made_says_who_went_where_they_were_and_what_they_saw(cast: Cast) -> None:
    first, second = selected(a_group(), a_group("กลุ่มสอง (ตัวอย่าง)", village=a_village(3)), cast=cast)
    visit = a_visit(first, second, cast=cast)
    record = {"by": cast.followup, "visit": visit, "went": WENT, "summary": "พบกรรมการ 5 คน"}
    assert "ต้องไม่หลังวันนี้" in refused(actions.record_visit, **record, day=date(2021, 6, 11), visited={first.group.unit_id})
    assert "อย่างน้อย 1 กลุ่ม" in refused(actions.record_visit, **record, day=VISIT_DAY, visited=set())
    made = actions.record_visit(**record, day=VISIT_DAY, visited={first.group.unit_id})  # type: ignore[arg-type]
    assert (made.state, made.went, made.summary) == ("made", WENT, "พบกรรมการ 5 คน")
    assert dict(VisitPlace.objects.filter(visit=visit).values_list("unit", "visited")) == {
        first.group.unit_id: True,
        second.group.unit_id: False,
    }


def test_what_was_recorded_is_corrected_with_a_reason_and_both_stay_readable(
    made: Visit, place: SelectedGroup, cast: Cast
) -> None:
    again = {"by": cast.followup, "visit": made, "day": date(2021, 6, 9), "went": WENT, "visited": {place.group.unit_id}}
    assert refused(actions.record_visit, **again, summary="พบกรรมการ 4 คน") == "บอกเหตุผลที่แก้ไข"
    actions.record_visit(**again, summary="พบกรรมการ 4 คน", reason="ลงวันผิด")  # type: ignore[arg-type]
    made.refresh_from_db()
    assert (made.day, made.summary) == (date(2021, 6, 9), "พบกรรมการ 4 คน")
    assert [(move.move, move.day.day) for move in queries.moves_of(made)] == [("correct", 9), ("make", 8), ("plan", 8)]


def test_a_picture_is_added_once_and_removed_with_a_reason(made: Visit, cast: Cast) -> None:
    [photo] = actions.add_visit_photos(by=cast.followup, visit=made, kept=[a_picture(3)], caption="ที่ทำการกลุ่ม")
    assert "เพิ่มไว้แล้ว" in refused(actions.add_visit_photos, by=cast.followup, visit=made, kept=[a_picture(3)])
    actions.remove_visit_photo(by=cast.followup, photo=photo, reason="ภาพไม่ชัด")
    assert queries.photos_of(made) == []
    assert acts()[-2:] == ["followup.add_visit_photos", "followup.remove_visit_photo"]


# --- findings ------------------------------------------------------------------------------


def test_a_finding_needs_a_visit_that_was_made_and_words_that_help(place: SelectedGroup, cast: Cast) -> None:
    visit = a_visit(place, cast=cast)
    given = {
        "by": cast.followup, "about": place.group.unit, "kind": "books", "severity": "fix", "words": "ไม่ปิดประกาศงบ",
        "advice": "ปิดประกาศทุกเดือน", "due": DUE,
    }  # fmt: skip
    assert "บันทึกผลการติดตามก่อน" in refused(actions.record_finding, visit=visit, **given)
    made = a_visit(place, cast=cast, made=True)
    assert "ของจังหวัดนี้" in refused(actions.record_finding, visit=made, **given | {"about": unit("4701")})
    assert "เขียนว่าพบอะไร" in refused(actions.record_finding, visit=made, **given | {"words": " "})
    assert "คำแนะนำ" in refused(actions.record_finding, visit=made, **given | {"advice": ""})
    assert "ต้องไม่ก่อนวันนี้" in refused(actions.record_finding, visit=made, **given | {"due": date(2021, 6, 9)})


def test_a_finding_about_a_group_is_answered_by_its_district(finding: Finding, made: Visit, cast: Cast) -> None:
    assert (finding.owner.path, finding.state) == ("4805", "open")
    about_office = a_finding(made, unit("4805"), cast=cast)
    assert about_office.owner == about_office.about


def test_the_district_answers_with_evidence_and_the_inspector_accepts(finding: Finding, cast: Cast) -> None:
    answer = actions.answer_finding(
        by=cast.district_officer, finding=finding, words="ปิดประกาศแล้ว", pictures=[a_picture(1), a_picture(1), a_picture(2)]
    )
    assert (answer.state, answer.evidence.count()) == ("answered", 2)
    actions.accept_answer(by=cast.followup, finding=finding, words="ครบถ้วน")
    finding.refresh_from_db()
    assert finding.state == "closed"
    assert [(move.move, move.state, move.words) for move in queries.moves_of_finding(finding)] == [
        ("record", "open", ""),
        ("answer", "answered", "ปิดประกาศแล้ว"),
        ("accept", "closed", "ครบถ้วน"),
    ]
    assert acts()[-3:] == ["followup.record_finding", "followup.answer_finding", "followup.accept_answer"]


def test_an_answer_is_sent_back_with_a_reason_and_a_new_day(finding: Finding, cast: Cast) -> None:
    actions.answer_finding(by=cast.district_officer, finding=finding, words="ทำแล้ว")
    back = {"by": cast.followup, "finding": finding}
    assert refused(actions.send_back, **back, reason=" ", due=DUE) == "บอกว่ายังขาดอะไร"
    assert refused(actions.send_back, **back, reason="ขอรูป", due=date(2021, 6, 9)) == "กำหนดตอบต้องไม่ก่อนวันนี้"
    actions.send_back(**back, reason="ขอรูปป้ายประกาศ", due=date(2021, 7, 1))  # type: ignore[arg-type]
    finding.refresh_from_db()
    assert (finding.state, finding.due) == ("sent_back", date(2021, 7, 1))
    assert [move.due for move in queries.moves_of_finding(finding)] == [DUE, DUE, date(2021, 7, 1)]


def test_what_was_accepted_too_early_goes_back(finding: Finding, cast: Cast) -> None:
    actions.answer_finding(by=cast.district_officer, finding=finding, words="ทำแล้ว")
    actions.accept_answer(by=cast.followup, finding=finding)
    actions.send_back(by=cast.followup, finding=finding, reason="ป้ายถูกถอดแล้ว", due=DUE)
    finding.refresh_from_db()
    assert finding.state == "sent_back"


def test_nobody_accepts_or_returns_his_own_answer(finding: Finding, cast: Cast) -> None:
    both = cast.district_officer
    someone("followup_officer", unit("z11"), both.username)
    actions.answer_finding(by=both, finding=finding, words="ทำแล้ว")
    assert "ตรวจเองไม่ได้" in refused(actions.accept_answer, by=both, finding=finding)
    assert "ตรวจเองไม่ได้" in refused(actions.send_back, by=both, finding=finding, reason="ขาดรูป", due=DUE)


def test_two_answers_are_not_given_to_one_finding_and_a_withdrawn_one_takes_none(finding: Finding, cast: Cast) -> None:
    actions.answer_finding(by=cast.district_officer, finding=finding, words="ทำแล้ว")
    with pytest.raises(Refused):
        actions.answer_finding(by=cast.district_head, finding=finding, words="ทำแล้วเช่นกัน")
    actions.send_back(by=cast.followup, finding=finding, reason="ขอรูป", due=DUE)
    actions.withdraw_finding(by=cast.followup, finding=finding, reason="บันทึกผิดกลุ่ม")
    with pytest.raises(Refused):
        actions.answer_finding(by=cast.district_officer, finding=finding, words="ทำแล้ว")


# --- which zone ----------------------------------------------------------------------------


def test_the_zone_of_a_visit_is_that_of_its_province_on_its_day(place: SelectedGroup, cast: Cast) -> None:
    province, new = unit("48"), unit("z12")
    ZoneProvince.objects.filter(province=province).update(ends=date(2021, 6, 14))
    ZoneProvince.objects.create(zone=new, province=province, starts=date(2021, 6, 15))
    assert [queries.zone_on(province, day) for day in (date(2021, 6, 14), date(2021, 6, 15))] == [unit("z11"), new]
    visit = a_visit(place, cast=cast)
    assert visit.zone.path == "z11"
    moved = actions.move_visit(by=cast.department, visit=visit, day=date(2021, 6, 15), reason="เลื่อน")
    assert moved.zone == new


def test_zones_visited_are_counted_once_however_many_visits_there_were(made: Visit, place: SelectedGroup, cast: Cast) -> None:
    a_visit(place, cast=cast, day=date(2021, 6, 9), made=True)
    a_visit(place, cast=cast, day=date(2021, 6, 20))
    rows = queries.zone_rows(made.year, clock.today())
    assert (len(rows), [row.unit.path for row in rows if row.visited]) == (18, ["z11"])
    assert rows[10].counts.visits == {"made": 2, "planned": 1}
    assert queries.visited_in(made.year, date(2021, 4, 1), date(2021, 6, 30)) == 1
    assert queries.visited_in(made.year, date(2021, 7, 1), date(2021, 9, 30)) == 0
    assert Unit.objects.filter(kind=Kind.ZONE).count() == 18
