"""Opening the pages of follow-up as a person of the cast."""

from uuid import uuid4

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sajja.org.models import Person


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(Person.objects.get(pk=person.pk))
    return client


def shows(person: Person, name: str, *args: object, **query: str) -> str:
    answer = browser(person).get(reverse(f"followup:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def sends(who: Person, name: str, /, *args: object, **given: object) -> str:
    """Where the form led, or the page that refused it."""
    answer = browser(who).post(reverse(f"followup:{name}", args=args), {"once": str(uuid4()), **given})
    return answer["Location"] if answer.status_code == 302 else answer.content.decode()


def asked(person: Person, name: str, *args: object) -> int:
    client, address = browser(person), reverse(f"followup:{name}", args=args)
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(address).status_code == 200
    return len(found)
