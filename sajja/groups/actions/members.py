"""Members: joining, pledging, families, leaving. Set-based, so that a register of thousands is one act."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from sajja.audit.actions import Doer, record
from sajja.audit.acts import act
from sajja.groups import queries
from sajja.groups.models import Family, Member, MemberKind, MemberStatus, Pledge, Regulation, Resolution, SavingsGroup
from sajja.lib.money import baht
from sajja.lib.refusals import Refused
from sajja.lib.thai_sort import sort_key
from sajja.web import clock

DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMember:
    """Someone who joins; `number` "" takes the next free one, `pledge_satang` 0 pledges nothing yet."""

    name: str
    joined_on: date
    number: str = ""
    pledge_satang: int = 0
    kind: str = MemberKind.ORDINARY
    sex: str = ""
    born_on: date | None = None
    address: str = ""
    phone: str = ""
    marital_status: str = ""
    spouse_name: str = ""
    occupation: str = ""
    side_occupation: str = ""
    income_satang: int | None = None
    other_memberships: str = ""
    family: str = ""
    guardian: str = ""
    witnesses: str = ""
    national_id_sealed: str = ""
    national_id_found: str = ""
    national_id_end: str = ""


PLAIN = (
    "joined_on", "kind", "sex", "born_on", "address", "phone", "marital_status", "spouse_name", "occupation", "side_occupation",
    "income_satang", "other_memberships", "witnesses", "national_id_sealed", "national_id_found", "national_id_end",
)  # fmt: skip


def natural(number: str) -> str:
    """A member's number so that M2 sorts before M10."""
    return DIGITS.sub(lambda digits: digits.group().zfill(8), number.upper())[:60]


def month_start(day: date) -> date:
    """The first of its month."""
    return day.replace(day=1)


@act
def enrol_members(
    *, by: Doer, group: SavingsGroup, members: Sequence[NewMember], resolution: Resolution | None = None,
    at: datetime | None = None,
) -> list[Member]:  # fmt: skip
    """These people join: members, their families and pledges, all or none; in the order given they are called."""
    if group.closed_on:
        raise Refused(_("กลุ่มนี้เลิกแล้ว รับสมาชิกไม่ได้"))
    numbered = _numbered(group, members)
    families = _families(group, [new.family for new in members if new.family])
    called = Member.objects.filter(group=group).count()
    made = Member.objects.bulk_create(
        [
            Member(
                group=group, number=number, order=natural(number), call_position=called + position, name=new.name,
                sort_name=sort_key(new.name)[:300], family=families.get(new.family), resolution=resolution,
                **{field: getattr(new, field) for field in PLAIN},
            )
            for position, (number, new) in enumerate(zip(numbered, members, strict=True), 1)
        ],
        batch_size=500,
    )  # fmt: skip
    _guardians(group, list(zip(made, members, strict=True)))
    regulation = queries.regulation_on(group)
    for new in members:
        _refuse_pledge(regulation, new.pledge_satang)
    Pledge.objects.bulk_create(
        [
            Pledge(
                member=member, effective_from=month_start(new.joined_on), amount_satang=new.pledge_satang,
                by_name=str(by.full_name), at=at or clock.now(),
            )
            for member, new in zip(made, members, strict=True)
            if new.pledge_satang
        ],
        batch_size=500,
    )  # fmt: skip
    record(by, "groups.enrol_members", group, group.unit.path, at=at, numbers=numbered)
    return made


def enrol_member(
    *, by: Doer, group: SavingsGroup, member: NewMember, resolution: Resolution | None = None, at: datetime | None = None
) -> Member:
    """One person joins."""
    return enrol_members(by=by, group=group, members=[member], resolution=resolution, at=at)[0]


def _numbered(group: SavingsGroup, members: Sequence[NewMember]) -> list[str]:
    taken = set(Member.objects.filter(group=group).values_list("number", flat=True))
    wanted = [new.number for new in members if new.number]
    if doubled := sorted({number for number in wanted if number in taken or wanted.count(number) > 1}):
        raise Refused(_("เลขที่สมาชิก %(numbers)s มีอยู่แล้ว โปรดใช้เลขอื่น") % {"numbers": ", ".join(doubled[:5])}, "number")
    taken |= {*wanted}
    numbered = []
    for new in members:
        number = new.number or queries.next_number(taken)
        taken.add(number)
        numbered.append(number)
    return numbered


