"""Plans: from what was not passed to two signatures and things done."""

from datetime import date, datetime, timedelta

import pytest

from sajja.audit.models import AuditRow
from sajja.groups.actions import close_group
from sajja.lib.refusals import Refused
from sajja.plans import actions, measures, queries
from sajja.plans.actions import Wanted
from sajja.plans.models import Plan
from sajja.programme import actions as programme
from sajja.programme.models import SelectedGroup
from sajja.web import clock
from tests.cast import Cast
from tests.factories import FORUM_DAY, a_group, a_plan, a_selected_group, a_year, assessed

pytestmark = pytest.mark.django_db
FAILING = ("governance:2.2", "ssg:2.3", "ssg:3.3")


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def selected(cast: Cast) -> SelectedGroup:
    return a_selected_group("กลุ่มบ้านอุ่มเหม้า", cast=cast)


@pytest.fixture
def plan(cast: Cast, selected: SelectedGroup) -> Plan:
    assessed(selected, failing=FAILING, cast=cast)
    return actions.draft_plan(by=cast.district_officer, selected=selected)


def says(refused: pytest.ExceptionInfo[Refused]) -> str:
    return str(refused.value)


def signed(cast: Cast, plan: Plan) -> Plan:
    actions.sign_as_chair(by=cast.district_officer, plan=plan, name="นายบุญมี", day=FORUM_DAY, on_paper=True)
    actions.sign_as_head(by=cast.district_head, plan=plan, day=FORUM_DAY)
    plan.refresh_from_db()
    return plan


# --- drafting ------------------------------------------------------------------------------


def test_every_indicator_not_passed_becomes_a_line_with_its_recommendation(plan: Plan) -> None:
    lines = queries.lines_of(plan)
    assert [line.indicator.code for line in lines if line.indicator] == ["2.2", "2.3", "3.3"]
    assert [line.activity for line in lines] == [line.indicator.recommendation for line in lines if line.indicator]
    assert [line.position for line in lines] == [1, 2, 3]


def test_a_group_that_passed_everything_signs_a_plan_of_its_own_lines(cast: Cast, selected: SelectedGroup) -> None:
    assessed(selected, cast=cast)
    plan = actions.draft_plan(by=cast.district_officer, selected=selected)
    with pytest.raises(Refused) as refused:
        actions.sign_as_chair(by=cast.district_officer, plan=plan, name="นายบุญมี", day=FORUM_DAY, on_paper=True)
    assert says(refused) == "แผนยังไม่มีกิจกรรม เพิ่มอย่างน้อย 1 บรรทัดก่อนลงนาม"
    actions.add_line(by=cast.district_officer, plan=plan, wanted=Wanted("จัดตลาดนัดสินค้าสมาชิก"))
    signed(cast, plan)
    assert [row.count for row in measures.signed(a_year(cast))] == [1]


def test_a_closed_group_writes_and_signs_no_plan_but_marks_what_it_had_done(
    cast: Cast, selected: SelectedGroup, plan: Plan
) -> None:
    line, officer = queries.lines_of(signed(cast, plan))[0], cast.district_officer
    close_group(by=officer, group=selected.group, closed_on=date(2021, 6, 1), reason="สมาชิกลาออกหมด")
    actions.mark_done(by=officer, line=line, day=FORUM_DAY, note="ทำก่อนเลิกกลุ่ม")
    actions.withdraw_signatures(by=officer, plan=plan, reason="แก้")
    for write in (
        lambda: actions.add_line(by=officer, plan=plan, wanted=Wanted("ตลาดนัด")),
        lambda: actions.sign_as_chair(by=officer, plan=plan, name="นายบุญมี", day=FORUM_DAY, on_paper=True),
    ):
        with pytest.raises(Refused) as refused:
            write()
        assert says(refused) == ("กลุ่มนี้เลิกไปแล้วเมื่อ 1 มิ.ย. 2564 จึงทำแผนไม่ได้ ให้จังหวัดเปลี่ยนกลุ่มในรายชื่อกลุ่มเป้าหมาย")


