"""A board: every figure of a year at one unit, all from the same rows. `sajja kpi`, the dashboards and the lists read it."""

from collections import Counter
from collections.abc import Iterable
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
from sajja.org.door import AFTER, ranges_of
from sajja.org.models import Kind, Unit
from sajja.plans import measures as plans
from sajja.programme import measures as programme
from sajja.programme import queries as years
from sajja.programme.models import ProgrammeYear
from sajja.programme.terms import Terms
from sajja.reports import measures as reports
from sajja.web import clock

PLACES = (
    "selected",
    "forums_held",
    "governance_done",
    "ssg_done",
    "plans_drafted",
    "plans_signed",
    "carrying_out",
    "developed",
)
"""The figures whose denominator is the places of the target."""
SHORT = {"governance": _("ธรรมาภิบาล"), "ssg": "SSG"}
KPI = "plans_signed"
REPORT_STATES = ("due", "on_time", "late", "missing")
DISTRICT = 4  # digits of a district's path


@dataclass(frozen=True)
class Board:
    """One year at one unit on one day. Each thing is read when it is first asked for, of the unit alone, and once."""

    year: ProgrammeYear
    unit: Unit
    today: date
    terms: Terms

    @cached_property
    def ranges(self) -> list[rollup.PathRange]:
        """The path ranges under the unit."""
        return ranges_of(self.unit)

    @cached_property
    def places(self) -> dict[str, list[Row]]:
        """Key of a figure of places → its rows under the unit. One query."""
        conditions = forums.conditions(self.terms) | assessments.conditions() | plans.conditions()
        return programme.of_places(self.year, conditions, self.ranges)

    @cached_property
    def district_reports(self) -> dict[str, list[Row]]:
        """district_due and the others → their rows under the unit."""
        whole = [(low[:DISTRICT], high[:DISTRICT] + AFTER if len(high) > DISTRICT else high) for low, high in self.ranges]
        rows = rollup.under(reports.district(self.year, self.today, whole, self.terms), self.ranges)
        return _by_state("district", rows)

    @cached_property
    def province_reports(self) -> dict[str, list[Row]]:
        """province_due and the others → their rows under the unit."""
        return _by_state("province", reports.province(self.year, self.today, self.ranges, self.terms))

    @cached_property
    def failure_counts(self) -> dict[str, Figure]:
        """Indicator key (the instrument's slot and the indicator's code) → groups that did not pass, of those judged. One query."""
        return {key: Figure(key, n, d) for key, n, d in assessments.failure_counts(self.year, self.ranges)}

    @cached_property
    def indicator_names(self) -> dict[str, str]:
        """Indicator key → its short name with its text."""
        return {key: _named(key, text) for key, text in instruments.indicator_titles(self.year).items()}

    @cached_property
    def demo_wording(self) -> bool:
        """Whether the indicators' words are not the department's own."""
        return bool(self.indicator_names) and not instruments.official_wording(self.year)

    @cached_property
    def zone_by_province(self) -> dict[str, Unit]:
        """Province path → its zone of today."""
        return org.zones_of_provinces()

    @cached_property
    def districts(self) -> dict[str, int]:
        """Province path → how many active districts it has; asked only where the quota is a district's."""
        return org.districts_by_province() if self.terms.quota_per == "district" else {}

    def rows(self, key: str) -> list[Row]:
        """The rows of a figure under the unit; of a failure's key those of its indicator."""
        if key in PLACES:
            return self.places[key]
        level, _bar, state = key.partition("_")
        if state in REPORT_STATES:
            return (self.district_reports if level == "district" else self.province_reports)[key]
        return assessments.failures(self.year, self.ranges, key)

    def figure(self, key: str) -> Figure:
        """A figure at the unit; of a figure of places the denominator is the target's places."""
        return rollup.figure(key, self.rows(key), self.target if key in PLACES else None)

    def behind(self, key: str) -> list[Row]:
        """The rows that make a figure's numerator; a failure's key is its indicator's."""
        return rollup.behind(self.rows(key))

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
        return Counter(row.path[:width] for row in self.places["selected"] for width in (4, 6, 8, 12))

    def failures(self) -> list[Figure]:
        """The indicators by how many groups did not pass, most first."""
        return sorted(self.failure_counts.values(), key=lambda f: (-f.n * 10_000 // max(f.d, 1), f.key))


def board(year: ProgrammeYear, unit: Unit, terms: Terms | None = None) -> Board:
    """The figures of a year at a unit today; `terms`: the year's, where they were read already."""
    return Board(year, unit, clock.today(), terms or years.terms_of(years.current_revision(year)))


def _named(key: str, text: str) -> str:
    """ธรรมาภิบาล 2.2 ทบทวนระเบียบภายใน 2 ปี, of `governance:2.2`."""
    slot, _colon, code = key.partition(":")
    return f"{SHORT.get(slot, slot)} {code} {text}"


def _by_state(level: str, rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {f"{level}_{state}": [] for state in REPORT_STATES}
    for row in rows:
        found[f"{level}_{row.key}"].append(row)
    return found
