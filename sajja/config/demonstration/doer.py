"""Does the demonstration's acts: each through its action, by its person, at its time; counts them by name."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from sajja.web import clock

Made = TypeVar("Made")


class Doer:
    """`counts` holds how often each act was done, named as in the audit: `forums.hold_forum`."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        self.counts: Counter[str] = Counter()

    def happens(self, at: datetime | None) -> bool:
        """Whether this moment lies before the one shown."""
        return at is not None and at < self.until

    def do(self, action: Callable[..., Made], *, at: datetime, **given: Any) -> Made:
        """Do one act with the clock held at its time."""
        with clock.fixed(at):
            made = action(at=at, **given)
        self.counts[name(action)] += 1
        return made


def name(action: Callable[..., Any]) -> str:
    """`forums.hold_forum`: the room and the function, as the action's audit row says it."""
    return f"{action.__module__.split('.')[1]}.{action.__name__}"
