"""What waits in the reports room: reports to send, to mend, to judge, and the province's own."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.lib.duties import Duty
from sajja.org.door import holds, ranges
from sajja.org.models import Kind, Person, Unit
from sajja.org.permissions import P
from sajja.programme.models import ProgrammeYear
from sajja.programme.queries import current_revision, latest_year, terms_of
from sajja.reports.queries import Owed, all_province_reports, owed

MOST = 50
"""A home lists no more reports of a kind than this."""


def duties(person: Person, today: date) -> list[Duty]:
    """The report duties of the newest year at this person's districts and provinces. A few queries for each of those units."""
    units = _units(person)
    year = latest_year() if units else None
    if year is None:
        return []
    found: list[Duty] = []
    for unit in units:
        rows = owed(year, unit.path)
        if unit.kind == Kind.DISTRICT and holds(person, P.SUBMIT_REPORT, unit):
            found += [_to_send(one) for one in rows if one.waits_for_district][:MOST]
        if unit.kind == Kind.PROVINCE and holds(person, P.JUDGE_REPORT, unit):
            found += [_to_judge(one) for one in rows if one.state == "submitted"][:MOST]
        if unit.kind == Kind.PROVINCE and holds(person, P.SUBMIT_PROVINCE_REPORT, unit):
            found += _of_province(year, unit, rows)
    return found


def _units(person: Person) -> list[Unit]:
    wanted = {Kind.DISTRICT, Kind.PROVINCE}
    units = {post.unit.path: post.unit for post in person.posts_today if ranges(post)}
    return [unit for unit in units.values() if unit.kind in wanted]


def _to_send(one: Owed) -> Duty:
    url = reverse("reports:district", kwargs={"forum": one.forum.pk})
    if one.state == "returned":
        return Duty(_("แก้และส่งรายงานอีกครั้ง"), one.name, one.due, url, _("แก้และส่ง"), "waiting", _("จังหวัดส่งกลับแก้ไข"))
    note = _("ยังส่งได้แม้เลยกำหนด ระบบจะบันทึกว่าส่งช้า")
    return Duty(_("ส่งรายงานให้จังหวัด"), one.name, one.due, url, _("ตรวจและส่ง"), "waiting", note)


def _to_judge(one: Owed) -> Duty:
    url = reverse("reports:district", kwargs={"forum": one.forum.pk})
    return Duty(_("ตรวจรายงานของอำเภอ"), one.name, None, url, _("ตรวจรายงาน"), "waiting", _("อำเภอส่งแล้ว รอตรวจรับ"), one.path)


def _of_province(year: ProgrammeYear, unit: Unit, rows: list[Owed]) -> list[Duty]:
    terms = terms_of(current_revision(year))
    report = all_province_reports().filter(year=year, province=unit).first()
    if not terms.takes_part(unit.path) or (report and report.state == "recorded"):
        return []
    url = reverse("reports:province", kwargs={"year": year.year, "unit": unit.pk})
    day = report.due if report else terms.province_report_due
    accepted = sum(1 for one in rows if one.state == "accepted")
    note = _("ตรวจรับแล้ว %(accepted)d จาก %(all)d ฉบับ") % {"accepted": accepted, "all": len(rows)}
    if report and report.state == "ready":
        return [Duty(_("บันทึกการลงระบบ BPM"), unit.full_name, day, url, _("บันทึกเลขที่"), "waiting", _("รายงานพร้อมส่ง"))]
    return [Duty(_("จัดทำรายงานจังหวัดให้กรมฯ"), unit.full_name, day, url, _("เปิดรายงาน"), "waiting" if accepted else "next", note)]
