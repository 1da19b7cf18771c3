"""One page for each statement, and its workbook. Offices above the group read headings only, never a member's name."""

from collections.abc import Callable
from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sajja.groups.models import GroupBook
from sajja.ledger import queries as ledger
from sajja.ledger.models import Account
from sajja.org.door import Request, find, guarded, holds
from sajja.org.permissions import P
from sajja.treasury.exports import sheets, tables
from sajja.treasury.forms.statements import AskedDay, AskedSpan, asked_account, months_of
from sajja.treasury.statement import TITLES, Table
from sajja.web import clock
from sajja.web.sheets import TYPE

KEPT = GroupBook.objects.select_related("group__unit__parent", "book")
FOR: dict[str, Promise] = {
    "cash-book": _("เงินสดและธนาคารเข้าออกทีละใบสำคัญ พร้อมยอดคงเหลือ"),
    "receipts-payments": _("เงินเข้าและออกของเดือนหรือปี แยกตามรายการ"),
    "income-statement": _("รายได้ ค่าใช้จ่าย และกำไรหรือขาดทุน"),
    "balance-sheet": _("สินทรัพย์ หนี้สิน และทุน ณ วันที่เลือก"),
    "trial-balance": _("ยอดทุกบัญชี เดบิตเท่ากับเครดิต"),
    "ledger": _("รายการของบัญชีเดียว พร้อมยอดยกมาและคงเหลือ"),
    "month-ends": _("เงินสด ธนาคาร เงินกู้ และเงินสัจจะ ณ สิ้นเดือนแต่ละเดือน"),
    "turnover": _("เดบิตและเครดิตทั้งหมดของแต่ละบัญชี รวมรายการที่แก้"),
}
Made = tuple[Table, dict[str, object]]


@guarded(P.SEE_BOOKS)
def all_statements(request: Request, book: int) -> HttpResponse:
    """Which statements there are, and what each is for."""
    kept = find(request, P.SEE_BOOKS, KEPT, book=book)
    links = [(reverse(f"treasury:{key.replace('-', '_')}", args=[book]), TITLES[key], FOR[key]) for key in FOR]
    return render(request, "treasury/statements/all.html", {"kept": kept, "links": links})


@guarded(P.SEE_BOOKS)
def trial_balance(request: Request, book: int) -> HttpResponse:
    """งบทดลอง at the end of a day."""
    return _page(request, find(request, P.SEE_BOOKS, KEPT, book=book), _trial_balance)


@guarded(P.SEE_BOOKS)
def trial_balance_sheet(request: Request, book: int) -> HttpResponse:
    """The same as a workbook."""
    return _sheet(request, find(request, P.SEE_BOOKS, KEPT, book=book), _trial_balance)


@guarded(P.SEE_BOOKS)
def balance_sheet(request: Request, book: int) -> HttpResponse:
    """งบแสดงฐานะการเงิน at the end of a day."""
    return _page(request, find(request, P.SEE_BOOKS, KEPT, book=book), _balance_sheet)


@guarded(P.SEE_BOOKS)
def balance_sheet_sheet(request: Request, book: int) -> HttpResponse:
    """The same as a workbook."""
    return _sheet(request, find(request, P.SEE_BOOKS, KEPT, book=book), _balance_sheet)


@guarded(P.SEE_BOOKS)
def income_statement(request: Request, book: int) -> HttpResponse:
    """งบกำไรขาดทุน of a month, of the year so far, of a year."""
    return _page(request, find(request, P.SEE_BOOKS, KEPT, book=book), _income_statement)


@guarded(P.SEE_BOOKS)
def income_statement_sheet(request: Request, book: int) -> HttpResponse:
    """The same as a workbook."""
    return _sheet(request, find(request, P.SEE_BOOKS, KEPT, book=book), _income_statement)


@guarded(P.SEE_BOOKS)
def receipts_payments(request: Request, book: int) -> HttpResponse:
    """งบรับ–จ่าย of a month, of the year so far, of a year."""
    return _page(request, find(request, P.SEE_BOOKS, KEPT, book=book), _receipts_payments)


@guarded(P.SEE_BOOKS)
def receipts_payments_sheet(request: Request, book: int) -> HttpResponse:
    """The same as a workbook."""
    return _sheet(request, find(request, P.SEE_BOOKS, KEPT, book=book), _receipts_payments)


@guarded(P.SEE_BOOKS)
def cash_book(request: Request, book: int) -> HttpResponse:
    """สมุดเงินสด: cash and bank, voucher by voucher."""
    return _page(request, find(request, P.SEE_BOOKS, KEPT, book=book), _cash_book)


@guarded(P.SEE_BOOKS)
def cash_book_sheet(request: Request, book: int) -> HttpResponse:
    """The same as a workbook."""
    return _sheet(request, find(request, P.SEE_BOOKS, KEPT, book=book), _cash_book)


@guarded(P.SEE_BOOKS)
def general_ledger(request: Request, book: int) -> HttpResponse:
    """บัญชีแยกประเภท of a heading; of an account under one for the group's own committee."""
    return _page(request, find(request, P.SEE_BOOKS, KEPT, book=book), _general_ledger)


