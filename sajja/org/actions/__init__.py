"""Every write of the org room: places, people, posts."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from sajja.audit.actions import record
from sajja.audit.acts import act
from sajja.lib.refusals import Refused
from sajja.lib.thai_dates import short
from sajja.lib.thai_sort import sort_key
from sajja.org.appointing import may_give
from sajja.org.models import Kind, Person, Post, Unit, ZoneProvince
from sajja.org.places import divisions
from sajja.org.roles import ROLES
from sajja.org.signing_in import home_of
from sajja.web import clock

ZONES = 18
ZONES_SINCE = date(2017, 10, 1)
SYSTEM = "system"
NO_PASSWORD = "!"  # nosec B105 # Django reads it as: cannot sign in by password


class NewGroupUnit(NamedTuple):
    """A group to be placed under its village (8-digit code)."""

    village_code: str
    name: str


class NewVillage(NamedTuple):
    """A village by its 8-digit code."""

    code: str
    name: str


class NewPost(NamedTuple):
    """A person to be given an account and a post."""

    username: str
    full_name: str
    role: str


@act
def load_places() -> int:
    """The department, its zones and all official places, once; returns how many units were made. Again: none."""
    if Unit.objects.filter(kind=Kind.SUBDISTRICT).exists():
        return 0
    name = _("กรมการพัฒนาชุมชน")
    department = Unit.objects.create(kind=Kind.DEPARTMENT, code="0", path="", name=name, sort_key="")
    _load_divisions(department)
    _load_zones(department)
    made = Unit.objects.count()
    record(SYSTEM, "org.load_places", department, "", units=made)
    return made


def _load_divisions(department: Unit) -> None:
    rows = divisions.divisions()
    known = {"": department}
    for kind in (Kind.PROVINCE, Kind.DISTRICT, Kind.SUBDISTRICT):
        level = [row for row in rows if row.kind == kind]
        made = Unit.objects.bulk_create(
            [
                Unit(
                    kind=kind, code=row.code, path=row.code, name=row.name_th, name_en=row.name_en,
                    sort_key=sort_key(row.name_th), parent=known[row.parent_code or ""], active=not row.abolished,
                )
                for row in level
            ],
            batch_size=500,
        )  # fmt: skip
        known |= {unit.code: unit for unit in made}
    with_successor = [known[row.code] for row in rows if row.successor_code]
    for row in rows:
        if row.successor_code:
            known[row.code].successor = known[row.successor_code]
    Unit.objects.bulk_update(with_successor, ["successor"])


def _load_zones(department: Unit) -> None:
    zones = Unit.objects.bulk_create(
        [
            Unit(kind=Kind.ZONE, code=f"{n}", path=f"z{n:02}", name=f"{n}", sort_key=f"{n:02}", parent=department)
            for n in range(1, ZONES + 1)
        ]
    )
    provinces = Unit.objects.filter(kind=Kind.PROVINCE)
    ZoneProvince.objects.bulk_create(
        [
            ZoneProvince(zone=zones[number - 1], province=province, starts=ZONES_SINCE)
            for province in provinces
            if (number := divisions.zone_of(province.code))
        ]
    )


@act
def add_village(*, by: Person | str, subdistrict: Unit, number: int, name: str, at: datetime | None = None) -> Unit:
    """A village typed in by the office: no official list of villages is public. Its code is the subdistrict's and หมู่ (1–99)."""
    code = f"{subdistrict.code}{number:02}"
    if Unit.objects.filter(kind=Kind.VILLAGE, code=code).exists():
        raise Refused(_("ตำบลนี้มีหมู่ %(number)s แล้ว เลือกจากรายชื่อได้เลย") % {"number": number}, field="number")
    village = Unit.objects.create(
        kind=Kind.VILLAGE, code=code, path=code, name=name, sort_key=sort_key(f"{name} {number:02}"), parent=subdistrict
    )
    record(by, "org.add_village", village, village.path, at=at, name=name)
    return village


@act
def add_villages(*, by: Person | str, office: Unit, villages: Iterable[NewVillage], at: datetime | None = None) -> list[Unit]:
    """Many villages of an office's area typed in at once; one audit row about the office. Refused where a code is taken."""
    wanted = list(villages)
    if taken := Unit.objects.filter(path__in=[village.code for village in wanted]).order_by("path").first():
        raise Refused(_("มี%sอยู่แล้ว เลือกจากรายชื่อได้เลย") % taken.short_name)
    made = place_villages(wanted)
    record(by, "org.add_villages", office, office.path, at=at, villages=len(made))
    return made