def test_a_closed_group_begins_no_plan(cast: Cast, selected: SelectedGroup) -> None:
    assessed(selected, failing=FAILING, cast=cast)
    close_group(by=cast.district_officer, group=selected.group, closed_on=date(2021, 6, 1), reason="เลิก")
    with pytest.raises(Refused, match="จึงทำแผนไม่ได้"):
        actions.draft_plan(by=cast.district_officer, selected=selected)


def test_a_group_has_one_plan(cast: Cast, selected: SelectedGroup, plan: Plan) -> None:
    with pytest.raises(Refused) as refused:
        actions.draft_plan(by=cast.district_officer, selected=selected)
    assert says(refused) == "กลุ่มนี้มีแผนแล้ว เปิดแผนเดิมเพื่อแก้ไข"


def test_each_act_leaves_one_audit_row_named_after_it(cast: Cast, plan: Plan) -> None:
    before = AuditRow.objects.count()
    line = actions.add_line(by=cast.district_officer, plan=plan, wanted=Wanted("ตลาดนัด"))
    actions.change_line(by=cast.district_officer, line=line, wanted=Wanted("ตลาดนัดเดือนละครั้ง"))
    actions.move_line(by=cast.district_officer, line=line, up=True)
    actions.remove_line(by=cast.district_officer, line=line)
    made = AuditRow.objects.order_by("pk")[before:]
    assert [row.act for row in made] == ["plans.add_line", "plans.change_line", "plans.move_line", "plans.remove_line"]


# --- lines ---------------------------------------------------------------------------------


def test_lines_are_ordered_one_step_at_a_time(cast: Cast, plan: Plan) -> None:
    third = queries.lines_of(plan)[2]
    actions.move_line(by=cast.district_officer, line=third, up=True)
    assert [line.indicator.code for line in queries.lines_of(plan) if line.indicator] == ["2.2", "3.3", "2.3"]
    first = queries.lines_of(plan)[0]
    actions.move_line(by=cast.district_officer, line=first, up=True)
    assert queries.lines_of(plan)[0] == first


def test_one_activity_answers_several_indicators_and_comes_apart_again(cast: Cast, plan: Plan) -> None:
    first, second, _third = queries.lines_of(plan)
    actions.merge_line(by=cast.district_officer, line=second, into=first)
    lines = queries.lines_of(plan)
    assert [[aim.indicator.code for aim in line.aims if aim.indicator] for line in lines] == [["2.2", "2.3"], ["3.3"]]
    second.refresh_from_db()
    actions.split_line(by=cast.district_officer, line=second)
    assert [line.pk for line in queries.lines_of(plan)][:2] == [first.pk, second.pk]


def test_a_line_from_an_indicator_stays_and_an_own_line_goes(cast: Cast, plan: Plan) -> None:
    with pytest.raises(Refused) as refused:
        actions.remove_line(by=cast.district_officer, line=queries.lines_of(plan)[0])
    assert says(refused) == "บรรทัดนี้มาจากข้อที่ไม่ผ่าน ลบไม่ได้ หากทำรวมกับกิจกรรมอื่น ให้เลือกรวมกับบรรทัดนั้น"
    own = actions.add_line(by=cast.district_officer, plan=plan, wanted=Wanted("ตลาดนัด"))
    actions.remove_line(by=cast.district_officer, line=own)
    assert len(queries.lines_of(plan)) == 3


def test_an_activity_ends_on_or_after_its_first_day(cast: Cast, plan: Plan) -> None:
    wanted = Wanted("ประชุม", starts=date(2021, 6, 2), ends=date(2021, 6, 1))
    with pytest.raises(Refused) as refused:
        actions.add_line(by=cast.district_officer, plan=plan, wanted=wanted)
    assert says(refused) == "วันสิ้นสุดต้องไม่ก่อนวันเริ่ม"


# --- signing -------------------------------------------------------------------------------


