"""What is late on loans: by age, the portfolio at risk, payments on time, what is due in a month; and interest not paid."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from sajja.groups.models import GroupBook
from sajja.ledger.models import Book
from sajja.treasury import lives, owing
from sajja.treasury.models import Guarantor, GuarantorNotice, Loan
from sajja.treasury.queries import loans as queries
from sajja.treasury.queries.loans import LoanStanding

AGE_WORDS: dict[str, Promise] = {
    "current": gettext_lazy("ยังไม่เลยกำหนด"),
    "1-30": gettext_lazy("1–30 วัน"),
    "31-90": gettext_lazy("31–90 วัน"),
    "91-180": gettext_lazy("91–180 วัน"),
    "181-365": gettext_lazy("181–365 วัน"),
    "over-365": gettext_lazy("เกิน 365 วัน"),
}


class Aged(NamedTuple):
    """Loans whose oldest instalment is so late: how many, all that is left of their principal, what of it is late. Satang."""

    age: str
    loans: int
    principal: int
    late: int

    @property
    def words(self) -> Promise:
        """Its name."""
        return AGE_WORDS[self.age]


class Portfolio(NamedTuple):
    """A book's loans on a day. `risk_30`, `risk_90`: all principal of loans with anything so many days late. Satang."""

    rows: list[LoanStanding]
    ages: list[Aged]
    principal: int
    late_principal: int
    late_interest: int
    interest_due: int
    risk_30: int
    risk_90: int

    @property
    def late(self) -> list[LoanStanding]:
        """Those that are late, the longest first."""
        return sorted((row for row in self.rows if row.overdue), key=lambda row: -row.days)


def portfolio(kept: GroupBook, on: date) -> Portfolio:
    """Every loan on which money was owed when the day ended; the same queries for one loan and for three hundred."""
    found = queries.standings(kept, on, queries.open_loans(kept, on))
    return summed([row for row in found.values() if row.principal or row.interest_due], on)


def summed(rows: Sequence[LoanStanding], on: date) -> Portfolio:
    """The sums of these loans."""
    by_age: defaultdict[str, list[LoanStanding]] = defaultdict(list)
    for row in rows:
        by_age[owing.age(row.left, on)].append(row)
    ages = [
        Aged(age, len(its), sum(row.principal for row in its), sum(row.overdue_principal for row in its))
        for age in owing.AGES
        if (its := by_age[age])
    ]
    return Portfolio(
        list(rows), ages, sum(row.principal for row in rows), sum(row.overdue_principal for row in rows),
        sum(row.overdue_interest for row in rows), sum(row.interest_due for row in rows), _risk(rows, 30), _risk(rows, 90),
    )  # fmt: skip


def _risk(rows: Iterable[LoanStanding], days: int) -> int:
    return sum(row.principal for row in rows if row.days > days)


def interest_unpaid(book: Book, on: date) -> int:
    """Interest on loans that is due and not paid when a day ends: told under the balance sheet, never in it. Satang."""
    kept = GroupBook.objects.filter(book=book).first()
    if kept is None or not Loan.objects.filter(kept=kept).exists():
        return 0
    return portfolio(kept, on).interest_due


class OnTime(NamedTuple):
    """Instalments that fell due in a span, and those of them that nothing was owed on when their day ended."""

    due: int
    paid: int


def on_time(kept: GroupBook, first: date, last: date) -> OnTime:
    """How many instalments of a span were paid by their day; one reading of the book for each day on which any was due."""
    loans = queries.open_loans(kept, last)
    agreed = queries.instalments_of(plans := queries.plans_on(loans, last).values())
    owner = {plan.pk: plan.loan_id for plan in plans}
    days: defaultdict[date, list[tuple[int, int]]] = defaultdict(list)
    for plan, rows in agreed.items():
        for row in rows:
            if first <= row.due <= last:
                days[row.due].append((owner[plan], row.no))
    paid = 0
    for day, wanted in days.items():
        left = queries.standings(kept, day, [loan for loan in loans if loan.pk in {key for key, _no in wanted}])
        owed = {(key, one.no) for key, its in left.items() for one in its.left}
        paid += sum(1 for one in wanted if one not in owed)
    return OnTime(sum(map(len, days.values())), paid)


def due_in(kept: GroupBook, first: date, last: date) -> list[LoanStanding]:
    """Loans with something to pay from today's arrears until the last of these days, by the day it is due."""
    rows = queries.standings(kept, first).values()
    wanted = [row for row in rows if any(one.due <= last for one in row.left)]
    return sorted(wanted, key=lambda row: (row.left[0].due, row.loan.member.number))


class Untold(NamedTuple):
    """A loan that is late, how many of its guarantors have no letter about that, the last day to send one, and if it is not over."""

    loan: Loan
    guarantors: int
    by: date
    in_time: bool


class Late(NamedTuple):
    """What a book has to chase on a day: loans that are late, what is late of them (satang), letters to send (soonest due first)."""

    kept: GroupBook
    loans: int
    satang: int
    untold: list[Untold]


def late_in(books: QuerySet[GroupBook] | Sequence[GroupBook], on: date) -> list[Late]:
    """The books with loans that are late; one query, and the fixed ones of its standings for each book that lends."""
    lending = Loan.objects.filter(kept__in=books, state__in=lives.OPEN, plans__counts=True, plans__instalments__due__lt=on)
    found = []
    for kept in GroupBook.objects.filter(pk__in=lending.values("kept")).select_related("group__unit", "book").order_by("pk"):
        if late := [row for row in queries.standings(kept, on).values() if row.overdue]:
            satang = sum(row.overdue_principal + row.overdue_interest for row in late)
            found.append(Late(kept, len(late), satang, _untold(late)))
    return found


def _untold(late: Sequence[LoanStanding]) -> list[Untold]:
    since = {row.loan.pk: row.overdue[0].due for row in late if not row.reminding}
    told = set(GuarantorNotice.objects.filter(guarantor__loan__in=since).values_list("guarantor", "default_on"))
    answering = Guarantor.objects.filter(loan__in=since, freed_on__isnull=True).values_list("pk", "loan")
    waiting = Counter(loan for guarantor, loan in answering if (guarantor, since[loan]) not in told)
    rows = [
        Untold(row.loan, waiting[key], queries.last_day_to_tell(since[key]), row.in_time)
        for row in late
        if waiting[key := row.loan.pk]
    ]
    return sorted(rows, key=lambda row: (row.by, row.loan.pk))
