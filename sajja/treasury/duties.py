"""What waits in the books: collecting days, signatures, too much cash, late loans, months and years to close or to check."""

from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.groups.models import GroupBook
from sajja.ledger import periods
from sajja.ledger.models import BookHead
from sajja.lib.duties import Duty
from sajja.lib.money import baht
from sajja.lib.thai_dates import short
from sajja.org.door import holds, scoped
from sajja.org.models import Person
from sajja.org.permissions import P
from sajja.treasury.models import AuditOpinion, CollectingDay, Loan, LoanStateNow, MonthCheck, ReopenRequest, YearEnd
from sajja.treasury.queries.arrears import Late, Untold, late_in
from sajja.treasury.queries.cash import above_limit, bank_by
from sajja.treasury.queries.closing import next_month, waiting_request
from sajja.treasury.queries.collecting import days_due, uncounted
from sajja.treasury.queries.seconds import unvouched, waiting
from sajja.treasury.queries.sharing import long_unpaid, to_share
from sajja.treasury.queries.yearend import Year, open_years
from sajja.treasury.statement import month_words

CLOSE_WITHIN_DAYS = 10
CLOSE_YEAR_WITHIN_DAYS = 60
COMES_UP_DAYS = 3


def duties(person: Person, today: date) -> list[Duty]:
    """Months to close for who closes them, askings to answer for who may agree; none for people of the offices."""
    return [
        *_to_collect(person, today),
        *_to_confirm(person),
        *_to_vouch(person),
        *_to_close(person, today),
        *_to_answer(person),
        *_to_lend(person),
        *_to_chase(person, today),
        *_to_close_year(person, today),
        *_to_judge(person),
        *_to_share(person, today),
        *_to_check(person, today),
    ]


def due_of(person: Person, kept: GroupBook, today: date) -> list[Duty]:
    """What is due in one book, whoever does it; with an address only for who may."""
    found = []
    inside = holds(person, P.SEE_ACCOUNTS, kept.group.unit)
    if asked := waiting_request(kept):
        may = holds(person, P.APPROVE_BOOKS, kept.group.unit) and person.key != asked.by
        found.append(_answer(asked, may=may, words=inside))
    if inside:
        found += _inside(kept, today, keeps=holds(person, P.KEEP_BOOKS, kept.group.unit))
        found += _lending(person, kept)
        found += _chase(late_in([kept], today), may=holds(person, P.KEEP_LOANS, kept.group.unit))
    month = next_month(kept)
    if periods.last_day(month) < today:
        found.append(_close(kept, month, may=holds(person, P.CLOSE_MONTH, kept.group.unit)))
    if (year := open_years([kept], today).get(kept.pk)) and month > year.last_month:
        found.append(_close_year(year, today, may=holds(person, P.CLOSE_YEAR, kept.group.unit)))
    if inside:
        found += [_share_out(ended, may=holds(person, P.CLOSE_YEAR, kept.group.unit)) for ended in to_share([kept])]
        found += _unfetched([kept], today)
    return found


def _inside(kept: GroupBook, today: date, *, keeps: bool) -> list[Duty]:
    """What the group's own committee sees: the sheet of the month, cash above its limit, signatures that are awaited."""
    found = []
    found += [_collect(kept, on, today, may=keeps) for on in days_due([kept], today)[kept.pk] if _comes_up(on, today)]
    found += [_count(day, may=keeps) for day in uncounted([kept], today)]
    for row in above_limit(kept, today):
        url = reverse("treasury:cash_to_bank", args=[kept.book_id]) if keeps else ""
        keeper = row.holding.keeper
        title = _("เงินสดที่ %(name)s เก็บ เกินที่ตั้งไว้") % {"name": keeper.name} if keeper else _("เงินสดเกินที่ตั้งไว้")
        note = _("มี %(cash)s บาท เก็บได้ไม่เกิน %(limit)s บาท") % {"cash": baht(row.holding.satang), "limit": baht(row.limit)}
        due_on = bank_by(kept, row, today)
        found.append(Duty(title, kept.group.name, due_on, url, _("นำฝากธนาคาร"), note=note, path=kept.group.unit.path))
    if count := waiting(kept):
        found.append(_confirm(kept, count))
    if count := unvouched([kept.group_id])[kept.group_id]:
        found.append(_vouch(kept, count))
    return found


def _to_collect(person: Person, today: date) -> list[Duty]:
    """Sheets that are due or were missed, posted ones whose cash nobody counted; five queries however many books."""
    books = scoped(person, P.KEEP_BOOKS, GroupBook.objects.filter(is_savings=True, group__closed_on__isnull=True))
    kept_books = list(books.select_related("group__unit", "book").order_by("pk"))
    due = days_due(kept_books, today)
    found = [_collect(kept, on, today, may=True) for kept in kept_books for on in due[kept.pk] if _comes_up(on, today)]
    return [*found, *(_count(day, may=True) for day in uncounted(kept_books, today))]


