"""The figures of a book that answer an assessment (evidence.py says what each means), as it stood at the end of a day."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Final, NamedTuple

from django.db import connection
from django.db.models import Count, QuerySet, Sum

from sajja.groups.models import GroupBook, Member
from sajja.groups.queries import pledge_history
from sajja.groups.queries.members import members_of
from sajja.ledger import periods, queries
from sajja.ledger.models import Account, Entry, Movement
from sajja.ledger.sums import Heading
from sajja.lib.money import baht
from sajja.lib.thai_dates import short
from sajja.treasury import chart, evidence
from sajja.treasury.evidence import Figure
from sajja.treasury.models import (
    Appropriation,
    CashCount,
    CollectingDay,
    LoanProduct,
    MemberAccount,
    Reconciliation,
    WelfareKind,
    YearEnd,
)
from sajja.treasury.queries.books import rules_on
from sajja.treasury.queries.cash import Holding, holdings, in_use
from sajja.treasury.queries.collecting import day_by, rules_by_group
from sajja.treasury.queries.loans import LoanStanding, open_loans, standings
from sajja.treasury.queries.yearend import is_member_on
from sajja.web import clock

FRESH_DAYS: Final = 92
NOT_PAID: Final = ("opening", "transfer", "member-leaves", "member-dies")
"""Vouchers that move pledged savings without anybody bringing them."""


class Checked(NamedTuple):
    """A place where money lies, and how the last count or statement came out; `day` None: there is none that is fresh."""

    holding: Holding
    day: date | None
    difference: int
    counting: CashCount | None = None
    sheet: CollectingDay | None = None
    statement: Reconciliation | None = None

    @property
    def agrees(self) -> bool:
        """Whether it was looked at and came out even."""
        return self.day is not None and self.difference == 0


class Given(NamedTuple):
    """Welfare of one kind (or gifts, "") that was paid: how often, satang."""

    kind: str
    times: int
    satang: int


class Month(NamedTuple):
    """A month's savings: its last day to pay, member → whether on time, and its own sheet."""

    month: int
    last: date
    on_time: dict[int, bool]
    sheet: CollectingDay | None

    @property
    def good(self) -> int:
        """How many were on time."""
        return sum(self.on_time.values())


