"""What the reports room shows on a group's page."""

from django.utils.translation import gettext as _

from sajja.forums.models import Forum
from sajja.groups.models import SavingsGroup
from sajja.org.door import holds
from sajja.org.models import Person
from sajja.org.permissions import P
from sajja.reports.queries import owed_of
from sajja.web import clock
from sajja.web.panels import Panel


def panels(person: Person, group: SavingsGroup) -> list[Panel]:
    """The reports on the group's held forums, with due day and state."""
    if not holds(person, P.SEE_REPORTS, group.unit):
        return []
    held = Forum.objects.filter(selected__group=group, state="held").select_related(
        "selected__group__unit", "selected__year", "revision"
    )
    found = [(forum, one) for forum in held for one in [owed_of(forum)] if one]
    shown = [{"forum": forum, "owed": one, "timeliness": one.timeliness(clock.today())} for forum, one in found]
    return [Panel(_("รายงาน"), "reports/panel.html", {"reports": shown})] if shown else []
