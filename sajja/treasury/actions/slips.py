"""Slips of balances with a code: made for one member, called in when one was lost or given to the wrong hands."""

import secrets
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _

from sajja.audit.actions import Doer, record
from sajja.audit.acts import act
from sajja.groups.models import GroupBook, Member
from sajja.ledger.actions.posting import lock
from sajja.lib.refusals import Refused
from sajja.treasury import chart
from sajja.treasury.models import MemberSlip
from sajja.treasury.queries import savings, slips
from sajja.web import clock

VALID: Final = timedelta(days=90)


@act
def make_slip(*, by: Doer, kept: GroupBook, member: Member, at: datetime | None = None) -> MemberSlip:
    """What stands for the member now, with the place of the book's chain; its code is told by `queries.slips.code_of`.

    Refused where the member has neither savings nor a debt: the slip would say nothing.
    """
    at = at or clock.now()
    head = lock(kept.book)  # the balances and the head are of one moment
    held = savings.held_by(member)
    owed = sum(account.standing for account in savings.owed_by(member))
    pledged, special = held.get(chart.PLEDGED, 0), held.get(chart.SPECIAL, 0)
    if not (pledged or special or owed):
        raise Refused(_("สมาชิกยังไม่มียอดเงินออมหรือหนี้ จึงยังไม่มีอะไรให้แสดง"))
    slip = MemberSlip(
        kept=kept, member=member, on=clock.day_of(at), until=clock.day_of(at) + VALID, pledged_satang=pledged,
        special_satang=special, owed_satang=owed, entries=head.entries, head=head.hash, salt=secrets.token_hex(16),
        by_name=str(by.full_name), at=at,
    )  # fmt: skip
    slip.code_sha256 = slips.sum_of(slips.code_of(slip))
    slip.save()
    record(by, "treasury.make_slip", member, kept.group.unit.path, at=at, slip=slip.pk, until=slip.until.isoformat())
    return slip


@act
def call_in_slip(*, by: Doer, slip: MemberSlip, reason: str, at: datetime | None = None) -> MemberSlip:
    """From now on the slip's page says nothing but that it was called in."""
    slip = MemberSlip.objects.select_for_update(of=("self",)).select_related("kept__group__unit", "member").get(pk=slip.pk)
    if not reason.strip():
        raise Refused(_("บอกว่าเรียกคืนเพราะอะไร เช่น ใบหาย"), "reason")
    if slip.called_in_at:
        raise Refused(_("ใบนี้ถูกเรียกคืนไปแล้ว"))
    slip.called_in_at, slip.called_in_because, slip.called_in_by_name = at or clock.now(), reason.strip(), str(by.full_name)
    slip.save(update_fields=["called_in_at", "called_in_because", "called_in_by_name"])
    record(by, "treasury.call_in_slip", slip.member, slip.kept.group.unit.path, at=at, slip=slip.pk, reason=reason.strip())
    return slip
