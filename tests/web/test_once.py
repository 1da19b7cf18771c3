"""Once: a form that is sent again is answered again and never done again, whoever races."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connections
from django.http import HttpResponse
from django.test import RequestFactory
from pytest_django.plugin import DjangoDbBlocker

from sajja.audit.actions import record
from sajja.audit.models import AuditRow
from sajja.lib.refusals import Refused
from sajja.org.models import Kind, Unit
from sajja.web.fields import SajjaForm, ThaiTextField
from sajja.web.models import Receipt
from sajja.web.once import once, submit
from tests.sizes import size

PARALLEL, ROUNDS = 20, size(10, 200)


class NoteForm(SajjaForm):
    """A form with one word in it."""

    word = ThaiTextField()


def posted(uuid: str, word: str = "หนึ่ง", path: str = "/act/") -> HttpResponse:
    """The answer to the same act, sent with this UUID."""
    request = RequestFactory().post(path, {"once": uuid, "word": word})
    request.user = AnonymousUser()

    def act() -> str:
        record("system", "tests.act", Unit.objects.get(kind=Kind.DEPARTMENT), "", word=word, uuid=uuid)
        return f"/made/{AuditRow.objects.filter(act='tests.act').count()}/"

    return once(request, act)


def acts(uuid: str) -> int:
    """How often the act of this UUID was done."""
    return AuditRow.objects.filter(act="tests.act", detail__uuid=uuid).count()


@pytest.mark.django_db
def test_a_replay_is_answered_as_the_first_time_and_not_done() -> None:
    uuid = str(uuid4())
    first, again = posted(uuid), posted(uuid)
    assert (first.status_code, again["Location"]) == (302, first["Location"])
    assert acts(uuid) == 1


@pytest.mark.django_db
def test_the_same_uuid_with_other_content_is_a_conflict_that_shows_what_was_sent() -> None:
    uuid = str(uuid4())
    posted(uuid, "หนึ่ง")
    answer = posted(uuid, "สอง")
    assert answer.status_code == 409
    assert "สอง" in answer.content.decode()
    assert acts(uuid) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("uuid", ["", "1", "x" * 36])
def test_a_write_without_its_uuid_is_refused(uuid: str) -> None:
    assert posted(uuid).status_code == 400
    assert Receipt.objects.count() == 0


@pytest.mark.django_db
def test_the_same_uuid_on_another_thing_is_another_act() -> None:
    uuid = str(uuid4())
    posted(uuid, path="/act/1/")
    posted(uuid, path="/act/2/")
    assert acts(uuid) == 2


@pytest.mark.django_db
def test_an_act_that_was_refused_leaves_no_receipt_and_says_why_in_the_form() -> None:
    request = RequestFactory().post("/act/", {"once": str(uuid4()), "word": "ก"})
    request.user = AnonymousUser()
    form = NoteForm(request.POST)

    def refuse() -> str:
        raise Refused("ยังทำไม่ได้", field="word")

    assert submit(request, form, refuse) is None
    assert form.errors == {"word": ["ยังทำไม่ได้"]}
    assert Receipt.objects.count() == 0


@pytest.fixture
def real_commits(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The session's database with real commits; what a test makes stays, under UUIDs of its own."""
    with django_db_blocker.unblock():
        yield
        connections.close_all()


def test_twenty_at_once_make_one(real_commits: None) -> None:
    uuids = [str(uuid4()) for _ in range(ROUNDS)]

    def send(uuid: str) -> int:
        try:
            return posted(uuid).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(PARALLEL) as phones:
        for uuid in uuids:
            assert list(phones.map(send, [uuid] * PARALLEL)) == [302] * PARALLEL
    assert [acts(uuid) for uuid in uuids] == [1] * ROUNDS
    assert Receipt.objects.filter(uuid__in=[UUID(uuid) for uuid in uuids]).count() == ROUNDS
