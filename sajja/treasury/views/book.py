"""The book's home: what is due now, where the money is, how the month and the chain stand."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from sajja.groups.models import GroupBook, SavingsGroup
from sajja.ledger import chain, periods
from sajja.org.door import Request, find, guarded, holds, scoped
from sajja.org.permissions import P
from sajja.treasury.duties import due_of
from sajja.treasury.queries import closing, opening
from sajja.treasury.statement import month_words
from sajja.web import clock

KEPT = GroupBook.objects.select_related("group__unit__parent", "book")


@guarded(P.SEE_ACCOUNTS)
def books(request: Request) -> HttpResponse:
    """The books of one's own group: the only one at once, else each by name, or how to open the first."""
    found = list(scoped(request.user, P.SEE_ACCOUNTS, KEPT).order_by("book__code"))
    if len(found) == 1:
        return redirect("treasury:book", book=found[0].book_id)
    without = scoped(request.user, P.OPEN_BOOK, SavingsGroup.objects.filter(closed_on__isnull=True))
    without = without.exclude(books__is_savings=True).order_by("name")
    return render(request, "treasury/books.html", {"books": found, "without": without})


@guarded(P.SEE_BOOKS)
def book(request: Request, book: int) -> HttpResponse:
    """One question: what is due now. Below it what the book holds."""
    kept = find(request, P.SEE_BOOKS, KEPT, book=book)
    now = closing.standing(kept)
    month = periods.month_of(clock.today())
    received, paid = closing.month_money(kept, month)
    context = {
        "kept": kept,
        "now": now,
        "month_words": month_words(month),
        "closed_words": month_words(now.closed_through) if now.closed_through else "",
        "received": received,
        "paid": paid,
        "head": chain.printed(kept.book.code, now.entries, now.hash),
        "due": due_of(request.user, kept, clock.today()),
        "may_set": holds(request.user, P.OPEN_BOOK, kept.group.unit),
        "may_keep": holds(request.user, P.KEEP_BOOKS, kept.group.unit),
        "may_see": holds(request.user, P.SEE_ACCOUNTS, kept.group.unit),
        "unexplained": opening.unexplained(kept),
    }
    return render(request, "treasury/book.html", context)
