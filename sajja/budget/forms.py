"""The forms of the budget room."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sajja.budget.models import PaperKind, VoucherKind
from sajja.org.models import Person, Unit
from sajja.plans.models import PlanLine
from sajja.web import clock
from sajja.web.fields import BahtField, PictureField, SajjaForm, ThaiDateField, ThaiTextField


class NothingForm(SajjaForm):
    """A form without fields of its own: one press, one act."""


class ReasonForm(SajjaForm):
    """Why, for the record."""

    reason = ThaiTextField(label=_("เหตุผล"), lines=3, max_length=400)


class ChangesForm(SajjaForm):
    """What the officer should mend."""

    reason = ThaiTextField(
        label=_("ต้องแก้อะไร"), lines=4, max_length=400, help_text=_("บอกให้แก้ต่อได้ทันที เช่น ถ่ายรูปใบเสร็จเลขที่ 12 ใหม่ให้ชัด")
    )


class AllocateForm(SajjaForm):
    """A box for each unit below with what it shall have in all; the letter's number; a reason where someone gets less."""

    reference = ThaiTextField(label=_("เลขที่หนังสือจัดสรร"), max_length=100)
    reason = ThaiTextField(label=_("เหตุผล"), lines=2, max_length=400, required=False, help_text=_("ต้องบอกเมื่อมีหน่วยที่ได้น้อยลงกว่าเดิม"))

    def __init__(self, units: Iterable[Unit], first: Mapping[int, int], *args: Any, **kwargs: Any) -> None:
        initial = {f"unit_{key}": satang for key, satang in first.items()}
        super().__init__(*args, initial=initial, **kwargs)
        for unit in units:
            box = BahtField(label=unit.full_name, max_satang=10**12)
            self.fields[f"unit_{unit.pk}"] = box
            box.error_messages["required"] = gettext("ใส่จำนวนเงินของ%s ถ้าไม่จัดสรรให้ใส่ 0") % unit.full_name

    def wanted(self) -> dict[int, int]:
        """Unit's key → satang."""
        return {int(name[5:]): satang for name, satang in self.cleaned_data.items() if name.startswith("unit_")}


class LendForm(SajjaForm):
    """A contract of the district."""

    number = ThaiTextField(label=_("เลขที่สัญญาการยืมเงิน"), max_length=40, help_text=_("เช่น บย 12/2564"))
    borrower = forms.ChoiceField(label=_("ผู้ยืม"))
    satang = BahtField(label=_("จำนวนเงิน (บาท)"), min_satang=1)
    purpose = ThaiTextField(label=_("ยืมไปเพื่อ"), max_length=250)
    paid_on = ThaiDateField(label=_("วันที่รับเงิน"), latest=clock.today)
    due = ThaiDateField(label=_("วันครบกำหนดส่งใช้"), required=False)

    def __init__(self, borrowers: Iterable[Person], days: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["borrower"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(one.pk), one.full_name) for one in borrowers]
        self.fields["due"].help_text = gettext("เว้นว่างได้ ระบบนับให้ %d วันจากวันรับเงิน") % days


class VoucherForm(SajjaForm):
    """A paper, as it lies before the officer."""

    kind = forms.ChoiceField(label=_("ซื้ออะไร"), choices=VoucherKind.choices, widget=forms.RadioSelect)
    what = ThaiTextField(label=_("รายการ"), max_length=250, help_text=_("เช่น อาหารว่างและเครื่องดื่ม 15 ชุด"))
    line = forms.ChoiceField(label=_("กิจกรรมตามแผนของกลุ่ม"), required=False)
    satang = BahtField(label=_("จำนวนเงินตามใบเสร็จ (บาท)"), min_satang=1)
    paper = forms.ChoiceField(
        label=_("หลักฐาน"), choices=PaperKind.choices, widget=forms.RadioSelect, initial=PaperKind.RECEIPT,
        help_text=_("ผู้ขายไม่มีใบเสร็จ ให้ใช้ใบสำคัญรับเงิน พิมพ์ได้จากหน้าใบสำคัญ ไม่ต้องเก็บสำเนาบัตรประชาชน"),
    )  # fmt: skip
    seller = ThaiTextField(label=_("ชื่อร้านหรือผู้ขาย"), max_length=150)
    number = ThaiTextField(label=_("เลขที่ใบเสร็จ"), max_length=40, required=False)
    on = ThaiDateField(label=_("วันที่ในใบเสร็จ"), latest=clock.today)
    picture = PictureField(label=_("รูปใบเสร็จ"), required=False)

    def __init__(self, lines: Iterable[PlanLine], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["line"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", gettext("การจัดเวที ไม่ใช่กิจกรรมในแผน")), *((str(one.pk), str(one)) for one in lines)]


class PictureForm(SajjaForm):
    """The picture of a paper."""

    picture = PictureField(label=_("รูปใบเสร็จ"))


class ReturnForm(SajjaForm):
    """Money brought back."""

    satang = BahtField(label=_("จำนวนเงินที่ส่งคืน (บาท)"), min_satang=1)
    receipt = ThaiTextField(label=_("เลขที่ใบเสร็จรับเงินของสำนักงาน"), max_length=60, help_text=_("เช่น บค 12/34"))
    on = ThaiDateField(label=_("วันที่ส่งคืน"), latest=clock.today)
