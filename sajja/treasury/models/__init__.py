"""The tables of the treasury, a file for each part of the work."""

from sajja.treasury.models.books import BookRules, InterestBase, MemberAccount
from sajja.treasury.models.cash import BankAccount, BankLine, BankTie, CashCount, Handover, Keeper, Reconciliation
from sajja.treasury.models.statements import MonthCheck, ReopenAnswer, ReopenRequest
from sajja.treasury.models.vouchers import Method, Pin, Second, Voucher, VoucherKind, Way, WelfareKind

__all__ = [
    "BankAccount",
    "BankLine",
    "BankTie",
    "BookRules",
    "CashCount",
    "Handover",
    "InterestBase",
    "Keeper",
    "MemberAccount",
    "Method",
    "MonthCheck",
    "Pin",
    "Reconciliation",
    "ReopenAnswer",
    "ReopenRequest",
    "Second",
    "Voucher",
    "VoucherKind",
    "Way",
    "WelfareKind",
]
