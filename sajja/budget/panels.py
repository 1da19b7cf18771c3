"""What the budget room shows on a group's page: what was spent for its place."""

from django.utils.translation import gettext as _

from sajja.budget.queries import pack_vouchers, spent_for
from sajja.groups.models import SavingsGroup
from sajja.org.door import holds
from sajja.org.models import Person
from sajja.org.permissions import P
from sajja.programme.models import SelectedGroup
from sajja.programme.queries import current_revision, terms_of
from sajja.web.panels import Panel


def panels(person: Person, group: SavingsGroup) -> list[Panel]:
    """Of the group's newest place; nothing before anything was spent for it. Offices come to the clearing pack from here; the
    group's own committee reads what was bought for its forum, without the sellers."""
    office = holds(person, P.SEE_BUDGET, group.unit)
    if not office and not holds(person, P.SEE_OWN_SPENDING, group.unit):
        return []
    selected = SelectedGroup.objects.filter(group=group).select_related("year").order_by("-pk").first()
    counted = spent_for(selected) if selected else 0
    if selected is None or not counted:
        return []
    context = {
        "selected": selected, "counted": counted, "per_group": terms_of(current_revision(selected.year)).per_group_satang,
        "bought": [] if office else pack_vouchers(selected), "office": office,
    }  # fmt: skip
    return [Panel(_("ค่าใช้จ่ายของกลุ่ม"), "budget/panel.html", context)]
