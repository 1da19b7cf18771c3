"""The register from a sheet: uploaded and read, shown, confirmed, and only then done, all or nothing."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from itertools import groupby

from django.utils.translation import gettext as _

from sajja.audit.actions import record
from sajja.audit.acts import act
from sajja.groups import queries
from sajja.groups.actions.profile import grade
from sajja.groups.actions.register import NewGroup, make_groups
from sajja.groups.models import CentreFounding, ImportState, RegisterImport, SavingsGroup
from sajja.groups.sheet import Reading, Wanted, sort_out
from sajja.lib.refusals import Refused
from sajja.org.actions import NewVillage, place_villages
from sajja.org.models import Person, Unit
from sajja.web import clock

BATCH = 500
PIECE = 1000


@act
def receive_sheet(
    *, by: Person, unit: Unit, file_name: str, sha256: str, reading: Reading, at: datetime | None = None
) -> RegisterImport:
    """Keep a sheet that was read and checked, for its uploader to look at and confirm; nothing is registered yet."""
    plan = sort_out(reading.wanted, queries.known_groups())
    villages = _missing_villages(plan.new)
    sheet = RegisterImport.objects.create(
        unit=unit,
        by=by,
        at=at or clock.now(),
        file_name=file_name[-150:],
        sha256=sha256,
        state=ImportState.WRONG if reading.wrong else ImportState.READ,
        rows=[row.kept() for row in reading.wanted],
        errors=[row.kept() for row in reading.wrong],
        row_count=len(reading.wanted) + len(reading.wrong),
        new_count=len(plan.new),
        known_count=len(plan.known),
        level_count=len(_new_levels(plan.known)),
        village_count=len(villages),
    )
    record(by, "groups.receive_sheet", sheet, unit.path, at=at, rows=sheet.row_count, errors=len(reading.wrong), sha256=sha256)
    return sheet


@act
def confirm_import(*, by: Person, sheet: RegisterImport, at: datetime | None = None) -> RegisterImport:
    """Say that the sheet is to be done; a job does it."""
    if sheet.errors:
        raise Refused(_("ยังมีแถวที่ต้องแก้ แก้ในไฟล์แล้วส่งไฟล์ใหม่ทั้งไฟล์"))
    if sheet.state not in {ImportState.READ, ImportState.FAILED}:
        raise Refused(_("ไฟล์นี้%sไปแล้ว") % sheet.get_state_display())
    if not sheet.rows:
        raise Refused(_("ไฟล์นี้ไม่มีแถวข้อมูล ใส่ข้อมูลใต้หัวคอลัมน์แล้วส่งใหม่"))
    sheet.state, sheet.message = ImportState.QUEUED, ""
    sheet.save(update_fields=["state", "message"])
    record(by, "groups.confirm_import", sheet, sheet.unit.path, at=at)
    return sheet


@act
def drop_import(*, by: Person, sheet: RegisterImport, at: datetime | None = None) -> RegisterImport:
    """Do not do this sheet after all."""
    if sheet.state not in {ImportState.READ, ImportState.WRONG, ImportState.FAILED}:
        raise Refused(_("ไฟล์นี้%sไปแล้ว ยกเลิกไม่ได้") % sheet.get_state_display())
    sheet.state, sheet.rows = ImportState.DROPPED, []
    sheet.save(update_fields=["state", "rows"])
    record(by, "groups.drop_import", sheet, sheet.unit.path, at=at)
    return sheet


@act
def run_import(
    *, sheet: RegisterImport, progress: Callable[[int, int], None] = lambda _done, _all: None, at: datetime | None = None
) -> RegisterImport:
    """Do a confirmed sheet, all or nothing: villages, groups with levels and centres, new levels and centres of known groups.

    Holds the writer of an SQLite database until it is done (some seconds for 20,000 rows). The same sheet again makes nothing.
    """
    if sheet.state != ImportState.QUEUED:
        raise Refused(_("ไฟล์นี้ยังไม่ได้ยืนยัน หรือนำเข้าไปแล้ว"))
    at = at or clock.now()
    plan = sort_out((Wanted.of(row) for row in sheet.rows), queries.known_groups())
    villages = _missing_villages(plan.new)
    place_villages(villages)
    for start in range(0, len(plan.new), PIECE):
        make_groups([_new_group(row) for row in plan.new[start : start + PIECE]], sheet.by, at)
        progress(min(start + PIECE, len(plan.new)), len(plan.new) + len(plan.known))
    levels = _new_levels(plan.known)
    _grade_known(levels, sheet.by, at)
    centres = _new_centres(plan.known, sheet.by, at)
    sheet.state, sheet.rows = ImportState.DONE, []
    sheet.new_count, sheet.known_count = len(plan.new), len(plan.known)
    sheet.level_count, sheet.village_count = len(levels), len(villages)
    sheet.save(update_fields=["state", "rows", "new_count", "known_count", "level_count", "village_count"])
    record(
        sheet.by, "groups.run_import", sheet, sheet.unit.path, at=at, groups=len(plan.new), known=len(plan.known),
        levels=len(levels), centres=centres, villages=len(villages),
    )  # fmt: skip
    return sheet


@act
def fail_import(*, sheet: RegisterImport, message: str, at: datetime | None = None) -> RegisterImport:
    """The job could not do the sheet: nothing of it stands in the register; it can be confirmed again."""
    sheet.state, sheet.message = ImportState.FAILED, message[:300]
    sheet.save(update_fields=["state", "message"])
    record(sheet.by, "groups.fail_import", sheet, sheet.unit.path, at=at, message=sheet.message)
    return sheet


def _new_group(row: Wanted) -> NewGroup:
    return NewGroup(row.village_code, *row[3:])


def _missing_villages(rows: Iterable[Wanted]) -> list[NewVillage]:
    names = {row.village_code: row.village_name for row in rows}
    there = Unit.objects.in_bulk(list(names), field_name="path")
    return [NewVillage(code, name) for code, name in names.items() if code not in there]


def _new_levels(known: Sequence[tuple[int, Wanted]]) -> list[tuple[int, Wanted]]:
    """The rows whose level differs from the one that counts for that year, or that is the first of that year."""
    graded = [(pk, row) for pk, row in known if row.level and row.level_year]
    there = {year: queries.levels_by_key(year) for year in {row.level_year for _pk, row in graded if row.level_year}}
    return [(pk, row) for pk, row in graded if there[row.level_year or 0].get(pk) != row.level]


def _grade_known(levels: Sequence[tuple[int, Wanted]], by: Person, at: datetime) -> None:
    def key(pair: tuple[int, Wanted]) -> tuple[int, str]:
        return (pair[1].level_year or 0, pair[1].level_source)

    for (year, source), rows in groupby(sorted(levels, key=key), key):
        grade([(SavingsGroup(pk=pk), row.level or 0) for pk, row in rows], year, source, by, at)


def _new_centres(known: Sequence[tuple[int, Wanted]], by: Person, at: datetime) -> int:
    wanted = {pk: row for pk, row in known if row.centre_name and row.centre_year}
    there = set(CentreFounding.objects.values_list("group_id", flat=True))
    made = CentreFounding.objects.bulk_create(
        [
            CentreFounding(
                group_id=pk,
                centre_name=row.centre_name,
                year=row.centre_year or 0,
                evidence=row.centre_evidence,
                recorded_at=at,
                recorded_by=by.full_name,
            )
            for pk, row in wanted.items()
            if pk not in there
        ],
        batch_size=BATCH,
    )
    return len(made)
