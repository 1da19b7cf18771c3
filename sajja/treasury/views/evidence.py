"""The figures by which a book answers an assessment, each with the list behind it."""

from datetime import date

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render

from sajja.org.door import Request, find, guarded, holds, scoped
from sajja.org.permissions import P
from sajja.treasury.evidence import KINDS
from sajja.treasury.queries.anomalies import anomalies_of
from sajja.treasury.queries.evidence import Evidence, of
from sajja.treasury.queries.evidence import figures as figures_of
from sajja.treasury.queries.evidence_lists import behind
from sajja.treasury.views.book import KEPT
from sajja.web import clock

PER_PAGE = 25


def _on(request: Request, opened: date) -> date:
    """?on=, an ISO day of the book; today where none is named."""
    try:
        on = date.fromisoformat(request.GET.get("on") or clock.today().isoformat())
    except ValueError:
        raise Http404 from None
    if not opened <= on <= clock.today():
        raise Http404
    return on


@guarded(P.SEE_BOOKS)
def anomalies(request: Request) -> HttpResponse:
    """The groups under one's units whose books deserve a look, worst first, 25 a page; a fixed number of queries."""
    kept_books = list(scoped(request.user, P.SEE_BOOKS, KEPT.filter(is_savings=True, group__closed_on__isnull=True)))
    found = anomalies_of(kept_books, clock.today())
    rows = [(kept, found[kept.pk]) for kept in kept_books if kept.pk in found]
    rows.sort(key=lambda row: (-sum(one.weight for one in row[1]), row[0].group.unit.path))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "treasury/evidence/anomalies.html", {"page": page, "books": len(kept_books)})


@guarded(P.SEE_BOOKS)
def figures(request: Request, book: int) -> HttpResponse:
    """All figures of a day."""
    kept = find(request, P.SEE_BOOKS, KEPT, book=book)
    on = _on(request, kept.book.opened_on)
    return render(request, "treasury/evidence/figures.html", {"kept": kept, "on": on, "figures": figures_of(kept, on).values()})


@guarded(P.SEE_BOOKS)
def figure(request: Request, book: int, figure: str) -> HttpResponse:
    """One figure: numerator, denominator, what it means, and what it was counted from; names for the committee alone."""
    kept = find(request, P.SEE_BOOKS, KEPT, book=book)
    on = _on(request, kept.book.opened_on)
    if figure not in KINDS:
        raise Http404
    read, names = Evidence(kept, on), holds(request.user, P.SEE_ACCOUNTS, kept.group.unit)
    context = {"kept": kept, "on": on, "figure": of(read, figure), "listed": behind(read, figure, names=names), "names": names}
    return render(request, "treasury/evidence/figure.html", context)
