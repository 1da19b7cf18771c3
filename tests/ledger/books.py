"""A book for tests: บ้านดงหลวง's savings book with two members, cash, bank and a fund."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from sajja.ledger import actions
from sajja.ledger.actions import NewAccount, Posted
from sajja.ledger.models import Account, Book, Entry, Floor, Kind, Stage
from sajja.ledger.posting import Arrow
from sajja.web import clock

OPENED = date(2021, 1, 1)
TREASURER: dict[str, Any] = {"by": "person:1", "by_name": "นางคำปุ่น (ตัวอย่าง)"}
CHART = [
    NewAccount("11000", "เงินสด", Kind.ASSET, floor=Floor.PAYMENTS),
    NewAccount("12100", "เงินฝากธนาคาร", Kind.ASSET),
    NewAccount("31020", "เงินสัจจะสะสม", Kind.EQUITY),
    NewAccount("20000", "เงินสัจจะสะสมพิเศษ", Kind.LIABILITY),
    NewAccount("34530", "ทุนสวัสดิการ", Kind.EQUITY, floor=Floor.ALWAYS),
    NewAccount("42000", "ค่าปรับ", Kind.INCOME),
    NewAccount("54000", "ค่าใช้จ่ายในการดำเนินงาน", Kind.EXPENSE),
    NewAccount("31020:M01", "นายบุญมี (ตัวอย่าง)", Kind.EQUITY, "31020", Floor.ALWAYS),
    NewAccount("31020:M02", "นางคำปุ่น (ตัวอย่าง)", Kind.EQUITY, "31020", Floor.ALWAYS),
    NewAccount("20000:M01", "นายบุญมี (ตัวอย่าง)", Kind.LIABILITY, "20000", Floor.ALWAYS),
]


def a_book(code: str = "480501-1", starts: int = 1, opened: date = OPENED) -> Book:
    """An empty book with the chart above."""
    with transaction.atomic():
        return actions.open_book(
            code=code, name="ชุดบัญชีเงินออม", opened_on=opened, fiscal_year_starts=starts, accounts=CHART
        )  # fmt: skip


def key(book: Book, code: str) -> int:
    """The key of an account by its code."""
    return Account.objects.get(book=book, code=code).pk


def standing(book: Book, code: str) -> int:
    """What an account holds now, seen from its own side, in satang."""
    return Account.objects.get(book=book, code=code).standing


def arrows(book: Book, *moves: tuple[Any, ...]) -> list[Arrow]:
    """("11000", "31020:M01", 20000, slip) → arrows of keys."""
    codes = dict(Account.objects.filter(book=book).values_list("code", "pk"))
    return [Arrow(codes[debit], codes[credit], amount, *rest) for debit, credit, amount, *rest in moves]


def posted(
    book: Book, day: date, *moves: tuple[Any, ...], at: datetime | None = None, uuid: UUID | None = None,
    stage: Stage = Stage.MONTH, kind: str = "general", memo: str = "",
) -> Posted:  # fmt: skip
    """Post the moves as one entry, keyed in at nine on that day."""
    with transaction.atomic():
        return actions.post(
            book=book, date=day, kind=kind, memo=memo, arrows=arrows(book, *moves), at=at or clock.moment(day), uuid=uuid,
            stage=stage, **TREASURER,
        )  # fmt: skip


def taken_back(
    entry: Entry, day: date, receipt: int | None = None, uuid: UUID | None = None, stage: Stage = Stage.MONTH
) -> Posted:
    """Reverse it, or one of its receipts."""
    with transaction.atomic():
        return actions.reverse(
            entry=entry, date=day, memo="แก้รายการ", receipt=receipt, uuid=uuid, stage=stage, at=clock.moment(day), **TREASURER
        )


def closed(book: Book, *months: int) -> None:
    """Close these months in turn."""
    with transaction.atomic():
        for month in months:
            actions.close_month(book=book, month=month, at=clock.moment(date(2022, 6, 1)), **TREASURER)


def deposits(book: Book, *days: date, amount: int = 20000) -> Sequence[Posted]:
    """M01 brings an amount on each of these days."""
    return [posted(book, day, ("11000", "31020:M01", amount, "M01")) for day in days]
