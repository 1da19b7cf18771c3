"""The savings register as a workbook."""

from collections.abc import Sequence
from datetime import date

from django.http import HttpResponse
from django.utils.translation import gettext as _

from sajja.groups.models import GroupBook
from sajja.lib.thai_dates import long
from sajja.treasury.queries.savings import Saved
from sajja.web import clock, sheets
from sajja.web.sheets import Column, Sheet, workbook


def register_workbook(kept: GroupBook, rows: Sequence[Saved], on: date) -> HttpResponse:
    """Number, name, pledged, special, total of each member, and the sums."""
    columns = [Column(_("เลขที่")), Column(_("ชื่อ")), Column(_("ครอบครัว"))]
    columns += [Column(head, "baht") for head in (_("เงินสัจจะสะสม"), _("เงินสัจจะสะสมพิเศษ"), _("รวม"))]
    pledged, special = sum(row.pledged for row in rows), sum(row.special for row in rows)
    sheet = Sheet(
        _("ทะเบียนเงินออม"), columns,
        [[r.member.number, r.member.name, str(r.member.family or ""), r.pledged, r.special, r.total] for r in rows],
        _("ทะเบียนเงินออม %(group)s ณ วันที่ %(day)s") % {"group": kept.group.name, "day": long(on)},
        [_("รวม"), "", "", pledged, special, pledged + special],
    )  # fmt: skip
    answer = HttpResponse(workbook([sheet], clock.now()), content_type=sheets.TYPE)
    answer["Content-Disposition"] = f'attachment; filename="savings-{kept.book.code}-{on.isoformat()}.xlsx"'
    return answer
