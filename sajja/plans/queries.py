"""Reads of the plans room that are worth a name."""

from django.db.models import Exists, OuterRef, QuerySet

from sajja.assessments.queries import passed_later
from sajja.plans.models import LineDone, Plan, PlanLine, PlanSignature
from sajja.programme.models import ProgrammeYear, SelectedGroup
from sajja.programme.queries import standing


def plan_of(selected: SelectedGroup) -> Plan | None:
    """The plan of a group on its place; None before it is drafted."""
    return Plan.objects.filter(selected=selected).select_related("selected__group__unit", "selected__year", "revision").first()


def lines_of(plan: Plan) -> list[PlanLine]:
    """The lines in order, those merged into another left out; each with its standing mark of done as `done` (or None) and
    whether its indicator was passed since as `passed`. Four queries."""
    lines = list(
        plan.lines.filter(merged_into__isnull=True, removed_at__isnull=True)
        .select_related("indicator__aspect__version__instrument")
        .prefetch_related("merged__indicator__aspect__version__instrument")
        .order_by("position", "pk")
    )
    marks = {
        mark.line_id: mark for mark in LineDone.objects.filter(line__plan=plan, taken_back_at__isnull=True).select_related("by")
    }
    passed = passed_later(plan.selected.group, plan.drafted_at)
    for line in lines:
        line.done = marks.get(line.pk)
        line.passed = (
            line.indicator is not None and (line.indicator.aspect.version.instrument.slot, line.indicator.code) in passed
        )
    return lines


def signatures_of(plan: Plan) -> dict[str, PlanSignature]:
    """Seat → its standing signature."""
    return {row.seat: row for row in plan.signatures.filter(withdrawn_at__isnull=True).select_related("by")}


def plans_of(year: ProgrammeYear) -> QuerySet[Plan]:
    """The plans of the groups that hold a place of the year."""
    return Plan.objects.filter(selected__in=standing(year))


def carried_out(year: ProgrammeYear) -> QuerySet[Plan]:
    """Of these the signed ones with at least one line that was done."""
    done = LineDone.objects.filter(line__plan=OuterRef("pk"), line__removed_at__isnull=True, taken_back_at__isnull=True)
    return plans_of(year).filter(Exists(done), signed_at__isnull=False)
