"""What follows for a loan from money that came in or was taken back: closed where nothing is owed, open again where something is."""

from collections.abc import Collection
from datetime import date, datetime

from sajja.audit.actions import Doer
from sajja.groups.models import GroupBook
from sajja.ledger.models import Entry
from sajja.ledger.queries import movements_of
from sajja.treasury.lives import LOAN
from sajja.treasury.models import Guarantor, Loan, LoanMove, LoanStateNow
from sajja.treasury.queries import loans as queries
from sajja.web import clock


def after_payment(
    by: Doer, kept: GroupBook, accounts: Collection[int], on: date, entry: Entry, at: datetime | None = None
) -> list[Loan]:
    """Close the contracts on which nothing is owed any more, open those again whose payment was taken back; those that moved.

    Called inside each act that moves money on contracts (accounts under 13000), after it posted.
    """
    if not accounts:
        return []
    found = Loan.objects.filter(kept=kept, account__in=accounts, state__in=[LoanStateNow.NORMAL, LoanStateNow.CLOSED])
    moved, at = [], at or clock.now()
    rest = queries.standings(kept, max(on, clock.day_of(at)), loans := list(found.select_related("account", "member", "kept")))
    for loan in loans:
        now = rest.get(loan.pk)
        owed = bool(now and (now.principal or now.interest_due))
        move = "settle" if loan.state == LoanStateNow.NORMAL and not owed else ""
        move = "reopen" if loan.state == LoanStateNow.CLOSED and now and now.principal else move
        if move:
            loan.state = LOAN.after(loan.state, move)
            moved.append((loan, move))
    Loan.objects.bulk_update([loan for loan, _move in moved], ["state"])
    doer = {"by": by.key, "by_name": str(by.full_name), "at": at}
    LoanMove.objects.bulk_create(
        [LoanMove(loan=loan, move=move, state=loan.state, on=on, entry=entry, **doer) for loan, move in moved]
    )
    return [loan for loan, _move in moved]


def contracts_in(entry: Entry) -> list[int]:
    """The contracts' accounts that an entry moved; for after_payment."""
    keys = {key for move in movements_of(entry) for key in (move.debit_id, move.credit_id, move.about_id) if key}
    return list(Loan.objects.filter(account__in=keys).values_list("account", flat=True))


def free_guarantors(loans: Collection[Loan], on: date, because: str) -> None:
    """The guarantors of loans that were settled from the borrower's own savings answer for nothing any more."""
    Guarantor.objects.filter(loan__in=loans, freed_on__isnull=True).update(freed_on=on, freed_because=because[:200])
