"""The 72 hours of a breach (Personal Data Protection Act B.E. 2562, §37 (4)). Pure; moments carry their zone."""

from datetime import datetime, timedelta
from typing import Final, NamedTuple

WITHIN: Final = timedelta(hours=72)


class Standing(NamedTuple):
    """Until when the Office must be told, the whole hours left (0 once it passed), whether it passed without being told."""

    until: datetime
    hours_left: int
    late: bool


def standing(known_at: datetime, told_at: datetime | None, now: datetime) -> Standing:
    """Counted from the moment that it became known; told at the very end of the 72nd hour is in time."""
    until = known_at + WITHIN
    left = max(0, int((until - now).total_seconds() // 3600))
    return Standing(until, left, (told_at or now) > until)
