"""The pages of the members, as the group's secretary and treasurer open them."""

from datetime import date
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains
from python_calamine import CalamineWorkbook

from sajja.audit.models import AuditRow
from sajja.groups import actions, queries
from sajja.groups.forms.calling import moved
from sajja.groups.member_sheet import COLUMNS, JOINED, NAME, NATIONAL_ID, NUMBER, PLEDGE
from sajja.groups.models import Member, MemberImport, Resolution, SavingsGroup
from sajja.org.models import Person
from sajja.web import clock, vault
from sajja.web.sheets import Column, Sheet, workbook
from tests.cast import Cast
from tests.groups.people import JOINED as SINCE
from tests.groups.people import a_member, a_national_id, a_ruled_group
from tests.treasury.books import a_book

pytestmark = pytest.mark.django_db


@pytest.fixture
def group() -> SavingsGroup:
    return a_ruled_group()


@pytest.fixture
def secretary(group: SavingsGroup) -> Client:
    return browser(Cast().secretary(group))


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def sent(**fields: object) -> dict[str, object]:
    return {"once": str(uuid4()), **fields}


def members_page(group: SavingsGroup) -> str:
    return f"/groups/{group.pk}/members/"


def sheet_rows(content: bytes) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()


# --- the list --------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_member_and_for_three(
    group: SavingsGroup, secretary: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(count):
        a_member(group, f"สมาชิกที่ {n}", pledge_satang=10000, family=str(n))
    with django_assert_num_queries(11):
        page = secretary.get(members_page(group))
    assertContains(page, "สมาชิกที่", count=count)


