"""Passbooks that were written, and slips that ask members whether their balance is right."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from sajja.audit.actions import Doer, record
from sajja.audit.acts import act
from sajja.groups.models import GroupBook, Member
from sajja.lib.refusals import Refused
from sajja.treasury.models import BalanceConfirmation, ConfirmationAnswer, PassbookMark
from sajja.treasury.queries import savings as queries
from sajja.web import clock


@act
def mark_passbook(*, by: Doer, kept: GroupBook, member: Member, at: datetime | None = None) -> PassbookMark:
    """The passbook has been written up to the newest line."""
    lines = queries.unwritten(kept, member)
    if not lines:
        raise Refused(_("สมุดคู่ฝากเป็นปัจจุบันแล้ว"))
    through = max(line.movement for line in lines)
    record(by, "treasury.mark_passbook", member, kept.group.unit.path, at=at, lines=len(lines))
    return PassbookMark.objects.create(
        member=member, through=through, lines=len(lines), by_name=str(by.full_name), at=at or clock.now()
    )


@act
def ask_confirmations(*, by: Doer, kept: GroupBook, on: date, at: datetime | None = None) -> int:
    """Make a slip for every member with savings at the end of a day; those made already stay. Returns how many were made."""
    known = set(BalanceConfirmation.objects.filter(kept=kept, on=on).values_list("member_id", flat=True))
    made = BalanceConfirmation.objects.bulk_create(
        [
            BalanceConfirmation(
                kept=kept, member=saved.member, on=on, pledged_satang=saved.pledged, special_satang=saved.special,
                at=at or clock.now(),
            )
            for saved in queries.register_on(kept, on)
            if saved.total and saved.member.pk not in known
        ],
        batch_size=500,
    )  # fmt: skip
    if not made:
        raise Refused(_("หนังสือยืนยันยอดของวันนี้ออกครบแล้ว หรือยังไม่มียอดให้ยืนยัน"), "on")
    record(by, "treasury.ask_confirmations", kept.book, kept.group.unit.path, at=at, on=on.isoformat(), made=len(made))
    return len(made)


@act
def answer_confirmation(
    *, by: Doer, confirmation: BalanceConfirmation, answer: str, said_satang: int | None = None, solved: str = "",
    at: datetime | None = None,
) -> BalanceConfirmation:  # fmt: skip
    """What came back: it agrees, or it differs, by how much and how that was solved."""
    if answer == ConfirmationAnswer.DIFFERS and said_satang is None:
        raise Refused(_("โปรดใส่ยอดที่สมาชิกบอก"), "said_satang")
    confirmation.answer, confirmation.solved = answer, solved
    confirmation.said_satang = said_satang if answer == ConfirmationAnswer.DIFFERS else None
    confirmation.answered_by_name = str(by.full_name)
    confirmation.save(update_fields=["answer", "said_satang", "solved", "answered_by_name"])
    record(
        by, "treasury.answer_confirmation", confirmation, confirmation.kept.group.unit.path, at=at, answer=answer
    )  # fmt: skip
    return confirmation
