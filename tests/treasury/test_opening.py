"""Starting an old group: the dry run and the act say the same, all or nothing; a start in mid-year; what is left of a contract."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from sajja.audit.models import AuditRow
from sajja.groups import actions as groups
from sajja.groups.models import GroupBook, Member, SavingsGroup
from sajja.ledger import actions as ledger
from sajja.ledger.models import Account, Entry
from sajja.ledger.verifying import verify
from sajja.lib.refusals import Refused
from sajja.org.models import Person
from sajja.treasury.actions import opening as acts
from sajja.treasury.actions import vouchers
from sajja.treasury.actions.seconds import signer
from sajja.treasury.actions.vouchers import CodeArrow
from sajja.treasury.draft import Draft, LoanRow, MoneyRow, PersonRow
from sajja.treasury.models import BroughtIn, Guarantor, Instalment, Loan, LoanPlan, MemberAccount, OpeningDraft, Second
from sajja.treasury.queries import opening as queries
from sajja.treasury.queries import statements
from tests.cast import NAMES, Cast
from tests.factories import a_group
from tests.sizes import size
from tests.treasury.worked_year import blocks, satang

pytestmark = pytest.mark.django_db
NEW_YEAR = date(2021, 1, 1)
JULY = date(2021, 7, 1)
JOINED = date(2019, 5, 5)
FLAT: dict[str, Any] = {
    "number": "L1", "member": "M06", "method": "flat", "rate_bp": 1200, "principal": 3_000_000, "paid_out_on": date(2021, 2, 5),
    "instalments": 11, "first_due": date(2021, 3, 5), "multiple": 100, "fine": 3000,
}  # fmt: skip
DECLINING: dict[str, Any] = {
    "number": "L2", "member": "M03", "method": "declining-equal-instalment", "rate_bp": 1200, "principal": 7_200_000,
    "paid_out_on": date(2020, 8, 5), "instalments": 12, "first_due": date(2020, 9, 5),
}  # fmt: skip


def a_draft(typed: Draft, opened_on: date = NEW_YEAR, group: SavingsGroup | None = None) -> tuple[OpeningDraft, Person]:
    """A draft of a group as its treasurer typed it."""
    group = group or a_group()
    by = Cast().treasurer(group)
    draft = acts.keep_start(by=by, group=group, opened_on=opened_on)
    return acts.keep_draft(by=by, draft=draft, edit=lambda _draft: typed), by


def people(count: int, pledged: int = 10_000) -> tuple[PersonRow, ...]:
    """So many members with so much each."""
    return tuple(
        PersonRow(row=at, number=f"M{at:03}", name=f"สมาชิกตัวอย่าง ลำดับที่ {at}", joined_on=JOINED, pledged=pledged, pledge=10_000)
        for at in range(1, count + 1)
    )


def cash(amount: int, code: str = "11000", row: int = 1) -> MoneyRow:
    """An amount of a heading."""
    return MoneyRow(row=row, code=code, satang=amount)


def standing(kept: GroupBook) -> dict[str, int]:
    """Every heading that holds something on the eve: debits less credits."""
    return {line.code: line.balance for line in statements.trial_balance(kept.book, statements.eve(kept.book)).lines}


@pytest.mark.parametrize("count", [1, 300])
def test_members_savings_and_cash_go_live_and_the_draft_is_emptied(count: int) -> None:
    draft, by = a_draft(Draft(people=people(count), money=(cash(10_000 * count),)))
    assert (queries.dry_run(draft).problems, queries.dry_run(draft).difference) == ([], 0)
    kept = acts.go_live(by=by, draft=draft)
    assert standing(kept) == {"11000": 10_000 * count, "31020": -10_000 * count}
    assert set(MemberAccount.objects.filter(control="31020").values_list("account__balance", "base_satang")) == {
        (-10_000, 10_000)
    }
    assert Member.objects.filter(group=draft.group).count() == count
    draft.refresh_from_db()
    assert (draft.state, draft.rows, draft.kept) == ("live", {}, kept)
    assert verify(kept.book) == []


def test_going_live_twice_opens_one_book() -> None:
    draft, by = a_draft(Draft(people=people(2), money=(cash(20_000),)))
    first = acts.go_live(by=by, draft=draft)
    assert acts.go_live(by=by, draft=draft) == first
    assert (Entry.objects.count(), AuditRow.objects.filter(act="treasury.go_live").count()) == (1, 1)


def test_an_empty_draft_opens_an_empty_book() -> None:
    draft, by = a_draft(Draft())
    assert standing(acts.go_live(by=by, draft=draft)) == {}


def test_sides_that_differ_need_a_reason_and_two_signatures_and_wait_in_33900_until_a_voucher_clears_them() -> None:
    draft, by = a_draft(Draft(people=people(1), money=(cash(9_000),)))
    with pytest.raises(Refused, match=r"ต่างกัน 10\.00 บาท"):
        acts.go_live(by=by, draft=draft)
    with pytest.raises(Refused, match="ลงชื่อรับรอง 2 คน"):
        acts.go_live(by=by, draft=draft, why="สมุดปี 2560 หาย")
    assert (GroupBook.objects.count(), Member.objects.count()) == (0, 0)
    new = groups.NewCommitteeMember
    signing = groups.elect_committee(
        by=by, group=draft.group, starts=NEW_YEAR,
        members=[new(NAMES["group_chair"], "male", "directing", "chair"), new(NAMES["group_auditor"], "male", "audit")],
    )  # fmt: skip
    kept = acts.go_live(
        by=by, draft=draft, why="สมุดปี 2560 หาย", signers=[signer(f"กรรมการ {at}", one) for at, one in enumerate(signing)]
    )
    assert standing(kept) == {"11000": 9_000, "31020": -10_000, "33900": 1_000}
    found = queries.unexplained(kept)
    assert found is not None
    assert found.entry is not None
    assert (found.satang, found.words) == (-1_000, "ยอดยกมา ผลต่างรอตรวจสอบ: สมุดปี 2560 หาย")
    assert set(Second.objects.values_list("about", "way")) == {(f"ledger.Entry:{found.entry.pk}", "slip")}
    assert shows_the_difference(kept, by) == (True, True)
    vouchers.record_general(
        by=by, kept=kept, date=date(2021, 2, 1), arrows=[CodeArrow("11000", "33900", 1_000)], memo="พบเงินสด", why="พบเงินสดในตู้"
    )
    assert queries.unexplained(kept) is None
    assert shows_the_difference(kept, by) == (False, False)


def shows_the_difference(kept: GroupBook, by: Person) -> tuple[bool, bool]:
    """Whether the book's home and the paper under its balance sheet tell of it."""
    client = Client()
    client.force_login(by)
    home, sheet = (client.get(f"/treasury/books/{kept.book_id}/{page}").content.decode() for page in ("", "balance-sheet/"))
    return "รอตรวจสอบ -10.00 บาท (33900)" in home, "ผลต่างยอดยกมา (33900) ยังรอตรวจสอบ" in sheet


