"""Excel of the programme: the totals, and a province's list."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.translation import gettext as _

from sajja.programme.circulars import Office
from sajja.programme.models import Circular, ProgrammeYear
from sajja.programme.selection import Selection
from sajja.programme.totals import Total
from sajja.web import clock
from sajja.web.sheets import Column, Sheet, workbook


def totals_of(year: ProgrammeYear, levels: Mapping[str, list[Total]], rest: Total | None, whole: Total) -> bytes:
    """One sheet a level, the places that no district has in the district's, each with the same sum."""
    names = {"zone": _("เขตตรวจราชการ"), "province": _("จังหวัด"), "district": _("อำเภอ")}
    title = _("ยอดกลุ่มและงบประมาณ ปี %d") % year.year
    more = {"district": [rest] if rest else []}
    sheets = [_totals(names[level], [*lines, *more.get(level, [])], whole, title) for level, lines in levels.items() if lines]
    return workbook(sheets, clock.now())


def _totals(name: str, lines: Iterable[Total], whole: Total, title: str) -> Sheet:
    heads = [
        Column(_("หน่วย")),
        *(Column(head, "number") for head in (_("เป้าหมาย"), _("มีกลุ่มแล้ว"), _("ว่าง"))),
        Column(_("งบประมาณ (บาท)"), "baht"),
    ]
    return Sheet(name, heads, [_row(line) for line in lines], title, _row(whole))


def _row(line: Total) -> list[str | int]:
    return [line.name, line.places, line.held, line.empty, line.satang]


def list_of(selection: Selection) -> bytes:
    """The places with who holds them, and who was left out with the reason; before the freeze, the proposals."""
    title = _("กลุ่มเป้าหมาย %(unit)s ปี %(year)d") % {"unit": selection.unit.full_name, "year": selection.year.year}
    left_out = [[row["name"], row["reason"]] for row in selection.kept_left_out()]
    sheets = [
        Sheet(_("กลุ่มเป้าหมาย"), _list_heads(), _seated(selection) if selection.frozen else _proposed(selection), title),
        Sheet(_("ไม่ได้รับคัดเลือก"), [Column(_("กลุ่ม")), Column(_("เหตุผล"))], left_out, title),
    ]
    return workbook(sheets, clock.now())


def _list_heads() -> list[Column]:
    return [
        Column(_("ที่"), "number"),
        Column(_("กลุ่ม")),
        Column(_("ตำบล อำเภอ")),
        Column(_("หลักเกณฑ์ข้อ"), "number"),
        Column(_("เหตุผล")),
        Column(_("แทนกลุ่ม")),
    ]


def _seated(selection: Selection) -> list[list[str | int | None]]:
    return [
        [
            seat.place.number, seat.now.group.name if seat.now else _("(ว่าง)"), seat.where, seat.now.rule if seat.now else None,
            seat.now.reason if seat.now else "", ", ".join(old.group.name for old in seat.before),
        ]
        for seat in selection.seats()
    ]  # fmt: skip


def _proposed(selection: Selection) -> list[list[str | int | None]]:
    lines = [line for line in selection.lines() if line.proposal]
    return [
        [number, line.candidate.name, line.where, line.number, line.proposal.reason if line.proposal else "", ""]
        for number, line in enumerate(lines, start=1)
    ]


def acknowledged(circular: Circular, offices: Iterable[Office]) -> bytes:
    """Each office with who acknowledged a circular for it and when; who has not, with nothing."""
    heads = [Column(_("หน่วยงาน")), Column(_("จังหวัด")), Column(_("รับทราบ")), Column(_("วันที่"), "date"), Column(_("โดย"))]
    rows: list[list[str | int | date | None]] = []
    for office in offices:
        known = office.known
        day, who = (clock.day_of(known.at), known.by.full_name) if known else (None, "")
        said = _("แล้ว") if known else _("ยัง") if office.staffed else _("ยังไม่มีผู้ใช้")
        rows.append([office.unit.full_name, office.province, said, day, who])
    title = _("การรับทราบหนังสือ %(number)s %(subject)s") % {"number": circular.number, "subject": circular.subject}
    return workbook([Sheet(_("การรับทราบ"), heads, rows, title)], clock.now())
