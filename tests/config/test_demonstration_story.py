"""The story of the demonstration, and what of it an earlier day shows."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from random import Random

import pytest
from django.conf import settings
from django.db import transaction
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as some

from sajja.config import demonstration
from sajja.config.demonstration.course import Course, Pace, moment, tell
from sajja.config.demonstration.drawings import SCENES, draw

SHOWN = date(2021, 6, 10)
TRAINING, ORDINARY = "48", "47"


@pytest.fixture(autouse=True)
def tidy() -> Iterator[None]:
    """The clock of other tests stays where it is."""
    yield
    (settings.SAJJA_DATA / "day").unlink(missing_ok=True)


def quickly(shown: date, *provinces: str) -> Counter[str]:
    """Make it with passwords that cost nothing to hash: eleven of them take seconds as in life."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        return demonstration.make(shown, provinces=set(provinces))


@pytest.mark.django_db
def test_an_earlier_day_shows_the_same_story_with_less_done() -> None:
    first, in_may, june = counted_on(date(2021, 4, 1)), counted_on(date(2021, 5, 20)), counted_on(SHOWN)
    assert in_may - june == first - in_may == Counter()
    assert [counts["forums.hold_forum"] > 0 for counts in (first, in_may, june)] == [False, True, True]
    assert in_may["forums.hold_forum"] < june["forums.hold_forum"]
    assert (first["programme.open_year"], in_may["programme.confirm_list"], june["programme.confirm_list"]) == (0, 1, 1)


def counted_on(day: date) -> Counter[str]:
    """What was done by that day; the next may be asked in the same test."""
    with transaction.atomic():
        counts = quickly(day, ORDINARY)
        transaction.set_rollback(True)
    return counts


@pytest.mark.django_db
def test_an_empty_place_is_known_from_one_that_was_made() -> None:
    assert demonstration.is_empty()
    quickly(date(2020, 12, 1), TRAINING)
    assert not demonstration.is_empty()
    assert (settings.SAJJA_DATA / "day").read_text().startswith("2020-12-01")


@pytest.mark.django_db
def test_a_province_is_told_alone_as_it_is_told_among_all() -> None:
    nation = demonstration.tell()
    assert [story for story in nation if story.path == ORDINARY] == demonstration.tell({ORDINARY})
    assert (len(nation), sum(len(story.chosen) for story in nation)) == (76, 760)
    assert 2900 <= sum(len(story.groups) for story in nation) <= 3300
    assert [story.path for story in nation if len({group.village_code for group in story.groups}) < len(story.groups)] == []


@given(seed=some.integers(), days=some.integers(-12, 12), diligence=some.floats(0.1, 1), strength=some.floats(0.75, 1.3))
def test_a_course_runs_forward_in_time(seed: int, days: int, diligence: float, strength: float) -> None:
    course = tell(Random(seed), Pace(days, diligence, strength), moment(date(2021, 4, 26), 14))
    for story in moments(course):
        told = [at for at in story if at is not None]
        assert told == sorted(told)


def moments(course: Course) -> list[list[datetime | None]]:
    """What must follow each other in a course."""
    plan, report, ssg = course.plan, course.report, course.ssg
    exams = [
        [exam.began, exam.own, exam.verified, exam.confirmed, exam.corrected]
        for exam in (course.governance, course.ssg)
        if exam is not None
    ]
    confirmed = ssg.confirmed if ssg else None
    return [
        [course.planned, course.postponed, course.cancelled, *course.steps.values(), course.held, report.submitted],
        *([course.planned, *exam, plan.drafted, report.submitted] for exam in exams),
        [confirmed, plan.drafted, plan.chair, plan.head, *plan.done],
        [report.submitted, report.returned, report.mended, report.accepted],
    ]


def test_each_drawing_is_small_and_like_no_other() -> None:
    drawn = [draw(step, number) for step in SCENES for number in range(6)]
    assert len(set(drawn)) == 36
    assert max(map(len, drawn)) <= 60_000
