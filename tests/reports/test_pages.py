"""The pages of the reports: each does what its button says, for the person whose post it is."""

from datetime import date
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from sajja.forums import actions as forums
from sajja.forums.models import Forum
from sajja.lib.refusals import Refused
from sajja.org.door import AFTER
from sajja.org.models import Person
from sajja.programme.queries import current_revision, terms_of
from sajja.reports import actions, duties, measures, panels, queries
from sajja.reports.models import DistrictReport, ProvinceReport
from sajja.web import clock
from tests.cast import Cast, someone, unit
from tests.factories import a_forum, a_group, a_held_forum, a_picture, a_report, a_selected_group, a_year, selected

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def forum(cast: Cast) -> Forum:
    return a_held_forum(a_selected_group("กลุ่มบ้านอุ่มเหม้า", cast=cast), cast=cast)


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def url(name: str, **parts: Any) -> str:
    return reverse(f"reports:{name}", kwargs=parts)


def listed(path: str) -> str:
    return url("unit", year=2564, unit=unit(path).pk)


def post(person: Person, address: str, /, **fields: Any) -> HttpResponse:
    return browser(person).post(address, {"once": str(uuid4()), **fields})  # type: ignore[return-value]


def words(response: HttpResponse) -> str:
    return response.content.decode()


def read(person: Person, address: str) -> str:
    return words(browser(person).get(address, follow=True))  # type: ignore[arg-type]


# --- lists ---------------------------------------------------------------------------------


def test_each_person_begins_at_the_reports_of_his_own_unit(cast: Cast, forum: Forum) -> None:
    places = [(cast.district_officer, "4805"), (cast.province_officer, "48"), (cast.followup, "z11"), (cast.department, "")]
    assert [browser(person).get(url("home"))["Location"] for person, _path in places] == [
        listed(path) for _person, path in places
    ]


def test_before_a_year_is_open_the_page_says_so(cast: Cast) -> None:
    assert "ยังไม่มีกิจกรรมประจำปี" in read(cast.department, url("home"))


def test_a_district_without_a_held_forum_sees_what_will_be_here(cast: Cast) -> None:
    a_year(cast)
    assert "รายงานเริ่มเมื่อปิดเวที" in read(cast.district_officer, listed("4805"))


def test_the_list_says_state_and_days_and_filters(cast: Cast, forum: Forum) -> None:
    assert "ครบกำหนดวันนี้" in read(cast.district_officer, listed("4805"))
    a_report(forum, cast=cast)
    assert "ส่งแล้ว รอจังหวัดตรวจ" in read(cast.province_officer, listed("48") + "?state=submitted")
    assert "ไม่มีรายงานในสถานะนี้" in read(cast.province_officer, listed("48") + "?state=accepted")


def test_a_zone_and_the_department_see_their_provinces(cast: Cast, forum: Forum) -> None:
    a_report(forum, cast=cast)
    zone = read(cast.followup, listed("z11"))
    assert ("นครพนม" in zone, "เชียงใหม่" in zone) == (True, False)
    assert "เชียงใหม่" in read(cast.department, listed("") + "?page=1") + read(cast.department, listed("") + "?page=2")


@pytest.mark.parametrize("many", [1, 3])
def test_a_list_costs_the_same_queries_with_one_and_three_rows(cast: Cast, many: int) -> None:
    for one in selected(*(a_group(f"กลุ่มที่ {n}") for n in range(many)), cast=cast):
        a_held_forum(one, cast=cast)
    client = browser(cast.province_officer)
    client.get(listed("48"))
    with CaptureQueriesContext(connection) as captured:
        client.get(listed("48"))
    assert len(captured) == 13


# --- a district's report -------------------------------------------------------------------


def test_the_page_is_made_from_what_is_there(cast: Cast, forum: Forum) -> None:
    shown = read(cast.district_officer, url("district", forum=forum.pk))
    for said in ("15 คน หญิง 8 คน", "ผ่าน 20 จาก 21 ข้อ", "ผู้สังเกตการณ์ 2 คน", "รูป 2 รูป (อย่างน้อย 2)", "ลงนามครบ", "ตรวจและส่ง"):
        assert said in shown


def test_a_forum_that_is_not_finished_says_what_is_missing(cast: Cast) -> None:
    forum = a_forum(a_selected_group(cast=cast), cast=cast)
    assert "เวทียังไม่ปิด รายงานเริ่มเมื่อปิดเวที" in read(cast.district_officer, url("district", forum=forum.pk))
    shown = read(cast.district_officer, url("send", forum=forum.pk))
    assert "ยังไม่ตอบเรื่องโปรแกรมบัญชี (4.5)" in shown
    assert "ส่งรายงานให้จังหวัด" not in shown


