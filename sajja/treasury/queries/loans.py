"""Reads of loans: where each stands on a day, what is owed now, what a guarantor answers for.

What was paid is read from the ledger: principal from the contract's account, interest from the movements about it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from django.db import connection
from django.db.models import Min, Q, QuerySet

from sajja.groups.models import GroupBook, Member
from sajja.ledger import queries as ledger
from sajja.ledger.models import ROOM_PER_BOOK
from sajja.treasury import chart, lives, owing, schedule
from sajja.treasury.models import FineWaiver, Guarantor, Instalment, InterestBy, Loan, LoanPlan
from sajja.treasury.owing import Owed

TELL_WITHIN_DAYS: Final = 60
"""Civil and Commercial Code 686: a guarantor told later is freed of interest and charges that come after."""
REMIND_FOR_DAYS: Final = 30
"""So long the borrower is reminded first; then half of the sixty days is left for the letters."""


class LoanStanding(NamedTuple):
    """A loan at the end of a day. `received` is all interest until then, `left` the instalments not fully paid, `overdue`
    those of them that are late; `principal_due` and `interest_due` are what is due on the day, late or of that day; `fine`
    what a payment of the day carries; `days` since the oldest was due."""

    loan: Loan
    plan: LoanPlan
    principal: int
    received: int
    left: list[Owed]
    overdue: list[Owed]
    principal_due: int
    interest_due: int
    fine: int
    days: int

    @property
    def due(self) -> int:
        """What a payment of the day should be: fine, interest and principal."""
        return self.fine + self.interest_due + self.principal_due

    @property
    def reminding(self) -> bool:
        """Whether it is early enough to remind the borrower before his guarantors are told."""
        return self.days < REMIND_FOR_DAYS

    @property
    def in_time(self) -> bool:
        """Whether a letter to a guarantor still keeps all that he answers for."""
        return self.days <= TELL_WITHIN_DAYS

    @property
    def in_turn(self) -> list[Owed]:
        """What is left, as money goes to it: by the day all interest that ran comes before any principal."""
        if self.loan.interest_by != InterestBy.DAY or not self.left:
            return self.left
        first, *others = self.left
        return [first._replace(interest=self.interest_due), *(one._replace(interest=0) for one in others)]

    @property
    def contract(self) -> owing.Contract:
        """As a payment of the day finds it."""
        return owing.Contract(self.loan.account_id or 0, self.in_turn, self.fine, self.loan.order)

    @property
    def overdue_principal(self) -> int:
        """Principal that is late."""
        return sum(one.principal for one in self.overdue)

    @property
    def overdue_interest(self) -> int:
        """Interest that is late."""
        return sum(one.interest for one in self.overdue)


def last_day_to_tell(default_on: date) -> date:
    """Until when a guarantor must be told of a default."""
    return default_on + timedelta(days=TELL_WITHIN_DAYS)


def loans_of(kept: GroupBook) -> QuerySet[Loan]:
    """Every loan of a book, with what a line of a list shows."""
    return Loan.objects.filter(kept=kept).select_related("member", "product", "account", "kept__book", "kept__group__unit")


def open_loans(kept: GroupBook, on: date | None = None) -> list[Loan]:
    """Loans on which money is owed, by contract; with `on` those that were paid out by then, closed since or not."""
    found = Loan.objects.filter(kept=kept).select_related("member", "product", "account").order_by("paid_out_on", "pk")
    chosen = Q(state__in=lives.OPEN) if on is None else Q(paid_out_on__lte=on, account__isnull=False)
    loans = list(found.filter(chosen))
    for loan in loans:
        loan.kept = kept  # one book, group and unit for all of them, not a copy for each
    return loans


def standing(loan: Loan, on: date, paid_until: date | None = None) -> LoanStanding:
    """One loan at the end of a day; see standings. KeyError: it had no schedule then."""
    return standings(loan.kept, on, [loan], paid_until)[loan.pk]


def standings(
    kept: GroupBook, on: date, loans: Sequence[Loan] | None = None, paid_until: date | None = None
) -> dict[int, LoanStanding]:
    """Loan's key → where it stands at the end of a day, of all open ones or of these; a fixed number of queries.

    `paid_until`, a later day, counts what was paid until then too: what a payment entered late still finds to settle.
    """
    loans = [loan for loan in (open_loans(kept) if loans is None else loans) if loan.account_id]
    if not loans:
        return {}
    accounts = [loan.account_id for loan in loans if loan.account_id]
    plans = plans_on(loans, on)
    agreed = instalments_of(plans.values())
    balances = ledger.balances_on(kept.book, accounts, paid_until or on)
    paid = received(kept, accounts, paid_until or on)
    waived = waivers_on(loans, on)
    daily = [loan for loan in loans if loan.interest_by == InterestBy.DAY]
    histories, began = _histories(kept, daily, on), first_plans(daily)
    found = {}
    for loan in loans:
        plan = plans.get(loan.pk)
        if plan is None or loan.account_id is None:
            continue
        principal = balances[loan.account_id]
        interest = loan.interest_before_satang + paid.get(loan.account_id, 0)
        rows = agreed[plan.pk]
        if loan.interest_by == InterestBy.DAY:
            rows = by_the_day(loan, began[loan.pk], rows, histories.get(loan.account_id, []), on)
        since = began.get(loan.pk, plan)  # by the day, interest runs on through every later schedule
        left = owing.left(rows, plan.principal_satang - principal, interest - since.interest_before_satang)
        found[loan.pk] = _stands(loan, plan, principal, interest, left, on, waived=loan.pk in waived)
    return found


def _stands(
    loan: Loan, plan: LoanPlan, principal: int, interest: int, left: list[Owed], on: date, *, waived: bool
) -> LoanStanding:
    if not principal:  # interest that was due stays owed; what was to come is forgiven with the last satang of principal
        left = [one for one in left if one.due <= on] if loan.state in lives.OPEN else []
    late, due = owing.overdue(left, on), [one for one in left if one.due <= on]
    ran = left if loan.interest_by == InterestBy.DAY else due  # by the day it is due as it runs
    return LoanStanding(
        loan, plan, principal, interest, left, late, sum(one.principal for one in due),
        sum(one.interest for one in ran), 0 if waived else fine_due(loan, late), owing.days_overdue(late, on),
    )  # fmt: skip


def fine_due(loan: Loan, overdue: Sequence[Owed]) -> int:
    """The fine of a payment made while an older instalment is late; a waiver is the caller's to look for."""
    return loan.fine_satang if overdue else 0


