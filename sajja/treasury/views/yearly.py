"""What is done for all members at once: interest on special savings, slips that confirm balances."""

from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.groups.models import GroupBook
from sajja.lib.thai_dates import SHORT_MONTHS
from sajja.org.door import Request, find, guarded, holds
from sajja.org.permissions import P
from sajja.treasury.actions import confirming, savings
from sajja.treasury.forms import savings as forms
from sajja.treasury.interest import Reckoned
from sajja.treasury.models import BalanceConfirmation, InterestBase, InterestRun
from sajja.treasury.queries import savings as queries
from sajja.treasury.views import once_uuid
from sajja.web import clock
from sajja.web.once import submit

KEPT = GroupBook.objects.select_related("group__unit__parent", "book")
PER_PAGE = 50


@guarded(P.SEE_ACCOUNTS)
def interest(request: Request, book: int) -> HttpResponse:
    """What the next run would credit, member by member; sending it credits."""
    kept = find(request, P.SEE_ACCOUNTS, KEPT, book=book)
    offered = queries.next_interest_day(kept, clock.today())
    asked = forms.InterestForm(request.GET) if request.GET.get("day") else None
    day = asked.cleaned_data["day"] if asked and asked.is_valid() else offered
    due = queries.interest_due(kept, day or clock.today())
    context = {
        "kept": kept, "here": "treasury:savings", "asked": asked or forms.InterestForm(initial={"day": day}), "day": day,
        "due": due, "months": [SHORT_MONTHS[month % 100 - 1] for month in due.months], "runs": queries.runs(kept),
        "daily": due.base == InterestBase.DAILY, "may_keep": holds(request.user, P.KEEP_BOOKS, kept.group.unit),
    }  # fmt: skip
    return render(request, "treasury/savings/interest.html", context)


@guarded(P.KEEP_BOOKS)
def credit_interest(request: Request, book: int) -> HttpResponse:
    """Credit the run that was shown; a wrong day shows the page of the day again."""
    kept = find(request, P.KEEP_BOOKS, KEPT, book=book)
    asked = forms.InterestForm(request.GET or None)
    shown = asked.cleaned_data["day"] if asked.is_valid() else None
    form = forms.InterestForm(request.POST or None, initial={"day": shown})

    def done() -> str:
        run = savings.credit_interest(by=request.user, kept=kept, day=form.cleaned_data["day"], uuid=once_uuid(request))
        messages.success(request, _("ลงดอกเบี้ยเข้าบัญชีสมาชิกแล้ว"))
        return reverse("treasury:interest_run", args=[run.pk])

    if answer := submit(request, form, done):
        return answer
    day = form.cleaned_data["day"] if form.is_valid() else shown
    due = queries.interest_due(kept, day) if day else None
    context = {"kept": kept, "form": form, "due": due, "back": reverse("treasury:interest", args=[book])}
    return render(request, "treasury/savings/credit.html", context)


@guarded(P.SEE_ACCOUNTS)
def interest_run(request: Request, run: int) -> HttpResponse:
    """How each amount of a run came about."""
    rows = InterestRun.objects.select_related("kept__group__unit__parent", "kept__book", "entry")
    found = find(request, P.SEE_ACCOUNTS, rows, pk=run)
    members = found.kept.group.members.in_bulk([row["member"] for row in found.rows])
    context = {
        "kept": found.kept, "here": "treasury:savings", "run": found,
        "months": [SHORT_MONTHS[month % 100 - 1] for month in queries.months_of(found)],
        "rows": [
            queries.Earned(members[row["member"]], Reckoned(tuple(row["lows"]), row["interest"])) for row in found.rows
        ],
        "total": sum(row["interest"] for row in found.rows), "daily": found.base == InterestBase.DAILY,
    }  # fmt: skip
    return render(request, "treasury/savings/interest_run.html", context)


