"""What is typed about lending: a product, an application, what the committee resolved, the contract, paying out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sajja.groups.forms import PercentField
from sajja.groups.models import GroupBook, Member, Resolution
from sajja.groups.queries import active, resolutions_of
from sajja.lib.money import baht
from sajja.lib.thai_dates import short
from sajja.treasury.actions.lending import Decision, NewGuarantor, NewProduct
from sajja.treasury.forms.choices import CHOOSE, KeptForm, MemberField, MoneyField
from sajja.treasury.models import InterestBy, Loan, LoanProduct, ProductKind, Purpose
from sajja.treasury.models.loans import Method, Order, Rounding
from sajja.treasury.queries.lending import first_due_after, first_fee
from sajja.treasury.queries.loans import exposures
from sajja.web import clock
from sajja.web.fields import BahtField, SajjaForm, ThaiDateField, ThaiIntegerField, ThaiTextField

GUARANTORS: Final = 5
YES, NO, LATER = "yes", "no", ""


class ProductForm(SajjaForm):
    """A kind of loan; what few groups change stands folded."""

    name = ThaiTextField(label=gettext_lazy("ชื่อประเภทเงินกู้"), max_length=80, help_text=gettext_lazy("เช่น เงินกู้สามัญ เงินกู้เพื่อการศึกษา"))
    kind = forms.ChoiceField(label=gettext_lazy("ใช้เพื่อ"), choices=ProductKind.choices)
    rate_bp = PercentField(label=gettext_lazy("ดอกเบี้ย ร้อยละต่อปี"), help_text=gettext_lazy("ไม่เกินร้อยละ 15 ร้อยละ 1 ต่อเดือนให้ใส่ 12"))
    method = forms.ChoiceField(
        label=gettext_lazy("วิธีคิดดอกเบี้ย"), choices=Method.choices, widget=forms.RadioSelect, initial=Method.EQUAL_INSTALMENT
    )
    most_instalments = ThaiIntegerField(label=gettext_lazy("ผ่อนได้ไม่เกิน (งวดเดือน)"), min_value=1, max_value=360, initial=12)
    most_satang = BahtField(
        label=gettext_lazy("กู้ได้ไม่เกิน (บาท)"), min_satang=1, required=False, help_text=gettext_lazy("เว้นว่างถ้าไม่กำหนด")
    )
    savings_times = ThaiIntegerField(
        label=gettext_lazy("กู้ได้ไม่เกินกี่เท่าของเงินสัจจะสะสม"), min_value=1, max_value=100, required=False,
        help_text=gettext_lazy("เว้นว่างถ้าไม่กำหนด"),
    )  # fmt: skip
    guarantors_wanted = ThaiIntegerField(label=gettext_lazy("ต้องมีผู้ค้ำประกัน (คน)"), min_value=0, max_value=GUARANTORS, initial=2)
    fine_satang = BahtField(label=gettext_lazy("ค่าปรับเมื่อชำระช้า (บาทต่อครั้ง)"), initial=0, help_text=gettext_lazy("ไม่มีให้ใส่ 0"))
    interest_by = forms.ChoiceField(label=gettext_lazy("คิดดอกเบี้ย"), choices=InterestBy.choices, initial=InterestBy.MONTH)
    multiple_satang = forms.TypedChoiceField(
        label=gettext_lazy("ยอดแต่ละงวด"), coerce=int, initial=1,
        choices=[(1, gettext_lazy("เป็นบาทและสตางค์")), (100, gettext_lazy("เป็นบาทถ้วน"))],
    )  # fmt: skip
    rounding = forms.ChoiceField(label=gettext_lazy("การปัดเศษสตางค์"), choices=Rounding.choices, initial=Rounding.HALF_UP)
    grace = ThaiIntegerField(label=gettext_lazy("งวดแรก ๆ ที่จ่ายแต่ดอกเบี้ย (งวด)"), min_value=0, max_value=60, initial=0)
    order = forms.ChoiceField(label=gettext_lazy("รับชำระแล้วตัดอะไรก่อน"), choices=Order.choices, initial=Order.BY_INSTALMENT)
    forgives_later_interest = forms.BooleanField(
        label=gettext_lazy("ปิดสัญญาก่อนกำหนด ไม่คิดดอกเบี้ยของงวดที่ยังไม่ถึง"), required=False, initial=True
    )
    fee_satang = BahtField(label=gettext_lazy("ค่าธรรมเนียมครั้งเดียวตอนกู้ (บาท)"), initial=0)
    yearly_fee_bp = PercentField(
        label=gettext_lazy("ค่าธรรมเนียม ร้อยละต่อปีของเงินกู้"), initial=0, help_text=gettext_lazy("กฎหมายนับรวมกับดอกเบี้ย ไม่มีให้ใส่ 0")
    )

    FOLDED: Final = (
        "interest_by", "multiple_satang", "rounding", "grace", "order", "forgives_later_interest", "fee_satang", "yearly_fee_bp",
    )  # fmt: skip

    @property
    def usual(self) -> list[BoundField]:
        """What every group fills in."""
        return [bound for bound in self if bound.name not in self.FOLDED]

    @property
    def folded(self) -> list[BoundField]:
        """The rest."""
        return [self[name] for name in self.FOLDED]

    @property
    def folded_wrong(self) -> bool:
        """Whether the rest must stand open."""
        return any(name in self.errors for name in self.FOLDED)

    @property
    def product(self) -> NewProduct:
        """As the act takes it; call after is_valid."""
        return NewProduct(**self.cleaned_data)

    @property
    def terms(self) -> LoanProduct | None:
        """What can be reckoned of what is typed so far."""
        self.is_valid()
        said = self.cleaned_data
        wanted = ("method", "rate_bp", "grace", "multiple_satang", "rounding", "fee_satang", "yearly_fee_bp", "most_instalments")
        return (
            LoanProduct(**{name: said[name] for name in wanted}) if all(said.get(name) is not None for name in wanted) else None
        )


class ApplyForm(SajjaForm):
    """What the member asks for, as the group's paper form has it."""

    member = MemberField(label=gettext_lazy("ผู้ขอกู้"))
    product = forms.ChoiceField(label=gettext_lazy("ประเภทเงินกู้"), widget=forms.RadioSelect)
    amount = BahtField(label=gettext_lazy("จำนวนเงินที่ขอกู้ (บาท)"), min_satang=100)
    instalments = ThaiIntegerField(label=gettext_lazy("ผ่อนกี่งวด (เดือน)"), min_value=1, max_value=360)
    purpose = forms.ChoiceField(label=gettext_lazy("กู้ไปใช้"), choices=[("", CHOOSE), *Purpose.choices])
    purpose_words = ThaiTextField(label=gettext_lazy("รายละเอียด"), max_length=150, required=False)
    spouse = ThaiTextField(
        label=gettext_lazy("ชื่อคู่สมรส"), max_length=150, required=False,
        help_text=gettext_lazy("ให้ลงชื่อยินยอมในสัญญา เว้นว่างถ้าไม่มีคู่สมรส"),
    )  # fmt: skip
    applied_on = ThaiDateField(label=gettext_lazy("วันที่ยื่นคำขอ"), latest=clock.today)

    def __init__(self, kept: GroupBook, products: Sequence[LoanProduct], data: Any = None, **kwargs: Any) -> None:
        kwargs["initial"] = {"applied_on": clock.today()} | (kwargs.get("initial") or {})
        super().__init__(data, **kwargs)
        self.kept, self.products = kept, {str(one.pk): one for one in products if one.active}
        people = list(active(kept.group))
        answering = exposures(people, clock.today())
        words = {key: _("(ค้ำอยู่ %(sum)s บาท)") % {"sum": baht(sum_)} for key, sum_ in answering.items() if sum_}
        self.fields["member"].offer(people)  # type: ignore[attr-defined]
        self.fields["product"].choices = list(self.products.items())  # type: ignore[attr-defined]
        if len(self.products) == 1:
            self.fields["product"].initial = next(iter(self.products))
        for n in range(1, GUARANTORS + 1):
            chosen = MemberField(label=_("ผู้ค้ำคนที่ %s เป็นสมาชิก") % n, required=False)
            chosen.offer(people, words)
            self.fields[f"guarantor_{n}"] = chosen
            self.fields[f"name_{n}"] = ThaiTextField(label=_("หรือคนนอก ชื่อ"), max_length=150, required=False)
            self.fields[f"address_{n}"] = ThaiTextField(label=_("ที่อยู่ของคนนอก"), max_length=200, required=False)

    def clean_product(self) -> LoanProduct:
        """The product itself."""
        return self.products[self.cleaned_data["product"]]

    @property
    def places(self) -> list[tuple[int, list[BoundField]]]:
        """A place for each guarantor."""
        return [(n, [self[f"guarantor_{n}"], self[f"name_{n}"], self[f"address_{n}"]]) for n in range(1, GUARANTORS + 1)]

    @property
    def guarantors(self) -> list[NewGuarantor]:
        """Who was named."""
        said = self.cleaned_data
        rows = [
            NewGuarantor(said.get(f"guarantor_{n}"), said.get(f"name_{n}") or "", said.get(f"address_{n}") or "")
            for n in range(1, GUARANTORS + 1)
        ]
        return [one._replace(name="", address="") if one.member else one for one in rows if one.member or one.name]

    @property
    def answering(self) -> list[Member]:
        """The members among them."""
        return [one.member for one in self.guarantors if one.member]

    @property
    def given(self) -> dict[str, Any]:
        """What the act is told."""
        places = ("guarantor_", "name_", "address_")
        return {name: said for name, said in self.cleaned_data.items() if not name.startswith(places)} | {
            "guarantors": self.guarantors
        }


