"""Keepers of cash, moving it, counting it, handing it over; to the satang."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from sajja.groups.models import CommitteeMember
from sajja.ledger.actions import close_month
from sajja.ledger.models import Account, Entry
from sajja.lib.refusals import Refused
from sajja.org.models import Person
from sajja.treasury.actions import RuleSet, cash, handover, vouchers
from sajja.treasury.actions.seconds import signer
from sajja.treasury.counting import broken_up
from sajja.treasury.duties import due_of
from sajja.treasury.models import CashCount, Handover, Keeper, Second
from sajja.treasury.queries.cash import above_limit, holding_of, holdings, in_use, steps
from sajja.web import clock
from tests.cast import Cast
from tests.treasury.books import Kept, a_book
from tests.treasury.people import a_committee

pytestmark = pytest.mark.django_db
ON = date(2021, 6, 5)
TODAY = date(2021, 6, 10)


@pytest.fixture
def book() -> Kept:
    rules = RuleSet(cash_limit_satang=200_000, bank_within_days=3)
    return a_book(opening=[("11000", 327_516), ("12100", 5_000_000), ("34000", -5_327_516)], rules=rules)


@pytest.fixture
def committee(book: Kept) -> list[CommitteeMember]:
    return a_committee(book)


def account(book: Kept, code: str) -> Account:
    return Account.objects.get(book=book.kept.book, code=code)


def keeper(book: Kept, person: CommitteeMember, **more: Any) -> Keeper:
    return cash.open_keeper(by=book.treasurer, kept=book.kept, name=person.name, committee=person, starts=ON, **more)


def moved(book: Kept, giver: Account, taker: Account, amount: int, people: list[CommitteeMember], on: date = ON) -> Entry:
    return cash.move_cash(
        by=book.treasurer, kept=book.kept, date=on, giver=giver, taker=taker, amount=amount,
        signers=[signer("ผู้มอบเงิน", people[0]), signer("ผู้รับเงิน", people[1])],
    )  # fmt: skip


def counted(book: Kept, satang: int, code: str = "11000", on: date = ON, **more: Any) -> CashCount:
    return cash.count_cash(by=book.treasurer, kept=book.kept, account=account(book, code), on=on, notes=broken_up(satang), **more)


def held(book: Kept) -> dict[str, int]:
    return {row.account.code: row.satang for row in holdings(book.kept)}


# --- keepers ---------------------------------------------------------------------------------


def test_keepers_have_accounts_of_their_own_and_the_heading_keeps_the_rest(book: Kept, committee: list[CommitteeMember]) -> None:
    chair, treasurer, _audit = committee
    first, second = keeper(book, treasurer), keeper(book, chair, limit_satang=50_000)
    moved(book, account(book, "11000"), first.account, 100_000, [chair, treasurer])
    moved(book, first.account, second.account, 60_000, [treasurer, chair])
    assert held(book) == {"11000": 227_516, "11000:K1": 40_000, "11000:K2": 60_000, "12100": 5_000_000}
    assert book.standing("11000") == 327_516
    assert holding_of(book.kept, account(book, "11000"), date(2021, 6, 4)).satang == 327_516


def test_the_heading_alone_cannot_pay_what_its_keepers_hold(book: Kept, committee: list[CommitteeMember]) -> None:
    first = keeper(book, committee[0])
    moved(book, account(book, "11000"), first.account, 300_000, committee)
    with pytest.raises(Refused, match=r"เงินสด \(ยังไม่แยก\) มี 275.16 บาท ไม่พอ"):
        vouchers.record_expense(
            by=book.treasurer, kept=book.kept, date=ON, account="53000", amount=100_000, money=account(book, "11000"),
            payee="ร้าน", memo="สมุด",
        )  # fmt: skip


def test_moving_cash_is_signed_by_both_who_are_two(book: Kept, committee: list[CommitteeMember]) -> None:
    first = keeper(book, committee[0])
    with pytest.raises(Refused, match="คนละคน"):
        moved(book, account(book, "11000"), first.account, 100, [committee[0], committee[0]])
    with pytest.raises(Refused, match="ไม่ใช่คนเดียวกัน"):
        moved(book, first.account, first.account, 100, committee)
    with pytest.raises(Refused, match="ผู้เก็บรักษา"):
        moved(book, account(book, "12100"), first.account, 100, committee)
    made = moved(book, account(book, "11000"), first.account, 100, committee)
    assert made.kind == "cash-moved"
    assert Second.objects.filter(about=f"ledger.Entry:{made.pk}").count() == 2


def test_nobody_keeps_cash_twice_and_nobody_ends_with_cash_in_hand(book: Kept, committee: list[CommitteeMember]) -> None:
    first = keeper(book, committee[0])
    with pytest.raises(Refused, match="อยู่แล้ว"):
        keeper(book, committee[0])
    moved(book, account(book, "11000"), first.account, 10_000, committee)
    with pytest.raises(Refused, match=r"ยังมีเงิน 100.00 บาท"):
        cash.end_keeper(by=book.treasurer, keeper=first, ends=TODAY)
    moved(book, first.account, account(book, "11000"), 10_000, committee)
    with pytest.raises(Refused, match="ก่อนรายการสุดท้าย"):
        cash.end_keeper(by=book.treasurer, keeper=first, ends=date(2021, 6, 4))
    cash.end_keeper(by=book.treasurer, keeper=first, ends=ON)
    assert [row.account.code for row in in_use(holdings(book.kept), TODAY)] == ["11000", "12100"]


def test_too_much_cash_warns_until_its_day_and_never_blocks(book: Kept, committee: list[CommitteeMember]) -> None:
    first = keeper(book, committee[0], limit_satang=50_000)
    moved(book, account(book, "11000"), first.account, 60_000, committee, on=date(2021, 6, 9))
    assert [(row.holding.account.code, row.limit) for row in above_limit(book.kept, TODAY)] == [
        ("11000", 200_000),
        ("11000:K1", 50_000),
    ]
    due = [duty.due for duty in due_of(book.treasurer, book.kept, TODAY) if "เกินที่ตั้งไว้" in str(duty.title)]
    assert due[1] == date(2021, 6, 12)
    assert due[0] is not None
    assert due[0] < TODAY
    moved(book, account(book, "11000"), first.account, 60_000, committee, on=date(2021, 6, 9))


def test_a_place_of_money_shows_each_movement_with_the_balance_after_it(book: Kept, committee: list[CommitteeMember]) -> None:
    first = keeper(book, committee[0])
    moved(book, account(book, "11000"), first.account, 10_000, committee, on=date(2021, 5, 31))
    moved(book, account(book, "11000"), first.account, 5_000, committee)
    moved(book, first.account, account(book, "11000"), 2_500, committee, on=date(2021, 6, 7))
    brought, rows = steps(book.kept, first.account, date(2021, 6, 1), date(2021, 6, 30))
    assert (brought, [(row.line.amount, row.balance) for row in rows]) == (10_000, [(5_000, 15_000), (-2_500, 12_500)])


# --- counting --------------------------------------------------------------------------------


def test_what_no_coin_can_make_up_is_no_shortage(book: Kept) -> None:
    made = counted(book, 327_500)
    assert (made.book_satang, made.odd_satang, made.difference, made.entry) == (327_516, 16, 0, None)


def test_a_shortage_is_charged_and_its_count_names_the_voucher(book: Kept) -> None:
    made = counted(book, 327_000, charge=book.members[1])
    assert made.entry is not None
    assert (made.difference, made.charged, made.entry.kind) == (-500, book.members[1], "cash-short")
    assert (book.standing("14020"), book.standing("11000")) == (500, 327_016)


def test_what_is_over_is_taken_in_or_explained(book: Kept) -> None:
    made = counted(book, 328_000, take_in=True)
    assert made.entry is not None
    assert (made.difference, made.entry.kind, book.standing("46000")) == (500, "cash-over", 500)
    told = counted(book, 328_100, words="เงินทอนของคุณยายมา รอคืน")
    assert (told.difference, told.entry, book.standing("11000")) == (100, None, 328_016)


def test_a_difference_that_nobody_answers_for_is_refused(book: Kept) -> None:
    with pytest.raises(Refused, match=r"เงินสดขาด 5.00 บาท"):
        counted(book, 327_000)
    with pytest.raises(Refused, match=r"เงินสดเกิน 5.00 บาท"):
        counted(book, 328_000)
    assert CashCount.objects.count() == 0


def test_a_count_looks_at_the_evening_of_its_day(book: Kept) -> None:
    vouchers.record_expense(
        by=book.treasurer, kept=book.kept, date=date(2021, 6, 8), account="53000", amount=2_500, money=account(book, "11000"),
        payee="ร้าน", memo="สมุด",
    )  # fmt: skip
    assert (counted(book, 327_500, on=date(2021, 6, 7)).difference, counted(book, 325_000, on=TODAY).difference) == (0, 0)


def test_the_same_count_sent_again_is_one(book: Kept) -> None:
    uuid = uuid4()
    assert counted(book, 327_000, charge=book.members[1], uuid=uuid) == counted(book, 327_000, charge=book.members[1], uuid=uuid)
    assert (CashCount.objects.count(), book.standing("14020")) == (1, 500)


def test_no_more_is_made_good_than_lacked(book: Kept) -> None:
    counted(book, 327_000, charge=book.members[1])
    good: dict[str, Any] = {
        "by": book.treasurer, "kept": book.kept, "date": ON, "member": book.members[1], "money": account(book, "11000"),
    }  # fmt: skip
    with pytest.raises(Refused, match=r"ค้างชดใช้ 5.00 บาท"):
        cash.make_good(**good, amount=525)
    assert cash.make_good(**good, amount=500).kind == "cash-made-good"
    assert book.standing("14020") == 0


def test_the_audit_committee_signs_a_count_and_the_counter_does_not(book: Kept) -> None:
    made = counted(book, 327_500)
    auditor: Person = Cast().auditor(book.group)
    with pytest.raises(Refused, match="ของตนเองไม่ได้"):
        cash.sign_count(by=book.treasurer, count=made)
    signed = cash.sign_count(by=auditor, count=made)
    assert (signed.name, signed.way, signed.role) == (auditor.full_name, "self", "กรรมการตรวจสอบ คนที่ 1")
    with pytest.raises(Refused, match="แล้ว"):
        cash.sign_count(by=auditor, count=made)


# --- the treasurer's hand-over -----------------------------------------------------------------


def handed(book: Kept, people: list[CommitteeMember], satang: int, code: str, **more: Any) -> Handover:
    giving, taking = people
    return handover.hand_over(
        by=book.treasurer, kept=book.kept, date=ON, giver=account(book, code), giver_name=giving.name, incoming=taking.name,
        committee=taking, notes=broken_up(satang), signers=[signer("ผู้ส่งมอบ", giving), signer("ผู้รับมอบ", taking)],
        **{"books": "สมุดเงินสด 1 เล่ม", **more},
    )  # fmt: skip


def test_a_new_treasurer_takes_all_the_cash_and_the_old_one_ends(book: Kept, committee: list[CommitteeMember]) -> None:
    chair, treasurer, audit = committee
    old = keeper(book, treasurer)
    moved(book, account(book, "11000"), old.account, 327_516 - 16, [chair, treasurer])
    made = handed(book, [treasurer, audit], 327_500, "11000:K1", bank_books="ธ.ก.ส. 1 เล่ม")
    old.refresh_from_db()
    assert (old.ends, made.incoming.account.code, made.incoming.name) == (ON, "11000:K2", audit.name)
    assert held(book) == {"11000": 16, "11000:K1": 0, "11000:K2": 327_500, "12100": 5_000_000}
    assert made.head.startswith(f"{book.kept.book.code}:3:")
    ways = {row.name: row.way for row in Second.objects.filter(about=f"treasury.Handover:{made.pk}")}
    assert ways == {treasurer.name: "self", audit.name: "slip"}


def test_satang_that_no_coin_makes_up_go_with_the_rest(book: Kept, committee: list[CommitteeMember]) -> None:
    handed(book, committee[1:], 327_500, "11000")
    assert held(book) == {"11000": 0, "11000:K1": 327_516, "12100": 5_000_000}


@pytest.mark.parametrize(
    ("satang", "books", "words"),
    [(327_000, "สมุด", "จัดการส่วนต่างก่อน"), (327_500, " ", "ใส่รายการสมุดบัญชี")],
)
def test_a_handover_wants_the_books_cash_and_a_list(
    book: Kept, committee: list[CommitteeMember], satang: int, books: str, words: str
) -> None:
    with pytest.raises(Refused, match=words):
        handed(book, committee[1:], satang, "11000", books=books)
    assert (Handover.objects.count(), Keeper.objects.count()) == (0, 0)


def test_nobody_hands_over_to_himself_and_a_handover_is_not_reversed(book: Kept, committee: list[CommitteeMember]) -> None:
    with pytest.raises(Refused, match="คนละคน"):
        handed(book, [committee[1], committee[1]], 327_500, "11000")
    made = handed(book, committee[1:], 327_500, "11000")
    assert made.entry is not None
    with pytest.raises(Refused, match="ใบส่งมอบงานแก้ไม่ได้"):
        vouchers.reverse_voucher(by=book.treasurer, kept=book.kept, entry=made.entry, reason="ผิด", date=TODAY)


def test_a_closed_month_takes_no_count_no_move_and_no_handover(book: Kept, committee: list[CommitteeMember]) -> None:
    first = keeper(book, committee[0])
    with transaction.atomic(), clock.fixed(date(2021, 7, 10)):
        for month in range(202101, 202107):
            close_month(book=book.kept.book, month=month, by="person:9", by_name="ประธาน", at=clock.now())
    acts: list[Callable[[], object]] = [
        lambda: counted(book, 327_500),
        lambda: moved(book, account(book, "11000"), first.account, 100, committee),
        lambda: handed(book, committee[1:], 327_500, "11000"),
    ]
    for act in acts:
        with pytest.raises(Refused, match="งวดเดือน มิถุนายน 2564 ปิดแล้ว"):
            act()
    assert (CashCount.objects.count(), Handover.objects.count(), Keeper.objects.count()) == (0, 0, 1)
