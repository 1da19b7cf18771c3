"""The locks of the budget room: purses from the top down, then the advance. Whoever comes second waits, then reads anew."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from sajja.budget.lives import OPEN
from sajja.budget.models import Advance, AdvanceMove, Purse
from sajja.lib.refusals import Refused
from sajja.org.models import Person, Unit
from sajja.programme.models import ProgrammeYear


def purses(year: ProgrammeYear, units: Iterable[Unit]) -> dict[int, Purse]:
    """Unit's key → its purse, locked; an empty one is made where there was none. Three queries."""
    wanted = {unit.pk for unit in units}
    there = set(Purse.objects.filter(year=year, unit__in=wanted).values_list("unit_id", flat=True))
    Purse.objects.bulk_create([Purse(year=year, unit_id=key) for key in sorted(wanted - there)], ignore_conflicts=True)
    rows = Purse.objects.select_for_update(of=("self",)).filter(year=year, unit__in=wanted).select_related("unit")
    return {row.unit_id: row for row in rows.order_by("unit__path")}


def advance(one: Advance) -> Advance:
    """The advance as it is now, locked."""
    locked = Advance.objects.select_for_update(of=("self",)).select_related("unit", "year", "borrower")
    return locked.get(pk=one.pk)


def open_advance(one: Advance) -> Advance:
    """The same, refused once its clearing was submitted."""
    found = advance(one)
    if found.state == "reversed":
        raise Refused(_("สัญญานี้กลับรายการแล้ว ลงอะไรเพิ่มไม่ได้"))
    if found.state not in OPEN:
        raise Refused(_("ส่งใช้เงินยืมไปแล้ว แก้ได้เมื่อผู้ตรวจส่งกลับให้แก้"))
    return found


def moved(by: Person, one: Advance, move: str, reason: str, at: datetime) -> AdvanceMove:
    """Keep the move with the sums of its moment."""
    return AdvanceMove.objects.create(
        advance=one,
        move=move,
        state=one.state,
        reason=reason,
        spent_satang=one.spent_satang,
        returned_satang=one.returned_satang,
        by=by,
        at=at,
    )
