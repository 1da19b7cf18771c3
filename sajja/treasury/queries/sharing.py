"""The general meeting's sharing out: what it would come to, who is due what, who fetched it and who did not. Satang."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Count, Exists, F, Min, OuterRef, Prefetch, Q, QuerySet, Sum

from sajja.groups.models import Beneficiary, GroupBook, Member, MemberStatus
from sajja.groups.queries import regulation_on
from sajja.ledger.models import Account
from sajja.lib.money import share_out
from sajja.treasury import chart, dividend, shares
from sajja.treasury.models import Appropriation, MemberAccount, PaidHow, Share, YearEnd
from sajja.treasury.queries import yearend
from sajja.treasury.queries.loans import LoanStanding, by_member
from sajja.treasury.queries.yearend import Weight, Year, weights
from sajja.treasury.shares import Claim, Head, Shared

LONG_DAYS = 180
DECLARED = (chart.DIVIDENDS_UNPAID, chart.REFUNDS_UNPAID)


def claims(kept: GroupBook, year: Year, base: str) -> list[Claim]:
    """What each member's part is reckoned by, in the order of calling; who left within the year has none."""
    paid = yearend.interest_paid(kept, year)
    rows = weights(kept, year)
    return [Claim(key, weight_by(row, base), max(paid.get(key, 0), 0)) for key, row in rows.items()]


def weight_by(row: Weight, base: str) -> int:
    """The weight on one of the three bases."""
    if base == dividend.YEAR_END:
        return max(row.year_end, 0)
    if base == dividend.AVERAGE:
        return max(dividend.average_weight(row.month_ends), 0)
    return row.weight


def shared(year_end: YearEnd, heads: Sequence[Head], base: str, whole: str, rate: Decimal | None = None) -> Shared:
    """What these heads and rules make of the year's surplus. ValueError in Thai where they cannot."""
    year = Year(year_end.kept, year_end.year, year_end.first, year_end.last)
    found = claims(year_end.kept, year, base)
    return shares.share(year_end.surplus_satang, heads, found, base=base, whole=whole, rate=rate)


def usual_heads(kept: GroupBook, day: date) -> list[Head]:
    """The heads of the group's rules, each with the account that the last appropriation gave it; without rules, the last
    one's; without any, the names that groups use, and no percents."""
    last = Appropriation.objects.filter(year_end__kept=kept, counts=True, satang__gt=0).order_by("-year_end__year").first()
    before = list(last.heads.order_by("position")) if last else []
    known = {head.name: head.code for head in before}
    regulation = regulation_on(kept.group, day)
    if regulation and (written := list(regulation.heads.all())):
        return [Head(head.name, known.get(head.name) or shares.code_for(head.name), head.share_bp) for head in written]
    return [Head(head.name, head.code, head.percent_bp) for head in before] or [Head(str(n), c, 0) for n, c in shares.USUAL]


def shares_of(appropriation: Appropriation) -> QuerySet[Share]:
    """Each member's share, in the order of calling, with who signs for a child and who inherits."""
    heirs = Prefetch("member__beneficiaries", Beneficiary.objects.filter(counts=True).order_by("position"), "heirs")
    rows = Share.objects.filter(appropriation=appropriation).select_related(
        "member__family", "member__guardian", "entry", "set_off"
    )
    return rows.prefetch_related(heirs).order_by("member__call_position", "member__order")


class Heir(NamedTuple):
    """Who takes a dead member's share."""

    name: str
    relation: str
    satang: int


def heirs_of(share: Share) -> list[Heir]:
    """His beneficiaries' parts where he died; nothing for the living."""
    if share.member.status != MemberStatus.DIED:
        return []
    named = list(
        getattr(share.member, "heirs", None) or Beneficiary.objects.filter(member=share.member, counts=True).order_by("position")
    )
    parts = share_out(share.total_satang, [one.share_bp for one in named]) if named and sum(one.share_bp for one in named) else []
    return [Heir(one.name, one.relation, part) for one, part in zip(named, parts, strict=False)]


@dataclass(frozen=True, slots=True)
class Line:
    """A member on the list: his share, who signs where he cannot, what he owes that is late."""

    share: Share
    late: Sequence[LoanStanding] = ()

    @property
    def member(self) -> Member:
        """Whose it is."""
        return self.share.member

    @property
    def total(self) -> int:
        """Dividend and refund."""
        return self.share.total_satang

    @property
    def heirs(self) -> list[Heir]:
        """Who takes it where he died."""
        return heirs_of(self.share)

    @property
    def signs(self) -> str:
        """Who signs in place of a child."""
        return str(self.member.guardian.name) if self.member.guardian else ""


def lines_of(appropriation: Appropriation, on: date | None = None) -> list[Line]:
    """Everyone who is due something; with `on`, what each owes that is due by that day."""
    late = by_member(appropriation.year_end.kept, on) if on else {}
    return [
        Line(share, [one for one in late.get(share.member_id, []) if one.due])
        for share in shares_of(appropriation)
        if share.total_satang
    ]


class Family(NamedTuple):
    """A family's lines and what they come to."""

    name: str
    lines: list[Line]

    @property
    def total(self) -> int:
        """Of all of them."""
        return sum(line.total for line in self.lines)


