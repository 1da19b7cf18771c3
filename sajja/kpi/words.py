"""The Thai names of the figures, and what each counts."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NAMES: Final[Mapping[str, Promise]] = {
    "selected": _("คัดเลือกแล้ว"),
    "forums_held": _("จัดเวทีแล้ว"),
    "governance_done": _("4.3 ประเมินธรรมาภิบาล"),
    "ssg_done": _("4.4 ประเมิน SSG"),
    "plans_drafted": _("4.6 จัดทำแผน"),
    "plans_signed": _("ลงนามแผนครบสองฝ่าย"),
    "carrying_out": _("เริ่มทำตามแผน"),
    "developed": _("ได้รับการพัฒนา (ครบหกขั้น)"),
    "district_due": _("รายงานอำเภอที่ถึงกำหนดหรือส่งแล้ว"),
    "district_on_time": _("รายงานอำเภอที่ส่งทันกำหนด"),
    "district_late": _("รายงานอำเภอที่ส่งช้า"),
    "district_missing": _("รายงานอำเภอที่ยังไม่ส่ง"),
    "province_due": _("รายงานจังหวัดที่ถึงกำหนดหรือส่งแล้ว"),
    "province_on_time": _("รายงานจังหวัดที่ส่งทันกำหนด"),
    "province_late": _("รายงานจังหวัดที่ส่งช้า"),
    "province_missing": _("รายงานจังหวัดที่ยังไม่ส่ง"),
}
COLUMNS: Final[Mapping[str, Promise]] = {
    "forums_held": _("จัดเวที"),
    "plans_signed": _("มีแผน"),
    "carrying_out": _("ทำตามแผน"),
    "developed": _("ครบหกขั้น"),
    "district_on_time": _("ส่งทัน"),
    "district_late": _("ส่งช้า"),
    "district_missing": _("ยังไม่ส่ง"),
}
"""The short headings of a dashboard's table."""
LEVELS: Final[Mapping[str, Promise]] = {
    "zone": _("เขตตรวจราชการ"),
    "province": _("จังหวัด"),
    "district": _("อำเภอ"),
    "subdistrict": _("ตำบล"),
}
"""By what the table tells the figures apart."""
STATES: Final[Mapping[str, Promise]] = {
    "due": _("ถึงกำหนดหรือส่งแล้ว"),
    "on_time": _("ทันกำหนด"),
    "late": _("ส่งช้า"),
    "missing": _("ยังไม่ส่ง"),
}
