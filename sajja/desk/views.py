"""The desk: what waits for me, my account, and the page of a group put together from every room."""

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from sajja.desk.progress import progress_of
from sajja.desk.rooms import duties_of, panels_of
from sajja.groups.models import SavingsGroup
from sajja.org.door import Request, find, guarded, signed_in
from sajja.org.permissions import P
from sajja.web import clock

SHOWN = 12


@signed_in
def home(request: Request) -> HttpResponse:
    """What is late, what waits, what comes next, each one tap from doing it."""
    today = clock.today()
    duties = duties_of(request.user, today)
    by_kind = {kind: [duty for duty in duties if duty.kind_on(today) == kind] for kind in ("late", "waiting", "next")}
    first = next((duty for kind in ("late", "waiting") for duty in by_kind[kind]), None)
    context = {
        "posts": request.user.posts_today,
        "today": today,
        "first": first,
        "late": by_kind["late"],
        "waiting": by_kind["waiting"],
        "dates": sorted(
            (duty for duty in duties if duty.due and duty.due >= today), key=lambda duty: (duty.due, str(duty.title))
        )[:SHOWN],
        "next": by_kind["next"],
        "shown": f":{SHOWN}",
        "rest": f"{SHOWN}:",
        "progress": progress_of(request.user),
    }
    return render(request, "desk/home.html", context)


@signed_in
def account(request: Request) -> HttpResponse:
    """Who I am here: my posts, and the way out."""
    return render(request, "desk/account.html", {"posts": request.user.posts_today})


@guarded(P.SEE_GROUPS)
def group(request: Request, group: int) -> HttpResponse:
    """One page of everything the rooms know of a group that this person may see."""
    found = find(request, P.SEE_GROUPS, SavingsGroup.objects.select_related("unit"), pk=group)
    shown = [
        (panel.title, render_to_string(panel.template, panel.context | {"here": panel.context}, request))
        for panel in panels_of(request.user, found)
    ]
    return render(request, "desk/group.html", {"group": found, "panels": shown})
