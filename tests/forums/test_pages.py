"""The pages of the forum day, as the people of the district, the province and the group open them."""

from datetime import date, time
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains

from sajja.forums import actions, queries
from sajja.forums.actions import NewSitting
from sajja.forums.models import Forum
from sajja.groups.actions import NewCommitteeMember, close_group, elect_committee
from sajja.org.models import Person
from sajja.programme.models import SelectedGroup
from sajja.web import pictures
from tests.cast import Cast
from tests.factories import a_forum, a_held_forum, a_picture, a_report, a_selected_group, assessed, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def chosen(cast: Cast) -> SelectedGroup:
    return a_selected_group(cast=cast)


@pytest.fixture
def forum(chosen: SelectedGroup, cast: Cast) -> Forum:
    return a_forum(chosen, cast=cast)


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(name: str, forum: Forum) -> str:
    return reverse(f"forums:{name}", args=[forum.pk])


def sent(**fields: object) -> dict[str, object]:
    return {"once": str(uuid4()), **fields}


def rows(count: int, observers: int = 0) -> dict[str, object]:
    """The rows of attendance as the page sends them."""
    fields: dict[str, object] = {"rows_p": count, "rows_o": observers, "day": "20 พ.ค. 2564"}
    for n in range(1, count + 1):
        fields |= {f"name_p{n}": f"นางสมาชิก{n} ตัวอย่าง", f"sex_p{n}": "", f"office_p{n}": ""}
    for n in range(1, observers + 1):
        fields |= {f"name_o{n}": f"นายแขก{n} ตัวอย่าง", f"sex_o{n}": "", f"office_o{n}": "กำนัน"}
    return fields


def a_phone_photo(colour: str = "red") -> SimpleUploadedFile:
    """A sideways JPEG with a camera and a place in its EXIF."""
    out = BytesIO()
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Phone"
    exif[0x8825] = {1: "N", 2: (17.0, 0.0, 0.0)}
    Image.new("RGB", (80, 40), colour).save(out, "JPEG", exif=exif)
    return SimpleUploadedFile(f"{colour}.jpg", out.getvalue(), content_type="image/jpeg")


# --- planning -------------------------------------------------------------------------------


def test_the_officer_plans_a_forum_of_two_sittings_and_reads_the_warnings(chosen: SelectedGroup, cast: Cast) -> None:
    client = browser(cast.district_officer)
    given = sent(
        day_1="9/6/2564", starts_1="13.00", ends_1="15.30", where_1="ศาลาประชาคม", host=cast.district_officer.pk,
        day_2="๑๐ มิ.ย. ๖๔", starts_2="0930", where_2="ศาลาประชาคม", order_number="นพ 0019/7",
    )  # fmt: skip
    answer = client.post(reverse("forums:plan", args=[chosen.pk]), given, follow=True)
    made = Forum.objects.get(selected=chosen)
    assert [(one.day, one.starts) for one in queries.sittings_of(made)] == [
        (date(2021, 6, 9), time(13)), (date(2021, 6, 10), time(9, 30)),
    ]  # fmt: skip
    assertContains(answer, "รายงานครบกำหนด 17 มิ.ย. 2564")
    assertContains(answer, "วันจัดหลังวันสิ้นสุดกิจกรรม 31 พ.ค. 2564")


