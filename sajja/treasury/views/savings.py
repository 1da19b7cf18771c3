"""Members' savings: the register of a day, a member's own page and passbook, special savings, leaving."""

from collections.abc import Callable
from datetime import date
from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.groups.models import GroupBook, Member, MemberStatus
from sajja.lib.thai_dates import short
from sajja.org.door import Request, find, guarded, holds
from sajja.org.permissions import P
from sajja.treasury import chart
from sajja.treasury.actions import confirming, leaving, savings
from sajja.treasury.exports.savings import register_workbook
from sajja.treasury.forms import savings as forms
from sajja.treasury.forms.choices import KeptForm
from sajja.treasury.models import Settlement
from sajja.treasury.queries import kept_of
from sajja.treasury.queries import savings as queries
from sajja.treasury.queries.sharing import member_shares
from sajja.treasury.queries.slips import slips_of
from sajja.treasury.views import once_uuid
from sajja.web import clock
from sajja.web.fields import SajjaForm
from sajja.web.once import submit

KEPT = GroupBook.objects.select_related("group__unit__parent", "book")
MEMBERS = Member.objects.select_related("group__unit__parent", "family")
PER_PAGE = 50


@guarded(P.SEE_ACCOUNTS)
def register(request: Request, book: int) -> HttpResponse:
    """What every member has at the end of a day."""
    kept = find(request, P.SEE_ACCOUNTS, KEPT, book=book)
    form = forms.ConfirmDayForm(request.GET if "on" in request.GET else {"on": short(clock.today())})
    on = form.cleaned_data["on"] if form.is_valid() else clock.today()
    rows = queries.register_on(kept, on)
    wanted = request.GET.get("q", "").strip()
    shown = [row for row in rows if wanted in row.member.name or wanted == row.member.number] if wanted else rows
    context = {
        "kept": kept, "here": "treasury:savings", "form": form, "on": on, "q": wanted,
        "page": Paginator(shown, PER_PAGE).get_page(request.GET.get("page")), "count": len(rows),
        "pledged": sum(row.pledged for row in rows), "special": sum(row.special for row in rows),
        "may_keep": holds(request.user, P.KEEP_BOOKS, kept.group.unit),
        "interest_day": queries.next_interest_day(kept, clock.today()),
        "settled": _settled(kept),
    }  # fmt: skip
    return render(request, "treasury/savings/register.html", context)


@guarded(P.SEE_ACCOUNTS)
def register_sheet(request: Request, book: int) -> HttpResponse:
    """The same as a workbook."""
    kept = find(request, P.SEE_ACCOUNTS, KEPT, book=book)
    form = forms.ConfirmDayForm(request.GET)
    on = form.cleaned_data["on"] if form.is_valid() else clock.today()
    return register_workbook(kept, queries.register_on(kept, on), on)


def _settled(kept: GroupBook) -> list[tuple[Settlement, int]]:
    """The newest ten who left, each with what still waits for him."""
    rows = list(Settlement.objects.filter(kept=kept, counts=True).select_related("member").order_by("-day", "-pk")[:10])
    waits = queries.waiting([row.member_id for row in rows]) if rows else {}
    return [(row, waits.get(row.member_id, 0)) for row in rows]


def member_and_book(request: Request, permission: str, member: int) -> tuple[Member, GroupBook]:
    """A member of one's units and the book that keeps his savings; 404 where there is none."""
    found = find(request, permission, MEMBERS, pk=member)
    kept = kept_of(found.group)
    if kept is None:
        raise Http404
    return found, kept


