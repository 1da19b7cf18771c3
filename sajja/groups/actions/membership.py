"""What changes on a member: data, beneficiaries, family, the end of the membership. Each change stays as a row."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from sajja.audit.actions import Doer, record
from sajja.audit.acts import act
from sajja.groups.actions.members import (
    BATCH,
    NewBeneficiary,
    hold,
    identity,
    natural,
    refuse_ended,
    refuse_guardian,
    refuse_known,
    refuse_shares,
    sorted_by,
)
from sajja.groups.models import (
    Beneficiary,
    Family,
    Member,
    MemberChange,
    MemberKind,
    MemberStatus,
    Resolution,
    SavingsGroup,
    percent_of_bp,
)
from sajja.lib import money
from sajja.lib.refusals import Refused
from sajja.lib.thai_dates import short
from sajja.web import clock, vault

CHANGEABLE = (
    "number", "name", "sex", "born_on", "kind", "guardian", "joined_on", "address", "phone", "marital_status", "spouse_name",
    "occupation", "side_occupation", "income_satang", "other_memberships", "witnesses", "national_id",
)  # fmt: skip


IDENTITY = ("national_id_sealed", "national_id_found", "national_id_end")


@act
def change_member(
    *, by: Doer, member: Member, changes: Mapping[str, Any], reason: str = "", at: datetime | None = None
) -> list[MemberChange]:
    """Set these fields (of CHANGEABLE; a national ID in digits, a guardian as Member); what is the same already is no change."""
    hold(member.group)
    before = Member.objects.select_related("guardian").get(pk=member.pk)
    plain = {field: value for field, value in changes.items() if field in CHANGEABLE and field != "national_id"}
    told = [
        (field, said(field, getattr(before, field)), said(field, value))
        for field, value in plain.items()
        if getattr(before, field) != value
    ]
    for field, value in plain.items():
        setattr(member, field, value)
    if (digits := changes.get("national_id")) and (kept := _new_identity(member, before, digits)):
        told.append(kept)
    if not told:
        return []
    member.order, member.sort_name = natural(member.number), sorted_by(member.name)
    _refuse_change(member)
    member.save(update_fields=[*plain, "order", "sort_name", *IDENTITY])  # and not what others change meanwhile
    rows = _remember(by, [(member, *row) for row in told], reason, at)
    record(by, "groups.change_member", member, member.group.unit.path, at=at, fields=[row[0] for row in told], reason=reason)
    return rows


def _new_identity(member: Member, before: Member, digits: str) -> tuple[str, str, str] | None:
    """Put another national ID on the member; what is told of it, without its digits."""
    kept = identity(digits)
    if kept["national_id_found"] == before.national_id_found:
        return None
    refuse_known(member.group, [kept["national_id_found"]], other_than=member.pk)
    for field, value in kept.items():
        setattr(member, field, value)
    return ("national_id", before.national_id_masked, member.national_id_masked)


def _refuse_change(member: Member) -> None:
    if Member.objects.filter(group=member.group, number=member.number).exclude(pk=member.pk).exists():
        raise Refused(_("เลขที่สมาชิก %(numbers)s มีอยู่แล้ว โปรดใช้เลขอื่น") % {"numbers": member.number}, "number")
    if member.joined_on > clock.today():
        raise Refused(_("วันที่เป็นสมาชิกของ %s ยังมาไม่ถึง") % member.name, "joined_on")
    if member.ended_on and member.joined_on > member.ended_on:
        raise Refused(_("วันที่เป็นสมาชิกต้องไม่หลังวันที่พ้นสมาชิกภาพ"), "joined_on")
    if member.kind == MemberKind.CHILD and member.guardian is None:
        raise Refused(_("%s เป็นสมาชิกเด็ก ใส่เลขที่สมาชิกของผู้ปกครอง") % member.name, "guardian")
    refuse_guardian(member)


def said(field: str, value: Any) -> str:
    """A value as the history tells it."""
    if value is None or value == "":
        return ""
    if isinstance(value, date):
        return short(value)
    if field == "income_satang":
        return money.baht(value)
    if field in {"sex", "kind", "status"}:
        choices: Any = Member._meta.get_field(field)
        return str(dict(choices.flatchoices).get(value, value))
    return str(value)[:300]


def _remember(by: Doer, told: Iterable[tuple[Member, str, str, str]], reason: str, at: datetime | None) -> list[MemberChange]:
    moment, name = at or clock.now(), str(by.full_name)
    return MemberChange.objects.bulk_create(
        [
            MemberChange(member=member, field=field, before=before, after=after, reason=reason, by_name=name, at=moment)
            for member, field, before, after in told
        ],
        batch_size=BATCH,
    )


@act
def set_beneficiaries(
    *, by: Doer, member: Member, beneficiaries: Sequence[NewBeneficiary], reason: str = "", at: datetime | None = None
) -> list[Beneficiary]:
    """Who gets the savings after death, in the place of whoever stood there; none at all takes all away."""
    hold(member.group)
    refuse_ended(member)
    refuse_shares(beneficiaries)
    old = list(Beneficiary.objects.filter(member=member, counts=True).order_by("position"))
    Beneficiary.objects.filter(member=member, counts=True).update(counts=False)
    made = Beneficiary.objects.bulk_create(
        [Beneficiary(member=member, position=place, **one._asdict()) for place, one in enumerate(beneficiaries, 1)]
    )
    _remember(by, [(member, "beneficiaries", _shares(old), _shares(made))], reason, at)
    record(by, "groups.set_beneficiaries", member, member.group.unit.path, at=at, count=len(made), reason=reason)
    return made


def _shares(beneficiaries: Sequence[Beneficiary]) -> str:
    return ", ".join(f"{one.name} {percent_of_bp(one.share_bp)}%" for one in beneficiaries)[:300]


@act
def set_family(
    *, by: Doer, group: SavingsGroup, members: Sequence[Member], code: str, name: str = "", at: datetime | None = None
) -> Family | None:
    """Put these members into the family of that code, made on first use; the code "" takes them out of any family."""
    hold(group)
    family = None
    if code:
        family, new = Family.objects.get_or_create(group=group, code=code, defaults={"name": name})
        if name and not new and family.name != name:
            family.name = name
            family.save(update_fields=["name"])
    known = {one.pk: str(one.family or "") for one in Member.objects.filter(group=group).select_related("family")}
    moved = [member for member in members if member.family_id != (family.pk if family else None)]
    for member in moved:
        member.family = family
    Member.objects.bulk_update(moved, ["family"], batch_size=BATCH)
    _remember(by, [(member, "family", known[member.pk], str(family or "")) for member in moved], "", at)
    record(by, "groups.set_family", group, group.unit.path, at=at, code=code, numbers=[member.number for member in moved])
    return family


@act
def end_member(
    *, by: Doer, member: Member, status: str, day: date, because: str, resolution: Resolution | None = None,
    at: datetime | None = None,
) -> Member:  # fmt: skip
    """A membership ends by leaving or death; the treasury calls this once what the member had is settled."""
    refuse_ended(member)
    if day < member.joined_on:
        raise Refused(_("วันพ้นสมาชิกภาพต้องไม่ก่อนวันที่เป็นสมาชิก"), "day")
    if day > clock.today():
        raise Refused(_("วันพ้นสมาชิกภาพยังมาไม่ถึง"), "day")
    if status not in {MemberStatus.LEFT, MemberStatus.DIED}:
        raise Refused(_("เลือกว่าลาออกหรือเสียชีวิต"), "status")
    wards = member.wards.filter(status=MemberStatus.ACTIVE).order_by("order").values_list("name", flat=True)
    if wards:
        raise Refused(_("ยังเป็นผู้ปกครองของ %s เปลี่ยนผู้ปกครองก่อน") % ", ".join(wards))
    member.status, member.ended_on, member.ended_because, member.ended_resolution = str(status), day, because, resolution
    member.save(update_fields=["status", "ended_on", "ended_because", "ended_resolution"])
    _remember(by, [(member, "status", said("status", MemberStatus.ACTIVE), said("status", member.status))], because, at)
    record(
        by, "groups.end_member", member, member.group.unit.path, at=at, status=str(status), day=day.isoformat(), because=because,
        resolution=resolution.pk if resolution else None,
    )  # fmt: skip
    return member


@act
def take_back_ending(*, by: Doer, member: Member, reason: str, at: datetime | None = None) -> Member:
    """The ending was written by mistake: the membership goes on as if it had not been."""
    if member.is_active:
        raise Refused(_("%s เป็นสมาชิกอยู่แล้ว") % member.name)
    was = said("status", member.status)
    member.status, member.ended_on, member.ended_because, member.ended_resolution = MemberStatus.ACTIVE, None, "", None
    member.save(update_fields=["status", "ended_on", "ended_because", "ended_resolution"])
    _remember(by, [(member, "status", was, said("status", member.status))], reason, at)
    record(by, "groups.take_back_ending", member, member.group.unit.path, at=at, reason=reason)
    return member


@act
def show_national_id(*, by: Doer, member: Member, reason: str, at: datetime | None = None) -> str:
    """The whole national ID, opened once for a stated reason; that it was opened stays in the audit, its digits do not."""
    if not member.national_id_sealed:
        raise Refused(_("ยังไม่มีเลขประจำตัวประชาชนของ %s ในทะเบียน") % member.name)
    digits = vault.open_(member.national_id_sealed)
    record(by, "groups.show_national_id", member, member.group.unit.path, at=at, reason=reason)
    return digits
