"""Lending: what a product costs, what the program says of an application, the register of loans, a loan's own history."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, NamedTuple

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sajja.groups.models import CommitteeMember, GroupBook, Member, MemberKind, Resolution
from sajja.groups.queries import committee_on, next_number
from sajja.groups.queries.members import regulation_in_force
from sajja.ledger import queries as ledger
from sajja.ledger.models import Account
from sajja.lib.money import baht
from sajja.treasury import chart, lives, schedule, signing
from sajja.treasury.effective import LAWFUL_BP, effective
from sajja.treasury.models import Guarantor, Loan, LoanProduct, LoanStateNow, MemberAccount, Voucher
from sajja.treasury.models.loans import Terms
from sajja.treasury.queries import loans as standing_queries
from sajja.treasury.queries.loans import LoanStanding
from sajja.treasury.schedule import Row

EXAMPLE_SATANG: Final = 1_000_000
USUAL_COLLECTING_DAY: Final = 5
BY_YEAR: Final = re.compile(r"(\d+)/(\d{2,4})")
WARN_ABOVE: Final = Decimal(LAWFUL_BP) / 100
"""Percent a year that a loan may really cost before its papers warn (U)."""


@dataclass(frozen=True, slots=True)
class Priced:
    """A loan's instalments beforehand: what they cost, or why there can be none. Satang; `percent` a year."""

    rows: Sequence[Row] = ()
    interest: int = 0
    fee: int = 0
    percent: Decimal = Decimal(0)
    refusal: str = ""

    @property
    def warns(self) -> bool:
        """Whether it really costs more than 15 % a year."""
        return self.percent > WARN_ABOVE

    @property
    def total(self) -> int:
        """All that the borrower pays."""
        return sum(row.principal for row in self.rows) + self.interest + self.fee


def instalments_of(terms: Terms, principal: int, instalments: int) -> list[Row]:
    """The schedule by these terms; ValueError in Thai where there can be none."""
    return schedule.schedule(
        schedule.Terms(
            principal=principal, rate_bp=terms.rate_bp, instalments=instalments, method=terms.method,
            multiple=terms.multiple_satang, rounding=terms.rounding, grace=terms.grace,
        )
    )  # fmt: skip


def yearly_fee(terms: Terms, principal: int) -> int:
    """The fee of a year on that principal, in satang."""
    return schedule.rounded(Fraction(principal * terms.yearly_fee_bp, 10_000), terms.rounding)


def first_fee(terms: Terms, principal: int) -> int:
    """What is paid as a fee when the money is paid out: the contract's and the first year's."""
    return terms.fee_satang + yearly_fee(terms, principal)


