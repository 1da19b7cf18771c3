"""Stories of one group assessed at its forum: นางสาววิไล verifies, the chair answers for the group."""

import re
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from sajja.assessments import actions, queries
from sajja.assessments.actions import Given
from sajja.assessments.models import Assessment, InstrumentVersion
from sajja.audit.models import AuditRow
from sajja.groups.actions import close_group
from sajja.lib.refusals import Refused
from sajja.programme.models import SelectedGroup
from sajja.web import clock
from tests.assessments.instruments import answers, in_force
from tests.cast import Cast
from tests.factories import a_selected_group

pytestmark = pytest.mark.django_db
DAY = date(2021, 6, 10)


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def selected(cast: Cast) -> SelectedGroup:
    return a_selected_group(cast=cast)


@pytest.fixture
def version(cast: Cast) -> InstrumentVersion:
    return in_force("governance", cast)


@pytest.fixture
def assessment(cast: Cast, selected: SelectedGroup, version: InstrumentVersion) -> Assessment:
    return actions.start_assessment(by=cast.district_officer, selected=selected, version=version, day=DAY)


def pk(assessment: Assessment, code: str) -> int:
    return next(one.pk for one in queries.indicators_of(assessment.version) if one.code == code)


def confirmed(cast: Cast, assessment: Assessment, *failing: str) -> Assessment:
    given = answers(assessment.version, *failing)
    actions.save_answers(by=cast.district_officer, assessment=assessment, answers=given, side="officer")
    return actions.confirm_assessment(by=cast.district_officer, assessment=assessment)


def test_what_was_not_passed_is_listed_in_the_instruments_order(
    cast: Cast, assessment: Assessment, selected: SelectedGroup
) -> None:
    confirmed(cast, assessment, "3.4", "1.2", "2.2")
    assert [one.code for one in queries.not_passed(selected)] == ["1.2", "2.2", "3.4"]


def test_the_score_and_the_verdicts_are_kept_with_the_assessment(cast: Cast, assessment: Assessment) -> None:
    done = confirmed(cast, assessment, "1.2", "2.2", "3.4")
    assert (done.passed, done.judged, str(done.score), done.band) == (18, 21, "83.33", "ระดับดี (ตัวอย่าง)")
    assert [(row.aspect.number, row.passed, row.judged) for row in done.aspect_scores.order_by("aspect__number")] == [
        (1, 4, 5),
        (2, 5, 6),
        (3, 4, 5),
        (4, 5, 5),
    ]


def test_an_answer_that_is_missing_is_named_before_confirming(cast: Cast, assessment: Assessment) -> None:
    given = answers(assessment.version)
    del given[pk(assessment, "2.6")]
    actions.save_answers(by=cast.district_officer, assessment=assessment, answers=given, side="officer")
    with pytest.raises(Refused, match=r"ยังไม่ได้ทวนสอบข้อ 2\.6 ตอบให้ครบก่อนยืนยัน"):
        actions.confirm_assessment(by=cast.district_officer, assessment=assessment)


def test_a_disagreement_owes_a_reason(cast: Cast, assessment: Assessment, selected: SelectedGroup) -> None:
    chair = cast.chair(selected.group)
    actions.save_answers(by=chair, assessment=assessment, answers=answers(assessment.version), side="self")
    actions.save_answers(
        by=cast.district_officer, assessment=assessment, answers=answers(assessment.version, "3.3"), side="officer"
    )
    with pytest.raises(Refused, match=r"ข้อ 3\.3 ยังไม่มีเหตุผล บอกเหตุผลก่อนยืนยัน"):
        actions.confirm_assessment(by=cast.district_officer, assessment=assessment)
    reason = {pk(assessment, "3.3"): Given("fail", "นับเงินแล้วขาด 120 บาท")}
    actions.save_answers(by=cast.district_officer, assessment=assessment, answers=reason, side="officer")
    assert actions.confirm_assessment(by=cast.district_officer, assessment=assessment).passed == 20


def test_not_applicable_moves_its_weight_and_owes_a_reason(cast: Cast, assessment: Assessment) -> None:
    given = answers(assessment.version) | {pk(assessment, "4.2"): Given("na", "ปีนี้ยังไม่มีสัญญากู้")}
    actions.save_answers(by=cast.district_officer, assessment=assessment, answers=given, side="officer")
    done = actions.confirm_assessment(by=cast.district_officer, assessment=assessment)
    assert (done.passed, done.judged, str(done.score)) == (20, 20, "100.00")