def test_a_row_that_is_wrong_stops_everything() -> None:
    wrong = replace(people(1)[0], joined_on=date(2030, 1, 1))
    draft, by = a_draft(Draft(people=(wrong,), money=(cash(10_000),)))
    [problem] = queries.dry_run(draft).problems
    assert (problem.sheet, problem.row, problem.column) == ("สมาชิก", 1, "วันที่เป็นสมาชิก")
    with pytest.raises(Refused, match="ต้องแก้ก่อนเปิดบัญชี เช่น แผ่น สมาชิก แถว 1 วันที่เป็นสมาชิก"):
        acts.go_live(by=by, draft=draft)
    assert (Member.objects.count(), Account.objects.count()) == (0, 0)


def test_what_fails_after_the_members_joined_leaves_nothing() -> None:
    draft, by = a_draft(Draft(people=people(2), money=(cash(20_000),)))
    with transaction.atomic():
        code = f"{draft.group.unit.path}-1"
        ledger.open_book(code=code, name="รหัสเดียวกัน", opened_on=NEW_YEAR, fiscal_year_starts=1, accounts=[])
    with pytest.raises(Refused, match="มีชุดบัญชีรหัสนี้แล้ว"):
        acts.go_live(by=by, draft=draft)
    assert (Member.objects.count(), GroupBook.objects.count(), Entry.objects.count()) == (0, 0, 0)
    draft.refresh_from_db()
    assert (draft.state, len(draft.rows["people"])) == ("under_way", 2)


