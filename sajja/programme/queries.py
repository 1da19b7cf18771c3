"""Reads of the programme room that are worth a name."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from sajja.groups.models import DevelopmentLevel, SavingsGroup
from sajja.org.door import AFTER
from sajja.org.models import Kind, Unit
from sajja.programme import rule
from sajja.programme.models import Place, ProgrammeYear, Proposal, ProvinceList, Revision, SelectedGroup
from sajja.programme.rule import Candidate
from sajja.programme.terms import Terms, read


def year_of(year: int) -> ProgrammeYear:
    """The programme year by its B.E. year."""
    return ProgrammeYear.objects.get(year=year)


def latest_year() -> ProgrammeYear | None:
    """The newest year that the department has opened; None before the first."""
    return ProgrammeYear.objects.order_by("-year").first()


def latest_revision(year: int | None = None) -> Revision | None:
    """The revision in force of a year (B.E.; the newest unless another is asked for), its year with it; None before it is open.
    One query."""
    asked = Revision.objects.all() if year is None else Revision.objects.filter(year__year=year)
    return asked.select_related("year").order_by("-year__year", "-number").first()


def current_revision(year: ProgrammeYear) -> Revision:
    """The revision in force: the newest."""
    return year.revisions.order_by("-number")[:1].get()


def terms_of(revision: Revision) -> Terms:
    """The typed terms of a revision."""
    return _read_once(json.dumps(revision.terms))


@lru_cache(maxsize=16)
def _read_once(written: str) -> Terms:
    """Terms are read and checked once for each text: a page or an act asks for them several times."""
    return read(json.loads(written))


def standing(year: ProgrammeYear) -> QuerySet[SelectedGroup]:
    """The groups that hold a place of the year now."""
    return SelectedGroup.objects.filter(year=year, until__isnull=True)


def held_by_year() -> dict[int, int]:
    """Year's key → places that a group holds now."""
    rows = SelectedGroup.objects.filter(until__isnull=True).values_list("year")
    return dict(rows.annotate(Count("pk")))


def frozen_by_year() -> dict[int, int]:
    """Year's key → provinces whose list is frozen."""
    return dict(ProvinceList.objects.values_list("year").annotate(Count("pk")))


def list_of(year: ProgrammeYear, province: str) -> ProvinceList | None:
    """A province's frozen list by its 2-digit path; None before its head confirmed it."""
    return (
        ProvinceList.objects.filter(year=year, province__path=province)
        .select_related("revision", "province", "confirmed_by")
        .first()
    )


def terms_for(year: ProgrammeYear, frozen: ProvinceList | None = None) -> Terms:
    """The terms that a province stands under: its list's own revision once frozen, the current one before."""
    return terms_of(frozen.revision if frozen else current_revision(year))


def open_proposals(year: ProgrammeYear, path: str = "") -> QuerySet[Proposal]:
    """The proposals under a unit's path that were not withdrawn."""
    return Proposal.objects.filter(
        year=year, withdrawn_at__isnull=True, group__unit__path__gte=path, group__unit__path__lt=path + AFTER
    ).select_related("group__unit", "by")


def holders(year: ProgrammeYear, path: str = "") -> QuerySet[SelectedGroup]:
    """All who hold or held a place under a unit's path, by place and time."""
    return (
        SelectedGroup.objects.filter(year=year, group__unit__path__gte=path, group__unit__path__lt=path + AFTER)
        .select_related("group__unit", "place", "by", "until_by")
        .order_by("place__number", "at", "id")
    )


def candidates(year: int, path: str) -> list[Candidate]:
    """Every registered group under a unit's path as the rule sees it. Two queries."""
    return candidates_of(year, SavingsGroup.objects.filter(unit__path__gte=path, unit__path__lt=path + AFTER))


def candidates_of(year: int, groups: QuerySet[SavingsGroup]) -> list[Candidate]:
    """These groups as the rule sees them: the newest counting level of a fiscal year up to `year` (B.E.). Two queries."""
    found = list(groups.select_related("unit", "centre_founding"))
    levels = _levels(year, found)
    return [
        Candidate(
            group=group.pk,
            name=group.name,
            path=group.unit.path,
            level=levels.get(group.pk, (None, None))[0],
            level_year=levels.get(group.pk, (None, None))[1],
            founder=hasattr(group, "centre_founding"),
            centre=group.centre_founding.centre_name if hasattr(group, "centre_founding") else "",
            closed=group.closed_on is not None,
        )
        for group in found
    ]


