"""Reads of the org room that are worth a name."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import NamedTuple

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet

from sajja.org.inviting import hash_of
from sajja.org.models import Invitation, Kind, Person, Post, Unit, ZoneProvince
from sajja.org.roles import ROLES
from sajja.web import clock

DEMONSTRATION_NAME = "demo-"


def department() -> Unit:
    """The one unit at the top."""
    return Unit.objects.get(kind=Kind.DEPARTMENT)


def zones_of_provinces() -> dict[str, Unit]:
    """Province path → its zone of today, for all provinces in one query."""
    today = clock.today()
    rows = ZoneProvince.objects.filter(Q(ends__isnull=True) | Q(ends__gte=today), starts__lte=today).select_related(
        "zone", "province"
    )
    return {row.province.path: row.zone for row in rows}


class Span(NamedTuple):
    """Provinces that belong to a zone from one day to another (None: until now), in Thai order."""

    starts: date
    ends: date | None
    provinces: list[Unit]


def zone_scheme() -> list[tuple[Unit, list[Span]]]:
    """The inspection zones, each with the provinces that belong or belonged to it, newest days first; one query."""
    rows = ZoneProvince.objects.select_related("zone", "province").order_by("zone__path", "-starts", "ends", "province__sort_key")
    return [
        (
            zone,
            [
                Span(*days, [row.province for row in same])
                for days, same in groupby(there, key=lambda row: (row.starts, row.ends))
            ],
        )
        for zone, there in groupby(rows, key=lambda row: row.zone)
    ]


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


def posts_before(unit: Unit) -> QuerySet[Post]:
    """Who held a post at a unit whose term is over, newest first."""
    ended = Post.objects.filter(unit=unit, ends__lt=clock.today())
    return ended.select_related("person").order_by("-ends", "role", "person__full_name")


def invitations_to(unit: Unit) -> QuerySet[Invitation]:
    """The invitations to posts at a unit, newest first."""
    return Invitation.objects.filter(unit=unit).select_related("unit", "by").order_by("-pk")


def invitation_by(code: str) -> Invitation | None:
    """The invitation of a code, in whatever state; None where no office made it."""
    return Invitation.objects.filter(code_hash=hash_of(code)).select_related("unit", "by").first()


def offices_below(unit: Unit) -> list[tuple[Unit, int]]:
    """The offices right under a unit (a zone's are its provinces, a district has none) with how many posts are held there today."""
    if unit.kind not in {Kind.DEPARTMENT, Kind.ZONE, Kind.PROVINCE}:
        return []
    below = list(children(unit))
    held = Counter(Post.objects.held_on(clock.today()).filter(unit__in=below).values_list("unit_id", flat=True))
    return [(office, held[office.pk]) for office in below]


def villages_by_subdistrict(district: Unit) -> list[tuple[Unit, list[Unit]]]:
    """The subdistricts of a district in Thai order, each with the villages typed in, by หมู่."""
    villages: dict[int, list[Unit]] = {}
    for village in Unit.objects.filter(kind=Kind.VILLAGE, parent__parent=district).order_by("path"):
        villages.setdefault(village.parent_id or 0, []).append(village)
    return [(subdistrict, villages.get(subdistrict.pk, [])) for subdistrict in children(district)]


def demonstration_posts() -> list[Post]:
    """One post of each demonstration account (username demo-…), in the order of the roles."""
    posts = Post.objects.held_on(clock.today()).filter(person__username__startswith=DEMONSTRATION_NAME, person__is_active=True)
    order = {role: place for place, role in enumerate(ROLES)}
    by_person = {post.person_id: post for post in posts.select_related("person", "unit").order_by("-id")}
    return sorted(by_person.values(), key=lambda post: (order[post.role], post.person_id))


def districts_by_province() -> dict[str, int]:
    """Province path → how many active districts it has."""
    return dict(Counter(path[:2] for path in Unit.objects.filter(kind=Kind.DISTRICT, active=True).values_list("path", flat=True)))


@dataclass(frozen=True)
class NamesAbove:
    """The names of all places above some paths, read in one query."""

    units: dict[str, Unit]

    def _short(self, path: str, length: int) -> str:
        unit = self.units.get(path[:length])
        return unit.short_name if unit else ""

    def village(self, path: str) -> str:
        """บ้านอุ่มเหม้า หมู่ 2."""
        return self._short(path, 8)

    def subdistrict(self, path: str) -> str:
        """ต.อุ่มเหม้า."""
        return self._short(path, 6)

    def district(self, path: str) -> str:
        """อ.ธาตุพนม."""
        return self._short(path, 4)

    def province(self, path: str) -> str:
        """จ.นครพนม."""
        return self._short(path, 2)

    def sort_of(self, path: str) -> tuple[str, ...]:
        """Province, district, subdistrict, village in Thai order."""
        return tuple(self.units[path[:end]].sort_key if path[:end] in self.units else "" for end in (2, 4, 6, 8))


def names_above(paths: Iterable[str]) -> NamesAbove:
    """The names of the places above these paths; one query for every 500 places."""
    wanted = sorted({path[:end] for path in paths for end in (2, 4, 6, 8) if len(path) >= end})
    found: dict[str, Unit] = {}
    for start in range(0, len(wanted), 500):
        found |= Unit.objects.in_bulk(wanted[start : start + 500], field_name="path")
    return NamesAbove(found)


DEVICES = {"iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "Windows": "Windows", "Macintosh": "Mac", "Linux": "Linux"}
BROWSERS = {"Line/": "LINE", "Edg": "Edge", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}


class OpenSession(NamedTuple):
    """Where a person is signed in."""

    kept: UserSession
    device: str
    browser: str


def open_sessions(person: Person) -> list[OpenSession]:
    """Where this person is signed in now, the latest first."""
    alive = Session.objects.filter(expire_date__gt=clock.now()).values("session_key")
    kept = UserSession.objects.filter(user=person, session_key__in=alive).order_by("-created_at", "-pk")
    return [OpenSession(one, _named(one.user_agent, DEVICES), _named(one.user_agent, BROWSERS)) for one in kept]


def _named(user_agent: str, names: dict[str, str]) -> str:
    """The first of these names that the browser says of itself; nothing where it says none."""
    return next((name for sign, name in names.items() if sign in user_agent), "")
