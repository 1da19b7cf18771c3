"""The worked year, played through the actions: every block that the books so far can fill, to the satang."""

import re
from pathlib import Path

import pytest

from sajja.config import play
from sajja.ledger.models import Entry
from sajja.ledger.verifying import verify

pytestmark = pytest.mark.django_db
FILE = Path(__file__).parents[1] / "flows" / "worked-year.md"
REACHED = [
    "out-collecting-days", "out-special-interest", "out-month-ends", "out-trial-balance-2021-06-30",
    "out-trial-balance-before-closing", "out-trial-balance-after-closing", "out-income-statement", "out-balance-sheet",
    "out-member-balances", "out-receipts-payments", "out-turnover", "out-appropriation", "out-dividend",
    "out-trial-balance-after-appropriation", "out-trial-balance-after-paying", "out-variant-a", "out-variant-b", "out-variant-c",
    "out-variant-d",
]  # fmt: skip


def test_the_worked_year_comes_out_to_the_satang() -> None:
    story = play.read(FILE.read_text(encoding="utf-8"))
    kept = play.make(story)
    printed = play.statements(story, kept)
    assert list(printed) == REACHED
    for name in REACHED:
        assert printed[name] == story.blocks[name], name
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
    assert verify(kept.book) == []


def test_a_file_without_its_blocks_says_which_are_missing() -> None:
    with pytest.raises(ValueError, match="in-members"):
        play.read("# nothing")
