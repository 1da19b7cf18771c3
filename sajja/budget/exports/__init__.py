"""Excel of a unit's money: what each below has, who holds which advance, what was bought for whom."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from sajja.budget import words
from sajja.budget.lives import HELD
from sajja.budget.models import Advance, Voucher
from sajja.budget.queries import Line
from sajja.org.models import Unit
from sajja.org.queries import NamesAbove
from sajja.programme.models import ProgrammeYear
from sajja.web import clock
from sajja.web.sheets import Cell, Column, Sheet, workbook


def of_unit(
    year: ProgrammeYear, place: Unit, lines: list[Line], advances: list[Advance], vouchers: Iterable[Voucher], names: NamesAbove
) -> bytes:
    """A workbook of three sheets."""
    title = _("%(place)s ปีงบประมาณ %(year)d") % {"place": place.full_name, "year": year.year}
    return workbook([_allocated(title, lines), _advances(title, advances, names), _vouchers(title, vouchers, names)], clock.now())


def _allocated(title: str, lines: list[Line]) -> Sheet:
    heads = [Column(_("หน่วยงาน"))]
    heads += [Column(head, "baht") for head in (_("ได้รับจัดสรร"), _("จัดสรรต่อหรือให้ยืม"), _("คงเหลือ"), _("เงินยืมค้าง"), _("ใช้จ่ายแล้ว"))]
    heads += [Column(_("สัญญาที่ค้าง"), "number"), Column(_("เกินกำหนด"), "number")]
    figures = [[one.received, one.passed, one.left, one.held, one.spent, one.advances, one.late] for one in lines]
    rows: list[list[Cell]] = [[one.unit.full_name, *sums] for one, sums in zip(lines, figures, strict=True)]
    totals: list[Cell] = [_("รวม"), *(sum(column) for column in zip(*figures, strict=True))] if figures else []
    return Sheet(_("จัดสรร"), heads, rows, title=title, totals=totals)


def _advances(title: str, advances: list[Advance], names: NamesAbove) -> Sheet:
    today = clock.today()
    heads = [Column(_("จังหวัด")), Column(_("อำเภอ")), Column(_("เลขที่สัญญา")), Column(_("ผู้ยืม"))]
    heads += [Column(head, "baht") for head in (_("เงินยืม"), _("ใบสำคัญ"), _("ส่งคืน"), _("ยังไม่มีหลักฐาน"))]
    heads += [Column(_("วันรับเงิน"), "date"), Column(_("ครบกำหนด"), "date"), Column(_("ถือมาแล้ว (วัน)"), "number")]
    heads += [Column(_("เกินกำหนด (วัน)"), "number"), Column(_("สถานะ"))]
    rows: list[list[Cell]] = []
    for one in advances:
        held = one.state in HELD
        days = [
            (today - one.paid_on).days if held else None,
            (today - one.due).days if words.is_late(one.state, one.due, today) else None,
        ]
        sums = [one.satang, one.spent_satang, one.returned_satang, one.left_satang]
        whose = [names.province(one.unit.path), names.district(one.unit.path), one.number, one.borrower.full_name]
        rows.append([*whose, *sums, one.paid_on, one.due, *days, str(words.STATES[one.state][1])])
    return Sheet(_("เงินยืม"), heads, rows, title=title)


def _vouchers(title: str, vouchers: Iterable[Voucher], names: NamesAbove) -> Sheet:
    heads = [
        Column(head)
        for head in (_("อำเภอ"), _("กลุ่ม"), _("เลขที่สัญญา"), _("ประเภท"), _("รายการ"), _("ผู้ขาย"), _("หลักฐาน"), _("เลขที่"))
    ]
    heads += [
        Column(_("วันที่"), "date"),
        Column(_("ตามใบเสร็จ"), "baht"),
        Column(_("เบิกได้"), "baht"),
        Column(_("ต้องส่งคืน"), "baht"),
        Column(_("หมายเหตุ")),
    ]
    rows: list[list[Cell]] = [
        [
            names.district(one.advance.unit.path), one.selected.group.name, one.advance.number, one.get_kind_display(), one.what,
            one.seller, one.get_paper_display(), one.number, one.on, one.satang, one.counted_satang, one.over_satang,
            _("กลับรายการ: %s") % one.reason if one.reverses_id else "",
        ]
        for one in vouchers
    ]  # fmt: skip
    return Sheet(_("ใบสำคัญ"), heads, rows, title=title)
