"""A fiscal year as papers: its statements with both views of the closing, and what the report to the general meeting shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sajja.groups.models.register import percent_of_bp
from sajja.groups.queries import regulation_on
from sajja.ledger.models import Stage
from sajja.ledger.sums import Part
from sajja.lib.money import baht
from sajja.lib.thai_dates import SHORT_MONTHS
from sajja.treasury import chart, dividend, statement
from sajja.treasury.exports import tables
from sajja.treasury.models import Appropriation, WelfareKind
from sajja.treasury.owing import AGES
from sajja.treasury.queries.statements import eve, income_statement, month_ends, turnover
from sajja.treasury.queries.year_adjustments import owed_loans
from sajja.treasury.queries.year_figures import figures_of, members_on, standing_on, year_before
from sajja.treasury.queries.yearend import Year, appropriation_of
from sajja.treasury.statement import Table
from sajja.web import clock
from sajja.web.charts import Bar

MONEY: Final[dict[str, tuple[Promise, str]]] = {
    "members": (gettext_lazy("สมาชิก"), "count"),
    "pledged": (gettext_lazy("เงินสัจจะสะสม"), "baht"),
    "special": (gettext_lazy("เงินสัจจะสะสมพิเศษ"), "baht"),
    "loans": (gettext_lazy("เงินกู้ที่สมาชิกค้าง"), "baht"),
    "welfare": (gettext_lazy("ทุนสวัสดิการ"), "baht"),
    "reserve": (gettext_lazy("ทุนสำรอง"), "baht"),
    "income": (gettext_lazy("รายได้"), "baht"),
    "expense": (gettext_lazy("ค่าใช้จ่าย"), "baht"),
    "surplus": (gettext_lazy("กำไร(ขาดทุน)สุทธิ"), "baht"),
}
LOANS: Final[dict[str, tuple[Promise, str]]] = {
    "borrowers": (gettext_lazy("ผู้กู้ที่ยังค้างเงินกู้"), "count"),
    "new_contracts": (gettext_lazy("สัญญาใหม่ในปี"), "count"),
    "lent": (gettext_lazy("เงินกู้ที่จ่ายในปี"), "baht"),
    "repaid": (gettext_lazy("เงินต้นที่รับคืนในปี"), "baht"),
    "late_contracts": (gettext_lazy("สัญญาที่เกินกำหนดชำระ"), "count"),
    "overdue": (gettext_lazy("เงินต้นที่เกินกำหนด"), "baht"),
    "allowance": (gettext_lazy("ค่าเผื่อหนี้สงสัยจะสูญ"), "baht"),
}
PLACES: Final[dict[str, Promise]] = {
    "loans": gettext_lazy("ให้สมาชิกกู้"), "bank": gettext_lazy("ฝากธนาคาร"), "cash": gettext_lazy("เงินสด"),
}  # fmt: skip
AGE_WORDS: Final[dict[str, Promise]] = {
    "current": gettext_lazy("ยังไม่เกินกำหนด"),
    "1-30": gettext_lazy("เกินไม่ถึงเดือน (1–30 วัน)"),
    "31-90": gettext_lazy("เกิน 1–3 เดือน (31–90 วัน)"),
    "91-180": gettext_lazy("เกิน 3–6 เดือน (91–180 วัน)"),
    "181-365": gettext_lazy("เกิน 6 เดือนถึง 1 ปี"),
    "over-365": gettext_lazy("เกิน 1 ปี"),
}


def statements_of(year: Year) -> list[Table]:
    """Result, position, money in and out, the trial balance before and after closing, the gross turnover."""
    book, span = year.kept.book, year.span
    before = tables.trial_balance(book, year.last, Stage.ADJUSTING)
    after, sheet = tables.trial_balance(book, year.last), tables.balance_sheet(book, year.last)
    return [
        tables.income_statement(book, span),
        sheet._replace(notes=(*sheet.notes, *_not_received(year))),
        tables.receipts_payments(book, span),
        before._replace(key="trial-balance-before"),
        after._replace(key="trial-balance-after"),
        statement.turnover(turnover(book, span), statement.span_words(*span)),
    ]


def _not_received(year: Year) -> list[str]:
    """Interest that was due and did not come in is no asset on the cash basis; it is told under the balance sheet."""
    due = sum(one.interest_due for one in owed_loans(year))
    return [_("ดอกเบี้ยเงินกู้ที่ถึงกำหนดแล้วแต่ยังไม่ได้รับ %(baht)s บาท ไม่รวมอยู่ในงบ") % {"baht": baht(due)}] if due else []


def for_the_meeting(year: Year) -> list[Table]:
    """What the general meeting looks through: result, position, money in and out, all with last year."""
    return statements_of(year)[:3]


@dataclass(frozen=True, slots=True)
class Pair:
    """A figure of this year with last year's (None: the book knows none); `kind` "baht" (satang) or "count"."""

    words: str
    now: int
    before: int | None
    kind: str = "baht"

    @property
    def change(self) -> int | None:
        """How much more than last year."""
        return None if self.before is None else self.now - self.before


