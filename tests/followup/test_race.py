"""Many who answer one finding at the same moment: one answer is given, the others read that somebody was first."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from pytest_django.plugin import DjangoDbBlocker

from sajja.audit.models import AuditRow
from sajja.followup import actions
from sajja.followup.models import Finding, FindingMove, Visit
from sajja.lib.refusals import Refused
from sajja.org.models import Person, Post
from sajja.programme.models import ProgrammeYear, Revision
from sajja.web import clock
from tests.cast import Cast, unit
from tests.conftest import DAY
from tests.factories import a_year
from tests.followup.visits import VISIT_DAY, a_finding
from tests.sizes import size

AT_ONCE = size(4, 12)


@pytest.fixture
def real_commits(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The session's database with real commits; all that was made goes away again, but for its audit rows."""
    with django_db_blocker.unblock():
        people = set(Person.objects.values_list("pk", flat=True))
        yield
        for model in (FindingMove, Finding, Visit, Revision, ProgrammeYear):
            model.objects.all().delete()
        Post.objects.exclude(person__in=people).delete()
        Person.objects.exclude(pk__in=people).delete()
        connections.close_all()


def test_one_finding_is_answered_once_however_many_answer_at_the_same_moment(real_commits: None) -> None:
    cast = Cast()
    officer, together = cast.district_officer, Barrier(AT_ONCE)
    visit = Visit.objects.create(
        year=a_year(cast), zone=unit("z11"), province=unit("48"), day=VISIT_DAY, state="made", went="นายติดตาม (ตัวอย่าง)",
        summary="พบเจ้าหน้าที่", planned_by=cast.followup, planned_at=clock.now(),
    )  # fmt: skip
    finding = a_finding(visit, unit("4805"), cast=cast)
    audited = AuditRow.objects.filter(act="followup.answer_finding").count()

    def answer(number: int) -> bool:
        with clock.fixed(DAY):
            together.wait()
            try:
                actions.answer_finding(by=officer, finding=finding, words=f"ทำแล้ว {number}")
            except Refused:
                return False
            finally:
                connections.close_all()
            return True

    with ThreadPoolExecutor(AT_ONCE) as hands:
        answered = list(hands.map(answer, range(AT_ONCE)))
    assert sorted(answered) == [False] * (AT_ONCE - 1) + [True]
    finding.refresh_from_db()
    assert (finding.state, finding.moves.filter(move="answer").count()) == ("answered", 1)
    assert AuditRow.objects.filter(act="followup.answer_finding").count() == audited + 1
