"""The life of a forum: one table of the moves each state allows. Pure."""

from typing import Final

from sajja.lib.life import Life

FORUM: Final = Life(
    {
        "planned": {"plan": "planned", "postpone": "postponed", "hold": "held", "cancel": "cancelled"},
        "postponed": {"plan": "planned", "cancel": "cancelled"},
        "held": {"reopen": "planned"},
    }
)
BOOKKEEPING: Final = ("ours", "department", "paper")
