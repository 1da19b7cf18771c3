"""Two acts on one province at once take turns, on either database. Nothing is written: both transactions only hold the lock."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import sleep

import pytest
from django.db import connections
from pytest_django.plugin import DjangoDbBlocker

from sajja.audit.acts import act
from sajja.lib.refusals import Refused
from sajja.programme import actions
from sajja.programme.actions.proposals import take_turns
from tests.cast import Cast, unit
from tests.factories import a_group, a_year, selected

HELD = 0.4


@pytest.fixture
def real_transactions(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Transactions of the threads' own on the session's database."""
    with django_db_blocker.unblock():
        yield
        connections.close_all()


def alone(do: Callable[[], None]) -> None:
    """In one transaction, as every act runs, with a connection that is closed after it."""
    try:
        act(do)()
    finally:
        connections.close_all()


@pytest.mark.parametrize("wanted", [["47"], ["47", "48"], ["48", "47", "46"]])
def test_who_comes_second_to_a_province_waits_until_the_first_is_done(real_transactions: None, wanted: list[str]) -> None:
    said: list[str] = []
    inside = Event()

    def first() -> None:
        take_turns(["47"])
        said.append("first in")
        inside.set()
        sleep(HELD)
        said.append("first out")

    def second() -> None:
        take_turns(wanted)
        said.append("second in")

    with ThreadPoolExecutor(2) as hands:
        begun = hands.submit(alone, first)
        assert inside.wait(30)
        hands.submit(alone, second).result(30)
        begun.result(30)
    assert said == ["first in", "first out", "second in"]


def test_many_who_lock_provinces_in_any_order_all_come_to_their_turn(real_transactions: None) -> None:
    orders = [["47", "48", "46"], ["46", "48", "47"], ["48", "46"], ["47", "46"]] * 5
    with ThreadPoolExecutor(8) as hands:
        assert list(hands.map(lambda wanted: alone(lambda: take_turns(wanted)), orders)) == [None] * len(orders)


@pytest.mark.django_db
def test_who_had_to_wait_sees_what_the_first_did_and_is_told_in_words() -> None:
    cast = Cast()
    group, late = a_group("กลุ่มก"), a_group("กลุ่มข")
    year = a_year(cast)
    selected(group, cast=cast)
    with pytest.raises(Refused, match="ยืนยันรายชื่อแล้ว หากต้องเปลี่ยนกลุ่ม"):
        actions.confirm_list(by=cast.province_head, year=year, province=unit("48"))
    with pytest.raises(Refused, match="ยืนยันรายชื่อแล้ว หากต้องเปลี่ยนกลุ่ม"):
        actions.propose_groups(by=cast.district_officer, year=year, groups=[(late, None, "")])
