"""Many who come with one code at the same moment: one gets the post, the others read that it is used."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from pytest_django.plugin import DjangoDbBlocker

from sajja.lib.refusals import Refused
from sajja.org.actions import inviting
from sajja.org.models import Invitation, Person, Post
from sajja.web import clock
from tests.cast import Cast, unit
from tests.conftest import DAY
from tests.sizes import size

AT_ONCE = size(4, 12)


@pytest.fixture
def real_commits(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The session's database with real commits; all that was made goes away again, but for its audit rows."""
    with django_db_blocker.unblock():
        people = set(Person.objects.values_list("pk", flat=True))
        yield
        Invitation.objects.all().delete()
        Post.objects.exclude(person__in=people).delete()
        Person.objects.exclude(pk__in=people).delete()
        connections.close_all()


def test_one_code_gives_one_post_however_many_come_with_it_at_the_same_moment(real_commits: None) -> None:
    head, together = Cast().district_head, Barrier(AT_ONCE)
    with clock.fixed(DAY):
        made = inviting.invite(by=head, full_name="นายมาใหม่", role="district_officer", unit=unit("4805"), starts=clock.today())

    def accept(number: int) -> bool:
        with clock.fixed(DAY):
            together.wait()
            try:
                inviting.accept_invitation(
                    by=None, invitation=made, full_name="นายมาใหม่", username=f"new-{number}", password="ข้าวเหนียวมะม่วงสุกหวาน"
                )
            except Refused:
                return False
            finally:
                connections.close_all()
            return True

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(accept, range(AT_ONCE)))
    assert sorted(answers) == [False] * (AT_ONCE - 1) + [True]
    assert Post.objects.filter(unit=unit("4805"), role="district_officer").count() == 1
    assert Person.objects.filter(username__startswith="new-").count() == 1
