"""Reads of the follow-up room that are worth a name."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from sajja.followup import lives
from sajja.followup.models import Finding, FindingMove, Visit, VisitMove, VisitPhoto, VisitPlace
from sajja.org.door import ranges_of, scoped, within
from sajja.org.models import Kind, Person, Post, Unit, ZoneProvince
from sajja.org.permissions import P
from sajja.org.queries import zones_of_provinces
from sajja.programme.models import ProgrammeYear
from sajja.programme.terms import Terms
from sajja.web import clock

ROLE = "followup_officer"


def zone_on(province: Unit, day: date) -> Unit | None:
    """The zone that a province belongs to on a day; None for Bangkok."""
    in_force = Q(ends__isnull=True) | Q(ends__gte=day)
    row = ZoneProvince.objects.filter(in_force, province=province, starts__lte=day).select_related("zone").first()
    return row.zone if row else None


def all_visits() -> QuerySet[Visit]:
    """Every visit with its province, zone, year and planner."""
    return Visit.objects.select_related("province", "zone", "year", "planned_by")


def all_findings() -> QuerySet[Finding]:
    """Every finding with whom it is about, who owes the answer, and its visit."""
    return Finding.objects.select_related("about", "owner", "by", "visit__province", "visit__zone", "visit__year")


def visits_under(person: Person, year: ProgrammeYear, unit: Unit) -> QuerySet[Visit]:
    """The visits that this person may see under a unit, by day: a zone's are those made for it then, a district's or a group's
    those that go there."""
    found = scoped(person, P.SEE_VISITS, all_visits().filter(year=year))
    if unit.kind == Kind.ZONE:
        found = found.filter(zone=unit)
    elif unit.kind == Kind.PROVINCE:
        found = found.filter(province=unit)
    elif unit.kind != Kind.DEPARTMENT:
        there = VisitPlace.objects.filter(within("unit__path", ranges_of(unit)), visit=OuterRef("pk"))
        found = found.filter(Exists(there))
    return found.order_by("day", "pk")


def places_under(person: Person, year: ProgrammeYear, unit: Unit) -> QuerySet[VisitPlace]:
    """Where the visits of a year go under a unit, by day, those cancelled left out: for districts and groups."""
    there = VisitPlace.objects.filter(within("unit__path", ranges_of(unit)), visit__year=year).exclude(visit__state="cancelled")
    found = scoped(person, P.SEE_VISITS, there)
    return found.select_related("unit", "visit__province", "visit__zone").order_by("visit__day", "unit__path", "pk")


def findings_under(person: Person, year: ProgrammeYear, unit: Unit) -> QuerySet[Finding]:
    """The findings about places under a unit that this person may see, the earliest due first; a zone's by its provinces of today."""
    found = all_findings().filter(within("about__path", ranges_of(unit)), visit__year=year)
    return scoped(person, P.SEE_VISITS, found).order_by("due", "pk")


def shown(findings: QuerySet[Finding], which: str, today: date) -> QuerySet[Finding]:
    """Those of one list: all, open, late, answered or closed."""
    found = findings.filter(state__in=lives.SHOWN[which])
    return found.filter(due__lt=today) if which == "late" else found


@dataclass(frozen=True)
class Counts:
    """How many visits are in each state, and findings in each list; `late` findings are open as well."""

    visits: Counter[str]
    findings: Counter[str]


def counts(visits: Iterable[str], findings: Iterable[tuple[str, date]], today: date) -> Counts:
    """Of the visits' states, and the state and due day of each finding."""
    of_findings: Counter[str] = Counter()
    for state, due in findings:
        of_findings.update(which for which, states in lives.SHOWN.items() if state in states and which != "late")
        of_findings["late"] += lives.is_late(state, due, today)
    return Counts(Counter(visits), of_findings)


@dataclass(frozen=True)
class Row:
    """A zone, or a province of one, with its counts, whether it was visited, and who follows it up today."""

    unit: Unit
    counts: Counts
    officers: Sequence[str] = ()
    provinces: int = 0

    @property
    def visited(self) -> bool:
        """Whether at least one visit was made."""
        return self.counts.visits["made"] > 0