@guarded(P.SEE_BOOKS)
def general_ledger_sheet(request: Request, book: int) -> HttpResponse:
    """The same as a workbook."""
    return _sheet(request, find(request, P.SEE_BOOKS, KEPT, book=book), _general_ledger)


@guarded(P.SEE_BOOKS)
def turnover(request: Request, book: int) -> HttpResponse:
    """Gross debits and credits of every heading."""
    return _page(request, find(request, P.SEE_BOOKS, KEPT, book=book), _turnover)


@guarded(P.SEE_BOOKS)
def turnover_sheet(request: Request, book: int) -> HttpResponse:
    """The same as a workbook."""
    return _sheet(request, find(request, P.SEE_BOOKS, KEPT, book=book), _turnover)


@guarded(P.SEE_BOOKS)
def month_ends(request: Request, book: int) -> HttpResponse:
    """What stood at each month's end."""
    return _page(request, find(request, P.SEE_BOOKS, KEPT, book=book), _month_ends)


@guarded(P.SEE_BOOKS)
def month_ends_sheet(request: Request, book: int) -> HttpResponse:
    """The same as a workbook."""
    return _sheet(request, find(request, P.SEE_BOOKS, KEPT, book=book), _month_ends)


def _trial_balance(request: Request, kept: GroupBook) -> Made:
    asked = AskedDay.of(request, kept.book)
    return tables.trial_balance(kept.book, asked.on, asked.through), {"form": asked.form}


def _balance_sheet(request: Request, kept: GroupBook) -> Made:
    asked = AskedDay.of(request, kept.book)
    return tables.balance_sheet(kept.book, asked.on, asked.through), {"form": asked.form}


def _income_statement(request: Request, kept: GroupBook) -> Made:
    asked = AskedSpan.of(request, kept.book, default="so_far")
    return tables.income_statement(kept.book, asked.span), {"form": asked.form}


def _receipts_payments(request: Request, kept: GroupBook) -> Made:
    asked = AskedSpan.of(request, kept.book)
    return tables.receipts_payments(kept.book, asked.span), {"form": asked.form, "month": asked.month}


def _cash_book(request: Request, kept: GroupBook) -> Made:
    asked = AskedSpan.of(request, kept.book)
    return tables.cash_book(kept.book, asked.span, names=sees_accounts(request, kept)), {"form": asked.form}


def _turnover(request: Request, kept: GroupBook) -> Made:
    asked = AskedSpan.of(request, kept.book, default="so_far")
    return tables.turnover(kept.book, asked.span), {"form": asked.form}


def _month_ends(request: Request, kept: GroupBook) -> Made:
    months = months_of(kept.book)[:24]
    return tables.month_ends(kept.book, months[-1], months[0]), {}


def _general_ledger(request: Request, kept: GroupBook) -> Made:
    names, headings = sees_accounts(request, kept), ledger.controls(kept.book)
    codes = [(account.code, str(account)) for account in headings]
    wanted = request.GET.get("account", "")
    if ":" in wanted:
        account = _under(request, kept, wanted)
        codes.append((account.code, str(account)))
    asked, code = asked_account(request, kept.book, codes)
    account = next(a for a in [*headings, *([account] if ":" in wanted else [])] if a.code == code)
    account.book = kept.book
    under = ledger.accounts_under(kept.book, code) if names and account.control_id is None else []
    return tables.ledger_account(account, asked.span, names=names), {"form": asked.form, "account": account, "under": under}


MADE: dict[str, Callable[[Request, GroupBook], Made]] = {
    "trial-balance": _trial_balance, "balance-sheet": _balance_sheet, "income-statement": _income_statement,
    "receipts-payments": _receipts_payments, "cash-book": _cash_book, "ledger": _general_ledger, "turnover": _turnover,
    "month-ends": _month_ends,
}  # fmt: skip


def _under(request: Request, kept: GroupBook, code: str) -> Account:
    """An account under a heading; as good as absent for those who may not see members' accounts."""
    found = Account.objects.filter(book=kept.book, code=code).first()
    if found is None or not sees_accounts(request, kept):
        raise Http404
    return found


def sees_accounts(request: Request, kept: GroupBook) -> bool:
    """Whether the reader may see whose account is whose."""
    return holds(request.user, P.SEE_ACCOUNTS, kept.group.unit)


def _page(request: Request, kept: GroupBook, make: Callable[[Request, GroupBook], Made]) -> HttpResponse:
    table, more = make(request, kept)
    sheet = f"treasury:{table.key.replace('-', '_')}_sheet"
    context = {
        "kept": kept, "table": table, "sheet": sheet, "here": "treasury:statements", "voucher_links": sees_accounts(request, kept),
    }  # fmt: skip
    return render(request, "treasury/statements/statement.html", context | more)


def _sheet(request: Request, kept: GroupBook, make: Callable[[Request, GroupBook], Made]) -> HttpResponse:
    table, _more = make(request, kept)
    return workbook_response(sheets.statement([table], kept.group.name, clock.now()), f"{table.title} {kept.book.code}")


def workbook_response(body: bytes, name: str) -> HttpResponse:
    """A workbook to keep, with a Thai name."""
    answer = HttpResponse(body, content_type=TYPE)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.xlsx"
    return answer
