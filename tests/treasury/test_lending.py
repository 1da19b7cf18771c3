"""From what a group offers to the money in the borrower's hand."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sajja.groups import actions as groups
from sajja.groups.actions import NewRegulation
from sajja.ledger.models import Entry
from sajja.ledger.verifying import verify
from sajja.lib.refusals import Refused
from sajja.treasury.actions import leaving, lending, vouchers
from sajja.treasury.actions.lending import Decision, NewGuarantor, NewProduct
from sajja.treasury.models import Instalment, Loan, LoanProduct, Settlement
from sajja.treasury.models.loans import Terms
from sajja.treasury.queries import lending as queries
from sajja.web import clock
from tests.cast import Cast
from tests.sizes import size
from tests.treasury.books import Kept, a_book
from tests.treasury.loans import a_loan, a_product, about_loans, an_application, approved, contracted
from tests.treasury.people import a_committee
from tests.treasury.worked_year import blocks, satang

pytestmark = pytest.mark.django_db
JUNE = date(2021, 6, 1)
EARLY = date(2020, 8, 1)


@pytest.fixture
def ours() -> Kept:
    return a_book(members=4, pledged=1_000_000)


def refusal(act: Any, **given_: Any) -> tuple[str, str | None]:
    with pytest.raises(Refused) as refused:
        act(**given_)
    return str(refused.value.message), refused.value.field


def offered(book: Kept, **terms: Any) -> tuple[str, str | None]:
    wanted: dict[str, Any] = {"name": "ทดลอง", "rate_bp": 1200} | terms
    new = NewProduct(**wanted)
    return refusal(lending.add_product, by=book.treasurer, kept=book.kept, product=new)


def agreed(loan: Loan) -> list[tuple[int, str, int, int]]:
    rows = Instalment.objects.filter(plan__loan=loan, plan__counts=True).order_by("no")
    return [(row.no, row.due.isoformat(), row.principal_satang, row.interest_satang) for row in rows]


def written(block: str) -> list[tuple[int, str, int, int]]:
    rows = blocks()[block]
    return [(int(row["no"]), row["due"], satang(row["principal"]), satang(row["interest"])) for row in rows]


def test_the_loans_of_the_worked_year_get_their_schedules_to_the_satang() -> None:
    book = a_book(members=7, pledged=3_000_000, opened_on=EARLY)
    m = book.members
    declining = a_product(book, "สามัญ", guarantors_wanted=2)
    flat = a_product(book, "คงที่", method="flat", multiple_satang=100, guarantors_wanted=2)
    two = a_loan(book, m[2], 7_200_000, 12, date(2020, 8, 5), declining, [m[1], m[6]], date(2020, 9, 5), "L2")
    one = a_loan(book, m[5], 3_000_000, 11, date(2021, 2, 5), flat, [m[0], m[4]], date(2021, 3, 5), "L1")
    assert agreed(two) == written("out-schedule-L2")
    assert agreed(one) == written("out-schedule-L1")
    assert (book.standing("13000:L1"), book.standing("13000:L2"), book.standing("11000")) == (3_000_000, 7_200_000, 10_800_000)
    assert str(queries.priced(one, 3_000_000, 11).percent) == "21.37"
    assert verify(book.kept.book) == []


def test_a_product_above_fifteen_per_cent_is_refused_by_the_law(ours: Kept) -> None:
    assert LoanProduct.objects.count() == 0
    said, field = offered(ours, rate_bp=1201, yearly_fee_bp=300)
    assert ("ร้อยละ 15.01 ต่อปี" in said, "มาตรา 654" in said, field) == (True, True, "rate_bp")
    made = lending.add_product(by=ours.treasurer, kept=ours.kept, product=NewProduct(name="พอดี", rate_bp=1200, yearly_fee_bp=300))
    assert offered(ours, name="พอดี")[1] == "name"
    assert offered(ours, method="flat", interest_by="day")[1] == "interest_by"
    assert offered(ours, grace=12)[1] == "grace"
    lending.end_product(by=ours.treasurer, product=made)
    lending.add_product(by=ours.treasurer, kept=ours.kept, product=NewProduct(name="พอดี", rate_bp=1200))
    assert list(LoanProduct.objects.order_by("pk").values_list("active", flat=True)) == [False, True]


@pytest.mark.parametrize(("rate", "percent", "warns"), [(800, "14.45", False), (900, "16.22", True), (1200, "21.46", True)])
def test_what_a_flat_loan_really_costs_is_said(rate: int, percent: str, warns: bool) -> None:
    price = queries.priced(LoanProduct(rate_bp=rate, method="flat"), 1_000_000, 12)
    assert (str(price.percent), price.warns) == (percent, warns)


def test_fees_make_a_loan_dearer(ours: Kept) -> None:
    plain = queries.priced(LoanProduct(rate_bp=1200), 1_000_000, 24)
    once = queries.priced(LoanProduct(rate_bp=1200, fee_satang=10_000), 1_000_000, 24)
    yearly = queries.priced(LoanProduct(rate_bp=1200, yearly_fee_bp=100), 1_000_000, 24)
    assert (str(plain.percent), once.fee, yearly.fee) == ("12.00", 10_000, 20_000)
    assert plain.percent < once.percent < yearly.percent


def test_the_usual_products_come_by_one_press_and_only_once(ours: Kept) -> None:
    groups.add_regulation(by="system", group=ours.group, regulation=NewRegulation(date(2020, 1, 1), 5000, 1, 20, 5, 900))
    made = lending.start_products(by=ours.treasurer, kept=ours.kept)
    assert [(one.name, one.rate_bp, one.kind) for one in made] == [
        ("เงินกู้สามัญ", 900, "ordinary"), ("เงินกู้ฉุกเฉิน", 900, "emergency"),
    ]  # fmt: skip
    assert refusal(lending.start_products, by=ours.treasurer, kept=ours.kept)[0] == "กลุ่มนี้มีประเภทเงินกู้แล้ว"


def asked(book: Kept, **more: Any) -> tuple[str, str | None]:
    wanted = {
        "by": book.treasurer, "kept": book.kept, "member": book.members[0], "product": a_product(book), "amount": 100_000,
        "instalments": 4, "purpose": "occupation", "applied_on": JUNE,
    }  # fmt: skip
    return refusal(lending.apply_for_loan, **(wanted | more))


def test_an_application_stays_under_its_ceilings(ours: Kept) -> None:
    product = a_product(ours, "มีเพดาน", savings_times=2, most_satang=1_500_000, most_instalments=6, guarantors_wanted=0)
    said, field = asked(ours, product=product, amount=1_500_001)
    assert (said, field) == (
        "มีเพดาน กู้ได้ไม่เกิน 15,000.00 บาท (เงินสัจจะสะสม 10,000.00 บาท) ลดจำนวนเงินที่ขอกู้", "amount",
    )  # fmt: skip
    by_savings = a_product(ours, "ตามเงินออม", savings_times=2)
    assert asked(ours, product=by_savings, amount=2_000_001)[1] == "amount"
    assert asked(ours, product=product, instalments=7)[1] == "instalments"
    assert an_application(ours, ours.members[0], 2_000_000, 6, JUNE, by_savings).state == "applied"


def test_guarantors_are_other_people_and_enough_of_them(ours: Kept) -> None:
    one, two, _three, _four = ours.members
    wants = a_product(ours, "สองคน", guarantors_wanted=2)
    assert asked(ours, guarantors=[NewGuarantor(one)]) == ("ผู้กู้ค้ำประกันตัวเองไม่ได้ เลือกคนอื่น", "guarantors")
    assert asked(ours, guarantors=[NewGuarantor(None, "นาย บุญมี ดีพร้อม")])[1] == "guarantors"
    assert asked(ours, guarantors=[NewGuarantor(two), NewGuarantor(two)])[1] == "guarantors"
    assert asked(ours, product=wants, guarantors=[NewGuarantor(two)]) == ("สองคน ต้องมีผู้ค้ำประกัน 2 คน", "guarantors")
    assert asked(ours, applied_on=date(2021, 6, 11))[1] == "applied_on"


def test_arrears_and_exposure_are_said_and_do_not_stop_an_application(ours: Kept) -> None:
    one, two, three, _four = ours.members
    a_loan(ours, one, 600_000, 6, date(2021, 1, 5), guarantors=[two])
    said = queries.judge(ours.kept, one, a_product(ours), 100_000, 4, [two, three], date(2021, 6, 10))
    assert said.refusals == []
    assert said.warnings == [
        "นายบุญมี ดีพร้อม ค้างชำระเงินกู้ L1 อยู่ 125 วัน ให้คณะกรรมการทราบก่อนลงมติ",
        "นางคำปุ่น ใจซื่อ ค้ำเงินกู้อื่นอยู่แล้ว 6,000.00 บาท (มีเงินสัจจะสะสม 10,000.00 บาท)",
    ]
    assert (said.owed, [one.exposure for one in said.guarantors]) == (600_000, [600_000, 0])


def test_the_committee_agrees_to_less_and_the_contract_is_numbered(ours: Kept) -> None:
    first = approved(ours, an_application(ours, ours.members[0], 1_000_000, 10, JUNE), JUNE, amount=800_000, instalments=8)
    second = approved(ours, an_application(ours, ours.members[1], 1_000_000, 10, JUNE), JUNE)
    assert (first.number, first.principal_satang, first.instalments, first.state) == ("L1", 800_000, 8, "approved")
    assert (second.number, second.account and second.account.code) == ("L2", "13000:L2")
    third = an_application(ours, ours.members[2], 1_000_000, 10, JUNE)
    resolution = about_loans(ours, JUNE)
    assert (
        refusal(lending.decide_loan, by=ours.chair, loan=third, approve=True, resolution=resolution, amount=1_000_001)[1]
        == "amount"
    )
    assert (
        refusal(lending.decide_loan, by=ours.chair, loan=third, approve=True, resolution=resolution, number="L1")[1] == "number"
    )
    assert refusal(lending.decide_loan, by=ours.chair, loan=third, approve=False, resolution=resolution)[1] == "why"
    before = about_loans(ours, date(2021, 5, 31))
    assert refusal(lending.decide_loan, by=ours.chair, loan=third, approve=True, resolution=before)[1] == "resolution"
    refused = lending.decide_loan(by=ours.chair, loan=third, approve=False, resolution=resolution, why="หลักประกันไม่พอ")
    assert (refused.state, refused.number, refused.account) == ("refused", "", None)


def test_nobody_records_what_was_resolved_of_his_own_loan(ours: Kept) -> None:
    a_committee(ours)
    chair = groups.enrol_members(
        by=ours.treasurer,
        group=ours.group,
        members=[groups.NewMember(number="M90", name=ours.chair.full_name, joined_on=date(2020, 1, 5))],
    )[0]
    own = an_application(ours, chair, 100_000, 4, JUNE)
    guaranteed = an_application(ours, ours.members[0], 100_000, 4, JUNE, guarantors=[chair])
    secretary = Cast().secretary(ours.group)
    resolution = about_loans(ours, JUNE)
    for loan in (own, guaranteed):
        said, _field = refusal(lending.decide_loan, by=ours.chair, loan=loan, approve=True, resolution=resolution)
        assert "ให้กรรมการคนอื่นบันทึก" in said
        said, field = refusal(lending.decide_loan, by=secretary, loan=loan, approve=True, resolution=resolution)
        assert (ours.chair.full_name in said, field) == (True, "stepped_out")
    made = lending.decide_loan(by=secretary, loan=own, approve=True, resolution=resolution, stepped_out=ours.chair.full_name)
    assert (made.state, made.stepped_out) == ("approved", ours.chair.full_name)


def test_a_meeting_decides_a_list_all_or_none(ours: Kept) -> None:
    loans = [an_application(ours, member, 100_000, 4, JUNE) for member in ours.members]
    resolution = about_loans(ours, JUNE)
    lacking = [Decision(loans[0], True), Decision(loans[1], False)]
    with pytest.raises(Refused):
        lending.decide_loans(by=ours.chair, kept=ours.kept, resolution=resolution, decisions=lacking)
    assert Loan.objects.filter(state="applied").count() == 4
    wanted = [Decision(loans[0], True), Decision(loans[1], False, why="เกินวงเงินของกลุ่ม"), Decision(loans[2], True, amount=50_000)]
    made = lending.decide_loans(by=ours.chair, kept=ours.kept, resolution=resolution, decisions=wanted)
    assert [(loan.state, loan.number) for loan in made] == [("approved", "L1"), ("refused", ""), ("approved", "L2")]
    assert [loan.pk for loan in queries.waiting(ours.kept)] == [loans[3].pk]


def test_money_leaves_once_and_only_by_a_signed_contract(ours: Kept) -> None:
    loan = approved(ours, an_application(ours, ours.members[0], 1_000_000, 10, JUNE, guarantors=[ours.members[1]]), JUNE)
    pay: dict[str, Any] = {"by": ours.treasurer, "loan": loan, "date": JUNE, "money": ours.account("11000")}
    assert "ยังไม่ได้บันทึกวันที่ลงชื่อในสัญญา" in refusal(lending.pay_out, **pay)[0]
    lending.make_contract(by=ours.treasurer, loan=loan, contract_on=JUNE, signed=[])
    assert "ยังไม่ได้ลงชื่อ" in refusal(lending.pay_out, **pay)[0]
    contracted(ours, loan, JUNE)
    uuid = uuid4()
    first = lending.pay_out(**pay, uuid=uuid, fee=5_000)
    assert lending.pay_out(**pay, uuid=uuid) == first
    assert refusal(lending.pay_out, **pay, uuid=uuid4())[0].startswith("เรื่องนี้ยังทำขั้นนี้ไม่ได้")
    assert first.entry is not None
    assert (first.entry.kind, first.entry.paper.kind, first.entry.paper.resolution_id) == (
        "loan-out",
        "payment",
        loan.resolution_id,
    )
    assert (ours.standing("13000:L1"), ours.standing("43000"), ours.standing("11000")) == (1_000_000, 5_000, 3_005_000)
    assert (first.state, first.first_due, agreed(first)[-1][1]) == ("normal", date(2021, 7, 5), "2022-04-05")
    assert verify(ours.kept.book) == []


def test_a_box_that_holds_too_little_pays_nothing(ours: Kept) -> None:
    product = a_product(ours)
    loan = contracted(ours, approved(ours, an_application(ours, ours.members[0], 5_000_000, 10, JUNE, product), JUNE), JUNE)
    said, field = refusal(lending.pay_out, by=ours.treasurer, loan=loan, date=JUNE, money=ours.account("11000"))
    assert ("ไม่พอสำหรับ 50,000.00" in said, field, ours.standing("13000:L1")) == (True, "money", 0)


def test_a_pay_out_is_taken_back_where_nothing_was_paid_since(ours: Kept) -> None:
    loan = a_loan(ours, ours.members[0])
    entry = loan.entry
    assert entry is not None
    assert (
        "ถอนการจ่ายเงินกู้"
        in refusal(vouchers.reverse_voucher, by=ours.treasurer, kept=ours.kept, entry=entry, reason="ผิด", date=JUNE)[0]
    )
    lending.take_back_payout(by=ours.treasurer, loan=loan, reason="ผู้กู้ไม่มารับ", date=JUNE)
    assert (loan.state, loan.paid_out_on, ours.standing("13000:L1"), ours.standing("11000")) == ("approved", None, 0, 4_000_000)
    again = lending.pay_out(by=ours.treasurer, loan=loan, date=date(2021, 6, 8), money=ours.account("11000"))
    assert [(plan.number, plan.counts) for plan in again.plans.order_by("number")] == [(1, False), (2, True)]
    ours.post("11000", "13000:L1", 50_000, date(2021, 6, 9))
    assert "มีการชำระ" in refusal(lending.take_back_payout, by=ours.treasurer, loan=again, reason="ผิด", date=date(2021, 6, 9))[0]
    assert verify(ours.kept.book) == []


def test_what_is_not_wanted_any_more_is_withdrawn(ours: Kept) -> None:
    loan = approved(ours, an_application(ours, ours.members[0], 100_000, 4, JUNE), JUNE)
    assert refusal(lending.withdraw_application, by=ours.treasurer, loan=loan, why=" ")[1] == "reason"
    assert lending.withdraw_application(by=ours.treasurer, loan=loan, why="เปลี่ยนใจ").state == "withdrawn"
    assert "จบแล้ว" in refusal(lending.withdraw_application, by=ours.treasurer, loan=loan, why="อีกครั้ง")[0]
    assert next(step.words for step in queries.history(loan)) == "ยกเลิกคำขอ"


TERMS = st.builds(
    LoanProduct,
    method=st.sampled_from(["flat", "declining-equal-instalment", "declining-equal-principal"]),
    rate_bp=st.integers(0, 1500), multiple_satang=st.sampled_from([1, 100]), rounding=st.sampled_from(["half-up", "half-even"]),
    grace=st.integers(0, 3),
)  # fmt: skip


@settings(max_examples=size(60, 3000), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(terms=TERMS, principal=st.integers(100_000, 20_000_000), count=st.integers(4, 60))
def test_any_terms_pay_back_the_whole_loan(terms: Terms, principal: int, count: int) -> None:
    price = queries.priced(terms, principal, count)
    if price.refusal:
        return
    lines = queries.lines_of(price.rows, JUNE)
    assert (sum(line.principal for line in lines), lines[-1].balance, len(lines)) == (principal, 0, count)
    assert price.total == principal + price.interest


def test_a_contract_follows_its_product_as_it_was(ours: Kept) -> None:
    product = a_product(ours, "เดิม", fine_satang=3_000, grace=1)
    loan = a_loan(ours, ours.members[0], 300_000, 4, JUNE, product)
    lending.end_product(by=ours.treasurer, product=product)
    assert (loan.rate_bp, loan.fine_satang, loan.grace, next(row[2] for row in agreed(loan))) == (1200, 3_000, 1, 0)
    assert asked(ours, product=product)[1] == "product"


def test_first_instalments_fall_on_the_collecting_day(ours: Kept) -> None:
    groups.add_regulation(by="system", group=ours.group, regulation=NewRegulation(date(2020, 1, 1), 5000, 1, 20, 31, 1200))
    assert queries.first_due_after(ours.kept, date(2021, 1, 15)) == date(2021, 2, 28)
    assert queries.above_regulation(ours.kept, 1201, JUNE) == 1200
    with clock.fixed(JUNE):
        assert a_loan(ours, ours.members[0]).first_due == date(2021, 7, 31)
    assert Entry.objects.filter(kind="loan-out").count() == 1


def test_who_owes_a_loan_is_not_paid_out_his_savings(ours: Kept) -> None:
    a_loan(ours, ours.members[0])
    said, _field = refusal(
        leaving.settle, by=ours.treasurer, kept=ours.kept, member=ours.members[0], why=Settlement.Why.LEFT, day=JUNE,
        because="ย้าย", money=None,
    )  # fmt: skip
    assert "นายบุญมี ดีพร้อม ยังมีเงินกู้ L1" in said
