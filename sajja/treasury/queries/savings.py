"""Members' savings: what each holds and owes, what special savings earn, passbook lines, the register of a day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from sajja.groups.models import GroupBook, Member
from sajja.groups.queries import members_of, regulation_on
from sajja.ledger import periods
from sajja.ledger.models import Account
from sajja.ledger.queries import Line, balances_on, lines_after, lines_of
from sajja.lib.thai_dates import day_month
from sajja.treasury import chart, interest
from sajja.treasury.models import AdjustmentKind, InterestBase, InterestRun, MemberAccount, PassbookMark, YearAdjustment
from sajja.treasury.queries.books import rules_on

SAVINGS = (chart.PLEDGED, chart.SPECIAL)


class Earned(NamedTuple):
    """What a member's special savings earn."""

    member: Member
    reckoned: interest.Reckoned


@dataclass(frozen=True, slots=True)
class InterestDue:
    """What a run on a day would credit; `refusal` says why it cannot be run."""

    first: date
    day: date
    base: str
    rate_bp: int
    rows: Sequence[Earned]
    refusal: str = ""

    @property
    def months(self) -> list[int]:
        """The months that are reckoned (202101 …)."""
        return periods.months(periods.month_of(self.first), periods.month_of(self.day))

    @property
    def total(self) -> int:
        """Satang to be credited."""
        return sum(row.reckoned.interest for row in self.rows)


def interest_due(kept: GroupBook, day: date, *, on_its_days: bool = True) -> InterestDue:
    """The interest on special savings for the days since the last run, member by member.

    `on_its_days`: only a day of the rules is one to credit it; else what was earned until then, credited or not.
    """
    rules, regulation = rules_on(kept, day), regulation_on(kept.group, day)
    before = InterestRun.objects.filter(kept=kept, counts=True, day__lt=day).order_by("-day").first()
    first, last = interest.span(day, before.day if before else None, kept.book.opened_on)
    rate = regulation.special_interest_bp if regulation else 0
    refusal = ""
    if not rate:
        refusal = _("ระเบียบของกลุ่มยังไม่ได้กำหนดอัตราดอกเบี้ยเงินสัจจะสะสมพิเศษ โปรดบันทึกในระเบียบก่อน")
    elif on_its_days and not interest.is_a_day(day, rules.special_interest_days):
        refusal = _("คิดดอกเบี้ยได้เฉพาะวันที่ %(days)s ตามระเบียบ") % {"days": days_words(rules.special_interest_days)}
    rows = [] if refusal else _earned(kept, first, last, rules.special_interest_base, rate)
    return InterestDue(first, last, rules.special_interest_base, rate, rows, refusal)


def days_words(days: str) -> str:
    """ "06-30 12-31" → 30 มิ.ย., 31 ธ.ค."""
    return ", ".join(day_month(date(2000, int(day[:2]), int(day[3:]))) for day in days.split())


def _earned(kept: GroupBook, first: date, last: date, base: str, rate: int) -> list[Earned]:
    rows = MemberAccount.objects.filter(control=chart.SPECIAL, member__group=kept.group).select_related("member", "account")
    own = {row.account_id: row.member for row in rows.order_by("member__call_position", "member__order")}
    carried = balances_on(kept.book, list(own), date.fromordinal(first.toordinal() - 1))
    changes: dict[int, list[tuple[date, int]]] = {key: [] for key in own}
    for line in lines_of(kept.book, list(own), first, last):
        changes[_whose(line)].append((line.entry.date, -line.amount))
    months = periods.months(periods.month_of(first), periods.month_of(last))
    found = []
    for key, member in own.items():
        start = -carried.get(key, 0)
        if base == InterestBase.DAILY:
            reckoned = interest.by_the_day(start, changes[key], first, last, rate)
        else:
            reckoned = interest.on_lowest(start, changes[key], months, rate)
        if start or changes[key]:
            found.append(Earned(member, reckoned))
    return found


def accrued_within(kept: GroupBook, first: date, last: date) -> dict[int, int]:
    """Member's key → what a year's end in these days set aside for him under 23500, in satang."""
    made = YearAdjustment.objects.filter(
        kept=kept, kind=AdjustmentKind.ACCRUED, counts=True, entry__date__gte=first, entry__date__lte=last
    )
    found: dict[int, int] = {}
    for row in (row for adjustment in made for row in adjustment.rows):
        found[row["member"]] = found.get(row["member"], 0) + row["satang"]
    return found


def held_by(member: Member) -> dict[str, int]:
    """Heading → what the member has under it (savings, unpaid dividends …), in satang; only what is not nought."""
    rows = MemberAccount.objects.filter(member=member).select_related("account")
    return {row.control: row.account.standing for row in rows if row.account.standing and row.account.kind in {"L", "Q"}}


def owed_by(member: Member) -> list[Account]:
    """The accounts on which the member owes the group: debts to be made good, and contracts of loans."""
    rows = MemberAccount.objects.filter(member=member).select_related("account")
    contracts = Account.objects.filter(loan__member=member).exclude(balance=0).order_by("pk")
    return [row.account for row in rows if row.account.kind == "A" and row.account.standing] + list(contracts)


def waiting(members: Sequence[int]) -> dict[int, int]:
    """Member's key → what waits for a leaver or the heirs under 23300, in satang; only where something does."""
    rows = MemberAccount.objects.filter(member__in=members, control=chart.LEAVERS, account__balance__lt=0)
    return {row.member_id: row.account.standing for row in rows.select_related("account")}


