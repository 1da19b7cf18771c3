"""The members of a group: joining, pledging, changing, leaving, and what is kept of a national ID."""

from datetime import date
from pathlib import Path

import pytest
from pytest_django import Settings

from sajja.audit.models import AuditRow
from sajja.groups import actions, queries
from sajja.groups.actions import NewBeneficiary, NewMember
from sajja.groups.models import Beneficiary, Member, MemberChange, SavingsGroup
from sajja.lib.refusals import Refused
from sajja.org.models import Person
from sajja.web import vault
from sajja.web.vault import VaultError
from tests.cast import Cast
from tests.groups.people import JOINED, a_member, a_national_id, a_ruled_group

pytestmark = pytest.mark.django_db


@pytest.fixture
def group() -> SavingsGroup:
    return a_ruled_group()


@pytest.fixture
def secretary(group: SavingsGroup) -> Person:
    return Cast().secretary(group)


def numbers(members: list[Member]) -> list[str]:
    return [member.number for member in members]


def test_whoever_brings_no_number_gets_the_next_one(group: SavingsGroup, secretary: Person) -> None:
    a_member(group, number="M09")
    made = actions.enrol_members(
        by=secretary, group=group, members=[NewMember(name=name, joined_on=JOINED) for name in ("ก", "ข")]
    )
    assert numbers(made) == ["M10", "M11"]


def test_numbers_sort_as_people_count(group: SavingsGroup) -> None:
    for number in ("M10", "M2", "1"):
        a_member(group, number=number)
    assert numbers(list(Member.objects.filter(group=group).order_by("order"))) == ["1", "M2", "M10"]


def test_a_number_is_given_once(group: SavingsGroup) -> None:
    a_member(group, number="7")
    with pytest.raises(Refused, match="เลขที่สมาชิก 7 มีอยู่แล้ว"):
        a_member(group, number="7")


def test_two_thousand_members_are_one_act_and_few_statements(
    group: SavingsGroup, secretary: Person, django_assert_max_num_queries: object
) -> None:
    before = AuditRow.objects.count()
    new = [
        NewMember(name=f"สมาชิก {n}", joined_on=JOINED, pledge_satang=10000, family=f"F{n % 100}",
                  beneficiaries=[NewBeneficiary("นางทายาท", "บุตร", 10000)])
        for n in range(2000)
    ]  # fmt: skip
    with django_assert_max_num_queries(120):  # type: ignore[operator]
        made = actions.enrol_members(by=secretary, group=group, members=new)
    assert (len(made), AuditRow.objects.count() - before) == (2000, 1)
    assert sum(queries.pledges_on(group, date(2020, 1, 1)).values()) == 2000 * 10000


def test_one_wrong_row_takes_nobody_in(group: SavingsGroup, secretary: Person) -> None:
    rows = [NewMember(name="ถูก", joined_on=JOINED), NewMember(name="ผิด", joined_on=JOINED, pledge_satang=7700)]
    with pytest.raises(Refused, match=r"ครั้งละ 50\.00 บาท"):
        actions.enrol_members(by=secretary, group=group, members=rows)
    assert Member.objects.count() == 0


def test_nobody_joins_in_the_future(group: SavingsGroup) -> None:
    with pytest.raises(Refused, match="ยังมาไม่ถึง"):
        a_member(group, joined_on=date(2021, 6, 11))


# --- the national ID -------------------------------------------------------------------------


def test_of_a_national_id_only_the_sealed_text_a_hash_and_three_digits_are_kept(group: SavingsGroup) -> None:
    digits = a_national_id(1)
    member = Member.objects.get(pk=a_member(group, national_id=digits).pk)
    assert member.national_id_masked == f"x-xxxx-xxxxx-{digits[10:12]}-{digits[12]}"
    assert vault.open_(member.national_id_sealed) == digits
    assert [field.name for field in Member._meta.concrete_fields if digits in str(getattr(member, field.attname))] == []
    assert [row for row in AuditRow.objects.all() if digits in f"{row.detail}{row.about_name}"] == []


