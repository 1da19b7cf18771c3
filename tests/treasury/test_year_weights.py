"""What dividend and refund are reckoned by: the worked year's weights and interest, transfers, a start in the middle of the year."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pytest

from sajja.config import play
from sajja.groups.models import Family, Member
from sajja.ledger.models import Account
from sajja.lib.money import plain
from sajja.treasury import chart
from sajja.treasury.actions import leaving, savings
from sajja.treasury.models import BroughtIn, Loan, Settlement
from sajja.treasury.queries import yearend as queries
from sajja.web import clock
from tests.config.test_play import FILE
from tests.treasury.books import Kept, a_book
from tests.treasury.contracts import a_contract

pytestmark = pytest.mark.django_db


def _year(book: Kept, number: int = 2021) -> queries.Year:
    return queries.year_of(book.kept, number)


def test_the_worked_years_weights_and_interest_come_out() -> None:
    story = play.read(FILE.read_text(encoding="utf-8"))
    kept = play.make(story)
    for contract, number in story.member_of_contract.items():
        account = Account.objects.get(book=kept.book, code=f"{chart.LOANS}:{contract}")
        if not Loan.objects.filter(account=account).exists():
            a_contract(kept, Member.objects.get(group=kept.group, number=number), account)
    with clock.fixed(date(2022, 1, 16)):
        year = queries.year_of(kept, 2021)
    weights, interest = queries.weights(kept, year), queries.interest_paid(kept, year)
    expected = [row for row in story.blocks["out-dividend"] if row["member"] != "TOTAL"]
    assert [(w.member.number, w.weight, plain(interest.get(key, 0))) for key, w in weights.items()] == [
        (row["member"], int(row["weight"]) * 100, row["interest_paid"]) for row in expected
    ]
    balances = {row["member"]: row["pledged"] for row in story.blocks["out-member-balances"]}
    assert {w.member.number: plain(w.year_end) for w in weights.values()} == {
        row["member"]: balances[row["member"]] for row in expected
    }


def test_what_a_member_gives_to_his_family_counts_for_the_other_from_then_on() -> None:
    book = a_book(members=2, pledged=100_000)
    one, two = book.members
    family = Family.objects.create(group=book.group, code="F1")
    Member.objects.filter(pk__in=[one.pk, two.pk]).update(family=family)
    for member in (one, two):
        member.refresh_from_db()
    savings.transfer_in_family(by=book.treasurer, kept=book.kept, giver=one, taker=two, satang=100_000, date=date(2021, 4, 10))
    weights = queries.weights(book.kept, _year(book))
    assert [(w.weight, w.opening, w.deposits, w.year_end) for w in weights.values()] == [
        (400_000, 100_000, -100_000, 0),
        (2_000_000, 100_000, 100_000, 200_000),
    ]
    assert weights[one.pk].month_ends == (*[100_000] * 3, *[0] * 9)


def test_who_left_during_the_year_or_on_its_last_day_has_no_weight() -> None:
    book = a_book(members=3, pledged=100_000)
    one, two, three = book.members
    with clock.fixed(date(2022, 1, 5)):
        for member, day in ((one, date(2021, 9, 1)), (two, date(2021, 12, 31)), (three, date(2022, 1, 3))):
            cash = Account.objects.get(book=book.kept.book, code=chart.CASH)
            leaving.settle(
                by=book.treasurer, kept=book.kept, member=member, why=Settlement.Why.LEFT, day=day, because="ย้าย", money=cash
            )
        weights = queries.weights(book.kept, _year(book))
    assert {key: (w.weight, w.year_end) for key, w in weights.items()} == {three.pk: (1_200_000, 100_000)}


def test_a_book_opened_in_the_middle_of_the_year_counts_what_was_before() -> None:
    """January to May were kept on paper: 1,000.00 at the beginning and 100.00 a month; June is in the book."""
    book = a_book(members=2, pledged=150_000, opened_on=date(2021, 6, 1))
    one, two = book.members
    BroughtIn.objects.create(
        kept=book.kept, member=one, fiscal_year=2021, opening_satang=100_000, deposits=[10_000] * 5 + [0] * 7,
        interest_paid_satang=4_200,
    )  # fmt: skip
    book.post("11000", "31020:M01", 10_000, date(2021, 6, 5))
    weights = queries.weights(book.kept, _year(book))
    assert weights[one.pk].weight == 100_000 * 12 + 10_000 * (11 + 10 + 9 + 8 + 7) + 10_000 * 6
    assert weights[one.pk].month_ends[:6] == (110_000, 120_000, 130_000, 140_000, 150_000, 160_000)
    assert (weights[two.pk].opening, weights[two.pk].weight) == (0, 150_000 * 7)
    assert queries.interest_paid(book.kept, _year(book)) == {one.pk: 4_200}


@pytest.mark.parametrize("count", [1, 3])
def test_weights_cost_the_same_however_many_members(
    count: int, django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    book = a_book(members=count, pledged=100_000)
    year = _year(book)
    with django_assert_num_queries(6):
        assert len(queries.weights(book.kept, year)) == count
