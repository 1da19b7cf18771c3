"""Writing the audit rows; nothing changes or deletes them."""

from datetime import datetime
from typing import Any, Protocol

from django.db.models import Model

from sajja.audit.labels import label
from sajja.audit.models import AuditRow
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
