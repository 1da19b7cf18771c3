"""What waits for a person: each room lists its duties, the desk puts them in order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Kind = Literal["late", "waiting", "next"]
ORDER: dict[Kind, int] = {"late": 0, "waiting": 1, "next": 2}


@dataclass(frozen=True)
class Duty:
    """One thing to do: its `title`, where (`place`), by when (`due`); the button says `verb` and goes to `url`."""

    title: StrOrPromise
    place: StrOrPromise
    due: date | None
    url: str
    verb: StrOrPromise
    kind: Kind = "waiting"
    note: StrOrPromise = ""
    path: str = ""
    """Path of the unit it is about, where a home that has many tells them apart by district."""

    def kind_on(self, today: date) -> Kind:
        """Late once the due day has passed, whatever the room thought; never late before that or without a due day."""
        if self.due is not None and self.due < today:
            return "late"
        return "waiting" if self.kind == "late" else self.kind


def by_urgency(duties: Iterable[Duty], today: date) -> list[Duty]:
    """Late first, then waiting, then next; within each by due day, those without one last, else in the order given."""
    return sorted(duties, key=lambda duty: (ORDER[duty.kind_on(today)], duty.due or date.max))