def _to_confirm(person: Person) -> list[Duty]:
    books = scoped(person, P.KEEP_BOOKS, GroupBook.objects.select_related("group__unit", "book").order_by("pk"))
    unsigned = _counted(books, Count("seconds", filter=Q(seconds__confirmed_at__isnull=True)))
    return [_confirm(kept, count) for kept, count in unsigned]


def _to_vouch(person: Person) -> list[Duty]:
    """For the chair, who can ask the people themselves; two queries however many books."""
    books = scoped(
        person, P.APPROVE_BOOKS, GroupBook.objects.filter(is_savings=True).select_related("group__unit").order_by("pk")
    )
    counts = unvouched([kept.group_id for kept in books])
    return [_vouch(kept, counts[kept.group_id]) for kept in books if counts[kept.group_id]]


def _vouch(kept: GroupBook, count: int) -> Duty:
    url = reverse("treasury:pins", args=[kept.book_id])
    title = _("รับรองรหัส PIN %(count)s คน") % {"count": count}
    note = _("รหัสที่ตั้งจากเครื่องเหรัญญิก เจ้าตัวหรือประธานรับรองว่าตั้งเอง")
    return Duty(title, kept.group.name, None, url, _("ดูรายชื่อ"), note=note, path=kept.group.unit.path)


def _comes_up(on: date, today: date) -> bool:
    return (on - today).days <= COMES_UP_DAYS


def _collect(kept: GroupBook, on: date, today: date, *, may: bool) -> Duty:
    """The sheet of this month, or of an earlier one that has none."""
    url, path = reverse("treasury:collect", args=[kept.book_id]) if may else "", kept.group.unit.path
    if periods.month_of(on) == periods.month_of(today):
        return Duty(_("รับเงินวันส่งเงินสัจจะ"), kept.group.name, on, url, _("เปิดใบรับเงิน"), path=path)
    title = _("ลงวันส่งเงินสัจจะเดือน %(month)s ที่ยังไม่ได้ลง") % {"month": month_words(periods.month_of(on))}
    note = _("กรอกจากใบเขียนมือของวันนั้น ถ้าไม่มีใครส่ง ให้ปิดงวดเดือนนั้น")
    return Duty(title, kept.group.name, on, url and f"{url}?day={on}", _("เปิดใบรับเงิน"), note=note, path=path)


def _count(day: CollectingDay, *, may: bool) -> Duty:
    kept = day.kept
    url = reverse("treasury:new_count", args=[kept.book_id]) if may else ""
    title = _("นับเงินสดของวันส่งเงินสัจจะ %(day)s") % {"day": short(day.date)}
    note = _("ลงบัญชีแล้วแต่ยังไม่ได้นับเงิน")
    return Duty(title, kept.group.name, None, url, _("นับเงินสด"), note=note, path=kept.group.unit.path)


def _confirm(kept: GroupBook, count: int) -> Duty:
    url = reverse("treasury:unconfirmed", args=[kept.book_id])
    title = _("รอผู้ลงชื่อคนที่สอง %(count)s รายการ") % {"count": count}
    return Duty(title, kept.group.name, None, url, _("ดูรายการ"), path=kept.group.unit.path)


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


def _to_check(person: Person, today: date) -> list[Duty]:
    """The newest month that is over, where the audit committee has not signed its check; two queries."""
    month = periods.before(periods.month_of(today))
    books = scoped(person, P.AUDIT_BOOKS, GroupBook.objects.select_related("group__unit", "book").order_by("pk"))
    signed = MonthCheck.objects.filter(month=month, kept__in=books).values_list("kept", flat=True)
    unsigned = books.exclude(pk__in=signed).filter(group__closed_on__isnull=True, book__opened_on__lte=periods.last_day(month))
    return [_check(kept, month) for kept in unsigned]


def _check(kept: GroupBook, month: int) -> Duty:
    url = reverse("treasury:sign_check", args=[kept.book_id, month])
    title = _("ตรวจบัญชีเดือน %(month)s และลงชื่อ") % {"month": month_words(month)}
    due = date.fromordinal(periods.last_day(month).toordinal() + CLOSE_WITHIN_DAYS)
    return Duty(title, kept.group.name, due, url, _("ดูและลงชื่อ"), path=kept.group.unit.path)