def priced(terms: Terms, principal: int, instalments: int) -> Priced:
    """What the loan costs; the fee of a later year counts with that year's first instalment's eve."""
    try:
        rows = instalments_of(terms, principal, instalments)
        first, each = first_fee(terms, principal), yearly_fee(terms, principal)
        felt = [row._replace(interest=row.interest + each) if row.no % 12 == 0 and row.no < instalments else row for row in rows]
        later = each * ((instalments - 1) // 12)
        percent = effective(felt, principal, first)
    except ValueError as why:
        return Priced(refusal=str(why) if principal > first_fee(terms, principal) else _("ค่าธรรมเนียมเท่ากับหรือมากกว่าเงินกู้"))
    return Priced(rows, sum(row.interest for row in rows), first + later, percent)


class Line(NamedTuple):
    """A line of a schedule as people read it."""

    no: int
    due: date | None
    principal: int
    interest: int
    balance: int

    @property
    def whole(self) -> int:
        """The instalment."""
        return self.principal + self.interest


def lines_of(rows: Sequence[Row], first_due: date | None) -> list[Line]:
    """The schedule with its days, where the first is known."""
    days: Sequence[date | None] = schedule.due_days(first_due, len(rows)) if first_due else [None] * len(rows)
    return [Line(row.no, day, row.principal, row.interest, row.balance) for row, day in zip(rows, days, strict=True)]


def agreed_lines(loan: Loan, first_due: date | None = None) -> list[Line]:
    """The contract's schedule: as it was written when the money was paid out, before that as it will be.

    `first_due` stands in where the contract has no day yet.
    """
    plan = loan.plans.filter(counts=True).order_by("number").first()
    if plan is None:
        rows = instalments_of(loan, loan.principal_satang, loan.instalments) if loan.principal_satang else []
        return lines_of(rows, loan.first_due or first_due)
    found, balance = [], plan.principal_satang
    for one in plan.instalments.order_by("no"):
        balance -= one.principal_satang
        found.append(Line(one.no, one.due, one.principal_satang, one.interest_satang, balance))
    return found


def first_due_after(kept: GroupBook, day: date) -> date:
    """The group's collecting day in the next month."""
    regulation = regulation_in_force(kept.group, day)
    anchor = regulation.collecting_day if regulation else USUAL_COLLECTING_DAY
    return schedule.later(day, 1, anchor)


def products(kept: GroupBook) -> list[LoanProduct]:
    """What the group offers, by kind and name as they were made; ended ones last."""
    return list(LoanProduct.objects.filter(kept=kept).order_by("-active", "pk"))


def above_regulation(kept: GroupBook, rate_bp: int, day: date) -> int:
    """The regulation's rate in basis points where this one passes it; nought where it does not."""
    regulation = regulation_in_force(kept.group, day)
    return regulation.loan_interest_bp if regulation and rate_bp > regulation.loan_interest_bp else 0


def pledged_of(members: Iterable[Member]) -> dict[int, int]:
    """Member's key → pledged savings in satang."""
    rows = MemberAccount.objects.filter(member__in=list(members), control=chart.PLEDGED).select_related("account")
    return {row.member_id: row.account.standing for row in rows}


class Answering(NamedTuple):
    """A guarantor with what he answers for already, in satang, and his savings."""

    member: Member
    exposure: int
    pledged: int


@dataclass(slots=True)
class Judged:
    """What the program says of an application before the committee does. Satang. `refusals`: (field, sentence)."""

    pledged: int = 0
    ceiling: int | None = None
    present: list[LoanStanding] = field(default_factory=list)
    guarantors: list[Answering] = field(default_factory=list)
    price: Priced = field(default_factory=Priced)
    refusals: list[tuple[str, str]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def owed(self) -> int:
        """Principal of his loans."""
        return sum(one.principal for one in self.present)


def ceiling_of(product: LoanProduct, pledged: int) -> int | None:
    """The most that this member may borrow; None: the product sets no limit."""
    limits = [product.most_satang, None if product.savings_times is None else product.savings_times * pledged]
    return min((limit for limit in limits if limit is not None), default=None)


def judge(
    kept: GroupBook, member: Member, product: LoanProduct, amount: int, instalments: int, guarantors: Sequence[Member], on: date
) -> Judged:
    """Ceiling, present loans, arrears, what the guarantors answer for, and the schedule; a fixed number of queries."""
    pledged = pledged_of([member, *guarantors])
    exposed = standing_queries.exposures(guarantors, on)
    own = pledged.get(member.pk, 0)
    said = Judged(own, ceiling_of(product, own), standing_queries.by_member(kept, on).get(member.pk, []))
    said.guarantors = [Answering(one, exposed.get(one.pk, 0), pledged.get(one.pk, 0)) for one in guarantors]
    said.price = priced(product, amount, instalments)
    said.refusals = _refusals(member, product, amount, instalments, said)
    said.warnings = _warnings(member, amount, said)
    return said


def _refusals(member: Member, product: LoanProduct, amount: int, instalments: int, said: Judged) -> list[tuple[str, str]]:
    found = []
    if not member.is_active:
        found.append(("member", _("%(name)s พ้นสมาชิกภาพแล้ว กู้ไม่ได้") % {"name": member.name}))
    if member.kind == MemberKind.HONORARY:
        found.append(("member", _("%(name)s เป็นสมาชิกกิตติมศักดิ์ กู้ไม่ได้") % {"name": member.name}))
    if said.ceiling is not None and amount > said.ceiling:
        words = {"most": baht(said.ceiling), "product": product, "saved": baht(said.pledged)}
        found.append(("amount", _("%(product)s กู้ได้ไม่เกิน %(most)s บาท (เงินสัจจะสะสม %(saved)s บาท) ลดจำนวนเงินที่ขอกู้") % words))
    if instalments > product.most_instalments:
        words = {"product": product, "most": product.most_instalments}
        found.append(("instalments", _("%(product)s ผ่อนได้ไม่เกิน %(most)s งวด") % words))
    elif said.price.refusal:
        found.append(("instalments", said.price.refusal))
    return found


def _warnings(member: Member, amount: int, said: Judged) -> list[str]:
    found = []
    late = [one for one in said.present if one.overdue]
    if late:
        words = {"name": member.name, "loans": ", ".join(str(one.loan) for one in late), "days": max(one.days for one in late)}
        found.append(_("%(name)s ค้างชำระเงินกู้ %(loans)s อยู่ %(days)s วัน ให้คณะกรรมการทราบก่อนลงมติ") % words)
    if said.ceiling is not None and amount <= said.ceiling < amount + said.owed:
        words = {"owed": baht(said.owed), "most": baht(said.ceiling)}
        found.append(_("รวมเงินกู้เดิมที่ยังเหลือ %(owed)s บาทแล้ว เกินวงเงิน %(most)s บาท") % words)
    if member.kind == MemberKind.CHILD:
        found.append(_("ผู้กู้เป็นเด็กหรือเยาวชน ถ้ายังไม่บรรลุนิติภาวะต้องมีผู้แทนโดยชอบธรรมยินยอม"))
    for one in said.guarantors:
        if one.exposure:
            words = {"name": one.member.name, "sum": baht(one.exposure), "saved": baht(one.pledged)}
            found.append(_("%(name)s ค้ำเงินกู้อื่นอยู่แล้ว %(sum)s บาท (มีเงินสัจจะสะสม %(saved)s บาท)") % words)
    if said.price.warns:
        found.append(_("ดอกเบี้ยที่แท้จริง %(percent)s%% ต่อปี เกินร้อยละ 15") % {"percent": said.price.percent})
    return found


def people_of(loan: Loan) -> list[str]:
    """Names of those whose own matter a loan is: borrower and guarantors."""
    return [loan.member.name, *(one.name for one in loan.guarantors.all())]


def concerned(committee: Sequence[CommitteeMember], names: Iterable[str]) -> list[str]:
    """Who of the committee is the borrower or a guarantor: he steps out when it is resolved."""
    own = list(names)
    return [one.name for one in committee if any(signing.same_person(one.name, name) for name in own)]


def concerned_with(loan: Loan, resolution: Resolution | None, today: date) -> list[str]:
    """The same of a loan, by the committee of the meeting's day."""
    return concerned(committee_on(loan.kept.group, resolution.meeting.day if resolution else today), people_of(loan))


def next_contract(kept: GroupBook) -> str:
    """The contract number after the highest, whether it was given here or brought in; as the newest is written: L7, 7/2564."""
    own = Loan.objects.filter(kept=kept, succeeds__isnull=True).exclude(number="")  # L1-M02, taken over, is L1's number
    numbers = list(own.order_by("pk").values_list("number", flat=True))
    accounts = Account.objects.filter(book=kept.book, control__code=chart.LOANS, loan__succeeds__isnull=True)
    codes = accounts.values_list("code", flat=True)
    taken = {*numbers, *(code.partition(":")[2] for code in codes)}
    if numbers and (last := BY_YEAR.fullmatch(numbers[-1])):
        year = last[2]
        return f"{max(int(found[1]) for one in taken if (found := BY_YEAR.fullmatch(one)) and found[2] == year) + 1}/{year}"
    plain = {number for number in taken if not BY_YEAR.fullmatch(number)}
    return next_number(plain) if plain else "L1"


def number_after(number: str) -> str:
    """The one after this: L7 → L8, 7/2564 → 8/2564."""
    found = BY_YEAR.fullmatch(number)
    return f"{int(found[1]) + 1}/{found[2]}" if found else next_number([number])


STATES: Final[dict[str, Promise | str]] = {
    "waiting": gettext_lazy("รอมติหรือรอจ่ายเงิน"), "open": gettext_lazy("ยังมีหนี้อยู่"), "overdue": gettext_lazy("ค้างชำระ"),
    "ended": gettext_lazy("จบแล้ว"),
}  # fmt: skip
BY_STATE: Final[dict[str, list[str]]] = {
    "waiting": [LoanStateNow.APPLIED, LoanStateNow.APPROVED], "open": list(lives.OPEN), "overdue": list(lives.OPEN),
    "ended": [
        LoanStateNow.CLOSED, LoanStateNow.REFUSED, LoanStateNow.WITHDRAWN, LoanStateNow.TAKEN_OVER, LoanStateNow.WRITTEN_OFF,
    ],
}  # fmt: skip


class Listed(NamedTuple):
    """A loan of the register; `standing` where money is owed."""

    loan: Loan
    standing: LoanStanding | None

    @property
    def owed(self) -> int:
        """Principal that is left, in satang."""
        return self.standing.principal if self.standing else 0


def register(kept: GroupBook, on: date, *, state: str = "", q: str = "") -> list[Listed]:
    """The loans that the filters leave, what waits first, then the newest; a fixed number of queries."""
    found: QuerySet[Loan] = Loan.objects.filter(kept=kept).select_related("member", "product", "account")
    if state in BY_STATE:
        found = found.filter(state__in=BY_STATE[state])
    for word in q.split():
        found = found.filter(Q(member__name__icontains=word) | Q(member__number__iexact=word) | Q(number__iexact=word))
    standings = standing_queries.standings(kept, on)
    order = {LoanStateNow.APPLIED: 0, LoanStateNow.APPROVED: 1, LoanStateNow.NORMAL: 2}
    loans = sorted(found, key=lambda loan: (order.get(LoanStateNow(loan.state), 3), -loan.applied_on.toordinal(), -loan.pk))
    rows = [Listed(loan, standings.get(loan.pk)) for loan in loans]
    return [row for row in rows if row.standing and row.standing.overdue] if state == "overdue" else rows


def waiting(kept: GroupBook) -> list[Loan]:
    """Applications that await the committee, oldest first, with their guarantors."""
    found = Loan.objects.filter(kept=kept, state=LoanStateNow.APPLIED).select_related("member", "product", "kept__group__unit")
    return list(found.prefetch_related("guarantors__member").order_by("applied_on", "pk"))


class Step(NamedTuple):
    """Something that happened to a loan, in words."""

    on: date
    words: str
    note: str
    by: str
    entry: int | None
    voucher: str


MOVES: Final[dict[str, Promise]] = {
    "apply": gettext_lazy("ยื่นคำขอกู้"), "approve": gettext_lazy("คณะกรรมการอนุมัติ"), "refuse": gettext_lazy("คณะกรรมการไม่อนุมัติ"),
    "withdraw": gettext_lazy("ยกเลิกคำขอ"), "contract": gettext_lazy("ลงชื่อในสัญญา"), "pay_out": gettext_lazy("จ่ายเงินกู้"),
    "take_back": gettext_lazy("ถอนการจ่ายเงินกู้"), "settle": gettext_lazy("ชำระครบ ปิดสัญญา"), "reopen": gettext_lazy("กลับเป็นหนี้ปกติ"),
    "take_over": gettext_lazy("ผู้ค้ำรับภาระหนี้"), "write_off": gettext_lazy("ตัดหนี้สูญ"), "bring_in": gettext_lazy("ยอดยกมา"),
    "defer": gettext_lazy("ผ่อนผัน"), "reschedule": gettext_lazy("ปรับโครงสร้างหนี้"), "waive": gettext_lazy("ยกเว้นค่าปรับ"),
    "died": gettext_lazy("ผู้กู้เสียชีวิต"), "notify": gettext_lazy("แจ้งผู้ค้ำ"), "recover": gettext_lazy("หนี้สูญได้รับคืน"),
    "plan_back": gettext_lazy("ยกเลิกแผนใหม่ กลับไปใช้แผนเดิม"), "undo": gettext_lazy("ยกเลิกสัญญาของผู้ค้ำ"), "guarantor": gettext_lazy("เปลี่ยนผู้ค้ำประกัน"),
}  # fmt: skip


def history(loan: Loan) -> list[Step]:
    """What happened, newest first: the steps of its life, and each voucher that moved its principal."""
    found = []
    told = set()
    for move in loan.moves.select_related("resolution__meeting", "entry").order_by("pk"):
        words = str(MOVES.get(move.move, move.get_state_display()))
        resolved = _("%(resolution)s ของการประชุม") % {"resolution": move.resolution} if move.resolution else ""
        entry = move.entry
        told.add(move.entry_id)
        found.append(
            Step(move.on, words, " ".join(part for part in (resolved, move.why) if part), move.by_name, move.entry_id,
                 entry.voucher if entry else "")
        )  # fmt: skip
    if loan.account_id:
        since = loan.entry.first if loan.entry else 0
        for line in ledger.lines_after(loan.kept.book, [loan.account_id], since):
            if line.entry.pk not in told:
                words = _("ชำระเงินต้น %(sum)s บาท") if line.amount < 0 else _("เงินต้นเพิ่ม %(sum)s บาท")
                said = words % {"sum": baht(abs(line.amount))}
                found.append(Step(line.entry.date, said, line.entry.memo, line.entry.by_name, line.entry.pk, line.entry.voucher))
    found.reverse()
    return sorted(found, key=lambda step: step.on, reverse=True)


def paper_of(loan: Loan) -> Voucher | None:
    """The voucher by which it was paid out."""
    return Voucher.objects.filter(entry=loan.entry_id).first() if loan.entry_id else None


class OfMember(NamedTuple):
    """A member's loans that are under way, and the loans he guarantees."""

    own: list[Listed]
    guarantees: list[Guarantor]
    exposure: int


def of_member(kept: GroupBook, member: Member, on: date) -> OfMember:
    """For the member's page."""
    states = [LoanStateNow.APPLIED, *lives.EXPOSED]
    loans = (
        Loan.objects.filter(kept=kept, member=member, state__in=states)
        .select_related("member", "product", "account")
        .order_by("pk")
    )
    standings = standing_queries.standings(kept, on, [loan for loan in loans if loan.state in lives.OPEN])
    answers = Guarantor.objects.filter(member=member, freed_on__isnull=True, loan__state__in=states).select_related(
        "loan__member", "loan__product"
    )
    guarantees = list(answers.order_by("loan__pk"))
    exposure = standing_queries.exposure(member, on) if guarantees else 0
    return OfMember([Listed(loan, standings.get(loan.pk)) for loan in loans], guarantees, exposure)


def figures(rows: Iterable[Listed]) -> dict[str, Any]:
    """How many loans are owed on, how much, how many are late and by how much."""
    open_rows = [row for row in rows if row.standing and row.loan.state in lives.OPEN]
    late = [row.standing for row in open_rows if row.standing and row.standing.overdue]
    return {
        "count": len(open_rows), "owed": sum(row.owed for row in open_rows), "late": len(late),
        "late_principal": sum(one.overdue_principal for one in late),
    }  # fmt: skip
