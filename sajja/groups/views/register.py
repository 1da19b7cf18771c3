"""The register: search it, take it out as a sheet, put a group in."""

from collections.abc import Sequence
from urllib.parse import quote

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.groups import actions, exports, forms, queries
from sajja.groups.forms.filters import Filters
from sajja.groups.models import SavingsGroup
from sajja.org.door import Request, find, guarded, holds, scoped
from sajja.org.models import Kind, Person, Unit
from sajja.org.permissions import P
from sajja.org.queries import names_above
from sajja.web import clock
from sajja.web.once import submit
from sajja.web.sheets import TYPE

PER_PAGE = 50


@guarded(P.SEE_GROUPS)
def register(request: Request) -> HttpResponse:
    """The groups of the person's units: search, filters, sorting, 50 a page."""
    filters = Filters.of(request)
    groups = _chosen(request, filters)
    page = Paginator(groups, PER_PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    context = {
        "filters": filters,
        "form": filters.form,
        "page": page,
        "rows": _with_places(request.user, shown),
        "sort": "name",
        "may_add": holds(request.user, P.EDIT_GROUPS),
        "may_import": holds(request.user, P.IMPORT_GROUPS),
    }
    return render(request, "groups/register.html", context)


@guarded(P.SEE_GROUPS)
def register_sheet(request: Request) -> HttpResponse:
    """The same list as a workbook, in the columns of the import."""
    groups = _chosen(request, Filters.of(request))
    return sheet_response(exports.register_sheet(groups, clock.now()), _("ทะเบียนกลุ่ม"))


def _with_places(person: Person, groups: Sequence[SavingsGroup]) -> list[tuple[SavingsGroup, list[str]]]:
    """Each group with the names of its places from below, as far as they differ for this reader."""
    names = names_above(group.unit.path for group in groups)
    above = {post.unit.kind for post in person.posts_today}
    ways = [names.village, names.subdistrict]
    if not above <= {Kind.DISTRICT, Kind.GROUP}:
        ways.append(names.district)
    if not above <= {Kind.PROVINCE, Kind.DISTRICT, Kind.GROUP}:
        ways.append(names.province)
    return [(group, [way(group.unit.path) for way in ways]) for group in groups]


def _chosen(request: Request, filters: Filters) -> QuerySet[SavingsGroup]:
    return queries.in_order(filters.narrow(queries.register(request.user)), request.GET.get("sort", "name"))


def sheet_response(book: bytes, name: str) -> HttpResponse:
    """A workbook to keep, named in Thai."""
    day = clock.today().isoformat()
    header = f"attachment; filename=\"register-{day}.xlsx\"; filename*=UTF-8''{quote(f'{name}-{day}.xlsx')}"
    return HttpResponse(book, content_type=TYPE, headers={"Content-Disposition": header})


@guarded(P.EDIT_GROUPS)
def new(request: Request) -> HttpResponse:
    """In which district: one's own at once, else chosen from the list."""
    own = [post.unit for post in request.user.posts_today if post.unit.kind == Kind.DISTRICT]
    if len(own) == 1:
        return redirect("groups:new_in", unit=own[0].pk)
    districts = scoped(request.user, P.EDIT_GROUPS, Unit.objects.filter(kind=Kind.DISTRICT, active=True)).order_by(
        "sort_key", "path"
    )
    return render(request, "groups/new.html", {"districts": districts})


@guarded(P.EDIT_GROUPS)
def new_in(request: Request, unit: int) -> HttpResponse:
    """Register a group in a village of this district."""
    district = find(request, P.EDIT_GROUPS, Unit.objects.filter(kind=Kind.DISTRICT), pk=unit)
    form = forms.NewGroupForm(district, request.POST or None, initial={"village": request.GET.get("village")})

    def do() -> str:
        group = actions.register_group(by=request.user, **form.cleaned_data)
        messages.success(request, _("ลงทะเบียน%s แล้ว เติมระเบียบและคณะกรรมการต่อได้เลย") % group.name)
        return reverse("groups:group", args=[group.pk])

    return submit(request, form, do) or render(request, "groups/new_in.html", {"district": district, "form": form})
