"""What waits in the privacy room: a breach whose 72 hours run, or whose people were not told."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.lib.duties import Duty
from sajja.org.door import holds
from sajja.org.models import Person
from sajja.org.permissions import P
from sajja.privacy.clock72 import standing
from sajja.privacy.models import Breach
from sajja.web import clock


def duties(person: Person, today: date) -> list[Duty]:
    """Every open breach, for those who keep breaches. One query."""
    if not holds(person, P.KEEP_BREACHES):
        return []
    return [_duty(one) for one in Breach.objects.filter(closed_at__isnull=True).order_by("known_at", "pk")]


def _duty(one: Breach) -> Duty:
    now = standing(one.known_at, one.told_office_at, clock.now())
    url, title = reverse("privacy:breach", args=[one.pk]), _("เหตุละเมิดข้อมูลเรื่องที่ %d") % one.pk
    if one.risk != "none" and not one.told_office_at:
        note = _("เลย 72 ชั่วโมงแล้ว แจ้งทันทีพร้อมเหตุที่ช้า") if now.late else _("เหลือ %d ชั่วโมง") % now.hours_left
        return Duty(title, one.whose, clock.day_of(now.until), url, _("แจ้ง สคส."), "late" if now.late else "waiting", note)
    if one.risk == "high" and not one.told_people_at:
        return Duty(title, one.whose, None, url, _("แจ้งเจ้าของข้อมูล"), "waiting", _("ความเสี่ยงสูง"))
    return Duty(title, one.whose, None, url, _("ทำให้จบ"), "waiting", "")