def test_a_confirmed_assessment_takes_nothing_more(cast: Cast, assessment: Assessment) -> None:
    done = confirmed(cast, assessment)
    one = queries.indicators_of(done.version)[0]
    words = "ผลการประเมินนี้ยืนยันแล้ว แก้ไม่ได้"
    with pytest.raises(Refused, match=words):
        actions.save_answers(by=cast.district_officer, assessment=done, answers={one.pk: Given("fail")}, side="officer")
    with pytest.raises(Refused, match=words):
        actions.keep_evidence(by=cast.district_officer, assessment=done, indicator=one, evidence="ใหม่")
    with pytest.raises(Refused, match=words):
        actions.confirm_assessment(by=cast.district_officer, assessment=done)
    with pytest.raises(Refused, match=words):
        actions.drop_assessment(by=cast.district_officer, assessment=done, reason="ไม่เอา")


def test_a_new_instrument_never_changes_an_old_result(cast: Cast, assessment: Assessment, selected: SelectedGroup) -> None:
    done = confirmed(cast, assessment, "1.2")
    before = (done.score, dict(done.verdicts.values_list("indicator__code", "verdict")))
    newer = in_force("governance", cast)
    done.refresh_from_db()
    assert done.version.status == "retired"
    assert (done.score, dict(done.verdicts.values_list("indicator__code", "verdict"))) == before
    assert queries.version_for("governance", 2564) == newer
    assert queries.current(selected, "governance") == done


def test_a_correction_counts_once_it_is_confirmed(cast: Cast, assessment: Assessment, selected: SelectedGroup) -> None:
    old = confirmed(cast, assessment, "1.2", "3.4")
    new = actions.correct_assessment(by=cast.district_officer, assessment=old, reason="บันทึกข้อ 3.4 ผิด")
    assert queries.current(selected, "governance") == old
    actions.save_answers(by=cast.district_officer, assessment=new, answers={pk(new, "3.4"): Given("pass")}, side="officer")
    actions.confirm_assessment(by=cast.district_officer, assessment=new)
    assert queries.current(selected, "governance") == new
    assert [one.code for one in queries.not_passed(selected)] == ["1.2"]
    old.refresh_from_db()
    assert old.passed == 19


def test_a_correction_says_why_and_comes_once(cast: Cast, assessment: Assessment) -> None:
    old = confirmed(cast, assessment)
    with pytest.raises(Refused, match="บอกเหตุผลที่ต้องแก้"):
        actions.correct_assessment(by=cast.district_officer, assessment=old, reason=" ")
    actions.correct_assessment(by=cast.district_officer, assessment=old, reason="ผิดข้อ")
    with pytest.raises(Refused, match="มีใบแก้ของการประเมินนี้อยู่แล้ว"):
        actions.correct_assessment(by=cast.district_officer, assessment=old, reason="อีกครั้ง")


def test_a_dropped_assessment_makes_room_for_another(cast: Cast, assessment: Assessment, selected: SelectedGroup) -> None:
    with pytest.raises(Refused, match="มีการประเมินที่ยังไม่ยืนยันอยู่แล้ว"):
        actions.start_assessment(by=cast.district_officer, selected=selected, version=assessment.version, day=DAY)
    actions.drop_assessment(by=cast.district_officer, assessment=assessment, reason="เลือกกลุ่มผิด")
    again = actions.start_assessment(by=cast.district_officer, selected=selected, version=assessment.version, day=DAY)
    assert again.is_open


def test_a_retired_version_begins_nothing_more_but_what_was_begun_is_finished(
    cast: Cast, assessment: Assessment, selected: SelectedGroup, version: InstrumentVersion
) -> None:
    actions.retire_version(by=cast.admin, version=version)
    assert confirmed(cast, assessment).judged == 21
    with pytest.raises(Refused, match="แบบประเมินนี้ยังไม่ประกาศใช้ หรือเลิกใช้แล้ว"):
        actions.start_assessment(by=cast.district_officer, selected=selected, version=version, day=DAY)


def test_a_later_assessment_shows_what_is_passed_by_now(cast: Cast, assessment: Assessment, selected: SelectedGroup) -> None:
    first = confirmed(cast, assessment, "1.2", "3.4")
    assert first.confirmed_at
    later = clock.moment(date(2021, 9, 1))
    again = actions.start_assessment(
        by=cast.district_officer, selected=selected, version=assessment.version, day=date(2021, 9, 1), at=later
    )
    given = answers(again.version, "3.4")
    actions.save_answers(by=cast.district_officer, assessment=again, answers=given, side="officer", at=later)
    actions.confirm_assessment(by=cast.district_officer, assessment=again, at=later)
    passed = queries.passed_later(selected.group, first.confirmed_at)
    assert (("governance", "1.2") in passed, ("governance", "3.4") in passed) == (True, False)
    assert queries.current(selected, "governance") == again


