"""What each act of this room is called in the history: the act's own name → plain Thai."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DEEDS: Final[dict[str, str | Promise]] = {
    "close_breach": _("ปิดเรื่องเหตุละเมิดข้อมูล"),
    "note_breach": _("เขียนบันทึกเหตุละเมิดข้อมูล"),
    "record_breach": _("บันทึกเหตุละเมิดข้อมูล"),
    "tell_office": _("บันทึกการแจ้ง สคส."),
    "tell_people": _("บันทึกการแจ้งเจ้าของข้อมูล"),
}
