"""Opening a group's book, its rules, members' accounts, and the one way into the ledger."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _

from sajja.audit.actions import Doer, record
from sajja.audit.acts import act
from sajja.groups.models import GroupBook, Member, SavingsGroup
from sajja.groups.queries import regulation_on
from sajja.ledger import actions as ledger
from sajja.ledger.actions import NewAccount, Posted
from sajja.ledger.actions.posting import lock
from sajja.ledger.models import Account, Floor, Stage
from sajja.ledger.posting import Arrow
from sajja.lib.refusals import Refused
from sajja.treasury import chart
from sajja.treasury.models import BookRules, InterestBase, MemberAccount
from sajja.web import clock


class OpeningLine(NamedTuple):
    """A balance brought in, in satang, above nought on the debit side; `member` where it is that member's own."""

    code: str
    satang: int
    member: Member | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """How a book is kept; money in satang. See BookRules."""

    late_fine_satang: int = 0
    entry_fee_satang: int = 0
    special_interest_base: str = InterestBase.LOWEST_OF_MONTH
    special_interest_days: str = "06-30 12-31"
    grace_days: int = 0
    cash_limit_satang: int = 500_000
    bank_within_days: int = 3
    cash_step_satang: int = 25
    collecting_name: str = ""


def put(
    by: Doer, kept: GroupBook, act: str, date: date, kind: str, memo: str, arrows: Sequence[Arrow], at: datetime | None = None,
    uuid: UUID | None = None, stage: Stage = Stage.MONTH, **detail: Any,
) -> Posted:  # fmt: skip
    """Post one entry of a group's book and write the act's one audit row; called inside an act of this room."""
    posted = ledger.post(
        book=kept.book, date=date, kind=kind, memo=memo, arrows=arrows, by=by.key, by_name=str(by.full_name),
        at=at or clock.now(), uuid=uuid, stage=stage,
    )  # fmt: skip
    entry = posted.entry
    total = sum(arrow.amount for arrow in arrows)
    if posted.new:
        record(by, act, entry, kept.group.unit.path, at=at, voucher=entry.voucher, date=date.isoformat(), satang=total, **detail)
    return posted


@act
def open_savings_book(
    *, by: Doer, group: SavingsGroup, opened_on: date, rules: RuleSet | None = None, opening: Sequence[OpeningLine] = (),
    headings: Sequence[chart.Heading] = (), under: Sequence[NewAccount] = (), name: str = "", memo: str = "",
    at: datetime | None = None,
) -> GroupBook:  # fmt: skip
    """The group's savings book, with the template's headings and the group's own, and what is brought in from before.

    `under` are accounts under headings that belong to no member: a loan contract's, a keeper's, a bank's. The opening is
    one entry of the eve of `opened_on`; it must balance to the satang.
    """
    if GroupBook.objects.filter(group=group, is_savings=True).exists():
        raise Refused(_("กลุ่มนี้มีชุดบัญชีเงินออมแล้ว โปรดใช้ชุดเดิม"))
    if group.closed_on:
        raise Refused(_("กลุ่มนี้เลิกแล้ว เปิดชุดบัญชีไม่ได้"))
    regulation = regulation_on(group, opened_on)
    number = GroupBook.objects.filter(group=group).count() + 1
    shown = {heading.code: heading for heading in (*chart.TEMPLATE, *headings)}
    book = ledger.open_book(
        code=f"{group.unit.path}-{number}", name=name or _("ชุดบัญชีเงินออม %(group)s") % {"group": group.name},
        opened_on=opened_on, fiscal_year_starts=regulation.fiscal_year_starts if regulation else 1,
        accounts=[*(NewAccount(h.code, h.name, h.kind, floor=Floor(h.floor)) for _code, h in sorted(shown.items())), *under],
    )  # fmt: skip
    kept = GroupBook.objects.create(group=group, book=book, purpose=_("เงินออม"), is_savings=True)
    BookRules.objects.create(kept=kept, in_force_from=opened_on, **asdict(rules or RuleSet()))
    record(by, "treasury.open_savings_book", book, group.unit.path, at=at, opened_on=opened_on.isoformat())
    if opening:
        bring_in(by, kept, opening, memo or _("ยอดยกมา"), at)
    return kept


