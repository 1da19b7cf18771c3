"""The forums' figures: held, and developed (all six steps done)."""

from django.db.models import Exists, OuterRef

from sajja.forums.models import Forum
from sajja.forums.queries import all_steps_done
from sajja.lib.figures import Row
from sajja.programme.measures import of_places
from sajja.programme.models import ProgrammeYear
from sajja.programme.queries import current_revision, terms_of
from sajja.programme.terms import Terms


def conditions(terms: Terms) -> dict[str, Exists]:
    """On a group on a place: its forum was held; all six steps of its held forum are done."""
    held = Forum.objects.filter(selected=OuterRef("pk"), state="held")
    return {"forums_held": Exists(held), "developed": Exists(held.filter(all_steps_done(terms)))}


def held(year: ProgrammeYear) -> list[Row]:
    """Each group on a place: 1 where its forum was held."""
    return _rows(year, "forums_held")


def developed(year: ProgrammeYear) -> list[Row]:
    """Each group on a place: 1 where all six steps of its held forum are done."""
    return _rows(year, "developed")


def _rows(year: ProgrammeYear, key: str) -> list[Row]:
    return of_places(year, {key: conditions(terms_of(current_revision(year)))[key]})[key]