@guarded(P.SEE_ACCOUNTS)
def member(request: Request, member: int) -> HttpResponse:
    """What one member has, and every line of a year (the year of the page until today)."""
    found, kept = member_and_book(request, P.SEE_ACCOUNTS, member)
    year = int(request.GET["year"]) if request.GET.get("year", "").isdecimal() else clock.today().year
    year = min(max(year, kept.book.opened_on.year), clock.today().year)
    statement = queries.statement_of(kept, found, date(year, 1, 1), date(year, 12, 31))
    names = {chart.PLEDGED: _("เงินสัจจะสะสม"), chart.SPECIAL: _("เงินสัจจะสะสมพิเศษ")}
    parts = [
        (names[control], forward, lines, lines[-1].balance if lines else forward)
        for control, (forward, lines) in statement.items()
    ]
    context = {
        "kept": kept, "here": "treasury:savings", "member": found, "parts": parts, "year": year, "be": year + 543,
        "years": [(y, y + 543) for y in range(clock.today().year, kept.book.opened_on.year - 1, -1)],
        "held": queries.held_by(found), "unwritten": len(queries.unwritten(kept, found)),
        "settlement": Settlement.objects.filter(member=found, counts=True).first(), "active": found.status == MemberStatus.ACTIVE,
        "may_keep": holds(request.user, P.KEEP_BOOKS, found.group.unit), "special": chart.SPECIAL,
        "waits": queries.waiting([found.pk]).get(found.pk, 0), "pledged": chart.PLEDGED, "shares": member_shares(found),
        "slips": slips_of(found, clock.today()),
    }  # fmt: skip
    return render(request, "treasury/savings/member.html", context)


def _act(
    request: Request, found: Member, kept: GroupBook, form: KeptForm, words: tuple[str, str, str, str], act: Callable[..., object],
) -> HttpResponse:  # fmt: skip
    """A form about one member that posts one entry and goes back to the member's page.

    `words`: the head, what it does, the verb, what is said afterwards.
    """
    title, lead, verb, said = words

    def done() -> str:
        act(by=request.user, uuid=once_uuid(request), **form.given)
        messages.success(request, said)
        return reverse("treasury:member", args=[found.pk])

    if answer := submit(request, form, done):
        return answer
    held = queries.held_by(found)
    context = {
        "kept": kept, "here": "treasury:savings", "member": found, "form": form, "title": title, "lead": lead, "verb": verb,
        "has_pledged": held.get(chart.PLEDGED, 0), "has_special": held.get(chart.SPECIAL, 0),
    }  # fmt: skip
    return render(request, "treasury/savings/form.html", context)


@guarded(P.KEEP_BOOKS)
def special_in(request: Request, member: int) -> HttpResponse:
    """Special savings brought between collecting days."""
    found, kept = member_and_book(request, P.KEEP_BOOKS, member)
    form = forms.SpecialInForm(kept, request.POST or None)
    words = _("ฝากเงินสัจจะสะสมพิเศษ"), _("เงินที่นำมาฝากนอกวันส่งเงินสัจจะ"), _("รับฝาก"), _("รับฝากแล้ว")
    return _act(request, found, kept, form, words, partial(savings.special_in, kept=kept, member=found))


@guarded(P.KEEP_BOOKS)
def special_out(request: Request, member: int) -> HttpResponse:
    """Special savings taken out."""
    found, kept = member_and_book(request, P.KEEP_BOOKS, member)
    form = forms.SpecialOutForm(kept, request.POST or None)
    words = _("ถอนเงินสัจจะสะสมพิเศษ"), _("ถอนได้ไม่เกินยอดที่มี"), _("จ่ายเงินถอน"), _("จ่ายเงินถอนแล้ว")
    return _act(request, found, kept, form, words, partial(savings.special_out, kept=kept, member=found))


@guarded(P.KEEP_BOOKS)
def transfer(request: Request, member: int) -> HttpResponse:
    """Pledged savings pass to another of the family."""
    found, kept = member_and_book(request, P.KEEP_BOOKS, member)
    form = forms.TransferForm(kept, request.POST or None, giver=found)
    lead = _("โอนเงินสัจจะสะสมให้สมาชิกในครอบครัวเดียวกัน ไม่นับเป็นการส่งสัจจะของผู้รับ")
    words = _("โอนเงินสัจจะในครอบครัว"), lead, _("โอน"), _("โอนแล้ว")
    return _act(request, found, kept, form, words, partial(savings.transfer_in_family, kept=kept, giver=found))


