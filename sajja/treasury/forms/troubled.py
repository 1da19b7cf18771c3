"""What is done about a loan in trouble, each by its resolution."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sajja.groups.forms import PercentField
from sajja.groups.queries import active
from sajja.treasury import chart
from sajja.treasury.actions.lending import NewGuarantor
from sajja.treasury.forms.choices import KeptForm, MemberField, MoneyField, ResolutionField
from sajja.treasury.models import Guarantor, Loan
from sajja.treasury.queries.lending import first_due_after
from sajja.web import clock
from sajja.web.fields import BahtField, SajjaForm, ThaiDateField, ThaiIntegerField, ThaiTextField

WHY = gettext_lazy("เหตุผล")
STARTS = gettext_lazy("มีผลตั้งแต่วันที่")


class OfLoan(SajjaForm):
    """A step of a loan by a resolution; `freely` are the guarantors who still answer for it."""

    on = ThaiDateField(label=STARTS, latest=clock.today)
    resolution = ResolutionField()
    why = ThaiTextField(label=WHY, max_length=300)

    def __init__(self, loan: Loan, data: Any = None, **kwargs: Any) -> None:
        kwargs["initial"] = {"on": clock.today(), "first": clock.today(), "last": clock.today()} | kwargs.get("initial", {})
        super().__init__(data, **kwargs)
        self.loan = loan
        self.answering: Sequence[Guarantor] = list(loan.guarantors.filter(freed_on__isnull=True).order_by("position"))
        resolution = self.fields["resolution"]
        assert isinstance(resolution, ResolutionField)
        resolution.offer(loan.kept)
        resolution.required = True
        self.offer()

    def offer(self) -> None:
        """Fill in what can be chosen."""

    @property
    def given(self) -> dict[str, Any]:
        """What the act is told."""
        return dict(self.cleaned_data)


class WaiveForm(OfLoan):
    """Days whose payments carry no fine."""

    on = None  # type: ignore[assignment]
    first = ThaiDateField(label=gettext_lazy("ไม่เก็บค่าปรับตั้งแต่วันที่"))
    last = ThaiDateField(label=gettext_lazy("ถึงวันที่"))


class ConsentForm(OfLoan):
    """A step that guarantors must consent to in writing."""

    def offer(self) -> None:
        """The day of each guarantor's consent; none: he is freed."""
        for one in self.answering:
            self.fields[f"consent_{one.pk}"] = ThaiDateField(
                label=_("%(name)s ยินยอมเป็นหนังสือวันที่") % {"name": one.name}, required=False, latest=clock.today,
                help_text=_("เว้นว่าง: ผู้ค้ำคนนี้พ้นจากการค้ำประกัน (ป.พ.พ. มาตรา 700)"),
            )  # fmt: skip

    @property
    def given(self) -> dict[str, Any]:
        """The consents by guarantor."""
        given = {name: said for name, said in self.cleaned_data.items() if not name.startswith("consent_")}
        found: dict[int, date] = {one.pk: day for one in self.answering if (day := self.cleaned_data.get(f"consent_{one.pk}"))}
        return given | {"consents": found}


class DeferForm(ConsentForm):
    """How long, and whether interest is paid meanwhile."""

    months = ThaiIntegerField(label=gettext_lazy("เลื่อนออกไป (เดือน)"), min_value=1, max_value=24)
    moves_from = ThaiDateField(
        label=gettext_lazy("เลื่อนงวดที่ครบกำหนดตั้งแต่วันที่"),
        required=False,
        help_text=gettext_lazy("เว้นว่าง: เลื่อนทุกงวดที่ยังไม่ได้ชำระ"),
    )
    pays_interest = forms.BooleanField(label=gettext_lazy("ระหว่างนั้นชำระเฉพาะดอกเบี้ยทุกเดือน"), required=False, initial=True)


class RescheduleForm(ConsentForm):
    """How many new instalments, from when."""

    instalments = ThaiIntegerField(label=gettext_lazy("จำนวนงวดใหม่"), min_value=1, max_value=360)
    first_due = ThaiDateField(label=gettext_lazy("งวดแรกครบกำหนดวันที่"))

    def __init__(self, loan: Loan, data: Any = None) -> None:
        super().__init__(loan, data, initial={"first_due": first_due_after(loan.kept, clock.today())})


