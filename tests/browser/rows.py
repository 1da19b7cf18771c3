"""Fill an empty data folder so that its lists hold exactly so many rows: `python -m tests.browser.rows 300`.

Groups of the district, members of the group, lines of a collecting day, vouchers, meetings, people who came to the forum,
confirmations. SAJJA_DATA names the folder.
"""

import sys
from datetime import date

from tests.browser.staff import appoint, begin

DAY = date(2021, 6, 10)


def main(count: int) -> None:
    """One district, one group at its forum, one book; so many of each."""
    begin(DAY)
    from tests.factories import a_forum, a_group, a_village, people, selected

    group = a_group("กลุ่มออมทรัพย์บ้านตัวอย่าง")
    for role, path in [("district_officer", "4805"), ("group_treasurer", group.unit.path), ("group_secretary", group.unit.path)]:
        appoint(role, path)
    [place] = selected(group)
    _others(count, a_village())
    from sajja.forums import actions as forums

    forum = a_forum(place, day=DAY)
    officer = _person("demo-district-officer")
    forums.record_attendance(by=officer, forum=forum, attendees=people(count), reason="มาเท่านี้" if count != 15 else "")
    _money(count)


def _person(username: str) -> "Person":  # type: ignore[name-defined]  # noqa: F821 # known once Django is set up
    from sajja.org.models import Person

    return Person.objects.get(username=username)


def _others(count: int, village: "Unit") -> None:  # type: ignore[name-defined]  # noqa: F821
    """The rest of the district's groups."""
    from sajja.groups import actions as groups
    from sajja.groups.actions import NewGroup

    if count > 1:
        rows = [NewGroup(village.path, f"กลุ่มออมทรัพย์ที่ {n} (ตัวอย่าง)", level=3, level_year=2564) for n in range(2, count + 1)]
        groups.register_groups(by="system", rows=rows)


def _money(count: int) -> None:
    """Members, a sheet with all of them, vouchers, meetings, slips."""
    from sajja.groups import actions as groups
    from sajja.groups.models import SavingsGroup
    from sajja.ledger.models import Account
    from sajja.treasury.actions import collecting, confirming, vouchers
    from sajja.treasury.collecting import Line
    from tests.treasury.books import a_book

    treasurer = _person("demo-group-treasurer")
    group = SavingsGroup.objects.get(unit=treasurer.posts_today[0].unit)
    ours = a_book(group, members=count, pledged=100_000)
    lines = [Line(member=member.pk, pledged=20_000) for member in ours.members]
    collecting.record_collecting_day(by=treasurer, kept=ours.kept, date=date(2021, 5, 5), lines=lines)
    cash = Account.objects.get(book=ours.kept.book, code="11000")
    for n in range(count):
        vouchers.record_expense(
            by=treasurer,
            kept=ours.kept,
            date=date(2021, 5, 6),
            account="54000",
            amount=25,
            money=cash,
            payee="ร้านค้า",
            memo=f"ค่าเอกสาร {n}",
        )
    for n in range(min(count, 60)):
        groups.record_meeting(
            by=treasurer, group=group, day=date(2021, 5, 1), kind="committee", present=5, resolutions=[f"มติ {n}"]
        )
    confirming.ask_confirmations(by=treasurer, kept=ours.kept, on=date(2021, 5, 31))


if __name__ == "__main__":
    main(int(sys.argv[1]))
