"""What is typed to close a month, to ask for it again, to answer, to sign its check."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sajja.web.fields import SajjaForm, ThaiTextField


class CloseForm(SajjaForm):
    """Nothing to type: the page says what happens."""


class AskForm(SajjaForm):
    """Why a closed month must be opened again."""

    reason = ThaiTextField(label=_("เหตุผลที่ขอเปิดงวด"), help_text=_("เช่น ลงวันที่ของใบสำคัญ 2564/012 ผิดเดือน"), lines=2, max_length=300)


class AnswerForm(SajjaForm):
    """Agree or not."""

    agreed = forms.TypedChoiceField(
        label=_("คำตอบ"), choices=[("yes", _("อนุมัติให้เปิดงวด")), ("no", _("ไม่อนุมัติ"))], coerce=lambda word: word == "yes",
        widget=forms.RadioSelect,
    )  # fmt: skip
    words = ThaiTextField(label=_("เหตุผลที่ไม่อนุมัติ"), required=False, lines=2, max_length=300)


class CheckForm(SajjaForm):
    """What the audit committee adds to the check."""

    words = ThaiTextField(label=_("ข้อสังเกตของกรรมการตรวจสอบ"), required=False, lines=3, max_length=500)
