"""Members: joining, pledging, the order of calling. Set-based, so that a register of thousands is one act."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from sajja.audit.actions import Doer, record
from sajja.audit.acts import act
from sajja.groups import queries
from sajja.groups.models import (
    Beneficiary,
    Family,
    Member,
    MemberKind,
    Pledge,
    Regulation,
    Resolution,
    SavingsGroup,
    percent_of_bp,
)
from sajja.lib.names import without_title
from sajja.lib.national_id import masked_end, parse
from sajja.lib.refusals import Refused
from sajja.lib.thai_sort import sort_key
from sajja.web import clock, vault

BATCH = 500
WHOLE_BP = 10_000
MOST_BENEFICIARIES = 3
DIGITS = re.compile(r"\d+")


class NewBeneficiary(NamedTuple):
    """Who gets a member's savings after death, and how much of them in basis points."""

    name: str
    relation: str
    share_bp: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMember:
    """Someone who joins; `number` "" takes the next free one, `pledge_satang` 0 pledges nothing yet.

    `national_id_*` come from `identity`; `guardian` is the number of a member, `family` a code.
    """

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
    beneficiaries: Sequence[NewBeneficiary] = ()

    @property
    def national_id_masked(self) -> str:
        """Its last three digits alone; nothing where none is given."""
        return masked_end(self.national_id_end)


PLAIN = (
    "joined_on", "kind", "sex", "born_on", "address", "phone", "marital_status", "spouse_name", "occupation", "side_occupation",
    "income_satang", "other_memberships", "witnesses", "national_id_sealed", "national_id_found", "national_id_end",
)  # fmt: skip


def identity(national_id: str) -> dict[str, str]:
    """What is kept of a national ID, by the names of the fields; nothing of "". Refused where it fails its check digit."""
    if not national_id:
        return {"national_id_sealed": "", "national_id_found": "", "national_id_end": ""}
    try:
        digits = parse(national_id)
    except ValueError as wrong:
        raise Refused(str(wrong), "national_id") from None
    queries.require_keys()
    return {
        "national_id_sealed": vault.seal(digits),
        "national_id_found": vault.found(digits),
        "national_id_end": digits[-3:],
    }


def natural(number: str) -> str:
    """A member's number so that M2 sorts before M10."""
    return DIGITS.sub(lambda digits: digits.group().zfill(8), number.upper())[:60]


def sorted_by(name: str) -> str:
    """The key that a member's name sorts by, its title aside."""
    return sort_key(without_title(name))[:300]


def month_start(day: date) -> date:
    """The first of its month."""
    return day.replace(day=1)


@act
def enrol_members(
    *, by: Doer, group: SavingsGroup, members: Sequence[NewMember], resolution: Resolution | None = None,
    at: datetime | None = None,
) -> list[Member]:  # fmt: skip
    """These people join: members, their families, pledges and beneficiaries, all or none; in the order given they are called."""
    hold(group)
    if group.closed_on:
        raise Refused(_("กลุ่มนี้เลิกแล้ว รับสมาชิกไม่ได้"))
    _refuse_new(group, members, queries.regulation_on(group))
    numbered = _numbered(group, members)
    families = _families(group, [new.family for new in members if new.family])
    called = Member.objects.filter(group=group).count()
    made = Member.objects.bulk_create(
        [
            Member(
                group=group, number=number, order=natural(number), call_position=called + position, name=new.name,
                sort_name=sorted_by(new.name), family=families.get(new.family), resolution=resolution,
                **{field: getattr(new, field) for field in PLAIN},
            )
            for position, (number, new) in enumerate(zip(numbered, members, strict=True), 1)
        ],
        batch_size=BATCH,
    )  # fmt: skip
    pairs = list(zip(made, members, strict=True))
    _guardians(group, pairs)
    _pledge(pairs, by, at or clock.now())
    Beneficiary.objects.bulk_create(
        [
            Beneficiary(member=member, position=position, name=one.name, relation=one.relation, share_bp=one.share_bp)
            for member, new in pairs
            for position, one in enumerate(new.beneficiaries, 1)
        ],
        batch_size=BATCH,
    )
    record(by, "groups.enrol_members", group, group.unit.path, at=at, numbers=numbered)
    return made


def enrol_member(
    *, by: Doer, group: SavingsGroup, member: NewMember, resolution: Resolution | None = None, at: datetime | None = None
) -> Member:
    """One person joins."""
    return enrol_members(by=by, group=group, members=[member], resolution=resolution, at=at)[0]


def hold(group: SavingsGroup) -> None:
    """Whoever changes this group's members at the same moment waits: numbers are given and checked one after the other."""
    SavingsGroup.objects.select_for_update().only("pk").get(pk=group.pk)


def _refuse_new(group: SavingsGroup, members: Sequence[NewMember], regulation: Regulation | None) -> None:
    today = clock.today()
    for new in members:
        if new.joined_on > today:
            raise Refused(_("วันที่เป็นสมาชิกของ %s ยังมาไม่ถึง") % new.name, "joined_on")
        if new.kind == MemberKind.CHILD and not new.guardian:
            raise Refused(_("%s เป็นสมาชิกเด็ก ใส่เลขที่สมาชิกของผู้ปกครอง") % new.name, "guardian")
        refuse_pledge(regulation, new.pledge_satang)
        refuse_shares(new.beneficiaries)
    refuse_known(group, [new.national_id_found for new in members if new.national_id_found])


