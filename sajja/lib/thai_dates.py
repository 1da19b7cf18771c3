"""Thai dates: read what people type, write what they read, and the government's fiscal year.

Stored dates are ISO (C.E.); every year that a person sees or types is B.E. (C.E. + 543).
"""

import re
from calendar import monthrange
from datetime import date, time

from django.utils.translation import gettext_lazy as _

from sajja.lib.digits import arabic

BE = 543
MONTHS = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
SHORT_MONTHS = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)  # fmt: skip
WEEKDAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")

INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
PREFIX = re.compile(r"^(?:วัน[\u0e01-\u0e4e]*ที่|วันที่|ที่)\s*")
NUMBERS = re.compile(r"(\d{1,4})\s*([-/. ])\s*(\d{1,2})\s*\2\s*(ค\.?ศ\.?|พ\.?ศ\.?)?\s*(\d{1,4})")
WORDS = re.compile(r"(\d{1,2})\s*(?:เดือน)?\s*([\u0e01-\u0e4e.\s]+?)\s*(ค\.?ศ\.?|พ\.?ศ\.?)?\s*(\d{1,4})")
MONTH_OF = {re.sub(r"[.\s]", "", name): i % 12 + 1 for i, name in enumerate(MONTHS + SHORT_MONTHS)}


def parse_date(text: str) -> date:
    """The day that a person typed, in Thai or Arabic digits, with a month's name, its short form or its number.

    Order: day, month, year; or year, month, day where the first number has four digits. Years: 2400–2699 is B.E.,
    1900–2099 is C.E., two digits are B.E. 25xx (64 → 2564); "พ.ศ." and "ค.ศ." before a year of four digits are obeyed.
    Raises ValueError with a Thai sentence that says what to do.
    """
    plain = PREFIX.sub("", INVISIBLE.sub("", arabic(text)).strip())
    if found := NUMBERS.fullmatch(plain):
        first, _sep, month, era, last = found.groups()
        day, year = (last, first) if len(first) > 2 else (first, last)
        return _day(int(day), int(month), _year(year, era))
    if found := WORDS.fullmatch(plain):
        day, name, era, year = found.groups()
        return _day(int(day), _month(name), _year(year, era))
    raise ValueError(_("อ่านวันที่นี้ไม่ออก โปรดพิมพ์วัน เดือน ปี เช่น 10 มิ.ย. 2564 หรือ 10/6/2564"))


def _month(name: str) -> int:
    try:
        return MONTH_OF[re.sub(r"[.\s]", "", name)]
    except KeyError:
        raise ValueError(_("ไม่รู้จักเดือน “%s” โปรดพิมพ์ชื่อเดือน เช่น มิ.ย. หรือ มิถุนายน") % name.strip()) from None


def _year(digits: str, era: str | None) -> int:
    """The year C.E. A year fits one era only: nothing typed in B.E. is ever moved by 543 again."""
    year = int(digits)
    if len(digits) == 2 and not (era and era.startswith("ค")):
        return 2500 + year - BE
    if len(digits) == 4 and 2400 <= year <= 2699 and not (era and era.startswith("ค")):
        return year - BE
    if len(digits) == 4 and 1900 <= year <= 2099 and not (era and era.startswith("พ")):
        return year
    raise ValueError(_("อ่านปี “%s” ไม่ออก โปรดพิมพ์ปี พ.ศ. สี่หลัก เช่น 2564") % digits)


def _day(day: int, month: int, year: int) -> date:
    if not 1 <= month <= 12:
        raise ValueError(_("ไม่มีเดือนที่ %d โปรดพิมพ์วัน เดือน ปี ตามลำดับ เช่น 15/6/2564") % month)
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise ValueError(
            _("เดือน%(month)s %(year)d มีวันที่ 1–%(last)d โปรดตรวจวันที่อีกครั้ง")
            % {"month": MONTHS[month - 1], "year": year + BE, "last": last}
        )
    return date(year, month, day)


def short(day: date) -> str:
    """For lists: "10 มิ.ย. 2564"."""
    return f"{day_month(day)} {day.year + BE}"


def long(day: date) -> str:
    """For heads and papers: "10 มิถุนายน 2564"."""
    return f"{day.day} {month_name(day.month)} {day.year + BE}"


def weekday_long(day: date) -> str:
    """Where people plan: "วันพฤหัสบดีที่ 10 มิถุนายน 2564"."""
    return f"วัน{WEEKDAYS[day.weekday()]}ที่ {long(day)}"


def day_month(day: date) -> str:
    """Where the year is plain: "10 มิ.ย."."""
    return f"{day.day} {SHORT_MONTHS[day.month - 1]}"


def hhmm(hour: time) -> str:
    """Local time of day: "09.00 น."."""
    return f"{hour:%H.%M} น."


def month_name(month: int) -> str:
    """1…12 → "มกราคม"…"ธันวาคม"."""
    return MONTHS[month - 1]


def fiscal_year(day: date) -> int:
    """The government's fiscal year (1 October–30 September), named by the B.E. year it ends in."""
    return day.year + BE + (day.month >= 10)


def quarter(day: date) -> int:
    """1…4 of the government's fiscal year: October–December is 1, April–June is 3."""
    return (day.month - 10) % 12 // 3 + 1


def quarter_span(year_be: int, number: int) -> tuple[date, date]:
    """First and last day of quarter `number` (1…4) of the fiscal year `year_be`."""
    start = (10, 1, 4, 7)[number - 1]
    year = year_be - BE - (number == 1)
    return date(year, start, 1), date(year, start + 2, monthrange(year, start + 2)[1])
