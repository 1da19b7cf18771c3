"""The demonstration: the whole nation's year 2564, seeded, made through the actions, as far as the day shown.

The story is told first, by dice alone (names, course, province, training); then everybody does in it what is theirs to
do, in the order of time, through the doors of the rooms (offices, selecting, forum_day, reporting, budget, books). What lies after
nine o'clock of the day shown has not happened yet.
"""

from collections import Counter, defaultdict
from collections.abc import Collection
from datetime import date

from django.db import transaction

from sajja.config.demonstration import budget, drawings, followup, offices, selecting
from sajja.config.demonstration.course import moment
from sajja.config.demonstration.doer import Doer, Telling
from sajja.config.demonstration.offices import who_can_sign_in
from sajja.config.demonstration.province import Area, ProvinceStory, tell_province
from sajja.config.demonstration.stage import Stage
from sajja.config.demonstration.training import PROVINCE, tell_training
from sajja.inbox import actions as inbox
from sajja.org.models import Kind, Person, Unit
from sajja.web import clock

__all__ = ["is_empty", "make", "who_can_sign_in"]

BANGKOK = "10"


def is_empty() -> bool:
    """Whether nobody has an account yet: nothing has been made here."""
    return not Person.objects.exists()


def make(shown: date, provinces: Collection[str] | None = None, books: int | None = 0) -> Counter[str]:
    """Make it in one transaction, whole or not at all; returns how often each act was done.

    `provinces`: only these (2-digit paths), told exactly as they are in the whole. `books`: at most so many groups of each
    province keep books; None: all that are selected in the training province, two elsewhere.
    """
    stories = tell(provinces)
    taking_part = {path for story in stories for path in (story.path, *story.districts)}
    stage = Stage(Doer(moment(shown, 9)), drawings.every(), books=books)
    with transaction.atomic():
        units = {unit.path: unit for unit in Unit.objects.filter(path__in=taking_part).order_by("path")}
        stage.doer.begin(offices.people(stage, list(units.values())))
        stage.doer.begin(selecting.department(stage))
        for story in stories:
            stage.doer.begin(selecting.province(stage, units[story.path], story))
        stage.doer.begin(budget.department(stage, stories))
        for story in stories:
            stage.doer.begin(budget.province(stage, units[story.path], story))
        if PROVINCE in units:
            stage.doer.begin(followup.zone(stage, units[PROVINCE]))
        stage.doer.begin(selecting.breach(stage))
        stage.doer.begin(_reminding(stage, shown))
        stage.doer.run()
    clock.move_to(shown)
    return stage.doer.counts


def _reminding(stage: Stage, shown: date) -> Telling:
    """The day's reminders, which the worker makes in life: they lie in the inboxes when the first page is opened."""
    yield moment(shown, 8, 59)
    stage.doer.do(inbox.remind, by="system", day=shown)


def tell(provinces: Collection[str] | None = None) -> list[ProvinceStory]:
    """The stories of the 76 provinces, or of some."""
    areas: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for path in Unit.objects.filter(kind=Kind.SUBDISTRICT, active=True).order_by("path").values_list("path", flat=True):
        areas[path[:2]][path[:4]].append(path)
    wanted = [path for path in areas if path != BANGKOK and (provinces is None or path in provinces)]
    return [(tell_training if path == PROVINCE else tell_province)(Area(path, areas[path])) for path in wanted]
