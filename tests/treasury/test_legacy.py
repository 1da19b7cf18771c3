"""Older movements from another program's file: read, checked, confirmed, posted day by day by the worker; or not at all."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from sajja.ledger.models import Entry, Movement
from sajja.ledger.verifying import verify
from sajja.lib.refusals import Refused
from sajja.treasury import jobs
from sajja.treasury.actions import close_month, vouchers
from sajja.treasury.actions import legacy as acts
from sajja.treasury.forms.legacy import LegacyForm
from sajja.treasury.legacy import COLUMNS, OPTIONAL, PIECE, Reading
from sajja.treasury.models import LegacyImport
from sajja.treasury.queries.opening import legacy_ground
from sajja.web import clock
from sajja.web.sheets import Column, Sheet, workbook
from tests.sizes import size
from tests.treasury.books import Kept, a_book

pytestmark = pytest.mark.django_db
Row = tuple[str, ...]
GOOD: list[Row] = [
    ("5 ก.พ. 2564", "M01", "ส่งสัจจะ", "200"), ("5 ก.พ. 2564", "M02", "ฝากพิเศษ", "1,000.50"), ("2021-01-05", "M01", "สัจจะ", "200"),
    ("5 ก.พ. 2564", "M01", "ค่าปรับ", "10"), ("6 มี.ค. 2564", "M02", "ถอนพิเศษ", "500.50"),
]  # fmt: skip


@pytest.fixture
def book() -> Kept:
    return a_book(pledged=10_000)


def a_file(rows: list[Row]) -> SimpleUploadedFile:
    """A workbook of these rows."""
    heads = (*COLUMNS, *OPTIONAL)
    cells = [[*row, *[""] * (len(heads) - len(row))] for row in rows]
    return SimpleUploadedFile("เดิม.xlsx", workbook([Sheet("รายการ", [Column(head) for head in heads], cells)], clock.now()))


def a_csv(rows: list[Row], encoding: str = "cp874", mark: str = ",") -> SimpleUploadedFile:
    """The same as a CSV of a Thai program, without the column of contracts."""
    lines = [mark.join(f'"{cell}"' for cell in row) for row in [COLUMNS, *rows]]
    return SimpleUploadedFile("เดิม.csv", "\r\n".join(lines).encode(encoding))


def read(book: Kept, upload: SimpleUploadedFile) -> Reading:
    return LegacyForm(legacy_ground(book.kept)).read(upload)


def received(book: Kept, rows: list[Row], sha256: str = "0") -> LegacyImport:
    """A file that was read and kept."""
    return acts.receive_legacy(
        by=book.treasurer, kept=book.kept, file_name="เดิม.xlsx", sha256=sha256, reading=read(book, a_file(rows))
    )


def run(book: Kept, legacy: LegacyImport) -> LegacyImport:
    """Confirmed, and done by the worker."""
    acts.confirm_legacy(by=book.treasurer, legacy=legacy)
    jobs.run_legacy.call(legacy.pk)
    legacy.refresh_from_db()
    return legacy


def test_rows_become_one_voucher_a_day_and_the_balances_they_tell(book: Kept) -> None:
    done = run(book, received(book, GOOD))
    assert (done.state, done.row_count, done.day_count, done.rows) == ("done", 5, 3, {})
    entries = Entry.objects.filter(kind="legacy").order_by("pk")
    assert [(entry.date.isoformat(), entry.lines) for entry in entries] == [
        ("2021-01-05", 1),
        ("2021-02-05", 3),
        ("2021-03-06", 1),
    ]
    held = [book.standing(code) for code in ("31020:M01", "20000:M02", "42000", "11000")]
    assert held == [50_000, 50_000, 1_000, 30_000 + 40_000 + 100_050 + 1_000 - 50_050]
    fine = Movement.objects.get(credit__code="42000")
    assert fine.about is not None
    assert fine.about.code == "31020:M01"
    assert verify(book.kept.book) == []


@pytest.mark.parametrize("upload", [a_csv(GOOD), a_csv(GOOD, "utf-8-sig"), a_csv(GOOD, "utf-8", ";"), a_csv(GOOD, "cp874", "\t")])
def test_a_csv_of_any_usual_kind_reads_as_the_workbook_does(book: Kept, upload: SimpleUploadedFile) -> None:
    found, wanted = read(book, upload), read(book, a_file(GOOD))
    assert (found.days, found.wrong) == (wanted.days, [])


WRONG: list[tuple[Row, str, str]] = [
    (("31 ธ.ค. 2563", "M01", "ส่งสัจจะ", "200"), "วันที่", "ก่อนวันเริ่มบัญชี"),
    (("11 มิ.ย. 2564", "M01", "ส่งสัจจะ", "200"), "วันที่", "ต้องไม่หลัง"),
    (("", "M01", "ส่งสัจจะ", "200"), "วันที่", "ยังไม่ได้ใส่"),
    (("5 ก.พ. 2564", "M77", "ส่งสัจจะ", "200"), "เลขที่สมาชิก", "ไม่พบสมาชิกเลขที่ M77"),
    (("5 ก.พ. 2564", "M01", "อื่น ๆ", "200"), "รายการ", "ใช้คำ: ส่งสัจจะ"),
    (("5 ก.พ. 2564", "M01", "ส่งสัจจะ", "=1+1"), "จำนวนเงิน (บาท)", "อ่านจำนวนเงินนี้ไม่ออก"),
    (("5 ก.พ. 2564", "M01", "ส่งสัจจะ", "0"), "จำนวนเงิน (บาท)", "มากกว่า 0"),
    (("5 ก.พ. 2564", "M01", "คืนเงินต้น", "5"), "เลขที่สัญญา", "ไม่มีสัญญาเงินกู้"),
    (("5 ก.พ. 2564", "M01", "ถอนสัจจะ", "300.01"), "จำนวนเงิน (บาท)", "มีอยู่ 300.00 บาท ไม่พอสำหรับ 300.01 บาท"),
]


@pytest.mark.parametrize(("row", "column", "words"), WRONG)
def test_a_row_that_does_not_fit_is_named_and_nothing_can_be_confirmed(book: Kept, row: Row, column: str, words: str) -> None:
    legacy = received(book, [GOOD[0], row])
    [[number, where, said, _cells]] = legacy.errors
    assert (legacy.state, number, where, words in said) == ("wrong", 3, column, True)
    with pytest.raises(Refused, match="ยังมีแถวที่ต้องแก้"):
        acts.confirm_legacy(by=book.treasurer, legacy=legacy)
    assert not Entry.objects.filter(kind="legacy").exists()


def test_what_the_ledger_refuses_after_all_leaves_nothing_and_says_so(book: Kept) -> None:
    legacy = received(book, [("5 มี.ค. 2564", "M01", "ถอนสัจจะ", "100"), GOOD[2]])
    first = received(book, [("5 ก.พ. 2564", "M01", "ถอนสัจจะ", "100")], "1")
    assert run(book, first).state == "done"
    late = run(book, legacy)
    assert (late.state, late.message) == ("done", "")
    again = received(book, [("5 มี.ค. 2564", "M02", "ถอนสัจจะ", "60")], "2")
    assert (
        run(book, received(book, [("5 มี.ค. 2564", "M02", "ถอนสัจจะ", "60"), ("7 มี.ค. 2564", "M01", "สัจจะ", "5")], "3")).state
        == "done"
    )
    refused = run(book, again)
    assert (refused.state, "ยังไม่พอสำหรับ 60.00" in refused.message) == ("failed", True)
    assert book.standing("31020:M02") == 4_000
    assert verify(book.kept.book) == []


def test_a_file_is_posted_once_however_often_it_is_confirmed_or_sent(book: Kept) -> None:
    legacy = run(book, received(book, GOOD))
    jobs.run_legacy.call(legacy.pk)
    for act in (acts.confirm_legacy, acts.drop_legacy):
        legacy.refresh_from_db()
        with pytest.raises(Refused):
            act(by=book.treasurer, legacy=legacy)
    with pytest.raises(Refused, match="นำเข้าแล้ว"):
        received(book, GOOD)
    assert Entry.objects.filter(kind="legacy").count() == 3


def test_a_very_long_day_is_posted_in_pieces_what_came_in_first(book: Kept) -> None:
    rows: list[Row] = [("5 ก.พ. 2564", "M01", "ถอนสัจจะ", "150")]
    rows += [("5 ก.พ. 2564", "M01", "ส่งสัจจะ", "1")] * PIECE
    done = run(book, received(book, rows))
    assert done.state == "done"
    assert list(Entry.objects.filter(kind="legacy").order_by("pk").values_list("lines", flat=True)) == [PIECE, 1]


@pytest.mark.parametrize("kind", ["opening", "legacy"])
def test_what_came_from_before_is_not_taken_back_whole(book: Kept, kind: str) -> None:
    run(book, received(book, GOOD))
    entry = Entry.objects.filter(kind=kind).order_by("pk")[0]
    with pytest.raises(Refused, match="แก้เฉพาะ"):
        vouchers.reverse_voucher(by=book.treasurer, kept=book.kept, entry=entry, reason="ผิด", date=date(2021, 6, 8))


def test_a_month_that_was_closed_takes_no_older_movements(book: Kept) -> None:
    legacy = received(book, GOOD[:1])
    for month in (202101, 202102):
        close_month(by=book.treasurer, kept=book.kept, month=month)
    [wrong] = read(book, a_file(GOOD[:1])).wrong
    assert (wrong.column, "งวดเดือนนี้ปิดแล้ว" in wrong.words) == ("วันที่", True)
    refused = run(book, legacy)
    assert (refused.state, "ปิดแล้ว" in refused.message, Entry.objects.filter(kind="legacy").count()) == ("failed", True, 0)


WORDS = ["ส่งสัจจะ", "ถอนสัจจะ", "ฝากพิเศษ", "ถอนพิเศษ", "ค่าปรับ"]
ROWS = st.lists(
    st.tuples(
        st.dates(date(2021, 1, 1), date(2021, 1, 6)).map(date.isoformat), st.sampled_from(["M01", "M02"]), st.sampled_from(WORDS),
        st.sampled_from(["30", "60", "100", "130"]),
    ),
    min_size=1, max_size=8,
)  # fmt: skip
NAMED = dict(zip(WORDS, ["pledged", "pledged-out", "special-in", "special-out", "fine"], strict=True))


class DryRun(TestCase):
    """The dry run finds a file fit exactly where the ledger takes it."""

    @settings(max_examples=size(15, 300), deadline=None)
    @given(ROWS)
    def test_what_the_dry_run_lets_through_is_posted_and_nothing_else_is(self, rows: list[Row]) -> None:
        book = a_book(members=2, pledged=10_000)
        keys = {member.number: member.pk for member in book.members}
        reading = read(book, a_file(rows))
        days: dict[str, list[Any]] = {}
        for day, number, words, baht in rows:
            days.setdefault(day, []).append([keys[number], NAMED[words], int(baht) * 100, ""])
        if not reading.wrong:
            assert reading.days == days
        legacy = acts.receive_legacy(
            by=book.treasurer, kept=book.kept, file_name="เดิม.xlsx", sha256="0", reading=Reading(days=days)
        )
        assert run(book, legacy).state == ("failed" if reading.wrong else "done")
        assert verify(book.kept.book) == []


class Page:
    """The pages as the treasurer sees them."""

    def __init__(self, book: Kept) -> None:
        self.book, self.client, self.sent = book, Client(), 0
        self.client.force_login(book.treasurer)

    def post(self, address: str, **typed: Any) -> Any:
        self.sent += 1
        return self.client.post(address, {"once": f"6f1b2c3d-0000-4000-8000-{self.sent:012}"} | typed)


def test_a_file_is_sent_looked_at_confirmed_and_its_rows_to_mend_come_as_a_sheet(book: Kept) -> None:
    page = Page(book)
    home = f"/treasury/books/{book.kept.book_id}/legacy/"
    sent = page.post(home, sheet=a_file(GOOD))["Location"]
    assert "ยืนยันเพื่อลงบัญชี 5 รายการ ใน 3 วัน" in page.client.get(sent).content.decode()
    assert page.post(sent)["Location"] == sent
    legacy = LegacyImport.objects.get()
    assert (legacy.state, "HX-Refresh" in page.client.get(f"{sent}progress/")) == ("queued", False)
    jobs.run_legacy.call(legacy.pk)
    assert "ลงบัญชีแล้ว 5 รายการ ใน 3 วัน" in page.client.get(sent).content.decode()
    assert page.client.get(f"{sent}progress/")["HX-Refresh"] == "true"
    wrong = page.post(home, sheet=a_csv([WRONG[3][0]]))["Location"]
    assert "ไม่พบสมาชิกเลขที่ M77" in page.client.get(wrong).content.decode()
    assert page.client.get(f"{wrong}wrong.xlsx").content.startswith(b"PK")
    assert page.post(f"{wrong}drop/")["Location"] == home
    assert page.client.get(f"/treasury/books/{book.kept.book_id}/legacy.xlsx").content.startswith(b"PK")


@pytest.mark.parametrize("content", [b"", b"\x00\xff\xfe", b"PK\x03\x04nonsense", b"%PDF-1.4", "วันที่,รายการ\n1,2".encode()])
def test_what_is_no_such_file_is_refused_in_words(book: Kept, content: bytes) -> None:
    page = Page(book)
    answer = page.post(f"/treasury/books/{book.kept.book_id}/legacy/", sheet=SimpleUploadedFile("x.csv", content))
    assert (answer.status_code, 'class="error' in answer.content.decode()) == (200, True)
    assert not LegacyImport.objects.exists()
