"""Reads of the forums room that are worth a name."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from sajja.assessments.models import Slot
from sajja.assessments.queries import current_ones
from sajja.forums.models import Attendee, Forum, Photo, RunStep, Sitting
from sajja.plans.models import Plan
from sajja.plans.queries import plan_of
from sajja.programme.models import ProgrammeYear, SelectedGroup
from sajja.programme.queries import standing


def forum_of(selected: SelectedGroup) -> Forum | None:
    """The standing forum of a group on its place; cancelled ones do not count."""
    return Forum.objects.filter(selected=selected).exclude(state="cancelled").first()


def sittings_of(forum: Forum) -> list[Sitting]:
    """The standing sittings, by day and hour."""
    return list(forum.sittings.filter(standing=True).select_related("host").order_by("day", "starts", "pk"))


def attendees_of(forum: Forum) -> list[Attendee]:
    """Everyone who came, observers last, in the order written."""
    return list(forum.attendees.filter(struck_at__isnull=True).order_by("observer", "position", "pk"))


def participants(forum: Forum) -> int:
    """How many came, observers not counted."""
    return forum.attendees.filter(struck_at__isnull=True, observer=False).count()


def pictures(forum: Forum) -> list[Photo]:
    """The standing pictures, by step and time."""
    return list(forum.photos.filter(removed_at__isnull=True).order_by("step", "at", "pk"))


def recorded_steps(forum: Forum) -> dict[str, RunStep]:
    """Step → the row that counts."""
    return {row.key: row for row in forum.steps.filter(counts=True).select_related("by")}


def steps_done(forum: Forum) -> dict[str, bool]:
    """Which of 4.1–4.6 are done: 4.1 and 4.2 recorded, 4.3 and 4.4 assessed, 4.5 answered, 4.6 a plan signed or drafted."""
    recorded = recorded_steps(forum)
    slots = set(current_ones().filter(selected=forum.selected_id).values_list("version__instrument__slot", flat=True))
    return {
        "4.1": "4.1" in recorded,
        "4.2": "4.2" in recorded,
        "4.3": Slot.GOVERNANCE in slots,
        "4.4": Slot.SSG in slots,
        "4.5": bool(forum.bookkeeping),
        "4.6": plan_of(forum.selected) is not None,
    }


def forums_of(year: ProgrammeYear) -> QuerySet[Forum]:
    """The standing forums of the groups that hold a place of the year."""
    return Forum.objects.filter(selected__in=standing(year)).exclude(state="cancelled")


def held_forums(year: ProgrammeYear) -> QuerySet[Forum]:
    """Of these the held ones."""
    return forums_of(year).filter(state="held")


def developed_forums(year: ProgrammeYear) -> QuerySet[Forum]:
    """Held forums all of whose six steps are done: developed by the SSG process."""
    step = RunStep.objects.filter(forum=OuterRef("pk"), counts=True)
    assessed = current_ones().filter(selected=OuterRef("selected"))
    plan = Plan.objects.filter(selected=OuterRef("selected"))
    return held_forums(year).filter(
        Exists(step.filter(key="4.1")),
        Exists(step.filter(key="4.2")),
        Exists(assessed.filter(version__instrument__slot=Slot.GOVERNANCE)),
        Exists(assessed.filter(version__instrument__slot=Slot.SSG)),
        ~Q(bookkeeping=""),
        Exists(plan),
    )
