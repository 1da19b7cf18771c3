"""What the general meeting makes of a surplus: its heads, each member's dividend and refund, what rounding leaves. Pure; satang."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sajja.lib.money import baht
from sajja.treasury import chart, dividend

WORDS: Final = (
    ("ปันผล", chart.DIVIDENDS_UNPAID), ("เฉลี่ยคืน", chart.REFUNDS_UNPAID), ("สวัสดิการ", chart.WELFARE),
    ("สำรอง", chart.RESERVE), ("สาธารณ", chart.PUBLIC_BENEFIT), ("เสี่ยง", chart.RISK), ("สมทบ", "34200"),
    ("ศึกษา", "34540"), ("ฌาปนกิจ", "34560"), ("บริหาร", "34550"), ("ตอบแทน", "34500"), ("กรรมการ", "34500"),
)  # fmt: skip
"""What stands in the name of a head → its account."""
USUAL: Final[tuple[tuple[Promise, str], ...]] = (
    (gettext_lazy("เงินปันผล"), chart.DIVIDENDS_UNPAID), (gettext_lazy("เงินเฉลี่ยคืน"), chart.REFUNDS_UNPAID),
    (gettext_lazy("ทุนสำรอง"), chart.RESERVE), (gettext_lazy("ทุนสวัสดิการ"), chart.WELFARE),
    (gettext_lazy("ทุนสาธารณประโยชน์"), chart.PUBLIC_BENEFIT),
)  # fmt: skip
"""Heads for a group that wrote none yet."""
OTHER_FUND: Final = "34570"
PLACES: Final = Decimal("0.000001")


class Head(NamedTuple):
    """A head of the appropriation: its name, the account that it goes to, its basis points of the surplus."""

    name: str
    code: str
    percent_bp: int


class Claim(NamedTuple):
    """What a member's part is reckoned by: weight (satang × months, or satang at the year's end), interest paid in the year."""

    member: int
    weight: int
    interest: int


class Due(NamedTuple):
    """What a member is due."""

    member: int
    weight: int
    interest: int
    dividend: int
    refund: int

    @property
    def total(self) -> int:
        """Dividend and refund."""
        return self.dividend + self.refund


@dataclass(frozen=True, slots=True)
class Shared:
    """A surplus shared out: the amount of each head, each member's due, the rest that rounding or a fixed rate leaves.

    The heads add up to the surplus; dues and rest to the heads of the members.
    """

    heads: tuple[tuple[Head, int], ...]
    dues: tuple[Due, ...]
    rest: int
    months: int

    @property
    def dividend(self) -> int:
        """All dividends."""
        return sum(due.dividend for due in self.dues)

    @property
    def refund(self) -> int:
        """All refunds."""
        return sum(due.refund for due in self.dues)

    @property
    def paid(self) -> int:
        """What all members get."""
        return self.dividend + self.refund

    @property
    def weight(self) -> int:
        """All weights."""
        return sum(due.weight for due in self.dues)

    @property
    def interest(self) -> int:
        """All interest paid."""
        return sum(due.interest for due in self.dues)

    @property
    def dividend_percent(self) -> Decimal:
        """A year's dividend in percent of the savings: 1.342530."""
        return percent(self.dividend * self.months, self.weight)

    @property
    def refund_percent(self) -> Decimal:
        """The refund in percent of the interest paid."""
        return percent(self.refund, self.interest)


def percent(part: int, whole: int) -> Decimal:
    """To six places; nought of nothing."""
    exact = Fraction(part * 100, whole) if whole else Fraction(0)
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(PLACES)


def months_of(base: str) -> int:
    """How many months a weight of this base holds."""
    return 1 if base == dividend.YEAR_END else 12


def code_for(name: str) -> str:
    """The account that a head of this name usually goes to."""
    return next((code for word, code in WORDS if word in name), OTHER_FUND)


def share(
    surplus: int, heads: Sequence[Head], claims: Sequence[Claim], *, base: str = dividend.MONTH_WEIGHTED,
    whole: str = dividend.WHOLE_NONE, rate: Decimal | None = None,
) -> Shared:  # fmt: skip
    """The whole appropriation. ValueError in Thai: a loss, percents that are not 100, nobody to share, a rate above the head.

    `rate` is a fixed percent a year on each one's savings in place of the head's whole sum.
    """
    amounts = dividend.heads(surplus, [head.percent_bp for head in heads])
    by_code = {head.code: amount for head, amount in zip(heads, amounts, strict=True)}
    months, weights = months_of(base), [claim.weight for claim in claims]
    for_dividends, for_refunds = by_code.get(chart.DIVIDENDS_UNPAID, 0), by_code.get(chart.REFUNDS_UNPAID, 0)
    if rate is None:
        dividends, rest = dividend.whole(for_dividends, weights, whole)
    else:
        dividends = _at_rate(for_dividends, rate, weights, months, whole)
        rest = for_dividends - sum(dividends)
    refunds, left = dividend.whole(for_refunds, [claim.interest for claim in claims], whole)
    dues = tuple(Due(*claim, part, back) for claim, part, back in zip(claims, dividends, refunds, strict=True))
    return Shared(tuple(zip(heads, amounts, strict=True)), dues, rest + left, months)


def _at_rate(total: int, rate: Decimal, weights: Sequence[int], months: int, whole: str) -> list[int]:
    found = dividend.at_rate(rate, weights, months)
    if whole != dividend.WHOLE_NONE:
        found = dividend.cut(found)
    if sum(found) > total:
        raise ValueError(
            _("ปันผลร้อยละ %(rate)s รวม %(sum)s บาท เกินเงินปันผลที่จัดสรรไว้ %(head)s บาท ลดอัตรา หรือเพิ่มร้อยละของเงินปันผล")
            % {"rate": rate.normalize(), "sum": baht(sum(found)), "head": baht(total)}
        )
    return found


def in_coins(amounts: Sequence[int], step: int) -> list[int]:
    """The amounts to be paid in cash, lowered from the last on until coins make up their sum; what is cut stays owed."""
    odd = sum(amounts) % step
    paid = list(amounts)
    for at in range(len(paid) - 1, -1, -1):
        cut = min(odd, paid[at])
        paid[at] -= cut
        odd -= cut
    return paid
