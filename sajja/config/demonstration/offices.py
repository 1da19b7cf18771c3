"""The people of every office that takes part, and the accounts that visitors of the demonstration sign in with."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple

from sajja.config.demonstration import names
from sajja.config.demonstration.course import moment
from sajja.config.demonstration.doer import Doer
from sajja.config.demonstration.province import dice_for
from sajja.config.demonstration.training import DISTRICT, IN_THE_MIDDLE, PROVINCE
from sajja.org import actions as org
from sajja.org.actions import NewPost
from sajja.org.models import Kind, Person, Unit
from sajja.org.roles import ROLES

PASSWORD: Final = "sajja-demo-2564-2564"  # nosec B105 - known to everybody on purpose, and only in the demonstration
SINCE: Final = date(2020, 10, 1)
BEGAN: Final = moment(SINCE, 9)
JOINED: Final = moment(date(2021, 4, 28), 9)


class Account(NamedTuple):
    """An account that anybody may try: its role, and whose unit's path (a group's follows when it is there)."""

    username: str
    role: str
    full_name: str
    path: str = ""


ACCOUNTS: Final = (
    Account("demo-department-admin", "department_admin", "นายวิชาญ ตัวอย่าง"),
    Account("demo-department-officer", "department_officer", "นางสาวอรุณี ตัวอย่าง"),
    Account("demo-followup", "followup_officer", "นายสมพงษ์ ตัวอย่าง", "z11"),
    Account("demo-province-head", "province_head", "นางจันทร์เพ็ญ ตัวอย่าง", PROVINCE),
    Account("demo-province-officer", "province_officer", "นายประสาน ตัวอย่าง", PROVINCE),
    Account("demo-district-head", "district_head", "นายสุรชัย ตัวอย่าง", DISTRICT),
    Account("demo-district-officer", "district_officer", "นางสาววิไล ตัวอย่าง", DISTRICT),
)
COMMITTEE: Final = (
    Account("demo-chair", "group_chair", "นางคำปุ่น ตัวอย่าง"),
    Account("demo-secretary", "group_secretary", "นางสาวสุดใจ ตัวอย่าง"),
    Account("demo-treasurer", "group_treasurer", "นางทองใบ ตัวอย่าง"),
    Account("demo-auditor", "group_auditor", "นายประเสริฐ ตัวอย่าง"),
)
"""The committee of the group that stands in the middle of 4.3."""
COMMITTEE_OF: Final = IN_THE_MIDDLE


@dataclass
class Offices:
    """Who acts for which office: (role, path of the unit) → person."""

    people: dict[tuple[str, str], Person] = field(default_factory=dict)

    def who(self, role: str, path: str = "") -> Person:
        """The person who holds the role at the unit."""
        return self.people[role, path]


def open_offices(doer: Doer, units: Iterable[Unit]) -> Offices:
    """People and posts of the department and of these provinces and districts; the zones' follow-up officers; demo accounts."""
    offices = Offices()
    tops = Unit.objects.filter(kind__in=[Kind.DEPARTMENT, Kind.ZONE]).order_by("path")
    places = {unit.path: unit for unit in (*tops, *units)}
    for account in ACCOUNTS:
        if account.path in places:
            offices.people[account.role, account.path] = admit(doer, account, places[account.path])
    for unit in places.values():
        _staff(doer, offices, unit)
    return offices


def admit(doer: Doer, account: Account, unit: Unit) -> Person:
    """An account with the demonstration's password and its post, as the office has it since the year began."""
    at = JOINED if unit.kind == Kind.GROUP else BEGAN
    person = doer.do(org.add_person, by="system", username=account.username, full_name=account.full_name, password=PASSWORD, at=at)
    doer.do(org.appoint, by="system", person=person, role=account.role, unit=unit, starts=at.date(), at=at)
    return person


def _staff(doer: Doer, offices: Offices, unit: Unit) -> None:
    """Give the office those of its roles that no demo account holds."""
    roles = [key for key, role in ROLES.items() if role.kind == unit.kind and (key, unit.path) not in offices.people]
    if not roles:
        return
    dice = dice_for(unit.path or "0", "office")
    staff = [NewPost(f"{role.replace('_', '-')}-{unit.path}", names.someone(dice).name, role) for role in roles]
    for post in doer.do(org.staff_office, by="system", office=unit, staff=staff, starts=SINCE, at=BEGAN):
        offices.people[post.role, unit.path] = post.person


def who_can_sign_in() -> str:
    """What `sajja serve` prints: each account and what it is, and the one password."""
    width = max(len(account.username) for account in (*ACCOUNTS, *COMMITTEE))
    lines = [f"  {account.username:<{width}}  {ROLES[account.role].name}" for account in (*ACCOUNTS, *COMMITTEE)]
    return "\n".join([f"Sign in as one of these, password {PASSWORD}", *lines])
