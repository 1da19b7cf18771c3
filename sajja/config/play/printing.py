"""The statements of a played story in the shape of its `out-` blocks: rows of column → value, amounts as plain baht."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from sajja.config.play import lending, sharing
from sajja.config.play.reading import Story
from sajja.groups.models import GroupBook
from sajja.ledger import periods, queries
from sajja.ledger.models import Account, Entry, Movement, Stage
from sajja.lib.money import plain
from sajja.treasury import chart
from sajja.treasury.models import InterestRun
from sajja.treasury.queries import statements as reads
from sajja.treasury.queries.savings import SAVINGS, register_on
from sajja.treasury.queries.statements import Span

Row = dict[str, str]
COLLECTED = {
    chart.PLEDGED: "pledged", chart.SPECIAL: "special", chart.LOANS: "principal", chart.LOAN_INTEREST: "interest",
    chart.FINES: "fines", chart.FEES: "fees",
}  # fmt: skip
MONTH_END = {"cash": chart.CASH, "bank": chart.BANK, "loans": chart.LOANS, "special": chart.SPECIAL, "pledged": chart.PLEDGED}


def statements(story: Story, kept: GroupBook) -> dict[str, list[Row]]:
    """Every block."""
    year = Span(story.first, story.last)
    found = {"out-collecting-days": collecting_days(kept, year), "out-special-interest": special_interest(kept)}
    found["out-month-ends"] = month_ends(kept, year)
    for day in story.interest_days:
        if day != story.last:
            found[f"out-trial-balance-{day.isoformat()}"] = trial_balance(kept, day)
    found["out-trial-balance-before-closing"] = trial_balance(kept, story.last, Stage.ADJUSTING)
    found["out-trial-balance-after-closing"] = trial_balance(kept, story.last)
    found["out-income-statement"] = income_statement(kept, year)
    found["out-balance-sheet"] = balance_sheet(kept, story)
    found["out-member-balances"] = member_balances(story, kept)
    found["out-receipts-payments"] = receipts_payments(kept, year)
    found["out-turnover"] = turnover(kept, year)
    found |= lending.statements(story, kept) | {"out-evidence": lending.evidence(story, kept)}
    return found | sharing.statements(story, kept)


def collecting_days(kept: GroupBook, year: Span) -> list[Row]:
    """What came in on each collecting day, without receipts that were taken back."""
    entries = [e for e in queries.entries_between(kept.book, year.first, year.last) if e.kind == "collecting-day"]
    under = {account.pk: account.code for account in Account.objects.filter(book=kept.book)}
    rows = [(entry.date, _collected(kept, entry, under)) for entry in entries]
    by_day: dict[date, dict[str, int]] = {}
    for day, sums in rows:
        into = by_day.setdefault(day, dict.fromkeys(sums, 0))
        for name, amount in sums.items():
            into[name] += amount
    names = [*COLLECTED.values(), "cash_received", "members_who_saved"]
    total = {name: sum(sums[name] for sums in by_day.values()) for name in names}
    shown = [(day.isoformat(), sums) for day, sums in by_day.items()] + [("TOTAL", total)]
    return [{"date": day} | {n: str(sums[n]) if n == names[-1] else plain(sums[n]) for n in names} for day, sums in shown]


def _collected(kept: GroupBook, entry: Entry, codes: dict[int, str]) -> dict[str, int]:
    movements = queries.movements_of(entry)
    gone = queries.reversed_among(kept.book, [m.pk for m in movements])
    standing: Sequence[Movement] = [m for m in movements if m.pk not in gone]
    sums = dict.fromkeys([*COLLECTED.values(), "cash_received"], 0)
    for m in standing:
        if name := COLLECTED.get(codes[m.credit_id].partition(":")[0]):
            sums[name] += m.amount
        if codes[m.debit_id].startswith(chart.CASH):
            sums["cash_received"] += m.amount
    saved = {m.credit_id for m in standing if codes[m.credit_id].startswith(chart.PLEDGED)}
    return sums | {"members_who_saved": len(saved)}


def special_interest(kept: GroupBook) -> list[Row]:
    """How each member's interest came about, run by run."""
    members = kept.group.members.in_bulk()
    rows = []
    for run in InterestRun.objects.filter(kept=kept, counts=True).order_by("day"):
        for row in run.rows:
            if row["interest"] or any(row["lows"]):
                lows = {f"low{at}": plain(low) for at, low in enumerate(row["lows"], 1)}
                named = {"date": run.day.isoformat(), "member": members[row["member"]].number}
                rows.append(named | lows | {"interest": plain(row["interest"])})
    return rows


def month_ends(kept: GroupBook, year: Span) -> list[Row]:
    """Cash, bank, loans and savings at the end of each month."""
    found = reads.month_ends(kept.book, periods.month_of(year.first), periods.month_of(year.last))
    return [
        {"month": f"{month // 100}-{month % 100:02}"} | {name: plain(its.get(code, 0)) for name, code in MONTH_END.items()}
        for month, its in found.items()
    ]


