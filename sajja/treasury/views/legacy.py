"""Older movements from another program: template, upload, preview, confirm, progress, the rows to mend."""

from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.groups.models import GroupBook, ImportState
from sajja.groups.views.register import sheet_response
from sajja.org.door import Request, find, guarded
from sajja.org.permissions import P
from sajja.treasury import jobs
from sajja.treasury.actions import legacy as acts
from sajja.treasury.exports import legacy as exports
from sajja.treasury.forms.legacy import LegacyForm
from sajja.treasury.legacy import KINDS, Wrong
from sajja.treasury.models import LegacyImport
from sajja.treasury.queries import opening as queries
from sajja.web import clock
from sajja.web.once import submit

KEPT = GroupBook.objects.select_related("group__unit__parent", "book")
FOUND = LegacyImport.objects.select_related("kept__group__unit__parent", "kept__book").defer("rows")
SHOWN = 100
PER_PAGE = 20


@guarded(P.OPEN_BOOK)
def legacies(request: Request, book: int) -> HttpResponse:
    """Send a file; those sent before."""
    kept = find(request, P.OPEN_BOOK, KEPT, book=book)
    form = LegacyForm(queries.legacy_ground(kept), request.POST or None, request.FILES or None)

    def do() -> str:
        given = form.cleaned_data
        made = acts.receive_legacy(
            by=request.user, kept=kept, file_name=given["sheet"].name, sha256=given["sha256"], reading=given["reading"]
        )
        return reverse("treasury:legacy", args=[made.pk])

    page = Paginator(queries.legacy_imports(kept), PER_PAGE).get_page(request.GET.get("page"))
    return submit(request, form, do) or render(
        request, "treasury/legacy/list.html", {"kept": kept, "form": form, "page": page, "kinds": KINDS.values()}
    )


@guarded(P.OPEN_BOOK)
def legacy_template(request: Request, book: int) -> HttpResponse:
    """The file to fill in."""
    find(request, P.OPEN_BOOK, KEPT, book=book)
    return sheet_response(exports.template(clock.now()), _("แบบรายการจากโปรแกรมเดิม"))


@guarded(P.OPEN_BOOK)
def legacy(request: Request, legacy: int) -> HttpResponse:
    """What the file would post, what is wrong with it, and the button; afterwards what was posted."""
    found = find(request, P.OPEN_BOOK, FOUND, pk=legacy)
    form = Form(request.POST or None)

    def do() -> str:
        acts.confirm_legacy(by=request.user, legacy=found)
        jobs.run_legacy.enqueue(found.pk)
        return reverse("treasury:legacy", args=[found.pk])

    done = submit(request, form, do)
    return done or render(
        request, "treasury/legacy/legacy.html", _progress(found) | {"kept": found.kept, "form": form} | _told(found)
    )


def _told(found: LegacyImport) -> dict[str, object]:
    return {
        "errors": [Wrong(*row) for row in found.errors[:SHOWN]],
        "more": max(0, found.wrong_count - SHOWN),
        "sums": [(kind.words, *found.sums[name]) for name, kind in KINDS.items() if name in found.sums],
        "may_confirm": found.state in {ImportState.READ, ImportState.FAILED} and found.row_count,
        "may_drop": found.state in {ImportState.READ, ImportState.WRONG, ImportState.FAILED},
    }


def _progress(found: LegacyImport) -> dict[str, object]:
    done, total = jobs.progress_of(found.pk)
    return {"legacy": found, "done": done, "total": total or found.row_count, "is_waiting": found.state == ImportState.QUEUED}


@guarded(P.OPEN_BOOK)
def legacy_progress(request: Request, legacy: int) -> HttpResponse:
    """How far it is, for the page to ask again and again; when it is over the page loads anew."""
    found = find(request, P.OPEN_BOOK, FOUND.defer("errors"), pk=legacy)
    response = render(request, "treasury/legacy/progress.html", _progress(found))
    if found.state != ImportState.QUEUED:
        response["HX-Refresh"] = "true"
    return response


@guarded(P.OPEN_BOOK)
def legacy_wrong(request: Request, legacy: int) -> HttpResponse:
    """The rows to mend, as a sheet."""
    found = find(request, P.OPEN_BOOK, FOUND, pk=legacy)
    return sheet_response(exports.rows_to_mend(found), _("แถวที่ต้องแก้"))


@guarded(P.OPEN_BOOK)
def legacy_drop(request: Request, legacy: int) -> HttpResponse:
    """Leave the file undone."""
    found = find(request, P.OPEN_BOOK, FOUND, pk=legacy)
    form = Form(request.POST or None)

    def do() -> str:
        acts.drop_legacy(by=request.user, legacy=found)
        return reverse("treasury:legacies", args=[found.kept.book_id])

    context = {"legacy": found, "kept": found.kept, "form": form, "back": reverse("treasury:legacy", args=[found.pk])}
    return submit(request, form, do) or render(request, "treasury/legacy/drop.html", context)
