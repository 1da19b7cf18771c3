"""The pages of vouchers, cash, banks and signatures, as the people of the group open them."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains

from sajja.ledger.models import Account, Entry
from sajja.ledger.queries import movements_of
from sajja.org.models import Person
from sajja.treasury.actions import bank, cash, handover
from sajja.treasury.actions.seconds import signer
from sajja.treasury.models import CashCount, Handover, Keeper, Pin
from sajja.treasury.queries.cash import above_limit
from tests import routes
from tests.cast import Cast
from tests.treasury.books import Kept, a_book
from tests.treasury.money import Things
from tests.treasury.people import a_committee

pytestmark = pytest.mark.django_db
OURS = {"entry", "account", "keeper", "bank", "count", "handover", "statement", "bank_line", "second", "pin"}
VIEWS = {f"sajja.treasury.views.{name}" for name in ("vouchers", "cash", "bank", "seconds")}


@pytest.fixture
def book() -> Kept:
    return a_book(pledged=10_000, opening=[("12100", 5_000_000), ("34530", -150_000), ("34510", -5_000), ("34000", -4_845_000)])


@pytest.fixture
def things(book: Kept) -> Things:
    return Things(book, a_committee(book))


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def sent(**fields: object) -> dict[str, object]:
    return {"once": str(uuid4()), **fields}


def ours() -> list[routes.Route]:
    return [route for route in routes.every() if route.view.__module__ in VIEWS]


def test_every_page_of_money_opens_for_who_may_open_it(book: Kept, things: Things) -> None:
    people = {"treasury.keep_books": book.treasurer, "treasury.see_accounts": book.treasurer, "treasury.approve": book.chair}
    people["treasury.audit"] = Cast().auditor(book.group)
    parts: dict[str, Any] = {"book": book.kept.book_id, **things.parts}
    shut = []
    for route in ours():
        answer = browser(people[route.guard]).get(route.address(parts | things.by_route.get(route.name, {})))
        if answer.status_code != 200:
            shut.append(f"{route.name}: {answer.status_code}")
    assert shut == []
    assert len(ours()) == 47


# --- each form makes its voucher ---------------------------------------------------------------


def last_entry(book: Kept) -> Entry:
    return Entry.objects.filter(book=book.kept.book).order_by("-pk")[0]


def arrows_of(entry: Entry) -> list[tuple[str, str, int]]:
    moved = movements_of(entry)
    codes = dict(Account.objects.filter(book=entry.book_id).values_list("pk", "code"))
    return [(codes[m.debit_id], codes[m.credit_id], m.amount) for m in moved]


def typed(book: Kept, route: str, **fields: object) -> Entry:
    """The entry that the form made; the answer leads to its page."""
    keys = dict(Account.objects.filter(book=book.kept.book).values_list("code", "pk"))
    filled = {name: keys.get(str(value)[1:], value) if str(value).startswith("=") else value for name, value in fields.items()}
    answer = browser(book.treasurer).post(
        reverse(f"treasury:{route}", args=[book.kept.book_id]), sent(**{"date": "5 มิ.ย. 2564"} | filled)
    )
    made = last_entry(book)
    assert answer.status_code == 302, [str(error) for error in answer.context["form"].errors.values()]
    assert answer["Location"] == reverse("treasury:voucher", args=[made.pk])
    return made


FORMS: list[tuple[str, dict[str, object], tuple[str, str, int]]] = [
    ("income", {"payer": "อบต.", "account": "46000", "amount": "500", "money": "=11000", "memo": "บริจาค"}, ("11000", "46000", 50_000)),
    ("expense", {"payee": "ร้าน", "account": "53000", "amount": "๒๕.๕๐", "money": "=11000", "memo": "สมุด"}, ("53000", "11000", 2_550)),
    ("gift", {"receiver": "วัด", "amount": "10", "money": "=11000", "memo": "งานบุญ"}, ("34510", "11000", 1_000)),
    ("bank_interest", {"bank": "=12100", "amount": "1.37"}, ("12100", "45000", 137)),
    ("bank_fee", {"bank": "=12100", "amount": "10"}, ("55000", "12100", 1_000)),
    ("cash_to_bank", {"cash": "=11000", "bank": "=12100", "amount": "100"}, ("12100", "11000", 10_000)),
    (
        "general",
        {"memo": "จัดใหม่", "why": "ลงผิดหมวด", "code_0": "17000 อุปกรณ์สำนักงาน", "debit_0": "7", "code_1": "34000", "credit_1": "7"},
        ("17000", "34000", 700),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("route", "fields", "arrow"), FORMS, ids=[route for route, _fields, _arrow in FORMS])
def test_a_form_makes_one_voucher(book: Kept, route: str, fields: dict[str, object], arrow: tuple[str, str, int]) -> None:
    made = typed(book, route, **fields)
    assert (arrows_of(made), made.date) == ([arrow], date(2021, 6, 5))
    assertContains(browser(book.treasurer).get(reverse("treasury:voucher", args=[made.pk])), made.voucher)


def test_welfare_is_chosen_by_kind_and_member(book: Kept) -> None:
    member = book.members[0]
    made = typed(book, "welfare", member=member.pk, welfare="sickness", amount="100", money="=11000")
    assert (arrows_of(made), made.memo) == ([("34530", "11000", 10_000)], "สวัสดิการ (เจ็บป่วย) M01")


def test_what_is_too_much_says_so_beside_its_field_and_keeps_what_was_typed(book: Kept) -> None:
    keys = dict(Account.objects.filter(book=book.kept.book).values_list("code", "pk"))
    page = browser(book.treasurer).post(
        reverse("treasury:expense", args=[book.kept.book_id]),
        sent(date="5 มิ.ย. 2564", payee="ร้าน", account="53000", amount="9,999", money=keys["11000"], memo="สมุด"),
    )
    assertContains(page, "เงินสด มี 300.00 บาท ไม่พอสำหรับ 9,999.00 บาท")
    assertContains(page, "9,999")
    assertContains(page, "เงินสด มี 300.00 บาท</option>")


def test_a_general_voucher_that_does_not_balance_is_shown_again(book: Kept) -> None:
    fields = {
        "date": "5 มิ.ย. 2564",
        "memo": "ก",
        "why": "ข",
        "code_0": "17000",
        "debit_0": "7",
        "code_1": "34000",
        "credit_1": "6",
    }
    page = browser(book.treasurer).post(reverse("treasury:general", args=[book.kept.book_id]), sent(**fields))
    assertContains(page, "เดบิตและเครดิตต่างกัน 1.00 บาท")


def test_a_voucher_is_taken_back_from_its_page(book: Kept) -> None:
    made = typed(book, "bank_fee", bank="=12100", amount="10")
    address = reverse("treasury:reverse_voucher", args=[made.pk])
    client = browser(book.treasurer)
    assertContains(client.get(address), "กลับรายการทั้งใบ")
    client.post(address, sent(reason="ลงซ้ำ", date="6 มิ.ย. 2564"))
    back = last_entry(book)
    assert (back.reverses_id, arrows_of(back)) == (made.pk, [("12100", "55000", 1_000)])
    page = client.get(reverse("treasury:voucher", args=[made.pk]))
    assertContains(page, "แก้แล้ว ไม่นับ")
    assertContains(page, back.voucher)
    assertNotContains(page, "แก้รายการนี้")
    assertContains(client.post(address, sent(reason="ลงซ้ำ", date="6 มิ.ย. 2564")), "แก้ไปแล้ว")


def test_a_count_is_typed_by_note_and_coin(book: Kept) -> None:
    client, cash = browser(book.treasurer), Account.objects.get(book=book.kept.book, code="11000")
    address = reverse("treasury:new_count", args=[book.kept.book_id])
    fields: dict[str, object] = {"date": "10 มิ.ย. 2564", "account": cash.pk, "n_10000": "2", "n_5000": "1", "n_2000": "๒"}
    assertContains(client.post(address, sent(**fields)), "เงินสดขาด 10.00 บาท")
    assertContains(client.post(address, sent(**fields, settle="charge")), "เลือกผู้รับผิดชอบ")
    client.post(address, sent(**fields, settle="charge", charge=book.members[1].pk))
    count = CashCount.objects.get()
    assert (count.counted_satang, count.difference, count.charged) == (29_000, -1_000, book.members[1])
    good = typed(book, "make_good", date="10 มิ.ย. 2564", member=book.members[1].pk, amount="10", money="=11000")
    assert arrows_of(good) == [("11000", "14020:M02", 1_000)]
    auditor = browser(Cast().auditor(book.group))
    auditor.post(reverse("treasury:sign_count", args=[count.pk]), sent())
    assertContains(auditor.get(reverse("treasury:count", args=[count.pk])), "กรรมการตรวจสอบ คนที่ 1")


def test_a_keeper_is_named_and_cash_handed_over_by_forms(book: Kept) -> None:
    chair, treasurer, _audit = a_committee(book)
    client, of_book = browser(book.treasurer), [book.kept.book_id]
    client.post(reverse("treasury:new_keeper", args=of_book), sent(person=f"c{chair.pk}", starts="1 มิ.ย. 2564"))
    keeper = Keeper.objects.get()
    signers = {"who_giver": f"c{treasurer.pk}", "who_taker": f"c{chair.pk}"}
    moved = typed(book, "move_cash", giver="=11000", taker="=11000:K1", amount="50", **signers)
    assert arrows_of(moved) == [("11000:K1", "11000", 5_000)]
    fields = {"date": "6 มิ.ย. 2564", "giver": keeper.account_id, "n_5000": "1", "books": "สมุดเงินสด 1 เล่ม"}
    people = {"who_outgoing": f"c{chair.pk}", "who_incoming": f"c{treasurer.pk}"}
    client.post(reverse("treasury:hand_over", args=of_book), sent(**fields, **people))
    made = Handover.objects.get()
    assert (made.cash_satang, made.incoming.name) == (5_000, treasurer.name)
    client.post(reverse("treasury:keeper_limit", args=[made.incoming_id]), sent(limit_satang="30"))
    assert [(row.holding.satang, row.limit) for row in above_limit(book.kept, date(2021, 6, 10))] == [(5_000, 3_000)]
    client.post(reverse("treasury:end_keeper", args=[made.incoming_id]), sent(ends="10 มิ.ย. 2564"))
    assert Keeper.objects.filter(ends=None).count() == 1  # he still holds the 50 baht


def test_a_pin_is_set_on_the_page_and_never_shown(book: Kept) -> None:
    chair = a_committee(book)[0]
    client, address = browser(book.treasurer), reverse("treasury:set_pin", args=[book.kept.book_id])
    wrong = client.post(address, sent(person=f"c{chair.pk}", pin_old="", pin_new="583047", pin_again="583048"))
    assertContains(wrong, "สองช่องไม่เหมือนกัน")
    assertNotContains(wrong, "583047")
    client.post(address, sent(person=f"c{chair.pk}", pin_old="", pin_new="583047", pin_again="583047"))
    assert Pin.objects.get().committee == chair


# --- lists -----------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("route", "queries"),
    [("vouchers", 11), ("counts", 8), ("money", 13), ("unconfirmed", 9), ("statements_of_banks", 9), ("handed_over", 9)],
)
def test_a_list_costs_the_same_for_one_row_and_for_three(
    book: Kept, route: str, queries: int, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for at in range(count):
        typed(book, "bank_fee", bank="=12100", amount=f"{at + 1}")
        cash.count_cash(
            by=book.treasurer, kept=book.kept, account=Account.objects.get(book=book.kept.book, code="11000"), on=date(2021, 6, 5),
            notes={10_000: 3},
        )  # fmt: skip
    committee = a_committee(book)
    for person in committee[:count]:
        keeper = cash.open_keeper(by=book.treasurer, kept=book.kept, name=person.name, committee=person, starts=date(2021, 6, 1))
        cash.move_cash(
            by=book.treasurer, kept=book.kept, date=date(2021, 6, 5), giver=Account.objects.get(book=book.kept.book, code="11000"),
            taker=keeper.account, amount=100, signers=[signer("ก", committee[0]), signer("ข", committee[2])],
        )  # fmt: skip
        handover.hand_over(
            by=book.treasurer, kept=book.kept, date=date(2021, 6, 7), giver=keeper.account, giver_name=person.name,
            incoming=book.members[0].name, member=book.members[0], notes={100: 1}, books="สมุด 1 เล่ม",
            signers=[signer("ก", person), signer("ข", book.members[0])],
        )  # fmt: skip
    account = bank.open_bank_account(
        by=book.treasurer, kept=book.kept, bank="ออมสิน", number="1234", name="ก", opened=date(2021, 6, 1)
    )
    for day in range(1, count + 1):
        on = date(2021, 6, day)
        held = bank.take_statement(by=book.treasurer, bank=account, starts=on, ends=on, opening=0, closing=0, lines=[])
        bank.finish_statement(by=book.treasurer, statement=held)
    client = browser(book.treasurer)
    with django_assert_num_queries(queries):
        page = client.get(reverse(f"treasury:{route}", args=[book.kept.book_id]))
    assert page.status_code == 200


def test_the_list_of_vouchers_is_searched_by_month_kind_words_and_number(book: Kept) -> None:
    fee = typed(book, "bank_fee", bank="=12100", amount="10")
    gift = typed(book, "gift", receiver="วัดโพธิ์", amount="10", money="=11000", memo="งานบุญบั้งไฟ")
    client, address = browser(book.treasurer), reverse("treasury:vouchers", args=[book.kept.book_id])
    for asked, shown, hidden in [
        ({"kind": "gift"}, gift, fee), ({"q": "บั้งไฟ"}, gift, fee), ({"q": "วัดโพธิ์"}, gift, fee), ({"q": fee.voucher}, fee, gift),
    ]:  # fmt: skip
        page = client.get(address, asked)
        assertContains(page, f">{shown.voucher}<")
        assertNotContains(page, f">{hidden.voucher}<")
    assertContains(client.get(address, {"month": "202105"}), "ไม่พบใบสำคัญที่ค้นหา")
    assert client.get(address, {"month": "๙", "kind": "' OR 1=1", "page": "zz", "q": "%"}).status_code == 200


def test_a_paper_says_the_sum_in_words_and_both_days(book: Kept) -> None:
    made = typed(book, "expense", payee="ร้านทองดี", account="53000", amount="25.50", money="=11000", memo="สมุด", paper_no="1/7")
    page = browser(book.treasurer).get(reverse("treasury:voucher_paper", args=[made.pk]))
    for words in ("ใบสำคัญจ่าย", "ยี่สิบห้าบาทห้าสิบสตางค์", "5 มิถุนายน 2564", "10 มิถุนายน 2564", "ร้านทองดี", "1/7", "ผู้รับเงิน"):
        assertContains(page, words)


def test_another_books_entry_and_one_that_is_not_there_are_not_found(book: Kept) -> None:
    made = typed(book, "bank_fee", bank="=12100", amount="10")
    client = browser(book.treasurer)
    for key in (made.pk + 1, made.pk + 2**32, 1):
        assert client.get(reverse("treasury:voucher", args=[key])).status_code == 404