def _levels(year: int, groups: Iterable[SavingsGroup]) -> dict[int, tuple[int, int]]:
    paths = sorted(group.unit.path for group in groups)
    if not paths:
        return {}
    rows = DevelopmentLevel.objects.filter(
        counts=True, fiscal_year__lte=year, group__unit__path__gte=paths[0], group__unit__path__lte=paths[-1]
    )
    return {
        group: (level, fiscal_year)
        for group, level, fiscal_year in rows.order_by("fiscal_year").values_list("group_id", "level", "fiscal_year")
    }


def districts_of(province: str) -> list[Unit]:
    """The active districts of a province, in Thai order."""
    return list(Unit.objects.filter(kind=Kind.DISTRICT, active=True, parent__path=province).order_by("sort_key", "path"))


def places_by_scope(terms: Terms, province: str, districts: Iterable[Unit]) -> dict[str, int]:
    """Scope path → places in it: the province itself, or each of its districts where the year's quota is per district."""
    if not terms.takes_part(province):
        return {}
    if terms.quota_per == "district":
        return {district.path: terms.quota_in(province) for district in districts}
    return {province: terms.quota_in(province)}


def withdrawn(year: ProgrammeYear, path: str) -> dict[int, str]:
    """Group → why its district withdrew it, for those that are not proposed now."""
    rows = Proposal.objects.filter(
        year=year, withdrawn_at__isnull=False, group__unit__path__gte=path, group__unit__path__lt=path + AFTER
    ).order_by("withdrawn_at")
    return dict(rows.values_list("group_id", "withdrawn_because"))


def left_out(
    every: Iterable[Candidate],
    chosen: Collection[int],
    terms: Terms,
    places: Mapping[str, int],
    because: Mapping[int, str],
    withdrawn: Mapping[int, str],
    proposed: Collection[int] = (),
) -> list[tuple[Candidate, str]]:
    """Each group without a place, in the order of the rule, with the reason in Thai."""
    known = list(every)
    filled = Counter(rule.scope_of(candidate.path, places) for candidate in known if candidate.group in chosen)
    found = []
    for candidate in rule.in_order(known, terms.rules):
        if candidate.group in chosen:
            continue
        scope = rule.scope_of(candidate.path, places)
        why = rule.why_left_out(
            candidate,
            terms.rules,
            proposed=candidate.group in proposed,
            filled=filled[scope],
            places=places.get(scope or "", 0),
            because=because.get(candidate.group) or _withdrawn_because(withdrawn.get(candidate.group)),
        )
        found.append((candidate, why))
    return found


def _withdrawn_because(reason: str | None) -> str:
    if reason is None:
        return ""
    return _("อำเภอถอนการเสนอ: %(reason)s") % {"reason": reason} if reason else _("อำเภอถอนการเสนอ")


def missing_places(frozen: ProvinceList, terms: Terms, districts: Iterable[Unit]) -> list[str]:
    """The scope of each place that these terms give a province beyond those of its frozen list."""
    wanted = places_by_scope(terms, frozen.province.path, districts)
    rows = Place.objects.filter(list=frozen).values_list("district__path", flat=True)
    have = Counter(path or frozen.province.path for path in rows)
    return [scope for scope, quota in wanted.items() for _n in range(quota - have[scope])]


def programme_paths(terms: Terms) -> list[str]:
    """The paths of the active provinces and districts that lie in the programme."""
    paths = (
        Unit.objects.filter(active=True, kind__in=[Kind.PROVINCE, Kind.DISTRICT]).order_by("path").values_list("path", flat=True)
    )
    return [path for path in paths if terms.takes_part(path)]


def programme_units(terms: Terms) -> dict[str, int]:
    """How many provinces and districts the register of places has in the programme: to hold against the letter."""
    counts = Counter(len(path) for path in programme_paths(terms))
    return {"provinces": counts[2], "districts": counts[4]}


def names_under(path: str) -> dict[str, Unit]:
    """Path → district or subdistrict under a province's or district's path, abolished ones as well."""
    units = Unit.objects.filter(kind__in=[Kind.DISTRICT, Kind.SUBDISTRICT], path__gte=path, path__lt=path + AFTER)
    return {unit.path: unit for unit in units}


def province_names() -> dict[str, str]:
    """Path → short name of every province."""
    return dict(Unit.objects.filter(kind=Kind.PROVINCE).order_by("sort_key").values_list("path", "name"))


def kept_by(year: ProgrammeYear) -> dict[str, int]:
    """What a revision leaves as it is: frozen lists, and the groups on them."""
    return {"lists": ProvinceList.objects.filter(year=year).count(), "groups": standing(year).count()}
