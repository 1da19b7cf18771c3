"""What to see to before a year is closed: each thing as it stands, whether it stops the closing, and the way there."""

from datetime import date
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.ledger import periods
from sajja.ledger.models import Account
from sajja.lib.money import baht
from sajja.lib.thai_dates import long
from sajja.treasury import chart
from sajja.treasury.models import (
    AdjustmentKind,
    AuditOpinion,
    BalanceConfirmation,
    CollectingDay,
    InterestRun,
    Second,
    YearEnd,
)
from sajja.treasury.queries import year_adjustments as due
from sajja.treasury.queries.books import rules_on
from sajja.treasury.queries.closing import Fact, month_facts, next_month, waiting_request
from sajja.treasury.queries.statements import trial_balance
from sajja.treasury.queries.yearend import Year
from sajja.treasury.statement import month_words

EVERY_MONTH = ("counted", "reconciled", "numbered")
"""What the check of the last month tells of the year's end too."""


class Check(NamedTuple):
    """A thing to see to: `passed` None where there is nothing to ask; `blocks`: the year is not closed without it.

    `way` is the page where it is done, `figure` how it stands, `stop` what to do, as the refusal says it.
    """

    key: str
    words: str
    passed: bool | None
    blocks: bool
    way: str = ""
    figure: str = ""
    stop: str = ""

    @property
    def stops(self) -> bool:
        """Whether it stops the closing as it stands."""
        return self.blocks and self.passed is False


def checklist(year: Year, today: date) -> list[Check]:
    """Everything, what stops the closing first; a fixed number of queries."""
    facts = {fact.key: fact for fact in month_facts(year.kept, year.last_month)} if year.last < today else {}
    return [
        *stopping(year, today), *(_of_month(year, facts[key]) for key in EVERY_MONTH if key in facts), _accrued(year),
        _allowed(year), _signed(year), _uncounted(year), _opening_difference(year), _confirmed(year), _opinion(year),
    ]  # fmt: skip


def stopping(year: Year, today: date) -> list[Check]:
    """What the year is not closed without."""
    return [
        _over(year, today), _before(year), _months(year), _reopening(year), _interest(year), _balanced(year), _depreciated(year),
    ]  # fmt: skip


def _url(year: Year, name: str, *args: object) -> str:
    return reverse(f"treasury:{name}", args=[year.kept.book_id, *args])


def _over(year: Year, today: date) -> Check:
    words = _("ปีบัญชีสิ้นสุดแล้ว (%(day)s)") % {"day": long(year.last)}
    stop = _("ปีบัญชียังไม่สิ้น ปิดได้หลังวันที่ %(day)s") % {"day": long(year.last)}
    return Check("over", words, today > year.last, True, stop=stop)


def _before(year: Year) -> Check:
    """The first year of a book has none before it."""
    words, before = _("ปิดบัญชีปีก่อนแล้ว"), year.number - 1
    if periods.fiscal_year(year.kept.book.opened_on, year.kept.book.fiscal_year_starts) > before:
        return Check("before", words, None, True)
    stop = _("ปิดบัญชีปี %(year)s ก่อน") % {"year": before + 543}
    done = YearEnd.objects.filter(kept=year.kept, year=before).exists()
    return Check("before", words, done, True, _url(year, "year", before), stop=stop)


def _months(year: Year) -> Check:
    month = next_month(year.kept)
    done = month > year.last_month
    stop = _("ปิดงวดเดือน %(month)s ก่อน") % {"month": month_words(month)}
    return Check("months", _("ปิดงวดครบทุกเดือน"), done, True, _url(year, "months"), "" if done else stop, stop)


def _reopening(year: Year) -> Check:
    asked = waiting_request(year.kept)
    words, stop = _("ไม่มีคำขอเปิดงวดค้างอยู่"), _("ให้ประธานตอบคำขอเปิดงวดก่อน")
    return Check("reopening", words, asked is None, True, _url(year, "months"), stop=stop)


def _interest(year: Year) -> Check:
    """Each of the rules' days of the year has its run, or what was earned is set aside."""
    words = _("คิดดอกเบี้ยเงินสัจจะสะสมพิเศษของปีครบ")
    special = Account.objects.filter(book=year.kept.book, code=chart.SPECIAL).first()
    if special is None or special.last_on is None:
        return Check("interest", words, None, True)
    begun = max(year.first, year.kept.book.opened_on)
    rules = rules_on(year.kept, year.last)
    days = [day for day in _days_of(year, rules.special_interest_days) if begun <= day <= year.last]
    newest = InterestRun.objects.filter(kept=year.kept, counts=True, day__lte=year.last).order_by("-day").first()
    missing = [day for day in days if newest is None or newest.day < day]
    if not missing or not due.accrued_due(year).rows:
        return Check("interest", words, True if days else None, True)
    stop = _("คิดดอกเบี้ยของวันที่ %(day)s ก่อน หรือตั้งดอกเบี้ยค้างจ่าย") % {"day": long(missing[0])}
    shut = next_month(year.kept) > periods.month_of(missing[0])
    way = _url(year, "accrue", year.number) if shut else _url(year, "interest")
    return Check("interest", words, False, True, way, stop, stop)


