"""The cast: the people of the tests, each at a post in a real place, plainly made up.

นครพนม (48) is the training province: ธาตุพนม (4805) is the district the stories happen in, ศรีสงคราม (4808) its sibling,
and สกลนคร (47) the other province.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sajja.groups.models import SavingsGroup
from sajja.org import actions
from sajja.org.models import Kind, Person, Unit

SINCE = date(2020, 10, 1)
PROVINCE, DISTRICT, SIBLING, OTHER_PROVINCE = "48", "4805", "4808", "47"
NAMES = {
    "department_admin": "นายกรม ผู้ดูแล (ตัวอย่าง)",
    "department_officer": "นางสาวอรุณี (ตัวอย่าง)",
    "followup_officer": "นายติดตาม (ตัวอย่าง)",
    "province_head": "นางจังหวัด หัวหน้า (ตัวอย่าง)",
    "province_officer": "นายประสาน (ตัวอย่าง)",
    "district_head": "นายอำเภอ หัวหน้า (ตัวอย่าง)",
    "district_officer": "นางสาววิไล (ตัวอย่าง)",
    "group_chair": "นายบุญมี (ตัวอย่าง)",
    "group_secretary": "นางสาวสุดใจ (ตัวอย่าง)",
    "group_treasurer": "นางทองใบ (ตัวอย่าง)",
    "group_auditor": "นายประเสริฐ (ตัวอย่าง)",
}


def unit(path: str) -> Unit:
    """The unit with that path."""
    return Unit.objects.get(path=path)


def someone(role: str, at: Unit, username: str | None = None) -> Person:
    """A person who holds this role at this unit since the beginning of the fiscal year."""
    username = username or f"{role}-{at.path or 'กรม'}"
    person = Person.objects.filter(username=username).first()
    if person is None:
        person = actions.add_person(by="system", username=username, full_name=NAMES[role])
        actions.appoint(by="system", person=person, role=role, unit=at, starts=SINCE)
    return person


@dataclass
class Cast:
    """The people of one story, made when they first appear."""

    province: str = PROVINCE
    district: str = DISTRICT

    @cached_property
    def admin(self) -> Person:
        """The department's administrator."""
        return someone("department_admin", Unit.objects.get(kind=Kind.DEPARTMENT))

    @cached_property
    def department(self) -> Person:
        """The department's officer."""
        return someone("department_officer", Unit.objects.get(kind=Kind.DEPARTMENT))

    @cached_property
    def followup(self) -> Person:
        """The follow-up officer of zone 11, where นครพนม lies."""
        return someone("followup_officer", unit("z11"))

    @cached_property
    def province_head(self) -> Person:
        """The head of the province's office."""
        return someone("province_head", unit(self.province))

    @cached_property
    def province_officer(self) -> Person:
        """The officer of the province."""
        return someone("province_officer", unit(self.province))

    @cached_property
    def district_head(self) -> Person:
        """The head of the district's office."""
        return someone("district_head", unit(self.district))

    @cached_property
    def district_officer(self) -> Person:
        """The officer (พัฒนากร) of the district."""
        return someone("district_officer", unit(self.district))

    def chair(self, group: SavingsGroup) -> Person:
        """The chair of a group."""
        return someone("group_chair", group.unit)

    def secretary(self, group: SavingsGroup) -> Person:
        """The secretary of a group."""
        return someone("group_secretary", group.unit)

    def treasurer(self, group: SavingsGroup) -> Person:
        """The treasurer of a group."""
        return someone("group_treasurer", group.unit)

    def auditor(self, group: SavingsGroup) -> Person:
        """A member of the group's audit section."""
        return someone("group_auditor", group.unit)
