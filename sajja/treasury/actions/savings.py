"""Savings besides the collecting day: special savings in and out and their interest, moving within a family."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext as _

from sajja.audit.actions import Doer, record
from sajja.audit.acts import act
from sajja.groups.models import GroupBook, Member, MemberStatus
from sajja.ledger.actions.posting import lock, refuse_day
from sajja.ledger.models import Account, Entry, Stage
from sajja.ledger.posting import Arrow
from sajja.lib.refusals import Refused
from sajja.treasury import chart
from sajja.treasury.actions.books import accounts_of, put
from sajja.treasury.models import InterestRun, MemberAccount
from sajja.treasury.queries import savings as savings_queries
from sajja.web import clock


@act
def special_in(
    *, by: Doer, kept: GroupBook, member: Member, satang: int, date: date, money: Account, memo: str = "",
    at: datetime | None = None, uuid: UUID | None = None,
) -> Entry:  # fmt: skip
    """A member brings special savings between collecting days."""
    lock(kept.book)
    _refuse_ended(member)
    own = accounts_of(kept, [member], chart.SPECIAL)[member.pk]
    arrows = [Arrow(money.pk, own.pk, satang, slip=member.pk)]
    memo = memo or _("ฝากเงินสัจจะสะสมพิเศษ %(name)s") % {"name": member.name}
    return put(by, kept, "treasury.special_in", date, "special-in", memo, arrows, at, uuid, member=member.number).entry


@act
def special_out(
    *, by: Doer, kept: GroupBook, member: Member, satang: int, date: date, money: Account, memo: str = "",
    at: datetime | None = None, uuid: UUID | None = None,
) -> Entry:  # fmt: skip
    """A member takes special savings out; never more than there is on any day from then on."""
    own = accounts_of(kept, [member], chart.SPECIAL)[member.pk]
    memo = memo or _("ถอนเงินสัจจะสะสมพิเศษ %(name)s") % {"name": member.name}
    arrows = [Arrow(own.pk, money.pk, satang)]
    return put(by, kept, "treasury.special_out", date, "special-out", memo, arrows, at, uuid, member=member.number).entry


@act
def transfer_in_family(
    *, by: Doer, kept: GroupBook, giver: Member, taker: Member, satang: int, date: date, memo: str = "",
    at: datetime | None = None, uuid: UUID | None = None,
) -> Entry:  # fmt: skip
    """Pledged savings pass to another member of the family; neither counts as paid in by it."""
    lock(kept.book)
    for member in (giver, taker):
        _refuse_ended(member)
    if giver.pk == taker.pk or giver.family_id is None or giver.family_id != taker.family_id:
        raise Refused(_("โอนได้เฉพาะสมาชิกในครอบครัวเดียวกัน โปรดใส่รหัสครอบครัวให้ตรงกันก่อน"), "taker")
    own = accounts_of(kept, [giver, taker], chart.PLEDGED)
    arrows = [Arrow(own[giver.pk].pk, own[taker.pk].pk, satang)]
    memo = memo or _("โอนเงินสัจจะจาก %(giver)s ให้ %(taker)s") % {"giver": giver.name, "taker": taker.name}
    posted = put(
        by, kept, "treasury.transfer_in_family", date, "transfer", memo, arrows, at, uuid, giver=giver.number, taker=taker.number
    )
    for member, change in ((giver, -satang), (taker, satang)) if posted.new else ():
        MemberAccount.objects.filter(member=member, control=chart.PLEDGED).update(base_satang=F("base_satang") + change)
    return posted.entry


@act
def credit_interest(*, by: Doer, kept: GroupBook, day: date, at: datetime | None = None, uuid: UUID | None = None) -> InterestRun:
    """Credit the interest of all special savings on one of the rule's days, once.

    What a member earned before he left waits for him under 23300. A run that finds nothing to credit is kept too, and posts
    nothing.
    """
    head = lock(kept.book)
    refuse_day(kept.book, head, day, "special-interest", Stage.MONTH, at or clock.now())
    if InterestRun.objects.filter(kept=kept, day=day, counts=True).exists():
        raise Refused(_("คิดดอกเบี้ยของวันนี้ไปแล้ว เปิดรายการเดิมดูได้"), "day")
    if InterestRun.objects.filter(kept=kept, day__gt=day, counts=True).exists():
        raise Refused(_("คิดดอกเบี้ยของวันที่หลังจากนี้ไปแล้ว"), "day")
    due = savings_queries.interest_due(kept, day)
    if due.refusal:
        raise Refused(due.refusal, "day")
    earned = [row for row in due.rows if row.reckoned.interest]
    accrued = savings_queries.accrued_within(kept, due.first, day)
    entry = _post_interest(by, kept, day, earned, accrued, at, uuid) if earned or accrued else None
    if entry is None:
        record(by, "treasury.credit_interest", kept.book, kept.group.unit.path, at=at, day=day.isoformat(), satang=0)
    return InterestRun.objects.create(
        kept=kept, first=due.first, day=day, base=due.base, rate_bp=due.rate_bp, entry=entry, by_name=str(by.full_name),
        at=at or clock.now(),
        rows=[
            {"member": row.member.pk, "lows": list(row.reckoned.lows), "interest": row.reckoned.interest} for row in due.rows
        ],
    )  # fmt: skip


def _post_interest(
    by: Doer, kept: GroupBook, day: date, earned: Sequence[savings_queries.Earned], accrued: Mapping[int, int],
    at: datetime | None, uuid: UUID | None,
) -> Entry:  # fmt: skip
    """What a year's end set aside is paid from 23500; the rest is this year's expense; a satang too many goes back to it."""
    expense = Account.objects.get(book=kept.book, code=chart.INTEREST_PAID)
    aside = Account.objects.filter(book=kept.book, code=chart.ACCRUED).first()
    members = [row.member for row in earned]
    own = accounts_of(kept, members, chart.SPECIAL)
    ended = accounts_of(kept, [member for member in members if member.status != MemberStatus.ACTIVE], chart.LEAVERS)
    to = {key: account.pk for key, account in (own | ended).items()}
    arrows, over = [], sum(accrued.values())
    for row in earned:
        key, interest = row.member.pk, row.reckoned.interest
        known = min(accrued.get(key, 0), interest)
        over -= known
        parts = [(aside.pk if aside else 0, known), (expense.pk, interest - known)]
        arrows += [Arrow(debit, to[key], satang, about=own[key].pk) for debit, satang in parts if satang]
    if over and aside:
        arrows.append(Arrow(aside.pk, expense.pk, over))
    memo = _("ดอกเบี้ยเงินสัจจะสะสมพิเศษ")
    return put(by, kept, "treasury.credit_interest", day, "special-interest", memo, arrows, at, uuid, day=day.isoformat()).entry


def _refuse_ended(member: Member) -> None:
    """As it is now, under the book's lock: who is settled at the same moment takes nothing more."""
    if not Member.objects.filter(pk=member.pk, status=MemberStatus.ACTIVE).exists():
        raise Refused(_("%(name)s พ้นสมาชิกภาพแล้ว รับฝากไม่ได้") % {"name": member.name}, "member")
