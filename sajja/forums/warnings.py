"""What the days of a forum should make one think of, each judged by the year's terms; a flag, never a block. Pure."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sajja.lib.thai_dates import day_month, short
from sajja.programme.terms import Terms

HOLIDAYS: Final = {
    (1, 1): gettext_lazy("วันขึ้นปีใหม่"),
    (4, 6): gettext_lazy("วันจักรี"),
    (4, 13): gettext_lazy("วันสงกรานต์"),
    (4, 14): gettext_lazy("วันสงกรานต์"),
    (4, 15): gettext_lazy("วันสงกรานต์"),
    (5, 4): gettext_lazy("วันฉัตรมงคล"),
    (6, 3): gettext_lazy("วันเฉลิมพระชนมพรรษาสมเด็จพระราชินี"),
    (7, 28): gettext_lazy("วันเฉลิมพระชนมพรรษาพระบาทสมเด็จพระเจ้าอยู่หัว"),
    (8, 12): gettext_lazy("วันแม่แห่งชาติ"),
    (10, 13): gettext_lazy("วันนวมินทรมหาราช"),
    (10, 23): gettext_lazy("วันปิยมหาราช"),
    (12, 5): gettext_lazy("วันพ่อแห่งชาติ"),
    (12, 10): gettext_lazy("วันรัฐธรรมนูญ"),
    (12, 31): gettext_lazy("วันสิ้นปี"),
}
"""(month, day) → the public holiday that falls on it every year; those by the moon and the cabinet's own are not among them."""
SATURDAY: Final = 5
MOST_NAMED: Final = 3


class Warned(NamedTuple):
    """`key`: quarter, activity, report; past, holiday, weekend, same_day, people; `head` stands in bold, `text` follows it."""

    key: str
    head: str
    text: str


def warnings(terms: Terms, days: Iterable[date]) -> list[Warned]:
    """One warning for each of the year's rules that sittings on these days (in Bangkok) would pass; none without a day."""
    chosen = sorted(days)
    if not chosen:
        return []
    found = [_quarter(terms, chosen[0], chosen[-1]), _activity(terms, chosen[-1]), _report(terms, chosen[-1])]
    return [warned for warned in found if warned]


def cautions(days: Iterable[date], today: date) -> list[Warned]:
    """What a day itself should make one think of, whatever the year's terms say: gone by, a public holiday, a week-end."""
    chosen = sorted(set(days))
    past = [short(day) for day in chosen if day < today]
    holidays = [(day, HOLIDAYS[day.month, day.day]) for day in chosen if (day.month, day.day) in HOLIDAYS]
    free = [short(day) for day in chosen if day.weekday() >= SATURDAY and (day.month, day.day) not in HOLIDAYS]
    found = [
        Warned("holiday", _("%s เป็นวันหยุดราชการ") % short(day), f"{name} {_('ยังจัดได้ ดูว่าทุกฝ่ายมาได้')}") for day, name in holidays
    ]
    if past:
        found.insert(0, Warned("past", _("%s ผ่านไปแล้ว") % ", ".join(past), _("ใช้เมื่อบันทึกเวทีที่จัดแล้วย้อนหลัง")))
    if free:
        found.append(Warned("weekend", _("%s เป็นวันเสาร์หรืออาทิตย์") % ", ".join(free), _("ยังจัดได้ ดูว่าเจ้าหน้าที่มาได้")))
    return found


def same_day(others: Iterable[str]) -> list[Warned]:
    """`others`: the district's other forums on these days, each as a few words; many are counted, not listed."""
    named = list(others)
    if not named:
        return []
    rest = len(named) - MOST_NAMED
    listed = ", ".join(named[:MOST_NAMED]) + (" " + _("และอีก %d เวที") % rest if rest > 0 else "")
    return [Warned("same_day", _("อำเภอนี้มีเวทีวันเดียวกัน"), f"{listed} {_('ดูว่าเจ้าหน้าที่และรถพอ')}")]


def too_few(known: int, wanted: int) -> list[Warned]:
    """The register names fewer people of the group than the forum is to have; none where it names nobody."""
    if not 0 < known < wanted:
        return []
    head = _("คณะกรรมการในทะเบียนมี %(known)d คน เวทีกำหนดไว้ %(wanted)d คน") % {"known": known, "wanted": wanted}
    return [Warned("people", head, _("ชวนสมาชิกเพิ่มอีก %d คน") % (wanted - known))]


def report_due(terms: Terms, ended_on: date) -> date:
    """The earliest day on which the district's report of a forum that ended then is due, by the year's terms."""
    runs_from = max(ended_on, terms.activity_ends) if terms.district_report_from == "activity" else ended_on
    return runs_from + timedelta(days=terms.district_report_days)


def _quarter(terms: Terms, first: date, last: date) -> Warned | None:
    if terms.forum_starts <= first and last <= terms.forum_quarter_ends:
        return None
    span = {"first": day_month(terms.forum_starts), "last": short(terms.forum_quarter_ends)}
    return Warned("quarter", _("วันจัดอยู่นอกไตรมาส %s") % terms.forum_quarter, _("ไตรมาสนี้คือ %(first)s–%(last)s ยังจัดได้") % span)


def _activity(terms: Terms, last: date) -> Warned | None:
    if last <= terms.activity_ends:
        return None
    return Warned("activity", _("วันจัดหลังวันสิ้นสุดกิจกรรม %s") % short(terms.activity_ends), _("ยังจัดได้ ระบบจะแสดงว่าจัดช้ากว่ากำหนด"))


def _report(terms: Terms, last: date) -> Warned | None:
    due, province = report_due(terms, last), terms.province_report_due
    if due <= province:
        return None
    text = _("ซึ่งหลังวันที่จังหวัดรายงานกรมฯ (%s)") % day_month(province)
    before = province - timedelta(days=1)
    ask = _("ขอให้ส่งภายใน %s จังหวัดจะได้รวมทัน") % day_month(before) if last <= before else _("ขอให้ส่งทันทีที่ปิดเวที")
    return Warned("report", _("รายงานครบกำหนด %s") % short(due), f"{text} {ask}")
