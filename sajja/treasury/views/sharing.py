"""The general meeting's sharing out: prepare it, post it, the list to sign, pay, what nobody fetched, what was paid wrong."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.groups.models import GroupBook
from sajja.org.door import Request, find, guarded, holds
from sajja.org.permissions import P
from sajja.treasury.actions import payout, sharing
from sajja.treasury.exports.sharing import list_workbook, pages_of
from sajja.treasury.forms import sharing as forms
from sajja.treasury.models import Appropriation, PaidHow, Share, YearEnd
from sajja.treasury.queries import sharing as queries
from sajja.treasury.queries import yearend
from sajja.treasury.queries.loans import by_member
from sajja.treasury.queries.yearend import Year
from sajja.treasury.views import once_uuid
from sajja.web import clock
from sajja.web.once import submit

KEPT = GroupBook.objects.select_related("group__unit__parent", "book")
SHARES = Share.objects.select_related(
    "appropriation__year_end__kept__group__unit__parent", "appropriation__year_end__kept__book", "member", "entry", "set_off"
)
PER_PAGE = 50


def _year(request: Request, permission: str, book: int, fiscal_year: int) -> tuple[Year, YearEnd | None]:
    of = yearend.year_of(find(request, permission, KEPT, book=book), fiscal_year)
    return of, yearend.year_end_of(of)


def _ended(request: Request, permission: str, book: int, fiscal_year: int) -> tuple[Year, YearEnd]:
    of, ended = _year(request, permission, book, fiscal_year)
    if ended is None:
        raise Http404
    return of, ended


def _made(request: Request, permission: str, book: int, fiscal_year: int) -> tuple[Year, Appropriation]:
    """The year's appropriation that counts, with a surplus shared out."""
    of, ended = _ended(request, permission, book, fiscal_year)
    made = ended.appropriation
    if made is None or not made.satang:
        raise Http404
    return of, made


def _of(of: Year) -> dict[str, Any]:
    back = reverse("treasury:sharing", args=[of.kept.book_id, of.number])
    return {"kept": of.kept, "year": of, "here": "treasury:years", "back": back}


def _done(of: Year, words: str, request: Request) -> str:
    messages.success(request, words)
    return str(_of(of)["back"])


@guarded(P.SEE_ACCOUNTS)
def overview(request: Request, book: int, fiscal_year: int) -> HttpResponse:
    """One question: what comes next between the closed year and everybody having his share."""
    of, ended = _year(request, P.SEE_ACCOUNTS, book, fiscal_year)
    made = ended.appropriation if ended else None
    lines = queries.lines_of(made) if made else []
    wanted = request.GET.get("q", "").strip()
    shown = [line for line in lines if wanted in line.member.name or wanted == line.member.number] if wanted else lines
    unit = of.kept.group.unit
    context = _of(of) | {
        "ended": ended, "made": made, "sums": queries.sums_of(lines), "q": wanted, "lines": lines,
        "page": Paginator(shown, PER_PAGE).get_page(request.GET.get("page")),
        "heads": made.heads.order_by("position") if made else [],
        "rates": queries.rates_of(made, lines) if made else None,
        "may_close": holds(request.user, P.CLOSE_YEAR, unit), "may_keep": holds(request.user, P.KEEP_BOOKS, unit),
    }  # fmt: skip
    return render(request, "treasury/sharing/overview.html", context)


@guarded(P.CLOSE_YEAR)
def appropriate(request: Request, book: int, fiscal_year: int) -> HttpResponse:
    """The heads, and below them what they come to for everyone; then it is posted."""
    of, ended = _ended(request, P.CLOSE_YEAR, book, fiscal_year)
    if ended.appropriation or ended.surplus_satang <= 0:
        return redirect(_of(of)["back"])
    form = forms.AppropriateForm(ended, request.POST if request.method == "POST" else None)

    def do() -> str:
        sharing.appropriate(by=request.user, kept=of.kept, fiscal_year=of.number, uuid=once_uuid(request), **form.given)
        return _done(of, _("ลงการจัดสรรกำไรแล้ว พิมพ์บัญชีจ่ายให้สมาชิกลงชื่อได้"), request)

    if request.POST.get("step") == "post" and (answer := submit(request, form, do)):
        return answer
    found = form.preview()
    if request.POST.get("step") != "post":
        form.errors.pop("resolution", None)
    members = {m.pk: m for m in of.kept.group.members.all()} if found else {}
    context = _of(of) | {
        "ended": ended, "form": form, "shared": found, "dues": [(members[due.member], due) for due in found.dues] if found else [],
    }  # fmt: skip
    return render(request, "treasury/sharing/appropriate.html", context)


@guarded(P.CLOSE_YEAR)
def carry_loss(request: Request, book: int, fiscal_year: int) -> HttpResponse:
    """A year of loss: why nothing can be shared out, and the one voucher that there is."""
    of, ended = _ended(request, P.CLOSE_YEAR, book, fiscal_year)
    if ended.appropriation or ended.surplus_satang >= 0:
        return redirect(_of(of)["back"])
    form = forms.LossForm(ended, request.POST if request.method == "POST" else None)

    def do() -> str:
        sharing.carry_loss(by=request.user, kept=of.kept, fiscal_year=of.number, uuid=once_uuid(request), **form.given)
        return _done(of, _("ย้ายผลขาดทุนไป 33000 แล้ว"), request)

    context = _of(of) | {"ended": ended, "form": form}
    return submit(request, form, do) or render(request, "treasury/sharing/loss.html", context)


