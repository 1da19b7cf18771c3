"""What was done stays as it was told: the database refuses, and the seals show who went round it."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.plugin import DjangoDbBlocker

from sajja.audit import chain, jobs, queries
from sajja.audit.actions import record, seal_audit
from sajja.audit.chain import Told
from sajja.audit.models import AuditRow, AuditSeal
from sajja.org.models import Person
from sajja.web import clock
from sajja.web.frozen import missing, put_on
from tests.cast import Cast
from tests.conftest import DAY
from tests.sizes import size

IN_DATABASE = pytest.mark.django_db
ROUNDS, AT_ONCE = size(5, 100), 4


def rows(count: int) -> list[AuditRow]:
    """Rows about somebody."""
    about = Cast().district_officer
    seal_audit()  # he was appointed
    return [record(about, "tests.act", about, "4805", number=number, words="ก้" * number) for number in range(count)]


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@IN_DATABASE
@pytest.mark.parametrize("statement", ["UPDATE audit_auditrow SET by_name = 'ใครก็ได้'", "DELETE FROM audit_auditrow"])
def test_the_database_refuses_to_change_or_delete_a_row(statement: str) -> None:
    rows(1)
    with pytest.raises(DatabaseError, match="stays as it was told"), transaction.atomic():
        run(statement)


@IN_DATABASE
def test_a_missing_trigger_is_named_and_comes_back() -> None:
    assert missing(connection) == []
    run("DROP TRIGGER audit_auditrow_no_delete" + (" ON audit_auditrow" if connection.vendor == "postgresql" else ""))
    assert missing(connection) == ["audit_auditrow_no_delete"]
    put_on(connection)
    assert missing(connection) == []


@IN_DATABASE
def test_each_seal_covers_what_was_written_since_the_one_before() -> None:
    made = rows(3)
    first = seal_audit()
    assert seal_audit() is None
    more = [record("system", "tests.act", AuditRow(pk=1), "") for _ in range(2)]
    second = seal_audit()
    assert first is not None
    assert second is not None
    assert [(seal.rows, seal.last) for seal in (first, second)] == [(len(made), made[-1].pk), (len(more), more[-1].pk)]
    assert queries.flaws() == []


@pytest.fixture
def real_commits(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The session's database with real commits; rows and seals stay, as they must."""
    with django_db_blocker.unblock():
        yield
        connections.close_all()


def test_many_who_seal_at_once_leave_one_chain(real_commits: None) -> None:
    def one(which: int) -> None:
        try:
            for _round in range(ROUNDS):
                record("system", "tests.act", AuditRow(pk=which), "")
                seal_audit()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as hands:
        list(hands.map(one, range(AT_ONCE)))
    seal_audit()
    assert queries.flaws() == []
    assert AuditSeal.objects.order_by("pk").last() == AuditSeal.objects.get(last=AuditRow.objects.latest("pk").pk)


def without_triggers(statement: str) -> None:
    """Somebody with the database in his hands."""
    for name in ("audit_auditrow_no_update", "audit_auditrow_no_delete"):
        run(f"DROP TRIGGER {name}" + (" ON audit_auditrow" if connection.vendor == "postgresql" else ""))
    run(statement)


CHANGES: dict[str, Callable[[int], str]] = {
    "who": lambda pk: f"UPDATE audit_auditrow SET by_name = 'ใครก็ได้' WHERE id = {pk}",
    "what": lambda pk: f"UPDATE audit_auditrow SET act = 'tests.other' WHERE id = {pk}",
    "when": lambda pk: f"UPDATE audit_auditrow SET at = '2020-01-01 00:00:00+00:00' WHERE id = {pk}",
    "about what": lambda pk: f"UPDATE audit_auditrow SET about = 'org.Person:0' WHERE id = {pk}",
    "where": lambda pk: f"UPDATE audit_auditrow SET unit_path = '4806' WHERE id = {pk}",
    "how": lambda pk: f"UPDATE audit_auditrow SET detail = '{{}}' WHERE id = {pk}",
    "not at all": lambda pk: f"DELETE FROM audit_auditrow WHERE id = {pk}",
}


@IN_DATABASE
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_row_changed_behind_the_program_no_longer_meets_its_seal(change: Callable[[int], str]) -> None:
    made = rows(3)
    sealed = seal_audit()
    assert sealed is not None
    without_triggers(change(made[1].pk))
    [flaw] = queries.flaws()
    assert flaw.startswith(f"audit seal {sealed.pk} ")


MOMENTS = st.datetimes(timezones=st.just(clock.BANGKOK))
WORDS = st.text(max_size=20)
TOLD = st.builds(
    Told,
    st.integers(1, 2**62),
    MOMENTS,
    MOMENTS,
    WORDS,
    WORDS,
    WORDS,
    WORDS,
    WORDS,
    WORDS,
    st.dictionaries(WORDS, WORDS | st.integers()),
)


@given(st.lists(TOLD, min_size=1, max_size=6), st.data())
def test_any_other_row_or_order_gives_another_hash(told: list[Told], data: st.DataObject) -> None:
    which = data.draw(st.integers(0, len(told) - 1))
    other = [*told]
    other[which] = told[which]._replace(by=told[which].by + "x")
    assert chain.seal(chain.BEGINNING, told)[0] != chain.seal(chain.BEGINNING, other)[0]
    assert chain.seal(chain.BEGINNING, told)[0] != chain.seal(chain.BEGINNING, told[:-1])[0]
    if len(told) > 1 and told[0] != told[1]:
        assert chain.seal("1" * 64, told)[0] != chain.seal("1" * 64, [told[1], told[0], *told[2:]])[0]


@IN_DATABASE
def test_the_job_seals_once_a_day() -> None:
    rows(1)
    jobs.seal.call()
    count = AuditSeal.objects.count()
    record("system", "tests.act", AuditRow(pk=1), "")
    jobs.seal.call()
    assert AuditSeal.objects.count() == count
    with clock.fixed(DAY + timedelta(days=1)):
        jobs.seal.call()
    assert AuditSeal.objects.count() == count + 1


def enter(person: Person, password: str) -> None:
    Client().post("/sign-in/", {"login": person.username, "password": password})


@IN_DATABASE
def test_coming_in_failing_to_and_leaving_are_remembered() -> None:
    officer = Cast().district_officer
    officer.set_password("สัจจะออมทรัพย์ทุกเดือน")
    officer.save(update_fields=["password"])
    client = Client()
    client.post("/sign-in/", {"login": officer.username, "password": "สัจจะออมทรัพย์ทุกเดือน"})
    client.post("/sign-out/")
    enter(officer, "ไม่ใช่รหัสนี้")
    enter(Person(username="nobody"), "ไม่มีคนนี้")
    found = AuditRow.objects.filter(act__startswith="org.").filter(act__endswith="sign_in") | AuditRow.objects.filter(
        act="org.sign_out"
    )
    told = [(row.act, row.by, row.about, row.unit_path) for row in found.order_by("pk")]
    label = f"org.Person:{officer.pk}"
    assert told == [
        ("org.sign_in", officer.key, label, "4805"),
        ("org.sign_out", officer.key, label, "4805"),
        ("org.fail_sign_in", "stranger", label, "4805"),
    ]
