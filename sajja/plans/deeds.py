"""What each act of this room is called in the history: the act's own name → plain Thai."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DEEDS: Final[dict[str, str | Promise]] = {
    "add_line": _("เพิ่มข้อในแผน"),
    "bring_in": _("นำข้อที่ไม่ผ่านเข้าแผน"),
    "change_line": _("แก้ข้อในแผน"),
    "draft_plan": _("ร่างแผน"),
    "fill_lines": _("กรอกข้อในแผน"),
    "mark_done": _("บันทึกว่าดำเนินการแล้ว"),
    "merge_line": _("รวมข้อในแผน"),
    "move_line": _("เลื่อนลำดับข้อในแผน"),
    "remove_line": _("เอาข้อในแผนออก"),
    "sign_as_chair": _("ประธานกลุ่มลงนามแผน"),
    "sign_as_head": _("พัฒนาการอำเภอลงนามแผน"),
    "split_line": _("แยกข้อในแผน"),
    "take_back_done": _("ถอนการบันทึกว่าดำเนินการแล้ว"),
    "withdraw_signatures": _("เปิดแผนที่ลงนามแล้วเพื่อแก้"),
}
