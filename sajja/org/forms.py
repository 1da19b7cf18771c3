"""The forms of the org room."""

from collections.abc import Iterable
from typing import Any

from allauth.account.forms import LoginForm
from allauth.account.forms import ReauthenticateForm as PasswordAgain
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from sajja.org.roles import Role
from sajja.web.fields import SajjaForm, ThaiDateField, ThaiIntegerField, ThaiTextField, speak_plainly


class VillageForm(SajjaForm):
    """A village typed in by the office."""

    number = ThaiIntegerField(label=_("หมู่ที่"), min_value=1, max_value=99)
    name = ThaiTextField(label=_("ชื่อหมู่บ้าน"), max_length=100, help_text=_("เช่น บ้านอุ่มเหม้า"))


class InviteForm(SajjaForm):
    """Whom to ask to which post, from which day."""

    full_name = ThaiTextField(label=_("ชื่อและนามสกุล"), max_length=150)
    role = forms.ChoiceField(label=_("ตำแหน่ง"))
    starts = ThaiDateField(label=_("เริ่มวันที่"))

    def __init__(self, roles: Iterable[Role], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [("", _("เลือกตำแหน่ง")), *((role.key, role.name) for role in roles)]  # type: ignore[attr-defined]


class EndSessionsForm(SajjaForm):
    """Which of one's sessions to end; none named: all others."""

    session = ThaiIntegerField(required=False)


class SignInForm(LoginForm):  # type: ignore[misc]
    """Name and password, in words that say what to do."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label, self.fields["password"].label = _("ชื่อผู้ใช้"), _("รหัสผ่าน")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
            speak_plainly(field, field.label or "")
        self.fields.pop("remember", None)


THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789", " -")


class CodeForm:
    """The field of a code: Thai digits and gaps are taken as they are meant, and the words are ours."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if data := kwargs.get("data"):
            kwargs["data"] = data.copy()
            kwargs["data"]["code"] = data.get("code", "").translate(THAI_DIGITS)
        super().__init__(*args, **kwargs)
        field = self.fields["code"]  # type: ignore[attr-defined]
        field.label = _("รหัส 6 หลักจากแอป")
        field.widget.attrs.pop("placeholder", None)
        field.widget.attrs["inputmode"] = "numeric"
        speak_plainly(field, field.label)


class SetAppForm(CodeForm, ActivateTOTPForm):  # type: ignore[misc]
    """The first code of an app, which shows that the secret got there."""


class SecondFactorForm(CodeForm, AuthenticateForm):  # type: ignore[misc]
    """A code at sign-in: of the app, or a recovery code."""


class CodeAgainForm(CodeForm, ReauthenticateForm):  # type: ignore[misc]
    """A code before something weighty."""


class PasswordAgainForm(PasswordAgain):  # type: ignore[misc]
    """The password before something weighty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["password"]
        field.label = _("รหัสผ่าน")
        field.widget.attrs.pop("placeholder", None)
        speak_plainly(field, field.label)


class AddPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A passkey and the name its owner gives it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("ชื่อที่จำได้ เช่น โทรศัพท์ของฉัน")
        self.fields["name"].max_length = 60


class ChangePasswordForm(SajjaForm):
    """One's own password: the old one, and the new one twice, as it is typed."""

    password_old = forms.CharField(
        label=_("รหัสผ่านเดิม"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    password_new = forms.CharField(
        label=_("รหัสผ่านใหม่"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("ต่อคำที่นึกภาพออกสี่คำ จำง่ายและเดายาก อย่าใช้ชื่อ วันเกิด เบอร์โทร หรือเลขบัตร"),
    )  # fmt: skip
    password_again = forms.CharField(
        label=_("รหัสผ่านใหม่อีกครั้ง"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def clean(self) -> None:
        """Both times the same."""
        given = self.cleaned_data
        if "password_new" in given and given["password_new"] != given.get("password_again"):
            self.add_error("password_again", _("สองครั้งไม่ตรงกัน พิมพ์รหัสใหม่อีกครั้งให้เหมือนกัน"))


class AcceptForm(SajjaForm):
    """The account of someone who was invited and has none: a name to sign in by and a password, twice."""

    full_name = ThaiTextField(label=_("ชื่อและนามสกุลของท่าน"), max_length=150)
    username = forms.RegexField(
        r"^[a-z0-9][a-z0-9._-]{2,59}$", label=_("ชื่อผู้ใช้ที่จะใช้เข้าสู่ระบบ"), max_length=60,
        help_text=_("ตัวอักษรอังกฤษเล็กหรือตัวเลข 3 ตัวขึ้นไป เช่น wilai.t"),
        error_messages={"invalid": _("ใช้ตัวอักษรอังกฤษเล็ก ตัวเลข จุด หรือขีด 3 ตัวขึ้นไป เช่น wilai.t")},
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )  # fmt: skip
    password = forms.CharField(
        label=_("รหัสผ่าน"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("ต่อคำที่นึกภาพออกสี่คำ จำง่ายและเดายาก อย่าใช้ชื่อ วันเกิด เบอร์โทร หรือเลขบัตร"),
    )  # fmt: skip
    password_again = forms.CharField(
        label=_("รหัสผ่านอีกครั้ง"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def clean(self) -> None:
        """Both times the same."""
        given = self.cleaned_data
        if "password" in given and given["password"] != given.pop("password_again", None):
            self.add_error("password_again", _("สองครั้งไม่ตรงกัน พิมพ์รหัสผ่านอีกครั้งให้เหมือนกัน"))
