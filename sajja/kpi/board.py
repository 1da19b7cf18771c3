"""A board: every figure of a year at one unit, all from the same rows. `sajja kpi`, the dashboards and the lists read it."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.translation import gettext_lazy as _

from sajja.assessments import measures as assessments
from sajja.assessments import queries as instruments
from sajja.forums import measures as forums
from sajja.kpi import rollup
from sajja.kpi.rollup import Figure
from sajja.lib.figures import Row
from sajja.org import queries as org
from sajja.org.door import ranges_of
from sajja.org.models import Kind, Unit
from sajja.plans import measures as plans
from sajja.programme import measures as programme
from sajja.programme import queries as years
from sajja.programme.models import ProgrammeYear
from sajja.programme.terms import Terms
from sajja.reports import measures as reports
from sajja.web import clock

Measure = Callable[[ProgrammeYear], list[Row]]
PLACES: dict[str, Measure] = {
    "selected": programme.selected,
    "forums_held": forums.held,
    "governance_done": assessments.governance_done,
    "ssg_done": assessments.ssg_done,
    "plans_drafted": plans.drafted,
    "plans_signed": plans.signed,
    "carrying_out": plans.carrying_out,
    "developed": forums.developed,
}
"""The figures whose denominator is the places of the target."""
SHORT = {"governance": _("ธรรมาภิบาล"), "ssg": "SSG"}
KPI = "plans_signed"
REPORT_STATES = ("due", "on_time", "late", "missing")


@dataclass(frozen=True)
class Board:
    """One year at one unit on one day."""

    year: ProgrammeYear
    unit: Unit
    today: date
    all_rows: dict[str, list[Row]]
    terms: Terms
    zone_by_province: dict[str, Unit]
    districts: dict[str, int]
    indicator_names: dict[str, str]
    demo_wording: bool

    @cached_property
    def ranges(self) -> list[rollup.PathRange]:
        """The path ranges under the unit."""
        return ranges_of(self.unit)

    def rows(self, key: str) -> list[Row]:
        """The rows of a figure under the unit."""
        return rollup.under(self.all_rows.get(key, []), self.ranges)

    def figure(self, key: str) -> Figure:
        """A figure at the unit; of a figure of places the denominator is the target's places."""
        return rollup.figure(key, self.rows(key), self.target if key in PLACES else None)

    def behind(self, key: str) -> list[Row]:
        """The rows that make a figure's numerator; a failure's key is its indicator's."""
        return rollup.behind(self.rows(key) if key in self.all_rows else self.rows_of_failures().get(key, []))

    def not_yet(self, key: str) -> list[Row]:
        """The groups on places that a figure of places still waits for."""
        return [row for row in self.rows(key) if not row.count]

    @cached_property
    def target(self) -> int:
        """The places of the target at the unit."""
        return self.places_of(self.unit)

    def places_of(self, unit: Unit) -> int:
        """The places of the target under any unit: the terms' from the province up, the held ones below."""
        if unit.kind == Kind.DEPARTMENT:
            return self.terms.groups
        if unit.kind == Kind.ZONE:
            provinces = [path for path, zone in self.zone_by_province.items() if zone.pk == unit.pk]
            return sum(self.terms.places_in(path, self.districts.get(path, 0)) for path in provinces)
        if unit.kind == Kind.PROVINCE:
            return self.terms.places_in(unit.path, self.districts.get(unit.path, 0))
        if unit.kind == Kind.DISTRICT and self.terms.quota_per == "district":
            return self.terms.places_in(unit.path[:2], 1)
        return self._held[unit.path]

    @cached_property
    def _held(self) -> Counter[str]:
        """Path of any unit below a province → the places held under it."""
        return Counter(row.path[:width] for row in self.all_rows["selected"] for width in (4, 6, 8, 12))

    def failures(self) -> list[Figure]:
        """The indicators by how many groups did not pass, most first; the key is the instrument's slot and the indicator's code."""
        rows = self.rows_of_failures()
        figures = [rollup.figure(key, of_key) for key, of_key in rows.items()]
        return sorted(figures, key=lambda f: (-f.n * 10_000 // max(f.d, 1), f.key))

    def rows_of_failures(self) -> dict[str, list[Row]]:
        """Indicator key → its rows under the unit."""
        found: dict[str, list[Row]] = {}
        for row in self.rows("failures"):
            found.setdefault(row.key, []).append(row)
        return found


def board(year: ProgrammeYear, unit: Unit) -> Board:
    """Read every measure once. Queries: a fixed number, whatever the unit."""
    today = clock.today()
    rows = {key: measure(year) for key, measure in PLACES.items()}
    rows["failures"] = assessments.failures(year)
    rows |= _by_state("district", reports.district(year, today)) | _by_state("province", reports.province(year, today))
    terms = years.terms_of(years.current_revision(year))
    names = {key: _named(key, text) for key, text in instruments.indicator_titles(year).items()}
    demo = bool(names) and not instruments.official_wording(year)
    return Board(year, unit, today, rows, terms, org.zones_of_provinces(), org.districts_by_province(), names, demo)


def _named(key: str, text: str) -> str:
    """ธรรมาภิบาล 2.2 ทบทวนระเบียบภายใน 2 ปี, of `governance:2.2`."""
    slot, _colon, code = key.partition(":")
    return f"{SHORT.get(slot, slot)} {code} {text}"


def _by_state(level: str, rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {f"{level}_{state}": [] for state in REPORT_STATES}
    for row in rows:
        found[f"{level}_{row.key}"].append(row)
    return found
