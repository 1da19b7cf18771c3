"""The chain over the audit rows: each seal's hash covers the seal before it and every field of every row since. Pure.

A row is one JSON array in the canonical form below, the same on every database; see docs/adr/0014-audit-seals.md.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, NamedTuple

FORM = "sajja-audit-1"
BEGINNING = "0" * 64
"""What stands before the first seal."""


class Told(NamedTuple):
    """The fields of a row as they are hashed."""

    pk: int
    at: datetime
    entered_at: datetime
    by: str
    by_name: str
    act: str
    about: str
    about_name: str
    unit_path: str
    detail: dict[str, Any]


def seal(previous: str, rows: Iterable[Told]) -> tuple[str, int, int]:
    """sha256 in hex over the seal before and the rows in their order; how many rows; the key of the last (0 where none)."""
    digest, count, last = hashlib.sha256(f"{FORM}\n{previous}\n".encode()), 0, 0
    for row in rows:
        digest.update(canonical(row).encode() + b"\n")
        count, last = count + 1, row.pk
    return digest.hexdigest(), count, last


def canonical(row: Told) -> str:
    """One JSON array: moments in UTC to the microsecond, the detail with its keys in order."""
    moments = {name: getattr(row, name).astimezone(UTC).isoformat(timespec="microseconds") for name in ("at", "entered_at")}
    return json.dumps(list(row._replace(**moments)), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
