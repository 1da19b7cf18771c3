"""Vouchers, as the worked year has them, to the satang; what is refused, and with which words."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from sajja.audit.models import AuditRow
from sajja.ledger.actions import close_month
from sajja.ledger.models import Account, Entry
from sajja.ledger.posting import Arrow
from sajja.ledger.queries import movements_of
from sajja.lib.refusals import Refused
from sajja.treasury.actions import accounts_of, put, vouchers
from sajja.treasury.actions import bank as banks
from sajja.treasury.actions import cash as cashes
from sajja.treasury.actions.seconds import signer
from sajja.treasury.actions.vouchers import CodeArrow
from sajja.treasury.models import Voucher
from sajja.web import clock
from tests.factories import a_group
from tests.treasury.books import Kept, a_book
from tests.treasury.people import a_committee, a_resolution

pytestmark = pytest.mark.django_db
OPENING = (
    ("11000", 135_000), ("12100", 6_132_734), ("17000", 300_000), ("34510", -80_000), ("34530", -150_000), ("34000", -6_337_734),
)  # fmt: skip


@pytest.fixture
def book() -> Kept:
    return a_book(opening=OPENING)


def account(book: Kept, code: str) -> Account:
    return Account.objects.get(book=book.kept.book, code=code)


def arrows_of(entry: Entry) -> list[tuple[str, str, int]]:
    return [
        (Account.objects.get(pk=m.debit_id).code, Account.objects.get(pk=m.credit_id).code, m.amount) for m in movements_of(entry)
    ]


def income(book: Kept, **changed: Any) -> Entry:
    words = {"account": "46000", "amount": 50_000, "money": account(book, "11000"), "payer": "อบต. (ตัวอย่าง)", "memo": "เงินบริจาค"}
    return vouchers.record_income(by=book.treasurer, kept=book.kept, **{"date": date(2021, 1, 5), **words, **changed})


def expense(book: Kept, **changed: Any) -> Entry:
    words = {
        "account": "53000",
        "amount": 38_550,
        "money": account(book, "11000"),
        "payee": "ร้านเครื่องเขียน",
        "memo": "สมุดและใบรับเงิน",
    }
    return vouchers.record_expense(by=book.treasurer, kept=book.kept, **{"date": date(2021, 1, 5), **words, **changed})


def owing() -> tuple[Kept, int]:
    """126.00 of an old dividend stand for M02."""
    book = a_book(opening=OPENING)
    with transaction.atomic():
        accounts_of(book.kept, book.members, "23100")
    vouchers.record_general(
        by=book.treasurer, kept=book.kept, date=date(2021, 1, 2), memo="เงินปันผลค้างจ่ายยกมา", why="ยอดยกมาขาดไป",
        arrows=[CodeArrow("34000", "23100:M02", 12_600)],
    )  # fmt: skip
    return book, book.standing("23100")


def collect(book: Kept, amount: int, **more: Any) -> Entry:
    return vouchers.collect_unpaid_dividend(
        by=book.treasurer, kept=book.kept, member=book.members[1], amount=amount, money=account(book, "11000"),
        **{"date": date(2021, 6, 5), **more},
    )  # fmt: skip


# --- the worked year -------------------------------------------------------------------------


def test_002_passbooks_and_receipt_books_for_385_50(book: Kept) -> None:
    made = expense(book, paper_no="เล่ม 1/7")
    assert (made.voucher, made.kind, made.date) == ("2564/001", "expense", date(2021, 1, 5))
    assert arrows_of(made) == [("53000", "11000", 38_550)]
    assert (book.standing("53000"), book.standing("11000")) == (38_550, 96_450)
    paper = Voucher.objects.get(entry=made)
    assert (paper.kind, paper.party, paper.paper_no, paper.method) == ("payment", "ร้านเครื่องเขียน", "เล่ม 1/7", "cash")


def test_003_cash_paid_into_the_bank(book: Kept) -> None:
    income(book, amount=860_000)
    made = banks.cash_to_bank(
        by=book.treasurer, kept=book.kept, date=date(2021, 1, 6), cash=account(book, "11000"), bank=account(book, "12100"),
        amount=860_000,
    )  # fmt: skip
    assert (made.kind, arrows_of(made)) == ("cash-to-bank", [("12100", "11000", 860_000)])
    assert (book.standing("11000"), book.standing("12100")) == (135_000, 6_992_734)


def test_007_a_withdrawal_with_two_signatures(book: Kept) -> None:
    chair, treasurer, _audit = a_committee(book)
    made = banks.bank_to_cash(
        by=book.treasurer, kept=book.kept, date=date(2021, 2, 5), bank=account(book, "12100"), cash=account(book, "11000"),
        amount=3_000_000, signers=[signer("ผู้ถอน คนที่ 1", treasurer), signer("ผู้ถอน คนที่ 2", chair)],
    )  # fmt: skip
    assert (made.kind, arrows_of(made)) == ("bank-to-cash", [("11000", "12100", 3_000_000)])
    assert (book.standing("11000"), book.standing("12100")) == (3_135_000, 3_132_734)


def test_012_to_014_a_thousand_keyed_by_mistake_is_taken_back_and_entered_right(book: Kept) -> None:
    wrong = expense(book, account="54000", amount=100_000, date=date(2021, 3, 5), payee="คนขับรถ", memo="ค่าเดินทางไปธนาคาร")
    back = vouchers.reverse_voucher(
        by=book.treasurer, kept=book.kept, entry=wrong, reason="ใส่ 1,000 เกินจริง", date=date(2021, 3, 6)
    ).entry
    right = expense(book, account="54000", amount=10_000, date=date(2021, 3, 6), payee="คนขับรถ", memo="ค่าเดินทางไปธนาคาร")
    assert (back.kind, back.reverses_id, arrows_of(back)) == ("reversal", wrong.pk, [("11000", "54000", 100_000)])
    assert [wrong.number, back.number, right.number] == [1, 2, 3]
    assert (book.standing("54000"), book.standing("11000")) == (10_000, 125_000)


def test_019_and_022_five_baht_short_are_charged_and_made_good(book: Kept) -> None:
    treasurer = book.members[1]
    count = cashes.count_cash(
        by=book.treasurer, kept=book.kept, account=account(book, "11000"), on=date(2021, 5, 5),
        notes={100_000: 1, 10_000: 3, 2_000: 2, 500: 1}, charge=treasurer,
    )  # fmt: skip
    assert (count.counted_satang, count.book_satang, count.difference) == (134_500, 135_000, -500)
    assert count.entry is not None
    assert (count.entry.kind, arrows_of(count.entry)) == ("cash-short", [("14020:M02", "11000", 500)])
    good = cashes.make_good(
        by=book.treasurer, kept=book.kept, date=date(2021, 6, 5), member=treasurer, amount=500, money=account(book, "11000")
    )
    assert (good.kind, arrows_of(good)) == ("cash-made-good", [("11000", "14020:M02", 500)])
    assert (book.standing("14020"), book.standing("11000")) == (0, 135_000)


def test_025_and_049_the_banks_interest_and_fee(book: Kept) -> None:
    with clock.fixed(date(2022, 1, 5)):
        interest = vouchers.record_bank_interest(
            by=book.treasurer, kept=book.kept, date=date(2021, 6, 30), bank=account(book, "12100"), amount=6_137
        )
        fee = vouchers.record_bank_fee(
            by=book.treasurer, kept=book.kept, date=date(2021, 12, 31), bank=account(book, "12100"), amount=1_000
        )
    assert (interest.kind, arrows_of(interest)) == ("bank-interest", [("12100", "45000", 6_137)])
    assert (fee.kind, arrows_of(fee)) == ("bank-fee", [("55000", "12100", 1_000)])
    assert book.standing("12100") == 6_132_734 + 5_137


def test_027_an_old_dividend_is_collected_and_no_more_than_is_owed() -> None:
    book, owed = owing()
    made = collect(book, 12_600)
    assert (made.kind, arrows_of(made)) == ("unpaid-dividend-collected", [("23100:M02", "11000", 12_600)])
    assert book.standing("23100") == 0
    assert owed == 12_600


def test_031_welfare_for_a_birth_comes_from_its_fund_and_keeps_only_kind_and_amount(book: Kept) -> None:
    made = vouchers.pay_welfare(
        by=book.treasurer, kept=book.kept, date=date(2021, 6, 5), member=book.members[2], welfare="birth", amount=50_000,
        money=account(book, "11000"),
    )  # fmt: skip
    assert (made.kind, arrows_of(made)) == ("welfare", [("34530", "11000", 50_000)])
    assert book.standing("34530") == 100_000
    paper = Voucher.objects.get(entry=made)
    assert (paper.welfare, paper.member, paper.kind, made.memo) == ("birth", book.members[2], "payment", "สวัสดิการ (เกิด) M03")


def test_042_a_gift_comes_from_the_public_benefit_fund(book: Kept) -> None:
    made = vouchers.give_gift(
        by=book.treasurer, kept=book.kept, date=date(2021, 6, 5), receiver="โรงเรียนบ้านตัวอย่าง", amount=30_000,
        money=account(book, "11000"), memo="ทุนอาหารกลางวัน",
    )  # fmt: skip
    assert (made.kind, arrows_of(made)) == ("gift", [("34510", "11000", 30_000)])
    assert book.standing("34510") == 50_000


# --- what is refused -------------------------------------------------------------------------


def test_no_more_dividend_is_collected_than_is_owed() -> None:
    book, _owed = owing()
    with pytest.raises(Refused, match=r"ค้างจ่าย นางคำปุ่น ใจซื่อ อยู่ 126.00 บาท"):
        collect(book, 12_601)


def test_a_payment_says_what_is_there_when_it_is_not_enough(book: Kept) -> None:
    with pytest.raises(Refused, match=r"เงินสด มี 1,350.00 บาท ไม่พอสำหรับ 1,350.25 บาท") as refusal:
        expense(book, amount=135_025)
    assert refusal.value.field == "money"
    assert Entry.objects.filter(book=book.kept.book, kind="expense").count() == 0


def test_cash_is_paid_by_quarters_of_a_baht(book: Kept) -> None:
    with pytest.raises(Refused, match=r"ทีละ 0\.25 บาท"):
        expense(book, amount=38_551)
    assert expense(book, amount=38_551, money=account(book, "12100")).kind == "expense"


@pytest.mark.parametrize("code", ["31020", "20000", "13000", "34530", "34510", "11000", "12100", "40000", "23100"])
def test_what_has_a_form_of_its_own_is_no_plain_income_or_expense(book: Kept, code: str) -> None:
    for record in (income, expense):
        with pytest.raises(Refused, match="มีแบบของตัวเอง"):
            record(book, account=code)


def test_an_empty_fund_pays_nothing_until_a_resolution_charges_it(book: Kept) -> None:
    claim: dict[str, Any] = {
        "by": book.treasurer, "kept": book.kept, "date": date(2021, 6, 5), "member": book.members[0], "welfare": "death",
        "amount": 200_000, "money": account(book, "12100"),
    }  # fmt: skip
    with pytest.raises(Refused, match=r"ทุนสวัสดิการมี 1,500.00 บาท ไม่พอสำหรับ 2,000.00 บาท ถ้าที่ประชุมมีมติ"):
        vouchers.pay_welfare(**claim)
    with pytest.raises(Refused, match="ต้องมีมติ"):
        vouchers.pay_welfare(**claim, charge_expense=True)
    made = vouchers.pay_welfare(**claim, charge_expense=True, resolution=a_resolution(book))
    assert arrows_of(made) == [("56000", "12100", 200_000)]
    with pytest.raises(Refused, match="มีพอ ให้จ่ายจากทุน"):
        vouchers.pay_welfare(**claim | {"amount": 100}, charge_expense=True, resolution=a_resolution(book, day=date(2021, 1, 17)))


def test_a_resolution_of_another_group_or_a_struck_one_allows_nothing(book: Kept) -> None:
    other = a_book(a_group("กลุ่มอื่น"), opening=OPENING)
    with pytest.raises(Refused, match="ไม่พบมตินี้"):
        expense(book, resolution=a_resolution(other))
    struck = a_resolution(book)
    struck.struck_because = "พิมพ์ผิด"
    struck.save()
    with pytest.raises(Refused, match="ถูกถอน"):
        expense(book, resolution=struck)


def test_a_general_voucher_says_why_and_leaves_what_is_the_members_alone(book: Kept) -> None:
    def general(*arrows: tuple[str, str, int], why: str = "จัดประเภทใหม่", **more: Any) -> Entry:
        return vouchers.record_general(
            by=book.treasurer, kept=book.kept, date=date(2021, 1, 5), arrows=[CodeArrow(*arrow) for arrow in arrows], memo="",
            why=why, **more,
        )  # fmt: skip

    with pytest.raises(Refused, match="เหตุผล"):
        general(("17000", "34000", 100), why=" ")
    with pytest.raises(Refused, match="แยกเป็นรายคน"):
        general(("34000", "31020", 100))
    with pytest.raises(Refused, match="อย่างน้อยหนึ่ง"):
        general()
    with transaction.atomic():
        accounts_of(book.kept, book.members, "31020")
    with pytest.raises(Refused, match="ต้องอ้างมติ"):
        general(("34000", "31020:M01", 100))
    made = general(("34000", "31020:M01", 100), ("17000", "34000", 200), resolution=a_resolution(book))
    assert arrows_of(made) == [("34000", "31020:M01", 100), ("17000", "34000", 200)]


def test_a_reversal_is_taken_once_and_says_why(book: Kept) -> None:
    made = expense(book)
    taken: dict[str, Any] = {"by": book.treasurer, "kept": book.kept, "entry": made, "date": date(2021, 1, 6)}
    with pytest.raises(Refused, match="เหตุผล"):
        vouchers.reverse_voucher(**taken, reason=" ")
    back = vouchers.reverse_voucher(**taken, reason="ลงซ้ำ").entry
    for again in (made, back):
        with pytest.raises(Refused, match="แก้"):
            vouchers.reverse_voucher(**taken | {"entry": again}, reason="ลงซ้ำ")
    assert book.standing("11000") == 135_000


def test_two_reversals_with_different_keys_make_one(book: Kept) -> None:
    made, keys = expense(book), [uuid4(), uuid4()]
    taken: dict[str, Any] = {"by": book.treasurer, "kept": book.kept, "entry": made, "date": date(2021, 1, 6), "reason": "ลงซ้ำ"}
    first = vouchers.reverse_voucher(**taken, uuid=keys[0])
    assert vouchers.reverse_voucher(**taken, uuid=keys[0]).entry == first.entry
    with pytest.raises(Refused, match="แก้ไปแล้ว"):
        vouchers.reverse_voucher(**taken, uuid=keys[1])
    assert AuditRow.objects.filter(act="treasury.reverse_voucher").count() == 1
    assert book.standing("11000") == 135_000


# --- closed months, once only ----------------------------------------------------------------

Act = Callable[[Kept, Any], Entry]
ACTS: dict[str, Act] = {
    "income": lambda book, uuid: income(book, uuid=uuid),
    "expense": lambda book, uuid: expense(book, uuid=uuid),
    "welfare": lambda book, uuid: vouchers.pay_welfare(
        by=book.treasurer, kept=book.kept, date=date(2021, 1, 5), member=book.members[0], welfare="birth", amount=500,
        money=account(book, "11000"), uuid=uuid,
    ),
    "gift": lambda book, uuid: vouchers.give_gift(
        by=book.treasurer, kept=book.kept, date=date(2021, 1, 5), receiver="วัด", amount=500, money=account(book, "11000"),
        memo="", uuid=uuid,
    ),
    "general": lambda book, uuid: vouchers.record_general(
        by=book.treasurer, kept=book.kept, date=date(2021, 1, 5), arrows=[CodeArrow("17000", "34000", 500)], memo="", why="ก",
        uuid=uuid,
    ),
    "interest": lambda book, uuid: vouchers.record_bank_interest(
        by=book.treasurer, kept=book.kept, date=date(2021, 1, 5), bank=account(book, "12100"), amount=500, uuid=uuid
    ),
    "fee": lambda book, uuid: vouchers.record_bank_fee(
        by=book.treasurer, kept=book.kept, date=date(2021, 1, 5), bank=account(book, "12100"), amount=500, uuid=uuid
    ),
    "to bank": lambda book, uuid: banks.cash_to_bank(
        by=book.treasurer, kept=book.kept, date=date(2021, 1, 5), cash=account(book, "11000"), bank=account(book, "12100"),
        amount=500, uuid=uuid,
    ),
    "from bank": lambda book, uuid: banks.bank_to_cash(
        by=book.treasurer, kept=book.kept, date=date(2021, 1, 5), cash=account(book, "11000"), bank=account(book, "12100"),
        amount=500, uuid=uuid, signers=[signer(f"ผู้ถอน {at}", person) for at, person in enumerate(a_committee(book)[:2])],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ACTS)
def test_a_closed_month_takes_no_voucher_of_any_kind(book: Kept, name: str) -> None:
    with transaction.atomic():
        close_month(book=book.kept.book, month=202101, by="person:9", by_name="ประธาน", at=clock.now())
    before = Entry.objects.filter(book=book.kept.book).count()
    with pytest.raises(Refused, match="งวดเดือน มกราคม 2564 ปิดแล้ว"):
        ACTS[name](book, uuid4())
    assert Entry.objects.filter(book=book.kept.book).count() == before
    assert Voucher.objects.count() == 0


@pytest.mark.parametrize("name", [name for name in ACTS if name != "from bank"])
def test_the_same_act_sent_twice_is_one_voucher(book: Kept, name: str) -> None:
    uuid = uuid4()
    assert ACTS[name](book, uuid) == ACTS[name](book, uuid)
    assert Voucher.objects.count() == 1
    assert AuditRow.objects.filter(about=f"ledger.Entry:{Voucher.objects.get().pk}").count() == 1


def test_what_took_the_last_baht_is_answered_again_when_it_is_sent_again(book: Kept) -> None:
    uuid = uuid4()
    assert expense(book, amount=135_000, uuid=uuid) == expense(book, amount=135_000, uuid=uuid)
    with pytest.raises(Refused, match="ด้วยข้อมูลอื่น"):
        expense(book, amount=134_000, uuid=uuid)
    assert book.standing("11000") == 0


def test_a_reversal_in_a_closed_month_is_refused_and_a_later_one_stands(book: Kept) -> None:
    made = expense(book)
    with transaction.atomic():
        close_month(book=book.kept.book, month=202101, by="person:9", by_name="ประธาน", at=clock.now())
    with pytest.raises(Refused, match="ปิดแล้ว"):
        vouchers.reverse_voucher(by=book.treasurer, kept=book.kept, entry=made, reason="ลงซ้ำ", date=date(2021, 1, 31))
    vouchers.reverse_voucher(by=book.treasurer, kept=book.kept, entry=made, reason="ลงซ้ำ", date=date(2021, 2, 1))
    assert book.standing("53000") == 0


def test_each_act_leaves_one_audit_row_that_names_the_voucher(book: Kept) -> None:
    made = expense(book)
    [row] = AuditRow.objects.filter(act="treasury.record_expense")
    assert (row.about, row.detail["voucher"], row.detail["satang"]) == (f"ledger.Entry:{made.pk}", "2564/001", 38_550)


@pytest.mark.parametrize("kind", ["member-leaves", "member-dies", "special-interest", "transfer"])
def test_what_changed_more_than_the_ledger_is_not_taken_back_here(book: Kept, kind: str) -> None:
    arrow = Arrow(book.key("34000"), book.key("11000"), 100)
    with transaction.atomic():
        made = put(book.treasurer, book.kept, "treasury.test", date(2021, 1, 5), kind, "", [arrow]).entry
    with pytest.raises(Refused, match=r"กลับทั้งใบไม่ได้|ยกเลิกได้ที่ใบสรุปจ่ายคืน"):
        vouchers.reverse_voucher(by=book.treasurer, kept=book.kept, entry=made, reason="ผิด", date=date(2021, 1, 6))