@guarded(P.SEE_ACCOUNTS)
def confirmations(request: Request, book: int) -> HttpResponse:
    """The days of which balances were asked, and the form that asks anew."""
    kept = find(request, P.SEE_ACCOUNTS, KEPT, book=book)
    form = forms.ConfirmDayForm(request.POST or None, initial={"on": clock.today()})
    may_keep = holds(request.user, P.KEEP_BOOKS, kept.group.unit)
    context = {
        "kept": kept, "here": "treasury:savings", "form": form, "days": queries.confirmation_days(kept), "may_keep": may_keep,
    }  # fmt: skip
    return render(request, "treasury/savings/confirmations.html", context)


@guarded(P.KEEP_BOOKS)
def ask_confirmations(request: Request, book: int) -> HttpResponse:
    """Make a slip for each member who has savings."""
    kept = find(request, P.KEEP_BOOKS, KEPT, book=book)
    form = forms.ConfirmDayForm(request.POST or None, initial={"on": clock.today()})

    def done() -> str:
        on = form.cleaned_data["on"]
        made = confirming.ask_confirmations(by=request.user, kept=kept, on=on)
        messages.success(request, _("ออกหนังสือยืนยันยอดแล้ว %(made)s ฉบับ") % {"made": made})
        return reverse("treasury:confirmation_day", args=[book, on.isoformat()])

    if answer := submit(request, form, done):
        return answer
    context = {"kept": kept, "form": form, "back": reverse("treasury:confirmations", args=[book])}
    return render(request, "treasury/savings/ask.html", context)


def _slips(request: Request, book: int, on: str) -> tuple[GroupBook, date, list[BalanceConfirmation]]:
    kept = find(request, P.SEE_ACCOUNTS, KEPT, book=book)
    try:
        day = date.fromisoformat(on)
    except ValueError as wrong:
        raise Http404 from wrong
    slips = list(
        BalanceConfirmation.objects.filter(kept=kept, on=day)
        .select_related("member")
        .order_by("member__call_position", "member__order")
    )
    if not slips:
        raise Http404
    return kept, day, slips


@guarded(P.SEE_ACCOUNTS)
def confirmation_day(request: Request, book: int, on: str) -> HttpResponse:
    """Which slips came back, which differ."""
    kept, day, slips = _slips(request, book, on)
    context = {
        "kept": kept, "here": "treasury:savings", "on": day, "iso": on, "count": len(slips),
        "page": Paginator(slips, PER_PAGE).get_page(request.GET.get("page")),
        "may_keep": holds(request.user, P.KEEP_BOOKS, kept.group.unit),
        "answered": sum(bool(slip.answer) for slip in slips), "differ": sum(slip.answer == "differs" for slip in slips),
    }  # fmt: skip
    return render(request, "treasury/savings/confirmation_day.html", context)


@guarded(P.SEE_ACCOUNTS)
def confirmation_paper(request: Request, book: int, on: str) -> HttpResponse:
    """The slips to print, four a page."""
    kept, day, slips = _slips(request, book, on)
    return render(request, "treasury/savings/confirmation_paper.html", {"kept": kept, "on": day, "iso": on, "slips": slips})


@guarded(P.KEEP_BOOKS)
def confirmation(request: Request, confirmation: int) -> HttpResponse:
    """What came back on one slip."""
    rows = BalanceConfirmation.objects.select_related("kept__group__unit__parent", "kept__book", "member")
    found = find(request, P.KEEP_BOOKS, rows, pk=confirmation)
    form = forms.AnswerForm(
        request.POST or None,
        initial={"answer": found.answer, "said_satang": found.said_satang, "solved": found.solved},
    )
    back = reverse("treasury:confirmation_day", args=[found.kept.book_id, found.on.isoformat()])

    def done() -> str:
        confirming.answer_confirmation(by=request.user, confirmation=found, **form.cleaned_data)
        messages.success(request, _("บันทึกคำตอบแล้ว"))
        return back

    if answer := submit(request, form, done):
        return answer
    context = {"kept": found.kept, "here": "treasury:savings", "slip": found, "form": form, "back": back}
    return render(request, "treasury/savings/confirmation.html", context)
