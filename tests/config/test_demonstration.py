"""The demonstration as it stands on its day. Two provinces, the training one and an ordinary one, stand for the nation here."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import pytest
from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.db import transaction
from django.db.models import QuerySet
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from sajja.assessments.models import Assessment, Verdict
from sajja.audit.models import AuditRow
from sajja.config import demonstration
from sajja.config.demonstration.course import moment
from sajja.config.demonstration.names import SURNAME
from sajja.config.demonstration.offices import PASSWORD, who_can_sign_in
from sajja.forums.models import Forum
from sajja.kpi.board import PLACES, Board, board
from sajja.kpi.parts import COLUMNS, levels, parts
from sajja.org import queries as org
from sajja.org.models import Person, Post, ZoneProvince
from sajja.org.roles import ROLES
from sajja.plans.models import Plan
from sajja.programme.models import Place, Proposal
from sajja.programme.queries import standing, year_of
from sajja.reports.models import DistrictReport
from sajja.web import clock
from sajja.web.pictures import path_of
from tests.cast import unit

SHOWN = date(2021, 6, 10)
TRAINING, ORDINARY = "48", "47"
QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # eleven passwords take seconds as in life


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Counter[str]]:
    """Two provinces, made once for all tests of this file and rolled back after them; what make() counted."""
    with django_db_blocker.unblock(), clock.fixed(SHOWN), override_settings(PASSWORD_HASHERS=QUICK), transaction.atomic():
        yield demonstration.make(SHOWN, provinces={TRAINING, ORDINARY})
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def tidy() -> Iterator[None]:
    """The clock of other tests stays where it is."""
    yield
    (settings.SAJJA_DATA / "day").unlink(missing_ok=True)


def acts() -> QuerySet[AuditRow]:
    """What the demonstration did: all but the loading of the places, which was there before."""
    return AuditRow.objects.exclude(act="org.load_places").order_by("id")


def the_board(path: str = "") -> Board:
    return board(year_of(2564), unit(path) if path else org.department())


# --- what was done -------------------------------------------------------------------------


@pytest.mark.django_db
def test_every_act_leaves_one_row_in_the_audit(made: Counter[str]) -> None:
    assert Counter(row.act for row in acts()) == made


@pytest.mark.django_db
def test_acts_follow_each_other_in_time_and_none_lies_after_the_moment_shown(made: Counter[str]) -> None:
    rows = list(acts())
    assert [later for earlier, later in pairwise(rows) if later.at < earlier.at] == []
    assert [row for row in rows if row.at >= moment(SHOWN, 9) or row.entered_at != row.at] == []


@pytest.mark.django_db
def test_everybody_acts_within_the_units_of_a_post(made: Counter[str]) -> None:
    posts: dict[str, list[str]] = {}
    for person, path in Post.objects.values_list("person_id", "unit__path"):
        posts.setdefault(f"person:{person}", []).append(path)
    for zone, path in ZoneProvince.objects.values_list("zone__path", "province__path"):
        for paths in posts.values():
            paths += [path] if zone in paths else []
    outside = [
        (row.act, row.by_name)
        for row in acts()
        if row.by != "system" and row.unit_path and not any(row.unit_path.startswith(path) for path in posts[row.by])
    ]
    assert outside == []


# --- what stands then ----------------------------------------------------------------------


@pytest.mark.django_db
def test_places_forums_plans_and_reports_tie_out(made: Counter[str]) -> None:
    year = year_of(2564)
    assert Counter(Place.objects.values_list("list__province__path", flat=True)) == {TRAINING: 10, ORDINARY: 10}
    assert standing(year).count() == 20
    forums = Forum.objects.exclude(state="cancelled").filter(selected__in=standing(year))
    assert forums.values("selected").distinct().count() == forums.count()
    nation = the_board()
    assert nation.figure("forums_held").n == forums.filter(state="held").count()
    signed = Plan.objects.filter(selected__in=standing(year), signed_at__isnull=False)
    assert (nation.figure("plans_signed").n, nation.figure("plans_signed").d) == (signed.count(), 760)
    assert all(set(plan.signatures.values_list("seat", flat=True)) == {"chair", "head"} for plan in signed)
    for level in ("district", "province"):
        due, *came = (nation.figure(f"{level}_{state}").n for state in ("due", "on_time", "late", "missing"))
        assert sum(came) == due


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["", TRAINING, ORDINARY])
def test_the_parts_of_a_unit_add_up_to_it_and_the_list_is_as_long_as_the_number(made: Counter[str], path: str) -> None:
    whole = the_board(path)
    for key in PLACES:
        assert whole.figure(key).n == len(whole.behind(key))
    for level in levels(whole):
        made_of = parts(whole, level, "name")
        for key in COLUMNS:
            assert sum(part.figures[key] for part in made_of) == whole.figure(key).n


@pytest.mark.django_db
def test_what_is_carried_out_was_signed_and_what_is_signed_was_drafted(made: Counter[str]) -> None:
    figures = {key: the_board().figure(key).n for key in PLACES}
    assert figures["carrying_out"] <= figures["plans_signed"] <= figures["plans_drafted"] <= figures["ssg_done"]
    assert figures["developed"] <= figures["forums_held"] <= figures["selected"]
    verdicts = Verdict.objects.filter(assessment__confirmed_at__isnull=False)
    assert verdicts.count() == sum(
        one.version.aspects.values("indicators").count()
        for one in Assessment.objects.filter(confirmed_at__isnull=False).select_related("version")
    )


# --- the training province -----------------------------------------------------------------


@pytest.mark.django_db
def test_groups_of_the_training_province_stand_at_every_step(made: Counter[str]) -> None:
    year = year_of(2564)
    selected = standing(year).filter(group__unit__path__startswith=TRAINING)
    assert selected.count() == 10
    assert selected.filter(forums__isnull=True).count() == 1
    forums = Forum.objects.filter(selected__in=selected)
    plans = Plan.objects.filter(selected__in=selected)
    states = Counter(forums.values_list("state", flat=True))
    assert states == {"held": 6, "planned": 2, "postponed": 1}
    assert forums.filter(state="planned", sittings__day=SHOWN).count() == 2
    assert Assessment.objects.filter(selected__in=selected, confirmed_at__isnull=True).count() == 1
    assert selected.filter(forums__state="held", plan__isnull=True).count() == 1
    seats = [frozenset(plan.signatures.values_list("seat", flat=True)) for plan in plans]
    assert Counter(seats) == {frozenset(): 1, frozenset({"chair"}): 1, frozenset({"chair", "head"}): 3}
    assert the_board(TRAINING).figure("carrying_out").n == 2
    reports = DistrictReport.objects.filter(forum__in=forums)
    assert Counter(reports.values_list("state", flat=True)) == {"accepted": 3, "submitted": 1, "returned": 1}
    timely = {state: the_board(TRAINING).figure(f"district_{state}").n for state in ("on_time", "late", "missing")}
    assert timely == {"on_time": 4, "late": 1, "missing": 1}
    assert Proposal.objects.filter(group__unit__path__startswith=TRAINING).count() == 12
    [replaced] = year.selected.filter(until__isnull=False, group__unit__path__startswith=TRAINING)
    assert [forum.state for forum in replaced.forums.all()] == ["cancelled"]
    [corrected] = Assessment.objects.filter(selected__in=selected, corrects__isnull=False)
    verdicts = [Counter(one.verdicts.values_list("verdict", flat=True)) for one in (corrected.corrects, corrected) if one]
    assert verdicts[1] - verdicts[0] == {"pass": 1}


@pytest.mark.django_db
def test_three_reports_are_accepted_with_three_pictures_or_more_and_the_files_are_there(made: Counter[str]) -> None:
    accepted = Forum.objects.filter(report__state="accepted", selected__group__unit__path__startswith=TRAINING)
    pictures = [[photo.sha256 for photo in forum.photos.all()] for forum in accepted]
    assert sorted(map(len, pictures)) == [3, 4, 5]
    assert all(path_of(name).is_file() for names in pictures for name in names)


# --- people --------------------------------------------------------------------------------


@pytest.mark.django_db
def test_one_may_sign_in_as_each_role_and_the_office_is_of_the_training_province(made: Counter[str]) -> None:
    people = Person.objects.filter(username__startswith="demo-")
    posts = {post.role: post.unit.path for post in Post.objects.filter(person__in=people).select_related("unit")}
    group = standing(year_of(2564)).get(group__unit__posts__role="group_auditor").group.unit.path
    assert posts == {
        "department_admin": "", "department_officer": "", "followup_officer": "z11", "province_head": "48",
        "province_officer": "48", "district_head": "4805", "district_officer": "4805", "group_chair": group,
        "group_secretary": group, "group_treasurer": group, "group_auditor": group,
    }  # fmt: skip
    assert set(posts) == set(ROLES)
    with override_settings(PASSWORD_HASHERS=QUICK):
        assert all(check_password(PASSWORD, person.password) for person in people)
    assert all(person.username in who_can_sign_in() for person in people)
    assert len(PASSWORD) >= 15


@pytest.mark.django_db
def test_everybody_is_plainly_invented(made: Counter[str]) -> None:
    assert [name for name in Person.objects.values_list("full_name", flat=True) if not name.endswith(SURNAME)] == []
