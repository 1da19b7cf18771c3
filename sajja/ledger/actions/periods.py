"""Closing a month or a year, and opening a month again."""

from datetime import datetime

from django.utils.translation import gettext as _

from sajja.ledger import periods
from sajja.ledger.actions.posting import lock, month_words
from sajja.ledger.models import Book, BookHead, PeriodMove
from sajja.lib.refusals import Refused
from sajja.web import clock


def close_month(*, book: Book, month: int, by: str, by_name: str, at: datetime) -> PeriodMove:
    """Close a month that is over; months are closed in their order."""
    head = lock(book)
    expected = periods.after(head.closed_through) if head.closed_through else periods.month_of(book.opened_on)
    if month < expected:
        raise Refused(_("งวดเดือน %(month)s ปิดแล้ว") % {"month": month_words(month)})
    if month > expected:
        raise Refused(_("โปรดปิดงวดเดือน %(month)s ก่อน") % {"month": month_words(expected)})
    if clock.day_of(at) <= periods.last_day(month):
        raise Refused(_("เดือน %(month)s ยังไม่สิ้น ปิดงวดได้ตั้งแต่วันแรกของเดือนถัดไป") % {"month": month_words(month)})
    return _move(head, month, closed=True, by=by, by_name=by_name, at=at)


def reopen_month(
    *, book: Book, month: int, by: str, by_name: str, second: str, second_name: str, reason: str, at: datetime
) -> PeriodMove:
    """Open the newest closed month again; a second person agrees, and the reason stays."""
    head = lock(book)
    if month != head.closed_through:
        raise Refused(_("เปิดได้เฉพาะงวดที่ปิดล่าสุด โปรดเปิดทีละงวดย้อนขึ้นไป"))
    if month <= head.year_closed_through:
        raise Refused(_("ปีบัญชีนี้ปิดแล้ว เปิดงวดอีกไม่ได้ โปรดลงรายการแก้ในปีถัดไป"))
    if by == second:
        raise Refused(_("ผู้อนุมัติให้เปิดงวดต้องเป็นอีกคนหนึ่ง"), "second")
    if not reason.strip():
        raise Refused(_("โปรดบอกเหตุผลที่เปิดงวด"), "reason")
    return _move(
        head, month, closed=False, by=by, by_name=by_name, second=second, second_name=second_name, reason=reason, at=at
    )  # fmt: skip


def close_year(*, book: Book, year: int, by: str, by_name: str, at: datetime) -> PeriodMove:
    """Shut the fiscal year that ends in `year` for good, once its last month is closed and its closing entry stands."""
    head = lock(book)
    month = periods.month_of(periods.year_last(year, book.fiscal_year_starts))
    if month <= head.year_closed_through:
        raise Refused(_("ปีบัญชีนี้ปิดแล้ว"))
    if month > head.closed_through:
        raise Refused(_("โปรดปิดงวดเดือน %(month)s ก่อน") % {"month": month_words(month)})
    return _move(head, month, closed=True, year=True, by=by, by_name=by_name, at=at)


def _move(
    head: BookHead, month: int, *, closed: bool, by: str, by_name: str, at: datetime, year: bool = False, second: str = "",
    second_name: str = "", reason: str = "",
) -> PeriodMove:  # fmt: skip
    if year:
        head.year_closed_through = month
    else:
        head.closed_through = month if closed else periods.before(month)
    head.save(update_fields=["closed_through", "year_closed_through"])
    return PeriodMove.objects.create(
        book_id=head.pk, month=month, year=year, closed=closed, position=head.entries, by=by, by_name=by_name,
        second=second, second_name=second_name, reason=reason, at=at,
    )  # fmt: skip
