"""The year's end: its rules, the adjustments of its last day, the closing, the audit committee's opinion."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sajja.audit.actions import Doer, record
from sajja.audit.acts import act
from sajja.groups.models import GroupBook, Resolution
from sajja.ledger import actions as ledger
from sajja.ledger import chain
from sajja.ledger.actions.posting import lock
from sajja.ledger.models import Account, BookHead, Entry, Kind, Stage
from sajja.ledger.posting import Arrow
from sajja.ledger.queries import balances_on
from sajja.lib.money import baht
from sajja.lib.refusals import Refused
from sajja.treasury import chart
from sajja.treasury.actions.books import put
from sajja.treasury.actions.vouchers import (
    BY_MEMBER,
    SAVINGS,
    CodeArrow,
    account_by_code,
    check_resolution,
)
from sajja.treasury.models import (
    AdjustmentKind,
    AuditOpinion,
    DividendBase,
    InterestRun,
    Opinion,
    Voucher,
    VoucherKind,
    WholeBaht,
    YearAdjustment,
    YearEnd,
    YearRules,
)
from sajja.treasury.models.vouchers import Method
from sajja.treasury.queries import year_adjustments as due
from sajja.treasury.queries import yearend as queries
from sajja.treasury.queries.year_checks import stopping
from sajja.treasury.queries.year_figures import figures
from sajja.treasury.queries.yearend import Year
from sajja.web import clock

KINDS: Final = {
    AdjustmentKind.DEPRECIATION: "depreciation",
    AdjustmentKind.ALLOWANCE: "allowance",
    AdjustmentKind.ACCRUED: "accrued-interest",
    AdjustmentKind.AUDIT: "audit-adjustment",
}
"""What kind of voucher an adjustment is."""
NOT_NEEDED: Final[dict[str, Promise]] = {
    AdjustmentKind.DEPRECIATION: gettext_lazy("ปีนี้ไม่มีค่าเสื่อมราคาให้ลงแล้ว ถ้ามีสินทรัพย์ใหม่ ตั้งอัตราในกติกาสิ้นปีก่อน"),
    AdjustmentKind.ALLOWANCE: gettext_lazy("ค่าเผื่อหนี้ตรงกับที่ควรตั้งแล้ว ไม่ต้องลงรายการ"),
    AdjustmentKind.ACCRUED: gettext_lazy("ไม่มีดอกเบี้ยที่ค้างให้สมาชิกในวันสิ้นปี"),
}


@act
def set_year_rules(
    *, by: Doer, kept: GroupBook, from_year: int, dividend_base: str = DividendBase.MONTH_WEIGHTED,
    whole_baht: str = WholeBaht.NONE, rest_to: str = chart.RESERVE, depreciation: dict[str, int] | None = None,
    allowance_bp: int = 0, at: datetime | None = None,
) -> YearRules:  # fmt: skip
    """How the book ends its years from one on; rules of the same year are replaced, a closed year's stay."""
    lock(kept.book)
    if YearEnd.objects.filter(kept=kept, year__gte=from_year).exists():
        raise Refused(_("ปีนี้ปิดบัญชีแล้ว กติกาใหม่เริ่มใช้ได้ตั้งแต่ปีถัดไป"), "from_year")
    rest = account_by_code(kept, rest_to, "rest_to")
    if rest.kind != Kind.EQUITY:
        raise Refused(_("เศษที่เหลือต้องเข้าบัญชีทุน เช่น 34000 ทุนสำรอง"), "rest_to")
    rates = {code: bp for code, bp in (depreciation or {}).items() if bp}
    for code, bp in rates.items():
        if account_by_code(kept, code, "depreciation").kind != Kind.ASSET or not 0 < bp <= 10_000:
            raise Refused(_("อัตราค่าเสื่อมต้องไม่เกินร้อยละ 100 ต่อปี"), "depreciation")
    YearRules.objects.filter(kept=kept, from_year=from_year, counts=True).update(counts=False)
    made = YearRules.objects.create(
        kept=kept, from_year=from_year, dividend_base=dividend_base, whole_baht=whole_baht, rest_to=rest_to,
        depreciation=rates, allowance_bp=allowance_bp, by_name=str(by.full_name), at=at or clock.now(),
    )  # fmt: skip
    record(
        by, "treasury.set_year_rules", kept.book, kept.group.unit.path, at=at, from_year=from_year, dividend_base=dividend_base,
        whole_baht=whole_baht, rest_to=rest_to, depreciation=rates, allowance_bp=allowance_bp,
    )  # fmt: skip
    return made


