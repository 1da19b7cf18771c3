"""The forms of the inbox."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sajja.web.fields import SajjaForm

HOURS = [(hour, f"{hour:02}.00 น.") for hour in range(5, 21)]


class PlainForm(SajjaForm):
    """A form without fields of its own: the confirm of an act."""


class MailForm(SajjaForm):
    """Where the digest goes, from which hour, and what it holds."""

    address = forms.EmailField(
        label=_("อีเมล"), required=False, max_length=254, help_text=_("เว้นว่างถ้าไม่รับทางอีเมล ข้อความอยู่ในกล่องนี้เสมอ"),
        error_messages={"invalid": _("อีเมลไม่ถูกต้อง เขียนเป็น name@example.go.th")},
    )  # fmt: skip
    hour = forms.TypedChoiceField(label=_("ส่งวันละครั้ง ตั้งแต่เวลา"), choices=HOURS, coerce=int, initial=7)
    deadlines_only = forms.BooleanField(
        label=_("ส่งเฉพาะเรื่องกำหนดส่ง"), required=False, help_text=_("เรื่องกำหนดส่งเลิกรับไม่ได้ เรื่องอื่นยังอ่านได้ในกล่องนี้")
    )

    def values(self) -> dict[str, Any]:
        """The words for the act."""
        return {name: self.cleaned_data[name] for name in ("address", "hour", "deadlines_only")}
