"""One voucher of a story, through the action that a person uses for its kind; what the program makes, by its rule."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sajja.audit.actions import Doer
from sajja.config.play import lending, sharing
from sajja.config.play.reading import Arrow, Story, Voucher, control, part
from sajja.groups import actions as groups
from sajja.groups.models import CommitteeMember, GroupBook, MeetingKind, Member, ResolutionAbout
from sajja.ledger import periods
from sajja.ledger.models import Account, Entry
from sajja.ledger.posting import Arrow as LedgerArrow
from sajja.treasury import actions, chart, counting
from sajja.treasury.actions import bank, cash, collecting, leaving, savings, seconds, vouchers, yearend
from sajja.treasury.collecting import Line, Repayment
from sajja.treasury.models import Loan, Settlement, WelfareKind
from sajja.web import clock, transactions

WELFARE: Final = {"birth": WelfareKind.BIRTH, "sickness": WelfareKind.SICKNESS, "death": WelfareKind.DEATH}


@dataclass(frozen=True, slots=True)
class Playing:
    """The story, its book and its people while it is played."""

    story: Story
    kept: GroupBook
    members: dict[str, Member]
    committee: Sequence[CommitteeMember]
    by: Doer

    def account(self, code: str) -> Account:
        """The account of a code of the file; who paid an income is no account of ours."""
        if part(code) in self.members and control(code) in chart.BY_MEMBER:
            member = self.members[part(code)]
            return transactions.run(lambda: actions.accounts_of(self.kept, [member], control(code))[member.pk])
        found = Account.objects.filter(book=self.kept.book, code=code).first()
        return found or Account.objects.get(book=self.kept.book, code=control(code))

    def base(self, voucher: Voucher) -> dict[str, Any]:
        """What every action is told."""
        return {"by": self.by, "kept": self.kept, "date": voucher.day}


def post(playing: Playing, voucher: Voucher) -> None:
    """Post it, or make it by its rule."""
    if not voucher.by_person:
        if voucher.kind not in BY_RULE:
            raise ValueError(f"{voucher.number}: the program makes no {voucher.kind}")
        BY_RULE[voucher.kind](playing, voucher)
        return
    if voucher.reverses:
        _reverse(playing, voucher)
        return
    if voucher.kind == "loan-out" and part(voucher.arrows[0].debit) in lending.lent_in_the_year(playing.story):
        lending.pay_out(playing, voucher)
        return
    act = ACTS.get(voucher.kind)
    whole = voucher.kind in {"collecting-day", "member-leaves", "member-dies"}
    if act is None or not (whole or (len(voucher.arrows) == 1 and _in_coins(voucher))):
        plainly(playing, voucher)
        return
    act(playing, voucher, voucher.arrows[0])


def _in_coins(voucher: Voucher) -> bool:
    """What a count or a payment in cash moves is made up of coins; else no action takes it, and it stands as the file has it."""
    paid = [a.satang for a in voucher.arrows if control(a.credit) == chart.CASH and voucher.kind != "cash-to-bank"]
    return not any(counting.odd(amount) for amount in paid)


def _reverse(playing: Playing, voucher: Voucher) -> None:
    year, _slash, number = voucher.reverses.partition("/")
    entry = Entry.objects.get(book=playing.kept.book, year=int(year) - 543, number=int(number))
    vouchers.reverse_voucher(by=playing.by, kept=playing.kept, entry=entry, reason=voucher.memo, date=voucher.day)


def plainly(playing: Playing, voucher: Voucher) -> None:
    """A voucher of a kind that has no form of its own, as its arrows stand."""
    arrows = [
        LedgerArrow(playing.account(a.debit).pk, playing.account(a.credit).pk, a.satang, about=_payer(playing, a))
        for a in voucher.arrows
    ]
    transactions.run(
        lambda: actions.put(playing.by, playing.kept, "treasury.play", voucher.day, voucher.kind, voucher.memo, arrows, _now())
    )


def _payer(playing: Playing, arrow: Arrow) -> int | None:
    """Whose income it is, where the file writes the payer behind the heading."""
    for code in (arrow.credit, arrow.debit):
        if part(code) in playing.members and control(code) not in chart.BY_MEMBER:
            return playing.account(f"{chart.PLEDGED}:{part(code)}").pk
    return None


def _now() -> datetime:
    return clock.now()


# --- each kind by its action ---------------------------------------------------------------


def _collecting(playing: Playing, voucher: Voucher, _first: Arrow) -> None:
    lines = lines_of(playing, voucher)
    if lines is None:
        plainly(playing, voucher)
        return
    collecting.record_collecting_day(**playing.base(voucher), lines=lines, memo=voucher.memo)


def lines_of(playing: Playing, voucher: Voucher) -> list[Line] | None:
    """The sheet of a collecting day: a line for each member in the order of the file; None where it fits on no sheet.

    A fine or fee without a name belongs to the member who stands before it, or to the first.
    """
    found: dict[str, dict[str, Any]] = {}
    contracts: dict[str, dict[str, int]] = {}
    last = ""
    for arrow in voucher.arrows:
        heading, named = control(arrow.credit), part(arrow.credit)
        if control(arrow.debit) != chart.CASH:
            return None
        who = playing.story.member_of_contract.get(named, named) or last
        if who not in playing.members or (heading not in FIELDS and heading not in {chart.LOANS, chart.LOAN_INTEREST}):
            return None
        last = who
        line = found.setdefault(who, {})
        if heading in FIELDS:
            line[FIELDS[heading]] = line.get(FIELDS[heading], 0) + arrow.satang
        elif heading == chart.LOANS:
            owed = contracts.setdefault(named, {})
            owed["principal"] = owed.get("principal", 0) + arrow.satang
        else:
            contract = _contract(playing, voucher, who)
            if contract is None:
                return None
            owed = contracts.setdefault(contract, {})
            owed["interest"] = owed.get("interest", 0) + arrow.satang
    repaid: dict[str, list[Repayment]] = {}
    for contract, amounts in contracts.items():
        key = playing.account(f"{chart.LOANS}:{contract}").pk
        repaid.setdefault(playing.story.member_of_contract[contract], []).append(Repayment(contract=key, **amounts))
    return [
        Line(member=playing.members[who].pk, repayments=tuple(repaid.get(who, ())), **amounts) for who, amounts in found.items()
    ]


FIELDS: Final = {chart.PLEDGED: "pledged", chart.SPECIAL: "special", chart.FINES: "fine", chart.FEES: "fee"}


def _contract(playing: Playing, voucher: Voucher, who: str) -> str | None:
    """The contract that a member's interest belongs to: the one repaid in the same voucher, else his only one."""
    his = [contract for contract, member in playing.story.member_of_contract.items() if member == who]
    repaid = [part(a.credit) for a in voucher.arrows if control(a.credit) == chart.LOANS and part(a.credit) in his]
    if len(repaid) == 1:
        return repaid[0]
    return his[0] if len(his) == 1 else None


