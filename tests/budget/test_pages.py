"""The pages of the money: each does what its button says, for the person whose post it is."""

from datetime import date
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from sajja.budget import actions, duties, panels
from sajja.budget.models import Advance, Purse, Voucher
from sajja.forums import actions as forums
from sajja.org.models import Person
from sajja.programme.models import SelectedGroup
from sajja.web import clock, pictures
from tests.budget.money import a_voucher, allocated, an_advance, cleared
from tests.cast import Cast, unit
from tests.factories import a_forum, a_group, a_picture, a_selected_group, a_year, people, selected

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def group(cast: Cast) -> SelectedGroup:
    return a_selected_group("กลุ่มบ้านอุ่มเหม้า", cast=cast)


@pytest.fixture
def advance(cast: Cast, group: SelectedGroup) -> Advance:
    return an_advance(allocated(cast), cast)


def url(name: str, **parts: Any) -> str:
    return reverse(f"budget:{name}", kwargs=parts)


def page_of(path: str, name: str = "unit") -> str:
    return url(name, year=2564, unit=unit(path).pk)


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def read(person: Person, address: str) -> str:
    return browser(person).get(address, follow=True).content.decode()


def post(person: Person, address: str, /, **fields: Any) -> HttpResponse:
    return browser(person).post(address, {"once": str(uuid4()), **fields})  # type: ignore[return-value]


# --- allocation ----------------------------------------------------------------------------


def test_each_person_begins_at_the_money_of_his_own_unit(cast: Cast) -> None:
    a_year(cast)
    places = [(cast.district_officer, "4805"), (cast.province_head, "48"), (cast.followup, "z11"), (cast.admin, "")]
    for person, path in places:
        assert browser(person).get(url("home"))["Location"] == page_of(path)
        assert browser(person).get(page_of(path)).status_code == 200


def test_before_a_year_is_open_the_page_says_so(cast: Cast) -> None:
    assert "ยังไม่มีกิจกรรมประจำปี" in read(cast.department, url("home"))


def test_the_department_s_sheet_is_filled_in_by_the_quota_and_adds_up_to_the_letter(cast: Cast) -> None:
    a_year(cast)
    address = page_of("", "allocate")
    page = browser(cast.department).get(address)
    assert len(page.context["boxes"]) == 76
    assert page.context["proposed"] == page.context["received"] == 228_000_000
    fields = {box.html_name: box.value() for _line, _places, box in page.context["boxes"]}
    assert post(cast.department, address, reference="พช 0407/1", **fields)["Location"] == page_of("")
    purse = Purse.objects.get(unit__path="")
    assert (purse.received_satang, purse.passed_satang) == (228_000_000, 228_000_000)


def test_a_sum_too_much_is_said_and_what_was_typed_stays(cast: Cast) -> None:
    allocated(cast)
    address = page_of("48", "allocate_down")
    boxes = browser(cast.province_officer).get(address).context["boxes"]
    fields = {box.html_name: "30,000" for _line, _places, box in boxes}
    answer = post(cast.province_officer, address, reference="นพ 2", reason="", **fields)
    assert answer.status_code == 200
    said = answer.content.decode()
    assert "เกินที่ได้รับ 30,000.00 บาท" in said
    assert said.count('value="30,000"') == len(boxes)


def test_a_province_s_sheet_starts_from_its_groups_on_places(cast: Cast) -> None:
    selected(a_group("กลุ่มหนึ่ง"), a_group("กลุ่มสอง"), cast=cast)
    year = a_year(cast)
    actions.allocate(by=cast.department, year=year, giver=unit(""), wanted={unit("48").pk: 3_000_000}, reference="1")
    boxes = browser(cast.province_officer).get(page_of("48", "allocate_down")).context["boxes"]
    filled = {line.unit.path: box.value() for line, _places, box in boxes if box.value() != "0.00"}
    assert filled == {"4805": "6,000.00"}