def test_who_stands_in_the_register_brings_money_in_without_joining_again() -> None:
    group = a_group()
    by = Cast().treasurer(group)
    [member] = groups.enrol_members(
        by=by, group=group, members=[groups.NewMember(name="นางคำปุ่น ใจซื่อ", number="M01", joined_on=JOINED)]
    )
    row = PersonRow(row=2, number="M01", name="คำปุ่น ใจซื่อ", pledged=500)
    draft, by = a_draft(Draft(people=(row,), money=(cash(500),)), group=group)
    acts.go_live(by=by, draft=draft)
    assert list(MemberAccount.objects.values_list("member_id", "account__balance")) == [(member.pk, -500)]
    other, _by = a_draft(Draft(people=(replace(row, name="นายอื่น คนละคน"),)), group=a_group("กลุ่มอื่น"))
    assert queries.dry_run(other).problems != []


def test_banks_keepers_and_headings_of_the_groups_own_are_opened() -> None:
    money = (
        cash(1_000), MoneyRow(row=2, code="12100", satang=5_000, bank="ธ.ก.ส.", account_no="020-1-22334-5"),
        MoneyRow(row=3, code="11000", satang=300, keeper="นายสมาน (ตัวอย่าง)"),
        MoneyRow(row=4, code="34999", name="ทุนทอผ้า", satang=-6_300),
    )  # fmt: skip
    draft, by = a_draft(Draft(money=money))
    kept = acts.go_live(by=by, draft=draft)
    assert standing(kept) == {"11000": 1_300, "12100": 5_000, "34999": -6_300}
    own = dict(Account.objects.filter(book=kept.book, control__isnull=False).values_list("code", "balance"))
    assert own == {"12100:B1": 5_000, "11000:K1": 300}


def test_a_contract_comes_in_with_what_is_left_of_its_schedule() -> None:
    borrower = replace(people(1)[0], number="M06", pledged=1_909_200)
    loan = LoanRow(row=2, **FLAT, outstanding=1_909_200, guarantors=("M06x นอกทะเบียน",))
    draft, by = a_draft(Draft(people=(borrower,), loans=(loan,)), date(2021, 6, 10))
    kept = acts.go_live(by=by, draft=draft)
    made = Loan.objects.get(kept=kept)
    assert made.account is not None
    assert (made.number, made.state, made.account.balance, made.interest_before_satang, made.paid_instalments_before) == (
        "L1", "normal", 1_909_200, 120_000, 4,
    )  # fmt: skip
    plan = LoanPlan.objects.get(loan=made)
    assert (plan.kind, plan.number, plan.principal_satang, plan.interest_before_satang) == ("opening", 1, 1_909_200, 120_000)
    rows = [row for row in blocks()["out-schedule-L1"] if int(row["no"]) > 4]
    found = Instalment.objects.filter(plan=plan).order_by("no").values_list("no", "due", "principal_satang", "interest_satang")
    assert list(found) == [
        (int(row["no"]), date.fromisoformat(row["due"]), satang(row["principal"]), satang(row["interest"])) for row in rows
    ]
    [guarantor] = Guarantor.objects.all()
    assert (guarantor.name, guarantor.member) == ("M06x นอกทะเบียน", None)


def worked_draft() -> Draft:
    """The second test of the worked year: what a start on 1 July 2564 takes in."""
    names = {row["member"]: row["name"] for row in blocks()["in-members"]}
    deposits = {row["member"]: row for row in blocks()["in-deposits"]}
    rows = [row for row in blocks()["in-mid-year"] if row["member"] != "TOTAL"]
    persons = [
        PersonRow(
            row=at, number=row["member"], name=names[row["member"]], joined_on=date(2021, 3, 5) if row["member"] == "M10" else JOINED,
            pledged=satang(row["pledged"]), special=satang(row["special"]), deposits_row=at, interest_row=at,
            deposits=tuple(satang(deposits[row["member"]][f"m{month}"]) if month <= 6 else 0 for month in range(1, 13)),
            interest_paid=satang(row["interest_paid_since_january"]),
        )
        for at, row in enumerate(rows, 2)
    ]  # fmt: skip
    loans = (
        LoanRow(row=2, **FLAT, outstanding=1_909_200, guarantors=("M01", "M05")),
        LoanRow(row=3, **DECLINING, outstanding=1_260_487, guarantors=("M02", "M07")),
    )
    balances = [
        row for row in blocks()["out-trial-balance-2021-06-30"] if row["code"] not in {"TOTAL", "13000", "20000", "31020"}
    ]
    money = [
        MoneyRow(row=at, code=row["code"], satang=satang(row["debit"]) - satang(row["credit"]))
        for at, row in enumerate(balances, 2)
    ]
    return Draft(people=tuple(persons), loans=loans, money=tuple(money))


