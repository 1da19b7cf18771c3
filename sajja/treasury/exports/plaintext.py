"""A whole book for other programs: hledger's journal and beancount's, so that anybody can check us with tools not ours.

An account is told by its code, so that the first five digits in its name are its heading; Thai names stand beside it.
Lines come one by one: a book of a million movements needs no memory.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice

from sajja.ledger import queries
from sajja.ledger.models import Account, Book, Entry, Movement, Stage
from sajja.lib.money import plain

CHUNK = 2000
COMMODITY = "THB"
ROOTS = {"A": "Assets", "L": "Liabilities", "Q": "Equity", "I": "Income", "E": "Expenses"}
STAGES = {Stage.ADJUSTING: "adjusting", Stage.CLOSING: "closing"}
SYNTAX = re.compile(r"[;()\[\]]")
PART = re.compile(r"[A-Z0-9][A-Za-z0-9-]*")


def hledger(book: Book) -> Iterator[str]:
    """The lines of a journal that `hledger check --strict` takes: commodity and accounts declared, then the vouchers."""
    accounts = _accounts(book)
    yield f"; book: {_one_line(book.code)}, {_one_line(book.name)}"
    yield f"commodity 1000.00 {COMMODITY}"
    names = {pk: _hledger_name(account) for pk, account in accounts.items()}
    for pk, account in accounts.items():
        yield f"account {names[pk]}  ; name: {_hledger_value(account.name)}"
    for entry, movements in entries(book):
        yield ""
        yield f"{entry.date.isoformat()} * ({entry.voucher}) {_description(entry)}  ; kind: {entry.kind}{_stage(entry)}"
        for movement in movements:
            tags = _hledger_tags(movement, names)
            yield f"    {names[movement.debit_id]}  {plain(movement.amount)} {COMMODITY}{tags}"
            yield f"    {names[movement.credit_id]}  -{plain(movement.amount)} {COMMODITY}{tags}"


def _hledger_name(account: Account) -> str:
    return f"{ROOTS[account.kind].lower()}:{SYNTAX.sub('_', account.code)}"


def _description(entry: Entry) -> str:
    return re.sub(r"[;|=]", ",", _one_line(entry.memo)) or entry.kind


def _stage(entry: Entry) -> str:
    stage = STAGES.get(Stage(entry.stage))
    return f", stage: {stage}" if stage else ""


def _hledger_tags(movement: Movement, names: dict[int, str]) -> str:
    tags = [f"receipt: {movement.receipt}"] if movement.receipt else []
    if movement.about_id:
        tags.append(f"about: {names[movement.about_id]}")
    return f"  ; {', '.join(tags)}" if tags else ""


def _hledger_value(text: str) -> str:
    return _one_line(text).replace(",", " ")


def beancount(book: Book) -> Iterator[str]:
    """The lines of a ledger that beancount reads without an error."""
    accounts = _accounts(book)
    names = _beancount_names(accounts.values())
    opened = _first_day(book)
    yield f'option "title" {_quoted(f"{book.code} {book.name}")}'
    yield f'option "operating_currency" "{COMMODITY}"'
    yield f"{opened.isoformat()} commodity {COMMODITY}"
    for pk, account in accounts.items():
        yield f"{opened.isoformat()} open {names[pk]} {COMMODITY}"
        yield f"  name: {_quoted(account.name)}"
        yield f"  code: {_quoted(account.code)}"
    for entry, movements in entries(book):
        yield ""
        yield f"{entry.date.isoformat()} * {_quoted(entry.memo)} #{entry.kind}{_beancount_stage(entry)}"
        yield f"  number: {_quoted(entry.voucher)}"
        for movement in movements:
            for name, sign in ((names[movement.debit_id], ""), (names[movement.credit_id], "-")):
                yield f"  {name}  {sign}{plain(movement.amount)} {COMMODITY}"
                if movement.receipt:
                    yield f"    receipt: {movement.receipt}"


def _beancount_names(accounts: Iterable[Account]) -> dict[int, str]:
    """Names of letters, digits and dashes; a part that has others is told by its place among the accounts."""
    names: dict[int, str] = {}
    for place, account in enumerate(accounts):
        parts = [part if PART.fullmatch(part) else f"X{place}" for part in account.code.split(":")]
        names[account.pk] = ":".join([ROOTS[account.kind], *parts])
    return names


def _beancount_stage(entry: Entry) -> str:
    stage = STAGES.get(Stage(entry.stage))
    return f" #{stage}" if stage and stage != entry.kind else ""


def _first_day(book: Book) -> date:
    first = queries.entries_in(book).order_by("date").values_list("date", flat=True).first()
    return min(first or book.opened_on, book.opened_on)


def _quoted(text: str) -> str:
    escaped = _one_line(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _accounts(book: Book) -> dict[int, Account]:
    return {account.pk: account for account in Account.objects.filter(book=book).order_by("code")}


def entries(book: Book) -> Iterator[tuple[Entry, list[Movement]]]:
    """Each voucher of a book with its movements, in the order of posting, in pieces that fit into memory."""
    movements = queries.movements_in(book).iterator(CHUNK)
    for entry in queries.entries_in(book).iterator(CHUNK):
        yield entry, list(islice(movements, entry.lines))
