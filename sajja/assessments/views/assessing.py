"""Starting an assessment and answering it, one aspect at a time."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from sajja.assessments import actions, queries
from sajja.assessments.actions import Side
from sajja.assessments.forms import AnswersForm, EvidenceForm, ReasonForm, StartForm
from sajja.assessments.models import Answer, Assessment, Slot
from sajja.assessments.views.sheet import Part, Sheet, codes, sheet, side_of, with_books
from sajja.org.door import Request, find, guarded, holds
from sajja.org.permissions import P
from sajja.programme.models import SelectedGroup
from sajja.web import clock, pictures
from sajja.web.once import submit


def all_assessments() -> QuerySet[Assessment]:
    """With what every page names."""
    return Assessment.objects.select_related(
        "version__instrument", "selected__group__unit", "selected__year", "revision", "confirmed_by", "corrects", "started_by"
    )


def address(name: str, assessment: Assessment, fragment: str = "", **query: Any) -> str:
    """The address of a page of an assessment."""
    given = {key: value for key, value in query.items() if value}
    found = reverse(f"assessments:{name}", kwargs={"assessment": assessment.pk})
    return found + (f"?{urlencode(given)}" if given else "") + (f"#{fragment}" if fragment else "")


@guarded(P.SEE_ASSESSMENTS)
def of_group(request: Request, selected: int) -> HttpResponse:
    """All assessments of a group on its place: both official slots, what is open, what counts, what was corrected."""
    groups = SelectedGroup.objects.select_related("group__unit", "year")
    found = find(request, P.SEE_ASSESSMENTS, groups, pk=selected)
    made = queries.assessments_of(found)
    corrected = {one.corrects_id for one in made if one.confirmed_at and one.corrects_id}
    slots = []
    for slot in queries.STEPS:
        of_slot = [one for one in made if one.version.instrument.slot == slot]
        confirmed = [one for one in of_slot if one.confirmed_at and one.pk not in corrected]
        opened = next((one for one in of_slot if one.is_open), None)
        slots.append({
            "slot": slot, "step": queries.STEPS[slot], "name": slot.label, "open": opened, "opened": sheet(opened) if opened else None,
            "current": confirmed[0] if confirmed else None, "older": [one for one in of_slot if one.confirmed_at and one not in confirmed[:1]],
            "version": queries.version_for(slot, found.year.year),
        })  # fmt: skip
    context = {
        "selected": found,
        "unit": found.group.unit,
        "slots": slots,
        "may_answer": found.group.closed_on is None and holds(request.user, P.ANSWER, found.group.unit),
    }
    return render(request, "assessments/of_group.html", context)


@guarded(P.ANSWER)
def start(request: Request, selected: int) -> HttpResponse:
    """Begin an assessment of ?slot=governance or ssg."""
    groups = SelectedGroup.objects.select_related("group__unit", "year")
    found = find(request, P.ANSWER, groups, pk=selected)
    slot = request.GET.get("slot", Slot.GOVERNANCE)
    if slot not in queries.STEPS:
        raise Http404
    version = queries.version_for(slot, found.year.year)
    form = StartForm(request.POST or None, initial={"day": clock.today()})
    if version is not None:

        def do() -> str:
            made = actions.start_assessment(by=request.user, selected=found, version=version, day=form.cleaned_data["day"])
            return address("answer", made)

        if done := submit(request, form, do):
            return done
    context = {
        "selected": found, "unit": found.group.unit, "form": form, "version": version, "slot": Slot(slot),
        "opened": queries.open_one(found, slot), "current": queries.current(found, slot),
    }  # fmt: skip
    return render(request, "assessments/start.html", context)


@guarded(P.ANSWER)
def answer(request: Request, assessment: int) -> HttpResponse:
    """One aspect to answer; its one button keeps the whole aspect, htmx keeps each answer as it is given."""
    found = find(request, P.ANSWER, all_assessments(), pk=assessment)
    if not found.is_open or found.selected.group.closed_on:
        return HttpResponseRedirect(address("result", found))
    side = _side(request, found)
    page = sheet(found, side)
    part = page.part(request.GET.get("aspect"))
    form = AnswersForm(request.POST if request.method == "POST" else None, [ask.indicator for ask in part.asks])
    if done := submit(request, form, lambda: _save(request, found, form, side, part)):
        return done
    part = with_books(found, part)
    page = replace(page, parts=tuple(part if one.aspect == part.aspect else one for one in page.parts))
    return render(request, "assessments/answer.html", _answer_page(request, page, part, form))


def _save(request: Request, assessment: Assessment, form: AnswersForm, side: Side, part: Part) -> str:
    """Keep what was sent; on to the next aspect, or back to where a reason is owed."""
    given = form.given()
    if given:
        actions.save_answers(by=request.user, assessment=assessment, answers=given, side=side)
    page = sheet(assessment, side)
    kept = page.part(part.aspect.number)
    beside = _named(request, assessment)
    if side == "officer" and kept.owing:
        messages.warning(request, _("บันทึกแล้ว ข้อ %s ยังต้องบอกเหตุผล") % codes(kept.owing))
        return address("answer", assessment, f"q-{kept.owing[0].indicator.pk}", aspect=part.aspect.number, **beside)
    if "stay" in request.POST:
        messages.success(request, _("บันทึกแล้ว"))
        answered = f"q-{next(iter(given))}" if len(given) == 1 else ""
        return address("answer", assessment, answered, aspect=part.aspect.number, **beside)
    following = page.beside(kept, 1)
    if following is None:
        return address("overview", assessment, **beside)
    return address("answer", assessment, aspect=following.aspect.number, **beside)


def _side(request: Request, assessment: Assessment) -> Side:
    """For whom this person answers here."""
    side = side_of(request, assessment, request.GET.get("side", ""))
    if side is None:
        raise PermissionDenied
    return side


def _named(request: Request, assessment: Assessment) -> dict[str, str]:
    """The side, where an officer writes for the group: everybody else's follows from who they are."""
    asked = request.GET.get("side", "")
    return {"side": "self"} if asked == "self" and holds(request.user, P.VERIFY, assessment.selected.group.unit) else {}


