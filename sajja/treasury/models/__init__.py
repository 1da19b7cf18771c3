"""The tables of the treasury, a file for each part of the work."""

from sajja.treasury.models.books import BookRules, InterestBase, MemberAccount
from sajja.treasury.models.cash import BankAccount, BankLine, BankTie, CashCount, Handover, Keeper, Reconciliation
from sajja.treasury.models.collecting import CollectingDay, ColumnKind, DifferenceHow, SheetColumn, SheetLine
from sajja.treasury.models.savings import (
    BalanceConfirmation,
    ConfirmationAnswer,
    InterestRun,
    PassbookMark,
    Settlement,
)
from sajja.treasury.models.statements import MonthCheck, ReopenAnswer, ReopenRequest
from sajja.treasury.models.vouchers import Method, Pin, Second, Voucher, VoucherKind, Way, WelfareKind

__all__ = [
    "BalanceConfirmation",
    "BankAccount",
    "BankLine",
    "BankTie",
    "BookRules",
    "CashCount",
    "CollectingDay",
    "ColumnKind",
    "ConfirmationAnswer",
    "DifferenceHow",
    "Handover",
    "InterestBase",
    "InterestRun",
    "Keeper",
    "MemberAccount",
    "Method",
    "MonthCheck",
    "PassbookMark",
    "Pin",
    "Reconciliation",
    "ReopenAnswer",
    "ReopenRequest",
    "Second",
    "Settlement",
    "SheetColumn",
    "SheetLine",
    "Voucher",
    "VoucherKind",
    "Way",
    "WelfareKind",
]
