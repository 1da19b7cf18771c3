"""Who may give which role where: by a post of today that covers the unit, and never the role that one holds oneself.

A role that appoints others (the head of an office) comes from the office above, so that no office makes its own head; the
department has none above it.
"""

from typing import Final

from sajja.org.door import HIGH, holds, ranges_of
from sajja.org.models import Kind, Person, Unit
from sajja.org.permissions import P
from sajja.org.roles import ROLES, Role

ALSO_GIVEN_BY: Final = {"followup_officer": P.ASSIGN_ZONES}
"""Roles that another power gives beside the power to appoint."""


def may_give(person: Person, role: str, unit: Unit) -> bool:
    """Whether a post that this person holds today may give, and take, the role at the unit."""
    wanted = ROLES[role]
    if wanted.kind != unit.kind:
        return False
    if role in ALSO_GIVEN_BY and holds(person, ALSO_GIVEN_BY[role], unit):
        return True
    if P.APPOINT not in wanted.may or unit.kind == Kind.DEPARTMENT:
        return holds(person, P.APPOINT, unit)
    return any(_is_above(person_unit, unit) for person_unit in _appointing_units(person))


def roles_to_give(person: Person, unit: Unit) -> list[Role]:
    """The roles that this person may give at the unit, in their order."""
    return [role for key, role in ROLES.items() if may_give(person, key, unit)]


def roles_to_invite(person: Person, unit: Unit) -> list[Role]:
    """Of these, the ones that an invitation gives: those of the province and above wait for a second person, and none is offered."""
    return [role for role in roles_to_give(person, unit) if role.kind not in HIGH]


def _appointing_units(person: Person) -> list[Unit]:
    return [post.unit for post in person.posts_today if P.APPOINT in ROLES[post.role].may]


def _is_above(office: Unit, unit: Unit) -> bool:
    return office.pk != unit.pk and any(low <= unit.path < high for low, high in ranges_of(office))
