"""The main job by its acts: from the letter to the KPI, each by the person who does it in life."""

from datetime import date, datetime

import pytest

from sajja.kpi.board import KPI, board
from sajja.kpi.queries import summary
from sajja.lib.refusals import Refused
from sajja.org.queries import department
from sajja.plans import actions as plans
from sajja.programme import actions as programme
from sajja.programme.models import SelectedGroup
from sajja.programme.queries import year_of
from sajja.reports import actions as reports
from sajja.web import clock
from tests.cast import Cast, unit
from tests.factories import FORUM_DAY, a_group, a_held_forum, a_plan, a_report, a_selected_group, a_village, selected

pytestmark = pytest.mark.django_db


def numbers(key: str) -> tuple[int, int]:
    """A figure of the nation."""
    figure = board(year_of(2564), department()).figure(key)
    return figure.n, figure.d


def test_a_year_from_the_letter_to_the_kpi() -> None:
    cast = Cast()
    group = a_selected_group(cast=cast)
    assert summary(2564)["kpi"] == {"numerator": 0, "denominator": 760, "target_percent": 60}
    forum = a_held_forum(group, cast=cast)
    assert numbers("forums_held") == (1, 760)
    assert numbers(KPI) == (1, 760)
    assert numbers("developed") == (1, 760)
    report = a_report(forum, cast=cast)
    assert summary(2564)["district_reports"] == {"due": 1, "on_time": 1, "late": 0, "missing": 0}
    reports.return_report(by=cast.province_officer, report=report, reason="เพิ่มรูปการลงนาม")
    report = a_report(forum, cast=cast, accepted=True)
    province = reports.ready_province_report(by=cast.province_officer, year=year_of(2564), province=unit("48"), summary="ครบ")
    assert summary(2564)["province_reports"] == {"due": 0, "on_time": 0, "late": 0, "missing": 0}
    reports.record_bpm(
        by=cast.province_officer, report=province, bpm_at=clock.now(), person="นายประสาน ตัวอย่าง", reference="BPM-1"
    )
    assert summary(2564)["province_reports"] == {"due": 1, "on_time": 1, "late": 0, "missing": 0}
    assert summary(2564)["budget_satang"] == 228_000_000


def test_a_plan_counts_only_with_both_signatures() -> None:
    cast = Cast()
    group = a_selected_group(cast=cast)
    a_held_forum(group, cast=cast, signed=False)
    assert numbers(KPI) == (0, 760)
    plans.sign_as_chair(by=cast.chair(group.group), plan=group.plan, name="นายบุญมี ตัวอย่าง", day=FORUM_DAY, on_paper=False)
    assert numbers(KPI) == (0, 760)
    plans.sign_as_head(by=cast.district_head, plan=group.plan, day=FORUM_DAY)
    assert numbers(KPI) == (1, 760)
    plans.withdraw_signatures(by=cast.district_officer, plan=group.plan, reason="เพิ่มกิจกรรม")
    assert numbers(KPI) == (0, 760)


def test_the_line_that_was_done_carries_the_plan_out() -> None:
    cast = Cast()
    group = a_selected_group(cast=cast)
    a_held_forum(group, cast=cast)
    line = group.plan.lines.order_by("position").first()
    assert line is not None
    plans.mark_done(by=cast.district_officer, line=line, day=date(2021, 6, 9), note="ประชุมทบทวนระเบียบแล้ว")
    assert numbers("carrying_out") == (1, 760)
    plans.take_back_done(by=cast.district_officer, line=line, reason="ยังไม่เสร็จ")
    assert numbers("carrying_out") == (0, 760)


