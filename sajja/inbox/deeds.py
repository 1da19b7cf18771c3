"""What each act of this room is called in the history: the act's own name → plain Thai."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DEEDS: Final[dict[str, str | Promise]] = {
    "choose_mail": _("ตั้งการรับข้อความทางอีเมล"),
    "claim_mail": _("หยิบอีเมลสรุปขึ้นส่ง"),
    "fail_lost_mails": _("ปิดอีเมลสรุปที่ค้างส่ง"),
    "fail_mail": _("ส่งอีเมลสรุปไม่สำเร็จ"),
    "note_sent": _("ส่งอีเมลสรุปแล้ว"),
    "put_off": _("เลื่อนส่งอีเมลสรุป"),
    "queue_digests": _("เตรียมอีเมลสรุปประจำวัน"),
    "read_all": _("อ่านข้อความทั้งหมด"),
    "read_message": _("อ่านข้อความ"),
    "remind": _("เตือนกำหนดส่งประจำวัน"),
}