def test_a_national_id_that_fails_its_check_is_refused(group: SavingsGroup) -> None:
    digits = a_national_id(1)
    wrong = digits[:-1] + str((int(digits[-1]) + 1) % 10)
    with pytest.raises(Refused, match="ไม่ตรงกับหลักตรวจสอบ"):
        a_member(group, national_id=wrong)


def test_one_person_is_a_member_once_and_the_refusal_names_who_holds_it(group: SavingsGroup) -> None:
    a_member(group, number="M01", national_id=a_national_id(1))
    with pytest.raises(Refused, match="สมาชิกเลขที่ M01 นางคำปุ่น ใจซื่อ"):
        a_member(group, national_id=a_national_id(1))


def test_twice_the_same_national_id_in_one_list_is_refused(group: SavingsGroup, secretary: Person) -> None:
    rows = [NewMember(name=name, joined_on=JOINED, **actions.identity(a_national_id(3))) for name in ("ก", "ข")]  # type: ignore[arg-type]
    with pytest.raises(Refused, match="ซ้ำกันในรายการนี้"):
        actions.enrol_members(by=secretary, group=group, members=rows)


def test_a_changed_national_id_is_told_without_its_digits(group: SavingsGroup, secretary: Person) -> None:
    old, new = a_national_id(1), a_national_id(2)
    member = a_member(group, national_id=old)
    actions.change_member(by=secretary, member=member, changes={"national_id": new}, reason="พิมพ์ผิด")
    row = MemberChange.objects.get(member=member)
    assert (row.field, row.before[-4:], row.after[-4:]) == ("national_id", f"{old[10:12]}-{old[12]}", f"{new[10:12]}-{new[12]}")
    assert vault.open_(Member.objects.get(pk=member.pk).national_id_sealed) == new


def test_the_whole_national_id_opens_for_a_reason_that_stays_in_the_audit(group: SavingsGroup, secretary: Person) -> None:
    digits = a_national_id(4)
    member = a_member(group, national_id=digits)
    assert actions.show_national_id(by=secretary, member=member, reason="ทำหนังสือถึงธนาคาร") == digits
    row = AuditRow.objects.get(act="groups.show_national_id")
    assert (row.by, row.detail) == (secretary.key, {"reason": "ทำหนังสือถึงธนาคาร"})


def test_where_the_keys_are_lost_no_new_one_takes_their_place(group: SavingsGroup, settings: Settings, tmp_path: Path) -> None:
    a_member(group, national_id=a_national_id(1))
    settings.SAJJA_DATA = tmp_path
    with pytest.raises(VaultError, match="all keys are missing"):
        a_member(group, national_id=a_national_id(2))
    assert not (tmp_path / "keys").exists()


def test_there_is_nothing_to_show_where_no_national_id_is_kept(group: SavingsGroup, secretary: Person) -> None:
    with pytest.raises(Refused, match="ยังไม่มีเลขประจำตัวประชาชน"):
        actions.show_national_id(by=secretary, member=a_member(group), reason="ดู")


# --- changes ---------------------------------------------------------------------------------


def test_a_change_stays_as_from_what_to_what_why_and_by_whom(group: SavingsGroup, secretary: Person) -> None:
    member = a_member(group, phone="042000000")
    changes = {"name": "นางคำปุ่น รวยทรัพย์ (ตัวอย่าง)", "phone": "042000000", "born_on": date(1970, 5, 1)}
    actions.change_member(by=secretary, member=member, changes=changes, reason="แต่งงาน")
    rows = MemberChange.objects.filter(member=member).order_by("pk").values_list("field", "before", "after", "reason", "by_name")
    assert list(rows) == [
        ("name", "นางคำปุ่น ใจซื่อ (ตัวอย่าง)", "นางคำปุ่น รวยทรัพย์ (ตัวอย่าง)", "แต่งงาน", secretary.full_name),
        ("born_on", "", "1 พ.ค. 2513", "แต่งงาน", secretary.full_name),
    ]


def test_what_stays_the_same_is_no_change(group: SavingsGroup, secretary: Person) -> None:
    member = a_member(group, phone="042000000")
    assert actions.change_member(by=secretary, member=member, changes={"phone": "042000000"}) == []
    assert AuditRow.objects.filter(act="groups.change_member").count() == 0


