"""What waits in the reports room: to send, to mend, to judge, to tell the department."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.lib.duties import Duty
from sajja.org.door import holds
from sajja.org.models import Kind, Person, Unit
from sajja.org.permissions import P
from sajja.programme.models import ProgrammeYear
from sajja.programme.queries import current_revision, latest_year, terms_of
from sajja.reports.queries import Owed, owed, province_report


def duties(person: Person, today: date) -> list[Duty]:
    """The report duties of a district's and a province's people. A fixed number of queries for each office."""
    year = latest_year()
    if year is None:
        return []
    offices = {post.unit.path: post.unit for post in person.posts_today}
    found: list[Duty] = []
    for unit in offices.values():
        if unit.kind == Kind.DISTRICT and holds(person, P.SUBMIT_REPORT, unit):
            found += [_send(one, today) for one in owed(year, unit.path) if one.state in {"draft", "returned"}]
        if unit.kind == Kind.PROVINCE and holds(person, P.JUDGE_REPORT, unit):
            found += [_judge(one) for one in owed(year, unit.path) if one.state == "submitted"]
        if unit.kind == Kind.PROVINCE and holds(person, P.SUBMIT_PROVINCE_REPORT, unit):
            found += _province(year, unit)
    return found


def _send(one: Owed, today: date) -> Duty:
    name, url = one.forums[0].selected.group.name, reverse("reports:forum", args=[one.forums[0].pk])
    if one.state == "returned":
        return Duty(_("แก้รายงาน %s ที่จังหวัดส่งกลับ") % name, name, None, url, _("แก้และส่งใหม่"), "waiting")
    note = _("ยังส่งได้ ระบบจะบันทึกว่าส่งช้า") if today > one.due else ""
    return Duty(_("ส่งรายงานเวที %s ให้จังหวัด") % name, name, one.due, url, _("ตรวจและส่ง"), "waiting", note)


def _judge(one: Owed) -> Duty:
    name = one.forums[0].selected.group.name
    return Duty(
        _("ตรวจรายงานเวที %s") % name, name, None, reverse("reports:forum", args=[one.forums[0].pk]), _("ตรวจรายงาน"), "waiting"
    )


def _province(year: ProgrammeYear, unit: Unit) -> list[Duty]:
    report = province_report(year, unit)
    if report and report.state == "recorded":
        return []
    due = report.due if report else terms_of(current_revision(year)).province_report_due
    url = reverse("reports:province", args=[year.year, unit.pk])
    verb = _("บันทึกเลขที่ลง BPM") if report else _("ทำรายงานจังหวัด")
    return [Duty(_("รายงานกรมฯ ในระบบ BPM"), unit.full_name, due, url, verb, "waiting")]
