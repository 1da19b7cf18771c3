"""Every write of the reports room: submit, return, accept; the province's own report and its entry in BPM."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from sajja.audit.actions import record
from sajja.audit.acts import act
from sajja.forums.models import Forum
from sajja.lib.refusals import Refused
from sajja.org.door import AFTER
from sajja.org.models import Kind, Person, Unit
from sajja.programme.models import ProgrammeYear
from sajja.programme.queries import current_revision, terms_of
from sajja.reports import content
from sajja.reports import marks as marking
from sajja.reports.life import DISTRICT, PROVINCE
from sajja.reports.models import DistrictReport, Extension, ProvinceReport, ProvinceReportMove, ReportMove
from sajja.reports.queries import Owed, extensions_under, last_sent, owed, owed_of, province_due, waiting_for
from sajja.web import clock


@act
def submit_report(  # a report has these parts
    *, by: Person, forum: Forum, summary: str, problems: str = "", few_pictures_reason: str = "", at: datetime | None = None
) -> DistrictReport:
    """Send the report of a held forum (or of its whole district, by the year's terms) to the province; again after a return.

    Refused with every gap named. The first submission decides timeliness, whatever is returned later; late is a flag.
    """
    at = at or clock.now()
    list(Forum.objects.select_for_update().filter(pk=forum.pk))  # two who send at the same moment meet here
    one = owed_of(forum)
    if one is None:
        raise Refused(" · ".join(content.missing(forum)) or _("กลุ่มนี้ถูกเปลี่ยนออกจากรายชื่อแล้ว ไม่ต้องส่งรายงาน"))
    _check(one, summary, few_pictures_reason)
    report = _report(one, forum)
    report.state = DISTRICT.after(report.state, "submit")
    report.first_submitted_at = report.first_submitted_at or at
    report.summary, report.problems, report.few_pictures_reason = summary.strip(), problems.strip(), few_pictures_reason.strip()
    report.save()
    _moved(by, report, "submit", "", at, _said(one, report))
    return report


def _check(one: Owed, summary: str, few_pictures_reason: str) -> None:
    gaps = [gap for forum in one.forums for gap in content.missing(forum)]
    if gaps:
        raise Refused(" · ".join(dict.fromkeys(gaps)))
    if not summary.strip():
        raise Refused(_("เขียนสรุปผลสั้น ๆ ก่อนส่ง"), field="summary")
    if any(content.too_few_pictures(forum) for forum in one.forums) and not few_pictures_reason.strip():
        raise Refused(_("รูปยังไม่ครบ เพิ่มรูป หรือบอกเหตุผลแล้วส่งได้ รูปตามมาทีหลังได้จนกว่าจังหวัดตรวจรับ"), field="few_pictures_reason")


def _report(one: Owed, forum: Forum) -> DistrictReport:
    if one.report:
        return DistrictReport.objects.select_for_update().get(pk=one.report.pk)
    year, alone = forum.selected.year, len(one.path) > 4
    unit = forum.selected.group.unit if alone else Unit.objects.get(path=one.path)
    return DistrictReport(year=year, unit=unit, forum=forum if alone else None, revision=forum.revision, due=one.due)


def _said(one: Owed, report: DistrictReport) -> dict[str, Any]:
    words = {_("สรุปผล"): report.summary, _("ปัญหา"): report.problems, _("เหตุที่รูปไม่ครบ"): report.few_pictures_reason}
    return content.of_report(one) | words


@act
def return_report(
    *, by: Person, report: DistrictReport, reason: str = "", marks: Mapping[str, str] | None = None, at: datetime | None = None
) -> DistrictReport:
    """Send a report back to be mended, with the reason and marks on its fields (field → what to mend there); its first time
    stays. An accepted one too, until its province's report is entered in BPM."""
    kept = marking.kept(marks or {})
    if not reason.strip() and not kept:
        raise Refused(_("บอกว่าต้องแก้อะไร ที่ช่องรวมหรือที่ช่องของเรื่องนั้น"), field="reason")
    return _judge(by, report, "return", reason.strip() or _("แก้ตามช่องที่ทำเครื่องหมายไว้"), at or clock.now(), kept)


@act
def accept_report(*, by: Person, report: DistrictReport, at: datetime | None = None) -> DistrictReport:
    """ตรวจรับรายงานแล้ว."""
    return _judge(by, report, "accept", "", at or clock.now())


@act
def accept_reports(
    *, by: Person, year: ProgrammeYear, province: Unit, reports: Collection[int], at: datetime | None = None
) -> list[DistrictReport]:
    """ตรวจรับ these reports (keys) of a province together; one audit row about the province. Refused where one of them must be
    looked at by itself, or was judged by somebody else meanwhile: nothing is accepted then."""
    at = at or clock.now()
    under = {"selected__group__unit__path__gte": province.path, "selected__group__unit__path__lt": province.path + AFTER}
    list(Forum.objects.select_for_update(of=("self",)).filter(selected__year=year, **under).order_by("pk"))
    free = {one.report.pk: one for one, why in waiting_for(year, province, by) if one.report and not why}
    if not reports:
        raise Refused(_("เลือกรายงานอย่างน้อย 1 ฉบับ"))
    if set(reports) - set(free):
        raise Refused(_("มีรายงานที่เปลี่ยนไประหว่างนี้ หรือต้องเปิดดูก่อน ตรวจรายการอีกครั้งแล้วกดใหม่"))
    rows = list(DistrictReport.objects.select_for_update(of=("self",)).filter(pk__in=reports).order_by("pk"))
    for row in rows:
        row.state = DISTRICT.after(row.state, "accept")
    DistrictReport.objects.bulk_update(rows, ["state"])
    ReportMove.objects.bulk_create(
        ReportMove(report=row, move="accept", state=row.state, reason="", content=_said(free[row.pk], row), by=by, at=at)
        for row in rows
    )
    record(by, "reports.accept_reports", province, province.path, at=at, groups=[free[row.pk].name for row in rows])
    return rows


def _judge(
    by: Person, report: DistrictReport, move: str, reason: str, at: datetime, marks: Sequence[Mapping[str, str]] = ()
) -> DistrictReport:
    list(_forums_of(report))
    report = DistrictReport.objects.select_for_update(of=("self",)).select_related("unit", "year").get(pk=report.pk)
    state = DISTRICT.after(report.state, move)
    if report.state == "accepted" and _is_in_bpm(report):
        raise Refused(_("รายงานจังหวัดลงระบบ BPM แล้ว ส่งกลับไม่ได้ หากต้องแก้ ให้ถอนบันทึกการลง BPM พร้อมเหตุผลก่อน"))
    if report.moves.filter(move="submit", by=by).exists():
        raise Refused(_("ท่านเป็นผู้ส่งรายงานนี้เอง จึงตรวจเองไม่ได้ ให้ผู้อื่นตรวจ"))
    one = _owed_when_judged(report)
    if move == "accept" and one and one.is_open:
        raise Refused(_("อำเภอเปิดเวทีแก้ไขอยู่ ตรวจรับได้เมื่ออำเภอปิดเวทีแล้ว"))
    report.state = state
    report.save(update_fields=["state"])
    _moved(by, report, move, reason, at, _content_when_judged(report, one), marks)
    return report


def _forums_of(report: DistrictReport) -> QuerySet[Forum]:
    """The forums that the report is about, locked: whoever adds a picture at the same moment is met here."""
    path = report.unit.path
    under = {"selected__group__unit__path__gte": path, "selected__group__unit__path__lt": path + AFTER}
    return Forum.objects.select_for_update(of=("self",)).filter(selected__year=report.year_id, **under).order_by("pk")


def _is_in_bpm(report: DistrictReport) -> bool:
    there = ProvinceReport.objects.filter(year=report.year_id, province__path=report.unit.path[:2])
    return there.filter(state="recorded").exists()


def _owed_when_judged(report: DistrictReport) -> Owed | None:
    return next((one for one in owed(report.year, report.unit.path) if one.report and one.report.pk == report.pk), None)


def _content_when_judged(report: DistrictReport, one: Owed | None) -> dict[str, Any]:
    """What the report says now: pictures may have followed. Of a replaced group what it said when it was sent."""
    sent = last_sent(report)
    return _said(one, report) if one else (sent.content if sent else {})


def _moved(  # a move has these parts
    by: Person, report: DistrictReport, move: str, reason: str, at: datetime, said: dict[str, Any],
    marks: Sequence[Mapping[str, str]] = (),
) -> None:  # fmt: skip
    ReportMove.objects.create(
        report=report, move=move, state=report.state, reason=reason, content=said, marks=list(marks), by=by, at=at
    )
    marked = {"marks": [mark["field"] for mark in marks]} if marks else {}
    record(by, f"reports.{move}_report", report, report.unit.path, at=at, reason=reason, **marked)


@act
def ready_province_report(
    *, by: Person, year: ProgrammeYear, province: Unit, summary: str, at: datetime | None = None
) -> ProvinceReport:
    """Make the province's report from the accepted ones: พร้อมส่ง until its entry in BPM is recorded. Again: made anew."""
    at = at or clock.now()
    list(Unit.objects.select_for_update().filter(pk=province.pk))  # two who make it at the same moment meet here
    said = content.of_province(year, province)
    if not said[_("รายงานที่ตรวจรับ")]:
        raise Refused(_("ยังไม่มีรายงานอำเภอที่ตรวจรับ ตรวจรับอย่างน้อย 1 ฉบับก่อน"))
    if not summary.strip():
        raise Refused(_("เขียนสรุปผลสั้น ๆ ก่อน"), field="summary")
    revision = current_revision(year)
    extended = extensions_under(year, province.path).get(province.path)
    report = ProvinceReport.objects.select_for_update().filter(year=year, province=province).first() or ProvinceReport(
        year=year,
        province=province,
        revision=revision,
        due=province_due(terms_of(revision), None, extended),
    )
    report.state = PROVINCE.after(report.state, "ready")
    report.summary, report.content = summary.strip(), said
    report.save()
    _province_moved(by, report, "ready", at, {"summary": report.summary})
    return report


@act
def record_bpm(  # an entry has these parts
    *, by: Person, report: ProvinceReport, bpm_at: datetime, person: str, reference: str, at: datetime | None = None
) -> ProvinceReport:
    """Record the entry in BPM: its moment, who entered it and its reference. Its day in Bangkok decides timeliness."""
    at = at or clock.now()
    report = ProvinceReport.objects.select_for_update(of=("self",)).select_related("province").get(pk=report.pk)
    if bpm_at > at:
        raise Refused(_("เวลาที่ลงในระบบ BPM ต้องไม่หลังเวลานี้"), field="day")
    if not reference.strip() or not person.strip():
        raise Refused(_("ใส่ผู้ลงระบบและเลขที่อ้างอิงให้ครบ"), field="reference")
    report.state = PROVINCE.after(report.state, "record")
    report.bpm_at, report.bpm_person, report.bpm_reference = bpm_at, person.strip(), reference.strip()
    report.save()
    _province_moved(by, report, "record", at, {"reference": report.bpm_reference, "bpm_at": bpm_at.isoformat()})
    return report


@act
def take_back_bpm(*, by: Person, report: ProvinceReport, reason: str, at: datetime | None = None) -> ProvinceReport:
    """The entry was recorded wrongly: back to พร้อมส่ง, with the reason, to be recorded again."""
    if not reason.strip():
        raise Refused(_("บอกเหตุผลที่แก้"), field="reason")
    report = ProvinceReport.objects.select_for_update(of=("self",)).select_related("province").get(pk=report.pk)
    before = {"reference": report.bpm_reference, "bpm_at": report.bpm_at.isoformat() if report.bpm_at else ""}
    report.state = PROVINCE.after(report.state, "take_back")
    report.bpm_at, report.bpm_person, report.bpm_reference = None, "", ""
    report.save()
    _province_moved(by, report, "take_back", at or clock.now(), before | {"reason": reason.strip()})
    return report


@act
def ask_for_bundle(*, by: Person | str, year: ProgrammeYear, province: Unit, at: datetime | None = None) -> None:
    """Ask for the set that goes with the entry in BPM."""
    record(by, "reports.ask_for_bundle", year, province.path, at=at)


def _province_moved(by: Person, report: ProvinceReport, move: str, at: datetime, detail: dict[str, str]) -> None:
    ProvinceReportMove.objects.create(
        report=report,
        move=move,
        state=report.state,
        reason=detail.get("reason", ""),
        content=report.content | detail,
        by=by,
        at=at,
    )
    act_name = {"ready": "ready_province_report", "record": "record_bpm", "take_back": "take_back_bpm"}[move]
    record(by, f"reports.{act_name}", report, report.province.path, at=at, **detail)


@act
def extend_report(  # an extension has these parts
    *, by: Person, year: ProgrammeYear, unit: Unit, until: date, reason: str, authority: str, at: datetime | None = None
) -> Extension:
    """ขยายเวลา: another day for the report of a group's forum, of a district, or of a province, until then not sent.

    `authority`: who allowed it and by which letter. One that counted before is superseded; no day ever comes nearer.
    """
    for words, field in ((reason, "reason"), (authority, "authority")):
        if not words.strip():
            raise Refused(_("บอกให้ครบว่าขยายเพราะอะไร และใครอนุมัติตามหนังสือใด"), field=field)
    before = _day_to_extend(year, unit)
    if until <= before:
        raise Refused(_("วันใหม่ต้องหลังกำหนดเดิม"), field="until")
    last = Extension.objects.select_for_update().filter(year=year, unit=unit, counts=True).first()
    if last:
        last.counts = False
        last.save(update_fields=["counts"])
    row = Extension.objects.create(
        year=year, unit=unit, before=before, until=until, reason=reason.strip(), authority=authority.strip(), by=by,
        replaces=last, at=at or clock.now(),
    )  # fmt: skip
    ProvinceReport.objects.filter(year=year, province=unit).update(due=until)
    told = {"before": before.isoformat(), "until": until.isoformat(), "reason": row.reason, "authority": row.authority}
    record(by, "reports.extend_report", unit, unit.path, at=at, **told)
    return row


def _day_to_extend(year: ProgrammeYear, unit: Unit) -> date:
    """The day that stands now, with the rows locked that whoever sends the report at the same moment asks for."""
    if unit.kind == Kind.PROVINCE:
        list(Unit.objects.select_for_update().filter(pk=unit.pk))
        report = ProvinceReport.objects.select_for_update().filter(year=year, province=unit).first()
        if report and report.state == "recorded":
            raise Refused(_("จังหวัดลงระบบ BPM แล้ว ไม่ต้องขยายเวลา"))
        counted = extensions_under(year, unit.path).get(unit.path)
        return province_due(terms_of(current_revision(year)), report, counted)
    under = {"selected__group__unit__path__gte": unit.path, "selected__group__unit__path__lt": unit.path + AFTER}
    list(Forum.objects.select_for_update(of=("self",)).filter(selected__year=year, **under).order_by("pk"))
    one = next((one for one in owed(year, unit.path) if one.path == unit.path), None)
    if one is None:
        raise Refused(_("ยังไม่มีกำหนดส่ง เพราะเวทียังไม่ปิด หรือรายงานของกลุ่มนี้ไม่ต้องส่ง"))
    if one.report:
        raise Refused(_("อำเภอส่งรายงานนี้แล้ว ไม่ต้องขยายเวลา"))
    return one.due


@act
def end_extension(*, by: Person, extension: Extension, reason: str, at: datetime | None = None) -> Extension:
    """The extension was given wrongly: the day before it stands again, also that of an extension before it. Refused once the report was sent."""
    if not reason.strip():
        raise Refused(_("บอกเหตุผลที่ยกเลิก"), field="reason")
    _day_to_extend(extension.year, extension.unit)
    rows = Extension.objects.select_for_update(of=("self",)).select_related("unit", "year", "replaces")
    row = rows.get(pk=extension.pk)
    if not row.counts:
        raise Refused(_("การขยายเวลานี้ถูกยกเลิกหรือขยายต่อไปแล้ว"))
    row.counts, row.ended_because = False, reason.strip()
    row.save(update_fields=["counts", "ended_because"])
    if row.replaces:
        row.replaces.counts = True
        row.replaces.save(update_fields=["counts"])
    ProvinceReport.objects.filter(year=row.year, province=row.unit).update(due=row.before)
    record(by, "reports.end_extension", row.unit, row.unit.path, at=at, reason=reason.strip(), until=row.until.isoformat())
    return row
