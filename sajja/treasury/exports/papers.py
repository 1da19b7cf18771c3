"""The group's own papers as PDF: statements, receipts, passbook lines, the sheet to write on by hand. No Garuda, Arabic digits."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.groups.models import GroupBook, Member
from sajja.ledger import chain
from sajja.ledger.models import Book, Entry
from sajja.lib.money import baht
from sajja.lib.thai_dates import hhmm, long, short
from sajja.org.papers import origin
from sajja.treasury import chart
from sajja.treasury.models import CollectingDay, MemberSlip
from sajja.treasury.queries import slips
from sajja.treasury.queries.collecting import Sheet, Slip
from sajja.treasury.queries.savings import PassLine
from sajja.treasury.statement import Cell, Table
from sajja.web import clock, papers
from sajja.web.papers import pieces
from sajja.web.papers.pieces import Piece


def moment_of(book: Book) -> datetime:
    """When the newest voucher was entered: the only time in the bytes."""
    newest = Entry.objects.filter(book=book).order_by("-pk").values_list("at", flat=True).first()
    return newest or clock.moment(book.opened_on)


def statement(kept: GroupBook, table: Table) -> bytes:
    """A statement for both signatures."""
    return papers.pdf(f"treasury/{'wide' if table.wide else 'group'}", statement_data(kept, table), moment_of(kept.book))


def statement_data(kept: GroupBook, table: Table) -> dict[str, Any]:
    """Its rows as the page has them; a row of a sum stands bold where it ends the table."""
    kinds = [column.kind for column in table.columns]
    rows = [[_said(cell, kind) for cell, kind in zip(row.cells, kinds, strict=False)] for row in table.rows]
    widths = [0 if kind != "text" else 3 if at + 1 == table.name_at else 1 for at, kind in enumerate(kinds)]
    sums = bool(table.rows) and table.rows[-1].style in {"sum", "total"}
    money = [at for at, kind in enumerate(kinds) if kind == "baht"]
    heads = [str(column.head) for column in table.columns]
    shown: Piece = pieces.table(heads, rows, widths, money=money, sum=sums, fine=True) if rows else pieces.plain(_("ยังไม่มีรายการ"))
    return {
        "title": table.title, "under": [kept.group.name, table.when, _("หน่วย: บาท")], "foot": kept.book.code,
        "pieces": [shown, *(pieces.plain(note) for note in table.notes), pieces.signs(("", _("เหรัญญิก")), ("", _("ประธานกลุ่ม")))],
    }  # fmt: skip


def _said(cell: Cell, kind: str) -> str:
    if cell is None:
        return "–" if kind == "baht" else ""
    if isinstance(cell, date):
        return short(cell)
    return baht(cell) if kind == "baht" and isinstance(cell, int) else str(cell)


def receipts(posted: CollectingDay, slips: Sequence[Slip]) -> bytes:
    """Receipts to cut, two to a page."""
    return papers.pdf("treasury/slips", receipts_data(posted, slips), posted.entry.at)


def receipts_data(posted: CollectingDay, slips: Sequence[Slip]) -> dict[str, Any]:
    """Each with its number, its parts, its total in figures and words, both places to sign."""
    return {"title": _("ใบรับเงิน %s") % posted.kept.group.name, "slips": [_receipt(posted, slip) for slip in slips]}


def _receipt(posted: CollectingDay, slip: Slip) -> dict[str, Any]:
    line = slip.line
    rows = [[words, baht(satang)] for words, satang in slip.parts]
    how = _("รับโอน") if line.method == "transfer" else _("เงินสด")
    when = hhmm(line.transfer_at) if line.method == "transfer" and line.transfer_at else ""
    left = [pieces.plain(_("เงินต้นคงเหลือหลังชำระ %s บาท") % baht(slip.owed))] if slip.owed is not None else []
    number = f"{posted.entry.year + 543}/{line.receipt}"
    return {
        "title": _("ใบรับเงิน (ใบฝากเงินสัจจะ แทนใบเสร็จรับเงิน)"),
        "pieces": [
            pieces.facts(
                (_("เลขที่"), number), (_("กลุ่ม"), posted.kept.group.name), (_("วันที่"), long(posted.date)),
                (_("ได้รับเงินจาก"), f"{line.member.name} ({_('เลขที่สมาชิก')} {line.member.number})"),
            ),
            *([pieces.plain(_("ใบนี้แก้แล้ว ไม่นับ"))] if slip.back else []),
            pieces.table([_("รายการ"), _("บาท")], [*rows, [_("รวม (%s)") % slip.words, baht(slip.total)]], [1, 0], money=[1], sum=True),
            pieces.plain(f"{how} {when} {line.transfer_digits if line.method == 'transfer' else ''}".strip()), *left,
            pieces.signs(("", _("ผู้ส่งเงิน")), ("", _("ผู้รับเงิน"))),
        ],
    }  # fmt: skip


def passbook(kept: GroupBook, member: Member, lines: Sequence[PassLine]) -> bytes:
    """The lines to be written into the passbook, or cut and pasted there."""
    return papers.pdf("treasury/group", passbook_data(kept, member, lines), moment_of(kept.book))


def passbook_data(kept: GroupBook, member: Member, lines: Sequence[PassLine]) -> dict[str, Any]:
    """Day, what, in, out, what is left."""
    rows = [
        [short(line.date), _("สัจจะ") if line.control == chart.PLEDGED else _("สะสมพิเศษ"), baht(max(line.amount, 0)) if line.amount > 0 else "",
         baht(-line.amount) if line.amount < 0 else "", baht(line.balance), ""]
        for line in lines
    ]  # fmt: skip
    heads = [_("วันที่"), _("รายการ"), _("ฝาก"), _("ถอน"), _("คงเหลือ"), _("ผู้รับเงิน")]
    shown = pieces.table(heads, rows, [0, 1, 0, 0, 0, 1.2], money=[2, 3, 4], ruled=True)
    return {
        "title": _("รายการลงสมุดคู่ฝากเงินสัจจะ"), "under": [kept.group.name, f"{member.name} ({_('เลขที่สมาชิก')} {member.number})"],
        "pieces": [shown if rows else pieces.plain(_("สมุดคู่ฝากเป็นปัจจุบันแล้ว")), pieces.signs(("", _("เหรัญญิก")), ("", _("สมาชิก")))],
    }  # fmt: skip


def slip(made: MemberSlip) -> bytes:
    """A member's slip, to keep with the passbook."""
    return papers.pdf("treasury/group", slip_data(made), made.at)


