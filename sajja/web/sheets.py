"""Workbooks out (XlsxWriter) and in (calamine).

Out: numbers are numbers, dates are B.E. words, a text is never a formula, and the same rows at the same moment give the
same bytes. In: limits are checked in the zip's own directory before anything is unpacked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import lru_cache
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

import xlsxwriter
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from sajja.lib import names, thai_dates
from sajja.lib.refusals import Refused
from sajja.web import uploads

Text = str | Promise
Cell = str | int | Decimal | float | date | time | bool | Promise | None
MAX_ROWS = 20_000
MAX_UNPACKED = 50 * uploads.MB
MAX_RATIO = 100
MAX_PARTS = 200
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MIN_WIDTH, MAX_WIDTH = 8, 60


@dataclass(frozen=True)
class Column:
    """A column: its head, and what stands in it: "text", "number", "baht" (cells hold satang), "percent" (0–100) or "date"."""

    head: Text
    kind: str = "text"


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name (31 letters at most), a title above the table (or none), columns, rows and perhaps a row of totals."""

    name: Text
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]
    title: Text = ""
    totals: Sequence[Cell] = ()


@dataclass(frozen=True)
class Row:
    """A row read from a sheet: its number as Excel shows it, and head → text of the cell, "" where empty."""

    number: int
    cells: dict[str, str]


def workbook(sheets: Iterable[Sheet], made_at: datetime) -> bytes:
    """An .xlsx; `made_at` is the moment of the data, so that the same data give the same bytes."""
    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": "", "author": "Sajja", "created": made_at.astimezone(UTC).replace(tzinfo=None)})
        formats = _formats(book)
        for sheet in sheets:
            _write(book.add_worksheet(_sheet_name(sheet.name)), sheet, formats)
    return out.getvalue()


def rows(upload: UploadedFile[Any], columns: Sequence[str], most: int = MAX_ROWS, optional: Sequence[str] = ()) -> Iterator[Row]:
    """The rows of the first sheet that has all the heads; empty rows are skipped, cells are tidied text.

    Heads may stand under a title (first 10 rows), in any order, with others between. Refused in Thai: not a workbook,
    too large, heads missing but `optional` ones, more than `most` rows. Dates come as 2021-06-15, numbers without a
    needless ".0".
    """
    return table_rows(_table(_opened(upload), 0, most), columns, most, optional)


def sheets_of(upload: UploadedFile[Any], columns: Mapping[str, Sequence[str]]) -> dict[str, list[Row]]:
    """As rows, of each of these sheets that is there, by name. Refused where none is, and where a sheet lacks a head."""
    book = _opened(upload)
    there = {names.clean(name): at for at, name in enumerate(book.sheet_names)}
    found = {name: at for name in columns if (at := there.get(name)) is not None}
    if not found:
        raise Refused(_("ไม่พบแผ่นงาน %s ดาวน์โหลดแบบไฟล์แล้วใส่ข้อมูลในแผ่นของแบบ") % ", ".join(f"“{name}”" for name in columns))
    return {name: list(table_rows(_table(book, at, MAX_ROWS), columns[name], name=name)) for name, at in found.items()}


def table_rows(
    table: Sequence[Sequence[Any]], columns: Sequence[str], most: int = MAX_ROWS, optional: Sequence[str] = (), name: str = ""
) -> Iterator[Row]:
    """As rows, of a table that was read already: lines of cells."""
    top = _head_row(table, columns, name)
    heads = [_text(cell) for cell in table[top]]
    places = {head: heads.index(head) for head in (*columns, *optional) if head in heads}
    body = [(i, row) for i, row in enumerate(table[top + 1 :], top + 2) if any(cell not in {"", None} for cell in row)]
    if len(body) > most:
        raise Refused(
            _("ไฟล์มี %(rows)s แถว รับได้ครั้งละไม่เกิน %(most)s แถว แบ่งเป็นหลายไฟล์") % {"rows": f"{len(body):,}", "most": f"{most:,}"}
        )
    for number, row in body:
        cells = {head: _text(row[at]) if at < len(row) else "" for head, at in places.items()}
        yield Row(number, cells | {head: "" for head in optional if head not in places} if optional else cells)


def check_zip(upload: UploadedFile[Any]) -> None:
    """Refused where the zip's directory promises more than 50 MB, 200 parts or a ratio over 100; nothing is unpacked."""
    upload.seek(0)
    try:
        with ZipFile(upload) as box:
            parts = box.infolist()
    except (BadZipFile, ValueError, OSError):
        raise Refused(_("เปิดไฟล์นี้ไม่ได้ เปิดใน Excel แล้วบันทึกเป็น .xlsx ใหม่ก่อนส่ง")) from None
    finally:
        upload.seek(0)
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if unpacked > MAX_UNPACKED or len(parts) > MAX_PARTS or unpacked > MAX_RATIO * max(packed, 1):
        raise Refused(_("ไฟล์นี้ใหญ่เกินไปเมื่อเปิดออก ลบแผ่นงานและรูปที่ไม่ใช้ แล้วส่งใหม่"))


def _opened(upload: UploadedFile[Any]) -> CalamineWorkbook:
    uploads.check_sheet(upload)
    check_zip(upload)
    try:
        return CalamineWorkbook.from_filelike(upload)
    except (CalamineError, ValueError):
        raise Refused(_("อ่านแผ่นงานในไฟล์นี้ไม่ได้ เปิดใน Excel แล้วบันทึกเป็น .xlsx ใหม่ก่อนส่ง")) from None


