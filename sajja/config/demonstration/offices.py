"""The people of every office that takes part, and the accounts that visitors of the demonstration sign in with."""

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from sajja.config.demonstration import names
from sajja.config.demonstration.course import moment
from sajja.config.demonstration.doer import Telling
from sajja.config.demonstration.names import Human
from sajja.config.demonstration.province import dice_for
from sajja.config.demonstration.stage import Stage
from sajja.config.demonstration.training import DISTRICT, PROVINCE
from sajja.org import actions as org
from sajja.org.actions import NewPost
from sajja.org.models import Kind, Person, Unit
from sajja.org.roles import ROLES
from sajja.web import clock

PASSWORD: Final = "sajja-demo-2564-2564"  # known to everybody on purpose, and only in the demonstration
BEGAN: Final = moment(date(2020, 10, 1), 9)


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
    Account("demo-district-head", "district_head", "นายเกรียงไกร ตัวอย่าง", DISTRICT),
    Account("demo-district-officer", "district_officer", "นางสาววิไล ตัวอย่าง", DISTRICT),
)
COMMITTEE: Final = (
    Account("demo-chair", "group_chair", "นางคำปุ่น ตัวอย่าง"),
    Account("demo-secretary", "group_secretary", "นางสาวสุดใจ ตัวอย่าง"),
    Account("demo-treasurer", "group_treasurer", "นางทองใบ ตัวอย่าง"),
    Account("demo-auditor", "group_auditor", "นายประเสริฐ ตัวอย่าง"),
)
"""The committee of the group that stands in the middle of 4.3."""
SEATED: Final = {
    seat: Human(account.full_name, "male" if account.full_name.startswith("นาย") else "female")
    for seat, account in zip((0, 2, 3, 8), COMMITTEE, strict=True)
}
"""Where they sit among the ten of a committee: chair, secretary, treasurer, audit."""


def people(stage: Stage, places: Sequence[Unit]) -> Telling:
    """The demo accounts, and people and posts of the department, the zones and these provinces and districts."""
    yield BEGAN
    tops = Unit.objects.filter(kind__in=[Kind.DEPARTMENT, Kind.ZONE]).order_by("path")
    units = {unit.path: unit for unit in (*tops, *places)}
    for account in ACCOUNTS:
        if account.path in units:
            stage.people[account.role, account.path] = admit(stage, account, units[account.path])
    for unit in units.values():
        _staff(stage, unit)


def admit(stage: Stage, account: Account, unit: Unit) -> Person:
    """An account with the demonstration's password, and its post."""
    doer = stage.doer
    person = doer.do(org.add_person, by="system", username=account.username, full_name=account.full_name, password=PASSWORD)
    doer.do(org.appoint, by="system", person=person, role=account.role, unit=unit, starts=clock.today())
    return person


def _staff(stage: Stage, unit: Unit) -> None:
    """Give the office those of its roles that no demo account holds."""
    roles = [key for key, role in ROLES.items() if role.kind == unit.kind and (key, unit.path) not in stage.people]
    if not roles:
        return
    dice = dice_for(unit.path or "0", "office")
    staff = [NewPost(f"{role.replace('_', '-')}-{unit.path}", names.someone(dice).name, role) for role in roles]
    for post in stage.doer.do(org.staff_office, by="system", office=unit, staff=staff, starts=clock.today()):
        stage.people[post.role, unit.path] = post.person


def committee(stage: Stage, unit: Unit) -> None:
    """The demo accounts of a group's committee."""
    for account in COMMITTEE:
        stage.people[account.role, unit.path] = admit(stage, account, unit)


def who_can_sign_in() -> str:
    """What `sajja serve` prints: each account and what it is, and the one password."""
    width = max(len(account.username) for account in (*ACCOUNTS, *COMMITTEE))
    lines = [f"  {account.username:<{width}}  {ROLES[account.role].name}" for account in (*ACCOUNTS, *COMMITTEE)]
    return "\n".join([f"Sign in as one of these, password {PASSWORD}", *lines])
