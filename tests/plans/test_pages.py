"""The pages of the plans: each does what its button says, for the person whose post it is."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sajja.groups.actions import close_group
from sajja.org.models import Person
from sajja.plans import actions, duties, panels, queries
from sajja.plans.actions import Wanted
from sajja.plans.models import Plan
from sajja.programme.models import SelectedGroup
from sajja.web import clock, pictures
from tests.cast import Cast, someone, unit
from tests.factories import FORUM_DAY, a_group, a_picture, a_plan, a_selected_group, assessed
from tests.factories import selected as chosen_groups

pytestmark = pytest.mark.django_db
FAILING = ("governance:2.2", "ssg:2.3")


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def selected(cast: Cast) -> SelectedGroup:
    chosen = a_selected_group("กลุ่มบ้านอุ่มเหม้า", cast=cast)
    assessed(chosen, failing=FAILING, cast=cast)
    return chosen


@pytest.fixture
def plan(cast: Cast, selected: SelectedGroup) -> Plan:
    return a_plan(selected, cast=cast, signed=False)


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def url(name: str, **parts: Any) -> str:
    return reverse(f"plans:{name}", kwargs=parts)


def page_of(plan: Plan) -> str:
    return url("plan", selected=plan.selected_id)


def post(person: Person, address: str, **fields: Any) -> HttpResponse:
    return browser(person).post(address, {"once": str(uuid4()), **fields})  # type: ignore[return-value]


def words(response: HttpResponse) -> str:
    return response.content.decode()


def read(person: Person, address: str) -> str:
    return words(browser(person).get(address))  # type: ignore[arg-type]


# --- drafting and lines --------------------------------------------------------------------


def test_the_page_says_what_the_plan_will_be_made_from_and_drafts_it(cast: Cast, selected: SelectedGroup) -> None:
    begin = read(cast.district_officer, url("plan", selected=selected.pk))
    assert "มีข้อที่ไม่ผ่าน 2 ข้อ" in begin
    assert post(cast.district_officer, url("draft", selected=selected.pk))["Location"] == url("plan", selected=selected.pk)
    assert "จากข้อที่ไม่ผ่าน 2 ข้อ" in read(cast.district_officer, url("plan", selected=selected.pk))


def test_the_page_has_both_names_of_the_plan_and_so_has_the_paper(cast: Cast, plan: Plan) -> None:
    assert "แผนการบริหารจัดการกลุ่มตามมาตรฐาน SSG" in read(cast.district_officer, page_of(plan))
    paper = read(cast.district_officer, url("paper", plan=plan.pk))
    assert "แผนการพัฒนากลุ่มออมทรัพย์เพื่อการผลิต" in paper
    assert "(แผนการบริหารจัดการกลุ่มตามมาตรฐาน SMART Saving Group)" in paper
    assert paper.count('<p class="line">') == 2


def test_a_line_is_filled_in_and_the_next_one_opens(cast: Cast, plan: Plan) -> None:
    first, second = queries.lines_of(plan)
    fields = {
        "activity": "ประชุมใหญ่แก้ระเบียบ", "owner": "นางสาวสุดใจ", "starts": "1 มิ.ย. 2564", "ends": "๓๐/๐๖/๒๕๖๔",
        "money_satang": "1,200.50", "money_source": "เงินของกลุ่ม", "success": "มีระเบียบใหม่", "then": "next",
    }  # fmt: skip
    assert post(cast.secretary(plan.selected.group), url("change", line=first.pk), **fields)["Location"] == url(
        "change", line=second.pk
    )
    first.refresh_from_db()
    assert (first.money_satang, first.starts.isoformat(), first.ends.isoformat()) == (120050, "2021-06-01", "2021-06-30")  # type: ignore[union-attr]


def test_a_draft_leads_to_the_first_line_that_is_not_whole_and_opens_no_other(cast: Cast, plan: Plan) -> None:
    first, second = queries.lines_of(plan)
    whole = Wanted("ประชุมใหญ่", "ประธาน", FORUM_DAY, FORUM_DAY, 120050, "เงินของกลุ่ม", "มีมติ")
    actions.change_line(by=cast.district_officer, line=first, wanted=whole)
    actions.change_line(by=cast.district_officer, line=second, wanted=Wanted("อบรม", money_satang=50000, money_source="กลุ่ม"))
    shown = read(cast.district_officer, page_of(plan))
    assert "ขั้นต่อไป: เติมกิจกรรมที่ 2 ให้ครบ" in shown
    assert "ยังเติมไม่ครบ 1 จาก 2 กิจกรรม" in shown
    assert shown.count("<details open") == 1
    assert f'id="line-{second.pk}"><details open' in shown
    for money in ("1,200.50", "500.00", "1,700.50"):
        assert f'<span class="money">{money}</span>' in shown


def test_a_signed_plan_leads_to_the_undone_line_that_ends_first(cast: Cast, plan: Plan) -> None:
    lines = queries.lines_of(plan)
    for line, day in zip(lines, (date(2021, 8, 31), date(2021, 6, 30)), strict=True):
        actions.change_line(by=cast.district_officer, line=line, wanted=Wanted("ทำ", "ประธาน", FORUM_DAY, day, success="มี"))
    actions.sign_as_chair(by=cast.district_officer, plan=plan, name="นายบุญมี", day=FORUM_DAY, on_paper=True)
    actions.sign_as_head(by=cast.district_head, plan=plan, day=FORUM_DAY)
    assert "ขั้นต่อไป: กิจกรรมที่ 2" in read(cast.district_officer, page_of(plan))
    actions.mark_done(by=cast.district_officer, line=lines[1], day=FORUM_DAY, note="ทำแล้ว")
    assert "ขั้นต่อไป: กิจกรรมที่ 1" in read(cast.district_officer, page_of(plan))
    assert "ขั้นต่อไป" not in read(cast.province_officer, page_of(plan))


def test_a_closed_groups_page_offers_no_plan_and_no_signature(cast: Cast, selected: SelectedGroup) -> None:
    close_group(by=cast.district_officer, group=selected.group, closed_on=date(2021, 6, 1), reason="เลิก")
    shown = read(cast.district_officer, url("plan", selected=selected.pk))
    assert "กลุ่มนี้เลิกไปแล้วเมื่อ 1 มิ.ย. 2564 จึงทำแผนไม่ได้" in shown
    assert url("draft", selected=selected.pk) not in shown
    assert duties.duties(cast.district_officer, clock.today()) == []


def test_money_wants_its_source_and_the_end_comes_after_the_beginning(cast: Cast, plan: Plan) -> None:
    line = queries.lines_of(plan)[0]
    fields = {"activity": "ประชุม", "starts": "2/6/2564", "ends": "1/6/2564", "money_satang": "500"}
    shown = words(post(cast.district_officer, url("change", line=line.pk), **fields))
    assert "วันสิ้นสุดต้องไม่ก่อนวันเริ่ม" in shown
    assert "บอกว่าเงินมาจากไหน เช่น เงินของกลุ่ม" in shown


def test_lines_are_added_moved_merged_split_and_removed_by_their_buttons(cast: Cast, plan: Plan) -> None:
    officer = cast.district_officer
    post(officer, url("add", plan=plan.pk), activity="ตลาดนัด")
    own = queries.lines_of(plan)[2]
    post(officer, url("move", line=own.pk), to="up")
    assert queries.lines_of(plan)[1].activity == "ตลาดนัด"
    post(officer, url("merge", line=own.pk), into=queries.lines_of(plan)[0].pk)
    assert len(queries.lines_of(plan)) == 2
    post(officer, url("split", line=own.pk))
    post(officer, url("remove", line=own.pk))
    assert [line.indicator is None for line in queries.lines_of(plan)] == [False, False]


def test_a_form_sent_twice_adds_one_line(cast: Cast, plan: Plan) -> None:
    fields = {"once": str(uuid4()), "activity": "ตลาดนัด"}
    client = browser(cast.district_officer)
    answers = [client.post(url("add", plan=plan.pk), fields)["Location"] for _again in range(2)]
    assert answers[0] == answers[1]
    assert len(queries.lines_of(plan)) == 3


# --- signing -------------------------------------------------------------------------------


def test_the_chair_on_paper_and_the_head_in_his_account_make_the_plan_count(cast: Cast, plan: Plan) -> None:
    paper = {"name": "นายบุญมี (ตัวอย่าง)", "day": "28 พ.ค. 2564"}
    assert "ทำเครื่องหมายที่" in words(post(cast.district_officer, url("sign_paper", plan=plan.pk), **paper))
    post(cast.district_officer, url("sign_paper", plan=plan.pk), seen="on", **paper)
    post(cast.district_head, url("sign_head", plan=plan.pk), day="31 พ.ค. 2564")
    shown = read(cast.district_officer, page_of(plan))
    assert "นับใน KPI แล้ว ตั้งแต่ 10 มิ.ย. 2564" in shown
    assert "บนกระดาษ บันทึกโดย นางสาววิไล (ตัวอย่าง)" in shown


def test_the_chair_signs_in_his_own_account(cast: Cast, plan: Plan) -> None:
    post(cast.chair(plan.selected.group), url("sign_chair", plan=plan.pk), day="10 มิ.ย. 2564")
    assert queries.signatures_of(plan)["chair"].name == cast.chair(plan.selected.group).full_name


def test_what_is_still_open_is_said_before_signing(cast: Cast, plan: Plan) -> None:
    shown = read(cast.chair(plan.selected.group), url("sign_chair", plan=plan.pk))
    assert "กิจกรรมที่ 1 ยังไม่มีผู้รับผิดชอบ, ช่วงเวลา, สิ่งที่บอกว่าสำเร็จ" in shown


def test_only_the_posts_that_sign_may_sign(cast: Cast, plan: Plan) -> None:
    group = plan.selected.group
    assert browser(cast.secretary(group)).get(url("sign_chair", plan=plan.pk)).status_code == 403
    assert browser(cast.secretary(group)).get(url("sign_paper", plan=plan.pk)).status_code == 403
    assert browser(cast.district_officer).get(url("sign_head", plan=plan.pk)).status_code == 403
    sibling = someone("district_head", unit("4808"))
    assert browser(sibling).get(url("sign_head", plan=plan.pk)).status_code == 404


def test_signatures_are_withdrawn_with_a_reason_and_the_history_keeps_it(cast: Cast, selected: SelectedGroup) -> None:
    plan = a_plan(selected, cast=cast)
    post(cast.district_officer, url("withdraw", plan=plan.pk), reason="ผู้รับผิดชอบย้าย")
    assert "ยังเป็นร่าง แก้ไขได้" in read(cast.district_officer, page_of(plan))
    assert "ผู้รับผิดชอบย้าย" in read(cast.district_officer, url("history", plan=plan.pk))


# --- doing ---------------------------------------------------------------------------------


def test_the_secretary_marks_a_line_as_done_with_a_picture(cast: Cast, selected: SelectedGroup) -> None:
    plan = a_plan(selected, cast=cast)
    line, secretary = queries.lines_of(plan)[0], cast.secretary(selected.group)
    photo = SimpleUploadedFile("a.jpg", pictures.path_of(a_picture().sha256).read_bytes(), "image/jpeg")
    post(secretary, url("done", line=line.pk), day="9 มิ.ย. 2564", note="ประชุมแล้ว มีมติ", picture=photo)
    assert "ดำเนินการแล้ว" in read(secretary, page_of(plan))
    mark = line.done_marks.get()
    assert "ประชุมแล้ว มีมติ" in read(secretary, url("evidence", line=line.pk))
    assert browser(secretary).get(url("picture", photo=mark.pk))["Content-Type"] == "image/jpeg"
    post(secretary, url("undone", line=line.pk), reason="ผิดบรรทัด")
    assert "ผิดบรรทัด" in read(secretary, url("evidence", line=line.pk))


def test_an_auditor_reads_and_changes_nothing(cast: Cast, selected: SelectedGroup) -> None:
    plan = a_plan(selected, cast=cast)
    auditor = cast.auditor(selected.group)
    assert "บันทึกว่าทำแล้ว" not in read(auditor, page_of(plan))
    assert browser(auditor).get(url("done", line=queries.lines_of(plan)[0].pk)).status_code == 403


# --- duties, panels, costs -----------------------------------------------------------------


def test_each_person_has_the_duty_that_is_his(cast: Cast, selected: SelectedGroup) -> None:
    today = clock.today()
    assert [duty.verb for duty in duties.duties(cast.district_officer, today)] == ["เริ่มทำแผน"]
    plan = a_plan(selected, cast=cast, signed=False)
    assert [duty.url for duty in duties.duties(cast.chair(selected.group), today)] == [url("sign_chair", plan=plan.pk)]
    assert duties.duties(cast.district_head, today) == []
    actions.sign_as_chair(by=cast.district_officer, plan=plan, name="นายบุญมี", day=FORUM_DAY, on_paper=True)
    assert [duty.url for duty in duties.duties(cast.district_head, today)] == [url("sign_head", plan=plan.pk)]
    assert duties.duties(someone("district_head", unit("4808")), today) == []


def test_activities_past_their_days_wait_for_the_group(cast: Cast, selected: SelectedGroup) -> None:
    plan = a_plan(selected, cast=cast, signed=False)
    ended = FORUM_DAY
    actions.add_line(by=cast.district_officer, plan=plan, wanted=Wanted("ตลาดนัด", starts=ended, ends=ended))
    actions.sign_as_chair(by=cast.district_officer, plan=plan, name="นายบุญมี", day=FORUM_DAY, on_paper=True)
    actions.sign_as_head(by=cast.district_head, plan=plan, day=FORUM_DAY)
    [duty] = duties.duties(cast.secretary(selected.group), clock.today())
    assert (duty.title, duty.due, duty.url) == ("บันทึกกิจกรรมตามแผนที่ถึงกำหนดแล้ว 1 กิจกรรม", ended, page_of(plan))


def test_a_head_who_drafted_the_plan_is_told_who_signs_instead(cast: Cast, selected: SelectedGroup) -> None:
    actions.draft_plan(by=cast.district_head, selected=selected)
    shown = read(cast.district_head, url("plan", selected=selected.pk))
    assert "ให้ผู้รักษาราชการแทนลงนามในฐานะพัฒนาการอำเภอ" in shown


@pytest.mark.parametrize("many", [1, 3])
def test_duties_cost_the_same_queries_with_one_and_three_groups(cast: Cast, many: int) -> None:
    for one in chosen_groups(*(a_group(f"กลุ่มที่ {n}") for n in range(many)), cast=cast):
        assessed(one, failing=FAILING, cast=cast)
    officer = Person.objects.get(pk=cast.district_officer.pk)
    with CaptureQueriesContext(connection) as captured:
        assert len(duties.duties(officer, clock.today())) == many
    assert len(captured) == 5


def test_the_panel_says_how_far_the_plan_is(cast: Cast, selected: SelectedGroup) -> None:
    a_plan(selected, cast=cast)
    [panel] = panels.panels(cast.district_officer, selected.group)
    assert (panel.context["lines"], panel.context["done"]) == (2, 0)
    assert panels.panels(someone("district_officer", unit("4808")), selected.group) == []


@pytest.mark.parametrize("more", [0, 3])
def test_a_plan_costs_the_same_queries_with_few_and_many_lines(cast: Cast, plan: Plan, more: int) -> None:
    for number in range(more):
        actions.add_line(by=cast.district_officer, plan=plan, wanted=Wanted(f"กิจกรรม {number}"))
    client = browser(cast.district_officer)
    client.get(page_of(plan))
    with CaptureQueriesContext(connection) as captured:
        client.get(page_of(plan))
    assert len(captured) == 18
