"""Another schedule for a loan in trouble: instalments put off, or what is owed agreed anew, with the guarantors' consents.

The loan under the book's lock as every step of troubled.py begins with it is here too.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction
from typing import Any, Final

from django.utils.translation import gettext as _

from sajja.audit.actions import Doer, record
from sajja.audit.acts import act
from sajja.groups.models import Resolution
from sajja.ledger.actions.posting import lock
from sajja.lib.money import baht
from sajja.lib.refusals import Refused
from sajja.lib.thai_dates import short
from sajja.treasury import schedule
from sajja.treasury.actions.lending import moved, refuse_own
from sajja.treasury.actions.vouchers import check_resolution
from sajja.treasury.models import GuarantorConsent, Instalment, Loan, LoanPlan, LoanStateNow, PlanKind
from sajja.treasury.queries import loans as queries
from sajja.treasury.queries.loans import LoanStanding
from sajja.web import clock

NOT_AGREED: Final = "ไม่ได้ยินยอมเป็นหนังสือ (ป.พ.พ. มาตรา 700)"
Rows = Sequence[tuple[int, date, int, int]]
"""Number, day, principal, interest of each instalment."""


def begin(by: Doer, loan: Loan, resolution: Resolution | None, on: date) -> LoanStanding:
    """The loan as it stands under the book's lock; refused where nothing is owed or the recorder is concerned."""
    lock(loan.kept.book)
    loan.refresh_from_db()
    if loan.state != LoanStateNow.NORMAL:
        raise Refused(_("สัญญานี้ไม่มีหนี้ที่ต้องจัดการ (%(state)s)") % {"state": loan.get_state_display()})
    refuse_own(by, loan)
    if resolution is None:
        raise Refused(_("เรื่องนี้ต้องมีมติ เลือกมติ หรือบันทึกการประชุมก่อน"), "resolution")
    check_resolution(loan.kept, resolution)
    if on < resolution.meeting.day:
        raise Refused(_("วันที่มีผลต้องไม่ก่อนวันประชุม"), "on")
    now = queries.standing(loan, on, max(on, clock.today()))
    if not now.principal:
        raise Refused(_("สัญญานี้เหลือแต่ดอกเบี้ย %(sum)s บาท รับชำระให้หมด สัญญาก็ปิด") % {"sum": baht(now.interest_due)})
    return now


@act
def defer(
    *, by: Doer, loan: Loan, on: date, months: int, resolution: Resolution, why: str, pays_interest: bool = True,
    moves_from: date | None = None, consents: Mapping[int, date] | None = None, at: datetime | None = None,
) -> LoanPlan:  # fmt: skip
    """Put the instalments that are left off by so many months; meanwhile interest alone is due, or nothing.

    `moves_from`: those due earlier stay where they are; None: all move. `consents`: guarantor's key → the day of his
    written consent; who gave none is freed.
    """
    now = begin(by, loan, resolution, on)
    if not 1 <= months <= 24:
        raise Refused(_("ผ่อนผันได้ 1 ถึง 24 เดือน"), "months")
    stay = [one for one in now.left if moves_from and one.due < moves_from]
    move = now.left[len(stay) :]
    if not move:
        raise Refused(_("ไม่มีงวดที่ครบกำหนดตั้งแต่วันนั้น งวดสุดท้าย %(day)s") % {"day": short(now.left[-1].due)}, "moves_from")
    anchor = (loan.first_due or now.left[0].due).day
    rows = [(one.no, schedule.later(one.due, months, anchor), one.principal, one.interest) for one in move]
    if pays_interest and loan.rate_bp:
        month = schedule.rounded(sum(one.principal for one in move) * Fraction(loan.rate_bp, 120_000), loan.rounding)
        meanwhile = [(0, schedule.later(move[0].due, ahead, anchor), 0, month) for ahead in range(months)]
        rows = [*meanwhile, *rows]
    rows = [*((one.no, one.due, one.principal, one.interest) for one in stay), *rows]
    return _plan(by, now, PlanKind.DEFERRAL, on, _numbered(rows), resolution, why, consents, at)


@act
def reschedule(
    *, by: Doer, loan: Loan, on: date, instalments: int, first_due: date, resolution: Resolution, why: str,
    consents: Mapping[int, date] | None = None, at: datetime | None = None,
) -> LoanPlan:  # fmt: skip
    """What is owed now over so many new instalments; interest that is due and unpaid is asked with the first of them.

    Refused, with the reason, where it cannot be paid back in exactly so many.
    """
    now = begin(by, loan, resolution, on)
    if first_due <= on:
        raise Refused(_("งวดแรกต้องหลังวันที่เริ่มแผนใหม่"), "first_due")
    rows = agreed_anew(loan, now.principal, instalments, first_due)
    number, due, principal, interest = rows[0]
    rows = [(number, due, principal, interest + now.interest_due), *rows[1:]]
    return _plan(by, now, PlanKind.RESCHEDULE, on, rows, resolution, why, consents, at)


