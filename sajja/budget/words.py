"""The money in words: chips of an advance's state and of its due day, names of moves. Pure."""

from collections.abc import Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sajja.budget.lives import HELD, OPEN
from sajja.lib.thai_dates import short

Text = str | Promise
STATES: Mapping[str, tuple[str, Text]] = {
    "draft": ("doing", gettext_lazy("อยู่ที่ผู้ยืม")),
    "submitted": ("wait", gettext_lazy("รออำเภอตรวจ")),
    "checked": ("wait", gettext_lazy("รอจังหวัดอนุมัติ")),
    "returned": ("wait", gettext_lazy("ส่งกลับแก้ไข")),
    "approved": ("ok", gettext_lazy("ส่งใช้แล้ว")),
    "reversed": ("idle", gettext_lazy("กลับรายการแล้ว")),
}
MOVES: Mapping[str, Text] = {
    "lend": gettext_lazy("จ่ายเงินยืม"),
    "submit": gettext_lazy("ส่งใช้เงินยืม"),
    "check": gettext_lazy("ตรวจแล้ว"),
    "approve": gettext_lazy("อนุมัติการส่งใช้"),
    "return": gettext_lazy("ส่งกลับแก้ไข"),
    "reverse": gettext_lazy("กลับรายการสัญญา"),
}
FILTERS: Mapping[str, Text] = {
    "all": gettext_lazy("ทั้งหมด"),
    "held": gettext_lazy("ยืมค้าง"),
    "late": gettext_lazy("เกินกำหนด"),
    "submitted": gettext_lazy("รออำเภอตรวจ"),
    "checked": gettext_lazy("รอจังหวัดอนุมัติ"),
    "returned": gettext_lazy("ส่งกลับแก้ไข"),
    "approved": gettext_lazy("ส่งใช้แล้ว"),
}


def shown(state: str, due: date, today: date) -> set[str]:
    """Under which filters an advance is listed."""
    held = {"held"} if state in HELD else set()
    return {"all", state} | held | ({"late"} if is_late(state, due, today) else set())


def is_late(state: str, due: date, today: date) -> bool:
    """Whether its borrower should have cleared it; what waits for a reviewer is not late."""
    return state in OPEN and due < today


def submitted_late(due: date, first_submitted: date | None) -> Text:
    """How the first clearing came, which stands whatever is returned later; nothing before it."""
    if first_submitted is None:
        return ""
    late = (first_submitted - due).days
    said = {"day": short(first_submitted), "n": late}
    return (_("ส่งใช้ครั้งแรก %(day)s ช้า %(n)d วัน") if late > 0 else _("ส่งใช้ครั้งแรก %(day)s ทันกำหนด")) % said


def timeliness(state: str, due: date, today: date) -> tuple[str, Text] | None:
    """The chip of its due day while the borrower has it; nothing once the clearing was submitted: then others hold it up."""
    if state not in OPEN:
        return None
    left = (due - today).days
    if left < 0:
        return "late", _("เกินกำหนด %d วัน") % -left
    return ("wait" if left <= 7 else "idle"), (_("ครบกำหนดวันนี้") if left == 0 else _("อีก %d วัน") % left)
