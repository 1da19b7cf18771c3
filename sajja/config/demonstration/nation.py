"""A province's year, from its register to its report."""

from collections.abc import Mapping, Sequence

from sajja.config.demonstration import forum_day
from sajja.config.demonstration.doer import Doer
from sajja.config.demonstration.drawings import Drawing
from sajja.config.demonstration.forum_day import Walk
from sajja.config.demonstration.offices import COMMITTEE, COMMITTEE_OF, Offices, admit
from sajja.config.demonstration.province import ProvinceStory, dice_for
from sajja.config.demonstration.selecting import Listed, Question, register, review, select
from sajja.config.demonstration.training import PROVINCE
from sajja.org.models import Person, Unit
from sajja.programme.models import ProgrammeYear


def walk_province(
    doer: Doer,
    offices: Offices,
    questions: Mapping[str, Question],
    pictures: Mapping[str, Sequence[Drawing]],
    year: ProgrammeYear | None,
    province: Unit,
    story: ProvinceStory,
) -> None:
    """Register, select, hold the forums, report."""
    listed = Listed(story, register(doer, offices, province, story), {})
    chair = _committee(doer, listed) if story.path == PROVINCE else None
    if year is None:
        return
    listed = select(doer, offices, year, province, listed)
    for n, selected in listed.selected.items():
        if n not in story.courses:
            continue  # it holds its place until another takes it
        walk = Walk(doer, offices, questions, pictures, selected, story.courses[n], dice_for(story.path, f"walk-{n}"))
        walk.chair = chair if n == COMMITTEE_OF and story.path == PROVINCE else None
        review(doer, offices, listed, n)
        walk_group(walk)


def walk_group(walk: Walk) -> None:
    """One group's forum, assessments, plan and report."""
    forum = forum_day.hold(walk)
    if forum is None:
        return
    forum_day.assess(walk, "governance", walk.course.governance)
    forum_day.assess(walk, "ssg", walk.course.ssg)
    held = forum_day.finish(walk, forum)
    forum_day.plan(walk)
    if held:
        pass


def _committee(doer: Doer, listed: Listed) -> Person:
    """The demo accounts of the group that stands in the middle of 4.3; returns its chair."""
    people = [admit(doer, account, listed.groups[COMMITTEE_OF].unit) for account in COMMITTEE]
    return people[0]
