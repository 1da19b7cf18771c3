"""When a report is due, and how it came: on time, late or missing. Pure; days are days in Bangkok."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from sajja.programme.terms import Terms

ON_TIME: Final = "on_time"
LATE: Final = "late"
MISSING: Final = "missing"
NOT_YET: Final = "not_yet"


def district_due(terms: Terms, ended_on: date, district_ends: Iterable[date] = ()) -> date:
    """The day a district's report is due: some days after its forum ended (the default), after the district's last forum,
    or after the activity (or the forum, where that was later)."""
    ends = {
        "forum": ended_on,
        "last_forum": max([ended_on, *district_ends]),
        "activity": max(ended_on, terms.activity_ends),
    }[terms.district_report_from]
    return ends + timedelta(days=terms.district_report_days)


def state_of(due: date, submitted_on: date | None, today: date) -> str:
    """`submitted_on`: the day of the first submission that passed the checks, or None. The due day itself is on time."""
    if submitted_on is not None:
        return ON_TIME if submitted_on <= due else LATE
    return MISSING if today > due else NOT_YET


def is_due(due: date, submitted_on: date | None, today: date) -> bool:
    """Due: its day has passed without it, or it is submitted already. On time + late + missing = due."""
    return state_of(due, submitted_on, today) != NOT_YET


def days_late(due: date, submitted_on: date | None, today: date) -> int:
    """How many days after its due day it came, or has not come; 0 where it is not late."""
    return max(0, ((submitted_on or today) - due).days)
