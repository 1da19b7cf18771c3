"""The collecting day: the sheet, its confirmation, the posted day, receipts, paper, corrections, columns."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.groups.models import GroupBook
from sajja.groups.queries import committee_on
from sajja.ledger.models import Account
from sajja.lib.refusals import Refused
from sajja.org.door import Request, find, guarded, holds
from sajja.org.permissions import P
from sajja.treasury import chart, collecting
from sajja.treasury.actions import collecting as acts
from sajja.treasury.forms.collecting import ColumnForm, CorrectForm, DayForm, DayPick
from sajja.treasury.models import CollectingDay, SheetColumn, SheetLine
from sajja.treasury.queries import collecting as queries
from sajja.treasury.queries.cash import holdings, in_use
from sajja.treasury.views import once_uuid
from sajja.web import clock
from sajja.web.fields import SajjaForm
from sajja.web.once import submit

KEPT = GroupBook.objects.select_related("group__unit__parent", "book")
DAYS = CollectingDay.objects.select_related(
    "kept__group__unit__parent", "kept__book", "entry__book", "difference_entry", "charged", "cash"
).annotate(counted_since=Exists(queries.later_count()))
DAYS_A_PAGE = 24


@guarded(P.SEE_ACCOUNTS)
def days(request: Request, book: int) -> HttpResponse:
    """Every posted sheet, newest first, and what is due."""
    kept = find(request, P.SEE_ACCOUNTS, KEPT, book=book)
    shown = Paginator(queries.posted_days(kept), DAYS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "kept": kept, "shown": shown, "days": queries.day_lines(list(shown)), "due": queries.next_due(kept, clock.today()),
        "missed": queries.missed(kept, clock.today()),
        "may_keep": holds(request.user, P.KEEP_BOOKS, kept.group.unit), "here": "treasury:days",
    }  # fmt: skip
    return render(request, "treasury/collecting/days.html", context)


@guarded(P.KEEP_BOOKS)
def collect(request: Request, book: int) -> HttpResponse:
    """The sheet of a day; then what it comes to, to confirm; then it is posted."""
    kept = find(request, P.KEEP_BOOKS, KEPT, book=book)
    picked = DayPick(kept, request.GET)
    if (day := picked.found) is None:
        return render(request, "treasury/collecting/no_day.html", {"kept": kept, "picked": picked})
    sheet = queries.sheet_on(kept, day)
    places = in_use(holdings(kept), day)
    responsible = queries.treasurer_among(kept, sheet)
    form = DayForm(kept, day, sheet, places, responsible, request.POST if request.method == "POST" else None)
    step = request.POST.get("step", "")
    if step == "post" and (done := submit(request, form, lambda: _post(request, kept, day, form))):
        return done
    context = {"kept": kept, "day": day, "sheet": sheet, "form": form, "month": queries.month_words(day), "picked": picked}
    if step in {"check", "post"} and not form.errors and form.is_valid():
        return render(request, "treasury/collecting/confirm.html", context | _confirmed(form))
    return render(request, "treasury/collecting/collect.html", context | {"form": form.needed()})


def _post(request: Request, kept: GroupBook, day: date, form: DayForm) -> str:
    try:
        made = acts.record_collecting_day(
            by=request.user, kept=kept, date=day, lines=form.lines, counted=form.pieces, difference=form.settled,
            sheet=form.cleaned_data.get("sheet"), keeper=form.place, uuid=once_uuid(request),
        )  # fmt: skip
    except Refused as refusal:
        raise form.at_line(refusal) from None
    messages.success(request, _("ลงบัญชีแล้ว พิมพ์ใบรับเงินและใบรายวันให้กรรมการลงชื่อ"))
    return reverse("treasury:day", args=[made.pk])


def _confirmed(form: DayForm) -> dict[str, Any]:
    rows = {row.member.pk: row for row in form.asked.rows}
    people = [(rows[line.member].member, line) for line in form.lines]
    bringers = [(rows[who].member, count, satang) for who, (count, satang) in collecting.brought(form.lines).items()]
    return {
        "totals": form.totals, "held": form.held, "people": people, "bringers": bringers, "carried": form.carried(),
        "columns": queries.column_sums(form.lines, form.asked.columns), "settled": form.settled,
    }  # fmt: skip


@guarded(P.SEE_ACCOUNTS)
def day(request: Request, day: int) -> HttpResponse:
    """A posted sheet with its receipts, its count and its corrections."""
    return render(request, "treasury/collecting/day.html", _of_day(request, day))


@guarded(P.SEE_ACCOUNTS)
def day_paper(request: Request, day: int) -> HttpResponse:
    """The sheet on A4 landscape, with signatures."""
    return render(request, "treasury/collecting/day_paper.html", _of_day(request, day))


def slips_of(posted: CollectingDay) -> list[queries.Slip]:
    """Every receipt of a day, taken back or not, as it is printed."""
    lines, columns = queries.written_lines(posted), list(SheetColumn.objects.filter(kept=posted.kept).order_by("position", "pk"))
    owed = queries.owed_after(posted, lines)
    return [queries.slip(posted, each, columns, owed) for each in lines]


@guarded(P.SEE_ACCOUNTS)
def receipts(request: Request, day: int) -> HttpResponse:
    """Every receipt of the day, four to an A4."""
    context = _of_day(request, day)
    owed = queries.owed_after(context["posted"], context["lines"])
    slips = [queries.slip(context["posted"], each, context["columns"], owed) for each in context["lines"] if not each.back]
    return render(request, "treasury/collecting/receipts.html", context | {"slips": slips, "here": "treasury:days"})


@guarded(P.SEE_ACCOUNTS)
def receipt(request: Request, day: int, receipt: int) -> HttpResponse:
    """One receipt alone."""
    context = _of_day(request, day)
    found = [written for written in context["lines"] if written.line.receipt == receipt]
    if not found:
        raise Http404
    slip = queries.slip(context["posted"], found[0], context["columns"], queries.owed_after(context["posted"], found))
    may_correct = found[0].back is None and holds(request.user, P.KEEP_BOOKS, context["kept"].group.unit)
    return render(
        request, "treasury/collecting/receipt.html", context | {"slips": [slip], "slip": slip, "may_correct": may_correct}
    )


def _of_day(request: Request, key: int) -> dict[str, Any]:
    posted = find(request, P.SEE_ACCOUNTS, DAYS, pk=key)
    lines = queries.written_lines(posted)
    columns = list(SheetColumn.objects.filter(kept=posted.kept).order_by("position", "pk"))
    used = {key for written in lines for key in written.line.others}
    return {
        "kept": posted.kept, "posted": posted, "lines": lines, "columns": [c for c in columns if str(c.pk) in used],
        "sums": queries.sums_of(posted, lines), "earlier": queries.sheets_in(posted.kept, queries.month_of(posted.date)),
        "may_keep": holds(request.user, P.KEEP_BOOKS, posted.kept.group.unit), "here": "treasury:days",
        "month": queries.month_words(posted.date),
    }  # fmt: skip


@guarded(P.KEEP_BOOKS)
def correct(request: Request, day: int, receipt: int) -> HttpResponse:
    """Take a receipt back with a reason; the right line may follow in the same act."""
    posted = find(request, P.KEEP_BOOKS, DAYS, pk=day)
    line = SheetLine.objects.select_related("member", "day__entry__book", "day__kept__group__unit", "day__kept__book").filter(
        day=posted, receipt=receipt
    )
    found = line.first()
    if found is None:
        raise Http404
    columns = list(SheetColumn.objects.filter(kept=posted.kept).order_by("position", "pk"))
    form = CorrectForm(found, columns, request.POST or None)

    def do() -> str:
        data = form.cleaned_data
        made = acts.correct_receipt(
            by=request.user, line=found, reason=data["reason"], date=data["date"], right=form.right() if data["again"] else None,
            uuid=once_uuid(request),
        )  # fmt: skip
        messages.success(request, _("แก้ใบรับเงินแล้ว ใบเดิมยังอยู่และมีรอยแก้"))
        return reverse("treasury:day", args=[made.day.pk if made.day else posted.pk])

    context = {"kept": posted.kept, "posted": posted, "line": found, "form": form, "here": "treasury:days"}
    return submit(request, form, do) or render(request, "treasury/collecting/correct.html", context)


@guarded(P.SEE_ACCOUNTS)
def blank(request: Request, book: int) -> HttpResponse:
    """A sheet to write on by hand, with last balances and expected pledges."""
    kept = find(request, P.SEE_ACCOUNTS, KEPT, book=book)
    picked = DayPick(kept, request.GET)
    if (on := picked.found) is None:
        return render(request, "treasury/collecting/no_day.html", {"kept": kept, "picked": picked})
    sheet = queries.sheet_on(kept, on)
    context = {"kept": kept, "day": on, "sheet": sheet, "month": queries.month_words(on), "here": "treasury:days"}
    context["committee"] = committee_on(kept.group, on)
    return render(request, "treasury/collecting/blank.html", context)


@guarded(P.KEEP_BOOKS)
def columns(request: Request, book: int) -> HttpResponse:
    """The group's own columns."""
    kept = find(request, P.KEEP_BOOKS, KEPT, book=book)
    found = SheetColumn.objects.filter(kept=kept).select_related("account").order_by("-active", "position", "pk")
    context = {"kept": kept, "columns": found, "here": "treasury:days"}
    return render(request, "treasury/collecting/columns.html", context)


