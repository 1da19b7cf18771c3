"""Rolling rows up the trees of units: numerators, denominators and the rows behind them. Pure."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import NamedTuple

from sajja.lib.figures import Row
from sajja.lib.percent import text

PathRange = tuple[str, str]


class Figure(NamedTuple):
    """`n` of `d` things; shown in percent, truncated."""

    key: str
    n: int
    d: int

    @property
    def percent(self) -> str:
        """54.2%, or – where there is nothing to measure."""
        return text(self.n, self.d)


def lies_within(path: str, ranges: Iterable[PathRange]) -> bool:
    """Whether a path lies in one of the half-open ranges."""
    return any(low <= path < high for low, high in ranges)


def under(rows: Iterable[Row], ranges: Iterable[PathRange]) -> list[Row]:
    """The rows whose unit lies in one of the ranges."""
    wanted = list(ranges)
    return [row for row in rows if lies_within(row.path, wanted)]


def figure(key: str, rows: Iterable[Row], d: int | None = None) -> Figure:
    """The sum of rows of one key; `d` replaces the rows' own denominator where the target is the denominator."""
    n = total = 0
    for row in rows:
        n += row.count
        total += row.total
    return Figure(key, n, total if d is None else d)


def behind(rows: Iterable[Row]) -> list[Row]:
    """The rows that make the numerator: the list behind the number."""
    return [row for row in rows if row.count]


def by_part(rows: Iterable[Row], part_of: Callable[[str], str | None]) -> dict[str, tuple[int, int]]:
    """Part (a child unit's path) → numerator and denominator of its rows; rows of no part are left out."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        part = part_of(row.path)
        if part is not None:
            sums[part][0] += row.count
            sums[part][1] += row.total
    return {part: (n, d) for part, (n, d) in sums.items()}
