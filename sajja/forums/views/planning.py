"""The calendar, planning, postponing and cancelling."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F, Max, Min, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sajja.forums import actions, queries
from sajja.forums.forms import PlanForm, ReasonForm, ReplanForm
from sajja.forums.models import Forum
from sajja.forums.views.found import address, found
from sajja.forums.warnings import Warned, warnings
from sajja.org.door import Request, find, guarded, scoped
from sajja.org.permissions import P
from sajja.org.queries import names_above
from sajja.programme.models import SelectedGroup
from sajja.programme.queries import current_revision, latest_year, terms_of
from sajja.web.once import submit

PAGE = 50
STATES = [
    ("planned", gettext_lazy("กำหนดแล้ว")),
    ("held", gettext_lazy("จัดแล้ว")),
    ("postponed", gettext_lazy("เลื่อน")),
    ("cancelled", gettext_lazy("ยกเลิก")),
]


@guarded(P.SEE_FORUMS)
def calendar(request: Request) -> HttpResponse:
    """The forums of one's units by day, and the groups that have none yet."""
    year = latest_year()
    if year is None:
        return render(request, "forums/calendar.html", {"year": None})
    asked = request.GET.get("state", "")
    forums = scoped(request.user, P.SEE_FORUMS, Forum.objects.filter(selected__year=year)).select_related("selected__group__unit")
    days = {
        "first": Min("sittings__day", filter=Q(sittings__standing=True)),
        "last": Max("sittings__day", filter=Q(sittings__standing=True)),
    }
    if asked in dict(STATES):
        forums = forums.filter(state=asked)
    shown = forums.annotate(**days).order_by(F("first").asc(nulls_last=True), "selected__group__unit__path")
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    waiting = scoped(request.user, P.RUN_FORUM, SelectedGroup.objects.filter(year=year, until__isnull=True))
    without = list(waiting.exclude(forums__state__in=["planned", "postponed", "held"]).select_related("group__unit")[:PAGE])
    names = names_above([forum.selected.group.unit.path for forum in page] + [one.group.unit.path for one in without])
    for group in [*(forum.selected.group for forum in page), *(one.group for one in without)]:
        path = group.unit.path
        group.where = f"{names.village(path)} {names.district(path)} {names.province(path)}"  # type: ignore[attr-defined]  # for the page
    context = {"year": year, "page": page, "without": without, "states": STATES, "asked": asked}
    return render(request, "forums/calendar.html", context)


@guarded(P.RUN_FORUM)
def plan(request: Request, selected: int) -> HttpResponse:
    """Plan the forum of a group on its place."""
    groups = SelectedGroup.objects.select_related("group__unit__parent", "year")
    group = find(request, P.RUN_FORUM, groups, pk=selected)
    village = group.group.unit.parent
    initial = {
        "where_1": _("ที่ทำการกลุ่ม %s") % (village.short_name if village else group.group.name),
        "host_names": request.user.full_name,
    }
    form = PlanForm(request.POST or None, initial=initial)
    if done := submit(request, form, lambda: _plan(request, group, form)):
        return done
    asked = terms_of(current_revision(group.year))
    return render(
        request, "forums/plan.html", {"selected": group, "form": form, "terms": asked, "there": queries.forum_of(group)}
    )


def _plan(request: Request, group: SelectedGroup, form: PlanForm) -> str:
    sittings = form.sittings()
    forum = actions.plan_forum(by=request.user, selected=group, sittings=sittings, order_number=form.cleaned_data["order_number"])
    messages.success(request, _("กำหนดวันเวทีแล้ว"))
    return address(forum)


@guarded(P.RUN_FORUM)
def replan(request: Request, forum: int) -> HttpResponse:
    """Other days for a planned or postponed forum."""
    one = found(request, P.RUN_FORUM, forum)
    form = ReplanForm(request.POST or None, initial=_initial(one))

    def act() -> str:
        given = form.cleaned_data
        actions.replan_forum(
            by=request.user, forum=one, sittings=form.sittings(), reason=given["reason"], order_number=given["order_number"]
        )
        messages.success(request, _("เปลี่ยนวันเวทีแล้ว"))
        return address(one)

    if done := submit(request, form, act):
        return done
    context = {"selected": one.selected, "forum": one, "form": form, "terms": terms_of(one.revision)}
    return render(request, "forums/plan.html", context)


def _initial(forum: Forum) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for n, sitting in enumerate(queries.sittings_of(forum), 1):
        given |= {f"starts_{n}": sitting.starts.strftime("%H.%M"), f"where_{n}": sitting.where, "host_names": sitting.host_names}
    return given


@guarded(P.RUN_FORUM)
def postpone(request: Request, forum: int) -> HttpResponse:
    """Put the forum off."""
    one = found(request, P.RUN_FORUM, forum)
    form = ReasonForm(request.POST or None)

    def act() -> str:
        actions.postpone_forum(by=request.user, forum=one, **form.cleaned_data)
        messages.success(request, _("เลื่อนเวทีแล้ว กำหนดวันใหม่ได้เมื่อพร้อม"))
        return address(one)

    if done := submit(request, form, act):
        return done
    return render(request, "forums/postpone.html", {"forum": one, "form": form, "back": address(one)})


@guarded(P.RUN_FORUM)
def cancel(request: Request, forum: int) -> HttpResponse:
    """Give the forum up."""
    one = found(request, P.RUN_FORUM, forum)
    form = ReasonForm(request.POST or None)

    def act() -> str:
        actions.cancel_forum(by=request.user, forum=one, **form.cleaned_data)
        messages.success(request, _("ยกเลิกเวทีแล้ว"))
        return reverse("forums:calendar")

    if done := submit(request, form, act):
        return done
    return render(request, "forums/cancel.html", {"forum": one, "form": form, "back": address(one)})


def warnings_of(forum: Forum) -> list[Warned]:
    """What the forum's days should make one think of."""
    return warnings(terms_of(forum.revision), [sitting.day for sitting in queries.sittings_of(forum)])