def _families(group: SavingsGroup, codes: Sequence[str]) -> dict[str, Family]:
    known = {family.code: family for family in Family.objects.filter(group=group, code__in=codes)}
    new = [Family(group=group, code=code) for code in dict.fromkeys(codes) if code not in known]
    return known | {family.code: family for family in Family.objects.bulk_create(new)}


def _guardians(group: SavingsGroup, pairs: Sequence[tuple[Member, NewMember]]) -> None:
    wards = [(member, new.guardian) for member, new in pairs if new.guardian]
    if not wards:
        return
    numbers = {number for _member, number in wards}
    guardians = {member.number: member for member in Member.objects.filter(group=group, number__in=numbers)}
    if missing := sorted(numbers - guardians.keys()):
        raise Refused(_("ไม่พบผู้ปกครองเลขที่ %(numbers)s ในทะเบียน") % {"numbers": ", ".join(missing)}, "guardian")
    for member, number in wards:
        member.guardian = guardians[number]
    Member.objects.bulk_update([member for member, _number in wards], ["guardian"], batch_size=500)


def _refuse_pledge(regulation: Regulation | None, satang: int) -> None:
    if regulation is None or not regulation.pledge_unit_satang or not satang:
        return
    unit, least, most = regulation.pledge_unit_satang, regulation.pledge_units_least, regulation.pledge_units_most
    units, rest = divmod(satang, unit)
    if rest or not least <= units <= most:
        raise Refused(
            _("ระเบียบให้ส่งสัจจะเดือนละ %(least)s ถึง %(most)s บาท ครั้งละ %(unit)s บาท")
            % {"least": baht(least * unit), "most": baht(most * unit), "unit": baht(unit)},
            "pledge",
        )


@act
def set_pledge(*, by: Doer, member: Member, amount_satang: int, effective_from: date, at: datetime | None = None) -> Pledge:
    """Another pledge from a month on; a pledge of the same month is replaced and stays in the history."""
    _refuse_active(member)
    _refuse_pledge(queries.regulation_on(member.group, effective_from), amount_satang)
    month = month_start(effective_from)
    Pledge.objects.filter(member=member, effective_from=month, counts=True).update(counts=False)
    made = Pledge.objects.create(
        member=member, effective_from=month, amount_satang=amount_satang, by_name=str(by.full_name), at=at or clock.now()
    )
    record(by, "groups.set_pledge", member, member.group.unit.path, at=at, satang=amount_satang, effective_from=month.isoformat())
    return made


def _refuse_active(member: Member) -> None:
    if member.status != MemberStatus.ACTIVE:
        raise Refused(_("%(name)s พ้นสมาชิกภาพแล้ว") % {"name": member.name})


@act
def set_call_order(*, by: Doer, group: SavingsGroup, positions: Mapping[int, int], at: datetime | None = None) -> int:
    """In which order the treasurer calls the members: member's key → place in the row."""
    members = list(Member.objects.filter(group=group, pk__in=positions))
    for member in members:
        member.call_position = positions[member.pk]
    Member.objects.bulk_update(members, ["call_position"], batch_size=500)
    record(by, "groups.set_call_order", group, group.unit.path, at=at, members=len(members))
    return len(members)


@act
def end_member(*, by: Doer, member: Member, status: MemberStatus, day: date, because: str, at: datetime | None = None) -> Member:
    """A membership ends by leaving or death; the treasury calls this once what the member had is settled."""
    _refuse_active(member)
    if day < member.joined_on:
        raise Refused(_("วันพ้นสมาชิกภาพต้องไม่ก่อนวันที่เป็นสมาชิก"), "day")
    member.status, member.ended_on, member.ended_because = status, day, because
    member.save(update_fields=["status", "ended_on", "ended_because"])
    record(by, "groups.end_member", member, member.group.unit.path, at=at, status=str(status), day=day.isoformat())
    return member
