"""The general meeting's sharing out: the appropriation, a loss carried, taking it back."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from sajja.audit.actions import Doer, record
from sajja.audit.acts import act
from sajja.groups.models import GroupBook, MeetingKind, Member, Resolution
from sajja.ledger import actions as ledger
from sajja.ledger.actions.posting import lock
from sajja.ledger.models import Entry, Kind
from sajja.ledger.posting import Arrow
from sajja.lib.money import baht
from sajja.lib.refusals import Refused
from sajja.lib.thai_dates import long
from sajja.treasury import chart
from sajja.treasury.actions.books import accounts_of
from sajja.treasury.actions.vouchers import (
    Paper,
    account_by_code,
    check_resolution,
    enter,
)
from sajja.treasury.models import (
    Appropriation,
    AppropriationHead,
    PaidHow,
    Share,
    Voucher,
    VoucherKind,
    YearEnd,
)
from sajja.treasury.models.vouchers import Method
from sajja.treasury.queries import sharing as queries
from sajja.treasury.queries.yearend import rules_for
from sajja.treasury.shares import Head, Shared
from sajja.web import clock


@act
def appropriate(
    *, by: Doer, kept: GroupBook, fiscal_year: int, resolution: Resolution, heads: Sequence[Head], base: str = "",
    whole_baht: str = "", rest_to: str = "", rate: Decimal | None = None, at: datetime | None = None, uuid: UUID | None = None,
) -> Appropriation:  # fmt: skip
    """Share out a closed year's surplus, once, as the general meeting resolved; dated the meeting's day.

    Dividends and refunds become liabilities to each member; the other heads go to their accounts; what rounding or a fixed
    rate leaves goes to `rest_to`. Without base, whole baht and rest they are as the year's rules say.
    """
    lock(kept.book)
    if uuid and (before := Appropriation.objects.filter(year_end__kept=kept, uuid=uuid).first()):
        return before
    ended = _ended(kept, fiscal_year, resolution)
    rules = rules_for(kept, fiscal_year)
    base, whole_baht, rest_to = base or rules.dividend_base, whole_baht or rules.whole_baht, rest_to or rules.rest_to
    _check_heads(kept, heads, rest_to)
    try:
        made = queries.shared(ended, heads, base, whole_baht, rate)
    except ValueError as wrong:
        raise Refused(str(wrong), "rate" if rate is not None else None) from None
    _still_in_40000(kept, ended)
    day = resolution.meeting.day
    memo = _("จัดสรรกำไรสุทธิปี %(year)s ตามมติที่ประชุมใหญ่") % {"year": fiscal_year + 543}
    paper = Paper(kind=VoucherKind.GENERAL, resolution=resolution)
    entry = enter(by, kept, "appropriate", day, "appropriation", memo, _arrows(kept, made, rest_to), paper, None, at, uuid)
    kept_as = Appropriation.objects.create(
        year_end=ended, resolution=resolution, on=day, satang=ended.surplus_satang, base=base, whole_baht=whole_baht,
        rate=rate, rest_to=rest_to, rest_satang=made.rest, entry=entry, by=by.key, by_name=str(by.full_name),
        at=at or clock.now(), uuid=uuid,
    )  # fmt: skip
    _keep(kept_as, made)
    return kept_as


@act
def carry_loss(
    *, by: Doer, kept: GroupBook, fiscal_year: int, resolution: Resolution, at: datetime | None = None, uuid: UUID | None = None
) -> Appropriation:
    """In a year of loss nothing is shared out: the meeting's voucher moves the loss from 40000 to 33000, once."""
    lock(kept.book)
    if uuid and (before := Appropriation.objects.filter(year_end__kept=kept, uuid=uuid).first()):
        return before
    ended = _ended(kept, fiscal_year, resolution)
    if ended.surplus_satang >= 0:
        raise Refused(_("ปีนี้ไม่ขาดทุน ไม่มีผลขาดทุนให้ย้าย"))
    _still_in_40000(kept, ended)
    rules = rules_for(kept, fiscal_year)
    memo = _("ย้ายขาดทุนสุทธิปี %(year)s ไปกำไร(ขาดทุน)สะสม") % {"year": fiscal_year + 543}
    sides = account_by_code(kept, chart.RETAINED).pk, account_by_code(kept, chart.RESULT).pk
    paper = Paper(kind=VoucherKind.GENERAL, resolution=resolution)
    arrows = [Arrow(*sides, -ended.surplus_satang)]
    entry = enter(by, kept, "carry_loss", resolution.meeting.day, "loss", memo, arrows, paper, None, at, uuid)
    return Appropriation.objects.create(
        year_end=ended, resolution=resolution, on=resolution.meeting.day, satang=0, base=rules.dividend_base,
        whole_baht=rules.whole_baht, rest_to=chart.RETAINED, entry=entry, by=by.key, by_name=str(by.full_name),
        at=at or clock.now(), uuid=uuid,
    )  # fmt: skip


