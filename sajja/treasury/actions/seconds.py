"""Second persons: the PIN of each, and who signed what beside the one who entered it.

A wrong PIN is remembered though the act is refused: `prove` counts the try in a transaction of its own, before it looks, and
so it is called before the act (by the form), never inside.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.hashers import check_password, make_password
from django.db.models import Max, Model
from django.utils.translation import gettext as _

from sajja.audit.actions import Doer, record
from sajja.audit.acts import act
from sajja.audit.labels import label
from sajja.groups.models import CommitteeMember, GroupBook, Member, SavingsGroup
from sajja.lib.refusals import Refused
from sajja.lib.thai_dates import hhmm, long
from sajja.treasury import signing
from sajja.treasury.models import Pin, Second, Way
from sajja.treasury.queries.seconds import doubtful
from sajja.web import clock

Signatory = CommitteeMember | Member


@dataclass(frozen=True, slots=True)
class Proof:
    """That a person gave the right PIN just now; made by `prove` alone."""

    pin: int


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs in which role. With a proof it is confirmed at once, as it is where he enters the act himself; else by slip."""

    role: str
    name: str
    committee: CommitteeMember | None = None
    member: Member | None = None
    proof: Proof | None = None


def signer(role: str, person: Signatory, proof: Proof | None = None) -> Signer:
    """A signer who is in the register."""
    if isinstance(person, CommitteeMember):
        return Signer(role, person.name, committee=person, proof=proof)
    return Signer(role, person.name, member=person, proof=proof)


def pin_of(person: Signatory) -> Pin | None:
    """The person's PIN; None where none is set."""
    return Pin.objects.filter(**_whose(person)).first()


def _whose(person: Signatory) -> dict[str, object]:
    return {"committee": person} if isinstance(person, CommitteeMember) else {"member": person}


@act
def set_pin(
    *, by: Doer, group: SavingsGroup, person: Signatory, pin: str, proof: Proof | None = None, at: datetime | None = None
) -> Pin:
    """Set or change the PIN of a person of the group; to change it the old one is proven first."""
    at = at or clock.now()
    pin = signing.digits_of(pin)
    if person.group_id != group.pk:
        raise Refused(_("ไม่พบคนนี้ในกลุ่ม"), "person")
    if not signing.is_pin(pin):
        raise Refused(_("รหัส PIN ต้องเป็นตัวเลข 6 ตัว"), "pin")
    if signing.too_easy(pin):
        raise Refused(_("รหัสนี้เดาง่าย อย่าใช้เลขเรียง เลขซ้ำ หรือวันเกิด โปรดตั้งใหม่"), "pin")
    there = Pin.objects.select_for_update().filter(**_whose(person)).first()
    if there and there.hash and (proof is None or proof.pin != there.pk):
        raise Refused(_("คนนี้ตั้งรหัสไว้แล้ว ใส่รหัสเดิมก่อน หรือให้ประธานล้างรหัสเดิม"), "old")
    made = there or Pin(group=group, **_whose(person))
    made.hash, made.set_at, made.set_by_name = make_password(pin), at, str(by.full_name)
    made.tries, made.locked_until = 0, None
    if signing.same_person(person.name, made.set_by_name):
        made.vouched_at, made.vouched_by_name = at, made.set_by_name
    made.save()
    record(by, "treasury.set_pin", made, group.unit.path, at=at)
    return made


@act
def forget_pin(*, by: Doer, pin: Pin, reason: str, at: datetime | None = None) -> Pin:
    """Clear a PIN that its person forgot, so that he sets another."""
    if not reason.strip():
        raise Refused(_("โปรดบอกเหตุผลที่ล้างรหัส"), "reason")
    pin.hash, pin.vouched_at, pin.vouched_by_name = "", None, ""
    pin.save(update_fields=["hash", "vouched_at", "vouched_by_name"])
    record(by, "treasury.forget_pin", pin, pin.group.unit.path, at=at, reason=reason)
    return pin


@act
def vouch_pin(*, by: Doer, pin: Pin, at: datetime | None = None) -> Pin:
    """That a PIN, and what was signed by it, is its person's own: said by himself, or by the chair who asked him.

    Never by the one on whose account it was set (ADR 12).
    """
    at = at or clock.now()
    held = Pin.objects.select_for_update().get(pk=pin.pk)
    if not held.hash:
        raise Refused(_("คนนี้ยังไม่ได้ตั้งรหัส PIN"))
    if held.vouched_at:
        raise Refused(_("รหัสนี้รับรองแล้วเมื่อ %(day)s") % {"day": long(clock.day_of(held.vouched_at))})
    name = str(by.full_name)
    if signing.same_person(name, held.set_by_name) and not signing.same_person(name, held.name):
        raise Refused(_("รหัสนี้ตั้งจากบัญชีผู้ใช้ของท่าน ให้เจ้าตัวหรือประธานรับรอง"))
    held.vouched_at, held.vouched_by_name = at, name
    held.save(update_fields=["vouched_at", "vouched_by_name"])
    signed = doubtful(held).update(pin_doubtful=False)
    record(by, "treasury.vouch_pin", held, held.group.unit.path, at=at, signatures=signed)
    return held


def prove(*, person: Signatory, pin: str, at: datetime | None = None) -> Proof:
    """That the person gave his PIN; refused where it is wrong, where none is set, and for 15 minutes after five wrong ones."""
    at = at or clock.now()
    claimed = _count_try(person=person, at=at)
    if not check_password(signing.digits_of(pin), claimed.hash):
        raise Refused(_wrong(claimed))
    _right(pin=claimed)
    return Proof(claimed.pk)