def test_a_plan_counts_from_its_second_signature_on(cast: Cast, plan: Plan) -> None:
    year = a_year(cast)
    actions.sign_as_chair(by=cast.chair(plan.selected.group), plan=plan, name="นายบุญมี", day=FORUM_DAY, on_paper=False)
    assert [row.count for row in measures.signed(year)] == [0]
    actions.sign_as_head(by=cast.district_head, plan=plan, day=FORUM_DAY)
    assert [row.count for row in measures.signed(year)] == [1]


def test_nobody_signs_for_both(cast: Cast, plan: Plan) -> None:
    actions.sign_as_head(by=cast.district_head, plan=plan, day=FORUM_DAY)
    with pytest.raises(Refused) as refused:
        actions.sign_as_chair(by=cast.district_head, plan=plan, name="นายบุญมี", day=FORUM_DAY, on_paper=True)
    assert says(refused) == "ท่านลงนามหรือบันทึกลายมือชื่ออีกฝ่ายไว้แล้ว คนเดียวลงนามสองฝ่ายไม่ได้ ให้ผู้อื่นลงนาม"


def test_the_head_does_not_sign_what_he_drafted(cast: Cast, selected: SelectedGroup) -> None:
    assessed(selected, failing=FAILING, cast=cast)
    plan = actions.draft_plan(by=cast.district_head, selected=selected)
    with pytest.raises(Refused) as refused:
        actions.sign_as_head(by=cast.district_head, plan=plan, day=FORUM_DAY)
    assert says(refused) == "ท่านเป็นผู้ร่างแผนนี้ จึงลงนามอนุมัติเองไม่ได้ ให้ผู้รักษาราชการแทนลงนาม"


def test_a_seat_is_signed_once(cast: Cast, plan: Plan) -> None:
    actions.sign_as_chair(by=cast.district_officer, plan=plan, name="นายบุญมี", day=FORUM_DAY, on_paper=True)
    with pytest.raises(Refused) as refused:
        actions.sign_as_chair(by=cast.chair(plan.selected.group), plan=plan, name="นายบุญมี", day=FORUM_DAY, on_paper=False)
    assert says(refused) == "ฝ่ายนี้มีลายมือชื่อแล้ว เปิดหน้าใหม่เพื่อดูผู้ลงนามและวันที่"


def test_nobody_signs_on_a_day_to_come(cast: Cast, plan: Plan) -> None:
    with pytest.raises(Refused) as refused:
        actions.sign_as_head(by=cast.district_head, plan=plan, day=clock.today() + timedelta(days=1))
    assert says(refused) == "วันที่ลงนามต้องไม่หลังวันนี้"


def test_a_signed_plan_is_frozen_until_its_signatures_are_withdrawn_with_a_reason(cast: Cast, plan: Plan) -> None:
    signed(cast, plan)
    line = queries.lines_of(plan)[0]
    with pytest.raises(Refused) as refused:
        actions.change_line(by=cast.district_officer, line=line, wanted=Wanted("อื่น"))
    assert says(refused) == "แผนมีผู้ลงนามแล้ว หากต้องแก้ ให้ถอนลายมือชื่อพร้อมเหตุผลก่อน"
    with pytest.raises(Refused) as refused:
        actions.withdraw_signatures(by=cast.district_officer, plan=plan, reason=" ")
    assert says(refused) == "บอกเหตุผลที่ถอนลายมือชื่อ"
    actions.withdraw_signatures(by=cast.district_officer, plan=plan, reason="ผู้รับผิดชอบย้าย")
    actions.change_line(by=cast.district_officer, line=line, wanted=Wanted("อื่น"))
    assert [row.count for row in measures.signed(a_year(cast))] == [0]
    assert plan.signatures.filter(withdrawn_because="ผู้รับผิดชอบย้าย").count() == 2
    signed(cast, plan)
    assert [row.count for row in measures.signed(a_year(cast))] == [1]


