"""Who answers for a loan, changed after the committee agreed to it: one goes, another comes, by a resolution."""

from datetime import date, datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from sajja.audit.actions import Doer, record
from sajja.audit.acts import act
from sajja.groups.models import Resolution
from sajja.ledger.actions.posting import lock
from sajja.lib.refusals import Refused
from sajja.treasury import signing
from sajja.treasury.actions.lending import NewGuarantor, moved, refuse_own, refuse_people
from sajja.treasury.actions.vouchers import check_resolution
from sajja.treasury.models import Guarantor, Loan, LoanStateNow
from sajja.web import clock


@act
def change_guarantor(
    *, by: Doer, loan: Loan, on: date, resolution: Resolution, why: str, leaves: Guarantor | None = None,
    comes: NewGuarantor | None = None, signed_on: date | None = None, at: datetime | None = None,
) -> Guarantor | None:  # fmt: skip
    """One is freed from `on`, another answers from the day on which he signed; never fewer than the product wants.

    Both stay in the contract's history; what the freed one was told before stays too.
    """
    lock(loan.kept.book)
    loan.refresh_from_db()
    if loan.state not in {LoanStateNow.APPROVED, LoanStateNow.NORMAL}:
        raise Refused(_("เปลี่ยนผู้ค้ำได้เมื่ออนุมัติแล้วและยังมีหนี้อยู่ (%(state)s)") % {"state": loan.get_state_display()})
    refuse_own(by, loan)
    check_resolution(loan.kept, resolution)
    if on < resolution.meeting.day:
        raise Refused(_("วันที่มีผลต้องไม่ก่อนวันประชุม"), "on")
    if not why.strip():
        raise Refused(_("บอกเหตุผลที่เปลี่ยนผู้ค้ำ"), "why")
    if leaves is None and comes is None:
        raise Refused(_("เลือกผู้ค้ำที่ออก หรือใส่ผู้ค้ำคนใหม่"), "leaves")
    answering = list(loan.guarantors.filter(freed_on__isnull=True).select_related("member"))
    if leaves is not None and leaves.pk not in {one.pk for one in answering}:
        raise Refused(_("%(name)s ไม่ได้ค้ำสัญญานี้แล้ว") % {"name": leaves.name}, "leaves")
    rest = len(answering) - (leaves is not None) + (comes is not None)
    if rest < min(loan.product.guarantors_wanted, len(answering)):
        words = {"count": loan.product.guarantors_wanted}
        raise Refused(_("เงินกู้นี้ต้องมีผู้ค้ำ %(count)s คน ใส่คนใหม่แทนคนที่ออก") % words, "guarantor")
    if comes is not None:
        _refuse_newcomer(by, loan, answering, comes, signed_on, on)
    if leaves is not None:
        leaves.freed_on, leaves.freed_because = on, _("เปลี่ยนผู้ค้ำตามมติ")
        leaves.save(update_fields=["freed_on", "freed_because"])
    made = _answers(loan, comes, signed_on) if comes else None
    told = {"leaves": leaves.name if leaves else "", "comes": made.name if made else ""}
    moved(by, loan, "guarantor", on, why=_told(told, why), resolution=resolution, at=at or clock.now())
    record(by, "treasury.change_guarantor", loan, loan.kept.group.unit.path, at=at, on=on.isoformat(), because=why, **told)
    return made


def _refuse_newcomer(
    by: Doer, loan: Loan, answering: list[Guarantor], comes: NewGuarantor, signed_on: date | None, on: date
) -> None:
    refuse_people(loan.kept, loan.member, [comes])
    name = comes.member.name if comes.member else comes.name
    if signing.same_person(str(by.full_name), name):
        raise Refused(_("ผู้บันทึกเป็นผู้ค้ำคนใหม่เอง ให้กรรมการคนอื่นบันทึก"), "guarantor")
    before = loan.guarantors.filter(member=comes.member) if comes.member else Guarantor.objects.none()
    if before.exists() or any(signing.same_person(one.name, name) for one in answering):
        raise Refused(_("%(name)s เคยค้ำสัญญานี้แล้ว เลือกคนอื่น") % {"name": name}, "guarantor")
    if signed_on is None:
        raise Refused(_("ใส่วันที่ผู้ค้ำคนใหม่ลงชื่อในหนังสือค้ำประกัน พิมพ์หนังสือได้จากหน้าเงินกู้"), "signed_on")
    if signed_on > on:
        raise Refused(_("ผู้ค้ำต้องลงชื่อก่อนหรือในวันที่มีผล"), "signed_on")


def _answers(loan: Loan, comes: NewGuarantor, signed_on: date | None) -> Guarantor:
    last = loan.guarantors.aggregate(last=Max("position"))["last"] or 0
    name = comes.member.name if comes.member else comes.name
    return Guarantor.objects.create(
        loan=loan, position=last + 1, member=comes.member, name=name, address=comes.address, signed_on=signed_on
    )


def _told(told: dict[str, str], why: str) -> str:
    gone = _("%(name)s พ้น") % {"name": told["leaves"]} if told["leaves"] else ""
    new = _("%(name)s ค้ำแทน") % {"name": told["comes"]} if told["comes"] else ""
    parts = (gone, new)
    return f"{' '.join(part for part in parts if part)}: {why}"