def test_the_district_sends_and_the_province_accepts(cast: Cast, forum: Forum) -> None:
    page = url("district", forum=forum.pk)
    assert post(cast.district_officer, url("send", forum=forum.pk), summary="จัดเวทีเรียบร้อย")["Location"] == page
    assert "ตรวจรับรายงาน" in read(cast.province_officer, page)
    report = DistrictReport.objects.get()
    assert post(cast.province_officer, url("accept", report=report.pk))["Location"] == page
    assert "ตรวจรับรายงานแล้ว" in read(cast.district_officer, page)


def test_a_form_sent_twice_sends_one_report(cast: Cast, forum: Forum) -> None:
    fields = {"once": str(uuid4()), "summary": "จัดเวทีเรียบร้อย"}
    client = browser(cast.district_officer)
    assert [client.post(url("send", forum=forum.pk), fields).status_code for _again in range(2)] == [302, 302]
    assert DistrictReport.objects.get().moves.count() == 1


def test_few_pictures_are_sent_with_a_reason(cast: Cast, forum: Forum) -> None:
    forums.remove_photo(by=cast.district_officer, photo=forum.photos.order_by("pk")[0], reason="ไม่ชัด")
    assert "ยังไม่ได้ใส่" not in read(cast.district_officer, url("send", forum=forum.pk))
    refused = words(post(cast.district_officer, url("send", forum=forum.pk), summary="เรียบร้อย"))
    assert "รูปยังไม่ครบ เพิ่มรูป หรือบอกเหตุผลแล้วส่งได้" in refused
    post(cast.district_officer, url("send", forum=forum.pk), summary="เรียบร้อย", few_pictures_reason="กล้องเสีย")
    assert "อำเภอให้เหตุผลว่า “กล้องเสีย”" in read(cast.province_officer, url("district", forum=forum.pk))


def test_what_was_returned_says_why_and_what_changed_since(cast: Cast, forum: Forum) -> None:
    page = url("district", forum=forum.pk)
    report = a_report(forum, cast=cast)
    post(cast.province_officer, url("return", report=report.pk), reason="เพิ่มรูปการทำแผน 1 รูป")
    shown = read(cast.district_officer, page)
    assert ("จังหวัดส่งกลับแก้ไข" in shown, "เพิ่มรูปการทำแผน 1 รูป" in shown) == (True, True)
    forums.add_photo(by=cast.district_officer, forum=forum, kept=a_picture(77), step="4.6", caption="ทำแผน")
    assert "เปลี่ยนจากที่ส่งครั้งล่าสุด" in read(cast.district_officer, url("send", forum=forum.pk))
    post(cast.district_officer, url("send", forum=forum.pk), summary="จัดเวทีเรียบร้อย เพิ่มรูปแล้ว")
    shown = read(cast.province_officer, page)
    assert ("เปลี่ยนจากครั้งก่อน 3 เรื่อง" in shown, "รูปที่เพิ่ม" in shown, "4.6 ทำแผน" in shown) == (True, True, True)


def test_late_can_still_be_sent(cast: Cast, forum: Forum) -> None:
    with clock.fixed(date(2021, 6, 14)):
        assert "ยังส่งได้ ระบบจะบันทึกว่าส่งช้า" in read(cast.district_officer, url("district", forum=forum.pk))
        post(cast.district_officer, url("send", forum=forum.pk), summary="เรียบร้อย")
        assert "ส่งช้า 4 วัน" in read(cast.province_officer, url("district", forum=forum.pk))


def test_the_paper_holds_names_pictures_and_two_places_to_sign(cast: Cast, forum: Forum) -> None:
    paper = read(cast.province_officer, url("paper", forum=forum.pk))
    assert (paper.count('<p class="line">'), paper.count("<img"), "นางสมาชิก1 ตัวอย่าง" in paper) == (2, 2, True)


def test_who_may_not_judge_or_send_is_refused_and_outside_it_is_not_there(cast: Cast, forum: Forum) -> None:
    report = a_report(forum, cast=cast)
    assert browser(cast.district_officer).get(url("accept", report=report.pk)).status_code == 403
    assert browser(cast.province_officer).get(url("send", forum=forum.pk)).status_code == 403
    outside = someone("province_officer", unit("47"))
    assert browser(outside).get(url("accept", report=report.pk)).status_code == 404
    assert browser(outside).get(url("district", forum=forum.pk)).status_code == 404


# --- the province's report -----------------------------------------------------------------


