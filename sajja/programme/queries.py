"""Reads of the programme room that are worth a name."""

from django.db.models import QuerySet

from sajja.programme.models import ProgrammeYear, Revision, SelectedGroup
from sajja.programme.terms import Terms, read


def year_of(year: int) -> ProgrammeYear:
    """The programme year by its B.E. year."""
    return ProgrammeYear.objects.get(year=year)


def latest_year() -> ProgrammeYear | None:
    """The newest year that the department has opened; None before the first."""
    return ProgrammeYear.objects.order_by("-year").first()


def current_revision(year: ProgrammeYear) -> Revision:
    """The revision in force: the newest."""
    return year.revisions.order_by("-number")[:1].get()


def terms_of(revision: Revision) -> Terms:
    """The typed terms of a revision."""
    return read(revision.terms)


def standing(year: ProgrammeYear) -> QuerySet[SelectedGroup]:
    """The groups that hold a place of the year now."""
    return SelectedGroup.objects.filter(year=year, until__isnull=True)
