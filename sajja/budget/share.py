"""The sums of the budget room, in satang. Pure."""

from collections.abc import Iterable, Mapping


def snack_counts(paper: int, rate: int, heads: int, counted_before: int) -> int:
    """What of a snack's paper counts: the rate for each head present, less what was counted for that forum before."""
    return min(paper, max(rate * heads - counted_before, 0))


def by_quota(places: Mapping[str, int], per_group: int) -> dict[str, int]:
    """What each unit gets for its places of the target."""
    return {path: count * per_group for path, count in places.items()}


def to_reverse(standing: Iterable[tuple[int, int]], wanted: int) -> tuple[list[int], int]:
    """Which rows (key, satang; newest first) are reversed so that a unit has `wanted`, and what is then allocated anew."""
    rows = list(standing)
    total = sum(satang for _key, satang in rows)
    gone = []
    for key, satang in rows:
        if total <= wanted:
            break
        gone.append(key)
        total -= satang
    return gone, wanted - total
