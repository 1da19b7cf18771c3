"""What a year's end adjusts by the rules: depreciation, the allowance for doubtful debts, interest earned and not credited. Satang."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from sajja.ledger import periods, queries
from sajja.ledger.models import Account, Stage
from sajja.ledger.sums import Heading
from sajja.treasury import chart
from sajja.treasury.interest import half_up
from sajja.treasury.models import AdjustmentKind, InterestRun, YearAdjustment
from sajja.treasury.queries.loans import LoanStanding, open_loans, standings
from sajja.treasury.queries.savings import accrued_within, interest_due
from sajja.treasury.queries.yearend import Year, rules_for


@dataclass(frozen=True, slots=True)
class Due:
    """What an adjustment would post: `satang` (below nought: it lowers what stands), and the rows that tell how it came about."""

    satang: int
    rows: Sequence[dict[str, Any]]
    standing: int = 0
    wanted: int = 0


def heading(year: Year, code: str) -> Account:
    """The book's account of a code."""
    return Account.objects.get(book=year.kept.book, code=code)


def at_the_end(year: Year, through: Stage = Stage.ADJUSTING) -> dict[str, Heading]:
    """Code → heading with its balance at the end of the year, before its closing."""
    return {one.code: one for one in queries.headings(year.kept.book, year.last, through)}


def depreciation_due(year: Year) -> Due:
    """Straight line: each heading's cost × its rate, what was bought within the year from its month on.

    Less what was charged to 57000 in this year already, and never more than what is left of the cost under 17900.
    """
    rates = {code: bp for code, bp in rules_for(year.kept, year.number).depreciation.items() if bp}
    ends = at_the_end(year)
    rows = [_depreciation(year, ends[code], bp) for code, bp in sorted(rates.items()) if code in ends and ends[code].balance > 0]
    cost = sum(row["cost"] for row in rows)
    charged = ends[chart.DEPRECIATION].balance if chart.DEPRECIATION in ends else 0
    written_off = -ends[chart.DEPRECIATED].balance if chart.DEPRECIATED in ends else 0
    wanted = sum(row["satang"] for row in rows)
    return Due(max(min(wanted - charged, cost - written_off), 0), rows, standing=written_off, wanted=wanted)


def _depreciation(year: Year, its: Heading, bp: int) -> dict[str, Any]:
    """The row of one heading: `cost` at the year's end, `bp`, and what the year takes."""
    bought: defaultdict[int, int] = defaultdict(int)
    begun = max(year.first, year.kept.book.opened_on)
    for turn in queries.turns(year.kept.book, its.account, begun):
        if turn.day <= year.last:
            bought[_months_left(year, periods.month_of(turn.day))] += turn.net
    before = its.balance - sum(bought.values())
    twelfths = before * 12 + sum(satang * months for months, satang in bought.items())
    satang = max(half_up(Fraction(twelfths * bp, 10_000 * 12)), 0)
    return {"code": its.code, "name": its.name, "cost": its.balance, "bp": bp, "satang": satang}


def _months_left(year: Year, month: int) -> int:
    """Of the year's twelve months, how many from this one on."""
    return len(periods.months(month, year.last_month))


def owed_loans(year: Year) -> list[LoanStanding]:
    """The loans that were owed at the end of the year, settled since or not."""
    found = standings(year.kept, year.last, open_loans(year.kept, year.last))
    return [one for one in found.values() if one.principal]


def allowance_due(year: Year) -> Due:
    """The rules' part of the principal that is overdue on the last day, less what stands under 13100 already."""
    bp = rules_for(year.kept, year.number).allowance_bp
    rows: list[dict[str, Any]] = [
        {"loan": found.loan.pk, "number": found.loan.number, "overdue": overdue}
        for found in owed_loans(year)
        if (overdue := found.overdue_principal)
    ]
    wanted = half_up(Fraction(sum(row["overdue"] for row in rows) * bp, 10_000))
    stands = standing_allowance(year)
    return Due(wanted - stands, rows, standing=stands, wanted=wanted)


def standing_allowance(year: Year) -> int:
    """What stands under 13100 at the year's end."""
    its = at_the_end(year).get(chart.ALLOWANCE)
    return -its.balance if its else 0


def accrued_due(year: Year) -> Due:
    """What special savings earned until the last day since their last crediting, member by member.

    Nothing where the last day is one of the rules' own: then it is credited, not set aside.
    """
    if InterestRun.objects.filter(kept=year.kept, counts=True, day__gte=year.last).exists():
        return Due(0, [])
    due = interest_due(year.kept, year.last, on_its_days=False)
    aside = accrued_within(year.kept, due.first, year.last)
    rows: list[dict[str, Any]] = [
        {"member": row.member.pk, "number": row.member.number, "satang": satang}
        for row in due.rows
        if (satang := row.reckoned.interest - aside.get(row.member.pk, 0)) > 0
    ]
    return Due(sum(row["satang"] for row in rows), rows)


def made(year: Year, kind: str = "") -> list[YearAdjustment]:
    """The adjustments of the year that count, in the order of their vouchers."""
    found = YearAdjustment.objects.filter(kept=year.kept, year=year.number, counts=True).select_related(
        "entry", "resolution__meeting"
    )
    return list((found.filter(kind=kind) if kind else found).order_by("pk"))


MEMOS = {
    AdjustmentKind.DEPRECIATION: lambda year: _("ค่าเสื่อมราคาปี %(year)s") % {"year": year.label},
    AdjustmentKind.ALLOWANCE: lambda year: _("ค่าเผื่อหนี้สงสัยจะสูญปี %(year)s ตามมติ") % {"year": year.label},
    AdjustmentKind.ACCRUED: lambda year: _("ดอกเบี้ยเงินสัจจะสะสมพิเศษค้างจ่ายสิ้นปี %(year)s") % {"year": year.label},
}