def _days_of(year: Year, days: str) -> list[date]:
    found = [date(at, int(day[:2]), int(day[3:])) for at in (year.first.year, year.last.year) for day in days.split()]
    return sorted(set(found))


def _balanced(year: Year) -> Check:
    found = trial_balance(year.kept.book, year.last)
    figure = _("เดบิต %(debits)s เครดิต %(credits)s") % {"debits": baht(found.debits), "credits": baht(found.credits)}
    equal = found.debits == found.credits
    return Check("balanced", _("งบทดลองลงตัว"), equal, True, _url(year, "trial_balance"), figure, _("งบทดลองไม่ลงตัว แจ้งผู้ดูแลระบบ"))


def _depreciated(year: Year) -> Check:
    words, found = _("ลงค่าเสื่อมราคาแล้ว"), due.depreciation_due(year)
    if not found.rows:
        return Check("depreciation", words, None, True)
    done = not found.satang
    figure = "" if done else _("ต้องลง %(baht)s บาท") % {"baht": baht(found.satang)}
    stop = _("ลงค่าเสื่อมราคาก่อน")
    return Check("depreciation", words, done, True, _url(year, "depreciate", year.number), figure, stop)


def _accrued(year: Year) -> Check:
    found = due.accrued_due(year)
    figure = _("ยังไม่ตั้ง %(baht)s บาท") % {"baht": baht(found.satang)} if found.satang else ""
    passed = False if found.satang else (True if due.made(year, AdjustmentKind.ACCRUED) else None)
    words = _("ตั้งดอกเบี้ยเงินสัจจะพิเศษที่ค้างถึงวันสิ้นปี")
    return Check("accrued", words, passed, False, _url(year, "accrue", year.number), figure)


def _allowed(year: Year) -> Check:
    words, found = _("ตั้งค่าเผื่อหนี้สงสัยจะสูญตามมติ"), due.allowance_due(year)
    if due.made(year, AdjustmentKind.ALLOWANCE):
        return Check("allowance", words, True, False)
    if not found.satang:
        return Check("allowance", words, None, False)
    figure = _("ควรตั้ง %(wanted)s บาท ตั้งไว้แล้ว %(standing)s บาท") % {"wanted": baht(found.wanted), "standing": baht(found.standing)}
    return Check("allowance", words, False, False, _url(year, "allow", year.number), figure)


def _signed(year: Year) -> Check:
    waiting = Second.objects.filter(kept=year.kept, confirmed_at__isnull=True).count()
    figure = _("รอลงชื่อ %(count)s รายการ") % {"count": waiting} if waiting else ""
    return Check("signed", _("ผู้ลงชื่อคนที่สองยืนยันครบ"), waiting == 0, False, _url(year, "unconfirmed"), figure)


def _uncounted(year: Year) -> Check:
    days = CollectingDay.objects.filter(kept=year.kept, date__range=year.span, counted_satang__isnull=True).count()
    figure = _("ยังไม่นับ %(days)s วัน") % {"days": days} if days else ""
    return Check("uncounted", _("นับเงินสดของวันส่งเงินครบทุกวัน"), days == 0, False, _url(year, "counts"), figure)


def _opening_difference(year: Year) -> Check:
    its = due.at_the_end(year).get(chart.OPENING_DIFFERENCE)
    words = _("ไม่มีผลต่างยอดยกมารอตรวจสอบ (33900)")
    if its is None or not its.balance:
        return Check("difference", words, True, False)
    return Check(
        "difference", words, False, False, _url(year, "trial_balance"), _("ต่าง %(baht)s บาท") % {"baht": baht(abs(its.balance))}
    )


def _confirmed(year: Year) -> Check:
    slips = BalanceConfirmation.objects.filter(kept=year.kept, on=year.last)
    total, words = slips.count(), _("สมาชิกยืนยันยอดวันสิ้นปี")
    way = _url(year, "confirmation_day", year.last.isoformat()) if total else _url(year, "confirmations")
    if not total:
        return Check("confirmed", words, False, False, way, _("ยังไม่ได้ออกหนังสือยืนยันยอด"))
    answered, unsolved = slips.exclude(answer="").count(), slips.filter(answer="differs", solved="").count()
    figure = _("ตอบแล้ว %(answered)s จาก %(total)s ฉบับ ไม่ตรงและยังไม่แก้ %(unsolved)s ฉบับ") % {
        "answered": answered, "total": total, "unsolved": unsolved,
    }  # fmt: skip
    return Check("confirmed", words, answered == total and not unsolved, False, way, figure)


def _opinion(year: Year) -> Check:
    """Given on the year's own page, by the audit committee."""
    found = AuditOpinion.objects.filter(kept=year.kept, year=year.number).order_by("-pk").first()
    figure = found.get_opinion_display() if found else _("กรรมการตรวจสอบบันทึกที่หน้านี้")
    return Check("opinion", _("กรรมการตรวจสอบให้ความเห็นต่องบ"), found is not None, False, "", figure)


def _of_month(year: Year, fact: Fact) -> Check:
    """As the check of the year's last month has it."""
    ways = {"counted": _url(year, "counts"), "reconciled": _url(year, "statements_of_banks"), "numbered": _url(year, "vouchers")}
    return Check(f"month_{fact.key}", fact.words, fact.passed, False, ways[fact.key], fact.figure)
