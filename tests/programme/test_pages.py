"""The pages of the programme: each does what its button says, for the person whose post it is."""

import re
from html import unescape
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

from sajja.org.models import Person
from sajja.programme import actions, files, queries, terms
from sajja.programme.models import ProgrammeYear, Proposal, ProvinceList
from tests.cast import Cast, someone, unit
from tests.factories import LETTER, a_group, a_village, a_year, selected

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def year(cast: Cast) -> ProgrammeYear:
    return a_year(cast)


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def url(name: str, **parts: Any) -> str:
    return reverse(f"programme:{name}", kwargs=parts)


def here(path: str, name: str = "province") -> str:
    return url(name, year=2564, unit=unit(path).pk)


def post(person: Person, address: str, **fields: Any) -> HttpResponse:
    return browser(person).post(address, {"once": str(uuid4()), **fields})  # type: ignore[return-value]


def words(response: Any) -> str:
    return str(response.content.decode())


# --- years ---------------------------------------------------------------------------------


def test_the_department_checks_the_letter_and_opens_the_year(cast: Cast) -> None:
    assert "ตรวจและเปิดปี 2564" in words(browser(cast.department).get(url("years")))
    preview = words(browser(cast.department).get(url("open", year=2564)))
    assert "โควตารวมกันได้ 760 กลุ่ม ตรงกับเป้าหมาย" in preview
    assert "ทะเบียนพื้นที่มี 76 จังหวัดในกิจกรรม ตรงกัน" in preview
    assert post(cast.department, url("open", year=2564))["Location"] == url("year", year=2564)
    assert queries.year_of(2564).opened_by == cast.department


def test_a_file_sent_is_shown_before_it_opens_the_year(cast: Cast) -> None:
    letter = LETTER.read_bytes()
    shown = post(cast.department, url("upload"), file=SimpleUploadedFile("2564.toml", letter))
    assert "เปิดกิจกรรมปี 2564" in words(shown)
    assert not ProgrammeYear.objects.exists()
    assert post(cast.department, url("upload"), text=letter.decode())["Location"] == url("year", year=2564)


def test_a_file_that_does_not_tie_out_is_shown_with_its_sentences(cast: Cast) -> None:
    wrong = LETTER.read_text().replace("groups = 760", "groups = 770").encode()
    shown = words(post(cast.department, url("upload"), file=SimpleUploadedFile("2564.toml", wrong)))
    assert "รวม 760 กลุ่ม แต่เป้าหมายเขียนไว้ 770 กลุ่ม" in shown
    assert '<button class="btn">เปิดกิจกรรม' not in shown


def test_a_file_that_is_no_toml_is_shown_as_unreadable(cast: Cast) -> None:
    shown = post(cast.department, url("upload"), file=SimpleUploadedFile("2564.toml", "ปี 2564".encode()))
    assert "อ่านแฟ้มข้อมูลไม่ออก" in words(shown)


def test_the_file_of_a_year_is_the_pattern_for_the_next(cast: Cast) -> None:
    assert browser(cast.department).get(url("file", year=2564)).content == LETTER.read_bytes()
    assert browser(cast.department).get(url("file", year=2563)).status_code == 404


def test_the_list_of_years_counts_places_and_provinces(cast: Cast) -> None:
    selected(a_group("กลุ่มก"), a_group("กลุ่มข"), cast=cast)
    page = words(browser(cast.district_officer).get(url("years")))
    assert ("2/760" in page, "1/76" in page) == (True, True)


def test_an_officer_of_a_district_opens_no_year(cast: Cast) -> None:
    assert browser(cast.district_officer).get(url("upload")).status_code == 403


def revision(**fields: str) -> dict[str, str]:
    return {
        "reference": "มท ๐๔๐๗.๕/ว ๙๙๙", "dated": "1 มิ.ย. 2564", "what_changed": "ขยายเวลารายงานจังหวัด",
        "provinces": "76", "groups": "760", "quota": "10", "budget": "2,280,000", "per_group": "3,000",
        "participants": "15", "activity_ends": "31 พ.ค. 2564", "report_days": "7", "pictures_least": "2",
        "province_due": "30 มิ.ย. 2564", "kpi_percent": "60", "quotas": "",
    } | rules_and_steps() | fields  # fmt: skip


