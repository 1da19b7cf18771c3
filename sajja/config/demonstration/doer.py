"""Does the demonstration's acts in the order of time, each through its action and by its person; counts them by name."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from heapq import heappop, heappush
from typing import Any, TypeVar

from sajja.web import clock

Made = TypeVar("Made")
Telling = Iterator[datetime]
"""What one office or group does: yields the moment of its next act, and does it when it is asked on."""


class Doer:
    """Asks each telling on when its moment comes, and none after `until`: that has not happened yet.

    `counts` holds how often each act was done, named as in the audit: `forums.hold_forum`.
    """

    def __init__(self, until: datetime) -> None:
        self.until = until
        self.counts: Counter[str] = Counter()
        self._waiting: list[tuple[datetime, int, Telling]] = []
        self._begun = 0
        self._at = until

    def begin(self, telling: Telling) -> None:
        """Take up one more telling; those that begin at the same moment keep their order."""
        self._begun += 1
        self._wait(telling, self._begun)

    def run(self) -> None:
        """Until everything has happened that happens before the moment shown."""
        while self._waiting:
            self._at, number, telling = heappop(self._waiting)
            with clock.fixed(self._at):
                self._wait(telling, number)

    def do(self, action: Callable[..., Made], **given: Any) -> Made:
        """Do one act, now."""
        made = action(at=self._at, **given)
        self.counts[name(action)] += 1
        return made

    def _wait(self, telling: Telling, number: int) -> None:
        at = next(telling, None)
        if at is not None and at < self.until:
            heappush(self._waiting, (at, number, telling))


def name(action: Callable[..., Any]) -> str:
    """`forums.hold_forum`: the room and the function, as the action's audit row says it."""
    return f"{action.__module__.split('.')[1]}.{action.__name__}"
