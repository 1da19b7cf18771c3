"""Sharing out a year's surplus: heads, dividends on three bases, refunds on interest paid, whole baht. Pure; satang.

Every split of a fixed sum is by largest remainder, ties to the first (lib.money.share_out); a rate is rounded half-up for each.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from django.utils.translation import gettext as _

from sajja.lib.money import share_out
from sajja.treasury.schedule import HALF_UP, rounded

MONTH_WEIGHTED: Final = "month-weighted"
YEAR_END: Final = "year-end"
AVERAGE: Final = "average"
WHOLE_NONE: Final = "none"
WHOLE_CUT: Final = "cut-each"
WHOLE_POOL: Final = "whole-pool"
ALL_BP: Final = 10_000
BAHT: Final = 100


def month_weight(opening: int, deposits: Sequence[int]) -> int:
    """opening × 12 + Σ deposit of month m × (12 − m): the first month of the year counts 11 times, the last not at all."""
    if len(deposits) != 12:
        raise ValueError("a year has twelve months of deposits")
    return opening * 12 + sum(deposit * (11 - place) for place, deposit in enumerate(deposits))


def average_weight(month_ends: Sequence[int]) -> int:
    """Twelve times the average of the balances at the ends of the months: their sum."""
    if len(month_ends) != 12:
        raise ValueError("a year has twelve ends of months")
    return sum(month_ends)


def heads(surplus: int, percents_bp: Sequence[int]) -> list[int]:
    """The surplus over the heads in one step. ValueError in Thai in a year of loss, and where they do not add to 100 %."""
    if surplus <= 0:
        raise ValueError(_("ปีนี้ไม่มีกำไรสุทธิ จึงจัดสรรและจ่ายปันผลไม่ได้ ผลขาดทุนยกไปปีหน้า"))
    if sum(percents_bp) != ALL_BP or min(percents_bp) < 0:
        raise ValueError(_("ร้อยละของทุกรายการต้องรวมกันได้ 100 พอดี และต้องไม่ติดลบ"))
    return share_out(surplus, percents_bp)


def pool(total: int, weights: Sequence[int]) -> list[int]:
    """A fixed sum by weight. Nought is nought for everyone; ValueError in Thai where nobody has a weight."""
    if total == 0:
        return [0] * len(weights)
    if sum(weights) <= 0:
        raise ValueError(_("ไม่มีผู้มีสิทธิได้รับ จึงแบ่งเงินก้อนนี้ไม่ได้ โปรดตั้งรายการนี้เป็น 0 หรือให้รายการอื่น"))
    return share_out(total, weights)


def at_rate(percent: Decimal | Fraction, weights: Sequence[int], months: int = 12) -> list[int]:
    """Each weight × rate ÷ months, half-up. `months`: 12 for weights of twelve months, 1 for a balance at the year's end."""
    return [rounded(Fraction(percent) * weight / (100 * months), HALF_UP) for weight in weights]


def by_interest(paid: Sequence[int], *, total: int | None = None, percent: Decimal | Fraction | None = None) -> list[int]:
    """The refund on the interest that each paid in the year: a fixed sum by it, or a percentage of each."""
    if percent is not None:
        return at_rate(percent, paid, 1)
    if total is None:
        raise ValueError("a refund is a sum or a percentage")
    return pool(total, paid)


def whole(total: int, weights: Sequence[int], mode: str) -> tuple[list[int], int]:
    """The shares as they are paid, and the rest for a named head; together they are the total."""
    if mode == WHOLE_CUT:
        shares = cut(pool(total, weights))
    elif mode == WHOLE_POOL:
        shares = [share * BAHT for share in pool(total // BAHT, weights)]
    elif mode == WHOLE_NONE:
        shares = pool(total, weights)
    else:
        raise ValueError(f"no such way of whole baht: {mode}")
    return shares, total - sum(shares)


def cut(shares: Sequence[int]) -> list[int]:
    """Each share without its satang."""
    return [share // BAHT * BAHT for share in shares]
