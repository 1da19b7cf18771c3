"""Who may give which role where: asked of everyone, for every role at every kind of unit."""

from contextlib import suppress
from datetime import date
from itertools import product

import pytest
from django.db import transaction

from sajja.lib.refusals import Refused
from sajja.org import actions
from sajja.org.appointing import may_give, roles_to_give
from sajja.org.models import Kind, Person, Post, Unit
from sajja.org.roles import ROLES
from tests.cast import Cast, someone, unit
from tests.factories import a_group

pytestmark = pytest.mark.django_db
TODAY = date(2021, 6, 10)


def a_newcomer() -> Person:
    return actions.add_person(by="system", username="newcomer", full_name="นายมาใหม่ (ตัวอย่าง)")


def given_at(person: Person, at: Unit) -> set[str]:
    return {role.key for role in roles_to_give(person, at)}


def test_each_office_gives_the_roles_below_and_none_makes_its_own_head() -> None:
    cast, group = Cast(), a_group().unit
    committee = {"group_chair", "group_secretary", "group_treasurer", "group_auditor"}
    district = {"district_officer", "district_head"}
    province = {"province_officer", "province_head"}
    assert [given_at(cast.district_head, at) for at in (group, unit("4805"), unit("48"))] == [
        committee,
        {"district_officer"},
        set(),
    ]
    assert [given_at(cast.province_head, at) for at in (group, unit("4805"), unit("48"))] == [
        committee,
        district,
        {"province_officer"},
    ]
    assert [given_at(cast.admin, at) for at in (group, unit("4805"), unit("48"))] == [committee, district, province]
    assert given_at(cast.admin, unit("")) == {"department_officer", "department_admin"}
    assert given_at(cast.department, unit("z11")) == given_at(cast.admin, unit("z11")) == {"followup_officer"}


def test_nobody_gives_a_role_in_another_offices_area() -> None:
    cast = Cast()
    assert given_at(cast.district_head, unit("4808")) == set()
    assert given_at(cast.province_head, unit("47")) == given_at(cast.province_head, unit("4701")) == set()


def test_an_appointment_by_anyone_to_anything_is_made_only_by_a_post_that_covers_the_unit() -> None:
    """Every role asks for every role at every office: what is refused leaves no post."""
    group, newcomer, made = a_group().unit, a_newcomer(), set()
    homes = {
        Kind.GROUP: group,
        Kind.ZONE: unit("z11"),
        Kind.PROVINCE: unit("48"),
        Kind.DISTRICT: unit("4805"),
        Kind.DEPARTMENT: unit(""),
    }
    asked = [group, *(unit(path) for path in ("", "z11", "z01", "48", "47", "4805", "4808", "4701"))]
    for who, role, at in product(ROLES, ROLES, asked):
        person = someone(who, homes[ROLES[who].kind])
        with suppress(Refused), transaction.atomic():
            post = actions.appoint(by=person, person=newcomer, role=role, unit=at, starts=TODAY)
            made.add((who, role, at.path))
            assert may_give(person, role, at)
            post.delete()
    assert not Post.objects.filter(person=newcomer).exists()
    heads = {(who, path) for who, role, path in made if role in {"district_head", "province_head"}}
    assert heads == {
        ("province_head", "4805"), ("province_head", "4808"),
        *(("department_admin", path) for path in ("48", "47", "4805", "4808", "4701")),
    }  # fmt: skip
    assert {path for who, _role, path in made if who == "district_head"} == {"4805", group.path}
    assert {who for who, _role, _path in made} == {"district_head", "province_head", "department_admin", "department_officer"}


def test_a_post_that_is_over_gives_nothing() -> None:
    head = Cast().district_head
    actions.end_post(by="system", post=head.posts.get(), ends=date(2021, 6, 9))
    assert not may_give(Person.objects.get(pk=head.pk), "district_officer", unit("4805"))


def test_a_post_is_ended_only_by_who_could_have_given_it() -> None:
    cast = Cast()
    post = cast.district_officer.posts.get()
    for other in (cast.province_officer, someone("district_head", unit("4808")), cast.department):
        with pytest.raises(Refused):
            actions.end_post(by=other, post=post)
    assert actions.end_post(by=cast.district_head, post=post).ends == TODAY
