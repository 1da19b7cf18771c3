"""What the forums room shows on a group's page."""

from django.utils.translation import gettext as _

from sajja.forums import queries
from sajja.forums.models import Forum
from sajja.groups.models import SavingsGroup
from sajja.org.door import holds
from sajja.org.models import Person
from sajja.org.permissions import P
from sajja.programme.models import SelectedGroup
from sajja.web.panels import Panel


def panels(person: Person, group: SavingsGroup) -> list[Panel]:
    """The forums of a group, newest first, and planning one where the group holds a place and has none."""
    if not holds(person, P.SEE_FORUMS, group.unit):
        return []
    forums = list(
        Forum.objects.filter(selected__group=group).select_related("selected__year").prefetch_related("sittings").order_by("-pk")
    )
    waiting = None
    if group.closed_on is None and holds(person, P.RUN_FORUM, group.unit):
        standing = SelectedGroup.objects.filter(group=group, until__isnull=True).order_by("-pk")
        waiting = next((one for one in standing if queries.forum_of(one) is None), None)
    if not forums and waiting is None:
        return []
    return [Panel(_("เวที"), "forums/panel.html", {"forums": forums, "waiting": waiting})]