def rules_and_steps() -> dict[str, str]:
    """The letter's own, as the form shows them."""
    asked = terms.read(terms.load(files.text_of(2564)))
    steps = {f"step_{key}": title for key, title in asked.steps}
    rules = {f"rule_{n}": one.title for n, one in enumerate(asked.rules, 1)} | {f"level_{n}": "3" for n in (1, 2, 3)}
    return steps | rules | {"rule_3": "", "founder_1": "on", "new_step": "", "new_step_title": ""}


def issue(cast: Cast, **fields: str) -> str:
    """Type a revision, look at the difference, and issue it; the words of the difference."""
    shown = post(cast.department, url("revise", year=2564), **revision(**fields))
    [text] = re.findall(r'name="text" value="([^"]*)"', shown.content.decode())
    post(cast.department, url("revise", year=2564), text=unescape(text))
    return words(shown)


def test_a_revision_is_typed_over_the_terms_and_shows_what_changed(cast: Cast, year: ProgrammeYear) -> None:
    assert "<del>15 มิถุนายน 2564</del> <ins>30 มิถุนายน 2564</ins>" in issue(cast)
    page = words(browser(cast.district_officer).get(url("year", year=2564)))
    assert "<del>15 มิถุนายน 2564</del> <ins>30 มิถุนายน 2564</ins>" in page
    assert queries.terms_of(queries.current_revision(year)).amends == "มท ๐๔๐๗.๕/ว ๓๓๕"


def test_a_revision_whose_sums_do_not_tie_out_is_shown_again(cast: Cast, year: ProgrammeYear) -> None:
    page = words(post(cast.department, url("revise", year=2564), **revision(groups="770")))
    assert "จำนวนกลุ่มไม่ตรงกัน: 76 จังหวัด × โควตา 10 รวม 760 กลุ่ม แต่เป้าหมายเขียนไว้ 770 กลุ่ม" in page
    assert queries.current_revision(year).number == 1


def test_a_revision_changes_rules_steps_and_the_quota_of_one_province(cast: Cast, year: ProgrammeYear) -> None:
    selected(a_group("กลุ่มก"), cast=cast)
    given = {
        "quotas": "สกลนคร ๑๒",
        "groups": "762",
        "budget": "2,286,000",
        "step_4.5": "",
        "rule_3": "ระดับ 2 ที่พัฒนาเร็ว",
        "level_3": "2",
    }
    page = issue(cast, **given, new_step="4.7", new_step_title="ทำความสะอาดสถานที่")
    assert "โควตาของสกลนคร: <del>10 กลุ่ม</del> <ins>12 กลุ่ม</ins>" in page
    assert "รายชื่อที่ยืนยันแล้ว 1 จังหวัด 1 กลุ่ม ยังอยู่ครบและใช้ฉบับเดิม" in page
    after = queries.terms_of(queries.current_revision(year))
    assert (after.quota_in("47"), after.quota_in("48")) == (12, 10)
    assert [(one.key, one.level, one.founder) for one in after.rules] == [
        ("level3_founder", 3, True), ("level3", 3, False), ("rule3", 2, False),
    ]  # fmt: skip
    assert [key for key, _title in after.steps] == ["4.1", "4.2", "4.3", "4.4", "4.6", "4.7"]
    assert after.step_opens["4.6"] == "plan"
    assert ProvinceList.objects.get(year=year).revision.number == 1


def test_the_difference_alone_issues_nothing(cast: Cast, year: ProgrammeYear) -> None:
    page = words(post(cast.department, url("revise", year=2564), **revision()))
    assert ("ตรวจก่อนออกฉบับแก้ไข" in page, queries.current_revision(year).number) == (True, 1)


@pytest.mark.parametrize("quotas", ["นครพนมม 12", "นครพนม", "นครพนม สิบสอง"])
def test_a_quota_that_cannot_be_read_is_said(cast: Cast, year: ProgrammeYear, quotas: str) -> None:
    page = words(post(cast.department, url("revise", year=2564), **revision(quotas=quotas)))
    assert f"อ่านไม่ออก: “{quotas}” เขียนเป็น นครพนม 12" in page


def test_a_revision_comes_as_a_file_too(cast: Cast, year: ProgrammeYear) -> None:
    new = files.text_of(2564).replace("2021-06-15", "2021-06-30")
    sent = SimpleUploadedFile("2564.toml", new.encode())
    page = words(post(cast.department, url("revise_file", year=2564), file=sent))
    assert "<del>15 มิถุนายน 2564</del> <ins>30 มิถุนายน 2564</ins>" in page
    wrong = SimpleUploadedFile("2564.toml", files.text_of(2564).encode())
    assert queries.current_revision(year).number == 1
    assert "ข้อมูลเหมือนฉบับที่ใช้อยู่ทุกข้อ" in words(post(cast.department, url("revise_file", year=2564), file=wrong))


