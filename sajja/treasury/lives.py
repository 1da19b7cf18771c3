"""The life of a loan: one table of the moves each state allows. Pure.

Overdue is no state: it follows from the schedule, the day and what was paid.
"""

from typing import Final

from sajja.lib.life import Life

LOAN: Final = Life(
    {
        "applied": {"approve": "approved", "refuse": "refused", "withdraw": "withdrawn"},
        "approved": {"pay_out": "normal", "withdraw": "withdrawn"},
        "normal": {
            "settle": "closed", "take_over": "taken_over", "write_off": "written_off", "take_back": "approved",
            "undo": "withdrawn",
        },
        "closed": {"reopen": "normal"},  # a payment was taken back
        "taken_over": {"reopen": "normal"},
        "written_off": {"reopen": "normal"},
    }
)  # fmt: skip
OPEN: Final = ("normal",)
"""States in which money is owed."""
EXPOSED: Final = ("approved", "normal")
"""States in which a guarantor answers for the loan."""
