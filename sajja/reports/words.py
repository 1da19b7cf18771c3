"""The reports in words: chips of state and of timeliness. Pure."""

from collections.abc import Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sajja.lib.thai_dates import short
from sajja.reports import due
from sajja.reports.rounds import Holder

Text = str | Promise
STATES: Mapping[str, tuple[str, Text]] = {
    "draft": ("idle", gettext_lazy("ยังไม่ส่ง")),
    "submitted": ("wait", gettext_lazy("ส่งแล้ว รอจังหวัดตรวจ")),
    "returned": ("wait", gettext_lazy("ส่งกลับแก้ไข")),
    "reopened": ("wait", gettext_lazy("ส่งแล้ว เวทีเปิดแก้ไขอยู่")),
    "accepted": ("ok", gettext_lazy("ตรวจรับรายงานแล้ว")),
}
PROVINCE_STATES: Mapping[str, tuple[str, Text]] = {
    "draft": ("idle", gettext_lazy("ยังไม่จัดทำ")),
    "ready": ("wait", gettext_lazy("พร้อมส่ง")),
    "recorded": ("ok", gettext_lazy("ลงระบบ BPM แล้ว")),
}
MOVES: Mapping[str, Text] = {
    "submit": gettext_lazy("ส่งรายงาน"),
    "return": gettext_lazy("ส่งกลับแก้ไข"),
    "accept": gettext_lazy("ตรวจรับรายงาน"),
    "ready": gettext_lazy("จัดทำรายงานจังหวัด"),
    "record": gettext_lazy("บันทึกการลงระบบ BPM"),
    "take_back": gettext_lazy("แก้การบันทึก BPM"),
}


def first_sent(day: date, submitted_on: date | None) -> str:
    """How the first submission came, which stands whatever is returned later; nothing before it."""
    if submitted_on is None:
        return ""
    late = due.days_late(day, submitted_on, submitted_on)
    if late:
        return _("ส่งครั้งแรก %(day)s ช้า %(n)d วัน") % {"day": short(submitted_on), "n": late}
    return _("ส่งครั้งแรก %s ทันกำหนดแล้ว ไม่นับว่าช้า") % short(submitted_on)


def held(by: Holder | None) -> str:
    """Who has the report and for how long."""
    if by is None:
        return ""
    who = {"district": _("อำเภอ"), "province": _("จังหวัด")}[by.who]
    return _("%(who)s %(n)d วัน") % {"who": who, "n": by.days}


def timeliness(day: date, submitted_on: date | None, today: date) -> tuple[str, Text]:
    """The chip of how a report came: class and word. Late is said calmly; it can still be sent."""
    state = due.state_of(day, submitted_on, today)
    late = due.days_late(day, submitted_on, today)
    if state == due.ON_TIME:
        return "ok", _("ทันกำหนด")
    if state == due.LATE:
        return "wait", _("ส่งช้า %d วัน") % late
    if state == due.MISSING:
        return "late", _("เลยกำหนด %d วัน") % late
    left = (day - today).days
    return ("wait", _("ครบกำหนดวันนี้")) if left == 0 else ("idle" if left > 7 else "wait", _("อีก %d วัน") % left)
