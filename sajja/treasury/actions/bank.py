"""Bank accounts, cash to the bank and back, and the bank's statement held against the book."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _

from sajja.audit.actions import Doer, record
from sajja.audit.acts import act
from sajja.groups.models import GroupBook
from sajja.ledger import actions as ledger
from sajja.ledger.actions import NewAccount
from sajja.ledger.actions.posting import lock
from sajja.ledger.models import Account, Entry, Floor, Kind
from sajja.ledger.posting import Arrow
from sajja.lib.money import baht
from sajja.lib.refusals import Refused
from sajja.treasury import chart
from sajja.treasury.actions.cash import sign_once
from sajja.treasury.actions.seconds import Signer
from sajja.treasury.actions.vouchers import Paper, enter, money_place, take_from
from sajja.treasury.models import BankAccount, BankLine, BankTie, Reconciliation, VoucherKind
from sajja.treasury.queries.bank import held_against
from sajja.web import clock


class StatementLine(NamedTuple):
    """A line of the bank's statement: satang, in above nought; the balance after it where it is told."""

    on: date
    text: str
    amount: int
    balance: int | None = None


@act
def open_bank_account(
    *, by: Doer, kept: GroupBook, bank: str, number: str, name: str, opened: date, branch: str = "", at: datetime | None = None
) -> BankAccount:
    """A bank account of the group, on an account of its own under 12100."""
    lock(kept.book)
    if BankAccount.objects.filter(kept=kept, bank=bank, number=number).exists():
        raise Refused(_("มีบัญชีเลขที่นี้แล้ว"), "number")
    code = chart.under(chart.BANK, f"B{BankAccount.objects.filter(kept=kept).count() + 1}")
    digits = "".join(c for c in number if c.isdigit())
    new = NewAccount(code, f"{bank} xxx-{digits[-4:]}"[:150], Kind.ASSET, chart.BANK, Floor.PAYMENTS)
    account = ledger.open_accounts(book=kept.book, accounts=[new])[code]
    made = BankAccount.objects.create(
        kept=kept, account=account, bank=bank, branch=branch, number=number, name=name, opened=opened
    )
    record(by, "treasury.open_bank_account", made, kept.group.unit.path, at=at, account=code)
    return made


@act
def end_bank_account(*, by: Doer, bank: BankAccount, ended: date, at: datetime | None = None) -> BankAccount:
    """The account at the bank was closed; it holds nothing any more."""
    lock(bank.kept.book)
    account = Account.objects.get(pk=bank.account_id)
    if bank.ended:
        raise Refused(_("บัญชีนี้ปิดไปแล้ว"))
    if account.balance:
        raise Refused(_("บัญชีนี้ยังมีเงิน %(there)s บาท ถอนหรือโอนออกก่อน") % {"there": baht(account.balance)})
    if ended < bank.opened or (account.last_on and ended < account.last_on):
        raise Refused(_("วันที่ปิดต้องไม่ก่อนรายการสุดท้าย"), "ended")
    bank.ended = ended
    bank.save(update_fields=["ended"])
    record(by, "treasury.end_bank_account", bank, bank.kept.group.unit.path, at=at, ended=ended.isoformat())
    return bank


@act
def cash_to_bank(
    *, by: Doer, kept: GroupBook, date: date, cash: Account, bank: Account, amount: int, memo: str = "", paper_no: str = "",
    at: datetime | None = None, uuid: UUID | None = None,
) -> Entry:  # fmt: skip
    """Cash paid into the bank."""
    _check_sides(kept, cash, bank)
    take_from(kept, cash, amount, uuid, "cash")
    arrows = [Arrow(bank.pk, cash.pk, amount)]
    paper = Paper(kind=VoucherKind.GENERAL, paper_no=paper_no)
    return enter(by, kept, "cash_to_bank", date, "cash-to-bank", memo or _("นำเงินสดฝากธนาคาร"), arrows, paper, cash, at, uuid)


@act
def bank_to_cash(
    *, by: Doer, kept: GroupBook, date: date, bank: Account, cash: Account, amount: int, signers: Sequence[Signer],
    memo: str = "", paper_no: str = "", at: datetime | None = None, uuid: UUID | None = None,
) -> Entry:  # fmt: skip
    """A withdrawal, with the two of the committee who sign the bank's slip."""
    _check_sides(kept, cash, bank)
    if len(signers) != 2:
        raise Refused(_("ถอนเงินต้องมีผู้ลงชื่อ 2 คน"))
    if any(signer.committee is None for signer in signers):
        raise Refused(_("ผู้ลงชื่อถอนเงินต้องเป็นกรรมการ"))
    take_from(kept, bank, amount, uuid, "bank")
    entry = enter(
        by, kept, "bank_to_cash", date, "bank-to-cash", memo or _("ถอนเงินจากธนาคาร"), [Arrow(cash.pk, bank.pk, amount)],
        Paper(kind=VoucherKind.GENERAL, paper_no=paper_no), bank, at, uuid,
    )  # fmt: skip
    sign_once(by, kept, entry, signers, at)
    return entry


