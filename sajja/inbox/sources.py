"""Where due days come from. Rooms above hand in what they know; this room knows nothing of them.

sources.add(reports_due)   # reports_due(day) gives the things that are owed then, each with its due day and its people
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Final

from sajja.inbox.reminders import Due
from sajja.lib.asked import Asked

Source = Callable[[date], Iterable[Due]]
_ASKED: Final[Asked[Source]] = Asked()
add = _ASKED.add


def dues(day: date) -> list[Due]:
    """All that is owed by somebody on a day."""
    return [due for ask in _ASKED for due in ask(day)]
