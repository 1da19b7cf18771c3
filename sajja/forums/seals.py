"""What keeps a forum as it was judged. Rooms above hand in how to ask; this room knows nothing of them.

seals.add(accepted)   # in the upper room's apps; accepted(forum) gives a Thai sentence, or "" where it seals nothing
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from sajja.lib.asked import Asked

if TYPE_CHECKING:
    from sajja.forums.models import Forum

_ASKED: Final[Asked[Callable[[Forum], str]]] = Asked()
add = _ASKED.add


def seal_of(forum: Forum) -> str:
    """Why the pictures, the list of those who came and the days of this forum stay as they are; nothing where they need not."""
    return next((sentence for ask in _ASKED if (sentence := ask(forum))), "")
