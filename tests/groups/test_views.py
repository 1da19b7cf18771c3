"""The pages of the register, as the people of the offices and of the group open them."""

from datetime import date
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains
from python_calamine import CalamineWorkbook

from sajja.groups import actions, duties, jobs
from sajja.groups.actions import NewCommitteeMember, NewGroup, NewRegulation
from sajja.groups.models import RegisterImport, SavingsGroup
from sajja.groups.sheet import COLUMNS
from sajja.org.actions import add_village
from sajja.org.models import Person, Unit
from sajja.web import clock
from sajja.web.sheets import Column, Sheet, workbook
from tests.cast import Cast, unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def village() -> Unit:
    return add_village(by="system", subdistrict=unit("480501"), number=2, name="บ้านอุ่มเหม้า")


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def groups(village: Unit, count: int) -> list[SavingsGroup]:
    rows = [NewGroup(village.path, f"กลุ่มออมทรัพย์ที่ {n}", level=3, level_year=2564, level_source="อำเภอ") for n in range(count)]
    return actions.register_groups(by="system", rows=rows)


def sent(**fields: object) -> dict[str, object]:
    return {"once": str(uuid4()), **fields}


def book(*rows: list[str]) -> SimpleUploadedFile:
    made = workbook([Sheet("ทะเบียนกลุ่ม", [Column(head) for head in COLUMNS], rows)], clock.now())
    return SimpleUploadedFile("ทะเบียน.xlsx", made)


def row(name: str, cells: dict[str, str] | None = None) -> list[str]:
    here = unit("480501")
    usual = {"ชื่อกลุ่ม": name, "จังหวัด": "นครพนม", "อำเภอ": "ธาตุพนม", "ตำบล": here.name, "หมู่ที่": "7", "ชื่อหมู่บ้าน": "บ้านใหม่"}
    return [(usual | (cells or {})).get(column, "") for column in COLUMNS]


# --- the list --------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_the_register_costs_the_same_for_one_group_and_for_three(
    cast: Cast, village: Unit, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    groups(village, count)
    client = browser(cast.district_officer)
    with django_assert_num_queries(7):
        page = client.get("/groups/")
    assertContains(page, "กลุ่มออมทรัพย์ที่", count=count)


def test_a_sibling_district_does_not_see_the_groups_of_thatphanom(village: Unit) -> None:
    groups(village, 1)
    assertNotContains(browser(Cast(district="4808").district_officer).get("/groups/"), "กลุ่มออมทรัพย์ที่")


def test_search_words_and_filters_narrow_the_list_and_the_sheet_alike(cast: Cast, village: Unit) -> None:
    first, *_ = groups(village, 3)
    actions.set_level(by="system", group=first, fiscal_year=2564, level=2, source="ทวนสอบ")
    client = browser(cast.province_officer)
    assertContains(client.get("/groups/", {"q": "อุ่มเหม้า", "level": "2"}), "กลุ่มออมทรัพย์ที่", count=1)
    sheet = CalamineWorkbook.from_filelike(BytesIO(client.get("/groups/register.xlsx", {"level": "2"}).content))
    rows = sheet.get_sheet_by_index(0).to_python()
    assert [rows[0][:2], [line[1] for line in rows[1:]]] == [list(COLUMNS[:2]), ["กลุ่มออมทรัพย์ที่ 0"]]


def test_an_empty_search_says_what_to_try(cast: Cast, village: Unit) -> None:
    groups(village, 1)
    assertContains(browser(cast.district_officer).get("/groups/", {"q": "เชียงใหม่"}), "ลองใช้คำสั้นลง")


def test_an_empty_register_offers_the_import(cast: Cast) -> None:
    assertContains(browser(cast.district_officer).get("/groups/"), "นำเข้าทั้งทะเบียนจาก Excel ได้ในครั้งเดียว")


# --- a group ---------------------------------------------------------------------------------


