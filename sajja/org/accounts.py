"""Accounts: the rules of their passwords, and how an operator gives them on the command line."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from sajja.lib.refusals import Refused
from sajja.org import actions, passwords
from sajja.org.door import has_second_factor
from sajja.org.models import Person, Unit
from sajja.org.roles import ROLES
from sajja.web import clock


class PasswordRules:
    """Django's question whether a password may be chosen: 15 characters, or 8 beside a second factor, and not easily guessed."""

    def validate(self, password: str, user: Person | None = None) -> None:
        """Raises ValidationError in one sentence that says what to do."""
        least = passwords.WITH_SECOND_FACTOR if user and user.pk and has_second_factor(user) else passwords.ALONE
        if passwords.too_short(password, least):
            raise ValidationError(_("รหัสผ่านสั้นไป ใช้อย่างน้อย %s ตัวอักษร เช่น ต่อคำที่นึกภาพออกสี่คำ") % least, code="too_short")
        own = (user.username, user.full_name, user.phone) if user else ()
        if passwords.easily_guessed(password, own, least):
            raise ValidationError(
                _("รหัสผ่านนี้เดาง่าย อย่าใช้ชื่อ วันเกิด เบอร์โทร เลขบัตร หรือแถวแป้นพิมพ์ ให้ต่อคำที่นึกภาพออกสี่คำ"), code="easily_guessed"
            )

    def get_help_text(self) -> str:
        """What to choose."""
        return _("อย่างน้อย %s ตัวอักษร ไม่ใช่ชื่อ วันเกิด เบอร์โทร หรือเลขบัตร") % passwords.ALONE


def staff(username: str, full_name: str, role: str, path: str, password: str) -> str:
    """Make the account and its post, both or neither; returns what is wrong in one line, or nothing."""
    unit = Unit.objects.filter(path=path).first()
    if unit is None:
        return f"no unit has the code {path!r}"
    if role not in ROLES:
        return f"no such role: {role} (one of {', '.join(ROLES)})"
    if Person.objects.filter(username=username).exists():
        return f"{username} has an account already"
    try:
        validate_password(password, Person(username=username, full_name=full_name))
        with transaction.atomic():
            person = actions.add_person(by=actions.SYSTEM, username=username, full_name=full_name, password=password)
            actions.appoint(by=actions.SYSTEM, person=person, role=role, unit=unit, starts=clock.today())
    except ValidationError as refused:
        return " ".join(refused.messages)
    except Refused as refused:
        return str(refused)
    return ""
