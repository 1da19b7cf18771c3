"""Finding a forum through the door."""

from django.db.models import QuerySet
from django.urls import reverse

from sajja.forums.models import Forum
from sajja.org.door import Request, find


def all_forums() -> QuerySet[Forum]:
    """With what every page names."""
    return Forum.objects.select_related("selected__group__unit", "selected__year", "revision", "planned_by")


def found(request: Request, permission: str, forum: int) -> Forum:
    """The forum, if this person may do this with it."""
    return find(request, permission, all_forums(), pk=forum)


def address(forum: Forum) -> str:
    """The forum's page."""
    return reverse("forums:forum", args=[forum.pk])
