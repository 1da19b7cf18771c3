"""Slips of balances: made, printed and called in by those who keep the accounts; read by whoever holds one."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.ledger import chain
from sajja.org.door import Request, find, guarded, holds, open_to_all
from sajja.org.permissions import P
from sajja.treasury.actions import slips as acts
from sajja.treasury.exports import papers
from sajja.treasury.forms.savings import CallInForm
from sajja.treasury.models import MemberSlip
from sajja.treasury.queries import slips as queries
from sajja.treasury.views.savings import member_and_book
from sajja.web import clock
from sajja.web.fields import SajjaForm
from sajja.web.once import submit
from sajja.web.papers import response

SLIPS = MemberSlip.objects.select_related("kept__group__unit__parent", "kept__book", "member")


@guarded(P.KEEP_BOOKS)
def make_slip(request: Request, member: int) -> HttpResponse:
    """A new slip of what stands now."""
    found, kept = member_and_book(request, P.KEEP_BOOKS, member)
    form = SajjaForm(request.POST or None)
    back = reverse("treasury:member", args=[found.pk])

    def do() -> str:
        slip = acts.make_slip(by=request.user, kept=kept, member=found)
        messages.success(request, _("ออกใบแสดงยอดแล้ว พิมพ์แล้วให้สมาชิกเก็บไว้"))
        return reverse("treasury:slip_of_member", args=[slip.pk])

    if answer := submit(request, form, do):
        return answer
    if request.method == "POST":
        messages.error(request, " ".join(str(error) for error in form.non_field_errors()))
    return redirect(back)


@guarded(P.SEE_ACCOUNTS)
def slip_of_member(request: Request, slip: int) -> HttpResponse:
    """A slip as those who keep the accounts see it: what it says, until when, printing and calling in."""
    found = find(request, P.SEE_ACCOUNTS, SLIPS, pk=slip)
    return render(request, "treasury/savings/slip.html", _context(request, found, CallInForm()))


@guarded(P.KEEP_BOOKS)
def call_in_slip(request: Request, slip: int) -> HttpResponse:
    """The slip was lost, or came into the wrong hands."""
    found = find(request, P.KEEP_BOOKS, SLIPS, pk=slip)
    form = CallInForm(request.POST or None)

    def do() -> str:
        acts.call_in_slip(by=request.user, slip=found, **form.cleaned_data)
        messages.success(request, _("เรียกคืนแล้ว สแกนใบนี้จะไม่เห็นยอดอีก"))
        return reverse("treasury:slip_of_member", args=[found.pk])

    if answer := submit(request, form, do):
        return answer
    return render(request, "treasury/savings/slip.html", _context(request, found, form))


def _context(request: Request, slip: MemberSlip, form: CallInForm) -> dict[str, object]:
    today = clock.today()
    return {
        "kept": slip.kept, "here": "treasury:savings", "slip": slip, "form": form,
        "valid": queries.standing(slip, today) is queries.Standing.VALID, "may_print": queries.can_be_printed(slip, today),
        "head": chain.printed(slip.kept.book.code, slip.entries, slip.head), "may_keep": holds(request.user, P.KEEP_BOOKS, slip.kept.group.unit),
    }  # fmt: skip


@guarded(P.SEE_ACCOUNTS)
def slip_pdf(request: Request, slip: int) -> HttpResponse:
    """The slip on paper, while it is valid."""
    found = find(request, P.SEE_ACCOUNTS, SLIPS, pk=slip)
    if not queries.can_be_printed(found, clock.today()):
        raise Http404
    return response(papers.slip(found), f"slip-{found.pk}")


@open_to_all
def balances(request: HttpRequest, slip_code: str) -> HttpResponse:
    """What the slip of a code says: the balances of that day and the book's head, no name and no number of a member.

    404 where there is no such slip, 410 where it ended or was called in; never kept by what lies between.
    """
    found = queries.of_code(slip_code)
    now = queries.standing(found, clock.today()) if found else None
    valid = now is queries.Standing.VALID
    context: dict[str, object] = {"slip": found if valid else None, "ended": now is not None and not valid}
    if found and valid:
        context |= {"in_book": queries.is_in_book(found), "head": chain.printed(found.kept.book.code, found.entries, found.head)}
    shown = render(request, "treasury/savings/balances.html", context, status=200 if valid else 410 if found else 404)
    shown["Cache-Control"], shown["X-Robots-Tag"], shown["Referrer-Policy"] = "no-store", "noindex, nofollow", "no-referrer"
    return shown
