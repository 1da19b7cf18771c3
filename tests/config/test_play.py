"""The worked year, played through the actions: every block that the books so far can fill, to the satang."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sajja.config import play
from sajja.config.play.pledges import STEP, steady
from sajja.ledger.models import Entry
from sajja.ledger.verifying import verify

pytestmark = pytest.mark.django_db
FILE = Path(__file__).parents[1] / "flows" / "worked-year.md"
WORDS = {"out-evidence": {"meaning"}}
"""Columns that explain, in the file's own words."""


def told(story: play.Story, name: str) -> list[dict[str, str]]:
    """A block of the file without its explanations."""
    return [{key: value for key, value in row.items() if key not in WORDS.get(name, ())} for row in story.blocks[name]]


def test_the_worked_year_comes_out_to_the_satang() -> None:
    story = play.read(FILE.read_text(encoding="utf-8"))
    kept = play.make(story)
    printed = play.statements(story, kept)
    assert set(printed) == {name for name in story.blocks if name.startswith("out-")}
    for name, rows in printed.items():
        assert rows == told(story, name), name
    assert verify(kept.book) == []
    numbers = [entry.voucher for entry in Entry.objects.filter(book=kept.book).order_by("pk")]
    assert numbers == ["2563/001", *(voucher.number for voucher in story.vouchers)]


def test_another_story_of_the_same_form_plays_too() -> None:
    """Other names, other days, other amounts: every member's number, every month's fifth and each deposit of M01 is changed."""
    text = FILE.read_text(encoding="utf-8")
    text = re.sub(r"\bM(\d\d)\b", r"K1\1", text)
    text = (
        re.sub(r"(\d{4}-\d\d)-05", r"\1-07", text)
        .replace("2564/013,2021-03-06", "2564/013,2021-03-08")
        .replace("2021-03-06", "2021-03-08")
        .replace("2021-02-06", "2021-02-08")
    )
    text = text.replace("31020:K101,200.00", "31020:K101,275.25")
    story = play.read(re.sub(r"(\d{4}-\d\d)-06", r"\1-08", text))
    kept = play.make(story)
    printed = play.statements(story, kept)
    balances = {row["member"]: row["pledged"] for row in printed["out-member-balances"]}
    assert (balances["K101"], balances["K102"]) == ("12903.00", "18000.00")
    assert printed["out-collecting-days"][0]["date"] == "2021-01-07"
    assert [row["due"] for row in printed["out-schedule-L1"]][:2] == ["2021-03-07", "2021-04-07"]
    assert [row["days_overdue"] for row in printed["out-arrears-L1-2021-12-31"]] == ["54", "24", ""]
    before, after = (printed[f"out-trial-balance-{when}-closing"][-1] for when in ("before", "after"))
    assert [row["debit"] == row["credit"] for row in (before, after)] == [True, True]
    assert before["debit"] != story.blocks["out-trial-balance-before-closing"][-1]["debit"]
    assert verify(kept.book) == []


def test_a_file_without_its_blocks_says_which_are_missing() -> None:
    with pytest.raises(ValueError, match="in-members"):
        play.read("# nothing")


@given(st.integers(1, 20), st.integers(1, 20), st.integers(1, 11))
def test_a_promise_kept_every_month_is_read_out_of_the_deposits(first: int, second: int, change: int) -> None:
    brought = [first * STEP] * change + [second * STEP] * (12 - change)
    read = steady(brought)
    assert sum(amount * months for (_at, amount), months in zip(read, lengths(read), strict=True)) == sum(brought)
    assert first != second or read == [(0, first * STEP)]


def lengths(read: list[tuple[int, int]]) -> list[int]:
    return [(read[at + 1][0] if at + 1 < len(read) else 12) - begins for at, (begins, _amount) in enumerate(read)]


@pytest.mark.parametrize(
    ("brought", "read"),
    [
        ([600, 0, 0, 0, 0, 0] * 2, [(0, 100)]), ([100] * 5 + [0, 200] + [100] * 5, [(0, 100)]), ([100] * 6 + [200] * 6, [(0, 100), (6, 200)]),
        ([0] * 12, []), ([70] + [0] * 11, []),
    ],
    ids=["paid ahead", "a month late", "more from July", "nothing", "no promise"],
)  # fmt: skip
def test_what_was_promised_is_read_out_of_what_came_in(brought: list[int], read: list[tuple[int, int]]) -> None:
    assert steady([baht * 100 for baht in brought]) == [(at, baht * 100) for at, baht in read]
