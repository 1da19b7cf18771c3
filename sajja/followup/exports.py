"""Excel of every list of the follow-up room."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext as _

from sajja.followup import words
from sajja.followup.models import Finding, FindingMove, Visit
from sajja.followup.queries import Row
from sajja.followup.suggesting import Suggested
from sajja.org.models import Kind, Post, Unit
from sajja.org.queries import NamesAbove
from sajja.programme.models import ProgrammeYear
from sajja.web import clock
from sajja.web.sheets import Cell, Column, Sheet, workbook


def _title(what: str, year: ProgrammeYear, place: Unit) -> str:
    return _("%(what)s %(place)s ปีงบประมาณ %(year)d") % {"what": what, "place": place.full_name, "year": year.year}


def summary(year: ProgrammeYear, place: Unit, rows: Sequence[Row]) -> bytes:
    """The zones of the nation, or the provinces of a zone, with their counts and sums."""
    of_zones = place.kind == Kind.DEPARTMENT
    heads = [
        Column(_("เขต") if of_zones else _("จังหวัด")),
        Column(_("ผู้ติดตามวันนี้")),
        *[
            Column(head, "number")
            for head in (
                _("วางแผน"),
                _("ติดตามแล้ว"),
                _("ยกเลิก"),
                _("ข้อสังเกตเปิดอยู่"),
                _("เลยกำหนด"),
                _("รอตรวจคำตอบ"),
                _("ปิดแล้ว"),
            )
        ],
    ]
    figures = [_figures(row) for row in rows]
    body: list[list[Cell]] = [
        [row.unit.full_name, ", ".join(row.officers), *of_row] for row, of_row in zip(rows, figures, strict=True)
    ]
    totals: list[Cell] = [_("รวม"), None, *(sum(column) for column in zip(*figures, strict=True))] if rows else []
    title = _title(_("สรุปการติดตาม"), year, place)
    return workbook([Sheet(_("สรุปการติดตาม"), heads, body, title=title, totals=totals)], clock.now())


def _figures(row: Row) -> list[int]:
    visits, findings = row.counts.visits, row.counts.findings
    return [visits[state] for state in ("planned", "made", "cancelled")] + [
        findings[which] for which in ("open", "late", "answered", "closed")
    ]


def visits(year: ProgrammeYear, place: Unit, listed: Iterable[Visit], counted: dict[int, tuple[int, int]]) -> bytes:
    """The visits; `counted`: visit's key → groups gone to, and findings."""
    heads = [
        Column(_("วันที่"), "date"),
        Column(_("จังหวัด")),
        Column(_("เขต")),
        Column(_("สถานะ")),
        Column(_("ผู้ไปติดตาม")),
        Column(_("กลุ่ม"), "number"),
        Column(_("ข้อสังเกต"), "number"),
        Column(_("สรุปสิ่งที่พบ")),
    ]
    rows: list[list[Cell]] = []
    for one in listed:
        groups, findings = counted.get(one.pk, (0, 0))
        state = str(words.of_visit(one.state, one.day, clock.today())[1])
        rows.append([one.day, one.province.name, one.zone.number, state, one.went, groups, findings, one.summary])
    return workbook([Sheet(_("การติดตาม"), heads, rows, title=_title(_("การติดตาม"), year, place))], clock.now())


def findings(year: ProgrammeYear, place: Unit, listed: Sequence[Finding], answers: dict[int, FindingMove], today: date) -> bytes:
    """The findings with their newest answer."""
    heads = [
        Column(_("เรื่องของ")),
        Column(_("อำเภอที่ตอบ")),
        Column(_("จังหวัด")),
        Column(_("วันที่ไปติดตาม"), "date"),
        Column(_("เรื่อง")),
        Column(_("ระดับ")),
        Column(_("พบอะไร")),
        Column(_("คำแนะนำ")),
        Column(_("กำหนดตอบ"), "date"),
        Column(_("สถานะ")),
        Column(_("คำตอบล่าสุด")),
        Column(_("วันที่ตอบ"), "date"),
    ]
    rows = [
        [
            one.about.full_name, one.owner.name, one.visit.province.name, one.visit.day, str(words.KINDS[one.kind]),
            str(words.SEVERITIES[one.severity]), one.words, one.advice, one.due, str(words.of_finding(one.state, one.due, today)[1]),
            *_answered(answers.get(one.pk)),
        ]
        for one in listed
    ]  # fmt: skip
    return workbook([Sheet(_("ข้อสังเกต"), heads, rows, title=_title(_("ข้อสังเกต"), year, place))], clock.now())


def _answered(answer: FindingMove | None) -> list[Cell]:
    return [answer.words, clock.day_of(answer.at)] if answer else [None, None]


def suggestions(year: ProgrammeYear, place: Unit, offered: Iterable[Suggested], names: NamesAbove, word: str) -> bytes:
    """The groups suggested, how and why; the word repeats the draw."""
    heads = [Column(_("กลุ่ม")), Column(_("อำเภอ")), Column(_("จังหวัด")), Column(_("เลือกโดย")), Column(_("เหตุผล"))]
    rows: list[list[Cell]] = [
        [
            one.candidate.name,
            names.district(one.candidate.path),
            names.province(one.candidate.path),
            str(words.HOWS[one.how]),
            " · ".join(one.candidate.words),
        ]
        for one in offered
    ]
    what = _("กลุ่มที่ควรไปติดตาม (รหัสสุ่ม %s)") % word
    return workbook([Sheet(_("กลุ่มที่ควรไป"), heads, rows, title=_title(what, year, place))], clock.now())


def posts(listed: Iterable[Post]) -> bytes:
    """Who followed which zone up, from when to when."""
    heads = [Column(_("เขต"), "number"), Column(_("ผู้ติดตาม")), Column(_("ตั้งแต่"), "date"), Column(_("ถึง"), "date")]
    rows: list[list[Cell]] = [[post.unit.number, post.person.full_name, post.starts, post.ends] for post in listed]
    return workbook([Sheet(_("ผู้ติดตามประจำเขต"), heads, rows, title=_("ผู้ติดตามประจำเขตตรวจราชการ"))], clock.now())