@dataclass
class Evidence:
    """A book at the end of a day, read once for all figures that are asked of it."""

    kept: GroupBook
    on: date

    @cached_property
    def since(self) -> date:
        """The first of the twelve months that are looked at; not before the book."""
        return max(_year_back(self.on), self.kept.book.opened_on)

    @cached_property
    def before(self) -> date:
        """The day before them, which figures of growth begin from."""
        return self.since - timedelta(days=1)

    @cached_property
    def headings(self) -> dict[str, Heading]:
        """Code → heading at the end of the day."""
        return {one.code: one for one in queries.headings(self.kept.book, self.on)}

    def held(self, code: str) -> int:
        """What a heading holds, from its own side."""
        its = self.headings.get(code)
        return 0 if its is None else its.balance if its.kind in "AE" else -its.balance

    @cached_property
    def members(self) -> list[Member]:
        """Everyone who is or was one, in the order of calling."""
        return list(members_of(self.kept.group))

    def members_on(self, day: date) -> list[Member]:
        """Members when a day ends."""
        return [member for member in self.members if is_member_on(member, day)]

    @cached_property
    def pledged(self) -> dict[int, int]:
        """Member's key → pledged savings at the end of the day."""
        rows = MemberAccount.objects.filter(member__group=self.kept.group_id, control=chart.PLEDGED)
        own = dict(rows.values_list("account_id", "member_id"))
        return {own[key]: -net for key, net in queries.balances_on(self.kept.book, list(own), self.on).items()}

    @cached_property
    def months(self) -> list[Month]:
        """Each month whose last day to pay is over, oldest first: who owed a pledge in it, and whether it was there."""
        days = self._pay_days()
        history, paid = pledge_history(self.kept.group), _paid(self.kept)
        found = {month: Month(month, last, {}, sheet) for month, last, sheet in days}
        for member in self.members:
            owed = [(month, last) for month, last, _sheet in days if is_member_on(member, last)]
            for month, good in evidence.on_time(history.get(member.pk, []), owed, paid.get(member.pk, [])).items():
                found[month].on_time[member.pk] = good
        first = periods.month_of(self.since)
        return [one for month, one in found.items() if month >= first]

    def _pay_days(self) -> list[tuple[int, date, CollectingDay | None]]:
        """(month, its last day to pay, its own sheet) since the book was opened."""
        sheets = {
            periods.month_of(sheet.date): sheet
            for sheet in CollectingDay.objects.filter(kept=self.kept, sheet=0, date__lte=self.on)
        }
        rules = rules_by_group([self.kept], self.on)[self.kept.group_id]
        grace = timedelta(days=rules_on(self.kept, self.on).grace_days)
        found = []
        for month in periods.months(periods.month_of(self.kept.book.opened_on), periods.month_of(self.on)):
            sheet, usual = sheets.get(month), day_by(rules, month)
            last = max(usual, sheet.date if sheet else usual) + grace
            if self.kept.book.opened_on <= last <= self.on:
                found.append((month, last, sheet))
        return found

    @cached_property
    def loans(self) -> list[LoanStanding]:
        """Contracts on which money is owed when the day ends."""
        paid_out = open_loans(self.kept, self.on)
        return [one for one in standings(self.kept, self.on, paid_out).values() if one.principal]

    @cached_property
    def late(self) -> list[LoanStanding]:
        """Those of them on which something is overdue."""
        return [one for one in self.loans if one.overdue]

    @cached_property
    def year_end(self) -> YearEnd | None:
        """The newest closed year of which the day knows."""
        found = YearEnd.objects.filter(kept=self.kept, last__lte=self.on).select_related("entry").order_by("-year")
        return next((one for one in found if _day(one) <= self.on), None)

    @cached_property
    def appropriation(self) -> Appropriation | None:
        """What the general meeting did with that year's surplus."""
        if self.year_end is None:
            return None
        found = Appropriation.objects.filter(year_end=self.year_end, counts=True, on__lte=self.on)
        return found.select_related("entry", "resolution__meeting").prefetch_related("heads").first()

    @cached_property
    def given(self) -> list[Given]:
        """Welfare by kind, and gifts, of the twelve months; without what was taken back."""
        rows = self.payments("welfare").values("entry__paper__welfare")
        rows = rows.annotate(times=Count("entry", distinct=True), satang=Sum("amount"))
        found = [Given(row["entry__paper__welfare"] or WelfareKind.OTHER, row["times"], int(row["satang"])) for row in rows]
        gifts = self.payments("gift").aggregate(times=Count("entry", distinct=True), satang=Sum("amount"))
        return [*found, Given("", gifts["times"], int(gifts["satang"] or 0))]

    def payments(self, kind: str) -> QuerySet[Movement]:
        """The movements of payments of a kind in the twelve months, without those that were taken back by the day."""
        paid = queries.movements_in(self.kept.book).filter(entry__kind=kind, entry__date__range=(self.since, self.on))
        back = Entry.objects.filter(book=self.kept.book, reverses__isnull=False, date__lte=self.on).values("reverses")
        return paid.exclude(entry__in=back).order_by()

    @cached_property
    def places(self) -> list[Checked]:
        """Each place where money lies, with the last count or statement."""
        found = [row for row in in_use(holdings(self.kept, self.on), self.on) if row.satang or row.keeper or row.bank]
        counts = {row.account_id: row for row in CashCount.objects.filter(kept=self.kept, on__lte=self.on).order_by("on", "pk")}
        counted = CollectingDay.objects.filter(kept=self.kept, date__lte=self.on, counted_satang__isnull=False)
        sheets = {row.cash_id: row for row in counted.order_by("date", "sheet")}
        done = Reconciliation.objects.filter(kept=self.kept, ends__lte=self.on, done_at__isnull=False).order_by("ends", "pk")
        statements = {row.bank_id: row for row in done}
        return [self._checked(row, counts, sheets, statements) for row in found]

    def _checked(
        self, row: Holding, counts: dict[int, CashCount], sheets: dict[int, CollectingDay], done: dict[int, Reconciliation]
    ) -> Checked:
        count, sheet = counts.get(row.account.pk), sheets.get(row.account.pk)
        if row.bank and (statement := done.get(row.bank.pk)):
            found = Checked(row, statement.ends, statement.difference or 0, statement=statement)
        elif count and (not sheet or count.on >= sheet.date):
            found = Checked(row, count.on, 0 if count.entry_id else count.difference, counting=count)
        elif sheet:
            found = Checked(row, sheet.date, 0 if sheet.difference_entry_id else sheet.difference, sheet=sheet)
        else:
            return Checked(row, None, 0)
        return found if found.day and (self.on - found.day).days <= FRESH_DAYS else Checked(row, None, 0)

    @cached_property
    def newest(self) -> Entry | None:
        """The entry of the newest day."""
        return queries.entries_in(self.kept.book).filter(date__lte=self.on).order_by("-date", "-pk").first()

    @cached_property
    def rates(self) -> list[LoanProduct]:
        """The products on offer, and those that money is still owed by."""
        owed = {one.loan.product_id for one in self.loans}
        return [one for one in LoanProduct.objects.filter(kept=self.kept).order_by("pk") if one.active or one.pk in owed]


