"""Loans of some groups: asked for, resolved, paid out, paid back on the collecting days; one late, one put off, some waiting."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Final

from sajja.config.demonstration.course import moment
from sajja.groups import actions as groups
from sajja.groups.actions import NewResolution
from sajja.groups.models import MeetingKind, MemberKind, Resolution, ResolutionAbout
from sajja.ledger import periods
from sajja.treasury.actions import lending, troubled
from sajja.treasury.actions.lending import NewGuarantor
from sajja.treasury.collecting import Line, Repayment
from sajja.treasury.models import Loan, LoanProduct, LoanStateNow, Purpose
from sajja.treasury.owing import spread
from sajja.treasury.queries import collecting as savings
from sajja.treasury.queries import loans as queries

if TYPE_CHECKING:
    from datetime import datetime

    from sajja.config.demonstration.keeping import Keeping
    from sajja.config.demonstration.members import Saver

LENDS: Final = 0.3
"""The part of the groups that lend; the demo committee's does in any case."""
FIRST: Final = 202101
LENT: Final = {202101: 3, 202102: 2, 202103: 2}
"""How many loans are paid out in which month."""
BOARD: Final = 10
LEAST: Final = 2_000_00
MOST: Final = 20_000_00


def lends(keeping: Keeping) -> bool:
    """Whether this group lends; by dice of its own, so that the rest of the story stays as it is."""
    return keeping.habits.whole and (keeping.habits.asks_to_reopen or _dice(keeping).random() < LENDS)


def _dice(keeping: Keeping, month: int = 0) -> Random:
    return Random(f"lending-{keeping.group.code}-{month}")  # nosec B311


def of_month(keeping: Keeping, month: int) -> list[tuple[datetime, Callable[[], object]]]:
    """What of it happens in this month."""
    if month < FIRST or not lends(keeping):
        return []
    dice, first = _dice(keeping, month), periods.first_day(month)
    found: list[tuple[datetime, Callable[[], object]]] = []

    def on(day: int, hour: int, act: Callable[[Keeping, date, Random], object]) -> None:
        when = first.replace(day=day)
        found.append((moment(when, hour), partial(act, keeping, when, dice)))

    if month == FIRST:
        on(13, 10, offer)
    if month in LENT:
        on(14, 10, partial(ask, count=LENT[month]))
        on(15, 15, resolve)
        on(18, 11, pay_out)
    if month == 202105:
        on(20, 10, partial(ask, count=1))
        on(21, 15, resolve)
        on(26, 10, partial(ask, count=1))
        on(27, 15, put_off)
    return found


def borrowers(keeping: Keeping) -> set[int]:
    """The keys of those who asked for a loan: they stay."""
    return set(Loan.objects.filter(kept=keeping.kept).values_list("member", flat=True))


def offer(keeping: Keeping, day: date, dice: Random) -> None:
    """The usual two kinds of loan."""
    keeping.do(lending.start_products)


def ask(keeping: Keeping, day: date, dice: Random, count: int) -> None:
    """Some members ask, each with two guarantors who are no borrowers."""
    product = LoanProduct.objects.filter(kept=keeping.kept).order_by("pk")[0]
    busy = borrowers(keeping)
    able = [saver for saver in keeping.here(day)[BOARD:] if saver.new.kind == MemberKind.ORDINARY and saver.key not in busy]
    saved = savings.standings(keeping.kept, day)
    for saver in dice.sample(able, min(count, len(able))):
        others = [other for other in able if other.key != saver.key]
        there = saved[saver.key].pledged if saver.key in saved else 0
        amount = min(MOST, there * 2) // 500_00 * 500_00
        if amount < LEAST or len(others) < 2:
            continue
        keeping.do(
            lending.apply_for_loan, member=keeping.members[saver.new.number], product=product, amount=amount,
            instalments=dice.choice([6, 10, 12]), applied_on=day, guarantors=_guarantors(keeping, dice, others),
            purpose=dice.choice([Purpose.OCCUPATION, Purpose.OCCUPATION, Purpose.EDUCATION, Purpose.HOUSEHOLD]),
        )  # fmt: skip


def _guarantors(keeping: Keeping, dice: Random, others: Sequence[Saver]) -> list[NewGuarantor]:
    return [NewGuarantor(keeping.members[one.new.number]) for one in dice.sample(list(others), 2)]


def resolve(keeping: Keeping, day: date, dice: Random) -> None:
    """The committee meets and agrees to what waits."""
    waiting = list(Loan.objects.filter(kept=keeping.kept, state=LoanStateNow.APPLIED).order_by("pk"))
    if not waiting:
        return
    resolution = _resolved(keeping, day, "อนุมัติเงินกู้ตามคำขอที่เสนอ")
    for loan in waiting:
        keeping.stage.doer.do(
            lending.decide_loan, by=keeping.chair, loan=loan, approve=True, resolution=resolution, stepped_out="ไม่มี"
        )


def _resolved(keeping: Keeping, day: date, text: str) -> Resolution:
    meeting = keeping.stage.doer.do(
        groups.record_meeting, by=keeping.chair, group=keeping.group, day=day, kind=MeetingKind.COMMITTEE, present=BOARD - 1,
        members=BOARD, place="ที่ทำการกลุ่ม", resolutions=[NewResolution(text, ResolutionAbout.LOAN)],
    )  # fmt: skip
    return Resolution.objects.get(meeting=meeting)


def pay_out(keeping: Keeping, day: date, dice: Random) -> None:
    """The contracts are signed, the money leaves the bank."""
    for loan in Loan.objects.filter(kept=keeping.kept, state=LoanStateNow.APPROVED).order_by("pk"):
        keeping.stage.doer.do(lending.make_contract, by=keeping.treasurer, loan=loan, contract_on=day)
        keeping.stage.doer.do(lending.pay_out, by=keeping.treasurer, loan=loan, date=day, money=keeping.bank)


def stays_away(loan: Loan) -> bool:
    """The third contract of a group is not paid from April on."""
    return loan.number == "L3"


def put_off(keeping: Keeping, day: date, dice: Random) -> None:
    """The second borrower's harvest failed: three months put off, the guarantors agree."""
    loan = Loan.objects.filter(kept=keeping.kept, number="L2", state=LoanStateNow.NORMAL).first()
    if loan is None:
        return
    consents = dict.fromkeys(loan.guarantors.values_list("pk", flat=True), day)
    keeping.stage.doer.do(
        troubled.defer, by=keeping.chair, loan=loan, on=day, months=3, consents=consents,
        resolution=_resolved(keeping, day, "ผ่อนผันการชำระหนี้สัญญา L2 เป็นเวลา 3 เดือน"), why="น้ำท่วมที่นา ผลผลิตเสียหาย",
    )  # fmt: skip


def repaid(keeping: Keeping, lines: Sequence[Line], day: date) -> list[Line]:
    """The sheet's lines with what is due on loans, for who came with money for it."""
    if periods.month_of(day) <= FIRST or not lends(keeping):
        return list(lines)
    owed = queries.by_member(keeping.kept, day)
    return [replace(line, repayments=_payments(owed.get(line.member, ()), day)) for line in lines]


def _payments(loans: Sequence[queries.LoanStanding], day: date) -> tuple[Repayment, ...]:
    paying = [one for one in loans if one.due and not (day.month >= 4 and stays_away(one.loan))]
    parts = spread([one.contract for one in paying], sum(one.due for one in paying), day) if paying else []
    return tuple(
        Repayment(contract=one.contract.key, principal=part.principal, interest=part.interest, fine=part.fine)
        for one, part in zip(paying, parts, strict=True)
    )
