"""The result of an assessment as PDF."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from sajja.assessments import queries
from sajja.assessments.models import Aspect, AspectScore, Assessment, Indicator, InstrumentVersion
from sajja.assessments.scoring import FAIL, PASS
from sajja.groups.queries import places_above
from sajja.lib.thai_dates import long
from sajja.org.papers import issued
from sajja.web import papers
from sajja.web.papers import pieces


def result(found: Assessment) -> bytes:
    """A confirmed assessment on paper, stamped with the moment of its confirmation."""
    assert found.confirmed_at is not None  # the view says so
    scores = list(found.aspect_scores.select_related("aspect").order_by("aspect__number"))
    data = result_data(found, scores, queries.indicators_of(found.version), queries.verdicts_of(found))
    return papers.pdf(
        "assessments/result", issued("result", found.selected.group.unit.path, found.confirmed_at, data), found.confirmed_at
    )


def result_data(
    found: Assessment, scores: Sequence[AspectScore], indicators: Sequence[Indicator], verdicts: Mapping[int, str]
) -> dict[str, Any]:
    """What it came to: the figure, each aspect, every indicator's verdict, what was not passed with the advice."""
    group = found.selected.group
    places = " ".join(place.short_name for place in places_above(group))
    passed = {"passed": found.passed, "judged": found.judged, "score": found.score}
    by_aspect = [
        [one.aspect.number, one.aspect.title, f"{one.passed}/{one.judged}", one.score if one.score is not None else "–"]
        for one in scores
    ]
    word = {PASS: _("ผ่าน"), FAIL: _("ไม่ผ่าน")}
    judged = [[one.code, one.text, word.get(verdicts.get(one.pk, ""), _("ไม่เกี่ยวข้อง"))] for one in indicators]
    failed = [[one.code, one.text, one.recommendation] for one in indicators if verdicts.get(one.pk) == FAIL]
    advice = [
        pieces.head(_("ข้อที่ไม่ผ่านและข้อแนะนำ")),
        pieces.table([_("ข้อ"), _("ตัวชี้วัด"), _("ข้อแนะนำ")], failed, [0, 1, 1], fine=True),
    ]
    none = [pieces.head(_("ผ่านทุกข้อ"))]
    band = [(_("ระดับ"), found.band)] if found.band else []
    axes = [(one.aspect.short_name, one.passed, one.judged) for one in scores]
    return {
        "title": _("ผล%s") % found.version.instrument.short_title,
        "under": [f"{group.name} {places}", _("ประเมินวันที่ %s") % long(found.day)],
        "foot": "" if found.version.official else _("ตัวอย่าง ไม่ใช่ข้อความทางการ"),
        "pieces": [
            pieces.facts((_("ผล"), _("ผ่าน %(passed)s จาก %(judged)s ข้อ คะแนน %(score)s จาก 100") % passed), *band),
            *([pieces.radar(axes)] if len(axes) > 2 else []),
            pieces.table([_("ด้าน"), "", _("ผ่าน"), _("คะแนน")], by_aspect, [0, 1, 0, 0], money=[2, 3]),
            *(advice if failed else none),
            pieces.head(_("ผลรายตัวชี้วัด")),
            pieces.table([_("ข้อ"), _("ตัวชี้วัด"), _("ผล")], judged, [0, 1, 0], fine=True),
            pieces.plain(_("แบบประเมิน %(title)s ฉบับที่ %(number)d") % {"title": found.version.title, "number": found.version.number}),
            pieces.signs((found.confirmed_by.full_name if found.confirmed_by else "", _("ผู้ยืนยันผลการประเมิน")), ("", _("ประธานกลุ่ม"))),
        ],
    }  # fmt: skip


def blank(found: InstrumentVersion) -> bytes:
    """The form of an instrument to be answered on paper, stamped with the moment it was loaded."""
    return papers.pdf("assessments/result", blank_data(found, queries.aspects_of(found)), found.loaded_at)


def blank_data(found: InstrumentVersion, aspects: Sequence[Aspect]) -> dict[str, Any]:
    """Every indicator by aspect, with room for the answer and what shows it, and the places to sign."""
    heads = [_("ข้อ"), _("ตัวชี้วัด"), _("คำตอบ"), _("หลักฐาน / เหตุผล")]
    made = []
    for aspect in aspects:
        rows = [[one.code, one.text, "", ""] for one in aspect.indicators.all()]
        made += [
            pieces.head(f"{aspect.number} {aspect.title}"),
            pieces.table(heads, rows, [0, 3, 1, 1.6], ruled=True, tall=True, fine=True),
        ]
    return {
        "title": found.title,
        "under": [_("ฉบับที่ %(number)d ปีงบประมาณ %(year)d") % {"number": found.number, "year": found.fiscal_year}],
        "foot": "" if found.official else _("ตัวอย่าง ไม่ใช่ข้อความทางการ"),
        "pieces": [
            pieces.plain(_("กลุ่ม ............................................................ วันที่ประเมิน ..............................")), *made,
            pieces.signs(("", _("ผู้ประเมิน")), ("", _("ประธานกลุ่ม"))),
        ],
    }  # fmt: skip
