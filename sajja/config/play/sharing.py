"""The general meeting of a story: the appropriation over its heads, who was paid how, and the same surplus under other rules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from sajja.config.play.reading import Story, Voucher, control, part, satang
from sajja.groups import actions as groups
from sajja.groups.models import GroupBook, MeetingKind, ResolutionAbout
from sajja.ledger import queries as ledger
from sajja.ledger.models import Account, Entry
from sajja.lib.money import plain
from sajja.treasury import chart, dividend
from sajja.treasury.actions import payout, sharing
from sajja.treasury.models import Appropriation, PaidHow, Share
from sajja.treasury.queries import sharing as queries
from sajja.treasury.queries import statements as reads
from sajja.treasury.shares import Head

if TYPE_CHECKING:
    from sajja.config.play.posting import Playing

Row = dict[str, str]
WAYS: Final = {chart.CASH: PaidHow.CASH, chart.BANK: PaidHow.CASH, chart.SPECIAL: PaidHow.SAVINGS}
WORDS: Final = {PaidHow.CASH: "cash", PaidHow.SAVINGS: "special savings", PaidHow.SET_OFF: "set off", PaidHow.LATER: "later"}
ABSENT: Final = "absent: unpaid"
OTHER_HEADS: Final = (
    Head("dividend", chart.DIVIDENDS_UNPAID, 6000), Head("contribution", "34200", 1000), Head("welfare", chart.WELFARE, 3000),
)  # fmt: skip
"""Variant a: as one real group has them."""
FIXED_RATE: Final = Decimal("1.25")
"""Variant c: percent a year."""


def appropriate(playing: Playing, voucher: Voucher) -> None:
    """By the story's heads and rules, at its general meeting."""
    meeting = groups.record_meeting(
        by=playing.by, group=playing.kept.group, day=voucher.day, kind=MeetingKind.GENERAL, present=len(playing.members),
        resolutions=[groups.NewResolution(voucher.memo, ResolutionAbout.APPROPRIATION)],
    )  # fmt: skip
    story = playing.story
    sharing.appropriate(
        by=playing.by, kept=playing.kept, fiscal_year=story.last.year, resolution=meeting.resolutions.get(),
        heads=heads_of(story), base=story.rules.get("dividend_base", dividend.MONTH_WEIGHTED),
    )  # fmt: skip


def heads_of(story: Story) -> list[Head]:
    """The block in-heads."""
    return [Head(row["head"], row["account"], satang(row["percent"])) for row in story.blocks["in-heads"]]


def pay(playing: Playing, voucher: Voucher) -> None:
    """Each as the voucher says; whom it does not name stays unpaid."""
    made = Appropriation.objects.get(year_end__kept=playing.kept, counts=True)
    by_number = {share.member.number: share.pk for share in queries.shares_of(made)}
    how = {part(arrow.debit): control(arrow.credit) for arrow in voucher.arrows}
    paid = [payout.Paid(by_number[number], WAYS[code]) for number, code in how.items() if number in by_number]
    money = [arrow.credit for arrow in voucher.arrows if control(arrow.credit) in chart.MONEY]
    payout.pay_shares(
        by=playing.by, appropriation=made, date=voucher.day, paid=paid, money=playing.account(money[0]) if money else None
    )


# --- what came of it -----------------------------------------------------------------------------


def statements(story: Story, kept: GroupBook) -> dict[str, list[Row]]:
    """The blocks of the general meeting; none where the story has none."""
    made = Appropriation.objects.filter(year_end__kept=kept, year_end__year=story.last.year, counts=True).first()
    if made is None:
        return {}
    return {
        "out-appropriation": appropriation(made),
        "out-dividend": dividends(made),
        "out-trial-balance-after-appropriation": before_paying(made),
        "out-trial-balance-after-paying": _balances(_nets(kept, made.on), kept),
        "out-variant-a": other_heads(made),
        "out-variant-b": whole_baht(made),
        "out-variant-c": fixed_rate(made),
        "out-variant-d": other_bases(made),
    }


def appropriation(made: Appropriation) -> list[Row]:
    """The heads and what they come to."""
    rows = [_head(head.name, head.code, head.percent_bp, head.satang) for head in made.heads.order_by("position")]
    return [*rows, _head("TOTAL", "", 10_000, made.satang)]


def _head(name: str, code: str, percent_bp: int, amount: int) -> Row:
    return {"head": name, "account": code, "percent": short(percent_bp), "amount": plain(amount)}


def short(hundredths: int) -> str:
    """12840000 → 128400; 6050 → 60.50."""
    return plain(hundredths).removesuffix(".00")


def dividends(made: Appropriation) -> list[Row]:
    """Each member's share and how he got it."""
    rows = [share for share in queries.shares_of(made) if share.total_satang]
    found = [
        _share(s.member.number, [s.weight], [s.dividend_satang, s.interest_satang, s.refund_satang, s.total_satang], _how(s))
        for s in rows
    ]
    sums = [sum(s.dividend_satang for s in rows), sum(s.interest_satang for s in rows), sum(s.refund_satang for s in rows)]
    return [*found, _share("TOTAL", [s.weight for s in rows], [*sums, sums[0] + sums[2]], "")]