def test_the_worked_years_start_in_mid_year_takes_in_all_that_the_year_end_needs() -> None:
    from sajja.web import clock

    with clock.fixed(JULY):
        draft, by = a_draft(worked_draft(), JULY)
        found = queries.dry_run(draft)
        assert (found.problems, found.warnings, found.debit, found.difference) == ([], [], satang("132303.24"), 0)
        kept = acts.go_live(by=by, draft=draft)
    lines = [row for row in blocks()["out-trial-balance-2021-06-30"] if row["code"] != "TOTAL"]
    assert standing(kept) == {row["code"]: satang(row["debit"]) - satang(row["credit"]) for row in lines}
    openings = {row["member"]: satang(row["pledged_opening"]) for row in blocks()["in-members"]}
    brought = {row.member.number: row for row in BroughtIn.objects.select_related("member")}
    assert {number: row.opening_satang for number, row in brought.items()} == openings
    assert (brought["M05"].deposits, brought["M03"].interest_paid_satang, brought["M01"].fiscal_year) == (
        [60_000, *[0] * 11], 203_887, 2021,
    )  # fmt: skip
    left = (
        Instalment.objects.filter(plan__loan__number="L2").order_by("no").values_list("no", "principal_satang", "interest_satang")
    )
    assert list(left) == [(11, 627_106, 12_605), (12, 633_381, 6_334)]
    assert verify(kept.book) == []


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """A draft that balances: members, one contract perhaps, headings; what is missing stands in 33000."""
    members = tuple(
        PersonRow(
            row=at, number=f"M{at}", name=f"สมาชิกตัวอย่าง ที่ {at}", joined_on=JOINED,
            pledged=draw(st.integers(0, 10**9)), special=draw(st.integers(0, 10**9)),
        )
        for at in range(1, draw(st.integers(0, 4)) + 1)
    )  # fmt: skip
    lends = draw(st.booleans())
    loans: tuple[LoanRow, ...] = ()
    if members and lends:
        owed = draw(st.integers(1, 3_000_000))
        loans = (
            LoanRow(
                row=1,
                **(FLAT | {"member": "M1", "paid_out_on": date(2020, 2, 5), "first_due": date(2020, 3, 5)}),
                outstanding=owed,
            ),
        )
    money = [cash(draw(st.integers(0, 10**9)), code, at) for at, code in enumerate(("11000", "12100", "17000"), 1)]
    money += [cash(-draw(st.integers(0, 10**9)), code, at) for at, code in enumerate(("22000", "34530"), 10)]
    owned = sum(sum(person.owned) for person in members)
    rest = sum(row.satang for row in money) + sum(loan.outstanding for loan in loans) - owned
    return Draft(people=members, loans=loans, money=(*money, cash(-rest, "33000", 20)))


def sums(draft: Draft) -> Iterator[tuple[str, int]]:
    """What each heading must hold."""
    yield "31020", -sum(person.pledged for person in draft.people)
    yield "20000", -sum(person.special for person in draft.people)
    yield "13000", sum(loan.outstanding for loan in draft.loans)
    for row in draft.money:
        yield row.code, row.satang


class Balanced(TestCase):
    """Any balanced draft opens into a book whose trial balance equals the draft."""

    @settings(max_examples=size(12, 200), deadline=None)
    @given(drafts())
    def test_a_balanced_draft_becomes_its_own_trial_balance(self, typed: Draft) -> None:
        draft, by = a_draft(typed)
        found = queries.dry_run(draft)
        assert (found.problems, found.difference) == ([], 0)
        kept = acts.go_live(by=by, draft=draft)
        assert standing(kept) == {code: satang for code, satang in sums(typed) if satang}
        assert verify(kept.book) == []
