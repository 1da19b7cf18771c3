"""The group's meetings and what they resolved."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.groups import actions, forms, queries
from sajja.groups.forms.meetings import MeetingForm, ResolutionForm
from sajja.groups.models import Meeting, Resolution
from sajja.groups.views.group import GROUPS
from sajja.org.door import Request, find, guarded, holds
from sajja.org.permissions import P
from sajja.web.once import submit

MEETINGS = Meeting.objects.select_related("group__unit__parent")
PER_PAGE = 30


@guarded(P.SEE_MEMBERS)
def meetings(request: Request, group: int) -> HttpResponse:
    """The meetings, newest first."""
    found = find(request, P.SEE_MEMBERS, GROUPS, pk=group)
    page = Paginator(queries.meetings_of(found), PER_PAGE).get_page(request.GET.get("page"))
    may_keep = holds(request.user, P.KEEP_MEETINGS, found.unit)
    return render(request, "groups/members/meetings.html", {"group": found, "page": page, "may_keep": may_keep})


@guarded(P.KEEP_MEETINGS)
def meeting_new(request: Request, group: int) -> HttpResponse:
    """A meeting that was held, with its resolutions."""
    found = find(request, P.KEEP_MEETINGS, GROUPS, pk=group)
    form = MeetingForm(request.POST or None, initial={"members": queries.figures_of(found)["active"] or None})

    def do() -> str:
        made = actions.record_meeting(by=request.user, group=found, **form.cleaned_data)
        messages.success(request, _("บันทึกการประชุมแล้ว"))
        return reverse("groups:meeting", args=[made.pk])

    context = {"group": found, "form": form, "back": reverse("groups:meetings", args=[found.pk])}
    return submit(request, form, do) or render(request, "groups/members/meeting_new.html", context)


@guarded(P.SEE_MEMBERS)
def meeting(request: Request, meeting: int) -> HttpResponse:
    """One meeting and what it resolved, in its order."""
    found = find(request, P.SEE_MEMBERS, MEETINGS, pk=meeting)
    context = {
        "meeting": found, "group": found.group, "resolutions": found.resolutions.order_by("pk"),
        "may_keep": holds(request.user, P.KEEP_MEETINGS, found.group.unit),
    }  # fmt: skip
    return render(request, "groups/members/meeting.html", context)


@guarded(P.KEEP_MEETINGS)
def resolution_new(request: Request, meeting: int) -> HttpResponse:
    """One more resolution of a meeting."""
    found = find(request, P.KEEP_MEETINGS, MEETINGS, pk=meeting)
    form = ResolutionForm(request.POST or None)
    back = reverse("groups:meeting", args=[found.pk])

    def do() -> str:
        actions.add_resolution(by=request.user, meeting=found, **form.cleaned_data)
        messages.success(request, _("บันทึกมติแล้ว"))
        return back

    context = {"meeting": found, "group": found.group, "form": form, "back": back}
    return submit(request, form, do) or render(request, "groups/members/resolution_new.html", context)


@guarded(P.SEE_MEMBERS)
def resolution(request: Request, resolution: int) -> HttpResponse:
    """The words of one resolution, and whom it took in or let go."""
    found = find(request, P.SEE_MEMBERS, Resolution.objects.select_related("meeting__group__unit__parent"), pk=resolution)
    group = found.meeting.group
    context = {
        "resolution": found, "meeting": found.meeting, "group": group, "named": queries.named_by(found), "papers": queries.namings(found),
        "may_keep": holds(request.user, P.KEEP_MEETINGS, group.unit),
    }  # fmt: skip
    return render(request, "groups/members/resolution.html", context)


@guarded(P.KEEP_MEETINGS)
def resolution_strike(request: Request, resolution: int) -> HttpResponse:
    """The resolution was written wrong."""
    found = find(request, P.KEEP_MEETINGS, Resolution.objects.select_related("meeting__group__unit__parent"), pk=resolution)
    form = forms.ReasonForm(request.POST or None)
    back = reverse("groups:resolution", args=[found.pk])

    def do() -> str:
        actions.strike_resolution(by=request.user, resolution=found, because=form.cleaned_data["reason"])
        messages.success(request, _("ขีดฆ่ามติแล้ว"))
        return back

    context = {"resolution": found, "meeting": found.meeting, "group": found.meeting.group, "form": form, "back": back}
    return submit(request, form, do) or render(request, "groups/members/resolution_strike.html", context)
