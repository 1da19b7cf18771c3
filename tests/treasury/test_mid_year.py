"""The second test of the worked year: a book opened on 1 July 2564 comes to the same year end as one of the whole year."""

from datetime import date
from itertools import groupby

import pytest
from django.db import transaction

from sajja.groups.actions.membership import end_member
from sajja.groups.models import GroupBook, Member
from sajja.ledger import actions as ledger
from sajja.ledger.models import Account, Entry, Stage
from sajja.ledger.posting import Arrow
from sajja.ledger.verifying import verify
from sajja.treasury.actions import accounts_of
from sajja.treasury.actions import opening as acts
from sajja.treasury.dividend import pool
from sajja.treasury.models import Loan
from sajja.treasury.queries import statements, yearend
from sajja.web import clock
from tests.treasury.test_opening import JULY, a_draft, worked_draft
from tests.treasury.worked_year import BY, STAGES, blocks, satang

pytestmark = pytest.mark.django_db
YEAR_END = date(2021, 12, 31)


@pytest.fixture
def kept() -> GroupBook:
    """The book of the second half-year, up to the closing."""
    with clock.fixed(JULY):
        draft, by = a_draft(worked_draft(), JULY)
        made = acts.go_live(by=by, draft=draft)
    with transaction.atomic():
        for control in ("20000", "23300", "14020"):
            accounts_of(made, list(Member.objects.filter(group=draft.group)), control)
        _post_half_year(made)
    with clock.fixed(date(2021, 10, 5)):
        leaver = Member.objects.get(group=draft.group, number="M08")
        end_member(by=by, member=leaver, status="left", day=date(2021, 10, 5), because="ย้ายถิ่น")
    return made


def _post_half_year(kept: GroupBook) -> None:
    """Every voucher from 1 July to the last adjustment, as it stands in the file."""
    codes = dict(Account.objects.filter(book=kept.book).values_list("code", "pk"))
    borrowers = {f"41000:{loan.member.number}": loan.account_id for loan in Loan.objects.select_related("member")}
    kinds = {row["no"]: row for row in blocks()["in-voucher-kinds"]}
    posted: dict[str, Entry] = {}
    for number, rows in groupby(blocks()["in-vouchers"], key=lambda row: row["no"]):
        lines, kind = list(rows), kinds[number]
        day = date.fromisoformat(lines[0]["date"])
        if not JULY <= day <= YEAR_END or kind["kind"] == "closing":
            continue
        if kind["reverses"]:
            ledger.reverse(entry=posted[kind["reverses"]], date=day, memo=lines[0]["memo"], **BY)
            continue
        arrows = [
            Arrow(
                codes.get(row["debit"]) or codes[row["debit"][:5]], codes.get(row["credit"]) or codes[row["credit"][:5]],
                satang(row["amount"]), about=borrowers.get(row["credit"]),
            )
            for row in lines
        ]  # fmt: skip
        stage = STAGES.get(kind["kind"], Stage.MONTH)
        made = ledger.post(book=kept.book, date=day, kind=kind["kind"], memo=lines[0]["memo"], arrows=arrows, stage=stage, **BY)
        posted[number] = made.entry


def test_the_trial_balance_before_closing_is_that_of_the_whole_year(kept: GroupBook) -> None:
    found = statements.trial_balance(kept.book, YEAR_END)
    lines = [row for row in blocks()["out-trial-balance-before-closing"] if row["code"] != "TOTAL"]
    assert {line.code: line.balance for line in found.lines} == {
        row["code"]: satang(row["debit"]) - satang(row["credit"]) for row in lines
    }
    assert verify(kept.book) == []


def test_the_surplus_weights_interest_and_dividend_are_those_of_the_whole_year(kept: GroupBook) -> None:
    with clock.fixed(YEAR_END):
        year = yearend.year_of(kept, 2021)
        weights, interest = yearend.weights(kept, year), yearend.interest_paid(kept, year)
    shares = {row["member"]: row for row in blocks()["out-dividend"] if row["member"] != "TOTAL"}
    assert yearend.surplus(kept, year) == satang("1878.51")
    assert {its.member.number: its.weight for its in weights.values()} == {
        number: satang(row["weight"]) for number, row in shares.items()
    }
    paid = {number: satang(row["interest_paid"]) for number, row in shares.items() if satang(row["interest_paid"])}
    assert {weights[key].member.number: amount for key, amount in interest.items()} == paid
    dividend = pool(satang("1127.11"), [its.weight for its in weights.values()])
    assert dividend == [satang(shares[its.member.number]["dividend"]) for its in weights.values()]
