"""The months of a book: their statement to sign, closing, opening again, the notice board's sheet, the audit's check."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.groups.models import GroupBook
from sajja.ledger import chain, periods
from sajja.ledger.models import PeriodMove
from sajja.org.door import Request, find, guarded, holds
from sajja.org.permissions import P
from sajja.treasury import actions
from sajja.treasury.exports import tables
from sajja.treasury.forms.closing import AnswerForm, AskForm, CheckForm, CloseForm
from sajja.treasury.models import MonthCheck, ReopenRequest
from sajja.treasury.queries import closing, statements
from sajja.treasury.statement import month_words
from sajja.web import clock
from sajja.web.once import submit

KEPT = GroupBook.objects.select_related("group__unit__parent", "book")


@guarded(P.SEE_BOOKS)
def months(request: Request, book: int) -> HttpResponse:
    """Every month: closed or open, what may be done with it."""
    kept = find(request, P.SEE_BOOKS, KEPT, book=book)
    context = {
        "kept": kept,
        "lines": [(line, month_words(line.month)) for line in closing.month_lines(kept, clock.today())],
        "may_close": holds(request.user, P.CLOSE_MONTH, kept.group.unit),
        "newest_closed": closing.standing(kept).closed_through,
        "waiting": closing.waiting_request(kept),
        "may_answer": holds(request.user, P.APPROVE_BOOKS, kept.group.unit),
        "inside": holds(request.user, P.SEE_ACCOUNTS, kept.group.unit),
        "here": "treasury:months",
    }
    return render(request, "treasury/closing/months.html", context)


@guarded(P.SEE_BOOKS)
def month(request: Request, book: int, month: int) -> HttpResponse:
    """The month's statement to sign: all four statements, and where the chain stood."""
    kept = find(request, P.SEE_BOOKS, KEPT, book=book)
    span = statements.month_span(_of_book(kept, month))
    year = statements.year_so_far(kept.book, span.last)
    head = closing.standing(kept)
    context = _of_month(kept, month) | {
        "move": PeriodMove.objects.filter(book=kept.book, month=month, year=False).order_by("-pk").first(),
        "closed": month <= head.closed_through,
        "tables": [
            tables.receipts_payments(kept.book, span),
            tables.income_statement(kept.book, year),
            tables.balance_sheet(kept.book, span.last),
            tables.trial_balance(kept.book, span.last),
        ],
        "head": chain.printed(kept.book.code, head.entries, head.hash),
        "printed_at": clock.now(),
    }
    return render(request, "treasury/closing/month.html", context)


@guarded(P.SEE_BOOKS)
def notice(request: Request, book: int, month: int) -> HttpResponse:
    """งบรับ–จ่าย of the month for the notice board: headings alone, no member's name or number."""
    kept = find(request, P.SEE_BOOKS, KEPT, book=book)
    span = statements.month_span(_of_book(kept, month))
    table = tables.receipts_payments(kept.book, span)
    ends = statements.month_ends(kept.book, month, month)[month]
    context = _of_month(kept, month) | {"table": table._replace(columns=table.columns[:3]), "ends": ends}
    return render(request, "treasury/closing/notice.html", context)


@guarded(P.SEE_BOOKS)
def check(request: Request, book: int, month: int) -> HttpResponse:
    """The audit committee's check sheet of the month, as signed or as it stands now."""
    kept = find(request, P.SEE_BOOKS, KEPT, book=book)
    facts = closing.month_facts(kept, _of_book(kept, month))
    signed = MonthCheck.objects.filter(kept=kept, month=month).order_by("-pk").first()
    context = _of_month(kept, month) | {
        "facts": facts,
        "signed": signed,
        "inside": holds(request.user, P.SEE_ACCOUNTS, kept.group.unit),
        "may_sign": holds(request.user, P.AUDIT_BOOKS, kept.group.unit),
    }
    return render(request, "treasury/closing/check.html", context)