def place_groups(groups: Iterable[NewGroupUnit]) -> list[Unit]:
    """Units for new groups, in the order given; a part of the act of whoever registers them (no audit row of its own)."""
    wanted = list(groups)
    villages = Unit.objects.in_bulk({group.village_code for group in wanted}, field_name="path")
    last: dict[str, int] = {}
    for path in Unit.objects.filter(kind=Kind.GROUP, parent__path__in=list(villages)).values_list("path", flat=True):
        last[path[:8]] = max(last.get(path[:8], 0), int(path[8:]))
    units = []
    for group in wanted:
        number = last[group.village_code] = last.get(group.village_code, 0) + 1
        path = f"{group.village_code}{number:04}"
        units.append(
            Unit(
                kind=Kind.GROUP,
                code=path,
                path=path,
                name=group.name,
                sort_key=sort_key(group.name),
                parent=villages[group.village_code],
            )
        )
    return Unit.objects.bulk_create(units, batch_size=500)


def place_villages(villages: Iterable[NewVillage]) -> list[Unit]:
    """Units for villages that are not there yet; a part of the act of whoever imports them (no audit row of its own)."""
    wanted = list(villages)
    subdistricts = Unit.objects.in_bulk({village.code[:6] for village in wanted}, field_name="path")
    return Unit.objects.bulk_create(
        [
            Unit(
                kind=Kind.VILLAGE, code=code, path=code, name=name, sort_key=f"{sort_key(name)}{code[6:]}", parent=subdistricts[code[:6]]
            )
            for code, name in wanted
        ],
        batch_size=500,
    )  # fmt: skip


def rename_group(unit: Unit, name: str) -> None:
    """Give a group's unit its new name; a part of the act of whoever changes the register (no audit row of its own)."""
    unit.name, unit.sort_key = name, sort_key(name)
    unit.save(update_fields=["name", "sort_key"])


@act
def add_person(
    *, by: Person | str, username: str, full_name: str, password: str | None = None, at: datetime | None = None
) -> Person:
    """An account for someone; it can do nothing until a post is given, and cannot sign in without a password."""
    person = Person(username=username, full_name=full_name)
    person.set_password(password)
    person.save()
    record(by, "org.add_person", person, "", at=at, username=username)
    return person


@act
def staff_office(
    *, by: Person | str, office: Unit, staff: Iterable[NewPost], starts: date, at: datetime | None = None
) -> list[Post]:
    """New people and their posts at one office, in one act: accounts without a password until they are invited."""
    wanted = list(staff)
    if any(ROLES[new.role].kind != office.kind for new in wanted):
        raise Refused(_("ตำแหน่งนี้ไม่ได้อยู่ในหน่วยงานระดับนี้"), field="unit")
    people = Person.objects.bulk_create(
        [Person(username=new.username, full_name=new.full_name, password=NO_PASSWORD) for new in wanted]
    )
    posts = Post.objects.bulk_create(
        [Post(person=person, role=new.role, unit=office, starts=starts) for person, new in zip(people, wanted, strict=True)]
    )
    record(by, "org.staff_office", office, office.path, at=at, people=[f"{new.full_name} ({new.role})" for new in wanted])
    return posts


@act
def appoint(
    *, by: Person | str, person: Person, role: str, unit: Unit, starts: date, ends: date | None = None, at: datetime | None = None
) -> Post:
    """Give a person a post, by who may give that role there. Nobody appoints himself."""
    if isinstance(by, Person) and by.pk == person.pk:
        raise Refused(_("แต่งตั้งตนเองไม่ได้ ให้ผู้อื่นที่มีอำนาจแต่งตั้ง"))
    if ROLES[role].kind != unit.kind:
        raise Refused(_("ตำแหน่งนี้ไม่ได้อยู่ในหน่วยงานระดับนี้"), field="unit")
    _require_power(by, role, unit)
    post = Post.objects.create(person=person, role=role, unit=unit, starts=starts, ends=ends)
    record(by, "org.appoint", post, unit.path, at=at, person=person.full_name, role=role, starts=starts.isoformat())
    return post


def _require_power(by: Person | str, role: str, unit: Unit) -> None:
    """Stop here where a person may not give, or take, this role at this unit; the machine itself may."""
    if isinstance(by, Person) and not may_give(by, role, unit):
        raise Refused(_("ท่านไม่มีอำนาจแต่งตั้งตำแหน่งนี้ที่หน่วยงานนี้ ให้หน่วยงานที่เหนือขึ้นไปแต่งตั้ง"))


