"""Looking over the answers, confirming them, and what they came to."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.assessments import actions, exports, queries
from sajja.assessments.forms import NothingForm, OnlineForm, ReasonForm
from sajja.assessments.models import Assessment, Slot
from sajja.assessments.views.assessing import address, all_assessments
from sajja.assessments.views.sheet import Sheet, sheet, side_of
from sajja.org.door import Request, find, guarded, holds
from sajja.org.permissions import P
from sajja.web.charts import Bar
from sajja.web.once import submit
from sajja.web.papers import response


def _page(request: Request, found: Assessment, page: Sheet) -> dict[str, Any]:
    unit = found.selected.group.unit
    step = queries.STEPS.get(Slot(found.version.instrument.slot), "")
    may_verify = found.selected.group.closed_on is None and holds(request.user, P.VERIFY, unit)
    return {"assessment": found, "unit": unit, "sheet": page, "side": page.side, "step": step, "may_verify": may_verify}


@guarded(P.SEE_ASSESSMENTS)
def overview(request: Request, assessment: int) -> HttpResponse:
    """Every answer on one page, and what is missing before confirming."""
    found = find(request, P.SEE_ASSESSMENTS, all_assessments(), pk=assessment)
    closed = found.selected.group.closed_on is not None
    page = sheet(found, None if closed else side_of(request, found, request.GET.get("side", "")))
    return render(request, "assessments/overview.html", _page(request, found, page))


@guarded(P.VERIFY)
def confirm(request: Request, assessment: int) -> HttpResponse:
    """Close the assessment for ever."""
    found = find(request, P.VERIFY, all_assessments(), pk=assessment)
    if not found.is_open:
        return HttpResponseRedirect(address("result", found))
    form = NothingForm(request.POST if request.method == "POST" else None)

    def do() -> str:
        actions.confirm_assessment(by=request.user, assessment=found)
        messages.success(request, _("ยืนยันผลแล้ว อ่านข้อที่ไม่ผ่านให้เวทีฟังก่อนทำแผน"))
        return address("result", found)

    if done := submit(request, form, do):
        return done
    page = sheet(found, "officer")
    return render(
        request, "assessments/confirm.html", _page(request, found, page) | {"form": form, "back": address("overview", found)}
    )


@guarded(P.SEE_ASSESSMENTS)
def result(request: Request, assessment: int) -> HttpResponse:
    """Score by aspect, verdicts, what was not passed; prints on A4."""
    found = find(request, P.SEE_ASSESSMENTS, all_assessments(), pk=assessment)
    if found.confirmed_at is None:
        return HttpResponseRedirect(address("overview", found))
    page = sheet(found)
    scores = list(found.aspect_scores.select_related("aspect").order_by("aspect__number"))
    radar = [{"name": one.aspect.short_name, "passed": one.passed, "total": one.judged} for one in scores]
    bars = [Bar(f"{one.aspect.number} {one.aspect.title}", one.passed, one.judged) for one in scores]
    correction = found.corrections.filter(dropped_at__isnull=True).first()
    context = {"scores": scores, "radar": radar, "bars": bars, "correction": correction, "following": _following(request, found)}
    return render(request, "assessments/result.html", _page(request, found, page) | context)


def _following(request: Request, found: Assessment) -> dict[str, str] | None:
    """The next step of the forum, for those who run it: the other assessment, then the plan."""
    slot = Slot(found.version.instrument.slot)
    if slot not in queries.STEPS or found.selected.until or not holds(request.user, P.VERIFY, found.selected.group.unit):
        return None
    other = next(one for one in queries.STEPS if one != slot)
    if queries.current(found.selected, other) is not None:
        return {"step": "4.6", "name": _("แผนการพัฒนากลุ่ม"), "url": reverse("plans:plan", kwargs={"selected": found.selected_id})}
    opened = queries.open_one(found.selected, other)
    start = reverse("assessments:start", kwargs={"selected": found.selected_id}) + f"?slot={other}"
    return {"step": queries.STEPS[other], "name": str(other.label), "url": address("answer", opened) if opened else start}


@guarded(P.SEE_ASSESSMENTS)
def result_pdf(request: Request, assessment: int) -> HttpResponse:
    """The result as PDF, with its figure."""
    found = find(request, P.SEE_ASSESSMENTS, all_assessments(), pk=assessment)
    if found.confirmed_at is None:
        return HttpResponseRedirect(address("overview", found))
    return response(exports.result(found), f"assessment-{assessment}")


@guarded(P.SEE_ASSESSMENTS)
def aloud(request: Request, assessment: int) -> HttpResponse:
    """What was not passed, in large type, to be read to the forum."""
    found = find(request, P.SEE_ASSESSMENTS, all_assessments(), pk=assessment)
    if found.confirmed_at is None:
        return HttpResponseRedirect(address("overview", found))
    return render(request, "assessments/aloud.html", _page(request, found, sheet(found)))


@guarded(P.SEE_ASSESSMENTS)
def paper(request: Request, assessment: int) -> HttpResponse:
    """The whole form on A4: with the answers so far, or blank to be filled in by hand (?blank=1)."""
    found = find(request, P.SEE_ASSESSMENTS, all_assessments(), pk=assessment)
    blank = request.GET.get("blank") == "1"
    return render(request, "assessments/paper.html", _page(request, found, sheet(found)) | {"blank": blank})


@guarded(P.SEE_ASSESSMENTS)
def online(request: Request, assessment: int) -> HttpResponse:
    """The answers in the form's order, to be copied into the department's own online form, and that form's reference and day."""
    found = find(request, P.SEE_ASSESSMENTS, all_assessments(), pk=assessment)
    page = sheet(found)
    return render(request, "assessments/online.html", _page(request, found, page) | {"lines": copyable(page)})