def waivers_on(loans: Iterable[Loan], on: date) -> set[int]:
    """The loans whose fine a resolution waives for a payment of this day."""
    found = FineWaiver.objects.filter(loan__in=loans, first__lte=on, last__gte=on)
    return set(found.values_list("loan_id", flat=True))


def plans_on(loans: Iterable[Loan], on: date) -> dict[int, LoanPlan]:
    """Loan's key → the schedule that held on a day: the newest counting one that had begun; before the first, the first."""
    found: dict[int, LoanPlan] = {}
    for plan in LoanPlan.objects.filter(loan__in=loans, counts=True).order_by("loan", "number"):
        if plan.loan_id not in found or plan.from_on <= on:
            found[plan.loan_id] = plan
    return found


def first_plans(loans: Sequence[Loan]) -> dict[int, LoanPlan]:
    """Loan's key → the schedule that it began with; no query where there is no loan."""
    if not loans:
        return {}
    return {plan.loan_id: plan for plan in LoanPlan.objects.filter(loan__in=loans, counts=True).order_by("loan", "-number")}


def instalments_of(plans: Iterable[LoanPlan]) -> dict[int, list[owing.Instalment]]:
    """Plan's key → its lines."""
    found: defaultdict[int, list[owing.Instalment]] = defaultdict(list)
    rows = Instalment.objects.filter(plan__in=list(plans)).order_by("plan", "no")
    for plan, no, due, principal, interest in rows.values_list("plan", "no", "due", "principal_satang", "interest_satang"):
        found[plan].append(owing.Instalment(no, due, principal, interest))
    return found