def figures(kept: GroupBook, on: date, keys: Iterable[str] | None = None) -> dict[str, Figure]:
    """Key → figure of a day, of those asked for that there are (all: in the order of the list); a fixed number of queries."""
    read = Evidence(kept, on)
    wanted = list(evidence.KINDS) if keys is None else [key for key in keys if key in READ]
    return {key: of(read, key) for key in wanted}


def of(read: Evidence, key: str) -> Figure:
    """One figure. KeyError: there is none of that name."""
    numerator, denominator, note = READ[key](read)
    return Figure(key, read.on, numerator, denominator, note, ("treasury:figure", (read.kept.book_id, key)))


Told = tuple[int | None, int | None, str]


def _members_current(read: Evidence) -> Told:
    there = {member.pk for member in read.members_on(read.on)}
    saved = {member for member, satang in read.pledged.items() if satang}
    return len(there & saved), len(there | saved), ""


def _savings_on_time(read: Evidence) -> Told:
    expected = sum(len(one.on_time) for one in read.months)
    return (sum(one.good for one in read.months), expected, "") if expected else (None, None, "")


def _books_current(read: Evidence) -> Told:
    if read.newest is None:
        return None, None, ""
    return (read.on - read.newest.date).days, None, short(read.newest.date)


def _cash_agrees(read: Evidence) -> Told:
    return sum(one.agrees for one in read.places), len(read.places), ""


def _within_law(read: Evidence) -> Told:
    return sum(evidence.lawful(one.rate_bp, one.yearly_fee_bp) for one in read.rates), len(read.rates), ""


def _overdue(read: Evidence) -> Told:
    return sum(one.overdue_principal for one in read.loans), sum(one.principal for one in read.loans), ""


def _at_risk(read: Evidence) -> Told:
    risky = sum(one.principal for one in read.loans if one.days > evidence.AT_RISK_DAYS)
    return risky, sum(one.principal for one in read.loans), ""


def _appropriated(read: Evidence) -> Told:
    if read.year_end is None:
        return None, None, ""
    made = read.appropriation
    resolved = short(made.resolution.meeting.day) if made else ""
    return made.satang if made else 0, max(read.year_end.surplus_satang, 0), resolved


def _welfare_paid(read: Evidence) -> Told:
    return sum(one.satang for one in read.given if one.kind), None, ""


def _welfare_kinds(read: Evidence) -> Told:
    return sum(1 for one in read.given if one.kind), None, ""


def _public_benefit(read: Evidence) -> Told:
    return read.held(chart.PUBLIC_BENEFIT) + sum(one.satang for one in read.given if not one.kind), None, ""


