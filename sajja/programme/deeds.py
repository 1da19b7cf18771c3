"""What each act of this room is called in the history: the act's own name → plain Thai."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DEEDS: Final[dict[str, str | Promise]] = {
    "acknowledge_circular": _("รับทราบหนังสือเวียน"),
    "confirm_list": _("ยืนยันรายชื่อกลุ่มเป้าหมายของจังหวัด"),
    "drop_group": _("เอากลุ่มออกจากกลุ่มเป้าหมาย"),
    "extend_list": _("เพิ่มที่ว่างตามโควตา"),
    "fill_place": _("บรรจุกลุ่มในที่ว่าง"),
    "issue_circular": _("ออกหนังสือเวียน"),
    "open_year": _("เปิดกิจกรรมประจำปี"),
    "propose_groups": _("เสนอกลุ่มเป้าหมาย"),
    "reinstate_group": _("คืนกลุ่มเดิมเป็นกลุ่มเป้าหมาย"),
    "replace_group": _("เปลี่ยนกลุ่มเป้าหมาย"),
    "revise_year": _("แก้ไขเงื่อนไขของปี"),
    "withdraw_circular": _("ถอนหนังสือเวียน"),
    "withdraw_proposal": _("ถอนการเสนอกลุ่ม"),
}
