"""A province's report to the department: made from the accepted ones, พร้อมส่ง until its entry in BPM is recorded."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.org.door import Request, find, guarded, holds
from sajja.org.models import Kind, Unit
from sajja.org.permissions import P
from sajja.programme.models import ProgrammeYear
from sajja.programme.queries import current_revision, terms_of
from sajja.reports import actions, content, jobs, queries, words
from sajja.reports.exports import bundle as bundles
from sajja.reports.exports import papers as exports
from sajja.reports.exports.papers import Told
from sajja.reports.forms import BpmForm, ManyForm, NothingForm, ProvinceForm, ReasonForm
from sajja.reports.models import ProvinceReport
from sajja.reports.queries import day_of
from sajja.web import clock, papers
from sajja.web.once import submit


def address(year: ProgrammeYear, province: Unit) -> str:
    """The report's page."""
    return reverse("reports:province", kwargs={"year": year.year, "unit": province.pk})


def _province(request: Request, permission: str, year: int, unit: int) -> tuple[ProgrammeYear, Unit]:
    place = find(request, permission, Unit.objects.all(), pk=unit)
    if place.kind != Kind.PROVINCE:
        raise Http404
    return get_object_or_404(ProgrammeYear, year=year), place


def _page(request: Request, year: ProgrammeYear, place: Unit) -> dict[str, Any]:
    report = queries.province_report(year, place)
    terms = terms_of(report.revision if report else current_revision(year))
    extension = queries.extensions_under(year, place.path).get(place.path)
    due = queries.province_due(terms, report, extension)
    recorded = day_of(report.bpm_at) if report and report.state == "recorded" else None
    now = content.of_province(year, place)
    rows = queries.owed(year, place.path)
    return {
        "year": year,
        "unit": place,
        "terms": terms,
        "report": report,
        "due": due,
        "extension": extension,
        "may_extend": holds(request.user, P.EXTEND_PROVINCE_REPORT, place) and not (report and report.state == "recorded"),
        "now": now,
        "said": report.content if report else now,
        "state": words.PROVINCE_STATES[report.state if report else "draft"],
        "late": words.timeliness(due, recorded, clock.today()),
        "since": content.changes(report.content, now) if report and report.state != "recorded" else [],
        "accepted": [one for one in rows if one.state == "accepted"],
        "open": [one for one in rows if one.state != "accepted"],
        "may_ready": holds(request.user, P.SUBMIT_PROVINCE_REPORT, place) and not (report and report.state == "recorded"),
        "may_record": holds(request.user, P.RECORD_BPM, place) and report is not None,
        "back": address(year, place),
    }


@guarded(P.SEE_REPORTS)
def province(request: Request, year: int, unit: int) -> HttpResponse:
    """What the report says, its state, what to do next, its history."""
    of_year, place = _province(request, P.SEE_REPORTS, year, unit)
    page = _page(request, of_year, place)
    report: ProvinceReport | None = page["report"]
    moves = [(move, words.MOVES[move.move]) for move in queries.province_moves(report)] if report else []
    return render(request, "reports/province.html", page | {"moves": moves})


@guarded(P.JUDGE_REPORT)
def accept_many(request: Request, year: int, unit: int) -> HttpResponse:
    """Every submitted report that needs no look of its own, accepted together; the others listed with what they wait for."""
    of_year, place = _province(request, P.JUDGE_REPORT, year, unit)
    waiting = queries.waiting_for(of_year, place, request.user)
    form = ManyForm([one for one, why in waiting if not why], request.POST if request.method == "POST" else None)
    back = reverse("reports:unit", kwargs={"year": year, "unit": unit})

    def do() -> str:
        done = actions.accept_reports(by=request.user, year=of_year, province=place, reports=form.chosen)
        messages.success(request, _("ตรวจรับรายงานแล้ว %d ฉบับ") % len(done))
        return back

    if done := submit(request, form, do):
        return done
    context = {"year": of_year, "unit": place, "form": form, "back": back, "free": form.reports}
    return render(request, "reports/accept_many.html", context | {"others": [one for one in waiting if one.why]})


@guarded(P.SUBMIT_PROVINCE_REPORT)
def ready(request: Request, year: int, unit: int) -> HttpResponse:
    """Make the report, or make it anew from what was accepted since."""
    of_year, place = _province(request, P.SUBMIT_PROVINCE_REPORT, year, unit)
    page = _page(request, of_year, place)
    report: ProvinceReport | None = page["report"]
    form = ProvinceForm(request.POST or None, initial={"summary": report.summary if report else ""})

    def do() -> str:
        actions.ready_province_report(by=request.user, year=of_year, province=place, summary=form.cleaned_data["summary"])
        messages.success(request, _("รายงานพร้อมส่ง เมื่อลงระบบ BPM แล้วให้บันทึกวัน เวลา และเลขที่อ้างอิง"))
        return address(of_year, place)

    if done := submit(request, form, do):
        return done
    return render(request, "reports/ready.html", page | {"form": form})


