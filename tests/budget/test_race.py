"""Two advances at the same moment: together they never take more than the district holds, on either database."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections
from pytest_django.plugin import DjangoDbBlocker

from sajja.audit.models import AuditRow
from sajja.budget.models import Advance, AdvanceMove, Allocation, Purse, Voucher
from sajja.groups.models import DevelopmentLevel, SavingsGroup
from sajja.lib.refusals import Refused
from sajja.org.models import Kind, Person, Post, Unit
from sajja.programme.models import Place, ProgrammeYear, Proposal, ProvinceList, Revision, SelectedGroup
from sajja.web import clock
from tests.budget.money import a_voucher, allocated, an_advance
from tests.cast import Cast
from tests.conftest import DAY
from tests.factories import a_selected_group
from tests.sizes import size

AT_ONCE = size(4, 12)
MADE: tuple[Any, ...] = (
    Voucher, AdvanceMove, Advance, Allocation, Purse, SelectedGroup, Place, ProvinceList, Proposal, Revision, ProgrammeYear,
    DevelopmentLevel, SavingsGroup,
)  # fmt: skip
"""In an order in which each may go."""


@pytest.fixture
def real_commits(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The session's database with real commits; all that was made goes away again, but for its audit rows."""
    with django_db_blocker.unblock():
        people = set(Person.objects.values_list("pk", flat=True))
        units = set(Unit.objects.values_list("pk", flat=True))
        yield
        for model in MADE:
            model.objects.all().delete()
        for kind in (Kind.GROUP, Kind.VILLAGE):
            Unit.objects.filter(kind=kind).exclude(pk__in=units).delete()
        Post.objects.exclude(person__in=people).delete()
        Person.objects.exclude(pk__in=people).delete()
        connections.close_all()


def test_a_receipt_is_not_taken_by_two_contracts_at_once(real_commits: None) -> None:
    cast = Cast()
    year, group = allocated(cast), a_selected_group("กลุ่มแข่งใบเสร็จ", cast=cast)
    advances = [an_advance(year, cast, satang=100_000, number=f"{number}/2564") for number in range(2)]
    together = Barrier(2)

    def spend(advance: Advance) -> str:
        with clock.fixed(DAY):
            together.wait()
            try:
                a_voucher(advance, group, Cast(), satang=50_000)
            except Refused as refused:
                return str(refused)
            finally:
                connections.close_all()
            return "ลงแล้ว"

    with ThreadPoolExecutor(2) as hands:
        said = sorted(hands.map(spend, advances))
    assert said == ["ลงแล้ว", "ใบเสร็จเลขที่นี้ของผู้ขายรายนี้ลงไว้แล้ว ใช้ซ้ำไม่ได้"]


def test_two_advances_at_once_never_exceed_what_the_district_holds(real_commits: None) -> None:
    cast = Cast()
    year = allocated(cast)  # 9,000 baht
    officer, together = cast.district_officer, Barrier(AT_ONCE)
    audited = AuditRow.objects.filter(act="budget.lend").count()

    def lend(number: int) -> str:
        with clock.fixed(DAY):
            together.wait()
            try:
                an_advance(year, Cast(), satang=600_000, number=f"{number}/2564")
            except Refused as refused:
                return str(refused)
            finally:
                connections.close_all()
            return "ยืมแล้ว"

    with ThreadPoolExecutor(AT_ONCE) as hands:
        lent = list(hands.map(lend, range(AT_ONCE)))
    assert sorted(lent) == ["ยืมแล้ว"] + ["อำเภอยืมได้อีกไม่เกิน 3,000.00 บาท"] * (AT_ONCE - 1)
    purse = Purse.objects.get(unit__path="4805")
    assert (purse.received_satang, purse.passed_satang) == (900_000, 600_000)
    assert Advance.objects.filter(borrower=officer).count() == 1
    assert AuditRow.objects.filter(act="budget.lend").count() == audited + 1