@act
def depreciate(
    *, by: Doer, kept: GroupBook, fiscal_year: int, at: datetime | None = None, uuid: UUID | None = None
) -> YearAdjustment:
    """The year's depreciation by the rules, from 57000 to 17900, once."""
    year = _held(kept, fiscal_year)
    if before := _made_before(kept, uuid):
        return before
    _refuse_twice(year, AdjustmentKind.DEPRECIATION)
    found = due.depreciation_due(year)
    arrows = [_arrow(year, chart.DEPRECIATION, chart.DEPRECIATED, found.satang)] if found.satang else []
    return _adjust(by, year, AdjustmentKind.DEPRECIATION, arrows, found.satang, found.rows, None, at, uuid)


@act
def allow(
    *, by: Doer, kept: GroupBook, fiscal_year: int, resolution: Resolution | None, wanted: int | None = None,
    at: datetime | None = None, uuid: UUID | None = None,
) -> YearAdjustment:  # fmt: skip
    """Bring the allowance for doubtful debts to what the resolution says (None: the rules' part of what is overdue).

    The difference to what stands under 13100 goes to 58100, or comes back from it.
    """
    year = _held(kept, fiscal_year)
    if before := _made_before(kept, uuid):
        return before
    _refuse_twice(year, AdjustmentKind.ALLOWANCE)
    if resolution is None:
        raise Refused(_("การตั้งค่าเผื่อหนี้ต้องอ้างมติ เลือกมติ หรือบันทึกการประชุมก่อน"), "resolution")
    check_resolution(kept, resolution)
    found = due.allowance_due(year)
    change = found.satang if wanted is None else wanted - found.standing
    owed = due.at_the_end(year).get(chart.LOANS)
    if found.standing + change > (owed.balance if owed else 0):
        raise Refused(
            _("ค่าเผื่อหนี้มากกว่าเงินกู้ที่ค้างอยู่ทั้งหมดไม่ได้ (%(owed)s บาท)") % {"owed": baht(owed.balance if owed else 0)}, "wanted"
        )
    sides = (chart.DOUBTFUL, chart.ALLOWANCE) if change > 0 else (chart.ALLOWANCE, chart.DOUBTFUL)
    arrows = [_arrow(year, *sides, abs(change))] if change else []
    return _adjust(by, year, AdjustmentKind.ALLOWANCE, arrows, change, found.rows, resolution, at, uuid)


@act
def accrue(
    *, by: Doer, kept: GroupBook, fiscal_year: int, at: datetime | None = None, uuid: UUID | None = None
) -> YearAdjustment:
    """Set aside under 23500 what special savings earned and were not credited yet; crediting it takes it from there."""
    year = _held(kept, fiscal_year)
    if before := _made_before(kept, uuid):
        return before
    _refuse_twice(year, AdjustmentKind.ACCRUED)
    found = due.accrued_due(year)
    arrows = [_arrow(year, chart.INTEREST_PAID, chart.ACCRUED, found.satang)] if found.satang else []
    return _adjust(by, year, AdjustmentKind.ACCRUED, arrows, found.satang, found.rows, None, at, uuid)


