"""The forms of the members: joining, changing, pledging, beneficiaries, family, the order of calling, leaving."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sajja.groups import queries
from sajja.groups.actions import NewBeneficiary, NewMember, identity
from sajja.groups.forms import PercentField, ReasonForm
from sajja.groups.models import Beneficiary, Member, MemberKind, MemberStatus, Resolution, SavingsGroup, Sex, percent_of_bp
from sajja.lib.digits import arabic
from sajja.lib.national_id import parse
from sajja.lib.refusals import Refused
from sajja.lib.thai_dates import month_name
from sajja.web import clock
from sajja.web.fields import BahtField, SajjaForm, ThaiDateField, ThaiTextField

SEXES = [("", gettext_lazy("ไม่ระบุ")), *Sex.choices]
MARITAL = [("", gettext_lazy("ไม่ระบุ")), *((word, word) for word in (
    gettext_lazy("โสด"), gettext_lazy("สมรส"), gettext_lazy("หม้าย"), gettext_lazy("หย่า"), gettext_lazy("แยกกันอยู่"),
))]  # fmt: skip
LINES = 3
MONTHS_BACK, MONTHS_AHEAD = 24, 12
BETWEEN = ", "


def phone_field() -> ThaiTextField:
    """A telephone number as people write it."""
    return ThaiTextField(
        label=gettext_lazy("โทรศัพท์"), max_length=30, required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off", "class": "short"}),
    )  # fmt: skip


class NationalIdField(ThaiTextField):
    """A national ID in digits; gives its 13 digits or ""."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "numeric", "autocomplete": "off", "class": "short"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        kwargs.setdefault("help_text", gettext_lazy("13 หลัก เก็บแบบเข้ารหัส หน้าจอแสดงเพียง 3 ตัวท้าย"))
        super().__init__(max_length=30, required=False, **kwargs)

    def to_python(self, value: Any) -> Any:
        """Checked by its check digit; what is wrong is said without the number."""
        text = super().to_python(value)
        try:
            return parse(text) if text else ""
        except ValueError as wrong:
            raise ValidationError(str(wrong)) from None


