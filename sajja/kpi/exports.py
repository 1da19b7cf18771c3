"""Excel of the dashboards' tables and lists."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from sajja.kpi.board import REPORT_STATES, Board
from sajja.kpi.lists import Listed
from sajja.kpi.parts import COLUMNS, REPORTS, Part
from sajja.kpi.rollup import Figure
from sajja.kpi.words import NAMES
from sajja.lib import percent
from sajja.web import clock
from sajja.web.sheets import Cell, Column, Sheet, Text, workbook


def tables_of(board: Board, tables: Iterable[tuple[Text, list[Part]]], steps: Sequence[str]) -> bytes:
    """Everything a dashboard shows: the steps and reports, the parts of each level, the indicators by failure rate."""
    by_level = [_parts(_("ราย%s") % level, board, parts) for level, parts in tables]
    return workbook([_figures(board, steps), *by_level, _failures(board)], clock.now())


def _heading(board: Board) -> str:
    return _("%(name)s ปีงบประมาณ %(year)d") % {"name": board.unit.full_name, "year": board.year.year}


def _figures(board: Board, steps: Sequence[str]) -> Sheet:
    """Steps with their denominator and per cent; reports are counted, of nothing."""
    heads = [Column(_("รายการ")), Column(_("จำนวน"), "number"), Column(_("จาก"), "number"), Column(_("ร้อยละ"), "percent")]
    figures = [board.figure(key) for key in steps]
    rows: list[list[Cell]] = [[str(NAMES[figure.key]), figure.n, figure.d, _share(figure)] for figure in figures]
    rows += [
        [str(NAMES[key]), board.figure(key).n, None, None]
        for key in (f"{level}_{state}" for level in ("district", "province") for state in REPORT_STATES)
    ]
    return Sheet(_("ภาพรวม"), heads, rows, title=_heading(board))


def _failures(board: Board) -> Sheet:
    heads = [Column(_("ตัวชี้วัด")), Column(_("ไม่ผ่าน"), "number"), Column(_("ประเมินแล้ว"), "number"), Column(_("ร้อยละ"), "percent")]
    rows = [[board.indicator_names[figure.key], figure.n, figure.d, _share(figure)] for figure in board.failures()]
    mark = _(" ตัวอย่าง ไม่ใช่ข้อความทางการ") if board.demo_wording else ""
    return Sheet(_("ข้อที่ไม่ผ่าน"), heads, rows, title=_heading(board) + mark)


def _parts(name: str, board: Board, parts: list[Part]) -> Sheet:
    keys = (*COLUMNS, *REPORTS)
    heads = [
        Column(_("หน่วยงาน")),
        Column(_("เป้าหมาย"), "number"),
        *[Column(NAMES[key], "number") for key in keys],
        Column(_("KPI ร้อยละ"), "percent"),
    ]
    rows = [[part.unit.full_name, part.target, *[part.figures[key] for key in keys], _share(part.kpi)] for part in parts]
    return Sheet(name, heads, rows, title=_heading(board))


def _share(figure: Figure) -> Decimal | None:
    """Per cent with one digit, truncated; nothing where there is nothing to measure."""
    return percent.truncated(figure.n, figure.d) if figure.d else None


def list_of(board: Board, title: str, things: list[Listed]) -> bytes:
    """The list behind a number."""
    heads = [Column(_("ชื่อ")), Column(_("หมู่บ้าน")), Column(_("อำเภอ")), Column(_("จังหวัด"))]
    rows = [[thing.name, thing.place, thing.district, thing.province] for thing in things]
    return workbook([Sheet(title[:31], heads, rows, title=f"{title} {board.unit.full_name} {board.year.year}")], clock.now())
