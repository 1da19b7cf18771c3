"""A book whose year 2564 is closed with a surplus, and its general meeting."""

from datetime import date
from typing import Any

from django.db import transaction

from sajja.groups.models import Meeting, Resolution
from sajja.ledger.posting import Arrow
from sajja.treasury import actions, chart
from sajja.treasury.actions import RuleSet, payout, sharing, yearend
from sajja.treasury.models import Appropriation, PaidHow, Share, YearEnd
from sajja.treasury.shares import Head
from sajja.web import clock
from tests.cast import Cast
from tests.treasury.books import Kept, a_book

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
    for month in range(202101, 202113):
        with clock.fixed(date(2022, 1, 5)):
            actions.close_month(by=book.treasurer, kept=book.kept, month=month)
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


def declared(book: Kept, on: date, satang: int = 5_000) -> list[Share]:
    """Each of the first two members was declared so much of the year before, out of the cash; nobody has fetched it yet."""
    with clock.fixed(on), transaction.atomic():
        own = actions.accounts_of(book.kept, book.members[:2], chart.DIVIDENDS_UNPAID)
        arrows = [Arrow(book.key("11000"), account.pk, satang) for account in own.values()]
        entry = actions.put(book.treasurer, book.kept, "test", on, "appropriation", "", arrows).entry
        doer = {"by": book.treasurer.key, "by_name": str(book.treasurer.full_name), "at": clock.now()}
        ended = YearEnd.objects.create(
            kept=book.kept, year=on.year - 1, first=date(on.year - 1, 1, 1), last=date(on.year - 1, 12, 31), surplus_satang=2 * satang,
            head="", **doer,
        )  # fmt: skip
        made = Appropriation.objects.create(
            year_end=ended, resolution=a_general_meeting(book, on), on=on, satang=2 * satang, base="month-weighted",
            whole_baht="none", rest_to="34000", entry=entry, **doer,
        )  # fmt: skip
        return [
            Share.objects.create(appropriation=made, member=member, weight=1, dividend_satang=satang)
            for member in book.members[:2]
        ]
