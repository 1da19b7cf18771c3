"""The payment list: its pages with their sums, and the workbook."""

from collections.abc import Sequence
from typing import NamedTuple

from django.http import HttpResponse
from django.utils.translation import gettext as _

from sajja.lib.thai_dates import long
from sajja.treasury.models import Appropriation
from sajja.treasury.queries.sharing import Line, families
from sajja.web import clock, sheets
from sajja.web.sheets import Column, Sheet, workbook

LINES_A_PAGE = 18


class Entry(NamedTuple):
    """A line of the paper: a member, or the sum of the family above it."""

    number: int
    line: Line | None
    family: str = ""
    satang: int = 0


class Page(NamedTuple):
    """A page of the paper with its sum, and the sum until its end."""

    number: int
    entries: list[Entry]
    people: int
    satang: int
    until: int


def pages_of(lines: Sequence[Line], *, by_family: bool) -> list[Page]:
    """Pages of so many lines; by family, each family of more than one has its sum below it."""
    entries: list[Entry] = []
    count = 0
    groups = [(family.name, family.lines) for family in families(lines)] if by_family else [("", list(lines))]
    for name, members in groups:
        for line in members:
            count += 1
            entries.append(Entry(count, line))
        if by_family and len(members) > 1:
            entries.append(Entry(0, None, name, sum(line.total for line in members)))
    pages, until = [], 0
    for number, at in enumerate(range(0, len(entries), LINES_A_PAGE), 1):
        part = entries[at : at + LINES_A_PAGE]
        satang = sum(entry.line.total for entry in part if entry.line)
        until += satang
        pages.append(Page(number, part, sum(1 for entry in part if entry.line), satang, until))
    return pages


def list_workbook(made: Appropriation, lines: Sequence[Line]) -> HttpResponse:
    """Number, name, family, weight, dividend, interest, refund, total, how."""
    kept, year = made.year_end.kept, made.year_end.year + 543
    columns = [Column(_("เลขที่")), Column(_("ชื่อ")), Column(_("ครอบครัว")), Column(_("น้ำหนัก (บาท-เดือน)"), "baht")]
    columns += [Column(head, "baht") for head in (_("เงินปันผล"), _("ดอกเบี้ยที่จ่ายในปี"), _("เงินเฉลี่ยคืน"), _("รวม"))]
    columns += [Column(_("รับโดย")), Column(_("ใบสำคัญ"))]
    rows: list[list[sheets.Cell]] = [
        [
            line.member.number, line.member.name, str(line.member.family or ""), line.share.weight, line.share.dividend_satang,
            line.share.interest_satang, line.share.refund_satang, line.total, line.share.get_how_display(),
            line.share.entry.voucher if line.share.entry else "",
        ]
        for line in lines
    ]  # fmt: skip
    sums = [sum(int(str(row[at])) for row in rows) for at in range(3, 8)]
    title = _("ปันผลและเฉลี่ยคืนปี %(year)s %(group)s ประชุมใหญ่ %(day)s") % {
        "year": year, "group": kept.group.name, "day": long(made.on),
    }  # fmt: skip
    sheet = Sheet(_("ปันผลและเฉลี่ยคืน"), columns, rows, title, [_("รวม"), "", "", *sums, "", ""])
    answer = HttpResponse(workbook([sheet], clock.now()), content_type=sheets.TYPE)
    answer["Content-Disposition"] = f'attachment; filename="shares-{kept.book.code}-{year}.xlsx"'
    return answer
