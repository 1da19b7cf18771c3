"""Closing a month, asking to open it again and answering, signing the month's check."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from sajja.audit.actions import Doer, record
from sajja.audit.acts import act
from sajja.groups.models import GroupBook
from sajja.ledger import actions as ledger
from sajja.ledger import chain
from sajja.ledger.actions.posting import lock
from sajja.ledger.models import BookHead, PeriodMove
from sajja.lib.refusals import Refused
from sajja.treasury.models import MonthCheck, ReopenAnswer, ReopenRequest
from sajja.web import clock


@act
def close_month(*, by: Doer, kept: GroupBook, month: int, at: datetime | None = None) -> PeriodMove:
    """Close a month (202106) that is over, in its turn; nothing is posted into it any more."""
    move = ledger.close_month(book=kept.book, month=month, by=by.key, by_name=str(by.full_name), at=at or clock.now())
    record(by, "treasury.close_month", kept.book, kept.group.unit.path, at=at, month=month, entries=move.position)
    return move


@act
def reopen_month(*, by: Doer, kept: GroupBook, month: int, second: Doer, reason: str, at: datetime | None = None) -> PeriodMove:
    """Open the newest closed month again; `second` is another person who agreed."""
    return _reopen(by.key, str(by.full_name), kept, month, second, reason, at)


def _reopen(
    asked_by: str, asked_by_name: str, kept: GroupBook, month: int, second: Doer, reason: str, at: datetime | None
) -> PeriodMove:
    move = ledger.reopen_month(
        book=kept.book, month=month, by=asked_by, by_name=asked_by_name, second=second.key,
        second_name=str(second.full_name), reason=reason, at=at or clock.now(),
    )  # fmt: skip
    record(second, "treasury.reopen_month", kept.book, kept.group.unit.path, at=at, month=month, reason=reason, asked_by=asked_by)
    return move


@act
def ask_to_reopen(*, by: Doer, kept: GroupBook, month: int, reason: str, at: datetime | None = None) -> ReopenRequest:
    """Ask the chair to open the newest closed month again."""
    head = lock(kept.book)
    if month != head.closed_through:
        raise Refused(_("ขอเปิดได้เฉพาะงวดที่ปิดล่าสุด โปรดเปิดทีละงวดย้อนขึ้นไป"))
    if month <= head.year_closed_through:
        raise Refused(_("ปีบัญชีนี้ปิดแล้ว เปิดงวดอีกไม่ได้ โปรดลงรายการแก้ในปีถัดไป"))
    if ReopenRequest.objects.filter(kept=kept, answer__isnull=True).exists():
        raise Refused(_("มีคำขอเปิดงวดที่ยังรอคำตอบอยู่"))
    asked = ReopenRequest.objects.create(
        kept=kept, month=month, reason=reason, by=by.key, by_name=str(by.full_name), at=at or clock.now()
    )
    record(by, "treasury.ask_to_reopen", kept.book, kept.group.unit.path, at=at, month=month, reason=reason)
    return asked


@act
def answer_reopening(
    *, by: Doer, asked: ReopenRequest, agreed: bool, words: str = "", at: datetime | None = None
) -> ReopenAnswer:
    """Agree, and the month is open again; or refuse, with words. Never by the one who asked, never twice."""
    kept = asked.kept
    if by.key == asked.by:
        raise Refused(_("ผู้ขอเปิดงวดอนุมัติคำขอของตนเองไม่ได้"))
    if not agreed and not words:
        raise Refused(_("โปรดบอกเหตุผลที่ไม่อนุมัติ"), "words")
    lock(kept.book)
    if ReopenAnswer.objects.filter(request=asked).exists():
        raise Refused(_("คำขอนี้มีคำตอบแล้ว"))
    answer = ReopenAnswer.objects.create(
        request=asked, agreed=agreed, words=words, asked_by=asked.by, by=by.key, by_name=str(by.full_name),
        at=at or clock.now(),
    )  # fmt: skip
    if agreed:
        _reopen(asked.by, asked.by_name, kept, asked.month, by, asked.reason, at)
    else:
        record(by, "treasury.refuse_reopening", kept.book, kept.group.unit.path, at=at, month=asked.month, words=words)
    return answer


@act
def sign_month_check(
    *, by: Doer, kept: GroupBook, month: int, lines: Sequence[dict[str, object]], words: str = "",
    at: datetime | None = None,
) -> MonthCheck:  # fmt: skip
    """Sign the check of a month with its lines as they were read; later figures do not change it."""
    head = BookHead.objects.get(book=kept.book)
    check = MonthCheck.objects.create(
        kept=kept, month=month, lines=list(lines), head=chain.printed(kept.book.code, head.entries, head.hash), words=words,
        by=by.key, by_name=str(by.full_name), at=at or clock.now(),
    )  # fmt: skip
    passed = sum(1 for line in lines if line["passed"])
    record(by, "treasury.sign_month_check", kept.book, kept.group.unit.path, at=at, month=month, passed=passed, of=len(lines))
    return check
