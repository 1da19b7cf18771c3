"""The committee and the resolutions of a book's group, for tests."""

from datetime import date

from sajja.groups import actions as groups
from sajja.groups.models import CommitteeMember, Meeting, Resolution
from tests.cast import NAMES
from tests.treasury.books import OPENED, Kept


def a_committee(book: Kept) -> list[CommitteeMember]:
    """Chair, treasurer and a member of the audit section, by the names of the cast."""
    new = groups.NewCommitteeMember
    members = [
        new(NAMES["group_chair"], "male", "directing", "chair"),
        new(NAMES["group_treasurer"], "female", "directing", "treasurer"),
        new(NAMES["group_auditor"], "male", "audit"),
    ]
    return groups.elect_committee(by=book.chair, group=book.group, members=members, starts=OPENED)


def a_resolution(book: Kept, text: str = "ให้จ่ายเป็นค่าใช้จ่าย", day: date = date(2021, 1, 16)) -> Resolution:
    """What a meeting of the committee resolved."""
    meeting = Meeting.objects.create(
        group=book.group, day=day, kind="committee", present_count=5, recorded_by=book.treasurer.full_name,
        at=f"{day}T09:00:00Z",
    )  # fmt: skip
    return Resolution.objects.create(meeting=meeting, number="1", text=text, about="spend")
