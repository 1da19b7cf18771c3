"""What the plans room shows on a group's gathered page."""

from django.utils.translation import gettext as _

from sajja.groups.models import SavingsGroup
from sajja.org.door import holds
from sajja.org.models import Person
from sajja.org.permissions import P
from sajja.plans.queries import lines_of, plan_of
from sajja.programme.models import SelectedGroup
from sajja.web.panels import Panel


def panels(person: Person, group: SavingsGroup) -> list[Panel]:
    """The plan of the group's newest place: how far it is, or that it is not drafted yet."""
    if not holds(person, P.SEE_PLANS, group.unit):
        return []
    selected = SelectedGroup.objects.filter(group=group).select_related("year").order_by("-year__year", "-pk").first()
    if selected is None:
        return []
    plan = plan_of(selected)
    lines = lines_of(plan) if plan else []
    context = {
        "selected": selected,
        "plan": plan,
        "lines": len(lines),
        "done": sum(1 for line in lines if line.done),
        "may_write": selected.until is None and group.closed_on is None and holds(person, P.WRITE_PLAN, group.unit),
    }
    return [Panel(_("แผนการพัฒนากลุ่ม"), "plans/panel.html", context)]
