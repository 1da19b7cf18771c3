"""Reads of the treasury, a file for each part of the work."""

from sajja.treasury.queries.books import cash_accounts, headings_by_code, kept_of, money_accounts, rules_on

__all__ = ["cash_accounts", "headings_by_code", "kept_of", "money_accounts", "rules_on"]
