"""The sheet of the register: its columns, and reading its rows into groups or into what must be mended. Pure."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from sajja.lib.digits import arabic
from sajja.lib.names import clean, find_key
from sajja.lib.refusals import Refused
from sajja.lib.thai_dates import parse_date, short

CODE, NAME, PROVINCE, DISTRICT, SUBDISTRICT, NUMBER, VILLAGE = (
    "รหัสทะเบียน", "ชื่อกลุ่ม", "จังหวัด", "อำเภอ", "ตำบล", "หมู่ที่", "ชื่อหมู่บ้าน",
)  # fmt: skip
FOUNDED, LEVEL_YEAR, LEVEL, LEVEL_SOURCE = "วันก่อตั้ง", "ปีที่จัดระดับ", "ระดับ", "ที่มาของระดับ"
CENTRE, CENTRE_YEAR, EVIDENCE = "ศูนย์จัดการกองทุนชุมชนที่เป็นแกนนำจัดตั้ง", "ปีที่จัดตั้งศูนย์", "หลักฐานการจัดตั้งศูนย์"
CONTACT, PHONE = "ผู้ติดต่อ", "โทรศัพท์"
COLUMNS = (
    CODE, NAME, PROVINCE, DISTRICT, SUBDISTRICT, NUMBER, VILLAGE, FOUNDED, LEVEL_YEAR, LEVEL, LEVEL_SOURCE,
    CENTRE, CENTRE_YEAR, EVIDENCE, CONTACT, PHONE,
)  # fmt: skip
MOST = {CODE: 30, NAME: 150, VILLAGE: 150, LEVEL_SOURCE: 200, CENTRE: 150, EVIDENCE: 300, CONTACT: 150, PHONE: 30}
PREFIX = re.compile(r"^(จังหวัด|อำเภอ|ตำบล|แขวง|เขต|จ\.|อ\.|ต\.)\s*")
HOUSE = re.compile(r"^(บ้าน|บ\.)\s*")
FIRST_YEAR = 2500
EXAMPLE_CODE = "ตัวอย่าง"
"""The code of the template's example row, which is passed over where somebody left it in."""


class Wanted(NamedTuple):
    """One checked row: what is to stand in the register. Kept as JSON between upload and confirmation."""

    row: int
    village_code: str
    village_name: str
    name: str
    code: str = ""
    founded_on: date | None = None
    contact_name: str = ""
    contact_phone: str = ""
    level: int | None = None
    level_year: int | None = None
    level_source: str = ""
    centre_name: str = ""
    centre_year: int | None = None
    centre_evidence: str = ""

    def kept(self) -> list[Any]:
        """As JSON."""
        return [value.isoformat() if isinstance(value, date) else value for value in self]

    @classmethod
    def of(cls, kept: Sequence[Any]) -> "Wanted":
        """From JSON."""
        wanted = cls(*kept)
        return wanted._replace(founded_on=date.fromisoformat(kept[5])) if kept[5] else wanted


class Known(NamedTuple):
    """A group that stands in the register already."""

    pk: int
    code: str
    village_code: str
    name: str


@dataclass
class Gazetteer:
    """The official places by their bare names, and the villages that the offices have typed in."""

    names: Mapping[str, str]
    villages: Mapping[str, str]
    _by_key: dict[tuple[str, str], str] = field(init=False, repr=False)
    _found: dict[tuple[str, str], str] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self._by_key = {(path[:-2], find_key(name)): path for path, name in self.names.items()}

    def path_of(self, above: str, typed: str) -> str:
        """The path of a place under another by its name as typed; a ValueError says which name is nearest."""
        known = self._found.get((above, typed))
        if known is None:
            known = self._found[above, typed] = self._look(above, typed)
        return known

    def _look(self, above: str, typed: str) -> str:
        key = find_key(PREFIX.sub("", typed))
        tries = [key, find_key(typed)]
        if key == "เมือง" and len(above) == 2:
            tries.append(find_key("เมือง" + self.names[above]))
        if key == "กทม" and not above:
            tries.append(find_key("กรุงเทพมหานคร"))
        for attempt in tries:
            if (above, attempt) in self._by_key:
                return self._by_key[above, attempt]
        here = {found: path for (parent, found), path in self._by_key.items() if parent == above}
        near = get_close_matches(key, here, n=1)
        raise ValueError(self.names[here[near[0]]] if near else "")


