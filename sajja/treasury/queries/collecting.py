"""Reads of the collecting day: what each member owes, the sheet as it will be called, a posted day with its corrections."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from sajja.groups.models import GroupBook, Member, Regulation
from sajja.groups.queries import active_on, committee_on, pledge_history, regulation_on
from sajja.ledger import periods
from sajja.ledger import queries as ledger
from sajja.ledger.models import BookHead, Entry, Movement
from sajja.lib import money
from sajja.lib.thai_dates import month_name
from sajja.treasury import chart, collecting, signing
from sajja.treasury.collecting import Due, Line
from sajja.treasury.models import BookRules, CashCount, CollectingDay, MemberAccount, SheetColumn, SheetLine
from sajja.treasury.queries.books import rules_on
from sajja.treasury.queries.loans import LoanStanding, by_member
from sajja.web import clock

USUAL_DAY = 5
COUNT_WITHIN_DAYS = 15
MISSED_MONTHS = 3


class Row(NamedTuple):
    """A member as the treasurer calls him: what is due, what stands on his accounts, what is suggested.

    `settled`: he stands on an earlier sheet of the month and nothing is due any more.
    """

    member: Member
    due: Due
    pledged: int
    special: int
    fine: int
    fee: int
    settled: bool
    loans: tuple[LoanStanding, ...] = ()

    @property
    def owes(self) -> int:
        """What is due on his loans on the day: fines, interest, principal."""
        return sum(one.due for one in self.loans)

    @property
    def overdue(self) -> int:
        """What of it is late."""
        return sum(one.overdue_principal + one.overdue_interest for one in self.loans)


class Sheet(NamedTuple):
    """The sheet of a day before it is posted. `number` is 0 for the month's own, else that of the supplementary sheet."""

    rows: list[Row]
    columns: list[SheetColumn]
    rules: BookRules
    number: int
    earlier: list[CollectingDay]

    @property
    def lends(self) -> bool:
        """Whether anyone on it has a loan."""
        return any(row.loans for row in self.rows)


def collecting_day_of(regulation: Regulation | None) -> int:
    """The day of the month on which the group collects."""
    return regulation.collecting_day if regulation else USUAL_DAY


def dues_on(kept: GroupBook, day: date) -> dict[int, Due]:
    """Member's key → what is due on that day."""
    return {row.member.pk: row.due for row in sheet_on(kept, day).rows}


def sheet_on(kept: GroupBook, day: date) -> Sheet:
    """The whole group on a day, in a fixed number of queries; what stands is as of the end of that day."""
    members = list(active_on(kept.group, day).filter(ended_on__isnull=True))
    history, rules, month = pledge_history(kept.group), rules_on(kept, day), periods.month_of(day)
    earlier = sheets_in(kept, month)
    stood = standings(kept, day)
    usual = collecting_day_of(regulation_on(kept.group, day))
    began = min([*(sheet.date for sheet in earlier), day])
    grace = timedelta(days=rules.grace_days)
    this_late = day > began + grace
    last_late = day > collecting.day_in(periods.before(month), usual) + grace
    opened = periods.month_of(kept.book.opened_on)
    loans = by_member(kept, day, max(day, clock.today()))
    seen = set(SheetLine.objects.filter(day__in=earlier).values_list("member", flat=True)) if earlier else set()
    rows = []
    for member in members:
        now = stood.get(member.pk, NONE)
        first = max(opened, periods.month_of(member.joined_on))
        owed = collecting.due(history.get(member.pk, []), first, month, now.paid, this_late=this_late, last_late=last_late)
        joined_now = periods.month_of(member.joined_on) == month and not now.pledged
        rows.append(
            Row(
                member, owed, now.pledged, now.special, rules.late_fine_satang * owed.late,
                rules.entry_fee_satang if joined_now else 0, member.pk in seen and not owed.now, tuple(loans.get(member.pk, ())),
            )
        )  # fmt: skip
    columns = list(SheetColumn.objects.filter(kept=kept, active=True).order_by("position", "pk"))
    return Sheet(rows, columns, rules, len(earlier), earlier)


class Stood(NamedTuple):
    """What a member has, in satang; `paid` since the book or the transfer that brought the rest in."""

    pledged: int
    special: int
    paid: int


NONE = Stood(0, 0, 0)


def standings(kept: GroupBook, day: date | None) -> dict[int, Stood]:
    """Member's key → savings at the end of a day; two queries."""
    found = MemberAccount.objects.filter(member__group=kept.group_id, control__in=[chart.PLEDGED, chart.SPECIAL])
    rows = list(found.values_list("member_id", "control", "account_id", "base_satang"))
    balances = ledger.balances_on(kept.book, [account for _member, _control, account, _base in rows], day)
    held: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for member, control, account, base in rows:
        held[member][control] = -balances[account]
        if control == chart.PLEDGED:
            held[member]["base"] = base
    return {
        member: Stood(its.get(chart.PLEDGED, 0), its.get(chart.SPECIAL, 0), its.get(chart.PLEDGED, 0) - its.get("base", 0))
        for member, its in held.items()
    }


