"""Figures of the books that answer an assessment: the worked year's, who sees what behind them, and their price in queries."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from sajja.lib.money import plain
from sajja.org.models import Unit
from sajja.treasury import evidence
from sajja.treasury.queries.evidence import figures
from sajja.web import clock
from tests.cast import someone
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
    after = figures(kept, date(2022, 2, 1), [evidence.APPROPRIATED, evidence.CLOSED_IN_TIME])
    done, closed = after.values()
    assert (done.numerator, done.denominator, done.note, done.suggests) == (187_851, 187_851, "16 ม.ค. 2565", True)
    assert (closed.numerator, closed.suggests) == (1, True)


def test_the_groups_page_reads_the_last_appropriation_from_the_books(client: Client) -> None:
    _story, kept = the_worked_year()
    officer = someone("province_officer", Unit.objects.get(path=kept.group.unit.path[:2]))
    client.force_login(officer)
    with clock.fixed(date(2022, 2, 1)):
        page = client.get(reverse("desk:group", args=[kept.group_id])).content.decode()
    assert [words in page for words in ("การจัดสรรกำไรครั้งล่าสุด จากบัญชี", "1,127.11", "1,878.51", "M01")] == [True, True, True, False]
