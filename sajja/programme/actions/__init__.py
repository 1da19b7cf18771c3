"""Every write of the programme room: years and their revisions, proposals, the frozen list, and who holds a place."""

from sajja.programme.actions.circulars import acknowledge_circular, issue_circular, withdraw_circular
from sajja.programme.actions.lists import confirm_list, extend_list
from sajja.programme.actions.places import drop_group, fill_place, reinstate_group, replace_group
from sajja.programme.actions.proposals import propose_groups, withdraw_proposal
from sajja.programme.actions.years import open_year, refuse_revision, revise_year

__all__ = [
    "acknowledge_circular",
    "confirm_list",
    "drop_group",
    "extend_list",
    "fill_place",
    "issue_circular",
    "open_year",
    "propose_groups",
    "refuse_revision",
    "reinstate_group",
    "replace_group",
    "revise_year",
    "withdraw_circular",
    "withdraw_proposal",
]
