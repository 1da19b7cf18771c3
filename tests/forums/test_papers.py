"""The papers of a forum: official words come out of the PDF whole, figures add up, the same forum gives the same bytes."""

import re
from pathlib import Path
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains

from sajja.audit.models import AuditRow
from sajja.forums import jobs
from sajja.forums.exports import papers
from sajja.forums.models import Forum
from sajja.lib.digits import thai
from sajja.org.models import Person
from sajja.org.papers import issued
from sajja.web import progress
from tests.cast import Cast, unit
from tests.factories import a_forum, a_group, a_held_forum, a_selected_group, selected
from tests.papers import laid_out as words_of

pytestmark = pytest.mark.django_db
KINDS = ["memo", "assignment", "invitation", "sign_in", "report"]
TERMS = ["สำนักงานพัฒนาชุมชนอำเภอธาตุพนม", "พัฒนาการอำเภอธาตุพนม"]


@pytest.fixture
def cast() -> Cast:
    return Cast()


def read(person: Person, name: str, forum: Forum) -> bytes:
    client = Client()
    client.force_login(person)
    answer = client.get(reverse(f"forums:{name}_pdf", args=[forum.pk]))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    return bytes(answer.content)


def test_each_paper_of_a_held_forum_gives_the_same_bytes_twice_and_says_its_pages(cast: Cast, tmp_path: Path) -> None:
    forum = a_held_forum(a_selected_group(cast=cast), cast=cast)
    made = {kind: read(cast.district_officer, kind, forum) for kind in KINDS}
    assert {kind: read(cast.province_officer, kind, forum) for kind in KINDS} == made
    said = {kind: words_of(tmp_path, paper) for kind, paper in made.items()}
    assert [kind for kind in KINDS if not re.search(r"หน้า ๑ จาก [๑-๙]", said[kind])] == []
    assert [(kind, term) for kind in ("memo", "assignment", "invitation") for term in TERMS if term not in said[kind]] == []
    assert [kind for kind in KINDS if "กลุ่มออมทรัพย์ตัวอย่าง" not in said[kind]] == []


def test_the_memo_counts_the_cost_in_figures_and_words(cast: Cast, tmp_path: Path) -> None:
    said = words_of(tmp_path, read(cast.district_officer, "memo", a_forum(a_selected_group(cast=cast), cast=cast)))
    assert [part for part in ("บันทึกข้อความ", "๕๒๕.๐๐", "๒,๔๗๕.๐๐", "๓,๐๐๐.๐๐", "สามพันบาทถ้วน", "๔.๖") if part not in said] == []


def test_the_code_on_a_paper_opens_a_page_that_says_what_it_is(cast: Cast, tmp_path: Path) -> None:
    forum = a_forum(a_selected_group(cast=cast), cast=cast)
    told = papers.Told(forum)
    data = issued("memo", forum.selected.group.unit.path, told.at, papers.memo_data(told))
    assert data["check"]["sum"] in words_of(tmp_path, read(cast.district_officer, "memo", forum))
    page = reverse("org:paper", args=[data["check"]["code"]])
    answer = Client().get(page)
    assertContains(answer, data["check"]["sum"])
    assertContains(answer, "กลุ่มออมทรัพย์ตัวอย่าง")
    for wrong in (page[:-2] + "x/", page.replace("memo", "plan")):
        assertContains(Client().get(wrong), "รหัสนี้ไม่ใช่ของเอกสารที่ออกจากโปรแกรม", status_code=404)


def test_a_blank_sheet_has_no_names_and_a_filled_one_the_committee(cast: Cast, tmp_path: Path) -> None:
    forum = a_held_forum(a_selected_group(cast=cast), cast=cast)
    name = thai(forum.attendees.order_by("position").values_list("name", flat=True)[0])
    assert name in words_of(tmp_path, read(cast.district_officer, "sign_in", forum))
    client = Client()
    client.force_login(cast.district_officer)
    blank = client.get(reverse("forums:sign_in_pdf", args=[forum.pk]), {"blank": ""})
    assert name not in words_of(tmp_path, blank.content)


def test_all_reports_of_a_district_come_as_one_zip_that_can_be_stopped_and_gone_on_with(cast: Cast) -> None:
    first, second = (a_held_forum(one, cast=cast) for one in selected(a_group("กลุ่มหนึ่ง"), a_group("กลุ่มสอง"), cast=cast))
    year, district = first.selected.year, unit("4805")
    jobs.forget(year, district)
    assert jobs.make_reports(year, district) == jobs.zip_of(year, district)
    zipped = jobs.zip_of(year, district)
    assert zipped is not None
    before = zipped.read_bytes()
    with ZipFile(zipped) as opened:
        assert opened.namelist() == sorted(opened.namelist())
        assert [opened.read(name) for name in opened.namelist()] == [
            read(cast.district_officer, "report", one) for one in (first, second)
        ]
    jobs.stop(year, district)
    assert (jobs.make_reports(year, district), jobs.progress_of(year, district)) == (
        None,
        progress.Progress(progress.STOPPED, 0, 2),
    )
    client = Client()
    client.force_login(cast.district_officer)
    page = reverse("forums:all_reports", kwargs={"year": 2564, "unit": district.pk})
    assertContains(client.get(page), "ทำต่อ")
    client.post(page, {"once": str(uuid4()), "do": "start"})
    assert jobs.make_reports(year, district) == zipped
    assert (zipped.read_bytes(), jobs.progress_of(year, district)) == (before, progress.Progress(progress.DONE, 2, 2))
    client.post(page, {"once": str(uuid4()), "do": "stop"})
    assert AuditRow.objects.filter(act__in=["forums.ask_for_reports", "forums.stop_reports"]).count() == 2
    sent = client.get(reverse("forums:reports_zip", kwargs={"year": 2564, "unit": district.pk}))
    assert b"".join(sent.streaming_content) == before  # type: ignore[attr-defined]
    jobs.forget(year, district)
