"""The reports' figures. Due: its day has passed, or it was submitted already; on time + late + missing = due."""

from collections.abc import Iterable
from datetime import date

from sajja.lib.figures import Row
from sajja.org.door import PathRange, within
from sajja.org.models import Kind, Unit
from sajja.programme.measures import EVERYWHERE
from sajja.programme.models import ProgrammeYear
from sajja.programme.queries import current_revision, terms_of
from sajja.programme.terms import Terms
from sajja.reports import due
from sajja.reports.models import ProvinceReport
from sajja.reports.queries import day_of, extensions, province_due, timings


def district(year: ProgrammeYear, today: date, under: Iterable[PathRange] = EVERYWHERE, terms: Terms | None = None) -> list[Row]:
    """For each report that is due under ranges of whole districts two rows, `due` and its state (on_time, late, missing)."""
    terms = terms or terms_of(current_revision(year))
    return [row for one in timings(year, terms, under) for row in _rows(one.path, one.thing, one.timeliness(today))]


def province(year: ProgrammeYear, today: date, under: Iterable[PathRange] = EVERYWHERE, terms: Terms | None = None) -> list[Row]:
    """The same for the provinces of the programme under the ranges; the day of the entry in BPM decides. Three queries."""
    terms = terms or terms_of(current_revision(year))
    reports = {row.province_id: row for row in ProvinceReport.objects.filter(year=year).defer("content", "summary")}
    under = list(under)
    provinces = Unit.objects.filter(within("path", under), kind=Kind.PROVINCE, active=True).order_by("path")
    extended = extensions(year, under)
    rows = []
    for unit in provinces:
        if terms.takes_part(unit.path):
            report = reports.get(unit.pk)
            recorded = day_of(report.bpm_at) if report and report.state == "recorded" else None
            day = province_due(terms, report, extended.get(unit.path))
            rows += _rows(unit.path, unit.pk, due.state_of(day, recorded, today))
    return rows


def _rows(path: str, thing: int, state: str) -> list[Row]:
    return [] if state == due.NOT_YET else [Row(path, "due", thing, 1, 1), Row(path, state, thing, 1, 1)]
