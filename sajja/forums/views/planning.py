"""Planning a forum, and its moves: other days, postponing, cancelling, opening again."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.forums import actions, queries
from sajja.forums.forms import SITTINGS, MoveForm, PlanForm, ReasonForm, ReplanForm
from sajja.forums.models import Forum, Sitting
from sajja.forums.views.found import act_page, address, found
from sajja.forums.warnings import Warned, cautions, same_day, too_few, warnings
from sajja.groups.models import SavingsGroup
from sajja.groups.queries import committee_on
from sajja.lib.thai_dates import hhmm
from sajja.org.door import Request, find, guarded, scoped
from sajja.org.models import Person
from sajja.org.permissions import P
from sajja.programme.models import SelectedGroup
from sajja.programme.queries import current_revision, terms_of
from sajja.programme.terms import Terms
from sajja.web import clock
from sajja.web.fields import ThaiDateField
from sajja.web.once import submit

GROUPS = SelectedGroup.objects.select_related("group__unit__parent", "year")


@guarded(P.RUN_FORUM)
def plan(request: Request, selected: int) -> HttpResponse:
    """Plan the forum of a group on its place."""
    chosen = find(request, P.RUN_FORUM, GROUPS, pk=selected)
    terms = terms_of(current_revision(chosen.year))
    village = chosen.group.unit.parent
    where = _("ที่ทำการกลุ่ม %s") % (village.short_name if village else chosen.group.name)
    form = PlanForm(
        hosts_for(chosen.group, request.user), request.POST or None, initial={"where_1": where, "host": request.user.pk}
    )

    def do() -> str:
        number = form.cleaned_data["order_number"]
        forum = actions.plan_forum(by=request.user, selected=chosen, sittings=form.sittings(), order_number=number)
        return _planned(request, forum, _("กำหนดวันเวทีแล้ว"))

    if done := submit(request, form, do):
        return done
    context = _page(request, chosen, form, terms) | {"there": queries.forum_of(chosen), "back": reverse("forums:calendar")}
    return render(request, "forums/plan.html", context)


@guarded(P.RUN_FORUM)
def replan(request: Request, forum: int) -> HttpResponse:
    """Other days, hours or places for a planned or postponed forum."""
    one = found(request, P.RUN_FORUM, forum)
    terms = terms_of(one.revision)
    there = queries.sittings_of(one)
    hosts = hosts_for(one.selected.group, request.user, there)
    form = ReplanForm(hosts, request.POST or None, initial=PlanForm.of(there))

    def do() -> str:
        given = form.cleaned_data
        actions.replan_forum(
            by=request.user, forum=one, sittings=form.sittings(), reason=given["reason"], order_number=given["order_number"]
        )
        return _planned(request, one, _("เปลี่ยนวันเวทีแล้ว"))

    if done := submit(request, form, do):
        return done
    context = _page(request, one.selected, form, terms) | {"forum": one, "back": address(one)}
    return render(request, "forums/plan.html", context)


def _planned(request: Request, forum: Forum, said: str) -> str:
    """Say that it was done; what the days should make one think of stands on the forum's page."""
    messages.success(request, said)
    days = [sitting.day for sitting in queries.sittings_of(forum)]
    if warned_of(request, forum.selected, terms_of(forum.revision), days):
        messages.warning(request, _("มีข้อควรระวังเรื่องวัน อ่านที่หัวหน้าเวที"))
    return address(forum)


@guarded(P.RUN_FORUM)
def warned(request: Request, selected: int) -> HttpResponse:
    """What the days typed so far (?day_1=…) should make one think of, to be put into the form's page."""
    chosen = find(request, P.RUN_FORUM, GROUPS, pk=selected)
    if "HX-Request" not in request.headers:
        return redirect("forums:plan", selected=chosen.pk)
    there = queries.forum_of(chosen)
    terms = terms_of(there.revision if there else current_revision(chosen.year))
    days = [day for n in range(1, SITTINGS + 1) if (day := _day(request.GET.get(f"day_{n}", "")))]
    return render(request, "forums/warned.html", {"warned": warned_of(request, chosen, terms, days)})