def sheets_in(kept: GroupBook, month: int) -> list[CollectingDay]:
    """The posted sheets of a month, in their order."""
    found = CollectingDay.objects.filter(kept=kept, date__gte=periods.first_day(month), date__lte=periods.last_day(month))
    return list(found.select_related("entry").order_by("sheet"))


class Written(NamedTuple):
    """A line of a posted sheet; `back` the entry that took its receipt back, `right` the line that stands in its place."""

    line: SheetLine
    back: Entry | None
    right: SheetLine | None


def written_lines(day: CollectingDay) -> list[Written]:
    """The lines of a posted sheet in the order of its receipts, with what became of each."""
    lines = SheetLine.objects.filter(day=day).select_related(
        "member", "brought_by", "bank", "corrects__day__entry", "corrected_by__day__entry"
    )
    taken = taken_back(day)
    return [Written(line, taken.get(line.receipt), getattr(line, "corrected_by", None)) for line in lines.order_by("receipt")]


def taken_back(day: CollectingDay) -> dict[int, Entry]:
    """Receipt number → the entry that took it back."""
    entry = day.entry
    receipts = dict(Movement.objects.filter(pk__gte=entry.first, pk__lt=entry.first + entry.lines).values_list("pk", "receipt"))
    backs = Movement.objects.filter(reverses_id__gte=entry.first, reverses_id__lt=entry.first + entry.lines)
    return {receipts[back.reverses_id or 0] or 0: back.entry for back in backs.select_related("entry")}


class Sums(NamedTuple):
    """What a posted sheet comes to as it was written, and what of it was taken back since."""

    people: int
    pledged: int
    special: int
    fine: int
    fee: int
    others: dict[str, int]
    loans: int
    cash: int
    transfer: int
    back: int

    @property
    def total(self) -> int:
        """Cash and transfers."""
        return self.cash + self.transfer


def sums_of(day: CollectingDay, lines: Sequence[Written]) -> Sums:
    """The sums of its lines."""
    found = [written.line for written in lines]
    others: defaultdict[str, int] = defaultdict(int)
    for line in found:
        for key, satang in line.others.items():
            others[key] += satang
    return Sums(
        len(found), sum(line.pledged for line in found), sum(line.special for line in found), sum(line.fine for line in found),
        sum(line.fee for line in found), dict(others), sum(line.loans for line in found),
        sum(line.total for line in found if line.method == collecting.CASH),
        sum(line.total for line in found if line.method == collecting.TRANSFER),
        sum(written.line.total for written in lines if written.back),
    )  # fmt: skip


def column_sums(lines: Sequence[Line], columns: Sequence[SheetColumn]) -> list[tuple[SheetColumn, int]]:
    """What each of the group's own columns takes on a sheet."""
    return [(column, sum(line.others.get(column.pk, 0) for line in lines)) for column in columns]


class Slip(NamedTuple):
    """A receipt as it is printed: its parts (words, satang), its total in figures and words."""

    line: SheetLine
    back: Entry | None
    right: SheetLine | None
    parts: list[tuple[str, int]]
    total: int
    words: str
    owed: int | None = None


def owed_after(day: CollectingDay, lines: Sequence[Written]) -> dict[int, int]:
    """Contract's account → principal that was left when the day ended; nothing is asked where nobody paid on a loan."""
    contracts = {parts[0] for written in lines for parts in written.line.loan}
    return ledger.balances_on(day.kept.book, contracts, day.date) if contracts else {}


def slip(day: CollectingDay, written: Written, columns: Sequence[SheetColumn], owed: Mapping[int, int] | None = None) -> Slip:
    """The receipt of a line; `owed` (see owed_after) says what principal is left on the loans that it paid."""
    line = written.line
    parts = [
        (_("เงินสัจจะสะสม"), line.pledged), (_("เงินสัจจะสะสมพิเศษ"), line.special), (_("ค่าปรับ"), line.fine),
        (_("ค่าธรรมเนียม"), line.fee), *((column.name, line.others.get(str(column.pk), 0)) for column in columns),
        (_("ชำระคืนเงินกู้"), sum(parts[1] for parts in line.loan)), (_("ดอกเบี้ยเงินกู้"), sum(parts[2] for parts in line.loan)),
        (_("ค่าปรับเงินกู้"), sum(parts[3] for parts in line.loan)),
    ]  # fmt: skip
    left = sum((owed or {}).get(loan[0], 0) for loan in line.loan) if line.loan else None
    return Slip(line, written.back, written.right, [part for part in parts if part[1]], line.total, money.words(line.total), left)


class DayLine(NamedTuple):
    """A posted sheet in the list: how many came, what it came to."""

    day: CollectingDay
    people: int
    pledged: int
    total: int


