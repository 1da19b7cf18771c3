"""The register: putting groups in, grading them, and what clause 4.2 reviews."""

from datetime import date

import pytest

from sajja.audit.models import AuditRow
from sajja.groups import actions, queries
from sajja.groups.actions import NewCommitteeMember, NewGroup, NewRegulation
from sajja.groups.models import SavingsGroup
from sajja.lib.refusals import Refused
from sajja.org.actions import add_village
from sajja.org.models import Kind, Unit
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def village() -> Unit:
    """หมู่ 2 of the first subdistrict of ธาตุพนม."""
    subdistrict = Unit.objects.filter(kind=Kind.SUBDISTRICT, parent__path="4805", active=True).order_by("path")[0]
    return add_village(by="system", subdistrict=subdistrict, number=2, name="บ้านอุ่มเหม้า")


def registered(cast: Cast, village: Unit, name: str = "กลุ่มออมทรัพย์บ้านอุ่มเหม้า", code: str = "") -> SavingsGroup:
    return actions.register_group(by=cast.district_officer, village=village, name=name, code=code)


def test_a_group_without_a_code_of_its_own_gets_the_code_of_its_unit(cast: Cast, village: Unit) -> None:
    group = registered(cast, village)
    assert (group.code, group.unit.path, group.unit.kind) == (f"{village.path}0001", f"{village.path}0001", Kind.GROUP)


def test_wilai_cannot_register_the_same_name_twice_in_one_village(cast: Cast, village: Unit) -> None:
    registered(cast, village)
    with pytest.raises(Refused, match="หมู่บ้านนี้มีกลุ่มชื่อนี้ในทะเบียนแล้ว"):
        registered(cast, village)


@pytest.mark.parametrize("text", ["อุ่มเหม้า", "ธาตุพนม", "อ.ธาตุพนม อุ่มเหม้า", "นครพนม", "จังหวัดนครพนม", "หมู่2", "กลุ่ม  ออม"])
def test_a_group_is_found_by_any_part_of_its_name_or_place(cast: Cast, village: Unit, text: str) -> None:
    group = registered(cast, village)
    assert list(queries.search(queries.register(cast.district_officer), text)) == [group]


def test_a_group_is_not_found_by_another_place(cast: Cast, village: Unit) -> None:
    registered(cast, village)
    assert list(queries.search(queries.register(cast.district_officer), "ธาตุพนม นาแก")) == []


def test_a_thousand_groups_are_one_act(cast: Cast, village: Unit) -> None:
    rows = [NewGroup(village.path, f"กลุ่มที่ {n}", level=3, level_year=2563, level_source="อำเภอ") for n in range(1000)]
    before = AuditRow.objects.count()
    made = actions.register_groups(by="system", rows=rows)
    assert (len(made), AuditRow.objects.count() - before) == (1000, 1)
    assert queries.levels_of(made[:3], 2563) == {group.pk: 3 for group in made[:3]}


def test_a_new_grading_counts_and_the_old_one_stays(cast: Cast, village: Unit) -> None:
    group = registered(cast, village)
    actions.set_level(by=cast.district_officer, group=group, fiscal_year=2563, level=2, source="อำเภอ")
    actions.set_level(by=cast.district_officer, group=group, fiscal_year=2563, level=3, source="ทวนสอบ")
    assert [(row.level, row.counts) for row in queries.level_rows(group)] == [(3, True), (2, False)]


def test_heads_of_the_rules_must_add_to_a_hundred(cast: Cast, village: Unit) -> None:
    rules = NewRegulation(date(2020, 1, 1), 5000, 1, 20, 5, 1200, heads=[("ปันผล", 6000), ("สวัสดิการ", 3000)])
    with pytest.raises(Refused, match="ตอนนี้รวมได้ร้อยละ 90"):
        actions.add_regulation(by=cast.district_officer, group=registered(cast, village), regulation=rules)


def test_loan_interest_above_the_law_is_refused(cast: Cast, village: Unit) -> None:
    rules = NewRegulation(date(2020, 1, 1), 5000, 1, 20, 5, 1501)
    with pytest.raises(Refused, match="เกินร้อยละ 15 ต่อปีไม่ได้"):
        actions.add_regulation(by=cast.district_officer, group=registered(cast, village), regulation=rules)


