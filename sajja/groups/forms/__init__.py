"""The forms of the register."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sajja.groups import queries
from sajja.groups.actions import NewCommitteeMember, NewRegulation
from sajja.groups.forms.uploads import SheetForm
from sajja.groups.models import CentreFounding, CommitteeMember, Office, Regulation, SavingsGroup, Section, Sex, percent_of_bp
from sajja.groups.sheet import Reading
from sajja.lib.digits import arabic
from sajja.lib.thai_dates import fiscal_year, month_name
from sajja.lib.thai_sort import sort_key
from sajja.org.door import AFTER
from sajja.org.models import Kind, Person, Unit
from sajja.web import clock
from sajja.web.fields import BahtField, SajjaForm, SheetField, ThaiDateField, ThaiIntegerField, ThaiTextField

PERCENT = re.compile(r"\d{1,3}(\.\d{1,2})?")
MEMBERS, SPARE = 24, 3
HEADS = 9
USUAL_HEADS = (
    gettext_lazy("ทุนสำรอง"),
    gettext_lazy("เงินปันผล"),
    gettext_lazy("เงินเฉลี่ยคืน"),
    gettext_lazy("ค่าตอบแทนกรรมการ"),
    gettext_lazy("สวัสดิการ"),
    gettext_lazy("สาธารณประโยชน์"),
)
LEVELS = [("3", gettext_lazy("ระดับ 3 (ดี)")), ("2", gettext_lazy("ระดับ 2 (พอใช้)")), ("1", gettext_lazy("ระดับ 1 (ปรับปรุง)"))]


class PercentField(forms.Field):
    """A percentage with at most two decimals; gives basis points (1/100 %) as `int`."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off", "class": "money-box short", "size": "6"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> int | None:
        """Basis points; a ValidationError where it is no percentage."""
        if value in self.empty_values:
            return None
        text = arabic(str(value)).strip().removesuffix("%").strip()
        if not PERCENT.fullmatch(text):
            raise ValidationError(_("ใส่ร้อยละเป็นตัวเลข เช่น 12 หรือ 12.5"))
        return int(Decimal(text) * 100)

    def prepare_value(self, value: Any) -> Any:
        """Basis points are shown as 12.5."""
        return percent_of_bp(value) if isinstance(value, int) else value


class GroupForm(SajjaForm):
    """What the register says of a group."""

    name = ThaiTextField(label=gettext_lazy("ชื่อกลุ่ม"), max_length=150)
    code = ThaiTextField(
        label=gettext_lazy("รหัสทะเบียน"), max_length=30, required=False, help_text=gettext_lazy("ตามทะเบียนของกรมฯ ยังไม่มีให้เว้นว่าง")
    )
    founded_on = ThaiDateField(label=gettext_lazy("วันก่อตั้ง"), required=False, latest=clock.today)
    contact_name = ThaiTextField(label=gettext_lazy("ผู้ติดต่อของกลุ่ม"), max_length=150, required=False)
    contact_phone = ThaiTextField(
        label=gettext_lazy("โทรศัพท์"), max_length=30, required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )  # fmt: skip

    @classmethod
    def of(cls, group: SavingsGroup, data: Mapping[str, Any] | None) -> "GroupForm":
        """Filled with what stands in the register."""
        initial = {name: getattr(group, name) for name in cls.base_fields} | {"code": group.code_shown}
        return cls(data, initial=initial)