def test_each_act_leaves_one_audit_row(cast: Cast, assessment: Assessment) -> None:
    confirmed(cast, assessment)
    acts = AuditRow.objects.filter(about=f"assessments.Assessment:{assessment.pk}").order_by("pk").values_list("act", flat=True)
    assert list(acts) == ["assessments.start_assessment", "assessments.save_answers", "assessments.confirm_assessment"]


def test_a_wrong_number_says_what_to_write(cast: Cast, assessment: Assessment) -> None:
    with pytest.raises(Refused, match=r"ข้อ 1\.2: ใส่เป็นตัวเลข เช่น 82\.5"):
        actions.save_answers(
            by=cast.district_officer, assessment=assessment, answers={pk(assessment, "1.2"): Given("เกือบหมด")}, side="officer"
        )


def test_a_number_is_cut_off_before_it_meets_its_threshold(cast: Cast, assessment: Assessment) -> None:
    given = answers(assessment.version) | {pk(assessment, "1.2"): Given("๗๙.๙๙")}
    actions.save_answers(by=cast.district_officer, assessment=assessment, answers=given, side="officer")
    done = actions.confirm_assessment(by=cast.district_officer, assessment=assessment)
    assert done.verdicts.get(indicator__code="1.2").verdict == "fail"


# --- in the browser's words ------------------------------------------------------------------


def post(client: Client, url: str, uuid: str = "a8098c1a-f86e-11da-bd1a-00112444be1e", **data: str) -> str:
    answer = client.post(url, {"once": uuid, **data})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def test_the_officer_answers_aspect_by_aspect(client: Client, cast: Cast, assessment: Assessment) -> None:
    client.force_login(cast.district_officer)
    url = reverse("assessments:answer", args=[assessment.pk])
    given = {f"value-{key}": one.value for key, one in answers(assessment.version).items()}
    for aspect, after in [(1, "?aspect=2"), (2, "?aspect=3"), (3, "?aspect=4"), (4, "overview/")]:
        assert post(client, f"{url}?aspect={aspect}", f"a8098c1a-f86e-11da-bd1a-00112444be0{aspect}", **given).endswith(after)
    assert post(client, reverse("assessments:confirm", args=[assessment.pk])) == reverse(
        "assessments:result", args=[assessment.pk]
    )
    assert "21/21" in client.get(reverse("assessments:result", args=[assessment.pk])).content.decode()


def test_one_answer_is_kept_at_once_and_the_reason_is_asked(client: Client, cast: Cast, assessment: Assessment) -> None:
    chair = cast.chair(assessment.selected.group)
    actions.save_answers(by=chair, assessment=assessment, answers=answers(assessment.version), side="self")
    client.force_login(cast.district_officer)
    url = reverse("assessments:save_one", args=[assessment.pk]) + "?q=3.4"
    location = post(client, url, **{f"value-{pk(assessment, '3.4')}": "fail"})
    assert "คำตอบต่างกัน โปรดบอกเหตุผล" in client.get(location).content.decode()
    assert assessment.answers.get(indicator__code="3.4").value == "fail"


def test_a_wrong_answer_is_told_beside_its_indicator_and_not_kept(client: Client, cast: Cast, assessment: Assessment) -> None:
    client.force_login(cast.district_officer)
    url = reverse("assessments:save_one", args=[assessment.pk]) + "?q=1.2"
    sent = {"once": "a8098c1a-f86e-11da-bd1a-00112444be1e", f"value-{pk(assessment, '1.2')}": "เกือบหมด"}
    answer = client.post(url, sent)
    assert (answer.status_code, answer["X-Kept"], assessment.answers.count()) == (422, "1", 0)
    assert "ข้อ 1.2: ใส่เป็นตัวเลข เช่น 82.5" in answer.content.decode()


def test_the_same_answer_sent_twice_is_kept_once(client: Client, cast: Cast, assessment: Assessment) -> None:
    client.force_login(cast.district_officer)
    url = reverse("assessments:save_one", args=[assessment.pk]) + "?q=1.1"
    value = {f"value-{pk(assessment, '1.1')}": "pass"}
    assert post(client, url, **value) == post(client, url, **value)
    kept = AuditRow.objects.filter(about=f"assessments.Assessment:{assessment.pk}", act="assessments.save_answers")
    assert kept.count() == 1
    other = client.post(url, {"once": "a8098c1a-f86e-11da-bd1a-00112444be1e", f"value-{pk(assessment, '1.1')}": "fail"})
    assert other.status_code == 409


