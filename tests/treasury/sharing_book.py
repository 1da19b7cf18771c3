"""A book whose year 2564 is closed with a surplus, and its general meeting."""

from datetime import date
from typing import Any

from sajja.groups.models import Meeting, Resolution
from sajja.treasury import chart
from sajja.treasury.actions import RuleSet, payout, sharing, yearend
from sajja.treasury.models import Appropriation, PaidHow, Share
from sajja.treasury.shares import Head
from sajja.web import clock
from tests.cast import Cast
from tests.treasury.books import Kept, a_book
from tests.treasury.test_yearend import close_months

MEETING = date(2022, 1, 16)
HEADS = [
    Head("เงินปันผล", chart.DIVIDENDS_UNPAID, 6000), Head("สวัสดิการ", chart.WELFARE, 1500), Head("ทุนสำรอง", chart.RESERVE, 2500),
]  # fmt: skip


def a_closed_year(*, members: int = 3, surplus: int = 100_000, cast: Cast | None = None, rules: RuleSet | None = None) -> Kept:
    """Members with 1,000 baht each in the savings of the whole year; the surplus (below nought: a loss) came in and went out in cash."""
    book = a_book(members=members, pledged=100_000, cast=cast, rules=rules)
    if surplus > 0:
        book.post("11000", "46000", surplus, date(2021, 5, 5), "income")
    elif surplus < 0:
        book.post("54000", "11000", -surplus, date(2021, 5, 5), "expense")
    close_months(book)
    with clock.fixed(date(2022, 1, 10)):
        yearend.close_year(by=book.treasurer, kept=book.kept, fiscal_year=2021)
    return book


def a_general_meeting(book: Kept, day: date = MEETING, kind: str = "general") -> Resolution:
    """Which resolved to share out."""
    meeting = Meeting.objects.create(
        group=book.group, day=day, kind=kind, present_count=30, recorded_by=book.treasurer.full_name, at=f"{day}T03:00:00Z"
    )
    return Resolution.objects.create(meeting=meeting, number="1", text="จัดสรรกำไรตามเสนอ", about="appropriation")


def base(book: Kept) -> dict[str, Any]:
    """What the acts of the year are told."""
    return {"by": book.treasurer, "kept": book.kept, "fiscal_year": 2021}


def shared_out(book: Kept, heads: list[Head] | None = None, **said: Any) -> Appropriation:
    """By the heads, on the meeting's day."""
    resolution = said.pop("resolution", None) or a_general_meeting(book)
    with clock.fixed(resolution.meeting.day):
        return sharing.appropriate(**base(book), resolution=resolution, heads=heads or HEADS, **said)


def shares_of(made: Appropriation) -> list[Share]:
    """In the order of calling."""
    return list(
        Share.objects.filter(appropriation=made).select_related("member").order_by("member__call_position", "member__order")
    )


def all_in_cash(made: Appropriation) -> list[payout.Paid]:
    """Everybody comes."""
    return [payout.Paid(share.pk, PaidHow.CASH) for share in shares_of(made)]