def test_what_a_replaced_group_planned_stays_readable_counts_no_more_and_takes_no_change(cast: Cast) -> None:
    selected = a_selected_group("กลุ่มเดิม", cast=cast)
    assessed(selected, failing=FAILING, cast=cast)
    plan = a_plan(selected, cast=cast)
    programme.replace_group(by=cast.province_head, selected=selected, new_group=a_group("กลุ่มใหม่"), reason="กลุ่มเดิมขอถอนตัว")
    assert [row.count for row in measures.signed(a_year(cast))] == [0]
    assert len(queries.lines_of(plan)) == 3
    with pytest.raises(Refused) as refused:
        actions.withdraw_signatures(by=cast.district_officer, plan=plan, reason="แก้")
    assert says(refused) == "กลุ่มนี้ถูกเปลี่ยนออกจากรายชื่อแล้ว แผนเปิดอ่านได้ แต่แก้ไม่ได้"


# --- the two marks -------------------------------------------------------------------------


def test_a_line_of_a_signed_plan_is_marked_as_done_once_and_can_be_taken_back(cast: Cast, plan: Plan) -> None:
    year, line = a_year(cast), queries.lines_of(plan)[0]
    with pytest.raises(Refused) as refused:
        actions.mark_done(by=cast.secretary(plan.selected.group), line=line, day=FORUM_DAY, note="ประชุมแล้ว")
    assert says(refused) == "แผนยังลงนามไม่ครบสองฝ่าย ลงนามก่อนแล้วจึงบันทึกว่าทำแล้ว"
    signed(cast, plan)
    actions.mark_done(by=cast.secretary(plan.selected.group), line=line, day=FORUM_DAY, note="ประชุมแล้ว")
    assert [row.count for row in measures.carrying_out(year)] == [1]
    with pytest.raises(Refused) as refused:
        actions.mark_done(by=cast.secretary(plan.selected.group), line=line, day=FORUM_DAY, note="ประชุมแล้ว")
    assert says(refused) == "บรรทัดนี้บันทึกว่าทำแล้วไปแล้ว"
    actions.take_back_done(by=cast.secretary(plan.selected.group), line=line, reason="บันทึกผิดบรรทัด")
    assert [row.count for row in measures.carrying_out(year)] == [0]
    assert [mark.taken_back_because for mark in line.done_marks.all()] == ["บันทึกผิดบรรทัด"]


def test_an_activity_that_was_done_is_not_merged_away(cast: Cast, plan: Plan) -> None:
    signed(cast, plan)
    first, second, _third = queries.lines_of(plan)
    actions.mark_done(by=cast.district_officer, line=first, day=FORUM_DAY, note="ทำแล้ว")
    actions.withdraw_signatures(by=cast.district_officer, plan=plan, reason="แก้")
    with pytest.raises(Refused) as refused:
        actions.merge_line(by=cast.district_officer, line=first, into=second)
    assert says(refused) == "กิจกรรมนี้บันทึกว่าทำแล้ว ยกเลิกการบันทึกนั้นก่อน"


def test_a_later_assessment_marks_the_indicators_that_it_passed(cast: Cast, plan: Plan) -> None:
    signed(cast, plan)
    later = datetime(2021, 8, 20, 3, tzinfo=clock.now().tzinfo)
    with clock.fixed(later):
        assessed(plan.selected, failing=("ssg:3.3",), cast=cast, day=later.date())
        assert [line.passed for line in queries.lines_of(plan)] == [True, True, False]
        assert [line.done for line in queries.lines_of(plan)] == [None, None, None]


def test_what_a_later_assessment_did_not_pass_is_brought_into_an_open_plan(cast: Cast, plan: Plan) -> None:
    with clock.fixed(date(2021, 6, 12)):
        assessed(plan.selected, failing=(*FAILING, "governance:3.5"), cast=cast, day=date(2021, 6, 12))
        made = actions.bring_in(by=cast.district_officer, plan=plan)
        assert [line.indicator.code for line in made if line.indicator] == ["3.5"]
        with pytest.raises(Refused) as refused:
            actions.bring_in(by=cast.district_officer, plan=plan)
        assert says(refused) == "แผนมีครบทุกข้อที่ไม่ผ่านแล้ว"