def warned(person: Person, chosen: SelectedGroup, **days: str) -> str:
    """What the page says while the day is typed."""
    answer = browser(person).get(reverse("forums:warned", args=[chosen.pk]), days, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_warnings_come_while_the_day_is_typed(chosen: SelectedGroup, cast: Cast) -> None:
    officer = cast.district_officer
    assert [warned(officer, chosen, day_1=typed).strip() for typed in ("", "9 มิ", "15/6/64/9", "31 พ.ค. 2564x")] == [""] * 4
    said = warned(officer, chosen, day_1="20 พ.ค. 2564", day_2="12 มิ.ย. 2564")
    for sentence in (
        "วันจัดหลังวันสิ้นสุดกิจกรรม 31 พ.ค. 2564", "รายงานครบกำหนด 19 มิ.ย. 2564", "20 พ.ค. 2564 ผ่านไปแล้ว",
        "12 มิ.ย. 2564 เป็นวันเสาร์หรืออาทิตย์",
    ):  # fmt: skip
        assert sentence in said


def test_the_part_of_the_page_alone_leads_to_the_page(chosen: SelectedGroup, cast: Cast) -> None:
    answer = browser(cast.district_officer).get(reverse("forums:warned", args=[chosen.pk]), {"day_1": "12/6/2564"})
    assert answer["Location"] == reverse("forums:plan", args=[chosen.pk])


def test_planning_says_who_is_missing_and_that_a_group_was_closed(chosen: SelectedGroup, cast: Cast) -> None:
    address = reverse("forums:plan", args=[chosen.pk])
    chair = NewCommitteeMember("นางทองใบ ตัวอย่าง", "female", "directing", "chair")
    elect_committee(by=cast.district_officer, group=chosen.group, members=[chair], starts=date(2021, 1, 1))
    assertContains(browser(cast.district_officer).get(address), "ชวนสมาชิกเพิ่มอีก 14 คน")
    close_group(by=cast.district_officer, group=chosen.group, closed_on=date(2021, 6, 1), reason="เลิก")
    closed = browser(cast.district_officer).get(address)
    assertContains(closed, "กลุ่มนี้เลิกไปแล้วเมื่อ 1 มิ.ย. 2564")
    assertNotContains(closed, "<fieldset")
    undated = browser(cast.district_officer).get(reverse("forums:calendar"), {"show": "undated"})
    assertContains(undated, "เลิกกลุ่มแล้ว")
    assertNotContains(undated, address)


def test_the_same_form_sent_twice_plans_one_forum(chosen: SelectedGroup, cast: Cast) -> None:
    client, given = browser(cast.district_officer), sent(day_1="20/5/2564", starts_1="9.00", where_1="ศาลา")
    address = reverse("forums:plan", args=[chosen.pk])
    assert client.post(address, given)["Location"] == client.post(address, given)["Location"]
    assert Forum.objects.count() == 1


def test_a_sitting_without_a_place_says_what_to_write(chosen: SelectedGroup, cast: Cast) -> None:
    given = sent(day_1="20/5/2564", starts_1="9.00", where_1="ศาลา", day_2="21/5/2564")
    answer = browser(cast.district_officer).post(reverse("forums:plan", args=[chosen.pk]), given)
    assertContains(answer, "รอบนี้มีวันแล้ว ใส่ข้อนี้ด้วย")
    assert Forum.objects.count() == 0


def test_postponing_asks_why_and_shows_it_in_the_history(forum: Forum, cast: Cast) -> None:
    client = browser(cast.district_officer)
    assertContains(client.post(page("postpone", forum), sent(reason="", day="10/6/2564")), "ยังไม่ได้ใส่ “เหตุผล”")
    answer = client.post(page("postpone", forum), sent(reason="น้ำท่วม", order_number="12/2564", day="9/6/2564"), follow=True)
    assertContains(answer, "น้ำท่วม")
    assertContains(answer, "คำสั่งที่ 12/2564")
    assertContains(answer, "ตัดสินใจวันที่ 9 มิ.ย. 2564")


# --- the forum's page -----------------------------------------------------------------------


def test_the_page_opens_what_each_step_needs(forum: Forum, cast: Cast) -> None:
    client = browser(cast.district_officer)
    begun = client.get(page("forum", forum))
    assertContains(begun, 'ทำแล้ว <b class="num">0/6</b>')
    assertContains(begun, f"{page('step', forum)}?key=4.1")
    assertContains(begun, "รอผลประเมิน")
    assessed(forum.selected, failing=("governance:2.2",), cast=cast)
    after = client.get(page("forum", forum))
    assertContains(after, reverse("plans:plan", args=[forum.selected_id]))
    assertNotContains(after, "รอผลประเมิน")


def test_an_assessed_step_takes_its_hours_too_and_is_not_done_by_them(forum: Forum, cast: Cast) -> None:
    client = browser(cast.district_officer)
    for key in ("4.1", "4.2"):
        actions.record_step(by=cast.district_officer, forum=forum, key=key)
    address = page("step", forum) + "?key=4.3"
    assertContains(client.get(page("forum", forum)), f'href="{address}"')
    answer = client.post(address, sent(day="20/5/2564", starts="9.30", ends="11.00", note="แบ่งสองวง"), follow=True)
    assertContains(answer, "09.30–11.00")
    assert queries.steps_done(forum)["4.3"] is False


def test_a_step_is_written_down_with_its_hours(forum: Forum, cast: Cast) -> None:
    client = browser(cast.district_officer)
    given = sent(day="20/5/2564", starts="9.00", ends="9.20", note="พัฒนากรชี้แจง")
    answer = client.post(page("step", forum) + "?key=4.1", given, follow=True)
    assertContains(answer, "09.00–09.20")
    assertContains(answer, "พัฒนากรชี้แจง")
    client.post(page("undo_step", forum) + "?key=4.1", sent(reason="ลงผิดเวที"))
    assert queries.steps_done(forum)["4.1"] is False


def test_paper_books_ask_why(forum: Forum, cast: Cast) -> None:
    client = browser(cast.district_officer)
    assertContains(client.post(page("bookkeeping", forum), sent(answer="paper", reason="")), "บอกเหตุผลที่กลุ่มใช้สมุดอย่างเดียว")
    assertContains(client.post(page("bookkeeping", forum), sent(answer="paper", reason="ไม่มีไฟฟ้า"), follow=True), "ไม่มีไฟฟ้า")


def test_finishing_says_what_is_missing_and_lets_it_be(forum: Forum, cast: Cast) -> None:
    actions.record_attendance(by=cast.district_officer, forum=forum, attendees=people(15))
    client = browser(cast.district_officer)
    asked = client.get(page("finish", forum))
    assertContains(asked, "รูปอย่างน้อย 2 รูป ตอนนี้มี 0")
    assertContains(asked, "4.6 จัดทำแผนการพัฒนากลุ่ม")
    assertContains(client.post(page("finish", forum), sent(), follow=True), "ส่งรายงานภายใน 10 มิ.ย. 2564")


def test_the_groups_committee_reads_its_own_forum_and_changes_nothing(forum: Forum, cast: Cast) -> None:
    client = browser(cast.secretary(forum.selected.group))
    answer = client.get(page("forum", forum))
    assertContains(answer, "ลำดับเวที")
    assertNotContains(answer, page("finish", forum))
    assert client.get(page("attendance", forum)).status_code == 403


def test_another_district_does_not_know_the_forum(forum: Forum) -> None:
    client = browser(Cast(district="4808").district_officer)
    assert [client.get(page(name, forum)).status_code for name in ("forum", "sheet", "attendance", "finish")] == [404] * 4


# --- who came -------------------------------------------------------------------------------


def test_more_rows_than_the_page_takes_are_refused_and_none_is_lost(forum: Forum, cast: Cast) -> None:
    actions.record_attendance(by=cast.district_officer, forum=forum, attendees=people(15))
    client = browser(cast.district_officer)
    answer = client.post(page("attendance", forum), sent(**rows(301), reason="ทั้งหมู่บ้าน"))
    assertContains(answer, "บันทึกได้ครั้งละไม่เกิน 300 แถว")
    assert queries.participants(forum) == 15
    client.post(page("attendance", forum), sent(**rows(300), reason="ทั้งหมู่บ้าน"))
    assert queries.participants(forum) == 300
    assertContains(client.get(page("forum", forum)), "ดูรายชื่อ 300 คน")


def test_the_committee_stands_in_the_rows_already(forum: Forum, cast: Cast) -> None:
    members = [NewCommitteeMember("นายบุญมี ตัวอย่าง", "male", "directing", "chair")]
    elect_committee(by=cast.district_officer, group=forum.selected.group, members=members, starts=date(2021, 1, 1))
    answer = browser(cast.district_officer).get(page("attendance", forum))
    assertContains(answer, 'value="นายบุญมี ตัวอย่าง"')
    assertContains(answer, 'name="name_p15"')
    assertNotContains(answer, 'name="name_p16"')


def test_fifteen_are_written_down_and_their_titles_say_the_sex(forum: Forum, cast: Cast) -> None:
    client = browser(cast.district_officer)
    answer = client.post(page("attendance", forum), sent(**rows(15, 1)), follow=True)
    assertContains(answer, "ครบ 15/15 คน")
    assertContains(answer, "หญิง 15 คน ชาย 0 คน")
    assertContains(answer, "ผู้สังเกตการณ์ 1 คน")
    assertContains(answer, "ใบลงชื่อวันที่ 20 พ.ค. 2564")


def test_fourteen_are_asked_why_and_nothing_typed_is_lost(forum: Forum, cast: Cast) -> None:
    client = browser(cast.district_officer)
    answer = client.post(page("attendance", forum), sent(**rows(14)))
    assertContains(answer, "ผู้เข้าร่วม 14 คน กำหนดไว้ 15 คน โปรดบอกเหตุผล")
    assertContains(answer, 'value="นางสมาชิก14 ตัวอย่าง"')
    client.post(page("attendance", forum), sent(**rows(14), reason="ป่วย 1 คน"))
    assert queries.participants(forum) == 14


def test_a_row_is_added_and_taken_out_without_a_script_and_nothing_is_saved(forum: Forum, cast: Cast) -> None:
    client = browser(cast.district_officer)
    assertContains(client.post(page("attendance", forum), sent(**rows(15), add="p")), 'name="name_p16"')
    fewer = client.post(page("attendance", forum), sent(**rows(15), drop="p2"))
    assertNotContains(fewer, "นางสมาชิก2 ตัวอย่าง")
    assertNotContains(fewer, 'name="name_p15"')
    assert queries.participants(forum) == 0


def test_a_name_without_a_title_asks_for_the_sex_and_a_name_twice_is_told(forum: Forum, cast: Cast) -> None:
    client = browser(cast.district_officer)
    given = rows(15) | {"name_p1": "บุญมี ตัวอย่าง", "name_p3": "นางสมาชิก2 ตัวอย่าง"}
    answer = client.post(page("attendance", forum), sent(**given))
    assertContains(answer, "เลือกเพศของ บุญมี ตัวอย่าง")
    assertContains(answer, "นางสมาชิก2 ตัวอย่าง มีในรายชื่อแล้ว")


def test_the_sheet_has_fifteen_lines_for_each_sitting(chosen: SelectedGroup, cast: Cast) -> None:
    sittings = [NewSitting(date(2021, 6, 2), time(9), "ศาลา"), NewSitting(date(2021, 6, 4), time(9), "ศาลา")]
    forum = actions.plan_forum(by=cast.district_officer, selected=chosen, sittings=sittings)
    answer = browser(cast.district_officer).get(page("sheet", forum))
    assertContains(answer, "<td>๑๕</td>", count=2)
    assertContains(answer, "ลายพิมพ์นิ้วมือ", count=2)


# --- pictures -------------------------------------------------------------------------------


def test_several_pictures_come_at_once_upright_and_without_their_place(forum: Forum, cast: Cast) -> None:
    client = browser(cast.district_officer)
    given = sent(pictures=[a_phone_photo("red"), a_phone_photo("blue")], step="4.1", caption="")
    client.post(page("photos", forum), given)
    made = queries.pictures(forum)
    assert [(one.width, one.height, one.caption) for one in made] == [(40, 80, "ชี้แจงวัตถุประสงค์ของการจัดเวที")] * 2
    with Image.open(pictures.path_of(made[0].sha256)) as kept:
        assert dict(kept.getexif()) == {}


def test_a_file_that_is_no_picture_is_named_and_the_others_wait(forum: Forum, cast: Cast) -> None:
    client = browser(cast.district_officer)
    given = sent(pictures=[a_phone_photo(), SimpleUploadedFile("ใบ.pdf", b"%PDF-1.4 nothing")], step="")
    assertContains(client.post(page("photos", forum), given), "ใบ.pdf: ไฟล์นี้ไม่ใช่รูป")
    assert queries.pictures(forum) == []


def test_sending_no_picture_says_what_to_do(forum: Forum, cast: Cast) -> None:
    assertContains(browser(cast.district_officer).post(page("photos", forum), sent(step="")), "ยังไม่ได้เลือกรูป")


def test_a_picture_is_kept_by_the_browser_of_those_who_may_see_it(forum: Forum, cast: Cast) -> None:
    photo = actions.add_photo(by=cast.district_officer, forum=forum, kept=a_picture(3), caption="เวที")
    address = reverse("forums:photo", args=[photo.pk])
    answer = browser(cast.province_officer).get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert answer["Cache-Control"] == "private, max-age=31536000, immutable"
    assert browser(Cast(district="4808").district_officer).get(address).status_code == 404


def test_a_removed_picture_is_gone_for_everybody(forum: Forum, cast: Cast) -> None:
    photo = actions.add_photo(by=cast.district_officer, forum=forum, kept=a_picture(3), caption="เวที")
    client = browser(cast.district_officer)
    client.post(reverse("forums:remove_photo", args=[photo.pk]), sent(reason="ภาพไม่ชัด"))
    assert client.get(reverse("forums:photo", args=[photo.pk])).status_code == 404


def test_a_caption_is_mended(forum: Forum, cast: Cast) -> None:
    photo = actions.add_photo(by=cast.district_officer, forum=forum, kept=a_picture(3), caption="เวที")
    browser(cast.district_officer).post(reverse("forums:describe_photo", args=[photo.pk]), sent(step="4.2", caption="ตรวจสมุด"))
    photo.refresh_from_db()
    assert (photo.step, photo.caption) == ("4.2", "ตรวจสมุด")


@pytest.mark.parametrize("count", [1, 3])
def test_the_forums_page_asks_as_often_for_three_pictures_as_for_one(
    count: int, forum: Forum, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(count):
        actions.add_photo(by=cast.district_officer, forum=forum, kept=a_picture(n), caption="เวที")
    client = browser(cast.district_officer)
    with django_assert_num_queries(19):
        client.get(page("forum", forum))


def test_a_forum_whose_report_was_accepted_offers_no_change_of_its_pictures(chosen: SelectedGroup, cast: Cast) -> None:
    forum = a_held_forum(chosen, cast=cast)
    a_report(forum, cast=cast, accepted=True)
    client, photo = browser(cast.district_officer), queries.pictures(forum)[0]
    for name in ("forum", "photos"):
        shown = client.get(page(name, forum))
        assertContains(shown, "ให้ขอจังหวัดส่งรายงานกลับก่อน")
        assertNotContains(shown, reverse("forums:remove_photo", args=[photo.pk]))
        assertNotContains(shown, "เพิ่มรูป")
    assertNotContains(client.get(page("forum", forum)), page("attendance", forum))
    given = sent(taken=a_phone_photo())
    assertContains(client.post(page("photos", forum), given), "ให้ขอจังหวัดส่งรายงานกลับก่อน")
    assert len(queries.pictures(forum)) == 2


def test_a_held_forum_reads_as_held(chosen: SelectedGroup, cast: Cast) -> None:
    answer = browser(cast.district_officer).get(page("forum", a_held_forum(chosen, cast=cast)))
    assertContains(answer, 'ทำแล้ว <b class="num">6/6</b>')
    assertContains(answer, "เปิดเวทีอีกครั้ง")
