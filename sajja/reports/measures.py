"""The reports' figures. Due: its day has passed, or it was submitted already; on time + late + missing = due."""

from datetime import date

from sajja.lib.figures import Row
from sajja.org.models import Kind, Unit
from sajja.programme.models import ProgrammeYear
from sajja.programme.queries import current_revision, terms_of
from sajja.reports import due
from sajja.reports.models import ProvinceReport
from sajja.reports.queries import day_of, owed


def district(year: ProgrammeYear, today: date) -> list[Row]:
    """For each report that is due two rows, `due` and its state (on_time, late, missing)."""
    return [row for one in owed(year) for row in _rows(one.path, one.thing, one.timeliness(today))]


def province(year: ProgrammeYear, today: date) -> list[Row]:
    """The same for the provinces of the programme; the day of the entry in BPM decides."""
    terms = terms_of(current_revision(year))
    reports = {row.province_id: row for row in ProvinceReport.objects.filter(year=year)}
    rows = []
    for unit in Unit.objects.filter(kind=Kind.PROVINCE, active=True).order_by("path"):
        if terms.takes_part(unit.path):
            report = reports.get(unit.pk)
            recorded = day_of(report.bpm_at) if report and report.state == "recorded" else None
            day = report.due if report else terms.province_report_due
            rows += _rows(unit.path, unit.pk, due.state_of(day, recorded, today))
    return rows


def _rows(path: str, thing: int, state: str) -> list[Row]:
    return [] if state == due.NOT_YET else [Row(path, "due", thing, 1, 1), Row(path, state, thing, 1, 1)]
