"""A line of the sheet as the page shows it: what was typed, or what is suggested."""

from collections.abc import Sequence
from typing import NamedTuple

from sajja.lib.money import baht
from sajja.treasury.collecting import AHEAD
from sajja.treasury.models import SheetColumn
from sajja.treasury.queries.collecting import Row


class Cell(NamedTuple):
    """A column's box on a line."""

    key: int
    value: str


class Shown(NamedTuple):
    """A line as the page shows it: what was typed or is suggested, and what is wrong with it."""

    pk: str
    number: str
    name: str
    pledge: str
    arrears: str
    months: int
    paid: bool
    ahead: str
    special_held: str
    pledged: str
    special: str
    fine: str
    fee: str
    cells: tuple[Cell, ...]
    total: str
    six: str
    twelve: str
    came: bool
    settled: bool
    transfer: bool
    time: str
    digits: str
    bank: str
    paper: str
    by: str
    errors: tuple[str, ...]
    owe: str = ""
    owes: str = ""
    overdue: str = ""
    has_loan: bool = False

    @property
    def open(self) -> bool:
        """Whether the line's further boxes hold something."""
        return bool(self.transfer or self.by or self.fee or self.errors)


def suggested(row: Row, columns: Sequence[SheetColumn]) -> Shown:
    """A line before anything was typed: what is due, the fine and the fee that the rules ask for."""
    due, fine, fee = row.due, row.fine, row.fee
    asked = {column.pk: 0 if row.settled else column.default_satang for column in columns}
    cells = tuple(Cell(column, box(satang)) for column, satang in asked.items())
    total = due.now + fine + fee + sum(asked.values()) + row.owes
    six, twelve = (baht(due.months_ahead(count)) if due.pledge else "" for count in AHEAD)
    return Shown(
        pk=str(row.member.pk), number=row.member.number, name=row.member.name, pledge=baht(due.pledge) if due.pledge else "",
        arrears=baht(due.arrears) if due.arrears else "", months=due.months, paid=bool(due.pledge and not due.now and not due.ahead),
        ahead=baht(due.ahead) if due.ahead else "", special_held=baht(row.special) if row.special else "",
        pledged=box(due.now), special="", fine=box(fine), fee=box(fee), cells=cells, total=baht(total) if total else "",
        six=six, twelve=twelve, came=False, settled=row.settled, transfer=False, time="", digits="", bank="", paper="", by="", errors=(),
        owe=box(row.owes), owes=box(row.owes), overdue=box(row.overdue), has_loan=bool(row.loans),
    )  # fmt: skip


def box(satang: int) -> str:
    return baht(satang) if satang else ""
