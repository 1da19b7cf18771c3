"""The pages of vouchers, cash, banks and signatures, as the people of the group open them."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from sajja.org.models import Person
from tests import routes
from tests.cast import Cast
from tests.treasury.books import Kept, a_book
from tests.treasury.money import Things
from tests.treasury.people import a_committee

pytestmark = pytest.mark.django_db
OURS = {"entry", "account", "keeper", "bank", "count", "handover", "statement", "bank_line", "second", "pin"}
VIEWS = {f"sajja.treasury.views.{name}" for name in ("vouchers", "cash", "bank", "seconds")}


@pytest.fixture
def book() -> Kept:
    return a_book(pledged=10_000, opening=[("12100", 5_000_000), ("34530", -150_000), ("34000", -4_850_000)])


@pytest.fixture
def things(book: Kept) -> Things:
    return Things(book, a_committee(book))


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def sent(**fields: object) -> dict[str, object]:
    return {"once": str(uuid4()), **fields}


def ours() -> list[routes.Route]:
    return [route for route in routes.every() if route.view.__module__ in VIEWS]


def test_every_page_of_money_opens_for_who_may_open_it(book: Kept, things: Things) -> None:
    people = {"treasury.keep_books": book.treasurer, "treasury.see_accounts": book.treasurer, "treasury.approve": book.chair}
    people["treasury.audit"] = Cast().auditor(book.group)
    parts: dict[str, Any] = {"book": book.kept.book_id, **things.parts}
    shut = []
    for route in ours():
        answer = browser(people[route.guard]).get(route.address(parts | things.by_route.get(route.name, {})))
        if answer.status_code != 200:
            shut.append(f"{route.name}: {answer.status_code}")
    assert shut == []
    assert len(ours()) == 44
