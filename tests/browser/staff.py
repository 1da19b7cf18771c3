"""Fill an empty data folder with offices and their people only: `python -m tests.browser.staff`, SAJJA_DATA names the folder.

No year, no group, no village: the walk makes them in the browser.
"""

import os
from datetime import date

import django

ROLES = {
    "department_officer": "", "department_admin": "", "province_head": "48", "province_officer": "48",
    "district_head": "4805", "district_officer": "4805",
}  # fmt: skip
DAY = date(2021, 5, 20)


def begin(day: date) -> None:
    """An empty Sajja with its places, its clock at a day."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sajja.config.settings")
    django.setup()
    from django.core.management import call_command

    from sajja.org import actions
    from sajja.web import clock

    clock.move_to(day)
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    actions.load_places()


def appoint(role: str, path: str) -> str:
    """Someone of the cast with an account that the sign-in page offers, at this role and unit; the person's name."""
    from sajja.org import actions
    from sajja.org.models import Unit
    from tests.cast import NAMES, SINCE

    person = actions.add_person(by="system", username=f"demo-{role.replace('_', '-')}", full_name=NAMES[role])
    actions.appoint(by="system", person=person, role=role, unit=Unit.objects.get(path=path), starts=SINCE)
    return NAMES[role]


def main() -> None:
    """People of one department, one province, one district; the clock at the day of the walk."""
    begin(DAY)
    for role, path in ROLES.items():
        appoint(role, path)


if __name__ == "__main__":
    main()
