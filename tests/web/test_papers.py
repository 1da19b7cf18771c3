"""Papers as PDF: the same data give the same bytes, what people typed is set as it stands, marks and terms stay whole."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from sajja.web import papers
from sajja.web.papers import pieces
from tests.papers import words_of

AT = datetime(2021, 6, 10, 2, tzinfo=UTC)
TEXT = "น้ำใจ ผู้ใหญ่ ปู่ ที่นี่ ญี่ปุ่น ฎีกา คำสั่ง ปั้น ฝั่ง ก่ำ สิทธิ์ พันธุ์"
SAID: dict[str, Any] = {
    "title": "หนังสือนำส่ง", "draft": "", "number": "นพ 0019/123", "office": "สำนักงานพัฒนาชุมชนจังหวัดนครพนม", "place": "ศาลากลางจังหวัดนครพนม",
    "subject": "ส่งรายงาน", "to": "อธิบดี", "refers": "ว 335", "enclosed": ["รายงาน 1 ชุด"], "pieces": [pieces.said(TEXT)],
    "signer": "", "head": "พัฒนาการจังหวัด", "section": "กลุ่มงาน",
}  # fmt: skip


def test_the_same_data_give_the_same_bytes_and_another_hour_gives_others() -> None:
    made = papers.pdf("reports/cover", SAID, AT)
    assert (made[:5], made == papers.pdf("reports/cover", SAID, AT)) == (b"%PDF-", True)
    assert made != papers.pdf("reports/cover", SAID, AT + timedelta(hours=1))


def test_the_text_of_a_paper_can_be_found_and_copied_whole(tmp_path: Path) -> None:
    shown = words_of(tmp_path, papers.pdf("reports/cover", SAID, AT))
    assert (TEXT in shown, "สิ่งที่ส่งมาด้วย" in shown, "หน้า ๑ จาก ๑" in shown) == (True, True, True)


@pytest.mark.parametrize(
    "typed",
    ['#read("/etc/passwd")', '#image("http://127.0.0.1:9/x.png")', "*หนา* $x^2$ <label> @ref", "#panic()", "\\u{41} // ไม่ใช่คำสั่ง"],
)
def test_what_people_typed_is_set_as_it_stands(tmp_path: Path, typed: str) -> None:
    shown = re.sub(r"\s+", "", words_of(tmp_path, papers.pdf("reports/cover", SAID | {"pieces": [pieces.said(typed)]}, AT)))
    assert papers_digits(re.sub(r"\s+", "", typed)) in shown


def test_a_paper_sees_its_own_pictures_alone() -> None:
    with pytest.raises(FileNotFoundError):
        papers.pdf("reports/cover", SAID, AT, {"one": Path("nowhere.jpg")})
    with pytest.raises(FileNotFoundError):
        papers.pdf("reports/none", SAID, AT)


def test_a_qr_code_is_svg_without_a_size_of_its_own() -> None:
    made = papers.qr("https://example.org/papers/ABCD")
    assert (made.startswith("<svg"), 'width="' in made.split(">")[0], "viewBox" in made) == (True, False, True)


def papers_digits(words: str) -> str:
    """As official papers write figures."""
    return words.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
