"""Reading a worked year: its csv blocks, with amounts as satang and days as days."""

import csv
import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from io import StringIO
from itertools import groupby
from typing import NamedTuple

from sajja.config.play.pledges import steady
from sajja.ledger import periods
from sajja.lib.money import parse_baht

BLOCK = re.compile(r"^```csv (\S+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
Row = dict[str, str]
MONTHS = 12
ENDS = {"member-leaves", "member-dies"}
WANTED = ("in-members", "in-opening-accounts", "in-accounts", "in-rules", "in-vouchers", "in-voucher-kinds")


class Arrow(NamedTuple):
    """A line of a voucher: codes as the file writes them, satang."""

    debit: str
    credit: str
    satang: int


@dataclass(frozen=True, slots=True)
class Voucher:
    """A voucher of the file: who makes it (`person` or `program`), what kind, which one it reverses."""

    number: str
    day: date
    kind: str
    by_person: bool
    reverses: str
    memo: str
    arrows: tuple[Arrow, ...]


@dataclass(frozen=True)
class Story:
    """The blocks of a file by name."""

    blocks: dict[str, list[Row]]

    @cached_property
    def rules(self) -> dict[str, str]:
        """Rule → value."""
        return {row["rule"]: row["value"] for row in self.blocks["in-rules"]}

    @cached_property
    def first(self) -> date:
        """The first day of the fiscal year."""
        return date.fromisoformat(self.rules["fiscal_year_from"])

    @cached_property
    def last(self) -> date:
        """The last day of the fiscal year."""
        return date.fromisoformat(self.rules["fiscal_year_to"])

    @cached_property
    def interest_days(self) -> list[date]:
        """The days of the fiscal year on which special savings are credited their interest."""
        years = range(self.first.year, self.last.year + 1)
        days = [date(year, *map(int, day.split("-"))) for year in years for day in self.rules["special_interest_days"].split()]
        return [day for day in sorted(days) if self.first <= day <= self.last]

    @cached_property
    def member_of_contract(self) -> dict[str, str]:
        """Contract → its member."""
        return {row["contract"]: row["member"] for row in self.blocks.get("in-loans", [])}

    @cached_property
    def opening(self) -> list[tuple[str, int]]:
        """(code, satang above nought on the debit side)."""
        return [(row["account"], satang(row["debit"]) - satang(row["credit"])) for row in self.blocks["in-opening-accounts"]]

    @cached_property
    def vouchers(self) -> list[Voucher]:
        """Every voucher in the row of its number."""
        kinds = {row["no"]: row for row in self.blocks["in-voucher-kinds"]}
        found = []
        for number, rows in groupby(self.blocks["in-vouchers"], key=lambda row: row["no"]):
            lines, kind = list(rows), kinds[number]
            arrows = tuple(Arrow(line["debit"], line["credit"], satang(line["amount"])) for line in lines)
            found.append(
                Voucher(
                    number, date.fromisoformat(lines[0]["date"]), kind["kind"], kind["made_by"] == "person", kind["reverses"],
                    lines[0]["memo"], arrows,
                )
            )  # fmt: skip
        return found

    def promises_of(self, member: str) -> list[tuple[date, int]]:
        """(first of the month, satang a month) of a member, read out of what he brought while he was one."""
        months = periods.months(periods.month_of(self.first), periods.month_of(self.last))
        row = next((row for row in self.blocks.get("in-deposits", []) if row["member"] == member), None)
        if row is None or len(months) != MONTHS:
            return []
        brought = [satang(row[f"m{at}"]) for at in range(1, MONTHS + 1)]
        began = next((at for at, amount in enumerate(brought) if amount), 0)
        ended = self._month_of_leaving(member)
        until = months.index(ended) if ended in months else MONTHS
        return [(periods.first_day(months[began + at]), amount) for at, amount in steady(brought[began:until])]

    def _month_of_leaving(self, member: str) -> int | None:
        ends = [v.day for v in self.vouchers if v.kind in ENDS and member in {part(arrow.debit) for arrow in v.arrows}]
        return periods.month_of(ends[0]) if ends else None

    def first_day_of(self, member: str) -> date | None:
        """The first day on which a voucher names the member's own account."""
        days = [v.day for v in self.vouchers for a in v.arrows if member in {part(a.debit), part(a.credit)}]
        return min(days, default=None)


def read(text: str) -> Story:
    """The story of a file's text. ValueError names a block that is missing."""
    found = {name: list(csv.DictReader(StringIO(body))) for name, body in BLOCK.findall(text)}
    if missing := [name for name in WANTED if name not in found]:
        raise ValueError(f"the file has no block {', '.join(missing)}")
    return Story(found)


def satang(baht: str) -> int:
    """ "1350.00" → 135000."""
    return parse_baht(baht, negative=True)


def control(code: str) -> str:
    """ "31020:M01" → 31020."""
    return code.partition(":")[0]


def part(code: str) -> str:
    """ "31020:M01" → M01, nothing of a heading."""
    return code.partition(":")[2]
