"""Reads of the audit rows and of their seals."""

from collections.abc import Iterator
from datetime import date, time

from django.db.models import Model, QuerySet

from sajja.audit import chain
from sajja.audit.chain import Told
from sajja.audit.labels import label
from sajja.audit.models import AuditRow, AuditSeal
from sajja.web import clock

CHUNK = 2_000


def history_of(*things: Model) -> QuerySet[AuditRow]:
    """The acts about one thing, or about several that belong together, newest first."""
    return AuditRow.objects.filter(about__in=[label(thing) for thing in things]).order_by("-at", "-id")


def narrowed(
    rows: QuerySet[AuditRow],
    *,
    who: str = "",
    about: str = "",
    room: str = "",
    first: date | None = None,
    last: date | None = None,
) -> QuerySet[AuditRow]:
    """Of these rows those by people whose name holds `who`, about one thing, of one room, of these days in Bangkok; newest first."""
    if who:
        rows = rows.filter(by_name__icontains=who)
    if about:
        rows = rows.filter(about=about)
    if room:
        rows = rows.filter(act__startswith=f"{room}.")
    if first:
        rows = rows.filter(at__gte=clock.moment(first, time.min))
    if last:
        rows = rows.filter(at__lte=clock.moment(last, time.max))
    return rows.order_by("-at", "-id")


def rows_between(after: int, last: int) -> Iterator[Told]:
    """The rows behind `after` up to `last`, in their order, as they are sealed; some thousands in memory at a time."""
    fields = ("pk", "at", "entered_at", "by", "by_name", "act", "about", "about_name", "unit_path", "detail")
    found = AuditRow.objects.filter(pk__gt=after, pk__lte=last).order_by("pk").values_list(*fields)
    for row in found.iterator(CHUNK):
        yield Told(*row)


def flaws() -> list[str]:
    """What is wrong with the sealed rows, in plain English for the operator; empty where every seal is met again."""
    found, previous, after = [], chain.BEGINNING, 0
    for seal in AuditSeal.objects.order_by("pk"):
        digest, count, last = chain.seal(previous, rows_between(after, seal.last))
        if (digest, count, last) != (seal.hash, seal.rows, seal.last):
            found.append(f"audit seal {seal.pk} of {seal.sealed_at:%Y-%m-%d}: {count} rows instead of {seal.rows}, or changed")
        previous, after = seal.hash, seal.last
    return found
