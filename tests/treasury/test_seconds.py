"""Second persons: a PIN of one's own, wrong ones remembered, slips confirmed later, nobody his own second."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.asserts import assertContains, assertNotContains

from sajja.audit.models import AuditRow
from sajja.groups.models import CommitteeMember
from sajja.ledger.models import Entry
from sajja.lib.refusals import Refused
from sajja.treasury import signing
from sajja.treasury.actions import bank, seconds
from sajja.treasury.actions.seconds import signer
from sajja.treasury.models import Pin, Second
from sajja.web import clock
from tests.treasury.books import Kept, a_book
from tests.treasury.money import PIN
from tests.treasury.people import a_committee

pytestmark = pytest.mark.django_db
ON = date(2021, 6, 5)


@pytest.fixture
def book() -> Kept:
    return a_book(opening=[("11000", 100_000), ("12100", 5_000_000), ("34000", -5_100_000)])


@pytest.fixture
def committee(book: Kept) -> list[CommitteeMember]:
    return a_committee(book)


def with_pin(book: Kept, person: CommitteeMember, pin: str = PIN) -> Pin:
    return seconds.set_pin(by=book.treasurer, group=book.group, person=person, pin=pin)


def withdrawn(book: Kept, *signers: seconds.Signer) -> Entry:
    accounts = {row.code: row for row in book.kept.book.accounts.filter(code__in=["11000", "12100"])}
    return bank.bank_to_cash(
        by=book.treasurer,
        kept=book.kept,
        date=ON,
        bank=accounts["12100"],
        cash=accounts["11000"],
        amount=100_000,
        signers=signers,
    )


# --- the PIN itself --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "pin", ["123456", "654321", "111111", "121212", "123123", "112233", "010230", "151264", "641215", "256412", "890123"]
)
def test_a_pin_that_anybody_would_try_is_refused(book: Kept, committee: list[CommitteeMember], pin: str) -> None:
    with pytest.raises(Refused, match="เดาง่าย"):
        with_pin(book, committee[0], pin)
    assert Pin.objects.count() == 0


@pytest.mark.parametrize("pin", ["58304", "5830471", "58304a", ""])
def test_a_pin_has_six_digits(book: Kept, committee: list[CommitteeMember], pin: str) -> None:
    with pytest.raises(Refused, match="ตัวเลข 6 ตัว"):
        with_pin(book, committee[0], pin)


@given(st.dates(date(1930, 1, 1), date(2030, 12, 31)))
def test_nobodys_birthday_is_a_pin(born: date) -> None:
    for year in (born.year % 100, (born.year + 543) % 100):
        assert signing.too_easy(f"{born.day:02}{born.month:02}{year:02}")
        assert signing.too_easy(f"{year:02}{born.month:02}{born.day:02}")


def test_a_pin_is_kept_as_a_hash_and_stands_in_no_audit_row(book: Kept, committee: list[CommitteeMember]) -> None:
    made = with_pin(book, committee[0], "๕๘๓ ๐๔๗")
    assert PIN not in made.hash
    assert seconds.prove(person=committee[0], pin=PIN).pin == made.pk
    assert [row for row in AuditRow.objects.all() if PIN in f"{row.detail}{row.about_name}"] == []


def test_a_pin_is_changed_with_the_old_one_or_after_the_chair_cleared_it(book: Kept, committee: list[CommitteeMember]) -> None:
    made = with_pin(book, committee[0])
    with pytest.raises(Refused, match="ใส่รหัสเดิม"):
        with_pin(book, committee[0], "729406")
    proof = seconds.prove(person=committee[0], pin=PIN)
    seconds.set_pin(by=book.treasurer, group=book.group, person=committee[0], pin="729406", proof=proof)
    assert seconds.prove(person=committee[0], pin="729406").pin == made.pk
    seconds.forget_pin(by=book.chair, pin=Pin.objects.get(), reason="ลืม")
    with pytest.raises(Refused, match="ยังไม่ได้ตั้งรหัส"):
        seconds.prove(person=committee[0], pin="729406")
    assert with_pin(book, committee[0], "830571").pk == made.pk


def test_five_wrong_pins_lock_for_fifteen_minutes_even_the_right_one(book: Kept, committee: list[CommitteeMember]) -> None:
    with_pin(book, committee[0])
    said = []
    for wrong in ("000001", "000002", "000003", "000004", "000005"):
        with pytest.raises(Refused) as refusal:
            seconds.prove(person=committee[0], pin=wrong)
        said.append(str(refusal.value))
    assert said[0] == "รหัสไม่ถูก ยังลองได้อีก 4 ครั้ง"
    assert "หยุดรับรหัสของคนนี้ 15 นาที" in said[4]
    with pytest.raises(Refused, match=r"รอถึงเวลา 09\.15 น\."):
        seconds.prove(person=committee[0], pin=PIN)
    with clock.fixed(clock.now() + timedelta(minutes=15)):
        seconds.prove(person=committee[0], pin=PIN)
    assert Pin.objects.get().tries == 0


def test_a_right_pin_forgets_the_wrong_ones(book: Kept, committee: list[CommitteeMember]) -> None:
    with_pin(book, committee[0])
    for pin in ("000001", "000002", "000003", "000004"):
        with pytest.raises(Refused):
            seconds.prove(person=committee[0], pin=pin)
    seconds.prove(person=committee[0], pin=PIN)
    assert (Pin.objects.get().tries, Pin.objects.get().locked_until) == (0, None)


# --- who signs -------------------------------------------------------------------------------


def test_a_pin_confirms_at_once_and_so_does_entering_it_oneself(book: Kept, committee: list[CommitteeMember]) -> None:
    chair, treasurer, _audit = committee
    with_pin(book, chair)
    proof = seconds.prove(person=chair, pin=PIN)
    made = withdrawn(book, signer("คนที่ 1", treasurer), signer("คนที่ 2", chair, proof))
    rows = Second.objects.filter(about=f"ledger.Entry:{made.pk}").order_by("pk")
    assert [(row.name, row.way, row.confirmed_at is not None, row.slip_no) for row in rows] == [
        ("นางทองใบ (ตัวอย่าง)", "self", True, None),
        ("นายบุญมี (ตัวอย่าง)", "pin", True, None),
    ]


def test_nobody_is_his_own_second(book: Kept, committee: list[CommitteeMember]) -> None:
    treasurer = committee[1]
    with pytest.raises(Refused, match="คนละคน"):
        withdrawn(book, signer("คนที่ 1", treasurer), signer("คนที่ 2", treasurer))
    assert Entry.objects.filter(book=book.kept.book, kind="bank-to-cash").count() == 0


def test_anothers_proof_signs_for_nobody_else(book: Kept, committee: list[CommitteeMember]) -> None:
    chair, treasurer, audit = committee
    with_pin(book, chair)
    proof = seconds.prove(person=chair, pin=PIN)
    with pytest.raises(Refused, match="ของคนอื่น"):
        withdrawn(book, signer("คนที่ 1", treasurer), signer("คนที่ 2", audit, proof))


def test_a_slip_waits_and_is_confirmed_by_its_number_and_day_once(book: Kept, committee: list[CommitteeMember]) -> None:
    chair, _treasurer, audit = committee
    made = withdrawn(book, signer("คนที่ 1", chair), signer("คนที่ 2", audit))
    first, second = Second.objects.filter(about=f"ledger.Entry:{made.pk}").order_by("pk")
    assert [(row.slip, row.confirmed_at) for row in (first, second)] == [("0001", None), ("0002", None)]
    confirm: dict[str, Any] = {"by": book.treasurer, "second": second}
    with pytest.raises(Refused, match="ไม่ตรง"):
        seconds.confirm_second(**confirm, slip_no=1, signed_on=ON)
    with pytest.raises(Refused, match="วันที่ที่เขาลงชื่อ"):
        seconds.confirm_second(**confirm, slip_no=2)
    with pytest.raises(Refused, match="ไม่หลังวันนี้"):
        seconds.confirm_second(**confirm, slip_no=2, signed_on=date(2021, 6, 11))
    seconds.confirm_second(**confirm, slip_no=2, signed_on=ON)
    with pytest.raises(Refused, match="ยืนยันแล้ว"):
        seconds.confirm_second(**confirm, slip_no=2, signed_on=ON)
    [row] = AuditRow.objects.filter(act="treasury.confirm_second")
    assert row.detail == {"thing": f"ledger.Entry:{made.pk}", "way": "slip"}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("นางคำปุ่น ใจซื่อ", "คำปุ่น  ใจซื่อ", True),
        ("นางสาววันดี มีออม", "น.ส.วันดี มีออม", True),
        ("นายสมาน ขยันยิ่ง", "นางสมาน ขยันยิ่ง", True),
        ("นายสมาน ขยันยิ่ง", "นายสมาน ขยัน", False),
    ],
)
def test_a_title_makes_nobody_another_person(one: str, other: str, same: bool) -> None:
    assert signing.same_person(one, other) is same


# --- on the page -----------------------------------------------------------------------------


def asked(book: Kept, committee: list[CommitteeMember], pin: str) -> tuple[str, dict[str, object]]:
    accounts = {row.code: row.pk for row in book.kept.book.accounts.filter(code__in=["11000", "12100"])}
    fields = {
        "once": str(uuid4()), "date": "5 มิ.ย. 2564", "bank": accounts["12100"], "cash": accounts["11000"], "amount": "1,000",
        "paper_no": "", "who_one": f"c{committee[0].pk}", "pin_one": pin, "who_two": f"c{committee[1].pk}", "pin_two": "",
    }  # fmt: skip
    return reverse("treasury:bank_to_cash", args=[book.kept.book_id]), fields


def test_a_wrong_pin_is_remembered_though_the_form_is_refused(book: Kept, committee: list[CommitteeMember]) -> None:
    with_pin(book, committee[0])
    client = Client()
    client.force_login(book.treasurer)
    address, fields = asked(book, committee, "900817")
    page = client.post(address, fields)
    assertContains(page, "รหัสไม่ถูก ยังลองได้อีก 4 ครั้ง")
    assertNotContains(page, "900817")
    assert Pin.objects.get().tries == 1
    for _again in range(4):
        page = client.post(address, asked(book, committee, "900817")[1])
    assertContains(page, "หยุดรับรหัสของคนนี้ 15 นาที")
    assertContains(client.post(address, asked(book, committee, PIN)[1]), "รอถึงเวลา")
    assert Entry.objects.filter(book=book.kept.book, kind="bank-to-cash").count() == 0


def test_a_right_pin_withdraws_and_the_same_form_again_does_nothing_more(book: Kept, committee: list[CommitteeMember]) -> None:
    with_pin(book, committee[0])
    client = Client()
    client.force_login(book.treasurer)
    address, fields = asked(book, committee, PIN)
    first, again = client.post(address, fields), client.post(address, fields)
    made = Entry.objects.get(book=book.kept.book, kind="bank-to-cash")
    assert [answer["Location"] for answer in (first, again)] == [reverse("treasury:voucher", args=[made.pk])] * 2
    assert Second.objects.count() == 2


def test_a_pin_is_never_shown_where_two_forms_differ(book: Kept, committee: list[CommitteeMember]) -> None:
    with_pin(book, committee[0])
    client = Client()
    client.force_login(book.treasurer)
    address, fields = asked(book, committee, PIN)
    client.post(address, fields)
    page = client.post(address, fields | {"amount": "2,000"})
    assert page.status_code == 409
    assertNotContains(page, PIN, status_code=409)
    assertContains(page, "2,000", status_code=409)


def test_what_is_unconfirmed_stands_on_the_voucher_and_on_the_list(book: Kept, committee: list[CommitteeMember]) -> None:
    made = withdrawn(book, signer("คนที่ 1", committee[1]), signer("คนที่ 2", committee[0]))
    client = Client()
    client.force_login(book.treasurer)
    assertContains(client.get(reverse("treasury:voucher", args=[made.pk])), "ยังไม่ยืนยัน")
    listed = reverse("treasury:unconfirmed", args=[book.kept.book_id])
    assertContains(client.get(listed), "0001")
    waiting = Second.objects.get(confirmed_at=None)
    client.post(
        reverse("treasury:confirm_second", args=[waiting.pk]), {"once": str(uuid4()), "slip_no": "1", "signed_on": "5 มิ.ย. 2564"}
    )
    assertContains(client.get(listed), "ไม่มีลายมือชื่อที่รอยืนยัน")