def _pledged_growth(read: Evidence) -> Told:
    before = pledged_before(read)
    return read.held(chart.PLEDGED) - before, before, ""


def pledged_before(read: Evidence) -> int:
    """All pledged savings when the twelve months began."""
    found = [one for one in queries.headings(read.kept.book, read.before) if one.code == chart.PLEDGED]
    return -sum(one.balance for one in found)


def _members_growth(read: Evidence) -> Told:
    return len(read.members_on(read.on)), len(read.members_on(read.before)), ""


def _closed_in_time(read: Evidence) -> Told:
    starts = read.kept.book.fiscal_year_starts
    last = periods.year_last(periods.fiscal_year(read.on, starts) - 1, starts)
    if last != read.on and periods.year_last(periods.fiscal_year(read.on, starts), starts) == read.on:
        last = read.on
    ended = read.year_end
    if ended and ended.last >= last:
        return (_day(ended) - ended.last).days, None, short(_day(ended))
    if last < read.kept.book.opened_on:
        return None, None, ""
    return ((read.on - last).days, None, "") if (read.on - last).days > 60 else (None, None, "")


def _reserve(read: Evidence) -> Told:
    return read.held(chart.RESERVE), read.held(chart.LOANS), baht(read.held(chart.RESERVE))


READ: Final[dict[str, Callable[[Evidence], Told]]] = {
    evidence.MEMBERS_CURRENT: _members_current, evidence.SAVINGS_ON_TIME: _savings_on_time,
    evidence.BOOKS_CURRENT: _books_current, evidence.CASH_AGREES: _cash_agrees, evidence.WITHIN_LAW: _within_law,
    evidence.OVERDUE: _overdue, evidence.AT_RISK: _at_risk, evidence.APPROPRIATED: _appropriated,
    evidence.WELFARE_PAID: _welfare_paid, evidence.WELFARE_KINDS: _welfare_kinds, evidence.PUBLIC_BENEFIT: _public_benefit,
    evidence.PLEDGED_GROWTH: _pledged_growth, evidence.MEMBERS_GROWTH: _members_growth,
    evidence.CLOSED_IN_TIME: _closed_in_time, evidence.RESERVE: _reserve,
}  # fmt: skip


def _paid(kept: GroupBook) -> dict[int, list[tuple[date, int]]]:
    """Member's key → (day, satang) of pledged savings that were brought, what was taken back less; one scan."""
    own = dict(
        MemberAccount.objects.filter(member__group=kept.group_id, control=chart.PLEDGED).values_list("account_id", "member_id")
    )
    heading = Account.objects.get(book=kept.book, code=chart.PLEDGED)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.date, d.id, c.id, SUM(m.amount) FROM ledger_entry e"
            " JOIN ledger_movement m ON m.id >= e.first AND m.id < e.first + e.lines"
            " JOIN ledger_account d ON d.id = m.debit_id JOIN ledger_account c ON c.id = m.credit_id"
            " WHERE e.book_id = %s AND e.kind NOT IN (%s, %s, %s, %s)"
            " AND (d.control_id = %s OR c.control_id = %s) GROUP BY 1, 2, 3",
            [kept.book_id, *NOT_PAID, heading.pk, heading.pk],
        )
        rows = cursor.fetchall()
    found: defaultdict[int, list[tuple[date, int]]] = defaultdict(list)
    for day, debit, credit, satang in rows:
        if credit in own:
            found[own[credit]].append((day, int(satang)))
        if debit in own:
            found[own[debit]].append((day, -int(satang)))
    return dict(found)


def _day(ended: YearEnd) -> date:
    """The day in Bangkok on which a year was closed."""
    return clock.day_of(ended.at)


def _year_back(day: date) -> date:
    """The first of the twelve months that end with a day: 31 Dec → 1 Jan."""
    after = day + timedelta(days=1)
    return after.replace(year=after.year - 1, day=28 if (after.month, after.day) == (2, 29) else after.day)
