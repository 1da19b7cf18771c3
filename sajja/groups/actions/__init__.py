"""Every write of the groups room."""

from sajja.groups.actions.imports import confirm_import, drop_import, fail_import, receive_sheet, run_import
from sajja.groups.actions.profile import (
    NewCommitteeMember,
    NewRegulation,
    add_regulation,
    add_regulations,
    elect_committee,
    elect_committees,
    end_membership,
    found_centre,
    record_appropriation,
    set_level,
    set_levels,
    withdraw_centre,
)
from sajja.groups.actions.register import NewGroup, change_group, close_group, register_group, register_groups, reopen_group

__all__ = [
    "NewCommitteeMember",
    "NewGroup",
    "NewRegulation",
    "add_regulation",
    "add_regulations",
    "change_group",
    "close_group",
    "confirm_import",
    "drop_import",
    "elect_committee",
    "elect_committees",
    "end_membership",
    "fail_import",
    "found_centre",
    "receive_sheet",
    "record_appropriation",
    "register_group",
    "register_groups",
    "reopen_group",
    "run_import",
    "set_level",
    "set_levels",
    "withdraw_centre",
]
