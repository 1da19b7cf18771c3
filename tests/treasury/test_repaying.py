"""Money on a loan comes in: what it settles, when the contract closes, what taking it back does."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sajja.ledger.models import Account, Entry
from sajja.ledger.queries import movements_of
from sajja.ledger.verifying import verify
from sajja.lib.refusals import Refused
from sajja.treasury import owing
from sajja.treasury.actions import collecting, repaying, vouchers
from sajja.treasury.collecting import Line, Repayment
from sajja.treasury.models import FineWaiver, Loan, LoanMove
from sajja.treasury.queries import loans as queries
from sajja.web import clock
from tests.factories import a_group
from tests.sizes import size
from tests.treasury.books import Kept, a_book
from tests.treasury.loans import a_loan, a_product, about_loans
from tests.treasury.worked_year import blocks, satang

pytestmark = pytest.mark.django_db
FEBRUARY = date(2021, 2, 5)


@pytest.fixture
def ours() -> Kept:
    return a_book(members=4, pledged=5_000_000)


def l1(book: Kept, **more: Any) -> Loan:
    """The worked year's L1: 30,000 flat 12 %, eleven instalments in whole baht, a late payment carries 30."""
    product = a_product(book, method="flat", multiple_satang=100, fine_satang=3_000)
    return a_loan(book, book.members[0], 3_000_000, 11, FEBRUARY, product, first_due=date(2021, 3, 5), **more)


def pays(book: Kept, loan: Loan, on: date, satang_: int, **more: Any) -> tuple[int, int, int]:
    """A payment in cash on its day: fine, interest, principal."""
    with clock.fixed(max(on, clock.today())):
        entry = repaying.repay(by=book.treasurer, loan=loan, date=on, amount=satang_, money=book.account("11000"), **more)
    return parts_of(entry)


def parts_of(entry: Entry) -> tuple[int, int, int]:
    found = {"42000": 0, "41000": 0, "13000": 0}
    for move in movements_of(entry):
        found[Account.objects.get(pk=move.credit_id).code[:5]] += move.amount
    return found["42000"], found["41000"], found["13000"]


def test_a_life_of_l1_as_the_worked_year_tells_it(ours: Kept) -> None:
    loan = l1(ours)
    for month in range(3, 10):
        assert pays(ours, loan, date(2021, month, 5), 302_700) == (0, 30_000, 272_700)
    assert pays(ours, loan, date(2021, 11, 5), 305_700) == (3_000, 30_000, 272_700)
    assert pays(ours, loan, date(2021, 12, 5), 100_000) == (3_000, 30_000, 67_000)
    now = queries.standing(loan, date(2021, 12, 31))
    told = blocks()["out-arrears-L1-2021-12-31"]
    rows = [
        (one.no, one.due.isoformat(), one.principal, one.interest, (date(2021, 12, 31) - one.due).days) for one in now.overdue
    ]
    assert rows == [
        (
            int(row["instalment"]),
            row["due"],
            satang(row["principal_overdue"]),
            satang(row["interest_unpaid"]),
            int(row["days_overdue"]),
        )
        for row in told[:-1]
    ]
    assert (now.overdue_principal, now.overdue_interest) == (
        satang(told[-1]["principal_overdue"]),
        satang(told[-1]["interest_unpaid"]),
    )
    assert (now.principal, now.days, now.fine) == (751_400, 56, 3_000)


def test_the_last_payment_closes_the_contract_and_taking_it_back_opens_it_again(ours: Kept) -> None:
    loan = l1(ours)
    assert pays(ours, loan, date(2021, 3, 5), 3_330_000) == (0, 330_000, 3_000_000)
    loan.refresh_from_db()
    assert (loan.state, ours.standing("13000:L1")) == ("closed", 0)
    entry = Entry.objects.get(kind="loan-repaid")
    with clock.fixed(date(2021, 3, 6)):
        vouchers.reverse_voucher(by=ours.treasurer, kept=ours.kept, entry=entry, reason="ผิดคน", date=date(2021, 3, 6))
    loan.refresh_from_db()
    assert (loan.state, queries.standing(loan, date(2021, 3, 6)).principal) == ("normal", 3_000_000)
    assert list(LoanMove.objects.filter(loan=loan).order_by("pk").values_list("move", flat=True))[-2:] == ["settle", "reopen"]
    with pytest.raises(Refused):
        pays(ours, loan, date(2021, 3, 6), 3_400_000)


