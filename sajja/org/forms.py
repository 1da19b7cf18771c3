"""The forms of the org room."""

from typing import Any

from allauth.account.forms import LoginForm
from django.utils.translation import gettext_lazy as _

from sajja.web.fields import SajjaForm, ThaiIntegerField, ThaiTextField, speak_plainly


class VillageForm(SajjaForm):
    """A village typed in by the office."""

    number = ThaiIntegerField(label=_("หมู่ที่"), min_value=1, max_value=99)
    name = ThaiTextField(label=_("ชื่อหมู่บ้าน"), max_length=100, help_text=_("เช่น บ้านอุ่มเหม้า"))


class SignInForm(LoginForm):  # type: ignore[misc]
    """Name and password, in words that say what to do."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label, self.fields["password"].label = _("ชื่อผู้ใช้"), _("รหัสผ่าน")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
            speak_plainly(field, field.label or "")
        self.fields.pop("remember", None)
