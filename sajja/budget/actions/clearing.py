"""Clearing (ส่งใช้เงินยืม): submitted by the district, checked by its head, approved by the province; or sent back to be mended."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from sajja.audit.actions import record
from sajja.audit.acts import act
from sajja.budget.actions import locking
from sajja.budget.actions.spending import snacks_counted
from sajja.budget.lives import ADVANCE
from sajja.budget.models import Advance, Voucher, VoucherKind
from sajja.budget.queries import made_by, standing_vouchers
from sajja.forums.queries import participants
from sajja.lib.money import baht
from sajja.lib.refusals import Refused
from sajja.org.models import Person
from sajja.web import clock

STEPS = {"check": ("submitted",), "approve": ("checked", "approved")}
"""In which states whoever has the step may send it back."""


@act
def submit_clearing(*, by: Person, advance: Advance, at: datetime | None = None) -> Advance:
    """Send the clearing to the district's head. Refused with every gap named: all of the money is on papers or returned."""
    at = at or clock.now()
    one = locking.open_advance(advance)
    if gaps := missing(one):
        raise Refused(" · ".join(gaps))
    return _move(by, one, "submit", "", at)


def missing(one: Advance) -> list[str]:
    """What a clearing still lacks, one Thai sentence each; empty where it can be sent."""
    vouchers = list(standing_vouchers(one).select_related("forum__revision"))
    gaps = []
    if one.left_satang:
        gaps.append(_("ยังเหลือ %s บาท ลงใบสำคัญเพิ่ม หรือส่งคืนพร้อมเลขที่ใบเสร็จ") % baht(one.left_satang))
    without = sum(1 for voucher in vouchers if not voucher.sha256)
    if without:
        gaps.append(_("ใบสำคัญ %d ใบยังไม่มีรูปถ่าย เปิดใบสำคัญแล้วเพิ่มรูป") % without)
    return gaps + _heads_changed(vouchers)


def _heads_changed(vouchers: list[Voucher]) -> list[str]:
    """Snacks that count more heads than the forum's list has now."""
    snacks = {voucher.forum_id: voucher for voucher in vouchers if voucher.kind == VoucherKind.SNACK}
    gaps = []
    for voucher in snacks.values():
        assert voucher.forum is not None  # a_snack_counts_by_the_heads_of_its_forum
        heads = participants(voucher.forum)
        if snacks_counted(voucher.forum) > heads * (voucher.rate_satang or 0):
            said = {"what": voucher.what, "heads": heads}
            gaps.append(_("“%(what)s” คิดเกินจำนวนคนในรายชื่อเวทีตอนนี้ (%(heads)d คน) กลับรายการแล้วลงใหม่") % said)
    return gaps


@act
def check_clearing(*, by: Person, advance: Advance, at: datetime | None = None) -> Advance:
    """The district's head has looked at every paper."""
    one = locking.advance(advance)
    _not_ones_own(by, one, Q())
    return _move(by, one, "check", "", at or clock.now())


@act
def approve_clearing(*, by: Person, advance: Advance, at: datetime | None = None) -> Advance:
    """The province's finance approves: the borrower holds nothing of it any more."""
    one = locking.advance(advance)
    _not_ones_own(by, one, Q(move="check"))
    return _move(by, one, "approve", "", at or clock.now())


@act
def ask_changes(*, by: Person, advance: Advance, step: str, reason: str, at: datetime | None = None) -> Advance:
    """Send it back to the officer, with what to mend, from the step ("check" or "approve") that has it; an approved one too."""
    if not reason.strip():
        raise Refused(_("บอกว่าต้องแก้อะไร"), field="reason")
    one = locking.advance(advance)
    if one.state not in STEPS[step]:
        raise Refused(_("เรื่องนี้ยังทำขั้นนี้ไม่ได้ หรือมีผู้ทำไปแล้ว โปรดเปิดหน้าใหม่เพื่อดูสถานะล่าสุด"))
    return _move(by, one, "return", reason.strip(), at or clock.now())


def _not_ones_own(by: Person, one: Advance, also: Q) -> None:
    """Nobody judges what he borrowed, wrote or sent; nor approves what he checked."""
    if made_by(one, by) or (also and one.moves.filter(also, by=by).exists()):
        raise Refused(_("ท่านเป็นผู้ยืม ผู้ลงรายการ หรือผู้ตรวจเรื่องนี้เอง ให้ผู้อื่นทำขั้นนี้"))


def _move(by: Person, one: Advance, move: str, reason: str, at: datetime) -> Advance:
    one.state = ADVANCE.after(one.state, move)
    one.save(update_fields=["state"])
    locking.moved(by, one, move, reason, at)
    detail = {"reason": reason} if reason else {}
    record(by, "budget.ask_changes" if move == "return" else f"budget.{move}_clearing", one, one.unit.path, at=at, **detail)
    return one