class LoanResolutionField(forms.ChoiceField):
    """A resolution about loans that stands, newest meeting first; gives the Resolution."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=gettext_lazy("มติของการประชุม"), **kwargs)
        self.resolutions: dict[str, Resolution] = {}

    def offer(self, kept: GroupBook) -> None:
        """The newest fifty about loans."""
        self.resolutions = {str(row.pk): row for row in resolutions_of(kept.group, "loan")[:50]}
        shown = [(key, f"{short(r.meeting.day)} {r}: {r.text[:60]}") for key, r in self.resolutions.items()]
        self.choices = [("", CHOOSE), *shown]

    def clean(self, value: Any) -> Any:
        """The resolution."""
        return self.resolutions[super().clean(value)]


class ResolvedForm(SajjaForm):
    """A form that a resolution about loans stands under."""

    resolution = LoanResolutionField()

    def __init__(self, kept: GroupBook, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        field = self.fields["resolution"]
        assert isinstance(field, LoanResolutionField)
        field.offer(kept)
        self.nothing_resolved = not field.resolutions

    def ask_about(self, loan: Loan, concerned: Sequence[str]) -> None:
        """Fields for one application, named by its key."""
        key = loan.pk
        choices = [(YES, _("อนุมัติ")), (NO, _("ไม่อนุมัติ")), (LATER, _("ยังไม่พิจารณา"))]
        self.fields[f"decision_{key}"] = forms.ChoiceField(
            label=_("ผลการพิจารณา"), choices=choices, widget=forms.RadioSelect, required=False, initial=LATER
        )
        self.fields[f"amount_{key}"] = BahtField(label=_("อนุมัติ (บาท)"), min_satang=100, initial=loan.asked_satang, required=False)
        self.fields[f"instalments_{key}"] = ThaiIntegerField(
            label=_("จำนวนงวด"), min_value=1, max_value=360, initial=loan.asked_instalments, required=False
        )
        self.fields[f"number_{key}"] = ThaiTextField(
            label=_("เลขที่สัญญา"), max_length=20, required=False, help_text=_("เว้นว่าง ระบบให้เลขถัดไป"),
            widget=forms.TextInput(attrs={"class": "short", "autocomplete": "off"}),
        )  # fmt: skip
        if concerned:
            self.fields[f"stepped_out_{key}"] = ThaiTextField(
                label=_("ใครออกจากที่ประชุมตอนลงมติ"), max_length=300, required=False, initial="",
                help_text=_("%(names)s เกี่ยวข้องกับเงินกู้นี้") % {"names": ", ".join(concerned)},
            )  # fmt: skip
        self.fields[f"why_{key}"] = ThaiTextField(label=_("เหตุผลที่ไม่อนุมัติ หรือเงื่อนไข"), max_length=300, required=False)

    def decision(self, loan: Loan) -> Decision | None:
        """What was resolved of it; None where it waits for another meeting."""
        said, key = self.cleaned_data, loan.pk
        answer = said.get(f"decision_{key}")
        if answer not in {YES, NO}:
            return None
        return Decision(
            loan, answer == YES, said.get(f"amount_{key}"), said.get(f"instalments_{key}"), said.get(f"why_{key}") or "",
            said.get(f"stepped_out_{key}") or "", said.get(f"number_{key}") or "",
        )  # fmt: skip

    def about(self, loan: Loan) -> list[BoundField]:
        """The fields of one application, in their order."""
        names = ("decision", "amount", "instalments", "number", "stepped_out", "why")
        return [self[f"{name}_{loan.pk}"] for name in names if f"{name}_{loan.pk}" in self.fields]


class ContractForm(SajjaForm):
    """The signed contract."""

    contract_on = ThaiDateField(label=gettext_lazy("วันที่ทำสัญญา"), latest=clock.today)
    first_due = ThaiDateField(label=gettext_lazy("งวดแรกครบกำหนดวันที่"))

    def __init__(self, loan: Loan, data: Any = None) -> None:
        today = clock.today()
        initial = {
            "contract_on": loan.contract_on or today, "first_due": loan.first_due or first_due_after(loan.kept, today),
            "spouse_agreed_on": loan.spouse_agreed_on or today,
        }  # fmt: skip
        super().__init__(data, initial=initial)
        self.signing = list(loan.guarantors.filter(freed_on__isnull=True).order_by("position"))
        if loan.spouse:
            self.fields["spouse_agreed_on"] = ThaiDateField(
                label=_("%(name)s คู่สมรส ลงชื่อยินยอมวันที่") % {"name": loan.spouse}, required=False, latest=clock.today,
                help_text=_("เว้นว่างถ้ายังไม่ได้ลงชื่อ"),
            )  # fmt: skip
        for one in self.signing:
            self.fields[f"signed_{one.pk}"] = forms.BooleanField(
                label=_("%(name)s ลงชื่อในหนังสือค้ำประกันแล้ว") % {"name": one.name}, required=False, initial=True
            )

    @property
    def given(self) -> dict[str, Any]:
        """What the act is told."""
        said = self.cleaned_data
        return {
            "contract_on": said["contract_on"], "first_due": said["first_due"], "spouse_agreed_on": said.get("spouse_agreed_on"),
            "signed": [one.pk for one in self.signing if said.get(f"signed_{one.pk}")],
        }  # fmt: skip


class PayOutForm(KeptForm):
    """The money goes to the borrower."""

    money = MoneyField(label=gettext_lazy("จ่ายจาก"))
    fee = BahtField(label=gettext_lazy("รับค่าธรรมเนียม (บาท)"), help_text=gettext_lazy("รับพร้อมกันในใบสำคัญนี้ ไม่มีให้ใส่ 0"))
    first_due = ThaiDateField(label=gettext_lazy("งวดแรกครบกำหนดวันที่"))
    paper_no = ThaiTextField(label=gettext_lazy("เลขที่ใบสำคัญบนกระดาษ"), max_length=40, required=False)

    def __init__(self, loan: Loan, data: Any = None) -> None:
        due = first_due_after(loan.kept, clock.today())
        if loan.first_due and loan.first_due > clock.today():
            due = loan.first_due
        initial = {"fee": first_fee(loan, loan.principal_satang), "first_due": due}
        super().__init__(loan.kept, data, initial=initial)

    def offer(self) -> None:
        """Only where something lies."""
        self.money_field("money").offer(self.places, taking=0)


class WithdrawForm(SajjaForm):
    """Not wanted any more."""

    reason = ThaiTextField(label=gettext_lazy("ยกเลิกเพราะอะไร"), max_length=300)
