"""What the follow-up room shows on a group's gathered page."""

from django.utils.translation import gettext as _

from sajja.followup import words
from sajja.followup.models import Finding
from sajja.groups.models import SavingsGroup
from sajja.org.door import holds
from sajja.org.models import Person
from sajja.org.permissions import P
from sajja.web import clock
from sajja.web.panels import Panel


def panels(person: Person, group: SavingsGroup) -> list[Panel]:
    """The findings about a group in the newest year that has any; nothing where there was none. One query."""
    if not holds(person, P.SEE_VISITS, group.unit):
        return []
    found = list(
        Finding.objects.filter(about=group.unit_id).select_related("visit__year").order_by("-visit__year__year", "due", "pk")
    )
    if not found:
        return []
    year, today = found[0].visit.year.year, clock.today()
    rows = [(one, words.of_finding(one.state, one.due, today)) for one in found if one.visit.year.year == year]
    return [Panel(_("ข้อสังเกตจากการติดตาม"), "followup/panel.html", {"findings": rows, "year": year, "unit": group.unit_id})]
