"""Allocation: from the year's letter to the department, from there to the provinces, from a province to its districts."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from sajja.audit.actions import record
from sajja.audit.acts import act
from sajja.budget.actions import locking
from sajja.budget.models import Allocation, Purse
from sajja.budget.share import to_reverse
from sajja.lib.money import baht
from sajja.lib.refusals import Refused
from sajja.org.models import Kind, Person, Unit
from sajja.programme.models import ProgrammeYear
from sajja.programme.queries import current_revision, terms_of
from sajja.web import clock

BELOW = {Kind.DEPARTMENT: Kind.PROVINCE, Kind.PROVINCE: Kind.DISTRICT}


@act
def allocate(  # an allocation has these parts
    *,
    by: Person,
    year: ProgrammeYear,
    giver: Unit,
    wanted: Mapping[int, int],
    reference: str,
    reason: str = "",
    at: datetime | None = None,
) -> list[Allocation]:
    """Let the units right under `giver` have these sums in all (unit's key → satang); others keep theirs.

    More than before is one row more; less reverses the newest rows whole and allocates what is left anew, with the reason.
    Refused where it is more than the giver holds, and where a unit has passed on more than it would keep.
    """
    at = at or clock.now()
    units = _receivers(year, giver, wanted)
    purses = locking.purses(year, [giver, *units])
    rows = _from_the_letter(by, year, giver, purses[giver.pk], at) if giver.kind == Kind.DEPARTMENT else []
    before = {unit.pk: purses[unit.pk].received_satang for unit in units}
    changed = [unit for unit in units if wanted[unit.pk] != before[unit.pk]]
    if not changed:
        raise Refused(_("ยังไม่ได้เปลี่ยนจำนวนของหน่วยใด"))
    if not reason.strip() and any(wanted[unit.pk] < before[unit.pk] for unit in changed):
        raise Refused(_("มีหน่วยที่ได้น้อยลง บอกเหตุผลที่ลด"), field="reason")
    _check(purses[giver.pk], purses, changed, wanted)
    stays = Allocation(year=year, giver=giver, reference=reference.strip(), reason=reason.strip(), by=by, at=at)
    rows += _rows(stays, changed, {unit.pk: wanted[unit.pk] for unit in changed})
    _keep(purses, giver, changed, wanted)
    detail = {"reference": reference.strip(), "reason": reason.strip(), "sums": {u.path: wanted[u.pk] for u in changed}}
    record(by, "budget.allocate", purses[giver.pk], giver.path, at=at, **detail)
    return rows


def _receivers(year: ProgrammeYear, giver: Unit, wanted: Mapping[int, int]) -> list[Unit]:
    terms = terms_of(current_revision(year))
    below = BELOW.get(Kind(giver.kind))
    units = Unit.objects.filter(pk__in=wanted, kind=below, path__startswith=giver.path).order_by("path") if below else []
    found = [unit for unit in units if terms.takes_part(unit.path)]
    if len(found) != len(wanted) or any(satang < 0 for satang in wanted.values()):
        raise Refused(_("จัดสรรได้เฉพาะหน่วยที่อยู่ใต้หน่วยนี้และอยู่ในกิจกรรม จำนวนเงินต้องไม่ติดลบ"))
    return found


def _from_the_letter(by: Person, year: ProgrammeYear, department: Unit, purse: Purse, at: datetime) -> list[Allocation]:
    """The department has what the year's revision in force says; where a revision says otherwise, rows make up for it."""
    revision = current_revision(year)
    budget = terms_of(revision).budget_satang
    if purse.received_satang == budget:
        return []
    row = Allocation(year=year, giver=None, reference=revision.reference, reason=revision.what_changed, by=by, at=at)
    made = _rows(row, [department], {department.pk: budget})
    purse.received_satang = budget
    return made


def _check(giver: Purse, purses: Mapping[int, Purse], changed: list[Unit], wanted: Mapping[int, int]) -> None:
    more = sum(wanted[unit.pk] - purses[unit.pk].received_satang for unit in changed)
    if giver.passed_satang + more > giver.received_satang:
        over = giver.passed_satang + more - giver.received_satang
        raise Refused(
            _("จัดสรรรวม %(sum)s บาท เกินที่ได้รับ %(received)s บาท อยู่ %(over)s บาท ลดให้พอดี")
            % {"sum": baht(giver.passed_satang + more), "received": baht(giver.received_satang), "over": baht(over)}
        )
    for unit in changed:
        passed = purses[unit.pk].passed_satang
        if wanted[unit.pk] < passed:
            said = {"unit": unit.full_name, "passed": baht(passed)}
            raise Refused(_("%(unit)sจัดสรรต่อหรือให้ยืมไปแล้ว %(passed)s บาท จึงลดต่ำกว่านั้นไม่ได้") % said, field=f"unit_{unit.pk}")


def _rows(like: Allocation, changed: list[Unit], wanted: Mapping[int, int]) -> list[Allocation]:
    """The rows that bring each unit from what it has to what it shall have: reversals first, then what is allocated."""
    standing: dict[int, list[tuple[int, int]]] = {unit.pk: [] for unit in changed}
    rows = Allocation.objects.filter(year=like.year, unit__in=changed, reverses__isnull=True, reversal__isnull=True)
    for at_unit, key, satang in rows.order_by("-pk").values_list("unit_id", "pk", "satang"):
        standing[at_unit].append((key, satang))
    made = []
    for unit in changed:
        gone, anew = to_reverse(standing[unit.pk], wanted[unit.pk])
        sums = dict(standing[unit.pk])
        made += [_row(like, unit, -sums[key], key) for key in gone]
        made += [_row(like, unit, anew)] if anew else []
    return Allocation.objects.bulk_create(made)


def _row(like: Allocation, unit: Unit, satang: int, reverses: int | None = None) -> Allocation:
    return Allocation(
        year=like.year,
        giver=like.giver,
        unit=unit,
        satang=satang,
        reference=like.reference,
        reason=like.reason,
        reverses_id=reverses,
        by=like.by,
        at=like.at,
    )


def _keep(purses: Mapping[int, Purse], giver: Unit, changed: list[Unit], wanted: Mapping[int, int]) -> None:
    head = purses[giver.pk]
    head.passed_satang += sum(wanted[unit.pk] - purses[unit.pk].received_satang for unit in changed)
    for unit in changed:
        purses[unit.pk].received_satang = wanted[unit.pk]
    Purse.objects.bulk_update([head, *(purses[unit.pk] for unit in changed)], ["received_satang", "passed_satang"])