@act
def adjust(
    *, by: Doer, kept: GroupBook, fiscal_year: int, arrows: Sequence[CodeArrow], why: str, resolution: Resolution | None = None,
    at: datetime | None = None, uuid: UUID | None = None,
) -> YearAdjustment:  # fmt: skip
    """What the audit committee found, by account codes, dated the last day of the year."""
    year = _held(kept, fiscal_year)
    if before := _made_before(kept, uuid):
        return before
    if not why.strip():
        raise Refused(_("บอกเหตุผลที่ปรับปรุง"), "why")
    codes = {code for arrow in arrows for code in (arrow.debit, arrow.credit)}
    keys = {code: account_by_code(kept, code, "arrows").pk for code in sorted(codes)}
    if bare := sorted(codes & BY_MEMBER):
        raise Refused(_("บัญชี %(code)s แยกเป็นรายคน ระบุบัญชีของคนนั้น เช่น %(code)s:เลขที่") % {"code": bare[0]}, "arrows")
    if codes & {chart.RESULT, chart.CASH, chart.BANK}:
        raise Refused(_("รายการปรับปรุงสิ้นปีไม่แตะเงินสด ธนาคาร หรือบัญชี 40000 ลงใบสำคัญรับหรือจ่ายแทน"), "arrows")
    if resolution is None and any(code.split(":")[0] in SAVINGS for code in codes):
        raise Refused(_("แก้ยอดเงินสัจจะหรือเงินกู้ของสมาชิกต้องอ้างมติ เลือกมติก่อน"), "resolution")
    if resolution:
        check_resolution(kept, resolution)
    posted = [Arrow(keys[a.debit], keys[a.credit], a.satang, note=why[:150]) for a in arrows]
    rows = [arrow._asdict() for arrow in arrows]
    total = sum(arrow.satang for arrow in arrows)
    return _adjust(by, year, AdjustmentKind.AUDIT, posted, total, rows, resolution, at, uuid, memo=why)


@act
def take_back_adjustment(
    *, by: Doer, adjustment: YearAdjustment, reason: str, at: datetime | None = None, uuid: UUID | None = None
) -> YearAdjustment:
    """Reverse an adjustment on its own day, while its year is open; it can be made anew."""
    kept = adjustment.kept
    _held(kept, adjustment.year)
    adjustment.refresh_from_db(fields=["counts"])
    if not adjustment.counts:
        raise Refused(_("รายการนี้ยกเลิกไปแล้ว"))
    if not reason.strip():
        raise Refused(_("บอกเหตุผลที่ยกเลิก"), "reason")
    entry = adjustment.entry
    used = adjustment.kind == AdjustmentKind.ACCRUED
    if used and InterestRun.objects.filter(kept=kept, counts=True, day__gte=entry.date).exists():
        raise Refused(_("ดอกเบี้ยที่ตั้งค้างไว้จ่ายเข้าบัญชีสมาชิกแล้ว ยกเลิกไม่ได้"))
    memo = _("ยกเลิก %(voucher)s: %(reason)s") % {"voucher": entry.voucher, "reason": reason}
    back = ledger.reverse(
        entry=entry, date=entry.date, memo=memo[:300], by=by.key, by_name=str(by.full_name), at=at or clock.now(), uuid=uuid,
        stage=Stage.ADJUSTING,
    )  # fmt: skip
    _paper(kept, back.entry, None)
    adjustment.counts = False
    adjustment.save(update_fields=["counts"])
    record(by, "treasury.take_back_adjustment", kept.book, kept.group.unit.path, at=at, voucher=entry.voucher, reason=reason)
    return adjustment