def test_wilai_registers_a_group_in_her_district(cast: Cast, village: Unit) -> None:
    client = browser(cast.district_officer)
    district = unit(cast.district)
    assert client.get("/groups/new/").headers["Location"] == f"/groups/new/{district.pk}/"
    done = client.post(f"/groups/new/{district.pk}/", sent(village=village.pk, name="กลุ่มออมทรัพย์ใหม่", founded_on="15/3/2545"))
    group = SavingsGroup.objects.get()
    assert (done.headers["Location"], group.name, group.founded_on) == (
        f"/groups/{group.pk}/",
        "กลุ่มออมทรัพย์ใหม่",
        date(2002, 3, 15),
    )


def test_the_page_answers_what_clause_4_2_asks(cast: Cast, village: Unit) -> None:
    [group] = groups(village, 1)
    rules = NewRegulation(date(2018, 1, 1), 5000, 1, 20, 5, 1200, heads=[("ปันผล", 6000), ("สวัสดิการ", 4000)])
    actions.add_regulation(by=cast.district_officer, group=group, regulation=rules)
    actions.elect_committee(
        by=cast.district_officer, group=group, members=[NewCommitteeMember("นางทองใบ", "female", "directing", "chair")]
    )
    actions.record_appropriation(
        by=cast.district_officer, group=group, fiscal_year=2563, as_of=date(2021, 1, 15), surplus_satang=1_000_000,
        to_members_satang=600_000, to_community_satang=100_000,
    )  # fmt: skip
    page = browser(cast.chair(group)).get(f"/groups/{group.pk}/")
    for words in ["หุ้นละ 50.00 บาท", "ปันผล 60%", "นางทองใบ", "ยังไม่มีกรรมการใน ฝ่ายส่งเสริม", "10,000.00", "3,000.00"]:
        assertContains(page, words)
    assertNotContains(page, "บันทึกระเบียบ")


def test_the_chair_of_a_group_may_not_edit_the_register(cast: Cast, village: Unit) -> None:
    [group] = groups(village, 1)
    assert browser(cast.chair(group)).get(f"/groups/{group.pk}/change/").status_code == 403


def test_the_history_tells_who_changed_what_from_what(cast: Cast, village: Unit) -> None:
    [group] = groups(village, 1)
    client = browser(cast.district_officer)
    client.post(f"/groups/{group.pk}/change/", sent(name="กลุ่มรุ่งเรือง", contact_phone="042000000"))
    client.post(f"/groups/{group.pk}/level/", sent(fiscal_year="2563", level="2", source="บันทึกอำเภอ"))
    page = client.get(f"/groups/{group.pk}/history/")
    for words in ["<del>กลุ่มออมทรัพย์ที่ 0</del>", "<ins>กลุ่มรุ่งเรือง</ins>", "บันทึกระดับการพัฒนาปี 2563 เป็นระดับ 2", "ลงทะเบียนกลุ่ม"]:
        assertContains(page, words)


def test_the_rules_typed_in_the_browser_must_add_to_a_hundred(cast: Cast, village: Unit) -> None:
    [group] = groups(village, 1)
    client = browser(cast.district_officer)
    typed = {
        "in_force_from": "1 ม.ค. 2563", "pledge_unit_satang": "50", "pledge_units_least": "1", "pledge_units_most": "20",
        "collecting_day": "5", "loan_interest_bp": "12.5", "special_interest_bp": "0", "fiscal_year_starts": "1",
        "head_1": "ทุนสำรอง", "share_1": "40", "head_2": "เงินปันผล", "share_2": "50",
    }  # fmt: skip
    assertContains(client.post(f"/groups/{group.pk}/regulation/", sent(**typed)), "ตอนนี้รวมได้ร้อยละ 90")
    assert client.post(f"/groups/{group.pk}/regulation/", sent(**typed | {"share_2": "60"})).status_code == 302
    rules = group.regulations.get()
    assert (rules.loan_interest_bp, [head.share_bp for head in rules.heads.all()]) == (1250, [4000, 6000])


def test_the_committee_is_typed_on_one_page(cast: Cast, village: Unit) -> None:
    [group] = groups(village, 1)
    client = browser(cast.district_officer)
    page = f"/groups/{group.pk}/committee/"
    typed = {"starts": "1 ม.ค. 2564", "name_1": "นายบุญมี", "section_1": "directing", "office_1": "chair", "sex_1": "male"}
    assertContains(client.post(page, sent(**typed, name_2="นางทองใบ")), "เลือกฝ่ายของ นางทองใบ")
    done = client.post(page, sent(**typed, name_2="นางทองใบ", section_2="loans", sex_2="female"))
    assert (done.status_code, [(m.name, m.office) for m in group.committee.order_by("pk")]) == (
        302, [("นายบุญมี", "chair"), ("นางทองใบ", "member")],
    )  # fmt: skip