def _wrong(pin: Pin) -> str:
    if pin.locked_until:
        return _("รหัสไม่ถูก 5 ครั้ง หยุดรับรหัสของคนนี้ 15 นาที ระหว่างนี้ใช้ใบลงชื่อได้")
    return _("รหัสไม่ถูก ยังลองได้อีก %(left)s ครั้ง") % {"left": signing.MOST_TRIES - pin.tries}


@act
def _count_try(*, person: Signatory, at: datetime) -> Pin:
    """Take one of the five tries before the PIN is looked at: many at once have no more than one after the other."""
    found = Pin.objects.select_for_update().filter(**_whose(person)).exclude(hash="").first()
    if found is None:
        raise Refused(_("คนนี้ยังไม่ได้ตั้งรหัส PIN ตั้งรหัสก่อน หรือใช้ใบลงชื่อ"))
    if found.locked_until and at < found.locked_until:
        until = hhmm(found.locked_until.astimezone(clock.BANGKOK).time())
        raise Refused(_("ใส่รหัสไม่ถูกหลายครั้ง รอถึงเวลา %(until)s หรือใช้ใบลงชื่อ") % {"until": until})
    found.tries = 1 if found.locked_until else found.tries + 1
    found.locked_until = at + signing.LOCKED_FOR if found.tries >= signing.MOST_TRIES else None
    found.save(update_fields=["tries", "locked_until"])
    return found


@act
def _right(*, pin: Pin) -> None:
    pin.tries, pin.locked_until = 0, None
    pin.save(update_fields=["tries", "locked_until"])


def sign(by: Doer, kept: GroupBook, about: Model, signers: Sequence[Signer], at: datetime) -> list[Second]:
    """The signatures of an act, asked for inside it: each by another person; confirmed at once by PIN or by entering it."""
    names = [signing.bare(signer.name) for signer in signers]
    if len(set(names)) != len(names):
        raise Refused(_("ผู้ลงชื่อต้องเป็นคนละคนกัน"))
    GroupBook.objects.select_for_update().get(pk=kept.pk)  # slips are numbered one by one
    last = Second.objects.filter(kept=kept).aggregate(last=Max("slip_no"))["last"] or 0
    made = []
    for one in signers:
        row = _asked(by, kept, about, one, at)
        if row.way == Way.SLIP:
            last += 1
            row.slip_no = last
        made.append(row)
    return Second.objects.bulk_create(made)


def _asked(by: Doer, kept: GroupBook, about: Model, one: Signer, at: datetime) -> Second:
    if any(person is not None and person.group_id != kept.group_id for person in (one.committee, one.member)):
        raise Refused(_("ผู้ลงชื่อต้องเป็นคนของกลุ่ม"))
    himself = signing.same_person(one.name, str(by.full_name))
    if one.proof and not Pin.objects.filter(pk=one.proof.pin, committee=one.committee, member=one.member).exists():
        raise Refused(_("รหัส PIN เป็นของคนอื่น"))
    row = Second(
        kept=kept, about=label(about), about_name=str(about)[:300], role=one.role, name=one.name, committee=one.committee,
        member=one.member, asked_by=by.key, asked_by_name=str(by.full_name), asked_at=at,
        way=Way.SELF if himself else Way.PIN if one.proof else Way.SLIP,
    )  # fmt: skip
    row.pin_doubtful = row.way == Way.PIN and _doubted(one.proof)
    if row.way != Way.SLIP:
        row.confirmed_at, row.signed_on, row.confirmed_by_name = at, clock.day_of(at), str(by.full_name)
    return row


def _doubted(proof: Proof | None) -> bool:
    return proof is not None and Pin.objects.filter(pk=proof.pin, vouched_at__isnull=True).exists()


@act
def confirm_second(
    *, by: Doer, second: Second, slip_no: int | None = None, signed_on: date | None = None, proof: Proof | None = None,
    at: datetime | None = None,
) -> Second:  # fmt: skip
    """That the person signed: by the number of the slip and the day of the signature on it, or by PIN after all."""
    at = at or clock.now()
    row = Second.objects.select_for_update().get(pk=second.pk)
    if row.confirmed_at:
        raise Refused(_("ยืนยันแล้วเมื่อ %(day)s") % {"day": long(clock.day_of(row.confirmed_at))})
    if proof:
        if not Pin.objects.filter(pk=proof.pin, committee=row.committee, member=row.member).exists():
            raise Refused(_("รหัส PIN เป็นของคนอื่น"), "pin")
        signed_on, row.way, row.pin_doubtful = clock.day_of(at), Way.PIN, _doubted(proof)
    else:
        if slip_no != row.slip_no:
            raise Refused(_("เลขที่ใบลงชื่อไม่ตรง ดูเลขที่มุมบนของใบ"), "slip_no")
        if signed_on is None:
            raise Refused(_("ใส่วันที่ที่เขาลงชื่อ"), "signed_on")
        if signed_on > clock.day_of(at):
            raise Refused(_("วันที่ลงชื่อต้องไม่หลังวันนี้"), "signed_on")
    row.confirmed_at, row.signed_on, row.confirmed_by_name = at, signed_on, str(by.full_name)
    row.save(update_fields=["confirmed_at", "signed_on", "confirmed_by_name", "way", "pin_doubtful"])
    record(by, "treasury.confirm_second", row, row.kept.group.unit.path, at=at, thing=row.about, way=row.way)
    return row