@act
def close_year(
    *, by: Doer, kept: GroupBook, fiscal_year: int, at: datetime | None = None, uuid: UUID | None = None
) -> YearEnd:  # fmt: skip
    """Close a fiscal year for good, once: income and expense go to 40000, what 40000 held from before to 33000.

    Refused while something stops it (queries.year_checks), saying what.
    """
    lock(kept.book)
    if uuid and (before := YearEnd.objects.filter(kept=kept, uuid=uuid).first()):
        return before
    year = _held(kept, fiscal_year)
    at = at or clock.now()
    stops = [check for check in stopping(year, clock.day_of(at)) if check.stops]
    if stops:
        raise Refused(_("ยังปิดบัญชีปีไม่ได้: %(words)s") % {"words": stops[0].stop or stops[0].words})
    if AuditOpinion.objects.filter(kept=kept, year=year.number, by=by.key).exists():
        raise Refused(_("ผู้ตรวจสอบที่ให้ความเห็นแล้วเป็นผู้ปิดบัญชีไม่ได้ ให้เหรัญญิกหรือประธานปิด"))
    told, carried = figures(year), _carry(by, year, at)
    surplus, closing = _close(by, year, at, uuid)
    ledger.close_year(book=kept.book, year=year.number, by=by.key, by_name=str(by.full_name), at=at)
    record(
        by, "treasury.close_year", kept.book, kept.group.unit.path, at=at, year=year.number, surplus=surplus,
        voucher=closing.voucher if closing else "",
    )  # fmt: skip
    return YearEnd.objects.create(
        kept=kept, year=year.number, first=year.first, last=year.last, surplus_satang=surplus, entry=closing, carried=carried,
        figures=told, head=_head(kept), by=by.key, by_name=str(by.full_name), at=at, uuid=uuid,
    )  # fmt: skip


@act
def give_opinion(
    *, by: Doer, kept: GroupBook, fiscal_year: int, on: date, opinion: str, words: str = "", names: Sequence[str] = (),
    at: datetime | None = None,
) -> AuditOpinion:  # fmt: skip
    """What the audit committee says of the year's statements; the newest one holds. Never by who closed the year."""
    lock(kept.book)
    year = queries.year_of(kept, fiscal_year)
    if not year.last < on <= clock.day_of(at or clock.now()):
        raise Refused(_("วันที่ให้ความเห็นต้องหลังวันสิ้นปีบัญชี และไม่หลังวันนี้"), "on")
    if YearEnd.objects.filter(kept=kept, year=year.number, by=by.key).exists():
        raise Refused(_("ผู้ปิดบัญชีให้ความเห็นของกรรมการตรวจสอบไม่ได้"))
    if opinion != Opinion.RIGHT and not words.strip():
        raise Refused(_("บอกเรื่องที่ยกเว้นหรือเหตุผลของความเห็น"), "words")
    if not any(name.strip() for name in names):
        raise Refused(_("ใส่ชื่อกรรมการตรวจสอบที่ลงความเห็นอย่างน้อยหนึ่งคน"), "names")
    made = AuditOpinion.objects.create(
        kept=kept, year=year.number, on=on, opinion=opinion, words=words, names=[name.strip() for name in names if name.strip()],
        head=_head(kept), by=by.key, by_name=str(by.full_name), at=at or clock.now(),
    )  # fmt: skip
    record(by, "treasury.give_opinion", kept.book, kept.group.unit.path, at=at, year=year.number, opinion=opinion)
    return made


def _held(kept: GroupBook, fiscal_year: int) -> Year:
    """The year under the book's lock; refused where it is closed."""
    lock(kept.book)
    if YearEnd.objects.filter(kept=kept, year=fiscal_year).exists():
        raise Refused(_("ปีบัญชีนี้ปิดแล้ว โปรดลงรายการในปีถัดไป"))
    return queries.year_of(kept, fiscal_year)


def _made_before(kept: GroupBook, uuid: UUID | None) -> YearAdjustment | None:
    """What the same act made before."""
    return YearAdjustment.objects.filter(kept=kept, entry__uuid=uuid).first() if uuid else None


def _refuse_twice(year: Year, kind: AdjustmentKind) -> None:
    if before := due.made(year, kind):
        raise Refused(_("ลงรายการนี้ของปี %(year)s แล้ว (%(voucher)s)") % {"year": year.label, "voucher": before[0].entry.voucher})


def _arrow(year: Year, debit: str, credit: str, satang: int) -> Arrow:
    return Arrow(account_by_code(year.kept, debit).pk, account_by_code(year.kept, credit).pk, satang)


