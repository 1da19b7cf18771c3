"""Reads of the audit rows."""

from django.db.models import Model, QuerySet

from sajja.audit.labels import label
from sajja.audit.models import AuditRow


def history_of(thing: Model) -> QuerySet[AuditRow]:
    """The acts about one thing, newest first."""
    return AuditRow.objects.filter(about=label(thing)).order_by("-at", "-id")
