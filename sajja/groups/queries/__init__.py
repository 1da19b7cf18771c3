"""Reads of the register that are worth a name."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db.models import F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from sajja.audit.queries import history_of
from sajja.groups.history import Line, in_time, line
from sajja.groups.models import (
    CentreFounding,
    CommitteeMember,
    DevelopmentLevel,
    LastAppropriation,
    RegisterImport,
    Regulation,
    SavingsGroup,
)
from sajja.groups.queries.members import active as active
from sajja.groups.queries.members import active_on as active_on
from sajja.groups.queries.members import beneficiaries_of as beneficiaries_of
from sajja.groups.queries.members import changes_of as changes_of
from sajja.groups.queries.members import families_of as families_of
from sajja.groups.queries.members import figures_of as figures_of
from sajja.groups.queries.members import has_book as has_book
from sajja.groups.queries.members import meetings_of as meetings_of
from sajja.groups.queries.members import member_imports as member_imports
from sajja.groups.queries.members import member_of as member_of
from sajja.groups.queries.members import members_of as members_of
from sajja.groups.queries.members import named_by as named_by
from sajja.groups.queries.members import narrowed as narrowed
from sajja.groups.queries.members import next_number as next_number
from sajja.groups.queries.members import numbers_after as numbers_after
from sajja.groups.queries.members import numbers_of as numbers_of
from sajja.groups.queries.members import pledge_history as pledge_history
from sajja.groups.queries.members import pledge_refusal as pledge_refusal
from sajja.groups.queries.members import pledges_on as pledges_on
from sajja.groups.queries.members import read_members as read_members
from sajja.groups.queries.members import require_keys as require_keys
from sajja.groups.queries.members import resolutions_of as resolutions_of
from sajja.groups.queries.members import told as told
from sajja.groups.queries.resolutions import namings as namings
from sajja.groups.sheet import COLUMNS, Gazetteer, Known, Reader, Reading
from sajja.lib.names import find_key
from sajja.lib.thai_dates import fiscal_year
from sajja.org.door import AFTER, ranges, scoped
from sajja.org.models import Kind, Person, Unit
from sajja.org.permissions import P
from sajja.org.queries import department
from sajja.org.roles import ROLES
from sajja.web import clock
from sajja.web.sheets import rows

PLACE_WORDS = re.compile(r"^(ตำบล|อำเภอ|จังหวัด|แขวง|เขต|ต\.|อ\.|จ\.)(?=.)")
ORDERS = {
    "name": ("unit__sort_key", "unit__path"),
    "place": ("unit__path",),
    "level": (F("level").asc(nulls_last=True), "unit__sort_key"),
    "founded": (F("founded_on").asc(nulls_last=True), "unit__sort_key"),
}
DOWNWARDS = {
    "name": ("-unit__sort_key", "-unit__path"),
    "place": ("-unit__path",),
    "level": (F("level").desc(nulls_last=True), "unit__sort_key"),
    "founded": (F("founded_on").desc(nulls_last=True), "unit__sort_key"),
}


def register(person: Person) -> QuerySet[SavingsGroup]:
    """The groups this person may see, with the newest `level` and `level_year` and whether it founded a centre."""
    return with_level(scoped(person, P.SEE_GROUPS, SavingsGroup.objects.select_related("unit__parent", "centre_founding")))


def with_level(groups: QuerySet[SavingsGroup]) -> QuerySet[SavingsGroup]:
    """Each group with its newest `level` and the `level_year` it was set for."""
    newest = DevelopmentLevel.objects.filter(group=OuterRef("pk"), counts=True).order_by("-fiscal_year")
    return groups.annotate(level=Subquery(newest.values("level")[:1]), level_year=Subquery(newest.values("fiscal_year")[:1]))


def search(groups: QuerySet[SavingsGroup], text: str) -> QuerySet[SavingsGroup]:
    """The groups in whose name, code or places every word of the text is found, in any order, any part of it."""
    for word in text.split():
        key = find_key(PLACE_WORDS.sub("", word))
        if key:
            groups = groups.filter(search_text__contains=key)
    return groups


def under(groups: QuerySet[SavingsGroup], path: str) -> QuerySet[SavingsGroup]:
    """The groups under a place, by its path."""
    return groups.filter(unit__path__gte=path, unit__path__lt=path + AFTER)


def in_order(groups: QuerySet[SavingsGroup], sort: str) -> QuerySet[SavingsGroup]:
    """Sorted by name (Thai), place, level or founded, "-" before it for downwards; always the same among equals."""
    orders = DOWNWARDS if sort.startswith("-") else ORDERS
    return groups.order_by(*orders.get(sort.removeprefix("-"), ORDERS["name"]))


def open_groups(groups: QuerySet[SavingsGroup]) -> QuerySet[SavingsGroup]:
    """Without the groups that have closed."""
    return groups.filter(closed_on__isnull=True)


def levels_of(groups: Iterable[SavingsGroup], year: int) -> dict[int, int]:
    """Group's key → its level of that fiscal year, for the groups that have one."""
    graded = DevelopmentLevel.objects.filter(group__in=groups, fiscal_year=year, counts=True)
    return dict(graded.values_list("group_id", "level"))