def test_a_province_s_sheet_says_what_it_waits_for(cast: Cast) -> None:
    year = a_year(cast)
    address = page_of("48", "allocate_down")
    assert "จังหวัดยังไม่ได้รับจัดสรรจากกรมฯ" in read(cast.province_officer, address)
    actions.allocate(by=cast.department, year=year, giver=unit(""), wanted={unit("48").pk: 200_000}, reference="1")
    assert "ยังไม่มีรายชื่อกลุ่มเป้าหมายที่ยืนยันแล้ว" in read(cast.province_officer, address)
    selected(a_group("กลุ่มหนึ่ง"), cast=cast)
    assert "ต้องใช้ 3,000.00 บาท มากกว่าที่ได้รับ 2,000.00 บาท" in read(cast.province_officer, address)


def test_the_rows_show_reversals_with_their_reason(cast: Cast) -> None:
    year = allocated(cast)
    less = {unit("4805").pk: 600_000}
    actions.allocate(by=cast.province_officer, year=year, giver=unit("48"), wanted=less, reference="นพ 3", reason="ลดหนึ่งกลุ่ม")
    said = read(cast.province_head, page_of("48", "rows"))
    assert "กลับรายการ: ลดหนึ่งกลุ่ม" in said
    assert "-9,000.00" in said


# --- from the advance to its clearing ------------------------------------------------------


def test_the_whole_way_from_the_contract_to_the_approval(cast: Cast, group: SelectedGroup) -> None:
    allocated(cast)
    officer, head, province = cast.district_officer, cast.district_head, cast.province_officer
    forum = a_forum(group, cast=cast)
    forums.record_attendance(by=officer, forum=forum, attendees=people(15))
    given = {
        "number": "บย 1/2564",
        "borrower": officer.pk,
        "satang": "3,000",
        "purpose": "จัดเวที",
        "paid_on": "1/6/2564",
        "due": "",
    }
    assert post(officer, page_of("4805", "lend"), **given)["Location"] == page_of("4805")
    [advance] = Advance.objects.all()
    here = url("advance", advance=advance.pk)
    jpeg = pictures.path_of(a_picture(3).sha256).read_bytes()
    paper = {
        "kind": "snack", "what": "อาหารว่าง 20 ชุด", "satang": "700", "seller": "ร้านป้า", "paper": "receipt", "number": "12",
        "on": "3/6/2564", "line": "", "picture": SimpleUploadedFile("bill.jpg", jpeg, "image/jpeg"),
    }  # fmt: skip
    assert post(officer, url("voucher_new", advance=advance.pk, selected=group.pk), **paper)["Location"] == here
    [voucher] = Voucher.objects.all()
    assert (voucher.counted_satang, voucher.over_satang) == (52_500, 17_500)
    assert "ต้องส่งคืน 175.00" in read(officer, here)
    assert browser(head).get(url("picture", voucher=voucher.pk))["Content-Type"] == "image/jpeg"
    back = {"satang": "2,475", "receipt": "บค 12/34", "on": "9/6/2564"}
    assert post(officer, url("give_back", advance=advance.pk), **back)["Location"] == here
    assert post(officer, url("submit", advance=advance.pk))["Location"] == here
    assert post(head, url("ask_to_check", advance=advance.pk), reason="ถ่ายรูปใหม่")["Location"] == here
    assert "ถ่ายรูปใหม่" in read(officer, here)
    post(officer, url("submit", advance=advance.pk))
    post(head, url("check", advance=advance.pk))
    post(province, url("approve", advance=advance.pk))
    advance.refresh_from_db()
    assert advance.state == "approved"
    post(province, url("ask_to_approve", advance=advance.pk), reason="ใบเสร็จซ้ำ")
    post(officer, url("reverse_return", returned=advance.returns.get().pk), reason="ลงผิด")
    post(officer, url("reverse_voucher", voucher=voucher.pk), reason="ลงผิด")
    post(officer, url("reverse", advance=advance.pk), reason="เลิก")
    advance.refresh_from_db()
    assert (advance.state, advance.left_satang) == ("reversed", 300_000)
    assert Purse.objects.get(unit__path="4805").passed_satang == 0


