"""Reads of the inbox."""

from django.db.models import Case, QuerySet, Value, When

from sajja.inbox.models import MailAddress, Message
from sajja.org.models import Person


def messages_of(person: Person, *, unread_only: bool = False) -> QuerySet[Message]:
    """A person's messages, those not read first, then the newest."""
    found = Message.objects.filter(person=person)
    if unread_only:
        found = found.filter(read_at__isnull=True)
    return found.order_by(Case(When(read_at__isnull=True, then=Value(0)), default=Value(1)), "-at", "-pk")


def address_of(person: Person) -> MailAddress | None:
    """Where the digest of a person goes; None where none is wanted."""
    return MailAddress.objects.filter(person=person).first()
