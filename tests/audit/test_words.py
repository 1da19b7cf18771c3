"""Every act has its words, and its detail is told in plain Thai."""

import ast
from datetime import UTC, datetime

import pytest

from sajja.audit.facts import facts
from sajja.audit.models import AuditRow
from sajja.audit.words import deeds, doer, said
from tests import sources

PRIVATE = "_"


def acts() -> set[str]:
    """`room.name` of every function that is an act."""
    found = set()
    for file in sources.python("sajja/"):
        parts = file.relative_to(sources.ROOT / "sajja").parts
        if len(parts) < 2 or parts[1].removesuffix(".py") != "actions":
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and any(getattr(one, "id", "") == "act" for one in node.decorator_list):
                found.add(f"{parts[0]}.{node.name}")
    return {name for name in found if not name.partition(".")[2].startswith(PRIVATE)}


def test_every_act_has_its_words() -> None:
    assert acts() - set(deeds()) == set()


def test_an_act_of_an_older_program_is_told_by_its_own_name() -> None:
    assert (said("groups.set_level"), said("groups.no_more")) == ("จัดระดับกลุ่ม", "ทำรายการ (groups.no_more)")


@pytest.mark.parametrize(
    ("by", "name", "words"),
    [("system", "system", "ระบบ"), ("stranger", "stranger", "ผู้ที่ยังไม่เข้าสู่ระบบ"), ("person:3", "นางดี", "นางดี")],
)
def test_who_did_it_is_told(by: str, name: str, words: str) -> None:
    assert doer(AuditRow(by=by, by_name=name, at=datetime(2021, 6, 10, tzinfo=UTC))) == words


def test_what_is_known_of_the_detail_is_told_and_the_rest_is_left_to_the_workbook() -> None:
    detail = {
        "satang": 123_450, "day": "2021-06-09", "month": 202105, "reason": "ย้าย", "note": "", "sha256": "0" * 64,
        "numbers": [str(n) for n in range(1, 9)], "bpm_at": "2021-06-07T15:56:00+07:00", "counted": "ไม่ทราบ", "principal": None,
    }  # fmt: skip
    assert facts(detail) == [
        ("จำนวนเงิน", "1,234.50 บาท"),
        ("วันที่", "9 มิ.ย. 2564"),
        ("เดือน", "พฤษภาคม 2564"),
        ("เหตุผล", "ย้าย"),
        ("เลขที่", "1, 2, 3, 4, 5, 6 และอีก 2 รายการ"),
        ("ส่งเมื่อ", "7 มิ.ย. 2564"),
        ("นับได้", "ไม่ทราบ"),
    ]


def test_a_month_of_another_shape_is_told_as_it_stands() -> None:
    assert facts({"month": 2564}) == [("เดือน", "2564")]
