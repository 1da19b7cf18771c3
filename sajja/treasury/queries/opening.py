"""The draft of a group's opening, what it is held against, and what is still unexplained of an opening."""

from typing import NamedTuple

from django.db.models import QuerySet, Sum

from sajja.groups import queries as groups
from sajja.groups.models import GroupBook, Member, SavingsGroup
from sajja.ledger.models import Account, BookHead, Entry
from sajja.treasury import chart, legacy
from sajja.treasury.draft import Checked, Draft, Ground, Known
from sajja.treasury.models import DraftState, LegacyImport, Loan, LoanStateNow, MemberAccount, OpeningDraft
from sajja.treasury.opening import check
from sajja.web import clock


class Unexplained(NamedTuple):
    """What stands in 33900: satang, above nought where debits were more than credits; the opening entry and its words."""

    satang: int
    entry: Entry | None
    words: str


def draft_of(group: SavingsGroup) -> OpeningDraft | None:
    """The draft that is under way."""
    return OpeningDraft.objects.filter(group=group, state=DraftState.UNDER_WAY).first()


def ground_of(draft: OpeningDraft) -> Ground:
    """The register, the regulation and today, for the checks of a draft; two queries."""
    rows = Member.objects.filter(group=draft.group_id).values_list("number", "name", "status", "national_id_found")
    in_force = groups.regulation_on(draft.group)
    then = groups.regulation_on(draft.group, draft.opened_on)
    return Ground(
        opened_on=draft.opened_on, today=clock.today(), fiscal_year_starts=then.fiscal_year_starts if then else 1,
        known={number: Known(name, status == "active", found) for number, name, status, found in rows},
        pledge_refusal=lambda satang: groups.pledge_refusal(in_force, satang),
    )  # fmt: skip


def dry_run(draft: OpeningDraft) -> Checked:
    """What going live would post, and what would stop it."""
    return check(Draft.of(draft.rows), ground_of(draft))


def unexplained(kept: GroupBook) -> Unexplained | None:
    """What of the opening nobody has explained yet; None once a voucher has cleared 33900."""
    account = Account.objects.filter(book=kept.book, code=chart.OPENING_DIFFERENCE).first()
    if account is None or not account.balance:
        return None
    entry = Entry.objects.filter(book=kept.book, kind="opening").order_by("pk").first()
    return Unexplained(-account.balance, entry, entry.memo if entry else "")


def legacy_ground(kept: GroupBook) -> legacy.Ground:
    """The register, contracts and balances that older movements are held against; a fixed number of queries."""
    head = BookHead.objects.get(book=kept.book)
    balances: dict[tuple[str, int | str], int] = {
        (control, member): -balance
        for control, member, balance in MemberAccount.objects.filter(
            member__group=kept.group_id, control__in=[chart.PLEDGED, chart.SPECIAL]
        ).values_list("control", "member_id", "account__balance")
    }
    contracts = {}
    loans = Loan.objects.filter(kept=kept, state=LoanStateNow.NORMAL, account__isnull=False)
    for number, member, balance in loans.values_list("number", "member_id", "account__balance"):
        contracts["".join(number.split())] = member
        balances[chart.LOANS, "".join(number.split())] = balance or 0
    under = Account.objects.filter(book=kept.book, control__code=chart.CASH).aggregate(sum=Sum("balance"))["sum"] or 0
    return legacy.Ground(
        opened_on=kept.book.opened_on, today=clock.today(), closed_through=head.closed_through,
        members=dict(Member.objects.filter(group=kept.group_id).values_list("number", "pk")), contracts=contracts,
        balances=balances, cash=Account.objects.get(book=kept.book, code=chart.CASH).balance - under,
    )  # fmt: skip


def legacy_imports(kept: GroupBook) -> QuerySet[LegacyImport]:
    """The files of older movements, newest first, without their rows."""
    return LegacyImport.objects.filter(kept=kept).defer("rows", "errors").order_by("-at", "-pk")
