"""Add to a demonstration what is begun and not finished: `python -m tests.browser.unfinished`, SAJJA_DATA names the folder.

A sheet of the register that waits, one with wrong rows, and a draft of an instrument: pages that only such a state shows.
"""

import os
from pathlib import Path

import django


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


if __name__ == "__main__":
    main()