def _adjust(
    by: Doer, year: Year, kind: AdjustmentKind, arrows: Sequence[Arrow], satang: int, rows: Sequence[dict[str, Any]],
    resolution: Resolution | None, at: datetime | None, uuid: UUID | None, memo: str = "",
) -> YearAdjustment:  # fmt: skip
    if not arrows:
        raise Refused(str(NOT_NEEDED.get(kind, _("ยังไม่มีจำนวนเงินให้บันทึก โปรดใส่อย่างน้อยหนึ่งรายการ"))))
    memo = memo or due.MEMOS[kind](year)
    posted = put(
        by, year.kept, f"treasury.{KINDS[kind].replace('-', '_')}", year.last, KINDS[kind], memo, arrows, at, uuid,
        Stage.ADJUSTING, year=year.number,
    )  # fmt: skip
    _paper(year.kept, posted.entry, resolution)
    return YearAdjustment.objects.create(
        kept=year.kept, year=year.number, kind=kind, entry=posted.entry, satang=satang, rows=list(rows), resolution=resolution,
        by_name=str(by.full_name), at=at or clock.now(),
    )  # fmt: skip


def _paper(kept: GroupBook, entry: Entry, resolution: Resolution | None) -> None:
    """The voucher's paper side."""
    Voucher.objects.get_or_create(
        entry=entry, defaults={"kept": kept, "kind": VoucherKind.GENERAL, "method": Method.NONE, "resolution": resolution}
    )


def _carry(by: Doer, year: Year, at: datetime) -> Entry | None:
    """What is still in 40000 from years before, by all that was posted until now, moves to 33000."""
    result = account_by_code(year.kept, chart.RESULT)
    if not result.balance:
        return None
    sides = (chart.RESULT, chart.RETAINED) if result.standing > 0 else (chart.RETAINED, chart.RESULT)
    memo = _("ย้ายกำไร(ขาดทุน)ปีก่อนที่ยังไม่จัดสรรไปกำไรสะสม")
    return _closing_entry(by, year, memo, [_arrow(year, *sides, abs(result.balance))], at, None)


def _close(by: Doer, year: Year, at: datetime, uuid: UUID | None) -> tuple[int, Entry | None]:
    """Every income and expense heading, and what stands under it, is brought to nought against 40000: the surplus and its entry."""
    result = account_by_code(year.kept, chart.RESULT).pk
    accounts = list(Account.objects.filter(book=year.kept.book, kind__in=[Kind.INCOME, Kind.EXPENSE]).order_by("code"))
    balances = balances_on(year.kept.book, [account.pk for account in accounts], year.last)
    for account in accounts:  # what stands under a heading is closed by itself
        if account.control_id:
            balances[account.control_id] -= balances[account.pk]
    arrows = [
        Arrow(result, account.pk, net) if net > 0 else Arrow(account.pk, result, -net)
        for account in accounts
        if (net := balances[account.pk])
    ]
    memo = _("ปิดบัญชีรายได้และค่าใช้จ่ายปี %(year)s") % {"year": year.label}
    entry = _closing_entry(by, year, memo, arrows, at, uuid) if arrows else None
    return -sum(balances.values()), entry


def _closing_entry(by: Doer, year: Year, memo: str, arrows: Sequence[Arrow], at: datetime, uuid: UUID | None) -> Entry:
    entry = ledger.post(
        book=year.kept.book, date=year.last, kind="closing", memo=memo, arrows=arrows, by=by.key, by_name=str(by.full_name),
        at=at, uuid=uuid, stage=Stage.CLOSING,
    ).entry  # fmt: skip
    _paper(year.kept, entry, None)
    return entry


def _head(kept: GroupBook) -> str:
    """Where the chain stands, as it is printed."""
    head = BookHead.objects.get(book=kept.book)
    return chain.printed(kept.book.code, head.entries, head.hash)