@act
def take_back_appropriation(
    *, by: Doer, appropriation: Appropriation, reason: str, at: datetime | None = None, uuid: UUID | None = None
) -> Appropriation:
    """Take it back on its own day, while nobody was paid and its month is open; it can be made anew."""
    kept = held(appropriation)
    if not reason.strip():
        raise Refused(_("บอกเหตุผลที่ยกเลิก"), "reason")
    if Share.objects.filter(appropriation=appropriation).exclude(how=PaidHow.UNPAID).exists():
        raise Refused(_("มีสมาชิกรับเงินไปแล้ว ยกเลิกการจัดสรรไม่ได้ แก้รายคนที่ผิดในบัญชีจ่ายก่อน"))
    memo = _("ยกเลิกการจัดสรร %(voucher)s: %(reason)s") % {"voucher": appropriation.entry.voucher, "reason": reason}
    reverse_part(by, kept, appropriation.entry, appropriation.on, memo, None, at, uuid)
    appropriation.counts, appropriation.taken_back_because = False, reason[:200]
    appropriation.save(update_fields=["counts", "taken_back_because"])
    record(
        by, "treasury.take_back_appropriation", kept.book, kept.group.unit.path, at=at, voucher=appropriation.entry.voucher,
        reason=reason,
    )  # fmt: skip
    return appropriation


# --- what may be shared out ------------------------------------------------------------------


def _ended(kept: GroupBook, fiscal_year: int, resolution: Resolution) -> YearEnd:
    """The closed year whose surplus waits; refused where it is not, or the resolution is none of a general meeting after it."""
    ended = YearEnd.objects.filter(kept=kept, year=fiscal_year).first()
    if ended is None:
        raise Refused(_("ปิดบัญชีปี %(year)s ก่อน แล้วจึงลงการจัดสรรกำไร") % {"year": fiscal_year + 543})
    if made := ended.appropriation:
        raise Refused(_("ลงมติของที่ประชุมใหญ่เรื่องกำไรปีนี้แล้ว ใบสำคัญ %(no)s") % {"no": made.entry.voucher})
    if YearEnd.objects.filter(kept=kept, year__gt=fiscal_year).exists():
        raise Refused(_("ปิดบัญชีปีถัดมาแล้ว กำไรปีนี้ที่ไม่ได้จัดสรรย้ายไปอยู่ใน 33000 กำไรสะสม"))
    check_resolution(kept, resolution)
    if resolution.meeting.kind != MeetingKind.GENERAL:
        raise Refused(_("ต้องเป็นมติของที่ประชุมใหญ่สมาชิก เลือกมติอื่น หรือบันทึกการประชุมใหญ่ก่อน"), "resolution")
    if resolution.meeting.day <= ended.last:
        raise Refused(_("ที่ประชุมใหญ่จัดสรรกำไรได้หลังวันสิ้นปีบัญชี %(day)s") % {"day": long(ended.last)}, "resolution")
    return ended


def _still_in_40000(kept: GroupBook, ended: YearEnd) -> None:
    there = account_by_code(kept, chart.RESULT).standing
    if there != ended.surplus_satang:
        raise Refused(
            _("บัญชี 40000 มี %(there)s บาท ไม่ตรงกับผลของปีที่ปิดไว้ %(wanted)s บาท ตรวจใบสำคัญทั่วไปที่แตะบัญชี 40000 ก่อน")
            % {"there": baht(there), "wanted": baht(ended.surplus_satang)}
        )


