"""Every write of the ledger. Called by the treasury alone, inside the treasury's own act (one transaction, one audit row)."""

from sajja.ledger.actions.opening import NewAccount, open_accounts, open_book, rename_account
from sajja.ledger.actions.periods import close_month, close_year, reopen_month
from sajja.ledger.actions.posting import Posted, post
from sajja.ledger.actions.reversing import reverse

__all__ = [
    "NewAccount",
    "Posted",
    "close_month",
    "close_year",
    "open_accounts",
    "open_book",
    "post",
    "rename_account",
    "reopen_month",
    "reverse",
]
