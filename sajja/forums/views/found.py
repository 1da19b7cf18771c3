"""Finding a forum through the door, and the way of most acts: a form, one act, back to the forum."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from sajja.forums.models import Forum
from sajja.org.door import Request, find
from sajja.web.once import submit


def all_forums() -> QuerySet[Forum]:
    """With what every page names."""
    return Forum.objects.select_related(
        "selected__group__unit__parent", "selected__year", "revision", "planned_by", "attendance_by"
    )


def found(request: Request, permission: str, forum: int) -> Forum:
    """The forum, if this person may do this with it."""
    return find(request, permission, all_forums(), pk=forum)


def address(forum: Forum) -> str:
    """The forum's page."""
    return reverse("forums:forum", args=[forum.pk])


def act_page(  # a page that acts has these parts
    request: Request, template: str, forum: Forum, form: BaseForm, act: Callable[[], Any], done: str, to: str = "", **more: Any
) -> HttpResponse:
    """Show the form; once it is sent and good, act, say what was done and go to `to` (the forum)."""
    back = address(forum)

    def do() -> str:
        act()
        messages.success(request, done)
        return to or back

    return submit(request, form, do) or render(request, template, {"forum": forum, "form": form, "back": back, **more})