def test_the_rules_in_force_are_those_of_the_day(cast: Cast, village: Unit) -> None:
    group = registered(cast, village)
    for year, unit in [(2018, 5000), (2020, 10000), (2022, 20000)]:
        rules = NewRegulation(date(year, 1, 1), unit, 1, 20, 5, 1200, heads=[("ปันผล", 6000), ("สวัสดิการ", 4000)])
        actions.add_regulation(by=cast.district_officer, group=group, regulation=rules)
    found = queries.regulation_on(group)
    assert found is not None
    assert (found.pledge_unit_satang, [head.name for head in found.heads.all()]) == (10000, ["ปันผล", "สวัสดิการ"])


def test_a_new_committee_ends_the_term_of_the_old(cast: Cast, village: Unit) -> None:
    group = registered(cast, village)
    for name, since in [("นายเก่า", date(2018, 1, 1)), ("นายใหม่", date(2021, 1, 1))]:
        member = NewCommitteeMember(name, "male", "directing", "chair")
        actions.elect_committee(by=cast.district_officer, group=group, members=[member], starts=since)
    assert [member.name for member in queries.committee_on(group)] == ["นายใหม่"]
    assert [member.name for member in queries.committee_on(group, date(2020, 12, 31))] == ["นายเก่า"]


def test_two_chairs_are_refused(cast: Cast, village: Unit) -> None:
    members = [NewCommitteeMember(name, "male", "directing", "chair") for name in ("นายหนึ่ง", "นายสอง")]
    with pytest.raises(Refused, match="ประธานมีได้คนเดียว"):
        actions.elect_committee(by=cast.district_officer, group=registered(cast, village), members=members)


def test_a_changed_name_is_found_and_the_old_one_stands_in_the_audit(cast: Cast, village: Unit) -> None:
    group = registered(cast, village)
    actions.change_group(by=cast.district_officer, group=group, name="กลุ่มออมทรัพย์รุ่งเรือง")
    row = AuditRow.objects.get(act="groups.change_group")
    assert row.detail == {"changes": [{"what": "name", "from": "กลุ่มออมทรัพย์บ้านอุ่มเหม้า", "to": "กลุ่มออมทรัพย์รุ่งเรือง"}]}
    assert list(queries.search(SavingsGroup.objects.all(), "รุ่งเรือง")) == [group]
    assert Unit.objects.get(pk=group.pk).name == "กลุ่มออมทรัพย์รุ่งเรือง"


def test_a_closed_group_stays_and_can_be_opened_again(cast: Cast, village: Unit) -> None:
    group = registered(cast, village)
    actions.close_group(by=cast.district_officer, group=group, closed_on=date(2021, 5, 1), reason="สมาชิกลาออก")
    assert list(queries.open_groups(SavingsGroup.objects.all())) == []
    actions.reopen_group(by=cast.district_officer, group=group, reason="บันทึกผิดกลุ่ม")
    assert list(queries.open_groups(SavingsGroup.objects.all())) == [group]


def test_the_same_committee_typed_again_corrects_a_name(cast: Cast, village: Unit) -> None:
    group = registered(cast, village)
    for name in ["นายบุญมา", "นายบุญมี"]:
        member = NewCommitteeMember(name, "male", "directing", "chair")
        actions.elect_committee(by=cast.district_officer, group=group, members=[member], starts=date(2021, 1, 1))
    assert [member.name for member in queries.committee_on(group)] == ["นายบุญมี"]


def test_a_committee_with_a_wrong_day_is_withdrawn_and_typed_again(cast: Cast, village: Unit) -> None:
    group = registered(cast, village)
    member = NewCommitteeMember("นายบุญมี", "male", "directing", "chair")
    actions.elect_committee(by=cast.district_officer, group=group, members=[member], starts=date(2021, 1, 1))
    with pytest.raises(Refused, match="ถอนชุดนั้นก่อน"):
        actions.elect_committee(by=cast.district_officer, group=group, members=[member], starts=date(2020, 1, 1))
    actions.withdraw_committee(by=cast.district_officer, group=group, reason="พิมพ์ปีผิด")
    actions.elect_committee(by=cast.district_officer, group=group, members=[member], starts=date(2020, 1, 1))
    assert [member.starts for member in queries.committee_on(group)] == [date(2020, 1, 1)]


