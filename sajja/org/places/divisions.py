"""Thailand's divisions with their official codes, and the inspection zones over the provinces.

Provinces, districts, subdistricts, postcodes and abolished areas: GeoThai (geothai.fasu.dev), CC BY 4.0, from codes of
the Department of Provincial Administration. A code begins with its parent's: 48 นครพนม, 4801 its district, 480101.
Zones: provinces.csv, the scheme of 18 inspection zones in force; an older scheme existed, and which of the two the
department followed in fiscal year 2564 is not certain, so zones are dated data of `org`, and this is where they begin.
"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

import geothai
from geothai.abolished import abolished_areas
from geothai.types import Abolished, District, Subdistrict

Kind = Literal["province", "district", "subdistrict"]
BANGKOK = "10"


@dataclass(frozen=True, slots=True)
class Division:
    """A province, district or subdistrict. Names in use carry no prefix: `prefix` is what a page writes before one.

    Among the abolished are registration offices and slips of the pen; their names stand as they were registered.
    """

    code: str
    """2, 4 or 6 digits."""
    kind: Kind
    name_th: str
    name_en: str
    """Empty for a few abolished areas."""
    parent_code: str | None
    """None for a province."""
    successors: tuple[str, ...] = ()
    """Codes, all in use, that took an abolished area's place; empty where none is known."""
    postcode: str | None = None
    """The first where a subdistrict has several; None above subdistricts and for abolished ones."""
    abolished_on: str | None = None
    """ISO date; an area in use has none."""

    @property
    def abolished(self) -> bool:
        """Is the code out of use?"""
        return self.abolished_on is not None

    @property
    def successor_code(self) -> str | None:
        """The one area that took its place; None where there is none or where it was split."""
        return self.successors[0] if len(self.successors) == 1 else None

    @property
    def prefix(self) -> str:
        """The word before the name: จังหวัด, อำเภอ, ตำบล; in Bangkok none, เขต, แขวง."""
        in_bangkok = self.code.startswith(BANGKOK)
        words = {"province": ("จังหวัด", ""), "district": ("อำเภอ", "เขต"), "subdistrict": ("ตำบล", "แขวง")}
        return words[self.kind][in_bangkok]


def divisions() -> list[Division]:
    """All in use, then all abolished; a parent always comes before its children within each of the two."""
    provinces_ = provinces()
    districts = [district for province in provinces_ for district in geothai.districts(province.code)]
    subdistricts = [sub for district in districts for sub in geothai.subdistricts(district.code)]
    gone = sorted(abolished_areas(), key=lambda area: (len(area.code), area.code))
    return [
        *provinces_,
        *(_district(district) for district in districts),
        *(_subdistrict(sub) for sub in subdistricts),
        *(_abolished(area) for area in gone),
    ]


def provinces() -> list[Division]:
    """The 77 provinces by code, Bangkok included."""
    return [Division(p.code, "province", p.name_th, p.name_en, None) for p in geothai.provinces()]


def zone_of(province_code: str) -> int | None:
    """Inspection zone 1…18 of a province in the scheme of provinces.csv; None for Bangkok. KeyError: no such province."""
    return _zones()[province_code]


@cache
def _zones() -> dict[str, int | None]:
    with files(__package__).joinpath("provinces.csv").open(encoding="utf-8") as lines:
        return {row["code"]: int(row["inspection_zone"] or 0) or None for row in csv.DictReader(lines)}


def _district(district: District) -> Division:
    name_th = district.name_th.removeprefix("เขต") if district.province_code == BANGKOK else district.name_th
    return Division(district.code, "district", name_th, district.name_en, district.province_code)


def _subdistrict(sub: Subdistrict) -> Division:
    return Division(
        sub.code, "subdistrict", sub.name_th, sub.name_en, sub.district_code, postcode=sub.postal_codes[0]
    )  # fmt: skip


def _abolished(area: Abolished) -> Division:
    return Division(
        area.code,
        area.level,
        area.name_th,
        area.name_en or "",
        area.parent_code,
        tuple(area.successors),
        abolished_on=area.abolished_on,
    )
