"""What happens in a group once or a few times a year: a death, gifts to the village, cash counted before the audit committee."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Final

from sajja.config.demonstration import lending
from sajja.config.demonstration.course import moment
from sajja.ledger import periods
from sajja.treasury import chart
from sajja.treasury.actions import cash, leaving, slips, vouchers
from sajja.treasury.actions.vouchers import CodeArrow
from sajja.treasury.counting import broken_up
from sajja.treasury.models import Settlement

if TYPE_CHECKING:
    from datetime import datetime

    from sajja.config.demonstration.keeping import Keeping

GIFT_FUND: Final = 3_000_00
GIFTS: Final = (
    ("โรงเรียนบ้านตัวอย่าง", "ทุนอาหารกลางวันนักเรียน"), ("วัดบ้านตัวอย่าง", "ร่วมทำบุญประจำปี"),
    ("อสม. บ้านตัวอย่าง", "ชุดปฐมพยาบาล"), ("กองทุนผู้สูงอายุบ้านตัวอย่าง", "เยี่ยมผู้สูงอายุ"),
)  # fmt: skip


def of_month(keeping: Keeping, month: int) -> list[tuple[datetime, Callable[[], object]]]:
    """What of it happens in this month; by dice of its own, so that the rest of the story stays as it is."""
    dice, first, of_year = Random(f"rarer-{keeping.group.code}-{month}"), periods.first_day(month), month % 100  # nosec B311
    found: list[tuple[datetime, Callable[[], object]]] = []

    def on(day: int, hour: int, act: Callable[[Keeping, date, Random], object]) -> None:
        when = first.replace(day=day)
        found.append((moment(when, hour), partial(act, keeping, when, dice)))

    if of_year == 1:
        on(21, 14, set_aside)
    if of_year in {1, 7}:
        on(22, 14, fetch)
    if of_year in {4, 10}:
        on(dice.randint(14, 25), 13, give)
    if of_year == 9:
        on(dice.randint(14, 25), 16, die)
    if of_year % 3 == 2:
        on(28, 16, count)
    if of_year == 5:
        on(28, 17, show)
    return found


def set_aside(keeping: Keeping, day: date, dice: Random) -> None:
    """A part of the reserve for the public benefit, as the general meeting resolved."""
    keeping.do(
        vouchers.record_general, date=day, arrows=[CodeArrow("34000", chart.PUBLIC_BENEFIT, GIFT_FUND)],
        memo="จัดสรรเข้าทุนสาธารณประโยชน์", why="ตามมติประชุมใหญ่สามัญประจำปี", resolution=keeping.resolution,
    )  # fmt: skip


def give(keeping: Keeping, day: date, dice: Random) -> None:
    """A gift to the village from the fund."""
    receiver, memo = dice.choice(GIFTS)
    keeping.do(
        vouchers.give_gift, date=day, receiver=receiver, amount=dice.randint(2, 3) * 500_00, money=keeping.bank, memo=memo,
        resolution=keeping.resolution,
    )  # fmt: skip


def die(keeping: Keeping, day: date, dice: Random) -> None:
    """An old member dies; the heirs are paid from the bank, by the shares that he named."""
    guardians = {saver.new.guardian for saver in keeping.savers if not saver.gone}
    owing = lending.borrowers(keeping)
    able = [
        saver
        for saver in keeping.here(day)[10:]
        if saver.new.number not in guardians and not saver.new.guardian and saver.key not in owing
    ]
    saver = dice.choice(able)
    keeping.do(
        leaving.settle, member=keeping.members[saver.new.number], why=Settlement.Why.DIED, day=day,
        because="ชราภาพ", money=keeping.bank, resolution=keeping.resolution,
    )  # fmt: skip
    keeping.stage.doer.counts["groups.end_member"] += 1
    saver.gone = True


def fetch(keeping: Keeping, day: date, dice: Random) -> None:
    """The half-year's interest of who left or died since it began was credited later; they or the heirs come for it."""
    gone = Settlement.objects.filter(kept=keeping.kept, counts=True, fetched__isnull=True)
    waits = gone.filter(member__accounts__control=chart.LEAVERS, member__accounts__account__balance__lt=0)
    for settlement in waits.select_related("kept__book", "kept__group__unit", "member").order_by("pk"):
        keeping.stage.doer.do(leaving.pay_leaver, by=keeping.treasurer, settlement=settlement, money=keeping.bank, date=day)


def count(keeping: Keeping, day: date, dice: Random) -> None:
    """The cash counted to the note; a member of the audit committee saw it and signs."""
    made = keeping.do(cash.count_cash, account=keeping.cash, on=day, notes=broken_up(keeping.cash_in_hand))
    keeping.stage.doer.do(cash.sign_count, by=keeping.auditor, count=made)


def show(keeping: Keeping, day: date, dice: Random) -> None:
    """Three members ask for a slip of their balances; one loses it."""
    members = [keeping.members[saver.new.number] for saver in keeping.here(day)[:3]]
    made = [keeping.do(slips.make_slip, member=member) for member in members]
    keeping.stage.doer.do(slips.call_in_slip, by=keeping.treasurer, slip=made[1], reason="สมาชิกทำใบหาย")