def test_rules_of_the_same_day_correct_and_can_be_withdrawn(cast: Cast, village: Unit) -> None:
    group = registered(cast, village)
    for day, unit in [(date(2018, 1, 1), 5000), (date(2020, 1, 1), 1000), (date(2020, 1, 1), 10000)]:
        actions.add_regulation(by=cast.district_officer, group=group, regulation=NewRegulation(day, unit, 1, 20, 5, 1200))
    now = queries.regulation_on(group)
    actions.withdraw_regulation(by=cast.district_officer, group=group, reason="ที่ประชุมยังไม่รับรอง")
    before = queries.regulation_on(group)
    assert now is not None
    assert before is not None
    assert (now.pledge_unit_satang, before.pledge_unit_satang) == (10000, 5000)


def test_a_grading_of_the_wrong_year_is_withdrawn(cast: Cast, village: Unit) -> None:
    group = registered(cast, village)
    level = actions.set_level(by=cast.district_officer, group=group, fiscal_year=2563, level=3, source="อำเภอ")
    actions.withdraw_level(by=cast.district_officer, level=level, reason="ผิดกลุ่ม")
    assert queries.levels_of([group], 2563) == {}
    assert queries.history(group)[0].said == "ถอนระดับ 3 ของปี 2563 เพราะ ผิดกลุ่ม"


def test_rules_and_committees_that_came_to_many_groups_stand_in_the_history_of_each(cast: Cast, village: Unit) -> None:
    group, other = registered(cast, village), registered(cast, village, "กลุ่มสอง")
    rules = NewRegulation(date(2020, 1, 1), 5000, 1, 20, 5, 1200)
    chair, aide = (NewCommitteeMember(name, "female", "directing") for name in ("นางคำปุ่น", "นางทองใบ"))
    actions.add_regulations(by=cast.district_officer, regulations=[(group, rules), (other, rules)])
    actions.elect_committees(
        by=cast.district_officer, committees=[(group, [chair, aide]), (other, [aide])], starts=date(2020, 2, 1)
    )
    assert [line.said for line in queries.history(group)][:2] == [
        "บันทึกคณะกรรมการชุดใหม่ 2 คน เริ่มวาระ 1 ก.พ. 2563: นางคำปุ่น, นางทองใบ",
        "บันทึกระเบียบที่ใช้ตั้งแต่ 1 ม.ค. 2563: สัจจะหุ้นละ 50.00 บาท ดอกเบี้ยเงินกู้ร้อยละ 12 ต่อปี",
    ]
    assert "บันทึกคณะกรรมการชุดใหม่ 1 คน เริ่มวาระ 1 ก.พ. 2563: นางทองใบ" in [line.said for line in queries.history(other)]


def test_nothing_new_is_said_of_a_closed_group_and_what_was_said_can_be_withdrawn(cast: Cast, village: Unit) -> None:
    group, officer = registered(cast, village), cast.district_officer
    level = actions.set_level(by=officer, group=group, fiscal_year=2563, level=3, source="อำเภอ")
    actions.close_group(by=officer, group=group, closed_on=date(2021, 6, 1), reason="สมาชิกลาออกหมด")
    for attempt in (
        lambda: actions.set_level(by=officer, group=group, fiscal_year=2564, level=3, source="อำเภอ"),
        lambda: actions.found_centre(by=officer, group=group, centre_name="ศูนย์", year=2560, evidence="คำสั่ง"),
        lambda: actions.add_regulation(by=officer, group=group, regulation=NewRegulation(date(2021, 6, 2), 5000, 1, 20, 5, 1200)),
        lambda: actions.elect_committee(by=officer, group=group, members=[NewCommitteeMember("นางคำปุ่น", "female", "directing")]),
    ):
        with pytest.raises(Refused, match=r"กลุ่มนี้เลิกไปแล้วเมื่อ 1 มิ\.ย\. 2564 บันทึกเพิ่มไม่ได้"):
            attempt()
    assert not actions.withdraw_level(by=officer, level=level, reason="ผิดกลุ่ม").counts
