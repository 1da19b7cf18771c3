"""The worked year as played by `sajja books play`, with what its file tells beside it: pledges, and schedules."""

from datetime import date
from pathlib import Path

from sajja.config import play
from sajja.groups.models import GroupBook, Pledge
from sajja.ledger.models import Account
from sajja.treasury import schedule
from sajja.treasury.actions import brought_loans
from sajja.treasury.models import Instalment, Loan, LoanPlan
from sajja.treasury.schedule import Terms
from sajja.web import clock
from tests.treasury.worked_year import satang

FILE = Path(__file__).parents[1] / "flows" / "worked-year.md"
PLEDGES = {
    "M01": [20000], "M02": [30000], "M03": [50000], "M04": [10000, 20000], "M05": [10000], "M06": [15000], "M07": [10000],
    "M08": [20000], "M09": [5000], "M10": [25000],
}  # fmt: skip
FROM = (date(2021, 1, 1), date(2021, 7, 1))
"""The months that the first and the second pledge hold from."""


def the_worked_year(until: str = "9999") -> tuple[play.Story, GroupBook]:
    """The story and its book, with the vouchers until a day."""
    story = play.read(FILE.read_text(encoding="utf-8"))
    told = story.blocks["in-vouchers"]
    told[:] = [row for row in told if row["date"] <= until]
    kept = play.make(story)
    at = clock.moment(FROM[0])
    for member in kept.group.members.order_by("order"):
        for month, amount in zip(FROM, PLEDGES[member.number], strict=False):
            Pledge.objects.create(member=member, effective_from=month, amount_satang=amount, by_name="ทดสอบ", at=at)
    for row in story.blocks["in-loans"]:
        _scheduled(kept, row)
    return story, kept


def _scheduled(kept: GroupBook, row: dict[str, str]) -> None:
    """The contract with its schedule."""
    principal, count = satang(row["principal"]), int(row["instalments"])
    rows = schedule.schedule(
        Terms(
            principal=principal, rate_bp=satang(row["annual_rate_percent"]), instalments=count, method=row["method"],
            multiple=satang(row["instalment_multiple"]),
        )
    )  # fmt: skip
    loan = Loan.objects.filter(kept=kept, number=row["contract"]).first() or brought_loans.note_contract(
        by=play.making.Player(), kept=kept, member=kept.group.members.get(number=row["member"]), principal=principal,
        account=Account.objects.get(book=kept.book, code=f"13000:{row['contract']}"), instalments=count,
        rate_bp=satang(row["annual_rate_percent"]), paid_out_on=date.fromisoformat(row["paid_out"]),
    )  # fmt: skip
    loan.paid_out_on = date.fromisoformat(row["paid_out"])
    loan.interest_before_satang = sum(one.interest for one in rows[: int(row["paid_before_opening"])])
    loan.save()
    plan = LoanPlan.objects.create(
        loan=loan, number=1, kind="contract", from_on=loan.paid_out_on, principal_satang=principal, by_name="ทดสอบ", at=loan.at
    )
    days = schedule.due_days(date.fromisoformat(row["first_due"]), count)
    Instalment.objects.bulk_create(
        Instalment(plan=plan, no=one.no, due=due, principal_satang=one.principal, interest_satang=one.interest)
        for one, due in zip(rows, days, strict=True)
    )
