"""What is remembered of coming and going: sign-ins, sign-ins that failed, sign-outs, second factors. The first of a day has the audit sealed."""

from typing import Any

from allauth.account.signals import user_logged_in
from allauth.mfa import signals as second_factor
from allauth.mfa.models import Authenticator
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


@receiver(second_factor.authenticator_added, dispatch_uid="org.second_factor_added")
def added(request: HttpRequest, user: Person, authenticator: Authenticator, **_: Any) -> None:
    """A row: which kind of second factor was set; recovery codes come with the first of them."""
    deed = "org.renew_recovery_codes" if authenticator.type == Authenticator.Type.RECOVERY_CODES else "org.add_second_factor"
    record(user, deed, user, home_of(user), kind=authenticator.type, address=_address(request))


@receiver(second_factor.authenticator_removed, dispatch_uid="org.second_factor_removed")
def removed(request: HttpRequest, user: Person, authenticator: Authenticator, **_: Any) -> None:
    """A row: which kind of second factor is used no more."""
    record(user, "org.remove_second_factor", user, home_of(user), kind=authenticator.type, address=_address(request))


@receiver(second_factor.authenticator_reset, dispatch_uid="org.recovery_codes_renewed")
def renewed(request: HttpRequest, user: Person, **_: Any) -> None:
    """A row: the recovery codes before these are void."""
    record(user, "org.renew_recovery_codes", user, home_of(user), address=_address(request))


@receiver(second_factor.authenticator_used, dispatch_uid="org.recovery_code_used")
def used(request: HttpRequest, user: Person, authenticator: Authenticator, **_: Any) -> None:
    """A row where it was a recovery code: each is used once, and its use is worth a look."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        record(user, "org.use_recovery_code", user, home_of(user), address=_address(request))


@receiver(second_factor.authentication_failed, dispatch_uid="org.second_factor_failed")
def second_failed(request: HttpRequest, user: Person, **_: Any) -> None:
    """A row: the password was right and the code was not."""
    record(STRANGER, "org.fail_second_factor", user, home_of(user), address=_address(request))


def home_of(person: Person) -> str:
    """The path of the unit whose people may read it: of the first post of today; without one the department's."""
    return person.posts_today[0].unit.path if person.posts_today else ""


def _address(request: HttpRequest | None) -> str:
    """The address that the server sees."""
    return str(request.META.get("REMOTE_ADDR", "")) if request is not None else ""