def _expense(playing: Playing, voucher: Voucher, arrow: Arrow) -> None:
    vouchers.record_expense(
        **playing.base(voucher), account=arrow.debit, amount=arrow.satang, money=playing.account(arrow.credit), payee="",
        memo=voucher.memo,
    )  # fmt: skip


def _income(playing: Playing, voucher: Voucher, arrow: Arrow) -> None:
    vouchers.record_income(
        **playing.base(voucher), account=arrow.credit, amount=arrow.satang, money=playing.account(arrow.debit), payer="",
        memo=voucher.memo,
    )  # fmt: skip


def _to_bank(playing: Playing, voucher: Voucher, arrow: Arrow) -> None:
    bank.cash_to_bank(
        **playing.base(voucher), cash=playing.account(arrow.credit), bank=playing.account(arrow.debit), amount=arrow.satang,
        memo=voucher.memo,
    )  # fmt: skip


def _from_bank(playing: Playing, voucher: Voucher, arrow: Arrow) -> None:
    signers = [seconds.signer(f"ผู้ลงชื่อถอนเงินคนที่ {at}", person) for at, person in enumerate(playing.committee[:2], 1)]
    bank.bank_to_cash(
        **playing.base(voucher), bank=playing.account(arrow.credit), cash=playing.account(arrow.debit), amount=arrow.satang,
        signers=signers, memo=voucher.memo,
    )  # fmt: skip


def _special_in(playing: Playing, voucher: Voucher, arrow: Arrow) -> None:
    savings.special_in(
        **playing.base(voucher), member=playing.members[part(arrow.credit)], satang=arrow.satang,
        money=playing.account(arrow.debit), memo=voucher.memo,
    )  # fmt: skip


def _special_out(playing: Playing, voucher: Voucher, arrow: Arrow) -> None:
    savings.special_out(
        **playing.base(voucher), member=playing.members[part(arrow.debit)], satang=arrow.satang,
        money=playing.account(arrow.credit), memo=voucher.memo,
    )  # fmt: skip


def _bank_interest(playing: Playing, voucher: Voucher, arrow: Arrow) -> None:
    vouchers.record_bank_interest(
        **playing.base(voucher), bank=playing.account(arrow.debit), amount=arrow.satang, memo=voucher.memo
    )


def _bank_fee(playing: Playing, voucher: Voucher, arrow: Arrow) -> None:
    vouchers.record_bank_fee(**playing.base(voucher), bank=playing.account(arrow.credit), amount=arrow.satang, memo=voucher.memo)


def _unpaid(playing: Playing, voucher: Voucher, arrow: Arrow) -> None:
    vouchers.collect_unpaid_dividend(
        **playing.base(voucher), member=playing.members[part(arrow.debit)], amount=arrow.satang,
        money=playing.account(arrow.credit), control=control(arrow.debit),
    )  # fmt: skip


