"""Import a sheet of 20,000 groups into an empty register, then the same sheet again: `python -m bench.register_import [ROWS]`.

Prints one JSON object: seconds to read and check the sheet, to keep it for confirmation, to do it, and for the same sheet
a second time, which makes nothing. Uses DATABASE_URL where it is set, else an SQLite database in a folder thrown away.
"""

import json
import os
import sys
import tempfile
from datetime import date
from time import perf_counter

import django

ROWS = 20_000
DAY = date(2021, 6, 10)


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory(prefix="sajja-bench-") as folder:
        os.environ |= {"SAJJA_DATA": folder, "DJANGO_SETTINGS_MODULE": "sajja.config.settings"}
        django.setup()
        from django.core.management import call_command

        from sajja.org.actions import load_places
        from sajja.web import clock

        call_command("migrate", verbosity=0, interactive=False)
        with clock.fixed(DAY):
            load_places()
            book = _book(count)
            print(json.dumps({"rows": count, "first": _import(book), "again": _import(book)}))


def _book(count: int) -> bytes:
    """A sheet of groups over all subdistricts outside Bangkok, each in a village that is not there yet."""
    from sajja.groups.sheet import COLUMNS
    from sajja.org.models import Kind, Unit
    from sajja.org.queries import names_above
    from sajja.web import clock
    from sajja.web.sheets import Column, Sheet, workbook

    places = list(Unit.objects.filter(kind=Kind.SUBDISTRICT, active=True).exclude(path__startswith="10").order_by("path"))
    units = names_above(place.path for place in places).units
    rows = []
    for n in range(count):
        place, number = places[n % len(places)], n // len(places) + 1
        rows.append([
            f"B{n:06}", f"กลุ่มออมทรัพย์เพื่อการผลิตบ้านตัวอย่าง {n}", units[place.path[:2]].name, units[place.path[:4]].name, place.name,
            str(number), f"บ้านตัวอย่าง {number}", "15 มี.ค. 2545", "2564", str(1 + n % 3), "ผลการจัดระดับ", "", "", "", "", "",
        ])  # fmt: skip
    return workbook([Sheet("ทะเบียนกลุ่ม", [Column(head) for head in COLUMNS], rows)], clock.now())


def _import(book: bytes) -> dict[str, float | int]:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from sajja.groups import actions, jobs, queries
    from sajja.org.queries import department
    from tests.cast import Cast

    person, begun = Cast().admin, perf_counter()
    reading = queries.read_sheet(person, SimpleUploadedFile("register.xlsx", book))
    read = perf_counter()
    sheet = actions.receive_sheet(by=person, unit=department(), file_name="register.xlsx", sha256="", reading=reading)
    actions.confirm_import(by=person, sheet=sheet)
    kept = perf_counter()
    jobs.run_import.call(sheet.pk)
    done = perf_counter()
    sheet.refresh_from_db()
    return {
        "read_seconds": round(read - begun, 2),
        "keep_seconds": round(kept - read, 2),
        "do_seconds": round(done - kept, 2),
        "seconds": round(done - begun, 2),
        "made": sheet.new_count,
        "wrong": len(reading.wrong),
    }


if __name__ == "__main__":
    main()
