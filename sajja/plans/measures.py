"""The plans' figures: drafted, signed (the KPI), carried out."""

from django.db.models import QuerySet

from sajja.lib.figures import Row
from sajja.plans.models import Plan
from sajja.plans.queries import carried_out, plans_of
from sajja.programme.models import ProgrammeYear
from sajja.programme.queries import standing


def drafted(year: ProgrammeYear) -> list[Row]:
    """Each group on a place: 1 where its plan is drafted."""
    return _rows(year, "plans_drafted", plans_of(year))


def signed(year: ProgrammeYear) -> list[Row]:
    """Each group on a place: 1 where the chair and the district head have both signed its plan. The KPI's numerator."""
    return _rows(year, "plans_signed", plans_of(year).filter(signed_at__isnull=False))


def carrying_out(year: ProgrammeYear) -> list[Row]:
    """Each group on a place: 1 where a line of its signed plan was done."""
    return _rows(year, "carrying_out", carried_out(year))


def _rows(year: ProgrammeYear, key: str, plans: QuerySet[Plan]) -> list[Row]:
    counted = set(plans.values_list("selected_id", flat=True))
    places = standing(year).order_by("group__unit__path").values_list("group__unit__path", "pk")
    return [Row(path, key, pk, 1, int(pk in counted)) for path, pk in places]
