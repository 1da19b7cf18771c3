"""What is remembered of coming and going: sign-ins, sign-ins that failed, sign-outs. The first of a day has the audit sealed."""

from typing import Any

from allauth.account.signals import user_logged_in
from django.contrib.auth.signals import user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from sajja.audit import jobs
from sajja.audit.actions import record
from sajja.org.models import Person

STRANGER = "stranger"


@receiver(user_logged_in, dispatch_uid="org.signed_in")
def signed_in(request: HttpRequest, user: Person, **_: Any) -> None:
    """A row, and once a day the seal over the rows before."""
    record(user, "org.sign_in", user, home_of(user), address=_address(request))
    if jobs.is_due():
        jobs.seal.enqueue()


@receiver(user_login_failed, dispatch_uid="org.sign_in_failed")
def failed(credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    """A row about the account that was tried; a name that nobody has leaves none (it may be a password typed there)."""
    person = Person.objects.filter(username=credentials.get("username", "")).first()
    if person is not None:
        record(STRANGER, "org.fail_sign_in", person, home_of(person), address=_address(request))


@receiver(user_logged_out, dispatch_uid="org.signed_out")
def signed_out(request: HttpRequest, user: Person | None, **_: Any) -> None:
    """A row, where somebody was signed in."""
    if isinstance(user, Person):
        record(user, "org.sign_out", user, home_of(user))


def home_of(person: Person) -> str:
    """The path of the unit whose people may read it: of the first post of today; without one the department's."""
    return person.posts_today[0].unit.path if person.posts_today else ""


def _address(request: HttpRequest | None) -> str:
    """The address that the server sees."""
    return str(request.META.get("REMOTE_ADDR", "")) if request is not None else ""