class TakeOverForm(OfLoan):
    """Each guarantor's part; left empty, equal parts."""

    why = None  # type: ignore[assignment]
    rate_bp = PercentField(
        label=gettext_lazy("ดอกเบี้ยของผู้ค้ำ ร้อยละต่อปี"), initial=0, required=False,
        help_text=gettext_lazy("ตามมติ ไม่เกินร้อยละ 15 ไม่คิดดอกเบี้ยใส่ 0 หรือเว้นว่าง"),
    )  # fmt: skip
    instalments = ThaiIntegerField(label=gettext_lazy("ผู้ค้ำผ่อนกี่งวด"), min_value=1, max_value=360, initial=12)
    first_due = ThaiDateField(label=gettext_lazy("งวดแรกครบกำหนดวันที่"))

    def __init__(self, loan: Loan, data: Any = None) -> None:
        super().__init__(loan, data, initial={"first_due": first_due_after(loan.kept, clock.today())})

    def offer(self) -> None:
        """A box for each guarantor."""
        for one in self.answering:
            self.fields[f"share_{one.pk}"] = BahtField(
                label=_("%(name)s รับ (บาท)") % {"name": one.name}, required=False, help_text=_("เว้นว่างทุกคน: แบ่งเท่ากัน")
            )

    @property
    def given(self) -> dict[str, Any]:
        """The parts by guarantor; none typed: equal."""
        given = {name: said for name, said in self.cleaned_data.items() if not name.startswith("share_")}
        found = {one.pk: part for one in self.answering if (part := self.cleaned_data.get(f"share_{one.pk}"))}
        return given | {"shares": found or None, "rate_bp": given.get("rate_bp") or 0}


class ChangeGuarantorForm(OfLoan):
    """Who goes and who comes in his place."""

    leaves = forms.ChoiceField(label=gettext_lazy("ผู้ค้ำที่ออก"), required=False)
    guarantor = MemberField(label=gettext_lazy("ผู้ค้ำคนใหม่ เป็นสมาชิก"), required=False)
    name = ThaiTextField(label=gettext_lazy("หรือคนนอก ชื่อ"), max_length=150, required=False)
    address = ThaiTextField(label=gettext_lazy("ที่อยู่ของคนนอก"), max_length=200, required=False)
    signed_on = ThaiDateField(label=gettext_lazy("ผู้ค้ำคนใหม่ลงชื่อวันที่"), required=False, latest=clock.today)

    def offer(self) -> None:
        """Those who answer now may go; members who do not may come."""
        choices = [("", _("ไม่มีคนออก")), *((str(one.pk), one.name) for one in self.answering)]
        self.fields["leaves"].choices = choices  # type: ignore[attr-defined]
        known = {one.member_id for one in self.loan.guarantors.all()} | {self.loan.member_id}
        people = [one for one in active(self.loan.kept.group) if one.pk not in known]
        self.fields["guarantor"].offer(people)  # type: ignore[attr-defined]

    @property
    def given(self) -> dict[str, Any]:
        """The one who goes, the one who comes."""
        said = self.cleaned_data
        named = NewGuarantor(said["guarantor"]) if said.get("guarantor") else NewGuarantor(None, said["name"], said["address"])
        leaves = next((one for one in self.answering if str(one.pk) == said["leaves"]), None)
        told = {name: said[name] for name in ("on", "resolution", "why", "signed_on")}
        return told | {"leaves": leaves, "comes": named if named.member or named.name else None}


class WriteOffForm(OfLoan):
    """What the allowance does not cover."""

    risk_fund = BahtField(label=gettext_lazy("ใช้ทุนประกันความเสี่ยง (บาท)"), required=False)
    charge = forms.ChoiceField(
        label=gettext_lazy("ส่วนที่เหลือลงเป็นค่าใช้จ่าย"),
        choices=[(chart.BAD_DEBTS, gettext_lazy("58200 หนี้สูญ")), (chart.DOUBTFUL, gettext_lazy("58100 หนี้สงสัยจะสูญ"))],
    )

    @property
    def given(self) -> dict[str, Any]:
        """No fund: nought."""
        return super().given | {"risk_fund": self.cleaned_data.get("risk_fund") or 0}


class NotifyForm(SajjaForm):
    """The letter went out."""

    sent_on = ThaiDateField(label=gettext_lazy("ส่งหนังสือวันที่"), latest=clock.today, initial=clock.today)
    how = ThaiTextField(
        label=gettext_lazy("ส่งอย่างไร"), max_length=100, help_text=gettext_lazy("เช่น ไปรษณีย์ลงทะเบียนเลขที่… หรือส่งมอบด้วยตนเอง")
    )


class RecoverForm(KeptForm):
    """Money on a debt that was written off."""

    amount = BahtField(label=gettext_lazy("รับ (บาท)"), min_satang=1)
    money = MoneyField(label=gettext_lazy("เก็บไว้ที่"))
    paper_no = ThaiTextField(label=gettext_lazy("เลขที่ใบรับเงินบนกระดาษ"), max_length=40, required=False)

    def __init__(self, loan: Loan, data: Any = None) -> None:
        super().__init__(loan.kept, data)

    def offer(self) -> None:
        """Everywhere money lies."""
        self.money_field("money").offer(self.places)


class BackForm(SajjaForm):
    """Why a step is taken back."""

    reason = ThaiTextField(label=gettext_lazy("ยกเลิกเพราะอะไร"), max_length=300)

    def __init__(self, _loan: Loan, data: Any = None) -> None:
        super().__init__(data)