def _table(book: CalamineWorkbook, at: int, most: int) -> list[list[Any]]:
    try:
        return book.get_sheet_by_index(at).to_python(skip_empty_area=False, nrows=most * 2)
    except (CalamineError, ValueError, IndexError):
        raise Refused(_("อ่านแผ่นงานในไฟล์นี้ไม่ได้ เปิดใน Excel แล้วบันทึกเป็น .xlsx ใหม่ก่อนส่ง")) from None


def _head_row(table: Sequence[Sequence[Any]], columns: Sequence[str], name: str = "") -> int:
    found = [{_text(cell) for cell in row} for row in table[:10]]
    for i, heads in enumerate(found):
        if set(columns) <= heads:
            return i
    nearest = max(found, key=lambda heads: len(heads & set(columns)), default=set())
    missing = ", ".join(f"“{head}”" for head in columns if head not in nearest)
    if name:
        missing = _("%(heads)s ในแผ่น “%(sheet)s”") % {"heads": missing, "sheet": name}
    raise Refused(_("ไม่พบหัวคอลัมน์ %s ดาวน์โหลดแบบไฟล์แล้วใส่ข้อมูลตามหัวคอลัมน์") % missing)


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return _clean(str(cell))


_clean = lru_cache(maxsize=65_536)(names.clean)
"""Long sheets say the same days, numbers and words over and over."""


def _write(paper: Any, sheet: Sheet, formats: dict[str, Any]) -> None:
    top = 0
    if sheet.title:
        paper.write_string(0, 0, str(sheet.title), formats["title"])
        top = 2
    for at, column in enumerate(sheet.columns):
        paper.write_string(top, at, str(column.head), formats["head"])
    widths = [len(str(column.head)) + 4 for column in sheet.columns]
    last = top
    for last, row in enumerate(sheet.rows, top + 1):
        _write_row(paper, last, row, sheet.columns, formats, widths)
    if sheet.totals:
        _write_row(paper, last + 1, sheet.totals, sheet.columns, formats, widths, total=True)
    _set_up(paper, top, last, bool(sheet.totals), widths)


def _write_row(
    paper: Any,
    at: int,
    row: Sequence[Cell],
    columns: Sequence[Column],
    formats: dict[str, Any],
    widths: list[int],
    total: bool = False,
) -> None:
    for place, (cell, column) in enumerate(zip(row, columns, strict=True)):
        style = formats[f"{column.kind}-total" if total else column.kind]
        if cell is None or cell == "":
            paper.write_blank(at, place, None, style)
            continue
        shown = _put(paper, at, place, cell, column.kind, style)
        widths[place] = max(widths[place], len(shown) + 2)


def _put(paper: Any, at: int, place: int, cell: Cell, kind: str, style: Any) -> str:
    """Write one cell and say how wide it reads."""
    if isinstance(cell, (int, float, Decimal)) and not isinstance(cell, bool) and kind in {"number", "baht", "percent"}:
        value = Decimal(cell) / 100 if kind == "baht" else cell
        paper.write_number(at, place, float(value), style)
        return f"{value:,}"
    text = _words(cell)
    paper.write_string(at, place, text, style)
    return text


def _words(cell: Cell) -> str:
    if isinstance(cell, datetime):
        raise TypeError("a cell holds a day or a time; say in which zone a moment is to be read")
    if isinstance(cell, date):
        return thai_dates.short(cell)
    return thai_dates.hhmm(cell) if isinstance(cell, time) else str(cell)


def _set_up(paper: Any, top: int, last: int, totals: bool, widths: list[int]) -> None:
    paper.freeze_panes(top + 1, 1)
    if last > top:
        paper.autofilter(top, 0, last, len(widths) - 1)
    for place, width in enumerate(widths):
        paper.set_column(place, place, min(max(width, MIN_WIDTH), MAX_WIDTH))
    paper.repeat_rows(top)
    paper.print_area(0, 0, last + totals, len(widths) - 1)
    paper.set_paper(9)  # A4
    paper.set_landscape()
    paper.fit_to_pages(1, 0)
    paper.set_footer("&C&P/&N")


def _formats(book: Any) -> dict[str, Any]:
    base = {"font_name": "TH SarabunPSK", "font_size": 16, "valign": "top"}
    shapes: dict[str, dict[str, Any]] = {
        "text": {"num_format": "@"},
        "date": {"num_format": "@"},
        "number": {"num_format": "#,##0"},
        "baht": {"num_format": "#,##0.00"},
        "percent": {"num_format": "0.0"},
    }
    formats = {kind: book.add_format(base | shape) for kind, shape in shapes.items()}
    formats |= {
        f"{kind}-total": book.add_format(base | shape | {"bold": True, "top": 1, "bottom": 6}) for kind, shape in shapes.items()
    }
    formats["head"] = book.add_format(
        base | {"bold": True, "bg_color": "#F3ECDF", "bottom": 1, "text_wrap": True, "num_format": "@"}
    )
    formats["title"] = book.add_format(base | {"bold": True, "font_size": 18})
    return formats


def _sheet_name(name: Text) -> str:
    return str(name).translate({ord(c): " " for c in "[]:*?/\\"})[:31].strip("' ") or "Sheet1"
