"""Posted collecting days for tests: who brought what, as the treasurer of a book keyed it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sajja.ledger.models import Account
from sajja.treasury.actions.collecting import add_column, record_collecting_day
from sajja.treasury.collecting import Line
from sajja.treasury.models import CollectingDay, SheetColumn
from tests.treasury.books import Kept

DAY = date(2021, 6, 5)


def a_sheet(book: Kept, lines: Sequence[Line] | None = None, on: date = DAY, **more: Any) -> CollectingDay:
    """A posted sheet; without lines everyone brought 200 baht."""
    found = [Line(member=member.pk, pledged=20_000) for member in book.members] if lines is None else lines
    return record_collecting_day(by=book.treasurer, kept=book.kept, date=on, lines=found, **more)


def a_column(book: Kept, name: str = "สวัสดิการ", code: str = "34530", satang: int = 2_000) -> SheetColumn:
    """A column for welfare."""
    account = Account.objects.get(book=book.kept.book, code=code)
    return add_column(by=book.treasurer, kept=book.kept, name=name, account=account, default_satang=satang)


def sheet_things(book: Kept) -> dict[str, int]:
    """A column, a posted sheet and one of its receipts, for the addresses of the access matrix."""
    column, day = a_column(book), a_sheet(book, [Line(member=book.members[0].pk, pledged=20_000)])
    line = day.lines.order_by("receipt")[0]
    return {"column": column.pk, "day": day.pk, "receipt": line.receipt}
