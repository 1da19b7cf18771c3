"""What each act of this room is called in the history: the act's own name → plain Thai."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DEEDS: Final[dict[str, str | Promise]] = {
    "add_regulation": _("บันทึกระเบียบของกลุ่ม"),
    "add_regulations": _("บันทึกระเบียบของหลายกลุ่ม"),
    "add_resolution": _("เพิ่มมติ"),
    "change_group": _("แก้ข้อมูลกลุ่ม"),
    "change_member": _("แก้ข้อมูลสมาชิก"),
    "close_group": _("บันทึกว่ากลุ่มเลิกแล้ว"),
    "confirm_import": _("ยืนยันนำเข้าทะเบียนกลุ่ม"),
    "confirm_members": _("ยืนยันรับสมาชิกจากไฟล์"),
    "drop_import": _("ทิ้งไฟล์ทะเบียนกลุ่ม"),
    "drop_members": _("ทิ้งไฟล์สมาชิก"),
    "elect_committee": _("บันทึกคณะกรรมการชุดใหม่"),
    "elect_committees": _("บันทึกคณะกรรมการของหลายกลุ่ม"),
    "end_member": _("สิ้นสุดสมาชิกภาพ"),
    "end_membership": _("กรรมการพ้นตำแหน่ง"),
    "enrol_members": _("รับสมาชิก"),
    "fail_import": _("นำเข้าทะเบียนกลุ่มไม่สำเร็จ"),
    "found_centre": _("บันทึกการเป็นแกนนำจัดตั้งศูนย์จัดการกองทุนชุมชน"),
    "receive_members": _("รับไฟล์สมาชิกไว้ตรวจ"),
    "receive_sheet": _("รับไฟล์ทะเบียนกลุ่มไว้ตรวจ"),
    "record_appropriation": _("บันทึกการจัดสรรกำไรครั้งล่าสุด"),
    "record_meeting": _("บันทึกการประชุมและมติ"),
    "register_group": _("ขึ้นทะเบียนกลุ่ม"),
    "register_groups": _("ขึ้นทะเบียนหลายกลุ่ม"),
    "reopen_group": _("ถอนการเลิกกลุ่ม"),
    "run_import": _("นำเข้าทะเบียนกลุ่ม"),
    "set_beneficiaries": _("กำหนดผู้รับผลประโยชน์"),
    "set_call_order": _("จัดลำดับการเรียกสมาชิก"),
    "set_family": _("จัดสมาชิกเข้าครอบครัว"),
    "set_level": _("จัดระดับกลุ่ม"),
    "set_levels": _("จัดระดับหลายกลุ่ม"),
    "set_pledge": _("กำหนดเงินสัจจะต่อเดือน"),
    "show_national_id": _("เปิดดูเลขประจำตัวประชาชน"),
    "strike_resolution": _("ขีดฆ่ามติที่บันทึกผิด"),
    "take_back_ending": _("ถอนการสิ้นสุดสมาชิกภาพ"),
    "withdraw_centre": _("ถอนการเป็นแกนนำจัดตั้งศูนย์"),
    "withdraw_committee": _("ถอนคณะกรรมการที่บันทึกล่าสุด"),
    "withdraw_level": _("ถอนการจัดระดับ"),
    "withdraw_regulation": _("ถอนระเบียบที่บันทึกล่าสุด"),
}
