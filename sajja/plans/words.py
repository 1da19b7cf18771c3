"""The plan in words: the state of a line, its days, and its history. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sajja.lib import money
from sajja.lib.thai_dates import day_month, short

Text = str | Promise
FIELDS: Mapping[str, Text] = {
    "activity": gettext_lazy("กิจกรรม"),
    "owner": gettext_lazy("ผู้รับผิดชอบ"),
    "starts": gettext_lazy("เริ่ม"),
    "ends": gettext_lazy("สิ้นสุด"),
    "money_satang": gettext_lazy("เงิน (บาท)"),
    "money_source": gettext_lazy("แหล่งเงิน"),
    "success": gettext_lazy("ความสำเร็จ"),
}
ACTS: Mapping[str, Text] = {
    "plans.draft_plan": gettext_lazy("ร่างแผนจากข้อที่ไม่ผ่าน"),
    "plans.add_line": gettext_lazy("เพิ่มกิจกรรมของกลุ่ม"),
    "plans.change_line": gettext_lazy("แก้ไขกิจกรรม"),
    "plans.fill_lines": gettext_lazy("กรอกรายละเอียดกิจกรรม"),
    "plans.bring_in": gettext_lazy("เพิ่มกิจกรรมจากผลประเมินครั้งใหม่"),
    "plans.remove_line": gettext_lazy("ลบกิจกรรมของกลุ่ม"),
    "plans.merge_line": gettext_lazy("รวมกิจกรรม"),
    "plans.split_line": gettext_lazy("แยกกิจกรรมที่รวมไว้"),
    "plans.move_line": gettext_lazy("เปลี่ยนลำดับกิจกรรม"),
    "plans.sign_as_chair": gettext_lazy("ประธานกลุ่มลงนาม"),
    "plans.sign_as_head": gettext_lazy("พัฒนาการอำเภอลงนาม"),
    "plans.withdraw_signatures": gettext_lazy("ถอนลายมือชื่อเพื่อแก้แผน"),
    "plans.mark_done": gettext_lazy("บันทึกว่าดำเนินการแล้ว"),
    "plans.take_back_done": gettext_lazy("ยกเลิกการบันทึกว่าดำเนินการแล้ว"),
}


@dataclass(frozen=True)
class Change:
    """One part of a line that changed; an empty text is "–"."""

    what: Text
    before: str
    after: str


@dataclass(frozen=True)
class Told:
    """One entry of the history."""

    at: datetime
    by: str
    said: Text
    about: str = ""
    changes: list[Change] = field(default_factory=list)


def told(at: datetime, by: str, act: str, about: str, detail: Mapping[str, Any]) -> Told:
    """An audit row in Thai: who did what to which line, why, and what it was before."""
    said = ACTS.get(act, act)
    changes = [
        Change(FIELDS[one["what"]], _shown(one["what"], one["from"]), _shown(one["what"], one["to"]))
        for one in detail.get("changes", [])
    ]
    if act in {"plans.sign_as_chair", "plans.sign_as_head"}:
        paper = _("บนกระดาษ") if detail.get("on_paper") else ""
        return Told(at, by, said, " ".join(part for part in (detail.get("name", ""), paper) if part))
    if act == "plans.merge_line":
        return Told(at, by, said, _("%(line)s → %(into)s") % {"line": about, "into": detail.get("into", "")})
    reason = detail.get("reason") or ""
    of_plan = act in {"plans.draft_plan", "plans.fill_lines", "plans.bring_in", "plans.withdraw_signatures"}
    return Told(at, by, said, " · ".join(part for part in ("" if of_plan else about, reason) if part), changes)


def _shown(what: str, kept: str) -> str:
    if not kept:
        return "–"
    if what == "money_satang":
        return money.baht(int(kept))
    return short(date.fromisoformat(kept)) if what in {"starts", "ends"} else kept


def span(starts: date | None, ends: date | None) -> str:
    """1–30 มิ.ย. 2564 · 1 มิ.ย. – 31 ส.ค. 2564 · ภายใน 30 มิ.ย. 2564 · ตั้งแต่ 1 มิ.ย. 2564 · – where neither is said."""
    if starts and ends:
        if starts == ends:
            return short(ends)
        if (starts.year, starts.month) == (ends.year, ends.month):
            return f"{starts.day}–{short(ends)}"
        return f"{day_month(starts) if starts.year == ends.year else short(starts)} – {short(ends)}"
    if ends:
        return _("ภายใน %s") % short(ends)
    return _("ตั้งแต่ %s") % short(starts) if starts else "–"


def state_of(starts: date | None, ends: date | None, done: bool, today: date) -> tuple[str, str]:
    """The chip of a line of a signed plan: class and word."""
    if done:
        return "ok", _("ดำเนินการแล้ว")
    if ends and ends < today:
        return "late", _("เลยกำหนด %d วัน") % (today - ends).days
    if starts and starts <= today:
        return "doing", _("กำลังทำ")
    return "idle", _("ยังไม่เริ่ม")


def gaps(number: int, owner: str, starts: date | None, ends: date | None, success: str) -> str:
    """What a line still leaves open, as one sentence; nothing where it is whole. Said before signing, never a block."""
    open_parts = [
        word
        for missing, word in [
            (not owner, _("ผู้รับผิดชอบ")),
            (not (starts and ends), _("ช่วงเวลา")),
            (not success, _("สิ่งที่บอกว่าสำเร็จ")),
        ]
        if missing
    ]
    return _("กิจกรรมที่ %(number)d ยังไม่มี%(parts)s") % {"number": number, "parts": ", ".join(open_parts)} if open_parts else ""
