"""Jobs of the audit: the day's seal."""

from datetime import timedelta

from django_tasks import task

from sajja.audit.actions import seal_audit
from sajja.audit.models import AuditSeal
from sajja.web import clock

EVERY = timedelta(hours=20)


@task()
def seal() -> None:
    """Seal what was written since the last seal, unless one is of today already: asked twice it seals once."""
    if is_due():
        seal_audit()


def is_due() -> bool:
    """Whether no seal is younger than a day; by the business clock, which may stand still in the demonstration."""
    newest = AuditSeal.objects.values_list("sealed_at", flat=True).last()
    return newest is None or abs(clock.now() - newest) >= EVERY
