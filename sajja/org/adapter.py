"""allauth's own questions, answered our way."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """People are invited by their office; nobody opens an account alone. Errors say what to do."""

    error_messages: ClassVar[dict[str, Any]] = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("บัญชีนี้ปิดใช้แล้ว ติดต่อสำนักงานของท่าน"),
        "username_password_mismatch": _("ชื่อผู้ใช้หรือรหัสผ่านไม่ตรง ตรวจภาษาของแป้นพิมพ์และตัวพิมพ์เล็กใหญ่ แล้วลองอีกครั้ง"),
        "too_many_login_attempts": _("ลองผิดหลายครั้งแล้ว รอสักครู่แล้วลองใหม่ หรือติดต่อสำนักงานของท่าน"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: an office invites its people."""
        return False
