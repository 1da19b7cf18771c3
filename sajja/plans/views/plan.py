"""A plan: its page, beginning it, its paper, its history."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.assessments.models import Assessment, Slot
from sajja.assessments.queries import current, not_passed
from sajja.groups.queries import committee_on, places_above
from sajja.org.door import Request, find, guarded, holds
from sajja.org.permissions import P
from sajja.plans import actions, exports, queries, words
from sajja.plans.forms import NothingForm
from sajja.plans.models import Plan, PlanLine
from sajja.programme.models import SelectedGroup
from sajja.web import clock
from sajja.web.charts import Aspect
from sajja.web.once import submit
from sajja.web.papers import response

PAGE = 50


@dataclass(frozen=True)
class Shown:
    """A line as the page shows it."""

    line: PlanLine
    number: int
    state: str
    word: str
    span: str
    gaps: str

    @property
    def own(self) -> bool:
        """Whether the group chose it itself."""
        return self.line.indicator_id is None


def address(plan: Plan) -> str:
    """The plan's page."""
    return reverse("plans:plan", kwargs={"selected": plan.selected_id})


def all_selected() -> Any:
    """Every group that holds or held a place, with its year and unit."""
    return SelectedGroup.objects.select_related("group__unit", "year")


def shown(plan: Plan, lines: list[PlanLine]) -> list[Shown]:
    """The lines with their number, chip and days."""
    today = clock.today()
    made = []
    for number, line in enumerate(lines, 1):
        state, word = words.state_of(line.starts, line.ends, bool(line.done), today)
        gaps = words.gaps(number, line.owner, line.starts, line.ends, line.success)
        made.append(Shown(line, number, state, word, words.span(line.starts, line.ends), gaps))
    return made


def next_line(lines: list[Shown], *, signed: bool, filling: bool) -> Shown | None:
    """The line to see to first: of a signed plan the undone one that ends first, of a draft the first that is not whole."""
    if signed:
        return min((one for one in lines if not one.line.done), key=lambda one: one.line.ends or date.max, default=None)
    return next((one for one in lines if one.gaps), None) if filling else None


@guarded(P.SEE_PLANS)
def plan(request: Request, selected: int) -> HttpResponse:
    """The plan of a group, or what it will be made from."""
    chosen = find(request, P.SEE_PLANS, all_selected(), pk=selected)
    found = queries.plan_of(chosen)
    context = {"selected": chosen, "unit": chosen.group.unit, "results": results_of(chosen)}
    if found is None:
        failed = not_passed(chosen)
        may_draft = (
            chosen.until is None and chosen.group.closed_on is None and holds(request.user, P.WRITE_PLAN, chosen.group.unit)
        )
        return render(request, "plans/begin.html", context | {"failed": failed, "may_draft": may_draft})
    lines = queries.lines_of(found)
    return render(request, "plans/plan.html", context | _page(request, found, lines))


def _page(request: Request, found: Plan, lines: list[PlanLine]) -> dict[str, Any]:
    aims = [aim for line in lines for aim in line.aims if aim.indicator]
    signatures = queries.signatures_of(found)
    unit, holding = found.selected.group.unit, found.selected.until is None
    closed = found.selected.group.closed_on is not None
    may = {
        key: holding and (key == "done" or not closed) and holds(request.user, permission, unit)
        for key, permission in [
            ("write", P.WRITE_PLAN),
            ("done", P.MARK_DONE),
            ("chair", P.SIGN_PLAN_CHAIR),
            ("paper", P.RECORD_SIGNATURE),
            ("head", P.SIGN_PLAN_HEAD),
        ]
    }
    filling, listed = not signatures and may["write"], shown(found, lines)
    made_it = found.drafted_by_id == request.user.pk or any(one.by_id == request.user.pk for one in signatures.values())
    return {
        "plan": found,
        "barred": may["head"] and made_it,
        "signed": signatures,
        "lines": listed,
        "next": next_line(listed, signed=found.signed_at is not None, filling=filling),
        "gaps": sum(1 for one in listed if one.gaps),
        "may": may,
        "open": filling,
        "done": sum(1 for line in lines if line.done),
        "aims": len(aims),
        "passed": sum(1 for aim in aims if aim.passed),
        "own": sum(1 for line in lines if line.indicator_id is None),
        "money": sum(line.money_satang for line in lines),
        "new": queries.owed_indicators(found, not_passed(found.selected)) if filling else [],
    }