# --- selection -----------------------------------------------------------------------------


def test_the_district_proposes_and_the_head_of_the_province_confirms(cast: Cast, year: ProgrammeYear) -> None:
    founder, other = a_group("กลุ่มแกนนำ", founder=True), a_group("กลุ่มระดับสาม")
    a_group("กลุ่มเล็ก", level=2)
    candidates = words(browser(cast.district_officer).get(here("4805")))
    assert "แกนนำจัดตั้งศูนย์จัดการกองทุนชุมชนตัวอย่าง" in candidates
    assert "ระดับ 2 (ปี 2564) หลักเกณฑ์ต้องเป็นระดับ 3" in candidates
    assert post(cast.district_officer, here("4805", "propose"), groups=[founder.pk, other.pk])["Location"] == here("4805")
    assert "อำเภอเสนอแล้ว 2 กลุ่ม โควตา 10 แห่ง" in words(browser(cast.province_head).get(here("48")))
    assert post(cast.province_head, here("48", "confirm"), chosen=[founder.pk, other.pk])["Location"] == here("48")
    frozen = words(browser(cast.district_officer).get(here("4805")))
    assert "ยืนยันแล้ว" in frozen
    assert frozen.index("กลุ่มแกนนำ") < frozen.index("กลุ่มระดับสาม") < frozen.index("กลุ่มเล็ก")


def test_the_form_ticks_whom_the_rule_would_choose(cast: Cast, year: ProgrammeYear) -> None:
    for n in range(10):
        a_group(f"แกนนำ {n}", founder=True)
    a_group("กลุ่มระดับสาม")
    page = words(browser(cast.district_officer).get(here("4805", "propose")))
    assert (page.count('name="groups"'), page.count(" checked")) == (11, 10)


def test_a_group_of_another_district_is_not_in_the_form(cast: Cast, year: ProgrammeYear) -> None:
    elsewhere = a_group("กลุ่มนาแก", village=a_village(1, "480801"))
    shown = post(cast.district_officer, here("4805", "propose"), groups=[elsewhere.pk])
    assert "ไม่มีกลุ่มที่เข้าหลักเกณฑ์เหลือให้เสนอ" in words(shown)
    assert not Proposal.objects.exists()


def test_a_group_outside_the_rule_is_proposed_with_a_reason(cast: Cast, year: ProgrammeYear) -> None:
    small = a_group("กลุ่มเล็ก", level=2)
    assert "ยังไม่ได้ใส่ “เหตุผลที่เสนอ”" in words(post(cast.district_officer, here("4805", "outside"), group=small.pk))
    post(cast.district_officer, here("4805", "outside"), group=small.pk, reason="กลุ่มเดียวของตำบล")
    page = words(browser(cast.province_head).get(here("48", "confirm")))
    assert "กลุ่มนอกหลักเกณฑ์ ยืนยันแล้วถือว่าอนุมัติตามเหตุผลนี้" in page
    assert "กลุ่มเดียวของตำบล" in page


def test_a_proposal_is_withdrawn_until_the_list_is_frozen(cast: Cast, year: ProgrammeYear) -> None:
    group = a_group()
    post(cast.district_officer, here("4805", "propose"), groups=[group.pk])
    assert post(cast.district_officer, url("withdraw", year=2564, group=group.pk), reason="ขอพัก")["Location"] == here("4805")
    assert Proposal.objects.get().withdrawn_because == "ขอพัก"
    assert browser(cast.district_officer).get(url("withdraw", year=2564, group=group.pk)).status_code == 404


def test_passing_over_a_founder_asks_for_the_reason_on_the_form(cast: Cast, year: ProgrammeYear) -> None:
    founder, other = a_group("กลุ่มแกนนำ", founder=True), a_group("กลุ่มระดับสาม")
    post(cast.district_officer, here("4805", "propose"), groups=[founder.pk, other.pk])
    shown = words(post(cast.province_head, here("48", "confirm"), chosen=[other.pk]))
    assert "กลุ่มนี้เข้าหลักเกณฑ์ก่อนกลุ่มที่เลือก โปรดเลือก หรือเขียนเหตุผลที่ไม่เลือก" in shown
    assert f'name="because_{founder.pk}"' in shown
    post(cast.province_head, here("48", "confirm"), chosen=[other.pk], **{f"because_{founder.pk}": "ขอเข้าร่วมปีหน้า"})
    assert [row.group for row in queries.standing(year)] == [other]


