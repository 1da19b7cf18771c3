"""More time for a report: the province gives it to its districts, the department to a province; taken back where it was wrong."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.lib.thai_dates import short
from sajja.org.door import Request, find, guarded
from sajja.org.models import Kind, Unit
from sajja.org.permissions import P
from sajja.programme.models import ProgrammeYear
from sajja.programme.queries import current_revision, terms_of
from sajja.reports import actions, queries
from sajja.reports.forms import ExtendForm, ReasonForm
from sajja.reports.models import Extension
from sajja.web.once import submit

EXTENSIONS = Extension.objects.select_related("unit", "year")


@guarded(P.EXTEND_REPORT)
def extend(request: Request, forum: int) -> HttpResponse:
    """Of the report on a forum, or of its whole district by the year's terms."""
    found = find(request, P.EXTEND_REPORT, queries.all_forums(), pk=forum)
    one = queries.owed_of(found)
    if one is None:
        raise Http404
    unit = Unit.objects.get(path=one.path)
    return _extend(request, found.selected.year, unit, one.due, one.name, reverse("reports:district", args=[found.pk]))


@guarded(P.EXTEND_PROVINCE_REPORT)
def extend_province(request: Request, year: int, unit: int) -> HttpResponse:
    """Of a province's own report."""
    place = find(request, P.EXTEND_PROVINCE_REPORT, Unit.objects.all(), pk=unit)
    if place.kind != Kind.PROVINCE:
        raise Http404
    of_year = get_object_or_404(ProgrammeYear, year=year)
    given = queries.extensions_under(of_year, place.path).get(place.path)
    day = queries.province_due(terms_of(current_revision(of_year)), queries.province_report(of_year, place), given)
    back = reverse("reports:province", kwargs={"year": year, "unit": place.pk})
    return _extend(request, of_year, place, day, place.full_name, back)


def _extend(  # a page has these parts
    request: Request, year: ProgrammeYear, unit: Unit, due: date, name: str, back: str
) -> HttpResponse:
    form = ExtendForm(request.POST or None)

    def do() -> str:
        made = actions.extend_report(by=request.user, year=year, unit=unit, **form.cleaned_data)
        messages.success(request, _("ขยายเวลาถึง %s แล้ว") % short(made.until))
        return back

    if done := submit(request, form, do):
        return done
    return render(request, "reports/extend.html", {"unit": unit, "due": due, "name": name, "form": form, "back": back})


@guarded(P.EXTEND_REPORT)
def end(request: Request, extension: int) -> HttpResponse:
    """Take back what was given to a district."""
    return _end(request, find(request, P.EXTEND_REPORT, EXTENSIONS.exclude(unit__kind=Kind.PROVINCE), pk=extension))


@guarded(P.EXTEND_PROVINCE_REPORT)
def end_province(request: Request, extension: int) -> HttpResponse:
    """Take back what was given to a province."""
    return _end(request, find(request, P.EXTEND_PROVINCE_REPORT, EXTENSIONS.filter(unit__kind=Kind.PROVINCE), pk=extension))


def _end(request: Request, found: Extension) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    of_province = found.unit.kind == Kind.PROVINCE
    place = found.unit if of_province else Unit.objects.get(path=found.unit.path[:4])
    back = reverse(f"reports:{'province' if of_province else 'unit'}", kwargs={"year": found.year.year, "unit": place.pk})

    def do() -> str:
        actions.end_extension(by=request.user, extension=found, reason=form.cleaned_data["reason"])
        messages.success(request, _("ยกเลิกแล้ว กลับไปใช้กำหนด %s") % short(found.before))
        return back

    if done := submit(request, form, do):
        return done
    return render(request, "reports/end_extension.html", {"found": found, "unit": found.unit, "form": form, "back": back})
