"""Older movements from another program: reading rows of day, member, kind, amount, and what the book would not take. Pure; satang.

The dry run follows the balances day by day as the ledger will, so that a row that does not fit is named before anything is
posted.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any, Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sajja.lib.money import baht
from sajja.lib.thai_dates import parse_date, short
from sajja.treasury import chart
from sajja.treasury.opening_sheet import satang_of

DAY, NUMBER, KIND, AMOUNT, CONTRACT = "วันที่", "เลขที่สมาชิก", "รายการ", "จำนวนเงิน (บาท)", "เลขที่สัญญา"
COLUMNS: Final = (DAY, NUMBER, KIND, AMOUNT)
OPTIONAL: Final = (CONTRACT,)
MOST_ROWS: Final = 120_000
MOST_WRONG: Final = 1_000
PIECE: Final = 2_000
"""Lines of one entry at most; a day that has more is posted in several."""


class Kind(NamedTuple):
    """What a row moves against cash: words, the heading, whether money came in, whether a contract is named."""

    words: Promise
    control: str
    comes_in: bool = True
    of_loan: bool = False


KINDS: Final[dict[str, Kind]] = {
    "pledged": Kind(gettext_lazy("ส่งสัจจะ"), chart.PLEDGED),
    "pledged-out": Kind(gettext_lazy("ถอนสัจจะ"), chart.PLEDGED, comes_in=False),
    "special-in": Kind(gettext_lazy("ฝากพิเศษ"), chart.SPECIAL),
    "special-out": Kind(gettext_lazy("ถอนพิเศษ"), chart.SPECIAL, comes_in=False),
    "principal": Kind(gettext_lazy("คืนเงินต้น"), chart.LOANS, of_loan=True),
    "interest": Kind(gettext_lazy("ดอกเบี้ยเงินกู้"), chart.LOAN_INTEREST, of_loan=True),
    "fine": Kind(gettext_lazy("ค่าปรับ"), chart.FINES),
    "fee": Kind(gettext_lazy("ค่าธรรมเนียม"), chart.FEES),
}
WORDS: Final = {
    "ส่งสัจจะ": "pledged", "สัจจะ": "pledged", "เงินสัจจะ": "pledged", "ถอนสัจจะ": "pledged-out", "ฝากพิเศษ": "special-in",
    "ถอนพิเศษ": "special-out", "คืนเงินต้น": "principal", "เงินต้น": "principal", "ดอกเบี้ยเงินกู้": "interest", "ดอกเบี้ย": "interest",
    "ค่าปรับ": "fine", "ค่าธรรมเนียม": "fee",
}  # fmt: skip
BALANCED: Final = frozenset({chart.PLEDGED, chart.SPECIAL, chart.LOANS})
"""Headings whose accounts may not fall below nought."""


class Wrong(NamedTuple):
    """A row that does not fit: its number, the column, what to do, its cells as they came."""

    row: int
    column: str
    words: str
    cells: list[str]


class Move(NamedTuple):
    """A row that was read: ISO day, its number, member's key, kind, satang, contract's key."""

    day: str
    row: int
    member: int
    kind: str
    satang: int
    contract: str


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What rows are held against. `members` number → key; `contracts` key of a contract → member's key.

    `balances` is what (heading, member's key or contract's key) holds now, `cash` what the cash heading holds.
    """

    opened_on: date
    today: date
    closed_through: int
    members: Mapping[str, int]
    contracts: Mapping[str, int] = field(default_factory=dict)
    balances: Mapping[tuple[str, int | str], int] = field(default_factory=dict)
    cash: int = 0


