"""The assessments' figures: places assessed, and which indicators were not passed."""

from django.db.models import F, QuerySet

from sajja.assessments.models import Assessment, Slot, Verdict
from sajja.assessments.queries import current_ones
from sajja.assessments.scoring import FAIL, NOT_APPLICABLE
from sajja.lib.figures import Row
from sajja.programme.models import ProgrammeYear
from sajja.programme.queries import standing


def governance_done(year: ProgrammeYear) -> list[Row]:
    """Each group on a place: 1 where its governance assessment is confirmed."""
    return _done(year, Slot.GOVERNANCE, "governance_done")


def ssg_done(year: ProgrammeYear) -> list[Row]:
    """Each group on a place: 1 where its SSG assessment is confirmed."""
    return _done(year, Slot.SSG, "ssg_done")


def failures(year: ProgrammeYear) -> list[Row]:
    """A row for each indicator that was judged in a group: key `slot:code`, count 1 where it was not passed."""
    rows = (
        Verdict.objects.filter(assessment__in=_counted(year))
        .exclude(verdict=NOT_APPLICABLE)
        .annotate(slot=F("indicator__aspect__version__instrument__slot"), path=F("assessment__selected__group__unit__path"))
        .order_by("slot", "indicator__aspect__number", "indicator__position", "path")
        .values_list("path", "slot", "indicator__code", "assessment__selected_id", "verdict")
    )
    return [Row(path, f"{slot}:{code}", thing, 1, int(verdict == FAIL)) for path, slot, code, thing, verdict in rows]


def _done(year: ProgrammeYear, slot: str, key: str) -> list[Row]:
    done = set(current_ones().filter(selected__year=year, version__instrument__slot=slot).values_list("selected_id", flat=True))
    groups = standing(year).order_by("group__unit__path").values_list("group__unit__path", "pk")
    return [Row(path, key, pk, 1, int(pk in done)) for path, pk in groups]


def _counted(year: ProgrammeYear) -> QuerySet[Assessment]:
    return current_ones().filter(selected__in=standing(year))
