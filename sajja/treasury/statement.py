"""What a statement looks like: its title, its columns, its rows; for the page, the paper and the workbook alike. Pure.

Amounts are satang; None is shown as –. A row's `style` is "" (a line), "part" (a head over lines), "sum" or "total".
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sajja.ledger.sums import BalanceSheet, Heading, IncomeStatement, Part
from sajja.lib.thai_dates import long, month_name, short
from sajja.treasury import chart

Text = str | Promise
Cell = str | int | date | None

TITLES: dict[str, Promise] = {
    "cash-book": gettext_lazy("สมุดเงินสด"),
    "ledger": gettext_lazy("บัญชีแยกประเภท"),
    "trial-balance": gettext_lazy("งบทดลอง"),
    "trial-balance-before": gettext_lazy("งบทดลองก่อนปิดบัญชี"),
    "trial-balance-after": gettext_lazy("งบทดลองหลังปิดบัญชี"),
    "income-statement": gettext_lazy("งบกำไรขาดทุน"),
    "balance-sheet": gettext_lazy("งบแสดงฐานะการเงิน"),
    "receipts-payments": gettext_lazy("งบรับ–จ่าย"),
    "month-ends": gettext_lazy("ยอดคงเหลือสิ้นเดือน"),
    "turnover": gettext_lazy("ยอดหมุนเวียนของแต่ละบัญชี"),
}


class Column(NamedTuple):
    """A column: its head and what its cells hold: "text", "date" or "baht" (satang)."""

    head: Text
    kind: str = "text"


class Row(NamedTuple):
    """A row: its cells, its style, and what a click opens: an entry (its id) or a heading's account (its code)."""

    cells: tuple[Cell, ...]
    style: str = ""
    entry: int | None = None
    account: str = ""


class Table(NamedTuple):
    """A statement: which, of what time in words, its columns and rows, words under it."""

    key: str
    when: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    ties: bool | None = None
    """Whether both sides agree; None where there are no two sides."""

    @property
    def name_at(self) -> int:
        """Which column, from 1, names the row."""
        return {"month-ends": 1, "cash-book": 3, "ledger": 3}.get(self.key, 2)

    @property
    def lean(self) -> bool:
        """Whether a number, a name and at most two columns of money fit side by side on a phone."""
        return self.key in {"income-statement", "balance-sheet", "receipts-payments"}

    @property
    def wide(self) -> bool:
        """Whether its paper lies on its side."""
        return len(self.columns) > 6

    @property
    def title(self) -> str:
        """Its Thai name."""
        return str(TITLES[self.key])


def month_words(month: int) -> str:
    """202106 → "มิถุนายน 2564"."""
    return f"{month_name(month % 100)} {month // 100 + 543}"


def span_words(first: date, last: date) -> str:
    """A month by its name, any other span by its days."""
    whole = first.day == 1 and (last.year, last.month) == (first.year, first.month) and is_month_end(last)
    if whole:
        return _("เดือน%(month)s") % {"month": month_words(first.year * 100 + first.month)}
    return _("%(first)s ถึง %(last)s") % {"first": long(first), "last": long(last)}


def head_words(first: date, last: date) -> str:
    """A span as the head of a column: "มิ.ย. 2564", "ปี 2564" or its last day."""
    if (first.year, first.month) == (last.year, last.month) and first.day == 1 and is_month_end(last):
        return short(last).split(" ", 1)[1]
    if (first.day, first.month, last.day, last.month) == (1, 1, 31, 12) and first.year == last.year:
        return _("ปี %(year)s") % {"year": last.year + 543}
    return _("ถึง %(day)s") % {"day": short(last)}


def at_words(day: date) -> str:
    """ณ วันที่ 30 มิถุนายน 2564."""
    return _("ณ วันที่ %(day)s") % {"day": long(day)}


def is_month_end(day: date) -> bool:
    """28 February 2021 is one."""
    return date.fromordinal(day.toordinal() + 1).day == 1


def trial_balance(headings: Sequence[Heading], before: Sequence[Heading] | None, when: str, beside: str) -> Table:
    """งบทดลอง: debit and credit, and both of last year's end where the book knows them."""
    others = {heading.code: heading for heading in before or ()}
    rows = [
        Row((h.code, h.name, *_sides(h), *(_sides(others.get(h.code)) if before is not None else ())), account=h.code)
        for h in headings
        if h.balance or (h.code in others and others[h.code].balance)
    ]
    sums = tuple(_sum(rows, at) for at in range(2, 6 if before is not None else 4))
    columns = [Column(_("เลขที่บัญชี")), Column(_("ชื่อบัญชี")), Column(_("เดบิต"), "baht"), Column(_("เครดิต"), "baht")]
    if before is not None:
        columns += [Column(_("เดบิต %s") % beside, "baht"), Column(_("เครดิต %s") % beside, "baht")]
    rows.append(Row(("", _("รวม"), *sums), "total"))
    return Table("trial-balance", when, tuple(columns), tuple(rows), ties=sums[0] == sums[1])


