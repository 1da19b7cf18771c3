"""What waits in the books: a month that ended and is not closed, an asking to reopen."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.groups.models import GroupBook
from sajja.ledger import periods
from sajja.ledger.models import BookHead
from sajja.lib.duties import Duty
from sajja.org.door import holds, scoped
from sajja.org.models import Person
from sajja.org.permissions import P
from sajja.treasury.models import ReopenRequest
from sajja.treasury.queries.closing import next_month, waiting_request
from sajja.treasury.statement import month_words

CLOSE_WITHIN_DAYS = 10


def duties(person: Person, today: date) -> list[Duty]:
    """Months to close for who closes them, askings to answer for who may agree; none for people of the offices."""
    return [*_to_close(person, today), *_to_answer(person)]


def due_of(person: Person, kept: GroupBook, today: date) -> list[Duty]:
    """What is due in one book, whoever does it; with an address only for who may."""
    found = []
    if asked := waiting_request(kept):
        found.append(_answer(asked, may=holds(person, P.APPROVE_BOOKS, kept.group.unit) and person.key != asked.by))
    month = next_month(kept)
    if periods.last_day(month) < today:
        found.append(_close(kept, month, may=holds(person, P.CLOSE_MONTH, kept.group.unit)))
    return found


def _to_close(person: Person, today: date) -> list[Duty]:
    books = scoped(person, P.CLOSE_MONTH, GroupBook.objects.select_related("group__unit", "book").order_by("pk"))
    kept_by_book = {kept.book_id: kept for kept in books.filter(group__closed_on__isnull=True)}
    heads = BookHead.objects.filter(book__in=kept_by_book)
    found = []
    for head in heads.order_by("pk"):
        kept = kept_by_book[head.pk]
        month = periods.after(head.closed_through) if head.closed_through else periods.month_of(kept.book.opened_on)
        if periods.last_day(month) < today:
            found.append(_close(kept, month, may=True))
    return found


def _to_answer(person: Person) -> list[Duty]:
    waiting = ReopenRequest.objects.filter(answer__isnull=True).select_related("kept__group__unit", "kept__book")
    return [_answer(asked, may=True) for asked in scoped(person, P.APPROVE_BOOKS, waiting) if asked.by != person.key]


def _close(kept: GroupBook, month: int, *, may: bool) -> Duty:
    due = date.fromordinal(periods.last_day(month).toordinal() + CLOSE_WITHIN_DAYS)
    url = reverse("treasury:close_month", args=[kept.book_id, month]) if may else ""
    title = _("ปิดงวดเดือน %(month)s") % {"month": month_words(month)}
    return Duty(title, kept.group.name, due, url, _("ดูก่อนปิดงวด"), path=kept.group.unit.path)


def _answer(asked: ReopenRequest, *, may: bool) -> Duty:
    kept = asked.kept
    url = reverse("treasury:answer_reopening", args=[kept.book_id, asked.month]) if may else ""
    title = _("ตอบคำขอเปิดงวดเดือน %(month)s") % {"month": month_words(asked.month)}
    return Duty(title, kept.group.name, None, url, _("อ่านและตอบ"), note=asked.reason, path=kept.group.unit.path)
