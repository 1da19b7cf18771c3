"""Opening a book on one sheet: the day, the rules, what is brought in by heading and by member; and changing the rules."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from sajja.groups.models import Member
from sajja.lib.money import baht
from sajja.treasury import chart
from sajja.treasury.actions import OpeningLine, RuleSet
from sajja.treasury.models import BookRules, InterestBase
from sajja.web import clock
from sajja.web.fields import BahtField, SajjaForm, ThaiDateField, ThaiIntegerField, ThaiTextField

CONTRA: Final = ("13100", "17900")
MOST: Final = 10**13
COMMON: Final = {
    "11000", "12100", "13000", "17000", "17900", "20000", "23100", "31020", "33000", "34000", "34200", "34510", "34530", "40000",
}  # fmt: skip
OWN: Final = (chart.PLEDGED, chart.SPECIAL)
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


class OpenForm(RulesForm):
    """The whole opening. Each amount is typed on the account's own side, as the group's paper has it."""

    opened_on = ThaiDateField(label=_("เริ่มลงบัญชีในระบบตั้งแต่วันที่"), latest=clock.today)
    reason = ThaiTextField(
        label=_("เหตุผลของผลต่าง"), required=False, lines=2, max_length=200,
        help_text=_("ใส่เมื่อหาไม่พบจริง ๆ ระบบพักผลต่างไว้ที่บัญชี 33900 จนกว่าจะตรวจสอบได้ และกรรมการต้องลงชื่อรับรอง"),
    )  # fmt: skip

    def __init__(self, members: Sequence[Member], data: Any = None) -> None:
        super().__init__(data)
        self.members = list(members)
        for heading in chart.TEMPLATE:
            if heading.code != chart.OPENING_DIFFERENCE:
                self._add(f"h{heading.code}", f"{heading.code} {heading.name}")
        for member in self.members:
            for code in OWN:
                self._add(f"m{member.pk}-{code}", f"{member.name} {NAMES[code]}")

    def _add(self, name: str, label: str) -> None:
        self.fields[name] = BahtField(label=label, required=False, min_satang=None, max_satang=MOST)

    def boxes(self, kinds: str, *, common: bool) -> list[BoundField]:
        """The boxes of the headings of these kinds; those typed by member are not among them where there are members."""
        by_member = OWN if self.members else ()
        shown = [h for h in chart.TEMPLATE if h.kind in kinds and f"h{h.code}" in self.fields and h.code not in by_member]
        return [self[f"h{heading.code}"] for heading in shown if (heading.code in COMMON) == common]

    def parts(self) -> list[tuple[str, list[BoundField], str]]:
        """The parts of the sheet: a head, its boxes, whether it is folded away ("", "shut", "open")."""
        rare = self.boxes("ALQ", common=False)
        so_far = self.boxes("IE", common=False)
        return [
            (gettext("สินทรัพย์ (กลุ่มมีอะไร)"), self.boxes("A", common=True), ""),
            (gettext("หนี้สิน (กลุ่มเป็นหนี้ใคร)"), self.boxes("L", common=True), ""),
            (gettext("ทุน"), self.boxes("Q", common=True), ""),
            (gettext("บัญชีอื่นที่กลุ่มอาจมี"), rare, _folded(rare)),
            (gettext("รายได้และค่าใช้จ่ายตั้งแต่ต้นปี (เฉพาะเริ่มกลางปี)"), so_far, _folded(so_far)),
        ]

    def own(self) -> list[tuple[Member, list[BoundField]]]:
        """Each member with the boxes of pledged and special savings."""
        return [(member, [self[f"m{member.pk}-{code}"] for code in OWN]) for member in self.members]

    def clean(self) -> dict[str, Any]:
        """Both sides agree, or a reason stands for the difference."""
        cleaned = super().clean() or self.cleaned_data
        difference = sum(line.satang for line in self._typed(cleaned))
        if difference and not cleaned.get("reason"):
            side = gettext("สินทรัพย์และค่าใช้จ่ายมากกว่า") if difference > 0 else gettext("หนี้สิน ทุน และรายได้มากกว่า")
            raise ValidationError(
                gettext("ยอดสองข้างยังไม่เท่ากัน ต่างกัน %(baht)s บาท (%(side)s) ตรวจกับสมุดเดิมอีกครั้ง")
                % {"baht": baht(abs(difference)), "side": side}
            )
        return cleaned

    def lines(self) -> list[OpeningLine]:
        """What is brought in, above nought on the debit side; what is left over stands in 33900."""
        found = list(self._typed(self.cleaned_data))
        if difference := sum(line.satang for line in found):
            found.append(OpeningLine(chart.OPENING_DIFFERENCE, -difference))
        return found

    @property
    def memo(self) -> str:
        """The words of the opening voucher."""
        reason = self.cleaned_data.get("reason")
        return gettext("ยอดยกมา ผลต่างรอตรวจสอบ: %(reason)s") % {"reason": reason} if reason else ""

    def _typed(self, cleaned: dict[str, Any]) -> Iterator[OpeningLine]:
        for heading in chart.TEMPLATE:
            if typed := cleaned.get(f"h{heading.code}"):
                debit = heading.kind in "AE" and heading.code not in CONTRA
                yield OpeningLine(heading.code, typed if debit else -typed)
        for member in self.members:
            for code in OWN:
                if typed := cleaned.get(f"m{member.pk}-{code}"):
                    yield OpeningLine(code, -typed, member)


NAMES: Final = {heading.code: heading.name for heading in chart.TEMPLATE}


def _folded(boxes: Sequence[BoundField]) -> str:
    """Open where something was typed."""
    return "open" if any(box.value() for box in boxes) else "shut"
