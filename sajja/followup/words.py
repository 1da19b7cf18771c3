"""Visits and findings in words: states, kinds, how a place was chosen. Pure."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sajja.followup import lives, suggesting

Text = str | Promise
Chip = tuple[str, Text]
VISIT_STATES: Final[Mapping[str, Chip]] = {
    "planned": ("doing", gettext_lazy("วางแผนแล้ว")),
    "made": ("ok", gettext_lazy("ติดตามแล้ว")),
    "cancelled": ("idle", gettext_lazy("ยกเลิก")),
}
VISIT_MOVES: Final[Mapping[str, Text]] = {
    "plan": gettext_lazy("วางแผนการติดตาม"),
    "move": gettext_lazy("เลื่อนวัน"),
    "make": gettext_lazy("บันทึกผลการติดตาม"),
    "correct": gettext_lazy("แก้ไขบันทึก"),
    "cancel": gettext_lazy("ยกเลิกการติดตาม"),
}
FINDING_STATES: Final[Mapping[str, Chip]] = {
    "open": ("wait", gettext_lazy("รออำเภอตอบ")),
    "answered": ("doing", gettext_lazy("ตอบแล้ว รอผู้ติดตามตรวจ")),
    "sent_back": ("wait", gettext_lazy("ส่งกลับ รออำเภอตอบใหม่")),
    "closed": ("ok", gettext_lazy("ปิดแล้ว")),
    "withdrawn": ("idle", gettext_lazy("ถอนข้อสังเกต")),
}
FINDING_MOVES: Final[Mapping[str, Text]] = {
    "record": gettext_lazy("บันทึกข้อสังเกต"),
    "answer": gettext_lazy("อำเภอตอบ"),
    "accept": gettext_lazy("ผู้ติดตามรับคำตอบ"),
    "send_back": gettext_lazy("ผู้ติดตามส่งกลับ"),
    "withdraw": gettext_lazy("ถอนข้อสังเกต"),
}
KINDS: Final[Mapping[str, Text]] = {
    "forum": gettext_lazy("การจัดเวที"),
    "assessment": gettext_lazy("การประเมิน"),
    "plan": gettext_lazy("แผนการพัฒนากลุ่ม"),
    "books": gettext_lazy("บัญชีและการเงินของกลุ่ม"),
    "budget": gettext_lazy("งบประมาณของกิจกรรม"),
    "report": gettext_lazy("รายงานและเอกสาร"),
    "other": gettext_lazy("เรื่องอื่น"),
}
SEVERITIES: Final[Mapping[str, Text]] = {
    "advice": gettext_lazy("ควรปรับปรุง"),
    "fix": gettext_lazy("ต้องแก้ไข"),
    "urgent": gettext_lazy("เร่งด่วน"),
}
HOWS: Final[Mapping[str, Text]] = {
    suggesting.RISK: gettext_lazy("ตามความเสี่ยง"),
    suggesting.CHANCE: gettext_lazy("สุ่มเลือก"),
    suggesting.OWN: gettext_lazy("ผู้ติดตามเลือกเอง"),
}
LISTS: Final[Mapping[str, Text]] = {
    "all": gettext_lazy("ทั้งหมด"),
    "open": gettext_lazy("ยังเปิดอยู่"),
    "late": gettext_lazy("เลยกำหนด"),
    "answered": gettext_lazy("รอตรวจคำตอบ"),
    "closed": gettext_lazy("ปิดแล้ว"),
}
VISIT_LISTS: Final[Mapping[str, Text]] = {
    "all": gettext_lazy("ทั้งหมด"),
    "planned": gettext_lazy("วางแผนแล้ว"),
    "made": gettext_lazy("ติดตามแล้ว"),
    "cancelled": gettext_lazy("ยกเลิก"),
}


def of_finding(state: str, due: date, today: date) -> Chip:
    """The chip of a finding: its state, or by how many days its answer is late."""
    if lives.is_late(state, due, today):
        return "late", _("ยังไม่ตอบ เลยกำหนด %d วัน") % (today - due).days
    return FINDING_STATES[state]


def of_visit(state: str, day: date, today: date) -> Chip:
    """The chip of a visit: its state, or that its day has passed and nothing was recorded."""
    if state == "planned" and day < today:
        return "late", _("เลยวันแล้ว ยังไม่บันทึกผล")
    return VISIT_STATES[state]
