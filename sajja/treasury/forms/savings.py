"""What is typed about a member's savings."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy

from sajja.groups.models import GroupBook, Member
from sajja.groups.queries import active
from sajja.treasury.forms.choices import KeptForm, MemberField, MoneyField, ResolutionField
from sajja.treasury.models import ConfirmationAnswer, Settlement
from sajja.web import clock
from sajja.web.fields import BahtField, SajjaForm, ThaiDateField, ThaiTextField

AMOUNT = gettext_lazy("จำนวนเงิน (บาท)")


class SpecialInForm(KeptForm):
    """Special savings brought between collecting days."""

    satang = BahtField(label=AMOUNT, min_satang=1)
    money = MoneyField(label=gettext_lazy("เก็บไว้ที่"))
    memo = ThaiTextField(label=gettext_lazy("หมายเหตุ"), required=False, max_length=200)

    def offer(self) -> None:
        """Everywhere money lies."""
        self.money_field("money").offer(self.places)


class SpecialOutForm(KeptForm):
    """Special savings taken out."""

    satang = BahtField(label=AMOUNT, min_satang=1)
    money = MoneyField(label=gettext_lazy("จ่ายจาก"))
    memo = ThaiTextField(label=gettext_lazy("หมายเหตุ"), required=False, max_length=200)

    def offer(self) -> None:
        """Only where something lies."""
        self.money_field("money").offer(self.places, taking=0)


class TransferForm(KeptForm):
    """Pledged savings that pass to another of the family."""

    taker = MemberField(label=gettext_lazy("โอนให้"))
    satang = BahtField(label=AMOUNT, min_satang=1)
    memo = ThaiTextField(label=gettext_lazy("หมายเหตุ"), required=False, max_length=200)

    def __init__(self, kept: GroupBook, data: Any = None, *, giver: Member, **kwargs: Any) -> None:
        self.giver = giver
        super().__init__(kept, data, **kwargs)

    def offer(self) -> None:
        """The others of the family."""
        family = active(self.kept.group).filter(family=self.giver.family_id or 0).exclude(pk=self.giver.pk)
        self.fields["taker"].offer(family)  # type: ignore[attr-defined]


class SettleForm(KeptForm):
    """A member leaves, or has died."""

    why = forms.ChoiceField(label=gettext_lazy("พ้นสมาชิกภาพเพราะ"), choices=Settlement.Why.choices)
    because = ThaiTextField(label=gettext_lazy("รายละเอียด"), max_length=250)
    money = MoneyField(label=gettext_lazy("จ่ายจาก"), required=False)
    set_off = forms.BooleanField(
        label=gettext_lazy("หักชำระหนี้เงินกู้จากเงินออมก่อน (ผู้ลาออกหรือทายาทลงลายมือชื่อยินยอมในใบสรุป)"), required=False
    )
    resolution = ResolutionField()

    @property
    def given(self) -> dict[str, Any]:
        """Its day, and why as the settlement keeps it."""
        given = super().given
        return given | {"day": given.pop("date"), "why": Settlement.Why(given["why"])}

    def offer(self) -> None:
        """Where something lies; nothing chosen: it waits."""
        field = self.money_field("money")
        field.offer(self.places, taking=0)
        offered = [(key, str(row)) for key, row in cast(list[tuple[str, object]], field.choices) if key]
        field.choices = [("", gettext_lazy("ยังไม่จ่าย ตั้งเป็นเงินรอจ่ายไว้ก่อน")), *offered]
        self.fields["resolution"].offer(self.kept)  # type: ignore[attr-defined]


class PayLeaverForm(KeptForm):
    """What waits is fetched."""

    money = MoneyField(label=gettext_lazy("จ่ายจาก"))

    def offer(self) -> None:
        """Where something lies."""
        self.money_field("money").offer(self.places, taking=0)


class TakeBackForm(SajjaForm):
    """The membership goes on."""

    reason = ThaiTextField(label=gettext_lazy("ยกเลิกเพราะอะไร"), max_length=200)
    date = ThaiDateField(label=gettext_lazy("ลงวันที่"), latest=clock.today)


class InterestForm(SajjaForm):
    """The day of an interest run."""

    day = ThaiDateField(label=gettext_lazy("วันที่คิดดอกเบี้ย"), latest=clock.today)


class ConfirmDayForm(SajjaForm):
    """The day of which balances are to be confirmed."""

    on = ThaiDateField(label=gettext_lazy("ยอด ณ วันที่"), latest=clock.today)


class AnswerForm(SajjaForm):
    """What came back on a slip."""

    answer = forms.ChoiceField(
        label=gettext_lazy("สมาชิกตอบว่า"), choices=[c for c in ConfirmationAnswer.choices if c[0]], widget=forms.RadioSelect
    )
    said_satang = BahtField(label=gettext_lazy("ยอดรวมที่สมาชิกบอก (บาท)"), required=False)
    solved = ThaiTextField(
        label=gettext_lazy("แก้ไขอย่างไร"), required=False, max_length=250, lines=2,
        help_text=gettext_lazy("เช่น สมุดคู่ฝากลงตก 1 รายการ ลงให้แล้ว"),
    )  # fmt: skip


class CallInForm(SajjaForm):
    """A slip is called in."""

    reason = ThaiTextField(
        label=gettext_lazy("เรียกคืนเพราะอะไร"), max_length=250, help_text=gettext_lazy("เช่น สมาชิกทำใบหาย หรือให้ผิดคน")
    )
