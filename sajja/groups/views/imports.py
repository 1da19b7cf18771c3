"""The register from a sheet: template, upload, preview, confirm, progress, the rows to mend."""

from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.groups import actions, exports, forms, jobs, queries
from sajja.groups.models import ImportState, RegisterImport
from sajja.groups.sheet import Wanted
from sajja.groups.views.register import sheet_response
from sajja.org.door import Request, find, guarded, scoped
from sajja.org.models import Kind, Unit
from sajja.org.permissions import P
from sajja.org.roles import ROLES
from sajja.web import clock
from sajja.web.once import submit

SHOWN_ROWS = 10
SHOWN_ERRORS = 100
PER_PAGE = 20
LISTED_PLACES = 8000


@guarded(P.IMPORT_GROUPS)
def imports(request: Request) -> HttpResponse:
    """Send a sheet; those sent before."""
    form = forms.UploadForm(request.user, request.POST or None, request.FILES or None)
    office = next(post.unit for post in request.user.posts_today if P.IMPORT_GROUPS in ROLES[post.role].may)

    def do() -> str:
        given = form.cleaned_data
        sheet = actions.receive_sheet(
            by=request.user, unit=office, file_name=given["sheet"].name, sha256=given["sha256"], reading=given["reading"]
        )
        return reverse("groups:import", args=[sheet.pk])

    page = Paginator(queries.imports(request.user), PER_PAGE).get_page(request.GET.get("page"))
    return submit(request, form, do) or render(request, "groups/imports.html", {"form": form, "page": page, "office": office})


@guarded(P.IMPORT_GROUPS)
def import_template(request: Request) -> HttpResponse:
    """The sheet to fill in, with an example and the names of one's places."""
    places = scoped(request.user, P.IMPORT_GROUPS, Unit.objects.filter(kind=Kind.SUBDISTRICT, active=True)).order_by("path")
    return sheet_response(exports.template(list(places[:LISTED_PLACES]), clock.now()), _("แบบนำเข้าทะเบียนกลุ่ม"))


@guarded(P.IMPORT_GROUPS)
def import_(request: Request, sheet: int) -> HttpResponse:
    """What the sheet would make, what is wrong with it, and the button; afterwards what it made."""
    found = find(request, P.IMPORT_GROUPS, RegisterImport.objects.select_related("unit", "by"), pk=sheet)
    form = Form(request.POST or None)

    def do() -> str:
        actions.confirm_import(by=request.user, sheet=found)
        jobs.run_import.enqueue(found.pk)
        return reverse("groups:import", args=[found.pk])

    return submit(request, form, do) or render(request, "groups/import.html", _preview(found) | {"form": form})


def _preview(sheet: RegisterImport) -> dict[str, object]:
    done, total = jobs.progress_of(sheet.pk)
    return {
        "sheet": sheet,
        "rows": [Wanted.of(row) for row in sheet.rows[:SHOWN_ROWS]],
        "more_rows": max(0, len(sheet.rows) - SHOWN_ROWS),
        "errors": sheet.errors[:SHOWN_ERRORS],
        "more_errors": max(0, len(sheet.errors) - SHOWN_ERRORS),
        "done": done,
        "total": total or sheet.row_count,
        "is_waiting": sheet.state == ImportState.QUEUED,
        "may_confirm": sheet.state in {ImportState.READ, ImportState.FAILED} and not sheet.errors and bool(sheet.rows),
    }


@guarded(P.IMPORT_GROUPS)
def import_progress(request: Request, sheet: int) -> HttpResponse:
    """How far it is, for the page to ask again and again; when it is over the page loads anew."""
    found = find(request, P.IMPORT_GROUPS, RegisterImport.objects.select_related("unit").defer("rows", "errors"), pk=sheet)
    done, total = jobs.progress_of(found.pk)
    is_waiting = found.state == ImportState.QUEUED
    context = {"sheet": found, "done": done, "total": total or found.row_count, "is_waiting": is_waiting}
    response = render(request, "groups/import_progress.html", context)
    if not is_waiting:
        response["HX-Refresh"] = "true"
    return response


@guarded(P.IMPORT_GROUPS)
def import_wrong(request: Request, sheet: int) -> HttpResponse:
    """The rows to mend, as a sheet."""
    found = find(request, P.IMPORT_GROUPS, RegisterImport.objects.select_related("unit"), pk=sheet)
    return sheet_response(exports.rows_to_mend(found), _("แถวที่ต้องแก้"))


@guarded(P.IMPORT_GROUPS)
def import_drop(request: Request, sheet: int) -> HttpResponse:
    """Leave the sheet undone."""
    found = find(request, P.IMPORT_GROUPS, RegisterImport.objects.select_related("unit"), pk=sheet)
    form = Form(request.POST or None)

    def do() -> str:
        actions.drop_import(by=request.user, sheet=found)
        return reverse("groups:imports")

    back = reverse("groups:import", args=[found.pk])
    return submit(request, form, do) or render(request, "groups/import_drop.html", {"sheet": found, "form": form, "back": back})
