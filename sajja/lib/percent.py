"""Percentages are truncated, never rounded: 59.96 % has not reached 60 %."""

from decimal import Decimal


def truncated(n: int, d: int, places: int = 1) -> Decimal | None:
    """`n` of `d` in percent, cut off after `places` decimals. None where `d` is nought: there is nothing to measure."""
    if d == 0:
        return None
    scaled = abs(n) * 100 * 10**places // abs(d)
    return Decimal(scaled if (n < 0) == (d < 0) else -scaled).scaleb(-places)


def text(n: int, d: int, places: int = 1) -> str:
    """For people: "54.2%", or "–" where there is nothing to measure."""
    percent = truncated(n, d, places)
    return "–" if percent is None else f"{percent:.{places}f}%"
