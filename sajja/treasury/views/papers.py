"""The group's papers as PDF, each beside the page that it belongs to."""

from django.http import Http404, HttpResponse

from sajja.org.door import Request, find, guarded
from sajja.org.permissions import P
from sajja.treasury.exports import papers
from sajja.treasury.forms.collecting import DayPick
from sajja.treasury.queries import collecting as queries
from sajja.treasury.queries import savings as savings_queries
from sajja.treasury.views.collecting import DAYS, KEPT, slips_of
from sajja.treasury.views.savings import member_and_book
from sajja.treasury.views.statements import MADE
from sajja.web.papers import response


@guarded(P.SEE_BOOKS)
def statement(request: Request, book: int) -> HttpResponse:
    """The statement that ?of= names, of the day or span that its page was asked for."""
    kept = find(request, P.SEE_BOOKS, KEPT, book=book)
    make = MADE.get(request.GET.get("of", "trial-balance"))
    if make is None:
        raise Http404
    table, _more = make(request, kept)
    return response(papers.statement(kept, table), f"{table.key}-{kept.book.code}")


@guarded(P.SEE_ACCOUNTS)
def receipts(request: Request, day: int) -> HttpResponse:
    """Every receipt of the day that stands."""
    posted = find(request, P.SEE_ACCOUNTS, DAYS, pk=day)
    return response(papers.receipts(posted, [slip for slip in slips_of(posted) if not slip.back]), f"receipts-{day}")


@guarded(P.SEE_ACCOUNTS)
def receipt(request: Request, day: int, receipt: int) -> HttpResponse:
    """One receipt."""
    posted = find(request, P.SEE_ACCOUNTS, DAYS, pk=day)
    found = [slip for slip in slips_of(posted) if slip.line.receipt == receipt]
    if not found:
        raise Http404
    return response(papers.receipts(posted, found), f"receipt-{day}-{receipt}")


@guarded(P.SEE_ACCOUNTS)
def passbook(request: Request, member: int) -> HttpResponse:
    """The lines that the passbook does not hold yet."""
    found, kept = member_and_book(request, P.SEE_ACCOUNTS, member)
    return response(papers.passbook(kept, found, savings_queries.unwritten(kept, found)), f"passbook-{member}")


@guarded(P.SEE_ACCOUNTS)
def blank(request: Request, book: int) -> HttpResponse:
    """The sheet of a collecting day to write on by hand."""
    kept = find(request, P.SEE_ACCOUNTS, KEPT, book=book)
    on = DayPick(kept, request.GET).found
    if on is None:
        raise Http404
    return response(papers.blank_sheet(kept, on, queries.sheet_on(kept, on)), f"blank-{kept.book.code}")
