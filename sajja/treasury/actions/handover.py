"""The treasurer's work handed over: the cash counted and moved, the books and bank books listed, both sign."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from sajja.audit.actions import Doer, record
from sajja.audit.acts import act
from sajja.groups.models import CommitteeMember, GroupBook, Member
from sajja.ledger.actions.posting import lock
from sajja.ledger.models import Account, BookHead
from sajja.ledger.posting import Arrow
from sajja.lib.money import baht
from sajja.lib.refusals import Refused
from sajja.treasury import counting, signing
from sajja.treasury.actions.cash import check_ended, open_keeper
from sajja.treasury.actions.seconds import Signer, sign
from sajja.treasury.actions.vouchers import Paper, enter, money_place
from sajja.treasury.models import Handover, Keeper, VoucherKind
from sajja.treasury.queries.books import rules_on
from sajja.web import clock


@act
def hand_over(
    *, by: Doer, kept: GroupBook, date: date, giver: Account, giver_name: str, incoming: str, notes: Mapping[int, int],
    books: str, signers: Sequence[Signer], bank_books: str = "", committee: CommitteeMember | None = None,
    member: Member | None = None, at: datetime | None = None, uuid: UUID | None = None,
) -> Handover:  # fmt: skip
    """Everything that the outgoing treasurer holds goes to the incoming one, who becomes a keeper if he is none.

    The cash counted must be what the book says; a difference is settled by a count first. Unconfirmed until both signed.
    """
    at = at or clock.now()
    lock(kept.book)
    if uuid and (before := Handover.objects.filter(uuid=uuid).first()):
        return before
    place = money_place(kept, giver, "giver")
    counted, cash = counting.total(notes), place.satang - counting.odd(place.satang, rules_on(kept, date).cash_step_satang)
    if not place.is_cash:
        raise Refused(_("เลือกเงินสดของผู้เก็บรักษา"), "giver")
    if signing.same_person(giver_name, incoming):
        raise Refused(_("ผู้ส่งมอบและผู้รับมอบต้องเป็นคนละคนกัน"), "incoming")
    if len(signers) != 2:
        raise Refused(_("ต้องมีลายมือชื่อทั้งผู้ส่งมอบและผู้รับมอบ"))
    if counted != cash:
        raise Refused(
            _("นับได้ %(counted)s บาท แต่บัญชีมี %(book)s บาท ทำใบนับเงินสดและจัดการส่วนต่างก่อน")
            % {"counted": baht(counted), "book": baht(cash)},
            "notes",
        )
    if not books.strip():
        raise Refused(_("ใส่รายการสมุดบัญชีและเอกสารที่ส่งมอบ"), "books")
    new = _incoming(by, kept, date, incoming, committee, member, at)
    entry = None
    if place.satang:
        memo = _("ส่งมอบงานเหรัญญิก %(name)s") % {"name": new.name}
        paper, arrows = Paper(kind=VoucherKind.GENERAL), [Arrow(new.account_id, giver.pk, place.satang)]
        entry = enter(by, kept, "hand_over", date, "cash-moved", memo, arrows, paper, giver, at, uuid)
    if place.keeper:
        check_ended(place.keeper, date)
        Keeper.objects.filter(pk=place.keeper.pk).update(ends=date)
    head = BookHead.objects.get(book=kept.book)
    made = Handover.objects.create(
        kept=kept, outgoing=place.keeper, outgoing_name=giver_name, incoming=new, on=date, notes=counting.kept(notes),
        cash_satang=place.satang, books=books, bank_books=bank_books, head=f"{kept.book.code}:{head.entries}:{head.hash}",
        entry=entry, by=by.key, by_name=str(by.full_name), at=at, uuid=uuid,
    )  # fmt: skip
    sign(by, kept, made, signers, at)
    record(by, "treasury.hand_over", made, kept.group.unit.path, at=at, on=date.isoformat(), satang=counted)
    return made


def _incoming(
    by: Doer, kept: GroupBook, on: date, name: str, committee: CommitteeMember | None, member: Member | None, at: datetime
) -> Keeper:
    for keeper in Keeper.objects.filter(kept=kept, ends__isnull=True):
        if signing.same_person(keeper.name, name):
            return keeper
    return open_keeper(by=by, kept=kept, name=name, starts=on, committee=committee, member=member, at=at)