@dataclass(frozen=True)
class Wrong:
    """A row that must be mended: its number, (column, what to do) pairs, and its cells as they came."""

    row: int
    problems: list[tuple[str, str]]
    cells: list[str]

    def kept(self) -> dict[str, Any]:
        """As JSON."""
        return {"row": self.row, "problems": [list(problem) for problem in self.problems], "cells": self.cells}


@dataclass(frozen=True)
class Reading:
    """What a sheet holds: the checked rows and the rows to mend."""

    wanted: list[Wanted]
    wrong: list[Wrong]


class Problems(list[tuple[str, str]]):
    """What is wrong in one row."""

    def say(self, column: str, sentence: str) -> None:
        """Note what to do about a column."""
        self.append((column, sentence))


@dataclass
class Reader:
    """Reads rows one by one; remembers what stood in earlier rows, so that the same group twice in a file is told."""

    places: Gazetteer
    known: Sequence[Known]
    may_touch: Callable[[str], bool]
    today: date
    year: int
    _codes: dict[str, int] = field(default_factory=dict)
    _names: dict[tuple[str, str], int] = field(default_factory=dict)
    _villages: dict[str, tuple[str, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._known_codes = {group.code: group for group in self.known}

    def read(self, rows: Iterable[tuple[int, Mapping[str, str]]]) -> Reading:
        """All rows: (number in the sheet, column → text)."""
        wanted, wrong = [], []
        for number, cells in rows:
            if cells[CODE] == EXAMPLE_CODE:
                continue
            problems = Problems()
            found = self._row(number, cells, problems)
            if problems or found is None:
                wrong.append(Wrong(number, list(problems), [cells[column] for column in COLUMNS]))
            else:
                wanted.append(found)
        return Reading(wanted, wrong)

    def _row(self, number: int, cells: Mapping[str, str], problems: Problems) -> Wanted | None:
        for column, most in MOST.items():
            if len(cells[column]) > most:
                problems.say(column, _("ยาวเกิน %s ตัวอักษร ย่อให้สั้นลง") % most)
        village, village_name = self._village(number, cells, problems)
        if not cells[NAME]:
            problems.say(NAME, _("ยังไม่ได้ใส่ชื่อกลุ่ม"))
        level, level_year = self._level(cells, problems)
        wanted = Wanted(
            number, village, village_name, cells[NAME], cells[CODE], self._founded(cells, problems), cells[CONTACT], cells[PHONE],
            level, level_year, cells[LEVEL_SOURCE], cells[CENTRE], self._centre_year(cells, problems), cells[EVIDENCE],
        )  # fmt: skip
        if village and wanted.name:
            self._twice(wanted, problems)
        return wanted

    def _village(self, row: int, cells: Mapping[str, str], problems: Problems) -> tuple[str, str]:
        path = ""
        for column in (PROVINCE, DISTRICT, SUBDISTRICT):
            if not cells[column]:
                problems.say(column, _("ยังไม่ได้ใส่%s") % column)
                return "", ""
            try:
                path = self.places.path_of(path, cells[column])
            except ValueError as near:
                hint = _("หมายถึง “%s” หรือไม่") % near if str(near) else _("ตรวจตัวสะกด")
                where = _("ใน%s") % self.places.names[path] if path else ""
                problems.say(column, _("ไม่พบ%(what)s “%(typed)s” %(where)s %(hint)s") % {
                    "what": column, "typed": cells[column], "where": where, "hint": hint,
                })  # fmt: skip
                return "", ""
        if not self.may_touch(path):
            problems.say(SUBDISTRICT, _("อยู่นอกพื้นที่ของหน่วยงานท่าน ลบแถวนี้ หรือให้หน่วยงานของพื้นที่นั้นนำเข้า"))
            return "", ""
        number = _whole(re.sub(r"^(หมู่ที่|หมู่|ม\.)\s*", "", cells[NUMBER]))
        if number is None or not 1 <= number <= 99:
            problems.say(NUMBER, _("ใส่หมู่ที่เป็นตัวเลข 1 ถึง 99"))
            return "", ""
        code = f"{path}{number:02}"
        return code, self._village_name(row, code, cells[VILLAGE], problems)

    def _village_name(self, row: int, code: str, typed: str, problems: Problems) -> str:
        known = self.places.villages.get(code)
        said, before = (known, 0) if known else self._villages.get(code, ("", 0))
        if not said:
            if typed:
                self._villages[code] = (typed, row)
            else:
                problems.say(VILLAGE, _("ยังไม่มีหมู่บ้านนี้ในระบบ ใส่ชื่อหมู่บ้านเพื่อให้ระบบเพิ่มให้"))
            return typed
        if typed and _bare(typed) != _bare(said):
            where = _("ในแถว %s") % before if before else _("ในระบบ")
            problems.say(VILLAGE, _("หมู่ %(number)s %(where)sชื่อ “%(said)s” ตรวจหมู่ที่ หรือเว้นชื่อว่างไว้") % {
                "number": int(code[6:]), "where": where, "said": said,
            })  # fmt: skip
        return said

    def _founded(self, cells: Mapping[str, str], problems: Problems) -> date | None:
        if not cells[FOUNDED]:
            return None
        try:
            founded = parse_date(cells[FOUNDED])
        except (ValueError, Refused) as wrong:
            problems.say(FOUNDED, str(wrong))
            return None
        if founded > self.today:
            problems.say(FOUNDED, _("วันก่อตั้งต้องไม่หลัง %s") % short(self.today))
        return founded

    def _level(self, cells: Mapping[str, str], problems: Problems) -> tuple[int | None, int | None]:
        if not cells[LEVEL] and not cells[LEVEL_YEAR]:
            return None, None
        level, year = _whole(cells[LEVEL].removeprefix("ระดับ").strip()), _whole(cells[LEVEL_YEAR])
        if level not in {1, 2, 3}:
            problems.say(LEVEL, _("ระดับมี 1, 2 และ 3 ใส่ตัวเลขตัวเดียว"))
        if year is None or not FIRST_YEAR <= year <= self.year:
            problems.say(LEVEL_YEAR, _("ใส่ปีงบประมาณเป็น พ.ศ. ไม่เกิน %s") % self.year)
        if not cells[LEVEL_SOURCE]:
            problems.say(LEVEL_SOURCE, _("ใส่ที่มาของระดับ เช่น ผลการจัดระดับของอำเภอ"))
        return level, year

    def _centre_year(self, cells: Mapping[str, str], problems: Problems) -> int | None:
        if not any(cells[column] for column in (CENTRE, CENTRE_YEAR, EVIDENCE)):
            return None
        for column in (CENTRE, EVIDENCE):
            if not cells[column]:
                problems.say(column, _("ข้อมูลศูนย์ต้องครบทั้งชื่อ ปี และหลักฐาน เติมช่องนี้"))
        year = _whole(cells[CENTRE_YEAR])
        if year is None or not FIRST_YEAR <= year <= self.year + 1:
            problems.say(CENTRE_YEAR, _("ใส่ปี พ.ศ. ที่จัดตั้งศูนย์ เช่น 2560"))
        return year

    def _twice(self, wanted: Wanted, problems: Problems) -> None:
        """The same group twice in the file, or a code that another group holds."""
        bare = (wanted.village_code, find_key(wanted.name))
        if (row := self._names.setdefault(bare, wanted.row)) != wanted.row:
            problems.say(NAME, _("ซ้ำกับแถว %s เหลือไว้แถวเดียว") % row)
        if not wanted.code:
            return
        if (row := self._codes.setdefault(wanted.code, wanted.row)) != wanted.row:
            problems.say(CODE, _("รหัสซ้ำกับแถว %s ตรวจรหัส") % row)
        held = self._known_codes.get(wanted.code)
        if held and held.village_code != wanted.village_code:
            problems.say(CODE, _("รหัสนี้เป็นของ %s ซึ่งอยู่ที่อื่น ตรวจรหัสหรือที่ตั้ง") % held.name)


@dataclass(frozen=True)
class SortedOut:
    """What confirming a sheet makes: new groups, and rows of groups that are known already with their keys."""

    new: list[Wanted]
    known: list[tuple[int, Wanted]]


def sort_out(wanted: Iterable[Wanted], known: Iterable[Known]) -> SortedOut:
    """Tell the new from the known: a group is known by its code, or by its name in its village."""
    by_code: dict[str, int] = {}
    by_name: dict[tuple[str, str], int] = {}
    for group in known:
        by_code[group.code] = group.pk
        by_name[group.village_code, find_key(group.name)] = group.pk
    out = SortedOut([], [])
    for row in wanted:
        pk = by_code.get(row.code) if row.code else None
        pk = pk or by_name.get((row.village_code, find_key(row.name)))
        if pk:
            out.known.append((pk, row))
        else:
            out.new.append(row)
    return out


def _bare(village: str) -> str:
    return find_key(HOUSE.sub("", clean(village)))


def _whole(text: str) -> int | None:
    digits = arabic(text).strip()
    return int(digits) if re.fullmatch(r"\d{1,6}", digits) else None
