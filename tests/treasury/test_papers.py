"""The group's own papers as PDF: figures and words, both signatures, the same bytes twice, no Garuda."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from sajja.org.models import Person
from sajja.treasury.views.statements import MADE
from tests.papers import laid_out as words_of
from tests.papers import missing
from tests.treasury.books import Kept, a_book
from tests.treasury.sheets import sheet_things

pytestmark = pytest.mark.django_db


@pytest.fixture
def book() -> Kept:
    return a_book(pledged=10000)


def read(person: Person, page: str) -> bytes:
    client = Client()
    client.force_login(person)
    answer = client.get(page)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    return bytes(answer.content)


def test_every_statement_is_a_paper_with_both_signatures(book: Kept, tmp_path: Path) -> None:
    page = reverse("treasury:statement_pdf", args=[book.kept.book_id])
    made = {key: read(book.treasurer, f"{page}?of={key}") for key in MADE}
    assert {key: read(book.treasurer, f"{page}?of={key}") for key in MADE} == made
    said = {key: words_of(tmp_path, paper) for key, paper in made.items()}
    assert [key for key in MADE if missing(said[key], book.group.name, "เหรัญญิก", "ประธานกลุ่ม", "หน่วย: บาท")] == []
    assert [key for key in MADE if not re.search(r"หน้า 1 จาก \d", said[key]) or "ครุฑ" in said[key]] == []
    assert missing(said["trial-balance"], "งบทดลอง", "300.00") == []


def test_a_statement_that_is_not_there_is_not_found(book: Kept) -> None:
    client = Client()
    client.force_login(book.treasurer)
    assert client.get(reverse("treasury:statement_pdf", args=[book.kept.book_id]), {"of": "none"}).status_code == 404


def test_receipts_passbook_and_the_sheet_to_write_on(book: Kept, tmp_path: Path) -> None:
    things = sheet_things(book)
    member = book.members[0]
    pages = {
        "receipts": reverse("treasury:receipts_pdf", args=[things["day"]]),
        "receipt": reverse("treasury:receipt_pdf", args=[things["day"], things["receipt"]]),
        "passbook": reverse("treasury:passbook_pdf", args=[member.pk]),
        "blank": reverse("treasury:collect_blank_pdf", args=[book.kept.book_id]),
    }
    made = {name: read(book.treasurer, page) for name, page in pages.items()}
    assert {name: read(book.treasurer, page) for name, page in pages.items()} == made
    said = {name: words_of(tmp_path, paper) for name, paper in made.items()}
    assert missing(said["receipts"], "ใบฝากเงินสัจจะ แทนใบเสร็จรับเงิน", "เงินสัจจะสะสม", "บาทถ้วน)", "ผู้ส่งเงิน", "ผู้รับเงิน") == []
    assert missing(said["receipt"], f"2564/{things['receipt']}", book.group.name) == []
    assert missing(said["passbook"], member.name, "คงเหลือ", "เหรัญญิก") == []
    assert missing(said["blank"], *(one.name for one in book.members), "ลงชื่อ", "นับเงินสดได้") == []
