"""What the register shows on a group's page: what clause 4.2 of the letter reviews."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from sajja.groups import queries
from sajja.groups.models import CentreFounding, CommitteeMember, SavingsGroup, Section
from sajja.lib.thai_dates import fiscal_year
from sajja.org.door import holds
from sajja.org.models import Person
from sajja.org.permissions import P
from sajja.web import clock
from sajja.web.panels import Panel


def panels(person: Person, group: SavingsGroup) -> list[Panel]:
    """Regulations, committee, last appropriation, levels with fund centre, register and contact."""
    keeps = holds(person, P.EDIT_GROUPS, group.unit)
    may_edit = keeps and not group.closed_on
    may_grade = not group.closed_on and holds(person, P.SET_LEVEL, group.unit)
    base = {"group": group, "may_edit": may_edit, "may_grade": may_grade}
    return [
        Panel(_("ระเบียบของกลุ่ม"), "groups/panels/regulation.html", base | {"regulation": queries.regulation_on(group)}),
        Panel(_("คณะกรรมการ"), "groups/panels/committee.html", base | _committee(group)),
        Panel(
            _("การจัดสรรกำไรครั้งล่าสุด"),
            "groups/panels/appropriation.html",
            base | {"appropriation": queries.last_appropriation(group)},
        ),
        Panel(_("ระดับการพัฒนาและศูนย์จัดการกองทุนชุมชน"), "groups/panels/level.html", base | _levels(group)),
        Panel(_("ทะเบียนและที่ติดต่อ"), "groups/panels/register.html", base | {"places": queries.places_above(group), "keeps": keeps}),
    ]


def _committee(group: SavingsGroup) -> dict[str, object]:
    members = queries.committee_on(group)
    return {"members": members, "missing": _missing_sections(members)}


def _missing_sections(members: Sequence[CommitteeMember]) -> list[str]:
    held = {member.section for member in members}
    return [str(section.label) for section in Section if section not in held] if members else []


def _levels(group: SavingsGroup) -> dict[str, object]:
    counting = [row for row in queries.level_rows(group) if row.counts]
    return {
        "levels": counting[:5],
        "centre": CentreFounding.objects.filter(group=group).first(),
        "this_year": fiscal_year(clock.today()),
        "graded_this_year": bool(counting) and counting[0].fiscal_year == fiscal_year(clock.today()),
    }
