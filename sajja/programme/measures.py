"""The figures of the programme room, and how every figure of places is read."""

from collections.abc import Iterable, Mapping

from django.db.models import Exists

from sajja.lib.figures import Row
from sajja.org.door import AFTER, PathRange, within
from sajja.programme.models import ProgrammeYear
from sajja.programme.queries import standing

EVERYWHERE: list[PathRange] = [("", AFTER)]


def selected(year: ProgrammeYear) -> list[Row]:
    """One row per place of the target that a group holds: path of the group's unit, thing its SelectedGroup."""
    return of_places(year, {})["selected"]


def of_places(
    year: ProgrammeYear, conditions: Mapping[str, Exists], under: Iterable[PathRange] = EVERYWHERE
) -> dict[str, list[Row]]:
    """Key → a row for each group on a place under the ranges: 1 where the condition on it holds; `selected` always. One query."""
    places = standing(year).filter(within("group__unit__path", under)).order_by("group__unit__path")
    found = list(places.annotate(**conditions).values_list("group__unit__path", "pk", *conditions))
    rows = {"selected": [Row(path, "selected", pk, 1, 1) for path, pk, *_told in found]}
    for column, key in enumerate(conditions, 2):
        rows[key] = [Row(one[0], key, one[1], 1, int(one[column])) for one in found]
    return rows
