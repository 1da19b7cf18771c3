"""Members for tests: plainly made up, their national IDs made here from a function."""

from datetime import date

from stdnum.th import pin

from sajja.groups import actions
from sajja.groups.actions import NewMember, NewRegulation
from sajja.groups.models import Member, SavingsGroup
from tests.cast import Cast
from tests.factories import a_group

JOINED = date(2020, 1, 5)


def a_national_id(number: int) -> str:
    """13 digits that pass their check, different for each number."""
    start = f"9{number:011d}"
    return start + str(pin.calc_check_digit(start + "0"))


def a_member(group: SavingsGroup, name: str = "นางคำปุ่น ใจซื่อ (ตัวอย่าง)", national_id: str = "", **more: object) -> Member:
    """One who joins on 5 January 2563."""
    said: dict[str, object] = {"name": name, "joined_on": JOINED, **actions.identity(national_id), **more}
    return actions.enrol_member(by=Cast().secretary(group), group=group, member=NewMember(**said))  # type: ignore[arg-type]


def a_ruled_group(name: str = "กลุ่มออมทรัพย์ตัวอย่าง") -> SavingsGroup:
    """A group whose regulation takes 1 to 20 shares of 50 baht a month."""
    group = a_group(name)
    actions.add_regulation(by="system", group=group, regulation=NewRegulation(date(2018, 1, 1), 5000, 1, 20, 5, 1200))
    return group
