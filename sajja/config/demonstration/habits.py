"""How a group keeps its books: from when, how many save, what is left to do; what it spends on. Pure."""

from dataclasses import dataclass, replace
from datetime import date
from random import Random
from typing import Final

from sajja.config.demonstration.training import IN_THE_MIDDLE, PROVINCE
from sajja.treasury import chart

LATE_FINE: Final = 10_00
ENTRY_FEE: Final = 20_00
FLOAT: Final = 2_000_00
"""Cash that stays with the treasurer when the rest goes to the bank."""
SPENT: Final = (
    (chart.ADMINISTRATION, "ค่ากระดาษและถ่ายเอกสาร", (60, 250)), (chart.ADMINISTRATION, "ค่าพาหนะไปธนาคาร", (40, 120)),
    (chart.OPERATIONS, "ค่าเครื่องดื่มและอาหารว่างประชุม", (150, 400)), (chart.ADMINISTRATION, "สมุดคู่ฝากและแบบพิมพ์", (100, 300)),
)  # fmt: skip
SHOPS: Final = ("ร้านค้าชุมชน (ตัวอย่าง)", "ร้านเครื่องเขียน (ตัวอย่าง)", "สหกรณ์ร้านค้า (ตัวอย่าง)")
BANKS: Final = ("ธนาคารออมสิน", "ธ.ก.ส.")
TREASURER: Final = 3


@dataclass(frozen=True)
class Habits:
    """What is particular about a group's books. `whole`: with meetings, welfare, special savings and the rest."""

    opened: date
    number: int
    whole: bool = False
    closed_through: int = 202105
    no_sheet: frozenset[int] = frozenset()
    asks_to_reopen: bool = False
    unconfirmed: bool = False


def habits(path: str, n: int, dice: Random) -> Habits:
    """Three years in the training province, a year elsewhere; some groups with something left to do."""
    if path != PROVINCE:
        usual = Habits(date(2020, 7, 1), dice.randint(20, 40))
        trouble = dice.random()
        if trouble < 0.08:
            return replace(usual, closed_through=dice.choice([202102, 202103, 202104]))
        if trouble < 0.14:
            return replace(usual, no_sheet=frozenset({dice.choice([202104, 202105])}))
        return replace(usual, closed_through=202104) if trouble < 0.4 else usual
    usual = Habits(date(2019, 1, 1), dice.randint(60, 180), whole=True)
    if n == IN_THE_MIDDLE:
        return replace(
            usual, number=84, closed_through=202104, no_sheet=frozenset({202106}), asks_to_reopen=True, unconfirmed=True
        )
    if n % 5 == 1:
        return replace(usual, no_sheet=frozenset({202105}), closed_through=202103)
    return replace(usual, unconfirmed=True, closed_through=202104) if n % 5 == 2 else usual