def trial_balance(kept: GroupBook, day: date, through: Stage = Stage.CLOSING) -> list[Row]:
    """Headings that are not nought, and the totals."""
    found = reads.trial_balance(kept.book, day, through)
    rows = [{"code": h.code, "name": h.name, "debit": plain(h.debit), "credit": plain(h.credit)} for h in found.lines]
    return [*rows, {"code": "TOTAL", "name": "รวม", "debit": plain(found.debits), "credit": plain(found.credits)}]


def income_statement(kept: GroupBook, year: Span) -> list[Row]:
    """Income, expense and what is left of the year."""
    found = reads.income_statement(kept.book, year)
    rows = []
    for part, total in ((found.income, "รวมรายได้"), (found.expense, "รวมค่าใช้จ่าย")):
        rows += _lines(part.key, ((h.code, h.name, amount) for h, amount in part.lines))
        rows.append(_line(part.key, "TOTAL", total, part.total))
    return [*rows, _line("net", "NET", "ขาดทุนสุทธิ" if found.net < 0 else "กำไรสุทธิ", found.net)]


def balance_sheet(kept: GroupBook, story: Story) -> list[Row]:
    """The year's end with the eve of the year beside it."""
    days = (story.last, story.first - timedelta(days=1))
    now, before = (reads.balance_sheet(kept.book, day) for day in days)
    names = [day.isoformat() for day in days]
    rows: list[Row] = []
    totals = {"asset": "รวมสินทรัพย์", "liability": "รวมหนี้สิน", "equity": "รวมทุน"}
    for part, other in ((now.assets, before.assets), (now.liabilities, before.liabilities), (now.equity, before.equity)):
        sides = [{h.code: (h.name, amount) for h, amount in one.lines} for one in (part, other)]
        for code in sorted({*sides[0], *sides[1]}):
            name = next(side[code][0] for side in sides if code in side)
            rows.append(_beside(part.key, code, name, names, [side.get(code, ("", 0))[1] for side in sides]))
        rows.append(_beside(part.key, "TOTAL", totals[part.key], names, [part.total, other.total]))
    return [*rows, _beside("check", "TOTAL", "รวมหนี้สินและทุน", names, [now.other_side, before.other_side])]


def _beside(part: str, code: str, name: str, days: list[str], amounts: list[int]) -> Row:
    return {"part": part, "code": code, "name": name} | dict(zip(days, map(plain, amounts), strict=True))


def turnover(kept: GroupBook, year: Span) -> list[Row]:
    """Gross debits and credits of the year before its closing."""
    moved = [(h.code, debits, credited) for h, debits, credited in reads.turnover(kept.book, year) if debits or credited]
    moved.append(("TOTAL", sum(debits for _c, debits, _k in moved), sum(credited for _c, _d, credited in moved)))
    return [{"code": code, "debits": plain(debits), "credits": plain(credited)} for code, debits, credited in moved]


def member_balances(story: Story, kept: GroupBook) -> list[Row]:
    """What each member of the file has and owes at the end of the year."""
    saved = {row.member.number: row for row in register_on(kept, story.last)}
    accounts = {a.code: a.pk for a in Account.objects.filter(book=kept.book, control__code=chart.LOANS)}
    owed = queries.balances_on(kept.book, list(accounts.values()), story.last)
    by_member: dict[str, int] = {}
    for contract, member in story.member_of_contract.items():
        by_member[member] = by_member.get(member, 0) + owed.get(accounts.get(f"{chart.LOANS}:{contract}", 0), 0)
    numbers = [row["member"] for row in story.blocks["in-members"]]
    amounts = [
        (n, (saved[n].pledged, saved[n].special) if n in saved else (0,) * len(SAVINGS), by_member.get(n, 0)) for n in numbers
    ]
    sums = ("TOTAL", tuple(sum(held[at] for _n, held, _o in amounts) for at in (0, 1)), sum(owes for _n, _h, owes in amounts))
    return [
        {"member": n, "pledged": plain(held[0]), "special": plain(held[1]), "loan": plain(owes)}
        for n, held, owes in [*amounts, sums]
    ]


def receipts_payments(kept: GroupBook, year: Span) -> list[Row]:
    """Cash and bank together through the year."""
    found = reads.receipts_payments(kept.book, year)
    rows = [_line("opening", "", "ยอดยกมา", found.opening)]
    rows += _lines("receipt", ((h.code, h.name, amount) for h, amount in found.received))
    rows += _lines("payment", ((h.code, h.name, amount) for h, amount in found.paid))
    rows.append(_line("receipt", "TOTAL", "รวมรับ", found.total_received))
    rows.append(_line("payment", "TOTAL", "รวมจ่าย", found.total_paid))
    return [*rows, _line("closing", "", "ยอดยกไป", found.closing)]


def _lines(part: str, found: Iterable[tuple[str, str, int]]) -> list[Row]:
    return [_line(part, code, name, amount) for code, name, amount in found]


def _line(part: str, code: str, name: str, amount: int) -> Row:
    return {"part": part, "code": code, "name": name, "amount": plain(amount)}
