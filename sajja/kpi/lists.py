"""The list behind a number: the groups (or provinces) that make its numerator, in Thai order."""

from typing import NamedTuple

from sajja.kpi.board import Board
from sajja.org import queries as org
from sajja.org.models import Unit
from sajja.programme.models import SelectedGroup


class Listed(NamedTuple):
    """One thing of a list: what it is, where, and its page."""

    name: str
    place: str
    district: str
    province: str
    url: str


def listed(board: Board, key: str) -> list[Listed]:
    """The things whose rows make the numerator of `key` under the board's unit; two queries and the places."""
    rows = board.behind(key) if key in board.all_rows else [row for row in board.rows_of_failures()[key] if row.count]
    if key.startswith("province_"):
        provinces = Unit.objects.filter(path__in=[row.path for row in rows]).order_by("sort_key")
        return [Listed(unit.full_name, "", "", unit.name, unit.get_absolute_url()) for unit in provinces]
    found = SelectedGroup.objects.filter(pk__in=[row.thing for row in rows]).select_related("group__unit")
    groups = [selected.group for selected in found]
    names = org.names_above([group.unit.path for group in groups])
    made = [
        (
            names.sort_of(group.unit.path),
            Listed(
                group.name,
                names.village(group.unit.path),
                names.district(group.unit.path),
                names.province(group.unit.path),
                group.unit.get_absolute_url(),
            ),
        )
        for group in groups
    ]
    return [thing for _, thing in sorted(made, key=lambda pair: pair[0])]
