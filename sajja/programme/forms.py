"""The forms of the programme room."""

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sajja.lib import money
from sajja.programme.terms import Terms, plain
from sajja.web.fields import BahtField, SajjaForm, ThaiDateField, ThaiIntegerField, ThaiTextField

Choice = tuple[int | str, Any]  # the label is text, or the line that the template prints
LARGEST = 200_000


class PlainForm(SajjaForm):
    """A form without fields of its own: the confirm of an act."""


class ReasonForm(SajjaForm):
    """Why, for the record."""

    reason = ThaiTextField(label=_("เหตุผล"), lines=3, max_length=400)


class WithdrawForm(SajjaForm):
    """Why a proposal is taken back."""

    reason = ThaiTextField(label=_("เหตุผลที่ถอน"), lines=2, max_length=400, required=False)


class UploadForm(SajjaForm):
    """A data file of a year."""

    file = forms.FileField(label=_("แฟ้มข้อมูลของปี (.toml)"), max_length=150)

    def clean_file(self) -> str:
        """The file's text, UTF-8, at most 200 KB."""
        upload = self.cleaned_data["file"]
        if upload.size > LARGEST:
            raise forms.ValidationError(_("แฟ้มใหญ่เกิน 200 KB โปรดตรวจว่าเลือกแฟ้มถูก"))
        try:
            return str(upload.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise forms.ValidationError(_("อ่านแฟ้มไม่ออก โปรดบันทึกเป็นข้อความ UTF-8 แล้วส่งใหม่")) from None


class FileTextForm(forms.Form):
    """The text of a data file that was read and shown, on its way to being opened."""

    text = forms.CharField(widget=forms.HiddenInput, strip=False, max_length=LARGEST)


class ProposeForm(SajjaForm):
    """Which of the admitted groups the district proposes."""

    groups = forms.TypedMultipleChoiceField(
        label=_("กลุ่มที่เสนอ"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("โปรดเลือกอย่างน้อย 1 กลุ่ม")},
    )

    def __init__(self, choices: Sequence[Choice], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "groups", choices)


class OutsideForm(SajjaForm):
    """A group that no rule admits, with the reason for proposing it all the same."""

    group = forms.TypedChoiceField(label=_("กลุ่ม"), coerce=int)
    reason = ThaiTextField(label=_("เหตุผลที่เสนอ"), lines=3, max_length=400)

    def __init__(self, choices: Sequence[Choice], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "group", [("", _("เลือกกลุ่ม")), *choices])


class ConfirmForm(SajjaForm):
    """Which of the proposed groups take the places, and why a group of an earlier rule is passed over."""

    use_required_attribute = False  # a group that is ticked after all needs no reason

    chosen = forms.TypedMultipleChoiceField(
        label=_("กลุ่มเป้าหมาย"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("โปรดเลือกอย่างน้อย 1 กลุ่ม")},
    )

    def __init__(self, choices: Sequence[Choice], passed_over: Iterable[Choice], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "chosen", choices)
        for group, name in passed_over:
            self.fields[f"because_{group}"] = ThaiTextField(
                label=_("เหตุผลที่ไม่เลือก%(name)s") % {"name": name},
                max_length=300,
                error_messages={"required": _("กลุ่มนี้เข้าหลักเกณฑ์ก่อนกลุ่มที่เลือก โปรดเลือก หรือเขียนเหตุผลที่ไม่เลือก")},
            )

    def because(self) -> dict[int, str]:
        """Group → why it is passed over."""
        return {
            int(name.removeprefix("because_")): text for name, text in self.cleaned_data.items() if name.startswith("because_")
        }


class ReplaceForm(SajjaForm):
    """The group that takes a place, and why."""

    new_group = forms.TypedChoiceField(label=_("กลุ่มใหม่"), coerce=int)
    reason = ThaiTextField(label=_("เหตุผล"), lines=3, max_length=400)
    override_reason = ThaiTextField(
        label=_("เหตุผลที่เลือกกลุ่มนอกหลักเกณฑ์"), lines=2, max_length=300, required=False,
        help_text=_("เขียนเมื่อกลุ่มใหม่ไม่เข้าหลักเกณฑ์ข้อใดเลย"),
    )  # fmt: skip

    def __init__(self, choices: Sequence[Choice], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "new_group", [("", _("เลือกกลุ่ม")), *choices])


class RevisionForm(SajjaForm):
    """The terms of a year that a later letter may change; everything else stays as in the current revision."""

    reference = ThaiTextField(label=_("ที่ของหนังสือ"), max_length=100)
    dated = ThaiDateField(label=_("ลงวันที่"))
    what_changed = ThaiTextField(label=_("ฉบับนี้เปลี่ยนอะไร"), lines=2, max_length=500)
    provinces = ThaiIntegerField(label=_("จำนวนจังหวัด"), min_value=1)
    groups = ThaiIntegerField(label=_("จำนวนกลุ่มเป้าหมาย"), min_value=1)
    quota = ThaiIntegerField(label=_("โควตา"), min_value=1)
    budget = BahtField(label=_("งบประมาณ (บาท)"))
    per_group = BahtField(label=_("งบประมาณต่อกลุ่ม (บาท)"))
    participants = ThaiIntegerField(label=_("ผู้เข้าร่วมเวที (คน)"), min_value=1)
    activity_ends = ThaiDateField(label=_("กิจกรรมแล้วเสร็จภายใน"))
    report_days = ThaiIntegerField(label=_("อำเภอรายงานภายใน (วัน)"), min_value=0)
    pictures_least = ThaiIntegerField(label=_("รูปกิจกรรมอย่างน้อย"), min_value=0)
    province_due = ThaiDateField(label=_("จังหวัดรายงานกรมฯ ภายใน"))
    kpi_percent = ThaiIntegerField(label=_("เป้าตัวชี้วัด (ร้อยละ)"), min_value=1, max_value=100)

    @staticmethod
    def values(terms: Terms) -> dict[str, Any]:
        """The current terms as the form shows them; the letter itself is left empty."""
        return {
            "provinces": terms.provinces, "groups": terms.groups, "quota": terms.quota,
            "budget": terms.budget_satang, "per_group": terms.per_group_satang, "participants": terms.participants,
            "activity_ends": terms.activity_ends, "report_days": terms.district_report_days,
            "pictures_least": terms.pictures_least, "province_due": terms.province_report_due, "kpi_percent": terms.kpi_percent,
        }  # fmt: skip

    def mapping(self, current: Mapping[str, Any], before: Terms) -> dict[str, Any]:
        """The current data file with the form's values laid over it."""
        new, given = deepcopy(dict(current)), self.cleaned_data
        new["letter"] = {
            "reference": given["reference"], "dated": given["dated"], "what_changed": given["what_changed"],
            "amends": before.reference, "amends_dated": before.dated,
        }  # fmt: skip
        new["target"] |= {key: given[key] for key in ("provinces", "groups", "quota")}
        new["money"] |= {"budget_baht": money.plain(given["budget"]), "per_group_baht": money.plain(given["per_group"])}
        new["forum"] |= {key: given[key] for key in ("participants", "activity_ends", "pictures_least")}
        new["district_report"] |= {"days": given["report_days"]}
        new["province_report"] |= {"due": given["province_due"]}
        new["kpi"] |= {"percent": given["kpi_percent"]}
        return dict(plain(new))


def _choices(form: forms.BaseForm, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
