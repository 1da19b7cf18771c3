"""Books, accounts, entries, movements: double entry that knows no group, no person and no Thailand. See docs/ledger.md."""
