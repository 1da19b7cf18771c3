"""How far one's own unit has come, for the side of the home page."""

from dataclasses import dataclass

from django.utils.functional import Promise

from sajja.kpi.board import Board, board
from sajja.kpi.parts import Part, levels, parts
from sajja.kpi.rollup import Figure
from sajja.kpi.words import NAMES
from sajja.org.models import Kind, Person, Unit
from sajja.org.permissions import P
from sajja.org.roles import ROLES
from sajja.programme.models import Revision
from sajja.programme.queries import terms_of

FEW = 5
SHOWN = ("forums_held", "plans_signed", "carrying_out")


@dataclass(frozen=True)
class Progress:
    """A unit with its figures, and its parts that are furthest from the target."""

    unit: Unit
    figures: list[tuple[Promise, Figure]]
    behind: list[Part]
    target_percent: int


def progress_of(person: Person, latest: Revision | None) -> Progress | None:
    """The person's first unit with figures and how far it is; None for a group's committee or before a year is open."""
    unit = next((post.unit for post in person.posts_today if P.SEE_KPI in ROLES[post.role].may), None)
    if unit is None or latest is None:
        return None
    at = board(latest.year, unit, terms_of(latest))
    return Progress(unit, [(NAMES[key], at.figure(key)) for key in SHOWN], _behind(at), at.terms.kpi_percent)


def _behind(at: Board) -> list[Part]:
    """The parts under the target, the lowest KPI first; a district knows its groups by name."""
    if at.unit.kind not in {Kind.DEPARTMENT, Kind.ZONE, Kind.PROVINCE}:
        return []
    wanted = at.terms.kpi_percent
    return [part for part in parts(at, levels(at)[0], "kpi") if part.target and part.kpi.n * 100 < wanted * part.target][:FEW]
