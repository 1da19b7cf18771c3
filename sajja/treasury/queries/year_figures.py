"""The figures by which a year is told: kept with its closing, read from the books while it is open. Satang and counts."""

from datetime import date
from typing import Any

from django.db.models import Count, Sum

from sajja.groups.models import Member
from sajja.ledger import queries
from sajja.ledger.models import Entry, Stage
from sajja.treasury import chart
from sajja.treasury.models import Loan, WelfareKind, YearEnd
from sajja.treasury.owing import age
from sajja.treasury.queries import statements
from sajja.treasury.queries.year_adjustments import owed_loans
from sajja.treasury.queries.yearend import Year, is_member_on, years_of

STANDING = {
    "cash": chart.CASH, "bank": chart.BANK, "loans": chart.LOANS, "allowance": chart.ALLOWANCE, "pledged": chart.PLEDGED,
    "special": chart.SPECIAL, "welfare": chart.WELFARE, "public_benefit": chart.PUBLIC_BENEFIT, "reserve": chart.RESERVE,
}  # fmt: skip
"""Figure → the heading whose balance it is."""


def figures(year: Year) -> dict[str, Any]:
    """Members, money, result and loans of a year as its books have them now, before its closing."""
    told: dict[str, Any] = standing_on(year, year.last)
    result = statements.income_statement(year.kept.book, year.span)
    told |= {"income": result.income.total, "expense": result.expense.total, "surplus": result.net}
    return told | _members(year) | _loans(year) | _welfare(year)


def standing_on(year: Year, day: date) -> dict[str, int]:
    """What stood at the end of a day, before any closing."""
    sheet = {one.code: one for one in queries.headings(year.kept.book, day, Stage.ADJUSTING)}
    told = {
        name: (1 if sheet[code].kind == "A" else -1) * sheet[code].balance if code in sheet else 0
        for name, code in STANDING.items()
    }
    told["allowance"] = -told["allowance"]
    return told | {"assets": sum(one.balance for one in sheet.values() if one.kind == "A")}


def figures_of(year: Year) -> dict[str, Any]:
    """As they were kept when the year was closed; of an open year as they are now."""
    kept = YearEnd.objects.filter(kept=year.kept, year=year.number).first()
    return dict(kept.figures) if kept and kept.figures else figures(year)


def year_before(year: Year) -> Year | None:
    """Last year, where the book knows it."""
    found = [one for one in years_of(year.kept, year.last) if one.number == year.number - 1]
    return found[0] if found else None


def members_on(year: Year, day: date) -> int:
    """How many were members when a day ended."""
    return sum(
        is_member_on(member, day) for member in Member.objects.filter(group=year.kept.group_id).only("joined_on", "ended_on")
    )


def _members(year: Year) -> dict[str, int]:
    rows = Member.objects.filter(group=year.kept.group_id).only("joined_on", "ended_on")
    members = list(rows)
    return {
        "members": sum(is_member_on(member, year.last) for member in members),
        "joined": sum(year.first <= member.joined_on <= year.last for member in members),
        "left": sum(member.ended_on is not None and year.first <= member.ended_on <= year.last for member in members),
    }


def _loans(year: Year) -> dict[str, Any]:
    """Contracts that are owed on the last day, what is overdue of them and how old it is; what went out and came back."""
    found = owed_loans(year)
    arrears: dict[str, int] = {}
    for one in found:
        at = age(one.left, year.last)
        arrears[at] = arrears.get(at, 0) + one.principal
    late = [one for one in found if one.overdue]
    passed = statements.receipts_payments(year.kept.book, year.span)
    out, back = ({h.code: satang for h, satang in side}.get(chart.LOANS, 0) for side in (passed.paid, passed.received))
    return {
        "contracts": len(found), "borrowers": len({one.loan.member_id for one in found}), "arrears": arrears,
        "overdue": sum(one.overdue_principal for one in late), "late_contracts": len(late),
        "at_risk": sum(one.principal for one in late), "lent": out, "repaid": back,
        "new_contracts": Loan.objects.filter(kept=year.kept, paid_out_on__range=year.span).count(),
    }  # fmt: skip


def _welfare(year: Year) -> dict[str, Any]:
    """Kind of welfare → [how often, satang], without what was taken back; and what was given for the public benefit."""
    paid = queries.movements_in(year.kept.book).filter(entry__date__range=year.span)
    taken_back = Entry.objects.filter(book=year.kept.book, reverses__isnull=False).values("reverses")
    rows = paid.filter(entry__kind="welfare").exclude(entry__in=taken_back).order_by().values("entry__paper__welfare")
    found = {
        row["entry__paper__welfare"] or WelfareKind.OTHER: [row["times"], int(row["satang"])]
        for row in rows.annotate(times=Count("entry", distinct=True), satang=Sum("amount"))
    }
    gifts = paid.filter(entry__kind="gift").exclude(entry__in=taken_back).aggregate(satang=Sum("amount"))["satang"]
    return {"welfare_paid": found, "gifts": int(gifts or 0)}
