"""Payments on loans outside the collecting day, closing a contract early, and what is late."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.groups.models import GroupBook
from sajja.ledger import periods
from sajja.org.door import Request, find, guarded, holds
from sajja.org.permissions import P
from sajja.treasury.actions import repaying as acts
from sajja.treasury.exports.arrears import arrears_workbook
from sajja.treasury.forms.repaying import RepayForm, SettleForm
from sajja.treasury.models import Loan
from sajja.treasury.queries import arrears as queries
from sajja.treasury.queries import loans as standing_queries
from sajja.treasury.queries.statements import year_span
from sajja.treasury.views import once_uuid
from sajja.treasury.views.statements import workbook_response
from sajja.web import clock
from sajja.web.once import submit

KEPT = GroupBook.objects.select_related("group__unit__parent", "book")
LOANS = Loan.objects.select_related("kept__group__unit__parent", "kept__book", "member", "product", "account")
OWED = LOANS.filter(state="normal")


@guarded(P.KEEP_BOOKS)
def repay(request: Request, loan: int) -> HttpResponse:
    """Money on a contract comes in; what is due today is filled in."""
    found = find(request, P.KEEP_BOOKS, OWED, pk=loan)
    now = standing_queries.standing(found, clock.today())
    form = RepayForm(found, now, request.POST or None)
    back = reverse("treasury:loan", args=[found.pk])

    def do() -> str:
        entry = acts.repay(by=request.user, loan=found, uuid=once_uuid(request), **form.given)
        messages.success(request, _("รับชำระแล้ว ใบสำคัญ %(no)s พิมพ์ให้ผู้กู้ได้") % {"no": entry.voucher})
        return reverse("treasury:voucher", args=[entry.pk])

    context = {"kept": found.kept, "here": "treasury:loans", "loan": found, "now": now, "form": form, "back": back}
    return submit(request, form, do) or render(request, "treasury/repaying/repay.html", context)


@guarded(P.KEEP_BOOKS)
def settle_early(request: Request, loan: int) -> HttpResponse:
    """The contract is closed by one payment of today."""
    found = find(request, P.KEEP_BOOKS, OWED, pk=loan)
    now = standing_queries.standing(found, clock.today())
    form = SettleForm(found, request.POST or None)
    day = form.cleaned_data.get("date") if form.is_bound and form.is_valid() else None
    back = reverse("treasury:loan", args=[found.pk])

    def do() -> str:
        entry = acts.settle_early(by=request.user, loan=found, uuid=once_uuid(request), **form.given)
        messages.success(request, _("ปิดสัญญาแล้ว ใบสำคัญ %(no)s คืนสัญญาและหนังสือค้ำประกันให้ผู้กู้") % {"no": entry.voucher})
        return reverse("treasury:voucher", args=[entry.pk])

    context = {
        "kept": found.kept, "here": "treasury:loans", "loan": found, "now": now, "form": form, "back": back,
        "closing": acts.closing_on(found, day or clock.today()),
    }  # fmt: skip
    return submit(request, form, do) or render(request, "treasury/repaying/settle.html", context)


@guarded(P.SEE_ACCOUNTS)
def arrears(request: Request, book: int) -> HttpResponse:
    """What is late, by age; who must pay this month; what of it is at risk."""
    kept = find(request, P.SEE_ACCOUNTS, KEPT, book=book)
    today = clock.today()
    context = {
        "kept": kept, "here": "treasury:loans", "now": queries.portfolio(kept, today), "today": today,
        "due": queries.due_in(kept, today, periods.last_day(periods.month_of(today))),
        "on_time": queries.on_time(kept, year_span(kept.book, today).first, today),
        "may_keep": holds(request.user, P.KEEP_BOOKS, kept.group.unit),
    }  # fmt: skip
    return render(request, "treasury/repaying/arrears.html", context)


@guarded(P.SEE_ACCOUNTS)
def arrears_paper(request: Request, book: int) -> HttpResponse:
    """The same on A4."""
    kept = find(request, P.SEE_ACCOUNTS, KEPT, book=book)
    context = {"kept": kept, "here": "treasury:loans", "now": queries.portfolio(kept, clock.today()), "today": clock.today()}
    return render(request, "treasury/repaying/arrears_paper.html", context)


@guarded(P.SEE_ACCOUNTS)
def arrears_sheet(request: Request, book: int) -> HttpResponse:
    """The same as a workbook."""
    kept = find(request, P.SEE_ACCOUNTS, KEPT, book=book)
    body = arrears_workbook(kept, queries.portfolio(kept, clock.today()), clock.today())
    return workbook_response(body, _("หนี้ค้าง %(group)s") % {"group": kept.group.name})
