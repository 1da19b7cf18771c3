"""What each act of this room is called in the history: the act's own name → plain Thai."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DEEDS: Final[dict[str, str | Promise]] = {
    "add_voucher": _("ลงใบสำคัญค่าใช้จ่าย"),
    "allocate": _("จัดสรรเงิน"),
    "approve_clearing": _("อนุมัติการส่งใช้เงินยืม"),
    "ask_changes": _("ส่งการส่งใช้เงินยืมกลับให้แก้"),
    "attach_picture": _("แนบรูปใบสำคัญ"),
    "check_clearing": _("ตรวจการส่งใช้เงินยืม"),
    "give_back": _("รับเงินเหลือจ่ายคืน"),
    "lend": _("ให้ยืมเงิน"),
    "reverse_advance": _("ยกเลิกสัญญายืมเงินที่ลงผิด"),
    "reverse_return": _("ยกเลิกการรับเงินคืนที่ลงผิด"),
    "reverse_voucher": _("ยกเลิกใบสำคัญที่ลงผิด"),
    "submit_clearing": _("ส่งใช้เงินยืม"),
}
