"""Reads of the org room that are worth a name."""

from django.db.models import Q, QuerySet

from sajja.org.models import Kind, Post, Unit, ZoneProvince
from sajja.web import clock


def department() -> Unit:
    """The one unit at the top."""
    return Unit.objects.get(kind=Kind.DEPARTMENT)


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
