"""The papers of a year: the circular to the offices below, the selection of a province for signature."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from sajja.lib import money
from sajja.lib.thai_dates import long, short
from sajja.org.models import Kind, Unit
from sajja.org.papers import issued
from sajja.programme.models import ProgrammeYear, Revision
from sajja.programme.queries import current_revision, terms_of
from sajja.programme.selection import Line, Seat, Selection
from sajja.programme.terms import Terms
from sajja.web import papers
from sajja.web.papers import pieces


def circular(year: ProgrammeYear, unit: Unit) -> bytes:
    """The letter to the offices below, from the terms in force, stamped with their revision."""
    revision = current_revision(year)
    data = circular_data(revision, terms_of(revision), unit)
    return papers.pdf("programme/circular", issued("circular", unit.path, revision.at, data), revision.at)


def circular_data(revision: Revision, terms: Terms, unit: Unit) -> dict[str, Any]:
    """The department writes to every province, a province to its districts; the days and the money are those of the terms."""
    from_department = unit.kind == Kind.DEPARTMENT
    letter = {"number": terms.reference, "day": long(terms.dated)}
    places = terms.quota if terms.quota_per == "province" else terms.quota_in(unit.path[:2])
    rows = [
        [_("จัดเวทีกลุ่มละ %(n)d คน ครบทุกขั้น") % {"n": terms.participants}, _("ภายใน %s") % short(terms.activity_ends)],
        [_("อำเภอรายงานผลให้จังหวัด"), _("ภายใน %d วันหลังจบเวที") % terms.district_report_days],
        [_("จังหวัดรายงานผลในระบบ BPM"), _("ภายใน %s") % short(terms.province_report_due)],
    ]
    target = pieces.said(_national(terms) if from_department else _provincial(terms, unit, places))
    said = {
        "office": _("กรมการพัฒนาชุมชน"), "place": _("ศูนย์ราชการเฉลิมพระเกียรติ ๘๐ พรรษาฯ กรุงเทพมหานคร"), "number": "ว ",
        "to": _("พัฒนาการจังหวัด ทุกจังหวัดที่ดำเนินกิจกรรม"), "head": _("อธิบดีกรมการพัฒนาชุมชน"), "section": terms.responsible, "refers": "",
    } if from_department else {
        "office": _("สำนักงานพัฒนาชุมชน%s") % unit.full_name, "place": _("ศาลากลาง%s") % unit.full_name, "number": "ว ",
        "to": _("พัฒนาการอำเภอ ทุกอำเภอ"), "head": _("พัฒนาการ%s") % unit.full_name, "section": _("กลุ่มงานส่งเสริมการพัฒนาชุมชน"),
        "refers": _("หนังสือกรมการพัฒนาชุมชน ที่ %(number)s ลงวันที่ %(day)s") % letter,
    }  # fmt: skip
    subject = _("การดำเนินกิจกรรม%(title)s ปีงบประมาณ พ.ศ. %(year)d") % {"title": terms.title, "year": terms.year}
    return {
        **said, "title": subject, "subject": subject, "signer": "", "enclosed": [_("หลักเกณฑ์และขั้นตอนการจัดเวที จำนวน 1 ชุด")],
        "draft": _("ฉบับแก้ไขที่ %(number)d · %(what)s") % {"number": revision.number, "what": revision.what_changed},
        "pieces": [
            pieces.said(_("ด้วยโครงการ%s กำหนดให้ดำเนินกิจกรรมตามรายละเอียดดังนี้") % terms.project), target,
            pieces.table([_("งาน"), _("กำหนด")], rows, [1, 0]),
            pieces.said(_("จึงเรียนมาเพื่อพิจารณาดำเนินการ")),
        ],
        "annex": [
            pieces.head(_("หลักเกณฑ์การคัดเลือกกลุ่ม")), pieces.numbered([one.title for one in terms.rules]),
            pieces.head(_("ขั้นตอนการจัดเวที")), pieces.table([_("ขั้น"), _("กิจกรรม")], [list(step) for step in terms.steps], [0, 1]),
        ],
    }  # fmt: skip


def _national(terms: Terms) -> str:
    return _("%(title)s เป้าหมาย %(groups)d กลุ่ม %(provinces)d จังหวัด งบประมาณ %(baht)s บาท (%(words)s)") % {
        "title": terms.title, "groups": terms.groups, "provinces": terms.provinces,
        "baht": money.baht(terms.budget_satang), "words": money.words(terms.budget_satang),
    }  # fmt: skip


def _provincial(terms: Terms, province: Unit, places: int) -> str:
    return _("%(place)s ได้รับโควตา %(n)d กลุ่ม งบประมาณกลุ่มละ %(baht)s บาท (%(words)s)") % {
        "place": province.full_name, "n": places, "baht": money.baht(terms.per_group_satang),
        "words": money.words(terms.per_group_satang),
    }  # fmt: skip


def selection(found: Selection, proposers: Sequence[tuple[Unit, Sequence[str]]]) -> bytes:
    """The selection for signature; a draft until the list is frozen."""
    at = found.frozen.confirmed_at if found.frozen else current_revision(found.year).at
    seats = found.seats() if found.frozen else []
    lines = [] if found.frozen else [line for line in found.lines() if line.proposal]
    data = selection_data(found, seats, lines, proposers)
    return papers.pdf("programme/selection", issued("selection", found.unit.path, at, data), at)


def selection_data(
    found: Selection, seats: Sequence[Seat], lines: Sequence[Line], proposers: Sequence[tuple[Unit, Sequence[str]]]
) -> dict[str, Any]:
    """Who was chosen by which rule, who was not and why, a place to sign for each district and the head."""
    terms = found.terms
    letter = {"number": terms.reference, "day": long(terms.dated), "n": found.quota}
    rows = [_seated(seat) for seat in seats] or [_proposed(n, line) for n, line in enumerate(lines, 1)]
    left = [[n, row["name"], row["reason"]] for n, row in enumerate(found.kept_left_out(), 1)]
    heads = [_("ที่"), _("กลุ่ม"), _("ตำบล อำเภอ"), _("หลักเกณฑ์"), _("หมายเหตุ")]
    rest = [pieces.head(_("กลุ่มที่ไม่ได้รับคัดเลือก และเหตุผล")), pieces.table([_("ที่"), _("กลุ่ม"), _("เหตุผล")], left, [0, 1, 1], fine=True)]
    head = (found.frozen.confirmed_by.full_name if found.frozen else "", _("ผู้ยืนยัน พัฒนาการ%s") % found.province.full_name)
    seats_to_sign = [(", ".join(names), _("ผู้เสนอ สำนักงานพัฒนาชุมชน%s") % unit.full_name) for unit, names in proposers]
    return {
        "title": _("รายงานการพิจารณาคัดเลือกกลุ่มออมทรัพย์เพื่อการผลิต"),
        "under": [terms.title, _("%(unit)s ปีงบประมาณ พ.ศ. %(year)d") % {"unit": found.unit.full_name, "year": found.year.year}],
        "foot": "" if found.frozen else _("ร่าง ยังไม่ยืนยันรายชื่อ"),
        "pieces": [
            pieces.plain(_("ตามหนังสือกรมการพัฒนาชุมชน ที่ %(number)s ลงวันที่ %(day)s โควตา %(n)d แห่ง ตามหลักเกณฑ์") % letter),
            pieces.numbered([one.title for one in terms.rules]),
            pieces.head(_("กลุ่มที่ได้รับคัดเลือก")),
            pieces.table(heads, rows, [0, 3, 2.4, 1.3, 1.6], fine=True) if rows else pieces.plain(_("ยังไม่มีกลุ่มที่เสนอ")),
            *(rest if left else []),
            pieces.signs(*seats_to_sign, head),
        ],
    }  # fmt: skip


def _seated(seat: Seat) -> list[object]:
    before = [_("แทน%(name)s") % {"name": old.group.name} for old in seat.before]
    notes = " ".join([seat.now.reason if seat.now else "", *before]).strip()
    return [
        seat.place.number,
        seat.now.group.name if seat.now else _("(ว่าง)"),
        seat.where,
        _rule(seat.now.rule) if seat.now else "",
        notes,
    ]


def _proposed(number: int, line: Line) -> list[object]:
    return [number, line.candidate.name, line.where, _rule(line.number), line.proposal.reason if line.proposal else ""]


def _rule(number: int | None) -> str:
    return _("ข้อ %d") % number if number else _("นอกหลักเกณฑ์")
