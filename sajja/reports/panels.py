"""What the reports room shows on a group's gathered page."""

from django.utils.translation import gettext as _

from sajja.forums.models import Forum
from sajja.groups.models import SavingsGroup
from sajja.org.door import holds
from sajja.org.models import Person
from sajja.org.permissions import P
from sajja.reports import words
from sajja.reports.queries import all_forums, owed_of
from sajja.web import clock
from sajja.web.panels import Panel


def panels(person: Person, group: SavingsGroup) -> list[Panel]:
    """The report on the group's last held forum; none before one was held."""
    if not holds(person, P.SEE_REPORTS, group.unit):
        return []
    forum: Forum | None = all_forums().filter(selected__group=group, state="held").order_by("-pk").first()
    one = owed_of(forum) if forum else None
    if one is None:
        return []
    state, word = words.STATES[one.state]
    late, late_word = words.timeliness(one.due, one.submitted_on, clock.today())
    context = {"one": one, "forum": forum, "state": state, "word": word, "late": late, "late_word": late_word}
    return [Panel(_("รายงาน"), "reports/panel.html", context)]
