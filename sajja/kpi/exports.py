"""Excel of the dashboards' tables and lists."""

from django.utils.translation import gettext as _

from sajja.kpi.board import Board
from sajja.kpi.lists import Listed
from sajja.kpi.parts import COLUMNS, REPORTS, Part
from sajja.kpi.words import NAMES
from sajja.web import clock
from sajja.web.sheets import Column, Sheet, workbook


def table_of(board: Board, parts: list[Part], zones: list[Part]) -> bytes:
    """The parts of a unit (and the zones of the nation) with their figures."""
    sheets = [_table(_("รายหน่วยงาน"), board, parts)]
    if zones:
        sheets.append(_table(_("รายเขตตรวจราชการ"), board, zones))
    return workbook(sheets, clock.now())


def _table(name: str, board: Board, parts: list[Part]) -> Sheet:
    keys = (*COLUMNS, *REPORTS)
    heads = [
        Column(_("หน่วยงาน")),
        Column(_("เป้าหมาย"), "number"),
        *[Column(NAMES[key], "number") for key in keys],
        Column("KPI", "percent"),
    ]
    rows = [[part.unit.full_name, part.target, *[part.figures[key] for key in keys], _share(part)] for part in parts]
    return Sheet(name, heads, rows, title=f"{board.unit.full_name} {board.year.year}")


def _share(part: Part) -> float | None:
    return part.kpi.n * 1000 // part.target / 10 if part.target else None


def list_of(board: Board, title: str, things: list[Listed]) -> bytes:
    """The list behind a number."""
    heads = [Column(_("ชื่อ")), Column(_("หมู่บ้าน")), Column(_("อำเภอ")), Column(_("จังหวัด"))]
    rows = [[thing.name, thing.place, thing.district, thing.province] for thing in things]
    return workbook([Sheet(title[:31], heads, rows, title=f"{title} {board.unit.full_name} {board.year.year}")], clock.now())