def received(kept: GroupBook, accounts: Collection[int], on: date | None = None) -> dict[int, int]:
    """Contract's account → interest received until the end of a day (None: all), what was taken back left out.

    One scan of the book's movements from the first that these contracts can have.
    """
    if not accounts:
        return {}
    low = kept.book_id * ROOM_PER_BOOK
    first = Loan.objects.filter(account__in=accounts).aggregate(first=Min("entry__first"))
    brought_in = Loan.objects.filter(account__in=accounts, entry__isnull=True).exists()
    start = low if brought_in else first["first"] or low
    marks = ", ".join(["%s"] * len(accounts))
    day = "" if on is None else " JOIN ledger_entry e ON e.id = m.entry_id AND e.date <= %s"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT m.about_id, SUM(CASE WHEN c.code = %s THEN m.amount ELSE -m.amount END) FROM ledger_movement m"  # nosec B608 -- marks alone
            f"{day} JOIN ledger_account c ON c.id = m.credit_id JOIN ledger_account d ON d.id = m.debit_id"
            f" WHERE m.id >= %s AND m.id < %s AND m.about_id IN ({marks}) AND (c.code = %s) <> (d.code = %s) GROUP BY 1",
            [
                chart.LOAN_INTEREST, *([] if on is None else [on]), start, low + ROOM_PER_BOOK, *accounts,
                chart.LOAN_INTEREST, chart.LOAN_INTEREST,
            ],
        )  # fmt: skip
        return {account: int(amount) for account, amount in cursor.fetchall()}


def _histories(kept: GroupBook, loans: Sequence[Loan], on: date) -> dict[int, list[tuple[date, int]]]:
    """Contract's account → (day, what was owed at its end), oldest first; one query where there is a loan by the day."""
    if not loans:
        return {}
    accounts = [loan.account_id for loan in loans if loan.account_id]
    changes: defaultdict[int, defaultdict[date, int]] = defaultdict(lambda: defaultdict(int))
    movements = ledger.lines_of(kept.book, accounts, _eve(kept), on)
    for line in movements:
        own = line.movement.debit_id if line.amount > 0 else line.movement.credit_id
        changes[own][line.entry.date] += line.amount
    found = {}
    for account, days in changes.items():
        balance, history = 0, []
        for day in sorted(days):
            balance += days[day]
            history.append((day, balance))
        found[account] = history
    return found


def interest_over(loan: Loan, on: date) -> int:
    """How much more interest was received on a loan by the day than its days until `on` earned; nought where none. Satang."""
    if loan.account_id is None:
        return 0
    plan = first_plans([loan])[loan.pk]
    history = _histories(loan.kept, [loan], on).get(loan.account_id, [])
    ran = schedule.by_the_day(history, loan.rate_bp, plan.from_on, on, loan.rounding)
    paid = loan.interest_before_satang + received(loan.kept, [loan.account_id], on).get(loan.account_id, 0)
    return max(paid - plan.interest_before_satang - ran, 0)


def _eve(kept: GroupBook) -> date:
    return date.fromordinal(kept.book.opened_on.toordinal() - 1)


def by_the_day(
    loan: Loan, plan: LoanPlan, rows: Sequence[owing.Instalment], history: Sequence[tuple[date, int]], on: date
) -> list[owing.Instalment]:
    """The lines of a loan by the day: interest by the days that the money was out until `on`, what is to come as scheduled.

    Interest that ran until today is due with the first line not yet due, or with the last.
    """
    ran = schedule.by_the_day(history, loan.rate_bp, plan.from_on, on, loan.rounding) if history else 0
    whole = max(ran, 0)
    found, given = [], 0
    for at, row in enumerate(rows):
        last = at == len(rows) - 1
        until = schedule.by_the_day(history, loan.rate_bp, plan.from_on, min(row.due, on), loan.rounding) if history else 0
        interest = (whole if row.due > on or last else until) - given
        found.append(owing.Instalment(row.no, row.due, row.principal, max(interest, 0)))
        given += max(interest, 0)
    return found


def exposure(member: Member, on: date) -> int:
    """What a guarantor answers for: all principal of the loans that he guarantees and is not freed of. Satang."""
    return exposures([member], on).get(member.pk, 0)


def exposures(members: Sequence[Member], on: date) -> dict[int, int]:
    """Member's key → what he answers for as a guarantor; an approved loan counts with its whole principal."""
    found: defaultdict[int, int] = defaultdict(int)
    rows = Guarantor.objects.filter(member__in=members, loan__state__in=lives.EXPOSED).select_related("loan__account")
    for row in rows:
        if row.freed_on and row.freed_on <= on:
            continue
        loan, account = row.loan, row.loan.account
        found[row.member_id or 0] += account.balance if loan.state in lives.OPEN and account else loan.principal_satang
    return dict(found)


def by_member(kept: GroupBook, on: date, paid_until: date | None = None) -> dict[int, list[LoanStanding]]:
    """Member's key → his open loans, by contract; see standings."""
    found: defaultdict[int, list[LoanStanding]] = defaultdict(list)
    for one in standings(kept, on, None, paid_until).values():
        found[one.loan.member_id].append(one)
    return dict(found)
