"""Registering groups, changing what the register says of them, closing them."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Model
from django.utils.translation import gettext as _

from sajja.audit.actions import record
from sajja.audit.acts import act
from sajja.groups import queries
from sajja.groups.models import CentreFounding, DevelopmentLevel, SavingsGroup
from sajja.lib.names import find_key
from sajja.lib.refusals import Refused
from sajja.lib.thai_dates import short
from sajja.org.actions import NewGroupUnit, place_groups, rename_group
from sajja.org.models import Kind, Person, Unit
from sajja.org.queries import department
from sajja.web import clock

BATCH = 500
SEARCH_TEXT = 600


class NewGroup(NamedTuple):
    """A group to be registered in its village (8-digit code), perhaps with a level of a year and the centre it founded."""

    village_code: str
    name: str
    code: str = ""
    founded_on: date | None = None
    contact_name: str = ""
    contact_phone: str = ""
    level: int | None = None
    level_year: int | None = None
    level_source: str = ""
    centre_name: str = ""
    centre_year: int | None = None
    centre_evidence: str = ""


@act
def register_group(
    *,
    by: Person | str,
    village: Unit,
    name: str,
    code: str = "",
    founded_on: date | None = None,
    contact_name: str = "",
    contact_phone: str = "",
    at: datetime | None = None,
) -> SavingsGroup:
    """Put one group into the register. Without a registered code its unit's code stands in."""
    if village.kind != Kind.VILLAGE:
        raise Refused(_("เลือกหมู่บ้านที่กลุ่มตั้งอยู่"), field="village")
    new = NewGroup(village.path, name, code, founded_on, contact_name, contact_phone)
    _refuse_known(new)
    [group] = make_groups([new], by, at or clock.now())
    record(by, "groups.register_group", group, group.unit.path, at=at, name=name, village=village.short_name)
    return group


@act
def register_groups(
    *, by: Person | str, rows: Iterable[NewGroup], about: Model | None = None, at: datetime | None = None
) -> list[SavingsGroup]:
    """Put many groups into the register at once, with their levels and centres, in the order given; one audit row about
    `about` (the department). The villages must be there. Refused where a code is taken."""
    wanted = list(rows)
    taken = known_codes(new.code for new in wanted if new.code)
    if taken:
        raise Refused(_("รหัสทะเบียนนี้มีในทะเบียนแล้ว: %s") % ", ".join(sorted(taken)[:5]))
    made = make_groups(wanted, by, at or clock.now())
    about = about or department()
    record(by, "groups.register_groups", about, getattr(about, "path", ""), at=at, groups=len(made))
    return made


@act
def change_group(
    *,
    by: Person | str,
    group: SavingsGroup,
    name: str,
    code: str = "",
    founded_on: date | None = None,
    contact_name: str = "",
    contact_phone: str = "",
    at: datetime | None = None,
) -> SavingsGroup:
    """Change name, code, day of founding or contact; what was there before stands in the history. No change: no row."""
    code = code or group.unit.path
    if code != group.code and SavingsGroup.objects.filter(code=code).exclude(pk=group.pk).exists():
        raise Refused(_("รหัสทะเบียน %s เป็นของกลุ่มอื่นแล้ว ตรวจรหัสอีกครั้ง") % code, field="code")
    new = {"name": name, "code": code, "founded_on": founded_on, "contact_name": contact_name, "contact_phone": contact_phone}
    changed = {key: value for key, value in new.items() if getattr(group, key) != value}
    if not changed:
        return group
    changes = [{"what": key, "from": _written(getattr(group, key)), "to": _written(value)} for key, value in changed.items()]
    for key, value in changed.items():
        setattr(group, key, value)
    group.search_text = _search_texts([group.unit], [group])[0]
    group.save(update_fields=[*changed, "search_text"])
    if "name" in changed:
        rename_group(group.unit, name)
    record(by, "groups.change_group", group, group.unit.path, at=at, changes=changes)
    return group


