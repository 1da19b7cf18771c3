"""How far one's own unit has come, for the side of the home page."""

from sajja.kpi.board import board
from sajja.kpi.rollup import Figure
from sajja.kpi.words import NAMES
from sajja.org.models import Person, Unit
from sajja.org.permissions import P
from sajja.org.roles import ROLES
from sajja.programme.models import ProgrammeYear

SHOWN = ("forums_held", "plans_signed", "carrying_out")


def progress_of(person: Person, year: ProgrammeYear | None) -> tuple[Unit, list[tuple[object, Figure]]] | None:
    """The person's first unit with figures and how far it is; None for a group's committee or before a year is open."""
    unit = next((post.unit for post in person.posts_today if P.SEE_KPI in ROLES[post.role].may), None)
    if unit is None or year is None:
        return None
    at = board(year, unit)
    return unit, [(NAMES[key], at.figure(key)) for key in SHOWN]