@guarded(P.CLOSE_YEAR)
def take_back_appropriation(request: Request, book: int, fiscal_year: int) -> HttpResponse:
    """Why it is taken back, while nobody was paid."""
    of, ended = _ended(request, P.CLOSE_YEAR, book, fiscal_year)
    made = ended.appropriation
    if made is None:
        raise Http404
    form = forms.TakeBackForm(request.POST if request.method == "POST" else None)

    def do() -> str:
        sharing.take_back_appropriation(
            by=request.user, appropriation=made, reason=form.cleaned_data["reason"], uuid=once_uuid(request)
        )
        return _done(of, _("ยกเลิกแล้ว ลงการจัดสรรใหม่ได้"), request)

    context = _of(of) | {"made": made, "form": form}
    return submit(request, form, do) or render(request, "treasury/sharing/take_back.html", context)


@guarded(P.SEE_ACCOUNTS)
def share_list(request: Request, book: int, fiscal_year: int) -> HttpResponse:
    """The list to sign on A4, by member or by family, each page with its sum."""
    of, made = _made(request, P.SEE_ACCOUNTS, book, fiscal_year)
    by_family = request.GET.get("by") == "family"
    lines = queries.lines_of(made)
    context = _of(of) | {
        "made": made, "by_family": by_family, "pages": pages_of(lines, by_family=by_family), "sums": queries.sums_of(lines),
    }  # fmt: skip
    return render(request, "treasury/sharing/list.html", context)


@guarded(P.SEE_ACCOUNTS)
def share_sheet(request: Request, book: int, fiscal_year: int) -> HttpResponse:
    """The same as a workbook."""
    _of_year, made = _made(request, P.SEE_ACCOUNTS, book, fiscal_year)
    return list_workbook(made, queries.lines_of(made))


@guarded(P.KEEP_BOOKS)
def pay_shares(request: Request, book: int, fiscal_year: int) -> HttpResponse:
    """The meeting's day: everyone in cash by one press, then the exceptions; then what it comes to; then it is posted."""
    of, made = _made(request, P.KEEP_BOOKS, book, fiscal_year)
    lines = queries.lines_of(made, clock.today())
    everyone = "cash" if request.GET.get("all") == "cash" else ""
    form = forms.PayForm(of.kept, lines, request.POST if request.method == "POST" else None, everyone=everyone)
    step = request.POST.get("step", "")

    def do() -> str:
        payout.pay_shares(by=request.user, appropriation=made, uuid=once_uuid(request), **form.given)
        return _done(of, _("ลงบัญชีจ่ายแล้ว คนที่ยังไม่รับ ค้างจ่ายไว้ให้มารับภายหลัง"), request)

    if step == "post" and (answer := submit(request, form, do)):
        return answer
    context = _of(of) | {"made": made, "form": form, "sums": queries.sums_of(lines)}
    if step in {"check", "post"} and not form.errors and form.is_valid():
        return render(request, "treasury/sharing/confirm.html", context | {"totals": form.totals()})
    return render(request, "treasury/sharing/pay.html", context)


@guarded(P.SEE_ACCOUNTS)
def unpaid_shares(request: Request, book: int) -> HttpResponse:
    """For whom money waits, since when."""
    kept = find(request, P.SEE_ACCOUNTS, KEPT, book=book)
    rows = queries.unpaid_of(kept)
    context = {
        "kept": kept, "here": "treasury:years", "rows": rows, "total": sum(row.total for row in rows),
        "may_keep": holds(request.user, P.KEEP_BOOKS, kept.group.unit),
    }  # fmt: skip
    return render(request, "treasury/sharing/unpaid.html", context)


@guarded(P.KEEP_BOOKS)
def fetch_share(request: Request, share: int) -> HttpResponse:
    """One member fetches what waits for him."""
    found = find(request, P.KEEP_BOOKS, SHARES, pk=share)
    kept = found.appropriation.year_end.kept
    late = [one for one in by_member(kept, clock.today()).get(found.member_id, []) if one.due]
    form = forms.FetchForm(kept, found, late, request.POST if request.method == "POST" else None)
    waits = sum(account.standing for account in queries.held_back(kept, found.member).values())
    return _share_act(
        request, found, form, lambda: payout.fetch_share(by=request.user, share=found, uuid=once_uuid(request), **form.given),
        "treasury/sharing/fetch.html", _("ลงบัญชีแล้ว"), waits=waits,
    )  # fmt: skip


@guarded(P.KEEP_BOOKS)
def take_back_share(request: Request, share: int) -> HttpResponse:
    """What was paid wrong is reversed for one member; he can be paid anew."""
    found = find(request, P.KEEP_BOOKS, SHARES, pk=share)
    form = forms.WrongShareForm(request.POST if request.method == "POST" else None, initial={"date": clock.today()})
    return _share_act(
        request, found, form,
        lambda: payout.take_back_share(by=request.user, share=found, uuid=once_uuid(request), **form.cleaned_data),
        "treasury/sharing/wrong.html", _("แก้แล้ว จ่ายใหม่ให้ถูกได้"),
    )  # fmt: skip


def _share_act(
    request: Request, found: Share, form: Any, act: Callable[[], object], template: str, words: str, **more: Any
) -> HttpResponse:
    ended = found.appropriation.year_end
    back = reverse("treasury:sharing", args=[ended.kept.book_id, ended.year])

    def do() -> str:
        act()
        messages.success(request, words)
        return back

    context = {
        "kept": ended.kept, "here": "treasury:years", "share": found, "member": found.member, "form": form, "back": back,
        "unpaid": found.how == PaidHow.UNPAID, "heirs": queries.heirs_of(found),
    }  # fmt: skip
    return submit(request, form, do) or render(request, template, context | more)