def agreed_anew(loan: Loan, principal: int, instalments: int, first_due: date, rate_bp: int | None = None) -> list[Any]:
    """The instalments of a new agreement by the contract's own terms; refused where it cannot be."""
    terms = schedule.Terms(
        principal=principal, rate_bp=loan.rate_bp if rate_bp is None else rate_bp, instalments=instalments, method=loan.method,
        multiple=loan.multiple_satang, rounding=loan.rounding,
    )  # fmt: skip
    try:
        made = schedule.schedule(terms)
    except ValueError as why_not:
        raise Refused(str(why_not), "instalments") from None
    days = schedule.due_days(first_due, instalments)
    return [(row.no, due, row.principal, row.interest) for row, due in zip(made, days, strict=True)]


def _numbered(rows: Rows) -> Rows:
    return [(at, due, principal, interest) for at, (_no, due, principal, interest) in enumerate(rows, 1)]


def _plan(
    by: Doer, now: LoanStanding, kind: str, on: date, rows: Rows, resolution: Resolution, why: str,
    consents: Mapping[int, date] | None, at: datetime | None,
) -> LoanPlan:  # fmt: skip
    """The next schedule; the guarantors who did not consent in writing are freed."""
    loan, at = now.loan, at or clock.now()
    if not why.strip():
        raise Refused(_("บอกเหตุผล เพื่อให้กรรมการชุดต่อไปเข้าใจ"), "why")
    if loan.plans.filter(counts=True, kind=kind, resolution=resolution).exists():
        raise Refused(_("มีผู้บันทึกตามมตินี้แล้ว ถ้าจะทำอีกครั้งต้องมีมติใหม่"), "resolution")
    plan = write_plan(by, loan, kind, on, now.principal, now.received, rows, resolution, why, at)
    agreed = consents or {}
    own = list(loan.guarantors.filter(freed_on__isnull=True))
    GuarantorConsent.objects.bulk_create(
        [GuarantorConsent(plan=plan, guarantor=one, on=agreed[one.pk]) for one in own if one.pk in agreed]
    )
    loan.guarantors.filter(pk__in=[one.pk for one in own if one.pk not in agreed]).update(freed_on=on, freed_because=NOT_AGREED)
    step = "defer" if kind == PlanKind.DEFERRAL else "reschedule"
    moved(by, loan, step, on, why=why, resolution=resolution, at=at)
    record(
        by, f"treasury.{step}", loan, loan.kept.group.unit.path, at=at, principal=now.principal, instalments=len(rows),
        freed=len([one for one in own if one.pk not in agreed]),
    )  # fmt: skip
    return plan


def write_plan(
    by: Doer, loan: Loan, kind: str, on: date, principal: int, received: int, rows: Rows, resolution: Resolution | None, why: str,
    at: datetime,
) -> LoanPlan:  # fmt: skip
    """A schedule and its instalments; inside an act."""
    plan = LoanPlan.objects.create(
        loan=loan, number=loan.plans.count() + 1, kind=kind, from_on=on, principal_satang=principal, interest_before_satang=received,
        resolution=resolution, why=why[:300], by_name=str(by.full_name), at=at,
    )  # fmt: skip
    Instalment.objects.bulk_create(
        [
            Instalment(plan=plan, no=no, due=due, principal_satang=principal_, interest_satang=interest)
            for no, due, principal_, interest in rows
        ]
    )
    return plan


@act
def take_back_plan(*, by: Doer, loan: Loan, reason: str, at: datetime | None = None) -> LoanPlan:
    """The newest deferral or agreement was entered wrong: the schedule before it holds again. Not once money came in under it."""
    lock(loan.kept.book)
    loan.refresh_from_db()
    refuse_own(by, loan)
    plan = loan.plans.filter(counts=True).order_by("-number").first()
    if plan is None or plan.kind not in {PlanKind.DEFERRAL, PlanKind.RESCHEDULE}:
        raise Refused(_("ไม่มีการผ่อนผันหรือปรับโครงสร้างให้ยกเลิก"))
    now = queries.standing(loan, clock.today())
    if (now.principal, now.received) != (plan.principal_satang, plan.interest_before_satang):
        raise Refused(_("มีการชำระตามแผนนี้แล้ว ยกเลิกไม่ได้ ทำแผนใหม่แทน"))
    if not reason.strip():
        raise Refused(_("บอกเหตุผลที่ยกเลิก"), "reason")
    plan.counts = False
    plan.save(update_fields=["counts"])
    freed = loan.guarantors.filter(freed_on=plan.from_on, freed_because=NOT_AGREED)
    if not loan.plans.filter(counts=True, from_on=plan.from_on, kind__in=[PlanKind.DEFERRAL, PlanKind.RESCHEDULE]).exists():
        freed.update(freed_on=None, freed_because="")
    moved(by, loan, "plan_back", clock.today(), why=reason, at=at)
    record(by, "treasury.take_back_plan", loan, loan.kept.group.unit.path, at=at, reason=reason)
    return plan
