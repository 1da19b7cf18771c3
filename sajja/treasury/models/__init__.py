"""The tables of the treasury, a file for each part of the work."""

from sajja.treasury.models.books import BookRules, InterestBase, MemberAccount
from sajja.treasury.models.statements import MonthCheck, ReopenAnswer, ReopenRequest

__all__ = ["BookRules", "InterestBase", "MemberAccount", "MonthCheck", "ReopenAnswer", "ReopenRequest"]
