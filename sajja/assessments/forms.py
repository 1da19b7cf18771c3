"""The forms of the assessments room."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sajja.assessments.actions import Given
from sajja.assessments.models import Indicator
from sajja.assessments.scoring import NOT_APPLICABLE
from sajja.web import clock
from sajja.web.fields import PictureField, SajjaForm, ThaiDateField, ThaiTextField

FILE_MAX = 1024 * 1024


class NothingForm(SajjaForm):
    """A confirmation: nothing to fill in."""


class StartForm(SajjaForm):
    """The day that an assessment speaks of."""

    day = ThaiDateField(label=_("วันที่ประเมิน"), latest=clock.today)


class ReasonForm(SajjaForm):
    """Why."""

    reason = ThaiTextField(label=_("เหตุผล"), lines=3)


class EvidenceForm(SajjaForm):
    """What was seen of one indicator."""

    evidence = ThaiTextField(label=_("สิ่งที่ได้เห็น"), lines=3, required=False, help_text=_("เช่น สมุดเล่มไหน หน้าไหน ลงวันที่เท่าไร"))
    picture = PictureField(label=_("รูปหลักฐาน"), required=False)
    take_off = forms.BooleanField(label=_("เอารูปเดิมออก"), required=False)


class OnlineForm(SajjaForm):
    """The entry in the department's own online form."""

    reference = ThaiTextField(label=_("เลขที่หรือรหัสที่แบบออนไลน์แจ้ง"), max_length=100, required=False)
    day = ThaiDateField(label=_("วันที่บันทึกในแบบออนไลน์"), latest=clock.today, required=False)


class InstrumentFileForm(forms.Form):
    """An instrument's file, and its text again once it was looked at. Nothing in it is tidied: the wording is the office's."""

    file = forms.FileField(label=_("ไฟล์แบบประเมิน"), required=False, help_text=_("ไฟล์ .toml หรือ .json ไม่เกิน 1 MB ตามแบบไฟล์ตัวอย่าง"))
    text = forms.CharField(widget=forms.HiddenInput, required=False, max_length=FILE_MAX, strip=False)

    def __init__(self, data: Mapping[str, Any] | None = None, files: Any = None) -> None:
        super().__init__(data, files)
        self.fields["file"].required = not (data and data.get("text"))
        self.fields["file"].error_messages["required"] = _("ยังไม่ได้แนบ “ไฟล์แบบประเมิน”")

    def clean(self) -> dict[str, Any]:
        """The text to read: of the file where one was sent, else as it was looked at."""
        found = super().clean() or {}
        upload = found.get("file")
        if upload is not None and (upload.size or 0) > FILE_MAX:
            self.add_error("file", _("ไฟล์ใหญ่เกิน 1 MB แบบประเมินเป็นข้อความ ตรวจว่าเลือกไฟล์ถูก"))
        elif upload is not None:
            found["content"] = upload.read()
        elif found.get("text"):
            found["content"] = found["text"]
        return found


class AnswersForm(SajjaForm):
    """The answers of some indicators: value-12, na-12 and reason-12 of indicator 12. What was not sent is left alone."""

    def __init__(self, data: Mapping[str, Any] | None, indicators: Iterable[Indicator]) -> None:
        super().__init__(data)
        self.indicators = list(indicators)
        for one in self.indicators:
            self.fields[f"value-{one.pk}"] = ThaiTextField(max_length=20, required=False)
            self.fields[f"na-{one.pk}"] = ThaiTextField(max_length=2, required=False)
            self.fields[f"reason-{one.pk}"] = ThaiTextField(max_length=500, required=False, lines=2)

    def given(self) -> dict[int, Given]:
        """Indicator id → what was answered now."""
        return {one.pk: self._given(one.pk) for one in self.indicators if self._was_sent(one.pk)}

    def _given(self, pk: int) -> Given:
        value = NOT_APPLICABLE if self.cleaned_data[f"na-{pk}"] else self.cleaned_data[f"value-{pk}"]
        return Given(value, self.cleaned_data[f"reason-{pk}"] if f"reason-{pk}" in self.data else None)

    def _was_sent(self, pk: int) -> bool:
        return f"value-{pk}" in self.data or f"na-{pk}" in self.data
