"""The life of an advance, from the money paid out to its clearing approved: one table of the moves each state allows. Pure."""

from typing import Final

from sajja.lib.life import Life

ADVANCE: Final = Life(
    {
        "draft": {"submit": "submitted", "reverse": "reversed"},
        "submitted": {"check": "checked", "return": "returned"},
        "checked": {"approve": "approved", "return": "returned"},
        "returned": {"submit": "submitted", "reverse": "reversed"},
        "approved": {"return": "returned"},
    }
)
OPEN: Final = ("draft", "returned")
"""While the officer has it: vouchers and returns are written and reversed only then."""
HELD: Final = ("draft", "submitted", "checked", "returned")
"""Money is in somebody's hands until its clearing is approved."""