def levels_by_key(year: int) -> dict[int, int]:
    """Group's key → its level of that fiscal year, all groups."""
    return dict(DevelopmentLevel.objects.filter(fiscal_year=year, counts=True).values_list("group_id", "level"))


def known_groups() -> list[Known]:
    """All groups of the register as a sheet is compared with them: a sheet may hold another office's code by mistake."""
    groups = SavingsGroup.objects.values_list("pk", "code", "unit__path", "name")
    return [Known(pk, code, path[:8], name) for pk, code, path, name in groups]


def gazetteer() -> Gazetteer:
    """The official places in use and the villages typed in."""
    places = Unit.objects.filter(active=True, kind__in=[Kind.PROVINCE, Kind.DISTRICT, Kind.SUBDISTRICT])
    villages = Unit.objects.filter(kind=Kind.VILLAGE)
    return Gazetteer(dict(places.values_list("path", "name")), dict(villages.values_list("path", "name")))


def read_sheet(person: Person, upload: UploadedFile[Any]) -> Reading:
    """Read and check an uploaded sheet for this person, whose posts say which places it may hold; Refused where it is no such sheet."""
    posts = [post for post in person.posts_today if P.IMPORT_GROUPS in ROLES[post.role].may]
    allowed = [path_range for post in posts for path_range in ranges(post)]
    reader = Reader(
        places=gazetteer(),
        known=known_groups(),
        may_touch=lambda path: any(low <= path < high for low, high in allowed),
        today=clock.today(),
        year=fiscal_year(clock.today()),
    )
    return reader.read((row.number, row.cells) for row in rows(upload, COLUMNS))


def imports(person: Person) -> QuerySet[RegisterImport]:
    """The sheets uploaded in this person's units, newest first, without their rows."""
    return scoped(person, P.IMPORT_GROUPS, RegisterImport.objects.select_related("by").defer("rows", "errors")).order_by(
        "-at", "-pk"
    )


def level_rows(group: SavingsGroup) -> QuerySet[DevelopmentLevel]:
    """All gradings, newest year first, the one that counts before those it replaced."""
    return group.levels.order_by("-fiscal_year", "-counts", "-at", "-id")


def regulation_on(group: SavingsGroup, day: date | None = None) -> Regulation | None:
    """The rules in force on that day (today), with their heads."""
    regulations = group.regulations.filter(in_force_from__lte=day or clock.today(), counts=True)
    return regulations.prefetch_related(Prefetch("heads")).order_by("-in_force_from").first()


def committee_on(group: SavingsGroup, day: date | None = None) -> list[CommitteeMember]:
    """The committee whose term covers that day (today): by section, then by office."""
    day = day or clock.today()
    members = group.committee.filter(Q(ends__isnull=True) | Q(ends__gte=day), starts__lte=day, counts=True)
    sections = ["directing", "promotion", "loans", "audit"]
    offices = ["chair", "vice", "secretary", "treasurer", "member"]
    return sorted(members, key=lambda m: (sections.index(m.section), offices.index(m.office), m.pk))


