"""Vouchers: what was bought for a group, on its place, against its forum and its plan."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Sum
from django.utils.translation import gettext as _

from sajja.audit.actions import record
from sajja.audit.acts import act
from sajja.budget.actions import locking
from sajja.budget.models import Advance, PaperKind, Voucher, VoucherKind
from sajja.budget.share import snack_counts
from sajja.forums.models import Forum
from sajja.forums.queries import participants
from sajja.lib.money import baht
from sajja.lib.refusals import Refused
from sajja.org.models import Person
from sajja.plans.models import PlanLine
from sajja.programme.models import SelectedGroup
from sajja.programme.queries import terms_of
from sajja.web import clock
from sajja.web.pictures import Kept


@dataclass(frozen=True)
class NewVoucher:
    """A paper as it is typed in; its picture may follow."""

    kind: str
    what: str
    seller: str
    paper: str
    on: date
    satang: int
    number: str = ""
    line: PlanLine | None = None
    kept: Kept | None = None


@act
def add_voucher(
    *, by: Person, advance: Advance, selected: SelectedGroup, given: NewVoucher, at: datetime | None = None
) -> Voucher:
    """A voucher for a group of the district. A snack counts by the heads at its forum; what its paper says above is returned."""
    at = at or clock.now()
    locking.purses(advance.year, [advance.unit])  # two contracts of a district do not take the same receipt at once
    one = locking.open_advance(advance)
    _check(one, selected, given, at)
    row = Voucher(
        advance=one,
        place_id=selected.place_id,
        selected=selected,
        forum=_forum(selected),
        line=given.line,
        kind=given.kind,
        what=given.what.strip(),
        seller=given.seller.strip(),
        paper=given.paper,
        number=given.number.strip(),
        on=given.on,
        satang=given.satang,
        counted_satang=given.satang,
        by=by,
        at=at,
    )
    if given.kind == VoucherKind.SNACK:
        _count_heads(row)
    if row.counted_satang > one.left_satang:
        raise Refused(_("เกินเงินยืม สัญญานี้เหลือให้ใช้ %s บาท") % baht(one.left_satang), field="satang")
    if given.kept:
        row.sha256, row.width, row.height = given.kept.sha256, given.kept.width, given.kept.height
    row.save()
    _spent(one, row.counted_satang)
    record(by, "budget.add_voucher", row, one.unit.path, at=at, satang=row.satang, counted=row.counted_satang, kind=row.kind)
    return row


def _check(one: Advance, selected: SelectedGroup, given: NewVoucher, at: datetime) -> None:
    if selected.year_id != one.year_id or not selected.group.unit.path.startswith(one.unit.path):
        raise Refused(_("กลุ่มนี้ไม่ได้อยู่ในรายชื่อของอำเภอที่ยืมเงิน"))
    if given.on > clock.day_of(at):
        raise Refused(_("วันที่ในใบสำคัญต้องไม่หลังวันนี้"), field="on")
    if given.satang <= 0:
        raise Refused(_("จำนวนเงินต้องมากกว่า 0"), field="satang")
    if given.line is not None and given.line.plan.selected_id != selected.pk:
        raise Refused(_("กิจกรรมนี้ไม่ได้อยู่ในแผนของกลุ่ม"), field="line")
    if given.paper != PaperKind.RECEIPT:
        return
    if not given.number.strip():
        raise Refused(_("ใส่เลขที่ใบเสร็จ ถ้าผู้ขายไม่มีใบเสร็จ เลือกใบสำคัญรับเงิน"), field="number")
    same = Voucher.objects.filter(
        advance__year=one.year_id, paper=given.paper, seller=given.seller.strip(), number=given.number.strip()
    )
    if same.filter(reverses__isnull=True, reversal__isnull=True).exists():
        raise Refused(_("ใบเสร็จเลขที่นี้ของผู้ขายรายนี้ลงไว้แล้ว ใช้ซ้ำไม่ได้"), field="number")


def _forum(selected: SelectedGroup) -> Forum | None:
    """The group's standing forum, locked, so that two snacks of one forum take turns."""
    return Forum.objects.select_for_update(of=("self",)).filter(selected=selected).exclude(state="cancelled").first()


def _count_heads(row: Voucher) -> None:
    forum = row.forum
    heads = participants(forum) if forum else 0
    if forum is None or not heads:
        raise Refused(_("ยังไม่มีรายชื่อผู้เข้าร่วมเวทีของกลุ่มนี้ บันทึกรายชื่อที่หน้าเวทีก่อน แล้วจึงลงค่าอาหารว่าง"), field="kind")
    rate = terms_of(forum.revision).snack_satang
    row.heads, row.rate_satang = heads, rate
    row.counted_satang = snack_counts(row.satang, rate, heads, snacks_counted(forum))
    if not row.counted_satang:
        raise Refused(_("ค่าอาหารว่างของเวทีนี้ลงครบตามจำนวนคนแล้ว"), field="kind")


def snacks_counted(forum: Forum) -> int:
    """What the snacks of a forum count so far, reversals taken off."""
    rows = Voucher.objects.filter(forum=forum, kind=VoucherKind.SNACK)
    return int(rows.aggregate(sum=Sum("counted_satang"))["sum"] or 0)


def _spent(one: Advance, satang: int) -> None:
    one.spent_satang += satang
    one.save(update_fields=["spent_satang"])


@act
def attach_picture(*, by: Person, voucher: Voucher, kept: Kept, at: datetime | None = None) -> Voucher:
    """The picture of a voucher's paper, where it was entered without one. A wrong one is mended by reversing the voucher."""
    one = locking.open_advance(voucher.advance)
    row = Voucher.objects.select_for_update(of=("self",)).get(pk=voucher.pk)
    if row.sha256 or row.reverses_id or Voucher.objects.filter(reverses=row).exists():
        raise Refused(_("ใบสำคัญนี้มีรูปหรือกลับรายการแล้ว หากรูปผิด ให้กลับรายการแล้วลงใหม่"))
    row.sha256, row.width, row.height = kept.sha256, kept.width, kept.height
    row.save(update_fields=["sha256", "width", "height"])
    record(by, "budget.attach_picture", row, one.unit.path, at=at or clock.now(), sha256=kept.sha256)
    return row


@act
def reverse_voucher(*, by: Person, voucher: Voucher, reason: str, at: datetime | None = None) -> Voucher:
    """The voucher was wrong: a row of the same sum below nought takes it back."""
    at = at or clock.now()
    if not reason.strip():
        raise Refused(_("บอกเหตุผลที่กลับรายการ"), field="reason")
    one = locking.open_advance(voucher.advance)
    if voucher.reverses_id or Voucher.objects.filter(reverses=voucher).exists():
        raise Refused(_("รายการนี้กลับรายการแล้ว"))
    row = Voucher.objects.get(pk=voucher.pk)
    row.pk, row._state.adding = None, True
    row.satang, row.counted_satang = -row.satang, -row.counted_satang
    row.reverses, row.reason, row.by, row.at = voucher, reason.strip(), by, at
    row.save()
    _spent(one, row.counted_satang)
    record(by, "budget.reverse_voucher", row, one.unit.path, at=at, reason=reason.strip(), satang=-row.satang)
    return row
