"""The worked year (tests/flows/worked-year.md) as a book: every voucher posted as it stands there, whoever makes it in life."""

import csv
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from io import StringIO
from itertools import groupby
from pathlib import Path
from typing import Any

from django.db import transaction

from sajja.ledger import actions
from sajja.ledger.actions import NewAccount
from sajja.ledger.models import Account, Book, Entry, Stage
from sajja.ledger.posting import Arrow
from sajja.web import clock

FILE = Path(__file__).parent.parent / "flows" / "worked-year.md"
STAGES = {"depreciation": Stage.ADJUSTING, "allowance": Stage.ADJUSTING, "closing": Stage.CLOSING}
AT = clock.moment(date(2022, 2, 1))
BY: dict[str, Any] = {"by": "person:1", "by_name": "นางคำปุ่น (ตัวอย่าง)", "at": AT}
OPENED = date(2021, 1, 1)
Line = dict[str, str]


@cache
def blocks() -> dict[str, list[Line]]:
    """Every csv block by its name."""
    found = re.findall(r"^```csv (\S+)\n(.*?)^```", FILE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return {name: list(csv.DictReader(StringIO(text))) for name, text in found}


def satang(baht: str) -> int:
    """ "1350.00" → 135000."""
    return int(Decimal(baht) * 100)


def the_year(until: str = "9999") -> Book:
    """The book with the vouchers up to a number."""
    with transaction.atomic():
        book = actions.open_book(
            code="worked-1", name="ปีตัวอย่าง", opened_on=OPENED, fiscal_year_starts=1, accounts=list(_accounts())
        )
        codes = dict(Account.objects.filter(book=book).values_list("code", "pk"))
        _opening(book, codes)
        _vouchers(book, codes, until)
    return book


def _accounts() -> Iterator[NewAccount]:
    kinds = {row["code"]: row["kind"] for row in blocks()["in-accounts"]}
    for row in blocks()["in-accounts"]:
        yield NewAccount(row["code"], row["name"], row["kind"])
    own = {code for row in blocks()["in-vouchers"] for code in (row["debit"], row["credit"]) if ":" in code}
    own |= {row["account"] for row in blocks()["in-opening-accounts"] if ":" in row["account"]}
    for code in sorted(own):
        heading = code.split(":")[0]
        if kinds[heading] not in "IE":
            yield NewAccount(code, code, "", heading)


def _opening(book: Book, codes: dict[str, int]) -> None:
    lines = [(codes[row["account"]], satang(row["debit"]) - satang(row["credit"])) for row in blocks()["in-opening-accounts"]]
    debits, credited = ([[key, abs(net)] for key, net in lines if (net > 0) == side] for side in (True, False))
    arrows = []
    while debits:
        amount = min(debits[0][1], credited[0][1])
        arrows.append(Arrow(debits[0][0], credited[0][0], amount))
        for part in (debits, credited):
            part[0][1] -= amount
            if not part[0][1]:
                part.pop(0)
    actions.post(book=book, date=date(2020, 12, 31), kind="opening", memo="ยอดยกมา", arrows=arrows, **BY)


def _vouchers(book: Book, codes: dict[str, int], until: str) -> None:
    kinds = {row["no"]: row for row in blocks()["in-voucher-kinds"]}
    for number, rows in groupby(blocks()["in-vouchers"], key=lambda row: row["no"]):
        if number > until:
            return
        lines, kind = list(rows), kinds[number]
        day = date.fromisoformat(lines[0]["date"])
        if kind["reverses"]:
            year, place = kind["reverses"].split("/")
            entry = Entry.objects.get(book=book, year=int(year) - 543, number=int(place))
            actions.reverse(entry=entry, date=day, memo=lines[0]["memo"], **BY)
            continue
        arrows = [Arrow(_key(codes, row["debit"]), _key(codes, row["credit"]), satang(row["amount"])) for row in lines]
        actions.post(
            book=book, date=day, kind=kind["kind"], memo=lines[0]["memo"], arrows=arrows,
            stage=STAGES.get(kind["kind"], Stage.MONTH), **BY,
        )  # fmt: skip


def _key(codes: dict[str, int], code: str) -> int:
    """An account's key; who paid an interest is no account of ours."""
    return codes.get(code) or codes[code.split(":", maxsplit=1)[0]]