def test_a_list_confirmed_twice_says_who_did_it(cast: Cast, year: ProgrammeYear) -> None:
    selected(a_group(), cast=cast)
    assert "ยืนยันเมื่อ 10 มิถุนายน 2564" in words(browser(cast.province_head).get(here("48", "confirm")))


def test_the_minutes_have_a_line_for_the_district_and_one_for_the_province(cast: Cast, year: ProgrammeYear) -> None:
    selected(a_group("กลุ่มก"), cast=cast)
    page = words(browser(cast.province_officer).get(here("48", "minutes")))
    assert page.count('<p class="line">') == 2
    assert cast.district_officer.full_name in page
    assert cast.province_head.full_name in page


def test_outside_its_units_a_selection_does_not_exist(cast: Cast, year: ProgrammeYear) -> None:
    officer = browser(cast.district_officer)
    assert [officer.get(here(path)).status_code for path in ("4805", "4808", "48", "47")] == [200, 404, 404, 404]
    assert browser(cast.province_head).get(here("47", "confirm")).status_code == 404
    assert browser(cast.province_officer).get(here("48", "confirm")).status_code == 403


def test_a_village_has_no_selection(cast: Cast, year: ProgrammeYear) -> None:
    assert browser(cast.department).get(here(a_village().path)).status_code == 404


# --- places --------------------------------------------------------------------------------


def test_the_head_of_the_province_replaces_a_group_and_the_old_name_stays(cast: Cast, year: ProgrammeYear) -> None:
    [old] = selected(a_group("กลุ่มเดิม"), cast=cast)
    new = a_group("กลุ่มใหม่")
    done = post(cast.province_head, url("replace", selected=old.pk), new_group=new.pk, reason="ขอถอนตัว")
    assert done["Location"] == here("48")
    page = words(browser(cast.district_officer).get(here("4805")))
    assert "ถึง 10 มิ.ย. 2564: ขอถอนตัว" in page
    assert "กลุ่มใหม่" in page


def test_a_district_reads_no_name_of_another_district(cast: Cast, year: ProgrammeYear) -> None:
    [old] = selected(a_group("กลุ่มธาตุพนม"), cast=cast)
    new = a_group("กลุ่มนาแก", village=a_village(1, "480801"))
    actions.replace_group(by=cast.province_head, selected=old, new_group=new, reason="ขอถอนตัว")
    here_now = words(browser(cast.district_officer).get(here("4805")))
    there = words(browser(someone("district_officer", unit("4808"))).get(here("4808")))
    assert ("กลุ่มธาตุพนม" in here_now, "กลุ่มนาแก" in here_now, "กลุ่มของอำเภออื่น" in here_now) == (True, False, True)
    assert ("กลุ่มธาตุพนม" in there, "กลุ่มนาแก" in there) == (False, True)


def test_a_dropped_groups_place_is_filled_later(cast: Cast, year: ProgrammeYear) -> None:
    [old] = selected(a_group("กลุ่มเดิม"), cast=cast)
    post(cast.province_head, url("drop", selected=old.pk), reason="ขอถอนตัว")
    assert (
        post(cast.province_head, url("fill", place=old.place_id), new_group=a_group("กลุ่มใหม่").pk, reason="เติม").status_code == 302
    )
    assert [row.group.name for row in queries.standing(year)] == ["กลุ่มใหม่"]


def test_a_group_dropped_by_mistake_gets_its_place_back(cast: Cast, year: ProgrammeYear) -> None:
    [held] = selected(a_group("กลุ่มก"), cast=cast)
    post(cast.province_head, url("drop", selected=held.pk), reason="กดผิด")
    assert "คืนที่" in words(browser(cast.province_head).get(here("48")))
    post(cast.province_head, url("reinstate", selected=held.pk), reason="นำออกผิดกลุ่ม")
    assert list(queries.standing(year)) == [held]


