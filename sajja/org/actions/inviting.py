"""Invitations: an office asks someone to take a post, and that someone comes with the code."""

from datetime import date, datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from sajja.audit.actions import record
from sajja.audit.acts import act
from sajja.lib.refusals import Refused
from sajja.lib.thai_dates import short
from sajja.org import inviting
from sajja.org.appointing import may_give
from sajja.org.door import HIGH
from sajja.org.models import Invitation, Person, Post, Unit
from sajja.org.queries import DEMONSTRATION_NAME
from sajja.org.roles import ROLES
from sajja.web import clock


@act
def invite(*, by: Person, full_name: str, role: str, unit: Unit, starts: date, at: datetime | None = None) -> Invitation:
    """Ask someone to take a post below the province; the code is open for seven days and used once."""
    if not may_give(by, role, unit):
        raise Refused(_("ท่านไม่มีอำนาจแต่งตั้งตำแหน่งนี้ที่หน่วยงานนี้ ให้หน่วยงานที่เหนือขึ้นไปเชิญ"), field="role")
    if ROLES[role].kind in HIGH:
        raise Refused(_("ตำแหน่งระดับจังหวัดขึ้นไปเชิญด้วยรหัสไม่ได้ ให้ผู้ดูแลเครื่องแม่ข่ายเพิ่มให้"), field="role")
    at = at or clock.now()
    list(Unit.objects.select_for_update().filter(pk=unit.pk))  # two who invite the same person meet here
    same = Invitation.objects.filter(unit=unit, role=role, full_name=full_name, used__isnull=True, called_in__isnull=True)
    if same.filter(expires__gt=clock.now()).exists():
        raise Refused(_("เชิญผู้นี้ในตำแหน่งนี้ไว้แล้วและยังไม่หมดเวลา ใช้คำเชิญเดิม หรือเรียกคืนก่อน"), field="full_name")
    nonce = inviting.new_nonce()
    made = Invitation.objects.create(
        full_name=full_name, role=role, unit=unit, starts=starts, nonce=nonce, by=by, at=at,
        code_hash=inviting.hash_of(inviting.code_of(nonce)), expires=at + timedelta(days=inviting.DAYS),
    )  # fmt: skip
    record(by, "org.invite", made, unit.path, at=at, person=full_name, role=role, starts=starts.isoformat())
    return made


@act
def call_in_invitation(*, by: Person, invitation: Invitation, at: datetime | None = None) -> Invitation:
    """Make the code of an invitation that nobody has used worth nothing."""
    found = _held(invitation)
    if not may_give(by, found.role, found.unit):
        raise Refused(_("ท่านไม่มีอำนาจเรียกคืนคำเชิญนี้ ให้ผู้ที่แต่งตั้งตำแหน่งนี้ได้ทำ"))
    if found.used:
        raise Refused(_("รับคำเชิญนี้ไปแล้ว หากต้องการยกเลิก ให้ตั้งวันสิ้นสุดของตำแหน่ง"))
    if found.called_in:
        raise Refused(_("เรียกคืนคำเชิญนี้ไปแล้ว ไม่ต้องทำอะไรอีก"))
    found.called_in = at or clock.now()
    found.save(update_fields=["called_in"])
    record(by, "org.call_in_invitation", found, found.unit.path, at=at, person=found.full_name)
    return found


@act
def accept_invitation(
    *,
    by: Person | None,
    invitation: Invitation,
    full_name: str = "",
    username: str = "",
    password: str = "",
    at: datetime | None = None,
) -> Post:
    """Take the post that one was invited to, with one's own account, or (by nobody yet) with a new one. Once, and in time."""
    found = _held(invitation)
    _require_open(found)
    if by and by.pk == found.by_id:
        raise Refused(_("รับคำเชิญที่ตนเองออกไม่ได้ ออกจากระบบก่อน แล้วให้ผู้ที่ได้รับเชิญเปิดเอง"))
    person = by or _new_person(full_name, username, password)
    if Post.objects.held_on(found.starts).filter(person=person, role=found.role, unit=found.unit).exists():
        raise Refused(_("ท่านดำรงตำแหน่งนี้อยู่แล้ว ไม่ต้องรับคำเชิญนี้"))
    found.post = Post.objects.create(person=person, role=found.role, unit=found.unit, starts=found.starts)
    found.used = at or clock.now()
    found.save(update_fields=["post", "used"])
    record(
        person, "org.accept_invitation", found.post, found.unit.path, at=at, username=person.username, role=found.role,
        invited_by=found.by.full_name, starts=found.starts.isoformat(),
    )  # fmt: skip
    return found.post


def _held(invitation: Invitation) -> Invitation:
    """The row itself, held: two who come with one code meet here."""
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("unit", "by")
    return rows.get(pk=invitation.pk)


def _require_open(found: Invitation) -> None:
    if found.used:
        raise Refused(_("คำเชิญนี้ใช้ไปแล้ว หากท่านไม่ได้เป็นผู้ใช้ แจ้งสำนักงานที่เชิญทันที"))
    if found.called_in:
        raise Refused(_("สำนักงานเรียกคืนคำเชิญนี้แล้ว ติดต่อสำนักงานที่เชิญ"))
    if found.state == "expired":
        raise Refused(_("คำเชิญนี้หมดเวลาแล้วเมื่อ %s ขอคำเชิญใหม่จากสำนักงานที่เชิญ") % short(clock.day_of(found.expires)))
    if not may_give(found.by, found.role, found.unit):
        raise Refused(_("ผู้ที่เชิญพ้นตำแหน่งแล้ว ขอคำเชิญใหม่จากสำนักงานที่เชิญ"))


def _new_person(full_name: str, username: str, password: str) -> Person:
    """The account of the invited; its name is free and its password keeps the rules."""
    taken = Person.objects.filter(username=username).exists()
    if taken or username.startswith(DEMONSTRATION_NAME):
        raise Refused(_("มีผู้ใช้ชื่อนี้แล้ว ลองชื่ออื่น เช่น เติมตัวเลขท้ายชื่อ"), field="username")
    person = Person(username=username, full_name=full_name)
    try:
        validate_password(password, person)
    except ValidationError as wrong:
        raise Refused(" ".join(wrong.messages), field="password") from wrong
    person.set_password(password)
    person.save()
    return person
