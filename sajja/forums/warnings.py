"""What the days of a forum should make one think of, each judged by the year's terms; a flag, never a block. Pure."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from django.utils.translation import gettext as _

from sajja.lib.thai_dates import day_month, short
from sajja.programme.terms import Terms


class Warned(NamedTuple):
    """`key`: quarter, activity or report; `head` stands in bold, `text` follows it."""

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


def report_due(terms: Terms, ended_on: date) -> date:
    """The earliest day on which the district's report of a forum that ended then is due, by the year's terms."""
    runs_from = max(ended_on, terms.activity_ends) if terms.district_report_from == "activity" else ended_on
    return runs_from + timedelta(days=terms.district_report_days)


def last_easy_day(terms: Terms) -> date:
    """The last day on which a forum may end and nothing is warned of."""
    report = terms.province_report_due - timedelta(days=terms.district_report_days)
    return min(terms.forum_quarter_ends, terms.activity_ends, report)


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
