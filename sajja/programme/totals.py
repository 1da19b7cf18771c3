"""Places of the target, groups that hold them and money, by district, province, zone and nation. Pure; always ties out."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sajja.programme.terms import Terms


class Area(NamedTuple):
    """A unit whose figures are shown: its path, name and the key that sorts it in Thai."""

    path: str
    name: str
    sort_key: str


class Total(NamedTuple):
    """One line: places of the target, those held, those empty, and the money of its places in satang."""

    path: str
    name: str
    sort_key: str
    places: int
    held: int
    satang: int

    @property
    def empty(self) -> int:
        """Places that no group holds."""
        return self.places - self.held


def by_province(terms: Terms, provinces: Iterable[Area], districts: Iterable[str], held: Iterable[str]) -> list[Total]:
    """One line a province of the programme. `districts`: paths of all districts; `held`: a group's path for each place held."""
    in_province = Counter(path[:2] for path in districts)
    taken = Counter(path[:2] for path in held)
    return [
        _line(terms, area, terms.places_in(area.path, in_province[area.path]), taken[area.path])
        for area in provinces
        if terms.takes_part(area.path)
    ]


def by_district(terms: Terms, districts: Iterable[Area], held: Iterable[str]) -> list[Total]:
    """One line a district. Where the quota is a province's, a district has the places that its groups hold."""
    taken = Counter(path[:4] for path in held)
    return [
        _line(
            terms,
            area,
            terms.places_in(area.path[:2], 1) if terms.quota_per == "district" else taken[area.path],
            taken[area.path],
        )
        for area in districts
        if terms.takes_part(area.path)
    ]


def not_in_a_district(terms: Terms, of_provinces: Iterable[Total], of_districts: Iterable[Total], name: str) -> Total | None:
    """The line of the places that no district has yet; None where there are none."""
    places = sum(line.places for line in of_provinces) - sum(line.places for line in of_districts)
    return _line(terms, Area("", name, ""), places, 0) if places else None


def by_zone(of_provinces: Iterable[Total], zones: Mapping[str, Area]) -> list[Total]:
    """One line a zone: its provinces added up. `zones`: province path → zone."""
    lines: dict[Area, list[Total]] = defaultdict(list)
    for line in of_provinces:
        if line.path in zones:
            lines[zones[line.path]].append(line)
    return [added(area, of_zone) for area, of_zone in sorted(lines.items())]


def added(area: Area, lines: Sequence[Total]) -> Total:
    """Lines added up under one name."""
    return Total(*area, sum(line.places for line in lines), sum(line.held for line in lines), sum(line.satang for line in lines))


def _line(terms: Terms, area: Area, places: int, held: int) -> Total:
    return Total(*area, places, held, places * terms.per_group_satang)
