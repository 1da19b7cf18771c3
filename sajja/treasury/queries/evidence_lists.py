"""The list behind each figure of the books: for the group's committee with names and the way to the paper, for offices without."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sajja.groups.models import Member
from sajja.treasury import chart, evidence
from sajja.treasury.kinds import KINDS
from sajja.treasury.models import Loan, WelfareKind
from sajja.treasury.owing import AGES, age
from sajja.treasury.queries.evidence import Checked, Evidence, pledged_before
from sajja.treasury.statement import month_words
from sajja.web import clock

AGE_WORDS: Final[dict[str, Promise]] = {
    "current": gettext_lazy("ไม่ค้าง"), "1-30": gettext_lazy("ค้าง 1–30 วัน"), "31-90": gettext_lazy("ค้าง 31–90 วัน"),
    "91-180": gettext_lazy("ค้าง 91–180 วัน"), "181-365": gettext_lazy("ค้าง 181–365 วัน"),
    "over-365": gettext_lazy("ค้างเกิน 1 ปี"),
}  # fmt: skip


class Column(NamedTuple):
    """A column: its head, and how a cell is written (text, day, baht, number)."""

    title: str
    kind: str = "text"

    @property
    def is_figure(self) -> bool:
        """Whether it stands to the right."""
        return self.kind in {"baht", "number"}


class Row(NamedTuple):
    """A line; `url` leads from its first cell to the thing itself."""

    cells: Sequence[Any]
    url: str = ""


class Listed(NamedTuple):
    """A table behind a figure."""

    columns: Sequence[Column]
    rows: Sequence[Row]


def behind(read: Evidence, key: str, *, names: bool) -> Listed:
    """What a figure was counted from. Without `names` it holds counts and control accounts alone, and no way further."""
    return LISTS[key](read, names)


def _members(read: Evidence, names: bool) -> Listed:
    there = {member.pk: member for member in read.members_on(read.on)}
    saved = {member for member, satang in read.pledged.items() if satang}
    everyone = {member.pk: member for member in read.members}
    alone, unknown = [k for k in there if k not in saved], [k for k in everyone if k in saved and k not in there]
    words = (_("มีชื่อในทะเบียน ยังไม่มีเงินสัจจะ"), _("พ้นสมาชิกแล้ว ยังมีเงินสัจจะ"))
    if not names:
        rows = [(_("ตรงกัน"), len(there.keys() & saved)), (words[0], len(alone)), (words[1], len(unknown))]
        return Listed([Column(_("ทะเบียนกับบัญชี")), Column(_("คน"), "number")], [Row(row) for row in rows])
    rows_of = [(k, words[0]) for k in alone] + [(k, words[1]) for k in unknown]
    return Listed([Column(_("สมาชิกที่ไม่ตรง")), Column(_("อย่างไร"))], [_of_member(everyone[k], how) for k, how in rows_of])


def _of_member(member: Member, *cells: Any) -> Row:
    return Row([str(member), *cells], reverse("desk:member", args=[member.pk]))


def _on_time(read: Evidence, names: bool) -> Listed:
    columns = [
        Column(_("เดือน")), Column(_("ส่งได้ถึงวันที่"), "day"), Column(_("ต้องส่ง (คน)"), "number"),
        Column(_("ตรงกำหนด (คน)"), "number"),
    ]  # fmt: skip
    everyone = {member.pk: str(member) for member in read.members}
    rows = []
    for one in read.months:
        cells: list[Any] = [month_words(one.month), one.last, len(one.on_time), one.good]
        if names:
            cells.append(", ".join(everyone[member] for member, good in one.on_time.items() if not good))
        url = reverse("treasury:day", args=[one.sheet.pk]) if names and one.sheet else ""
        rows.append(Row(cells, url))
    return Listed([*columns, Column(_("ใครไม่ตรงกำหนด"))] if names else columns, rows)


def _newest(read: Evidence, names: bool) -> Listed:
    columns = [Column(_("รายการล่าสุด")), Column(_("วันที่เกิด"), "day"), Column(_("วันที่ลงบัญชี"), "day")]
    one = read.newest
    if one is None:
        return Listed(columns, [])
    kind = str(KINDS.get(one.kind, ""))
    url = reverse("treasury:voucher", args=[one.pk]) if names else ""
    return Listed(columns, [Row([f"{one.voucher} {kind}" if names else kind, one.date, clock.day_of(one.at)], url)])


def _places(read: Evidence, names: bool) -> Listed:
    columns = [
        Column(_("ที่เก็บเงิน")), Column(_("ตรวจล่าสุด"), "day"), Column(_("ต่างกัน (บาท)"), "baht"), Column(_("ผล")),
    ]  # fmt: skip
    rows = []
    for one in read.places:
        plain = _("เงินสด") if one.holding.is_cash else _("เงินฝากธนาคาร")
        result = _("ตรงกัน") if one.agrees else _("ต่างกัน") if one.day else _("ยังไม่ได้ตรวจใน 92 วัน")
        cells = [str(one.holding.name) if names else plain, one.day, one.difference if one.day else None, result]
        rows.append(Row(cells, _checked_at(one) if names else ""))
    return Listed(columns, rows)


def _checked_at(one: Checked) -> str:
    """The paper of a count, of the day's sheet or of the bank's statement."""
    found: list[tuple[str, Any]] = [
        ("treasury:count", one.counting), ("treasury:day", one.sheet), ("treasury:statement", one.statement),
    ]  # fmt: skip
    return next((reverse(route, args=[thing.pk]) for route, thing in found if thing), "")


def _rates(read: Evidence, names: bool) -> Listed:
    columns = [Column(_("ประเภทเงินกู้")), Column(_("ร้อยละต่อปี"), "number"), Column(_("ค่าธรรมเนียมรายปี (ร้อยละ)"), "number")]
    url = reverse("treasury:products", args=[read.kept.book_id]) if names else ""
    return Listed(columns, [Row([one.name, one.rate, one.yearly_fee], url) for one in read.rates])


def _late_loans(read: Evidence, names: bool) -> Listed:
    if not names:
        return _by_age(read)
    columns = [
        Column(_("สัญญา")), Column(_("ผู้กู้")), Column(_("เงินต้นคงเหลือ (บาท)"), "baht"), Column(_("เงินต้นค้าง (บาท)"), "baht"),
        Column(_("ค้าง (วัน)"), "number"),
    ]  # fmt: skip
    found = sorted(read.late, key=lambda one: -one.days)
    rows = [
        Row([str(one.loan), str(one.loan.member), one.principal, one.overdue_principal, one.days], _loan_at(one.loan))
        for one in found
    ]
    return Listed(columns, rows)


def _loan_at(loan: Loan) -> str:
    return reverse("treasury:loan", args=[loan.pk])


def _by_age(read: Evidence) -> Listed:
    count: defaultdict[str, int] = defaultdict(int)
    owed: defaultdict[str, int] = defaultdict(int)
    late: defaultdict[str, int] = defaultdict(int)
    for one in read.loans:
        at = age(one.left, read.on)
        count[at] += 1
        owed[at] += one.principal
        late[at] += one.overdue_principal
    columns = [
        Column(_("อายุหนี้")), Column(_("สัญญา"), "number"), Column(_("เงินต้นคงเหลือ (บาท)"), "baht"),
        Column(_("เงินต้นค้าง (บาท)"), "baht"),
    ]  # fmt: skip
    return Listed(columns, [Row([AGE_WORDS[at], count[at], owed[at], late[at]]) for at in AGES if count[at]])


def _appropriated(read: Evidence, names: bool) -> Listed:
    columns = [Column(_("หัวข้อ")), Column(_("รหัสบัญชี")), Column(_("ร้อยละ"), "number"), Column(_("บาท"), "baht")]
    made = read.appropriation
    if made is None:
        return Listed(columns, [])
    url = reverse("treasury:voucher", args=[made.entry_id]) if names else ""
    heads = sorted(made.heads.all(), key=lambda head: head.position)
    return Listed(columns, [Row([head.name, head.code, head.percent, head.satang], url) for head in heads])


def _welfare(read: Evidence, names: bool) -> Listed:
    if names:
        return _payments(read, "welfare")
    labels = dict(WelfareKind.choices)
    rows = [Row([str(labels[one.kind]), one.times, one.satang]) for one in read.given if one.kind]
    return Listed([Column(_("ประเภท")), Column(_("ครั้ง"), "number"), Column(_("บาท"), "baht")], rows)


def _payments(read: Evidence, kind: str) -> Listed:
    found: dict[int, Row] = {}
    for one in read.payments(kind).select_related("entry__paper").order_by("entry__date", "pk"):
        before = found[one.entry_id].cells[3] if one.entry_id in found else 0
        paper = getattr(one.entry, "paper", None)
        what = paper.get_welfare_display() if paper and paper.welfare else str(KINDS.get(kind, ""))
        cells = [one.entry.voucher, one.entry.date, what, before + one.amount]
        found[one.entry_id] = Row(cells, reverse("treasury:voucher", args=[one.entry_id]))
    columns = [Column(_("ใบสำคัญ")), Column(_("วันที่"), "day"), Column(_("จ่ายอะไร")), Column(_("บาท"), "baht")]
    return Listed(columns, list(found.values()))


def _public_benefit(read: Evidence, names: bool) -> Listed:
    left = [_("ทุนสาธารณประโยชน์คงเหลือ (34510)"), read.on, "", read.held(chart.PUBLIC_BENEFIT)]
    if names:
        paid = _payments(read, "gift")
        return Listed(paid.columns, [*paid.rows, Row(left)])
    gifts = next(one for one in read.given if not one.kind)
    times = _("จ่ายไปใน 12 เดือน %(times)s ครั้ง") % {"times": gifts.times}
    return Listed([Column(_("รายการ")), Column(_("บาท"), "baht")], [Row([times, gifts.satang]), Row([left[0], left[3]])])


def _growth(read: Evidence, names: bool) -> Listed:
    before, now = pledged_before(read), read.held(chart.PLEDGED)
    rows = [(read.before, before), (read.on, now)]
    url = reverse("treasury:ledger", args=[read.kept.book_id]) if names else ""
    columns = [Column(_("สิ้นวันที่"), "day"), Column(_("เงินสัจจะสะสม 31020 (บาท)"), "baht")]
    return Listed(columns, [Row(row, url) for row in rows])


def _members_growth(read: Evidence, names: bool) -> Listed:
    came = [one for one in read.members if read.before < one.joined_on <= read.on]
    went = [one for one in read.members if one.ended_on and read.before < one.ended_on <= read.on]
    if not names:
        rows = [(_("เมื่อต้นช่วง"), len(read.members_on(read.before))), (_("เข้าใหม่"), len(came)), (_("พ้นสมาชิก"), len(went))]
        return Listed([Column(_("สมาชิก")), Column(_("คน"), "number")], [Row(row) for row in rows])
    moves: list[tuple[date, Member, str]] = [(one.joined_on, one, _("เข้าใหม่")) for one in came]
    moves += [(one.ended_on or read.on, one, _("พ้นสมาชิก")) for one in went]
    moves.sort(key=lambda move: (move[0], move[1].pk))
    columns = [Column(_("สมาชิก")), Column(_("วันที่"), "day"), Column(_("อย่างไร"))]
    return Listed(columns, [_of_member(member, day, how) for day, member, how in moves])


def _closed(read: Evidence, names: bool) -> Listed:
    columns = [Column(_("ปีบัญชี")), Column(_("วันสิ้นปี"), "day"), Column(_("วันที่ปิดบัญชี"), "day")]
    one = read.year_end
    if one is None:
        return Listed(columns, [])
    return Listed(
        columns, [Row([one.label, one.last, clock.day_of(one.at)], reverse("treasury:year", args=[read.kept.book_id, one.year]))]
    )


def _reserve(read: Evidence, names: bool) -> Listed:
    found = [read.headings[code] for code in (chart.RESERVE, chart.LOANS) if code in read.headings]
    columns = [Column(_("บัญชี")), Column(_("บาท"), "baht")]
    url = reverse("treasury:balance_sheet", args=[read.kept.book_id])
    return Listed(columns, [Row([f"{one.code} {one.name}", read.held(one.code)], url) for one in found])


LISTS: Final[dict[str, Callable[[Evidence, bool], Listed]]] = {
    evidence.MEMBERS_CURRENT: _members, evidence.SAVINGS_ON_TIME: _on_time, evidence.BOOKS_CURRENT: _newest,
    evidence.CASH_AGREES: _places, evidence.WITHIN_LAW: _rates, evidence.OVERDUE: _late_loans, evidence.AT_RISK: _late_loans,
    evidence.APPROPRIATED: _appropriated, evidence.WELFARE_PAID: _welfare, evidence.WELFARE_KINDS: _welfare,
    evidence.PUBLIC_BENEFIT: _public_benefit, evidence.PLEDGED_GROWTH: _growth, evidence.MEMBERS_GROWTH: _members_growth,
    evidence.CLOSED_IN_TIME: _closed, evidence.RESERVE: _reserve,
}  # fmt: skip