def _check_heads(kept: GroupBook, heads: Sequence[Head], rest_to: str) -> None:
    codes = [head.code for head in heads]
    if len(set(codes)) != len(codes):
        raise Refused(_("แต่ละรายการต้องเข้าบัญชีของตัวเอง อย่าใช้บัญชีเดียวกันสองรายการ"), "heads")
    for head in heads:
        if not head.name.strip() or head.percent_bp <= 0:
            raise Refused(_("ทุกรายการต้องมีชื่อและร้อยละมากกว่า 0"), "heads")
        _fund(kept, head.code, "heads", queries.DECLARED)
    _fund(kept, rest_to, "rest_to")


def _fund(kept: GroupBook, code: str, field: str, others: Sequence[str] = ()) -> None:
    """A heading that a surplus may go to: equity, or what is declared to the members."""
    account = account_by_code(kept, code, field)
    taken = {chart.PLEDGED, chart.RESULT, chart.OPENING_DIFFERENCE}
    if code not in others and (account.kind != Kind.EQUITY or code in taken or account.control_id):
        raise Refused(_("จัดสรรเข้าบัญชี %(account)s ไม่ได้ เลือกปันผล เฉลี่ยคืน หรือบัญชีทุน") % {"account": account.name}, field)


def _arrows(kept: GroupBook, made: Shared, rest_to: str) -> list[Arrow]:
    """From 40000 to each member's dividend, then refund, then the other heads with the rest."""
    result = account_by_code(kept, chart.RESULT).pk
    members = Member.objects.in_bulk([due.member for due in made.dues if due.total])
    arrows = []
    for control, amounts in (
        (chart.DIVIDENDS_UNPAID, {due.member: due.dividend for due in made.dues if due.dividend}),
        (chart.REFUNDS_UNPAID, {due.member: due.refund for due in made.dues if due.refund}),
    ):
        own = accounts_of(kept, [members[key] for key in amounts], control) if amounts else {}
        arrows += [Arrow(result, own[key].pk, satang) for key, satang in amounts.items()]
    funds = {head.code: satang for head, satang in made.heads if head.code not in queries.DECLARED}
    funds[rest_to] = funds.get(rest_to, 0) + made.rest
    return arrows + [Arrow(result, account_by_code(kept, code).pk, satang) for code, satang in funds.items() if satang]


def _keep(made: Appropriation, shared: Shared) -> None:
    AppropriationHead.objects.bulk_create(
        AppropriationHead(
            appropriation=made,
            position=at,
            name=head.name.strip()[:80],
            code=head.code,
            percent_bp=head.percent_bp,
            satang=satang,
        )
        for at, (head, satang) in enumerate(shared.heads, 1)
    )
    Share.objects.bulk_create(
        Share(
            appropriation=made, member_id=due.member, weight=due.weight, dividend_satang=due.dividend,
            interest_satang=due.interest, refund_satang=due.refund,
        )
        for due in shared.dues
    )  # fmt: skip


def held(appropriation: Appropriation) -> GroupBook:
    """Its book, locked; refused where it was taken back meanwhile."""
    kept = appropriation.year_end.kept
    lock(kept.book)
    if not Appropriation.objects.filter(pk=appropriation.pk, counts=True).exists():
        raise Refused(_("การจัดสรรนี้ยกเลิกไปแล้ว"))
    return kept


def reverse_part(
    by: Doer, kept: GroupBook, entry: Entry, day: date, memo: str, movements: Sequence[int] | None, at: datetime | None,
    uuid: UUID | None,
) -> Entry:  # fmt: skip
    back = ledger.reverse(
        entry=entry, date=day, memo=memo[:300], by=by.key, by_name=str(by.full_name), at=at or clock.now(), uuid=uuid,
        movements=movements,
    )  # fmt: skip
    Voucher.objects.get_or_create(entry=back.entry, defaults={"kept": kept, "kind": VoucherKind.GENERAL, "method": Method.NONE})
    return back.entry