def _day(typed: str) -> date | None:
    """The day as far as it can be read; half a day is none."""
    try:
        found = ThaiDateField(required=False).clean(typed[:100])
    except ValidationError:
        return None
    return found if isinstance(found, date) else None


def warned_of(request: Request, selected: SelectedGroup, terms: Terms, days: Iterable[date]) -> list[Warned]:
    """The year's rules, and what is to be minded of the days."""
    chosen = list(days)
    return [*warnings(terms, chosen), *minds_of(request, selected, chosen)]


def minds_of(request: Request, selected: SelectedGroup, days: Sequence[date]) -> list[Warned]:
    """The days themselves, and the district's other forums that this person may see on them."""
    others = scoped(request.user, P.SEE_FORUMS, queries.others_on(days, selected)) if days else []
    named = [f"{other.forum.selected.group.name} {hhmm(other.starts)}" for other in others]
    return [*cautions(days, clock.today()), *same_day(named)]


def hosts_for(group: SavingsGroup, person: Person, sittings: Sequence[Sitting] = ()) -> list[Person]:
    """Who can host: the district office's people of today, whoever asks, and whoever hosts already."""
    found = {post.person_id: post.person for post in queries.district_posts(group)}
    found |= {sitting.host.pk: sitting.host for sitting in sittings if sitting.host}
    return list((found | {person.pk: person}).values())


def _page(request: Request, selected: SelectedGroup, form: PlanForm, terms: Terms) -> dict[str, Any]:
    days = _days_of(form)
    known = len(committee_on(selected.group, min(days, default=None)))
    return {
        "selected": selected,
        "form": form,
        "terms": terms,
        "warned": warned_of(request, selected, terms, days),
        "few": too_few(known, terms.participants),
    }


def _days_of(form: PlanForm) -> list[date]:
    """The days typed so far (or that stand); days that cannot be read are not judged."""
    given = form.cleaned_data if form.is_bound else form.initial
    return [day for name in form.fields if name.startswith("day_") and (day := given.get(name))]


@guarded(P.RUN_FORUM)
def postpone(request: Request, forum: int) -> HttpResponse:
    """Put the forum off."""
    one = found(request, P.RUN_FORUM, forum)
    form = MoveForm(request.POST or None, initial={"day": clock.today()})
    return act_page(
        request,
        "forums/postpone.html",
        one,
        form,
        lambda: actions.postpone_forum(by=request.user, forum=one, **form.cleaned_data),
        _("เลื่อนเวทีแล้ว กำหนดวันใหม่ได้เมื่อพร้อม"),
    )


@guarded(P.RUN_FORUM)
def cancel(request: Request, forum: int) -> HttpResponse:
    """Give the forum up."""
    one = found(request, P.RUN_FORUM, forum)
    form = MoveForm(request.POST or None, initial={"day": clock.today()})
    return act_page(
        request,
        "forums/cancel.html",
        one,
        form,
        lambda: actions.cancel_forum(by=request.user, forum=one, **form.cleaned_data),
        _("ยกเลิกเวทีแล้ว กำหนดเวทีใหม่ของกลุ่มนี้ได้"),
    )


@guarded(P.RUN_FORUM)
def reopen(request: Request, forum: int) -> HttpResponse:
    """Open a finished forum again."""
    one = found(request, P.RUN_FORUM, forum)
    form = ReasonForm(request.POST or None)
    return act_page(
        request,
        "forums/reopen.html",
        one,
        form,
        lambda: actions.reopen_forum(by=request.user, forum=one, **form.cleaned_data),
        _("เปิดเวทีอีกครั้งแล้ว แก้วันหรือสถานที่ แล้วปิดเวทีใหม่"),
    )
