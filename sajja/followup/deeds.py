"""What each act of this room is called in the history: the act's own name → plain Thai."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DEEDS: Final[dict[str, str | Promise]] = {
    "accept_answer": _("รับคำตอบและปิดข้อสังเกต"),
    "add_visit_photos": _("เพิ่มรูปการติดตาม"),
    "answer_finding": _("ตอบข้อสังเกต"),
    "assign_zone": _("มอบหมายผู้ติดตามประจำเขต"),
    "cancel_visit": _("ยกเลิกการติดตาม"),
    "correct_visit": _("แก้ไขบันทึกการติดตาม"),
    "end_zone_post": _("สิ้นสุดการเป็นผู้ติดตามประจำเขต"),
    "move_visit": _("เลื่อนวันติดตาม"),
    "plan_visit": _("วางแผนติดตาม"),
    "record_finding": _("บันทึกข้อสังเกต"),
    "record_visit": _("บันทึกการติดตาม"),
    "remove_visit_photo": _("เอารูปการติดตามออก"),
    "send_back": _("ส่งคำตอบกลับให้แก้"),
    "withdraw_finding": _("ถอนข้อสังเกตที่เขียนผิด"),
}