def test_a_changed_number_must_be_free(group: SavingsGroup, secretary: Person) -> None:
    a_member(group, number="1")
    with pytest.raises(Refused, match="เลขที่สมาชิก 1 มีอยู่แล้ว"):
        actions.change_member(by=secretary, member=a_member(group, number="2"), changes={"number": "1"})


def test_a_child_needs_a_guardian_who_is_a_member_and_no_child(group: SavingsGroup, secretary: Person) -> None:
    with pytest.raises(Refused, match="ใส่เลขที่สมาชิกของผู้ปกครอง"):
        a_member(group, "ด.ช.เอก (ตัวอย่าง)", kind="child")
    with pytest.raises(Refused, match="ไม่พบผู้ปกครองเลขที่ 99"):
        a_member(group, "ด.ช.เอก (ตัวอย่าง)", kind="child", guardian="99")
    a_member(group, number="1")
    child = a_member(group, "ด.ช.เอก (ตัวอย่าง)", kind="child", guardian="1")
    assert child.guardian is not None
    assert child.guardian.number == "1"
    with pytest.raises(Refused, match="ที่ไม่ใช่สมาชิกเด็ก"):
        a_member(group, "ด.ญ.โท (ตัวอย่าง)", kind="child", guardian=child.number)


# --- pledges ---------------------------------------------------------------------------------


def test_the_newest_row_of_a_month_holds_and_the_others_stay(group: SavingsGroup, secretary: Person) -> None:
    member = a_member(group, pledge_satang=10000)
    for satang in (20000, 30000):
        actions.set_pledge(by=secretary, member=member, amount_satang=satang, effective_from=date(2021, 3, 20))
    assert queries.pledge_history(group) == {member.pk: [(date(2020, 1, 1), 10000), (date(2021, 3, 1), 30000)]}
    assert [queries.pledges_on(group, date(2021, month, 1)).get(member.pk) for month in (2, 3, 4)] == [10000, 30000, 30000]
    assert member.pledges.count() == 3


@pytest.mark.parametrize("satang", [2500, 7500, 105000])
def test_a_pledge_is_whole_shares_within_the_regulation(group: SavingsGroup, secretary: Person, satang: int) -> None:
    with pytest.raises(Refused, match=r"เดือนละ 50.00 ถึง 1,000.00 บาท ครั้งละ 50.00 บาท"):
        actions.set_pledge(by=secretary, member=a_member(group), amount_satang=satang, effective_from=date(2021, 6, 1))


def test_nobody_pledges_before_joining(group: SavingsGroup, secretary: Person) -> None:
    with pytest.raises(Refused, match="ไม่ก่อนเดือนที่เป็นสมาชิก"):
        actions.set_pledge(by=secretary, member=a_member(group), amount_satang=10000, effective_from=date(2019, 12, 1))


# --- beneficiaries, families, the order ------------------------------------------------------


def test_beneficiaries_replace_the_former_ones_who_stay_struck(group: SavingsGroup, secretary: Person) -> None:
    member = a_member(group)
    whole = [NewBeneficiary("นายหนึ่ง", "บุตร", 10000)]
    parts = [NewBeneficiary("นายหนึ่ง", "บุตร", 3333), NewBeneficiary("นายสอง", "บุตร", 6667)]
    for given in (whole, parts):
        actions.set_beneficiaries(by=secretary, member=member, beneficiaries=given)
    rows = Beneficiary.objects.filter(member=member).order_by("pk").values_list("position", "name", "share_bp", "counts")
    assert list(rows) == [(1, "นายหนึ่ง", 10000, False), (1, "นายหนึ่ง", 3333, True), (2, "นายสอง", 6667, True)]


def test_shares_of_beneficiaries_add_to_the_whole(group: SavingsGroup, secretary: Person) -> None:
    with pytest.raises(Refused, match=r"ตอนนี้รวมได้ร้อยละ 99\.5"):
        actions.set_beneficiaries(
            by=secretary, member=a_member(group), beneficiaries=[NewBeneficiary("ก", "", 9000), NewBeneficiary("ข", "", 950)]
        )


