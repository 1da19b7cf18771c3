"""A bank's statement of many lines typed by hand, and the reconciliation on paper."""

import re
from datetime import date
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from sajja.ledger.models import Account
from sajja.treasury.actions import bank, vouchers
from sajja.treasury.actions.bank import StatementLine
from sajja.treasury.models import BankAccount, Reconciliation
from sajja.treasury.queries.bank import held_against, held_when_done, paper_parts
from sajja.web import clock
from tests.treasury.books import Kept, a_book

pytestmark = pytest.mark.django_db
JUNE = date(2021, 6, 1)


@pytest.fixture
def book() -> Kept:
    return a_book(opening=[("11000", 1_000_000), ("34000", -1_000_000)])


@pytest.fixture
def account(book: Kept) -> BankAccount:
    return bank.open_bank_account(
        by=book.treasurer, kept=book.kept, bank="ธ.ก.ส.", number="020-1-23456-7", name="กลุ่มตัวอย่าง", opened=JUNE
    )


@pytest.fixture
def browser(book: Kept) -> Client:
    client = Client()
    client.force_login(book.treasurer)
    return client


def paid_in(book: Kept, account: BankAccount, day: int, amount: int) -> None:
    cash = Account.objects.get(book=book.kept.book, code="11000")
    bank.cash_to_bank(
        by=book.treasurer, kept=book.kept, date=JUNE.replace(day=day), cash=cash, bank=account.account, amount=amount
    )


def typed(lines: int) -> dict[str, str]:
    """So many deposits of 5 baht, one a box."""
    boxes = {f"on_{at}": "5 มิ.ย. 2564" for at in range(lines)} | {f"in_{at}": "5" for at in range(lines)}
    return {"starts": "1 มิ.ย. 2564", "ends": "10 มิ.ย. 2564", "opening": "0", "closing": str(5 * lines), **boxes}


def asked(browser: Client, account: BankAccount, **said: str) -> str:
    answer = browser.post(reverse("treasury:new_statement", args=[account.pk]), {"once": str(uuid4()), **said})
    return answer.content.decode()


def boxes(page: str) -> int:
    return len(re.findall(r'name="on_\d+"', page))


def test_more_lines_are_asked_for_without_losing_what_was_typed_and_without_judging_it(
    browser: Client, account: BankAccount
) -> None:
    page = asked(browser, account, **typed(12) | {"closing": "ยังไม่รู้"}, count="12", more="1")
    assert (boxes(page), page.count('value="5 มิ.ย. 2564"'), page.count('value="5"')) == (24, 12, 12)
    assert 'value="ยังไม่รู้"' in page
    assert 'class="error"' not in page
    assert 'formaction="#id_on_24"' in page
    assert Reconciliation.objects.count() == 0
    page = asked(browser, account, **typed(20), count="24", more="1")
    assert boxes(page) == 36


def test_thirty_lines_typed_by_hand_are_kept_and_shown_again_to_be_changed(browser: Client, account: BankAccount) -> None:
    asked(browser, account, **typed(30), count="36")
    assert [line.position for line in Reconciliation.objects.get().lines.order_by("position")] == list(range(1, 31))
    page = browser.get(reverse("treasury:new_statement", args=[account.pk])).content.decode()
    assert (boxes(page), page.count('value="5 มิ.ย. 2564"')) == (36, 30)


@pytest.mark.parametrize(
    ("said", "shown"), [("", 12), ("13", 24), ("๒๔", 24), ("-5", 12), ("9999999", 12), ("99999", 240), ("x", 12)]
)
def test_the_number_of_boxes_is_never_less_than_twelve_nor_more_than_240(
    browser: Client, account: BankAccount, said: str, shown: int
) -> None:
    page = asked(browser, account, **typed(1) | {"closing": ""}, count=said)
    assert boxes(page) == shown
    assert ("เพิ่มอีก 12 บรรทัด" in page) == (shown < 240)


def under_way(book: Kept, account: BankAccount) -> Reconciliation:
    """The bank has two of the book's three deposits, and interest of its own; a payment of the book it has not yet."""
    for day, amount in ((2, 100_000), (5, 50_000), (10, 70_000)):
        paid_in(book, account, day, amount)
    vouchers.record_expense(
        by=book.treasurer, kept=book.kept, date=JUNE.replace(day=9), account="53000", amount=8_000, money=account.account,
        payee="ร้านค้า (ตัวอย่าง)", memo="สมุด",
    )  # fmt: skip
    lines = [(2, 100_000), (5, 50_000), (8, 6_137)]
    return bank.take_statement(
        by=book.treasurer, bank=account, starts=JUNE, ends=JUNE.replace(day=10), opening=0, closing=156_137,
        lines=[StatementLine(JUNE.replace(day=day), "ดอกเบี้ย" if amount == 6_137 else "ฝาก", amount) for day, amount in lines],
    )  # fmt: skip


def test_the_parts_of_the_paper_lead_from_the_banks_balance_to_the_books(book: Kept, account: BankAccount) -> None:
    statement = under_way(book, account)
    held = held_against(statement)
    assert [part.satang for part in paper_parts(held)] == [70_000, -8_000, 0, -6_137]
    assert (
        statement.closing_satang + sum(part.satang for part in paper_parts(held)) + held.difference == held.book_satang == 212_000
    )


def test_the_paper_stays_as_it_was_when_it_was_signed(book: Kept, account: BankAccount, browser: Client) -> None:
    statement = under_way(book, account)
    paper = reverse("treasury:statement_paper", args=[statement.pk])
    draft = browser.get(paper).content.decode()
    assert "ร่าง ยังไม่ปิดการกระทบยอด" in draft
    vouchers.record_bank_interest(by=book.treasurer, kept=book.kept, date=JUNE.replace(day=8), bank=account.account, amount=6_137)
    bank.finish_statement(by=book.treasurer, statement=statement)
    signed = browser.get(paper).content.decode()
    assert [sum_ in signed for sum_ in ("1,561.37", "700.00", "-80.00", "2,181.37")] == [True] * 4
    assert "ร่าง" not in signed
    assert (signed.count(book.treasurer.full_name) >= 1, "กรรมการตรวจสอบ" in signed) == (True, True)
    with clock.fixed(date(2021, 6, 20)):
        paid_in(book, account, 9, 12_300)
        later = bank.take_statement(
            by=book.treasurer, bank=account, starts=JUNE.replace(day=11), ends=JUNE.replace(day=20), opening=156_137,
            closing=156_137 + 74_300,
            lines=[StatementLine(JUNE.replace(day=12), "", a) for a in (70_000, 12_300, -8_000)],
        )  # fmt: skip
        bank.finish_statement(by=book.treasurer, statement=later)
        statement.refresh_from_db()
        held = held_when_done(statement)
        assert [part.satang for part in paper_parts(held)] == [70_000, -8_000, 0, 0]
        assert statement.closing_satang + 62_000 == held.book_satang == 218_137
        assert [part.satang for part in paper_parts(held_when_done(later))] == [0, 0, 0, 0]


def test_a_statement_that_another_took_the_place_of_has_no_paper(book: Kept, account: BankAccount, browser: Client) -> None:
    first, second = under_way(book, account), bank.take_statement(
        by=book.treasurer, bank=account, starts=JUNE, ends=JUNE.replace(day=10), opening=0, closing=0, lines=[]
    )  # fmt: skip
    answers = [browser.get(reverse("treasury:statement_paper", args=[one.pk])).status_code for one in (first, second)]
    assert answers == [404, 200]
