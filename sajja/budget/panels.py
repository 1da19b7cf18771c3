"""What the budget room shows on a group's page: what was spent for its place."""

from django.utils.translation import gettext as _

from sajja.budget.queries import spent_for
from sajja.groups.models import SavingsGroup
from sajja.org.door import holds
from sajja.org.models import Person
from sajja.org.permissions import P
from sajja.programme.models import SelectedGroup
from sajja.programme.queries import current_revision, terms_of
from sajja.web.panels import Panel


def panels(person: Person, group: SavingsGroup) -> list[Panel]:
    """For offices, of the group's newest place; nothing before anything was spent for it."""
    if not holds(person, P.SEE_BUDGET, group.unit):
        return []
    selected = SelectedGroup.objects.filter(group=group).select_related("year").order_by("-pk").first()
    counted = spent_for(selected) if selected else 0
    if selected is None or not counted:
        return []
    per_group = terms_of(current_revision(selected.year)).per_group_satang
    return [Panel(_("ค่าใช้จ่ายของกลุ่ม"), "budget/panel.html", {"selected": selected, "counted": counted, "per_group": per_group})]
