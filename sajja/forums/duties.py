"""What waits in the forums room: forums to plan, today's forum, forums past their day."""

from datetime import date

from django.db.models import Case, Exists, Max, OuterRef, Q, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.forums.models import Forum
from sajja.forums.queries import with_a_step_done
from sajja.lib.duties import Duty
from sajja.org.door import scoped
from sajja.org.models import Person
from sajja.org.permissions import P
from sajja.programme.models import Revision, SelectedGroup
from sajja.programme.queries import latest_revision, standing, terms_of


def duties(person: Person, today: date, latest: Revision | None = None) -> list[Duty]:
    """The forum duties of whoever runs forums (`latest`: the newest year's revision, where it was read already). A fixed number
    of queries."""
    latest = (latest or latest_revision()) if person.may(P.RUN_FORUM) else None
    if latest is None:
        return []
    terms = terms_of(latest)
    mine = scoped(person, P.RUN_FORUM, standing(latest.year)).filter(group__closed_on__isnull=True).select_related("group")
    without = mine.filter(~Exists(Forum.objects.filter(selected=OuterRef("pk")).exclude(state="cancelled")))
    forums = (
        Forum.objects.filter(selected__in=mine, state__in=["planned", "postponed"])
        .select_related("selected__group")
        .annotate(
            day=Max("sittings__day", filter=Q(sittings__standing=True)),
            begun=Case(When(with_a_step_done(terms), then=Value(True)), default=Value(False)),
        )
    )
    return [*(_to_plan(one, terms.activity_ends) for one in without), *(_to_hold(one, today) for one in forums)]


def _to_plan(selected: SelectedGroup, activity_ends: date) -> Duty:
    title = _("กำหนดวันเวที %s") % selected.group.name
    return Duty(title, selected.group.name, activity_ends, reverse("forums:plan", args=[selected.pk]), _("กำหนดวัน"), "waiting")


def _to_hold(forum: "Forum", today: date) -> Duty:
    name, url = forum.selected.group.name, reverse("forums:forum", args=[forum.pk])
    day: date | None = forum.day  # type: ignore[attr-defined]  # annotated by duties
    if forum.state == "postponed":
        return Duty(_("กำหนดวันเวทีใหม่ %s") % name, name, None, url, _("กำหนดวันใหม่"), "waiting", _("เวทีเลื่อนไว้"))
    if day == today:
        verb = _("ทำเวทีต่อ") if forum.begun else _("เริ่มเวที")  # type: ignore[attr-defined]  # annotated by duties
        return Duty(_("เวทีวันนี้ %s") % name, name, day, url, verb, "waiting")
    if day is not None and day < today:
        return Duty(_("ปิดเวที %s") % name, name, day, url, _("บันทึกและปิดเวที"), "waiting", _("ถึงวันจัดแล้ว ยังไม่ปิดเวที"))
    return Duty(_("เวที %s") % name, name, day, url, _("เตรียมเวที"), "next")