@guarded(P.AUDIT_BOOKS)
def sign_check(request: Request, book: int, month: int) -> HttpResponse:
    """Sign the check with its figures as they are read now."""
    kept = find(request, P.AUDIT_BOOKS, KEPT, book=book)
    facts = closing.month_facts(kept, _of_book(kept, month))
    form = CheckForm(request.POST or None)
    back = reverse("treasury:check", args=[book, month])

    def do() -> str:
        lines = [fact._asdict() for fact in facts]
        actions.sign_month_check(by=request.user, kept=kept, month=month, lines=lines, **form.cleaned_data)
        messages.success(request, _("ลงชื่อตรวจสอบแล้ว"))
        return back

    context = _of_month(kept, month) | {"form": form, "facts": facts, "back": back}
    return submit(request, form, do) or render(request, "treasury/closing/sign_check.html", context)


@guarded(P.CLOSE_MONTH)
def close_month(request: Request, book: int, month: int) -> HttpResponse:
    """What to look at first, and what closing does."""
    kept = find(request, P.CLOSE_MONTH, KEPT, book=book)
    form = CloseForm(request.POST if request.method == "POST" else None)

    def do() -> str:
        actions.close_month(by=request.user, kept=kept, month=_of_book(kept, month))
        messages.success(request, _("ปิดงวดเดือน %(month)s แล้ว พิมพ์งบประจำเดือนให้กรรมการลงชื่อ") % {"month": month_words(month)})
        return reverse("treasury:month", args=[book, month])

    back = reverse("treasury:months", args=[book])
    context = _of_month(kept, month) | {"form": form, "back": back, "facts": closing.month_facts(kept, month), "inside": True}
    return submit(request, form, do) or render(request, "treasury/closing/close.html", context)


@guarded(P.CLOSE_MONTH)
def ask_to_reopen(request: Request, book: int, month: int) -> HttpResponse:
    """Ask the chair, with a reason, to open the newest closed month again."""
    kept = find(request, P.CLOSE_MONTH, KEPT, book=book)
    form = AskForm(request.POST or None)
    back = reverse("treasury:months", args=[book])

    def do() -> str:
        actions.ask_to_reopen(by=request.user, kept=kept, month=_of_book(kept, month), **form.cleaned_data)
        messages.success(request, _("ส่งคำขอแล้ว รอประธานตอบ"))
        return back

    context = _of_month(kept, month) | {"form": form, "back": back}
    return submit(request, form, do) or render(request, "treasury/closing/ask.html", context)


@guarded(P.APPROVE_BOOKS)
def answer_reopening(request: Request, book: int, month: int) -> HttpResponse:
    """The chair reads the reason, and agrees or refuses."""
    kept = find(request, P.APPROVE_BOOKS, KEPT, book=book)
    asked = ReopenRequest.objects.select_related("kept__group__unit", "kept__book").filter(kept=kept, month=month).last()
    if asked is None:
        raise Http404
    form = AnswerForm(request.POST or None)
    back = reverse("treasury:months", args=[book])

    def do() -> str:
        answer = actions.answer_reopening(by=request.user, asked=asked, **form.cleaned_data)
        messages.success(request, _("เปิดงวดแล้ว") if answer.agreed else _("ตอบไม่อนุมัติแล้ว"))
        return back

    context = _of_month(kept, month) | {"form": form, "back": back, "asked": asked}
    return submit(request, form, do) or render(request, "treasury/closing/answer.html", context)


def _of_book(kept: GroupBook, month: int) -> int:
    """The month, where the book has it: from its first to this one."""
    first, last = periods.month_of(kept.book.opened_on), periods.month_of(clock.today())
    if not (first <= month <= last and 1 <= month % 100 <= 12):
        raise Http404
    return month


def _of_month(kept: GroupBook, month: int) -> dict[str, object]:
    return {"kept": kept, "month": _of_book(kept, month), "month_words": month_words(month), "here": "treasury:months"}
