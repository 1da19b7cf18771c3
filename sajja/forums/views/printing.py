"""The reports of all forums held in a place, as one zip."""

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.forums import actions, jobs
from sajja.forums.forms import NothingForm
from sajja.org.door import Request, find, guarded
from sajja.org.models import Unit
from sajja.org.permissions import P
from sajja.programme.models import ProgrammeYear
from sajja.web.once import submit


@guarded(P.SEE_FORUMS)
def reports(request: Request, year: int, unit: int) -> HttpResponse:
    """How far it is; begin, go on, stop, fetch."""
    place = find(request, P.SEE_FORUMS, Unit.objects.all(), pk=unit)
    of_year = get_object_or_404(ProgrammeYear, year=year)
    form = NothingForm(request.POST if request.method == "POST" else None)
    stops = request.POST.get("do") == "stop"

    def do() -> str:
        if stops:
            actions.stop_reports(by=request.user, year=of_year, unit=place)
            jobs.stop(of_year, place)
            messages.success(request, _("สั่งหยุดแล้ว ที่ทำไว้ยังอยู่ ทำต่อได้"))
        else:
            actions.ask_for_reports(by=request.user, year=of_year, unit=place)
            jobs.begin(of_year, place)
            messages.success(request, _("กำลังทำรายงาน เปิดหน้านี้ใหม่เพื่อดูว่าถึงไหน"))
        return reverse("forums:all_reports", kwargs={"year": year, "unit": unit})

    if done := submit(request, form, do):
        return done
    context = {
        "unit": place, "year": of_year, "form": form, "held": jobs.held_in(of_year, place).count(),
        "progress": jobs.progress_of(of_year, place), "zipped": jobs.zip_of(of_year, place),
    }  # fmt: skip
    return render(request, "forums/all_reports.html", context)


@guarded(P.SEE_FORUMS)
def reports_zip(request: Request, year: int, unit: int) -> HttpResponseBase:
    """The zip that is made; where none is, the page that makes it."""
    place = find(request, P.SEE_FORUMS, Unit.objects.all(), pk=unit)
    zipped = jobs.zip_of(get_object_or_404(ProgrammeYear, year=year), place)
    if zipped is None:
        return redirect("forums:all_reports", year=year, unit=unit)
    return FileResponse(zipped.open("rb"), as_attachment=True, filename=f"sajja-{year}-{place.path or 'all'}-forums.zip")
