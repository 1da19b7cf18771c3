"""The twelve collecting days of the worked year, to the satang."""

import csv
import io
import re
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from sajja.groups import actions as groups
from sajja.groups.actions import NewMember
from sajja.groups.models import Member
from sajja.ledger import actions as ledger
from sajja.ledger.models import Account, Entry
from sajja.ledger.queries import movements_of
from sajja.ledger.verifying import verify
from sajja.lib.money import plain
from sajja.treasury import chart
from sajja.treasury.actions import OpeningLine, RuleSet, open_savings_book
from sajja.treasury.actions.collecting import record_collecting_day
from sajja.treasury.collecting import Line, Repayment
from sajja.treasury.models import CollectingDay, SheetLine
from sajja.treasury.queries.collecting import dues_on
from sajja.web import clock, transactions
from tests.cast import Cast
from tests.factories import a_group
from tests.treasury.books import OPENED, Kept

pytestmark = pytest.mark.django_db

YEAR = Path(__file__).parents[1] / "flows" / "worked-year.md"
CONTRACTS = {"L1": "M06", "L2": "M03"}
FINED = {7: "M07", 11: "L1", 12: "L1"}
CHARGED = {2: "M06", 3: "M10"}


def block(name: str) -> list[dict[str, str]]:
    """A csv block of the worked year."""
    found = re.search(rf"```csv {re.escape(name)}\n(.*?)```", YEAR.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    return list(csv.DictReader(io.StringIO(found[1])))


def satang(baht: str) -> int:
    """1234.50 → 123450."""
    return int(baht.replace(".", ""))


def the_group() -> Kept:
    """The group of the worked year, with its opening balances and both contracts' accounts."""
    cast, group = Cast(), a_group()
    treasurer = cast.treasurer(group)
    with clock.fixed(OPENED):
        pledges = {row["member"]: satang(row["m1"]) for row in block("in-deposits")} | {"M05": 10000, "M10": 25000}
        new = [
            NewMember(
                number=row["member"], name=row["name"], joined_on=date(2021, 3, 5) if row["member"] == "M10" else date(2020, 1, 5),
                pledge_satang=pledges[row["member"]],
            )
            for row in block("in-members")
        ]  # fmt: skip
        with clock.fixed(date(2021, 12, 31)):
            members = groups.enrol_members(by=treasurer, group=group, members=new)
            groups.set_pledge(by=treasurer, member=members[3], effective_from=date(2021, 7, 1), amount_satang=20000)
        kept = open_savings_book(
            by=treasurer, group=group, opened_on=OPENED, rules=RuleSet(late_fine_satang=1000), opening=opening(members)
        )
        found = Kept(kept, group, members, treasurer, cast.chair(group))
        transactions.run(lambda: contracts(found))
    return found


def opening(members: list[Member]) -> list[OpeningLine]:
    """Its opening; what the contracts owe is brought in under the contracts."""
    by_number = {member.number: member for member in members}
    lines = []
    for row in block("in-opening-accounts"):
        code, _colon, own = row["account"].partition(":")
        member = by_number.get(own)
        lines.append(OpeningLine(code, satang(row["debit"]) - satang(row["credit"]), member))
    return lines


def contracts(book: Kept) -> None:
    """The accounts of L1 and L2, with what stands on them at the opening and the loan that is paid out in February."""
    ledger.open_accounts(
        book=book.kept.book, accounts=[ledger.NewAccount(f"13000:{key}", key, "", "13000") for key in ("L1", "L2")]
    )


def lines_of(book: Kept, day: str) -> list[Line]:
    """What the vouchers of that day say, member by member."""
    members = {member.number: member.pk for member in book.members}
    number = int(day[5:7])
    given: defaultdict[str, dict[str, int]] = defaultdict(dict)
    loans: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for row in block("in-vouchers"):
        if row["memo"] != f"collecting day {number}":
            continue
        code, _colon, own = row["credit"].partition(":")
        amount = satang(row["amount"])
        if code in {"31020", "20000"}:
            given[own]["pledged" if code == "31020" else "special"] = amount
        elif code == "43000":
            given[CHARGED[number]]["fee"] = amount
        elif code == "42000" and FINED[number] in CONTRACTS:
            loans[FINED[number]]["fine"] = amount
        elif code == "42000":
            given[FINED[number]]["fine"] = amount
        else:
            contract = own if code == "13000" else next(key for key, who in CONTRACTS.items() if who == own)
            loans[contract]["principal" if code == "13000" else "interest"] = amount
    for contract, parts in loans.items():
        given[CONTRACTS[contract]]["repayments"] = (  # type: ignore[assignment]
            Repayment(contract=book.key(f"13000:{contract}"), **parts),
        )
    return [Line(member=members[who], **given[who]) for who in sorted(given)]  # type: ignore[arg-type]


def record_day(book: Kept, day: str) -> CollectingDay:
    """Post the sheet of that day."""
    on = date.fromisoformat(day)
    with clock.fixed(on):
        return record_collecting_day(by=book.treasurer, kept=book.kept, date=on, lines=lines_of(book, day))


def told(day: CollectingDay) -> dict[str, str]:
    """The day in the shape of the block, read back from the ledger."""
    sums: defaultdict[str, int] = defaultdict(int)
    codes = dict(Account.objects.filter(book=day.entry.book).values_list("pk", "code"))
    for movement in movements_of(day.entry):
        sums[codes[movement.credit_id].split(":")[0]] += movement.amount
    columns = {
        "pledged": "31020",
        "special": "20000",
        "principal": "13000",
        "interest": "41000",
        "fines": "42000",
        "fees": "43000",
    }
    saved = SheetLine.objects.filter(day=day, pledged__gt=0).count()
    return {
        "date": day.date.isoformat(), **{name: plain(sums[code]).replace(",", "") for name, code in columns.items()},
        "cash_received": plain(day.expected_cash_satang), "members_who_saved": str(saved),
    }  # fmt: skip


def test_the_twelve_collecting_days_come_out_to_the_satang() -> None:
    book = the_group()
    days = block("out-collecting-days")[:-1]
    made = [record_day(book, row["date"]) for row in days]
    assert [told(day) for day in made] == days
    assert [day.sheet for day in made] == [0] * 12
    assert verify(book.kept.book) == []
    assert book.standing("31020") == 8_400_000 + 2_290_000
    assert book.standing("13000") == 4_894_866 - 7_143_466
    assert [entry.number for entry in Entry.objects.filter(book=book.kept.book, year=2021).order_by("pk")] == list(range(1, 13))


def test_receipts_run_on_without_gaps_one_for_each_member_of_each_day() -> None:
    book = the_group()
    days = [record_day(book, f"2021-{month:02}-05") for month in (1, 2, 3)]
    numbers = list(SheetLine.objects.filter(day__in=days).order_by("pk").values_list("receipt", flat=True))
    assert numbers == list(range(1, 27))  # nine, eight, nine: who saves and pays on a loan has one
    movements = [m.receipt for day in days for m in movements_of(day.entry)]
    assert sorted(set(movements)) == numbers  # type: ignore[type-var]


def test_who_pays_ahead_owes_nothing_and_who_missed_a_month_owes_two_with_a_fine() -> None:
    book = the_group()
    for month in range(1, 7):
        record_day(book, f"2021-{month:02}-05")
    dues = {member.number: dues_on(book.kept, date(2021, 7, 5))[member.pk] for member in book.members}
    assert (dues["M05"].now, dues["M05"].months, dues["M05"].months_ahead(6)) == (10000, 0, 60000)
    assert (dues["M07"].now, dues["M07"].arrears, dues["M07"].months, dues["M07"].late) == (20000, 10000, 1, 1)
    assert (dues["M04"].now, dues["M01"].now, dues["M10"].now) == (20000, 20000, 25000)
    record_day(book, "2021-07-05")
    after = {member.number: dues_on(book.kept, date(2021, 8, 5))[member.pk] for member in book.members}
    assert (after["M05"].now, after["M05"].ahead, after["M07"].now, after["M07"].arrears) == (0, 40000, 10000, 0)


def test_the_chart_names_every_heading_that_a_day_credits() -> None:
    credited = {row["credit"].split(":")[0] for row in block("in-vouchers") if row["memo"].startswith("collecting day")}
    assert credited == {chart.PLEDGED, chart.SPECIAL, chart.LOANS, chart.LOAN_INTEREST, chart.FINES, chart.FEES}