def slip_data(made: MemberSlip) -> dict[str, Any]:
    """The balances, where the chain stood, and the QR of the page that says them again."""
    address = reverse("treasury:balances", args=[slips.code_of(made)])
    rows = [
        (_("เงินสัจจะสะสม"), made.pledged_satang), (_("เงินสัจจะสะสมพิเศษ"), made.special_satang),
        (_("เงินต้นกู้และหนี้คงเหลือ"), made.owed_satang),
    ]  # fmt: skip
    said = _("สแกนดูยอด ณ วันนี้ได้ถึง %(until)s หากใบหาย บอกเหรัญญิกให้เรียกคืน ผู้ถือใบเห็นแต่ยอดนี้ ไม่เห็นชื่อ") % {"until": long(made.until)}
    return {
        "title": _("ใบแสดงยอดของสมาชิก"),
        "under": [made.kept.group.name, f"{made.member.name} ({_('เลขที่สมาชิก')} {made.member.number})", _("ยอด ณ %s") % long(made.on)],
        "foot": made.kept.book.code,
        "pieces": [
            pieces.table([_("รายการ"), _("บาท")], [[name, baht(satang)] for name, satang in rows], [1, 0], money=[1], ruled=True),
            pieces.plain(_("หัวสมุดบัญชี %s") % chain.printed(made.kept.book.code, made.entries, made.head)),
            pieces.gap(0.3), pieces.code(papers.qr(f"{origin()}{address}"), said),
            pieces.signs(("", _("เหรัญญิก")), ("", _("สมาชิก"))),
        ],
    }  # fmt: skip


def blank_sheet(kept: GroupBook, on: date, sheet: Sheet) -> bytes:
    """The sheet of a collecting day to write on by hand."""
    return papers.pdf("treasury/wide", blank_data(kept, on, sheet), moment_of(kept.book))


def blank_data(kept: GroupBook, on: date, sheet: Sheet) -> dict[str, Any]:
    """Each member with what stands and what is due; empty cells to write in."""
    own = [column.name for column in sheet.columns]
    heads = [
        _("เลขที่"), _("สมาชิก"), _("ยอดสัจจะ"), _("ต้องส่ง"), _("สัจจะ"), _("พิเศษ"), _("ค่าปรับ"), _("ชำระหนี้"), *own, _("รวม"),
        _("สด/โอน"), _("ลงชื่อ"),
    ]  # fmt: skip
    empty = [""] * (len(heads) - 4)
    rows = [
        [row.member.number, row.member.name, baht(row.pledged), baht(row.due.now) if row.due.now else "", *empty]
        for row in sheet.rows
    ]
    widths = [0, 3, 0, 0, *([1.1] * len(empty))]
    return {
        "title": _("ใบรับเงินวันส่งสัจจะ (เขียนด้วยมือ)"), "under": [kept.group.name, _("ยอดยกมา ณ %s") % long(on)],
        "pieces": [
            pieces.plain(_("วันที่รับเงิน ........................................")),
            pieces.table(heads, rows, widths, money=[2, 3], ruled=True, tall=True, fine=True) if rows else pieces.plain(_("ยังไม่มีสมาชิกในวันนี้")),
            pieces.plain(_("รวมเงินสด .................... เงินโอน .................... นับเงินสดได้ .................... ขาด/เกิน ....................")),
            pieces.signs(("", _("เหรัญญิก")), ("", _("กรรมการผู้นับเงินคนที่สอง"))),
        ],
    }  # fmt: skip
