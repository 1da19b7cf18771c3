"""The rows of the lists of reports: of forums under a province or district, of provinces under a zone or the nation."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from sajja.org.door import ranges_of, within
from sajja.org.models import Kind, Unit
from sajja.programme.models import ProgrammeYear
from sajja.programme.terms import Terms
from sajja.reports import due, words
from sajja.reports.models import Extension, ProvinceReport
from sajja.reports.queries import Owed, Timing, day_of, extensions, holder_of, province_due, timings
from sajja.web import clock


@dataclass(frozen=True)
class Line:
    """A report as the list shows it: its chips and its district."""

    one: Owed
    district: str
    state: tuple[str, words.Text]
    late: tuple[str, words.Text]
    held: str = ""


@dataclass(frozen=True)
class ProvinceLine:
    """A province in the list: its own report with its days, and how many of its districts' came how."""

    unit: Unit
    due: date
    recorded_on: date | None
    state: tuple[str, words.Text]
    counts: Counter[str]
    waiting: int

    @property
    def late(self) -> tuple[str, words.Text]:
        """The chip of how the report came."""
        return words.timeliness(self.due, self.recorded_on, clock.today())


def line(one: Owed, districts: dict[str, str], since: Mapping[int, date] | None = None) -> Line:
    """The line of a report; `districts`: path → name, `since`: report's key → the day of its last move."""
    late = words.timeliness(one.due, one.submitted_on, clock.today())
    if one.state == "returned":
        late = late[0], _("ครั้งแรก%s") % late[1]
    held = words.held(holder_of(one, since or {}, clock.today()))
    return Line(one, districts.get(one.path[:4], ""), words.STATES[one.state], late, held)


def counted(rows: Sequence[Owed | Timing]) -> Counter[str]:
    """How many of these are due, on time, late and missing."""
    return _with_due(Counter(one.timeliness(clock.today()) for one in rows))


def counted_provinces(lines: Sequence[ProvinceLine]) -> Counter[str]:
    """The same of the provinces' own reports."""
    return _with_due(Counter(due.state_of(line.due, line.recorded_on, clock.today()) for line in lines))


def _with_due(states: Counter[str]) -> Counter[str]:
    states["due"] = states[due.ON_TIME] + states[due.LATE] + states[due.MISSING]
    return states


def province_lines(year: ProgrammeYear, place: Unit, terms: Terms) -> list[ProvinceLine]:
    """A line for each province of the programme under a unit, in Thai order. A fixed number of queries."""
    ranges = ranges_of(place)
    provinces = Unit.objects.filter(within("path", ranges), kind=Kind.PROVINCE, active=True).order_by("sort_key", "path")
    reports = {row.province_id: row for row in ProvinceReport.objects.filter(year=year).defer("content", "summary")}
    extended = extensions(year, ranges)
    rows: dict[str, list[Timing]] = {}
    for one in timings(year, terms, ranges):
        rows.setdefault(one.path[:2], []).append(one)
    return [
        province_line(one, reports.get(one.pk), terms, rows.get(one.path, ()), extended.get(one.path))
        for one in provinces
        if terms.takes_part(one.path)
    ]


def province_line(
    province: Unit, report: ProvinceReport | None, terms: Terms, rows: Sequence[Timing], extension: Extension | None = None
) -> ProvinceLine:
    """The line of one province, with the reports of its districts."""
    return ProvinceLine(
        unit=province,
        due=province_due(terms, report, extension),
        recorded_on=day_of(report.bpm_at) if report and report.state == "recorded" else None,
        state=words.PROVINCE_STATES[report.state if report else "draft"],
        counts=counted(rows),
        waiting=sum(1 for one in rows if one.state == "submitted"),
    )
