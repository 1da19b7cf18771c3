"""Figures of the books that answer an assessment: what each one means, and what it suggests. Pure; money in satang.

A percent is cut off after two decimals, never rounded. Thresholds here are ours; an instrument may name its own.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sajja.ledger import periods
from sajja.lib import money, percent
from sajja.treasury.effective import LAWFUL_BP

MEMBERS_CURRENT: Final = "members_current"
SAVINGS_ON_TIME: Final = "savings_on_time"
BOOKS_CURRENT: Final = "books_current"
CASH_AGREES: Final = "cash_agrees"
WITHIN_LAW: Final = "interest_within_law"
OVERDUE: Final = "overdue_principal"
AT_RISK: Final = "portfolio_at_risk_30"
APPROPRIATED: Final = "appropriation_done"
WELFARE_PAID: Final = "welfare_paid"
WELFARE_KINDS: Final = "welfare_kinds_paid"
PUBLIC_BENEFIT: Final = "public_benefit"
PLEDGED_GROWTH: Final = "pledged_growth"
MEMBERS_GROWTH: Final = "members_growth"
CLOSED_IN_TIME: Final = "closed_within_60_days"
RESERVE: Final = "reserve_to_loans"

AT_RISK_DAYS: Final = 30


class Kind(NamedTuple):
    """What a figure is: its name, one sentence of meaning, the unit, whether the share is the answer (else the numerator),
    and how it passes where the instrument does not say: the word of a rule and its threshold."""

    name: str | Promise
    meaning: str | Promise
    unit: str | Promise
    share: bool
    compare: str
    threshold: int

    @property
    def is_money(self) -> bool:
        """Whether numerator and denominator are satang."""
        return self.unit == BAHT


BAHT: Final = _("บาท")
PEOPLE, DAYS = _("คน"), _("วัน")
KINDS: Final[dict[str, Kind]] = {
    MEMBERS_CURRENT: Kind(
        _("ทะเบียนสมาชิกตรงกับบัญชี"),
        _("คนที่มีชื่อในทะเบียนและมีเงินสัจจะในบัญชี จากทุกคนที่มีชื่อในทะเบียนหรือมีเงินสัจจะในวันนั้น"),
        PEOPLE, True, "at_least", 95,
    ),
    SAVINGS_ON_TIME: Kind(
        _("ส่งเงินสัจจะตรงกำหนด"),
        _("จำนวนครั้งที่สมาชิกส่งครบภายในวันส่งของเดือน จากจำนวนครั้งที่ต้องส่งใน 12 เดือนล่าสุด ส่งล่วงหน้านับว่าตรงกำหนด"),
        _("ครั้ง"), True, "at_least", 80,
    ),
    BOOKS_CURRENT: Kind(
        _("บัญชีเป็นปัจจุบัน"), _("จำนวนวันนับจากวันที่ของรายการล่าสุดในบัญชี"), DAYS, False, "at_most", 40,
    ),
    CASH_AGREES: Kind(
        _("เงินสดและธนาคารตรงบัญชี"),
        _("ที่เก็บเงินที่การนับเงินสดหรือการเทียบสมุดธนาคารครั้งล่าสุด (ไม่เกิน 92 วัน) ตรงกับบัญชี จากที่เก็บเงินทั้งหมด"),
        _("แห่ง"), True, "at_least", 100,
    ),
    WITHIN_LAW: Kind(
        _("ดอกเบี้ยเงินกู้ไม่เกินกฎหมาย"),
        _("อัตราดอกเบี้ยรวมค่าธรรมเนียมรายปีที่ไม่เกินร้อยละ 15 ต่อปี จากทุกอัตราที่กลุ่มใช้"),
        _("อัตรา"), True, "at_least", 100,
    ),
    OVERDUE: Kind(
        _("หนี้ค้างชำระ"), _("เงินต้นที่ถึงกำหนดแล้วยังไม่ชำระ จากเงินต้นคงเหลือทั้งหมด"), BAHT, True, "less_than", 10,
    ),
    AT_RISK: Kind(
        _("เงินกู้ที่ค้างเกิน 30 วัน"), _("เงินต้นคงเหลือทั้งสัญญาของสัญญาที่ค้างเกิน 30 วัน จากเงินต้นคงเหลือทั้งหมด"),
        BAHT, True, "less_than", 10,
    ),
    APPROPRIATED: Kind(
        _("จัดสรรกำไรตามมติ"), _("กำไรของปีที่ปิดบัญชีล่าสุดที่ที่ประชุมใหญ่มีมติจัดสรรแล้ว จากกำไรสุทธิของปีนั้น"),
        BAHT, True, "at_least", 100,
    ),
    WELFARE_PAID: Kind(
        _("จ่ายสวัสดิการ"), _("เงินสวัสดิการที่จ่ายใน 12 เดือนล่าสุด ไม่นับรายการที่ถูกแก้กลับ"), BAHT, False, "more_than", 0,
    ),
    WELFARE_KINDS: Kind(
        _("ประเภทสวัสดิการที่จ่าย"), _("จำนวนประเภทสวัสดิการที่จ่ายจริงใน 12 เดือนล่าสุด"), _("ประเภท"), False, "at_least", 3,
    ),
    PUBLIC_BENEFIT: Kind(
        _("เงินเพื่อสาธารณประโยชน์"), _("ทุนสาธารณประโยชน์ที่เหลือ รวมกับที่จ่ายไปใน 12 เดือนล่าสุด"), BAHT, False, "more_than", 0,
    ),
    PLEDGED_GROWTH: Kind(
        _("เงินสัจจะเพิ่มขึ้น"), _("เงินสัจจะสะสมที่เพิ่มขึ้นใน 12 เดือนล่าสุด เทียบกับยอดเมื่อต้นช่วง"), BAHT, True, "more_than", 0,
    ),
    MEMBERS_GROWTH: Kind(
        _("สมาชิกเพิ่มขึ้น"), _("จำนวนสมาชิกในวันนั้น เทียบกับจำนวนเมื่อ 12 เดือนก่อน"), PEOPLE, True, "more_than", 100,
    ),
    CLOSED_IN_TIME: Kind(
        _("ปิดบัญชีปีได้เร็ว"), _("จำนวนวันจากวันสิ้นปีบัญชีล่าสุดจนถึงวันที่ปิดบัญชีปี ปีที่ยังไม่ปิดนับถึงวันนั้น"),
        DAYS, False, "at_most", 60,
    ),
    RESERVE: Kind(
        _("ทุนสำรองต่อเงินกู้"), _("ทุนสำรองสะสม เทียบกับลูกหนี้เงินกู้คงเหลือ"), BAHT, True, "more_than", 0,
    ),
}  # fmt: skip
"""Key → what it is, in the order of the list."""

COMPARE: Final = {
    "at_least": lambda given, threshold: given >= threshold,
    "more_than": lambda given, threshold: given > threshold,
    "at_most": lambda given, threshold: given <= threshold,
    "less_than": lambda given, threshold: given < threshold,
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of one book at the end of a day. `numerator` None: the books cannot tell yet, and suggest nothing."""

    key: str
    on: date
    numerator: int | None
    denominator: int | None = None
    note: str = ""
    way: tuple[str, tuple[Any, ...]] = field(default=("", ()))

    @property
    def kind(self) -> Kind:
        """What it is."""
        return KINDS[self.key]

    @property
    def name(self) -> str:
        """Its Thai name."""
        return str(self.kind.name)

    @property
    def meaning(self) -> str:
        """One sentence."""
        return str(self.kind.meaning)

    @property
    def unit(self) -> str:
        """Of numerator and denominator."""
        return str(self.kind.unit)

    @property
    def percent(self) -> Decimal | None:
        """Numerator of denominator, cut off after two decimals; None where nothing is measured."""
        if self.numerator is None or self.denominator is None:
            return None
        return percent.truncated(self.numerator, self.denominator, 2)

    @property
    def answer(self) -> Decimal | None:
        """The number that is held against a threshold: the percent, or the numerator (baht where it is money).

        With nothing owed nothing is late: a share of no loans is nought where little is good, and whole where much is.
        """
        if self.numerator is None:
            return None
        if not self.kind.share:
            return Decimal(self.numerator) / 100 if self.kind.is_money else Decimal(self.numerator)
        if self.percent is None:
            return EMPTY.get(self.key)
        return self.percent

    @property
    def suggests(self) -> bool | None:
        """Whether it passes by our own threshold; None where it cannot tell."""
        return self.passes(self.kind.compare, Decimal(self.kind.threshold))

    def passes(self, compare: str, threshold: Decimal) -> bool | None:
        """Whether it passes by a rule; None where it cannot tell."""
        return None if self.answer is None else bool(COMPARE[compare](self.answer, threshold))

    @property
    def words(self) -> str:
        """114 จาก 115 ครั้ง · 99.13%; as people read it."""
        return in_words(self.key, self.numerator, self.denominator)

    @property
    def stored(self) -> dict[str, Any]:
        """As an answer keeps it for ever."""
        return {
            "key": self.key, "on": self.on.isoformat(), "numerator": self.numerator, "denominator": self.denominator,
            "note": self.note,
        }  # fmt: skip