def test_the_province_makes_its_report_and_records_the_entry_in_bpm(cast: Cast, forum: Forum) -> None:
    page = url("province", year=2564, unit=unit("48").pk)
    assert "ยังไม่มีรายงานอำเภอที่ตรวจรับ" in read(cast.province_officer, page)
    a_report(forum, cast=cast, accepted=True)
    post(cast.province_officer, url("ready", year=2564, unit=unit("48").pk), summary="ทั้งจังหวัดเรียบร้อย")
    assert "พร้อมส่ง" in read(cast.province_officer, page)
    report = ProvinceReport.objects.get()
    letter = browser(cast.province_officer).get(url("cover", year=2564, unit=unit("48").pk))
    assert (letter["Content-Type"], letter.content[:5]) == ("application/pdf", b"%PDF-")
    fields = {"day": "10 มิ.ย. 2564", "time": "08.30", "person": "นายประสาน", "reference": "BPM-64-001"}
    assert post(cast.province_officer, url("bpm", province_report=report.pk), **fields)["Location"] == page
    shown = read(cast.department, page)
    assert ("ลงระบบ BPM แล้ว" in shown, "BPM-64-001" in shown, "ทันกำหนด" in shown) == (True, True, True)
    assert "BPM-64-001" in read(cast.province_officer, url("province_paper", year=2564, unit=unit("48").pk))
    post(cast.province_officer, url("take_back", province_report=report.pk), reason="เลขผิด")
    assert "บันทึกการลงระบบ BPM" in read(cast.province_officer, page)
    assert "BPM-64-001" not in read(cast.province_officer, url("province_paper", year=2564, unit=unit("48").pk))


def test_what_was_accepted_since_is_shown_and_the_report_made_anew(cast: Cast) -> None:
    chosen = selected(a_group("กลุ่มหนึ่ง"), a_group("กลุ่มสอง"), cast=cast)
    a_report(a_held_forum(chosen[0], cast=cast), cast=cast, accepted=True)
    year, province = a_year(cast), unit("48")
    actions.ready_province_report(by=cast.province_officer, year=year, province=province, summary="เรียบร้อย")
    a_report(a_held_forum(chosen[1], cast=cast), cast=cast, accepted=True)
    assert "มีข้อมูลใหม่หลังจัดทำรายงาน" in read(cast.province_officer, url("province", year=2564, unit=province.pk))
    post(cast.province_officer, url("ready", year=2564, unit=province.pk), summary="เรียบร้อย")
    assert ProvinceReport.objects.get().content["ผู้เข้าร่วม"] == 30


def test_a_district_has_no_province_report(cast: Cast) -> None:
    a_year(cast)
    assert browser(cast.district_officer).get(url("province", year=2564, unit=unit("4805").pk)).status_code == 404


# --- duties and panels ---------------------------------------------------------------------


def test_each_person_has_the_duty_that_is_his(cast: Cast, forum: Forum) -> None:
    today = clock.today()
    page = url("district", forum=forum.pk)
    assert [(duty.verb, duty.due) for duty in duties.duties(cast.district_officer, today)] == [("ตรวจและส่ง", date(2021, 6, 10))]
    report = a_report(forum, cast=cast)
    assert duties.duties(cast.district_officer, today) == []
    assert [duty.verb for duty in duties.duties(cast.province_officer, today)] == ["ตรวจรายงาน", "เปิดรายงาน"]
    actions.return_report(by=cast.province_officer, report=report, reason="เพิ่มรูป")
    assert [(duty.verb, duty.url) for duty in duties.duties(cast.district_officer, today)] == [("แก้และส่ง", page)]
    assert duties.duties(someone("district_officer", unit("4808")), today) == []


def test_a_returned_report_is_to_be_mended_and_never_late_for_it(cast: Cast, forum: Forum) -> None:
    report = a_report(forum, cast=cast)
    with clock.fixed(date(2021, 6, 25)):
        actions.return_report(by=cast.province_officer, report=report, reason="เพิ่มรูป 1 รูป")
        [duty] = duties.duties(cast.district_officer, clock.today())
        assert (str(duty.title), duty.due, duty.kind_on(clock.today())) == ("แก้และส่งรายงานอีกครั้ง", date(2021, 6, 28), "waiting")
        assert str(duty.note) == "จังหวัดส่งกลับให้แก้: เพิ่มรูป 1 รูป · ส่งครั้งแรก 10 มิ.ย. 2564 ทันกำหนดแล้ว ไม่นับว่าช้า"
        page = read(cast.district_officer, listed("4805") + "?state=open")
        assert ("ส่งกลับแก้ไข" in page, "ครั้งแรกทันกำหนด" in page, "เลยกำหนด" in page) == (True, True, False)