def _answer_page(request: Request, page: Sheet, part: Part, form: AnswersForm) -> dict[str, Any]:
    assessment = page.assessment
    return {
        "assessment": assessment,
        "unit": assessment.selected.group.unit,
        "sheet": page,
        "part": part,
        "form": form,
        "before": page.beside(part, -1),
        "after": page.beside(part, 1),
        "side": page.side,
        "for_the_group": bool(_named(request, assessment)),
        "may_verify": holds(request.user, P.VERIFY, assessment.selected.group.unit),
        "named": f"&side={page.side}" if _named(request, assessment) else "",
        "step": queries.STEPS.get(Slot(assessment.version.instrument.slot), ""),
    }


@guarded(P.ANSWER)
def save_one(request: Request, assessment: int) -> HttpResponse:
    """Keep one answer that htmx sent (POST), and answer with what became of it (GET ?q=3.3)."""
    found = find(request, P.ANSWER, all_assessments(), pk=assessment)
    side = _side(request, found)
    page = sheet(found, side)
    ask = page.ask(request.GET.get("q", "")) or page.asks[0]
    form = AnswersForm(request.POST if request.method == "POST" else None, [ask.indicator])
    if request.method == "POST":

        def do() -> str:
            actions.save_answers(by=request.user, assessment=found, answers=form.given(), side=side)
            return address("save_one", found, q=ask.indicator.code, **_named(request, found))

        if done := submit(request, form, do):
            return done
    part = next(part for part in page.parts if ask in part.asks)
    context = _answer_page(request, page, part, form) | {"ask": ask}
    answer = render(request, "assessments/parts/saved.html", context, status=422 if request.method == "POST" else 200)
    answer["X-Kept"] = "1"  # tells our page from a sign-in page, which is a 200 too
    return answer


@guarded(P.ANSWER)
def evidence(request: Request, assessment: int) -> HttpResponse:
    """What was seen of indicator ?q=3.3: words and a picture."""
    found = find(request, P.ANSWER, all_assessments(), pk=assessment)
    side = _side(request, found)
    page = sheet(found, side)
    ask = page.ask(request.GET.get("q", "")) or page.asks[0]
    part = next(part for part in page.parts if ask in part.asks)
    back = address("answer", found, f"q-{ask.indicator.pk}", aspect=part.aspect.number)
    form = EvidenceForm(
        request.POST or None, request.FILES or None, initial={"evidence": ask.answer.evidence if ask.answer else ""}
    )

    def do() -> str:
        actions.keep_evidence(
            by=request.user,
            assessment=found,
            indicator=ask.indicator,
            evidence=form.cleaned_data["evidence"],
            picture=_picture(form),
        )
        messages.success(request, _("เก็บหลักฐานข้อ %s แล้ว") % ask.indicator.code)
        return back

    if done := submit(request, form, do):
        return done
    context = {"assessment": found, "unit": found.selected.group.unit, "ask": ask, "form": form, "back": back, "side": side}
    return render(request, "assessments/evidence.html", context)


def _picture(form: EvidenceForm) -> str | None:
    if form.cleaned_data["picture"]:
        return pictures.keep(form.cleaned_data["picture"]).sha256
    return "" if form.cleaned_data["take_off"] else None


@guarded(P.SEE_ASSESSMENTS)
def picture(request: Request, photo: int) -> HttpResponse:
    """The picture beside an answer."""
    answers = Answer.objects.select_related("assessment__selected__group__unit").exclude(picture="")
    found = find(request, P.SEE_ASSESSMENTS, answers, pk=photo)
    return HttpResponse(pictures.path_of(found.picture).read_bytes(), content_type="image/jpeg")


@guarded(P.VERIFY)
def drop(request: Request, assessment: int) -> HttpResponse:
    """Put aside an assessment that was begun by mistake."""
    found = find(request, P.VERIFY, all_assessments(), pk=assessment)
    form = ReasonForm(request.POST or None)
    back = reverse("assessments:of_group", kwargs={"selected": found.selected_id})

    def do() -> str:
        actions.drop_assessment(by=request.user, assessment=found, reason=form.cleaned_data["reason"])
        messages.success(request, _("ยกเลิกการประเมินแล้ว เริ่มใหม่ได้เมื่อพร้อม"))
        return back

    if done := submit(request, form, do):
        return done
    context = {"assessment": found, "unit": found.selected.group.unit, "form": form, "back": address("overview", found)}
    return render(request, "assessments/drop.html", context)
