"""How a book is kept: from which day on, its rules; and changing the rules."""

from typing import Any, Final

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_lazy as _

from sajja.treasury.actions import RuleSet
from sajja.treasury.models import BookRules, InterestBase, OpeningDraft
from sajja.web import clock
from sajja.web.fields import BahtField, SajjaForm, ThaiDateField, ThaiIntegerField, ThaiTextField

MOST: Final = 10**13
DAYS: Final = [
    ("06-30 12-31", gettext_lazy("30 มิถุนายน และ 31 ธันวาคม")), ("12-31", gettext_lazy("31 ธันวาคม")),
    ("03-31 06-30 09-30 12-31", gettext_lazy("สิ้นไตรมาส")), ("", gettext_lazy("ไม่คิดดอกเบี้ย")),
]  # fmt: skip
STEPS: Final = [(25, gettext_lazy("25 สตางค์")), (50, gettext_lazy("50 สตางค์")), (100, gettext_lazy("1 บาท"))]


class RulesForm(SajjaForm):
    """How the book is kept; the rest stands in the group's regulation."""

    late_fine_satang = BahtField(label=_("ค่าปรับส่งสัจจะช้า (บาทต่อครั้ง)"), max_satang=1_000_000, initial=0)
    entry_fee_satang = BahtField(label=_("ค่าธรรมเนียมแรกเข้า (บาท)"), max_satang=10_000_000, initial=0)
    grace_days = ThaiIntegerField(label=_("ผ่อนผันหลังวันส่งได้ (วัน)"), min_value=0, max_value=60, initial=0)
    special_interest_base = forms.ChoiceField(label=_("คิดดอกเบี้ยสัจจะพิเศษจาก"), choices=InterestBase.choices)
    special_interest_days = forms.ChoiceField(label=_("วันที่ให้ดอกเบี้ย"), choices=DAYS, required=False, initial=DAYS[0][0])
    cash_limit_satang = BahtField(label=_("เก็บเงินสดไว้ได้ไม่เกิน (บาท)"), max_satang=MOST, initial=500_000)
    bank_within_days = ThaiIntegerField(label=_("นำฝากธนาคารภายใน (วัน)"), min_value=0, max_value=60, initial=3)
    cash_step_satang = forms.TypedChoiceField(label=_("จ่ายเงินสดได้ละเอียดถึง"), choices=STEPS, coerce=int, initial=25)
    collecting_name = ThaiTextField(
        label=_("กลุ่มเรียกวันส่งเงินสัจจะว่า"), required=False, max_length=60, help_text=_("เว้นว่างไว้ ระบบใช้คำว่า วันส่งเงินสัจจะ")
    )

    @property
    def rules(self) -> RuleSet:
        """What was typed."""
        return RuleSet(**{name: self.cleaned_data[name] for name in RulesForm.base_fields})

    def rule_fields(self) -> list[BoundField]:
        """The fields of the rules, in their order."""
        return [self[name] for name in RulesForm.base_fields]


class ChangeRulesForm(RulesForm):
    """Other rules from a day on."""

    in_force_from = ThaiDateField(label=_("ใช้ตั้งแต่วันที่"))

    field_order = ("in_force_from",)

    @classmethod
    def of(cls, rules: BookRules, data: Any) -> "ChangeRulesForm":
        """Filled in with the rules of today."""
        shown = {name: getattr(rules, name) for name in RulesForm.base_fields}
        return cls(data, initial=shown | {"in_force_from": clock.today()})


class StartForm(RulesForm):
    """From which day the book is kept here, and how."""

    opened_on = ThaiDateField(
        label=_("เริ่มลงบัญชีในระบบตั้งแต่วันที่"), latest=clock.today,
        help_text=_("ยอดที่จะใส่คือยอด ณ สิ้นวันก่อนหน้า เริ่มวันแรกของปีบัญชีง่ายที่สุด เริ่มกลางปีก็ได้"),
    )  # fmt: skip

    field_order = ("opened_on",)

    @classmethod
    def of(cls, draft: OpeningDraft | None, data: Any) -> "StartForm":
        """Filled in with what the draft says."""
        return cls(data, initial=draft.rules | {"opened_on": draft.opened_on} if draft else None)
