"""What waits in the follow-up room: visits to write down, answers to give and to judge; open findings on every home concerned."""

from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.followup import lives
from sajja.followup.models import Finding, Visit
from sajja.lib.duties import Duty
from sajja.org.door import holds, scoped
from sajja.org.models import Kind, Person
from sajja.org.permissions import P
from sajja.programme.models import Revision

MOST = 50
"""A home lists no more visits or findings than this."""
SHORT = 80


def duties(person: Person, today: date, latest: Revision | None = None) -> list[Duty]:
    """Every open finding that concerns this person, and the visits of an inspector's zones; late findings of the nation as one.
    At most two queries beside the door's own."""
    if latest is None or not holds(person, P.SEE_VISITS):
        return []
    kinds = {post.unit.kind for post in person.posts_today}
    if Kind.DEPARTMENT in kinds:
        return _of_nation(person, latest, today)
    visits = _visits(person, latest, today) if holds(person, P.VISIT) else []
    return [*visits, *_findings(person)]


def _visits(person: Person, latest: Revision, today: date) -> list[Duty]:
    """Those whose day has come wait to be written down; the others come next."""
    planned = Visit.objects.filter(state="planned", year=latest.year_id).select_related("province")
    return [
        Duty(
            _("บันทึกผลการติดตาม") if one.day <= today else _("การติดตามที่วางแผนไว้"), one.province.full_name, one.day,
            reverse("followup:visit", args=[one.pk]), _("เปิดการติดตาม"), "waiting" if one.day <= today else "next", one.went,
        )
        for one in scoped(person, P.VISIT, planned).order_by("day", "pk")[:MOST]
    ]  # fmt: skip


def _findings(person: Person) -> list[Duty]:
    """A finding waits for the district until it is answered, then for the inspector; the others concerned see that it is open."""
    show = _to_answer if holds(person, P.ANSWER_FINDING) else _to_judge if holds(person, P.VISIT) else _to_see
    return [show(one) for one in _open(person)[:MOST]]


def _open(person: Person) -> QuerySet[Finding]:
    found = Finding.objects.filter(state__in=lives.OPEN).select_related("about")
    return scoped(person, P.SEE_VISITS, found).order_by("due", "pk")


def _to_answer(one: Finding) -> Duty:
    if one.state == "answered":
        return _duty(one, _("ข้อสังเกตที่ตอบแล้ว"), _("ดูข้อสังเกต"), _("รอผู้ติดตามตรวจคำตอบ"))
    note = _("ผู้ติดตามส่งกลับให้ตอบใหม่") if one.state == "sent_back" else one.words[:SHORT]
    url = reverse("followup:answer", args=[one.pk])
    return Duty(_("ตอบข้อสังเกตของผู้ติดตาม"), one.about.full_name, one.due, url, _("ตอบ"), "waiting", note, _path(one))


def _to_judge(one: Finding) -> Duty:
    if one.state == "answered":
        url = reverse("followup:finding", args=[one.pk])
        return Duty(
            _("ตรวจคำตอบของอำเภอ"), one.about.full_name, None, url, _("ตรวจคำตอบ"), "waiting", one.words[:SHORT], _path(one)
        )
    return _duty(one, _("ข้อสังเกตที่รออำเภอตอบ"), _("ดูข้อสังเกต"), one.words[:SHORT])


def _to_see(one: Finding) -> Duty:
    return _duty(one, _("ข้อสังเกตที่ยังไม่ปิด"), _("ดูข้อสังเกต"), one.words[:SHORT])


def _duty(one: Finding, title: str, verb: str, note: str) -> Duty:
    due = one.due if one.state in lives.WAITS_FOR_DISTRICT else None
    return Duty(title, one.about.full_name, due, reverse("followup:finding", args=[one.pk]), verb, "next", note, _path(one))


def _path(one: Finding) -> str:
    """A group's, so that a home names its district; a district says its own name."""
    return one.about.path if one.about.kind == Kind.GROUP else ""


def _of_nation(person: Person, latest: Revision, today: date) -> list[Duty]:
    """How many findings of the nation are past their due day."""
    late = Finding.objects.filter(state__in=lives.WAITS_FOR_DISTRICT, due__lt=today, visit__year=latest.year_id)
    many = scoped(person, P.SEE_VISITS, late).count()
    unit = next(post.unit for post in person.posts_today if post.unit.kind == Kind.DEPARTMENT)
    url = reverse("followup:findings", args=[latest.year.year, unit.pk]) + "?show=late"
    return [Duty(_("ข้อสังเกตที่อำเภอตอบเลยกำหนด %d เรื่อง") % many, unit.full_name, None, url, _("ดูรายการ"))] if many else []
