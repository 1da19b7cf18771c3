"""The lives of a visit and of a finding: one table each of the moves that a state allows. Pure."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from sajja.lib.life import Life

VISIT: Final = Life(
    {
        "planned": {"move": "planned", "make": "made", "cancel": "cancelled"},
        "made": {"correct": "made"},
    }
)
FINDING: Final = Life(
    {
        "open": {"answer": "answered", "withdraw": "withdrawn"},
        "answered": {"accept": "closed", "send_back": "sent_back"},
        "sent_back": {"answer": "answered", "withdraw": "withdrawn"},
        "closed": {"send_back": "sent_back"},
    }
)
WAITS_FOR_DISTRICT: Final = frozenset({"open", "sent_back"})
OPEN: Final = WAITS_FOR_DISTRICT | {"answered"}
"""States that keep a finding on the homes of everyone it concerns."""
SHOWN: Final[Mapping[str, frozenset[str]]] = {
    "all": FINDING.states,
    "open": OPEN,
    "late": WAITS_FOR_DISTRICT,  # and the due day has passed
    "answered": frozenset({"answered"}),
    "closed": frozenset({"closed"}),
}
"""The lists of findings by name, and the states in each."""


def is_late(state: str, due: date, today: date) -> bool:
    """Whether the district lets it wait: the due day itself is on time, and an answer that waits for the inspector is not late."""
    return state in WAITS_FOR_DISTRICT and due < today
