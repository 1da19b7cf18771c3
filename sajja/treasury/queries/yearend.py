"""A fiscal year of a book: its rules, its surplus, what each member's dividend and refund are reckoned by. Satang."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from django.http import Http404

from sajja.groups.models import GroupBook, Member
from sajja.groups.queries.members import members_of
from sajja.ledger import periods
from sajja.ledger.models import Account
from sajja.ledger.queries import turns
from sajja.treasury import chart
from sajja.treasury.dividend import month_weight
from sajja.treasury.models import Appropriation, BroughtIn, Loan, MemberAccount, YearEnd, YearRules
from sajja.treasury.queries import statements
from sajja.treasury.queries.statements import Span
from sajja.web import clock


@dataclass(frozen=True, slots=True)
class Year:
    """A fiscal year of a book, by the C.E. year in which it ends."""

    kept: GroupBook
    number: int
    first: date
    last: date

    @property
    def span(self) -> Span:
        """Its days."""
        return Span(self.first, self.last)

    @property
    def label(self) -> str:
        """Its B.E. year: 2564."""
        return str(self.number + 543)

    @property
    def last_month(self) -> int:
        """202112."""
        return periods.month_of(self.last)

    @property
    def months(self) -> list[int]:
        """Its months that the book knows (202101 …): from its first, or from the book's."""
        begun = max(self.first, self.kept.book.opened_on)
        return periods.months(periods.month_of(begun), self.last_month)


@dataclass(frozen=True, slots=True)
class Weight:
    """What a member's dividend is reckoned by, in satang; `weight` in satang-months, `month_ends` of the year's twelve months."""

    member: Member
    weight: int
    opening: int
    deposits: int
    year_end: int
    month_ends: tuple[int, ...]


def year_of(kept: GroupBook, fiscal_year: int) -> Year:
    """The year that ends in this C.E. year; Http404 where the book knows nothing of it or it is not begun."""
    starts = kept.book.fiscal_year_starts
    oldest = periods.fiscal_year(kept.book.opened_on, starts)
    if not oldest <= fiscal_year <= periods.fiscal_year(clock.today(), starts):
        raise Http404
    return Year(kept, fiscal_year, periods.year_first(fiscal_year, starts), periods.year_last(fiscal_year, starts))


def years_of(kept: GroupBook, today: date) -> list[Year]:
    """Every year of the book until today's, newest first."""
    starts = kept.book.fiscal_year_starts
    first, last = periods.fiscal_year(kept.book.opened_on, starts), periods.fiscal_year(today, starts)
    return [Year(kept, at, periods.year_first(at, starts), periods.year_last(at, starts)) for at in range(last, first - 1, -1)]


def open_years(kept_books: Sequence[GroupBook], today: date) -> dict[int, Year]:
    """Book's key → its oldest year that is over and not closed; one query however many books."""
    closed = set(YearEnd.objects.filter(kept__in=kept_books).values_list("kept", "year"))
    found = {}
    for kept in kept_books:
        waiting = [year for year in years_of(kept, today) if year.last < today and (kept.pk, year.number) not in closed]
        if waiting:
            found[kept.pk] = waiting[-1]
    return found


def year_end_of(year: Year) -> YearEnd | None:
    """That it was closed; None while it is open."""
    return YearEnd.objects.filter(kept=year.kept, year=year.number).select_related("entry", "carried").first()


def appropriation_of(year: Year) -> Appropriation | None:
    """What the general meeting did with its result, if it did and did not take it back."""
    return Appropriation.objects.filter(year_end__kept=year.kept, year_end__year=year.number, counts=True).first()


def rules_for(kept: GroupBook, fiscal_year: int) -> YearRules:
    """The rules of a year: the newest counting ones until it; without any, the usual ones, not saved."""
    counting = YearRules.objects.filter(kept=kept, counts=True, from_year__lte=fiscal_year)
    return counting.order_by("-from_year").first() or YearRules(kept=kept, from_year=fiscal_year)