def test_a_family_is_made_on_first_use_and_left_again(group: SavingsGroup, secretary: Person) -> None:
    one, two = a_member(group), a_member(group)
    family = actions.set_family(by=secretary, group=group, members=[one, two], code="12", name="บ้านใจซื่อ")
    assert family is not None
    assert numbers(list(family.members.order_by("order"))) == ["1", "2"]
    assert actions.set_family(by=secretary, group=group, members=[two], code="") is None
    assert numbers(list(family.members.all())) == ["1"]
    told = MemberChange.objects.filter(member=two).order_by("pk").values_list("before", "after")
    assert list(told) == [("", "บ้านใจซื่อ"), ("บ้านใจซื่อ", "")]


def test_the_treasurer_calls_in_the_order_that_was_set(group: SavingsGroup, secretary: Person) -> None:
    one, two, three = (a_member(group) for _n in range(3))
    assert list(queries.members_of(group)) == [one, two, three]
    actions.set_call_order(by=secretary, group=group, positions={three.pk: 1, one.pk: 2, two.pk: 3})
    assert list(queries.members_of(group)) == [three, one, two]


# --- the end ---------------------------------------------------------------------------------


def test_a_member_who_left_is_no_member_from_the_day_after(group: SavingsGroup, secretary: Person) -> None:
    member = a_member(group)
    actions.end_member(by=secretary, member=member, status="left", day=date(2021, 5, 5), because="ย้ายไปอยู่กรุงเทพฯ")
    assert [list(queries.active_on(group, date(2021, 5, day))) for day in (5, 6)] == [[member], []]
    with pytest.raises(Refused, match="พ้นสมาชิกภาพแล้ว"):
        actions.set_pledge(by=secretary, member=member, amount_satang=10000, effective_from=date(2021, 6, 1))


def test_an_ending_can_be_taken_back(group: SavingsGroup, secretary: Person) -> None:
    member = a_member(group)
    actions.end_member(by=secretary, member=member, status="died", day=date(2021, 5, 5), because="ป่วย")
    actions.take_back_ending(by=secretary, member=member, reason="บันทึกผิดคน")
    assert list(queries.active(group)) == [member]
    told = MemberChange.objects.filter(member=member).order_by("pk").values_list("before", "after", "reason")
    assert list(told) == [("เป็นสมาชิก", "เสียชีวิต", "ป่วย"), ("เสียชีวิต", "เป็นสมาชิก", "บันทึกผิดคน")]


def test_a_guardian_cannot_leave_the_child_behind(group: SavingsGroup, secretary: Person) -> None:
    guardian = a_member(group, number="1")
    a_member(group, "ด.ช.เอก (ตัวอย่าง)", kind="child", guardian="1")
    with pytest.raises(Refused, match=r"ยังเป็นผู้ปกครองของ ด.ช.เอก"):
        actions.end_member(by=secretary, member=guardian, status="left", day=date(2021, 5, 5), because="ลาออก")


@pytest.mark.parametrize("last", [date(2020, 1, 4), date(2021, 6, 11)])
def test_a_membership_ends_neither_before_it_began_nor_after_today(group: SavingsGroup, secretary: Person, last: date) -> None:
    with pytest.raises(Refused, match="วันพ้นสมาชิกภาพ"):
        actions.end_member(by=secretary, member=a_member(group), status="left", day=last, because="ลาออก")


def test_a_change_leaves_alone_what_others_changed_meanwhile(group: SavingsGroup, secretary: Person) -> None:
    as_read_before = a_member(group, number="8")
    actions.end_member(by=secretary, member=Member.objects.get(pk=as_read_before.pk), status="left", day=JOINED, because="ย้ายถิ่น")
    actions.change_member(by=secretary, member=as_read_before, changes={"phone": "0812345678"}, reason="เบอร์ใหม่")
    now = Member.objects.get(pk=as_read_before.pk)
    assert (now.phone, now.status, now.ended_because) == ("0812345678", "left", "ย้ายถิ่น")
