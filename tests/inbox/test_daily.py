"""The day's reminders: made once, read by their person, counted on every page."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.db import connections
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.plugin import DjangoDbBlocker

from sajja.audit.models import AuditRow
from sajja.inbox import actions, sources
from sajja.inbox.actions import NewMessage
from sajja.inbox.models import DailyRun, Message
from sajja.inbox.reminders import Due
from sajja.org.models import Person
from sajja.web import clock
from tests.cast import Cast

DAY = date(2021, 6, 10)


@pytest.fixture
def officer(db: None) -> Person:
    return Cast().district_officer


@pytest.fixture
def owed(officer: Person) -> Iterator[Due]:
    """The one thing that is owed in these tests: by the officer, today."""
    due = Due("tests.paper", "ส่งรายงาน", "กลุ่มตัวอย่าง", DAY, "/reports/", ((officer.pk,), (), ()))
    asked = list(sources._ASKED)
    sources._ASKED[:] = [lambda day: [due]]
    yield due
    sources._ASKED[:] = asked


def unread(person: Person) -> int:
    person.refresh_from_db()
    return person.unread


def test_run_twice_nothing_is_said_twice(officer: Person, owed: Due) -> None:
    run = actions.remind(by="system", day=DAY)
    assert run
    assert run.messages == 1
    assert actions.remind(by="system", day=DAY) is None
    assert actions.remind(by="system", day=DAY - timedelta(days=1)) is None
    assert [(one.title, one.kind, one.link) for one in Message.objects.all()] == [
        ("ส่งรายงาน: กลุ่มตัวอย่าง ครบกำหนดวันนี้ 10 มิ.ย. 2564", "deadline", "/reports/")
    ]
    assert unread(officer) == 1
    assert AuditRow.objects.filter(act="inbox.remind").count() == 1


def test_missed_days_are_made_up_once(officer: Person, owed: Due) -> None:
    DailyRun.objects.create(day=DAY - timedelta(days=8), at=clock.now())
    run = actions.remind(by="system", day=DAY + timedelta(days=5))
    assert run
    assert run.messages == 1
    assert Message.objects.get().title == "ส่งรายงาน: กลุ่มตัวอย่าง เลยกำหนด 5 วัน (10 มิ.ย. 2564)"


@pytest.mark.parametrize(
    ("day", "clock_time", "said"), [(9, "ครบกำหนดพรุ่งนี้", 1), (10, "ครบกำหนดวันนี้", 1), (11, "เลยกำหนด 1 วัน", 1)]
)
def test_the_day_before_the_day_and_the_day_after(owed: Due, day: int, clock_time: str, said: int) -> None:
    actions.remind(by="system", day=date(2021, 6, day))
    assert [clock_time in one.title for one in Message.objects.all()] == [True] * said


def test_what_is_said_again_under_its_key_is_not_said(officer: Person) -> None:
    one = NewMessage(officer.pk, "k", "news", "เรื่องหนึ่ง")
    assert [actions.deliver([one, one], clock.now()), actions.deliver([one], clock.now()), unread(officer)] == [1, 0, 1]


def test_a_message_is_read_by_its_person_alone_and_the_count_follows(officer: Person, client: Client) -> None:
    actions.deliver([NewMessage(officer.pk, str(n), "news", f"เรื่อง {n}", link="/forums/") for n in range(3)], clock.now())
    first = Message.objects.order_by("pk")[0]
    client.force_login(Cast().province_officer)
    assert client.get(f"/inbox/{first.pk}/")["Location"] == "/inbox/"
    client.force_login(officer)
    assert "เรื่อง 0" in client.get(f"/inbox/{first.pk}/").content.decode()
    done = client.post(f"/inbox/{first.pk}/", {"once": "5bd7a9d0-58f6-4a6c-9b3e-0a1c9a0f7e11"})
    assert done["Location"] == "/forums/"
    assert unread(officer) == 2
    client.post("/inbox/read/", {"once": "5bd7a9d0-58f6-4a6c-9b3e-0a1c9a0f7e12"})
    assert unread(officer) == 0
    assert list(Message.objects.filter(read_at=None)) == []


def test_the_inbox_asks_the_same_for_one_and_three(
    officer: Person, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(officer)
    for count in (1, 3):
        actions.deliver([NewMessage(officer.pk, str(n), "news", f"เรื่อง {n}") for n in range(count)], clock.now())
        with django_assert_num_queries(5):
            page = client.get("/inbox/").content.decode()
        assert page.count("/inbox/") - page.count('/inbox/mail/"') - page.count('/inbox/read/"') == count + 1
        assert f">{count}<span" in page


@pytest.fixture
def real_transactions(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Transactions of the threads' own on the session's database."""
    with django_db_blocker.unblock():
        yield
        day = date(2031, 1, 1)
        DailyRun.objects.filter(day=day).delete()
        connections.close_all()


def test_two_workers_at_once_make_a_day_once(real_transactions: None) -> None:
    day, start = date(2031, 1, 1), Barrier(2)

    def work() -> DailyRun | None:
        try:
            start.wait(timeout=5)
            return actions.remind(by="system", day=day)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        runs = [one.result() for one in [pool.submit(work), pool.submit(work)]]
    assert sorted(run is None for run in runs) == [False, True]
    assert DailyRun.objects.filter(day=day).count() == 1
