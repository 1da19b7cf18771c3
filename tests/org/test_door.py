"""The door: your units and nothing else, from the posts of today."""

from datetime import date
from typing import cast

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import RequestFactory

from sajja.lib.refusals import Refused
from sajja.org import actions
from sajja.org.door import Request, find, holds, require, scoped
from sajja.org.models import Kind, Person, Unit
from sajja.org.permissions import P
from sajja.web import clock
from tests.cast import Cast, someone, unit

pytestmark = pytest.mark.django_db


def fresh(person: Person) -> Person:
    """The same person as the next request loads them."""
    return Person.objects.get(pk=person.pk)


def test_an_officer_finds_what_lies_under_the_district() -> None:
    officer = Cast().district_officer
    assert set(scoped(officer, P.SEE_PLACES, Unit.objects.filter(kind=Kind.DISTRICT)).values_list("path", flat=True)) == {"4805"}


def test_a_sibling_district_does_not_exist_for_an_officer() -> None:
    request = RequestFactory().get("/")
    request.user = Cast().district_officer
    with pytest.raises(Http404):
        find(cast(Request, request), P.SEE_PLACES, Unit.objects.all(), path="4808")


def test_the_province_above_does_not_exist_for_an_officer() -> None:
    with pytest.raises(Http404):
        require(Cast().district_officer, P.SEE_PLACES, unit("48"))


def test_what_a_post_does_not_allow_is_refused_inside_its_unit() -> None:
    with pytest.raises(PermissionDenied):
        require(Cast().district_officer, P.CONFIRM, unit("4805"))


def test_a_permission_of_one_post_does_not_travel_to_another_units_post() -> None:
    head = Cast().province_head
    actions.appoint(by="system", person=head, role="district_officer", unit=unit("4701"), starts=date(2021, 1, 1))
    head = fresh(head)
    assert holds(head, P.CONFIRM, unit("48"))
    assert not holds(head, P.CONFIRM, unit("4701"))
    with pytest.raises(PermissionDenied):
        require(head, P.CONFIRM, unit("4701"))


def test_a_zone_covers_its_provinces_and_no_other() -> None:
    followup = Cast().followup
    seen = set(scoped(followup, P.SEE_PLACES, Unit.objects.filter(kind=Kind.PROVINCE)).values_list("path", flat=True))
    assert seen == {"47", "48", "49"}


def test_the_department_sees_all_77_provinces() -> None:
    assert scoped(Cast().department, P.SEE_PLACES, Unit.objects.filter(kind=Kind.PROVINCE, active=True)).count() == 77


def test_a_post_that_has_ended_opens_nothing_from_the_next_request_on() -> None:
    officer = Cast().district_officer
    actions.end_post(by="system", post=officer.posts.get(), ends=date(2021, 6, 9))
    officer = fresh(officer)
    assert not holds(officer, P.SEE_GROUPS)
    assert not scoped(officer, P.SEE_PLACES, Unit.objects.all()).exists()


def test_a_post_that_begins_tomorrow_opens_nothing_today() -> None:
    person = actions.add_person(by="system", username="tomorrow", full_name="นายพรุ่งนี้ (ตัวอย่าง)")
    actions.appoint(by="system", person=person, role="district_head", unit=unit("4805"), starts=date(2021, 6, 11))
    assert not holds(fresh(person), P.SEE_GROUPS)
    with clock.fixed(date(2021, 6, 11)):
        assert holds(fresh(person), P.SEE_GROUPS, unit("4805"))


def test_nobody_appoints_himself() -> None:
    head = Cast().province_head
    with pytest.raises(Refused):
        actions.appoint(
            by=head, person=head, role="department_admin", unit=Unit.objects.get(kind=Kind.DEPARTMENT), starts=date(2021, 6, 1)
        )


def test_a_role_sits_only_at_its_kind_of_unit() -> None:
    with pytest.raises(Refused):
        actions.appoint(
            by="system",
            person=someone("province_officer", unit("47")),
            role="province_head",
            unit=unit("4805"),
            starts=date(2021, 6, 1),
        )


def test_nobody_ends_his_own_post() -> None:
    head = Cast().province_head
    with pytest.raises(Refused):
        actions.end_post(by=head, post=head.posts.get())
    assert head.posts.get().ends is None


def test_a_post_that_is_over_stays_as_it_was_held() -> None:
    officer = Cast().district_officer
    actions.end_post(by="system", post=officer.posts.get(), ends=date(2021, 6, 9))
    for day in [date(2021, 6, 30), date(2021, 6, 9), date(2021, 5, 1)]:
        with pytest.raises(Refused):
            actions.end_post(by="system", post=officer.posts.get(), ends=day)
    assert officer.posts.get().ends == date(2021, 6, 9)


def test_an_end_that_is_set_moves_nearer_and_never_away() -> None:
    officer = Cast().district_officer
    stale = officer.posts.get()
    actions.end_post(by="system", post=officer.posts.get(), ends=date(2021, 9, 30))
    with pytest.raises(Refused):
        actions.end_post(by="system", post=stale, ends=date(2021, 10, 1))
    assert actions.end_post(by="system", post=stale, ends=date(2021, 6, 30)).ends == date(2021, 6, 30)


def test_a_post_cannot_end_before_it_begins() -> None:
    officer = Cast().district_officer
    with pytest.raises(Refused):
        actions.end_post(by="system", post=officer.posts.get(), ends=date(2020, 9, 30))