@pytest.mark.parametrize("count", [1, 3])
def test_a_member_page_costs_the_same_with_one_line_of_history_and_with_three(
    group: SavingsGroup, secretary: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    member = a_member(group, pledge_satang=10000)
    by = Cast().secretary(group)
    for n in range(count):
        actions.change_member(by=by, member=member, changes={"phone": f"04200000{n}"}, reason=f"เหตุ{n}")
        a_member(group, f"ด.ช.{n} (ตัวอย่าง)", kind="child", guardian=member.number)
    actions.set_family(by=by, group=group, members=list(Member.objects.filter(group=group)), code="1")
    with django_assert_num_queries(13):
        page = secretary.get(f"/member/{member.pk}/")
    assertContains(page, "เหตุ", count=count)


def test_a_member_is_found_by_part_of_the_name_and_by_the_number(group: SavingsGroup, secretary: Client) -> None:
    a_member(group, "นางคำปุ่น ใจซื่อ (ตัวอย่าง)", number="M01")
    a_member(group, "นายสมาน ขยันยิ่ง (ตัวอย่าง)", number="M02")
    for words, name in (("ปุ่น", "นางคำปุ่น"), ("ใจซื่อ นาง", "นางคำปุ่น"), ("m02", "นายสมาน")):
        page = secretary.get(members_page(group), {"q": words})
        assert [member.name.split()[0] for member in page.context["page"]] == [name]


def test_who_left_stands_under_that_filter_alone(group: SavingsGroup, secretary: Client) -> None:
    member = a_member(group)
    actions.end_member(by=Cast().secretary(group), member=member, status="left", day=date(2021, 5, 5), because="ย้าย")
    counts = [len(secretary.get(members_page(group), {"state": state}).context["page"]) for state in ("", "ended", "all")]
    assert counts == [0, 1, 1]


def test_names_sort_in_thai_without_their_titles(group: SavingsGroup, secretary: Client) -> None:
    for name in ("นางแก้ว", "นายเกษม", "น.ส.ขวัญ"):
        a_member(group, name)
    page = secretary.get(members_page(group), {"sort": "name"})
    assert [member.name for member in page.context["page"]] == ["นายเกษม", "นางแก้ว", "น.ส.ขวัญ"]


def test_the_district_sees_how_the_group_is_kept_and_no_member(group: SavingsGroup) -> None:
    member = a_member(group)
    officer = browser(Cast().district_officer)
    pages = [members_page(group), f"/member/{member.pk}/", f"/groups/{group.pk}/meetings/"]
    assert [officer.get(page).status_code for page in pages] == [403, 403, 403]
    assertNotContains(officer.get(f"/group/{group.pk}/"), "ทะเบียนสมาชิก")


def test_the_auditor_reads_the_register_and_changes_nothing(group: SavingsGroup) -> None:
    member = a_member(group, national_id=a_national_id(1))
    auditor = browser(Cast().auditor(group))
    assertNotContains(auditor.get(f"/member/{member.pk}/"), "แก้ข้อมูล</a>")
    pages = [f"/groups/members/{member.pk}/{page}/" for page in ("change", "pledge", "national-id", "end")]
    assert [auditor.get(page).status_code for page in pages] == [403] * 4


# --- joining and changing --------------------------------------------------------------------


def test_the_secretary_takes_someone_in_with_all_that_the_paper_form_asks(group: SavingsGroup, secretary: Client) -> None:
    by = Cast().secretary(group)
    meeting = actions.record_meeting(by=by, group=group, day=date(2021, 6, 5), kind="committee", present=7, resolutions=["รับ"])
    digits = a_national_id(7)
    done = secretary.post(f"{members_page(group)}new/", sent(
        name="นางคำปุ่น ใจซื่อ (ตัวอย่าง)", number="M01", joined_on="๑๐ มิ.ย. ๖๔", pledge_satang="๑๐๐", kind="ordinary",
        national_id=f"{digits[0]}-{digits[1:5]}-{digits[5:10]}-{digits[10:12]}-{digits[12]}", sex="female", born_on="1/5/2513",
        income_satang="6,000", family="12", witness_1="นายบุญมี", witness_2="นางทองใบ",
        heir_1="นายเอก", relation_1="บุตร", share_1="33.33", heir_2="นางสาวโท", relation_2="บุตร", share_2="66.67",
        resolution=meeting.resolutions.get().pk,
    ))  # fmt: skip
    member = Member.objects.get()
    assert done.headers["Location"] == f"/member/{member.pk}/"
    assert (member.number, member.joined_on, member.income_satang, member.witnesses) == (
        "M01", date(2021, 6, 10), 600000, "นายบุญมี, นางทองใบ",
    )  # fmt: skip
    assert vault.open_(member.national_id_sealed) == digits
    assert queries.pledges_on(group, date(2021, 6, 1)) == {member.pk: 10000}
    assert [one.share_bp for one in queries.beneficiaries_of(member)] == [3333, 6667]
    assertContains(secretary.get(f"/groups/members/{member.pk}/paper/"), "รับเป็นสมาชิกตามมติประชุมคณะกรรมการ 5 มิ.ย. 2564 มติที่ 1")


def test_the_next_number_is_offered(group: SavingsGroup, secretary: Client) -> None:
    a_member(group, number="M09")
    assert secretary.get(f"{members_page(group)}new/").context["form"]["number"].value() == "M10"


def test_a_refused_pledge_keeps_what_was_typed(group: SavingsGroup, secretary: Client) -> None:
    page = secretary.post(
        f"{members_page(group)}new/", sent(name="นางคำปุ่น", number="1", joined_on="10/6/2564", pledge_satang="77", kind="ordinary")
    )
    assertContains(page, "ครั้งละ 50.00 บาท")
    assertContains(page, 'value="นางคำปุ่น"')
    assert Member.objects.count() == 0


def test_the_change_form_comes_filled_and_an_empty_national_id_stays(group: SavingsGroup, secretary: Client) -> None:
    member = a_member(group, national_id=a_national_id(1), phone="042000000", witnesses="ก, ข")
    address = f"/groups/members/{member.pk}/change/"
    page = secretary.get(address)
    assertNotContains(page, a_national_id(1))
    given = {name: page.context["form"][name].value() or "" for name in page.context["form"].fields}
    secretary.post(address, sent(**given | {"phone": "042111111", "reason": "เปลี่ยนเบอร์"}))
    kept = Member.objects.get(pk=member.pk)
    assert (kept.phone, kept.witnesses, vault.open_(kept.national_id_sealed)) == ("042111111", "ก, ข", a_national_id(1))
    assertContains(secretary.get(f"/member/{member.pk}/"), "<del>042000000</del>")


def test_a_pledge_is_set_from_the_next_month_on(group: SavingsGroup, secretary: Client) -> None:
    member = a_member(group, pledge_satang=10000)
    address = f"/groups/members/{member.pk}/pledge/"
    assert secretary.get(address).context["form"]["effective_from"].value() == "2021-07-01"
    secretary.post(address, sent(amount_satang="200", effective_from="2021-07-01"))
    assert [queries.pledges_on(group, date(2021, month, 1))[member.pk] for month in (6, 7)] == [10000, 20000]


def test_one_beneficiary_alone_gets_all(group: SavingsGroup, secretary: Client) -> None:
    member = a_member(group)
    secretary.post(f"/groups/members/{member.pk}/beneficiaries/", sent(heir_1="นายเอก", relation_1="บุตร"))
    assert [(one.name, one.share_bp) for one in queries.beneficiaries_of(member)] == [("นายเอก", 10000)]


def test_a_family_is_put_together_by_numbers(group: SavingsGroup, secretary: Client) -> None:
    one, two = a_member(group, number="1"), a_member(group, number="2")
    address = f"/groups/members/{one.pk}/family/"
    assertContains(secretary.post(address, sent(code="12", others="9")), "ไม่พบสมาชิกเลขที่ 9")
    secretary.post(address, sent(code="12", name="ครอบครัวใจซื่อ", others="๒"))
    assert [str(Member.objects.get(pk=member.pk).family) for member in (one, two)] == ["ครอบครัวใจซื่อ", "ครอบครัวใจซื่อ"]


def test_the_whole_national_id_shows_once_and_stands_nowhere_else(group: SavingsGroup, secretary: Client) -> None:
    digits = a_national_id(5)
    member = a_member(group, national_id=digits)
    address, shown = (
        f"/groups/members/{member.pk}/national-id/",
        f"{digits[0]}-{digits[1:5]}-{digits[5:10]}-{digits[10:12]}-{digits[12]}",
    )
    assertNotContains(secretary.get(address), shown)
    form = sent(reason="ทำหนังสือถึงธนาคาร")
    page = secretary.post(address, form)
    assertContains(page, shown)
    assert page.headers["Cache-Control"] == "no-store"
    again = secretary.post(address, form)
    assert (again.status_code, again.headers["Location"]) == (302, f"/member/{member.pk}/")
    assert AuditRow.objects.filter(act="groups.show_national_id").count() == 1
    assertNotContains(secretary.get(f"/member/{member.pk}/"), shown)


def test_without_a_reason_no_national_id_is_shown(group: SavingsGroup, secretary: Client) -> None:
    member = a_member(group, national_id=a_national_id(5))
    assertContains(secretary.post(f"/groups/members/{member.pk}/national-id/", sent(reason="")), "ยังไม่ได้ใส่ “เหตุผล”")
    assert AuditRow.objects.filter(act="groups.show_national_id").count() == 0


# --- the order of calling --------------------------------------------------------------------


@given(places=st.permutations(range(1, 9)), typed=st.lists(st.integers(0, 12), min_size=8, max_size=8))
def test_typing_places_loses_and_doubles_nobody(places: list[int], typed: list[int]) -> None:
    assert sorted(moved(dict(zip(sorted(places), typed, strict=True)))) == list(range(1, 9))


def test_one_typed_place_moves_one_and_leaves_the_others_in_their_order() -> None:
    assert moved({1: 1, 2: 2, 3: 3, 4: 1}) == [4, 1, 2, 3]
    assert moved({1: 3, 2: 2, 3: 3, 4: 4}) == [2, 3, 1, 4]


def test_the_order_is_typed_stepped_and_sorted(group: SavingsGroup, secretary: Client) -> None:
    one, two, three = (a_member(group, name) for name in ("ค", "ข", "ก"))
    address = f"{members_page(group)}order/"

    def after(**given: object) -> str:
        secretary.post(address, sent(**given))
        return "".join(member.name for member in queries.members_of(group))

    assert after(**{f"place_{three.pk}": "1"}) == "กคข"
    assert after(down=three.pk) == "คกข"
    assert after(up=two.pk) == "คขก"
    assert after(by="name") == "กขค"
    assert after(by="number") == "คขก"
    assertContains(secretary.post(address, sent(**{f"place_{one.pk}": "แรก"})), "ต้องเป็นตัวเลข")


# --- the end ---------------------------------------------------------------------------------


def test_where_the_group_keeps_no_book_the_page_ends_a_membership_and_takes_it_back(
    group: SavingsGroup, secretary: Client
) -> None:
    member = a_member(group)
    secretary.post(f"/groups/members/{member.pk}/end/", sent(status="left", day="5/6/2564", reason="ย้าย"))
    assert Member.objects.get(pk=member.pk).status == "left"
    secretary.post(f"/groups/members/{member.pk}/end/back/", sent(reason="ผิดคน"))
    assert Member.objects.get(pk=member.pk).status == "active"


def test_where_it_keeps_a_book_the_money_is_settled_first(group: SavingsGroup) -> None:
    kept = a_book(group)
    member = kept.members[0]
    client = browser(kept.treasurer)
    done = client.post(f"/groups/members/{member.pk}/end/", sent(status="left", day="5/6/2564", reason="ย้าย"))
    assert (done.status_code, done.headers["Location"]) == (302, f"/member/{member.pk}/")
    assert Member.objects.get(pk=member.pk).status == "active"
    page = client.get(f"/member/{member.pk}/")
    assertContains(page, "คิดเงินของสมาชิกก่อน")
    assertContains(page, f'href="/treasury/members/{member.pk}/settle/"')


# --- meetings --------------------------------------------------------------------------------


def test_a_meeting_is_recorded_with_its_resolutions_and_one_is_struck(group: SavingsGroup, secretary: Client) -> None:
    done = secretary.post(f"/groups/{group.pk}/meetings/new/", sent(
        kind="committee", day="5/6/2564", present="7", members="9", text_1="รับสมาชิก 2 คน", about_1="join", text_3="เรื่องอื่น",
    ))  # fmt: skip
    first, second = Resolution.objects.order_by("number")
    assert [(first.number, first.about), (second.number, second.text)] == [("1", "join"), ("2", "เรื่องอื่น")]
    page = secretary.get(done.headers["Location"])
    assertContains(page, "รับสมาชิก 2 คน")
    secretary.post(f"/groups/resolutions/{first.pk}/strike/", sent(reason="ผิดการประชุม"))
    assertContains(secretary.get(f"/groups/resolutions/{first.pk}/"), "ขีดฆ่าเพราะ ผิดการประชุม")
    assert list(queries.resolutions_of(group, "join")) == [second]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_meetings_costs_the_same_for_one_and_for_three(
    group: SavingsGroup, secretary: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(1, count + 1):
        actions.record_meeting(by=Cast().secretary(group), group=group, day=date(2021, 5, n), kind="committee", present=5)
    with django_assert_num_queries(8):
        page = secretary.get(f"/groups/{group.pk}/meetings/")
    assert len(page.context["page"]) == count


# --- Excel -----------------------------------------------------------------------------------


def book(*rows: dict[str, str]) -> SimpleUploadedFile:
    usual = {NAME: "นางใหม่ (ตัวอย่าง)", JOINED: "5 ม.ค. 2563"}
    cells = [[(usual | row).get(column, "") for column in COLUMNS] for row in rows]
    made = workbook([Sheet("ทะเบียนสมาชิก", [Column(head) for head in COLUMNS], cells)], clock.now())
    return SimpleUploadedFile("สมาชิก.xlsx", made)


def upload(client: Client, group: SavingsGroup, *rows: dict[str, str]) -> MemberImport:
    client.post(f"{members_page(group)}imports/", sent(sheet=book(*rows)))
    return MemberImport.objects.order_by("-pk")[0]


def test_members_come_from_a_sheet_after_a_look_and_a_confirmation(group: SavingsGroup, secretary: Client) -> None:
    digits = a_national_id(8)
    intake = upload(
        secretary, group, {NUMBER: "M01", NATIONAL_ID: digits, PLEDGE: "150"}, {"รหัสครอบครัว": "12", "ผู้รับผลประโยชน์ 1": "นายเอก"}
    )
    assert [digits in str(stored) for stored in (intake.rows, intake.errors)] == [False, False]
    page = secretary.get(f"/groups/member-imports/{intake.pk}/")
    assertContains(page, f"x-xxxx-xxxxx-{digits[10:12]}-{digits[12]}")
    assertNotContains(page, digits)
    assert Member.objects.count() == 0
    secretary.post(f"/groups/member-imports/{intake.pk}/", sent())
    first, second = Member.objects.order_by("order")
    assert (first.number, second.number, first.joined_on, str(second.family)) == ("M01", "M02", SINCE, "12")
    assert vault.open_(first.national_id_sealed) == digits
    assert queries.pledges_on(group, date(2021, 6, 1)) == {first.pk: 15000}
    assert MemberImport.objects.get().rows == []


@pytest.mark.parametrize(
    ("row", "column", "sentence"),
    [
        ({NAME: ""}, NAME, "ยังไม่ได้ใส่ชื่อ"),
        ({JOINED: ""}, JOINED, "ยังไม่ได้ใส่วันที่เป็นสมาชิก"),
        ({JOINED: "11 มิ.ย. 2564"}, JOINED, "วันที่ต้องไม่หลัง 10 มิ.ย. 2564"),
        ({NUMBER: "1"}, NUMBER, "เลขที่ 1 มีในทะเบียนแล้ว"),
        ({NUMBER: "8"}, NUMBER, "ซ้ำกับแถว 2"),
        ({PLEDGE: "77"}, PLEDGE, "ระเบียบให้ส่งสัจจะเดือนละ 50.00 ถึง 1,000.00 บาท ครั้งละ 50.00 บาท"),
        ({NATIONAL_ID: a_national_id(1)}, NATIONAL_ID, "เลขนี้เป็นของสมาชิกเลขที่ 1 ในทะเบียนแล้ว"),
        ({"ประเภท": "เด็ก"}, "เลขที่ผู้ปกครอง", "สมาชิกเด็กต้องมีเลขที่สมาชิกของผู้ปกครอง"),
        ({"เลขที่ผู้ปกครอง": "99"}, "เลขที่ผู้ปกครอง", "ไม่พบสมาชิกเลขที่ 99 ในไฟล์หรือในทะเบียน"),
        ({"ผู้รับผลประโยชน์ 1": "ก", "ร้อยละ 1": "50"}, "ร้อยละ 1", "ร้อยละของผู้รับผลประโยชน์ต้องรวมเป็น 100"),
        ({"เพศ": "?"}, "เพศ", "ใส่ ชาย หรือ หญิง"),
    ],
)
def test_a_wrong_row_says_what_to_mend(
    group: SavingsGroup, secretary: Client, row: dict[str, str], column: str, sentence: str
) -> None:
    a_member(group, number="1", national_id=a_national_id(1))
    intake = upload(secretary, group, {NUMBER: "8"}, row)
    assert [(wrong["row"], wrong["problems"]) for wrong in intake.errors] == [(3, [[column, sentence]])]
    secretary.post(f"/groups/member-imports/{intake.pk}/", sent())
    assert Member.objects.count() == 1


def test_wrong_rows_come_back_without_any_national_id(group: SavingsGroup, secretary: Client) -> None:
    digits = a_national_id(8)
    intake = upload(secretary, group, {NAME: "", NATIONAL_ID: digits}, {NATIONAL_ID: digits[:-1]})
    head, *lines = sheet_rows(secretary.get(f"/groups/member-imports/{intake.pk}/wrong.xlsx").content)
    at = head.index(NATIONAL_ID)
    assert [line[at] for line in lines] == [f"x-xxxx-xxxxx-{digits[10:12]}-{digits[12]}", "x-xxxx-xxxxx-xx-x"]
    assert [str(line[1]).split(":")[0] for line in lines] == [NAME, NATIONAL_ID]
    assert digits[:-1] not in str(intake.errors)


def test_the_register_goes_out_with_national_ids_masked_and_the_template_comes_in_as_it_is(
    group: SavingsGroup, secretary: Client
) -> None:
    a_member(group, national_id=a_national_id(1), pledge_satang=10000)
    title, _empty, head, line = sheet_rows(secretary.get(f"{members_page(group)}members.xlsx").content)
    assert (title[0], head[: len(COLUMNS)]) == (group.name, list(COLUMNS))
    shown = dict(zip(head, line, strict=True))
    assert (shown[NUMBER], shown[NATIONAL_ID][:12], shown[PLEDGE]) == ("1", "x-xxxx-xxxxx", 100)
    template = secretary.get(f"{members_page(group)}imports/template.xlsx").content
    secretary.post(f"{members_page(group)}imports/", sent(sheet=SimpleUploadedFile("แบบ.xlsx", template)))
    assert [(intake.rows, intake.errors) for intake in MemberImport.objects.all()] == [([], [])]


def test_a_dropped_sheet_keeps_nobody(group: SavingsGroup, secretary: Client) -> None:
    intake = upload(secretary, group, {NATIONAL_ID: a_national_id(8)})
    secretary.post(f"/groups/member-imports/{intake.pk}/drop/", sent())
    dropped = MemberImport.objects.get()
    assert (dropped.state, dropped.rows, Member.objects.count()) == ("dropped", [], 0)