@guarded(P.KEEP_BOOKS)
def settle(request: Request, member: int) -> HttpResponse:
    """A member leaves or has died: everything is paid back, the membership ends."""
    found, kept = member_and_book(request, P.KEEP_BOOKS, member)
    form = forms.SettleForm(kept, request.POST or None)
    title, said = _("จ่ายคืนและพ้นสมาชิกภาพ"), _("บันทึกแล้ว พิมพ์ใบสรุปให้ผู้รับเงินลงชื่อ")
    lead = _("คืนเงินออมทั้งหมดและให้พ้นสมาชิกภาพ ถ้าเสียชีวิต ระบบแบ่งตามสัดส่วนผู้รับผลประโยชน์ในทะเบียน")
    return _act(request, found, kept, form, (title, lead, title, said), partial(leaving.settle, kept=kept, member=found))


@guarded(P.SEE_ACCOUNTS)
def settlement(request: Request, settlement: int) -> HttpResponse:
    """The paper of a settlement, and the button that pays what still waits."""
    rows = Settlement.objects.select_related("kept__group__unit__parent", "kept__book", "member", "entry", "resolution__meeting")
    found = find(request, P.SEE_ACCOUNTS, rows, pk=settlement)
    context = {
        "kept": found.kept, "here": "treasury:savings", "settlement": found,
        "waits": queries.waiting([found.member_id]).get(found.member_id, 0),
        "may_keep": holds(request.user, P.KEEP_BOOKS, found.kept.group.unit),
    }  # fmt: skip
    return render(request, "treasury/savings/settlement.html", context)


@guarded(P.KEEP_BOOKS)
def pay_leaver(request: Request, settlement: int) -> HttpResponse:
    """What waits is fetched."""
    found = find(
        request,
        P.KEEP_BOOKS,
        Settlement.objects.select_related("kept__group__unit__parent", "kept__book", "member"),
        pk=settlement,
    )
    form = forms.PayLeaverForm(found.kept, request.POST or None)
    words = _("จ่ายเงินรอจ่าย"), _("ผู้พ้นสมาชิกภาพหรือทายาทมารับเงิน"), _("จ่ายเงิน"), _("จ่ายแล้ว")
    return _act(request, found.member, found.kept, form, words, partial(leaving.pay_leaver, settlement=found))


@guarded(P.KEEP_BOOKS)
def take_back(request: Request, settlement: int) -> HttpResponse:
    """The membership goes on: what was paid is reversed."""
    rows = Settlement.objects.select_related("kept__group__unit__parent", "kept__book", "member", "entry", "fetched")
    found = find(request, P.KEEP_BOOKS, rows, pk=settlement)
    form = forms.TakeBackForm(request.POST or None, initial={"date": clock.today()})

    def done() -> str:
        leaving.take_back(by=request.user, settlement=found, **form.cleaned_data)
        messages.success(request, _("ยกเลิกแล้ว กลับเป็นสมาชิกตามเดิม"))
        return reverse("treasury:member", args=[found.member_id])

    if answer := submit(request, form, done):
        return answer
    context = {"kept": found.kept, "settlement": found, "form": form, "back": reverse("treasury:settlement", args=[found.pk])}
    return render(request, "treasury/savings/take_back.html", context)


@guarded(P.SEE_ACCOUNTS)
def passbook(request: Request, member: int) -> HttpResponse:
    """The lines to be written into the member's passbook."""
    found, kept = member_and_book(request, P.SEE_ACCOUNTS, member)
    lines = queries.unwritten(kept, found)
    context = {
        "kept": kept, "here": "treasury:savings", "member": found, "lines": lines, "pledged": chart.PLEDGED,
        "may_keep": holds(request.user, P.KEEP_BOOKS, found.group.unit),
    }  # fmt: skip
    return render(request, "treasury/savings/passbook.html", context)


@guarded(P.KEEP_BOOKS)
def mark_passbook(request: Request, member: int) -> HttpResponse:
    """Keep in mind that the passbook was written up to now."""
    found, kept = member_and_book(request, P.KEEP_BOOKS, member)
    form = SajjaForm(request.POST)

    def done() -> str:
        confirming.mark_passbook(by=request.user, kept=kept, member=found)
        messages.success(request, _("จดไว้แล้วว่าลงสมุดคู่ฝากครบถึงวันนี้"))
        return reverse("treasury:member", args=[found.pk])

    if answer := submit(request, form, done):
        return answer
    if request.method == "POST":
        messages.error(request, " ".join(str(error) for error in form.non_field_errors()))
    return redirect("treasury:passbook", member=found.pk)
