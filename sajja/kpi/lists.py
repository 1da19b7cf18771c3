"""The list behind a number: the groups (or provinces) that make its numerator, in Thai order."""

from collections.abc import Iterable
from typing import NamedTuple

from sajja.kpi.board import Board
from sajja.lib.figures import Row
from sajja.org import queries as org
from sajja.org.models import Unit
from sajja.programme.models import SelectedGroup

DISTRICT = 4  # digits of a district's path; longer ones are a group's


class Listed(NamedTuple):
    """One thing of a list: what it is, where, and its page."""

    name: str
    place: str
    district: str
    province: str
    url: str


def listed(board: Board, rows: Iterable[Row]) -> list[Listed]:
    """The things of these rows: provinces and districts by their reports, else groups. Two queries and the places."""
    found = list(rows)
    if found and len(found[0].path) <= DISTRICT:
        return _units(found)
    chosen = SelectedGroup.objects.filter(pk__in=[row.thing for row in found]).select_related("group__unit")
    groups = [selected.group for selected in chosen]
    names = org.names_above([group.unit.path for group in groups])
    groups.sort(key=lambda group: (names.sort_of(group.unit.path), group.unit.sort_key))
    return [
        Listed(
            group.name,
            names.village(group.unit.path),
            names.district(group.unit.path),
            names.province(group.unit.path),
            group.unit.get_absolute_url(),
        )
        for group in groups
    ]


def _units(rows: list[Row]) -> list[Listed]:
    units = sorted(Unit.objects.filter(path__in=[row.path for row in rows]), key=lambda unit: (unit.path[:2], unit.sort_key))
    names = org.names_above([unit.path for unit in units])
    return [
        Listed(unit.full_name, "", names.district(unit.path), names.province(unit.path), unit.get_absolute_url())
        for unit in units
    ]
