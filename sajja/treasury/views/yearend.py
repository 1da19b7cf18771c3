"""The year's end: the years of a book, what stops the closing, the adjustments, the opinion, the closing, the papers."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.groups.models import GroupBook
from sajja.groups.queries import committee_on
from sajja.ledger import chain
from sajja.lib.thai_dates import month_name
from sajja.org.door import Request, find, guarded, holds
from sajja.org.permissions import P
from sajja.treasury import planned
from sajja.treasury.actions import yearend as acts
from sajja.treasury.exports import sheets, years
from sajja.treasury.forms import yearend as forms
from sajja.treasury.models import AdjustmentKind, AuditOpinion, YearAdjustment, YearEnd
from sajja.treasury.queries import closing as months
from sajja.treasury.queries import year_adjustments as due
from sajja.treasury.queries import yearend as queries
from sajja.treasury.queries.year_checks import checklist
from sajja.treasury.queries.yearend import Year
from sajja.treasury.views import once_uuid
from sajja.treasury.views.statements import workbook_response
from sajja.web import clock
from sajja.web.once import submit

KEPT = GroupBook.objects.select_related("group__unit__parent", "book")


def _year(request: Request, permission: str, book: int, fiscal_year: int) -> Year:
    return queries.year_of(find(request, permission, KEPT, book=book), fiscal_year)


@guarded(P.SEE_BOOKS)
def years_of_book(request: Request, book: int) -> HttpResponse:
    """Every fiscal year: open or closed, its result."""
    kept = find(request, P.SEE_BOOKS, KEPT, book=book)
    closed = {row.year: row for row in YearEnd.objects.filter(kept=kept)}
    lines = [(year, closed.get(year.number), year.last < clock.today()) for year in queries.years_of(kept, clock.today())]
    context = {
        "kept": kept, "here": "treasury:years", "lines": lines, "first_month": month_name(kept.book.fiscal_year_starts),
        "may_close": holds(request.user, P.CLOSE_YEAR, kept.group.unit),
    }  # fmt: skip
    return render(request, "treasury/yearend/years.html", context)


@guarded(P.SEE_BOOKS)
def year(request: Request, book: int, fiscal_year: int) -> HttpResponse:
    """One question: what stands between this year and its closing; once closed, the way to the general meeting."""
    of = _year(request, P.SEE_BOOKS, book, fiscal_year)
    unit = of.kept.group.unit
    ended = queries.year_end_of(of)
    over = of.last < clock.today()
    checks = checklist(of, clock.today()) if over and not ended else []
    surplus = queries.surplus(of.kept, of)
    todo = [check for check in checks if check.passed is False]
    context = _of(of) | {
        "ended": ended, "stops": [check for check in todo if check.blocks],
        "warns": [check for check in todo if not check.blocks], "done": [check for check in checks if check.passed is not False],
        "adjustments": due.made(of), "opinion": _opinion(of), "surplus": surplus, "result": abs(surplus),
        "inside": holds(request.user, P.SEE_ACCOUNTS, unit), "may_close": holds(request.user, P.CLOSE_YEAR, unit),
        "may_audit": holds(request.user, P.AUDIT_BOOKS, unit), "over": over,
        "rules": queries.rules_for(of.kept, of.number), "appropriation": queries.appropriation_of(of) if ended else None,
    }  # fmt: skip
    return render(request, "treasury/yearend/year.html", context)


def _of(of: Year) -> dict[str, Any]:
    back = reverse("treasury:year", args=[of.kept.book_id, of.number])
    return {"kept": of.kept, "year": of, "here": "treasury:years", "back": back}


def _opinion(of: Year) -> AuditOpinion | None:
    return AuditOpinion.objects.filter(kept=of.kept, year=of.number).order_by("-pk").first()


@guarded(P.CLOSE_YEAR)
def year_rules(request: Request, book: int, fiscal_year: int) -> HttpResponse:
    """How the book ends its years, from this one on."""
    of = _year(request, P.CLOSE_YEAR, book, fiscal_year)
    form = forms.YearRulesForm(of.kept, queries.rules_for(of.kept, of.number), request.POST or None)

    def do() -> str:
        acts.set_year_rules(by=request.user, kept=of.kept, from_year=of.number, **form.given)
        messages.success(request, _("บันทึกกติกาสิ้นปีแล้ว ใช้ตั้งแต่ปี %(year)s") % {"year": of.label})
        return str(_of(of)["back"])

    return submit(request, form, do) or render(request, "treasury/yearend/rules.html", _of(of) | {"form": form})


@guarded(P.CLOSE_YEAR)
def depreciate(request: Request, book: int, fiscal_year: int) -> HttpResponse:
    """What the rules charge for the year, heading by heading; sending it posts it."""
    of = _year(request, P.CLOSE_YEAR, book, fiscal_year)
    found, form = due.depreciation_due(of), forms.PlainForm(request.POST if request.method == "POST" else None)
    return _adjusted(
        request, of, form, acts.depreciate, "treasury/yearend/depreciate.html", AdjustmentKind.DEPRECIATION, due=found
    )


@guarded(P.CLOSE_YEAR)
def allow(request: Request, book: int, fiscal_year: int) -> HttpResponse:
    """What is overdue contract by contract, what the rules would set aside, and what the meeting resolved."""
    of = _year(request, P.CLOSE_YEAR, book, fiscal_year)
    found = due.allowance_due(of)
    form = forms.AllowForm(of.kept, found.wanted, request.POST or None)
    more = {"due": found, "rules": queries.rules_for(of.kept, of.number)}
    return _adjusted(request, of, form, acts.allow, "treasury/yearend/allow.html", AdjustmentKind.ALLOWANCE, **more)


@guarded(P.CLOSE_YEAR)
def accrue(request: Request, book: int, fiscal_year: int) -> HttpResponse:
    """What special savings earned and were not credited; sending it sets it aside."""
    of = _year(request, P.CLOSE_YEAR, book, fiscal_year)
    found, form = due.accrued_due(of), forms.PlainForm(request.POST if request.method == "POST" else None)
    return _adjusted(request, of, form, acts.accrue, "treasury/yearend/accrue.html", AdjustmentKind.ACCRUED, due=found)


@guarded(P.CLOSE_YEAR)
def adjust(request: Request, book: int, fiscal_year: int) -> HttpResponse:
    """What the audit committee found, by account codes."""
    of = _year(request, P.CLOSE_YEAR, book, fiscal_year)
    form = forms.AuditForm(of.kept, request.POST or None)
    return _adjusted(request, of, form, acts.adjust, "treasury/yearend/adjust.html", AdjustmentKind.AUDIT)


def _adjusted(
    request: Request, of: Year, form: Any, act: Callable[..., YearAdjustment], template: str, kind: AdjustmentKind, **more: object
) -> HttpResponse:
    """A page that shows what will be posted on the last day of the year; once sent, back to the year."""

    def do() -> str:
        made = act(by=request.user, kept=of.kept, fiscal_year=of.number, uuid=once_uuid(request), **form.given)
        messages.success(request, _("ลงบัญชีแล้ว ใบสำคัญ %(no)s") % {"no": made.entry.voucher})
        return str(_of(of)["back"])

    context = _of(of) | {"form": form, "before": due.made(of, kind), "title": kind.label} | more
    return submit(request, form, do) or render(request, template, context)


@guarded(P.CLOSE_YEAR)
def take_back_adjustment(request: Request, adjustment: int) -> HttpResponse:
    """Why an adjustment is taken back while its year is open."""
    rows = YearAdjustment.objects.select_related("kept__group__unit__parent", "kept__book", "entry")
    found = find(request, P.CLOSE_YEAR, rows, pk=adjustment)
    form = forms.TakeBackForm(request.POST or None)
    back = reverse("treasury:year", args=[found.kept.book_id, found.year])

    def do() -> str:
        acts.take_back_adjustment(by=request.user, adjustment=found, uuid=once_uuid(request), **form.cleaned_data)
        messages.success(request, _("ยกเลิก %(no)s แล้ว ลงใหม่ได้") % {"no": found.entry.voucher})
        return back

    context = {"kept": found.kept, "adjustment": found, "form": form, "back": back}
    return submit(request, form, do) or render(request, "treasury/yearend/take_back.html", context)


@guarded(P.CLOSE_YEAR)
def close_year(request: Request, book: int, fiscal_year: int) -> HttpResponse:
    """What closing does, the result that goes to the general meeting, what is still undone."""
    of = _year(request, P.CLOSE_YEAR, book, fiscal_year)
    form = forms.PlainForm(request.POST if request.method == "POST" else None)

    def do() -> str:
        acts.close_year(by=request.user, kept=of.kept, fiscal_year=of.number, uuid=once_uuid(request))
        messages.success(request, _("ปิดบัญชีปี %(year)s แล้ว พิมพ์งบและรายงานไปประชุมใหญ่ได้") % {"year": of.label})
        return str(_of(of)["back"])

    if answer := submit(request, form, do):
        return answer
    checks = [check for check in checklist(of, clock.today()) if check.passed is False]
    if request.method == "GET" and (queries.year_end_of(of) or any(check.stops for check in checks)):
        return redirect(str(_of(of)["back"]))  # the year's page says what is still to do
    surplus = queries.surplus(of.kept, of)
    context = _of(of) | {
        "form": form, "stops": [c for c in checks if c.blocks], "warns": [c for c in checks if not c.blocks],
        "surplus": surplus, "result": abs(surplus), "may_close": True,
    }  # fmt: skip
    return render(request, "treasury/yearend/close.html", context)


@guarded(P.AUDIT_BOOKS)
def opinion(request: Request, book: int, fiscal_year: int) -> HttpResponse:
    """The audit committee's opinion on the year's statements."""
    of = _year(request, P.AUDIT_BOOKS, book, fiscal_year)
    auditors = [one.name for one in committee_on(of.kept.group) if one.section == "audit"]
    form = forms.OpinionForm(of, auditors, request.POST or None)

    def do() -> str:
        acts.give_opinion(by=request.user, kept=of.kept, fiscal_year=of.number, **form.given)
        messages.success(request, _("บันทึกความเห็นของกรรมการตรวจสอบแล้ว"))
        return str(_of(of)["back"])

    return submit(request, form, do) or render(request, "treasury/yearend/opinion.html", _of(of) | {"form": form})


@guarded(P.SEE_BOOKS)
def year_statements(request: Request, book: int, fiscal_year: int) -> HttpResponse:
    """The year's statements to sign: both views of the closing, the opinion, where the chain stands."""
    of = _year(request, P.SEE_BOOKS, book, fiscal_year)
    head = months.standing(of.kept)
    context = _of(of) | {
        "tables": years.statements_of(of), "ended": queries.year_end_of(of), "opinion": _opinion(of),
        "inside": holds(request.user, P.SEE_ACCOUNTS, of.kept.group.unit),
        "head": chain.printed(of.kept.book.code, head.entries, head.hash), "printed_at": clock.now(),
    }  # fmt: skip
    return render(request, "treasury/yearend/statements.html", context)


@guarded(P.SEE_BOOKS)
def year_sheet(request: Request, book: int, fiscal_year: int) -> HttpResponse:
    """The same as a workbook."""
    of = _year(request, P.SEE_BOOKS, book, fiscal_year)
    body = sheets.statement(years.statements_of(of), of.kept.group.name, clock.now())
    return workbook_response(body, f"{_('งบการเงินประจำปี')} {of.label} {of.kept.book.code}")


@guarded(P.SEE_BOOKS)
def annual_report(request: Request, book: int, fiscal_year: int) -> HttpResponse:
    """The report for the general meeting: two pages for everyone, then the statements with last year."""
    of = _year(request, P.SEE_BOOKS, book, fiscal_year)
    context = _of(of) | {"report": years.report(of), "opinion": _opinion(of), "ended": queries.year_end_of(of)} | {
        "tables": years.for_the_meeting(of), "inside": holds(request.user, P.SEE_ACCOUNTS, of.kept.group.unit),
        "planned": planned.lines_of(of.kept.group),
    }  # fmt: skip
    return render(request, "treasury/yearend/report.html", context)
