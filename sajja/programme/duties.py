"""What waits in the programme room: the department opens a year, a district proposes, the head of a province confirms."""

from collections import Counter
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.lib.duties import Duty
from sajja.org.door import holds
from sajja.org.models import Kind, Person, Unit
from sajja.org.permissions import P
from sajja.programme import circulars, files, queries
from sajja.programme.models import ProgrammeYear, ProvinceList, Revision

MOST = 20
"""A home lists no more circulars than this."""


def duties(person: Person, today: date, latest: Revision | None = None) -> list[Duty]:
    """The duties of the newest year (`latest`: its revision, where it was read already) at this person's districts and provinces.
    A fixed number of queries; proposals are asked for only where a list is not frozen yet."""
    if holds(person, P.OPEN_YEAR):
        return _to_open()
    units, units_own = _units(person), circulars.own_offices(person)
    latest = latest or (queries.latest_revision() if units_own else None)
    if latest is None or not units_own:
        return []
    year, asked = latest.year, queries.terms_of(latest)
    if not units:
        return _to_acknowledge(year, [unit for unit in units_own if asked.takes_part(unit.path)])
    places = Count("places", distinct=True)
    held = Count("places__holders", filter=Q(places__holders__until__isnull=True), distinct=True)
    frozen = ProvinceList.objects.filter(year=year, province__path__in={unit.path[:2] for unit in units})
    empty = dict(frozen.annotate(empty=places - held).values_list("province__path", "empty"))
    counts = _proposed(year, units) if any(unit.path[:2] not in empty for unit in units) else Counter()
    found = [_duty(year, unit, counts[unit.path], empty.get(unit.path[:2])) for unit in units if asked.takes_part(unit.path)]
    return [
        *_to_acknowledge(year, [unit for unit in units_own if asked.takes_part(unit.path)]),
        *(duty for duty in found if duty),
    ]


def _to_acknowledge(year: ProgrammeYear, units: list[Unit]) -> list[Duty]:
    """The circulars that these offices have not acknowledged."""
    return [
        Duty(
            _("รับทราบหนังสือเวียน %s") % one.number, unit.full_name, one.needs_by, reverse("programme:circular", args=[one.pk]),
            _("อ่านและรับทราบ"), "waiting", one.subject,
        )
        for one, unit in circulars.unknown(year, units)[:MOST]
    ]  # fmt: skip


def _proposed(year: ProgrammeYear, units: list[Unit]) -> Counter[str]:
    """Path of a province or district → how many groups are proposed there."""
    proposed = queries.open_proposals(year).filter(group__unit__path__gte=min(unit.path for unit in units)[:2])
    return Counter(path[:length] for path in proposed.values_list("group__unit__path", flat=True) for length in (2, 4))


def _to_open() -> list[Duty]:
    """The years that have a data file and wait to be checked and opened by the department."""
    opened = set(ProgrammeYear.objects.values_list("year", flat=True))
    note = _("ตรวจเป้าหมาย งบประมาณ และวันที่ แล้วเปิดให้จังหวัดและอำเภอเห็น")
    return [
        Duty(
            _("เปิดกิจกรรมปี %d") % year,
            _("กรมฯ"),
            None,
            reverse("programme:open", kwargs={"year": year}),
            _("ตรวจและเปิด"),
            "waiting",
            note,
        )
        for year in files.known()
        if year not in opened
    ]


def _units(person: Person) -> list[Unit]:
    """Districts where the person proposes, provinces where the person confirms; each once."""
    wanted = {Kind.DISTRICT: P.PROPOSE, Kind.PROVINCE: P.CONFIRM}
    units = {post.unit.path: post.unit for post in person.posts_today}
    return [unit for unit in units.values() if unit.kind in wanted and holds(person, wanted[Kind(unit.kind)], unit)]


def _duty(year: ProgrammeYear, unit: Unit, proposed: int, empty: int | None) -> Duty | None:
    """`empty`: places without a group on the frozen list; None before it is frozen."""
    url = reverse("programme:province", kwargs={"year": year.year, "unit": unit.pk})
    if unit.kind == Kind.DISTRICT:
        if empty is not None or proposed:
            return None
        title, note = _("เสนอกลุ่มเป้าหมายปี %d") % year.year, _("หลักเกณฑ์ข้อ 1 มาก่อน ข้อต่อไปเติมที่ที่เหลือ")
        return Duty(title, unit.full_name, None, url, _("เสนอกลุ่ม"), "waiting", note)
    if empty is None and proposed:
        title, note = _("ยืนยันรายชื่อกลุ่มเป้าหมายปี %d") % year.year, _("อำเภอเสนอแล้ว %d กลุ่ม") % proposed
        return Duty(title, unit.full_name, None, url, _("ตรวจและยืนยัน"), "waiting", note)
    if empty:
        title, note = _("เติมกลุ่มในที่ว่างปี %d") % year.year, _("ว่าง %d แห่ง ยังนับในเป้าหมาย") % empty
        return Duty(title, unit.full_name, None, url, _("ดูที่ว่าง"), "next", note)
    if empty is None:
        return Duty(
            _("ยืนยันรายชื่อกลุ่มเป้าหมายปี %d") % year.year, unit.full_name, None, url, _("ดูกลุ่มที่เข้าหลักเกณฑ์"), "next", _("รออำเภอเสนอ")
        )
    return None