def bring_in(by: Doer, kept: GroupBook, opening: Sequence[OpeningLine], memo: str, at: datetime | None) -> Posted:
    """The opening entry, dated the eve of the book; refused where the two sides differ."""
    if difference := sum(line.satang for line in opening):
        from sajja.lib.money import baht

        raise Refused(_("ยอดยกมาสองข้างต่างกัน %(baht)s บาท โปรดตรวจจนเท่ากัน") % {"baht": baht(abs(difference))})
    keys = _opening_accounts(kept, opening)
    pledged = {line.member.pk: -line.satang for line in opening if line.member and line.code == chart.PLEDGED}
    own = list(MemberAccount.objects.filter(member__group=kept.group_id, control=chart.PLEDGED, member__in=pledged))
    for account in own:
        account.base_satang = pledged[account.member_id]
    MemberAccount.objects.bulk_update(own, ["base_satang"], batch_size=500)
    return put(
        by, kept, "treasury.bring_in", kept.book.opened_on - timedelta(days=1), "opening", memo, _paired(opening, keys), at
    )


def _opening_accounts(kept: GroupBook, opening: Sequence[OpeningLine]) -> list[int]:
    by_control: dict[str, list[Member]] = {}
    for line in opening:
        if line.member:
            by_control.setdefault(line.code, []).append(line.member)
    own = {control: accounts_of(kept, members, control) for control, members in by_control.items()}
    codes = dict(Account.objects.filter(book=kept.book).values_list("code", "pk"))
    return [own[line.code][line.member.pk].pk if line.member else codes[line.code] for line in opening]


def _paired(opening: Sequence[OpeningLine], keys: Sequence[int]) -> list[Arrow]:
    """Arrows from the credit lines to the debit lines, each debit filled in turn."""
    debits = [[key, line.satang] for line, key in zip(opening, keys, strict=True) if line.satang > 0]
    credit_side = [[key, -line.satang] for line, key in zip(opening, keys, strict=True) if line.satang < 0]
    arrows = []
    while debits and credit_side:
        amount = min(debits[0][1], credit_side[0][1])
        arrows.append(Arrow(debits[0][0], credit_side[0][0], amount))
        for side in (debits, credit_side):
            side[0][1] -= amount
            if not side[0][1]:
                side.pop(0)
    return arrows


@act
def set_rules(*, by: Doer, kept: GroupBook, in_force_from: date, rules: RuleSet, at: datetime | None = None) -> BookRules:
    """Other rules from a day on; rules of the same day are replaced, older ones stay."""
    if in_force_from < kept.book.opened_on:
        raise Refused(_("วันเริ่มใช้ต้องไม่ก่อนวันเริ่มชุดบัญชี"), "in_force_from")
    BookRules.objects.filter(kept=kept, in_force_from=in_force_from, counts=True).update(counts=False)
    made = BookRules.objects.create(kept=kept, in_force_from=in_force_from, **asdict(rules))
    record(by, "treasury.set_rules", kept.book, kept.group.unit.path, at=at, rules=asdict(rules))
    return made


def accounts_of(kept: GroupBook, members: Sequence[Member], control: str) -> dict[int, Account]:
    """Each member's own account under a heading, opened where it is missing; member's key → account. Inside an act.

    Who lacks one is asked again under the book's lock, so that two who open at once open one.
    """
    known = _own_accounts(members, control)
    if all(member.pk in known for member in members):
        return known
    lock(kept.book)
    known = _own_accounts(members, control)
    lacking = [member for member in members if member.pk not in known]
    codes = _free_codes(kept, lacking, control)
    made = ledger.open_accounts(
        book=kept.book, accounts=[NewAccount(codes[m.pk], m.name, "", control, Floor.ALWAYS) for m in lacking]
    )
    opened = {member.pk: made[codes[member.pk]] for member in lacking}
    MemberAccount.objects.bulk_create(
        [MemberAccount(member=member, control=control, account=opened[member.pk]) for member in lacking]
    )
    return known | opened


def _own_accounts(members: Sequence[Member], control: str) -> dict[int, Account]:
    rows = MemberAccount.objects.filter(member__in=members, control=control).select_related("account")
    return {row.member_id: row.account for row in rows}


def _free_codes(kept: GroupBook, members: Sequence[Member], control: str) -> dict[int, str]:
    """A code for each by his number; with his key behind it where a number was used before by somebody else."""
    wanted = {member.pk: chart.under(control, member.number) for member in members}
    taken = set(Account.objects.filter(book=kept.book, code__in=wanted.values()).values_list("code", flat=True))
    often = Counter(wanted.values())
    return {key: f"{code}.{key}" if code in taken or often[code] > 1 else code for key, code in wanted.items()}


def account_keys(kept: GroupBook, members: Collection[int], control: str) -> dict[int, int]:
    """As accounts_of, by keys alone and without an object for each: member → account. Inside an act."""
    whole = MemberAccount.objects.filter(member__group=kept.group_id, control=control)
    known = dict(whole.values_list("member_id", "account_id"))
    if lacking := [member for member in members if member not in known]:
        found = Member.objects.in_bulk(lacking)
        made = accounts_of(kept, [found[member] for member in lacking], control)
        known |= {member: account.pk for member, account in made.items()}
    return known