def refuse_known(group: SavingsGroup, hashes: Sequence[str], other_than: int | None = None) -> None:
    """Two members never hold one national ID; the refusal names the member and not the ID."""
    if any(count > 1 for count in Counter(hashes).values()):
        raise Refused(_("มีเลขประจำตัวประชาชนซ้ำกันในรายการนี้ ตรวจกับบัตร"), "national_id")
    held = Member.objects.filter(group=group, national_id_found__in=hashes).exclude(pk=other_than or 0).order_by("order").first()
    if held:
        raise Refused(
            _("เลขประจำตัวประชาชนนี้เป็นของสมาชิกเลขที่ %(number)s %(name)s แล้ว") % {"number": held.number, "name": held.name},
            "national_id",
        )


def refuse_shares(beneficiaries: Sequence[NewBeneficiary]) -> None:
    """At most three, and together the whole."""
    if len(beneficiaries) > MOST_BENEFICIARIES:
        raise Refused(_("ผู้รับผลประโยชน์มีได้ไม่เกิน %s คน") % MOST_BENEFICIARIES, "beneficiaries")
    total = sum(one.share_bp for one in beneficiaries)
    if beneficiaries and total != WHOLE_BP:
        raise Refused(_("ส่วนแบ่งของผู้รับผลประโยชน์ต้องรวมเป็นร้อยละ 100 ตอนนี้รวมได้ร้อยละ %s") % percent_of_bp(total), "beneficiaries")


def _numbered(group: SavingsGroup, members: Sequence[NewMember]) -> list[str]:
    taken = queries.numbers_of(group)
    wanted = Counter(new.number for new in members if new.number)
    if doubled := sorted(number for number, count in wanted.items() if number in taken or count > 1):
        raise Refused(_("เลขที่สมาชิก %(numbers)s มีอยู่แล้ว โปรดใช้เลขอื่น") % {"numbers": ", ".join(doubled[:5])}, "number")
    following = queries.numbers_after({*taken, *wanted})
    return [new.number or next(following) for new in members]


def _families(group: SavingsGroup, codes: Iterable[str]) -> dict[str, Family]:
    known = {family.code: family for family in Family.objects.filter(group=group)}
    new = [Family(group=group, code=code) for code in dict.fromkeys(codes) if code not in known]
    return known | {family.code: family for family in Family.objects.bulk_create(new, batch_size=BATCH)}


def _guardians(group: SavingsGroup, pairs: Sequence[tuple[Member, NewMember]]) -> None:
    wards = [(member, new.guardian) for member, new in pairs if new.guardian]
    if not wards:
        return
    guardians = {member.number: member for member in Member.objects.filter(group=group).only("number", "kind", "group")}
    if missing := sorted({number for _member, number in wards} - guardians.keys()):
        raise Refused(_("ไม่พบผู้ปกครองเลขที่ %(numbers)s ในทะเบียน") % {"numbers": ", ".join(missing)}, "guardian")
    for member, number in wards:
        member.guardian = guardians[number]
        refuse_guardian(member)
    Member.objects.bulk_update([member for member, _number in wards], ["guardian"], batch_size=BATCH)


def refuse_guardian(member: Member) -> None:
    """A guardian is another member, and no child."""
    if member.guardian is not None and (member.guardian.pk == member.pk or member.guardian.kind == MemberKind.CHILD):
        raise Refused(_("ผู้ปกครองต้องเป็นสมาชิกคนอื่นที่ไม่ใช่สมาชิกเด็ก"), "guardian")


def _pledge(pairs: Sequence[tuple[Member, NewMember]], by: Doer, at: datetime) -> None:
    Pledge.objects.bulk_create(
        [
            Pledge(
                member=member, effective_from=month_start(new.joined_on), amount_satang=new.pledge_satang,
                by_name=str(by.full_name), at=at,
            )
            for member, new in pairs
            if new.pledge_satang
        ],
        batch_size=BATCH,
    )  # fmt: skip


def refuse_pledge(regulation: Regulation | None, satang: int) -> None:
    """A pledge is whole units within the regulation."""
    if satang < 0:
        raise Refused(_("ยอดสัจจะต้องไม่ติดลบ"), "amount_satang")
    if refusal := queries.pledge_refusal(regulation, satang):
        raise Refused(refusal, "amount_satang")


@act
def set_pledge(*, by: Doer, member: Member, amount_satang: int, effective_from: date, at: datetime | None = None) -> Pledge:
    """Another pledge from a month on; a pledge of the same month is replaced and stays in the history."""
    hold(member.group)
    refuse_ended(member)
    month = month_start(effective_from)
    if month < month_start(member.joined_on):
        raise Refused(_("เดือนที่เริ่มต้องไม่ก่อนเดือนที่เป็นสมาชิก"), "effective_from")
    refuse_pledge(queries.regulation_on(member.group, effective_from), amount_satang)
    Pledge.objects.filter(member=member, effective_from=month, counts=True).update(counts=False)
    made = Pledge.objects.create(
        member=member, effective_from=month, amount_satang=amount_satang, by_name=str(by.full_name), at=at or clock.now()
    )
    record(by, "groups.set_pledge", member, member.group.unit.path, at=at, satang=amount_satang, effective_from=month.isoformat())
    return made


def refuse_ended(member: Member) -> None:
    """Nothing is changed of a membership that has ended."""
    if not member.is_active:
        raise Refused(_("%(name)s พ้นสมาชิกภาพแล้ว") % {"name": member.name})


@act
def set_call_order(*, by: Doer, group: SavingsGroup, positions: Mapping[int, int], at: datetime | None = None) -> int:
    """In which order the treasurer calls the members: member's key → place in the row."""
    members = list(Member.objects.filter(group=group, pk__in=positions))
    for member in members:
        member.call_position = positions[member.pk]
    Member.objects.bulk_update(members, ["call_position"], batch_size=BATCH)
    record(by, "groups.set_call_order", group, group.unit.path, at=at, members=len(members))
    return len(members)