@guarded(P.KEEP_BOOKS)
def add_column(request: Request, book: int) -> HttpResponse:
    """Another column."""
    kept = find(request, P.KEEP_BOOKS, KEPT, book=book)
    form = ColumnForm(_column_accounts(kept), request.POST or None)
    back = reverse("treasury:columns", args=[book])
    return _simple(
        request, kept, form, lambda: acts.add_column(by=request.user, kept=kept, **form.cleaned_data), back,
        "treasury/collecting/add_column.html",
    )  # fmt: skip


@guarded(P.KEEP_BOOKS)
def end_column(request: Request, column: int) -> HttpResponse:
    """Ask no more for a column."""
    found = find(request, P.KEEP_BOOKS, SheetColumn.objects.select_related("kept__group__unit__parent", "kept__book"), pk=column)
    form = SajjaForm(request.POST if request.method == "POST" else None)
    back = reverse("treasury:columns", args=[found.kept.book_id])
    return _simple(
        request, found.kept, form, lambda: acts.end_column(by=request.user, column=found), back,
        "treasury/collecting/end_column.html", column=found,
    )  # fmt: skip


def _simple(
    request: Request, kept: GroupBook, form: Any, act: Callable[[], object], back: str, template: str, **more: Any
) -> HttpResponse:
    def do() -> str:
        act()
        return back

    context = {"kept": kept, "form": form, "back": back, "here": "treasury:days"} | more
    return submit(request, form, do) or render(request, template, context)


def _column_accounts(kept: GroupBook) -> list[Account]:
    """Funds and money held for others: where a column's money may go."""
    found = Account.objects.filter(book=kept.book, kind__in=["L", "Q", "I"]).order_by("code")
    own = {*chart.BY_MEMBER, chart.RESULT, chart.OPENING_DIFFERENCE, chart.FINES, chart.LOAN_INTEREST, chart.BANK_INTEREST}
    return [account for account in found if account.code.split(":")[0] not in own]
