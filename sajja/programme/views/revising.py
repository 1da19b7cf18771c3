"""A revision of the year: typed over the terms or sent as a file, its difference shown, and then issued."""

import json
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.lib.refusals import Refused
from sajja.org.door import Request, find, guarded
from sajja.org.permissions import P
from sajja.programme import actions, queries, terms, words
from sajja.programme.forms import FileTextForm, RevisionForm, UploadForm
from sajja.programme.models import ProgrammeYear, Revision
from sajja.web.once import submit


@guarded(P.OPEN_YEAR)
def revise(request: Request, year: int) -> HttpResponse:
    """The present terms to be typed over; what would change is shown, and issued only on the second word."""
    found = find(request, P.OPEN_YEAR, ProgrammeYear.objects.select_related("unit"), year=year)
    if "text" in request.POST:
        return _issue(request, found)
    current = queries.current_revision(found)
    before = queries.terms_of(current)
    typed = request.POST if request.method == "POST" and "file" not in request.FILES else None
    form = RevisionForm(before, queries.province_names(), typed)
    if form.is_valid() and (shown := _shown(request, found, form.mapping(current.terms, before), form)):
        return shown
    return render(request, "programme/revise.html", _terms(found, current) | {"form": form, "upload": UploadForm()})


@guarded(P.OPEN_YEAR)
def revise_file(request: Request, year: int) -> HttpResponse:
    """The revision as a data file: the whole of the new terms."""
    found = find(request, P.OPEN_YEAR, ProgrammeYear.objects.select_related("unit"), year=year)
    if "text" in request.POST:
        return _issue(request, found)
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            mapping = terms.plain(terms.load(form.cleaned_data["file"]))
        except ValueError as unreadable:
            form.add_error("file", str(unreadable))
        else:
            if shown := _shown(request, found, mapping, form):
                return shown
    return render(request, "programme/revise_file.html", _terms(found, queries.current_revision(found)) | {"form": form})


def _terms(year: ProgrammeYear, current: Revision) -> dict[str, Any]:
    return {"year": year, "revision": current, "terms": queries.terms_of(current)}


def _shown(
    request: Request, year: ProgrammeYear, mapping: Mapping[str, Any], form: RevisionForm | UploadForm
) -> HttpResponse | None:
    """The difference before it is issued; None, with the reason in the form, where it may not be."""
    try:
        actions.refuse_revision(year, mapping)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.message))
        return None
    return _difference(request, year, mapping, FileTextForm(initial={"text": json.dumps(mapping, ensure_ascii=False)}))


def _difference(request: Request, year: ProgrammeYear, mapping: Mapping[str, Any], form: FileTextForm) -> HttpResponse:
    current = queries.current_revision(year)
    after = terms.read(mapping)
    changes = words.changes(queries.terms_of(current), after, queries.province_names())
    context = {"year": year, "revision": current, "after": after, "changes": changes, "form": form, "kept": queries.kept_by(year)}
    return render(request, "programme/difference.html", context | {"back": request.path})


def _issue(request: Request, year: ProgrammeYear) -> HttpResponse:
    """The second word: what was shown becomes the revision."""
    form = FileTextForm(request.POST)
    try:
        mapping = json.loads(request.POST["text"])
        terms.read(mapping)
    except (TypeError, ValueError, AttributeError):
        return render(
            request, "programme/revise_file.html", _terms(year, queries.current_revision(year)) | {"form": UploadForm()}
        )
    if done := submit(request, form, lambda: _revise(request, year, mapping)):
        return done
    return _difference(request, year, mapping, form)


def _revise(request: Request, year: ProgrammeYear, mapping: Mapping[str, Any]) -> str:
    revision = actions.revise_year(by=request.user, year=year, terms_mapping=mapping)
    messages.success(request, _("ออกฉบับแก้ไขที่ %(number)d แล้ว รายชื่อที่ยืนยันไปแล้วยังใช้ฉบับเดิม") % {"number": revision.number - 1})
    return reverse("programme:year", kwargs={"year": year.year})
