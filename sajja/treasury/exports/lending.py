"""The loan register as a workbook."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from sajja.groups.models import GroupBook
from sajja.lib.thai_dates import long
from sajja.treasury.queries.lending import Listed
from sajja.web import clock
from sajja.web.sheets import Column, Sheet, workbook


def register_sheet(kept: GroupBook, rows: Sequence[Listed], on: date) -> bytes:
    """A line for each contract: whose, on which terms, what is left, what is late; and the sums."""
    heads = [_("สัญญา"), _("เลขที่สมาชิก"), _("ผู้กู้"), _("ประเภท"), _("สถานะ")]
    columns = [*(Column(head) for head in heads), Column(_("จ่ายเงินวันที่"), "date"), Column(_("งวด"), "number")]
    columns += [Column(head, "baht") for head in (_("เงินกู้"), _("เงินต้นคงเหลือ"), _("เงินต้นค้าง"), _("ดอกเบี้ยค้าง"))]
    columns += [Column(_("ค้าง (วัน)"), "number")]
    body = [_line(row) for row in rows]
    owing = [row.standing for row in rows if row.standing]
    sums = [
        sum(row.loan.principal_satang for row in rows), sum(row.owed for row in rows), sum(at.overdue_principal for at in owing),
        sum(at.overdue_interest for at in owing),
    ]  # fmt: skip
    title = _("ทะเบียนเงินกู้ %(group)s ณ วันที่ %(day)s") % {"group": kept.group.name, "day": long(on)}
    return workbook([Sheet(_("ทะเบียนเงินกู้"), columns, body, title, [_("รวม"), *[""] * 6, *sums, ""])], clock.now())


def _line(row: Listed) -> list[str | int | date | None]:
    loan, at = row.loan, row.standing
    late = (at.overdue_principal, at.overdue_interest, at.days) if at else (0, 0, 0)
    return [
        loan.number, loan.member.number, loan.member.name, str(loan.product), loan.get_state_display(), loan.paid_out_on,
        loan.instalments, loan.principal_satang, row.owed, *late,
    ]  # fmt: skip
