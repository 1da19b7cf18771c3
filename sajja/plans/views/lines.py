"""The lines of a plan: add, change, order, merge, take apart, remove."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.groups.queries import committee_on
from sajja.org.door import Request, find, guarded
from sajja.org.permissions import P
from sajja.plans import actions, queries
from sajja.plans.forms import SOURCES, LineForm, MergeForm, NothingForm, initial_of
from sajja.plans.models import Plan, PlanLine
from sajja.plans.views.plan import address
from sajja.web.once import submit


def _suggested(plan: Plan) -> dict[str, Any]:
    owners = [f"{one.name} ({one.get_office_display()})" for one in committee_on(plan.selected.group)]
    return {"plan": plan, "unit": plan.selected.group.unit, "owners": owners, "sources": SOURCES, "back": address(plan)}


@guarded(P.WRITE_PLAN)
def add(request: Request, plan: int) -> HttpResponse:
    """A line of the group's own choice."""
    found = find(request, P.WRITE_PLAN, queries.all_plans(), pk=plan)
    form = LineForm(request.POST or None)

    def do() -> str:
        line = actions.add_line(by=request.user, plan=found, wanted=form.wanted())
        messages.success(request, _("เพิ่มกิจกรรมแล้ว"))
        return f"{address(found)}#line-{line.pk}"

    if done := submit(request, form, do):
        return done
    return render(request, "plans/line.html", _suggested(found) | {"form": form})


@guarded(P.WRITE_PLAN)
def change(request: Request, line: int) -> HttpResponse:
    """Say anew what a line is; from here on to the next one, as the forum goes through the plan."""
    found = find(request, P.WRITE_PLAN, queries.all_lines(), pk=line)
    form = LineForm(request.POST or None, initial=initial_of(found))
    lines = queries.lines_of(found.plan)
    keys = [one.pk for one in lines]
    place = keys.index(found.pk) if found.pk in keys else len(keys)
    after = keys[place + 1] if place + 1 < len(keys) else None

    def do() -> str:
        actions.change_line(by=request.user, line=found, wanted=form.wanted())
        messages.success(request, _("บันทึกกิจกรรมแล้ว"))
        if request.POST.get("then") == "next" and after:
            return reverse("plans:change", kwargs={"line": after})
        return f"{address(found.plan)}#line-{found.pk}"

    if done := submit(request, form, do):
        return done
    aims = lines[place].aims if place < len(lines) else []
    context = {"form": form, "line": found, "number": place + 1, "count": len(keys), "after": after, "aims": aims}
    return render(request, "plans/line.html", _suggested(found.plan) | context)


@guarded(P.WRITE_PLAN)
def move(request: Request, line: int) -> HttpResponse:
    """One step up or down."""
    found = find(request, P.WRITE_PLAN, queries.all_lines(), pk=line)
    up = request.POST.get("to") == "up"

    def do() -> str:
        actions.move_line(by=request.user, line=found, up=up)
        return f"{address(found.plan)}#line-{found.pk}"

    return _pressed(request, found, do, _("เลื่อนลำดับ"), "plans/move.html")


@guarded(P.WRITE_PLAN)
def merge(request: Request, line: int) -> HttpResponse:
    """Do this one together with another."""
    found = find(request, P.WRITE_PLAN, queries.all_lines(), pk=line)
    others = [(one.pk, one.activity) for one in queries.lines_of(found.plan) if one.pk != found.pk]
    form = MergeForm(others, request.POST or None)

    def do() -> str:
        into = find(request, P.WRITE_PLAN, queries.all_lines(), pk=form.cleaned_data["into"])
        actions.merge_line(by=request.user, line=found, into=into)
        messages.success(request, _("รวมแล้ว แยกกลับได้จากกิจกรรมที่รวมไว้"))
        return f"{address(found.plan)}#line-{into.pk}"

    if done := submit(request, form, do):
        return done
    context = {"plan": found.plan, "unit": found.plan.selected.group.unit, "line": found, "form": form, "others": others}
    return render(request, "plans/merge.html", context | {"back": address(found.plan)})


@guarded(P.WRITE_PLAN)
def split(request: Request, line: int) -> HttpResponse:
    """Take a merged line out again."""
    found = find(request, P.WRITE_PLAN, queries.all_lines(), pk=line)

    def do() -> str:
        actions.split_line(by=request.user, line=found)
        messages.success(request, _("แยกออกเป็นกิจกรรมของตัวเองแล้ว"))
        return f"{address(found.plan)}#line-{found.pk}"

    return _pressed(request, found, do, _("แยกกิจกรรมที่รวมไว้"), "plans/split.html")


@guarded(P.WRITE_PLAN)
def remove(request: Request, line: int) -> HttpResponse:
    """Take away a line of the group's own."""
    found = find(request, P.WRITE_PLAN, queries.all_lines(), pk=line)

    def do() -> str:
        actions.remove_line(by=request.user, line=found)
        messages.success(request, _("ลบกิจกรรมแล้ว ยังดูได้ในประวัติของแผน"))
        return address(found.plan)

    return _pressed(request, found, do, _("ลบกิจกรรมของกลุ่ม"), "plans/remove.html")


def _pressed(request: Request, line: PlanLine, do: Any, title: str, template: str) -> HttpResponse:
    """One press, one act; a GET or a refusal shows the page that asks."""
    form = NothingForm(request.POST if request.method == "POST" else None)
    if done := submit(request, form, do):
        return done
    unit = line.plan.selected.group.unit
    context = {"plan": line.plan, "unit": unit, "line": line, "form": form, "title": title, "back": address(line.plan)}
    return render(request, template, context)
