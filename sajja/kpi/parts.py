"""The table of a dashboard: a row for each part of the unit, sorted by any column."""

from dataclasses import dataclass

from sajja.kpi import rollup
from sajja.kpi.board import KPI, Board
from sajja.kpi.rollup import Figure
from sajja.org import queries as org
from sajja.org.models import Kind, Unit

COLUMNS = ("selected", "forums_held", "plans_signed", "carrying_out", "developed")
REPORTS = ("district_due", "district_on_time", "district_late", "district_missing")


@dataclass(frozen=True)
class Part:
    """One part: its figures by key, the KPI, its zone and what its province report has come to."""

    unit: Unit
    target: int
    figures: dict[str, int]
    zone: Unit | None
    report: str

    @property
    def kpi(self) -> Figure:
        """The KPI of the part."""
        return Figure(KPI, self.figures[KPI], self.target)


def parts(board: Board, sort: str) -> list[Part]:
    """The parts of the board's unit: provinces of the nation or a zone, districts of a province, subdistricts of a district."""
    units = list(org.children(board.unit))
    if board.unit.kind == Kind.DEPARTMENT:
        units = [unit for unit in units if unit.path in board.zone_by_province]
    made = _made(board, units)
    if board.unit.kind not in {Kind.DEPARTMENT, Kind.ZONE}:
        made = [part for part in made if part.target or any(part.figures.values())]
    return _sorted(made, sort)


def zones(board: Board) -> list[Part]:
    """A row for each zone of the nation, in order of number."""
    unique = {zone.pk: zone for zone in board.zone_by_province.values()}
    by_province = {path: zone.path for path, zone in board.zone_by_province.items()}
    units = sorted(unique.values(), key=lambda zone: zone.number)
    return _made(board, units, lambda path: by_province.get(path[:2]))


def _made(board: Board, units: list[Unit], part_of: object = None) -> list[Part]:
    width = len(units[0].path) if units else 0
    find = part_of if callable(part_of) else (lambda path: path[:width])
    sums = {
        key: rollup.by_part(board.rows(key), find)
        for key in (*COLUMNS, *REPORTS, "province_on_time", "province_late", "province_missing")
    }
    return [
        Part(
            unit,
            board.places_of(unit),
            {key: sums[key].get(unit.path, (0, 0))[0] for key in (*COLUMNS, *REPORTS)},
            board.zone_by_province.get(unit.path[:2]),
            next((state for state in ("on_time", "late", "missing") if sums[f"province_{state}"].get(unit.path, (0, 0))[0]), ""),
        )
        for unit in units
    ]


def _sorted(made: list[Part], sort: str) -> list[Part]:
    key = sort.lstrip("-")
    in_order = sorted(made, key=lambda part: part.unit.sort_key)
    if key == "zone":
        in_order.sort(key=lambda part: part.zone.number if part.zone else 0, reverse=sort.startswith("-"))
    elif key == "kpi":
        in_order.sort(key=lambda part: part.kpi.n / part.target if part.target else -1, reverse=sort.startswith("-"))
    elif key == "target":
        in_order.sort(key=lambda part: part.target, reverse=sort.startswith("-"))
    elif key in {*COLUMNS, *REPORTS}:
        in_order.sort(key=lambda part: part.figures[key], reverse=sort.startswith("-"))
    elif sort == "-name":
        in_order.reverse()
    return in_order