@dataclass(frozen=True, slots=True)
class Report:
    """What the two pages for everyone show. Satang; `savings` and `lent` are (month, satang, its words) for the pictures."""

    figures: dict[str, Any]
    before: dict[str, Any]
    savings: list[tuple[str, int, str]]
    owed: list[tuple[str, int, str]]
    pairs: list[Pair]
    loans: list[Pair]
    places: list[Bar]
    came: list[Bar]
    went: list[Bar]
    arrears: list[tuple[str, int]]
    welfare: list[tuple[str, int, int]]
    heads: list[tuple[str, str, int]]
    decided: Appropriation | None

    @property
    def result(self) -> int:
        """The surplus or the loss, to stand behind its own word."""
        return abs(int(self.figures["surplus"]))

    @property
    def saved(self) -> int:
        """Pledged and special savings together."""
        return int(self.figures["pledged"] + self.figures["special"])


def report(year: Year) -> Report:
    """Read once; every figure of a closed year as it was kept."""
    told, last = figures_of(year), year_before(year)
    before = figures_of(last) if last else _brought(year)
    ends = month_ends(year.kept.book, year.months[0], year.months[-1])
    decided = appropriation_of(year)
    result = income_statement(year.kept.book, year.span)
    return Report(
        figures=told, before=before, savings=_by_month(ends, chart.PLEDGED), owed=_by_month(ends, chart.LOANS),
        pairs=_pairs(MONEY, told, before), loans=_pairs(LOANS, told, before),
        places=[Bar(words, told[name], told["assets"]) for name, words in PLACES.items() if told[name]],
        came=_bars(result.income), went=_bars(result.expense),
        arrears=[(str(AGE_WORDS[age]), told["arrears"][age]) for age in AGES if told["arrears"].get(age)],
        welfare=[(WelfareKind(kind).label, times, satang) for kind, (times, satang) in sorted(told["welfare_paid"].items())],
        heads=_heads(year, told["surplus"], decided), decided=decided,
    )  # fmt: skip


def _brought(year: Year) -> dict[str, Any]:
    """Last year as the opening tells it, where the book begins with this year: what stood on its eve."""
    if year.kept.book.opened_on != year.first:
        return {}
    day = eve(year.kept.book)
    return standing_on(year, day) | {"members": members_on(year, day)}


def _pairs(shown: Mapping[str, tuple[Promise, str]], told: dict[str, Any], before: dict[str, Any]) -> list[Pair]:
    return [Pair(str(words), told[name], before.get(name), kind) for name, (words, kind) in shown.items()]


def _by_month(ends: Mapping[int, Mapping[str, int]], code: str) -> list[tuple[str, int, str]]:
    return [(SHORT_MONTHS[month % 100 - 1], its.get(code, 0), whole_baht(its.get(code, 0))) for month, its in ends.items()]


def whole_baht(satang: int) -> str:
    """12,345 of 1234567: for a picture, where satang do not matter."""
    return f"{satang // 100:,}"


def _bars(part: Part) -> list[Bar]:
    return [
        Bar(heading.name, amount, part.total) for heading, amount in sorted(part.lines, key=lambda line: -line[1]) if amount > 0
    ]


def _heads(year: Year, surplus: int, decided: Appropriation | None) -> list[tuple[str, str, int]]:
    """(name, percent, satang): as the meeting decided, else as the regulation would share it."""
    if decided:
        return [(head.name, percent_of_bp(head.percent_bp), head.satang) for head in decided.heads.order_by("position")]
    regulation = regulation_on(year.kept.group, clock.today())
    heads = list(regulation.heads.all()) if regulation else []
    if surplus <= 0 or sum(head.share_bp for head in heads) != 10_000:
        return []
    amounts = dividend.heads(surplus, [head.share_bp for head in heads])
    return [(head.name, percent_of_bp(head.share_bp), satang) for head, satang in zip(heads, amounts, strict=True)]
