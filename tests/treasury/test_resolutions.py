"""A resolution that a paper of the books stands on is not struck."""

from datetime import date

import pytest
from django.test import Client

from sajja.groups import actions as groups
from sajja.groups import queries
from sajja.groups.models import Resolution
from sajja.groups.queries.resolutions import naming_keys
from sajja.ledger.models import Account, Entry
from sajja.lib.refusals import Refused
from sajja.treasury.actions import leaving, vouchers
from sajja.treasury.models import Settlement
from tests.treasury.books import Kept, a_book
from tests.treasury.people import a_resolution

DAY = date(2021, 6, 5)


@pytest.fixture
def book(db: None) -> Kept:
    return a_book(pledged=50_000)


def paid(book: Kept, resolution: Resolution) -> Entry:
    return vouchers.record_expense(
        by=book.treasurer, kept=book.kept, date=DAY, account="53000", amount=1_000, payee="ร้านค้า (ตัวอย่าง)", memo="สมุด",
        money=Account.objects.get(book=book.kept.book, code="11000"), resolution=resolution,
    )  # fmt: skip


def struck(book: Kept, resolution: Resolution) -> Resolution:
    return groups.strike_resolution(by=book.chair, resolution=resolution, because="พิมพ์ผิด")


def test_a_resolution_that_a_voucher_names_is_struck_only_after_the_voucher_is_taken_back(book: Kept) -> None:
    resolution = a_resolution(book)
    made = paid(book, resolution)
    with pytest.raises(Refused, match=f"^ใบสำคัญจ่าย {made.voucher} สมุด อ้างมตินี้อยู่ ขีดฆ่าไม่ได้"):
        struck(book, resolution)
    assert Resolution.objects.get().struck_because == ""
    vouchers.reverse_voucher(by=book.treasurer, kept=book.kept, entry=made, date=DAY, reason="จ่ายผิดร้าน")
    assert struck(book, resolution).struck_because == "พิมพ์ผิด"


def test_a_resolution_that_a_settlement_names_is_struck_only_after_it_is_taken_back(book: Kept) -> None:
    resolution = a_resolution(book)
    leaver = book.members[0]
    sheet = leaving.settle(
        by=book.treasurer, kept=book.kept, member=leaver, why=Settlement.Why.LEFT, day=DAY, because="ย้ายถิ่น", money=None,
        resolution=resolution,
    )  # fmt: skip
    with pytest.raises(Refused, match=f"^ใบสรุปจ่ายคืน {leaver} อ้างมตินี้อยู่"):
        struck(book, resolution)
    leaving.take_back(by=book.treasurer, settlement=sheet, reason="กลับมา", date=DAY)
    assert struck(book, resolution).struck_because == "พิมพ์ผิด"


def test_a_settlement_takes_no_struck_resolution(book: Kept) -> None:
    resolution = a_resolution(book)
    struck(book, Resolution.objects.get())
    with pytest.raises(Refused, match="ถูกถอนแล้ว"):
        leaving.settle(
            by=book.treasurer, kept=book.kept, member=book.members[0], why=Settlement.Why.LEFT, day=DAY, because="ย้ายถิ่น",
            money=None, resolution=resolution,
        )  # fmt: skip


def test_every_table_that_names_a_resolution_says_which_paper_it_is() -> None:
    named = {key.model.__name__: key.model for key in naming_keys()}
    assert {"Settlement", "Voucher"} <= set(named)
    assert [name for name, model in named.items() if not isinstance(getattr(model, "told", None), property)] == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_lists_what_stands_on_it_and_offers_no_striking(book: Kept, client: Client, count: int) -> None:
    resolution = a_resolution(book)
    made = [paid(book, resolution) for _ in range(count)]
    client.force_login(book.chair)
    page = client.get(f"/groups/resolutions/{resolution.pk}/").content.decode()
    assert [f'href="/treasury/vouchers/{entry.pk}/"' in page for entry in made] == [True] * count
    assert "ขีดฆ่ามตินี้" not in page
    assert [naming.words for naming in queries.namings(resolution)] == [f"ใบสำคัญจ่าย {entry}" for entry in made]
