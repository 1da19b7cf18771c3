"""The line of steps above the pages of an opening, and the way from a row to mend to the page where it is typed."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.groups.models import SavingsGroup
from sajja.lib.money import baht
from sajja.treasury.draft import DEPOSITS, INTEREST, LOANS, MEMBERS, MONEY, SO_FAR, Draft, Ground, Problem

PAGES = {
    MEMBERS: "opening_members", LOANS: "opening_loans", MONEY: "opening_money", SO_FAR: "opening_money",
    DEPOSITS: "opening_year", INTEREST: "opening_year", "": "opening_start",
}  # fmt: skip
BY_ROW = {MEMBERS, LOANS}


class Step(NamedTuple):
    """A step: its number, words, address, what it holds so far, whether anything stands in it, whether it is open now."""

    number: int
    words: str
    url: str
    holds: str
    done: bool
    now: bool


def steps_of(group: SavingsGroup, draft: Draft, ground: Ground, here: str) -> list[Step]:
    """The five steps."""
    people = len(draft.people) + len(ground.known.keys() - {person.number for person in draft.people})
    saved = sum(sum(person.owned) for person in draft.people)
    lent = sum(loan.outstanding for loan in draft.loans)
    rows = [
        ("opening_members", _("สมาชิก"), _("%s คน") % people if people else "", bool(people)),
        ("opening_savings", _("เงินสัจจะ"), _("%s บาท") % baht(saved) if saved else "", bool(saved)),
        ("opening_loans", _("เงินกู้"), _("%(n)s สัญญา %(baht)s บาท") % {"n": len(draft.loans), "baht": baht(lent)} if lent else "", bool(lent)),
        ("opening_money", _("เงินสด ธนาคาร กองทุน"), _("%s รายการ") % len(draft.money) if draft.money else "", bool(draft.money)),
        ("opening_check", _("ตรวจและเปิดบัญชี"), "", False),
    ]  # fmt: skip
    return [
        Step(at, words, reverse(f"treasury:{page}", args=[group.pk]), holds, done, page == here)
        for at, (page, words, holds, done) in enumerate(rows, 1)
    ]


def links(group: SavingsGroup, problems: Iterable[Problem]) -> list[tuple[Problem, str]]:
    """Each problem with the page where its row is typed."""
    found = []
    for problem in problems:
        url = reverse(f"treasury:{PAGES[problem.sheet]}", args=[group.pk])
        found.append((problem, f"{url}?row={problem.row}" if problem.sheet in BY_ROW and problem.row else url))
    return found


def put(rows: tuple[Any, ...], row: Any, before: Any = None) -> tuple[Any, ...]:
    """The rows with this one in the place of `before`; after all others where there is none, or it has gone meanwhile."""
    if before is not None and any(one.row == before.row for one in rows):
        return tuple(row if one.row == before.row else one for one in rows)
    return (*rows, replace(row, row=1 + max((one.row for one in rows), default=0)))
