"""Figures that climb the trees of units: always a numerator and a denominator, never an average."""

from typing import NamedTuple


class Row(NamedTuple):
    """One thing (a place of the target, a report) as a figure sees it; rows with the same key add up along the path."""

    path: str
    """Path of the unit the thing belongs to."""
    key: str
    """Which figure, e.g. "plan_signed"."""
    thing: int
    """Primary key of the thing, so that the list behind every number can be shown."""
    total: int
    """What it adds to the denominator; mostly 1."""
    count: int  # type: ignore[assignment]  # hides tuple.count, which nobody asks of a Row
    """What it adds to the numerator; mostly 0 or 1."""
