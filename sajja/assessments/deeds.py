"""What each act of this room is called in the history: the act's own name → plain Thai."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DEEDS: Final[dict[str, str | Promise]] = {
    "confirm_assessment": _("ยืนยันผลประเมิน"),
    "correct_assessment": _("เริ่มประเมินใหม่เพื่อแก้ผลที่ยืนยันแล้ว"),
    "drop_assessment": _("วางการประเมินที่เริ่มผิด"),
    "keep_evidence": _("แนบหลักฐานของคำตอบ"),
    "load_instrument": _("นำเข้าแบบประเมินเป็นฉบับร่าง"),
    "publish_version": _("ประกาศใช้แบบประเมิน"),
    "record_online": _("บันทึกเลขอ้างอิงระบบออนไลน์ของกรมฯ"),
    "retire_version": _("เลิกใช้แบบประเมินฉบับนี้"),
    "save_answers": _("ตอบแบบประเมิน"),
    "start_assessment": _("เริ่มประเมิน"),
    "withdraw_version": _("วางแบบประเมินฉบับร่าง"),
}
