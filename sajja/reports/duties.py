"""What waits in the reports room: reports to send, to mend, to judge, and the province's own."""

from collections.abc import Mapping
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.lib.duties import Duty
from sajja.org.door import holds, ranges
from sajja.org.models import Kind, Person, Unit
from sajja.org.permissions import P
from sajja.programme.models import ProgrammeYear, Revision
from sajja.programme.queries import latest_revision, terms_of
from sajja.programme.terms import Terms
from sajja.reports import words
from sajja.reports.models import Extension
from sajja.reports.queries import (
    Owed,
    all_province_reports,
    extensions_under,
    mend_days,
    owed,
    province_due,
    returned_because,
)

MOST = 50
"""A home lists no more reports of a kind than this."""


def duties(person: Person, today: date, latest: Revision | None = None) -> list[Duty]:
    """The report duties of the newest year (`latest`: its revision, where it was read already) at this person's districts and
    provinces. A few queries for each of those units."""
    units = _units(person)
    latest = latest or (latest_revision() if units else None)
    if latest is None:
        return []
    year, terms = latest.year, terms_of(latest)
    found: list[Duty] = []
    for unit in units:
        extended = extensions_under(year, unit.path)
        rows = owed(year, unit.path, terms, extended)
        if unit.kind == Kind.DISTRICT and holds(person, P.SUBMIT_REPORT, unit):
            waiting = [one for one in rows if one.waits_for_district][:MOST]
            because, mend = returned_because(waiting), mend_days(waiting, today)
            found += [_to_send(one, because, mend) for one in waiting]
        if unit.kind == Kind.PROVINCE and holds(person, P.JUDGE_REPORT, unit):
            found += [_to_judge(one) for one in rows if one.state == "submitted"][:MOST]
        if unit.kind == Kind.PROVINCE and holds(person, P.SUBMIT_PROVINCE_REPORT, unit):
            found += _of_province(year, terms, unit, rows, extended.get(unit.path))
    return found


def _units(person: Person) -> list[Unit]:
    wanted = {Kind.DISTRICT, Kind.PROVINCE}
    units = {post.unit.path: post.unit for post in person.posts_today if ranges(post)}
    return [unit for unit in units.values() if unit.kind in wanted]


def _to_send(one: Owed, because: Mapping[int, str], mend: Mapping[int, date]) -> Duty:
    """What was sent before is judged by its first submission; a returned one has a day of its own to be mended by."""
    url = reverse("reports:district", kwargs={"forum": one.forum.pk})
    first = words.first_sent(one.due, one.submitted_on)
    if one.state == "reopened":
        open_again = next(forum for forum in one.forums if forum.state != "held")
        page = reverse("forums:forum", kwargs={"forum": open_again.pk})
        note = _("เวทีเปิดแก้ไขอยู่ รายงานที่ส่งไว้ยังอยู่ ปิดเวทีแล้วจังหวัดตรวจต่อ · %s") % first
        return Duty(_("ปิดเวทีที่เปิดแก้ไข"), one.name, None, page, _("ไปปิดเวที"), "waiting", note)
    if one.state == "returned" and one.report:
        note = _("จังหวัดส่งกลับให้แก้: %(why)s · %(first)s") % {"why": because[one.report.pk], "first": first}
        return Duty(_("แก้และส่งรายงานอีกครั้ง"), one.name, mend.get(one.report.pk), url, _("แก้และส่ง"), "waiting", note)
    note = _("ยังส่งได้แม้เลยกำหนด ระบบจะบันทึกว่าส่งช้า")
    return Duty(_("ส่งรายงานให้จังหวัด"), one.name, one.due, url, _("ตรวจและส่ง"), "waiting", note)


def _to_judge(one: Owed) -> Duty:
    url = reverse("reports:district", kwargs={"forum": one.forum.pk})
    return Duty(_("ตรวจรายงานของอำเภอ"), one.name, None, url, _("ตรวจรายงาน"), "waiting", _("อำเภอส่งแล้ว รอตรวจรับ"), one.path)


def _of_province(year: ProgrammeYear, terms: Terms, unit: Unit, rows: list[Owed], extension: Extension | None) -> list[Duty]:
    report = all_province_reports().filter(year=year, province=unit).first()
    if not terms.takes_part(unit.path) or (report and report.state == "recorded"):
        return []
    url = reverse("reports:province", kwargs={"year": year.year, "unit": unit.pk})
    day = province_due(terms, report, extension)
    accepted = sum(1 for one in rows if one.state == "accepted")
    note = _("ตรวจรับแล้ว %(accepted)d จาก %(all)d ฉบับ") % {"accepted": accepted, "all": len(rows)}
    if report and report.state == "ready":
        return [Duty(_("บันทึกการลงระบบ BPM"), unit.full_name, day, url, _("บันทึกเลขที่"), "waiting", _("รายงานพร้อมส่ง"))]
    return [Duty(_("จัดทำรายงานจังหวัดให้กรมฯ"), unit.full_name, day, url, _("เปิดรายงาน"), "waiting" if accepted else "next", note)]