class Saved(NamedTuple):
    """A member with the savings of a day, in satang."""

    member: Member
    pledged: int
    special: int

    @property
    def total(self) -> int:
        """Both."""
        return self.pledged + self.special


def register_on(kept: GroupBook, on: date | None = None) -> list[Saved]:
    """Every member who is one on that day or has savings then, in the order of calling: three queries."""
    rows = list(MemberAccount.objects.filter(member__group=kept.group, control__in=SAVINGS))
    balances = balances_on(kept.book, [row.account_id for row in rows], on)
    held = {(row.member_id, row.control): -balances.get(row.account_id, 0) for row in rows}
    found = [
        Saved(member, held.get((member.pk, chart.PLEDGED), 0), held.get((member.pk, chart.SPECIAL), 0))
        for member in members_of(kept.group)
    ]
    return [saved for saved in found if saved.total or _member_on(saved.member, on)]


def _member_on(member: Member, on: date | None) -> bool:
    if on is None:
        return member.ended_on is None
    return member.joined_on <= on and (member.ended_on is None or member.ended_on > on)


class PassLine(NamedTuple):
    """A line of a member's statement: one account, one day, satang in (above nought) or out, and the balance after it."""

    movement: int
    date: date
    control: str
    words: str
    voucher: str
    receipt: int | None
    amount: int
    balance: int
    reversal: bool


def statement_of(kept: GroupBook, member: Member, first: date, last: date) -> dict[str, tuple[int, list[PassLine]]]:
    """Heading → what was brought forward, and the lines of those days with running balances."""
    rows = {row.account_id: row.control for row in _savings_of(member)}
    eve = date.fromordinal(first.toordinal() - 1)
    running = {key: -balance for key, balance in balances_on(kept.book, list(rows), eve).items()}
    found: dict[str, tuple[int, list[PassLine]]] = {
        control: (running.get(key, 0), []) for key, control in sorted(rows.items(), key=lambda row: row[1], reverse=True)
    }
    for line in lines_of(kept.book, list(rows), first, last):
        control = rows[_whose(line)]
        found[control][1].append(_pass_line(line, control, running))
    return found


def _savings_of(member: Member) -> QuerySet[MemberAccount]:
    return MemberAccount.objects.filter(member=member, control__in=SAVINGS)


def _whose(line: Line) -> int:
    """The account whose line it is."""
    return line.movement.debit_id if line.amount > 0 else line.movement.credit_id


def _pass_line(line: Line, control: str, running: dict[int, int]) -> PassLine:
    """The line as the member reads it; `running` holds the balance of each account and moves on."""
    running[_whose(line)] -= line.amount
    return PassLine(
        line.movement.pk, line.entry.date, control, line.entry.memo, line.entry.voucher, line.movement.receipt, -line.amount,
        running[_whose(line)], line.movement.reverses_id is not None,
    )  # fmt: skip


def unwritten(kept: GroupBook, member: Member) -> list[PassLine]:
    """The lines that the member's passbook does not hold yet, by day: since the mark, however they are dated.

    Balances go on from the last one written, as they stand in the passbook.
    """
    mark = PassbookMark.objects.filter(member=member).order_by("-pk").first()
    rows = {row.account_id: row for row in _savings_of(member).select_related("account")}
    lines = lines_after(kept.book, list(rows), mark.through if mark else 0)
    running = {key: row.account.standing + sum(line.amount for line in lines if _whose(line) == key) for key, row in rows.items()}
    return [_pass_line(line, rows[_whose(line)].control, running) for line in lines]


def runs(kept: GroupBook) -> list[InterestRun]:
    """The interest runs of a book, newest first."""
    return list(InterestRun.objects.filter(kept=kept, counts=True).select_related("entry").order_by("-day"))


def next_interest_day(kept: GroupBook, today: date) -> date | None:
    """The oldest of the rules' days after the last run until today; None where all are done or no rate is set."""
    rules, regulation = rules_on(kept, today), regulation_on(kept.group, today)
    if not regulation or not regulation.special_interest_bp:
        return None
    done = set(InterestRun.objects.filter(kept=kept, counts=True).values_list("day", flat=True))
    days = [
        date(year, int(day[:2]), int(day[3:]))
        for year in range(kept.book.opened_on.year, today.year + 1)
        for day in rules.special_interest_days.split()
    ]
    due = [day for day in sorted(days) if kept.book.opened_on <= day <= today and day > max(done, default=date.min)]
    return due[0] if due else None


def confirmation_days(kept: GroupBook) -> list[Mapping[str, Any]]:
    """Each day of which balances were asked, with how many slips, answers and differences; newest first."""
    return list[Mapping[str, Any]](
        kept.confirmations.values("on")
        .annotate(
            slips=Count("pk"), answered=Count("pk", filter=~Q(answer="")), differ=Count("pk", filter=Q(answer="differs")),
            unsolved=Count("pk", filter=Q(answer="differs", solved="")),
        )
        .order_by("-on")
    )  # fmt: skip


def months_of(run: InterestRun) -> list[int]:
    """The months that a run reckoned (202101 …)."""
    return periods.months(periods.month_of(run.first), periods.month_of(run.day))
