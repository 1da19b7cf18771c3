"""Two close the year, charge the same depreciation or credit the same interest at the same moment: it is done once."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections, transaction
from django.db.models import QuerySet
from pytest_django.plugin import DjangoDbBlocker

from sajja.groups import actions as groups
from sajja.groups.actions import NewMember
from sajja.groups.models import AppropriationHead, GroupBook, Pledge, SavingsGroup
from sajja.ledger.models import Book, Entry
from sajja.ledger.verifying import verify
from sajja.lib.refusals import Refused
from sajja.org import actions as org
from sajja.org.models import Kind, Unit
from sajja.treasury import actions, chart
from sajja.treasury.actions import OpeningLine, savings
from sajja.treasury.actions import yearend as acts
from sajja.treasury.models import BookRules, InterestRun, MemberAccount, Voucher, YearAdjustment, YearEnd, YearRules
from sajja.web import clock
from tests.sizes import size
from tests.treasury.test_savings import RULES

ROUNDS, AT_ONCE = size(1, 20), 4
AFTER, NAME = date(2022, 1, 10), "แข่งกันปิดปี"


class Keeper:
    """Who keys it in."""

    key, full_name = "person:race", "ผู้ลงบัญชี (ตัวอย่าง)"


@pytest.fixture
def real_commits(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The session's database with real commits; the group goes away again, its ledger book and its audit rows stay."""
    with django_db_blocker.unblock():
        yield
        for group in SavingsGroup.objects.filter(name__startswith=NAME):
            _forget(group)
        connections.close_all()


def _forget(group: SavingsGroup) -> None:
    own: list[QuerySet[Any]] = [
        model._default_manager.filter(kept__group=group)
        for model in (YearEnd, YearAdjustment, YearRules, InterestRun, Voucher, BookRules)
    ]
    own += [MemberAccount.objects.filter(member__group=group), GroupBook.objects.filter(group=group)]
    own += [AppropriationHead.objects.filter(regulation__group=group), group.regulations.all()]
    unit, village = group.unit, group.unit.parent
    with transaction.atomic():
        for rows in [*own, Pledge.objects.filter(member__group=group), group.members.all()]:
            rows.delete()
        group.delete()
        unit.delete()
        if village:
            village.delete()


def at_once(act: Callable[[], object]) -> list[str]:
    """Each does it in a thread with a connection of its own: what came of it."""

    def one(_which: int) -> str:
        try:
            with clock.fixed(AFTER):
                act()
        except Refused:
            return "refused"
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(AT_ONCE) as people:
        return sorted(people.map(one, range(AT_ONCE)))


def a_real_book() -> dict[str, Any]:
    """A committed book with a machine, a member's special savings and some income; who keeps it and which year."""
    place = Unit.objects.filter(kind=Kind.SUBDISTRICT, active=True, path__gte="90").order_by("path")[0]
    taken = {code[:8] for code in Book.objects.values_list("code", flat=True)}  # books of earlier rounds stay
    number = next(n for n in range(1, 99) if f"{place.path}{n:02}" not in taken)
    village = org.add_village(by="system", subdistrict=place, number=number, name=NAME)
    group = groups.register_group(by="system", village=village, name=f"{NAME} {uuid4().hex[:6]}")
    groups.add_regulation(by="system", group=group, regulation=RULES)
    with clock.fixed(date(2021, 2, 1)):
        (member,) = groups.enrol_members(
            by=Keeper(), group=group, members=[NewMember(number="M01", name="นายหนึ่ง (ตัวอย่าง)", joined_on=date(2020, 1, 5))]
        )
        opening = [("17000", 300_000), ("11000", 700_000), ("41000", -100_000)]
        lines = [OpeningLine(code, satang) for code, satang in opening] + [OpeningLine(chart.SPECIAL, -900_000, member)]
        kept = actions.open_savings_book(by=Keeper(), group=group, opened_on=date(2021, 2, 1), opening=lines)
        acts.set_year_rules(by=Keeper(), kept=kept, from_year=2021, depreciation={"17000": 2000})
    return {"by": Keeper(), "kept": kept}


def test_interest_depreciation_and_closing_by_four_at_once_are_done_once(real_commits: None) -> None:
    for _round in range(ROUNDS):
        base = a_real_book()
        kept, year = base["kept"], base | {"fiscal_year": 2021}
        once = ["done"] + ["refused"] * (AT_ONCE - 1)
        for day in (date(2021, 6, 30), date(2021, 12, 31)):
            assert at_once(lambda: savings.credit_interest(**base, day=day, uuid=uuid4())) == once  # noqa: B023 # within the round
        assert at_once(lambda: acts.depreciate(**year, uuid=uuid4())) == once  # noqa: B023
        with clock.fixed(AFTER):
            for month in range(202102, 202113):
                actions.close_month(**base, month=month)
        assert at_once(lambda: acts.close_year(**year, uuid=uuid4())) == once  # noqa: B023
        counts = [model.objects.filter(kept=kept).count() for model in (InterestRun, YearAdjustment, YearEnd)]
        assert (counts, Entry.objects.filter(book=kept.book).count()) == ([2, 1, 1], 5)
        assert verify(kept.book) == []


def test_the_same_closing_sent_by_four_at_once_closes_once_and_answers_all(real_commits: None) -> None:
    base = a_real_book()
    year, uuid = base | {"fiscal_year": 2021}, uuid4()
    with clock.fixed(AFTER):
        for day in (date(2021, 6, 30), date(2021, 12, 31)):
            savings.credit_interest(**base, day=day)
        acts.depreciate(**year)
        for month in range(202102, 202113):
            actions.close_month(**base, month=month)
    assert at_once(lambda: acts.close_year(**year, uuid=uuid)) == ["done"] * AT_ONCE
    assert YearEnd.objects.filter(kept=base["kept"]).count() == 1
