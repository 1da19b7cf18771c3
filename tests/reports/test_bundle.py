"""The set for the entry in BPM: whole, sorted, the same bytes of the same data, marked as a draft until it is recorded."""

import json
from datetime import date, datetime, timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from typing import cast as cast_to
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook

from sajja.audit.models import AuditRow
from sajja.config import cli
from sajja.forums import actions as forums
from sajja.forums.models import Forum
from sajja.reports import actions, jobs
from sajja.reports.exports import bundle
from sajja.reports.exports.papers import Told
from sajja.reports.models import ProvinceReportMove
from sajja.web import clock, pictures, progress
from tests.cast import Cast, unit
from tests.factories import a_group, a_held_forum, a_picture, a_report, a_selected_group, a_year, selected
from tests.papers import laid_out, missing

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def forum(cast: Cast) -> Forum:
    return a_held_forum(a_selected_group(cast=cast), cast=cast)


def made(tmp_path: Path, cast: Cast, name: str = "bundle.zip") -> ZipFile:
    file = tmp_path / name
    bundle.write(Told(a_year(cast), unit("48")), file)
    return ZipFile(file)


def recorded(cast: Cast) -> None:
    year, province, by = a_year(cast), unit("48"), cast.province_officer
    report = actions.ready_province_report(by=by, year=year, province=province, summary="ทั้งจังหวัดเรียบร้อย")
    actions.record_bpm(
        by=by, report=report, bpm_at=clock.now() - timedelta(hours=1), person="นายประสาน ตัวอย่าง", reference="BPM-1"
    )


def test_before_anything_was_sent_it_is_made_all_the_same_and_says_that_it_is_a_draft(
    tmp_path: Path, cast: Cast, forum: Forum
) -> None:
    opened = made(tmp_path, cast)
    path = forum.selected.group.unit.path
    papers = ["1-cover.docx", "1-cover.pdf", "2-report.docx", "2-report.pdf", "3-figures.xlsx"]
    shown = [f"pictures/{path}-01-4.1.jpg", f"pictures/{path}-02-4.1.jpg"]
    assert opened.namelist() == [*(f"ร่าง-{name}" for name in papers), *shown, "manifest.json"]
    assert missing(laid_out(tmp_path, opened.read("ร่าง-2-report.pdf")), "ร่าง", "กลุ่มออมทรัพย์ตัวอย่าง", "ยังไม่ได้เขียนสรุปผล") == []
    assert json.loads(opened.read("manifest.json"))["state"] == "draft"
    assert bundle.name_of(Told(a_year(cast), unit("48"))).startswith("ร่าง-sajja-bpm-2564-48-")


def test_once_recorded_nothing_says_draft_and_the_manifest_holds_the_sum_of_every_part(
    tmp_path: Path, cast: Cast, forum: Forum
) -> None:
    a_report(forum, cast=cast, accepted=True)
    recorded(cast)
    opened = made(tmp_path, cast)
    said = json.loads(opened.read("manifest.json"))
    assert (said["state"], said["draft"], said["province"], said["year"]) == ("recorded", False, "48", 2564)
    assert {one["name"]: (one["bytes"], one["sha256"]) for one in said["files"]} == {
        name: (len(opened.read(name)), sha256(opened.read(name)).hexdigest())
        for name in opened.namelist()
        if name != "manifest.json"
    }
    report = laid_out(tmp_path, opened.read("2-report.pdf"))
    assert ("ร่าง" in report, missing(report, "ทั้งจังหวัดเรียบร้อย", "ทันกำหนด", "ภาพกิจกรรม")) == (False, [])
    assert datetime.fromisoformat(said["as_of"]) == ProvinceReportMove.objects.latest("at").at


def test_the_workbook_holds_sums_a_line_for_each_group_and_the_captions(tmp_path: Path, cast: Cast) -> None:
    first, second = selected(a_group("กลุ่มหนึ่ง"), a_group("กลุ่มสอง"), cast=cast)
    a_report(a_held_forum(first, cast=cast), cast=cast, accepted=True)
    a_held_forum(second, cast=cast)
    book = load_workbook(BytesIO(made(tmp_path, cast).read("ร่าง-3-figures.xlsx")))
    assert book.sheetnames == ["สรุป", "รายกลุ่ม", "รูป"]
    summary = {row[0]: row[1] for row in book["สรุป"].iter_rows(min_row=4, values_only=True)}
    assert (summary["เวทีที่จัดแล้ว"], summary["รายงานที่ตรวจรับ"], summary["ผู้เข้าร่วม"]) == (2, 1, 15)
    heads, *rows, totals = list(book["รายกลุ่ม"].iter_rows(min_row=3, values_only=True))
    lines = [dict(zip(heads, row, strict=True)) for row in rows]
    assert [(line["กลุ่ม"], line["สถานะ"], line["ผู้เข้าร่วม"]) for line in lines] == [
        ("กลุ่มหนึ่ง", "ตรวจรับรายงานแล้ว", 15),
        ("กลุ่มสอง", "ยังไม่ส่ง", 15),
    ]
    assert dict(zip(heads, totals, strict=True))["ผู้เข้าร่วม"] == 30
    names = [row[0] for row in book["รูป"].iter_rows(min_row=4, values_only=True)]
    assert (names, len(names)) == (sorted(names), 4)


