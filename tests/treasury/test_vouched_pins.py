"""A PIN set on the treasurer's account works at once and is marked, until its person or the chair says that it is his."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from sajja.audit.models import AuditRow
from sajja.groups.models import CommitteeMember
from sajja.ledger.models import Account, Entry
from sajja.lib.refusals import Refused
from sajja.org.models import Person
from sajja.treasury.actions import bank, seconds
from sajja.treasury.duties import duties
from sajja.treasury.models import Pin, Second
from sajja.treasury.queries.closing import month_facts
from sajja.web import clock
from tests.cast import Cast
from tests.treasury.books import Kept, a_book
from tests.treasury.people import a_committee
from tests.treasury.test_money_pages import browser, sent

pytestmark = pytest.mark.django_db
ON = date(2021, 6, 5)
PIN = "583047"
MARK = "รหัสตั้งจากเครื่องเหรัญญิก ยังไม่รับรอง"


@pytest.fixture
def book() -> Kept:
    return a_book(opening=[("11000", 100_000), ("12100", 5_000_000), ("34000", -5_100_000)])


@pytest.fixture
def committee(book: Kept) -> list[CommitteeMember]:
    return a_committee(book)


def a_pin(book: Kept, person: CommitteeMember, by: Person | None = None) -> Pin:
    return seconds.set_pin(by=by or book.treasurer, group=book.group, person=person, pin=PIN)


def withdrawn(book: Kept, committee: list[CommitteeMember]) -> Entry:
    """The treasurer enters it, the chair gives his PIN."""
    chair, treasurer = committee[:2]
    proof = seconds.prove(person=chair, pin=PIN)
    accounts = {row.code: row for row in Account.objects.filter(book=book.kept.book, code__in=["11000", "12100"])}
    return bank.bank_to_cash(
        by=book.treasurer, kept=book.kept, date=ON, bank=accounts["12100"], cash=accounts["11000"], amount=100_000,
        signers=[seconds.signer("ผู้ลงชื่อ", treasurer), seconds.signer("ผู้ลงชื่อร่วม", chair, proof)],
    )  # fmt: skip


def page(client: Client, route: str, key: int) -> str:
    return client.get(reverse(f"treasury:{route}", args=[key])).content.decode()


def confirmed(book: Kept) -> tuple[str, bool | None]:
    [fact] = [fact for fact in month_facts(book.kept, 202106) if fact.key == "confirmed"]
    return fact.figure, fact.passed


def test_what_is_signed_by_such_a_pin_counts_and_says_where_it_was_set(book: Kept, committee: list[CommitteeMember]) -> None:
    a_pin(book, committee[0])
    entry = withdrawn(book, committee)
    found = [(row.way, row.confirmed_at is not None, row.pin_doubtful) for row in seconds_of(entry)]
    assert found == [("self", True, False), ("pin", True, True)]
    client = browser(book.treasurer)
    assert [page(client, route, entry.pk).count(MARK) for route in ("voucher", "voucher_paper")] == [1, 1]
    assert confirmed(book) == ("รอลงชื่อ 0 รายการ ลงชื่อด้วยรหัสที่ยังไม่รับรอง 1 รายการ", False)
    assert "1 คน ตั้งจากเครื่องเหรัญญิก" in page(client, "unconfirmed", book.kept.book_id)


def test_the_chair_is_told_sees_what_was_signed_and_vouches(book: Kept, committee: list[CommitteeMember]) -> None:
    pin = a_pin(book, committee[0])
    entry = withdrawn(book, committee)
    wanted = ("รับรองรหัส PIN 1 คน", reverse("treasury:pins", args=[book.kept.book_id]))
    assert wanted in [(str(duty.title), duty.url) for duty in duties(book.chair, clock.today())]
    chair, address = browser(book.chair), reverse("treasury:vouch_pin", args=[pin.pk])
    assert f'href="{reverse("treasury:voucher", args=[entry.pk])}"' in page(chair, "vouch_pin", pin.pk)
    assert chair.post(address, sent()).headers["Location"] == wanted[1]
    assert (Pin.objects.get().vouched_by_name, Second.objects.filter(pin_doubtful=True).count()) == (book.chair.full_name, 0)
    assert AuditRow.objects.get(act="treasury.vouch_pin").detail == {"signatures": 1}
    assert MARK not in page(chair, "voucher_paper", entry.pk)
    assert confirmed(book) == ("รอลงชื่อ 0 รายการ ลงชื่อด้วยรหัสที่ยังไม่รับรอง 0 รายการ", True)
    assert wanted not in [(str(duty.title), duty.url) for duty in duties(book.chair, clock.today())]
    assert [row.pin_doubtful for row in seconds_of(withdrawn(book, committee))] == [False, False]


def seconds_of(entry: Entry) -> list[Second]:
    return list(Second.objects.filter(about=f"ledger.Entry:{entry.pk}").order_by("pk"))


def test_the_treasurer_on_whose_account_it_was_set_does_not_vouch(book: Kept, committee: list[CommitteeMember]) -> None:
    pin = a_pin(book, committee[0])
    with pytest.raises(Refused, match="ให้เจ้าตัวหรือประธานรับรอง"):
        seconds.vouch_pin(by=book.treasurer, pin=pin)
    treasurer = browser(book.treasurer)
    assert '<form method="post" class="form"' not in page(treasurer, "vouch_pin", pin.pk)
    assert treasurer.post(reverse("treasury:vouch_pin", args=[pin.pk]), sent()).status_code == 403


def test_nobody_else_of_the_committee_vouches_for_another(book: Kept, committee: list[CommitteeMember]) -> None:
    pin = a_pin(book, committee[0])
    assert browser(Cast().auditor(book.group)).post(reverse("treasury:vouch_pin", args=[pin.pk]), sent()).status_code == 403


def test_a_person_vouches_for_his_own(book: Kept, committee: list[CommitteeMember]) -> None:
    pin = a_pin(book, committee[2])
    himself = Cast().auditor(book.group)
    assert himself.full_name == committee[2].name
    assert browser(himself).post(reverse("treasury:vouch_pin", args=[pin.pk]), sent()).status_code == 302
    with pytest.raises(Refused, match="รับรองแล้ว"):
        seconds.vouch_pin(by=book.chair, pin=pin)


def test_a_pin_that_its_person_sets_signed_in_himself_is_his(book: Kept, committee: list[CommitteeMember]) -> None:
    assert a_pin(book, committee[1]).vouched_by_name == book.treasurer.full_name


def test_a_changed_pin_stays_vouched_for_and_a_cleared_one_begins_anew(book: Kept, committee: list[CommitteeMember]) -> None:
    pin = a_pin(book, committee[0])
    seconds.vouch_pin(by=book.chair, pin=pin)
    proof = seconds.prove(person=committee[0], pin=PIN)
    changed = seconds.set_pin(by=book.treasurer, group=book.group, person=committee[0], pin="729406", proof=proof)
    assert changed.vouched_at is not None
    seconds.forget_pin(by=book.chair, pin=changed, reason="ลืม")
    with pytest.raises(Refused, match="ยังไม่ได้ตั้งรหัส"):
        seconds.vouch_pin(by=book.chair, pin=changed)
    assert a_pin(book, committee[0]).vouched_at is None


def test_a_slip_confirmed_by_such_a_pin_is_marked_too(book: Kept, committee: list[CommitteeMember]) -> None:
    a_pin(book, committee[0])
    accounts = {row.code: row for row in Account.objects.filter(book=book.kept.book, code__in=["11000", "12100"])}
    bank.bank_to_cash(
        by=book.treasurer, kept=book.kept, date=ON, bank=accounts["12100"], cash=accounts["11000"], amount=100_000,
        signers=[seconds.signer("ผู้ลงชื่อ", committee[1]), seconds.signer("ผู้ลงชื่อร่วม", committee[0])],
    )  # fmt: skip
    waits = Second.objects.get(confirmed_at__isnull=True)
    seconds.confirm_second(by=book.treasurer, second=waits, proof=seconds.prove(person=committee[0], pin=PIN))
    assert list(Second.objects.filter(pin_doubtful=True)) == [waits]
