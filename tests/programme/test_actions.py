"""A year opened, groups proposed by the district, confirmed by the head of the province, replaced with a reason."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sajja.audit.models import AuditRow
from sajja.groups import actions as groups
from sajja.groups.models import SavingsGroup
from sajja.lib.refusals import Refused
from sajja.org.models import Person
from sajja.programme import actions, measures, queries
from sajja.programme.models import Place, ProgrammeYear, ProvinceList
from sajja.web import clock
from tests.cast import Cast, someone, unit
from tests.factories import a_group, a_village, a_year, selected, the_letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def year(cast: Cast) -> ProgrammeYear:
    return a_year(cast)


def propose(cast: Cast, year: ProgrammeYear, *wanted: SavingsGroup, reason: str = "") -> None:
    actions.propose_groups(by=cast.district_officer, year=year, groups=[(group, None, reason) for group in wanted])


def confirm(cast: Cast, year: ProgrammeYear, **more: object) -> ProvinceList:
    return actions.confirm_list(by=cast.province_head, year=year, province=unit("48"), **more)  # type: ignore[arg-type]


def refused(act: object, *args: object, **given: object) -> str:
    with pytest.raises(Refused) as refusal:
        act(*args, **given)  # type: ignore[operator]
    return str(refusal.value)


def acts() -> list[str]:
    return list(AuditRow.objects.filter(act__startswith="programme.").order_by("pk").values_list("act", flat=True))


# --- the year ------------------------------------------------------------------------------


def test_opening_a_year_makes_its_first_revision_and_one_audit_row(cast: Cast) -> None:
    year = a_year(cast)
    revision = queries.current_revision(year)
    assert (year.year, revision.number, revision.reference, revision.dated) == (2564, 1, "มท ๐๔๐๗.๕/ว ๓๓๕", date(2021, 4, 13))
    assert queries.terms_of(revision).groups == 760
    assert acts() == ["programme.open_year"]


def test_a_year_opens_once(cast: Cast, year: ProgrammeYear) -> None:
    said = refused(actions.open_year, by=cast.department, terms_mapping=the_letter())
    assert said == "ปี 2564 เปิดไว้แล้ว หากหนังสือเปลี่ยน ให้ออกฉบับแก้ไขจากหน้าของปีนั้น"


def test_a_year_whose_sums_do_not_tie_out_does_not_open(cast: Cast) -> None:
    letter = the_letter()
    letter["target"]["groups"] = 761  # type: ignore[index]
    said = refused(actions.open_year, by=cast.department, terms_mapping=letter)
    assert said.startswith("จำนวนกลุ่มไม่ตรงกัน: 76 จังหวัด × โควตา 10 รวม 760 กลุ่ม แต่เป้าหมายเขียนไว้ 761 กลุ่ม")
    assert not ProgrammeYear.objects.exists()


def revised(**letter: object) -> dict[str, object]:
    mapping = the_letter()
    mapping["letter"] |= {"reference": "มท ๐๔๐๗.๕/ว ๙๙๙", "dated": date(2021, 6, 1), "what_changed": "ขยายเวลารายงาน"} | letter  # type: ignore[operator]
    mapping["province_report"] = {"due": date(2021, 6, 30)}
    return mapping


def test_a_revision_leaves_a_frozen_list_under_its_own(cast: Cast, year: ProgrammeYear) -> None:
    [row] = selected(a_group(), cast=cast)
    actions.revise_year(by=cast.department, year=year, terms_mapping=revised())
    frozen = queries.list_of(year, "48")
    assert frozen is not None
    assert queries.terms_for(year).province_report_due == date(2021, 6, 30)
    assert queries.terms_for(year, frozen).province_report_due == date(2021, 6, 15)
    assert row.place.list.revision.number == 1


def test_a_revision_says_what_it_changes(cast: Cast, year: ProgrammeYear) -> None:
    said = refused(actions.revise_year, by=cast.department, year=year, terms_mapping=revised(what_changed=" "))
    assert said == "โปรดเขียนสั้น ๆ ว่าฉบับนี้เปลี่ยนอะไร"


def test_a_revision_that_changes_nothing_is_refused(cast: Cast, year: ProgrammeYear) -> None:
    said = refused(actions.revise_year, by=cast.department, year=year, terms_mapping=the_letter())
    assert said == "ข้อมูลเหมือนฉบับที่ใช้อยู่ทุกข้อ ยังไม่มีอะไรให้แก้ไข"


def a_raised_quota() -> dict[str, object]:
    """A revision that gives every province 12 places."""
    mapping = revised(what_changed="เพิ่มโควตา")
    mapping["target"] |= {"quota": 12, "groups": 912}  # type: ignore[operator]
    mapping["money"] |= {"budget_baht": "2736000.00"}  # type: ignore[operator]
    return mapping


def test_a_raised_quota_gives_a_frozen_list_more_places_and_moves_nobody(cast: Cast, year: ProgrammeYear) -> None:
    [row] = selected(a_group(), cast=cast)
    actions.revise_year(by=cast.department, year=year, terms_mapping=a_raised_quota())
    frozen = ProvinceList.objects.get(year=year)
    made = actions.extend_list(by=cast.province_head, frozen=frozen)
    row.refresh_from_db()
    assert ([place.number for place in made], row.place.number, frozen.revision.number) == ([11, 12], 1, 1)
    assert refused(actions.extend_list, by=cast.province_head, frozen=frozen) == "รายชื่อนี้มีที่ครบตามโควตาของฉบับที่ใช้อยู่แล้ว"


def test_a_quota_under_what_is_frozen_is_refused(cast: Cast, year: ProgrammeYear) -> None:
    selected(*[a_group(f"กลุ่ม {n}") for n in range(3)], cast=cast)
    mapping = revised(what_changed="ลดโควตา")
    mapping["target"] |= {"quota": 2, "groups": 152}  # type: ignore[operator]
    mapping["money"] |= {"budget_baht": "456000.00"}  # type: ignore[operator]
    said = refused(actions.revise_year, by=cast.department, year=year, terms_mapping=mapping)
    assert said == "จังหวัดนครพนมมีกลุ่มในรายชื่อที่ยืนยันแล้วมากกว่าโควตาใหม่ โปรดตั้งโควตาไม่ต่ำกว่าที่ยืนยันไว้"


# --- proposing -----------------------------------------------------------------------------


def test_a_proposal_keeps_the_rule_that_admits_the_group(cast: Cast, year: ProgrammeYear) -> None:
    propose(cast, year, a_group("กลุ่มแกนนำ", founder=True), a_group("กลุ่มระดับสาม"))
    assert list(queries.open_proposals(year).order_by("rule").values_list("group__name", "rule")) == [
        ("กลุ่มแกนนำ", 1),
        ("กลุ่มระดับสาม", 2),
    ]
    assert AuditRow.objects.get(act="programme.propose_groups").unit_path == "4805"


def test_below_level_3_needs_a_reason(cast: Cast, year: ProgrammeYear) -> None:
    group = a_group("กลุ่มเล็ก", level=2)
    said = refused(propose, cast, year, group)
    assert said == "กลุ่มเล็ก: ระดับ 2 (ปี 2564) หลักเกณฑ์ต้องเป็นระดับ 3 หากจำเป็นต้องเสนอ โปรดเขียนเหตุผล"
    propose(cast, year, group, reason="เป็นกลุ่มเดียวของตำบล")
    assert list(queries.open_proposals(year).values_list("rule", "reason")) == [(None, "เป็นกลุ่มเดียวของตำบล")]


def test_the_newest_level_up_to_the_year_counts(cast: Cast, year: ProgrammeYear) -> None:
    group = a_group(level=None)
    for fiscal_year, level in ((2562, 1), (2563, 3), (2565, 1)):
        groups.set_level(by="system", group=group, fiscal_year=fiscal_year, level=level, source="ทดสอบ")
    [candidate] = queries.candidates(2564, "48")
    assert (candidate.level, candidate.level_year) == (3, 2563)


def test_a_rule_that_does_not_admit_the_group_is_refused(cast: Cast, year: ProgrammeYear) -> None:
    said = refused(actions.propose_groups, by=cast.district_officer, year=year, groups=[(a_group("กลุ่มก"), 1, "")])
    assert said == "กลุ่มกไม่ได้เข้าหลักเกณฑ์ข้อ 1"


def test_a_group_is_proposed_once(cast: Cast, year: ProgrammeYear) -> None:
    group = a_group("กลุ่มก")
    propose(cast, year, group)
    assert refused(propose, cast, year, group) == "เสนอกลุ่มกไว้แล้ว โปรดเปิดหน้าใหม่เพื่อดูรายชื่อล่าสุด"


def test_a_closed_group_is_not_proposed(cast: Cast, year: ProgrammeYear) -> None:
    group = a_group("กลุ่มก")
    groups.close_group(by="system", group=group, closed_on=date(2021, 5, 1), reason="สมาชิกลงมติเลิก")
    assert refused(propose, cast, year, group, reason="ทดสอบ") == "กลุ่มกเลิกกลุ่มแล้ว เสนอไม่ได้"


def test_a_withdrawn_proposal_stays_and_the_group_may_be_proposed_again(cast: Cast, year: ProgrammeYear) -> None:
    group = a_group()
    propose(cast, year, group)
    [proposal] = queries.open_proposals(year)
    actions.withdraw_proposal(by=cast.district_officer, proposal=proposal, reason="กลุ่มขอพัก")
    propose(cast, year, group)
    assert list(group.proposals.order_by("pk").values_list("withdrawn_because", flat=True)) == ["กลุ่มขอพัก", ""]


# --- the frozen list -----------------------------------------------------------------------


def test_confirming_makes_every_place_and_seats_rule_1_first(cast: Cast, year: ProgrammeYear) -> None:
    propose(cast, year, a_group("กลุ่มระดับสาม"), a_group("กลุ่มแกนนำ", founder=True))
    frozen = confirm(cast, year)
    held = queries.standing(year).order_by("place__number").values_list("place__number", "group__name", "rule")
    assert list(held) == [(1, "กลุ่มแกนนำ", 1), (2, "กลุ่มระดับสาม", 2)]
    assert Place.objects.filter(list=frozen).count() == 10
    assert acts() == ["programme.open_year", "programme.propose_groups", "programme.confirm_list"]


def test_nobody_confirms_what_he_proposed_himself(cast: Cast, year: ProgrammeYear) -> None:
    propose(cast, year, a_group("กลุ่มก"))
    said = refused(actions.confirm_list, by=cast.district_officer, year=year, province=unit("48"))
    assert said == "ท่านเป็นผู้เสนอกลุ่มกเอง จึงยืนยันเองไม่ได้ ให้ผู้มีอำนาจท่านอื่นยืนยัน"


def test_a_list_is_confirmed_once_and_takes_no_more_proposals(cast: Cast, year: ProgrammeYear) -> None:
    selected(a_group(), cast=cast)
    said = "จังหวัดนครพนมยืนยันรายชื่อแล้ว หากต้องเปลี่ยนกลุ่ม ให้พัฒนาการจังหวัดใช้ “เปลี่ยนกลุ่ม” พร้อมเหตุผล"
    assert refused(confirm, cast, year) == said
    assert refused(propose, cast, year, a_group("กลุ่มใหม่")) == said


def test_an_empty_list_is_not_confirmed(cast: Cast, year: ProgrammeYear) -> None:
    assert refused(confirm, cast, year) == "ยังไม่มีกลุ่มที่อำเภอเสนอ ให้อำเภอเสนอก่อน แล้วจึงยืนยันรายชื่อ"


def test_more_than_the_quota_is_refused_until_some_are_chosen(cast: Cast, year: ProgrammeYear) -> None:
    eleven = [a_group(f"กลุ่ม {n:02}") for n in range(11)]
    propose(cast, year, *eleven)
    assert refused(confirm, cast, year) == "จังหวัดนครพนมเลือกไว้ 11 กลุ่ม เกินโควตา 10 แห่ง โปรดเลือกให้ไม่เกินโควตา"
    frozen = confirm(cast, year, chosen=eleven[:10])
    assert [(row["name"], row["reason"]) for row in frozen.left_out] == [("กลุ่ม 10", "เข้าหลักเกณฑ์ข้อ 2 แต่ครบโควตา 10 แห่งแล้ว")]


def test_passing_over_a_founder_needs_a_reason_which_is_kept(cast: Cast, year: ProgrammeYear) -> None:
    founder = a_group("กลุ่มแกนนำ", founder=True)
    propose(cast, year, a_group("กลุ่มระดับสาม"))
    assert refused(confirm, cast, year) == "กลุ่มที่เข้าหลักเกณฑ์ก่อนยังไม่ถูกเลือก: กลุ่มแกนนำ โปรดเลือก หรือเขียนเหตุผลที่ไม่เลือก"
    frozen = confirm(cast, year, passed_over={founder.pk: "คณะกรรมการชุดใหม่ขอเข้าร่วมปีหน้า"})
    assert [row["reason"] for row in frozen.left_out] == ["เข้าหลักเกณฑ์ข้อ 1 คณะกรรมการชุดใหม่ขอเข้าร่วมปีหน้า"]


def test_everyone_left_out_is_kept_with_the_reason(cast: Cast, year: ProgrammeYear) -> None:
    taken, withdrawn = a_group("กลุ่มก"), a_group("กลุ่มข")
    a_group("กลุ่มค", level=2)
    a_group("กลุ่มง", level=None)
    propose(cast, year, taken, withdrawn)
    proposal = queries.open_proposals(year).get(group=withdrawn)
    actions.withdraw_proposal(by=cast.district_officer, proposal=proposal, reason="กลุ่มขอพัก")
    assert {row["name"]: row["reason"] for row in confirm(cast, year).left_out} == {
        "กลุ่มข": "เข้าหลักเกณฑ์ข้อ 2 อำเภอถอนการเสนอ: กลุ่มขอพัก",
        "กลุ่มค": "ระดับ 2 (ปี 2564) หลักเกณฑ์ต้องเป็นระดับ 3",
        "กลุ่มง": "ยังไม่มีผลการจัดระดับการพัฒนา",
    }


def test_what_happens_to_the_register_later_moves_no_frozen_list(cast: Cast, year: ProgrammeYear) -> None:
    [row] = selected(a_group("กลุ่มก"), cast=cast)
    groups.set_level(by="system", group=row.group, fiscal_year=2564, level=1, source="แก้ผลการจัดระดับ")
    row.refresh_from_db()
    assert (row.rule, row.until) == (2, None)


def queries_of_confirming(cast: Cast, year: ProgrammeYear, count: int) -> int:
    propose(cast, year, *[a_group(f"กลุ่ม {n:02}") for n in range(count)])
    with CaptureQueriesContext(
        connection,
    ) as asked:
        confirm(cast, year)
    return len(asked)


@pytest.mark.parametrize("count", [1, 3, 10])
def test_confirming_costs_the_same_for_one_group_and_for_ten(cast: Cast, year: ProgrammeYear, count: int) -> None:
    assert queries_of_confirming(cast, year, count) == QUERIES_OF_CONFIRMING


QUERIES_OF_CONFIRMING = 25


# --- places --------------------------------------------------------------------------------


def test_a_replacement_takes_the_place_and_the_old_name_stays(cast: Cast, year: ProgrammeYear) -> None:
    [old] = selected(a_group("กลุ่มเดิม"), cast=cast)
    new = actions.replace_group(by=cast.province_head, selected=old, new_group=a_group("กลุ่มใหม่"), reason="กลุ่มเดิมขอถอนตัว")
    history = queries.holders(year).values_list("place__number", "group__name", "until_because", "until_by__full_name")
    assert list(history) == [(1, "กลุ่มเดิม", "กลุ่มเดิมขอถอนตัว", cast.province_head.full_name), (1, "กลุ่มใหม่", "", None)]
    assert [row.thing for row in measures.selected(year)] == [new.pk]
    assert acts()[-1] == "programme.replace_group"


def test_a_replacement_needs_a_reason(cast: Cast) -> None:
    [old] = selected(a_group(), cast=cast)
    said = refused(actions.replace_group, by=cast.province_head, selected=old, new_group=a_group("กลุ่มใหม่"), reason=" ")
    assert said == "โปรดเขียนเหตุผล รายชื่อที่ยืนยันแล้วเปลี่ยนได้เมื่อมีเหตุผลเท่านั้น"


def test_a_replacement_outside_the_rule_needs_its_own_reason(cast: Cast) -> None:
    [old] = selected(a_group(), cast=cast)
    small = a_group("กลุ่มเล็ก", level=1)
    with pytest.raises(Refused) as refusal:
        actions.replace_group(by=cast.province_head, selected=old, new_group=small, reason="กลุ่มเดิมขอถอนตัว")
    assert refusal.value.field == "override_reason"
    new = actions.replace_group(
        by=cast.province_head, selected=old, new_group=small, reason="กลุ่มเดิมขอถอนตัว", override_reason="ไม่มีกลุ่มระดับ 3 เหลือ"
    )
    assert (new.rule, new.reason) == (None, "กลุ่มเดิมขอถอนตัว · ไม่มีกลุ่มระดับ 3 เหลือ")


def test_a_group_of_another_province_takes_no_place_here(cast: Cast) -> None:
    [old] = selected(a_group(), cast=cast)
    elsewhere = a_group("กลุ่มสกลนคร", village=a_village(1, "470101"))
    said = refused(actions.replace_group, by=cast.province_head, selected=old, new_group=elsewhere, reason="ทดสอบ")
    assert said == "กลุ่มใหม่ต้องอยู่ในพื้นที่เดียวกับที่ของเป้าหมายนี้"


def test_a_group_on_the_list_takes_no_second_place(cast: Cast) -> None:
    old, other = selected(a_group("กลุ่มก"), a_group("กลุ่มข"), cast=cast)
    said = refused(actions.replace_group, by=cast.province_head, selected=old, new_group=other.group, reason="ทดสอบ")
    assert said == "กลุ่มขอยู่ในรายชื่อแล้ว โปรดเลือกกลุ่มอื่น"


def test_a_replaced_group_is_not_replaced_twice(cast: Cast) -> None:
    [old] = selected(a_group(), cast=cast)
    actions.replace_group(by=cast.province_head, selected=old, new_group=a_group("กลุ่มใหม่"), reason="ทดสอบ")
    said = refused(actions.replace_group, by=cast.province_head, selected=old, new_group=a_group("กลุ่มที่สาม"), reason="ทดสอบ")
    assert said == "กลุ่มนี้ถูกเปลี่ยนไปแล้ว โปรดเปิดหน้าใหม่เพื่อดูรายชื่อล่าสุด"


def test_a_dropped_groups_place_stays_empty_until_another_fills_it(cast: Cast, year: ProgrammeYear) -> None:
    [old] = selected(a_group("กลุ่มก"), cast=cast)
    place = actions.drop_group(by=cast.province_head, selected=old, reason="สมาชิกลงมติไม่เข้าร่วม")
    assert (measures.selected(year), Place.objects.filter(list__year=year).count()) == ([], 10)
    filled = actions.fill_place(by=cast.province_head, place=place, group=a_group("กลุ่มข"), reason="เติมที่ว่าง")
    assert [(row.thing, row.path) for row in measures.selected(year)] == [(filled.pk, filled.group.unit.path)]


def test_a_held_place_is_not_filled_again(cast: Cast) -> None:
    [old] = selected(a_group("กลุ่มก"), cast=cast)
    said = refused(actions.fill_place, by=cast.province_head, place=old.place, group=a_group("กลุ่มข"), reason="ทดสอบ")
    assert said == "ที่นี้มีกลุ่มแล้ว โปรดเปิดหน้าใหม่เพื่อดูรายชื่อล่าสุด"


def test_a_wrong_replacement_is_taken_back_and_the_first_groups_work_counts_again(cast: Cast, year: ProgrammeYear) -> None:
    [old] = selected(a_group("กลุ่มก"), cast=cast)
    new = actions.replace_group(by=cast.province_head, selected=old, new_group=a_group("กลุ่มข"), reason="ขอถอนตัว")
    actions.reinstate_group(by=cast.province_head, selected=old, reason="เปลี่ยนผิดกลุ่ม")
    new.refresh_from_db()
    assert ([row.thing for row in measures.selected(year)], new.until_because) == ([old.pk], "เปลี่ยนผิดกลุ่ม")
    audit = AuditRow.objects.get(act="programme.reinstate_group")
    assert (audit.detail["left"]["because"], audit.detail["instead_of"]) == ("ขอถอนตัว", "กลุ่มข")


def test_a_group_that_holds_another_place_is_not_reinstated(cast: Cast) -> None:
    old, other = selected(a_group("กลุ่มก"), a_group("กลุ่มข"), cast=cast)
    place = actions.drop_group(by=cast.province_head, selected=old, reason="ขอถอนตัว")
    actions.drop_group(by=cast.province_head, selected=other, reason="ขอถอนตัว")
    actions.fill_place(by=cast.province_head, place=place, group=other.group, reason="เติม")
    assert refused(actions.reinstate_group, by=cast.province_head, selected=other, reason="ทดสอบ") == "กลุ่มขอยู่ในรายชื่อแล้วในที่อื่น"


# --- a nation at once ----------------------------------------------------------------------


def test_the_act_takes_the_day_it_is_given(cast: Cast, year: ProgrammeYear) -> None:
    at = clock.moment(date(2021, 4, 26))
    actions.propose_groups(by=cast.district_officer, year=year, groups=[(a_group(), None, "")], at=at)
    frozen = confirm(cast, year, at=at)
    assert frozen.confirmed_at == at
    assert {row.at for row in queries.standing(year)} == {at}


def test_the_head_of_another_province_sees_his_own_list(cast: Cast, year: ProgrammeYear) -> None:
    other: Person = someone("district_officer", unit("4701"))
    head: Person = someone("province_head", unit("47"))
    group = a_group("กลุ่มสกลนคร", village=a_village(1, "470101"))
    actions.propose_groups(by=other, year=year, groups=[(group, None, "")])
    selected(a_group("กลุ่มนครพนม"), cast=cast)
    actions.confirm_list(by=head, year=year, province=unit("47"))
    assert [row.path[:2] for row in measures.selected(year)] == ["47", "48"]
