"""The workbook of an old group's opening: its sheets and columns, and reading its rows into a draft or what must be mended. Pure."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple, TypeVar

from django.utils.translation import gettext as _

from sajja.groups.sheet import EXAMPLE_CODE
from sajja.lib.digits import arabic
from sajja.lib.money import parse_baht
from sajja.lib.refusals import Refused
from sajja.lib.thai_dates import month_name, parse_date
from sajja.treasury.draft import (
    DEPOSITS,
    INTEREST,
    LOANS,
    MEMBERS,
    MONEY,
    MONTHS,
    SO_FAR,
    Draft,
    Ground,
    LoanRow,
    MoneyRow,
    PersonRow,
    Problem,
)
from sajja.treasury.schedule import EQUAL_INSTALMENT, EQUAL_PRINCIPAL, FLAT

NUMBER, NAME, NATIONAL_ID, JOINED, PLEDGE = (
    "เลขที่สมาชิก", "ชื่อและนามสกุล", "เลขประจำตัวประชาชน", "วันที่เป็นสมาชิก", "สัจจะต่อเดือน (บาท)",
)  # fmt: skip
PLEDGED, SPECIAL = "สัจจะสะสมยกมา (บาท)", "สัจจะพิเศษยกมา (บาท)"
DIVIDENDS, REFUNDS = "ปันผลค้างจ่าย (บาท)", "เฉลี่ยคืนค้างจ่าย (บาท)"
CONTRACT, BORROWER, KIND, METHOD, BY = "เลขที่สัญญา", "ผู้กู้ (เลขที่สมาชิก)", "ประเภทเงินกู้", "วิธีคิดดอกเบี้ย", "คิดดอกเบี้ย"
RATE, PRINCIPAL, PAID_OUT = "ดอกเบี้ยร้อยละต่อปี", "เงินต้นตามสัญญา (บาท)", "วันที่จ่ายเงินกู้"
INSTALMENTS, FIRST_DUE, WHOLE, FINE = "จำนวนงวด", "วันครบกำหนดงวดแรก", "งวดละเต็มบาท", "ค่าปรับต่อครั้ง (บาท)"
OUTSTANDING, INTEREST_PAID, OVERDUE = "เงินต้นคงเหลือ (บาท)", "ดอกเบี้ยที่จ่ายแล้วทั้งสัญญา (บาท)", "เงินต้นค้างชำระ (บาท)"
GUARANTORS = "ผู้ค้ำประกัน"
CODE, HEADING, DEBIT, CREDIT = "รหัสบัญชี", "ชื่อบัญชี", "เดบิต (บาท)", "เครดิต (บาท)"
BANK, BRANCH, ACCOUNT_NO, KEEPER = "ธนาคาร", "สาขา", "เลขที่บัญชีธนาคาร", "ผู้เก็บรักษาเงินสด"
PAID_THIS_YEAR = "ดอกเบี้ยที่จ่ายแล้วปีนี้ (บาท)"
CALENDAR: Final = tuple(month_name(month) for month in range(1, MONTHS + 1))
COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    MEMBERS: (NUMBER, NAME, NATIONAL_ID, JOINED, PLEDGE, PLEDGED, SPECIAL, DIVIDENDS, REFUNDS),
    LOANS: (
        CONTRACT, BORROWER, KIND, METHOD, BY, RATE, PRINCIPAL, PAID_OUT, INSTALMENTS, FIRST_DUE, WHOLE, FINE, OUTSTANDING,
        INTEREST_PAID, OVERDUE, GUARANTORS,
    ),
    MONEY: (CODE, HEADING, DEBIT, CREDIT, BANK, BRANCH, ACCOUNT_NO, KEEPER),
    SO_FAR: (CODE, HEADING, DEBIT, CREDIT),
    DEPOSITS: (NUMBER, *CALENDAR),
    INTEREST: (NUMBER, PAID_THIS_YEAR),
}  # fmt: skip
LOAN_KINDS: Final = {"": "ordinary", "สามัญ": "ordinary", "ฉุกเฉิน": "emergency", "อื่น": "other", "อื่นๆ": "other"}
METHODS: Final = {
    "คงที่": FLAT, "ลดต้นลดดอก": EQUAL_INSTALMENT, "ลดต้นลดดอก งวดละเท่ากัน": EQUAL_INSTALMENT,
    "ลดต้นลดดอก เงินต้นเท่ากัน": EQUAL_PRINCIPAL,
}  # fmt: skip
BASES: Final = {"": "month", "รายเดือน": "month", "รายวัน": "day"}
YES: Final = {"": 1, "ไม่": 1, "ไม่ใช่": 1, "ใช่": 100}
FLOATED: Final = re.compile(r"-?\d+\.\d{3,}")
WHOLE_NUMBER: Final = re.compile(r"\d{1,4}")
NEAR: Final = Decimal("0.00001")
T = TypeVar("T")


class SheetRow(NamedTuple):
    """A row as it was read: its number in Excel, head → text."""

    number: int
    cells: Mapping[str, str]


class Reading(NamedTuple):
    """What a workbook holds: the draft, and the cells that could not be read."""

    draft: Draft
    wrong: list[Problem]


Seal = Callable[[str], Mapping[str, Any]]
"""13 digits → the sealed fields of a member; Refused where they are no national ID."""


@dataclass
class WorkbookReader:
    """Reads the sheets one by one; `ground` tells who stands in the register and when the fiscal year begins."""

    ground: Ground
    seal: Seal
    wrong: list[Problem] = field(default_factory=list)

    def read(self, tables: Mapping[str, Iterable[SheetRow]]) -> Reading:
        """All sheets that are there; the example rows are passed over."""
        rows = {sheet: list(_given(tables.get(sheet, ()))) for sheet in COLUMNS}
        people = {row.number: self._person(row) for row in rows[MEMBERS]}
        by_number = {person.number: key for key, person in people.items()}
        for sheet, read in ((DEPOSITS, self._deposits), (INTEREST, self._interest)):
            for row in rows[sheet]:
                number = row.cells[NUMBER]
                key = by_number.get(number)
                if key is None and number in self.ground.known:
                    key = by_number[number] = -1 - len(people)
                    people[key] = PersonRow(row=key, number=number)
                if key is None:
                    self._say(sheet, row.number, NUMBER, _("ไม่พบสมาชิกเลขที่ %s ในแผ่นสมาชิกหรือในทะเบียน") % (number or "–"))
                else:
                    people[key] = read(people[key], row)
        loans = [self._loan(row) for row in rows[LOANS]]
        money = [found for sheet in (MONEY, SO_FAR) for row in rows[sheet] if (found := self._money(sheet, row))]
        return Reading(Draft(people=tuple(people.values()), loans=tuple(loans), money=tuple(money)), self.wrong)

    def _person(self, row: SheetRow) -> PersonRow:
        cells = _Cells(self, MEMBERS, row)
        sealed: Mapping[str, Any] = {}
        if typed := row.cells[NATIONAL_ID]:
            try:
                sealed = self.seal(typed)
            except Refused as refusal:
                self._say(MEMBERS, row.number, NATIONAL_ID, str(refusal))
        return PersonRow(
            row=row.number, number=cells.text(NUMBER, 20), name=cells.text(NAME, 150), joined_on=cells.day(JOINED),
            pledge=cells.baht(PLEDGE), pledged=cells.baht(PLEDGED), special=cells.baht(SPECIAL),
            dividends=cells.baht(DIVIDENDS), refunds=cells.baht(REFUNDS), **sealed,
        )  # fmt: skip

    def _deposits(self, person: PersonRow, row: SheetRow) -> PersonRow:
        cells = _Cells(self, DEPOSITS, row)
        first = self.ground.fiscal_year_starts - 1
        found = tuple(cells.baht(CALENDAR[(first + at) % MONTHS]) for at in range(MONTHS))
        if person.deposits_row:
            self._say(DEPOSITS, row.number, NUMBER, _("ซ้ำกับแถว %s") % person.deposits_row)
        return replace(person, deposits=found, deposits_row=row.number)

    def _interest(self, person: PersonRow, row: SheetRow) -> PersonRow:
        if person.interest_row:
            self._say(INTEREST, row.number, NUMBER, _("ซ้ำกับแถว %s") % person.interest_row)
        found = _Cells(self, INTEREST, row).baht(PAID_THIS_YEAR)
        return replace(person, interest_paid=found, interest_row=row.number)

    def _loan(self, row: SheetRow) -> LoanRow:
        cells = _Cells(self, LOANS, row)
        return LoanRow(
            row=row.number, number=cells.text(CONTRACT, 20), member=cells.text(BORROWER, 20),
            kind=cells.choice(KIND, LOAN_KINDS, "ordinary"), method=cells.choice(METHOD, METHODS, ""),
            interest_by=cells.choice(BY, BASES, "month"), rate_bp=cells.baht(RATE), principal=cells.baht(PRINCIPAL),
            paid_out_on=cells.day(PAID_OUT), instalments=cells.count(INSTALMENTS), first_due=cells.day(FIRST_DUE),
            multiple=cells.choice(WHOLE, YES, 1), fine=cells.baht(FINE), outstanding=cells.baht(OUTSTANDING),
            interest_paid=cells.maybe(INTEREST_PAID), overdue=cells.maybe(OVERDUE),
            guarantors=guarantors(row.cells[GUARANTORS]),
        )  # fmt: skip

    def _money(self, sheet: str, row: SheetRow) -> MoneyRow | None:
        cells = _Cells(self, sheet, row)
        debit, credit = cells.baht(DEBIT), cells.baht(CREDIT)
        if debit and credit:
            self._say(sheet, row.number, DEBIT, _("ใส่ช่องเดบิตหรือเครดิตช่องเดียว"))
        named = {
            name: cells.text(column, most) if column in row.cells else ""
            for name, column, most in (("bank", BANK, 80), ("branch", BRANCH, 80), ("account_no", ACCOUNT_NO, 30), ("keeper", KEEPER, 150))
        }  # fmt: skip
        if not debit and not credit and not named["bank"] and not named["keeper"]:
            return None  # a heading of the template that the group does not use
        code = cells.text(CODE, 10)
        return MoneyRow(
            row=row.number, sheet=sheet, code=code, name=cells.text(HEADING, 150), satang=debit - credit, **named
        )  # fmt: skip

    def _say(self, sheet: str, row: int, column: str, words: str) -> None:
        self.wrong.append(Problem(sheet, row, column, words))


@dataclass(frozen=True)
class _Cells:
    """The cells of one row, each read as what it should be; what cannot be read is told and stands for nothing."""

    reader: WorkbookReader
    sheet: str
    row: SheetRow

    def say(self, column: str, words: str) -> None:
        self.reader.wrong.append(Problem(self.sheet, self.row.number, column, words))

    def text(self, column: str, most: int) -> str:
        found = self.row.cells[column]
        if len(found) > most:
            self.say(column, _("ยาวเกิน %s ตัวอักษร ย่อให้สั้นลง") % most)
        return found[:most]

    def maybe(self, column: str) -> int | None:
        if not self.row.cells[column]:
            return None
        try:
            return satang_of(self.row.cells[column].removesuffix("%"))
        except ValueError as wrong:
            self.say(column, str(wrong))
            return None

    def baht(self, column: str) -> int:
        return self.maybe(column) or 0

    def day(self, column: str) -> date | None:
        if not self.row.cells[column]:
            return None
        try:
            return parse_date(self.row.cells[column])
        except ValueError as wrong:
            self.say(column, str(wrong))
            return None

    def count(self, column: str) -> int:
        text = arabic(self.row.cells[column]).strip()
        if text and not WHOLE_NUMBER.fullmatch(text):
            self.say(column, _("ใส่เป็นจำนวนเต็ม เช่น 12"))
            return 0
        return int(text or 0)

    def choice(self, column: str, words: Mapping[str, T], otherwise: T) -> T:
        typed = self.row.cells[column]
        if typed not in words:
            self.say(column, _("ใส่ %s") % ", ".join(word for word in words if word))
        return words.get(typed, otherwise)


def satang_of(text: str) -> int:
    """As parse_baht, but a sum that Excel worked out (12345.670000000002) is what its two places say."""
    plain = arabic(text).strip()
    if FLOATED.fullmatch(plain):
        exact = Decimal(plain)
        rounded = exact.quantize(Decimal("0.01"))
        if abs(exact - rounded) < NEAR:
            return parse_baht(str(rounded))
    return parse_baht(text)


def guarantors(typed: str) -> tuple[str, ...]:
    """ "M04, M05" or names between commas."""
    return tuple(one[:150] for part in re.split(r"[,;/\n]", typed) if (one := part.strip()))


def _given(rows: Iterable[SheetRow]) -> Sequence[SheetRow]:
    return [row for row in rows if EXAMPLE_CODE not in (row.cells.get(NUMBER), row.cells.get(CONTRACT), row.cells.get(CODE))]