def test_a_forum_opened_again_after_its_report_was_sent_stays_owed(cast: Cast, forum: Forum) -> None:
    report = a_report(forum, cast=cast)
    forums.reopen_forum(by=cast.district_officer, forum=forum, reason="ลงวันผิด")
    [duty] = duties.duties(cast.district_officer, clock.today())
    assert (str(duty.verb), duty.due, duty.url) == ("ไปปิดเวที", None, reverse("forums:forum", args=[forum.pk]))
    assert [str(one.verb) for one in duties.duties(cast.province_officer, clock.today())] == ["เปิดรายงาน"]
    assert "เวทีเปิดแก้ไขอยู่" in read(cast.district_officer, listed("4805") + "?state=open")
    assert "ไม่ต้องส่งซ้ำ" in read(cast.district_officer, url("district", forum=forum.pk))
    with pytest.raises(Refused, match="อำเภอเปิดเวทีแก้ไขอยู่"):
        actions.accept_report(by=cast.province_officer, report=report)
    assert [row.key for row in measures.district(report.year, clock.today())] == ["due", "on_time"]
    forums.hold_forum(by=cast.district_officer, forum=forum)
    assert duties.duties(cast.district_officer, clock.today()) == []
    assert actions.accept_report(by=cast.province_officer, report=report).state == "accepted"


def test_the_home_shows_a_forum_opened_again_once(cast: Cast, forum: Forum) -> None:
    a_report(forum, cast=cast)
    forums.reopen_forum(by=cast.district_officer, forum=forum, reason="ลงวันผิด")
    page = browser(cast.district_officer).get("/")
    assert str(page.context["first"].title) == "ปิดเวทีที่เปิดแก้ไข"
    assert [(kind, n) for kind, n, _rows in page.context["sections"]] == []


@pytest.mark.parametrize("many", [1, 3])
def test_the_figures_read_the_same_reports_as_the_lists(cast: Cast, many: int, django_assert_num_queries: Any) -> None:
    unsent, *sent = selected(*(a_group(f"กลุ่มที่ {n}") for n in range(many + 1)), cast=cast)
    a_held_forum(unsent, cast=cast)
    for one in sent:
        a_report(a_held_forum(one, cast=cast), cast=cast)
    year, terms = a_year(cast), terms_of(current_revision(a_year(cast)))
    listed_ones = [(one.path, one.thing, one.due, one.submitted_on, one.state) for one in queries.owed(year)]
    with django_assert_num_queries(2):
        assert [tuple(one) for one in queries.timings(year, terms, [("", AFTER)])] == listed_ones
    assert len(listed_ones) == many + 1


def test_the_lists_are_the_same_in_excel(cast: Cast, forum: Forum) -> None:
    a_report(forum, cast=cast)
    [row] = sheet_of(cast.province_officer, "48")
    assert (row["กลุ่ม"], row["อำเภอ"], row["ช้า (วัน)"]) == ("กลุ่มบ้านอุ่มเหม้า", "อ.ธาตุพนม", "")
    assert (row["กำหนดส่ง"], row["ส่งครั้งแรก"], row["สถานะ"]) == ("10 มิ.ย. 2564", "10 มิ.ย. 2564", "ส่งแล้ว รอจังหวัดตรวจ")
    assert [row["กลุ่ม"] for row in sheet_of(cast.district_officer, "4805", "?state=open")] == []
    provinces = {row["จังหวัด"]: row for row in sheet_of(cast.department, "")}
    of_province = provinces["จังหวัดนครพนม"]
    assert (len(provinces), of_province["กำหนดส่ง"], of_province["อำเภอทัน"], of_province["รอตรวจ"]) == (
        77,
        "15 มิ.ย. 2564",
        1,
        1,
    )
    assert provinces["รวม"]["อำเภอถึงกำหนด"] == 1


def sheet_of(person: Person, path: str, state: str = "") -> list[dict[str, Any]]:
    """The rows of a list's Excel, by their heads."""
    address = url("sheet", year=2564, unit=unit(path).pk) + state
    book = CalamineWorkbook.from_filelike(BytesIO(browser(person).get(address).content))
    rows = book.get_sheet_by_index(0).to_python()
    at = next(n for n, row in enumerate(rows) if row[0] in {"กลุ่ม", "จังหวัด"})
    return [dict(zip(map(str, rows[at]), row, strict=True)) for row in rows[at + 1 :]]


@pytest.mark.parametrize("many", [1, 3])
def test_duties_cost_the_same_queries_with_one_and_three_reports(cast: Cast, many: int) -> None:
    for one in selected(*(a_group(f"กลุ่มที่ {n}") for n in range(many)), cast=cast):
        a_held_forum(one, cast=cast)
    officer = Person.objects.get(pk=cast.district_officer.pk)
    with CaptureQueriesContext(connection) as captured:
        assert len(duties.duties(officer, clock.today())) == many
    assert len(captured) == 4


def test_the_panel_says_how_the_report_stands(cast: Cast, forum: Forum) -> None:
    [panel] = panels.panels(cast.district_officer, forum.selected.group)
    assert (str(panel.context["word"]), str(panel.context["late_word"])) == ("ยังไม่ส่ง", "ครบกำหนดวันนี้")
    assert queries.owed_of(forum) == panel.context["one"]
