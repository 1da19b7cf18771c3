"""Read out of a year's deposits: what a member promised a month. A file tells what came in, not what was promised. Pure."""

from collections.abc import Sequence
from itertools import accumulate
from typing import Final

STEP: Final = 5000
"""Promises are multiples of 50 baht."""


def steady(brought: Sequence[int]) -> list[tuple[int, int]]:
    """(month from 0, satang a month) such that the promises come to what was brought and he is never more than a month behind.

    One sum for the whole time where that fits, else one change; nothing where neither does. Paid ahead is paid in time.

    >>> steady([60000, 0, 0, 0, 0, 0])
    [(0, 10000)]
    >>> steady([10000] * 6 + [20000] * 6)
    [(0, 10000), (6, 20000)]
    """
    if not sum(brought):
        return []
    for change in range(len(brought)):
        pieces = [piece for piece in (brought[:change], brought[change:]) if piece]
        if any(sum(piece) % (len(piece) * STEP) for piece in pieces):
            continue
        sums = [sum(piece) // len(piece) for piece in pieces]
        promised = [amount for amount, piece in zip(sums, pieces, strict=True) for _month in piece]
        paid = zip(accumulate(brought), accumulate(promised), promised, strict=True)
        if all(owed - came <= month for came, owed, month in paid):
            return list(zip([0, change] if change else [0], sums, strict=True))
    return []
