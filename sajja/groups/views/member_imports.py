"""The members from a sheet: template, upload, preview, confirm, the rows to mend."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.groups import actions, queries
from sajja.groups.actions import new_member
from sajja.groups.exports import members as exports
from sajja.groups.forms.calling import MembersUploadForm
from sajja.groups.models import ImportState, MemberImport
from sajja.groups.views.group import GROUPS
from sajja.groups.views.register import sheet_response
from sajja.org.door import Request, find, guarded
from sajja.org.permissions import P
from sajja.web import clock
from sajja.web.once import submit

INTAKES = MemberImport.objects.select_related("group__unit__parent")
SHOWN_ROWS = 100
PER_PAGE = 20


@guarded(P.KEEP_MEMBERS)
def member_imports(request: Request, group: int) -> HttpResponse:
    """Send a sheet; those sent before."""
    found = find(request, P.KEEP_MEMBERS, GROUPS, pk=group)
    form = MembersUploadForm(found, request.POST or None, request.FILES or None)

    def do() -> str:
        given = form.cleaned_data
        intake = actions.receive_members(
            by=request.user, group=found, file_name=given["sheet"].name, sha256=given["sha256"], reading=given["reading"]
        )
        return reverse("groups:member_import", args=[intake.pk])

    page = Paginator(queries.member_imports(found), PER_PAGE).get_page(request.GET.get("page"))
    return submit(request, form, do) or render(
        request, "groups/members/imports.html", {"group": found, "form": form, "page": page}
    )


@guarded(P.KEEP_MEMBERS)
def member_template(request: Request, group: int) -> HttpResponse:
    """The sheet to fill in, with an example."""
    find(request, P.KEEP_MEMBERS, GROUPS, pk=group)
    return sheet_response(exports.template(clock.now()), _("แบบนำเข้าสมาชิก"))


@guarded(P.KEEP_MEMBERS)
def member_import(request: Request, intake: int) -> HttpResponse:
    """Whom the sheet would take in, what is wrong with it, and the button; afterwards that it was done."""
    found = find(request, P.KEEP_MEMBERS, INTAKES, pk=intake)
    form = Form(request.POST or None)

    def do() -> str:
        made = actions.confirm_members(by=request.user, intake=found)
        messages.success(request, _("รับสมาชิก %s คนแล้ว") % len(made))
        return reverse("groups:members", args=[found.group_id])

    context = {
        "intake": found, "group": found.group, "form": form,
        "rows": [new_member(row) for row in found.rows[:SHOWN_ROWS]],
        "more_rows": max(0, len(found.rows) - SHOWN_ROWS), "pledged": sum(row["pledge_satang"] for row in found.rows),
        "errors": found.errors[:SHOWN_ROWS], "more_errors": max(0, len(found.errors) - SHOWN_ROWS),
        "may_confirm": found.state == ImportState.READ and bool(found.rows),
        "may_drop": found.state in {ImportState.READ, ImportState.WRONG},
    }  # fmt: skip
    return submit(request, form, do) or render(request, "groups/members/import.html", context)


@guarded(P.KEEP_MEMBERS)
def member_import_wrong(request: Request, intake: int) -> HttpResponse:
    """The rows to mend, as a sheet."""
    found = find(request, P.KEEP_MEMBERS, INTAKES, pk=intake)
    return sheet_response(exports.rows_to_mend(found), _("แถวที่ต้องแก้"))


@guarded(P.KEEP_MEMBERS)
def member_import_drop(request: Request, intake: int) -> HttpResponse:
    """Leave the sheet undone."""
    found = find(request, P.KEEP_MEMBERS, INTAKES, pk=intake)
    form = Form(request.POST or None)

    def do() -> str:
        actions.drop_members(by=request.user, intake=found)
        return reverse("groups:member_imports", args=[found.group_id])

    back = reverse("groups:member_import", args=[found.pk])
    context = {"intake": found, "group": found.group, "form": form, "back": back}
    return submit(request, form, do) or render(request, "groups/members/import_drop.html", context)