def _sides(heading: Heading | None) -> tuple[int | None, int | None]:
    """Debit and credit; the empty side stays empty."""
    if heading is None or not heading.balance:
        return None, None
    return heading.debit or None, heading.credit or None


def _sum(rows: Iterable[Row], at: int) -> int:
    return sum(cell for row in rows if isinstance(cell := row.cells[at], int))


def income_statement(now: IncomeStatement, before: IncomeStatement | None, when: str, heads: tuple[str, str]) -> Table:
    """งบกำไรขาดทุน, the same span of last year beside it."""
    rows = [
        *_part(_("รายได้"), _("รวมรายได้"), now.income, before.income if before else None, bool(before)),
        *_part(_("ค่าใช้จ่าย"), _("รวมค่าใช้จ่าย"), now.expense, before.expense if before else None, bool(before)),
        _line(net_words(now.net), now.net, before.net if before else None, bool(before), "total"),
    ]
    return Table("income-statement", when, _amounts(heads, bool(before)), tuple(rows))


def net_words(net: int) -> str:
    """Profit or loss, by its name."""
    return _("กำไรสุทธิ") if net >= 0 else _("ขาดทุนสุทธิ")


def balance_sheet(now: BalanceSheet, before: BalanceSheet | None, when: str, heads: tuple[str, str]) -> Table:
    """งบแสดงฐานะการเงิน, last year's end beside it; a result not yet closed stands under equity."""
    two = before is not None
    equity_sum = _("รวมทุน")
    rows = [
        *_part(_("สินทรัพย์"), _("รวมสินทรัพย์"), now.assets, before and before.assets, two),
        *_part(_("หนี้สิน"), _("รวมหนี้สิน"), now.liabilities, before and before.liabilities, two),
        *_part(_("ทุน"), equity_sum, now.equity, before and before.equity, two)[:-1],
    ]
    if now.result or (before and before.result):
        rows.append(_line(_("กำไร(ขาดทุน)ที่ยังไม่ปิดบัญชี"), now.result, before.result if before else None, two))
    rows += [
        _line(equity_sum, now.equity.total + now.result, before.equity.total + before.result if before else None, two, "sum"),
        _line(_("รวมหนี้สินและทุน"), now.other_side, before.other_side if before else None, two, "total"),
    ]
    ties = now.assets.total == now.other_side
    return Table("balance-sheet", when, _amounts(heads, two), tuple(rows), ties=ties)


def _amounts(heads: tuple[str, str], two: bool) -> tuple[Column, ...]:
    columns = [Column(_("เลขที่บัญชี")), Column(_("รายการ")), Column(heads[0], "baht")]
    return tuple([*columns, Column(heads[1], "baht")] if two else columns)


def _line(name: str, now: int, before: int | None, two: bool, style: str = "", code: str = "") -> Row:
    return Row((code, name, now, before) if two else (code, name, now), style, account=code)


def _part(head: str, total: str, now: Part, before: Part | None, two: bool) -> list[Row]:
    there = {heading.code: amount for heading, amount in before.lines} if before else {}
    names = {heading.code: heading.name for part in (now, before) if part for heading, _amount in part.lines}
    here = {heading.code: amount for heading, amount in now.lines}
    empty: tuple[Cell, ...] = (None, None) if two else (None,)
    lines = [_line(names[code], here.get(code, 0), there.get(code, 0), two, code=code) for code in sorted(names)]
    return [Row(("", head, *empty), "part"), *lines, _line(total, now.total, before.total if before else None, two, "sum")]


class Passed(NamedTuple):
    """งบรับ–จ่าย as figures: money at hand before, what came in and went out by heading, money at hand after. Satang."""

    opening: int
    received: list[tuple[Heading, int]]
    paid: list[tuple[Heading, int]]

    @property
    def total_received(self) -> int:
        """What came in."""
        return sum(amount for _heading, amount in self.received)

    @property
    def total_paid(self) -> int:
        """What went out."""
        return sum(amount for _heading, amount in self.paid)

    @property
    def closing(self) -> int:
        """Money at hand after."""
        return self.opening + self.total_received - self.total_paid


def receipts_payments(now: Passed, before: Passed | None, when: str, heads: tuple[str, str]) -> Table:
    """งบรับ–จ่าย: cash and bank together, the same span of last year beside it."""
    two = before is not None
    rows = [_line(_("ยอดยกมา"), now.opening, before and before.opening, two, "sum")]
    for head, total, side in ((_("รายรับ"), _("รวมรับ"), "received"), (_("รายจ่าย"), _("รวมจ่าย"), "paid")):
        its = Part(side, getattr(now, side), sum(amount for _h, amount in getattr(now, side)))
        there = Part(side, getattr(before, side), sum(amount for _h, amount in getattr(before, side))) if before else None
        rows += _part(head, total, its, there, two)
    rows.append(_line(_("ยอดยกไป"), now.closing, before and before.closing, two, "total"))
    return Table("receipts-payments", when, _amounts(heads, two), tuple(rows))