@act
def end_post(*, by: Person | str, post: Post, ends: date | None = None, at: datetime | None = None) -> Post:
    """Let a post end on a day (inclusive); from the next request after it the person holds it no more.

    Nobody ends his own post, a post that is over stays as it was held, and an end that is set only moves nearer.
    """
    day = ends or clock.today()
    post.refresh_from_db(from_queryset=Post.objects.select_for_update(of=("self",)).select_related("unit"))
    if isinstance(by, Person) and by.pk == post.person_id:
        raise Refused(_("ให้ตำแหน่งของตนเองสิ้นสุดไม่ได้ ให้ผู้อื่นที่มีอำนาจทำ"))
    _require_power(by, post.role, post.unit)
    if day < post.starts:
        raise Refused(_("วันสิ้นสุดต้องไม่ก่อนวันเริ่ม %s") % short(post.starts), field="ends")
    if post.ends and post.ends < clock.today():
        raise Refused(_("ตำแหน่งนี้สิ้นสุดแล้วเมื่อ %s หากยังทำหน้าที่อยู่ให้แต่งตั้งใหม่") % short(post.ends), field="ends")
    if post.ends and day > post.ends:
        raise Refused(_("ตำแหน่งนี้กำหนดสิ้นสุด %s เลื่อนออกไปไม่ได้ หากทำต่อให้แต่งตั้งใหม่") % short(post.ends), field="ends")
    post.ends = day
    post.save(update_fields=["ends"])
    record(by, "org.end_post", post, post.unit.path, at=at, ends=post.ends.isoformat())
    return post


@act
def end_sessions(*, by: Person, keep: str, session: int | None = None, at: datetime | None = None) -> int:
    """End one of one's own sessions, or all but the one kept (its key); what was open there must sign in again."""
    found = UserSession.objects.filter(user=by).exclude(session_key=keep)
    chosen = list((found if session is None else found.filter(pk=session)).values_list("session_key", flat=True))
    if not chosen:
        raise Refused(_("เครื่องนั้นออกจากระบบไปแล้ว ไม่ต้องทำอะไรอีก"))
    Session.objects.filter(session_key__in=chosen).delete()
    UserSession.objects.filter(session_key__in=chosen).delete()
    record(by, "org.end_sessions", by, home_of(by), at=at, sessions=len(chosen))
    return len(chosen)


@act
def change_password(*, by: Person, old: str, new: str, keep: str, at: datetime | None = None) -> Person:
    """One's own password, by who knows the old one; every other session of the account ends, `keep` (its key) goes on."""
    person = Person.objects.select_for_update().get(pk=by.pk)
    if not person.check_password(old):
        raise Refused(_("รหัสผ่านเดิมไม่ถูก ลองใหม่ ถ้าลืม ให้ติดต่อสำนักงานของท่าน"), field="password_old")
    if old == new:
        raise Refused(_("รหัสใหม่ต้องไม่ใช่รหัสเดิม"), field="password_new")
    try:
        validate_password(new, person)
    except ValidationError as wrong:
        raise Refused(" ".join(wrong.messages), field="password_new") from wrong
    person.set_password(new)
    person.save(update_fields=["password"])
    known = UserSession.objects.filter(user=person)
    others = list(known.exclude(session_key=keep).values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=others).delete()
    known.delete()  # the one that goes on gets a new key, and is listed by that
    record(person, "org.change_password", person, home_of(person), at=at, sessions=len(others))
    return person


@act
def clear_second_factor(*, by: Person | str, person: Person, reason: str, at: datetime | None = None) -> int:
    """Somebody lost the phone and the recovery codes: take the second factor off the account, end its sessions, and say why.

    The person signs in by password and must set a new one where the post asks for it. Nobody does this for himself.
    """
    if isinstance(by, Person) and by.pk == person.pk:
        raise Refused(_("ล้างการยืนยันชั้นที่สองของตนเองไม่ได้ ให้ผู้ดูแลระบบล้างให้"))
    if not reason.strip():
        raise Refused(_("บอกเหตุผล"), field="reason")
    gone, _each = Authenticator.objects.filter(user=person).delete()
    if not gone:
        raise Refused(_("บัญชีนี้ไม่ได้ตั้งการยืนยันชั้นที่สองไว้"))
    keys = list(UserSession.objects.filter(user=person).values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(session_key__in=keys).delete()
    record(by, "org.clear_second_factor", person, home_of(person), at=at, reason=reason.strip())
    return int(gone)
