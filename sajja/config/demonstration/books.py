"""Which groups keep books here, with what habits, and the telling of one group's: opened, then act after act in its order.

What happened before the system came is typed in from paper, in its order, over the days after; from then on each act is
entered when it happens.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final

from sajja.config.demonstration.course import moment
from sajja.config.demonstration.doer import Telling
from sajja.config.demonstration.habits import habits
from sajja.config.demonstration.keeping import Happening, Keeping
from sajja.config.demonstration.members import roster
from sajja.config.demonstration.names import Human
from sajja.config.demonstration.province import SEED, ProvinceStory
from sajja.config.demonstration.stage import Stage
from sajja.config.demonstration.training import IN_THE_MIDDLE, PROVINCE
from sajja.groups.models import SavingsGroup
from sajja.org import actions as org
from sajja.org.actions import NewPost
from sajja.org.models import Person, Unit
from sajja.web.clock import BANGKOK

SYSTEM_CAME: Final = moment(date(2020, 12, 2), 9)
LAST: Final = date(2021, 6, 10)
ELSEWHERE: Final = 2
"""How many groups of each other province keep books."""
CHAIR, TREASURER, AUDITOR = 0, 3, 8
"""Their places among the ten of a committee."""


class Desk:
    """When things are entered: as they happen; from before the system came one after another, in the hours of the desk."""

    def __init__(self) -> None:
        self._last = SYSTEM_CAME

    def at(self, happened: datetime) -> datetime:
        """The moment of entering, after the one before it."""
        typed = self._last + timedelta(minutes=6)
        if typed.hour >= 17:
            typed = datetime.combine(typed.date() + timedelta(days=1), time(9), BANGKOK)
        self._last = max(happened, typed)
        return self._last


def keepers(story: ProvinceStory, most: int | None) -> list[int]:
    """The groups of a province that keep books here, by their index: in the training province all, the demo committee's first."""
    left = {change.old for change in story.replaced}
    standing = [*(n for n in story.chosen if n not in left), *(change.new for change in story.replaced)]
    if story.path != PROVINCE:
        return standing[: ELSEWHERE if most is None else most]
    return sorted(standing, key=lambda n: n != IN_THE_MIDDLE)[:most]


def keep_book(stage: Stage, group: SavingsGroup, n: int, board: Sequence[Human], collecting_day: int) -> Telling:
    """The book of one group, from its opening on; every act at the moment somebody enters it."""
    dice = Random(f"{SEED}-books-{group.code}")  # nosec B311
    ways = habits(group.unit.path[:2], n, dice)
    desk = Desk()
    yield desk.at(SYSTEM_CAME)
    chair, treasurer, auditor = _committee(stage, group.unit, board)
    savers = roster(dice, board, ways.number, ways.opened, LAST)
    keeping = Keeping(stage, group, treasurer, chair, auditor, savers, dice, ways, collecting_day)
    before: list[Happening] = [(SYSTEM_CAME, act) for act in (keeping.enrol_first, keeping.open_book, keeping.open_bank)]
    for happened, act in [*before, *keeping.course(SYSTEM_CAME.date(), LAST)]:
        yield desk.at(happened)
        act()


def _committee(stage: Stage, unit: Unit, board: Sequence[Human]) -> tuple[Person, Person, Person]:
    """Chair, treasurer and one of the audit committee with accounts; the demo accounts where they are these."""
    roles = {"group_chair": CHAIR, "group_treasurer": TREASURER, "group_auditor": AUDITOR}
    if ("group_treasurer", unit.path) not in stage.people:
        staff = [NewPost(f"{role.replace('_', '-')}-{unit.path}", board[seat].name, role) for role, seat in roles.items()]
        for post in stage.doer.do(org.staff_office, by="system", office=unit, staff=staff, starts=SYSTEM_CAME.date()):
            stage.people[post.role, unit.path] = post.person
    chair, treasurer, auditor = (stage.people[role, unit.path] for role in roles)
    return chair, treasurer, auditor
