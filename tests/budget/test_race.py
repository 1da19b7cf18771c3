"""Two advances at the same moment: together they never take more than the district holds, on either database."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from pytest_django.plugin import DjangoDbBlocker

from sajja.audit.models import AuditRow
from sajja.budget.models import Advance, AdvanceMove, Allocation, Purse
from sajja.lib.refusals import Refused
from sajja.org.models import Person, Post
from sajja.programme.models import ProgrammeYear, Revision
from sajja.web import clock
from tests.budget.money import allocated, an_advance
from tests.cast import Cast
from tests.conftest import DAY
from tests.sizes import size

AT_ONCE = size(4, 12)


@pytest.fixture
def real_commits(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The session's database with real commits; all that was made goes away again, but for its audit rows."""
    with django_db_blocker.unblock():
        people = set(Person.objects.values_list("pk", flat=True))
        yield
        for model in (AdvanceMove, Advance, Allocation, Purse, Revision, ProgrammeYear):
            model.objects.all().delete()
        Post.objects.exclude(person__in=people).delete()
        Person.objects.exclude(pk__in=people).delete()
        connections.close_all()


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
