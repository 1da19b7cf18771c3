"""The sheet of a group's members: its columns, and reading its rows into members or into what must be mended. Pure."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from sajja.groups.sheet import EXAMPLE_CODE, Problems, Wrong
from sajja.lib.digits import arabic
from sajja.lib.money import parse_baht
from sajja.lib.national_id import masked, parse
from sajja.lib.thai_dates import parse_date, short

NUMBER, NAME, NATIONAL_ID, KIND, JOINED, PLEDGE = (
    "เลขที่สมาชิก", "ชื่อและนามสกุล", "เลขประจำตัวประชาชน", "ประเภท", "วันที่เป็นสมาชิก", "สัจจะต่อเดือน (บาท)",
)  # fmt: skip
SEX, BORN, PHONE, ADDRESS, MARITAL, SPOUSE = "เพศ", "วันเกิด", "โทรศัพท์", "ที่อยู่", "สถานภาพสมรส", "ชื่อคู่สมรส"
OCCUPATION, SIDE, INCOME, OTHERS = "อาชีพหลัก", "อาชีพรอง", "รายได้ต่อเดือน (บาท)", "สมาชิกกลุ่มอื่น"
FAMILY, GUARDIAN, WITNESSES = "รหัสครอบครัว", "เลขที่ผู้ปกครอง", "พยาน"
HEIRS = tuple((f"ผู้รับผลประโยชน์ {n}", f"ความสัมพันธ์ {n}", f"ร้อยละ {n}") for n in (1, 2, 3))
COLUMNS = (
    NUMBER, NAME, NATIONAL_ID, KIND, JOINED, PLEDGE, SEX, BORN, PHONE, ADDRESS, MARITAL, SPOUSE, OCCUPATION, SIDE, INCOME, OTHERS,
    FAMILY, GUARDIAN, *(column for heir in HEIRS for column in heir), WITNESSES,
)  # fmt: skip
TEXTS = {
    NUMBER: ("number", 20), NAME: ("name", 150), PHONE: ("phone", 30), ADDRESS: ("address", 300), MARITAL: ("marital_status", 30),
    SPOUSE: ("spouse_name", 150), OCCUPATION: ("occupation", 150), SIDE: ("side_occupation", 150),
    OTHERS: ("other_memberships", 300), FAMILY: ("family", 20), GUARDIAN: ("guardian", 20), WITNESSES: ("witnesses", 300),
}  # fmt: skip
KINDS = {"": "ordinary", "สามัญ": "ordinary", "สมทบ": "associate", "กิตติมศักดิ์": "honorary", "เด็กและเยาวชน": "child", "เด็ก": "child"}
SEXES = {"": "", "ชาย": "male", "หญิง": "female", "ช": "male", "ญ": "female"}
WHOLE_BP = 10_000


class Wanted(NamedTuple):
    """One checked row: the fields of a new member by name, and the 13 digits apart, for nobody to keep as they are."""

    row: int
    fields: dict[str, Any]
    national_id: str = ""


@dataclass(frozen=True)
class MemberReading:
    """What a sheet holds: the checked rows and the rows to mend."""

    wanted: list[Wanted]
    wrong: list[Wrong]


@dataclass
class MemberReader:
    """Reads rows one by one; remembers earlier rows, so that the same number or person twice in a file is told.

    `taken` are the numbers of the register, `holder` says whose a national ID is ("" nobody's), `refusal` what is wrong
    with a pledge in satang ("" nothing).
    """

    taken: Collection[str]
    holder: Callable[[str], str]
    refusal: Callable[[int], str]
    today: date
    _numbers: dict[str, int] = field(default_factory=dict)
    _people: dict[str, int] = field(default_factory=dict)

    def read(self, rows: Iterable[tuple[int, Mapping[str, str]]]) -> MemberReading:
        """All rows: (number in the sheet, column → text)."""
        given = [(number, cells) for number, cells in rows if cells[NUMBER] != EXAMPLE_CODE]
        guardians = {*self.taken, *(cells[NUMBER] for _row, cells in given)}
        wanted, wrong = [], []
        for number, cells in given:
            problems = Problems()
            found = self._row(number, cells, problems)
            if cells[GUARDIAN] and (cells[GUARDIAN] not in guardians or cells[GUARDIAN] == cells[NUMBER]):
                problems.say(GUARDIAN, _("ไม่พบสมาชิกเลขที่ %s ในไฟล์หรือในทะเบียน") % cells[GUARDIAN])
            if problems:
                wrong.append(Wrong(number, list(problems), [_harmless(column, cells[column]) for column in COLUMNS]))
            else:
                wanted.append(found)
        return MemberReading(wanted, wrong)

    def _row(self, number: int, cells: Mapping[str, str], problems: Problems) -> Wanted:
        fields: dict[str, Any] = {}
        for column, (name, most) in TEXTS.items():
            fields[name] = cells[column]
            if len(cells[column]) > most:
                problems.say(column, _("ยาวเกิน %s ตัวอักษร ย่อให้สั้นลง") % most)
        if not cells[NAME]:
            problems.say(NAME, _("ยังไม่ได้ใส่ชื่อ"))
        fields["kind"] = _choice(KINDS, KIND, cells, problems, _("ใส่ สามัญ สมทบ กิตติมศักดิ์ หรือ เด็กและเยาวชน"))
        fields["sex"] = _choice(SEXES, SEX, cells, problems, _("ใส่ ชาย หรือ หญิง"))
        fields["joined_on"] = self._day(JOINED, cells, problems)
        if not cells[JOINED]:
            problems.say(JOINED, _("ยังไม่ได้ใส่วันที่เป็นสมาชิก"))
        fields["born_on"] = self._day(BORN, cells, problems)
        fields["income_satang"] = _money(INCOME, cells, problems)
        fields["pledge_satang"] = _money(PLEDGE, cells, problems) or 0
        if fields["pledge_satang"] and (refusal := self.refusal(fields["pledge_satang"])):
            problems.say(PLEDGE, refusal)
        if fields["kind"] == "child" and not cells[GUARDIAN]:
            problems.say(GUARDIAN, _("สมาชิกเด็กต้องมีเลขที่สมาชิกของผู้ปกครอง"))
        fields["beneficiaries"] = _heirs(cells, problems)
        self._number(number, cells[NUMBER], problems)
        return Wanted(number, fields, self._identity(number, cells[NATIONAL_ID], problems))

    def _number(self, row: int, number: str, problems: Problems) -> None:
        if not number:
            return
        if number in self.taken:
            problems.say(NUMBER, _("เลขที่ %s มีในทะเบียนแล้ว") % number)
        if (first := self._numbers.setdefault(number, row)) != row:
            problems.say(NUMBER, _("ซ้ำกับแถว %s") % first)

    def _identity(self, row: int, text: str, problems: Problems) -> str:
        if not text:
            return ""
        try:
            digits = parse(text)
        except ValueError as wrong:
            problems.say(NATIONAL_ID, str(wrong))
            return ""
        if holder := self.holder(digits):
            problems.say(NATIONAL_ID, _("เลขนี้เป็นของสมาชิกเลขที่ %s ในทะเบียนแล้ว") % holder)
        if (first := self._people.setdefault(digits, row)) != row:
            problems.say(NATIONAL_ID, _("ซ้ำกับแถว %s") % first)
        return digits

    def _day(self, column: str, cells: Mapping[str, str], problems: Problems) -> date | None:
        if not cells[column]:
            return None
        try:
            day = parse_date(cells[column])
        except ValueError as wrong:
            problems.say(column, str(wrong))
            return None
        if day > self.today:
            problems.say(column, _("วันที่ต้องไม่หลัง %s") % short(self.today))
        return day


def hyphened(digits: str) -> str:
    """1-2345-67890-12-1 of 13 digits."""
    return "-".join((digits[0], digits[1:5], digits[5:10], digits[10:12], digits[12:]))


def age(born_on: date | None, on: date) -> int | None:
    """Whole years on a day."""
    if born_on is None:
        return None
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def _harmless(column: str, text: str) -> str:
    """A cell of a wrong row as it may be kept: a national ID masked."""
    return masked(text) if column == NATIONAL_ID and text else text


def _choice(words: Mapping[str, str], column: str, cells: Mapping[str, str], problems: Problems, hint: str) -> str:
    if cells[column] not in words:
        problems.say(column, hint)
    return words.get(cells[column], "")


def _money(column: str, cells: Mapping[str, str], problems: Problems) -> int | None:
    if not cells[column]:
        return None
    try:
        return parse_baht(cells[column])
    except ValueError as wrong:
        problems.say(column, str(wrong))
        return None


def _heirs(cells: Mapping[str, str], problems: Problems) -> list[list[Any]]:
    """(name, relation, basis points); one alone without a share gets all."""
    found: list[list[Any]] = []
    for name, relation, share in HEIRS:
        if not cells[name]:
            if cells[share] or cells[relation]:
                problems.say(name, _("ใส่ชื่อผู้รับผลประโยชน์"))
            continue
        try:
            found.append([cells[name], cells[relation], parse_baht(arabic(cells[share]).removesuffix("%") or "0")])
        except ValueError:
            problems.say(share, _("ใส่ร้อยละเป็นตัวเลข เช่น 50"))
    if len(found) == 1 and not found[0][2]:
        found[0][2] = WHOLE_BP
    if found and sum(one[2] for one in found) != WHOLE_BP:
        problems.say(HEIRS[0][2], _("ร้อยละของผู้รับผลประโยชน์ต้องรวมเป็น 100"))
    return found