EMPTY: Final = {
    OVERDUE: Decimal(0), AT_RISK: Decimal(0), APPROPRIATED: Decimal(100), RESERVE: Decimal(100),
}  # fmt: skip
"""What a share of nothing comes to: no loans, no arrears; no surplus, nothing to share out."""


def in_words(key: str, numerator: int | None, denominator: int | None) -> str:
    """114 จาก 115 ครั้ง · 99.13%."""
    kind = KINDS[key]
    if numerator is None:
        return str(_("บัญชียังตอบไม่ได้"))
    told = money.baht if kind.is_money else str
    if denominator is None:
        return f"{told(numerator)} {kind.unit}"
    shown = str(_("%(n)s จาก %(d)s %(unit)s")) % {"n": told(numerator), "d": told(denominator), "unit": kind.unit}
    return shown if denominator == 0 else f"{shown} · {percent.text(numerator, denominator, 2)}"


def restored(stored: Mapping[str, Any]) -> Figure:
    """A figure as an answer kept it."""
    return Figure(
        stored["key"], date.fromisoformat(stored["on"]), stored["numerator"], stored["denominator"], stored.get("note", "")
    )


def on_time(
    history: Sequence[tuple[date, int]], months: Iterable[tuple[int, date]], paid: Sequence[tuple[date, int]]
) -> dict[int, bool]:
    """Month that a pledge was due in → whether it was there by the month's last day to pay.

    `history` is (first of a month, satang a month from then on), `months` (month, last day) of those that the member owed,
    oldest first, `paid` (day, satang) since the book knows him. A month is on time where all that was pledged so far was
    there (paid ahead is), or where the month itself brought its own amount: an old month missed is late once, not for ever.
    """
    found: dict[int, bool] = {}
    owed = 0
    for month, last in months:
        due = max((at for at in history if at[0] <= periods.first_day(month)), default=(last, 0))[1]
        owed += due
        if not due:
            continue
        there = sum(satang for day, satang in paid if day <= last)
        within = sum(satang for day, satang in paid if periods.first_day(month) <= day <= last)
        found[month] = there >= owed or within >= due
    return found


def lawful(rate_bp: int, yearly_fee_bp: int) -> bool:
    """Whether a rate with the fees of a year stays within the law."""
    return rate_bp + yearly_fee_bp <= LAWFUL_BP