def _how(share: Share) -> str:
    return WORDS.get(PaidHow(share.how), ABSENT)


def _share(number: str, weights: Sequence[int], amounts: Sequence[int], how: str) -> Row:
    named = dict(zip(("dividend", "interest_paid", "refund", "total"), map(plain, amounts), strict=True))
    return {"member": number, "weight": short(sum(weights))} | named | {"how_paid": how}


def before_paying(made: Appropriation) -> list[Row]:
    """The trial balance of the meeting's day without what was paid out on it."""
    kept = made.year_end.kept
    nets = _nets(kept, made.on)
    headings = {account.pk: account.control_id or account.pk for account in Account.objects.filter(book=kept.book)}
    codes = dict(Account.objects.filter(book=kept.book).values_list("pk", "code"))
    for entry in Entry.objects.filter(book=kept.book, date=made.on, kind="payout"):
        for movement in ledger.movements_of(entry):
            nets[codes[headings[movement.debit_id]]] -= movement.amount
            nets[codes[headings[movement.credit_id]]] += movement.amount
    return _balances(nets, kept)


def _nets(kept: GroupBook, day: date) -> dict[str, int]:
    nets = dict.fromkeys(Account.objects.filter(book=kept.book, control=None).values_list("code", flat=True), 0)
    return nets | {line.code: line.debit - line.credit for line in reads.trial_balance(kept.book, day).lines}


def _balances(nets: dict[str, int], kept: GroupBook) -> list[Row]:
    names = dict(Account.objects.filter(book=kept.book).values_list("code", "name"))
    rows = [(code, names[code], max(net, 0), max(-net, 0)) for code, net in sorted(nets.items()) if net]
    rows.append(("TOTAL", "รวม", sum(row[2] for row in rows), sum(row[3] for row in rows)))
    return [{"code": code, "name": name, "debit": plain(debit), "credit": plain(credit)} for code, name, debit, credit in rows]


# --- the same surplus under other rules ----------------------------------------------------------


def _numbers(made: Appropriation) -> dict[int, str]:
    return {share.member_id: share.member.number for share in queries.shares_of(made)}


def _heads(made: Appropriation) -> list[Head]:
    return [Head(head.name, head.code, head.percent_bp) for head in made.heads.order_by("position")]


def other_heads(made: Appropriation) -> list[Row]:
    """Variant a: other heads, no refund."""
    shared = queries.shared(made.year_end, OTHER_HEADS, made.base, dividend.WHOLE_NONE)
    return [_head(head.name, head.code, head.percent_bp, amount) for head, amount in shared.heads]


def whole_baht(made: Appropriation) -> list[Row]:
    """Variant b: each one's satang cut off; the pool in whole baht."""
    numbers = _numbers(made)
    rows: dict[str, dict[str, tuple[int, int]]] = {}
    for name, mode in (("b1", dividend.WHOLE_CUT), ("b2", dividend.WHOLE_POOL)):
        shared = queries.shared(made.year_end, _heads(made), made.base, mode)
        for due in shared.dues:
            rows.setdefault(numbers[due.member], {})[name] = (due.dividend, due.refund)
        rows.setdefault("TOTAL", {})[name] = (shared.dividend, shared.refund)
    last = rows.pop("TOTAL")
    return [
        {"member": number}
        | {f"{what}_{name}": plain(both[name][at]) for name in ("b1", "b2") for at, what in enumerate(("dividend", "refund"))}
        for number, both in [*rows.items(), ("TOTAL", last)]
    ]


def fixed_rate(made: Appropriation) -> list[Row]:
    """Variant c: a fixed rate, the rest of the head to the reserve."""
    shared = queries.shared(made.year_end, _heads(made), made.base, dividend.WHOLE_NONE, FIXED_RATE)
    numbers = _numbers(made)
    rows = [(numbers[due.member], due.dividend) for due in shared.dues]
    return [{"member": number, "dividend": plain(amount)} for number, amount in [*rows, ("TOTAL", shared.dividend)]]


def other_bases(made: Appropriation) -> list[Row]:
    """Variant d: the same pool by the balance at the year's end, and by the average of the ends of the months."""
    numbers = _numbers(made)
    rows: dict[str, Row] = {}
    for name, base in (("year_end", dividend.YEAR_END), ("average", dividend.AVERAGE)):
        shared = queries.shared(made.year_end, _heads(made), base, dividend.WHOLE_NONE)
        for number, weight, amount in [
            *((numbers[due.member], due.weight, due.dividend) for due in shared.dues),
            ("TOTAL", shared.weight, shared.dividend),
        ]:
            rows.setdefault(number, {"member": number}).update(
                {f"weight_{name}": plain(weight), f"dividend_{name}": plain(amount)}
            )
    last = rows.pop("TOTAL")
    return [*rows.values(), last]
