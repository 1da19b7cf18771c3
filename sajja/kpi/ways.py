"""The ways from a unit's figures to its other pages: the year's list and dates, the reports, who holds which post, the zones."""

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from sajja.org.door import holds
from sajja.org.models import Kind, Person, Unit
from sajja.org.permissions import P

Way = tuple[str | Promise, str]
"""What is there, and its address."""
WIDE = {Kind.DEPARTMENT, Kind.ZONE}
OFFICES = WIDE | {Kind.PROVINCE, Kind.DISTRICT}


def ways(person: Person, unit: Unit, year: int | None) -> list[Way]:
    """What this person may open of a unit; of an office alone. `year`: B.E., or None before one is open."""
    if unit.kind not in OFFICES:
        return []
    return [*(_of_year(person, unit, year) if year else []), *_of_unit(person, unit)]


def _of_year(person: Person, unit: Unit, year: int) -> list[Way]:
    found: list[Way] = []
    if holds(person, P.SEE_YEAR):
        found.append((_("กิจกรรมปี %d: เป้าหมายและกำหนดวัน") % year, reverse("programme:year", args=[year])))
        if unit.kind in WIDE:
            found.append((_("ยอดรวมกลุ่มเป้าหมายและงบประมาณ"), reverse("programme:totals", args=[year])))
        else:
            found.append((_("รายชื่อกลุ่มเป้าหมาย"), reverse("programme:province", args=[year, unit.pk])))
    if holds(person, P.SEE_REPORTS):
        found.append((_("รายงานและกำหนดส่ง"), reverse("reports:unit", args=[year, unit.pk])))
    if holds(person, P.SEE_BUDGET):
        found.append((_("งบประมาณและเงินยืม"), reverse("budget:unit", args=[year, unit.pk])))
    if holds(person, P.SEE_VISITS):
        found.append((_("การติดตามและข้อสังเกต"), reverse("followup:unit", args=[year, unit.pk])))
    return found


def _of_unit(person: Person, unit: Unit) -> list[Way]:
    found: list[Way] = []
    if holds(person, P.SEE_PEOPLE, unit):
        found.append((_("ผู้ดำรงตำแหน่ง"), reverse("org:people", args=[unit.pk])))
    if unit.kind != Kind.DISTRICT and holds(person, P.SEE_PLACES):
        found.append((_("เขตตรวจราชการและจังหวัด"), reverse("org:zones")))
    if unit.kind == Kind.DISTRICT and holds(person, P.SEE_PLACES, unit):
        found.append((_("ตำบลและหมู่บ้าน"), reverse("org:villages", args=[unit.pk])))
    if unit.kind == Kind.DISTRICT and holds(person, P.SEE_BOOKS, unit):
        found.append((_("บัญชีของกลุ่มที่ควรดู"), reverse("treasury:anomalies")))
    return found
