"""A member leaves or dies: what was saved is paid back, the membership ends."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from sajja.audit.actions import Doer, record
from sajja.audit.acts import act
from sajja.groups import actions as groups
from sajja.groups.models import Beneficiary, GroupBook, Member, MemberStatus, Resolution
from sajja.ledger import actions as ledger
from sajja.ledger.actions.posting import lock
from sajja.ledger.models import Account
from sajja.ledger.posting import Arrow
from sajja.lib.money import baht, share_out
from sajja.lib.refusals import Refused
from sajja.treasury import chart, lives
from sajja.treasury.actions.books import accounts_of, put
from sajja.treasury.actions.loan_lives import after_payment, contracts_in, free_guarantors
from sajja.treasury.actions.vouchers import check_resolution
from sajja.treasury.models import Guarantor, Loan, MemberAccount, Settlement
from sajja.treasury.queries import loans as loan_queries
from sajja.treasury.queries import savings as savings_queries
from sajja.web import clock

KIND = {Settlement.Why.LEFT: "member-leaves", Settlement.Why.DIED: "member-dies"}


@act
def settle(
    *, by: Doer, kept: GroupBook, member: Member, why: Settlement.Why, day: date, because: str, money: Account | None,
    resolution: Resolution | None = None, set_off: bool = False, at: datetime | None = None, uuid: UUID | None = None,
) -> Settlement:  # fmt: skip
    """Pay back pledged and special savings (with no `money` they wait in 23300), end the membership.

    Refused while the member owes a loan or made-good money; `set_off` settles loans from the savings first, principal and
    interest due, and frees their guarantors. Heirs share what is left by the beneficiaries' shares, to the satang.
    """
    lock(kept.book)
    member.refresh_from_db()
    held = savings_queries.held_by(member)
    pledged, special = held.get(chart.PLEDGED, 0), held.get(chart.SPECIAL, 0)
    debts = _debts(kept, member, day, pledged + special, set_off=set_off)
    loans = {key for key, _amount, _about in debts}
    if owed := [account for account in savings_queries.owed_by(member) if account.pk not in loans]:
        raise Refused(
            _("%(name)s ยังมีหนี้กับกลุ่ม (%(accounts)s) โปรดชำระหรือตัดรายการก่อน")
            % {"name": member.name, "accounts": ", ".join(account.name for account in owed)}
        )
    if resolution:
        check_resolution(kept, resolution)
    target = money or accounts_of(kept, [member], chart.LEAVERS)[member.pk]
    own = {row.control: row.account_id for row in MemberAccount.objects.filter(member=member)}
    debt = sum(amount for _key, amount, _about in debts)
    sources = [(own[control], amount) for control, amount in ((chart.PLEDGED, pledged), (chart.SPECIAL, special)) if amount]
    arrows = _filled(sources, [*debts, (target.pk, pledged + special - debt, None)])
    memo = _("จ่ายคืนเงินออม %(name)s") % {"name": member.name}
    entry = (
        put(by, kept, "treasury.settle", day, KIND[why], memo, arrows, at, uuid, member=member.number).entry if arrows else None
    )
    if entry is None:
        record(by, "treasury.settle", member, kept.group.unit.path, at=at, member=member.number, satang=0)
    if entry and debts:
        settled = after_payment(by, kept, [key for key, _amount, about in debts if about is None], day, entry, at)
        free_guarantors(settled, day, _("ชำระหนี้ครบจากเงินออมของผู้กู้"))
    groups.end_member(
        by=by, member=member, status=MemberStatus(why.value), day=day, because=because, resolution=resolution, at=at
    )
    return Settlement.objects.create(
        kept=kept, member=member, why=why, day=day, pledged_satang=pledged, special_satang=special, debt_satang=debt,
        resolution=resolution, entry=entry, by_name=str(by.full_name),
        at=at or clock.now(), heirs=_heirs(member, pledged + special - debt) if why == Settlement.Why.DIED else [],
    )  # fmt: skip


Debt = tuple[int, int, int | None]
"""An account that is credited, satang, and the contract that an interest concerns."""


def _debts(kept: GroupBook, member: Member, day: date, held: int, *, set_off: bool) -> list[Debt]:
    """Principal and interest due of the member's loans; refused where he owes and nobody said to set it off, or it is too much."""
    own = list(Loan.objects.filter(kept=kept, member=member, state__in=lives.OPEN).select_related("account", "kept__book"))
    now = loan_queries.standings(kept, max(day, clock.today()), own) if own else {}
    if not now:
        return []
    names = ", ".join(one.loan.number for one in now.values())
    whole = sum(one.principal + one.interest_due for one in now.values())
    words = {"name": member.name, "loans": names, "whole": baht(whole), "held": baht(held)}
    if not set_off:
        raise Refused(_("%(name)s ยังมีเงินกู้ %(loans)s รวม %(whole)s บาท ชำระก่อน หรือเลือกหักจากเงินออม") % words, "set_off")
    if whole > held:
        raise Refused(_("เงินออม %(held)s บาทไม่พอหักหนี้ %(loans)s %(whole)s บาท ให้ผู้ค้ำรับภาระ หรือตัดหนี้สูญตามมติก่อน") % words, "set_off")
    income = Account.objects.get(book=kept.book, code=chart.LOAN_INTEREST).pk
    found: list[Debt] = []
    for one in now.values():
        contract = one.loan.account_id or 0
        found += [(contract, one.principal, None), (income, one.interest_due, contract)]
    return [debt for debt in found if debt[1]]


