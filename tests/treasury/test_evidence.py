"""Figures of the books that answer an assessment: the worked year's, who sees what behind them, and their price in queries."""

from datetime import date

import pytest

from sajja.lib.money import plain
from sajja.treasury.queries.evidence import figures
from tests.treasury.played import the_worked_year

pytestmark = pytest.mark.django_db
NAMES = {"members_end": "members_growth"}
THE_END = date(2021, 12, 31)


def test_the_worked_year_tells_its_figures() -> None:
    story, kept = the_worked_year()
    found = figures(kept, THE_END)
    told = []
    for row in story.blocks["out-evidence"]:
        one = found[NAMES.get(row["figure"], row["figure"])]
        write = plain if one.kind.is_money else str
        told.append({
            "figure": row["figure"], "numerator": write(one.numerator or 0),
            "denominator": "" if one.denominator is None else write(one.denominator),
            "percent_truncated": "" if one.percent is None else f"{one.percent:.2f}", "meaning": row["meaning"],
        })  # fmt: skip
    assert told == story.blocks["out-evidence"]