def _close(kept: GroupBook, month: int, *, may: bool) -> Duty:
    due = date.fromordinal(periods.last_day(month).toordinal() + CLOSE_WITHIN_DAYS)
    url = reverse("treasury:close_month", args=[kept.book_id, month]) if may else ""
    title = _("ปิดงวดเดือน %(month)s") % {"month": month_words(month)}
    return Duty(title, kept.group.name, due, url, _("ดูก่อนปิดงวด"), path=kept.group.unit.path)


def _answer(asked: ReopenRequest, *, may: bool, words: bool = True) -> Duty:
    """Typed words may hold a member's name: offices above do not read them."""
    kept = asked.kept
    url = reverse("treasury:answer_reopening", args=[kept.book_id, asked.month]) if may else ""
    words_of = _("ตอบคำขอเปิดงวดเดือน %(month)s") if may else _("รอประธานตอบคำขอเปิดงวดเดือน %(month)s")
    title = words_of % {"month": month_words(asked.month)}
    return Duty(title, kept.group.name, None, url, _("อ่านและตอบ"), note=asked.reason if words else "", path=kept.group.unit.path)


def _to_lend(person: Person) -> list[Duty]:
    """Applications for who records what was resolved, approved loans for who pays; two queries however many books."""
    books = GroupBook.objects.select_related("group__unit", "book").order_by("pk")
    asked = _counted(scoped(person, P.DECIDE_LOANS, books), Count("loans", filter=Q(loans__state=LoanStateNow.APPLIED)))
    agreed = _counted(scoped(person, P.KEEP_BOOKS, books), Count("loans", filter=Q(loans__state=LoanStateNow.APPROVED)))
    return [
        *(_decide(kept, count, may=True) for kept, count in asked),
        *(_pay_out(kept, count, may=True) for kept, count in agreed),
    ]


def _counted(books: QuerySet[GroupBook], what: Count) -> list[tuple[GroupBook, int]]:
    """The books that have some of it, with how many; one query."""
    return [(kept, kept.waiting) for kept in books.annotate(waiting=what) if kept.waiting]


def _lending(person: Person, kept: GroupBook) -> list[Duty]:
    """The same of one book, whoever does it."""
    states = Loan.objects.filter(kept=kept, state__in=[LoanStateNow.APPLIED, LoanStateNow.APPROVED])
    counted = dict(states.values_list("state").annotate(count=Count("pk")))
    unit, found = kept.group.unit, []
    if asked := counted.get(LoanStateNow.APPLIED):
        found.append(_decide(kept, asked, may=holds(person, P.DECIDE_LOANS, unit)))
    if agreed := counted.get(LoanStateNow.APPROVED):
        found.append(_pay_out(kept, agreed, may=holds(person, P.KEEP_BOOKS, unit)))
    return found


def _decide(kept: GroupBook, count: int, *, may: bool) -> Duty:
    url = reverse("treasury:decide_loans", args=[kept.book_id]) if may else ""
    title = _("ลงมติคำขอกู้ %(count)s คำขอ") % {"count": count}
    return Duty(title, kept.group.name, None, url, _("บันทึกมติ"), path=kept.group.unit.path)


def _pay_out(kept: GroupBook, count: int, *, may: bool) -> Duty:
    url = reverse("treasury:loans", args=[kept.book_id]) + "?state=waiting" if may else ""
    title = _("จ่ายเงินกู้ที่อนุมัติแล้ว %(count)s สัญญา") % {"count": count}
    return Duty(title, kept.group.name, None, url, _("ดูสัญญา"), path=kept.group.unit.path)


def _to_chase(person: Person, today: date) -> list[Duty]:
    """Loans that are late, and letters that the law wants sent to their guarantors."""
    books = scoped(person, P.KEEP_LOANS, GroupBook.objects.filter(is_savings=True, group__closed_on__isnull=True))
    return _chase(late_in(books, today), may=True)


def _chase(found: list[Late], *, may: bool) -> list[Duty]:
    duties = []
    for late in found:
        place, path = late.kept.group.name, late.kept.group.unit.path
        url = reverse("treasury:arrears", args=[late.kept.book_id])
        title = _("ตามหนี้ที่เลยกำหนด %(count)s สัญญา") % {"count": late.loans}
        note = _("ค้างรวม %(satang)s บาท") % {"satang": baht(late.satang)}
        duties.append(Duty(title, place, None, url, _("ดูรายชื่อ"), note=note, path=path))
        over, still = ([row for row in late.untold if row.in_time == in_time] for in_time in (False, True))
        duties.extend(_tell(late.kept, rows, may=may) for rows in (over, still) if rows)
    return duties


