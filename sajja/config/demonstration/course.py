"""The course of one selected group: what happens to it, and when. Pure: the same dice tell the same course.

A course is told to its end; what lies after the day shown has not happened yet.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final

from sajja.web.clock import BANGKOK

FIRST_DAY: Final = date(2021, 4, 29)
HOLIDAYS: Final = {date(2021, 5, 4), date(2021, 5, 10), date(2021, 5, 26), date(2021, 6, 3), date(2021, 7, 26), date(2021, 7, 28)}
STEPS: Final = {
    "4.1": (time(9, 0), time(9, 20)),
    "4.2": (time(9, 20), time(10, 10)),
    "4.3": (time(10, 10), time(12, 0)),
    "4.4": (time(13, 0), time(14, 20)),
    "4.5": (time(14, 20), time(14, 45)),
    "4.6": (time(14, 45), time(16, 0)),
}
GOVERNANCE: Final[Mapping[str, float]] = {
    "1.1": 0.12, "1.2": 0.22, "1.3": 0.06, "1.4": 0.3, "1.5": 0.48,
    "2.1": 0.04, "2.2": 0.44, "2.3": 0.1, "2.4": 0.12, "2.5": 0.3, "2.6": 0.38,
    "3.1": 0.2, "3.2": 0.08, "3.3": 0.14, "3.4": 0.35, "3.5": 0.24,
    "4.1": 0.05, "4.2": 0.16, "4.3": 0.33, "4.4": 0.07, "4.5": 0.09,
}  # fmt: skip
SSG: Final[Mapping[str, float]] = {
    "1.1": 0.2, "1.2": 0.34, "1.3": 0.1, "1.4": 0.52,
    "2.1": 0.28, "2.2": 0.5, "2.3": 0.42, "2.4": 0.12, "2.5": 0.3,
    "3.1": 0.72, "3.2": 0.33, "3.3": 0.6, "3.4": 0.44, "3.5": 0.25,
    "4.1": 0.36, "4.2": 0.22, "4.3": 0.18, "4.4": 0.4, "4.5": 0.55,
    "5.1": 0.3, "5.2": 0.46, "5.3": 0.15, "5.4": 0.5,
}  # fmt: skip
"""How often each indicator of the two demo instruments is not passed, before a group's own strength."""


@dataclass(frozen=True)
class Exam:
    """One assessment: the group's own answers (some make none), the officer's, the confirming; codes not passed, codes disputed."""

    began: datetime
    own: datetime | None
    verified: datetime
    confirmed: datetime | None
    fails: frozenset[str]
    disputed: frozenset[str]
    answered: int | None = None
    """How many indicators were answered; None: all."""
    corrected: datetime | None = None
    """When the confirmed result was corrected: the first indicator not passed was passed after all."""


@dataclass(frozen=True)
class Planning:
    """The plan: drafted, the chair's signature (on paper, or by account), the head's, lines marked as done."""

    drafted: datetime | None = None
    chair: datetime | None = None
    on_paper: bool = True
    head: datetime | None = None
    done: tuple[datetime, ...] = ()


@dataclass(frozen=True)
class Reporting:
    """The district's report: submitted, returned with a reason, mended, accepted."""

    submitted: datetime | None = None
    returned: datetime | None = None
    mended: datetime | None = None
    accepted: datetime | None = None


@dataclass(frozen=True)
class Course:
    """From the plan of a forum to the accepted report. None: it never happens."""

    planned: datetime | None = None
    days: tuple[date, ...] = ()
    postponed: datetime | None = None
    to_days: tuple[date, ...] = ()
    cancelled: datetime | None = None
    people: int = 15
    observers: int = 1
    steps: Mapping[str, datetime] = field(default_factory=dict)
    governance: Exam | None = None
    ssg: Exam | None = None
    books: str = ""
    pictures: int = 3
    held: datetime | None = None
    plan: Planning = Planning()
    report: Reporting = Reporting()


@dataclass(frozen=True)
class Pace:
    """How a province works: days earlier or later than most, how diligent its districts are (0 to 1), how strong its groups are."""

    days: int
    diligence: float
    strength: float

    @classmethod
    def of(cls, dice: Random) -> "Pace":
        """A province like no other."""
        return cls(round(dice.gauss(0, 5)), min(1.0, max(0.1, dice.gauss(0.65, 0.2))), dice.uniform(0.75, 1.3))


