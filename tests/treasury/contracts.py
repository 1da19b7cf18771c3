"""A contract as a row of the books, for tests that only ask whose it is."""

from datetime import date

from sajja.groups.models import GroupBook, Member
from sajja.ledger.models import Account
from sajja.treasury.models import Loan, LoanProduct


def a_contract(kept: GroupBook, member: Member, account: Account, satang: int = 100, on: date = date(2021, 2, 5)) -> Loan:
    """The contract of an account under 13000, paid out."""
    product, _made = LoanProduct.objects.get_or_create(kept=kept, name="สามัญ", active=True, defaults={"rate_bp": 1200})
    return Loan.objects.create(
        kept=kept, member=member, product=product, state="normal", number=account.code.partition(":")[2], account=account,
        rate_bp=1200, applied_on=on, asked_satang=satang, asked_instalments=1, purpose="occupation", principal_satang=satang,
        instalments=1, paid_out_on=on, by="system", by_name="ระบบ", at=f"{on}T02:00:00Z",
    )  # fmt: skip
