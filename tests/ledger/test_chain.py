"""The canonical form is the one that docs/ledger.md writes down, and every field of it counts."""

import hashlib
import re
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from sajja.ledger import chain
from tests.sources import ROOT

HEAD = chain.Head(
    "480501-1", 1, 2021, 1, date(2021, 1, 5), 0, "collecting-day", "วันส่งเงินสัจจะ ม.ค. 2564",
    UUID("6f1b2c3d-0000-4000-8000-000000000001"), "person:7", "นางคำปุ่น (ตัวอย่าง)",
    datetime(2021, 1, 5, 2, 0, 0, 250000, tzinfo=UTC), None,
)  # fmt: skip
LINES = [
    chain.Line(1, "11000", "31020:M01", 20000, 1, None, None, ""),
    chain.Line(2, "11000", "42000", 1000, 1, "31020:M01", None, "ค่าปรับส่งล่าช้า"),
]


def test_the_worked_example_of_the_docs_is_what_the_code_makes() -> None:
    text = (ROOT / "docs" / "ledger.md").read_text(encoding="utf-8")
    found = re.search(r"```text\n(.*?)\n```", text, re.DOTALL)
    assert found
    assert chain.canonical(chain.BEGINNING, HEAD, LINES) == found[1]
    assert f"`{hashlib.sha256(found[1].encode()).hexdigest()}`" in text
    assert chain.entry_hash(chain.BEGINNING, HEAD, LINES) == hashlib.sha256(found[1].encode()).hexdigest()


@pytest.mark.parametrize("name", chain.Head._fields)
def test_every_field_of_an_entry_changes_the_hash(name: str) -> None:
    other = {
        "date": date(2021, 1, 6),
        "at": datetime(2021, 1, 5, 2, 0, 0, 250001, tzinfo=UTC),
        "uuid": UUID(int=1),
        "reverses": 3,
    }
    value: Any = other.get(name, f"{getattr(HEAD, name)}x" if isinstance(getattr(HEAD, name), str) else 99)
    assert chain.entry_hash("0" * 64, HEAD._replace(**{name: value}), LINES) != chain.entry_hash("0" * 64, HEAD, LINES)


@pytest.mark.parametrize("name", chain.Line._fields)
def test_every_field_of_a_movement_changes_the_hash(name: str) -> None:
    value: Any = "x" if name in {"debit", "credit", "about", "note"} else 99
    changed = [LINES[0]._replace(**{name: value}), LINES[1]]
    assert chain.entry_hash("0" * 64, HEAD, changed) != chain.entry_hash("0" * 64, HEAD, LINES)


def test_a_printed_head_reads_back() -> None:
    assert chain.read_printed(chain.printed("480501-1", 12, "a" * 64)) == ("480501-1", 12, "a" * 64)
    for wrong in ("", "480501-1:12", "480501-1:x:" + "a" * 64, "480501-1:12:abc"):
        with pytest.raises(ValueError, match="BOOK:COUNT:HASH"):
            chain.read_printed(wrong)