def zone_rows(year: ProgrammeYear, today: date) -> list[Row]:
    """The inspection zones with their counts: visits by the zone they were made for, findings by the zone of today. Five queries."""
    zones = Unit.objects.filter(kind=Kind.ZONE, active=True).order_by("path")
    of_province = zones_of_provinces()
    provinces = Counter(zone.pk for zone in of_province.values())
    visits: dict[int, list[str]] = {}
    for zone_key, state in Visit.objects.filter(year=year).values_list("zone_id", "state"):
        visits.setdefault(zone_key, []).append(state)
    findings: dict[int, list[tuple[str, date]]] = {}
    for path, state, due in Finding.objects.filter(visit__year=year).values_list("about__path", "state", "due"):
        if zone := of_province.get(path[:2]):
            findings.setdefault(zone.pk, []).append((state, due))
    officers = officers_by_zone(today)
    return [
        Row(
            zone,
            counts(visits.get(zone.pk, ()), findings.get(zone.pk, ()), today),
            officers.get(zone.pk, ()),
            provinces[zone.pk],
        )
        for zone in zones
    ]


def province_rows(person: Person, year: ProgrammeYear, zone: Unit, today: date) -> list[Row]:
    """The provinces that a zone has today, in Thai order, with their counts. Six queries with the door's own."""
    visits: dict[int, list[str]] = {}
    for province, state in visits_under(person, year, zone).values_list("province_id", "state"):
        visits.setdefault(province, []).append(state)
    findings: dict[str, list[tuple[str, date]]] = {}
    for path, state, due in findings_under(person, year, zone).values_list("about__path", "state", "due"):
        findings.setdefault(path[:2], []).append((state, due))
    paths = [path for path, one in zones_of_provinces().items() if one.pk == zone.pk]
    return [
        Row(unit, counts(visits.get(unit.pk, ()), findings.get(unit.path, ()), today))
        for unit in Unit.objects.filter(path__in=paths).order_by("sort_key", "path")
    ]


def visited_in(year: ProgrammeYear, first: date, last: date) -> int:
    """How many zones had a visit made between two days."""
    made = Visit.objects.filter(year=year, state="made", day__gte=first, day__lte=last)
    return made.values("zone").distinct().count()


def outside_quarter(terms: Terms, day: date) -> bool:
    """Whether a day lies outside the quarter in which the department follows up; a flag, never a block."""
    return not terms.forum_starts <= day <= terms.forum_quarter_ends


def officers_by_zone(today: date) -> dict[int, list[str]]:
    """Zone's key → who follows it up today."""
    posts = Post.objects.held_on(today).filter(role=ROLE, unit__kind=Kind.ZONE).select_related("person").order_by("starts", "pk")
    found: dict[int, list[str]] = {}
    for post in posts:
        found.setdefault(post.unit_id, []).append(post.person.full_name)
    return found


def zone_posts() -> QuerySet[Post]:
    """Every post of a follow-up officer, past and coming, by zone, the newest first."""
    posts = Post.objects.filter(role=ROLE, unit__kind=Kind.ZONE)
    return posts.select_related("person", "unit").order_by("unit__path", "-starts", "-pk")


def may_be_assigned() -> QuerySet[Person]:
    """Who may be given a zone: active people who hold a post at the department or at a zone today."""
    there = Post.objects.held_on(clock.today()).filter(unit__kind__in=[Kind.DEPARTMENT, Kind.ZONE])
    return Person.objects.filter(is_active=True, pk__in=there.values("person")).order_by("full_name", "pk")


def places_of(visit: Visit) -> list[VisitPlace]:
    """Where a visit goes, those chosen by risk first."""
    order = {"risk": 0, "chance": 1}
    return sorted(visit.places.select_related("unit"), key=lambda one: (order.get(one.how, 2), one.unit.path))


def photos_of(visit: Visit) -> list[VisitPhoto]:
    """The standing pictures, as they were taken in."""
    return list(visit.photos.filter(removed_at__isnull=True).order_by("at", "pk"))


def moves_of(visit: Visit) -> list[VisitMove]:
    """What happened to a visit, newest first."""
    return list(visit.moves.select_related("by").order_by("-at", "-pk"))


def findings_of(visit: Visit) -> list[Finding]:
    """What a visit found, in the order written."""
    return list(all_findings().filter(visit=visit).order_by("pk"))


def moves_of_finding(finding: Finding) -> list[FindingMove]:
    """What was said about a finding, oldest first, each with the pictures it rests on."""
    return list(finding.moves.select_related("by").prefetch_related("evidence").order_by("at", "pk"))


def answers_of(findings: Iterable[Finding]) -> dict[int, FindingMove]:
    """Finding's key → its newest answer. One query."""
    moves = FindingMove.objects.filter(finding__in=list(findings), move="answer").select_related("by").order_by("at", "pk")
    return {move.finding_id: move for move in moves}
