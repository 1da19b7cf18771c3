"""The instruments: what is in use, what it says, and how the department puts a new one in force."""

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.assessments import actions, exports, instrument_file, queries
from sajja.assessments.forms import InstrumentFileForm, NothingForm
from sajja.assessments.models import Indicator, InstrumentVersion, Slot, Status
from sajja.assessments.views.sheet import Ask
from sajja.lib.refusals import Refused
from sajja.org.door import Request, guarded, holds, require
from sajja.org.permissions import P
from sajja.org.queries import department
from sajja.web.once import submit
from sajja.web.papers import response


def _version(request: Request, pk: int) -> InstrumentVersion:
    found = queries.versions_seen_by(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _address(version: InstrumentVersion) -> str:
    return reverse("assessments:version", kwargs={"version": version.pk})


@guarded(P.SEE_INSTRUMENTS)
def instruments(request: Request) -> HttpResponse:
    """All versions by slot, those in use first."""
    order = [Status.PUBLISHED, Status.DRAFT, Status.RETIRED, Status.WITHDRAWN]
    versions = sorted(
        queries.versions_seen_by(request.user), key=lambda one: (order.index(Status(one.status)), -one.fiscal_year, -one.pk)
    )
    slots = [(slot, queries.STEPS.get(slot, ""), [one for one in versions if one.instrument.slot == slot]) for slot in Slot]
    context = {"slots": slots, "may_load": holds(request.user, P.LOAD_INSTRUMENT)}
    return render(request, "assessments/instruments.html", context)


@guarded(P.SEE_INSTRUMENTS)
def version(request: Request, version: int) -> HttpResponse:
    """What a version says, indicator by indicator."""
    found = _version(request, version)
    aspects = queries.aspects_of(found)
    asks = [(aspect, [Ask(one, None, None) for one in aspect.indicators.all()]) for aspect in aspects]
    shape = (len(asks), sum(len(rows) for _aspect, rows in asks))
    may_publish = holds(request.user, P.PUBLISH_INSTRUMENT)
    context = {
        "version": found, "asks": asks, "shape": shape, "may_publish": may_publish, "may_load": holds(request.user, P.LOAD_INSTRUMENT),
        "own": found.loaded_by_id == request.user.pk, "wrong": instrument_file.shape_problems(found.instrument.slot, shape),
    }  # fmt: skip
    return render(request, "assessments/version.html", context)


@guarded(P.SEE_INSTRUMENTS)
def blank_pdf(request: Request, version: int) -> HttpResponse:
    """The form to be answered on paper."""
    return response(exports.blank(_version(request, version)), f"instrument-{version}")


@guarded(P.SEE_INSTRUMENTS)
def version_file(request: Request, version: int) -> HttpResponse:
    """The version as a file of the same format (JSON): to keep, or to begin the next one from."""
    found = _version(request, version)
    answer = HttpResponse(
        json.dumps(as_file(found), ensure_ascii=False, indent=1), content_type="application/json; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="{found.instrument.code}-{found.fiscal_year}-{found.number}.json"'
    return answer


def as_file(version: InstrumentVersion) -> dict[str, Any]:
    """The mapping that instrument_file.read takes."""
    head = {
        "code": version.instrument.code, "title": version.title, "short_title": version.instrument.short_title,
        "slot": version.instrument.slot, "fiscal_year": version.fiscal_year, "official": version.official,
        "source": version.source, "bands": version.bands,
    }  # fmt: skip
    aspects = [
        {
            "number": aspect.number,
            "title": aspect.title,
            "short_name": aspect.short_name,
            "indicators": [_as_row(one) for one in aspect.indicators.all()],
        }
        for aspect in queries.aspects_of(version)
    ]
    return head | {"aspects": aspects}


def _as_row(one: Indicator) -> dict[str, Any]:
    row: dict[str, Any] = {
        "code": one.code, "text": one.text, "evidence": one.evidence_wanted, "guidance": one.guidance,
        "recommendation": one.recommendation, "weight": one.weight, "kind": one.kind, "figure": one.figure,
        "allows_not_applicable": one.allows_not_applicable,
    }  # fmt: skip
    return row | ({"rule": one.rule} if one.rule else {})


@guarded(P.LOAD_INSTRUMENT)
def load(request: Request) -> HttpResponse:
    """A file: first looked at, with every problem said; the second sending keeps it as a draft."""
    require(request.user, P.LOAD_INSTRUMENT, department())
    form = InstrumentFileForm(request.POST or None, request.FILES or None)
    seen: dict[str, Any] = {}
    if form.is_bound and form.is_valid():
        if "look" in request.POST:
            seen = _look(form.cleaned_data["content"])
        elif done := submit(request, form, lambda: _load(request, form)):
            return done
    return render(request, "assessments/load.html", {"form": form, **seen})


def _load(request: Request, form: InstrumentFileForm) -> str:
    made = actions.load_instrument(by=request.user, data=instrument_file.parse(form.cleaned_data["content"]))
    messages.success(request, _("นำเข้าเป็นฉบับร่างแล้ว ให้เจ้าหน้าที่กรมฯ อีกคนตรวจและประกาศใช้"))
    return _address(made)


def _look(content: bytes | str) -> dict[str, Any]:
    """What the page shows of a file before it is kept: its problems, or its text."""
    try:
        data = instrument_file.parse(content)
    except Refused as refusal:
        return {"problems": [str(refusal)]}
    if found := instrument_file.problems(data):
        return {"problems": found}
    read = instrument_file.read(data)
    text = content.decode("utf-8-sig") if isinstance(content, bytes) else content
    return {"seen": read, "text": text, "warnings": instrument_file.shape_problems(read.slot, read.shape)}


@guarded(P.PUBLISH_INSTRUMENT)
def publish(request: Request, version: int) -> HttpResponse:
    """Put a draft in force."""
    require(request.user, P.PUBLISH_INSTRUMENT, department())
    found = _version(request, version)
    form = NothingForm(request.POST if request.method == "POST" else None)

    def do() -> str:
        actions.publish_version(by=request.user, version=found)
        messages.success(request, _("ประกาศใช้แล้ว การประเมินที่เริ่มใหม่จะใช้ฉบับนี้"))
        return _address(found)

    if done := submit(request, form, do):
        return done
    replaced = queries.version_for(found.instrument.slot, found.fiscal_year)
    replaced = replaced if replaced and replaced.fiscal_year == found.fiscal_year and replaced.pk != found.pk else None
    context = {"version": found, "form": form, "back": _address(found), "replaced": replaced}
    return render(request, "assessments/publish.html", context)


@guarded(P.PUBLISH_INSTRUMENT)
def retire(request: Request, version: int) -> HttpResponse:
    """Take a published version out of use, or put a draft aside."""
    require(request.user, P.PUBLISH_INSTRUMENT, department())
    found = _version(request, version)
    form = NothingForm(request.POST if request.method == "POST" else None)

    def do() -> str:
        if found.status == Status.DRAFT:
            actions.withdraw_version(by=request.user, version=found)
        else:
            actions.retire_version(by=request.user, version=found)
        messages.success(request, _("เลิกใช้ฉบับนี้แล้ว ผลที่ยืนยันไปแล้วไม่เปลี่ยน"))
        return _address(found)

    if done := submit(request, form, do):
        return done
    return render(request, "assessments/retire.html", {"version": found, "form": form, "back": _address(found)})
