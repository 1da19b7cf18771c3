"""Reads of the plans room that are worth a name."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from sajja.assessments.models import Indicator, Slot
from sajja.assessments.queries import current_ones, passed_later
from sajja.audit.labels import label
from sajja.audit.models import AuditRow
from sajja.groups.models import SavingsGroup
from sajja.plans.models import Aim, LineDone, Plan, PlanLine, PlanSignature
from sajja.programme.models import ProgrammeYear, SelectedGroup
from sajja.programme.queries import standing
from sajja.treasury.planned import Planned


def plan_of(selected: SelectedGroup) -> Plan | None:
    """The plan of a group on its place; None before it is drafted."""
    return all_plans().filter(selected=selected).first()


def all_plans() -> QuerySet[Plan]:
    """Every plan with what its page says of its group and year."""
    return Plan.objects.select_related("selected__group__unit", "selected__year", "revision", "drafted_by")


def all_lines() -> QuerySet[PlanLine]:
    """Every line that was not taken away, with its plan and group."""
    return PlanLine.objects.filter(removed_at__isnull=True).select_related("plan__selected__group__unit", "indicator")


def standing_lines(plan: Plan) -> QuerySet[PlanLine]:
    """The lines that stand: those taken away or merged into another left out."""
    return PlanLine.objects.filter(plan=plan, merged_into__isnull=True, removed_at__isnull=True)


def planned_by(group: SavingsGroup) -> list[Planned]:
    """The lines of the group's newest signed plan, for its annual report; nothing where none is signed. Three queries."""
    plan = all_plans().filter(selected__group=group, signed_at__isnull=False).order_by("-signed_at", "-pk").first()
    if plan is None:
        return []
    done = set(LineDone.objects.filter(line__plan=plan, taken_back_at__isnull=True).values_list("line_id", flat=True))
    return [
        Planned(line.activity, line.ends, line.money_satang, line.pk in done)
        for line in standing_lines(plan).order_by("position", "pk")
    ]


def lines_of(plan: Plan) -> list[PlanLine]:
    """The lines in order, those merged into another left out; each with its standing mark of done as `done` (or None), its
    indicators and those of the lines merged into it as `aims`, and whether all of them were passed since as `passed`. Six queries."""
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
        line.aims = [_aim(one, passed) for one in (line, *line.merged.all())]
        judged = [aim for aim in line.aims if aim.indicator]
        line.passed = bool(judged) and all(aim.passed for aim in judged)
    return lines


def _aim(line: PlanLine, passed: set[tuple[str, str]]) -> Aim:
    indicator = line.indicator
    if indicator is None:
        return Aim(line.pk, None, line.activity, "", passed=False)
    instrument = indicator.aspect.version.instrument
    name = instrument.short_title.replace(" (ตัวอย่าง)", "")
    return Aim(line.pk, indicator, line.activity, f"{name} {indicator.code}", passed=(instrument.slot, indicator.code) in passed)


def owed_indicators(plan: Plan, not_passed: list[Indicator]) -> list[Indicator]:
    """Of the indicators not passed those that the plan has no line for: a later assessment found them."""
    known = set(plan.lines.exclude(indicator=None).values_list("indicator__aspect__version__instrument__slot", "indicator__code"))
    return [one for one in not_passed if (one.aspect.version.instrument.slot, one.code) not in known]


def signatures_of(plan: Plan) -> dict[str, PlanSignature]:
    """Seat → its standing signature."""
    return {row.seat: row for row in plan.signatures.filter(withdrawn_at__isnull=True).select_related("by")}


def plans_of(year: ProgrammeYear) -> QuerySet[Plan]:
    """The plans of the groups that hold a place of the year."""
    return Plan.objects.filter(selected__in=standing(year))


def with_a_line_done() -> Exists:
    """The condition on a plan that at least one line of it was done."""
    return Exists(LineDone.objects.filter(line__plan=OuterRef("pk"), line__removed_at__isnull=True, taken_back_at__isnull=True))


def ready_for_plan(year: ProgrammeYear) -> QuerySet[SelectedGroup]:
    """Groups on places with both assessments confirmed and no plan yet."""
    counted = current_ones().filter(selected=OuterRef("pk"))
    return standing(year).filter(
        Exists(counted.filter(version__instrument__slot=Slot.GOVERNANCE)),
        Exists(counted.filter(version__instrument__slot=Slot.SSG)),
        plan__isnull=True,
    )


def unsigned(seat: str) -> Q:
    """The condition that a plan lacks this seat's signature."""
    there = PlanSignature.objects.filter(plan=OuterRef("pk"), seat=seat, withdrawn_at__isnull=True)
    return Q(~Exists(there))


def acts_of(plan: Plan) -> list[AuditRow]:
    """What was done to a plan and its lines, newest first."""
    about = [label(plan), *(label(line) for line in plan.lines.all())]
    return list(AuditRow.objects.filter(about__in=about).order_by("-at", "-pk"))
