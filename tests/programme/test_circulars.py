"""Circulars: they reach every office at once, each acknowledges once, and who has not is a list."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker

from sajja.audit.models import AuditRow
from sajja.desk.reminding import dues
from sajja.inbox.models import Message
from sajja.lib.refusals import Refused
from sajja.org.models import Person, Post
from sajja.programme import actions, circulars
from sajja.programme.duties import duties
from sajja.programme.models import Acknowledgement, Circular, ProgrammeYear, Revision
from sajja.web import clock
from tests.cast import Cast, someone, unit
from tests.conftest import DAY
from tests.factories import a_year
from tests.sizes import size

BY = date(2021, 6, 20)
AT_ONCE = size(4, 12)
EVERY = [("", "zz")]


def issued(cast: Cast, number: str = "มท 0407.5/ว 335", needs_by: date = BY, replaces: Circular | None = None) -> Circular:
    return actions.issue_circular(
        by=cast.department, year=ProgrammeYear.objects.get(), number=number, dated=date(2021, 6, 9), subject="แนวทางปีนี้",
        words="ให้ทุกแห่งทราบ", needs_by=needs_by, replaces=replaces,
    )  # fmt: skip


@pytest.fixture
def cast(db: None) -> Cast:
    made = Cast()
    a_year(made)
    return made


def client(person: Person) -> Client:
    one = Client()
    one.force_login(person)
    return one


def test_it_reaches_every_office_of_the_programme_and_all_their_people(cast: Cast) -> None:
    people = [cast.province_officer, cast.province_head, cast.district_officer, cast.district_head]
    made = issued(cast)
    reached = circulars.offices(made.year, EVERY)
    kinds = {one.kind for one in reached}
    assert (len([one for one in reached if one.kind == "province"]), kinds) == (76, {"province", "district"})
    assert not [one for one in reached if one.path.startswith("10")], "กรุงเทพมหานคร has no part in it"
    told = set(Message.objects.filter(key=f"circular:{made.pk}").values_list("person_id", flat=True))
    assert {one.pk for one in people} <= told
    assert cast.department.pk not in told
    assert AuditRow.objects.get(act="programme.issue_circular").detail["offices"] == len(reached)


def test_an_office_acknowledges_once_whoever_of_it_does(cast: Cast) -> None:
    made = issued(cast)
    actions.acknowledge_circular(by=cast.district_officer, circular=made, unit=unit("4805"))
    with pytest.raises(Refused, match="รับทราบแทนหน่วยงานนี้แล้ว"):
        actions.acknowledge_circular(by=cast.district_head, circular=made, unit=unit("4805"))
    assert circulars.reach([made], made.year, [("48", "49")])[made.pk].known == 1
    for where in ("480501", "10"):
        with pytest.raises(Refused, match="ไม่ได้ส่งถึง"):
            actions.acknowledge_circular(by=cast.district_officer, circular=made, unit=unit(where))


def test_withdrawn_with_a_reason_nobody_is_asked_and_what_was_said_stays(cast: Cast) -> None:
    made = issued(cast)
    actions.acknowledge_circular(by=cast.district_officer, circular=made, unit=unit("4805"))
    with pytest.raises(Refused, match="ถอนเพราะอะไร"):
        actions.withdraw_circular(by=cast.department, circular=made, reason="  ")
    with pytest.raises(Refused, match="มีหนังสือเลขที่นี้แล้ว"):
        issued(cast)
    actions.withdraw_circular(by=cast.department, circular=made, reason="วันที่ผิด")
    with pytest.raises(Refused, match="ถูกถอนแล้ว"):
        actions.acknowledge_circular(by=cast.province_officer, circular=made, unit=unit("48"))
    again = issued(cast, replaces=made)
    assert (again.replaces, Acknowledgement.objects.count()) == (made, 1)
    shown = client(cast.district_officer).get(reverse("programme:circular", args=[made.pk])).content.decode()
    assert ("วันที่ผิด" in shown, reverse("programme:circular", args=[again.pk]) in shown) == (True, True)


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_the_home_asks_until_it_is_known_and_is_late_from_the_day_after(cast: Cast, days: int) -> None:
    made = issued(cast)
    today = BY + timedelta(days=days)
    with clock.fixed(today):
        officer = Person.objects.get(pk=cast.district_officer.pk)
        [duty] = [one for one in duties(officer, today) if str(one.verb) == "อ่านและรับทราบ"]
        assert (duty.due, duty.kind_on(today) == "late", circulars.is_late(made, today)) == (BY, days > 0, days > 0)
        actions.acknowledge_circular(by=officer, circular=made, unit=unit("4805"))
        assert [one for one in duties(officer, today) if str(one.verb) == "อ่านและรับทราบ"] == []


def test_reminders_go_to_the_office_and_then_to_the_one_above(cast: Cast) -> None:
    officer, head, above = cast.district_officer, cast.district_head, cast.province_officer
    issued(cast)
    levels = {one.name: one.levels for one in dues(BY) if one.kind == "programme.circular"}
    assert levels[f"มท 0407.5/ว 335 {unit('4805').full_name}"] == ((officer.pk,), (head.pk,), (above.pk,))
    actions.acknowledge_circular(by=officer, circular=Circular.objects.get(), unit=unit("4805"))
    assert not [one for one in dues(BY) if one.name.endswith(f" {unit('4805').full_name}")]


def test_a_day_that_has_passed_is_no_day_to_know_it_by(cast: Cast) -> None:
    with pytest.raises(Refused, match="ต้องไม่ก่อนวันนี้"):
        issued(cast, needs_by=date(2021, 6, 9))


def test_from_issuing_to_knowing_in_the_pages(cast: Cast) -> None:
    year = reverse("programme:circulars", args=[2564])
    assert "ยังไม่มีหนังสือเวียน" in client(cast.district_officer).get(year).content.decode()
    new = reverse("programme:circular_new", args=[2564])
    fields = {"number": "ว 12", "dated": "9 มิ.ย. 2564", "subject": "ซักซ้อม", "words": "ทราบ", "needs_by": "20 มิ.ย. 2564"}
    assert client(cast.province_officer).get(new).status_code == 403
    assert client(cast.department).post(new, fields | {"once": str(uuid4())}).status_code == 302
    page = reverse("programme:circular", args=[Circular.objects.get().pk])
    to = reverse("programme:acknowledge", args=[Circular.objects.get().pk, unit("4805").pk])
    assert to in client(cast.district_officer).get(page).content.decode()
    other = reverse("programme:acknowledge", args=[Circular.objects.get().pk, unit("4808").pk])
    assert client(cast.district_officer).post(other, {"once": str(uuid4())}).status_code == 404
    assert client(cast.district_officer).post(to, {"once": str(uuid4())}).status_code == 302
    assert to not in client(cast.district_head).get(page).content.decode()
    below = client(cast.province_officer).get(page).content.decode()
    names = [unit("4808").full_name in below, unit("4805").full_name in below, unit("5001").full_name in below]
    assert names == [True, False, False], "the province sees its own offices that do not know it yet"
    whole = client(cast.province_officer).get(page + "?all=1").content.decode()
    assert cast.district_officer.full_name in whole


def test_a_new_one_names_the_withdrawn_one_and_an_address_that_names_none_opens_too(cast: Cast) -> None:
    old = actions.withdraw_circular(by=cast.department, circular=issued(cast, "ว 9"), reason="วันที่ผิด")
    new, department = reverse("programme:circular_new", args=[2564]), client(cast.department)
    said = [
        old.number in department.get(new, {"replaces": named}).content.decode() for named in (str(old.pk), "²", "", "9" * 5000)
    ]
    assert said == [True, False, False, False]


def test_the_nation_s_list_costs_the_same_however_many_know_it(cast: Cast, django_assert_max_num_queries: object) -> None:
    made = issued(cast)
    for number in ("4805", "4808", "48"):
        actions.acknowledge_circular(by=someone("district_officer", unit("4805")), circular=made, unit=unit(number))
    browser, page = client(cast.department), reverse("programme:circular", args=[made.pk])
    browser.get(page)
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        assert "3/" in browser.get(page).content.decode()
    answer = browser.get(reverse("programme:circular_sheet", args=[made.pk]))
    assert answer["Content-Type"].startswith("application/vnd.openxml")


@pytest.fixture
def real_commits(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The session's database with real commits; all that was made goes away again, but for its audit rows."""
    with django_db_blocker.unblock():
        people = set(Person.objects.values_list("pk", flat=True))
        yield
        for model in (Acknowledgement, Circular, Revision, ProgrammeYear, Message):
            model.objects.all().delete()
        Post.objects.exclude(person__in=people).delete()
        Person.objects.exclude(pk__in=people).delete()
        connections.close_all()


def test_an_office_acknowledges_once_however_many_of_it_do_so_at_the_same_moment(real_commits: None) -> None:
    cast = Cast()
    a_year(cast)
    with clock.fixed(DAY):
        made = issued(cast)
    place, people, together = unit("4805"), [cast.district_officer, cast.district_head] * (AT_ONCE // 2), Barrier(AT_ONCE)

    def go(person: Person) -> bool:
        with clock.fixed(DAY):
            together.wait()
            try:
                actions.acknowledge_circular(by=person, circular=made, unit=place)
            except Refused:
                return False
            finally:
                connections.close_all()
            return True

    with ThreadPoolExecutor(AT_ONCE) as hands:
        said = list(hands.map(go, people))
    assert sorted(said) == [False] * (AT_ONCE - 1) + [True]
    assert Acknowledgement.objects.filter(circular=made).count() == 1
