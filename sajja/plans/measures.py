"""The plans' figures: drafted, signed (the KPI), carried out."""

from django.db.models import Exists, OuterRef

from sajja.lib.figures import Row
from sajja.plans.models import Plan
from sajja.plans.queries import with_a_line_done
from sajja.programme.measures import of_places
from sajja.programme.models import ProgrammeYear


def conditions() -> dict[str, Exists]:
    """On a group on a place: its plan is drafted; signed by both; a line of the signed plan was done."""
    plans = Plan.objects.filter(selected=OuterRef("pk"))
    signed = plans.filter(signed_at__isnull=False)
    return {
        "plans_drafted": Exists(plans),
        "plans_signed": Exists(signed),
        "carrying_out": Exists(signed.filter(with_a_line_done())),
    }


def drafted(year: ProgrammeYear) -> list[Row]:
    """Each group on a place: 1 where its plan is drafted."""
    return _rows(year, "plans_drafted")


def signed(year: ProgrammeYear) -> list[Row]:
    """Each group on a place: 1 where the chair and the district head have both signed its plan. The KPI's numerator."""
    return _rows(year, "plans_signed")


def carrying_out(year: ProgrammeYear) -> list[Row]:
    """Each group on a place: 1 where a line of its signed plan was done."""
    return _rows(year, "carrying_out")


def _rows(year: ProgrammeYear, key: str) -> list[Row]:
    return of_places(year, {key: conditions()[key]})[key]
