"""What a report says, made from what is already there: kept with each submission, so that the next shows the difference."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sajja.assessments.models import Slot
from sajja.assessments.queries import current_by_selected
from sajja.forums import queries as forums
from sajja.forums.models import Forum
from sajja.lib.thai_dates import short
from sajja.org.models import Unit
from sajja.plans.models import Plan
from sajja.plans.queries import standing_lines
from sajja.programme.models import ProgrammeYear
from sajja.programme.queries import terms_of
from sajja.reports.queries import Owed, accepted_contents, owed

BOOKKEEPING = {
    "ours": gettext_lazy("ใช้โปรแกรมสัจจะ"),
    "department": gettext_lazy("ใช้โปรแกรมของกรมฯ"),
    "paper": gettext_lazy("ใช้สมุดอย่างเดียว"),
}


def of_forum(forum: Forum) -> dict[str, Any]:
    """The figures of one forum, by the Thai name of each: plain text and numbers that JSON keeps."""
    people = [one for one in forums.attendees_of(forum) if not one.observer]
    plan = Plan.objects.filter(selected=forum.selected_id).first()
    counted = current_by_selected([forum.selected_id]).get(forum.selected_id, {})
    photos = forums.pictures(forum)
    assessed = [counted.get(slot) for slot in (Slot.GOVERNANCE, Slot.SSG)]
    return {
        _("วันจัดเวที"): ", ".join(short(sitting.day) for sitting in forums.sittings_of(forum)),
        _("ผู้เข้าร่วม"): len(people),
        _("หญิง"): sum(1 for one in people if one.sex == "female"),
        _("ขั้นตอนที่ทำแล้ว"): f"{sum(forums.steps_done(forum).values())}/6",
        _("ธรรมาภิบาลผ่าน"): _of(assessed[0]),
        _("SSG ผ่าน"): _of(assessed[1]),
        _("ข้อที่ไม่ผ่าน"): sum((one.judged or 0) - (one.passed or 0) for one in assessed if one),
        _("โปรแกรมบัญชี"): str(BOOKKEEPING.get(forum.bookkeeping, "–")),
        _("กิจกรรมในแผน"): standing_lines(plan).count() if plan else 0,
        _("ลงนามแผนครบ"): _("ครบ") if plan and plan.signed_at else _("ยังไม่ครบ"),
        _("รูป"): len(photos),
        _("รูปแต่ละรูป"): {str(photo.pk): f"{photo.step} {photo.caption}".strip() or _("ไม่มีคำบรรยาย") for photo in photos},
    }


def shown(said: dict[str, Any]) -> dict[str, Any]:
    """What a person reads of it: pictures are told one by one by `changes` alone."""
    return {name: value for name, value in said.items() if not isinstance(value, dict)}


def _of(assessment: Any) -> str:
    return f"{assessment.passed}/{assessment.judged}" if assessment else "–"


def missing(forum: Forum) -> list[str]:
    """What keeps a report from being complete, one Thai sentence each. Pictures are asked for apart: a reason will do."""
    done = forums.steps_done(forum)
    return [
        text
        for wrong, text in [
            (forum.state != "held", _("เวทียังไม่ปิด ปิดเวทีก่อนส่งรายงาน")),
            (not forums.participants(forum), _("ยังไม่มีรายชื่อผู้เข้าร่วม")),
            (not done["4.3"], _("ยังไม่ยืนยันผลประเมินธรรมาภิบาล (4.3)")),
            (not done["4.4"], _("ยังไม่ยืนยันผลประเมิน SSG (4.4)")),
            (not done["4.5"], _("ยังไม่ตอบเรื่องโปรแกรมบัญชี (4.5)")),
            (not done["4.6"], _("ยังไม่จัดทำแผนการพัฒนากลุ่ม (4.6)")),
        ]
        if wrong
    ]


def too_few_pictures(forum: Forum) -> bool:
    """Whether the forum has fewer pictures than the year asks for."""
    return len(forums.pictures(forum)) < terms_of(forum.revision).pictures_least


def of_report(one: Owed) -> dict[str, Any]:
    """The figures of all forums of a report; those of several are told apart by their groups' names."""
    said: dict[str, Any] = {}
    for forum in one.forums:
        before = f"{forum.selected.group.name}: " if len(one.forums) > 1 else ""
        said |= {f"{before}{name}": value for name, value in of_forum(forum).items()}
    return said


def of_province(year: ProgrammeYear, province: Unit) -> dict[str, Any]:
    """A province's figures from the accepted reports of its districts, as they were when accepted."""
    rows = owed(year, province.path)
    accepted = [one for one in rows if one.state == "accepted"]
    kept = [name_and_value for said in accepted_contents(accepted) for name_and_value in said.items()]

    def total(name: str) -> int:
        return sum(int(value) for key, value in kept if key == name or key.endswith(f": {name}"))

    plan_signed = _("ลงนามแผนครบ")
    return {
        _("เวทีที่จัดแล้ว"): sum(len(one.forums) for one in rows),
        _("รายงานที่ตรวจรับ"): len(accepted),
        _("รายงานที่ยังไม่ตรวจรับ"): len(rows) - len(accepted),
        _("กลุ่มในรายงานที่ตรวจรับ"): sum(len(one.forums) for one in accepted),
        _("ผู้เข้าร่วม"): total(_("ผู้เข้าร่วม")),
        _("หญิง"): total(_("หญิง")),
        _("ข้อที่ไม่ผ่าน"): total(_("ข้อที่ไม่ผ่าน")),
        _("กิจกรรมในแผน"): total(_("กิจกรรมในแผน")),
        _("แผนที่ลงนามครบ"): sum(
            1 for key, value in kept if (key == plan_signed or key.endswith(f": {plan_signed}")) and value == _("ครบ")
        ),
        _("รูป"): total(_("รูป")),
    }


def changes(before: dict[str, Any], now: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    """What differs between two submissions: name, before, now; pictures that came and went by their captions."""
    names = [*now, *(name for name in before if name not in now)]
    found: list[tuple[str, Any, Any]] = []
    for name in names:
        was, is_now = before.get(name, "–"), now.get(name, "–")
        if was == is_now:
            continue
        if isinstance(was, dict) or isinstance(is_now, dict):
            found += _pictures(name, was, is_now) if isinstance(was, dict) and isinstance(is_now, dict) else []
        else:
            found.append((name, was, is_now))
    return found


def _pictures(name: str, was: dict[str, str], is_now: dict[str, str]) -> list[tuple[str, Any, Any]]:
    """Of pictures by their keys: what came, what went, whose caption was changed."""
    group = name.rpartition(": ")[0]
    before = f"{group}: " if group else ""
    came = [caption for key, caption in is_now.items() if key not in was]
    went = [caption for key, caption in was.items() if key not in is_now]
    other = [(caption, is_now[key]) for key, caption in was.items() if key in is_now and is_now[key] != caption]
    return [
        *((f"{before}{_('รูปที่เพิ่ม')}", "–", caption) for caption in came),
        *((f"{before}{_('รูปที่เอาออก')}", caption, "–") for caption in went),
        *((f"{before}{_('คำบรรยายรูป')}", old, new) for old, new in other),
    ]