def test_the_letters_open_in_word_with_a_thai_font_for_thai_letters(tmp_path: Path, cast: Cast, forum: Forum) -> None:
    opened = made(tmp_path, cast)
    for name in ("ร่าง-1-cover.docx", "ร่าง-2-report.docx"):
        document = Document(BytesIO(opened.read(name)))
        runs = document.element.body.xpath(".//w:r[w:t]")
        fonts = {run.xpath("string(w:rPr/w:rFonts/@w:cs)") for run in runs}
        tongues = {run.xpath("string(w:rPr/w:lang/@w:bidi)") for run in runs}
        assert (fonts, tongues, len(runs) > 10) == ({"TH Sarabun New"}, {"th-TH"}, True)
    said = " ".join(words.text or "" for words in Document(BytesIO(opened.read("ร่าง-1-cover.docx"))).element.body.xpath(".//w:t"))
    assert missing(said, "อธิบดีกรมการพัฒนาชุมชน", "พ.ศ. ๒๕๖๔", "ขอแสดงความนับถือ", "เวทีที่จัดแล้ว") == []
    assert len(Document(BytesIO(opened.read("ร่าง-2-report.docx"))).inline_shapes) == 2


def test_the_same_data_give_the_same_bytes_on_another_day_and_a_new_picture_gives_others(
    tmp_path: Path, cast: Cast, forum: Forum
) -> None:
    a_report(forum, cast=cast)
    made(tmp_path, cast, "one.zip")
    with clock.fixed(clock.moment(date(2030, 1, 1))):
        made(tmp_path, cast, "two.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    forums.add_photo(by=cast.district_officer, forum=forum, kept=a_picture(99), step="4.6", caption="ลงนามแผน")
    made(tmp_path, cast, "three.zip")
    assert (tmp_path / "one.zip").read_bytes() != (tmp_path / "three.zip").read_bytes()


def test_a_lost_picture_is_named_in_the_sheet_and_does_not_stop_the_set(tmp_path: Path, cast: Cast, forum: Forum) -> None:
    lost = forum.photos.order_by("at", "pk").first()
    assert lost
    pictures.path_of(lost.sha256).unlink()
    opened = made(tmp_path, cast)
    captions = load_workbook(BytesIO(opened.read("ร่าง-3-figures.xlsx")))["รูป"]
    assert next(row[0] for row in captions.iter_rows(min_row=4, values_only=True)) == "ไม่พบแฟ้มรูป"
    assert [name[-11:] for name in opened.namelist() if name.startswith("pictures/")] == ["-02-4.1.jpg"]


def test_the_page_asks_for_the_set_shows_it_and_says_when_newer_data_came(cast: Cast, forum: Forum) -> None:
    browser = Client()
    browser.force_login(cast.province_officer)
    where = {"year": 2564, "unit": unit("48").pk}
    page, zipped = reverse("reports:bundle", kwargs=where), reverse("reports:bundle_zip", kwargs=where)
    assert browser.get(zipped)["Location"] == page
    assert "จัดทำชุดส่ง BPM" in browser.get(page).content.decode()
    browser.post(page, {"once": str(uuid4())})
    assert AuditRow.objects.filter(act="reports.ask_for_bundle").count() == 1
    year, province = a_year(cast), unit("48")
    jobs.make(year, province)
    state = jobs.progress_of(year, province)
    assert state == progress.Progress(progress.DONE, 7, 7)
    sent = browser.get(zipped)
    assert sent["Content-Disposition"].startswith("attachment; filename")
    assert ZipFile(BytesIO(b"".join(cast_to(Any, sent).streaming_content))).testzip() is None
    a_report(forum, cast=cast)
    assert "มีข้อมูลใหม่หลังทำชุดนี้" in browser.get(page).content.decode()
    jobs.make(year, province)
    assert [len(list(jobs.folder_of(year, province).glob("*.zip"))), jobs.made(year, province)] == [
        1,
        jobs.folder_of(year, province) / bundle.name_of(Told(year, province)),
    ]


def test_the_command_writes_the_set_of_a_province_and_says_what_is_wrong(
    tmp_path: Path, cast: Cast, forum: Forum, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "set.zip"
    assert (cli.main(["bundle", "2564", "48", "--out", str(out)]), ZipFile(out).testzip()) == (0, None)
    assert cli.main(["bundle", "2564", "480", "--out", str(out)]) == 1
    assert cli.main(["bundle", "2599", "48", "--out", str(out)]) == 1
    assert cli.main(["bundle", "2564", "48", "--out", str(tmp_path / "none" / "set.zip")]) == 1
    said = capsys.readouterr()
    assert ("1 groups, draft" in said.out, "no province has the code '480'" in said.err, "2599" in said.err) == (True, True, True)