def test_a_replaced_groups_work_stays_readable_and_counts_no_more() -> None:
    cast = Cast()
    first, second = a_group("กลุ่มเดิม"), a_group("กลุ่มใหม่", village=a_village(3))
    [place] = selected(first, cast=cast)
    a_report(a_held_forum(place, cast=cast), cast=cast)
    assert numbers(KPI) == (1, 760)
    programme.replace_group(by=cast.province_head, selected=place, new_group=second, reason="กลุ่มเลิก")
    assert (numbers(KPI), numbers("forums_held"), numbers("selected")) == ((0, 760), (0, 760), (1, 760))
    assert summary(2564)["district_reports"] == {"due": 0, "on_time": 0, "late": 0, "missing": 0}
    assert a_plan_of(place) is not None


def a_plan_of(place: SelectedGroup) -> object:
    """What the group did before it was replaced."""
    from sajja.plans.models import Plan

    return Plan.objects.filter(selected=place, signed_at__isnull=False).first()


@pytest.mark.parametrize(
    ("moment", "came"),
    [
        (datetime(2021, 6, 9, 16, 59, tzinfo=clock.BANGKOK), {"due": 1, "on_time": 1, "late": 0, "missing": 0}),
        (datetime(2021, 6, 10, 23, 59, tzinfo=clock.BANGKOK), {"due": 1, "on_time": 1, "late": 0, "missing": 0}),
        (datetime(2021, 6, 11, 0, 1, tzinfo=clock.BANGKOK), {"due": 1, "on_time": 0, "late": 1, "missing": 0}),
    ],
)
def test_the_seventh_day_is_on_time_until_its_last_minute(moment: datetime, came: dict[str, int]) -> None:
    cast = Cast()
    forum = a_held_forum(a_selected_group(cast=cast), cast=cast)
    with clock.fixed(moment):
        a_report(forum, cast=cast)
        assert summary(2564)["district_reports"] == came


def test_a_report_is_missing_from_the_day_after_it_was_due() -> None:
    cast = Cast()
    a_held_forum(a_selected_group(cast=cast), cast=cast)
    assert summary(2564)["district_reports"] == {"due": 0, "on_time": 0, "late": 0, "missing": 0}
    with clock.fixed(date(2021, 6, 11)):
        assert summary(2564)["district_reports"] == {"due": 1, "on_time": 0, "late": 0, "missing": 1}


def test_a_return_keeps_the_first_time() -> None:
    cast = Cast()
    forum = a_held_forum(a_selected_group(cast=cast), cast=cast)
    report = a_report(forum, cast=cast)
    reports.return_report(by=cast.province_officer, report=report, reason="แก้ยอด")
    with clock.fixed(date(2021, 6, 20)):
        again = a_report(forum, cast=cast)
        assert again.first_submitted_at == report.first_submitted_at
        assert summary(2564)["district_reports"] == {"due": 1, "on_time": 1, "late": 0, "missing": 0}


def test_nobody_judges_what_he_sent() -> None:
    cast = Cast()
    report = a_report(a_held_forum(a_selected_group(cast=cast), cast=cast), cast=cast)
    with pytest.raises(Refused):
        reports.accept_report(by=cast.district_officer, report=report)


def test_the_head_does_not_sign_what_he_drafted() -> None:
    cast = Cast()
    group = a_selected_group(cast=cast)
    a_held_forum(group, cast=cast, signed=False)
    group.plan.drafted_by = cast.district_head
    plans.sign_as_chair(by=cast.district_officer, plan=group.plan, name="นายบุญมี ตัวอย่าง", day=FORUM_DAY, on_paper=True)
    with pytest.raises(Refused):
        plans.sign_as_head(by=cast.district_head, plan=group.plan, day=FORUM_DAY)


def test_a_group_that_passed_everything_signs_a_plan_of_its_own_choice() -> None:
    cast = Cast()
    group = a_selected_group(cast=cast)
    a_held_forum(group, cast=cast, failing=())
    assert [line.indicator for line in group.plan.lines.all()] == [None]
    assert numbers(KPI) == (1, 760)


def test_a_group_is_not_drafted_twice() -> None:
    cast = Cast()
    group = a_selected_group(cast=cast)
    a_held_forum(group, cast=cast)
    with pytest.raises(Refused):
        a_plan(group, cast=cast)