def test_the_group_answers_for_itself_and_never_for_the_officer(client: Client, cast: Cast, assessment: Assessment) -> None:
    client.force_login(cast.chair(assessment.selected.group))
    url = reverse("assessments:save_one", args=[assessment.pk]) + "?q=1.1&side=officer"
    post(client, url, **{f"value-{pk(assessment, '1.1')}": "pass"})
    answer = assessment.answers.get(indicator__code="1.1")
    assert (answer.self_value, answer.value) == ("pass", "")
    assert client.get(reverse("assessments:confirm", args=[assessment.pk])).status_code == 403


def test_another_district_sees_nothing_of_it(client: Client, assessment: Assessment) -> None:
    client.force_login(Cast(district="4808").district_officer)
    for name in ["answer", "overview", "result", "paper", "online", "confirm", "aloud"]:
        assert client.get(reverse(f"assessments:{name}", args=[assessment.pk])).status_code == 404


# --- the database keeps it too ---------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE assessments_verdict SET verdict = 'pass'",
        "DELETE FROM assessments_verdict",
        "UPDATE assessments_aspectscore SET passed = 0",
        "DELETE FROM assessments_aspectscore",
        "UPDATE assessments_indicator SET text = 'อื่น'",
        "DELETE FROM assessments_indicator",
        "UPDATE assessments_aspect SET title = 'อื่น'",
        "UPDATE assessments_assessment SET passed = 21",
        "UPDATE assessments_assessment SET confirmed_at = NULL, judged = NULL",
        "DELETE FROM assessments_assessment",
        "UPDATE assessments_answer SET value = 'pass'",
        "UPDATE assessments_answer SET reason = 'อื่น'",
        "UPDATE assessments_answer SET judged = NOT judged",
        "DELETE FROM assessments_answer",
        "UPDATE assessments_instrumentversion SET official = NOT official",
        "UPDATE assessments_instrumentversion SET title = 'อื่น'",
    ],
)
def test_the_database_refuses_to_change_what_was_judged(cast: Cast, assessment: Assessment, statement: str) -> None:
    confirmed(cast, assessment, "1.2")
    with pytest.raises(DatabaseError, match="what was judged stays as it was judged"), transaction.atomic():
        connection.cursor().execute(statement)


def test_the_answers_of_an_open_assessment_and_of_a_correction_can_be_changed(cast: Cast, assessment: Assessment) -> None:
    first = confirmed(cast, assessment, "1.2")
    new = actions.correct_assessment(by=cast.district_officer, assessment=first, reason="กดผิดข้อ")
    actions.save_answers(by=cast.district_officer, assessment=new, answers=answers(new.version), side="officer")
    assert first.answers.get(indicator__code="1.2").value != new.answers.get(indicator__code="1.2").value
    assert [first.answers.filter(judged=False).exists(), new.answers.filter(judged=True).exists()] == [False, False]


# --- a group that is no more -----------------------------------------------------------------


def test_a_closed_group_is_not_assessed_any_more(
    cast: Cast, selected: SelectedGroup, assessment: Assessment, version: InstrumentVersion
) -> None:
    officer = cast.district_officer
    close_group(by=officer, group=selected.group, closed_on=date(2021, 6, 1), reason="สมาชิกลาออกหมด")
    assessment.selected.group.refresh_from_db()
    given, indicator = {pk(assessment, "1.1"): Given("pass")}, queries.indicators_of(version)[0]
    for attempt in (
        lambda: actions.start_assessment(by=officer, selected=selected, version=version, day=DAY),
        lambda: actions.save_answers(by=officer, assessment=assessment, answers=given, side="officer"),
        lambda: actions.keep_evidence(by=officer, assessment=assessment, indicator=indicator, evidence="เห็น"),
        lambda: actions.confirm_assessment(by=officer, assessment=assessment),
    ):
        with pytest.raises(Refused, match=re.escape("กลุ่มนี้เลิกไปแล้วเมื่อ 1 มิ.ย. 2564 ประเมินไม่ได้")):
            attempt()
    assert actions.drop_assessment(by=officer, assessment=assessment, reason="เลิกกลุ่ม").dropped_at is not None


def test_those_who_only_read_are_led_to_no_page_that_they_may_not_open(
    cast: Cast, assessment: Assessment, client: Client
) -> None:
    client.force_login(cast.province_officer)
    page = client.get(reverse("assessments:overview", args=[assessment.pk])).content.decode()
    answering = reverse("assessments:answer", args=[assessment.pk])
    first = queries.indicators_of(assessment.version)[0]
    assert (f'href="{answering}?aspect=' in page, f'href="#ask-{first.pk}"' in page, f'id="ask-{first.pk}"' in page) == (
        False,
        True,
        True,
    )
    client.force_login(cast.district_officer)
    assert f'href="{answering}?aspect=' in client.get(reverse("assessments:overview", args=[assessment.pk])).content.decode()
