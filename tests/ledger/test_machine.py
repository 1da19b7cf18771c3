"""Random lives of a book against an independent model that knows nothing of totals, kept balances or SQL."""

from datetime import date, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    multiple,
    precondition,
    rule,
    run_state_machine_as_test,
)

from sajja.ledger import actions, periods, queries, sums
from sajja.ledger.models import Account, Entry, Numbering
from sajja.ledger.verifying import verify
from sajja.lib.refusals import Refused
from sajja.web import clock
from tests.ledger.books import CHART, TREASURER, a_book, closed, posted, taken_back
from tests.sizes import size

FIRST, LAST = date(2021, 1, 1), date(2021, 6, 30)
ALWAYS = {"31020:M01", "31020:M02", "20000:M01", "34530"}
DEBIT_SIDE = {account.code for account in CHART if account.kind in {"A", "E"}}
PAIRS = [
    ("11000", "31020:M01"), ("11000", "31020:M02"), ("11000", "20000:M01"), ("31020:M01", "11000"), ("20000:M01", "11000"),
    ("31020:M02", "20000:M01"), ("12100", "11000"), ("11000", "12100"), ("54000", "11000"), ("34530", "11000"),
    ("11000", "34530"), ("11000", "42000"),
]  # fmt: skip
numbers = count(1)
days = st.dates(FIRST, LAST)
moves = st.lists(st.tuples(st.sampled_from(PAIRS), st.integers(1, 50000)), min_size=1, max_size=4)


class BookMachine(RuleBasedStateMachine):
    """Posts, reverses, closes and opens; after each step the book and the model say the same."""

    entries = Bundle("entries")

    def __init__(self) -> None:
        super().__init__()
        self.book = a_book(f"machine-{next(numbers)}")
        self.known: list[tuple[date, str, str, int]] = []
        self.lines: dict[int, list[tuple[date, str, str, int, int]]] = {}
        self.taken: set[tuple[int, int]] = set()
        self.closed = 0

    def balance(self, code: str, day: date | None = None, more: list[tuple[date, str, str, int]] | None = None) -> int:
        """Debits less credits, by adding up everything."""
        total = 0
        for on, debit, credit, amount in [*self.known, *(more or [])]:
            if day is None or on <= day:
                total += amount * ((debit == code) - (credit == code))
        return total

    def legal(self, day: date, new: list[tuple[date, str, str, int]], reversal: bool) -> bool:
        """No closed month, and nothing watched that is lowered goes below nought on any day from then on."""
        if periods.month_of(day) <= self.closed:
            return False
        later = sorted({day, *(on for on, *_rest in self.known if on > day)})
        for code in ALWAYS if reversal else ALWAYS | {"11000"}:
            side = 1 if code in DEBIT_SIDE else -1
            lowered = side * sum(amount * ((debit == code) - (credit == code)) for _on, debit, credit, amount in new) < 0
            if lowered and any(side * self.balance(code, on, new) < 0 for on in later):
                return False
        return True

    @rule(target=entries, day=days, moves=moves)
    def post(self, day: date, moves: list[tuple[tuple[str, str], int]]) -> object:
        """Any arrows on any day: accepted exactly where the model allows it."""
        new = [(day, debit, credit, amount) for (debit, credit), amount in moves]
        wanted = self.legal(day, new, reversal=False)
        try:
            entry = posted(
                self.book, day, *[(d, c, a, at % 2) for at, (_on, d, c, a) in enumerate(new)], at=clock.moment(LAST)
            ).entry
        except Refused:
            assert not wanted
            return multiple()
        assert wanted
        self.known += new
        self.lines[entry.pk] = [(*line, at % 2) for at, line in enumerate(new)]
        return entry

    @rule(entry=entries, later=st.integers(0, 90), slip=st.sampled_from([None, 0, 1]))
    def reverse(self, entry: Entry, later: int, slip: int | None) -> None:
        """One receipt or the whole, each movement once."""
        day = min(entry.date + timedelta(days=later), LAST)
        lines = [(at, line) for at, line in enumerate(self.lines[entry.pk]) if slip is None or line[4] == slip]
        left = [(at, line) for at, line in lines if (entry.pk, at) not in self.taken]
        back = [(day, credit, debit, amount) for _at, (_on, debit, credit, amount, _slip) in left]
        receipts = [m.receipt for m in queries.movements_of(entry)]
        receipt = next((receipts[at] for at, _line in lines), 999999) if slip is not None else None
        wanted = bool(left) and self.legal(day, back, reversal=True)
        try:
            taken_back(entry, day, receipt)
        except Refused:
            assert not wanted
            return
        assert wanted
        self.known += back
        self.taken |= {(entry.pk, at) for at, _line in left}

    @rule()
    def close(self) -> None:
        """The next month in turn."""
        month = periods.after(self.closed) if self.closed else 202101
        if month <= 202106:
            closed(self.book, month)
            self.closed = month

    @precondition(lambda self: self.closed >= 202101)
    @rule()
    def reopen(self) -> None:
        """The newest closed month, by two people."""
        actions.reopen_month(
            book=self.book, month=self.closed, second="person:2", second_name="ประธาน", reason="ลืม", at=clock.now(), **TREASURER
        )
        self.closed = periods.before(self.closed)

    @rule(entry=consumes(entries))
    def forget(self, entry: Entry) -> None:
        """Entries of which nothing more is asked."""

    @invariant()
    def balances_are_the_sum_of_the_movements(self) -> None:
        """Every account as the model adds it up."""
        kept = dict(Account.objects.filter(book=self.book, under__isnull=True).values_list("code", "balance"))
        assert {code: balance for code, balance in kept.items() if balance} == {
            code: self.balance(code) for code in kept if self.balance(code)
        }

    def teardown(self) -> None:
        """The whole book read again, and the trial balance of three days."""
        assert verify(self.book) == []
        for day in (date(2021, 2, 14), date(2021, 3, 31), LAST):
            balance = sums.trial_balance(queries.headings(self.book, day))
            assert balance.debits == balance.credits
            assert {line.code: line.balance for line in balance.lines if ":" not in line.code and line.code != "31020"} == {
                code: self.balance(code, day)
                for code in [new.code for new in CHART if not new.control]
                if code not in {"31020", "20000"} and self.balance(code, day)
            } | ({"20000": self.balance("20000:M01", day)} if self.balance("20000:M01", day) else {})
        numbered = sum(Numbering.objects.filter(book=self.book).values_list("entries", flat=True))
        assert numbered == Entry.objects.filter(book=self.book).count()


@pytest.mark.django_db
def test_any_life_of_a_book_agrees_with_an_independent_model() -> None:
    run_state_machine_as_test(
        BookMachine,
        settings=settings(
            max_examples=size(200, 5000), stateful_step_count=50, deadline=None, database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
