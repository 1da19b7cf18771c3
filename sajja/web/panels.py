"""What a room shows on a page that gathers rooms: desk puts the panels together."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Panel:
    """A titled part of a page: its template (of the room that gives it) and what the template needs."""

    title: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)
