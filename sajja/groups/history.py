"""The history of a group in plain Thai: audit rows and gradings, told as who did what, from what to what. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sajja.lib import money
from sajja.lib.thai_dates import short

FIELDS = {
    "name": gettext_lazy("ชื่อ"),
    "code": gettext_lazy("รหัสทะเบียน"),
    "founded_on": gettext_lazy("วันก่อตั้ง"),
    "contact_name": gettext_lazy("ผู้ติดต่อ"),
    "contact_phone": gettext_lazy("โทรศัพท์"),
    "centre_name": gettext_lazy("ชื่อศูนย์จัดการกองทุนชุมชน"),
    "year": gettext_lazy("ปีที่จัดตั้งศูนย์"),
    "evidence": gettext_lazy("หลักฐาน"),
    "number": gettext_lazy("เลขที่สมาชิก"),
    "sex": gettext_lazy("เพศ"),
    "born_on": gettext_lazy("วันเกิด"),
    "kind": gettext_lazy("ประเภทสมาชิก"),
    "guardian": gettext_lazy("ผู้ปกครอง"),
    "joined_on": gettext_lazy("วันที่เป็นสมาชิก"),
    "address": gettext_lazy("ที่อยู่"),
    "phone": gettext_lazy("โทรศัพท์"),
    "marital_status": gettext_lazy("สถานภาพสมรส"),
    "spouse_name": gettext_lazy("ชื่อคู่สมรส"),
    "occupation": gettext_lazy("อาชีพหลัก"),
    "side_occupation": gettext_lazy("อาชีพรอง"),
    "income_satang": gettext_lazy("รายได้ต่อเดือน"),
    "other_memberships": gettext_lazy("สมาชิกกลุ่มอื่น"),
    "witnesses": gettext_lazy("พยาน"),
    "national_id": gettext_lazy("เลขประจำตัวประชาชน"),
    "beneficiaries": gettext_lazy("ผู้รับผลประโยชน์"),
    "family": gettext_lazy("ครอบครัว"),
    "status": gettext_lazy("สถานะ"),
}


@dataclass(frozen=True)
class Change:
    """One thing that changed: what, from, to; an empty text is "ไม่มี"."""

    what: str
    before: str
    after: str


@dataclass(frozen=True)
class Line:
    """One entry of the history."""

    at: datetime
    by: str
    said: str
    changes: list[Change] = field(default_factory=list)


def line(at: datetime, by: str, act: str, detail: Mapping[str, Any]) -> Line | None:
    """An audit row about a group, told; None for an act that is told elsewhere."""
    tell = TELL.get(act)
    if tell is None:
        return None
    said, changes = tell(detail)
    return Line(at, by, said, changes)


def in_time(lines: Iterable[Line]) -> list[Line]:
    """Newest first."""
    return sorted(lines, key=lambda told: told.at, reverse=True)


Told = tuple[str, list[Change]]


def _changes(detail: Mapping[str, Any]) -> list[Change]:
    return [Change(str(FIELDS.get(row["what"], row["what"])), row["from"], row["to"]) for row in detail.get("changes", [])]


def _changed(detail: Mapping[str, Any]) -> Told:
    return _("แก้ข้อมูลทะเบียน"), _changes(detail)


def _centre(detail: Mapping[str, Any]) -> Told:
    return _("บันทึกการเป็นแกนนำจัดตั้งศูนย์จัดการกองทุนชุมชน"), _changes(detail)


def _no_centre(detail: Mapping[str, Any]) -> Told:
    said = _("ถอนข้อมูลการเป็นแกนนำจัดตั้งศูนย์ เพราะ %s") % detail["reason"]
    return said, [Change(str(FIELDS["centre_name"]), detail["centre_name"], "")]


def _regulation(detail: Mapping[str, Any]) -> Told:
    heads = ", ".join(f"{name} {_rate(share)}%" for name, share in detail.get("heads", []))
    said = _("บันทึกระเบียบที่ใช้ตั้งแต่ %(day)s: สัจจะหุ้นละ %(unit)s บาท ดอกเบี้ยเงินกู้ร้อยละ %(rate)s ต่อปี") % {
        "day": _day(detail["in_force_from"]), "unit": money.baht(detail["pledge_unit_satang"]),
        "rate": _rate(detail["loan_interest_bp"]),
    }  # fmt: skip
    return (_("%(said)s จัดสรรกำไร %(heads)s") % {"said": said, "heads": heads}) if heads else said, []


def _committee(detail: Mapping[str, Any]) -> Told:
    names: Sequence[Sequence[str]] = detail["members"]
    said = _("บันทึกคณะกรรมการชุดใหม่ %(count)s คน เริ่มวาระ %(day)s: %(names)s") % {
        "count": len(names), "day": _day(detail["starts"]), "names": ", ".join(row[0] for row in names),
    }  # fmt: skip
    return said, []


def _end(detail: Mapping[str, Any]) -> Told:
    words = {"name": detail["name"], "day": _day(detail["ends"]), "reason": detail["reason"]}
    return _("%(name)s พ้นจากคณะกรรมการ วันสุดท้าย %(day)s เพราะ %(reason)s") % words, []


def _no_committee(detail: Mapping[str, Any]) -> Told:
    words = {"day": _day(detail["starts"]), "names": ", ".join(detail["names"]), "reason": detail["reason"]}
    return _("ถอนคณะกรรมการชุดที่เริ่มวาระ %(day)s (%(names)s) เพราะ %(reason)s") % words, []


def _no_regulation(detail: Mapping[str, Any]) -> Told:
    return _("ถอนระเบียบที่ใช้ตั้งแต่ %(day)s เพราะ %(reason)s") % {"day": _day(detail["in_force_from"]), "reason": detail["reason"]}, []


def _no_level(detail: Mapping[str, Any]) -> Told:
    words = {"year": detail["fiscal_year"], "level": detail["level"], "reason": detail["reason"]}
    return _("ถอนระดับ %(level)s ของปี %(year)s เพราะ %(reason)s") % words, []


def _appropriation(detail: Mapping[str, Any]) -> Told:
    said = _("บันทึกการจัดสรรกำไรปี %(year)s: กำไรสุทธิ %(surplus)s บาท ให้สมาชิก %(members)s บาท ให้ชุมชน %(community)s บาท") % {
        "year": detail["fiscal_year"], "surplus": money.baht(detail["surplus_satang"]),
        "members": money.baht(detail["to_members_satang"]), "community": money.baht(detail["to_community_satang"]),
    }  # fmt: skip
    return said, []


def _closed(detail: Mapping[str, Any]) -> Told:
    return _("บันทึกว่าเลิกกลุ่มเมื่อ %(day)s เพราะ %(reason)s") % {"day": _day(detail["closed_on"]), "reason": detail["reason"]}, []


def _reopened(detail: Mapping[str, Any]) -> Told:
    return _("ถอนการเลิกกลุ่ม เพราะ %s") % detail["reason"], []


def _rate(bp: int) -> str:
    return f"{bp // 100}.{bp % 100:02}".rstrip("0").rstrip(".")


def _day(iso: str) -> str:
    return short(date.fromisoformat(iso))


TELL: dict[str, Callable[[Mapping[str, Any]], Told]] = {
    "groups.change_group": _changed,
    "groups.found_centre": _centre,
    "groups.withdraw_centre": _no_centre,
    "groups.add_regulation": _regulation,
    "groups.elect_committee": _committee,
    "groups.withdraw_committee": _no_committee,
    "groups.withdraw_regulation": _no_regulation,
    "groups.withdraw_level": _no_level,
    "groups.end_membership": _end,
    "groups.record_appropriation": _appropriation,
    "groups.close_group": _closed,
    "groups.reopen_group": _reopened,
}