@dataclass
class Reading:
    """What a file holds: moves by day as LegacyImport.rows keeps them, rows to mend, (count, satang) of each kind."""

    days: dict[str, list[list[Any]]] = field(default_factory=dict)
    wrong: list[Wrong] = field(default_factory=list)
    sums: dict[str, list[int]] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many rows fit."""
        return sum(len(rows) for rows in self.days.values())


class Reader:
    """Reads rows one by one; the same words, days and amounts are looked at once."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.wrong: list[Wrong] = []
        self._days: dict[str, tuple[str, str]] = {}
        self._amounts: dict[str, tuple[int, str]] = {}
        self._loans: defaultdict[int, list[str]] = defaultdict(list)
        for contract, member in ground.contracts.items():
            self._loans[member].append(contract)

    def read(self, rows: Iterable[tuple[int, Mapping[str, str]]]) -> Reading:
        """All rows: (number in the file, column → text)."""
        moves = [move for number, cells in rows if (move := self._move(number, cells))]
        moves.sort(key=lambda move: move.day)
        self._follow(moves)
        found = Reading(wrong=sorted(self.wrong))
        for day, its in groupby(moves, key=lambda move: move.day):
            found.days[day] = [[move.member, move.kind, move.satang, move.contract] for move in its]
        for move in moves:
            sums = found.sums.setdefault(move.kind, [0, 0])
            sums[0] += 1
            sums[1] += move.satang
        return found

    def _move(self, number: int, cells: Mapping[str, str]) -> Move | None:
        before = len(self.wrong)

        def say(column: str, words: str) -> None:
            self.wrong.append(Wrong(number, column, words, [cells[head] for head in (*COLUMNS, *OPTIONAL)]))

        day, problem = self._once(self._days, cells[DAY], self._day)
        if problem:
            say(DAY, problem)
        member = self.ground.members.get(cells[NUMBER])
        if member is None:
            say(NUMBER, _("ไม่พบสมาชิกเลขที่ %s ในทะเบียน") % (cells[NUMBER] or "–"))
        kind = WORDS.get(cells[KIND], "")
        if not kind:
            say(KIND, _("ใช้คำ: %s") % ", ".join(str(one.words) for one in KINDS.values()))
        satang, problem = self._once(self._amounts, cells[AMOUNT], _amount)
        if problem:
            say(AMOUNT, problem)
        contract = ""
        if kind and member is not None and KINDS[kind].of_loan:
            contract, problem = self._contract("".join(cells[CONTRACT].split()), member)
            if problem:
                say(CONTRACT, problem)
        return Move(day, number, member or 0, kind, satang, contract) if len(self.wrong) == before else None

    @staticmethod
    def _once(known: dict[str, Any], text: str, read: Callable[[str], Any]) -> Any:
        if text not in known:
            known[text] = read(text)
        return known[text]

    def _day(self, text: str) -> tuple[str, str]:
        try:
            day = parse_date(text)
        except ValueError as wrong:
            return "", str(wrong) if text else _("ยังไม่ได้ใส่")
        if day < self.ground.opened_on:
            return "", _("ก่อนวันเริ่มบัญชี (%s) รวมไว้ในยอดยกมาแล้ว ลบแถวนี้") % short(self.ground.opened_on)
        if day > self.ground.today:
            return "", _("วันที่ต้องไม่หลัง %s") % short(self.ground.today)
        if day.year * 100 + day.month <= self.ground.closed_through:
            return "", _("งวดเดือนนี้ปิดแล้ว ขอเปิดงวดก่อน หรือลบแถวนี้")
        return day.isoformat(), ""

    def _contract(self, typed: str, member: int) -> tuple[str, str]:
        own = self._loans[member]
        if not typed and len(own) == 1:
            return own[0], ""
        if typed in own:
            return typed, ""
        if not own:
            return "", _("สมาชิกคนนี้ไม่มีสัญญาเงินกู้ในระบบ เพิ่มสัญญาในขั้นเปิดบัญชี หรือลบแถวนี้")
        return "", _("ใส่เลขที่สัญญาของสมาชิกคนนี้: %s") % ", ".join(own)

    def _follow(self, moves: Sequence[Move]) -> None:
        """Balances at the end of each day; the last row that lowers what falls below nought is named."""
        balances = defaultdict(int, self.ground.balances)
        cash = self.ground.cash
        for _the_day, its in groupby(moves, key=lambda move: move.day):
            lowered: dict[tuple[str, int | str], Move] = {}
            before, paid = cash, None
            for move in its:
                kind = KINDS[move.kind]
                cash += move.satang if kind.comes_in else -move.satang
                paid = paid if kind.comes_in else move
                if kind.control in BALANCED:
                    key = (kind.control, move.contract if kind.of_loan else move.member)
                    down = kind.of_loan == kind.comes_in
                    balances[key] += -move.satang if down else move.satang
                    if down:
                        lowered[key] = move
            for key, move in lowered.items():
                if balances[key] < 0:
                    self._below(move, balances[key] + move.satang)
            if paid and cash < min(before, 0):
                self._below(paid, cash + paid.satang)

    def _below(self, move: Move, there: int) -> None:
        words = _("มีอยู่ %(there)s บาท ไม่พอสำหรับ %(wanted)s บาท ตรวจแถวก่อนหน้าหรือยอดยกมา")
        cells = [short(date.fromisoformat(move.day)), "", str(KINDS[move.kind].words), baht(move.satang), move.contract]
        self.wrong.append(Wrong(move.row, AMOUNT, words % {"there": baht(max(there, 0)), "wanted": baht(move.satang)}, cells))


def _amount(text: str) -> tuple[int, str]:
    try:
        satang = satang_of(text)
    except ValueError as wrong:
        return 0, str(wrong)
    return satang, "" if satang > 0 else _("ใส่จำนวนที่มากกว่า 0")


def pieces(rows: Sequence[Sequence[Any]]) -> Iterator[Sequence[Sequence[Any]]]:
    """A day's rows as the entries that they are posted by; what came in stands before what went out where there are several."""
    if len(rows) > PIECE:
        rows = sorted(rows, key=lambda row: not KINDS[row[1]].comes_in)
    for at in range(0, len(rows), PIECE):
        yield rows[at : at + PIECE]
