"""The clearing pack of a group, to print: summary, sign-in sheet, receipts, pictures of the forum."""

from django.http import HttpResponse
from django.shortcuts import render

from sajja.budget.exports import papers
from sajja.budget.queries import pack_vouchers
from sajja.budget.views.found import the_advance
from sajja.forums.queries import attendees_of, forum_of, pictures, sittings_of
from sajja.org.door import Request, find, guarded
from sajja.org.models import Unit
from sajja.org.permissions import P
from sajja.programme.models import SelectedGroup
from sajja.programme.queries import current_revision
from sajja.web.papers import response


@guarded(P.SEE_BUDGET)
def pack(request: Request, selected: int) -> HttpResponse:
    """Everything that the spending for a group stands on, on A4. A fixed number of queries."""
    found = _group(request, selected)
    path = found.group.unit.path
    above = {unit.path: unit for unit in Unit.objects.filter(path__in=[path[:end] for end in (2, 4, 6, 8)])}
    forum = forum_of(found)
    vouchers = pack_vouchers(found)
    everyone = attendees_of(forum) if forum else []
    context = {
        "group": found,
        "unit": found.group.unit,
        "district": above.get(path[:4]),
        "places": " ".join(above[path[:end]].short_name for end in (8, 6, 4, 2) if path[:end] in above),
        "reference": current_revision(found.year).reference,
        "forum": forum,
        "sittings": sittings_of(forum) if forum else [],
        "vouchers": vouchers,
        "satang": sum(row.satang for row in vouchers),
        "counted": sum(row.counted_satang for row in vouchers),
        "people": [one for one in everyone if not one.observer],
        "observers": [one for one in everyone if one.observer],
        "photos": pictures(forum) if forum else [],
        "done": bool(vouchers) and all(row.advance.state == "approved" for row in vouchers),
    }
    return render(request, "budget/pack.html", context)


def _group(request: Request, selected: int) -> SelectedGroup:
    return find(request, P.SEE_BUDGET, SelectedGroup.objects.select_related("group__unit", "year", "place"), pk=selected)


@guarded(P.SEE_BUDGET)
def pack_pdf(request: Request, selected: int) -> HttpResponse:
    """The same as PDF, with the code that tells whether it is ours."""
    return response(papers.pack(_group(request, selected)), f"clearing-{selected}")


@guarded(P.SEE_BUDGET)
def contract(request: Request, advance: int) -> HttpResponse:
    """สัญญาการยืมเงิน to sign, with what was cleared of it."""
    one = the_advance(request, P.SEE_BUDGET, advance)
    return response(papers.contract(one), f"contract-{one.pk}")
