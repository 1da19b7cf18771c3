"""What the plans room shows on a group's page."""

from django.utils.translation import gettext as _

from sajja.groups.models import SavingsGroup
from sajja.org.door import holds
from sajja.org.models import Person
from sajja.org.permissions import P
from sajja.plans.models import Plan
from sajja.plans.queries import lines_of, signatures_of
from sajja.web.panels import Panel


def panels(person: Person, group: SavingsGroup) -> list[Panel]:
    """The group's plans, newest first: lines, signatures, what was done."""
    if not holds(person, P.SEE_PLANS, group.unit):
        return []
    plans = Plan.objects.filter(selected__group=group).select_related("selected__group", "selected__year").order_by("-pk")
    shown = [
        {"plan": plan, "lines": len(lines), "done": sum(1 for line in lines if line.done), "signatures": signatures_of(plan)}
        for plan in plans
        for lines in [lines_of(plan)]
    ]
    return [Panel(_("แผนการพัฒนากลุ่ม"), "plans/panel.html", {"plans": shown})] if shown else []
