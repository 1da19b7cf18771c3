"""Workbooks: what goes out comes back, a text is never a formula, and a bomb stays closed."""

from datetime import UTC, date, datetime, time
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from sajja.lib.refusals import Refused
from sajja.web import sheets
from sajja.web.sheets import Column, Sheet

MADE = datetime(2021, 6, 10, 2, 0, tzinfo=UTC)
COLUMNS = [Column("กลุ่ม"), Column("คน", "number"), Column("เงิน (บาท)", "baht"), Column("KPI", "percent"), Column("วัน", "date")]
ROWS = [("บ้านอุ่มเหม้า", 15, 123_450, 54.2, date(2021, 6, 10)), ("บ้านน้ำก่ำ", 14, 0, None, None)]


def book(*sheets_: Sheet) -> bytes:
    """The workbook of the data's moment."""
    return sheets.workbook(sheets_, MADE)


def upload(content: bytes) -> SimpleUploadedFile:
    """As a browser sends it."""
    return SimpleUploadedFile("groups.xlsx", content)


def test_numbers_are_numbers_and_days_are_be() -> None:
    paper = openpyxl.load_workbook(BytesIO(book(Sheet("รายชื่อ", COLUMNS, ROWS)))).active
    assert paper is not None
    assert [[cell.value for cell in row] for row in paper.iter_rows()] == [
        ["กลุ่ม", "คน", "เงิน (บาท)", "KPI", "วัน"],
        ["บ้านอุ่มเหม้า", 15, 1234.5, 54.2, "10 มิ.ย. 2564"],
        ["บ้านน้ำก่ำ", 14, 0, None, None],
    ]
    assert (paper.freeze_panes, paper.auto_filter.ref, paper.print_area) == ("B2", "A1:E3", "'รายชื่อ'!$A$1:$E$3")


def test_totals_and_a_title_stand_outside_the_filter() -> None:
    content = book(Sheet("ก", COLUMNS[:2], [("ก", 1)], title="หัวเรื่อง", totals=("รวม", 1)))
    paper = openpyxl.load_workbook(BytesIO(content)).active
    assert paper is not None
    assert [[cell.value for cell in row] for row in paper.iter_rows()] == [
        ["หัวเรื่อง", None],
        [None, None],
        ["กลุ่ม", "คน"],
        ["ก", 1],
        ["รวม", 1],
    ]
    assert paper.auto_filter.ref == "A3:B4"


@pytest.mark.parametrize("text", ["=1+1", "+66", "-5", "@SUM(A1)", '=HYPERLINK("http://x")', "http://example.org", "0123"])
def test_a_text_is_never_a_formula_a_link_or_a_number(text: str) -> None:
    content = book(Sheet("ก", [Column("ก")], [(text,)]))
    paper = openpyxl.load_workbook(BytesIO(content)).active
    assert paper is not None
    cell = paper["A2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s" if not text.startswith("=") else cell.data_type, None)
    with ZipFile(BytesIO(content)) as box:
        assert b"<f>" not in box.read("xl/worksheets/sheet1.xml")


def test_the_same_data_give_the_same_bytes() -> None:
    assert book(Sheet("ก", COLUMNS, ROWS)) == book(Sheet("ก", COLUMNS, ROWS))


def test_what_goes_out_comes_back() -> None:
    content = book(Sheet("ก", COLUMNS, ROWS, title="หัวเรื่อง"))
    back = list(sheets.rows(upload(content), ["เงิน (บาท)", "กลุ่ม", "วัน"]))
    assert [(row.number, row.cells) for row in back] == [
        (4, {"เงิน (บาท)": "1234.5", "กลุ่ม": "บ้านอุ่มเหม้า", "วัน": "10 มิ.ย. 2564"}),
        (5, {"เงิน (บาท)": "0", "กลุ่ม": "บ้านน้ำก่ำ", "วัน": ""}),
    ]


def test_days_and_hours_of_excel_are_read_as_iso() -> None:
    paper = openpyxl.Workbook()
    assert paper.active is not None
    for row in [["วัน", "จำนวน"], [date(2021, 6, 10), 5.0], [None, None], ["๑๐ มิ.ย. ๖๔", "ห้า"]]:
        paper.active.append(row)
    out = BytesIO()
    paper.save(out)
    back = list(sheets.rows(upload(out.getvalue()), ["วัน", "จำนวน"]))
    assert [(row.number, *row.cells.values()) for row in back] == [(2, "2021-06-10", "5"), (4, "๑๐ มิ.ย. ๖๔", "ห้า")]


def test_missing_heads_are_named() -> None:
    content = book(Sheet("ก", COLUMNS, ROWS))
    with pytest.raises(Refused, match="“ตำบล”, “หมู่”"):
        list(sheets.rows(upload(content), ["กลุ่ม", "ตำบล", "หมู่"]))


def test_too_many_rows_are_refused_with_the_limit() -> None:
    content = book(Sheet("ก", [Column("ก")], [("x",)] * 20_001))
    with pytest.raises(Refused, match="20,001 แถว รับได้ครั้งละไม่เกิน 20,000"):
        list(sheets.rows(upload(content), ["ก"]))


def test_a_zip_bomb_stays_closed() -> None:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as box:
        box.writestr("xl/workbook.xml", b"\0" * 60_000_000)
    with pytest.raises(Refused, match="ใหญ่เกินไปเมื่อเปิดออก"):
        list(sheets.rows(upload(out.getvalue()), ["ก"]))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0 old excel", "กลุ่ม,คน".encode()])
def test_what_is_no_workbook_says_what_to_do(content: bytes) -> None:
    with pytest.raises(Refused, match=r"บันทึกเป็น \.xlsx"):
        list(sheets.rows(upload(content), ["ก"]))


def test_hours_are_words_and_a_moment_without_a_zone_is_a_mistake() -> None:
    paper = openpyxl.load_workbook(BytesIO(book(Sheet("ก", [Column("เวลา")], [(time(9),)])))).active
    assert paper is not None
    assert paper["A2"].value == "09.00 น."
    with pytest.raises(TypeError, match="zone"):
        book(Sheet("ก", [Column("เวลา")], [(MADE,)]))
