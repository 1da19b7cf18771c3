"""The tables of a dashboard: a row for each zone, province, district or subdistrict of the unit, sorted by any column."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.db.models import QuerySet

from sajja.kpi import rollup
from sajja.kpi.board import KPI, Board
from sajja.kpi.rollup import Figure
from sajja.org import queries as org
from sajja.org.door import within
from sajja.org.models import Kind, Unit

COLUMNS = ("selected", "forums_held", "plans_signed", "carrying_out", "developed")
REPORTS = ("district_due", "district_on_time", "district_late", "district_missing")
PROVINCE_REPORTS = ("province_on_time", "province_late", "province_missing")
LEVELS: Final[dict[str, tuple[Kind, ...]]] = {
    Kind.DEPARTMENT: (Kind.PROVINCE, Kind.ZONE, Kind.DISTRICT),
    Kind.ZONE: (Kind.PROVINCE, Kind.DISTRICT),
    Kind.PROVINCE: (Kind.DISTRICT,),
    Kind.DISTRICT: (Kind.SUBDISTRICT,),
}
"""Unit's kind → by what its figures can be told apart, the first unless another is asked for."""


@dataclass(frozen=True)
class Part:
    """One part: its figures by key, its places of the target, its zone and what its province report has come to."""

    unit: Unit
    target: int
    figures: dict[str, int]
    zone: Unit | None
    report: str

    @property
    def kpi(self) -> Figure:
        """The KPI of the part."""
        return Figure(KPI, self.figures[KPI], self.target)


def levels(board: Board) -> tuple[Kind, ...]:
    """By what the figures of this unit can be told apart."""
    return LEVELS.get(board.unit.kind, ())


def parts(board: Board, by: Kind, sort: str) -> list[Part]:
    """The parts of that kind under the board's unit; districts and below only where they take part. At most two queries."""
    made = _made(board, _units(board, by), _part_of(board, by))
    if by not in {Kind.ZONE, Kind.PROVINCE}:
        made = [part for part in made if part.target or any(part.figures.values())]
    return _sorted(made, sort)


def _units(board: Board, by: Kind) -> list[Unit]:
    if by == Kind.ZONE:
        unique = {zone.pk: zone for zone in board.zone_by_province.values()}
        return sorted(unique.values(), key=lambda zone: zone.number or 0)
    if by == Kind.PROVINCE:
        return [unit for unit in org.children(board.unit) if unit.path in board.zone_by_province]
    found: QuerySet[Unit] = Unit.objects.filter(within("path", board.ranges), kind=by)
    return list(found)


def _part_of(board: Board, by: Kind) -> Callable[[str], str | None]:
    if by == Kind.ZONE:
        zones = {path: zone.path for path, zone in board.zone_by_province.items()}
        return lambda path: zones.get(path[:2])
    width = {Kind.PROVINCE: 2, Kind.DISTRICT: 4, Kind.SUBDISTRICT: 6}[by]
    return lambda path: path[:width]


def _made(board: Board, units: list[Unit], part_of: Callable[[str], str | None]) -> list[Part]:
    by_province = bool(units) and units[0].kind == Kind.PROVINCE
    keys = (*COLUMNS, *REPORTS, *(PROVINCE_REPORTS if by_province else ()))
    sums = {key: rollup.by_part(board.rows(key), part_of) for key in keys}
    return [
        Part(
            unit,
            board.places_of(unit),
            {key: of_key.get(unit.path, (0, 0))[0] for key, of_key in sums.items()},
            board.zone_by_province.get(unit.path[:2]) if by_province else None,
            _report(unit, sums),
        )
        for unit in units
    ]


def _report(unit: Unit, sums: dict[str, dict[str, tuple[int, int]]]) -> str:
    """on_time, late or missing of a province's report; nothing before its day, and of other units."""
    if unit.kind != Kind.PROVINCE:
        return ""
    return next((key.removeprefix("province_") for key in PROVINCE_REPORTS if sums[key].get(unit.path, (0, 0))[0]), "")


def _sorted(made: list[Part], sort: str) -> list[Part]:
    key, downwards = sort.lstrip("-"), sort.startswith("-")
    in_order = sorted(made, key=lambda part: (part.unit.number or 0 if part.unit.kind == Kind.ZONE else 0, part.unit.sort_key))
    if key == "zone":
        in_order.sort(key=lambda part: part.zone.number or 0 if part.zone else 0, reverse=downwards)
    elif key == "kpi":
        in_order.sort(key=lambda part: part.kpi.n / part.target if part.target else -1, reverse=downwards)
    elif key == "target":
        in_order.sort(key=lambda part: part.target, reverse=downwards)
    elif key in {*COLUMNS, *REPORTS}:
        in_order.sort(key=lambda part: part.figures[key], reverse=downwards)
    elif sort == "-name":
        in_order.reverse()
    return in_order
