"""The lives of the two reports: one table of the moves each state allows. Pure."""

from typing import Final

from sajja.lib.life import Life

DISTRICT: Final = Life(
    {
        "draft": {"submit": "submitted"},
        "submitted": {"return": "returned", "accept": "accepted"},
        "returned": {"submit": "submitted"},
        "accepted": {"return": "returned"},
    }
)
PROVINCE: Final = Life(
    {
        "draft": {"ready": "ready"},
        "ready": {"ready": "ready", "record": "recorded"},
        "recorded": {"take_back": "ready"},
    }
)
