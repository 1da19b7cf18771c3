"""Contracts of before the book: their accounts, their products, what is left of their schedules. Inside going live; set-based."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from sajja.audit.actions import Doer
from sajja.groups.models import GroupBook, Member, percent_of_bp
from sajja.ledger import actions as ledger
from sajja.ledger.actions import NewAccount
from sajja.ledger.models import Account, Entry, Floor
from sajja.treasury import chart
from sajja.treasury.draft import Checked, Draft, LoanRow
from sajja.treasury.models import (
    Guarantor,
    Instalment,
    Loan,
    LoanMove,
    LoanPlan,
    LoanProduct,
    LoanStateNow,
    PlanKind,
    ProductKind,
    Purpose,
)
from sajja.treasury.models.loans import Method
from sajja.treasury.opening import agreed_schedule, interest_before

BATCH = 500
USUAL_INSTALMENTS = 12
Agreed = tuple[str, str, str, int, int, int]
"""What makes contracts of one product: kind, method, interest by, rate, multiple, fine."""


def open_contracts(kept: GroupBook, typed: Draft, members: Mapping[str, Member]) -> dict[str, Account]:
    """An account for each contract under 13000; key of the contract → account."""
    new = [
        NewAccount(chart.under(chart.LOANS, loan.key), f"{loan.number} {members[loan.member].name}"[:150], "", chart.LOANS, Floor.ALWAYS)
        for loan in typed.loans
    ]  # fmt: skip
    made = ledger.open_accounts(book=kept.book, accounts=new) if new else {}
    return {loan.key: made[chart.under(chart.LOANS, loan.key)] for loan in typed.loans}


def bring_in_loans(
    by: Doer, kept: GroupBook, typed: Draft, found: Checked, members: Mapping[str, Member], accounts: Mapping[str, Account],
    entry: Entry | None, at: datetime,
) -> None:  # fmt: skip
    """The contracts as they stand on the eve, each with a plan of what is left of its schedule."""
    if not typed.loans:
        return
    products = _products(kept, typed.loans)
    paid = {loan.key: interest_before(loan, agreed_schedule(loan)) for loan in typed.loans}
    rest = found.schedules
    doer: dict[str, Any] = {"by": by.key, "by_name": str(by.full_name), "at": at}
    loans = Loan.objects.bulk_create(
        [
            Loan(
                kept=kept, member=members[loan.member], product=products[_agreed(loan)], state=LoanStateNow.NORMAL,
                number=loan.number, account=accounts[loan.key], applied_on=loan.paid_out_on or kept.book.opened_on, asked_satang=loan.principal,
                asked_instalments=loan.instalments, purpose=Purpose.OTHER, principal_satang=loan.principal,
                instalments=loan.instalments, first_due=loan.first_due, contract_on=loan.paid_out_on,
                paid_out_on=loan.paid_out_on, interest_before_satang=paid[loan.key],
                paid_instalments_before=rest[loan.key][0].no - 1 if rest[loan.key] else loan.instalments,
                **_terms(loan), **doer,
            )
            for loan in typed.loans
        ],
        batch_size=BATCH,
    )  # fmt: skip
    eve = entry.date if entry else kept.book.opened_on
    LoanMove.objects.bulk_create(
        [LoanMove(loan=loan, move="bring_in", state=loan.state, on=eve, why=_("ยอดยกมา"), entry=entry, **doer) for loan in loans],
        batch_size=BATCH,
    )
    plans = LoanPlan.objects.bulk_create(
        [
            LoanPlan(
                loan=made, number=1, kind=PlanKind.OPENING, from_on=eve, principal_satang=loan.outstanding,
                interest_before_satang=paid[loan.key], by_name=doer["by_name"], at=at,
            )
            for made, loan in zip(loans, typed.loans, strict=True)
        ],
        batch_size=BATCH,
    )  # fmt: skip
    Instalment.objects.bulk_create(
        [
            Instalment(plan=plan, no=one.no, due=one.due, principal_satang=one.principal, interest_satang=one.interest)
            for plan, loan in zip(plans, typed.loans, strict=True)
            for one in rest[loan.key]
        ],
        batch_size=BATCH,
    )
    Guarantor.objects.bulk_create(
        [
            Guarantor(loan=made, position=position, member=members.get(one), name=members[one].name if one in members else one)
            for made, loan in zip(loans, typed.loans, strict=True)
            for position, one in enumerate(loan.guarantors, 1)
        ],
        batch_size=BATCH,
    )


def _agreed(loan: LoanRow) -> Agreed:
    return (loan.kind, loan.method, loan.interest_by, loan.rate_bp, loan.multiple, loan.fine)


def _terms(loan: LoanRow) -> dict[str, str | int]:
    return {
        "method": loan.method, "rate_bp": loan.rate_bp, "interest_by": loan.interest_by, "multiple_satang": loan.multiple,
        "fine_satang": loan.fine,
    }  # fmt: skip


def _products(kept: GroupBook, loans: Sequence[LoanRow]) -> dict[Agreed, LoanProduct]:
    """One product for each way in which the contracts were made; the group mends their names and ceilings later."""
    alike: dict[Agreed, list[LoanRow]] = {}
    for loan in loans:
        alike.setdefault(_agreed(loan), []).append(loan)
    made = LoanProduct.objects.bulk_create(
        [
            LoanProduct(
                kept=kept, kind=rows[0].kind, name=name,
                most_instalments=max(USUAL_INSTALMENTS, *(row.instalments for row in rows)),
                guarantors_wanted=max(len(row.guarantors) for row in rows), **_terms(rows[0]),
            )
            for name, rows in zip(_names(list(alike)), alike.values(), strict=True)
        ]
    )  # fmt: skip
    return dict(zip(alike, made, strict=True))


def _names(alike: Sequence[Agreed]) -> list[str]:
    """Kind, method and rate in words; a number behind what would be alike."""
    names: list[str] = []
    for kind, method, _by, rate, _multiple, _fine in alike:
        name = _("%(kind)s %(method)s ร้อยละ %(rate)s") % {
            "kind": ProductKind(kind).label, "method": str(Method(method).label).split(" (")[0], "rate": percent_of_bp(rate),
        }  # fmt: skip
        same = sum(1 for other in names if other == name or other.startswith(f"{name} ("))
        names.append(f"{name} ({same + 1})" if same else name)
    return names
