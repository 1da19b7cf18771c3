"""What the assessments room shows on a group's gathered page."""

from django.utils.translation import gettext as _

from sajja.assessments.models import Slot
from sajja.assessments.queries import STEPS, current_ones, standing
from sajja.groups.models import SavingsGroup
from sajja.org.door import holds
from sajja.org.models import Person
from sajja.org.permissions import P
from sajja.programme.models import SelectedGroup
from sajja.web.panels import Panel


def panels(person: Person, group: SavingsGroup) -> list[Panel]:
    """Both assessments of the group's newest place: what they came to, or where they stand. Three queries."""
    if not holds(person, P.SEE_ASSESSMENTS, group.unit):
        return []
    selected = SelectedGroup.objects.filter(group=group).select_related("year").order_by("-year__year", "-pk").first()
    if selected is None:
        return []
    counted = {
        one.version.instrument.slot: one for one in current_ones().filter(selected=selected).select_related("version__instrument")
    }
    opened = standing().filter(selected=selected, confirmed_at__isnull=True).select_related("version__instrument")
    under_way = {one.version.instrument.slot: one for one in opened}
    rows = [(Slot(slot).label, step, counted.get(slot), under_way.get(slot)) for slot, step in STEPS.items()]
    may_answer = group.closed_on is None and holds(person, P.ANSWER, group.unit)
    return [Panel(_("การประเมิน"), "assessments/panel.html", {"rows": rows, "selected": selected, "may_answer": may_answer})]