class NewGroupForm(GroupForm):
    """A new group of a district, in one of the villages typed in there."""

    village = forms.ModelChoiceField(label=gettext_lazy("หมู่บ้านที่ตั้ง"), queryset=Unit.objects.none(), empty_label=None)
    field_order = ["village", "name"]

    def __init__(self, district: Unit, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        villages = Unit.objects.filter(kind=Kind.VILLAGE, path__gte=district.path, path__lt=district.path + AFTER)
        field = self.fields["village"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = villages.select_related("parent")
        field.choices = village_choices(list(field.queryset))


def village_choices(villages: Sequence[Unit]) -> list[tuple[str, Any]]:
    """Villages under their subdistricts in Thai order, by หมู่."""
    by_subdistrict: dict[str, list[Unit]] = {}
    for village in villages:
        by_subdistrict.setdefault(str(village.parent), []).append(village)
    choices: list[tuple[str, Any]] = [("", _("เลือกหมู่บ้าน"))]
    for name in sorted(by_subdistrict, key=sort_key):
        here = sorted(by_subdistrict[name], key=lambda village: village.path)
        choices.append((name, [(village.pk, village.short_name) for village in here]))
    return choices


class LevelForm(SajjaForm):
    """A grading of a group."""

    fiscal_year = ThaiIntegerField(label=gettext_lazy("ปีงบประมาณ"), min_value=2550, help_text=gettext_lazy("เป็น พ.ศ. เช่น 2564"))
    level = forms.TypedChoiceField(label=gettext_lazy("ระดับการพัฒนา"), choices=LEVELS, coerce=int, widget=forms.RadioSelect)
    source = ThaiTextField(
        label=gettext_lazy("ที่มา"), max_length=200, help_text=gettext_lazy("เช่น ผลการจัดระดับของอำเภอ ตามบันทึกเลขที่")
    )

    def clean_fiscal_year(self) -> int:
        """No grading of a year that has not come."""
        year, latest = int(self.cleaned_data["fiscal_year"]), fiscal_year(clock.today())
        if year > latest:
            raise ValidationError(_("ปีงบประมาณต้องไม่เกิน %s") % latest)
        return year


class CentreForm(SajjaForm):
    """That the group led the founding of a fund centre."""

    centre_name = ThaiTextField(label=gettext_lazy("ชื่อศูนย์จัดการกองทุนชุมชน"), max_length=150)
    year = ThaiIntegerField(
        label=gettext_lazy("ปีที่จัดตั้ง"), min_value=2500, max_value=2700, help_text=gettext_lazy("เป็น พ.ศ. เช่น 2560")
    )
    evidence = ThaiTextField(
        label=gettext_lazy("หลักฐาน"), max_length=300, lines=2, help_text=gettext_lazy("เช่น คำสั่งแต่งตั้ง รายงานการประชุม และวันที่")
    )

    @classmethod
    def of(cls, centre: CentreFounding | None, data: Mapping[str, Any] | None) -> "CentreForm":
        """Filled with what is known."""
        return cls(data, initial={name: getattr(centre, name) for name in cls.base_fields} if centre else None)


class ReasonForm(SajjaForm):
    """Why."""

    reason = ThaiTextField(label=gettext_lazy("เหตุผล"), max_length=300, lines=2)


class CloseForm(ReasonForm):
    """Since when and why a group is no more."""

    closed_on = ThaiDateField(label=gettext_lazy("วันที่เลิกกลุ่ม"), latest=clock.today)
    field_order = ["closed_on", "reason"]


class EndMembershipForm(ReasonForm):
    """Until when someone was on the committee, and why."""

    ends = ThaiDateField(label=gettext_lazy("วันสุดท้ายที่ดำรงตำแหน่ง"), latest=clock.today)
    field_order = ["ends", "reason"]


class AppropriationForm(SajjaForm):
    """The last sharing of the surplus, from the group's own book."""

    fiscal_year = ThaiIntegerField(
        label=gettext_lazy("ปีบัญชีของกลุ่ม"), min_value=2530, max_value=2700, help_text=gettext_lazy("เป็น พ.ศ. เช่น 2563")
    )
    as_of = ThaiDateField(label=gettext_lazy("จากสมุดของกลุ่ม ณ วันที่"), latest=clock.today)
    surplus_satang = BahtField(label=gettext_lazy("กำไรสุทธิ (บาท)"))
    to_members_satang = BahtField(label=gettext_lazy("แบ่งให้สมาชิก (บาท)"), help_text=gettext_lazy("เงินปันผล เงินเฉลี่ยคืน สวัสดิการ"))
    to_community_satang = BahtField(
        label=gettext_lazy("แบ่งให้ชุมชน (บาท)"), help_text=gettext_lazy("สาธารณประโยชน์ การศึกษา ไม่มีให้ใส่ 0")
    )


class RegulationForm(SajjaForm):
    """The written rules from a day on."""

    in_force_from = ThaiDateField(label=gettext_lazy("ใช้ตั้งแต่วันที่"))
    pledge_unit_satang = BahtField(label=gettext_lazy("สัจจะหุ้นละ (บาท)"), min_satang=100)
    pledge_units_least = ThaiIntegerField(label=gettext_lazy("อย่างน้อยกี่หุ้นต่อเดือน"), min_value=1, max_value=100_000)
    pledge_units_most = ThaiIntegerField(label=gettext_lazy("ไม่เกินกี่หุ้นต่อเดือน"), min_value=1, max_value=100_000)
    collecting_day = ThaiIntegerField(label=gettext_lazy("ส่งเงินสัจจะทุกวันที่"), min_value=1, max_value=31)
    loan_interest_bp = PercentField(label=gettext_lazy("ดอกเบี้ยเงินกู้ ร้อยละต่อปี"), help_text=gettext_lazy("ไม่เกินร้อยละ 15 ตามกฎหมาย"))
    special_interest_bp = PercentField(label=gettext_lazy("ดอกเบี้ยเงินสัจจะสะสมพิเศษ ร้อยละต่อปี"), help_text=gettext_lazy("ไม่มีให้ใส่ 0"))
    fiscal_year_starts = forms.TypedChoiceField(
        label=gettext_lazy("ปีบัญชีเริ่มเดือน"), coerce=int, choices=[(month, month_name(month)) for month in range(1, 13)]
    )
    note = ThaiTextField(label=gettext_lazy("หมายเหตุ"), max_length=500, lines=2, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in range(1, HEADS + 1):
            self.fields[f"head_{n}"] = ThaiTextField(label=_("หัวข้อที่ %s") % n, max_length=100, required=False)
            self.fields[f"share_{n}"] = PercentField(label=_("ร้อยละของหัวข้อที่ %s") % n, required=False)

    @classmethod
    def of(cls, latest: Regulation | None, data: Mapping[str, Any] | None) -> "RegulationForm":
        """Filled with the latest rules, or with the usual heads."""
        heads: list[tuple[Any, int | None]] = [(head, None) for head in USUAL_HEADS]
        initial: dict[str, Any] = {}
        if latest:
            initial = {name: getattr(latest, name) for name in cls.base_fields if name != "in_force_from"}
            heads = [(head.name, head.share_bp) for head in latest.heads.order_by("position")]
        for n, (head, share) in enumerate(heads[:HEADS], 1):
            initial |= {f"head_{n}": head, f"share_{n}": share}
        return cls(data, initial=initial)

    @property
    def head_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The fields of the heads, side by side."""
        return [(self[f"head_{n}"], self[f"share_{n}"]) for n in range(1, HEADS + 1)]

    def clean(self) -> dict[str, Any]:
        """Heads with their shares; a head without a share is left out."""
        cleaned = dict(super().clean() or self.cleaned_data)
        heads = []
        for n in range(1, HEADS + 1):
            name, share = cleaned.pop(f"head_{n}", ""), cleaned.pop(f"share_{n}", None)
            if share and not name:
                self.add_error(f"head_{n}", _("ใส่ชื่อหัวข้อของร้อยละนี้"))
            if name and share:
                heads.append((name, share))
        cleaned["heads"] = heads
        return cleaned

    @property
    def regulation(self) -> NewRegulation:
        """What was typed."""
        return NewRegulation(**self.cleaned_data)


class CommitteeForm(SajjaForm):
    """The whole committee as elected: a line for each member; a line without a name is left out."""

    starts = ThaiDateField(label=gettext_lazy("เริ่มวาระ"), latest=clock.today)
    ends = ThaiDateField(label=gettext_lazy("หมดวาระ"), required=False)

    def __init__(self, members: Sequence[CommitteeMember], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        data = args[0] if args else None
        last = max((n for n in range(1, MEMBERS + 1) if data and data.get(f"name_{n}")), default=0)
        self.count = MEMBERS
        self.shown = min(max(len(members), last) + SPARE, MEMBERS)
        for n in range(1, self.count + 1):
            member = members[n - 1] if n <= len(members) else None
            self._add_line(n, member)

    def _add_line(self, n: int, member: CommitteeMember | None) -> None:
        def choices(kinds: type[Section] | type[Office] | type[Sex]) -> list[tuple[str, str]]:
            return [("", "–"), *((str(value), str(label)) for value, label in kinds.choices)]

        self.fields[f"name_{n}"] = ThaiTextField(
            label=_("ชื่อคนที่ %s") % n, max_length=150, required=False, initial=member.name if member else ""
        )
        for part, label, kinds in (("sex", _("เพศ"), Sex), ("section", _("ฝ่าย"), Section), ("office", _("ตำแหน่ง"), Office)):
            self.fields[f"{part}_{n}"] = forms.ChoiceField(
                label=_("%(part)sของคนที่ %(n)s") % {"part": label, "n": n}, choices=choices(kinds), required=False,
                initial=getattr(member, part) if member else "",
            )  # fmt: skip

    @property
    def first_lines(self) -> list[dict[str, Any]]:
        """The fields of the lines in use and some empty ones."""
        return self._lines(1, self.shown)

    @property
    def more_lines(self) -> list[dict[str, Any]]:
        """The rest, folded away."""
        return self._lines(self.shown + 1, self.count)

    def _lines(self, first: int, last: int) -> list[dict[str, Any]]:
        parts = ("name", "sex", "section", "office")
        return [{"number": n, **{part: self[f"{part}_{n}"] for part in parts}} for n in range(first, last + 1)]

    def clean(self) -> dict[str, Any]:
        """Members with a name; each says sex and section, an office left empty is กรรมการ."""
        cleaned = dict(super().clean() or self.cleaned_data)
        members = []
        for n in range(1, self.count + 1):
            name, sex, section, office = (cleaned.pop(f"{part}_{n}", "") for part in ("name", "sex", "section", "office"))
            if not name:
                continue
            if not sex:
                self.add_error(f"sex_{n}", _("เลือกเพศของ %s") % name)
            if not section:
                self.add_error(f"section_{n}", _("เลือกฝ่ายของ %s") % name)
            members.append(NewCommitteeMember(name, sex, section, office or Office.MEMBER))
        if not members and not self.errors:
            raise ValidationError(_("ยังไม่มีชื่อกรรมการ ใส่อย่างน้อยหนึ่งคน"))
        cleaned["members"] = members
        return cleaned


class UploadForm(SheetForm):
    """A sheet of groups."""

    sheet = SheetField(label=gettext_lazy("ไฟล์ทะเบียนกลุ่ม"))

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def read(self, upload: UploadedFile[Any]) -> Reading:
        """Within the person's own reach."""
        return queries.read_sheet(self.person, upload)
