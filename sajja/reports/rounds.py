"""Rounds of a report: who held it how long, and until when a returned one is to be mended. Pure; days are days in Bangkok.

The sender's clock stands still while the reviewer holds the report: those days are added to the day it was due.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, NamedTuple

LEAST_TO_MEND: Final = 3
"""Days that a district has at least to mend a returned report, however late it came back."""


class Step(NamedTuple):
    """A move of a report's life as this module reads it: submit, return or accept."""

    move: str
    on: date
    by: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Round:
    """One submission: how long the district held the report before it, how long the province after it, how that ended."""

    number: int
    sent_on: date
    sent_by: str
    district_days: int
    province_days: int
    ended_on: date | None = None
    ended_by: str = ""
    move: str = ""
    reason: str = ""


def rounds(steps: Sequence[Step], began: date | None, today: date) -> list[Round]:
    """The rounds, oldest first. `began`: the day from which the district could have sent the first, if it is known."""
    found: list[Round] = []
    since = began
    for step in steps:
        if step.move == "submit":
            found.append(Round(len(found) + 1, step.on, step.by, max(0, (step.on - (since or step.on)).days), 0))
        elif found:
            last = found[-1]
            held = last.province_days if last.move else (step.on - last.sent_on).days  # between accept and return nobody held it
            found[-1] = replace(last, province_days=held, ended_on=step.on, ended_by=step.by, move=step.move, reason=step.reason)
            since = step.on
    if found and not found[-1].move:
        found[-1] = replace(found[-1], province_days=max(0, (today - found[-1].sent_on).days))
    return found


def mend_by(due: date, found: Iterable[Round]) -> date | None:
    """Until when the district mends what was returned: its due day moved by the days that the province held the report, and
    at least some days after the return. None while nothing is returned."""
    told = list(found)
    if not told or told[-1].move != "return" or told[-1].ended_on is None:
        return None
    held = timedelta(days=sum(one.province_days for one in told))
    return max(due + held, told[-1].ended_on + timedelta(days=LEAST_TO_MEND))


class Holder(NamedTuple):
    """Who has the report now, and for how many days."""

    who: str
    days: int


def holder(state: str, since: date | None, today: date) -> Holder | None:
    """Of a report in a state (draft, submitted, reopened, returned, accepted) that came there on a day; nobody holds an accepted one."""
    if state == "accepted" or since is None:
        return None
    return Holder("province" if state == "submitted" else "district", max(0, (today - since).days))
