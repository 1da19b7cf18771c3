"""What each act of this room is called in the history: the act's own name → plain Thai."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DEEDS: Final[dict[str, str | Promise]] = {
    "accept_reports": _("ตรวจรับรายงานหลายฉบับ"),
    "accept_report": _("ตรวจรับรายงาน"),
    "ask_for_bundle": _("ขอชุดส่ง BPM"),
    "end_extension": _("ยกเลิกการขยายเวลารายงาน"),
    "extend_report": _("ขยายเวลารายงาน"),
    "ready_province_report": _("จัดทำรายงานจังหวัด"),
    "record_bpm": _("บันทึกการส่งในระบบ BPM"),
    "return_report": _("ส่งรายงานกลับให้แก้"),
    "submit_report": _("ส่งรายงาน"),
    "take_back_bpm": _("ถอนการบันทึก BPM ที่ลงผิด"),
}
