"""Many at once, with real commits: books of their own, whose rows stay."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from uuid import uuid4

import pytest
from django.db import connections
from pytest_django.plugin import DjangoDbBlocker

from sajja.ledger.models import Book, Entry
from sajja.ledger.verifying import verify
from sajja.lib.refusals import Refused
from sajja.web import clock, transactions
from tests.ledger.books import a_book, closed, posted, standing, taken_back
from tests.sizes import size

DAY = date(2021, 1, 5)
ROUNDS, AT_ONCE = size(10, 100), 8


@pytest.fixture
def real_commits(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The session's database with real commits."""
    with django_db_blocker.unblock():
        yield
        connections.close_all()


def at_once(act: Callable[[int], object], count: int = AT_ONCE) -> list[str]:
    """Each does its act in a thread with a connection of its own: what came of it."""

    def one(which: int) -> str:
        try:
            with clock.fixed(DAY):
                transactions.run(lambda: act(which))
        except Refused:
            return "refused"
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(count) as people:
        return sorted(people.map(one, range(count)))


def a_new_book() -> Book:
    """A book that no other test knows."""
    return a_book(f"race-{uuid4().hex[:12]}")


def test_exactly_the_legal_number_of_withdrawals_succeeds(real_commits: None) -> None:
    for _round in range(ROUNDS):
        book = a_new_book()
        posted(book, DAY, ("11000", "31020:M01", 100000))
        came = at_once(lambda which: posted(book, DAY, ("31020:M01", "11000", 30000)))  # noqa: B023 # used within the round
        assert came == ["done"] * 3 + ["refused"] * 5
        assert (standing(book, "31020:M01"), verify(book)) == (10000, [])


def test_a_thing_reversed_by_many_at_once_is_reversed_once(real_commits: None) -> None:
    for _round in range(ROUNDS):
        book = a_new_book()
        entry = posted(book, DAY, ("11000", "31020:M01", 100000, "M01")).entry
        came = at_once(lambda which: taken_back(entry, DAY, receipt=1 if which % 2 else None, uuid=uuid4()), 3)  # noqa: B023
        assert came == ["done", "refused", "refused"]
        assert (standing(book, "31020:M01"), verify(book)) == (0, [])


def test_the_same_uuid_by_many_at_once_posts_once(real_commits: None) -> None:
    for _round in range(ROUNDS):
        book, uuid = a_new_book(), uuid4()
        assert at_once(lambda which: posted(book, DAY, ("11000", "31020:M01", 100), uuid=uuid)) == ["done"] * AT_ONCE  # noqa: B023
        assert (Entry.objects.filter(book=book).count(), standing(book, "31020:M01")) == (1, 100)


def test_numbers_have_no_gap_and_the_chain_does_not_fork(real_commits: None) -> None:
    book = a_new_book()
    for _round in range(ROUNDS):
        at_once(lambda which: posted(book, DAY, ("11000", "31020:M01", 100 + which, which)))
    assert Entry.objects.filter(book=book).count() == ROUNDS * AT_ONCE
    assert verify(book) == []


def test_closing_and_posting_meet_at_the_head(real_commits: None) -> None:
    for _round in range(ROUNDS):
        book = a_new_book()

        def act(which: int, book: Book = book) -> None:
            if which == 0:
                closed(book, 202101)
            else:
                posted(book, DAY, ("11000", "31020:M01", 100))

        came = at_once(act)
        assert came.count("done") == Entry.objects.filter(book=book).count() + 1
        assert verify(book) == []
