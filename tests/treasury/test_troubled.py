"""Loans in trouble: put off, agreed anew, taken over by guarantors, settled from savings, written off."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sajja.groups.models import Resolution
from sajja.ledger.models import Account, Entry
from sajja.ledger.queries import movements_of
from sajja.ledger.verifying import verify
from sajja.lib.refusals import Refused
from sajja.treasury.actions import leaving, repaying, troubled, vouchers
from sajja.treasury.actions.vouchers import CodeArrow
from sajja.treasury.models import Guarantor, Instalment, Loan, Settlement
from sajja.treasury.queries import loans as queries
from sajja.treasury.queries.lending import next_contract
from sajja.web import clock
from tests.factories import a_group
from tests.sizes import size
from tests.treasury.books import Kept, a_book
from tests.treasury.loans import a_loan, a_product, about_loans

pytestmark = pytest.mark.django_db
FEBRUARY, MARCH, JUNE = date(2021, 2, 5), date(2021, 3, 5), date(2021, 6, 10)


@pytest.fixture
def ours() -> Kept:
    return a_book(members=4, pledged=2_000_000)


def lent(book: Kept, satang: int = 751_400, instalments: int = 4, **terms: Any) -> Loan:
    """A loan of M01 that M02 and M03 guarantee."""
    product = a_product(book, method="flat", multiple_satang=100, **terms)
    return a_loan(book, book.members[0], satang, instalments, FEBRUARY, product, book.members[1:3], MARCH)


def resolved(book: Kept, on: date = JUNE) -> Resolution:
    return about_loans(book, on, "ช่วยลูกหนี้ที่เดือดร้อน", "9")


def told(book: Kept, loan: Loan, on: date = JUNE) -> None:
    for one in loan.guarantors.order_by("position"):
        troubled.notify_guarantor(by=book.treasurer, guarantor=one, sent_on=on, how="ส่งมอบด้วยตนเอง")


def arrows(entry: Entry) -> list[tuple[str, str, int]]:
    codes = dict(Account.objects.filter(book=entry.book).values_list("pk", "code"))
    return [(codes[move.debit_id], codes[move.credit_id], move.amount) for move in movements_of(entry)]


def rows_of(loan: Loan, on: date = JUNE) -> list[tuple[str, int, int]]:
    plan = queries.plans_on([loan], on)[loan.pk]
    return [
        (row.due.isoformat(), row.principal_satang, row.interest_satang)
        for row in Instalment.objects.filter(plan=plan).order_by("no")
    ]


# --- put off, agreed anew --------------------------------------------------------------------


def test_a_deferral_keeps_the_principal_and_moves_every_day_that_is_left(ours: Kept) -> None:
    loan = lent(ours)
    before = rows_of(loan)
    troubled.defer(
        by=ours.chair, loan=loan, on=JUNE, months=3, resolution=resolved(ours), why="น้ำท่วมนา", pays_interest=False,
        consents={one.pk: JUNE for one in loan.guarantors.all()},
    )  # fmt: skip
    after = rows_of(loan)
    assert [row[1:] for row in after] == [row[1:] for row in before]
    assert [row[0] for row in after] == ["2021-06-05", "2021-07-05", "2021-08-05", "2021-09-05"]
    assert not loan.guarantors.filter(freed_on__isnull=False).exists()


def test_who_did_not_consent_in_writing_is_freed(ours: Kept) -> None:
    loan = lent(ours)
    first, second = loan.guarantors.order_by("position")
    troubled.defer(by=ours.chair, loan=loan, on=JUNE, months=1, resolution=resolved(ours), why="ป่วย", consents={first.pk: JUNE})
    second.refresh_from_db()
    assert (second.freed_on, second.freed_because) == (JUNE, troubled.NOT_AGREED)
    assert queries.exposure(ours.members[2], JUNE) == 0
    troubled.take_back_plan(by=ours.chair, loan=loan, reason="ลงผิดสัญญา")
    second.refresh_from_db()
    assert (second.freed_on, rows_of(loan)[0][0]) == (None, "2021-03-05")


def test_interest_alone_is_due_while_principal_is_put_off(ours: Kept) -> None:
    loan = lent(ours, 1_200_000, 4)
    troubled.defer(by=ours.chair, loan=loan, on=JUNE, months=2, resolution=resolved(ours), why="แล้ง")
    assert rows_of(loan)[:3] == [("2021-03-05", 0, 12_000), ("2021-04-05", 0, 12_000), ("2021-05-05", 300_000, 12_000)]


def test_a_new_agreement_carries_the_interest_that_is_due_and_takes_payments_from_then_on(ours: Kept) -> None:
    loan = lent(ours, 1_200_000, 4)
    due = queries.standing(loan, JUNE).interest_due
    troubled.reschedule(
        by=ours.chair, loan=loan, on=JUNE, instalments=6, first_due=date(2021, 7, 5), resolution=resolved(ours), why="รายได้ลด"
    )
    rows = rows_of(loan)
    assert (len(rows), sum(row[1] for row in rows), due) == (6, 1_200_000, 48_000)
    assert rows[0][2] == rows[1][2] + due
    now = queries.standing(loan, JUNE)
    assert (now.overdue, now.due, now.principal) == ([], 0, 1_200_000)
    with pytest.raises(Refused, match="ผ่อน 120 งวดไม่ได้"):
        troubled.reschedule(
            by=ours.chair, loan=lent(ours, 1_000, 4), on=JUNE, instalments=120, first_due=date(2021, 7, 5),
            resolution=resolved(ours), why="ลอง",
        )  # fmt: skip


def test_only_the_instalments_from_a_day_on_are_put_off(ours: Kept) -> None:
    loan = lent(ours, 1_200_000, 4)
    asked: dict[str, Any] = {"by": ours.chair, "loan": loan, "on": JUNE, "resolution": resolved(ours), "why": "แล้ง"}
    with pytest.raises(Refused, match="ไม่มีงวดที่ครบกำหนดตั้งแต่วันนั้น"):
        troubled.defer(**asked, months=2, moves_from=date(2021, 7, 1))
    troubled.defer(**asked, months=2, moves_from=date(2021, 6, 1))
    assert rows_of(loan) == [
        ("2021-03-05", 300_000, 12_000), ("2021-04-05", 300_000, 12_000), ("2021-05-05", 300_000, 12_000),
        ("2021-06-05", 0, 3_000), ("2021-07-05", 0, 3_000), ("2021-08-05", 300_000, 12_000),
    ]  # fmt: skip


def test_interest_by_the_day_that_is_owed_is_still_owed_under_a_new_agreement(ours: Kept) -> None:
    product = a_product(ours, "รายวัน", method="declining-equal-principal", interest_by="day")
    loan = a_loan(ours, ours.members[0], 1_200_000, 4, FEBRUARY, product, [], MARCH)
    before = queries.standing(loan, JUNE).interest_due
    assert before == 49_315  # 12,000 x 12 % x 125 days of 365
    troubled.reschedule(
        by=ours.chair, loan=loan, on=JUNE, instalments=6, first_due=date(2021, 7, 5), resolution=resolved(ours), why="รายได้ลด"
    )
    assert queries.standing(loan, JUNE).interest_due == before


def test_a_debt_of_interest_alone_is_neither_put_off_nor_taken_over(ours: Kept) -> None:
    loan = lent(ours, 400_000, 4)
    ours.post("11000", "13000:L1", 400_000, JUNE)
    with pytest.raises(Refused, match="เหลือแต่ดอกเบี้ย"):
        troubled.defer(by=ours.chair, loan=loan, on=JUNE, months=1, resolution=resolved(ours), why="แล้ง")


def test_nobody_decides_on_his_own_loan_and_every_step_has_its_resolution(ours: Kept) -> None:
    loan = lent(ours)

    class Borrower:
        key, full_name = "x", loan.member.name

    with pytest.raises(Refused, match="ให้กรรมการคนอื่นบันทึก"):
        troubled.defer(by=Borrower(), loan=loan, on=JUNE, months=1, resolution=resolved(ours), why="ขอ")
    with pytest.raises(Refused, match="ต้องมีมติ"):
        troubled.write_off(by=ours.chair, loan=loan, on=JUNE, resolution=None)  # type: ignore[arg-type]


@settings(max_examples=size(15, 400), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(paid=st.integers(0, 700_000), instalments=st.integers(1, 36))
def test_any_new_agreement_has_the_instalments_asked_for_and_adds_up_or_says_why_not(paid: int, instalments: int) -> None:
    book = a_book(a_group(f"กลุ่ม {uuid4().hex[:8]} (ตัวอย่าง)"), members=4, pledged=2_000_000)
    loan = lent(book)
    if paid:
        with clock.fixed(JUNE):
            repaying.repay(by=book.treasurer, loan=loan, date=JUNE, amount=paid, money=book.account("11000"))
    now = queries.standing(loan, JUNE)
    asked: dict[str, Any] = {
        "by": book.chair, "loan": loan, "on": JUNE, "instalments": instalments, "first_due": JUNE + timedelta(days=30),
        "resolution": resolved(book), "why": "รายได้ลด",
    }  # fmt: skip
    if possible(now.principal, instalments):
        troubled.reschedule(**asked)
        rows = rows_of(loan)
        assert (len(rows), sum(row[1] for row in rows)) == (instalments, now.principal)
    else:
        with pytest.raises(Refused, match="งวดไม่ได้"):
            troubled.reschedule(**asked)


def possible(principal: int, instalments: int) -> bool:
    """Whole-baht instalments that pay something back each time and leave something for the last."""
    interest = half_up(principal, 100)
    each = half_up(principal * (100 + instalments), instalments * 10_000) * 100 - interest
    return instalments == 1 or (each > 0 and principal - each * (instalments - 1) > 0)


def half_up(number: int, of: int) -> int:
    return (2 * number + of) // (2 * of)


# --- guarantors ------------------------------------------------------------------------------


def test_guarantors_take_over_as_the_worked_year_tells_it(ours: Kept) -> None:
    loan = lent(ours)
    with pytest.raises(Refused, match="ยังไม่ได้รับหนังสือบอกกล่าว"):
        troubled.take_over(
            by=ours.treasurer, loan=loan, on=JUNE, resolution=resolved(ours), instalments=4, first_due=date(2021, 7, 5)
        )
    told(ours, loan)
    once, made = uuid4(), list[Loan]()
    for _try in range(2):
        made = troubled.take_over(
            by=ours.treasurer, loan=loan, on=JUNE, resolution=resolved(ours), instalments=4, first_due=date(2021, 7, 5), uuid=once
        )
        assert [(one.number, one.principal_satang, one.state) for one in made] == [
            ("L1-M02", 375_700, "normal"), ("L1-M03", 375_700, "normal"),
        ]  # fmt: skip
    entry = Entry.objects.get(kind="loan-taken-over")
    assert arrows(entry) == [("13000:L1-M02", "13000:L1", 375_700), ("13000:L1-M03", "13000:L1", 375_700)]
    loan.refresh_from_db()
    assert (loan.state, ours.standing("13000"), ours.standing("13000:L1"), ours.standing("41000")) == (
        "taken_over",
        751_400,
        0,
        0,
    )
    assert queries.exposure(ours.members[1], JUNE) == 0
    with clock.fixed(JUNE):
        repaying.repay(by=ours.treasurer, loan=made[0], date=JUNE, amount=100_000, money=ours.account("11000"))
    with pytest.raises(Refused, match="ชำระไปบ้างแล้ว"):
        troubled.take_back_step(by=ours.chair, loan=loan, reason="ผิด", date=JUNE)


def test_a_take_over_that_was_wrong_is_taken_back_whole(ours: Kept) -> None:
    loan = lent(ours)
    told(ours, loan)
    heirs = troubled.take_over(
        by=ours.treasurer, loan=loan, on=JUNE, resolution=resolved(ours), instalments=4, first_due=date(2021, 7, 5)
    )
    entry = Entry.objects.get(kind="loan-taken-over")
    with pytest.raises(Refused, match="หน้าเงินกู้"):
        vouchers.reverse_voucher(by=ours.treasurer, kept=ours.kept, entry=entry, reason="ผิด", date=JUNE)
    troubled.take_back_step(by=ours.chair, loan=loan, reason="ผิดสัญญา", date=JUNE)
    loan.refresh_from_db()
    assert (loan.state, ours.standing("13000:L1"), {Loan.objects.get(pk=one.pk).state for one in heirs}) == (
        "normal",
        751_400,
        {"withdrawn"},
    )
    assert verify(ours.kept.book) == []


def test_a_letter_goes_once_for_a_default_and_not_before_one(ours: Kept) -> None:
    loan = lent(ours)
    one = loan.guarantors.order_by("position")[0]
    with pytest.raises(Refused, match="ไม่มีงวดที่ค้าง"):
        troubled.notify_guarantor(by=ours.treasurer, guarantor=one, sent_on=MARCH, how="ไปรษณีย์")
    told(ours, loan)
    with pytest.raises(Refused, match="ไปแล้ว"):
        troubled.notify_guarantor(by=ours.treasurer, guarantor=one, sent_on=JUNE, how="ไปรษณีย์")
    assert queries.last_day_to_tell(MARCH) == date(2021, 5, 4)


def test_guarantors_who_take_over_again_get_other_numbers_and_the_next_loan_its_own(ours: Kept) -> None:
    loan = lent(ours)
    told(ours, loan)
    asked: dict[str, Any] = {
        "by": ours.treasurer, "loan": loan, "on": JUNE, "resolution": resolved(ours), "instalments": 4, "first_due": date(2021, 7, 5)
    }  # fmt: skip
    troubled.take_over(**asked)
    troubled.take_back_step(by=ours.chair, loan=loan, reason="ผิดสัญญา", date=JUNE)
    again = troubled.take_over(**asked)
    assert [one.number for one in again] == ["L1-M02-2", "L1-M03-2"]
    assert (ours.standing("13000:L1-M02"), ours.standing("13000:L1-M02-2")) == (0, 375_700)
    assert next_contract(ours.kept) == "L2"


@settings(max_examples=size(4, 200), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=st.lists(st.integers(100, 5_000).map(lambda baht: baht * 100), min_size=1, max_size=2), wrong=st.integers(-1, 1))
def test_typed_parts_are_taken_over_where_they_are_the_whole_debt_and_refused_else(parts: list[int], wrong: int) -> None:
    book = a_book(a_group(f"กลุ่ม {uuid4().hex[:8]} (ตัวอย่าง)"), members=4, pledged=2_000_000)
    loan = lent(book, sum(parts), 2)
    told(book, loan)
    keys = [one.pk for one in loan.guarantors.order_by("position")]
    asked: dict[str, Any] = {
        "by": book.treasurer, "loan": loan, "on": JUNE, "resolution": resolved(book), "instalments": 1,
        "first_due": date(2021, 7, 5), "shares": {**dict(zip(keys, parts, strict=False)), keys[0]: parts[0] + wrong},
    }  # fmt: skip
    if wrong:
        with pytest.raises(Refused, match="รวมกันต้องเท่าเงินต้น"):
            troubled.take_over(**asked)
    else:
        assert [one.principal_satang for one in troubled.take_over(**asked)] == parts
        assert book.standing("13000") == sum(parts)


# --- death, writing off ----------------------------------------------------------------------


def test_a_borrower_who_dies_is_settled_from_his_savings_and_his_guarantors_are_free(ours: Kept) -> None:
    """Pledged 20,000, special 2,071.62, principal 7,514, interest due 300 of a loan of four months at 1 % (flat)."""
    loan = lent(ours)
    ours.post("11000", "20000", 1, JUNE)
    due = queries.standing(loan, JUNE).interest_due
    with pytest.raises(Refused, match="ยังมีเงินกู้ L1"):
        settle(ours, loan)
    settlement = settle(ours, loan, set_off=True)
    assert (settlement.debt_satang, settlement.total_satang) == (751_400 + due, 2_000_000 - 751_400 - due)
    assert settlement.entry is not None
    assert arrows(settlement.entry) == [
        ("31020:M01", "13000:L1", 751_400), ("31020:M01", "41000", due), ("31020:M01", "11000", 2_000_000 - 751_400 - due),
    ]  # fmt: skip
    loan.refresh_from_db()
    assert (loan.state, Guarantor.objects.filter(loan=loan, freed_on=JUNE).count()) == ("closed", 2)
    leaving.take_back(by=ours.treasurer, settlement=settlement, reason="ยังมีชีวิตอยู่", date=JUNE)
    loan.refresh_from_db()
    assert (loan.state, Guarantor.objects.filter(loan=loan, freed_on=None).count()) == ("normal", 2)


def settle(book: Kept, loan: Loan, **more: Any) -> Settlement:
    return leaving.settle(
        by=book.treasurer, kept=book.kept, member=loan.member, why=Settlement.Why.DIED, day=JUNE, because="เสียชีวิต",
        money=book.account("11000"), **more,
    )  # fmt: skip


def test_savings_that_do_not_cover_the_debt_name_the_other_ways(ours: Kept) -> None:
    loan = lent(ours, 3_000_000)
    with pytest.raises(Refused, match="ให้ผู้ค้ำรับภาระ หรือตัดหนี้สูญ"):
        settle(ours, loan, set_off=True)


def test_a_debt_is_written_off_from_the_allowance_then_the_fund_then_as_an_expense(ours: Kept) -> None:
    loan = lent(ours)
    ours.post("58100", "13100", 95_680, JUNE)
    once = uuid4()
    made = [
        troubled.write_off(by=ours.chair, loan=loan, on=JUNE, resolution=resolved(ours), charge="58100", uuid=once)
        for _try in range(2)
    ]
    assert made[0] == made[1]
    assert arrows(made[0]) == [("13100", "13000:L1", 95_680), ("58100", "13000:L1", 655_720)]
    loan.refresh_from_db()
    assert (loan.state, ours.standing("13000"), ours.standing("13100")) == ("written_off", 0, 0)
    troubled.recover(by=ours.treasurer, loan=loan, date=JUNE, amount=50_000, money=ours.account("11000"))
    assert ours.standing("46100") == 50_000
    with pytest.raises(Refused, match="ไม่มีหนี้"):
        repaying.repay(by=ours.treasurer, loan=loan, date=JUNE, amount=100, money=ours.account("11000"))
    troubled.take_back_step(by=ours.chair, loan=loan, reason="ลูกหนี้กลับมา", date=JUNE)
    loan.refresh_from_db()
    assert (loan.state, ours.standing("13000:L1")) == ("normal", 751_400)


def test_the_fund_gives_no_more_than_it_holds(ours: Kept) -> None:
    loan = lent(ours)
    vouchers.record_general(
        by=ours.treasurer, kept=ours.kept, date=JUNE, arrows=[CodeArrow("11000", "34520", 10_000)], memo="", why="ตั้งทุน"
    )
    with pytest.raises(Refused, match=r"ไม่เกิน 100.00 บาท"):
        troubled.write_off(by=ours.chair, loan=loan, on=JUNE, resolution=resolved(ours), risk_fund=20_000)
    entry = troubled.write_off(by=ours.chair, loan=loan, on=JUNE, resolution=resolved(ours), risk_fund=10_000)
    assert arrows(entry) == [("34520", "13000:L1", 10_000), ("58200", "13000:L1", 741_400)]


def test_a_fine_waived_by_resolution_is_not_asked_on_those_days(ours: Kept) -> None:
    loan = lent(ours, fine_satang=3_000)
    assert queries.standing(loan, JUNE).fine == 3_000
    troubled.waive_fine(by=ours.chair, loan=loan, first=JUNE, last=JUNE, resolution=resolved(ours), why="น้ำท่วม")
    assert (queries.standing(loan, JUNE).fine, queries.standing(loan, JUNE + timedelta(days=1)).fine) == (0, 3_000)


def test_a_fine_is_waived_only_of_a_debt_that_is_owed_and_from_the_meeting_on(ours: Kept) -> None:
    loan = lent(ours, fine_satang=3_000)
    with pytest.raises(Refused, match="ไม่ก่อนวันประชุม 10"):
        troubled.waive_fine(by=ours.chair, loan=loan, first=MARCH, last=JUNE, resolution=resolved(ours), why="น้ำท่วม")
    troubled.write_off(by=ours.chair, loan=loan, on=JUNE, resolution=resolved(ours))
    with pytest.raises(Refused, match="ไม่มีค่าปรับให้ยกเว้น"):
        troubled.waive_fine(by=ours.chair, loan=loan, first=JUNE, last=JUNE, resolution=resolved(ours), why="น้ำท่วม")
