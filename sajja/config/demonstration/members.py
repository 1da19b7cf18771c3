"""Who saves in a group: families, children with a guardian, what each pledges and since when. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Final

from sajja.config.demonstration import names
from sajja.config.demonstration.names import SURNAME, Human
from sajja.groups.actions import NewBeneficiary, NewMember
from sajja.groups.models import MemberKind

UNIT: Final = 50_00
PLEDGES: Final = ((1, 22), (2, 34), (4, 20), (6, 9), (10, 9), (14, 2), (20, 4))
"""How many units of 50 baht a member pledges a month, and how common that is."""
CHILD_PLEDGES: Final = ((1, 8), (2, 2))
FAMILIES: Final = ("", "ศรี", "ทอง", "แก้ว", "พูน", "บุญ", "แสง", "คำ", "จันทร์", "วงศ์", "ไชย", "พรม")
"""What stands before ตัวอย่าง in a family's name."""
WORK: Final = ("ทำนา", "ทำนา", "ทำนา", "ทำสวน", "ค้าขาย", "รับจ้าง", "ทอผ้า", "รับราชการ", "เลี้ยงสัตว์", "แม่บ้าน")
KIN: Final = ("คู่สมรส", "บุตร", "บิดา", "มารดา", "พี่น้อง")
HOME: Final = 4
"""The most members of one household."""


@dataclass
class Saver:
    """A member while the story goes on; amounts in satang. `key` once the register has given it."""

    new: NewMember
    pledge: int
    steady: float
    key: int = 0
    special: int = 0
    paid_ahead: int = 0
    behind: int = 0
    gone: bool = False


def roster(dice: Random, board: Sequence[Human], number: int, opened: date, shown: date) -> list[Saver]:
    """The committee first, then the others by household; most joined before the book was opened, some on the way."""
    people = _people(dice, board, number)
    savers: list[Saver] = []
    family, left = 0, 0
    for at, person in enumerate(people):
        if not left:
            family, left = family + 1, dice.choice([1, 1, 2, 2, 3, HOME])
        left -= 1
        savers.append(_saver(dice, at, person, family, savers, len(board), opened, shown))
    return savers


def _people(dice: Random, board: Sequence[Human], number: int) -> list[Human]:
    """Nobody's name twice; the same first name only in another family."""
    found = list(board)
    for surname in FAMILIES[1:]:
        if len(found) >= number:
            break
        names_there = names.company(dice, 30)
        found += [Human(who.name.replace(SURNAME, f"{surname}{SURNAME}"), who.sex) for who in names_there]
    return found[:number]


def _saver(  # one of the row, who may be a child of those before
    dice: Random, at: int, person: Human, family: int, before: Sequence[Saver], board: int, opened: date, shown: date
) -> Saver:
    guardian = next((one.new for one in reversed(before) if one.new.family == str(family) and not one.new.guardian), None)
    child = guardian is not None and at >= board and dice.random() < 0.12
    units = dice.choices(*zip(*(CHILD_PLEDGES if child else PLEDGES), strict=True))[0]
    late = at >= board and dice.random() < 0.15
    joined = _between(dice, opened, shown) if late else _between(dice, date(opened.year - 12, 1, 1), opened)
    if child and guardian is not None:
        person = Human(_as_child(person), person.sex)
        joined = max(joined, guardian.joined_on)
    born = joined.year - dice.randint(1, 11) if child else joined.year - dice.randint(22, 60)
    new = NewMember(
        name=person.name, joined_on=joined, number=str(at + 1), pledge_satang=units * UNIT, sex=person.sex,
        kind=MemberKind.CHILD if child else MemberKind.ORDINARY, family=str(family),
        guardian=guardian.number if child and guardian else "", born_on=date(born, dice.randint(1, 12), dice.randint(1, 28)),
        address=f"บ้านเลขที่ {family} (ตัวอย่าง)", occupation="" if child else dice.choice(WORK),
        beneficiaries=() if child or dice.random() < 0.3 else _heirs(dice),
    )  # fmt: skip
    return Saver(new, new.pledge_satang, dice.choice([0.995, 0.99, 0.98, 0.9]))


def _between(dice: Random, first: date, last: date) -> date:
    """A day of collecting: from the first day on, before the last."""
    day = date.fromordinal(dice.randrange(first.toordinal(), last.toordinal()))
    return max(first, day.replace(day=5))


def _as_child(person: Human) -> str:
    title = "เด็กหญิง" if person.sex == "female" else "เด็กชาย"
    for adult in ("นางสาว", "นาง", "นาย"):
        if person.name.startswith(adult):
            return title + person.name.removeprefix(adult)
    return person.name


def _heirs(dice: Random) -> tuple[NewBeneficiary, ...]:
    if dice.random() < 0.6:
        return (NewBeneficiary(names.someone(dice).name, dice.choice(KIN), 10_000),)
    shares = dice.choice([(5_000, 5_000), (6_000, 4_000), (3_333, 6_667)])
    return tuple(NewBeneficiary(names.someone(dice).name, dice.choice(KIN), share) for share in shares)
