"""What was done under one's units, as a reader may see it: names of members and their money stay with the group's committee."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from django.db.models import QuerySet
from django.forms import Form

from sajja.audit.facts import facts
from sajja.audit.models import AuditRow
from sajja.audit.queries import narrowed
from sajja.audit.words import doer, said
from sajja.org.door import Request, scoped
from sajja.org.models import Person
from sajja.org.permissions import P

OFFICES: Final = ("org.", "programme.", "forums.", "assessments.", "plans.", "budget.", "reports.", "followup.", "inbox.")
OF_GROUPS: Final = ("groups.SavingsGroup:", "groups.RegisterImport:")
"""Things whose names an office reads; all others speak of members or of their money."""


class Line(NamedTuple):
    """One act as its reader may see it."""

    row: AuditRow
    said: str
    doer: str
    name: str
    facts: list[tuple[str, str]]


def chosen(request: Request, form: Form) -> QuerySet[AuditRow]:
    """The rows under the reader's units that the address asks for; a filter that cannot be read is no filter."""
    form.is_valid()
    asked = {name: form.cleaned_data.get(name) or None for name in form.fields}
    return narrowed(
        scoped(request.user, P.SEE_AUDIT, AuditRow.objects.all()), who=asked["who"] or "", room=asked["room"] or "",
        first=asked["first"], last=asked["last"], about=request.GET.get("about", "")[:80],
    )  # fmt: skip


def lines(reader: Person, rows: Iterable[AuditRow]) -> list[Line]:
    """The rows in words; one query for whose members' names the reader may see."""
    shown = list(rows)
    keys = [row.pk for row in shown]
    named = set(scoped(reader, P.SEE_MEMBERS, AuditRow.objects.filter(pk__in=keys)).values_list("pk", flat=True))
    return [_line(row, open_=row.pk in named or row.about.startswith((*OFFICES, *OF_GROUPS))) for row in shown]


def _line(row: AuditRow, *, open_: bool) -> Line:
    return Line(row, said(row.act), doer(row), row.about_name if open_ else "", facts(row.detail) if open_ else [])
