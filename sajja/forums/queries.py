"""Reads of the forums room that are worth a name."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery

from sajja.assessments.models import Slot
from sajja.assessments.queries import current_ones, slots_confirmed
from sajja.forums.models import Attendee, Forum, Photo, RunStep, Sitting
from sajja.groups.models import SavingsGroup
from sajja.org.door import AFTER
from sajja.org.models import Post
from sajja.plans.models import Plan
from sajja.programme.models import ProgrammeYear, SelectedGroup
from sajja.programme.queries import standing, terms_of
from sajja.programme.terms import Terms
from sajja.web import clock


def forum_of(selected: SelectedGroup) -> Forum | None:
    """The standing forum of a group on its place; cancelled ones do not count."""
    return Forum.objects.filter(selected=selected).exclude(state="cancelled").first()


def sittings_of(forum: Forum) -> list[Sitting]:
    """The standing sittings, by day and hour."""
    return list(forum.sittings.filter(standing=True).select_related("host").order_by("day", "starts", "pk"))


def last_day(forum: Forum) -> date | None:
    """The day of the last standing sitting; None where no day is set."""
    return forum.sittings.filter(standing=True).order_by("-day").values_list("day", flat=True).first()


def event_day(forum: Forum, today: date) -> date:
    """The day that something written down today most likely happened: the last sitting that has come, or today."""
    came = forum.sittings.filter(standing=True, day__lte=today).order_by("-day").values_list("day", flat=True).first()
    return came or today


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
    """Which steps of the forum's year are done, by what each opens: written down, assessed and confirmed, 4.5 answered, a plan."""
    terms = terms_of(forum.revision)
    recorded = set(forum.steps.filter(counts=True).values_list("key", flat=True))
    slots = slots_confirmed(forum.selected)
    done = {
        "governance": Slot.GOVERNANCE in slots,
        "ssg": Slot.SSG in slots,
        "books": bool(forum.bookkeeping),
        "plan": Plan.objects.filter(selected=forum.selected_id).exists(),
    }
    return {key: done.get(terms.step_opens.get(key, ""), key in recorded) for key, _title in terms.steps}


def forums_of(year: ProgrammeYear) -> QuerySet[Forum]:
    """The standing forums of the groups that hold a place of the year."""
    return Forum.objects.filter(selected__in=standing(year)).exclude(state="cancelled")


def held_forums(year: ProgrammeYear) -> QuerySet[Forum]:
    """Of these the held ones."""
    return forums_of(year).filter(state="held")


def with_a_step_done(terms: Terms) -> Q:
    """The condition on a forum that at least one step of it is done, by the year's terms."""
    begun = Q(pk__in=[])
    for key, _title in terms.steps:
        begun |= _step_is_done(key, terms.step_opens.get(key, ""))
    return begun


def all_steps_done(terms: Terms) -> Q:
    """The condition on a forum that all steps of it are done, by the year's terms: developed by the SSG process."""
    done = Q()
    for key, _title in terms.steps:
        done &= _step_is_done(key, terms.step_opens.get(key, ""))
    return done


def _step_is_done(key: str, opens: str) -> Q:
    """The condition on a forum that this step of it is done; the same as steps_done says of one."""
    if opens == "books":
        return ~Q(bookkeeping="")
    if opens == "plan":
        return Q(Exists(Plan.objects.filter(selected=OuterRef("selected"))))
    if opens in {Slot.GOVERNANCE, Slot.SSG}:
        return Q(Exists(current_ones().filter(selected=OuterRef("selected"), version__instrument__slot=opens)))
    return Q(Exists(RunStep.objects.filter(forum=OuterRef("pk"), counts=True, key=key)))


def sittings_on_the_calendar(groups: QuerySet[SelectedGroup]) -> QuerySet[Sitting]:
    """The standing sittings of these groups' forums, cancelled ones left out, by day and hour, with what a list names;
    `last` is the day of the forum's last sitting."""
    last = Sitting.objects.filter(forum=OuterRef("forum"), standing=True).order_by("-day").values("day")[:1]
    return (
        Sitting.objects.filter(standing=True, forum__selected__in=groups)
        .exclude(forum__state="cancelled")
        .select_related("forum__selected__group__unit", "host")
        .annotate(last=Subquery(last))
        .order_by("day", "starts", "forum__selected__group__unit__path", "pk")
    )


def others_on(days: Iterable[date], selected: SelectedGroup) -> QuerySet[Sitting]:
    """The standing sittings on these days of the other forums of a group's district, by day and hour; postponed ones left out."""
    district = selected.group.unit.path[:4]
    return (
        Sitting.objects.filter(standing=True, day__in=list(days), forum__state__in=["planned", "held"])
        .filter(forum__selected__group__unit__path__gte=district, forum__selected__group__unit__path__lt=district + AFTER)
        .filter(forum__selected__until__isnull=True)
        .exclude(forum__selected=selected)
        .select_related("forum__selected__group")
        .order_by("day", "starts", "pk")
    )


def without_a_day(groups: QuerySet[SelectedGroup]) -> QuerySet[SelectedGroup]:
    """Of these the groups whose forum has no day: none is planned, or it was put off."""
    dated = Forum.objects.filter(selected=OuterRef("pk"), state__in=["planned", "held"])
    return groups.filter(~Exists(dated)).select_related("group__unit").order_by("group__unit__path", "pk")


def past_their_day(groups: QuerySet[SelectedGroup]) -> QuerySet[Forum]:
    """The planned forums whose last sitting was before today, each with that day as `day`, oldest first."""
    return (
        Forum.objects.filter(selected__in=groups, state="planned")
        .annotate(day=Max("sittings__day", filter=Q(sittings__standing=True)))
        .filter(day__lt=clock.today())
        .select_related("selected__group__unit")
        .order_by("day", "selected__group__unit__path")
    )


def postponed_in(groups: QuerySet[SelectedGroup]) -> dict[int, Forum]:
    """Selected group's id → its forum that was put off: for lists, in one query."""
    return {forum.selected_id: forum for forum in Forum.objects.filter(selected__in=groups, state="postponed")}


def district_posts(group: SavingsGroup) -> QuerySet[Post]:
    """Who holds a post today at the district office of a group."""
    path = group.unit.path[:4]
    return (
        Post.objects.held_on(clock.today()).filter(unit__path=path).select_related("person").order_by("role", "person__full_name")
    )