@act
def close_group(
    *, by: Person | str, group: SavingsGroup, closed_on: date, reason: str, at: datetime | None = None
) -> SavingsGroup:
    """Mark a group as closed (เลิกกลุ่ม): it stays in the register and counts no more among the open ones."""
    if group.closed_on:
        raise Refused(_("กลุ่มนี้เลิกไปแล้วเมื่อ %s") % short(group.closed_on))
    group.closed_on, group.closed_because = closed_on, reason
    group.save(update_fields=["closed_on", "closed_because"])
    record(by, "groups.close_group", group, group.unit.path, at=at, closed_on=closed_on.isoformat(), reason=reason)
    return group


@act
def reopen_group(*, by: Person | str, group: SavingsGroup, reason: str, at: datetime | None = None) -> SavingsGroup:
    """Take a closing back."""
    if not group.closed_on:
        raise Refused(_("กลุ่มนี้ยังดำเนินการอยู่ ไม่ต้องเปิดใหม่"))
    group.closed_on, group.closed_because = None, ""
    group.save(update_fields=["closed_on", "closed_because"])
    record(by, "groups.reopen_group", group, group.unit.path, at=at, reason=reason)
    return group


def known_codes(codes: Iterable[str]) -> set[str]:
    """Which of these registered codes are taken."""
    return set(SavingsGroup.objects.in_bulk(list(codes), field_name="code"))


def _refuse_known(new: NewGroup) -> None:
    if new.code and SavingsGroup.objects.filter(code=new.code).exists():
        raise Refused(_("รหัสทะเบียน %s มีในทะเบียนแล้ว ตรวจรหัสอีกครั้ง") % new.code, field="code")
    same = queries.under(SavingsGroup.objects.filter(name=new.name, closed_on__isnull=True), new.village_code)
    if same.exists():
        raise Refused(_("หมู่บ้านนี้มีกลุ่มชื่อนี้ในทะเบียนแล้ว หากเป็นอีกกลุ่มหนึ่ง ใส่ชื่อให้ต่างกัน"), field="name")


def make_groups(wanted: Sequence[NewGroup], by: Person | str, at: datetime) -> list[SavingsGroup]:
    """The rows of new groups: a part of the act of whoever registers them (no audit row of its own)."""
    units = place_groups(NewGroupUnit(new.village_code, new.name) for new in wanted)
    texts = _search_texts(units, wanted)
    by_name = by if isinstance(by, str) else by.full_name
    groups = SavingsGroup.objects.bulk_create(
        [
            SavingsGroup(
                unit=unit, code=new.code or unit.path, name=new.name, search_text=text, founded_on=new.founded_on,
                contact_name=new.contact_name, contact_phone=new.contact_phone, registered_at=at, registered_by=by_name,
            )
            for unit, new, text in zip(units, wanted, texts, strict=True)
        ],
        batch_size=BATCH,
    )  # fmt: skip
    pairs = list(zip(groups, wanted, strict=True))
    DevelopmentLevel.objects.bulk_create(
        [
            DevelopmentLevel(
                group=group, fiscal_year=new.level_year, level=new.level, source=new.level_source, by_name=by_name, at=at
            )
            for group, new in pairs
            if new.level and new.level_year
        ],
        batch_size=BATCH,
    )
    CentreFounding.objects.bulk_create(
        [
            CentreFounding(
                group=group,
                centre_name=new.centre_name,
                year=new.centre_year,
                evidence=new.centre_evidence,
                recorded_at=at,
                recorded_by=by_name,
            )
            for group, new in pairs
            if new.centre_name and new.centre_year
        ],
        batch_size=BATCH,
    )
    return groups


def _search_texts(units: Sequence[Unit], named: Sequence[NewGroup | SavingsGroup]) -> list[str]:
    """The bare text that each group is found by: name, code, village with หมู่, subdistrict, district, province."""
    names = queries.names_of_places({unit.path for unit in units})
    above: dict[str, str] = {}
    texts = []
    for unit, thing in zip(units, named, strict=True):
        village = unit.path[:8]
        if village not in above:
            words = [unit.parent.short_name if unit.parent else "", *(names[unit.path[:end]] for end in (6, 4, 2))]
            above[village] = " ".join(find_key(word) for word in words)
        texts.append(f"{find_key(thing.name)} {find_key(thing.code)} {above[village]}"[:SEARCH_TEXT])
    return texts


def _written(value: str | date | None) -> str:
    return short(value) if isinstance(value, date) else value or ""
