"""Circulars of a year: the list, one with who knows it, issuing, withdrawing, acknowledging."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.org.door import PathRange, Request, find, guarded, holds, ranges
from sajja.org.models import Unit
from sajja.org.permissions import P
from sajja.programme import actions, circulars, exports
from sajja.programme.forms import CircularForm, PlainForm, ReasonForm
from sajja.programme.models import Circular, ProgrammeYear
from sajja.web import clock
from sajja.web.once import submit
from sajja.web.sheets import TYPE

PAGE = 50
CIRCULARS = Circular.objects.select_related("year__unit", "by", "replaces")


def own_ranges(request: Request) -> list[PathRange]:
    """The paths that the reader's posts of today look at."""
    posts = [post for post in request.user.posts_today if holds(request.user, P.SEE_YEAR, post.unit)]
    return [one for post in posts for one in ranges(post)]


@guarded(P.SEE_YEAR)
def circular_list(request: Request, year: int) -> HttpResponse:
    """Every circular of a year, the newest first, with how many of the reader's offices know it."""
    of_year = get_object_or_404(ProgrammeYear, year=year)
    rows = list(Circular.objects.filter(year=of_year).select_related("by").order_by("-at", "-pk"))
    reach = circulars.reach(rows, of_year, own_ranges(request))
    context = {
        "year": of_year, "page": Paginator([(one, reach[one.pk]) for one in rows], PAGE).get_page(request.GET.get("page")),
        "may_issue": holds(request.user, P.ISSUE_CIRCULAR),
    }  # fmt: skip
    return render(request, "programme/circulars.html", context)


@guarded(P.SEE_YEAR)
def circular_one(request: Request, circular: int) -> HttpResponse:
    """One circular: what it says, what one's own office has to do, and who of the offices below does not know it yet."""
    found = get_object_or_404(CIRCULARS, pk=circular)
    return render(request, "programme/circular.html", _page(request, found))


def _page(request: Request, found: Circular) -> dict[str, Any]:
    rows = circulars.lines(found, own_ranges(request), clock.today())
    own = circulars.own_offices(request.user)
    waits = [unit for one, unit in circulars.unknown(found.year, own) if one.pk == found.pk] if not found.withdrawn_at else []
    open_only = request.GET.get("all") != "1"
    shown = [row for row in rows if not row.known] if open_only else rows
    known = sum(1 for row in rows if row.known)
    return {
        "one": found, "year": found.year, "waits": waits, "known": known, "all": len(rows), "open_only": open_only,
        "page": Paginator(shown, PAGE).get_page(request.GET.get("page")), "late": circulars.is_late(found, clock.today()),
        "may_issue": holds(request.user, P.ISSUE_CIRCULAR), "newer": found.replaced_by.order_by("-pk").first(),
        "is_own": len(rows) <= len(own), "form": PlainForm(),
    }  # fmt: skip


@guarded(P.SEE_YEAR)
def circular_sheet(request: Request, circular: int) -> HttpResponse:
    """The offices and their acknowledgements as Excel."""
    found = get_object_or_404(CIRCULARS, pk=circular)
    content = exports.acknowledged(found, circulars.lines(found, own_ranges(request), clock.today()))
    name = f"sajja-{found.year.year}-circular-{found.pk}.xlsx"
    return HttpResponse(content, TYPE, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@guarded(P.ACKNOWLEDGE)
def acknowledge(request: Request, circular: int, unit: int) -> HttpResponse:
    """รับทราบ for one of one's offices."""
    found = get_object_or_404(CIRCULARS, pk=circular)
    place = find(request, P.ACKNOWLEDGE, Unit.objects.filter(kind__in=circulars.OFFICES), pk=unit)
    form, back = PlainForm(request.POST if request.method == "POST" else None), reverse("programme:circular", args=[circular])

    def do() -> str:
        actions.acknowledge_circular(by=request.user, circular=found, unit=place)
        messages.success(request, _("%s รับทราบแล้ว") % place.full_name)
        return back

    if done := submit(request, form, do):
        return done
    if request.method == "POST":
        messages.error(request, " ".join(str(error) for error in form.non_field_errors()))
    return redirect(back)


@guarded(P.ISSUE_CIRCULAR)
def circular_new(request: Request, year: int) -> HttpResponse:
    """A new circular; `?replaces=` names a withdrawn one that it stands for."""
    of_year = get_object_or_404(ProgrammeYear, year=year)
    old = Circular.objects.filter(year=of_year, withdrawn_at__isnull=False, pk=_number(request.GET.get("replaces"))).first()
    first = {"subject": old.subject, "words": old.words, "number": old.number} if old else {}
    form = CircularForm(request.POST or None, initial={"dated": clock.today(), **first})
    back = reverse("programme:circulars", args=[year])

    def do() -> str:
        made = actions.issue_circular(by=request.user, year=of_year, replaces=old, **form.cleaned_data)
        messages.success(request, _("ส่งถึงทุกสำนักงานแล้ว ผู้ที่ยังไม่รับทราบอยู่ในรายการข้างล่าง"))
        return reverse("programme:circular", args=[made.pk])

    if done := submit(request, form, do):
        return done
    return render(request, "programme/circular_new.html", {"year": of_year, "form": form, "back": back, "old": old})


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0


@guarded(P.ISSUE_CIRCULAR)
def circular_withdraw(request: Request, circular: int) -> HttpResponse:
    """It was wrong."""
    found = get_object_or_404(CIRCULARS, pk=circular)
    form, back = ReasonForm(request.POST or None), reverse("programme:circular", args=[circular])

    def do() -> str:
        actions.withdraw_circular(by=request.user, circular=found, reason=form.cleaned_data["reason"])
        messages.success(request, _("ถอนแล้ว ออกฉบับใหม่แทนได้จากหน้านี้"))
        return back

    if done := submit(request, form, do):
        return done
    return render(request, "programme/circular_withdraw.html", {"one": found, "year": found.year, "form": form, "back": back})