def _made_good(playing: Playing, voucher: Voucher, arrow: Arrow) -> None:
    cash.make_good(
        **playing.base(voucher), member=playing.members[part(arrow.credit)], amount=arrow.satang,
        money=playing.account(arrow.debit),
    )  # fmt: skip


def _short(playing: Playing, voucher: Voucher, arrow: Arrow) -> None:
    """The cash of the day was counted, and so much lacked."""
    place = playing.account(arrow.credit)
    notes = counting.broken_up(place.standing - arrow.satang)
    cash.count_cash(
        by=playing.by, kept=playing.kept, account=place, on=voucher.day, notes=notes, charge=playing.members[part(arrow.debit)]
    )


def _welfare(playing: Playing, voucher: Voucher, arrow: Arrow) -> None:
    words = voucher.memo.replace(",", " ").replace("(", " ").split()
    named = [word for word in words if word in playing.members]
    if control(arrow.debit) != chart.WELFARE or not named:
        plainly(playing, voucher)
        return
    kind = next((WELFARE[word] for word in words if word in WELFARE), WelfareKind.OTHER)
    vouchers.pay_welfare(
        **playing.base(voucher), member=playing.members[named[0]], welfare=kind, amount=arrow.satang,
        money=playing.account(arrow.credit),
    )  # fmt: skip


def _gift(playing: Playing, voucher: Voucher, arrow: Arrow) -> None:
    vouchers.give_gift(
        **playing.base(voucher), receiver="", amount=arrow.satang, money=playing.account(arrow.credit), memo=voucher.memo
    )


def _ends(playing: Playing, voucher: Voucher, arrow: Arrow) -> None:
    """Everything that the member has is paid back by these arrows."""
    member = playing.members[part(arrow.debit)]
    money = playing.account(arrow.credit)
    paid = sum(a.satang for a in voucher.arrows)
    held = sum(playing.account(f"{heading}:{member.number}").standing for heading in (chart.PLEDGED, chart.SPECIAL))
    if paid != held or {a.credit for a in voucher.arrows} != {arrow.credit}:
        plainly(playing, voucher)
        return
    why = Settlement.Why.DIED if voucher.kind == "member-dies" else Settlement.Why.LEFT
    leaving.settle(
        by=playing.by, kept=playing.kept, member=member, why=why, day=voucher.day, because=voucher.memo, money=money
    )  # fmt: skip


# --- what the program makes by the rules ----------------------------------------------------


def _interest(playing: Playing, voucher: Voucher) -> None:
    savings.credit_interest(by=playing.by, kept=playing.kept, day=voucher.day)


def _depreciation(playing: Playing, voucher: Voucher) -> None:
    yearend.depreciate(by=playing.by, kept=playing.kept, fiscal_year=playing.story.last.year)


def _allowance(playing: Playing, voucher: Voucher) -> None:
    """As the meeting resolved; by the rules alone where the story's loans are contracts of the book."""
    meeting = groups.record_meeting(
        by=playing.by, group=playing.kept.group, day=voucher.day, kind=MeetingKind.COMMITTEE, present=2,
        resolutions=[groups.NewResolution(voucher.memo, ResolutionAbout.ALLOWANCE)],
    )  # fmt: skip
    by_contract = Loan.objects.filter(kept=playing.kept).exists()
    wanted = None if by_contract else sum(a.satang for a in voucher.arrows) - playing.account(chart.ALLOWANCE).balance
    yearend.allow(
        by=playing.by, kept=playing.kept, fiscal_year=playing.story.last.year, resolution=meeting.resolutions.get(), wanted=wanted
    )


def _closing(playing: Playing, voucher: Voucher) -> None:
    """The months, then the year, on the day after it."""
    story = playing.story
    with clock.fixed(story.last + timedelta(days=1)):
        for month in periods.months(periods.month_of(story.first), periods.month_of(story.last)):
            actions.close_month(by=playing.by, kept=playing.kept, month=month)
        yearend.close_year(by=playing.by, kept=playing.kept, fiscal_year=story.last.year)


BY_RULE: Final[dict[str, Callable[[Playing, Voucher], None]]] = {
    "special-interest": _interest,
    "depreciation": _depreciation,
    "allowance": _allowance,
    "closing": _closing,
    "appropriation": sharing.appropriate,
    "payout": sharing.pay,
}
ACTS: Final[dict[str, Callable[[Playing, Voucher, Arrow], None]]] = {
    "collecting-day": _collecting,
    "expense": _expense,
    "income": _income,
    "cash-to-bank": _to_bank,
    "bank-to-cash": _from_bank,
    "special-in": _special_in,
    "special-out": _special_out,
    "bank-interest": _bank_interest,
    "bank-fee": _bank_fee,
    "unpaid-dividend-collected": _unpaid,
    "cash-made-good": _made_good,
    "cash-short": _short,
    "welfare": _welfare,
    "gift": _gift,
    "member-leaves": _ends,
    "member-dies": _ends,
}