def test_the_same_form_sent_twice_registers_once(cast: Cast, village: Unit) -> None:
    client, form = browser(cast.district_officer), sent(village=village.pk, name="กลุ่มเดียว")
    address = f"/groups/new/{unit(cast.district).pk}/"
    first, second = client.post(address, form), client.post(address, form)
    assert (first.headers["Location"], SavingsGroup.objects.count()) == (second.headers["Location"], 1)


def test_every_form_opens(cast: Cast, village: Unit) -> None:
    [group] = groups(village, 1)
    actions.found_centre(by="system", group=group, centre_name="ศูนย์", year=2560, evidence="คำสั่ง")
    [member] = actions.elect_committee(by="system", group=group, members=[NewCommitteeMember("นายบุญมี", "male", "directing")])
    client = browser(cast.district_officer)
    forms = ["change", "level", "centre", "centre/withdraw", "regulation", "committee", "appropriation", "close", "reopen"]
    forms += ["committee/withdraw", "regulation/withdraw"]
    level = group.levels.get()
    others = [f"/groups/committee/{member.pk}/end/", f"/groups/levels/{level.pk}/withdraw/"]
    pages = [f"/groups/{group.pk}/{form}/" for form in forms] + others
    assert [page for page in pages if client.get(page).status_code != 200] == []


# --- the import ------------------------------------------------------------------------------


def test_a_sheet_is_read_confirmed_and_done(cast: Cast) -> None:
    client = browser(cast.district_officer)
    done = client.post("/groups/imports/", sent(sheet=book(row("กลุ่มหนึ่ง"), row("กลุ่มสอง"))))
    sheet = RegisterImport.objects.get()
    assert (done.headers["Location"], sheet.new_count, sheet.village_count) == (f"/groups/imports/{sheet.pk}/", 2, 1)
    assertContains(client.get(f"/groups/imports/{sheet.pk}/"), "ยืนยันนำเข้า")
    client.post(f"/groups/imports/{sheet.pk}/", sent())
    assertContains(client.get(f"/groups/imports/{sheet.pk}/progress/"), "hx-get")
    jobs.run_import.call(sheet.pk)
    assertContains(client.get(f"/groups/imports/{sheet.pk}/"), "นำเข้าแล้ว")
    assert client.get(f"/groups/imports/{sheet.pk}/progress/").headers["HX-Refresh"] == "true"
    assert sorted(SavingsGroup.objects.values_list("name", flat=True)) == ["กลุ่มสอง", "กลุ่มหนึ่ง"]


def test_the_same_sheet_twice_makes_nothing_new(cast: Cast) -> None:
    client = browser(cast.district_officer)
    graded = row("กลุ่มหนึ่ง", {"ระดับ": "3", "ปีที่จัดระดับ": "2564", "ที่มาของระดับ": "อำเภอ"})
    for _time in range(2):
        client.post("/groups/imports/", sent(sheet=book(graded)))
        sheet = RegisterImport.objects.latest("pk")
        client.post(f"/groups/imports/{sheet.pk}/", sent())
        jobs.run_import.call(sheet.pk)
    sheet = RegisterImport.objects.latest("pk")
    assert (sheet.state, sheet.new_count, sheet.known_count, sheet.level_count) == ("done", 0, 1, 0)
    group = SavingsGroup.objects.get()
    assert group.levels.count() == 1


