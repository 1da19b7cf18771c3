"""Add to a demonstration what is begun and not finished: `python -m tests.browser.unfinished`, SAJJA_DATA names the folder.

A sheet of the register that waits, one with wrong rows, and a draft of an instrument: pages that only such a state shows.
"""

import os
from datetime import date
from pathlib import Path

import django

DAY, ENDED = date(2021, 6, 9), date(2021, 5, 31)


def main() -> None:
    """By the people of the demonstration whose work it is."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sajja.config.settings")
    django.setup()
    from sajja.assessments import actions as assessments
    from sajja.assessments import instrument_file
    from sajja.groups import actions as groups
    from sajja.groups.sheet import COLUMNS, Reading, Wanted, Wrong
    from sajja.org.models import Person, Unit

    officer = Person.objects.get(username="demo-district-officer")
    district = Unit.objects.get(path="4805")
    good = Reading([Wanted(2, "48050161", "บ้านใหม่ตัวอย่าง", "กลุ่มใหม่ตัวอย่าง")], [])
    wrong = Reading([], [Wrong(2, [("ชื่อกลุ่ม", "ใส่ชื่อกลุ่ม")], [""] * len(COLUMNS))])
    for name, reading in (("ทะเบียนใหม่.xlsx", good), ("ทะเบียนที่ต้องแก้.xlsx", wrong)):
        groups.receive_sheet(by=officer, unit=district, file_name=name, sha256="0" * 64, reading=reading)
    file = Path(instrument_file.__file__).parent / "instruments" / "ssg-2564.toml"
    department = Person.objects.get(username="demo-department-officer")
    assessments.load_instrument(by=department, data=instrument_file.parse(file.read_bytes()))
    in_the_book()


def in_the_book() -> None:
    """In the treasurer's book: one of each thing that the demonstration tells nothing of."""
    from sajja.groups import actions as groups
    from sajja.groups import queries as group_queries
    from sajja.groups.member_sheet import COLUMNS, TEXTS, MemberReading, Wanted
    from sajja.groups.models import SavingsGroup
    from sajja.groups.sheet import Wrong
    from sajja.org.models import Person
    from sajja.treasury import queries
    from sajja.treasury.actions import collecting, confirming, leaving
    from sajja.treasury.models import Settlement
    from tests.treasury.books import Kept
    from tests.treasury.money import Things

    treasurer = Person.objects.get(username="demo-treasurer")
    chair = Person.objects.get(username="demo-chair")
    [post] = treasurer.posts_today
    group = SavingsGroup.objects.get(unit=post.unit)
    kept = queries.kept_of(group)
    assert kept
    members = list(group_queries.active(group))
    texts = {field: "" for field, _length in TEXTS.values()}
    joins: dict[str, object] = texts | {
        "kind": "ordinary",
        "sex": "",
        "income_satang": None,
        "beneficiaries": [],
        "name": "นางมาใหม่ ตัวอย่าง",
        "joined_on": DAY,
        "born_on": None,
        "pledge_satang": 10_000,
    }
    for name, reading in (
        ("สมาชิกใหม่.xlsx", MemberReading([Wanted(2, joins)], [])),
        ("สมาชิกที่ต้องแก้.xlsx", MemberReading([], [Wrong(2, [("ชื่อและนามสกุล", "ใส่ชื่อ")], [""] * len(COLUMNS))])),
    ):
        groups.receive_members(by=treasurer, group=group, file_name=name, sha256="0" * 64, reading=reading)
    confirming.ask_confirmations(by=treasurer, kept=kept, on=ENDED)
    leaving.settle(
        by=treasurer, kept=kept, member=members[-1], why=Settlement.Why.LEFT, day=DAY, because="ย้าย (ตัวอย่าง)", money=None
    )
    fund = queries.headings_by_code(kept)["34560"]
    collecting.add_column(by=treasurer, kept=kept, name="ฌาปนกิจ", account=fund)
    Things(Kept(kept, group, members, treasurer, chair), list(group_queries.committee_on(group)), DAY)


if __name__ == "__main__":
    main()
