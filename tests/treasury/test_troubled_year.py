"""Loans in trouble in the worked year's own book, as its §9 tells them: each voucher, what is left, both sides equal."""

from datetime import date
from typing import Any

import pytest

from sajja.groups.models import GroupBook, Meeting, Member, Resolution
from sajja.ledger.models import Account, Entry
from sajja.ledger.queries import movements_of
from sajja.ledger.verifying import verify
from sajja.treasury.actions import leaving, troubled
from sajja.treasury.models import Guarantor, GuarantorNotice, Loan, Settlement
from sajja.treasury.queries import loans as queries
from sajja.web import clock
from tests.treasury.played import the_worked_year

pytestmark = pytest.mark.django_db
TAKEN, DIED, GIVEN_UP = date(2022, 2, 5), date(2022, 1, 2), date(2022, 12, 31)


class Keeper:
    """Who keys it in."""

    key, full_name = "person:year", "ผู้ลงบัญชี (ตัวอย่าง)"


BY: Any = Keeper()


def member(kept: GroupBook, number: str) -> Member:
    return kept.group.members.get(number=number)


def the_loan(kept: GroupBook) -> Loan:
    """L1 of M06 with its guarantors M01 and M05."""
    loan = Loan.objects.get(kept=kept, number="L1")
    loan.guarantors.all().delete()
    for position, number in enumerate(("M01", "M05"), 1):
        one = member(kept, number)
        Guarantor.objects.create(loan=loan, position=position, member=one, name=one.name, signed_on=loan.paid_out_on)
    return loan


def resolved(kept: GroupBook, day: date) -> Resolution:
    meeting = Meeting.objects.create(
        group=kept.group, day=day, kind="committee", present_count=5, recorded_by="เลขานุการ", at=f"{day}T09:00:00Z"
    )
    return Resolution.objects.create(meeting=meeting, number="99", text="หนี้ของ M06", about="loan")


def satang(kept: GroupBook, code: str) -> int:
    return Account.objects.get(book=kept.book, code=code).balance


def arrows(kept: GroupBook, entry: Entry | None) -> list[tuple[str, str, int]]:
    assert entry
    codes = dict(Account.objects.filter(book=kept.book).values_list("pk", "code"))
    return [(codes[move.debit_id], codes[move.credit_id], move.amount) for move in movements_of(entry)]


def both_sides(kept: GroupBook) -> tuple[int, int]:
    """Debit and credit of the control accounts, as the trial balance adds them up."""
    found = Account.objects.filter(book=kept.book, control__isnull=True).values_list("balance", flat=True)
    assert verify(kept.book) == []
    return sum(one for one in found if one > 0), -sum(one for one in found if one < 0)


def test_guarantors_take_over_half_each() -> None:
    _story, kept = the_worked_year()
    loan = the_loan(kept)
    assert both_sides(kept) == (12_754_855, 12_754_855)
    exposed = {number: queries.exposure(member(kept, number), TAKEN) for number in ("M01", "M05")}
    with clock.fixed(TAKEN):
        for one in loan.guarantors.all():
            GuarantorNotice.objects.create(
                guarantor=one, default_on=date(2021, 11, 5), sent_on=date(2022, 1, 4), how="ไปรษณีย์", at=clock.now()
            )
        troubled.take_over(
            by=BY, loan=loan, on=TAKEN, resolution=resolved(kept, TAKEN), instalments=6, first_due=date(2022, 3, 5)
        )
    entry = Entry.objects.get(book=kept.book, kind="loan-taken-over")
    assert arrows(kept, entry) == [("13000:L1-M01", "13000:L1", 375_700), ("13000:L1-M05", "13000:L1", 375_700)]
    assert (satang(kept, "13000"), satang(kept, "13000:L1"), satang(kept, "13100")) == (751_400, 0, -95_680)
    assert both_sides(kept) == (12_754_855, 12_754_855)
    for number, before in exposed.items():
        assert before - queries.exposure(member(kept, number), TAKEN) == 751_400


def test_a_borrower_dies_mid_loan() -> None:
    _story, kept = the_worked_year("2022-01-02")
    loan = the_loan(kept)
    before = both_sides(kept)
    with clock.fixed(DIED):
        made = leaving.settle(
            by=BY, kept=kept, member=member(kept, "M06"), why=Settlement.Why.DIED, day=DIED, because="เสียชีวิต",
            money=Account.objects.get(book=kept.book, code="12100"), set_off=True,
        )  # fmt: skip
    own = {
        code: sum(amount for debit, _credit, amount in arrows(kept, made.entry) if debit == code)
        for code in ("31020:M06", "20000:M06")
    }
    assert own == {"31020:M06": 1_260_000, "20000:M06": 207_162}
    credits_ = {code: sum(amount for _debit, credit, amount in arrows(kept, made.entry) if credit == code)
                for code in ("13000:L1", "41000", "12100")}  # fmt: skip
    assert credits_ == {"13000:L1": 751_400, "41000": 30_000, "12100": 685_762}
    assert loan.guarantors.filter(freed_on=DIED).count() == 2
    after = both_sides(kept)
    assert (after[0], before[0] - after[0]) == (after[1], 751_400 + 685_762)


def test_nobody_will_pay() -> None:
    _story, kept = the_worked_year()
    loan = the_loan(kept)
    with clock.fixed(GIVEN_UP):
        entry = troubled.write_off(by=BY, loan=loan, on=GIVEN_UP, resolution=resolved(kept, GIVEN_UP), charge="58100")
    assert arrows(kept, entry) == [("13100", "13000:L1", 95_680), ("58100", "13000:L1", 655_720)]
    loan.refresh_from_db()
    assert (loan.state, satang(kept, "13000"), satang(kept, "13100"), satang(kept, "58100")) == ("written_off", 0, 0, 655_720)
    assert both_sides(kept) == (12_754_855 - 95_680, 12_754_855 - 95_680)
