"""Every write of the budget room."""

from sajja.budget.actions.allocating import allocate
from sajja.budget.actions.clearing import approve_clearing, ask_changes, check_clearing, submit_clearing
from sajja.budget.actions.lending import give_back, lend, reverse_advance, reverse_return
from sajja.budget.actions.spending import NewVoucher, add_voucher, attach_picture, reverse_voucher

__all__ = [
    "NewVoucher", "add_voucher", "allocate", "approve_clearing", "ask_changes", "attach_picture", "check_clearing", "give_back",
    "lend", "reverse_advance", "reverse_return", "reverse_voucher", "submit_clearing",
]  # fmt: skip