class PersonForm(SajjaForm):
    """What the group's own application form asks about a person."""

    number = ThaiTextField(
        label=gettext_lazy("เลขที่สมาชิก"), max_length=20,
        widget=forms.TextInput(attrs={"class": "short", "autocomplete": "off"}),
    )  # fmt: skip
    name = ThaiTextField(label=gettext_lazy("ชื่อและนามสกุล"), max_length=150, help_text=gettext_lazy("รวมคำนำหน้า เช่น นางคำปุ่น ใจซื่อ"))
    joined_on = ThaiDateField(label=gettext_lazy("เป็นสมาชิกตั้งแต่วันที่"), latest=clock.today)
    kind = forms.ChoiceField(label=gettext_lazy("ประเภทสมาชิก"), choices=MemberKind.choices)
    guardian = ThaiTextField(
        label=gettext_lazy("เลขที่สมาชิกของผู้ปกครอง"), max_length=20, required=False,
        help_text=gettext_lazy("เฉพาะสมาชิกเด็กและเยาวชน"),
        widget=forms.TextInput(attrs={"class": "short", "autocomplete": "off"}),
    )  # fmt: skip
    national_id = NationalIdField(label=gettext_lazy("เลขประจำตัวประชาชน"))
    sex = forms.ChoiceField(label=gettext_lazy("เพศ"), choices=SEXES, required=False)
    born_on = ThaiDateField(label=gettext_lazy("วันเกิด"), latest=clock.today, required=False)
    phone = phone_field()
    address = ThaiTextField(label=gettext_lazy("ที่อยู่"), max_length=300, lines=2, required=False)
    marital_status = forms.ChoiceField(label=gettext_lazy("สถานภาพสมรส"), choices=MARITAL, required=False)
    spouse_name = ThaiTextField(label=gettext_lazy("ชื่อคู่สมรส"), max_length=150, required=False)
    occupation = ThaiTextField(label=gettext_lazy("อาชีพหลัก"), max_length=150, required=False)
    side_occupation = ThaiTextField(label=gettext_lazy("อาชีพรอง"), max_length=150, required=False)
    income_satang = BahtField(label=gettext_lazy("รายได้ต่อเดือน (บาท)"), required=False)
    other_memberships = ThaiTextField(label=gettext_lazy("เป็นสมาชิกกลุ่มหรือองค์กรอื่น"), max_length=300, required=False)
    witness_1 = ThaiTextField(label=gettext_lazy("พยานคนที่ 1"), max_length=140, required=False)
    witness_2 = ThaiTextField(label=gettext_lazy("พยานคนที่ 2"), max_length=140, required=False)

    def __init__(self, group: SavingsGroup, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group = group

    def clean(self) -> dict[str, Any]:
        """The witnesses in one text."""
        cleaned = dict(super().clean() or self.cleaned_data)
        cleaned["witnesses"] = BETWEEN.join(filter(None, [cleaned.pop("witness_1", ""), cleaned.pop("witness_2", "")]))
        return cleaned


class ChangeMemberForm(PersonForm):
    """The same of someone who is a member, and why it changes; an empty national ID stays as it is."""

    reason = ThaiTextField(label=gettext_lazy("เหตุที่แก้"), max_length=300, required=False)

    @classmethod
    def of(cls, member: Member, data: Mapping[str, Any] | None) -> "ChangeMemberForm":
        """Filled with what stands in the register, the national ID aside."""
        first, _between, second = member.witnesses.partition(BETWEEN)
        special = {"guardian", "national_id", "reason", "witness_1", "witness_2"}
        initial = {name: getattr(member, name) for name in cls.base_fields if name not in special}
        initial |= {"guardian": member.guardian.number if member.guardian else "", "witness_1": first, "witness_2": second}
        return cls(member.group, data, initial=initial)

    @property
    def changes(self) -> dict[str, Any]:
        """What to change, the guardian as a member."""
        cleaned = {name: value for name, value in self.cleaned_data.items() if name != "reason"}
        number = cleaned.pop("guardian")
        guardian = queries.member_of(self.group, number) if number else None
        if number and guardian is None:
            raise Refused(_("ไม่พบผู้ปกครองเลขที่ %(numbers)s ในทะเบียน") % {"numbers": number}, "guardian")
        return cleaned | {"guardian": guardian}


class BeneficiaryLines(SajjaForm):
    """Up to three beneficiaries with their shares; a line without a name is left out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        add_lines(self)

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The fields of the lines."""
        return lines_of(self)

    def clean(self) -> dict[str, Any]:
        """The lines as beneficiaries."""
        cleaned = dict(super().clean() or self.cleaned_data)
        cleaned["beneficiaries"] = beneficiaries_of(self, cleaned)
        return cleaned


def add_lines(form: forms.BaseForm) -> None:
    """Put the fields of three beneficiaries on a form."""
    for n in range(1, LINES + 1):
        form.fields[f"heir_{n}"] = ThaiTextField(label=_("ชื่อผู้รับผลประโยชน์คนที่ %s") % n, max_length=150, required=False)
        form.fields[f"relation_{n}"] = ThaiTextField(label=_("ความสัมพันธ์ของคนที่ %s") % n, max_length=60, required=False)
        form.fields[f"share_{n}"] = PercentField(label=_("ร้อยละของคนที่ %s") % n, required=False)


def lines_of(form: forms.BaseForm) -> list[dict[str, Any]]:
    """The fields of the beneficiaries, line by line."""
    parts = ("heir", "relation", "share")
    return [{"number": n, **{part: form[f"{part}_{n}"] for part in parts}} for n in range(1, LINES + 1)]


def beneficiaries_of(form: forms.BaseForm, cleaned: dict[str, Any]) -> list[NewBeneficiary]:
    """Take the lines out of the cleaned data; one alone without a share gets all."""
    found: list[tuple[int, NewBeneficiary]] = []
    for n in range(1, LINES + 1):
        name, relation, share = (cleaned.pop(f"{part}_{n}", None) for part in ("heir", "relation", "share"))
        if name:
            found.append((n, NewBeneficiary(name, relation or "", share or 0)))
        elif share:
            form.add_error(f"heir_{n}", _("ใส่ชื่อของผู้ที่ได้ร้อยละนี้"))
    if len(found) == 1 and not found[0][1].share_bp:
        return [found[0][1]._replace(share_bp=10_000)]
    for n, one in found:
        if not one.share_bp:
            form.add_error(f"share_{n}", _("ใส่ร้อยละของ %s") % one.name)
    if found and (total := sum(one.share_bp for _n, one in found)) != 10_000:
        form.add_error(f"share_{found[-1][0]}", _("รวมกันต้องได้ร้อยละ 100 ตอนนี้รวมได้ %s") % percent_of_bp(total))
    return [one for _n, one in found]


def resolution_field(group: SavingsGroup, label: str, *about: str) -> "ResolutionChoice":
    """The resolutions that stand, to name one of."""
    field = ResolutionChoice(queryset=queries.resolutions_of(group, *about), label=label, required=False)
    field.empty_label = _("ไม่ระบุ")
    return field


class ResolutionChoice(forms.ModelChoiceField[Resolution]):
    """Resolutions told by meeting, number and words."""

    def label_from_instance(self, obj: Resolution) -> str:
        """ประชุมคณะกรรมการ 5 มิ.ย. 2564 มติที่ 1: …"""
        return queries.told(obj)


class NewMemberForm(PersonForm):
    """Someone who joins: the first part is short, the rest is folded away."""

    pledge_satang = BahtField(label=gettext_lazy("สัจจะเดือนละ (บาท)"), required=False)
    family = ThaiTextField(
        label=gettext_lazy("รหัสครอบครัว"), max_length=20, required=False,
        widget=forms.TextInput(attrs={"class": "short", "autocomplete": "off"}),
    )  # fmt: skip
    resolution = forms.Field(label=gettext_lazy("มติรับเป็นสมาชิก"), required=False)

    def __init__(self, group: SavingsGroup, *args: Any, **kwargs: Any) -> None:
        super().__init__(group, *args, **kwargs)
        add_lines(self)
        self.fields["resolution"] = resolution_field(group, _("มติรับเป็นสมาชิก"), "join")

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The fields of the beneficiaries."""
        return lines_of(self)

    @property
    def has_more(self) -> bool:
        """Whether the folded part holds an error, so that it must be open."""
        first = {"number", "name", "joined_on", "pledge_satang", "kind", "guardian", "national_id", "__all__"}
        return bool(set(self.errors) - first)

    def clean(self) -> dict[str, Any]:
        """The beneficiaries beside the rest."""
        cleaned = super().clean()
        cleaned["beneficiaries"] = beneficiaries_of(self, cleaned)
        return cleaned

    @property
    def member(self) -> NewMember:
        """What was typed, the national ID sealed."""
        given: dict[str, Any] = {
            name: value for name, value in self.cleaned_data.items() if name not in {"national_id", "resolution"}
        }
        given |= {"pledge_satang": given["pledge_satang"] or 0, **identity(self.cleaned_data["national_id"])}
        return NewMember(**given)


class PledgeForm(SajjaForm):
    """How much from which month on."""

    amount_satang = BahtField(label=gettext_lazy("สัจจะเดือนละ (บาท)"))
    effective_from = forms.TypedChoiceField(label=gettext_lazy("ตั้งแต่งวดเดือน"), coerce=date.fromisoformat)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = clock.today()
        field = self.fields["effective_from"]
        assert isinstance(field, forms.ChoiceField)
        months = [month_after(today, count) for count in range(MONTHS_AHEAD, -MONTHS_BACK - 1, -1)]
        field.choices = [(month.isoformat(), f"{month_name(month.month)} {month.year + 543}") for month in months]
        field.initial = month_after(today, 1).isoformat()


def month_after(day: date, count: int) -> date:
    """The first of the month so many months after (or before) the day's."""
    months = day.year * 12 + day.month - 1 + count
    return date(months // 12, months % 12 + 1, 1)


class BeneficiariesForm(BeneficiaryLines):
    """Who gets the savings after death, and why it changes."""

    @classmethod
    def of(cls, member: Member, data: Mapping[str, Any] | None) -> "BeneficiariesForm":
        """Filled with those who count now."""
        now = Beneficiary.objects.filter(member=member, counts=True).order_by("position")
        initial: dict[str, Any] = {}
        for n, one in enumerate(now, 1):
            initial |= {f"heir_{n}": one.name, f"relation_{n}": one.relation, f"share_{n}": one.share_bp}
        return cls(data, initial=initial)


class FamilyForm(SajjaForm):
    """The family's code; members of one code are one family."""

    code = ThaiTextField(
        label=gettext_lazy("รหัสครอบครัว"), max_length=20, required=False,
        help_text=gettext_lazy("เช่น บ้านเลขที่ สมาชิกที่รหัสเดียวกันเป็นครอบครัวเดียวกัน เว้นว่างเพื่อออกจากครอบครัว"),
        widget=forms.TextInput(attrs={"class": "short", "autocomplete": "off"}),
    )  # fmt: skip
    name = ThaiTextField(
        label=gettext_lazy("ชื่อครอบครัว"), max_length=150, required=False, help_text=gettext_lazy("เช่น ครอบครัวใจซื่อ")
    )
    others = ThaiTextField(
        label=gettext_lazy("เลขที่สมาชิกคนอื่นในครอบครัวนี้"), max_length=300, required=False,
        help_text=gettext_lazy("คั่นด้วยเครื่องหมาย , เช่น 12, 15"),
    )  # fmt: skip

    def __init__(self, member: Member, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member

    @classmethod
    def of(cls, member: Member, data: Mapping[str, Any] | None) -> "FamilyForm":
        """Filled with the family of today."""
        family = member.family
        if family is None:
            return cls(member, data)
        others = family.members.exclude(pk=member.pk).order_by("order").values_list("number", flat=True)
        return cls(member, data, initial={"code": family.code, "name": family.name, "others": BETWEEN.join(others)})

    def clean(self) -> dict[str, Any]:
        """The other members by their numbers."""
        cleaned = dict(super().clean() or self.cleaned_data)
        wanted = list(dict.fromkeys(filter(None, (one.strip() for one in arabic(cleaned.pop("others", "")).split(",")))))
        found = {one.number: one for one in Member.objects.filter(group=self.member.group, number__in=wanted)}
        if missing := [number for number in wanted if number not in found]:
            self.add_error("others", _("ไม่พบสมาชิกเลขที่ %s") % BETWEEN.join(missing))
        if wanted and not cleaned.get("code"):
            self.add_error("code", _("ใส่รหัสครอบครัวก่อน"))
        cleaned["members"] = [self.member, *(one for one in found.values() if one.pk != self.member.pk)]
        return cleaned


class EndForm(ReasonForm):
    """How, when and why a membership ended."""

    status = forms.ChoiceField(
        label=gettext_lazy("พ้นสมาชิกภาพเพราะ"), widget=forms.RadioSelect,
        choices=[(MemberStatus.LEFT.value, gettext_lazy("ลาออกหรือพ้นสมาชิกภาพ")), (MemberStatus.DIED.value, gettext_lazy("เสียชีวิต"))],
    )  # fmt: skip
    day = ThaiDateField(label=gettext_lazy("วันสุดท้ายที่เป็นสมาชิก"), latest=clock.today)
    field_order = ["status", "day", "reason"]

    def __init__(self, group: SavingsGroup, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["resolution"] = resolution_field(group, _("มติที่ให้พ้น"), "leave")
