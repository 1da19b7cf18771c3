"""Entries, movements and period moves are never changed or deleted: the database itself refuses (see web/frozen.py)."""

from sajja.web.frozen import Frozen

WORDS = "the books are never changed: post a reversal"
BOOKS = Frozen(
    "ledger",
    WORDS,
    ["ledger_entry", "ledger_movement", "ledger_periodmove"],
    {"ledger_account": ["id", "book_id", "code", "control_id", "kind"], "ledger_book": ["id", "code"]},
)
