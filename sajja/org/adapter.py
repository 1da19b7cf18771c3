"""allauth's own questions, answered our way."""

from typing import Any, ClassVar

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from qrcode.image.svg import SvgPathFillImage

from sajja.org.models import Person
from sajja.web import vault

NAME = "Sajja"
WAYS = {
    "reauthenticate": _("ใส่รหัสผ่าน"),
    "mfa_reauthenticate": _("ใส่รหัสจากแอปหรือรหัสกู้คืน"),
    "mfa_reauthenticate:webauthn": _("ใช้พาสคีย์"),
}


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """People are invited by their office; nobody opens an account alone. Errors say what to do."""

    error_messages: ClassVar[dict[str, Any]] = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("บัญชีนี้ปิดใช้แล้ว ติดต่อสำนักงานของท่าน"),
        "incorrect_password": _("รหัสผ่านไม่ตรง ตรวจภาษาของแป้นพิมพ์และตัวพิมพ์เล็กใหญ่ แล้วลองอีกครั้ง"),
        "rate_limited": _("ลองผิดหลายครั้งแล้ว รอ 5 นาทีแล้วลองใหม่"),
        "username_password_mismatch": _("ชื่อผู้ใช้หรือรหัสผ่านไม่ตรง ตรวจภาษาของแป้นพิมพ์และตัวพิมพ์เล็กใหญ่ แล้วลองอีกครั้ง"),
        "too_many_login_attempts": _("ลองผิดหลายครั้งแล้ว รอสักครู่แล้วลองใหม่ หรือติดต่อสำนักงานของท่าน"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: an office invites its people."""
        return False

    def is_reauthentication_required(self, *, app: str) -> bool:
        """The password is asked for again before a second factor changes; not of demonstration people, who came in without one."""
        return bool(settings.PRODUCTION)

    def get_reauthentication_methods(self, user: Person) -> list[dict[str, Any]]:
        """The ways to confirm who is here, in our words."""
        return [method | {"description": WAYS[method["id"]]} for method in super().get_reauthentication_methods(user)]


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors: their secrets are sealed, their words are ours."""

    error_messages: ClassVar[dict[str, Any]] = DefaultMFAAdapter.error_messages | {
        "cannot_generate_recovery_codes": _("ตั้งแอปรหัส 6 หลักหรือพาสคีย์ก่อน แล้วจึงออกรหัสกู้คืนได้"),
        "incorrect_code": _("รหัสไม่ตรงหรือหมดเวลาแล้ว รอให้แอปแสดงรหัสใหม่ แล้วใส่อีกครั้ง ถ้ายังไม่ตรงให้ตั้งเวลาของโทรศัพท์เป็นอัตโนมัติ"),
    }

    def encrypt(self, text: str) -> str:
        """The secret as it is kept."""
        return vault.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret that was kept."""
        return vault.open_(encrypted_text)

    def generate_authenticator_name(self, user: Person, type: Any) -> str:  # noqa: A002 # allauth's own name
        """พาสคีย์ 2: what the next passkey is called where its owner gives it no name."""
        held: int = user.authenticator_set.filter(type=type).count()  # type: ignore[attr-defined]
        return str(gettext("พาสคีย์ %s") % (held + 1))

    def build_totp_svg(self, url: str) -> str:
        """The picture for the app, on white: a dark page would hide it from the camera."""
        return str(qrcode.make(url, image_factory=SvgPathFillImage).to_string(encoding="unicode"))

    def _get_site_name(self) -> str:
        return NAME
