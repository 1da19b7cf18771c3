"""Who names a resolution: asked of every table that has a key to it, so that no room above can be forgotten."""

from typing import Any, NamedTuple, Protocol, cast

from django.db.models import Exists, ForeignKey, Model, OuterRef, QuerySet

from sajja.groups.models import Resolution
from sajja.ledger.models import Entry

MOST = 10


class Telling(Protocol):
    """A row that names a resolution: `told` says in Thai which paper it is."""

    told: str


class Naming(NamedTuple):
    """A paper that stands on a resolution, and its page ("" where it has none)."""

    words: str
    url: str


def naming_keys() -> list["ForeignKey[Any, Any]"]:
    """Every key to a resolution outside this room: a voucher's, a settlement's, a loan's, whatever comes later.

    A membership names one as its history only; it is not undone, and so does not stop a correction.
    """
    relations = Resolution._meta.get_fields(include_hidden=True)
    fields = [relation.field for relation in relations if relation.auto_created and hasattr(relation, "field")]
    return [field for field in fields if isinstance(field, ForeignKey) and field.model._meta.app_label != "groups"]


def namings(resolution: Resolution, most: int = MOST) -> list[Naming]:
    """What stands on it now, at most so many of each kind; one query a table."""
    found = [row for key in naming_keys() for row in _standing(key, resolution)[:most]]
    return [Naming(cast(Telling, row).told, _address(row)) for row in found]


def _standing(key: "ForeignKey[Any, Any]", resolution: Resolution) -> QuerySet[Model]:
    """Not what was taken back: rows that no longer count, or whose entry was reversed."""
    rows = key.model._default_manager.filter(**{key.name: resolution}).select_related().order_by("pk")
    names = {field.name for field in key.model._meta.concrete_fields}
    if "counts" in names:
        rows = rows.filter(counts=True)
    if "entry" in names:
        rows = rows.exclude(Exists(Entry.objects.filter(reverses=OuterRef("entry"))))
    return rows


def _address(row: Model) -> str:
    return str(row.get_absolute_url()) if hasattr(row, "get_absolute_url") else ""
