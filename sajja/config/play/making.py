"""The group of a story with its members and its book, and every voucher in its row."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sajja.config.play import lending
from sajja.config.play.posting import Playing, post
from sajja.config.play.reading import Story, control, part, satang
from sajja.groups import actions as groups
from sajja.groups.actions import NewCommitteeMember, NewMember, NewRegulation
from sajja.groups.models import GroupBook, Member, SavingsGroup
from sajja.groups.queries import committee_on
from sajja.ledger.actions import NewAccount
from sajja.ledger.models import Floor
from sajja.org import actions as org
from sajja.org.models import Kind, Unit
from sajja.treasury import actions, chart
from sajja.treasury.actions import OpeningLine, RuleSet, yearend
from sajja.treasury.models import InterestBase
from sajja.web import clock

VILLAGE = "หมู่บ้านของแฟ้มตัวอย่าง"
VILLAGE_NUMBER = 98
BASES = {"lowest-of-month": InterestBase.LOWEST_OF_MONTH, "daily": InterestBase.DAILY}
BY_MEMBER = {chart.PLEDGED, chart.SPECIAL, chart.DIVIDENDS_UNPAID, chart.REFUNDS_UNPAID, chart.LEAVERS, chart.OTHER_RECEIVABLES}


@dataclass(frozen=True, slots=True)
class Player:
    """Who keys the file in."""

    key: str = "play"
    full_name: str = "ผู้ลงบัญชีของแฟ้มตัวอย่าง"


def make(story: Story) -> GroupBook:
    """A new group with an empty book, and the story's vouchers posted in it, each on its own day."""
    with clock.fixed(noon(story.first)):
        group = _group(story)
        members = _members(story, group)
        kept = _book(story, group, members)
        lending.bring_in(story, kept, members, Player())
        committee = committee_on(group, story.first)
        _year_rules(story, kept)
    playing = Playing(story, kept, members, committee, Player())
    for voucher in story.vouchers:
        with clock.fixed(noon(voucher.day)):
            _join(playing, voucher.day)
            post(playing, voucher)
    return kept


def noon(day: date) -> datetime:
    """When something of that day is keyed in."""
    return clock.moment(day)


def _group(story: Story) -> SavingsGroup:
    subdistrict = Unit.objects.filter(kind=Kind.SUBDISTRICT, active=True, path__gte="11").order_by("path")[0]
    villages = Unit.objects.filter(kind=Kind.VILLAGE, path=f"{subdistrict.path}{VILLAGE_NUMBER}")
    village = villages.first() or org.add_village(by="system", subdistrict=subdistrict, number=VILLAGE_NUMBER, name=VILLAGE)
    number = Unit.objects.filter(kind=Kind.GROUP, parent=village).count() + 1
    group = groups.register_group(by="system", village=village, name=f"กลุ่มของแฟ้มตัวอย่าง {number}")
    rules = story.rules
    groups.add_regulation(
        by="system", group=group, regulation=NewRegulation(
            in_force_from=story.first - timedelta(days=1), pledge_unit_satang=1, pledge_units_least=1,
            pledge_units_most=10**9, collecting_day=int(rules.get("collecting_day", "5")), loan_interest_bp=1500,
            special_interest_bp=satang(rules["special_interest_percent"]), fiscal_year_starts=story.first.month,
            heads=[("ทุนสำรอง", 10000)],
        ),
    )  # fmt: skip
    return group


def _members(story: Story, group: SavingsGroup) -> dict[str, Member]:
    """Who is a member when the year begins: everybody but those who first come up in a voucher with nothing brought in."""
    opening = {part(code) for code, _satang in story.opening}
    rows = [row for row in story.blocks["in-members"] if row["member"] in opening or not story.first_day_of(row["member"])]
    eve = story.first - timedelta(days=1)
    elected = [
        NewCommitteeMember(row["name"], "female", "directing", office)
        for row, office in zip(rows, ("chair", "treasurer"), strict=False)
    ]
    groups.elect_committee(by="system", group=group, members=elected, starts=eve)
    members = _enrol(group, [NewMember(number=row["member"], name=row["name"], joined_on=eve) for row in rows])
    _promise(story, members)
    return members


def _enrol(group: SavingsGroup, new: list[NewMember]) -> dict[str, Member]:
    return {member.number: member for member in groups.enrol_members(by=Player(), group=group, members=new)} if new else {}


def _join(playing: Playing, day: date) -> None:
    """Who first comes up on this day joins on it."""
    new = [
        NewMember(number=row["member"], name=row["name"], joined_on=day)
        for row in playing.story.blocks["in-members"]
        if row["member"] not in playing.members and playing.story.first_day_of(row["member"]) == day
    ]
    joined = _enrol(playing.kept.group, new)
    _promise(playing.story, joined)
    playing.members.update(joined)


def _promise(story: Story, members: dict[str, Member]) -> None:
    """What each promises a month, as far as the year's deposits tell it."""
    for number, member in members.items():
        for month, amount in story.promises_of(number):
            groups.set_pledge(by=Player(), member=member, amount_satang=amount, effective_from=month)


def _book(story: Story, group: SavingsGroup, members: dict[str, Member]) -> GroupBook:
    rules = story.rules
    return actions.open_savings_book(
        by=Player(), group=group, opened_on=story.first, headings=list(_headings(story)), under=list(_under(story)),
        rules=RuleSet(
            late_fine_satang=satang(rules.get("late_savings_fine", "0")),
            special_interest_base=BASES[rules["special_interest_base"]], special_interest_days=rules["special_interest_days"],
        ),
        opening=[
            OpeningLine(control(code), amount, members[part(code)]) if own(code) else OpeningLine(code, amount)
            for code, amount in story.opening
        ],
    )  # fmt: skip


def _year_rules(story: Story, kept: GroupBook) -> None:
    """How the file's group ends its year: `depreciation_percent_of_17000` and the like."""
    named = "depreciation_percent_of_"
    yearend.set_year_rules(
        by=Player(), kept=kept, from_year=story.last.year, dividend_base=story.rules.get("dividend_base", "month-weighted"),
        depreciation={rule.removeprefix(named): satang(rate) for rule, rate in story.rules.items() if rule.startswith(named)},
        allowance_bp=satang(story.rules.get("allowance_percent_of_overdue_principal", "0")),
    )  # fmt: skip


def own(code: str) -> bool:
    """Is it a member's own account?"""
    return bool(part(code)) and control(code) in BY_MEMBER


def _headings(story: Story) -> Iterator[chart.Heading]:
    floors = {heading.code: heading.floor for heading in chart.TEMPLATE}
    for row in story.blocks["in-accounts"]:
        yield chart.Heading(row["code"], row["kind"], row["name"], floors.get(row["code"], chart.FREE))


def _under(story: Story) -> Iterator[NewAccount]:
    """Contracts, and whatever else the file sets under a heading that is neither a member's own nor only a name for a payer."""
    kinds = {row["code"]: row["kind"] for row in story.blocks["in-accounts"]}
    codes = {code for v in story.vouchers for a in v.arrows for code in (a.debit, a.credit)} | {c for c, _s in story.opening}
    later = lending.lent_in_the_year(story)
    for code in sorted(codes):
        if control(code) == chart.LOANS and part(code) in later:
            continue  # its account is opened when the loan is agreed
        if part(code) and not own(code) and kinds.get(control(code), "I") not in {"I", "E"}:
            yield NewAccount(code, code, "", control(code), Floor.ALWAYS if control(code) == chart.LOANS else Floor.FREE)
