"""Reads of the org room that are worth a name."""

from django.db.models import Q, QuerySet

from sajja.org.models import Kind, Post, Unit, ZoneProvince
from sajja.web import clock


def department() -> Unit:
    """The one unit at the top."""
    return Unit.objects.get(kind=Kind.DEPARTMENT)


def ancestors(unit: Unit) -> list[Unit]:
    """From the department to the unit itself, with the province's zone of today between."""
    above = list(Unit.objects.filter(path__in=unit.paths_above).order_by("path"))
    province = unit.path[:2]
    zone = [zone_of(province)] if unit.kind not in {Kind.DEPARTMENT, Kind.ZONE} else []
    return [*above[:1], *[z for z in zone if z], *above[1:], unit]


def zone_of(province_path: str) -> Unit | None:
    """The inspection zone of a province on the business day; None for Bangkok."""
    today = clock.today()
    row = (
        ZoneProvince.objects.filter(Q(ends__isnull=True) | Q(ends__gte=today), province__path=province_path, starts__lte=today)
        .select_related("zone")
        .first()
    )
    return row.zone if row else None


def zones_of_provinces() -> dict[str, Unit]:
    """Province path → its zone of today, for all provinces in one query."""
    today = clock.today()
    rows = ZoneProvince.objects.filter(Q(ends__isnull=True) | Q(ends__gte=today), starts__lte=today).select_related("zone", "province")
    return {row.province.path: row.zone for row in rows}


def children(unit: Unit) -> QuerySet[Unit]:
    """The places right under a unit, active ones, in Thai order; a zone's are its provinces."""
    units = Unit.objects.filter(active=True).order_by("sort_key", "path")
    if unit.kind == Kind.ZONE:
        return units.filter(path__in=[path for path, zone in zones_of_provinces().items() if zone.pk == unit.pk])
    if unit.kind == Kind.DEPARTMENT:
        return units.filter(kind=Kind.PROVINCE)
    return units.filter(parent=unit)


def posts_at(unit: Unit) -> QuerySet[Post]:
    """Who holds which post at a unit today."""
    return Post.objects.held_on(clock.today()).filter(unit=unit).select_related("person").order_by("role", "person__full_name")
