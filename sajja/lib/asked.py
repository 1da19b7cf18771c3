"""What rooms above hand to a room below, which knows nothing of them: functions that it asks, in the order in which they came."""

from typing import TypeVar

Ask = TypeVar("Ask")


class Asked(list[Ask]):
    """Handed in once from an upper room's apps; the same one twice is asked once."""

    def add(self, ask: Ask) -> None:
        """Ask this too."""
        if ask not in self:
            self.append(ask)
