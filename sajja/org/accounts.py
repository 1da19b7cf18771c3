"""Accounts as an operator gives them on the command line."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from sajja.lib.refusals import Refused
from sajja.org import actions
from sajja.org.models import Person, Unit
from sajja.org.roles import ROLES
from sajja.web import clock


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
