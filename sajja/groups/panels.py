"""What the register shows on a group's page: what clause 4.2 of the letter reviews."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from sajja.groups import queries
from sajja.groups.models import CentreFounding, CommitteeMember, Member, SavingsGroup, Section
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
        *_members(person, group),
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


def member_panels(person: Person, member: Member) -> list[Panel]:
    """What the register shows on a member's page: data, pledges, beneficiaries, family, what was changed."""
    group = member.group
    base = {
        "member": member, "group": group, "may_keep": holds(person, P.KEEP_MEMBERS, group.unit), "has_book": queries.has_book(group),
    }  # fmt: skip
    wards = list(member.wards.order_by("order"))
    pledges = list(member.pledges.order_by("-effective_from", "-pk"))
    family = list(member.family.members.order_by("order")) if member.family else []
    return [
        Panel(_("ข้อมูลสมาชิก"), "groups/panels/member_data.html", base | {"wards": wards}),
        Panel(_("เงินสัจจะที่ตั้งไว้"), "groups/panels/member_pledges.html", base | {"pledges": pledges}),
        Panel(
            _("ผู้รับผลประโยชน์"), "groups/panels/member_beneficiaries.html",
            base | {"beneficiaries": queries.beneficiaries_of(member)},
        ),
        Panel(_("ครอบครัว"), "groups/panels/member_family.html", base | {"family": family}),
        Panel(_("ประวัติการแก้ไข"), "groups/panels/member_changes.html", base | {"changes": queries.changes_of(member)}),
    ]  # fmt: skip


def _members(person: Person, group: SavingsGroup) -> list[Panel]:
    """How many there are, for those who may see them."""
    if not holds(person, P.SEE_MEMBERS, group.unit):
        return []
    context: dict[str, object] = {
        "group": group, "figures": queries.figures_of(group), "meetings": list(queries.meetings_of(group)[:3]),
        "may_keep": holds(person, P.KEEP_MEMBERS, group.unit) and not group.closed_on,
        "may_meet": holds(person, P.KEEP_MEETINGS, group.unit),
    }  # fmt: skip
    return [Panel(_("สมาชิกและการประชุม"), "groups/panels/members.html", context)]


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