class Moved(NamedTuple):
    """A line of a cash book or a ledger account: when, which voucher, what for, in (debit) and out (credit) by column."""

    entry: int
    voucher: str
    day: date
    words: str
    amounts: tuple[tuple[int, int], ...]
    """(in, out) for each column of money."""


def running(opening: int, moves: Iterable[tuple[int, int]]) -> list[int]:
    """The balance after each move of (in, out)."""
    balances = []
    for came, went in moves:
        opening += came - went
        balances.append(opening)
    return balances


def cash_book(opening: tuple[int, int], moves: Sequence[Moved], when: str, first: date) -> Table:
    """สมุดเงินสด: cash and bank side by side, each with its balance after every voucher."""
    cash = running(opening[0], (move.amounts[0] for move in moves))
    bank = running(opening[1], (move.amounts[1] for move in moves))
    columns = (
        Column(_("วันที่"), "date"), Column(_("ใบสำคัญ")), Column(_("รายการ")),
        Column(_("เงินสด รับ"), "baht"), Column(_("เงินสด จ่าย"), "baht"), Column(_("เงินสด คงเหลือ"), "baht"),
        Column(_("ธนาคาร ฝาก"), "baht"), Column(_("ธนาคาร ถอน"), "baht"), Column(_("ธนาคาร คงเหลือ"), "baht"),
    )  # fmt: skip
    rows = [Row((first, "", _("ยอดยกมา"), None, None, opening[0], None, None, opening[1]), "sum")]
    rows += [
        Row(
            (move.day, move.voucher, move.words, *_shown(move.amounts[0]), cash[at], *_shown(move.amounts[1]), bank[at]),
            entry=move.entry,
        )
        for at, move in enumerate(moves)
    ]
    sums = [sum(move.amounts[of][side] for move in moves) for of in (0, 1) for side in (0, 1)]
    closing = (cash[-1] if cash else opening[0], bank[-1] if bank else opening[1])
    rows.append(Row((None, "", _("รวมและยอดยกไป"), sums[0], sums[1], closing[0], sums[2], sums[3], closing[1]), "total"))
    return Table("cash-book", when, columns, tuple(rows))


def _shown(sides: tuple[int, int]) -> tuple[int | None, int | None]:
    return sides[0] or None, sides[1] or None


def ledger_account(opening: int, moves: Sequence[Moved], when: str, first: date, own_side: int) -> Table:
    """บัญชีแยกประเภท: debit, credit and balance; `own_side` is −1 where the account grows by credits."""
    balances = [own_side * balance for balance in running(opening, (move.amounts[0] for move in moves))]
    columns = (
        Column(_("วันที่"), "date"), Column(_("ใบสำคัญ")), Column(_("รายการ")), Column(_("เดบิต"), "baht"),
        Column(_("เครดิต"), "baht"), Column(_("คงเหลือ"), "baht"),
    )  # fmt: skip
    rows = [Row((first, "", _("ยอดยกมา"), None, None, own_side * opening), "sum")]
    rows += [
        Row((move.day, move.voucher, move.words, *_shown(move.amounts[0]), balances[at]), entry=move.entry)
        for at, move in enumerate(moves)
    ]
    sums = [sum(move.amounts[0][side] for move in moves) for side in (0, 1)]
    closing = balances[-1] if balances else own_side * opening
    rows.append(Row((None, "", _("รวมและยอดยกไป"), sums[0], sums[1], closing), "total"))
    return Table("ledger", when, columns, tuple(rows))


def turnover(moved: Sequence[tuple[Heading, int, int]], when: str) -> Table:
    """Gross turnover, what was taken back and its taking back both in it."""
    rows = [Row((h.code, h.name, debits, credited), account=h.code) for h, debits, credited in moved if debits or credited]
    sums = (_sum(rows, 2), _sum(rows, 3))
    rows.append(Row(("", _("รวม"), *sums), "total"))
    columns = (Column(_("เลขที่บัญชี")), Column(_("ชื่อบัญชี")), Column(_("เดบิต"), "baht"), Column(_("เครดิต"), "baht"))
    return Table("turnover", when, columns, tuple(rows), (_("รวมรายการที่แก้แล้วและรายการที่แก้"),), sums[0] == sums[1])


MONTH_END_CODES = (chart.CASH, chart.BANK, chart.LOANS, chart.SPECIAL, chart.PLEDGED)


def month_ends(standing: Mapping[int, Mapping[str, int]], names: Mapping[str, str], when: str) -> Table:
    """What stood at each month's end; savings as figures above nought."""
    columns = (Column(_("เดือน")), *(Column(names.get(code, code), "baht") for code in MONTH_END_CODES))
    rows = [Row((month_words(month), *(its.get(code, 0) for code in MONTH_END_CODES))) for month, its in sorted(standing.items())]
    return Table("month-ends", when, columns, tuple(rows))
