"""The groups of a district's year: how far along the six steps, when the forum is, what came of the report."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, Max, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from sajja.assessments.queries import current_ones
from sajja.forums.models import Forum, RunStep
from sajja.forums.queries import forums_of
from sajja.groups.models import SavingsGroup
from sajja.org.door import AFTER, within
from sajja.org.queries import NamesAbove, names_above
from sajja.plans.models import Plan
from sajja.programme.models import Revision, SelectedGroup
from sajja.programme.queries import standing, terms_of
from sajja.reports import words
from sajja.reports.queries import Owed, owed

FINISHED = {"governance", "ssg", "books", "plan"}
Chip = tuple[str, str | Promise]


@dataclass(frozen=True)
class Row:
    """A group on a place: steps done of all, its forum with the last day, and the chip of its report."""

    selected: SelectedGroup
    village: str
    done: int
    steps: int
    forum: Forum | None
    day: date | None
    report: Chip
    to_send: bool
    """Whether the district still has the report to send or to mend."""

    @property
    def group(self) -> SavingsGroup:
        """The group on the place."""
        return self.selected.group


def rows(latest: Revision, path: str, today: date) -> list[Row]:
    """The groups on places under a district (or another unit above groups), by place. A fixed number of queries."""
    year, terms = latest.year, terms_of(latest)
    held = list(
        standing(year)
        .filter(within("group__unit__path", [(path, path + AFTER)]))
        .select_related("group__unit")
        .annotate(planned=Exists(Plan.objects.filter(selected=OuterRef("pk"))))
        .order_by("group__unit__path")
    )
    last = Max("sittings__day", filter=Q(sittings__standing=True))
    forums = {forum.selected_id: forum for forum in forums_of(year).filter(selected__in=held).annotate(last=last)}
    opened = _opened(held, forums)
    reports = {forum.pk: one for one in owed(year, path, terms) for forum in one.forums}
    names = names_above(one.group.unit.path for one in held)
    found = []
    for one in held:
        forum = forums.get(one.pk)
        done = sum(_mark(key, terms.step_opens.get(key, "")) in opened[one.pk] for key, _title in terms.steps)
        one_owed = reports.get(forum.pk) if forum else None
        report = _report(forum, one_owed, today)
        day = forum.last if forum and forum.state != "postponed" else None
        found.append(
            Row(
                one,
                _village(one.group, names),
                done,
                len(terms.steps),
                forum,
                day,
                report,
                bool(one_owed and one_owed.waits_for_district),
            )
        )
    return found


def _village(group: SavingsGroup, names: NamesAbove) -> str:
    """หมู่ 4 where the group is called after its village, else the village's whole name."""
    village = names.village(group.unit.path)
    name, _space, number = village.partition(" หมู่ ")
    return _("หมู่ %s") % number if number and name in group.name else village


def _mark(key: str, opens: str) -> str:
    """What makes a step done: what it opens where that can be finished, else that it is written down."""
    return opens if opens in FINISHED else key


def _opened(held: Sequence[SelectedGroup], forums: Mapping[int, Forum]) -> dict[int, set[str]]:
    """Group on a place → the keys of steps written down, and of what steps open: governance, ssg, books, plan."""
    opened: dict[int, set[str]] = defaultdict(set)
    by_forum = {forum.pk: place for place, forum in forums.items()}
    for of_forum, key in RunStep.objects.filter(forum__in=by_forum, counts=True).values_list("forum_id", "key"):
        opened[by_forum[of_forum]].add(key)
    slots = current_ones().filter(selected__in=held).values_list("selected_id", "version__instrument__slot")
    for place, slot in slots:
        opened[place].add(slot)
    for one in held:
        if one.planned:  # type: ignore[attr-defined]  # annotated by rows
            opened[one.pk].add("plan")
    for place, forum in forums.items():
        if forum.bookkeeping:
            opened[place].add("books")
    return opened


def _report(forum: Forum | None, one: Owed | None, today: date) -> Chip:
    if forum is None:
        return "idle", _("ยังไม่กำหนดวันเวที")
    if one is None:
        return ("wait", _("เวทีเลื่อนไว้")) if forum.state == "postponed" else ("idle", _("ยังไม่ถึงเวลา"))
    if one.state == "draft":
        return words.timeliness(one.due, None, today)
    return words.STATES[one.state]