def latest_regulation(group: SavingsGroup) -> Regulation | None:
    """The newest rules that count, in force already or not yet."""
    return group.regulations.filter(counts=True).order_by("-in_force_from").first()


def latest_committee(group: SavingsGroup) -> list[CommitteeMember]:
    """The committee that was written down last, its term begun last."""
    newest = group.committee.filter(counts=True).order_by("-starts").values("starts")[:1]
    return list(group.committee.filter(counts=True, starts=Subquery(newest)).order_by("pk"))


def last_appropriation(group: SavingsGroup) -> LastAppropriation | None:
    """The newest sharing of the surplus; of one year the one typed last."""
    return group.appropriations.order_by("-fiscal_year", "-at", "-id").first()


def places_above(group: SavingsGroup) -> list[Unit]:
    """Village, subdistrict, district, province, from below."""
    return list(Unit.objects.filter(path__in=group.unit.paths_above[1:]).order_by("-path"))


def names_of_places(paths: Iterable[str]) -> dict[str, str]:
    """Path → name of every province, district and subdistrict above these paths, in one query."""
    provinces = {path[:2] for path in paths}
    kinds = [Kind.PROVINCE, Kind.DISTRICT, Kind.SUBDISTRICT]
    places = Unit.objects.filter(kind__in=kinds)
    if len(provinces) < 20:  # a handful of ranges; else the whole table is the quicker read
        wanted = Q(pk__in=[])
        for province in provinces:
            wanted |= Q(path__gte=province, path__lt=province + AFTER)
        places = places.filter(wanted)
    return dict(places.values_list("path", "name"))


def history(group: SavingsGroup) -> list[Line]:
    """What happened to a group's entry, newest first: its registration, its gradings, and every act about it."""
    acts = list(history_of(group))
    told = [line(row.at, row.by_name, row.act, row.detail) for row in acts]
    graded = [
        Line(row.at, row.by_name, _("บันทึกระดับการพัฒนาปี %(year)s เป็นระดับ %(level)s จาก%(source)s") % {
            "year": row.fiscal_year, "level": row.level, "source": row.source,
        })
        for row in level_rows(group)
    ]  # fmt: skip
    begun = Line(group.registered_at, group.registered_by, _("ลงทะเบียนกลุ่ม"))
    with_others = _by_acts_about_many(group)
    centre = _centre_from_a_sheet(group, {row.act for row in acts})
    return in_time([*(found for found in told if found), *graded, *with_others, *centre, begun])


def _by_acts_about_many(group: SavingsGroup) -> list[Line]:
    """The rules and committees that came to the group and to others in one act, told as if they had come alone."""
    key = str(group.pk)
    acts = history_of(department()).filter(act__in=["groups.add_regulations", "groups.elect_committees"], detail__of__has_key=key)
    found = []
    for row in acts:
        if row.act == "groups.add_regulations":
            rules = Regulation.objects.prefetch_related("heads").get(pk=row.detail["of"][key])
            found.append(line(row.at, row.by_name, "groups.add_regulation", _written_rules(rules)))
        else:
            names = CommitteeMember.objects.filter(pk__in=row.detail["of"][key]).order_by("pk").values_list("name")
            detail = {"starts": row.detail["starts"], "members": list(names)}
            found.append(line(row.at, row.by_name, "groups.elect_committee", detail))
    return [told for told in found if told]


def _written_rules(rules: Regulation) -> dict[str, Any]:
    return {
        "in_force_from": rules.in_force_from.isoformat(), "pledge_unit_satang": rules.pledge_unit_satang,
        "loan_interest_bp": rules.loan_interest_bp, "heads": [(head.name, head.share_bp) for head in rules.heads.all()],
    }  # fmt: skip


def _centre_from_a_sheet(group: SavingsGroup, acts: set[str]) -> list[Line]:
    """The founding of a centre that came with a sheet has no act of its own about the group."""
    centre = CentreFounding.objects.filter(group=group).first()
    if centre is None or "groups.found_centre" in acts:
        return []
    said = _("บันทึกการเป็นแกนนำจัดตั้ง%(name)s ปี %(year)s") % {"name": centre.centre_name, "year": centre.year}
    return [Line(centre.recorded_at, centre.recorded_by, said)]
