"""One of each thing of cash and bank in a book, made by the acts: for the pages, the access matrix and the crawl."""

from datetime import date

from sajja.groups.models import CommitteeMember
from sajja.ledger.models import Account
from sajja.treasury.actions import bank, cash, handover, seconds, vouchers
from sajja.treasury.actions.bank import StatementLine
from sajja.treasury.actions.seconds import signer
from sajja.treasury.models import BankAccount, CashCount, Handover, Keeper, Pin, Reconciliation, Second
from tests.treasury.books import Kept

ON = date(2021, 6, 5)
PIN = "583047"


class Things:
    """A keeper with a little cash, a bank account and a statement under way, a count, a hand-over, a slip and a PIN."""

    def __init__(self, book: Kept, committee: list[CommitteeMember], on: date = ON) -> None:
        self.book, self.on = book, on
        by, kept = book.treasurer, book.kept
        chair, treasurer = committee[:2]
        heading = self.account("11000")
        self.keeper: Keeper = cash.open_keeper(by=by, kept=kept, name=chair.name, committee=chair, starts=on)
        self.bank: BankAccount = bank.open_bank_account(
            by=by, kept=kept, bank="ธ.ก.ส.", branch="ตัวอย่าง", number="020-1-23456-7", name=book.group.name, opened=on
        )
        self.pin: Pin = seconds.set_pin(by=by, group=book.group, person=chair, pin=PIN)
        self.moved = cash.move_cash(
            by=by, kept=kept, date=on, giver=heading, taker=self.keeper.account, amount=5_000,
            signers=[signer("ผู้มอบเงิน", treasurer), signer("ผู้รับเงิน", chair)],
        )  # fmt: skip
        self.second: Second = Second.objects.filter(kept=kept, committee=chair).order_by("-pk")[0]
        self.paid_in = bank.cash_to_bank(by=by, kept=kept, date=on, cash=heading, bank=self.bank.account, amount=10_000)
        self.entry = vouchers.record_expense(
            by=by,
            kept=kept,
            date=on,
            account="53000",
            amount=2_500,
            money=heading,
            payee=f"ร้าน{book.group.name}"[:100],
            memo="สมุด",
        )
        self.count: CashCount = cash.count_cash(by=by, kept=kept, account=self.keeper.account, on=on, notes={5_000: 1})
        lines = [StatementLine(on, "ฝาก", 10_000), StatementLine(on, "ดอกเบี้ย", 137), StatementLine(on, "ค่าธรรมเนียม", -100)]
        self.statement: Reconciliation = bank.take_statement(
            by=by, bank=self.bank, starts=on, ends=on, opening=0, closing=10_037, lines=lines
        )
        self.bank_line, self.fee_line = self.statement.lines.get(amount=137), self.statement.lines.get(amount=-100)
        self.handover: Handover = handover.hand_over(
            by=by, kept=kept, date=on, giver=self.keeper.account, giver_name=chair.name, incoming=treasurer.name,
            committee=treasurer, notes={5_000: 1}, books="สมุดเงินสด 1 เล่ม",
            signers=[signer("ผู้ส่งมอบ", chair), signer("ผู้รับมอบ", treasurer)],
        )  # fmt: skip

    def account(self, code: str) -> Account:
        """The book's account of a code."""
        return Account.objects.get(book=self.book.kept.book, code=code)

    @property
    def parts(self) -> dict[str, int]:
        """Part of an address → key."""
        return {
            "entry": self.entry.pk, "account": self.keeper.account_id, "keeper": self.handover.incoming_id, "bank": self.bank.pk,
            "count": self.count.pk, "handover": self.handover.pk, "statement": self.statement.pk, "bank_line": self.bank_line.pk,
            "second": self.second.pk, "pin": self.pin.pk,
        }  # fmt: skip

    @property
    def by_route(self) -> dict[str, dict[str, int]]:
        """Routes that want a thing of their own."""
        return {"treasury:line_fee": {"bank_line": self.fee_line.pk}}