def _tell(kept: GroupBook, rows: list[Untold], *, may: bool) -> Duty:
    """The letters of the loan whose day comes first, and how many loans come after it: a home of a hundred lines tells nothing."""
    first = rows[0]
    url = reverse("treasury:loan", args=[first.loan.pk]) if may else ""
    title = _("แจ้งผู้ค้ำสัญญา %(number)s เป็นหนังสือ %(count)s คน") % {"number": first.loan.number, "count": first.guarantors}
    note = (
        _("ภายใน 60 วันนับแต่ผิดนัด ถ้าพ้นกำหนด ผู้ค้ำพ้นจากดอกเบี้ยและค่าปรับหลังจากนั้น")
        if first.in_time
        else _("พ้น 60 วันแล้ว ผู้ค้ำยังรับผิดในเงินต้น แต่พ้นจากดอกเบี้ยและค่าปรับหลังจากนั้น")
    )
    if others := len(rows) - 1:
        note = f"{note} {_('ยังมีอีก %(count)s สัญญา') % {'count': others}}"
    return Duty(title, kept.group.name, first.by, url, _("ดูสัญญา"), note=note, path=kept.group.unit.path)


def _to_close_year(person: Person, today: date) -> list[Duty]:
    """Years that are over, for who closes them; four queries however many books."""
    books = scoped(person, P.CLOSE_YEAR, GroupBook.objects.filter(is_savings=True, group__closed_on__isnull=True))
    kept_books = list(books.select_related("group__unit", "book").order_by("pk"))
    return [_close_year(year, today, may=True) for year in open_years(kept_books, today).values()]


def _close_year(year: Year, today: date, *, may: bool) -> Duty:
    due = date.fromordinal(year.last.toordinal() + CLOSE_YEAR_WITHIN_DAYS)
    url = reverse("treasury:year", args=[year.kept.book_id, year.number]) if may else ""
    note = _("สิ้นปีบัญชีมาแล้ว %(days)s วัน") % {"days": (today - year.last).days}
    title = _("ปิดบัญชีปี %(year)s") % {"year": year.label}
    return Duty(title, year.kept.group.name, due, url, _("ดูว่าเหลืออะไร"), note=note, path=year.kept.group.unit.path)


def _to_judge(person: Person) -> list[Duty]:
    """Closed years of which the audit committee has not said anything yet."""
    said = AuditOpinion.objects.filter(kept=OuterRef("kept"), year=OuterRef("year"))
    rows = YearEnd.objects.exclude(Exists(said)).exclude(by=person.key).select_related("kept__group__unit", "kept__book")
    found = []
    for ended in scoped(person, P.AUDIT_BOOKS, rows).order_by("pk"):
        url = reverse("treasury:opinion", args=[ended.kept.book_id, ended.year])
        title = _("ให้ความเห็นต่องบปี %(year)s") % {"year": ended.year + 543}
        path = ended.kept.group.unit.path
        found.append(Duty(title, ended.kept.group.name, None, url, _("ดูงบและลงความเห็น"), path=path))
    return found


def _to_share(person: Person, today: date) -> list[Duty]:
    """A surplus that waits for the general meeting; shares that nobody fetched for long; four queries however many books."""
    mine = GroupBook.objects.filter(is_savings=True, group__closed_on__isnull=True).select_related("group__unit").order_by("pk")
    found = [_share_out(ended, may=True) for ended in to_share(scoped(person, P.CLOSE_YEAR, mine))]
    return found + _unfetched(list(scoped(person, P.KEEP_BOOKS, mine)), today)


def _share_out(ended: YearEnd, *, may: bool) -> Duty:
    kept = ended.kept
    url = reverse("treasury:sharing", args=[kept.book_id, ended.year]) if may else ""
    words = _("จัดสรรกำไรปี %(year)s ตามมติที่ประชุมใหญ่") if ended.surplus_satang > 0 else _("ลงมติเรื่องผลขาดทุนปี %(year)s")
    note = _("ประชุมใหญ่ บันทึกมติ แล้วลงบัญชี")
    return Duty(
        words % {"year": ended.label}, kept.group.name, None, url, _("ดูว่าแต่ละคนได้เท่าไร"), note=note, path=kept.group.unit.path
    )


def _unfetched(books: list[GroupBook], today: date) -> list[Duty]:
    long = long_unpaid(books, today)
    found = []
    for kept in books:
        if kept.pk in long:
            people, satang, oldest = long[kept.pk]
            title = _("ปันผลค้างจ่าย %(count)s คน %(satang)s บาท") % {"count": people, "satang": baht(satang)}
            note = _("ค้างตั้งแต่ประชุมใหญ่ %(day)s ตามให้มารับ") % {"day": short(oldest)}
            url = reverse("treasury:unpaid_shares", args=[kept.book_id])
            found.append(Duty(title, kept.group.name, None, url, _("ดูรายชื่อ"), note=note, path=kept.group.unit.path))
    return found
