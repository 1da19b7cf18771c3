"""What each act of this room is called in the history: the act's own name → plain Thai."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DEEDS: Final[dict[str, str | Promise]] = {
    "add_photo": _("ส่งรูปเวที"),
    "add_photos": _("ส่งรูปเวที"),
    "answer_bookkeeping": _("บันทึกการใช้โปรแกรมบัญชีของกลุ่ม"),
    "ask_for_reports": _("สั่งทำรายงานเวทีทั้งหมด"),
    "cancel_forum": _("ยกเลิกเวที"),
    "describe_photo": _("เขียนคำบรรยายรูป"),
    "hold_forum": _("ปิดเวที"),
    "plan_forum": _("กำหนดวันเวที"),
    "postpone_forum": _("เลื่อนเวที"),
    "record_attendance": _("บันทึกผู้เข้าร่วมเวที"),
    "record_step": _("บันทึกขั้นตอนของเวที"),
    "record_steps": _("บันทึกขั้นตอนของเวที"),
    "remove_photo": _("เอารูปเวทีออก"),
    "reopen_forum": _("เปิดเวทีที่ปิดแล้วเพื่อแก้"),
    "replan_forum": _("กำหนดวันเวทีใหม่"),
    "stop_reports": _("สั่งหยุดทำรายงานเวทีทั้งหมด"),
    "take_back_step": _("ถอนขั้นตอนที่บันทึกผิด"),
}
