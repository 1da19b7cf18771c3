"""What waits in the budget room: money to allocate, advances to clear or to mend, clearings to check and to approve."""

from collections.abc import Callable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.budget.lives import OPEN
from sajja.budget.models import Advance, AdvanceMove, Purse
from sajja.budget.queries import all_advances
from sajja.lib.duties import Duty
from sajja.lib.money import baht
from sajja.org.door import scoped
from sajja.org.models import Kind, Person
from sajja.org.permissions import P
from sajja.programme.models import Revision
from sajja.programme.queries import latest_revision

ASKED = (P.BORROW, P.CHECK_CLEARING, P.APPROVE_CLEARING, P.ALLOCATE_DOWN)
MOST = 50
"""A home lists no more advances of a kind than this."""


def duties(person: Person, today: date, latest: Revision | None = None) -> list[Duty]:
    """The money duties of the newest year: at the most one query for each permission, and one for why things came back."""
    latest = (latest or latest_revision()) if any(person.may(permission) for permission in ASKED) else None
    if latest is None:
        return []
    found: list[Duty] = []
    if person.may(P.BORROW):
        mine = _advances(person, P.BORROW, latest, OPEN)
        because = _because(mine)
        found += [_to_clear(one, because.get(one.pk, "")) for one in mine]
    judged: list[tuple[str, str, Callable[[Advance], Duty]]] = [
        (P.CHECK_CLEARING, "submitted", _to_check),
        (P.APPROVE_CLEARING, "checked", _to_approve),
    ]
    for permission, state, duty in judged:
        if person.may(permission):
            found += [duty(one) for one in _advances(person, permission, latest, (state,))]
    if person.may(P.ALLOCATE_DOWN):
        found += [_to_allocate(purse) for purse in _purses(person, latest)]
    return found


def _advances(person: Person, permission: str, latest: Revision, states: tuple[str, ...]) -> list[Advance]:
    rows = scoped(person, permission, all_advances().filter(year=latest.year_id, state__in=states))
    return list(rows.order_by("due", "pk")[:MOST])


def _purses(person: Person, latest: Revision) -> list[Purse]:
    """The provinces' purses that still hold something to allocate."""
    rows = Purse.objects.filter(year=latest.year_id, unit__kind=Kind.PROVINCE).select_related("unit", "year")
    return [purse for purse in scoped(person, P.ALLOCATE_DOWN, rows) if purse.left_satang]


def _because(advances: list[Advance]) -> dict[int, str]:
    """Advance → what its reviewer asked to mend. One query, none where none was returned."""
    returned = [one.pk for one in advances if one.state == "returned"]
    if not returned:
        return {}
    moves = AdvanceMove.objects.filter(advance__in=returned, move="return").order_by("pk")
    return dict(moves.values_list("advance_id", "reason"))


def _duty(one: Advance, title: str, verb: str, note: str, due: date | None, path: str = "") -> Duty:
    url = reverse("budget:advance", args=[one.pk])
    place = _("สัญญา %(number)s %(who)s") % {"number": one.number, "who": one.borrower.full_name}
    return Duty(title, place, due, url, verb, "waiting", note, path)


def _to_clear(one: Advance, because: str) -> Duty:
    if one.state == "returned":
        return _duty(one, _("แก้และส่งใช้เงินยืมอีกครั้ง"), _("แก้และส่ง"), _("ส่งกลับให้แก้: %s") % because, one.due)
    if one.left_satang:
        note = _("ยังไม่มีหลักฐาน %s บาท ลงใบสำคัญหรือส่งคืน") % baht(one.left_satang)
        return _duty(one, _("ส่งใช้เงินยืม"), _("ลงใบสำคัญ"), note, one.due)
    return _duty(one, _("ส่งใช้เงินยืม"), _("ตรวจและส่ง"), _("หลักฐานครบแล้ว"), one.due)


def _to_check(one: Advance) -> Duty:
    return _duty(one, _("ตรวจการส่งใช้เงินยืม"), _("เปิดตรวจ"), _("ผู้ยืมส่งแล้ว %s บาท") % baht(one.satang), None)


def _to_approve(one: Advance) -> Duty:
    return _duty(
        one, _("อนุมัติการส่งใช้เงินยืม"), _("เปิดตรวจ"), _("พัฒนาการอำเภอตรวจแล้ว %s บาท") % baht(one.satang), None, one.unit.path
    )


def _to_allocate(purse: Purse) -> Duty:
    url = reverse("budget:allocate_down", kwargs={"year": purse.year.year, "unit": purse.unit_id})
    note = _("ยังไม่จัดสรร %s บาท") % baht(purse.left_satang)
    return Duty(_("จัดสรรเงินให้อำเภอ"), purse.unit.full_name, None, url, _("เปิดใบจัดสรร"), "waiting", note)
