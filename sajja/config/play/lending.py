"""The contracts of a story: those brought in stand with what is left of their schedules, the others go from application to payout."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

from sajja.config.play.reading import Story, Voucher, part, satang
from sajja.groups import actions as groups
from sajja.groups.models import GroupBook, MeetingKind, Member, ResolutionAbout
from sajja.ledger.models import Account, Entry
from sajja.lib.money import plain
from sajja.treasury import chart
from sajja.treasury.actions import brought_loans, lending
from sajja.treasury.actions.lending import NewGuarantor, NewProduct
from sajja.treasury.draft import Checked, Draft, LoanRow
from sajja.treasury.models import Loan, LoanProduct, Purpose
from sajja.treasury.opening import agreed_schedule, rest_of
from sajja.treasury.owing import Instalment
from sajja.treasury.queries.evidence import figures
from sajja.treasury.queries.loans import LoanStanding, instalments_of, standings
from sajja.treasury.schedule import Terms, due_days, schedule
from sajja.web import clock, transactions

if TYPE_CHECKING:
    from sajja.audit.actions import Doer
    from sajja.config.play.posting import Playing

Row = dict[str, str]
FINE: Final = "late_loan_fine"
NAMES: Final = {"members_end": "members_growth"}
FIGURES: Final = (
    "savings_on_time", "overdue_principal", "portfolio_at_risk_30", "pledged_growth", "members_end", "welfare_kinds_paid",
    "reserve_to_loans",
)  # fmt: skip


def rows_of(story: Story) -> dict[str, Row]:
    """Contract → its row of the block in-loans."""
    return {row["contract"]: row for row in story.blocks.get("in-loans", [])}


def lent_in_the_year(story: Story) -> set[str]:
    """The contracts that a voucher of the story pays out, whole."""
    brought = {part(code) for code, _satang in story.opening}
    paid_out = {
        part(voucher.arrows[0].debit): voucher.arrows[0].satang
        for voucher in story.vouchers
        if voucher.kind == "loan-out" and len(voucher.arrows) == 1
    }
    rows = rows_of(story)
    return {key for key in rows if key not in brought and paid_out.get(key) == satang(rows[key]["principal"])}


def bring_in(story: Story, kept: GroupBook, members: Mapping[str, Member], by: Doer) -> None:
    """The contracts of the opening; their accounts stand already."""
    owed = {part(code): amount for code, amount in story.opening if code.startswith(f"{chart.LOANS}:")}
    typed = Draft(loans=tuple(_typed(row, owed[key], story) for key, row in rows_of(story).items() if key in owed))
    accounts = {loan.key: Account.objects.get(book=kept.book, code=chart.under(chart.LOANS, loan.key)) for loan in typed.loans}
    found = Checked(schedules={loan.key: rest_of(loan, agreed_schedule(loan)) for loan in typed.loans})
    entry = Entry.objects.filter(book=kept.book).order_by("pk").first()
    at = clock.now()
    transactions.run(lambda: brought_loans.bring_in_loans(by, kept, typed, found, members, accounts, entry, at))


def _typed(row: Row, outstanding: int, story: Story) -> LoanRow:
    return LoanRow(
        number=row["contract"], member=row["member"], method=row["method"], rate_bp=satang(row["annual_rate_percent"]),
        principal=satang(row["principal"]), paid_out_on=date.fromisoformat(row["paid_out"]), instalments=int(row["instalments"]),
        first_due=date.fromisoformat(row["first_due"]), multiple=satang(row["instalment_multiple"]),
        fine=satang(story.rules.get(FINE, "0")), outstanding=outstanding, guarantors=tuple(row["guarantors"].split()),
    )  # fmt: skip


def pay_out(playing: Playing, voucher: Voucher) -> None:
    """A contract of the year: asked for, resolved, signed and paid out on one day."""
    arrow = voucher.arrows[0]
    row = rows_of(playing.story)[part(arrow.debit)]
    answer = [playing.members[number] for number in row["guarantors"].split()]
    loan = lending.apply_for_loan(
        by=playing.by, kept=playing.kept, member=playing.members[row["member"]], product=_product(playing, row), amount=arrow.satang,
        instalments=int(row["instalments"]), purpose=Purpose.OTHER, applied_on=voucher.day, guarantors=[NewGuarantor(one) for one in answer],
    )  # fmt: skip
    meeting = groups.record_meeting(
        by=playing.by, group=playing.kept.group, day=voucher.day, kind=MeetingKind.COMMITTEE, present=len(playing.committee),
        resolutions=[groups.NewResolution(voucher.memo, ResolutionAbout.LOAN)],
    )  # fmt: skip
    out = ", ".join(one.name for one in (loan.member, *answer))
    lending.decide_loan(
        by=playing.by, loan=loan, approve=True, resolution=meeting.resolutions.get(), number=row["contract"], stepped_out=out
    )
    first_due = date.fromisoformat(row["first_due"])
    lending.make_contract(by=playing.by, loan=loan, contract_on=voucher.day, first_due=first_due)
    lending.pay_out(by=playing.by, loan=loan, date=voucher.day, money=playing.account(arrow.credit), first_due=first_due)


def _product(playing: Playing, row: Row) -> LoanProduct:
    """As the contract was made; one product for all contracts of one kind."""
    new = NewProduct(
        name=f"{row['method']} {row['annual_rate_percent']} × {row['instalments']}", rate_bp=satang(row["annual_rate_percent"]),
        method=row["method"], multiple_satang=satang(row["instalment_multiple"]), rounding=row["rounding"],
        fine_satang=satang(playing.story.rules.get(FINE, "0")), most_instalments=int(row["instalments"]),
        guarantors_wanted=len(row["guarantors"].split()),
    )  # fmt: skip
    found = LoanProduct.objects.filter(kept=playing.kept, name=new.name).first()
    return found or lending.add_product(by=playing.by, kept=playing.kept, product=new)


# --- what came of it -----------------------------------------------------------------------------


def statements(story: Story, kept: GroupBook) -> dict[str, list[Row]]:
    """Each contract's schedule, and what of it is late at the year's end."""
    found = (
        Loan.objects.filter(kept=kept, account__isnull=False).select_related("account", "member", "product").order_by("number")
    )
    loans = {loan.number: loan for loan in found}
    told = [loans[key] for key in rows_of(story) if key in loans]
    standing = standings(kept, story.last, told)
    blocks = {f"out-schedule-{loan.number}": schedule_of(loan) for loan in told}
    late = [loan for loan in told if loan.pk in standing and standing[loan.pk].overdue]
    return blocks | {f"out-arrears-{loan.number}-{story.last}": arrears(standing[loan.pk], story.last) for loan in late}


def schedule_of(loan: Loan) -> list[Row]:
    """Every instalment: of the plan as it stands in the book, before it as the contract agreed."""
    standing = instalments_of([plan])[plan.pk] if (plan := loan.plans.filter(counts=True).order_by("number").first()) else []
    begins = standing[0].no if standing else loan.instalments + 1
    rows, balance = [], loan.principal_satang
    for one in [*(one for one in agreed(loan) if one.no < begins), *standing]:
        balance -= one.principal
        rows.append(
            {"no": str(one.no), "due": one.due.isoformat(), "principal": plain(one.principal), "interest": plain(one.interest),
             "balance": plain(balance)}
        )  # fmt: skip
    return rows


def agreed(loan: Loan) -> list[Instalment]:
    """The whole schedule by the contract's terms."""
    assert loan.first_due is not None
    terms = Terms(
        principal=loan.principal_satang, rate_bp=loan.rate_bp, instalments=loan.instalments, method=loan.method,
        multiple=loan.multiple_satang, rounding=loan.rounding,
    )  # fmt: skip
    days = due_days(loan.first_due, loan.instalments)
    return [Instalment(row.no, due, row.principal, row.interest) for row, due in zip(schedule(terms), days, strict=True)]


def arrears(standing: LoanStanding, on: date) -> list[Row]:
    """The instalments that are late on a day."""
    rows = [
        {"instalment": str(one.no), "due": one.due.isoformat(), "principal_overdue": plain(one.principal),
         "interest_unpaid": plain(one.interest), "days_overdue": str((on - one.due).days)}
        for one in standing.overdue
    ]  # fmt: skip
    sums = {"principal_overdue": plain(standing.overdue_principal), "interest_unpaid": plain(standing.overdue_interest)}
    return [*rows, {"instalment": "TOTAL", "due": "", **sums, "days_overdue": ""}]


def evidence(story: Story, kept: GroupBook) -> list[Row]:
    """The figures that answer an assessment, at the year's end; the words of their meaning are the file's own."""
    found = figures(kept, story.last, [NAMES.get(key, key) for key in FIGURES])
    rows = []
    for key in FIGURES:
        one = found[NAMES.get(key, key)]
        write = plain if one.kind.is_money else str
        rows.append({
            "figure": key, "numerator": write(one.numerator or 0),
            "denominator": "" if one.denominator is None else write(one.denominator),
            "percent_truncated": "" if one.percent is None else f"{one.percent:.2f}",
        })  # fmt: skip
    return rows
