"""Circulars of a year: whom one reaches, who knows it, who does not yet."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet

from sajja.org.door import PathRange, holds, within
from sajja.org.models import Kind, Person, Post, Unit
from sajja.org.permissions import P
from sajja.programme.models import Acknowledgement, Circular, ProgrammeYear
from sajja.programme.queries import current_revision, province_names, terms_of

OFFICES = (Kind.PROVINCE, Kind.DISTRICT)


class Office(NamedTuple):
    """An office that a circular reaches, its province, its acknowledgement, and whether anyone there has an account."""

    unit: Unit
    province: str
    known: Acknowledgement | None
    staffed: bool


class Reach(NamedTuple):
    """How far a circular is: how many offices know it, of how many."""

    known: int
    all: int


def standing(year: ProgrammeYear) -> QuerySet[Circular]:
    """Those of a year that were not withdrawn, the newest first."""
    return Circular.objects.filter(year=year, withdrawn_at__isnull=True).order_by("-at", "-pk")


def offices(year: ProgrammeYear, ranges: Iterable[PathRange]) -> list[Unit]:
    """The provinces and districts of the programme under these ranges, by path. Two queries."""
    terms = terms_of(current_revision(year))
    rows = Unit.objects.filter(within("path", ranges), kind__in=OFFICES, active=True).order_by("path")
    return [unit for unit in rows if terms.takes_part(unit.path)]


def reaches(circular: Circular, unit: Unit) -> bool:
    """Whether the circular was sent to this unit."""
    return unit.kind in OFFICES and unit.active and terms_of(current_revision(circular.year)).takes_part(unit.path)


def lines(circular: Circular, ranges: Iterable[PathRange], today: date) -> list[Office]:
    """Each office under these ranges with its acknowledgement. Five queries."""
    ranges = list(ranges)
    rows = Acknowledgement.objects.filter(within("unit__path", ranges), circular=circular).select_related("by")
    known, found = {row.unit_id: row for row in rows}, offices(circular.year, ranges)
    posts = Post.objects.held_on(today).filter(within("unit__path", ranges), unit__kind__in=OFFICES, person__is_active=True)
    staffed, names = set(posts.values_list("unit_id", flat=True)), province_names()
    return [Office(unit, names.get(unit.path[:2], ""), known.get(unit.pk), unit.pk in staffed) for unit in found]


def reach(circulars: Iterable[Circular], year: ProgrammeYear, ranges: Iterable[PathRange]) -> dict[int, Reach]:
    """Circular's key → how many of the offices under these ranges know it. Three queries."""
    ranges = list(ranges)
    there = {unit.pk for unit in offices(year, ranges)}
    rows = Acknowledgement.objects.filter(within("unit__path", ranges), circular__in=circulars)
    counted = Counter(circular for circular, unit in rows.values_list("circular_id", "unit_id") if unit in there)
    return {one.pk: Reach(counted[one.pk], len(there)) for one in circulars}


def own_offices(person: Person) -> list[Unit]:
    """The provinces and districts for which this person may say that a circular is known, each once."""
    units = {post.unit.path: post.unit for post in person.posts_today if post.unit.kind in OFFICES}
    return [unit for unit in units.values() if holds(person, P.ACKNOWLEDGE, unit)]


def unknown(year: ProgrammeYear, units: Iterable[Unit]) -> list[tuple[Circular, Unit]]:
    """What these offices have not acknowledged, the earliest day first. Two queries."""
    wanted = list(units)
    rows = list(standing(year).order_by("needs_by", "pk"))
    if not rows or not wanted:
        return []
    there = Acknowledgement.objects.filter(circular__in=rows, unit__in=wanted)
    known = set(there.values_list("circular_id", "unit_id"))
    return [(one, unit) for one in rows for unit in wanted if (one.pk, unit.pk) not in known]


def is_late(circular: Circular, today: date) -> bool:
    """Whether the day by which every office should know it has passed; the day itself is in time."""
    return today > circular.needs_by
