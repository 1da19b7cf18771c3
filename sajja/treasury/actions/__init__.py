"""Every write of the treasury."""

from sajja.treasury.actions.books import OpeningLine, RuleSet, accounts_of, open_savings_book, put, set_rules
from sajja.treasury.actions.closing import answer_reopening, ask_to_reopen, close_month, reopen_month, sign_month_check

__all__ = [
    "OpeningLine",
    "RuleSet",
    "accounts_of",
    "answer_reopening",
    "ask_to_reopen",
    "close_month",
    "open_savings_book",
    "put",
    "reopen_month",
    "set_rules",
    "sign_month_check",
]