def _filled(sources: Sequence[tuple[int, int]], targets: Sequence[Debt]) -> list[Arrow]:
    """Arrows from the savings to what they pay, each filled in turn."""
    left, arrows = [list(one) for one in sources], []
    for account, wanted, about in targets:
        while wanted and left:
            amount = min(left[0][1], wanted)
            arrows.append(Arrow(left[0][0], account, amount, about=about))
            wanted -= amount
            left[0][1] -= amount
            if not left[0][1]:
                left.pop(0)
    return arrows


def _heirs(member: Member, total: int) -> list[dict[str, object]]:
    """Each beneficiary's part of what the member had."""
    named = list(Beneficiary.objects.filter(member=member, counts=True).order_by("position"))
    parts = share_out(total, [heir.share_bp for heir in named]) if named else []
    return [
        {"name": heir.name, "relation": heir.relation, "share_bp": heir.share_bp, "satang": part}
        for heir, part in zip(named, parts, strict=True)
    ]


@act
def pay_leaver(
    *, by: Doer, settlement: Settlement, money: Account, date: date, at: datetime | None = None, uuid: UUID | None = None
) -> Settlement:
    """What a leaver or the heirs had waiting in 23300 is called for and paid."""
    _refuse_taken_back(settlement)
    own = MemberAccount.objects.filter(member=settlement.member, control=chart.LEAVERS).select_related("account").first()
    if own is None or not own.account.standing:
        raise Refused(_("จ่ายครบแล้ว"))
    memo = _("จ่ายเงินรอจ่าย %(name)s") % {"name": settlement.member.name}
    paid = put(
        by, settlement.kept, "treasury.pay_leaver", date, KIND[Settlement.Why(settlement.why)], memo,
        [Arrow(own.account_id, money.pk, own.account.standing)], at, uuid, member=settlement.member.number,
    )  # fmt: skip
    settlement.fetched = paid.entry
    settlement.save(update_fields=["fetched"])
    return settlement


def _refuse_taken_back(settlement: Settlement) -> None:
    """As it is now, under the book's lock."""
    lock(settlement.kept.book)
    settlement.refresh_from_db(fields=["counts", "fetched"])
    if not settlement.counts:
        raise Refused(_("ใบนี้ยกเลิกไปแล้ว"))


@act
def take_back(
    *, by: Doer, settlement: Settlement, reason: str, date: date, at: datetime | None = None
) -> Settlement:  # fmt: skip
    """The membership goes on: what was paid is reversed, the latest first, and the ending is taken back."""
    at = at or clock.now()
    _refuse_taken_back(settlement)
    if not reason.strip():
        raise Refused(_("บอกเหตุผลที่ยกเลิก"), "reason")
    memo = _("ยกเลิกการพ้นสมาชิกภาพ %(name)s: %(reason)s") % {"name": settlement.member.name, "reason": reason}
    for entry in (settlement.fetched, settlement.entry):
        if entry:
            back = ledger.reverse(entry=entry, date=date, memo=memo[:300], by=by.key, by_name=str(by.full_name), at=at).entry
            opened = after_payment(by, settlement.kept, contracts_in(back), date, back, at)
            Guarantor.objects.filter(loan__in=opened, freed_on=settlement.day).update(freed_on=None, freed_because="")
    groups.take_back_ending(by=by, member=settlement.member, reason=reason, at=at)
    settlement.counts, settlement.taken_back_because = False, reason
    settlement.save(update_fields=["counts", "taken_back_because"])
    record(by, "treasury.take_back", settlement, settlement.kept.group.unit.path, at=at, reason=reason)
    return settlement
