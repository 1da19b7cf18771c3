"""What a loan really costs a year, and what the law allows. Pure; satang, rates in basis points or in percent."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Final

from sajja.treasury.schedule import Row

LAWFUL_BP: Final = 1500
"""Above 15 % a year interest is a crime (Civil and Commercial Code 654)."""
HUNDREDTH: Final = Decimal("0.01")
_DIGITS: Final = 40
_HALVINGS: Final = 64


def effective(rows: Sequence[Row], principal: int, fee: int = 0) -> Decimal:
    """Percent a year that the borrower pays on what he really owes: the monthly internal rate × 12, to two decimals.

    `fee` is kept back when the loan is paid out. ValueError where nothing is left to be paid out.
    """
    received = principal - fee
    if received <= 0:
        raise ValueError("a loan pays out more than its fee")
    with localcontext() as context:
        context.prec = _DIGITS
        low, high = Decimal(0), Decimal(1)
        while _worth(rows, high) > received:
            low, high = high, high * 2
        for _half in range(_HALVINGS):
            middle = (low + high) / 2
            low, high = (middle, high) if _worth(rows, middle) > received else (low, middle)
        return (high * 1200).quantize(HUNDREDTH, ROUND_HALF_UP)


def _worth(rows: Sequence[Row], monthly: Decimal) -> Decimal:
    """What the instalments are worth on the day of paying out."""
    worth = Decimal(0)
    for row in reversed(rows):
        worth = (worth + row.principal + row.interest) / (1 + monthly)
    return worth


def nominal_with_fees(rate_bp: int, yearly_fee: int, principal: int) -> int:
    """The agreed rate with the fees of a year (satang) on that principal, in basis points; a part of one counts as one."""
    return rate_bp - (-yearly_fee * 10_000 // principal)
