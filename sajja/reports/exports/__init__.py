"""Excel of the lists of reports."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from sajja.org.models import Unit
from sajja.org.queries import NamesAbove
from sajja.programme.models import ProgrammeYear
from sajja.reports import due
from sajja.reports.lines import Line, ProvinceLine
from sajja.reports.queries import Owed
from sajja.web import clock
from sajja.web.sheets import Cell, Column, Sheet, workbook


def by_forum(year: ProgrammeYear, place: Unit, lines: Iterable[Line], names: NamesAbove) -> bytes:
    """The districts' reports: a row for each, with its days and how it came."""
    heads = [
        Column(_("กลุ่ม")),
        Column(_("หมู่บ้าน")),
        Column(_("ตำบล")),
        Column(_("อำเภอ")),
        Column(_("ปิดเวที"), "date"),
        Column(_("กำหนดส่ง"), "date"),
        Column(_("ส่งครั้งแรก"), "date"),
        Column(_("ช้า (วัน)"), "number"),
        Column(_("กำหนดเวลา")),
        Column(_("สถานะ")),
        Column(_("อยู่ที่")),
        Column(_("ขยายเวลาจาก"), "date"),
    ]
    rows = [
        [*_whose(line.one, names), *_days(line.one), str(line.late[1]), str(line.state[1]), line.held, _before(line.one)]
        for line in lines
    ]
    return workbook([Sheet(_("รายงานอำเภอ"), heads, rows, title=_title(_("รายงานของอำเภอ"), year, place))], clock.now())


def _whose(one: Owed, names: NamesAbove) -> list[Cell]:
    return [one.name, names.village(one.path), names.subdistrict(one.path), names.district(one.path)]


def _before(one: Owed) -> Cell:
    """The day before its extension."""
    return one.extension.before if one.extension else None


def _days(one: Owed) -> list[Cell]:
    """Days late of what came or should have come; nothing where it is not late."""
    return [one.ended_on, one.due, one.submitted_on, due.days_late(one.due, one.submitted_on, clock.today()) or None]


def by_province(year: ProgrammeYear, place: Unit, lines: Iterable[ProvinceLine]) -> bytes:
    """The provinces' reports and how many of their districts' came how, with the sums."""
    heads = [
        Column(_("จังหวัด")),
        Column(_("รายงานจังหวัด")),
        Column(_("กำหนดส่ง"), "date"),
        Column(_("ลงระบบ BPM"), "date"),
        Column(_("กำหนดเวลา")),
        *[Column(head, "number") for head in (_("อำเภอถึงกำหนด"), _("อำเภอทัน"), _("อำเภอช้า"), _("อำเภอยังไม่ส่ง"), _("รอตรวจ"))],
    ]
    listed = list(lines)
    counts = [[line.counts[state] for state in ("due", due.ON_TIME, due.LATE, due.MISSING)] + [line.waiting] for line in listed]
    rows: list[list[Cell]] = [
        [line.unit.full_name, str(line.state[1]), line.due, line.recorded_on, str(line.late[1]), *of_line]
        for line, of_line in zip(listed, counts, strict=True)
    ]
    totals: list[Cell] = [_("รวม"), None, None, None, None, *(sum(column) for column in zip(*counts, strict=True))]
    sheet = Sheet(_("รายงานจังหวัด"), heads, rows, title=_title(_("รายงานของจังหวัด"), year, place), totals=totals if rows else ())
    return workbook([sheet], clock.now())


def _title(what: str, year: ProgrammeYear, place: Unit) -> str:
    return _("%(what)s %(place)s ปีงบประมาณ %(year)d") % {"what": what, "place": place.full_name, "year": year.year}