def test_a_raised_quota_is_taken_up_by_the_head_of_the_province(cast: Cast, year: ProgrammeYear) -> None:
    selected(a_group("กลุ่มก"), cast=cast)
    issue(cast, quota="12", groups="912", budget="2,736,000")
    assert "หนังสือฉบับใหม่ให้เพิ่มอีก 2 แห่ง" in words(browser(cast.province_head).get(here("48")))
    post(cast.province_head, here("48", "extend"))
    page = words(browser(cast.province_head).get(here("48")))
    assert (page.count("เติมกลุ่ม"), "ให้เพิ่มอีก" in page, "ตามหนังสือ มท ๐๔๐๗.๕/ว ๓๓๕" in page) == (11, False, True)


def test_only_the_head_of_the_province_replaces(cast: Cast) -> None:
    [old] = selected(a_group(), cast=cast)
    people = [cast.province_officer, cast.district_head, someone("province_head", unit("47"))]
    assert [browser(person).get(url("replace", selected=old.pk)).status_code for person in people] == [403, 403, 404]


# --- totals --------------------------------------------------------------------------------


def test_the_nation_ties_out_with_the_letter(cast: Cast, year: ProgrammeYear) -> None:
    selected(a_group("กลุ่มก"), a_group("กลุ่มข"), cast=cast)
    for level in ("zone", "province", "district"):
        page = words(browser(cast.department).get(url("totals", year=2564), {"by": level}))
        assert "ยอดรวมตรงกับหนังสือ" in page
        assert "มีกลุ่มแล้ว 2/760 แห่ง" in page
        assert "2,280,000.00 บาท" in page


def test_the_table_sorts_by_what_is_held(cast: Cast, year: ProgrammeYear) -> None:
    selected(a_group(), cast=cast)
    page = words(browser(cast.department).get(url("totals", year=2564), {"by": "province", "sort": "-held"}))
    assert page.index("จังหวัดนครพนม") < page.index("จังหวัดกระบี่")


def test_a_province_sees_its_own_totals_alone(cast: Cast, year: ProgrammeYear) -> None:
    page = words(browser(cast.province_officer).get(url("totals", year=2564)))
    assert ("จังหวัดนครพนม" in page, "จังหวัดสกลนคร" in page, "มีกลุ่มแล้ว 0/10 แห่ง" in page) == (True, False, True)


# --- long lists ----------------------------------------------------------------------------


def asked(person: Person, address: str) -> int:
    client = browser(person)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_ask_the_same_for_one_group_and_for_three(cast: Cast, year: ProgrammeYear, count: int) -> None:
    several = [a_group(f"กลุ่ม {n}", founder=n == 0) for n in range(count)]
    a_group("กลุ่มเล็ก", level=1)
    head = cast.province_head
    before = asked(head, here("48"))
    actions.propose_groups(by=cast.district_officer, year=year, groups=[(group, None, "") for group in several])
    proposed = [asked(head, here("48")), asked(head, here("48", "confirm")), asked(head, here("48", "minutes"))]
    actions.confirm_list(by=head, year=year, province=unit("48"))
    frozen = [asked(head, here("48")), asked(head, here("48", "minutes")), asked(cast.department, url("totals", year=2564))]
    assert (before, proposed, frozen) == (14, [14, 14, 14], [12, 15, 10])


# --- Excel ---------------------------------------------------------------------------------


def cells(person: Person, address: str, sheet: int = 0) -> list[list[Any]]:
    content = browser(person).get(address).content
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(sheet).to_python()


def test_the_sheet_of_totals_ends_with_the_nation(cast: Cast, year: ProgrammeYear) -> None:
    selected(a_group(), cast=cast)
    for level in (0, 1, 2):
        assert cells(cast.department, url("totals_sheet", year=2564), level)[-1][1:] == [760, 1, 759, 2_280_000]


def test_the_sheet_of_a_list_has_its_places_and_who_was_left_out(cast: Cast, year: ProgrammeYear) -> None:
    a_group("กลุ่มเล็ก", level=2)
    selected(a_group("กลุ่มก"), cast=cast)
    address = here("48", "list_sheet")
    assert [row[:2] for row in cells(cast.province_officer, address)[-10:]] == [
        [1, "กลุ่มก"],
        *[[n, "(ว่าง)"] for n in range(2, 11)],
    ]
    assert cells(cast.province_officer, address, 1)[-1] == ["กลุ่มเล็ก", "ระดับ 2 (ปี 2564) หลักเกณฑ์ต้องเป็นระดับ 3"]
