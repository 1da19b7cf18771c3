"""Loans as a group makes them, step by step, by the people who do it in life."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sajja.groups.models import Meeting, Member, Resolution
from sajja.treasury.actions import lending
from sajja.treasury.actions.lending import NewGuarantor, NewProduct
from sajja.treasury.models import Loan, LoanProduct
from sajja.web import clock
from tests.treasury.books import Kept


def a_product(book: Kept, name: str = "เงินกู้สามัญ", **terms: Any) -> LoanProduct:
    """A product at 12 % a year that wants no guarantor, unless told otherwise."""
    found = LoanProduct.objects.filter(kept=book.kept, name=name, active=True).first()
    wanted: dict[str, Any] = {"name": name, "rate_bp": 1200, "guarantors_wanted": 0} | terms
    return found or lending.add_product(by=book.treasurer, kept=book.kept, product=NewProduct(**wanted))


def about_loans(book: Kept, day: date, text: str = "อนุมัติเงินกู้ตามคำขอ", number: str = "1") -> Resolution:
    """What the committee resolved about loans on a day."""
    meeting, _new = Meeting.objects.get_or_create(
        group=book.group, day=day, kind="committee",
        defaults={"present_count": 5, "recorded_by": book.chair.full_name, "at": f"{day}T09:00:00Z"},
    )  # fmt: skip
    return Resolution.objects.get_or_create(meeting=meeting, number=number, defaults={"text": text, "about": "loan"})[0]


def an_application(
    book: Kept, member: Member, satang: int, instalments: int, on: date, product: LoanProduct | None = None,
    guarantors: Sequence[Member] = (), **more: Any,
) -> Loan:  # fmt: skip
    """A member asks."""
    with clock.fixed(on):
        return lending.apply_for_loan(
            by=book.treasurer, kept=book.kept, member=member, product=product or a_product(book), amount=satang,
            instalments=instalments, purpose="occupation", applied_on=on, guarantors=[NewGuarantor(one) for one in guarantors], **more,
        )  # fmt: skip


def approved(book: Kept, loan: Loan, on: date, **more: Any) -> Loan:
    """The committee agrees."""
    with clock.fixed(on):
        return lending.decide_loan(by=book.chair, loan=loan, approve=True, resolution=about_loans(book, on), **more)


def contracted(book: Kept, loan: Loan, on: date, first_due: date | None = None) -> Loan:
    """The contract is signed by all."""
    with clock.fixed(on):
        return lending.make_contract(by=book.treasurer, loan=loan, contract_on=on, first_due=first_due)


def a_loan(
    book: Kept, member: Member, satang: int = 1_200_000, instalments: int = 12, on: date = date(2021, 6, 1),
    product: LoanProduct | None = None, guarantors: Sequence[Member] = (), first_due: date | None = None, number: str = "",
) -> Loan:  # fmt: skip
    """A loan that was paid out in cash, everything on one day."""
    asked = an_application(book, member, satang, instalments, on, product, guarantors)
    ready = contracted(book, approved(book, asked, on, number=number), on, first_due)
    with clock.fixed(on):
        return lending.pay_out(by=book.treasurer, loan=ready, date=on, money=book.account("11000"), first_due=first_due)


def lending_things(book: Kept, on: date = date(2021, 6, 1)) -> dict[str, int]:
    """Part of an address → key: a loan that was paid out, its product, its guarantor."""
    one, two = book.members[:2]
    loan = a_loan(book, one, 5_000, 4, on, guarantors=[two])
    return {"loan": loan.pk, "product": loan.product_id, "guarantor": loan.guarantors.get().pk}
