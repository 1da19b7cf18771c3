"""The papers of the money: the clearing pack of a group, the contract of an advance. Each `…_data` is the paper's whole content."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from sajja.budget.models import Advance, Voucher
from sajja.budget.queries import pack_vouchers, returns_of, standing_vouchers
from sajja.forums.models import Attendee, Photo
from sajja.forums.queries import attendees_of, forum_of, pictures, sittings_of
from sajja.groups.queries import places_above
from sajja.lib.money import baht, words
from sajja.lib.thai_dates import long, short, weekday_long
from sajja.org.models import Unit
from sajja.org.papers import issued
from sajja.programme.models import SelectedGroup
from sajja.programme.queries import current_revision
from sajja.web import papers
from sajja.web.papers import pieces
from sajja.web.papers.pieces import Piece
from sajja.web.pictures import path_of


def pack(selected: SelectedGroup) -> bytes:
    """The pack of a group as PDF, stamped with the last move of the advances it stands on."""
    vouchers, forum = pack_vouchers(selected), forum_of(selected)
    photos = pictures(forum) if forum else []
    at = _last_move(vouchers) or selected.at
    data = pack_data(selected, vouchers, attendees_of(forum) if forum else [], photos)
    shown = {
        sha256: path_of(sha256) for sha256 in [row.sha256 for row in vouchers if row.sha256] + [one.sha256 for one in photos]
    }
    return papers.pdf("budget/pack", issued("clearing", selected.group.unit.path, at, data), at, _there(shown))


def _there(shown: dict[str, Path]) -> dict[str, Path]:
    return dict(sorted(shown.items()))


def _last_move(vouchers: Sequence[Voucher]) -> datetime | None:
    moved = [row.advance.moves.latest("at").at for row in {row.advance_id: row for row in vouchers}.values()]
    return max([*moved, *(row.at for row in vouchers)], default=None)


def pack_data(
    selected: SelectedGroup, vouchers: Sequence[Voucher], people: Sequence[Attendee], photos: Sequence[Photo]
) -> dict[str, Any]:
    """Summary with both sums, who came, each receipt with its picture, the pictures of the forum."""
    places = places_above(selected.group)
    forum = forum_of(selected)
    days = ", ".join(weekday_long(one.day) for one in sittings_of(forum)) if forum else ""
    came = [one for one in people if not one.observer]
    draft = "" if vouchers and all(row.advance.state == "approved" for row in vouchers) else _("ร่าง ยังไม่อนุมัติการส่งใช้")
    facts = [
        (_("กลุ่ม"), selected.group.name), (_("ที่ตั้ง"), " ".join(unit.short_name for unit in places)),
        (_("วันจัดเวที"), days or "–"), (_("ผู้เข้าร่วม"), _("%d คน") % len(came)),
    ]  # fmt: skip
    district = next((unit.full_name for unit in places if len(unit.path) == 4), "")
    head = _("พัฒนาการ%s") % district
    made: list[Piece] = [pieces.facts(*facts), *_bought(vouchers), pieces.signs(("", _("ผู้ยืมเงิน")), ("", head))]
    if came:
        made += [pieces.PAGE, pieces.head(_("บัญชีลายมือชื่อผู้เข้าร่วมเวที")), _came(came)]
        made += [pieces.plain(_("แนบใบลงชื่อตัวจริงที่ลงลายมือชื่อในวันเวทีไว้กับแผ่นนี้"))]
    for number, row in enumerate(vouchers, 1):
        made += _paper(number, row)
    if photos:
        made += [pieces.PAGE, pieces.head(_("ภาพกิจกรรม")), pieces.pictures((one.sha256, one.caption) for one in photos)]
    year = selected.year
    under = [_("ปีงบประมาณ พ.ศ. %d") % year.year, _("ตามหนังสือกรมการพัฒนาชุมชน ที่ %s") % current_revision(year).reference]
    return {"title": _("สรุปค่าใช้จ่ายประกอบการส่งใช้เงินยืม"), "under": under, "foot": draft, "pieces": made}


def _bought(vouchers: Sequence[Voucher]) -> list[Piece]:
    if not vouchers:
        return [pieces.plain(_("ยังไม่มีใบสำคัญของกลุ่มนี้"))]
    rows = [
        [
            str(number), _what(row), row.seller, f"{row.get_paper_display()} {row.number}\n{_('สัญญา')} {row.advance.number}", short(row.on),
            baht(row.satang), baht(row.counted_satang),
        ]
        for number, row in enumerate(vouchers, 1)
    ]  # fmt: skip
    counted = sum(row.counted_satang for row in vouchers)
    rows.append(["", _("รวม"), "", "", "", baht(sum(row.satang for row in vouchers)), baht(counted)])
    heads = [_("ที่"), _("รายการ"), _("ผู้ขาย"), _("หลักฐาน"), _("วันที่"), _("ตามใบเสร็จ"), _("เบิกได้")]
    table = pieces.table(heads, rows, [0, 2.4, 1.8, 1.7, 0, 0, 0], money=[5, 6], sum=True, fine=True)
    return [table, pieces.plain(_("เบิกได้ %(sum)s บาท (%(words)s)") % {"sum": baht(counted), "words": words(counted)})]


def _what(row: Voucher) -> str:
    told = [row.what]
    if row.heads is not None:
        told.append(_("(มาเวที %(heads)d คน × %(rate)s บาท)") % {"heads": row.heads, "rate": baht(row.rate_satang or 0)})
    if row.line:
        told.append(_("ตามแผน: %s") % row.line)
    return "\n".join(told)


def _came(people: Sequence[Attendee]) -> Piece:
    rows = [[str(n), one.name, one.office, ""] for n, one in enumerate(people, 1)]
    return pieces.table([_("ที่"), _("ชื่อ – สกุล"), _("ตำแหน่งในกลุ่ม"), _("ลายมือชื่อ")], rows, [0, 3, 2, 2.4], ruled=True)


def _paper(number: int, row: Voucher) -> list[Piece]:
    said = f"{row.what} {baht(row.satang)} {_('บาท')}  {row.seller}  {row.get_paper_display()} {row.number}"
    pasted = pieces.large(row.sha256) if row.sha256 else pieces.plain(_("ยังไม่มีรูป ปิดหลักฐานตัวจริงที่แผ่นนี้"))
    return [pieces.PAGE, pieces.head(_("หลักฐานลำดับที่ %d") % number), pieces.plain(said), pasted]


def contract(advance: Advance) -> bytes:
    """The contract as PDF, stamped with its last move."""
    at = advance.moves.latest("at").at
    return papers.pdf("budget/contract", contract_data(advance), at)


def contract_data(advance: Advance) -> dict[str, Any]:
    """Who borrows how much for what until when, his word, places to sign, and what was cleared of it."""
    district = advance.unit
    province = Unit.objects.get(path=district.path[:2])
    office = _("สำนักงานพัฒนาชุมชน%s") % district.full_name
    said = {
        "name": advance.borrower.full_name, "office": office, "province": province.full_name, "purpose": advance.purpose,
        "sum": baht(advance.satang), "words": words(advance.satang), "days": (advance.due - advance.paid_on).days,
        "paid": long(advance.paid_on), "due": long(advance.due),
    }  # fmt: skip
    cleared = [
        [_("ใบสำคัญ"), f"{row.what} {row.get_paper_display()} {row.number}", short(row.on), baht(row.counted_satang)]
        for row in standing_vouchers(advance).order_by("on", "pk")
    ]
    returned = [row for row in returns_of(advance) if not hasattr(row, "reversal")]
    cleared += [[_("ส่งคืน"), _("ใบเสร็จ %s") % row.receipt, short(row.on), baht(row.satang)] for row in returned]
    cleared.append([_("ยังไม่มีหลักฐาน"), "", "", baht(advance.left_satang)])
    made: list[Piece] = [
        pieces.facts((_("เลขที่"), advance.number), (_("วันครบกำหนด"), long(advance.due))),
        pieces.said(_("ข้าพเจ้า %(name)s สังกัด %(office)s %(province)s ขอยืมเงินเพื่อ%(purpose)s จำนวน %(sum)s บาท (%(words)s)") % said),
        pieces.said(
            _("ข้าพเจ้าได้รับเงินเมื่อวันที่ %(paid)s และสัญญาว่าจะนำใบสำคัญคู่จ่ายที่ถูกต้องพร้อมเงินเหลือจ่าย (ถ้ามี) ส่งใช้ภายใน %(days)d วัน คือไม่เกินวันที่ %(due)s") % said
        ),
        pieces.signs((advance.borrower.full_name, _("ผู้ยืม")), ("", _("ผู้จ่ายเงิน")), ("", _("ผู้อนุมัติ"))),
        pieces.head(_("รายการส่งใช้เงินยืม")),
        pieces.table([_("รายการ"), _("หลักฐาน"), _("วันที่"), _("จำนวนเงิน (บาท)")], cleared, [0, 1, 0, 0], money=[3], sum=True, fine=True),
    ]  # fmt: skip
    foot = _("สัญญานี้กลับรายการแล้ว") if advance.state == "reversed" else ""
    under = [office, _("ปีงบประมาณ พ.ศ. %d") % advance.year.year]
    return {"title": _("สัญญาการยืมเงิน"), "under": under, "foot": foot, "pieces": made}
