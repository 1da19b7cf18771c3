"""A new book and its accounts."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from sajja.ledger.chain import BEGINNING
from sajja.ledger.models import Account, Book, BookHead, Floor, Kind
from sajja.lib.refusals import Refused


class NewAccount(NamedTuple):
    """An account to be opened; `control` is the code of the heading that it stands under."""

    code: str
    name: str
    kind: Kind | str
    control: str = ""
    floor: Floor = Floor.FREE


def open_book(*, code: str, name: str, opened_on: date, fiscal_year_starts: int, accounts: Sequence[NewAccount]) -> Book:
    """An empty book with its chart; entries are dated from `opened_on`, what was before is one entry of the eve."""
    if Book.objects.filter(code=code).exists():
        raise Refused(_("มีชุดบัญชีรหัสนี้แล้ว โปรดใช้ชุดเดิมหรือตั้งรหัสใหม่"), "code")
    book = Book.objects.create(code=code, name=name, opened_on=opened_on, fiscal_year_starts=fiscal_year_starts)
    BookHead.objects.create(book=book, hash=BEGINNING)
    open_accounts(book=book, accounts=accounts)
    return book


def open_accounts(*, book: Book, accounts: Sequence[NewAccount]) -> dict[str, Account]:
    """Open these, headings before what stands under them; returns code → account."""
    codes = [account.code for account in accounts]
    if taken := sorted({*Account.objects.filter(book=book, code__in=codes).values_list("code", flat=True)}):
        raise Refused(_("มีรหัสบัญชี %(codes)s แล้ว โปรดตั้งรหัสอื่น") % {"codes": ", ".join(taken)}, "code")
    headings = _make(book, [account for account in accounts if not account.control], {})
    wanted = {account.control for account in accounts if account.control}
    known = headings | {account.code: account for account in Account.objects.filter(book=book, code__in=wanted - {*headings})}
    return headings | _make(book, [account for account in accounts if account.control], known)


def _make(book: Book, accounts: Sequence[NewAccount], headings: Mapping[str, Account]) -> dict[str, Account]:
    made = Account.objects.bulk_create(
        [
            Account(
                book=book, code=new.code, name=new.name, floor=new.floor, balance=0,
                kind=headings[new.control].kind if new.control else Kind(new.kind),
                control=headings[new.control] if new.control else None,
            )
            for new in accounts
        ]
    )  # fmt: skip
    return {account.code: account for account in made}


def rename_account(*, account: Account, name: str) -> Account:
    """Another name for the same code; what was posted is told by codes and does not change."""
    account.name = name
    account.save(update_fields=["name"])
    return account
