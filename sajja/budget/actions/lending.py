"""Advances: paid out under a contract, the rest returned against the office's receipt, each taken back by reversal."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from sajja.audit.actions import record
from sajja.audit.acts import act
from sajja.budget.actions import locking
from sajja.budget.lives import ADVANCE
from sajja.budget.models import Advance, Purse, Return
from sajja.lib.money import baht
from sajja.lib.refusals import Refused
from sajja.org.door import holds
from sajja.org.models import Kind, Person, Unit
from sajja.org.permissions import P
from sajja.programme.models import ProgrammeYear
from sajja.programme.queries import current_revision, terms_of
from sajja.web import clock


@act
def lend(  # a contract has these parts
    *,
    by: Person,
    year: ProgrammeYear,
    unit: Unit,
    number: str,
    borrower: Person,
    satang: int,
    purpose: str,
    paid_on: date,
    due: date | None = None,
    at: datetime | None = None,
) -> Advance:
    """An advance to an officer of the district, no more than the district still holds; due by the year's terms."""
    at = at or clock.now()
    if unit.kind != Kind.DISTRICT or not holds(borrower, P.BORROW, unit):
        raise Refused(_("ผู้ยืมต้องเป็นเจ้าหน้าที่ของอำเภอนี้ที่ยืมเงินได้"), field="borrower")
    if paid_on > clock.day_of(at):
        raise Refused(_("วันรับเงินต้องไม่หลังวันนี้"), field="paid_on")
    due = due or paid_on + timedelta(days=terms_of(current_revision(year)).advance_days)
    if due < paid_on:
        raise Refused(_("วันครบกำหนดต้องไม่ก่อนวันรับเงิน"), field="due")
    purse = locking.purses(year, [unit])[unit.pk]
    if Advance.objects.filter(year=year, unit=unit, number=number.strip()).exclude(state="reversed").exists():
        raise Refused(_("เลขที่สัญญานี้ใช้แล้ว ตรวจเลขที่อีกครั้ง"), field="number")
    if not 0 < satang <= purse.left_satang:
        raise Refused(_("อำเภอยืมได้อีกไม่เกิน %s บาท") % baht(purse.left_satang), field="satang")
    made = Advance.objects.create(
        year=year,
        unit=unit,
        number=number.strip(),
        borrower=borrower,
        satang=satang,
        purpose=purpose.strip(),
        paid_on=paid_on,
        due=due,
        by=by,
        at=at,
    )
    _passed(purse, satang)
    locking.moved(by, made, "lend", "", at)
    record(by, "budget.lend", made, unit.path, at=at, satang=satang, borrower=borrower.full_name, due=due.isoformat())
    return made


@act
def reverse_advance(*, by: Person, advance: Advance, reason: str, at: datetime | None = None) -> Advance:
    """The contract was entered wrongly, or the money was never paid: taken back whole, while nothing stands on it."""
    at = at or clock.now()
    if not reason.strip():
        raise Refused(_("บอกเหตุผลที่กลับรายการ"), field="reason")
    purse, one = _both(advance)
    if one.spent_satang or one.returned_satang:
        raise Refused(_("สัญญานี้มีใบสำคัญหรือเงินส่งคืนอยู่ กลับรายการเหล่านั้นก่อน"))
    one.state = ADVANCE.after(one.state, "reverse")
    one.save(update_fields=["state"])
    _passed(purse, -one.satang)
    locking.moved(by, one, "reverse", reason.strip(), at)
    record(by, "budget.reverse_advance", one, one.unit.path, at=at, reason=reason.strip(), satang=one.satang)
    return one


@act
def give_back(*, by: Person, advance: Advance, satang: int, receipt: str, on: date, at: datetime | None = None) -> Return:
    """What was not spent goes back to the office against its receipt; the district may lend it again."""
    at = at or clock.now()
    if on > clock.day_of(at):
        raise Refused(_("วันที่ส่งคืนต้องไม่หลังวันนี้"), field="on")
    purse, one = _both(advance)
    if not 0 < satang <= one.left_satang:
        raise Refused(_("ส่งคืนได้ไม่เกินที่ยังเหลือ %s บาท") % baht(one.left_satang), field="satang")
    made = Return.objects.create(advance=one, satang=satang, receipt=receipt.strip(), on=on, by=by, at=at)
    _returned(purse, one, satang)
    record(by, "budget.give_back", made, one.unit.path, at=at, satang=satang, receipt=made.receipt)
    return made


@act
def reverse_return(*, by: Person, returned: Return, reason: str, at: datetime | None = None) -> Return:
    """The return was entered wrongly: the money is the borrower's to account for again, if the district still holds it."""
    at = at or clock.now()
    if not reason.strip():
        raise Refused(_("บอกเหตุผลที่กลับรายการ"), field="reason")
    purse, one = _both(returned.advance)
    if returned.reverses_id or Return.objects.filter(reverses=returned).exists():
        raise Refused(_("รายการนี้กลับรายการแล้ว"))
    if purse.left_satang < returned.satang:
        raise Refused(_("เงินที่ส่งคืนถูกยืมต่อไปแล้ว เหลือ %s บาท จึงกลับรายการไม่ได้") % baht(purse.left_satang))
    made = Return.objects.create(
        advance=one, satang=-returned.satang, receipt=returned.receipt, on=returned.on, reason=reason.strip(), reverses=returned,
        by=by, at=at,
    )  # fmt: skip
    _returned(purse, one, -returned.satang)
    record(by, "budget.reverse_return", made, one.unit.path, at=at, reason=reason.strip(), satang=-made.satang)
    return made


def _both(advance: Advance) -> tuple[Purse, Advance]:
    """The district's purse and the advance, locked in this order; refused where the advance is not open."""
    purse = locking.purses(advance.year, [advance.unit])[advance.unit_id]
    return purse, locking.open_advance(advance)


def _passed(purse: Purse, satang: int) -> None:
    purse.passed_satang += satang
    purse.save(update_fields=["passed_satang"])


def _returned(purse: Purse, one: Advance, satang: int) -> None:
    one.returned_satang += satang
    one.save(update_fields=["returned_satang"])
    _passed(purse, -satang)