def test_all_interest_income_belongs_to_contracts_reversed_or_not(ours: Kept) -> None:
    first, second = l1(ours), a_loan(ours, ours.members[1], 1_200_000, 12, FEBRUARY)
    pays(ours, first, date(2021, 3, 5), 302_700)
    pays(ours, second, date(2021, 3, 5), 106_619)
    pays(ours, second, date(2021, 4, 5), 50_000)
    wrong = Entry.objects.filter(kind="loan-repaid").latest("pk")
    with clock.fixed(date(2021, 4, 6)):
        vouchers.reverse_voucher(by=ours.treasurer, kept=ours.kept, entry=wrong, reason="ผิดคน", date=date(2021, 4, 6))
    by_contract = queries.received(ours.kept, [first.account_id or 0, second.account_id or 0])
    assert by_contract == {first.account_id: 30_000, second.account_id: 12_000}
    assert sum(by_contract.values()) == -ours.account("41000").balance


def test_settling_early_forgives_the_interest_that_is_not_due_yet(ours: Kept) -> None:
    loan = l1(ours)
    pays(ours, loan, date(2021, 3, 5), 302_700)
    with clock.fixed(date(2021, 4, 10)):
        entry = repaying.settle_early(by=ours.treasurer, loan=loan, date=date(2021, 4, 10), money=ours.account("11000"))
    assert parts_of(entry) == (3_000, 30_000, 2_727_300)
    loan.refresh_from_db()
    assert loan.state == "closed"
    with pytest.raises(Refused, match="ไม่มีหนี้ให้ชำระ"):
        pays(ours, loan, date(2021, 4, 11), 100)


def test_a_fine_is_paid_first_and_only_a_resolution_waives_it(ours: Kept) -> None:
    loan = l1(ours)
    with pytest.raises(Refused, match="ค่าปรับ"):
        pays(ours, loan, date(2021, 3, 6), 2_000)
    FineWaiver.objects.create(
        loan=loan, first=date(2021, 3, 1), last=date(2021, 3, 31), resolution=about_loans(ours, date(2021, 3, 1)),
        why="น้ำท่วม", by_name="ประธาน", at=clock.now(),
    )  # fmt: skip
    assert pays(ours, loan, date(2021, 3, 6), 2_000) == (0, 2_000, 0)


def test_a_payment_sent_twice_is_made_once(ours: Kept) -> None:
    loan, once = l1(ours), uuid4()
    for _try in range(2):
        assert pays(ours, loan, date(2021, 3, 5), 302_700, uuid=once) == (0, 30_000, 272_700)
    assert Entry.objects.filter(kind="loan-repaid").count() == 1


def test_a_receipt_of_the_collecting_day_that_is_taken_back_opens_the_contract_again(ours: Kept) -> None:
    loan = l1(ours)
    with clock.fixed(date(2021, 3, 5)):
        line = Line(
            member=loan.member_id, repayments=(Repayment(contract=loan.account_id or 0, principal=3_000_000, interest=330_000),)
        )
        day = collecting.record_collecting_day(by=ours.treasurer, kept=ours.kept, date=date(2021, 3, 5), lines=[line])
        loan.refresh_from_db()
        assert loan.state == "closed"
        collecting.correct_receipt(by=ours.treasurer, line=day.lines.get(), reason="ผิดคน", date=date(2021, 3, 5))
    loan.refresh_from_db()
    assert loan.state == "normal"


