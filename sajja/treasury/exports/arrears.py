"""What is late on loans, as a workbook."""

from datetime import date

from django.utils.translation import gettext as _

from sajja.groups.models import GroupBook
from sajja.lib.thai_dates import long
from sajja.treasury.queries.arrears import Portfolio
from sajja.web import clock
from sajja.web.sheets import Cell, Column, Sheet, workbook


def arrears_workbook(kept: GroupBook, now: Portfolio, on: date) -> bytes:
    """A line for each contract that is late, the longest first; a sheet of the ages."""
    title = _("หนี้ค้าง %(group)s ณ วันที่ %(day)s") % {"group": kept.group.name, "day": long(on)}
    columns = [Column(head) for head in (_("สัญญา"), _("เลขที่สมาชิก"), _("ผู้กู้"))]
    columns += [Column(_("ครบกำหนดตั้งแต่"), "date"), Column(_("ค้าง (วัน)"), "number")]
    columns += [Column(head, "baht") for head in (_("เงินต้นค้าง"), _("ดอกเบี้ยค้าง"), _("เงินต้นคงเหลือ"))]
    rows: list[list[Cell]] = [
        [
            row.loan.number, row.loan.member.number, row.loan.member.name, row.overdue[0].due, row.days, row.overdue_principal,
            row.overdue_interest, row.principal,
        ]
        for row in now.late
    ]  # fmt: skip
    sums: list[Cell] = [_("รวม"), "", "", "", "", now.late_principal, now.late_interest, sum(row.principal for row in now.late)]
    ages = [Column(_("ค้างมาแล้ว")), Column(_("สัญญา"), "number"), Column(_("เงินต้นคงเหลือ"), "baht"), Column(_("เงินต้นค้าง"), "baht")]
    by_age: list[list[Cell]] = [[str(age.words), age.loans, age.principal, age.late] for age in now.ages]
    sheets = [Sheet(_("หนี้ค้าง"), columns, rows, title, sums), Sheet(_("อายุหนี้"), ages, by_age, title)]
    return workbook(sheets, clock.now())
