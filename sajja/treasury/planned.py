"""What a group plans to do, for its annual report. A room above hands in how to ask; this room knows no plan.

planned.add(lines)   # in the upper room's apps; lines(group) gives what the group's newest signed plan holds
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from sajja.lib.asked import Asked

if TYPE_CHECKING:
    from sajja.groups.models import SavingsGroup


class Planned(NamedTuple):
    """One thing that is to be done: by which day (None: not said), with how much money (satang), and whether it is done."""

    activity: str
    by: date | None
    satang: int
    done: bool


_ASKED: Final[Asked[Callable[[SavingsGroup], Sequence[Planned]]]] = Asked()
add = _ASKED.add


def lines_of(group: SavingsGroup) -> list[Planned]:
    """Everything that is planned, in the plan's own order."""
    return [line for lines in _ASKED for line in lines(group)]