def test_a_back_dated_payment_on_a_loan_by_the_day_moves_what_was_asked_too_much_to_the_principal_once(ours: Kept) -> None:
    product = a_product(ours, interest_by="day")
    loan = a_loan(ours, ours.members[0], 3_650_000, 12, FEBRUARY, product, first_due=date(2021, 3, 5))
    march = queries.standing(loan, date(2021, 3, 7))
    assert march.interest_due == 30 * 1_200  # 36,500 baht at 12 %: 12 baht a day
    with clock.fixed(date(2021, 3, 7)):
        pays(ours, loan, date(2021, 3, 7), 36_000)
        first = pays(ours, loan, date(2021, 2, 15), 1_825_000)  # half of it came back on the 10th day, entered late
    adjusted = Entry.objects.get(kind="loan-interest-adjusted")
    assert first[2] == 1_825_000
    ran = 10 * 1_200 + 20 * 600
    assert [move.amount for move in movements_of(adjusted)] == [36_000 - ran]
    assert queries.standing(loan, date(2021, 3, 7)).principal == 3_650_000 - 1_825_000 - (36_000 - ran)
    assert verify(ours.kept.book) == []


class Model:
    """Its own books of a loan: instalments as heaps of satang, a payment laid on them one heap after another."""

    def __init__(self, rows: list[owing.Instalment], fine: int) -> None:
        self.days = [row.due for row in rows]
        self.heaps = [[row.interest, row.principal] for row in rows]
        self.fine = fine

    def late(self, on: date) -> bool:
        return any(due < on and any(heap) for due, heap in zip(self.days, self.heaps, strict=True))

    def pay(self, on: date, satang_: int) -> tuple[int, int, int]:
        fine = self.fine if self.late(on) else 0
        rest, given = satang_ - fine, [0, 0]
        for heap in self.heaps:
            for column in (0, 1):
                taken = min(heap[column], rest)
                heap[column] -= taken
                given[column] += taken
                rest -= taken
        return fine, given[0], given[1]

    @property
    def principal(self) -> int:
        return sum(heap[1] for heap in self.heaps)

    @property
    def interest(self) -> int:
        return sum(heap[0] for heap in self.heaps)


STEP = st.tuples(st.integers(0, 70), st.integers(1, 400_000), st.booleans())


@settings(max_examples=size(12, 400), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, max_size=6), instalments=st.integers(1, 14), baht_=st.booleans())
def test_any_life_of_a_loan_agrees_with_an_independent_model(
    steps: list[tuple[int, int, bool]], instalments: int, baht_: bool
) -> None:
    book = a_book(a_group(f"กลุ่ม {uuid4().hex[:8]} (ตัวอย่าง)"), members=1, pledged=5_000_000)
    product = a_product(book, method="flat", multiple_satang=100 if baht_ else 1, fine_satang=3_000, most_instalments=14)
    loan = a_loan(book, book.members[0], 1_000_000, instalments, FEBRUARY, product, first_due=date(2021, 3, 5))
    plan = queries.plans_on([loan], FEBRUARY)[loan.pk]
    model = Model(queries.instalments_of([plan])[plan.pk], 3_000)
    on = FEBRUARY
    for days, amount, back in steps:
        on += timedelta(days=days)
        late = model.late(on)
        amount = min(max(amount, 3_001 if late else 1), model.principal + model.interest + (3_000 if late else 0))
        if not model.principal:
            break
        before = [list(heap) for heap in model.heaps]
        assert pays(book, loan, on, amount) == model.pay(on, amount)
        if back:
            entry = Entry.objects.filter(book=book.kept.book, kind="loan-repaid").latest("pk")
            with clock.fixed(on):
                vouchers.reverse_voucher(by=book.treasurer, kept=book.kept, entry=entry, reason="ผิด", date=on)
            model.heaps = before
        loan.refresh_from_db()
        now = queries.standing(loan, on)
        assert (now.principal, loan.state) == (model.principal, "normal" if model.principal else "closed")
    assert verify(book.kept.book) == []
