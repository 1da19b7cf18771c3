"""How a month stands: closed or open, and what to look at before it is closed or checked."""

from datetime import date
from typing import NamedTuple

from django.db.models import Count, Max, Q
from django.utils.translation import gettext as _

from sajja.groups.models import GroupBook
from sajja.ledger import periods, queries
from sajja.ledger.models import Account, BookHead, Entry, Numbering, PeriodMove
from sajja.lib.money import baht
from sajja.lib.thai_dates import short
from sajja.treasury import chart
from sajja.treasury.models import BankAccount, CashCount, CollectingDay, MonthCheck, Reconciliation, ReopenRequest, Second
from sajja.treasury.queries import statements


class Fact(NamedTuple):
    """A thing to look at: what is asked, the figure that answers it, whether it is well (None: there is nothing to ask)."""

    key: str
    words: str
    figure: str
    passed: bool | None


class MonthLine(NamedTuple):
    """A month of a book: whether it is closed, by whom and when it was closed last, whether it may be closed now."""

    month: int
    closed: bool
    move: PeriodMove | None
    next_to_close: bool
    check: MonthCheck | None


def next_month(kept: GroupBook) -> int:
    """The first month that is not closed."""
    head = BookHead.objects.get(book=kept.book)
    return periods.after(head.closed_through) if head.closed_through else periods.month_of(kept.book.opened_on)


def month_lines(kept: GroupBook, today: date) -> list[MonthLine]:
    """Every month of the book until today's, newest first."""
    head = BookHead.objects.get(book=kept.book)
    first = periods.month_of(kept.book.opened_on)
    due = periods.after(head.closed_through) if head.closed_through else first
    moves = {move.month: move for move in PeriodMove.objects.filter(book=kept.book, year=False).order_by("pk")}
    checks = {check.month: check for check in MonthCheck.objects.filter(kept=kept).order_by("pk")}
    return [
        MonthLine(
            month, month <= head.closed_through, moves.get(month), month == due and today > periods.last_day(month),
            checks.get(month),
        )
        for month in reversed(periods.months(first, periods.month_of(today)))
    ]  # fmt: skip


def waiting_request(kept: GroupBook) -> ReopenRequest | None:
    """The asking to reopen that nobody has answered yet."""
    return ReopenRequest.objects.filter(kept=kept, answer__isnull=True).first()


def month_facts(kept: GroupBook, month: int) -> list[Fact]:
    """What the audit committee asks of a month, each with its figure; a fixed number of queries."""
    span = statements.month_span(month)
    return [
        _counted(kept, *span),
        _reconciled(kept, *span),
        _numbered(kept, span.last),
        _confirmed(kept),
        _never_below(kept, *span),
        _balanced(kept, span.last),
    ]


def _counted(kept: GroupBook, first: date, last: date) -> Fact:
    words = _("นับเงินสดตรงกับบัญชี")
    count = CashCount.objects.filter(kept=kept, on__gte=first, on__lte=last).order_by("-on", "-pk").first()
    days = list(CollectingDay.objects.filter(kept=kept, date__gte=first, date__lte=last).order_by("date", "sheet"))
    uncounted = sum(1 for day in days if day.counted_satang is None)
    found = [(count.on, count.difference, count.entry_id is not None)] if count else []
    found += [(d.date, d.difference, d.difference_entry_id is not None) for d in days if d.counted_satang is not None]
    if not found:
        return Fact("counted", words, _("ยังไม่มีการนับในเดือนนี้"), passed=False)
    on, difference, booked = max(found)
    figure = _("นับล่าสุด %(day)s ต่างกัน %(difference)s บาท วันส่งเงินที่ยังไม่นับ %(days)s ใบ") % {
        "day": short(on), "difference": baht(difference), "days": uncounted,
    }  # fmt: skip
    return Fact("counted", words, figure, (difference == 0 or booked) and not uncounted)