def posted_days(kept: GroupBook) -> QuerySet[CollectingDay]:
    """Every posted sheet, newest first; `counted_since`: its cash was counted later."""
    days = CollectingDay.objects.filter(kept=kept).annotate(counted_since=Exists(later_count()))
    return days.select_related("entry").order_by("-date", "-sheet")


def later_count() -> QuerySet[CashCount]:
    """A count of a sheet's cash on its day or after it; for a subquery of sheets."""
    return CashCount.objects.filter(account=OuterRef("cash"), on__gte=OuterRef("date"))


def day_lines(days: Sequence[CollectingDay]) -> list[DayLine]:
    """These sheets with their sums; one query."""
    people, pledged, total = Counter[int](), Counter[int](), Counter[int]()
    for line in SheetLine.objects.filter(day__in=days):
        people[line.day_id] += 1
        pledged[line.day_id] += line.pledged
        total[line.day_id] += line.total
    return [DayLine(day, people[day.pk], pledged[day.pk], total[day.pk]) for day in days]


def days_due(kept_books: Sequence[GroupBook], today: date) -> dict[int, list[date]]:
    """Book's key → the collecting days without a sheet, oldest first; three queries however many books.

    This month's, and those missed in the last months; closing a month says that nobody brought money in it.
    """
    months = periods.months(_months_back(periods.month_of(today), MISSED_MONTHS), periods.month_of(today))
    since = CollectingDay.objects.filter(kept__in=kept_books, date__gte=periods.first_day(months[0]))
    posted = {(kept, periods.month_of(on)) for kept, on in since.values_list("kept", "date")}
    heads = BookHead.objects.filter(book__in=[kept.book_id for kept in kept_books])
    closed = dict(heads.values_list("book", "closed_through"))
    by_group = rules_by_group(kept_books, today)
    return {
        kept.pk: [
            on
            for month in months
            if (kept.pk, month) not in posted and month > closed[kept.book_id]
            if (on := day_by(by_group[kept.group_id], month)) >= kept.book.opened_on
        ]
        for kept in kept_books
    }


def _months_back(month: int, count: int) -> int:
    for _one in range(count):
        month = periods.before(month)
    return month


def rules_by_group(kept_books: Sequence[GroupBook], today: date) -> dict[int, list[Regulation]]:
    """Group's key → its regulations in force by a day, oldest first; one query."""
    rules = Regulation.objects.filter(group__in=[kept.group_id for kept in kept_books], counts=True, in_force_from__lte=today)
    by_group: dict[int, list[Regulation]] = {kept.group_id: [] for kept in kept_books}
    for rule in rules.order_by("in_force_from"):
        by_group[rule.group_id].append(rule)
    return by_group


def day_by(rules: Sequence[Regulation], month: int) -> date:
    """The collecting day of a month by the last of these rules that was in force in it."""
    in_force = [rule for rule in rules if rule.in_force_from <= periods.last_day(month)]
    return collecting.day_in(month, collecting_day_of(in_force[-1] if in_force else None))


def missed(kept: GroupBook, today: date) -> list[date]:
    """The days of earlier months that have no sheet."""
    return [on for on in days_due([kept], today)[kept.pk] if periods.month_of(on) < periods.month_of(today)]


class NextDay(NamedTuple):
    """The collecting day that is next; `posted` where the month has its sheet."""

    on: date
    posted: bool


def next_due(kept: GroupBook, today: date) -> NextDay:
    """This month's collecting day."""
    month = periods.month_of(today)
    on = collecting.day_in(month, collecting_day_of(regulation_on(kept.group, today)))
    return NextDay(on, bool(sheets_in(kept, month)))


def uncounted(kept_books: Sequence[GroupBook], today: date) -> list[CollectingDay]:
    """The months' own sheets of the last days whose cash was counted neither with them nor since; one query."""
    found = CollectingDay.objects.filter(
        ~Exists(later_count()), kept__in=kept_books, sheet=0, counted__isnull=True, expected_cash_satang__gt=0,
        date__gt=today - timedelta(days=COUNT_WITHIN_DAYS), date__lte=today,
    )  # fmt: skip
    return list(found.select_related("kept__group__unit", "kept__book").order_by("date", "pk"))


def treasurer_among(kept: GroupBook, sheet: Sheet) -> Member | None:
    """The member who is the treasurer, by name; short cash is his until he says otherwise."""
    names = [person.name for person in committee_on(kept.group) if person.office == "treasurer"]
    found = [row.member for row in sheet.rows if any(signing.same_person(row.member.name, name) for name in names)]
    return found[0] if found else None


def month_of(day: date) -> int:
    """202106."""
    return periods.month_of(day)


def month_words(day: date) -> str:
    """มิถุนายน 2564."""
    return f"{month_name(day.month)} {day.year + 543}"
