"""The forums' figures: held, and developed (all six steps done)."""

from django.db.models import QuerySet

from sajja.forums.models import Forum
from sajja.forums.queries import developed_forums, held_forums
from sajja.lib.figures import Row
from sajja.programme.models import ProgrammeYear
from sajja.programme.queries import standing


def held(year: ProgrammeYear) -> list[Row]:
    """Each group on a place: 1 where its forum was held."""
    return _rows(year, "forums_held", held_forums(year))


def developed(year: ProgrammeYear) -> list[Row]:
    """Each group on a place: 1 where all six steps of its held forum are done."""
    return _rows(year, "developed", developed_forums(year))


def _rows(year: ProgrammeYear, key: str, forums: QuerySet[Forum]) -> list[Row]:
    counted = set(forums.values_list("selected_id", flat=True))
    places = standing(year).order_by("group__unit__path").values_list("group__unit__path", "pk")
    return [Row(path, key, pk, 1, int(pk in counted)) for path, pk in places]
