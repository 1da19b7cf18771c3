"""The worked year as played by `sajja books play`."""

from pathlib import Path

from sajja.config import play
from sajja.groups.models import GroupBook

FILE = Path(__file__).parents[1] / "flows" / "worked-year.md"


def the_worked_year(until: str = "9999") -> tuple[play.Story, GroupBook]:
    """The story and its book, with the vouchers until a day."""
    story = play.read(FILE.read_text(encoding="utf-8"))
    told = story.blocks["in-vouchers"]
    told[:] = [row for row in told if row["date"] <= until]
    return story, play.make(story)
