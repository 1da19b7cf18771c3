"""The plan as PDF."""

from typing import Any

from django.utils.translation import gettext as _

from sajja.groups.queries import committee_on, places_above
from sajja.lib import money
from sajja.lib.thai_dates import long
from sajja.org.papers import issued
from sajja.plans import queries, words
from sajja.plans.models import Plan, PlanLine, PlanSignature
from sajja.web import papers
from sajja.web.papers import pieces


def plan(found: Plan) -> bytes:
    """The plan for both signatures, stamped with its last signature or its drafting."""
    signed = queries.signatures_of(found)
    at = max([found.drafted_at, *(one.at for one in signed.values())])
    data = plan_data(found, queries.lines_of(found), signed)
    return papers.pdf("plans/plan", issued("plan", found.selected.group.unit.path, at, data), at)


def plan_data(found: Plan, lines: list[PlanLine], signed: dict[str, PlanSignature]) -> dict[str, Any]:
    """What the plan says: a row for each activity, the sum, the places of the signatures."""
    group = found.selected.group
    places = " ".join(place.short_name for place in places_above(group))
    chair = next((one.name for one in committee_on(group) if one.office == "chair"), "")
    heads = [_("ที่"), _("ข้อที่ไม่ผ่าน"), _("กิจกรรม"), _("ผู้รับผิดชอบ"), _("ช่วงเวลา"), _("เงิน (บาท)"), _("แหล่งเงิน"), _("สิ่งที่บอกว่าสำเร็จ")]
    total = ["", "", _("รวมเงินตามแผน"), "", "", money.baht(sum(line.money_satang for line in lines)), "", ""]
    rows = [*(_row(number, line) for number, line in enumerate(lines, 1)), total]
    seats = [("chair", chair, _("ประธานกลุ่มออมทรัพย์เพื่อการผลิต")), ("head", "", _("พัฒนาการอำเภอ"))]
    return {
        "title": _("แผนการพัฒนากลุ่มออมทรัพย์เพื่อการผลิต"),
        "under": [
            _("(แผนการบริหารจัดการกลุ่มตามมาตรฐาน SMART Saving Group)"), f"{group.name} {places}",
            _("ปีงบประมาณ พ.ศ. %d") % found.selected.year.year,
        ],
        "foot": "" if found.signed_at else _("ร่าง ยังลงนามไม่ครบ"),
        "pieces": [
            pieces.plain(_("ตามหนังสือกรมการพัฒนาชุมชน ที่ %s") % found.revision.reference),
            pieces.table(heads, rows, [0, 3, 3, 1.8, 1.8, 1.3, 1.4, 2.2], money=[5], sum=True, fine=True),
            pieces.signs(*(_seat(signed.get(seat), name, office) for seat, name, office in seats)),
        ],
    }  # fmt: skip


def _row(number: int, line: PlanLine) -> list[str]:
    aims = "\n".join(f"{aim.name} {aim.indicator.text}" for aim in line.aims if aim.indicator) or _("กลุ่มเพิ่มเอง")
    span = words.span(line.starts, line.ends)
    return [str(number), aims, line.activity, line.owner, span, money.baht(line.money_satang), line.money_source, line.success]


def _seat(signature: PlanSignature | None, name: str, office: str) -> tuple[str, str]:
    if signature is None:
        return name, f"{office}\n{_('วันที่ ......../......../........')}"
    return signature.name, f"{office}\n{_('วันที่ %s') % long(signature.day)}"