def test_a_sheet_brings_levels_and_centres_to_groups_that_are_known(cast: Cast, village: Unit) -> None:
    [group] = groups(village, 1)
    known = {"หมู่ที่": "2", "ชื่อหมู่บ้าน": "", "ระดับ": "2", "ปีที่จัดระดับ": "2563", "ที่มาของระดับ": "บันทึกเก่า"}
    centre = {"ศูนย์จัดการกองทุนชุมชนที่เป็นแกนนำจัดตั้ง": "ศูนย์ธาตุพนม", "ปีที่จัดตั้งศูนย์": "2560", "หลักฐานการจัดตั้งศูนย์": "คำสั่ง"}
    client = browser(cast.district_officer)
    client.post("/groups/imports/", sent(sheet=book(row("กลุ่มออมทรัพย์ที่ 0", known | centre), row("กลุ่มใหม่", centre))))
    sheet = RegisterImport.objects.get()
    client.post(f"/groups/imports/{sheet.pk}/", sent())
    jobs.run_import.call(sheet.pk)
    assert [(level.fiscal_year, level.level) for level in group.levels.order_by("fiscal_year")] == [(2563, 2), (2564, 3)]
    page = client.get(f"/groups/{group.pk}/history/")
    assertContains(page, "บันทึกระดับการพัฒนาปี 2563 เป็นระดับ 2 จากบันทึกเก่า")
    assertContains(page, "บันทึกการเป็นแกนนำจัดตั้งศูนย์ธาตุพนม ปี 2560")


def test_a_sheet_that_cannot_be_done_leaves_nothing_and_can_be_tried_again(cast: Cast, village: Unit) -> None:
    client = browser(cast.district_officer)
    client.post("/groups/imports/", sent(sheet=book(row("กลุ่มหนึ่ง", {"รหัสทะเบียน": "A1"}))))
    sheet = RegisterImport.objects.get()
    client.post(f"/groups/imports/{sheet.pk}/", sent())
    actions.register_group(by="system", village=village, name="กลุ่มอื่น")
    RegisterImport.objects.filter(pk=sheet.pk).update(rows=[[2, "99999999", "ไม่มีตำบลนี้", "กลุ่ม", *sheet.rows[0][4:]]])
    jobs.run_import.call(sheet.pk)
    sheet.refresh_from_db()
    assert (sheet.state, SavingsGroup.objects.count()) == ("failed", 1)
    assertContains(client.get(f"/groups/imports/{sheet.pk}/"), "ไม่มีข้อมูลใดถูกบันทึก")


def test_a_sheet_that_waits_is_a_duty_of_its_sender(cast: Cast) -> None:
    client = browser(cast.district_officer)
    client.post("/groups/imports/", sent(sheet=book(row("กลุ่มหนึ่ง"))))
    [duty] = duties.duties(cast.district_officer, clock.today())
    assert (duty.title, duties.duties(cast.district_head, clock.today())) == ("ยืนยันนำเข้าทะเบียนจาก ทะเบียน.xlsx", [])


def test_one_wrong_row_holds_the_whole_sheet_and_comes_back(cast: Cast) -> None:
    client = browser(cast.district_officer)
    client.post("/groups/imports/", sent(sheet=book(row("กลุ่มหนึ่ง"), row("กลุ่มสอง", {"อำเภอ": "ธาตุพนน", "ระดับ": "5"}))))
    sheet = RegisterImport.objects.get()
    page = client.get(f"/groups/imports/{sheet.pk}/")
    assertContains(page, "หมายถึง “ธาตุพนม” หรือไม่")
    assertNotContains(page, "ยืนยันนำเข้า")
    client.post(f"/groups/imports/{sheet.pk}/", sent())
    assert (SavingsGroup.objects.count(), RegisterImport.objects.get().state) == (0, "wrong")
    back = CalamineWorkbook.from_filelike(BytesIO(client.get(f"/groups/imports/{sheet.pk}/wrong.xlsx").content))
    lines = back.get_sheet_by_index(0).to_python()
    assert [line[0] for line in lines[1:]] == [3]
    assert "ระดับ: ระดับมี 1, 2 และ 3" in str(lines[1][1])


def test_another_districts_rows_are_refused(cast: Cast) -> None:
    other = unit("4808")
    here = Unit.objects.filter(parent=other, active=True)[0]
    browser(cast.district_officer).post(
        "/groups/imports/", sent(sheet=book(row("กลุ่มอื่น", {"อำเภอ": other.name, "ตำบล": here.name})))
    )
    [wrong] = RegisterImport.objects.get().errors
    assert wrong["problems"] == [["ตำบล", "อยู่นอกพื้นที่ของหน่วยงานท่าน ลบแถวนี้ หรือให้หน่วยงานของพื้นที่นั้นนำเข้า"]]


