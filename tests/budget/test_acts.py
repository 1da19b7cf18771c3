"""Money down, lent, spent, cleared: what each act keeps, and what it refuses."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from sajja.audit.models import AuditRow
from sajja.budget import actions
from sajja.budget.actions import NewVoucher
from sajja.budget.models import Advance, Allocation, Purse, Voucher
from sajja.forums import actions as forums
from sajja.lib.refusals import Refused
from sajja.org.models import Person
from sajja.programme import actions as programme
from sajja.programme.models import ProgrammeYear, SelectedGroup
from sajja.programme.terms import plain
from tests.budget.money import PAID_ON, a_voucher, allocated, an_advance, cleared
from tests.cast import Cast, someone, unit
from tests.factories import a_forum, a_group, a_picture, a_selected_group, a_year, people, selected, the_letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def group(cast: Cast) -> SelectedGroup:
    return a_selected_group("กลุ่มบ้านอุ่มเหม้า", cast=cast)


@pytest.fixture
def year(cast: Cast) -> ProgrammeYear:
    return allocated(cast)


@pytest.fixture
def advance(year: ProgrammeYear, cast: Cast) -> Advance:
    return an_advance(year, cast)


def holds(path: str) -> tuple[int, int]:
    """What a unit received and passed on."""
    purse = Purse.objects.get(unit__path=path)
    return purse.received_satang, purse.passed_satang


def rows(path: str) -> list[int]:
    return list(Allocation.objects.filter(unit__path=path).order_by("pk").values_list("satang", flat=True))


# --- allocation ----------------------------------------------------------------------------


def test_the_department_has_what_the_letter_says_and_what_it_does_not_pass_on_stays(year: ProgrammeYear) -> None:
    assert holds("") == (228_000_000, 3_000_000)
    assert holds("48") == (3_000_000, 900_000)
    assert holds("4805") == (900_000, 0)


def test_all_provinces_get_their_quota_in_one_act_and_it_ties_out(cast: Cast) -> None:
    year = a_year(cast)
    provinces = {row.pk: 3_000_000 for row in unit("").children.filter(kind="province").exclude(path="10")}
    actions.allocate(by=cast.department, year=year, giver=unit(""), wanted=provinces, reference="พช 0407/1")
    assert len(provinces) == 76
    assert holds("") == (228_000_000, 228_000_000)
    assert [row.act for row in AuditRow.objects.filter(act__startswith="budget.")] == ["budget.allocate"]


def test_more_than_was_received_is_refused_with_the_sum_that_is_too_much(year: ProgrammeYear, cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        actions.allocate(
            by=cast.province_officer, year=year, giver=unit("48"), wanted={unit("4808").pk: 2_100_001}, reference="นพ 2"
        )
    assert str(refused.value) == "จัดสรรรวม 30,000.01 บาท เกินที่ได้รับ 30,000.00 บาท อยู่ 0.01 บาท ลดให้พอดี"
    assert holds("48") == (3_000_000, 900_000)


def test_less_is_a_reversal_of_the_row_and_a_new_one_with_the_reason(year: ProgrammeYear, cast: Cast) -> None:
    less = {unit("4805").pk: 600_000}
    with pytest.raises(Refused) as refused:
        actions.allocate(by=cast.province_officer, year=year, giver=unit("48"), wanted=less, reference="นพ 3")
    assert (str(refused.value), refused.value.field) == ("มีหน่วยที่ได้น้อยลง บอกเหตุผลที่ลด", "reason")
    actions.allocate(by=cast.province_officer, year=year, giver=unit("48"), wanted=less, reference="นพ 3", reason="ลดหนึ่งกลุ่ม")
    assert rows("4805") == [900_000, -900_000, 600_000]
    assert holds("48") == (3_000_000, 600_000)


def test_more_later_is_one_row_more(year: ProgrammeYear, cast: Cast) -> None:
    actions.allocate(by=cast.province_officer, year=year, giver=unit("48"), wanted={unit("4805").pk: 1_000_000}, reference="นพ 4")
    assert rows("4805") == [900_000, 100_000]


def test_a_district_is_not_left_with_less_than_it_lent(advance: Advance, cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        actions.allocate(
            by=cast.province_officer,
            year=advance.year,
            giver=unit("48"),
            wanted={unit("4805").pk: 299_999},
            reference="",
            reason="ลด",
        )
    assert str(refused.value) == "อำเภอธาตุพนมจัดสรรต่อหรือให้ยืมไปแล้ว 3,000.00 บาท จึงลดต่ำกว่านั้นไม่ได้"


def test_a_revision_with_another_budget_reaches_the_department_by_rows(year: ProgrammeYear, cast: Cast) -> None:
    terms = plain(the_letter())
    terms["letter"] |= {"reference": "มท ๐๔๐๗.๕/ว ๔๐๐ (ตัวอย่าง)", "dated": "2021-06-01", "what_changed": "ลดงบประมาณ"}
    terms["money"] |= {"budget_baht": "1900000.00", "per_group_baht": "2500.00"}
    programme.revise_year(by=cast.department, year=year, terms_mapping=terms)
    wanted = {unit("47").pk: 2_500_000}
    actions.allocate(by=cast.department, year=year, giver=unit(""), wanted=wanted, reference="พช 2")
    assert rows("") == [228_000_000, -228_000_000, 190_000_000]
    assert holds("") == (190_000_000, 5_500_000)


def test_money_goes_only_to_the_units_right_below_that_take_part(year: ProgrammeYear, cast: Cast) -> None:
    for giver, below in [("", "10"), ("", "4805"), ("48", "4701"), ("4805", "480501")]:
        with pytest.raises(Refused):
            actions.allocate(by=cast.department, year=year, giver=unit(giver), wanted={unit(below).pk: 1}, reference="")
    assert Allocation.objects.count() == 3


@pytest.mark.parametrize("sums", [{"passed_satang": 3_000_001}, {"passed_satang": -1}, {"received_satang": 899_999}])
def test_the_database_itself_refuses_a_purse_that_passed_on_what_it_has_not(year: ProgrammeYear, sums: dict[str, int]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Purse.objects.filter(unit__path="48").update(**sums)


# --- the advance ---------------------------------------------------------------------------


def test_an_advance_is_due_thirty_days_after_it_was_paid(advance: Advance) -> None:
    assert (advance.due, advance.state) == (date(2021, 6, 19), "draft")
    assert holds("4805") == (900_000, 300_000)


def test_no_more_is_lent_than_the_district_holds(advance: Advance, cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        an_advance(advance.year, cast, satang=600_001, number="2/2564")
    assert str(refused.value) == "อำเภอยืมได้อีกไม่เกิน 6,000.00 บาท"


def test_a_contract_number_is_used_once_until_its_contract_is_reversed(advance: Advance, cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        an_advance(advance.year, cast)
    assert (str(refused.value), refused.value.field) == ("เลขที่สัญญานี้ใช้แล้ว ตรวจเลขที่อีกครั้ง", "number")
    actions.reverse_advance(by=cast.district_officer, advance=advance, reason="พิมพ์จำนวนผิด")
    assert holds("4805") == (900_000, 0)
    assert an_advance(advance.year, cast).number == "1/2564"


def test_only_an_officer_of_the_district_borrows(year: ProgrammeYear, cast: Cast) -> None:
    for person in [cast.district_head, someone("district_officer", unit("4808"))]:
        with pytest.raises(Refused) as refused:
            actions.lend(
                by=cast.district_officer,
                year=year,
                unit=unit("4805"),
                number="9",
                borrower=person,
                satang=1,
                purpose="",
                paid_on=PAID_ON,
            )
        assert refused.value.field == "borrower"


# --- vouchers ------------------------------------------------------------------------------


def test_a_snack_counts_by_the_heads_at_the_forum_and_the_rest_is_to_be_returned(
    advance: Advance, group: SelectedGroup, cast: Cast
) -> None:
    forum = a_forum(group, cast=cast)
    forums.record_attendance(by=cast.district_officer, forum=forum, attendees=people(15, 2))
    made = a_voucher(advance, group, cast, kind="snack", satang=70_000)
    assert (made.heads, made.rate_satang, made.counted_satang, made.over_satang) == (15, 3_500, 52_500, 17_500)
    advance.refresh_from_db()
    assert (advance.spent_satang, advance.left_satang) == (52_500, 247_500)
    with pytest.raises(Refused) as refused:
        a_voucher(advance, group, cast, kind="snack", satang=1_000, number="8")
    assert str(refused.value) == "ค่าอาหารว่างของเวทีนี้ลงครบตามจำนวนคนแล้ว"


def test_a_snack_waits_for_the_list_of_who_came(advance: Advance, group: SelectedGroup, cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        a_voucher(advance, group, cast, kind="snack")
    assert str(refused.value) == "ยังไม่มีรายชื่อผู้เข้าร่วมเวทีของกลุ่มนี้ บันทึกรายชื่อที่หน้าเวทีก่อน แล้วจึงลงค่าอาหารว่าง"


def test_no_more_is_spent_than_was_lent(advance: Advance, group: SelectedGroup, cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        a_voucher(advance, group, cast, satang=300_001)
    assert str(refused.value) == "เกินเงินยืม สัญญานี้เหลือให้ใช้ 3,000.00 บาท"


def test_a_receipt_is_used_once_until_it_is_reversed(advance: Advance, group: SelectedGroup, cast: Cast) -> None:
    made = a_voucher(advance, group, cast)
    with pytest.raises(Refused) as refused:
        a_voucher(advance, group, cast)
    assert str(refused.value) == "ใบเสร็จเลขที่นี้ของผู้ขายรายนี้ลงไว้แล้ว ใช้ซ้ำไม่ได้"
    actions.reverse_voucher(by=cast.district_officer, voucher=made, reason="ลงผิดกลุ่ม")
    a_voucher(advance, group, cast)
    assert list(Voucher.objects.order_by("pk").values_list("satang", flat=True)) == [100_000, -100_000, 100_000]
    with pytest.raises(Refused):
        actions.reverse_voucher(by=cast.district_officer, voucher=made, reason="อีกครั้ง")


def test_a_receipt_has_a_number_and_a_certificate_may_have_none(advance: Advance, group: SelectedGroup, cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        a_voucher(advance, group, cast, number="")
    assert refused.value.field == "number"
    given = NewVoucher("other", "ค่าจ้างทำป้าย", "นางแม่ค้า ตัวอย่าง", "certificate", PAID_ON, 20_000)
    assert actions.add_voucher(by=cast.district_officer, advance=advance, selected=group, given=given).number == ""


def test_a_group_of_another_district_is_not_spent_for(advance: Advance, cast: Cast) -> None:
    other = selected(a_group("กลุ่มสกล", village=None), cast=cast)[0]
    other.group.unit.path = "470101010001"
    with pytest.raises(Refused) as refused:
        a_voucher(advance, other, cast)
    assert str(refused.value) == "กลุ่มนี้ไม่ได้อยู่ในรายชื่อของอำเภอที่ยืมเงิน"


def test_what_was_spent_for_a_replaced_group_stays_with_its_place(advance: Advance, cast: Cast) -> None:
    first = selected(a_group("กลุ่มแรก"), cast=cast)[0]
    second = a_group("กลุ่มแทน")
    a_voucher(advance, first, cast)
    programme.replace_group(by=cast.province_head, selected=first, new_group=second, reason="กลุ่มเลิก", override_reason="ทดสอบ")
    now = SelectedGroup.objects.get(place=first.place, until__isnull=True)
    a_voucher(advance, now, cast, satang=50_000, number="8")
    assert list(Voucher.objects.filter(place=first.place).values_list("satang", flat=True)) == [100_000, 50_000]


# --- clearing ------------------------------------------------------------------------------


def test_a_clearing_goes_from_the_officer_to_the_head_to_the_province(advance: Advance, group: SelectedGroup, cast: Cast) -> None:
    cleared(advance, group, cast)
    actions.check_clearing(by=cast.district_head, advance=advance)
    actions.approve_clearing(by=cast.province_officer, advance=advance)
    advance.refresh_from_db()
    assert (advance.state, advance.spent_satang, advance.returned_satang) == ("approved", 100_000, 200_000)
    assert holds("4805") == (900_000, 100_000)
    assert list(advance.moves.order_by("pk").values_list("move", flat=True)) == ["lend", "submit", "check", "approve"]


def test_a_clearing_names_every_gap(advance: Advance, group: SelectedGroup, cast: Cast) -> None:
    made = a_voucher(advance, group, cast, picture=False)
    with pytest.raises(Refused) as refused:
        actions.submit_clearing(by=cast.district_officer, advance=advance)
    assert str(refused.value) == (
        "ยังเหลือ 2,000.00 บาท ลงใบสำคัญเพิ่ม หรือส่งคืนพร้อมเลขที่ใบเสร็จ · ใบสำคัญ 1 ใบยังไม่มีรูปถ่าย เปิดใบสำคัญแล้วเพิ่มรูป"
    )
    actions.attach_picture(by=cast.district_officer, voucher=made, kept=a_picture(5))
    actions.give_back(by=cast.district_officer, advance=advance, satang=200_000, receipt="บค 1", on=PAID_ON)
    assert actions.submit_clearing(by=cast.district_officer, advance=advance).state == "submitted"


def test_who_left_the_list_is_no_longer_eaten_for(advance: Advance, group: SelectedGroup, cast: Cast) -> None:
    forum = a_forum(group, cast=cast)
    forums.record_attendance(by=cast.district_officer, forum=forum, attendees=people(15))
    a_voucher(advance, group, cast, kind="snack", satang=52_500)
    actions.give_back(by=cast.district_officer, advance=advance, satang=247_500, receipt="บค 1", on=PAID_ON)
    forums.record_attendance(by=cast.district_officer, forum=forum, attendees=people(14), reason="ลงผิดหนึ่งคน")
    with pytest.raises(Refused) as refused:
        actions.submit_clearing(by=cast.district_officer, advance=advance)
    assert str(refused.value) == "“อาหารว่าง” คิดเกินจำนวนคนในรายชื่อเวทีตอนนี้ (14 คน) กลับรายการแล้วลงใหม่"


def test_each_step_may_ask_for_changes_and_an_approved_one_comes_back_too(
    advance: Advance, group: SelectedGroup, cast: Cast
) -> None:
    cleared(advance, group, cast)
    actions.ask_changes(by=cast.district_head, advance=advance, step="check", reason="รูปไม่ชัด")
    actions.submit_clearing(by=cast.district_officer, advance=advance)
    actions.check_clearing(by=cast.district_head, advance=advance)
    with pytest.raises(Refused):
        actions.ask_changes(by=cast.district_head, advance=advance, step="check", reason="ช้าไป")
    actions.ask_changes(by=cast.province_officer, advance=advance, step="approve", reason="ขาดชื่อผู้ขาย")
    actions.submit_clearing(by=cast.district_officer, advance=advance)
    actions.check_clearing(by=cast.district_head, advance=advance)
    actions.approve_clearing(by=cast.province_officer, advance=advance)
    returned = actions.ask_changes(by=cast.province_officer, advance=advance, step="approve", reason="พบใบเสร็จซ้ำ")
    assert returned.state == "returned"


def test_nothing_is_written_to_a_clearing_that_was_submitted(advance: Advance, group: SelectedGroup, cast: Cast) -> None:
    cleared(advance, group, cast)
    officer, voucher = cast.district_officer, advance.vouchers.get()
    for act in (
        lambda: a_voucher(advance, group, cast, number="99"),
        lambda: actions.reverse_voucher(by=officer, voucher=voucher, reason="ผิด"),
        lambda: actions.reverse_return(by=officer, returned=advance.returns.get(), reason="ผิด"),
        lambda: actions.give_back(by=officer, advance=advance, satang=1, receipt="1", on=PAID_ON),
        lambda: actions.reverse_advance(by=officer, advance=advance, reason="ผิด"),
        lambda: actions.submit_clearing(by=officer, advance=advance),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert str(refused.value) == "ส่งใช้เงินยืมไปแล้ว แก้ได้เมื่อผู้ตรวจส่งกลับให้แก้"


@pytest.mark.parametrize("who", ["borrower", "writer", "checker"])
def test_nobody_approves_what_he_made_or_checked(advance: Advance, group: SelectedGroup, cast: Cast, who: str) -> None:
    cleared(advance, group, cast)
    if who != "borrower":
        actions.check_clearing(by=cast.district_head, advance=advance)
    person: Person = {"borrower": cast.district_officer, "writer": cast.district_officer, "checker": cast.district_head}[who]
    with pytest.raises(Refused) as refused:
        (actions.check_clearing if who == "borrower" else actions.approve_clearing)(by=person, advance=advance)
    assert str(refused.value) == "ท่านเป็นผู้ยืม ผู้ลงรายการ หรือผู้ตรวจเรื่องนี้เอง ให้ผู้อื่นทำขั้นนี้"


def test_an_advance_with_papers_is_not_reversed(advance: Advance, group: SelectedGroup, cast: Cast) -> None:
    a_voucher(advance, group, cast)
    with pytest.raises(Refused) as refused:
        actions.reverse_advance(by=cast.district_officer, advance=advance, reason="ผิด")
    assert str(refused.value) == "สัญญานี้มีใบสำคัญหรือเงินส่งคืนอยู่ กลับรายการเหล่านั้นก่อน"


def test_a_return_is_reversed_only_while_its_money_is_there(advance: Advance, cast: Cast) -> None:
    officer = cast.district_officer
    back = actions.give_back(by=officer, advance=advance, satang=300_000, receipt="บค 1", on=PAID_ON)
    other = an_advance(advance.year, cast, satang=900_000, number="2/2564")
    with pytest.raises(Refused) as refused:
        actions.reverse_return(by=officer, returned=back, reason="ลงผิด")
    assert str(refused.value) == "เงินที่ส่งคืนถูกยืมต่อไปแล้ว เหลือ 0.00 บาท จึงกลับรายการไม่ได้"
    actions.reverse_advance(by=officer, advance=other, reason="ยกเลิก")
    actions.reverse_return(by=officer, returned=back, reason="ลงผิด")
    assert holds("4805") == (900_000, 300_000)
