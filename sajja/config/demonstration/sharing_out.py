"""A good year of a training group: what it earned in December, and the surplus shared out at the general meeting in January."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from sajja.config.demonstration.course import moment
from sajja.groups import actions as groups
from sajja.groups.actions import NewResolution
from sajja.groups.models import MeetingKind, Resolution, ResolutionAbout
from sajja.ledger import periods
from sajja.treasury import chart
from sajja.treasury.actions import payout, sharing, vouchers
from sajja.treasury.models import PaidHow
from sajja.treasury.queries.sharing import shares_of
from sajja.treasury.shares import Head

if TYPE_CHECKING:
    from datetime import datetime

    from sajja.config.demonstration.keeping import Keeping

EARNED: Final = 18_000_00
HEADS: Final = (
    Head("เงินปันผล", chart.DIVIDENDS_UNPAID, 6000), Head("ทุนสวัสดิการ", chart.WELFARE, 2000),
    Head("ทุนสาธารณประโยชน์", chart.PUBLIC_BENEFIT, 1000), Head("ทุนสำรอง", "34000", 1000),
)  # fmt: skip
ABSENT: Final = 3


def of_month(keeping: Keeping, month: int) -> list[tuple[datetime, Callable[[], object]]]:
    """What of it happens in this month; without dice, so that the rest of the story stays as it is."""
    first, before = periods.first_day(month), month // 100 - 1
    if month % 100 == 12:
        day = first.replace(day=20)
        return [(moment(day, 11), partial(earn, keeping, day))]
    if month % 100 == 1 and before >= keeping.habits.opened.year:
        day = first.replace(day=27)
        return [(moment(day, 9), partial(share_out, keeping, before, day))]
    return []


def earn(keeping: Keeping, day: date) -> None:
    """What the group's shop brought in the year."""
    keeping.do(
        vouchers.record_income, date=day, account="46000", amount=EARNED, money=keeping.bank, payer="ร้านค้าชุมชนของกลุ่ม (ตัวอย่าง)",
        memo="ส่วนแบ่งจากร้านค้าชุมชน",
    )  # fmt: skip


def share_out(keeping: Keeping, year: int, day: date) -> None:
    """The general meeting's heads; everyone who came is paid, three fetch theirs another day."""
    here = sum(saver.key > 0 and not saver.gone for saver in keeping.savers)
    meeting = keeping.stage.doer.do(
        groups.record_meeting, by=keeping.chair, group=keeping.group, day=day, kind=MeetingKind.GENERAL, present=round(here * 0.8),
        members=here, place="ที่ทำการกลุ่ม", resolutions=[NewResolution(f"จัดสรรกำไรปี {year + 543}", ResolutionAbout.APPROPRIATION)],
    )  # fmt: skip
    resolution = Resolution.objects.get(meeting=meeting)
    made = keeping.do(sharing.appropriate, fiscal_year=year, resolution=resolution, heads=HEADS)
    due = [share for share in shares_of(made) if share.total_satang]
    paid = [payout.Paid(share.pk, PaidHow.CASH) for share in due[:-ABSENT]]
    keeping.stage.doer.do(payout.pay_shares, by=keeping.treasurer, appropriation=made, date=day, paid=paid, money=keeping.bank)