def test_what_goes_out_comes_in_again_and_makes_nothing(cast: Cast, village: Unit) -> None:
    groups(village, 3)
    client = browser(cast.district_officer)
    out = SimpleUploadedFile("ออก.xlsx", client.get("/groups/register.xlsx").content)
    client.post("/groups/imports/", sent(sheet=out))
    sheet = RegisterImport.objects.get()
    assert (sheet.errors, sheet.new_count, sheet.known_count, sheet.level_count) == ([], 0, 3, 0)


def test_the_example_left_in_the_template_registers_nothing(cast: Cast) -> None:
    client = browser(cast.district_officer)
    template = SimpleUploadedFile("แบบ.xlsx", client.get("/groups/imports/template.xlsx").content)
    client.post("/groups/imports/", sent(sheet=template))
    sheet = RegisterImport.objects.get()
    assert (sheet.errors, sheet.row_count) == ([], 0)
    assertContains(client.get(f"/groups/imports/{sheet.pk}/"), "ไฟล์นี้ไม่มีแถวข้อมูล")


def test_a_file_that_is_no_workbook_is_refused_in_thai(cast: Cast) -> None:
    page = browser(cast.district_officer).post("/groups/imports/", sent(sheet=SimpleUploadedFile("a.xlsx", b"hello")))
    assertContains(page, "ไฟล์นี้ไม่ใช่ Excel แบบ .xlsx")


def test_a_sheet_can_be_left_undone(cast: Cast) -> None:
    client = browser(cast.district_officer)
    client.post("/groups/imports/", sent(sheet=book(row("กลุ่มหนึ่ง"))))
    sheet = RegisterImport.objects.get()
    client.post(f"/groups/imports/{sheet.pk}/drop/", sent())
    assertContains(client.get(f"/groups/imports/{sheet.pk}/"), "ไฟล์นี้ไม่ได้นำเข้า")


# --- other readers ---------------------------------------------------------------------------


def test_the_chair_sees_only_the_own_group(cast: Cast, village: Unit) -> None:
    own, other, *_ = groups(village, 3)
    page = browser(cast.chair(own)).get("/groups/")
    assertContains(page, own.name)
    assertNotContains(page, other.name)
    assertNotContains(page, "นำเข้าจาก Excel")


def test_the_zone_s_officer_sees_the_groups_of_its_provinces(cast: Cast, village: Unit) -> None:
    groups(village, 2)
    page = browser(cast.followup).get("/groups/", {"place": "48"})
    assertContains(page, "กลุ่มออมทรัพย์ที่", count=2)
    assertContains(page, "อ.ธาตุพนม")


def test_a_closed_group_leaves_the_list_and_is_found_by_its_state(cast: Cast, village: Unit) -> None:
    first, _second = groups(village, 2)
    client = browser(cast.district_officer)
    client.post(f"/groups/{first.pk}/close/", sent(closed_on="1/5/2564", reason="สมาชิกลาออก"))
    assertContains(client.get("/groups/"), "กลุ่มออมทรัพย์ที่", count=1)
    assertContains(client.get("/groups/", {"state": "closed"}), first.name)
    assertContains(client.get(f"/groups/{first.pk}/"), "ถอนการเลิกกลุ่ม")


def test_a_filter_that_cannot_be_read_is_no_filter(cast: Cast, village: Unit) -> None:
    groups(village, 1)
    page = browser(cast.district_officer).get("/groups/", {"level": "9", "place": "zz", "page": "ก", "sort": "ก"})
    assertContains(page, "กลุ่มออมทรัพย์ที่", count=1)


def test_ones_own_place_is_no_wrong_filter(cast: Cast, village: Unit) -> None:
    groups(village, 1)
    page = browser(cast.province_officer).get("/groups/", {"place": "48"})
    assertContains(page, "กลุ่มออมทรัพย์ที่", count=1)
    assertNotContains(page, "ไม่มีตัวเลือกนี้แล้ว")
