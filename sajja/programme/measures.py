"""The figures of the programme room."""

from sajja.lib.figures import Row
from sajja.programme.models import ProgrammeYear
from sajja.programme.queries import standing


def selected(year: ProgrammeYear) -> list[Row]:
    """One row per place of the target that a group holds: path of the group's unit, thing its SelectedGroup."""
    held = standing(year).order_by("group__unit__path").values_list("group__unit__path", "pk")
    return [Row(path=path, key="selected", thing=pk, total=1, count=1) for path, pk in held]