def test_a_paper_without_a_picture_gets_one_later(cast: Cast, group: SelectedGroup, advance: Advance) -> None:
    voucher = a_voucher(advance, group, cast, picture=False)
    jpeg = pictures.path_of(a_picture(3).sha256).read_bytes()
    address = url("attach", voucher=voucher.pk)
    assert "ยังไม่ได้แนบ" in post(cast.district_officer, address).content.decode()
    post(cast.district_officer, address, picture=SimpleUploadedFile("bill.jpg", jpeg, "image/jpeg"))
    voucher.refresh_from_db()
    assert len(voucher.sha256) == 64


def test_a_certificate_prints_in_figures_and_words(cast: Cast, group: SelectedGroup, advance: Advance) -> None:
    said = read(cast.district_officer, url("certificate", voucher=a_voucher(advance, group, cast).pk))
    assert "1,000.00" in said
    assert "หนึ่งพันบาทถ้วน" in said


def test_the_pack_of_a_group_holds_its_papers_its_people_and_its_pictures(
    cast: Cast, group: SelectedGroup, advance: Advance
) -> None:
    forum = a_forum(group, cast=cast)
    forums.record_attendance(by=cast.district_officer, forum=forum, attendees=people(15, 1))
    forums.add_photo(by=cast.district_officer, forum=forum, kept=a_picture(9), step="4.1", caption="ชี้แจง")
    kept = a_voucher(advance, group, cast)
    wrong = a_voucher(advance, group, cast, number="8", satang=77_700)
    actions.reverse_voucher(by=cast.district_officer, voucher=wrong, reason="ผิด")
    said = read(cast.district_head, url("pack", selected=group.pk))
    assert [what in said for what in ("หนึ่งพันบาทถ้วน", "นางสมาชิก1 ตัวอย่าง", url("picture", voucher=kept.pk), "ชี้แจง")] == [True] * 4
    assert "777.00" not in said
    assert "ร่าง ยังไม่อนุมัติการส่งใช้" in said


# --- lists ---------------------------------------------------------------------------------


def test_the_list_says_who_holds_how_much_for_how_long_overdue_first(cast: Cast, group: SelectedGroup, advance: Advance) -> None:
    late = actions.lend(
        by=cast.district_officer, year=advance.year, unit=unit("4805"), number="0/2564", borrower=cast.district_officer,
        satang=100_000, purpose="จัดเวที", paid_on=date(2021, 4, 10),
    )  # fmt: skip
    page = browser(cast.department).get(page_of("", "advances"))
    assert [(row["one"].number, row["days"]) for row in page.context["rows"]] == [(late.number, 61), ("1/2564", 21)]
    assert page.context["held"] == 400_000
    page = browser(cast.followup).get(page_of("z11", "advances") + "?state=late")
    assert [str(row["late"][1]) for row in page.context["rows"]] == ["เกินกำหนด 31 วัน"]


def test_the_workbook_has_real_numbers_on_three_sheets(cast: Cast, group: SelectedGroup, advance: Advance) -> None:
    a_voucher(advance, group, cast)
    for person, path in [(cast.department, ""), (cast.district_officer, "4805")]:
        content = browser(person).get(page_of(path, "sheet")).content
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        assert book.sheet_names == ["จัดสรร", "เงินยืม", "ใบสำคัญ"]
        assert book.get_sheet_by_name("เงินยืม").to_python()[3][2:9] == [
            "1/2564", "นางสาววิไล (ตัวอย่าง)", 3000.0, 1000.0, 0.0, 2000.0, "20 พ.ค. 2564",
        ]  # fmt: skip


