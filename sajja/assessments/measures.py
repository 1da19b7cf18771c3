"""The assessments' figures: places assessed, and which indicators were not passed."""

from collections.abc import Iterable

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from sajja.assessments.models import Slot, Verdict
from sajja.assessments.queries import current_ones
from sajja.assessments.scoring import FAIL, NOT_APPLICABLE
from sajja.lib.figures import Row
from sajja.org.door import PathRange, within
from sajja.programme.measures import EVERYWHERE, of_places
from sajja.programme.models import ProgrammeYear
from sajja.programme.queries import standing

SLOT = "indicator__aspect__version__instrument__slot"


def conditions() -> dict[str, Exists]:
    """On a group on a place: an assessment of the slot is confirmed and counts."""
    counted = current_ones().filter(selected=OuterRef("pk"))
    return {f"{slot}_done": Exists(counted.filter(version__instrument__slot=slot)) for slot in (Slot.GOVERNANCE, Slot.SSG)}


def governance_done(year: ProgrammeYear) -> list[Row]:
    """Each group on a place: 1 where its governance assessment is confirmed."""
    return _done(year, "governance_done")


def ssg_done(year: ProgrammeYear) -> list[Row]:
    """Each group on a place: 1 where its SSG assessment is confirmed."""
    return _done(year, "ssg_done")


def failure_counts(year: ProgrammeYear, under: Iterable[PathRange] = EVERYWHERE) -> list[tuple[str, int, int]]:
    """For each indicator that was judged under the ranges: `slot:code`, groups that did not pass, groups judged. One query."""
    judged = _judged(year, under).order_by(SLOT, "indicator__code").values_list(SLOT, "indicator__code")
    counts = judged.annotate(failed=Count("pk", filter=Q(verdict=FAIL)), judged=Count("pk"))
    return [(f"{slot}:{code}", failed, of) for slot, code, failed, of in counts]


def failures(year: ProgrammeYear, under: Iterable[PathRange] = EVERYWHERE, key: str = "") -> list[Row]:
    """A row for each indicator (or the one of that key) that was judged in a group: key `slot:code`, count 1 where not passed."""
    judged = _judged(year, under)
    if key:
        slot, _colon, code = key.partition(":")
        judged = judged.filter(indicator__aspect__version__instrument__slot=slot, indicator__code=code)
    rows = (
        judged.annotate(path=F("assessment__selected__group__unit__path"))
        .order_by(SLOT, "indicator__aspect__number", "indicator__position", "path")
        .values_list("path", SLOT, "indicator__code", "assessment__selected_id", "verdict")
    )
    return [Row(path, f"{slot}:{code}", thing, 1, int(verdict == FAIL)) for path, slot, code, thing, verdict in rows]


def _judged(year: ProgrammeYear, under: Iterable[PathRange]) -> QuerySet[Verdict]:
    """The verdicts that count of groups on places under the ranges."""
    places = standing(year).filter(within("group__unit__path", under))
    counted = current_ones().filter(selected__in=places)
    return Verdict.objects.filter(assessment__in=counted).exclude(verdict=NOT_APPLICABLE)


def _done(year: ProgrammeYear, key: str) -> list[Row]:
    return of_places(year, {key: conditions()[key]})[key]