def _reconciled(kept: GroupBook, first: date, last: date) -> Fact:
    words = _("เทียบบัญชีธนาคารแล้ว")
    banks = BankAccount.objects.filter(kept=kept, opened__lte=last).exclude(ended__lt=first)
    total = banks.count()
    if not total:
        bank = Account.objects.filter(book=kept.book, code=chart.BANK).aggregate(most=Max("balance"))["most"]
        return Fact("reconciled", words, _("ยังไม่ได้บันทึกบัญชีธนาคาร") if bank else "", passed=False if bank else None)
    found = Reconciliation.objects.filter(kept=kept, bank__in=banks, ends__gte=first, ends__lte=last, done_at__isnull=False)
    done = found.values("bank").distinct().count()
    return Fact("reconciled", words, _("%(done)s จาก %(total)s บัญชี") % {"done": done, "total": total}, done == total)


def _numbered(kept: GroupBook, last: date) -> Fact:
    book = kept.book
    year = periods.fiscal_year(last, book.fiscal_year_starts)
    numbering = Numbering.objects.filter(book=book, year=year).first()
    entries = Entry.objects.filter(book=book, year=year).aggregate(most=Max("number"))["most"] or 0
    there = Entry.objects.filter(book=book, year=year).count()
    receipts = queries.movements_in(book).filter(entry__year=year, receipt__isnull=False).order_by().values("receipt")
    given, said = receipts.distinct().count(), numbering.receipts if numbering else 0
    figure = _("ใบสำคัญ %(there)s จาก %(most)s ใบรับเงิน %(given)s จาก %(said)s") % {
        "there": there, "most": entries, "given": given, "said": said,
    }  # fmt: skip
    return Fact("numbered", _("เลขที่ใบสำคัญและใบรับเงินไม่ขาดช่วง"), figure, (there, given) == (entries, said))


def _confirmed(kept: GroupBook) -> Fact:
    waits, doubted = Q(confirmed_at__isnull=True), Q(pin_doubtful=True)
    found = Second.objects.filter(kept=kept).aggregate(waiting=Count("pk", filter=waits), doubted=Count("pk", filter=doubted))
    figure = _("รอลงชื่อ %(waiting)s รายการ ลงชื่อด้วยรหัสที่ยังไม่รับรอง %(doubted)s รายการ") % found
    return Fact("confirmed", _("ผู้ลงชื่อคนที่สองยืนยันครบ"), figure, not any(found.values()))


def _never_below(kept: GroupBook, first: date, last: date) -> Fact:
    heading = Account.objects.get(book=kept.book, code=chart.CASH)
    opening, moves = statements.ledger_account(heading, statements.Span(first, last), names=False)
    by_day: dict[date, int] = {}
    for move in moves:
        came, went = move.amounts[0]
        opening += came - went
        by_day[move.day] = opening
    below = sum(1 for balance in by_day.values() if balance < 0)
    return Fact("never_below", _("เงินสดไม่ติดลบทุกวัน"), _("ติดลบ %(days)s วัน") % {"days": below}, below == 0)


def _balanced(kept: GroupBook, last: date) -> Fact:
    found = statements.trial_balance(kept.book, last)
    figure = _("เดบิต %(debits)s เครดิต %(credits)s") % {"debits": baht(found.debits), "credits": baht(found.credits)}
    return Fact("balanced", _("งบทดลองลงตัว"), figure, found.debits == found.credits)


class Standing(NamedTuple):
    """What a book's home and a group's page show of it; satang."""

    cash: int
    bank: int
    pledged: int
    special: int
    loans: int
    closed_through: int
    entries: int
    hash: str

    @property
    def money(self) -> int:
        """Cash and bank together."""
        return self.cash + self.bank


def standing(kept: GroupBook) -> Standing:
    """Now; two queries."""
    codes = (chart.CASH, chart.BANK, chart.PLEDGED, chart.SPECIAL, chart.LOANS)
    found = {account.code: account.standing for account in Account.objects.filter(book=kept.book, code__in=codes)}
    head = BookHead.objects.get(book=kept.book)
    cash, bank, pledged, special, loans = (found.get(code, 0) for code in codes)
    return Standing(cash, bank, pledged, special, loans, head.closed_through, head.entries, head.hash)


def month_money(kept: GroupBook, month: int) -> tuple[int, int]:
    """What came in and went out of cash and bank in a month, moves between them left out."""
    passed = statements.receipts_payments(kept.book, statements.month_span(month))
    return passed.total_received, passed.total_paid