@guarded(P.RECORD_BPM)
def bpm(request: Request, province_report: int) -> HttpResponse:
    """Record the entry in BPM, whose day decides."""
    found = find(request, P.RECORD_BPM, queries.all_province_reports(), pk=province_report)
    form = BpmForm(request.POST or None, initial={"day": clock.today(), "person": request.user.full_name})
    back = address(found.year, found.province)

    def do() -> str:
        given = form.cleaned_data
        actions.record_bpm(
            by=request.user, report=found, bpm_at=form.bpm_at(), person=given["person"], reference=given["reference"]
        )
        messages.success(request, _("บันทึกแล้ว วันที่ลงระบบ BPM เป็นวันที่ส่งรายงานของจังหวัด"))
        return back

    if done := submit(request, form, do):
        return done
    return render(request, "reports/bpm.html", {"report": found, "unit": found.province, "form": form, "back": back})


@guarded(P.RECORD_BPM)
def take_back(request: Request, province_report: int) -> HttpResponse:
    """The entry was recorded wrongly."""
    found = find(request, P.RECORD_BPM, queries.all_province_reports(), pk=province_report)
    form = ReasonForm(request.POST or None)
    back = address(found.year, found.province)

    def do() -> str:
        actions.take_back_bpm(by=request.user, report=found, reason=form.cleaned_data["reason"])
        messages.success(request, _("กลับเป็นพร้อมส่งแล้ว บันทึกวัน เวลา และเลขที่ที่ถูกต้องได้เลย"))
        return back

    if done := submit(request, form, do):
        return done
    return render(request, "reports/take_back.html", {"report": found, "unit": found.province, "form": form, "back": back})


@guarded(P.SEE_REPORTS)
def paper(request: Request, year: int, unit: int) -> HttpResponse:
    """The province's report on A4."""
    of_year, place = _province(request, P.SEE_REPORTS, year, unit)
    return render(request, "reports/province_paper.html", _page(request, of_year, place))


@guarded(P.SEE_REPORTS)
def cover(request: Request, year: int, unit: int) -> HttpResponse:
    """The province's letter to the department, as PDF; there is one once the report was made."""
    of_year, place = _province(request, P.SEE_REPORTS, year, unit)
    report = queries.province_report(of_year, place)
    if report is None:
        raise Http404
    return papers.response(exports.cover(Told(of_year, place)), f"cover-{year}-{place.path}")


@guarded(P.SEE_REPORTS)
def bundle(request: Request, year: int, unit: int) -> HttpResponse:
    """The set for the entry in BPM: what is in it, how far it is, begin, fetch."""
    of_year, place = _province(request, P.SEE_REPORTS, year, unit)
    form = NothingForm(request.POST if request.method == "POST" else None)

    def do() -> str:
        actions.ask_for_bundle(by=request.user, year=of_year, province=place)
        jobs.begin(of_year, place)
        messages.success(request, _("กำลังจัดทำชุดส่ง BPM เปิดหน้านี้ใหม่เพื่อดูว่าถึงไหน"))
        return reverse("reports:bundle", kwargs={"year": year, "unit": unit})

    if done := submit(request, form, do):
        return done
    told, made = Told(of_year, place), jobs.made(of_year, place)
    context = {
        "year": of_year, "unit": place, "told": told, "form": form, "progress": jobs.progress_of(of_year, place), "made": made,
        "size": made.stat().st_size if made else 0, "old": made is not None and made.name != bundles.name_of(told),
        "pictures": sum(len(group.photos) for group in told.groups), "back": address(of_year, place),
    }  # fmt: skip
    return render(request, "reports/bundle.html", context)


@guarded(P.SEE_REPORTS)
def bundle_zip(request: Request, year: int, unit: int) -> HttpResponseBase:
    """The bundle that is made; where none is, the page that makes it."""
    of_year, place = _province(request, P.SEE_REPORTS, year, unit)
    made = jobs.made(of_year, place)
    if made is None:
        return redirect("reports:bundle", year=year, unit=unit)
    return FileResponse(made.open("rb"), as_attachment=True, filename=made.name)