def families(lines: Sequence[Line]) -> list[Family]:
    """By family, in the order in which its first member is called; who has none stands alone."""
    found: dict[str, Family] = {}
    for line in lines:
        family = line.member.family
        key = f"f{family.pk}" if family else f"m{line.member.pk}"
        found.setdefault(key, Family(str(family) if family else "", [])).lines.append(line)
    return list(found.values())


class Sums(NamedTuple):
    """How far the paying has come: people and satang by way, and what is left."""

    people: int
    satang: int
    paid: int
    waiting: int

    @property
    def left(self) -> int:
        """How many have not got theirs."""
        return self.people - self.paid


def sums_of(lines: Sequence[Line]) -> Sums:
    """Over the lines of a list; what odd satang left behind is not asked here."""
    unpaid = [line for line in lines if line.share.how == PaidHow.UNPAID]
    total = sum(line.total for line in lines)
    return Sums(len(lines), total, len(lines) - len(unpaid), sum(line.total for line in unpaid))


def rates_of(made: Appropriation, lines: Sequence[Line]) -> tuple[Decimal, Decimal]:
    """The year's dividend in percent of the savings, the refund in percent of the interest paid."""
    weight, interest = sum(line.share.weight for line in lines), sum(line.share.interest_satang for line in lines)
    dividends, refunds = sum(line.share.dividend_satang for line in lines), sum(line.share.refund_satang for line in lines)
    return shares.percent(dividends * shares.months_of(made.base), weight), shares.percent(refunds, interest)


@dataclass(slots=True)
class Unpaid:
    """What a member has not fetched: by account, since which meeting, the shares it comes from (none: brought in)."""

    member: Member
    dividend: int = 0
    refund: int = 0
    shares: Sequence[Share] = ()

    @property
    def total(self) -> int:
        """Both together."""
        return self.dividend + self.refund

    @property
    def since(self) -> date | None:
        """The oldest meeting of it."""
        return min((share.appropriation.on for share in self.shares), default=None)


def unpaid_of(kept: GroupBook) -> list[Unpaid]:
    """Everyone for whom something stands under 23100 or 23200, in the order of calling; three queries."""
    rows = MemberAccount.objects.filter(member__group=kept.group_id, control__in=DECLARED, account__balance__lt=0)
    rows = rows.select_related("member__family", "account").order_by("member__call_position", "member__order")
    found: dict[int, Unpaid] = {}
    for row in rows:
        one = found.setdefault(row.member_id, Unpaid(row.member))
        if row.control == chart.DIVIDENDS_UNPAID:
            one.dividend = row.account.standing
        else:
            one.refund = row.account.standing
    of_them: dict[int, list[Share]] = {}
    for share in open_shares(kept, list(found)):
        of_them.setdefault(share.member_id, []).append(share)
    for key, one in found.items():
        one.shares = of_them.get(key, [])
    return list(found.values())


def open_shares(kept: GroupBook, members: Sequence[int]) -> QuerySet[Share]:
    """What was declared to these and not fetched, the oldest meeting first."""
    rows = Share.objects.filter(
        appropriation__year_end__kept=kept, appropriation__counts=True, member__in=members, how=PaidHow.UNPAID
    )
    return rows.select_related("appropriation__year_end").order_by("appropriation__on", "pk")


def member_shares(member: Member) -> QuerySet[Share]:
    """What he was declared over the years, the newest first."""
    rows = Share.objects.filter(member=member, appropriation__counts=True)
    return rows.select_related("appropriation__year_end__kept", "entry").order_by("-appropriation__on")


def held_back(kept: GroupBook, member: Member) -> dict[str, Account]:
    """Heading → the member's own account of what was declared, as it stands now."""
    rows = MemberAccount.objects.filter(member=member, control__in=DECLARED).select_related("account")
    return {row.control: row.account for row in rows}


def to_share(books: Iterable[GroupBook]) -> list[YearEnd]:
    """The closed years of these books whose surplus or loss waits for the general meeting; one query."""
    decided = Appropriation.objects.filter(year_end=OuterRef("pk"), counts=True)
    later = YearEnd.objects.filter(kept=OuterRef("kept"), year__gt=OuterRef("year"))
    rows = YearEnd.objects.filter(kept__in=list(books)).exclude(surplus_satang=0).exclude(Exists(decided)).exclude(Exists(later))
    return list(rows.select_related("kept__group__unit", "kept__book").order_by("kept", "year"))


def long_unpaid(books: Iterable[GroupBook], today: date) -> dict[int, tuple[int, int, date]]:
    """Book of a group → people, satang and the oldest meeting of what nobody has fetched for LONG_DAYS; one query."""
    rows = Share.objects.filter(
        appropriation__year_end__kept__in=list(books), appropriation__counts=True, how=PaidHow.UNPAID,
        appropriation__on__lte=today - timedelta(days=LONG_DAYS),
    ).filter(Q(dividend_satang__gt=0) | Q(refund_satang__gt=0))  # fmt: skip
    summed = rows.values_list("appropriation__year_end__kept").annotate(
        people=Count("member", distinct=True),
        satang=Sum(F("dividend_satang") + F("refund_satang")),
        oldest=Min("appropriation__on"),
    )
    return {kept: (people, int(satang), oldest) for kept, people, satang, oldest in summed.order_by()}
