"""What each act of this room is called in the history: the act's own name → plain Thai."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DEEDS: Final[dict[str, str | Promise]] = {
    "accept_invitation": _("รับคำเชิญและเริ่มตำแหน่ง"),
    "add_person": _("เพิ่มบัญชีผู้ใช้"),
    "add_village": _("เพิ่มหมู่บ้าน"),
    "add_villages": _("เพิ่มหลายหมู่บ้าน"),
    "appoint": _("แต่งตั้ง"),
    "call_in_invitation": _("เรียกคืนคำเชิญ"),
    "change_password": _("เปลี่ยนรหัสผ่านของตน"),
    "end_post": _("สิ้นสุดตำแหน่ง"),
    "invite": _("เชิญให้รับตำแหน่ง"),
    "load_places": _("นำเข้ารหัสพื้นที่ทั้งประเทศ"),
    "staff_office": _("เพิ่มคนและตำแหน่งของหน่วยงาน"),
    "sign_in": _("เข้าสู่ระบบ"),
    "fail_sign_in": _("มีผู้พยายามเข้าสู่ระบบแต่รหัสผ่านไม่ถูก"),
    "add_second_factor": _("ตั้งการยืนยันชั้นที่สอง"),
    "remove_second_factor": _("เลิกใช้การยืนยันชั้นที่สอง"),
    "clear_second_factor": _("ล้างการยืนยันชั้นที่สองให้ผู้ที่ทำเครื่องหาย"),
    "renew_recovery_codes": _("ออกรหัสกู้คืนชุดใหม่"),
    "use_recovery_code": _("เข้าสู่ระบบด้วยรหัสกู้คืน"),
    "fail_second_factor": _("ใส่รหัสชั้นที่สองไม่ถูก"),
    "end_sessions": _("สั่งให้เครื่องอื่นของตนออกจากระบบ"),
    "sign_out": _("ออกจากระบบ"),
}