@pytest.mark.parametrize("count", [1, 3])
def test_pages_cost_the_same_for_one_and_for_three(count: int, cast: Cast) -> None:
    places = selected(*(a_group(f"กลุ่มที่ {n}") for n in range(count)), cast=cast)
    year = allocated(cast)
    advances = [an_advance(year, cast, number=f"{n}/2564", satang=100_000) for n in range(count)]
    for place in places:
        a_voucher(advances[0], place, cast, number=f"ก {place.pk}", satang=10_000)
        a_voucher(advances[0], place, cast, number=f"ข {place.pk}", satang=10_000)
    found = {}
    for name, person, address in [
        ("district", cast.district_officer, page_of("4805")),
        ("province", cast.province_officer, page_of("48")),
        ("nation", cast.department, page_of("")),
        ("advances", cast.department, page_of("", "advances")),
        ("advance", cast.district_officer, url("advance", advance=advances[0].pk)),
        ("pack", cast.district_officer, url("pack", selected=places[0].pk)),
        ("rows", cast.province_officer, page_of("48", "rows")),
    ]:
        client = browser(person)
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        found[name] = len(asked)
    assert found == COST


COST = {"district": 12, "province": 11, "nation": 9, "advances": 7, "advance": 12, "pack": 10, "rows": 8}


# --- what waits, and the group's page ------------------------------------------------------


def waits(person: Person) -> list[tuple[str, str]]:
    return [(str(duty.title), str(duty.note)) for duty in duties.duties(Person.objects.get(pk=person.pk), clock.today())]


def test_what_waits_goes_from_desk_to_desk(cast: Cast, group: SelectedGroup, advance: Advance) -> None:
    officer, head, province = cast.district_officer, cast.district_head, cast.province_officer
    more = ("จัดสรรเงินให้อำเภอ", "ยังไม่จัดสรร 21,000.00 บาท")
    assert waits(officer) == [("ส่งใช้เงินยืม", "ยังไม่มีหลักฐาน 3,000.00 บาท ลงใบสำคัญหรือส่งคืน")]
    assert (waits(head), waits(province), waits(cast.department)) == ([], [more], [])
    cleared(advance, group, cast)
    assert (waits(officer), waits(head)) == ([], [("ตรวจการส่งใช้เงินยืม", "ผู้ยืมส่งแล้ว 3,000.00 บาท")])
    actions.check_clearing(by=head, advance=advance)
    assert waits(province) == [("อนุมัติการส่งใช้เงินยืม", "พัฒนาการอำเภอตรวจแล้ว 3,000.00 บาท"), more]
    actions.ask_changes(by=province, advance=advance, step="approve", reason="รูปไม่ชัด")
    assert waits(officer) == [("แก้และส่งใช้เงินยืมอีกครั้ง", "ส่งกลับให้แก้: รูปไม่ชัด")]


def test_a_group_s_page_shows_offices_what_was_spent_for_its_place(cast: Cast, group: SelectedGroup, advance: Advance) -> None:
    assert panels.panels(cast.district_officer, group.group) == []
    a_voucher(advance, group, cast)
    [panel] = panels.panels(cast.district_officer, group.group)
    assert (panel.context["counted"], panel.context["per_group"]) == (100_000, 300_000)
    assert "อำเภอใช้จ่ายให้แล้ว 1,000.00 จาก 3,000.00 บาท" in read(
        cast.district_officer, reverse("desk:group", args=[group.group.pk])
    )


def test_a_group_reads_what_was_bought_for_it_and_no_other_does(cast: Cast, group: SelectedGroup, advance: Advance) -> None:
    chair, page = cast.chair(group.group), reverse("desk:group", args=[group.group.pk])
    assert panels.panels(chair, group.group) == []
    a_voucher(advance, group, cast)
    shown = read(chair, page)
    assert ("กระดาษและปากกา" in shown, "1,000.00" in shown, "อำเภอเป็นผู้จ่าย" in shown) == (True, True, True)
    assert ("ร้านตัวอย่างการค้า" in shown, reverse("budget:pack", args=[group.pk]) in shown) == (False, False)
    other = a_group("กลุ่มอื่น")
    assert panels.panels(cast.chair(other), group.group) == []
