"""Who follows which zone up, from when to when."""

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.followup import actions, exports, queries
from sajja.followup.forms import AssignForm, EndForm
from sajja.org.door import Request, find, guarded, scoped
from sajja.org.models import Kind, Post, Unit
from sajja.org.permissions import P
from sajja.web import clock
from sajja.web.once import submit
from sajja.web.sheets import TYPE


def _standing(post: Post) -> tuple[str, str]:
    """Today's, coming, or over: the chip of a post."""
    today = clock.today()
    if post.starts > today:
        return "idle", _("ยังไม่ถึงวันเริ่ม")
    return ("idle", _("พ้นหน้าที่แล้ว")) if post.ends and post.ends < today else ("ok", _("ดูแลอยู่"))


@guarded(P.ASSIGN_ZONES)
def posts(request: Request) -> HttpResponse:
    """Every zone with its follow-up officers, past and coming."""
    zones = Unit.objects.filter(kind=Kind.ZONE, active=True).order_by("path")
    held = scoped(request.user, P.ASSIGN_ZONES, queries.zone_posts())
    by_zone = {zone: list(rows) for zone, rows in groupby(held, key=lambda post: post.unit_id)}
    rows = [(zone, [(post, _standing(post)) for post in by_zone.get(zone.pk, [])]) for zone in zones]
    without = sum(1 for _zone, there in rows if not any(state == "ok" for _post, (state, _word) in there))
    return render(request, "followup/posts.html", {"rows": rows, "without": without})


@guarded(P.ASSIGN_ZONES)
def posts_sheet(request: Request) -> HttpResponse:
    """The same as Excel."""
    content = exports.posts(scoped(request.user, P.ASSIGN_ZONES, queries.zone_posts()))
    return HttpResponse(content, TYPE, headers={"Content-Disposition": 'attachment; filename="sajja-followup-zones.xlsx"'})


@guarded(P.ASSIGN_ZONES)
def assign(request: Request, unit: int) -> HttpResponse:
    """Give a zone to someone, from a day on."""
    zone = find(request, P.ASSIGN_ZONES, Unit.objects.filter(kind=Kind.ZONE), pk=unit)
    form = AssignForm(queries.may_be_assigned(), request.POST or None, initial={"starts": clock.today()})

    def do() -> str:
        given: dict[str, Any] = form.cleaned_data
        person = form.people[given["person"]]
        actions.assign_zone(by=request.user, person=person, zone=zone, starts=given["starts"], ends=given["ends"])
        messages.success(request, _("มอบหมาย%(zone)sให้%(who)sแล้ว") % {"zone": zone.short_name, "who": person.full_name})
        return reverse("followup:posts")

    context = {"unit": zone, "form": form, "back": reverse("followup:posts")}
    return submit(request, form, do) or render(request, "followup/assign.html", context)


@guarded(P.ASSIGN_ZONES)
def end(request: Request, post: int) -> HttpResponse:
    """The last day of a follow-up officer's post."""
    found = find(request, P.ASSIGN_ZONES, queries.zone_posts(), pk=post)
    form = EndForm(request.POST or None, initial={"ends": found.ends or clock.today()})

    def do() -> str:
        actions.end_zone_post(by=request.user, post=found, ends=form.cleaned_data["ends"])
        messages.success(request, _("บันทึกวันสุดท้ายแล้ว"))
        return reverse("followup:posts")

    context = {"post": found, "unit": found.unit, "form": form, "back": reverse("followup:posts")}
    return submit(request, form, do) or render(request, "followup/end_post.html", context)
