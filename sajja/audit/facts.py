"""The detail of an audit row in plain Thai: what is known by name is told, the rest stays for the workbook. Pure."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sajja.lib import money
from sajja.lib.thai_dates import month_name, short

ISO_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
MOST = 6  # of a list: the rest is counted


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return _("ใช่") if value else _("ไม่ใช่")
    if isinstance(value, list):
        said = ", ".join(_plain(one) for one in value[:MOST])
        return said if len(value) <= MOST else _("%(some)s และอีก %(rest)s รายการ") % {"some": said, "rest": len(value) - MOST}
    if isinstance(value, str) and ISO_DAY.fullmatch(value):
        return short(date.fromisoformat(value))
    return str(value)


def _baht(value: Any) -> str:
    return _("%(baht)s บาท") % {"baht": money.baht(int(value))}


def _month(value: Any) -> str:
    year, month = divmod(int(value), 100)
    return f"{month_name(month)} {year + 543}"


def _moment(value: Any) -> str:
    return short(datetime.fromisoformat(value).date())


Way = Callable[[Any], str]
FACTS: Final[dict[str, tuple[str | Promise, Way]]] = {
    "reason": (gettext_lazy("เหตุผล"), _plain), "because": (gettext_lazy("เหตุผล"), _plain), "note": (gettext_lazy("หมายเหตุ"), _plain),
    "before": (gettext_lazy("เดิม"), _plain), "from": (gettext_lazy("เดิม"), _plain),
    "after": (gettext_lazy("เป็น"), _plain), "to": (gettext_lazy("เป็น"), _plain),
    "day": (gettext_lazy("วันที่"), _plain), "on": (gettext_lazy("วันที่"), _plain), "date": (gettext_lazy("วันที่"), _plain),
    "ended_on": (gettext_lazy("วันที่"), _plain), "starts": (gettext_lazy("ตั้งแต่"), _plain), "ends": (gettext_lazy("ถึง"), _plain),
    "effective_from": (gettext_lazy("ตั้งแต่"), _plain), "opened_on": (gettext_lazy("เปิดเมื่อ"), _plain),
    "month": (gettext_lazy("เดือน"), _month), "bpm_at": (gettext_lazy("ส่งเมื่อ"), _moment),
    "satang": (gettext_lazy("จำนวนเงิน"), _baht), "surplus": (gettext_lazy("กำไร"), _baht), "principal": (gettext_lazy("เงินต้น"), _baht),
    "counted": (gettext_lazy("นับได้"), _baht), "book": (gettext_lazy("ตามบัญชี"), _baht), "bank": (gettext_lazy("ตามธนาคาร"), _baht),
    "voucher": (gettext_lazy("ใบสำคัญ"), _plain), "receipt": (gettext_lazy("ใบรับเงินเลขที่"), _plain),
    "number": (gettext_lazy("เลขที่"), _plain), "numbers": (gettext_lazy("เลขที่"), _plain), "member": (gettext_lazy("สมาชิกเลขที่"), _plain),
    "reference": (gettext_lazy("เลขอ้างอิง"), _plain), "order_number": (gettext_lazy("คำสั่งที่"), _plain),
    "person": (gettext_lazy("ผู้ดำรงตำแหน่ง"), _plain), "people": (gettext_lazy("รายชื่อ"), _plain), "name": (gettext_lazy("ชื่อ"), _plain),
    "username": (gettext_lazy("ชื่อผู้ใช้"), _plain), "score": (gettext_lazy("คะแนน"), _plain),
    "not_passed": (gettext_lazy("ข้อที่ไม่ผ่าน"), _plain), "step": (gettext_lazy("ขั้นตอน"), _plain), "steps": (gettext_lazy("ขั้นตอน"), _plain),
    "participants": (gettext_lazy("ผู้เข้าร่วม"), _plain), "instalments": (gettext_lazy("จำนวนงวด"), _plain),
    "lines": (gettext_lazy("จำนวนข้อ"), _plain), "groups": (gettext_lazy("กลุ่ม"), _plain), "rows": (gettext_lazy("จำนวนแถว"), _plain),
    "level": (gettext_lazy("ระดับ"), _plain), "source": (gettext_lazy("ที่มา"), _plain), "words": (gettext_lazy("ข้อความ"), _plain),
    "caption": (gettext_lazy("คำบรรยาย"), _plain), "address": (gettext_lazy("จากเครื่อง"), _plain),
}  # fmt: skip


def facts(detail: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(name, words) of what is known, empty ones left out; a value of a shape that nobody expects is told as it stands."""
    found = []
    for key, value in detail.items():
        if key not in FACTS or value in ("", None, [], {}):
            continue
        name, way = FACTS[key]
        try:
            found.append((str(name), way(value)))
        except (TypeError, ValueError, IndexError):
            found.append((str(name), _plain(value)))
    return found