def results_of(chosen: SelectedGroup) -> list[dict[str, Any]]:
    """Both assessments that count, by aspect."""
    found = [current(chosen, slot) for slot in (Slot.GOVERNANCE, Slot.SSG)]
    return [_result(one) for one in found if one]


def _result(one: Assessment) -> dict[str, Any]:
    scores = one.aspect_scores.select_related("aspect").order_by("aspect__number")
    aspects = [Aspect(score.aspect.short_name, score.passed, score.judged) for score in scores]
    return {"assessment": one, "title": one.version.instrument.short_title, "official": one.version.official, "aspects": aspects}


@guarded(P.WRITE_PLAN)
def draft(request: Request, selected: int) -> HttpResponse:
    """Begin the plan from what was not passed."""
    chosen = find(request, P.WRITE_PLAN, all_selected(), pk=selected)
    form = NothingForm(request.POST if request.method == "POST" else None)

    def do() -> str:
        made = actions.draft_plan(by=request.user, selected=chosen)
        messages.success(request, _("ร่างแผนแล้ว แก้ไขและเพิ่มกิจกรรมได้จนกว่าจะลงนาม"))
        return address(made)

    if done := submit(request, form, do):
        return done
    context = {"selected": chosen, "unit": chosen.group.unit, "form": form, "failed": not_passed(chosen)}
    back = reverse("plans:plan", kwargs={"selected": chosen.pk})
    return render(request, "plans/draft.html", context | {"back": back, "ready": len(results_of(chosen)) == 2})


@guarded(P.WRITE_PLAN)
def bring_in(request: Request, plan: int) -> HttpResponse:
    """Add lines for what a later assessment did not pass."""
    found = find(request, P.WRITE_PLAN, queries.all_plans(), pk=plan)
    form = NothingForm(request.POST if request.method == "POST" else None)

    def do() -> str:
        made = actions.bring_in(by=request.user, plan=found)
        messages.success(request, _("เพิ่มแล้ว %d กิจกรรม") % len(made))
        return address(found)

    if done := submit(request, form, do):
        return done
    new = queries.owed_indicators(found, not_passed(found.selected))
    context = {"plan": found, "unit": found.selected.group.unit, "form": form, "new": new, "back": address(found)}
    return render(request, "plans/bring_in.html", context)


@guarded(P.SEE_PLANS)
def paper(request: Request, plan: int) -> HttpResponse:
    """The plan on A4, with both its names and the places of the signatures."""
    found = find(request, P.SEE_PLANS, queries.all_plans(), pk=plan)
    lines = queries.lines_of(found)
    context = {
        "plan": found,
        "unit": found.selected.group.unit,
        "places": " ".join(place.short_name for place in places_above(found.selected.group)),
        "lines": shown(found, lines),
        "signed": queries.signatures_of(found),
        "money": sum(line.money_satang for line in lines),
        "results": results_of(found.selected),
        "chair": next((one for one in committee_on(found.selected.group) if one.office == "chair"), None),
        "back": address(found),
    }
    return render(request, "plans/paper.html", context)


@guarded(P.SEE_PLANS)
def paper_pdf(request: Request, plan: int) -> HttpResponse:
    """The plan as PDF."""
    found = find(request, P.SEE_PLANS, queries.all_plans(), pk=plan)
    return response(exports.plan(found), f"plan-{plan}")


@guarded(P.SEE_PLANS)
def history(request: Request, plan: int) -> HttpResponse:
    """Everything that was done to the plan, newest first."""
    found = find(request, P.SEE_PLANS, queries.all_plans(), pk=plan)
    page = Paginator(queries.acts_of(found), PAGE).get_page(request.GET.get("page"))
    told = [words.told(row.at, row.by_name, row.act, row.about_name, row.detail) for row in page]
    context = {"plan": found, "unit": found.selected.group.unit, "page": page, "told": told, "back": address(found)}
    return render(request, "plans/history.html", context)