@guarded(P.VERIFY)
def record_online(request: Request, assessment: int) -> HttpResponse:
    """Keep the reference and day that the department's own online form gave."""
    found = find(request, P.VERIFY, all_assessments(), pk=assessment)
    form = OnlineForm(request.POST or None, initial={"reference": found.online_reference, "day": found.online_date})

    def do() -> str:
        actions.record_online(by=request.user, assessment=found, **form.cleaned_data)
        messages.success(request, _("เก็บเลขที่ของแบบออนไลน์แล้ว"))
        return address("online", found)

    if done := submit(request, form, do):
        return done
    return render(request, "assessments/record_online.html", _page(request, found, sheet(found)) | {"form": form})


def copyable(page: Sheet) -> str:
    """One line an indicator, tabs between: code, text, answer, reason, evidence."""
    rows = []
    for ask in page.asks:
        answer, chosen = ask.answer, ask.officer
        cells = [ask.indicator.code, ask.indicator.text, chosen.word if chosen else ""]
        cells += [answer.reason if answer and ask.asks_reason else "", answer.evidence if answer else ""]
        rows.append("\t".join(" ".join(cell.split()) for cell in cells))
    return "\n".join(rows)


@guarded(P.VERIFY)
def correct(request: Request, assessment: int) -> HttpResponse:
    """Begin a correction that says why."""
    found = find(request, P.VERIFY, all_assessments(), pk=assessment)
    form = ReasonForm(request.POST or None)

    def do() -> str:
        new = actions.correct_assessment(by=request.user, assessment=found, reason=form.cleaned_data["reason"])
        messages.success(request, _("เปิดใบแก้แล้ว คำตอบเดิมอยู่ครบ แก้เฉพาะข้อที่ผิด"))
        return address("overview", new)

    if done := submit(request, form, do):
        return done
    context = {"form": form, "back": address("result", found)}
    return render(request, "assessments/correct.html", _page(request, found, sheet(found)) | context)
