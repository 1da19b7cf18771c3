"""Taking back what was posted wrong: by new arrows the other way, dated in an open month, each movement once."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from sajja.ledger.actions.posting import OPENING, REVERSAL, Posted, lock, post
from sajja.ledger.models import Entry, Movement, Stage
from sajja.ledger.posting import Arrow
from sajja.ledger.queries import movements_of, reversed_among
from sajja.lib.refusals import Refused
from sajja.lib.thai_dates import long


def reverse(
    *, entry: Entry, date: date, memo: str, by: str, by_name: str, at: datetime, receipt: int | None = None,
    uuid: UUID | None = None, stage: Stage = Stage.MONTH, movements: Collection[int] | None = None,
) -> Posted:  # fmt: skip
    """Reverse one receipt of an entry, some of its movements (by key), or all of it that still stands.

    Refused: a reversal of a reversal, a second reversal, a day before the entry's own, and an account below its floor.
    `stage`: an adjustment of the year's end is taken back within period 13, so that no month and no later year feels it.
    """
    book = entry.book
    lock(book)
    if uuid and (before := Entry.objects.filter(book=book, uuid=uuid, reverses=entry).first()):
        return Posted(before, {}, new=False)
    if entry.kind == REVERSAL:
        raise Refused(_("ใบสำคัญนี้เป็นการแก้รายการอยู่แล้ว โปรดลงรายการที่ถูกต้องใหม่แทน"))
    if date < entry.date:
        raise Refused(_("วันที่แก้ต้องไม่ก่อนวันที่ของใบสำคัญ (%(day)s)") % {"day": long(entry.date)}, "date")
    standing = _standing(entry, receipt, movements)
    return post(
        book=book, date=date, kind=REVERSAL, memo=memo, by=by, by_name=by_name, at=at, uuid=uuid, reverses=entry, stage=stage,
        arrows=[
            Arrow(m.credit_id, m.debit_id, m.amount, about=m.about_id, note=m.note, reverses=m.pk) for m in standing
        ],
    )  # fmt: skip


def _standing(entry: Entry, receipt: int | None, movements: Collection[int] | None) -> list[Movement]:
    if entry.kind == OPENING and receipt is None:
        raise Refused(_("ยอดยกมาแก้ทั้งใบไม่ได้ โปรดลงรายการปรับปรุงเฉพาะบัญชีที่ผิด"))
    wanted = [m for m in movements_of(entry) if receipt in {None, m.receipt}]
    wanted = [m for m in wanted if movements is None or m.pk in movements]
    if not wanted:
        raise Refused(_("ไม่พบใบรับเงินเลขที่นี้ในใบสำคัญ โปรดตรวจเลขที่อีกครั้ง"))
    taken_back = reversed_among(entry.book, [m.pk for m in wanted])
    standing = [m for m in wanted if m.pk not in taken_back]
    if not standing:
        raise Refused(_("รายการนี้แก้ไปแล้ว เปิดใบสำคัญเดิมเพื่อดูใบที่แก้"))
    return standing
