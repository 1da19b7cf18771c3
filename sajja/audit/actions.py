"""Writing the audit rows and sealing them; nothing changes or deletes them."""

from datetime import datetime
from typing import Any, Protocol

from django.db import IntegrityError, connection, transaction
from django.db.models import Model

from sajja.audit import chain
from sajja.audit.labels import label
from sajja.audit.models import AuditRow, AuditSeal
from sajja.audit.queries import rows_between
from sajja.web import clock


class Doer(Protocol):
    """Whoever acts: a person of the org room, known here only by key and name."""

    @property
    def key(self) -> str: ...
    @property
    def full_name(self) -> Any: ...


def record(by: Doer | str, act: str, about: Model, unit_path: str, *, at: datetime | None = None, **detail: Any) -> AuditRow:
    """One row: who did which act (`forums.postpone_forum`) about which thing, under which unit, with what detail (JSON)."""
    entered = clock.now()
    return AuditRow.objects.create(
        at=at or entered,
        entered_at=entered,
        by=by if isinstance(by, str) else by.key,
        by_name=by if isinstance(by, str) else by.full_name,
        act=act,
        about=label(about),
        about_name=str(about)[:300],
        unit_path=unit_path,
        detail=detail,
    )


def seal_audit() -> AuditSeal | None:
    """Seal every row written since the last seal; None where there is none, or where somebody else seals at this moment.

    The table is held for a moment, so that no row with an older number can arrive behind the seal.
    """
    before = AuditSeal.objects.last()
    last = _last_row()
    begins = before.last if before else 0
    if last <= begins:
        return None
    digest, count, last = chain.seal(before.hash if before else chain.BEGINNING, rows_between(begins, last))
    try:
        with transaction.atomic():
            return AuditSeal.objects.create(sealed_at=clock.now(), after=begins, last=last, rows=count, hash=digest)
    except IntegrityError:
        return None


def _last_row() -> int:
    """The newest row, with nothing older under way: on PostgreSQL writers are waited for, SQLite has one at a time."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("LOCK TABLE audit_auditrow IN SHARE MODE")
        return AuditRow.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