@act
def between_banks(
    *, by: Doer, kept: GroupBook, date: date, giver: Account, taker: Account, amount: int, memo: str = "", paper_no: str = "",
    at: datetime | None = None, uuid: UUID | None = None,
) -> Entry:  # fmt: skip
    """From one bank account to another; also what stood on the heading, to the account it lies on."""
    if money_place(kept, giver, "giver").is_cash or money_place(kept, taker, "taker").is_cash:
        raise Refused(_("เลือกบัญชีธนาคาร"), "giver")
    take_from(kept, giver, amount, uuid, "giver")
    arrows = [Arrow(taker.pk, giver.pk, amount)]
    paper = Paper(kind=VoucherKind.GENERAL, paper_no=paper_no)
    memo = memo or _("โอนระหว่างบัญชีธนาคาร")
    return enter(by, kept, "between_banks", date, "general", memo, arrows, paper, giver, at, uuid)


def _check_sides(kept: GroupBook, cash: Account, bank: Account) -> None:
    if not money_place(kept, cash, "cash").is_cash:
        raise Refused(_("เลือกเงินสดของผู้เก็บรักษา"), "cash")
    if money_place(kept, bank, "bank").is_cash:
        raise Refused(_("เลือกบัญชีธนาคาร"), "bank")


@act
def take_statement(
    *, by: Doer, bank: BankAccount, starts: date, ends: date, opening: int, closing: int, lines: Sequence[StatementLine],
    at: datetime | None = None,
) -> Reconciliation:  # fmt: skip
    """What the bank's statement says, typed or read from a file; one under way is put aside for it."""
    at = at or clock.now()
    kept = bank.kept
    lock(kept.book)
    _check_statement(bank, starts, ends, opening, closing, lines, clock.day_of(at))
    Reconciliation.objects.filter(bank=bank, done_at__isnull=True, dropped_at__isnull=True).update(dropped_at=at)
    made = Reconciliation.objects.create(
        kept=kept, bank=bank, starts=starts, ends=ends, opening_satang=opening, closing_satang=closing, by=by.key,
        by_name=str(by.full_name), at=at,
    )  # fmt: skip
    BankLine.objects.bulk_create(
        [
            BankLine(statement=made, position=at, on=line.on, text=line.text[:150], amount=line.amount, balance=line.balance)
            for at, line in enumerate(lines, 1)
        ]
    )
    record(by, "treasury.take_statement", made, kept.group.unit.path, at=at, ends=ends.isoformat(), lines=len(lines))
    return made


def _check_statement(
    bank: BankAccount, starts: date, ends: date, opening: int, closing: int, lines: Sequence[StatementLine], today: date
) -> None:
    if ends < starts:
        raise Refused(_("วันสุดท้ายต้องไม่ก่อนวันแรก"), "ends")
    if ends > today:
        raise Refused(_("วันสุดท้ายต้องไม่หลังวันนี้"), "ends")
    last = Reconciliation.objects.filter(bank=bank, done_at__isnull=False).order_by("-ends").first()
    if last and starts <= last.ends:
        raise Refused(_("กระทบยอดถึง %(day)s แล้ว เริ่มวันถัดไป") % {"day": last.ends.isoformat()}, "starts")
    if last and opening != last.closing_satang:
        raise Refused(_("ยอดยกมาต้องเท่ายอดครั้งก่อน %(baht)s บาท") % {"baht": baht(last.closing_satang)}, "opening")
    if any(not starts <= line.on <= ends for line in lines):
        raise Refused(_("มีบรรทัดที่วันที่อยู่นอกช่วงของรายการเดินบัญชี"), "lines")
    moved = sum(line.amount for line in lines)
    if opening + moved != closing:
        raise Refused(
            _("ยอดยกมา รวมรายการ เป็น %(sum)s บาท แต่ยอดคงเหลือที่ใส่ %(closing)s บาท ตรวจบรรทัดที่ขาดหรือเกิน")
            % {"sum": baht(opening + moved), "closing": baht(closing)},
            "closing",
        )


@act
def finish_statement(*, by: Doer, statement: Reconciliation, words: str = "", at: datetime | None = None) -> Reconciliation:
    """Keep which line is which movement, and both balances; what the book lacks is posted first."""
    at = at or clock.now()
    kept = statement.kept
    lock(kept.book)
    if statement.done_at or statement.dropped_at:
        raise Refused(_("กระทบยอดชุดนี้เสร็จแล้ว"))
    held = held_against(statement)
    if held.only_bank:
        raise Refused(_("ยังมี %(count)s รายการที่สมุดของกลุ่มยังไม่ลง ลงบัญชีก่อน") % {"count": len(held.only_bank)})
    if held.difference and not words.strip():
        raise Refused(_("ยอดยังต่างกัน %(baht)s บาท หาให้พบ หรือบอกเหตุผล") % {"baht": baht(abs(held.difference))}, "words")
    statement.book_satang, statement.difference, statement.words = held.book_satang, held.difference, words
    statement.done_at, statement.done_by_name = at, str(by.full_name)
    statement.save(update_fields=["book_satang", "difference", "words", "done_at", "done_by_name"])
    BankTie.objects.bulk_create(
        [
            BankTie(statement=statement, line=line, movement=movement)
            for pair in held.pairs
            for line in pair.bank
            for movement in pair.movements
        ]
    )
    record(
        by, "treasury.finish_statement", statement, kept.group.unit.path, at=at, ends=statement.ends.isoformat(),
        bank=statement.closing_satang, book=held.book_satang, difference=held.difference,
    )  # fmt: skip
    return statement
