"""A payment on a loan outside the collecting day, and what closes a contract."""

from typing import Any

from django.utils.translation import gettext_lazy

from sajja.treasury.forms.choices import KeptForm, MoneyField
from sajja.treasury.models import Loan
from sajja.treasury.queries.loans import LoanStanding
from sajja.web.fields import BahtField, ThaiTextField

PAPER_NO = gettext_lazy("เลขที่ใบรับเงินบนกระดาษ")
KEPT_AT = gettext_lazy("เก็บไว้ที่")


class RepayForm(KeptForm):
    """How much came in; what is due today is filled in."""

    amount = BahtField(
        label=gettext_lazy("รับชำระ (บาท)"), min_satang=1,
        help_text=gettext_lazy("ระบบตัดค่าปรับก่อน แล้วตัดทีละงวดตามข้อตกลง รับมากกว่ากำหนดได้ ไม่เกินหนี้ทั้งหมด"),
    )  # fmt: skip
    money = MoneyField(label=KEPT_AT)
    paper_no = ThaiTextField(label=PAPER_NO, max_length=40, required=False)

    def __init__(self, loan: Loan, now: LoanStanding, data: Any = None) -> None:
        super().__init__(loan.kept, data, initial={"amount": now.due or None})

    def offer(self) -> None:
        """Everywhere money lies."""
        self.money_field("money").offer(self.places)


class SettleForm(KeptForm):
    """Where the money that closes a contract goes; how much it is follows from the day."""

    money = MoneyField(label=KEPT_AT)
    paper_no = ThaiTextField(label=PAPER_NO, max_length=40, required=False)

    def __init__(self, loan: Loan, data: Any = None) -> None:
        super().__init__(loan.kept, data)

    def offer(self) -> None:
        """Everywhere money lies."""
        self.money_field("money").offer(self.places)