def moment(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment of that day in Thailand."""
    return datetime.combine(day, time(hour, minute), BANGKOK)


def workday(day: date) -> date:
    """The day itself, or the next day that offices are open."""
    while day.weekday() >= 5 or day in HOLIDAYS:
        day += timedelta(days=1)
    return day


def some_time(dice: Random, day: date) -> datetime:
    """A moment in office hours of that day, or of the next workday."""
    return moment(workday(day), dice.randint(9, 15), dice.randrange(60))


def tell(dice: Random, pace: Pace, confirmed: datetime) -> Course:
    """The course of one group of a province, from the day its list was confirmed."""
    first = max(FIRST_DAY, confirmed.date() + timedelta(days=3))
    day = workday(max(first, _forum_day(dice, pace)))
    planned = some_time(dice, max(confirmed.date() + timedelta(days=1), day - timedelta(days=dice.randint(5, 16))))
    if planned.date() >= day:
        day = workday(planned.date() + timedelta(days=2))
    if dice.random() < 0.04:
        return Course(planned=planned, days=(day,)) if dice.random() < 0.3 else _postponed(dice, pace, planned, day)
    return _held(dice, pace, Course(planned=planned, days=(day,)))


def _forum_day(dice: Random, pace: Pace) -> date:
    away = dice.triangular(0, 46, 22) + pace.days
    if dice.random() < 0.05:
        away += dice.randint(10, 25)
    return FIRST_DAY + timedelta(days=round(away))


def _postponed(dice: Random, pace: Pace, planned: datetime, day: date) -> Course:
    said = moment(workday(planned.date() + timedelta(days=1)), 10)
    if said.date() >= day:
        day = workday(said.date() + timedelta(days=1))
    later = workday(day + timedelta(days=dice.randint(7, 24)))
    return _held(dice, pace, Course(planned=planned, days=(day,), postponed=said, to_days=(later,)))


def _held(dice: Random, pace: Pace, so_far: Course) -> Course:
    day = (so_far.to_days or so_far.days)[-1]
    strength = pace.strength * dice.uniform(0.7, 1.35)
    governance = exam(dice, day, 10, GOVERNANCE, strength, finished=dice.random() < 0.985)
    ssg = exam(dice, day, 13, SSG, strength, finished=governance.confirmed is not None and dice.random() < 0.98)
    plan = _planning(dice, pace, day) if ssg.confirmed else Planning()
    last_step = 6 if plan.drafted and plan.drafted.date() == day else 5
    return Course(
        planned=so_far.planned, days=so_far.days, postponed=so_far.postponed, to_days=so_far.to_days,
        people=dice.choices([15, 14, 13, 12, 16, 17], [78, 7, 4, 2, 6, 3])[0], observers=dice.choice([0, 0, 1, 1, 2, 3]),
        steps={key: datetime.combine(day, ends, BANGKOK) for key, (_s, ends) in list(STEPS.items())[:last_step]},
        governance=governance, ssg=ssg, books=dice.choices(["department", "paper", "ours"], [45, 35, 20])[0],
        pictures=dice.choices([1, 2, 3, 4, 5], [4, 24, 40, 22, 10])[0], held=moment(day, 16, 10),
        plan=plan, report=_reporting(dice, pace, day, plan.drafted.date()) if plan.drafted else Reporting(),
    )  # fmt: skip


def exam(dice: Random, day: date, hour: int, often: Mapping[str, float], strength: float, *, finished: bool) -> Exam:
    """One assessment on that day; a stronger group fails less."""
    fails = frozenset(code for code, likely in often.items() if dice.random() < likely / strength)
    own = moment(day, hour, 20) if dice.random() < 0.7 else None
    disputed = frozenset(code for code in fails if own and dice.random() < 0.15)
    confirmed = moment(day, hour + 1, 40 if hour > 12 else 55) if finished else None
    return Exam(moment(day, hour, 15), own, moment(day, hour + 1, 20), confirmed, fails, disputed)


def _planning(dice: Random, pace: Pace, day: date) -> Planning:
    if dice.random() > 0.965 + 0.03 * pace.diligence:
        return Planning()
    drafted = moment(day, 15, 5) if dice.random() < 0.85 else some_time(dice, day + timedelta(days=dice.randint(1, 4)))
    if dice.random() > 0.84 + 0.14 * pace.diligence:
        return Planning(drafted)
    chair = max(drafted + timedelta(minutes=35), moment(day, 15, 40))
    if dice.random() < 0.35:
        chair = some_time(dice, drafted.date() + timedelta(days=dice.randint(1, 9)))
    on_paper = dice.random() < 0.7
    if dice.random() > 0.72 + 0.24 * pace.diligence:
        return Planning(drafted, chair, on_paper)
    head = some_time(
        dice, max(chair.date(), day) + timedelta(days=1 + int(dice.expovariate(1 / (2.5 + 6 * (1 - pace.diligence)))))
    )
    return Planning(drafted, chair, on_paper, head, _done(dice, head) if dice.random() < 0.4 else ())


def _done(dice: Random, head: datetime) -> tuple[datetime, ...]:
    days = sorted(dice.sample(range(3, 40), dice.choice([1, 1, 2, 3])))
    return tuple(sorted(some_time(dice, head.date() + timedelta(days=away)) for away in days))


def _reporting(dice: Random, pace: Pace, ended: date, drafted: date) -> Reporting:
    """Within seven days of the forum, or some days later; judged soon; one in eight goes back once."""
    if dice.random() < 0.012 * (1.6 - pace.diligence):
        return Reporting()
    late = dice.random() < 0.11 * (1.5 - pace.diligence)
    day = max(drafted, ended + timedelta(days=dice.randint(8, 13) if late else dice.randint(1, 5)))
    submitted = max(some_time(dice, day), moment(drafted, 16, 30))
    judged = some_time(dice, submitted.date() + timedelta(days=dice.randint(1, 9)))
    if dice.random() > 0.12:
        return Reporting(submitted, accepted=judged)
    mended = some_time(dice, judged.date() + timedelta(days=dice.randint(1, 6)))
    return Reporting(submitted, judged, mended, some_time(dice, mended.date() + timedelta(days=dice.randint(1, 6))))