def surplus(kept: GroupBook, year: Year) -> int:
    """Income less expense of the year with its adjustments, before its closing entry; below nought: a loss."""
    return statements.income_statement(kept.book, year.span).net


def weights(kept: GroupBook, year: Year, base: str = "") -> dict[int, Weight]:
    """Member's key → his weight, for everyone who is a member on the last day, in the order of calling; one scan of movements.

    What stood at the beginning × 12 and each month's change × (12 − month): money counts from the month after the one in
    which it came, and a withdrawal or a transfer takes away likewise. What a year under way had before the book was opened
    comes from BroughtIn; without it the opening counts from its own day. `base` changes nothing here: dividend.py chooses
    between weight, year_end and month_ends.
    """
    members = {member.pk: member for member in members_of(kept.group) if is_member_on(member, year.last)}
    rows = MemberAccount.objects.filter(member__in=members, control=chart.PLEDGED).select_related("account")
    own = {row.account_id: row for row in rows}
    balance = {row.member_id: row.account.standing for row in own.values()}
    changed: defaultdict[int, list[tuple[date, int]]] = defaultdict(list)
    heading = Account.objects.get(book=kept.book, code=chart.PLEDGED)
    for turn in turns(kept.book, heading.pk, year.first):
        if turn.account in own:
            changed[own[turn.account].member_id].append((turn.day, -turn.net))
    before = {row.member_id: row for row in BroughtIn.objects.filter(kept=kept, fiscal_year=year.number)}
    return {key: _weight(year, member, balance.get(key, 0), changed[key], before.get(key)) for key, member in members.items()}


def is_member_on(member: Member, day: date) -> bool:
    """Whether he is a member when this day ends."""
    return member.joined_on <= day and (member.ended_on is None or member.ended_on > day)


def _weight(year: Year, member: Member, now: int, changed: Sequence[tuple[date, int]], before: BroughtIn | None) -> Weight:
    opening = now - sum(change for _day, change in changed)
    months = [0] * 12
    for day, change in changed:
        if day <= year.last and not (before and day < year.kept.book.opened_on):
            months[_place(year, day)] += change
    if before:
        opening, months = before.opening_satang, [a + b for a, b in zip(months, _twelve(before.deposits), strict=True)]
    weight = month_weight(opening, months)
    ends = tuple(accumulate(months, initial=opening))[1:]
    return Weight(member, max(weight, 0), opening, sum(months), ends[-1], ends)


def _twelve(deposits: Sequence[int]) -> list[int]:
    return [*deposits, *[0] * 12][:12]


def _place(year: Year, day: date) -> int:
    """Which month of the fiscal year the day lies in, from 0."""
    return (day.year - year.first.year) * 12 + day.month - year.first.month


def interest_paid(kept: GroupBook, year: Year) -> dict[int, int]:
    """Member's key → the loan interest he paid in the year, less what was taken back; one scan of movements."""
    whose = _whose(kept)
    found: defaultdict[int, int] = defaultdict(int)
    heading = Account.objects.get(book=kept.book, code=chart.LOAN_INTEREST)
    for turn in turns(kept.book, heading.pk, year.first):
        if turn.day <= year.last and turn.about in whose:
            found[whose[turn.about]] -= turn.net
    for row in BroughtIn.objects.filter(kept=kept, fiscal_year=year.number, interest_paid_satang__gt=0):
        found[row.member_id] += row.interest_paid_satang
    return {member: satang for member, satang in found.items() if satang}


def _whose(kept: GroupBook) -> dict[int | None, int]:
    """Account → the member whose own it is, or whose loan."""
    own: Iterable[tuple[int, int]] = MemberAccount.objects.filter(member__group=kept.group_id).values_list("account", "member")
    loans = Loan.objects.filter(kept=kept, account__isnull=False).values_list("account", "member")
    return {**dict(own), **dict(loans)}
