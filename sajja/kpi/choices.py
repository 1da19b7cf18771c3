"""The filters of a dashboard: zone, province and district, as far as the reader's own units reach."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sajja.kpi.board import Board
from sajja.org import queries as org
from sajja.org.models import Kind, Unit

WORDS = {
    "zone": (_("เขตตรวจราชการ"), _("ทุกเขต")),
    "province": (_("จังหวัด"), _("ทุกจังหวัด")),
    "district": (_("อำเภอ"), _("ทุกอำเภอ")),
}


@dataclass(frozen=True)
class Choice:
    """One select: the units to choose from, which one the page shows (None: all), and where "all" leads."""

    name: str
    units: list[Unit]
    chosen: int | None
    otherwise: int

    @property
    def label(self) -> str | Promise:
        """What the select asks."""
        return WORDS[self.name][0]

    @property
    def everywhere(self) -> str | Promise:
        """The first option: no choice."""
        return WORDS[self.name][1]


def choices(top: Unit, board: Board) -> list[Choice]:
    """The selects for a reader whose own unit is `top`, the page's unit chosen. At most four queries."""
    unit, found, above = board.unit, [], top
    province = Unit.objects.filter(path=unit.path[:2]).first() if unit.kind not in {Kind.DEPARTMENT, Kind.ZONE} else None
    if top.kind == Kind.DEPARTMENT:
        zone = unit if unit.kind == Kind.ZONE else board.zone_by_province.get(unit.path[:2])
        zones = {each.pk: each for each in board.zone_by_province.values()}
        found.append(Choice("zone", sorted(zones.values(), key=lambda each: each.number or 0), zone.pk if zone else None, top.pk))
        above = zone or top
    if top.kind in {Kind.DEPARTMENT, Kind.ZONE}:
        units = [each for each in org.children(above) if each.path in board.zone_by_province]
        found.append(Choice("province", units, province.pk if province else None, above.pk))
    if province is not None and top.kind != Kind.DISTRICT:
        units = list(org.children(province))
        chosen = next((each.pk for each in units if unit.path.startswith(each.path)), None)
        found.append(Choice("district", units, chosen, province.pk))
    return found


def asked_for(given: Mapping[str, str], offered: list[Choice]) -> int | None:
    """The unit that the first changed select leads to; None where nothing was changed."""
    for choice in offered:
        if choice.name in given and given[choice.name] != str(choice.chosen or ""):
            wanted = next((each.pk for each in choice.units if str(each.pk) == given[choice.name]), None)
            return wanted or choice.otherwise
    return None
