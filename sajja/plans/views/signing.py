"""Signing a plan, taking the signatures back, and marking its lines as done."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from sajja.groups.queries import committee_on
from sajja.org.door import Request, find, guarded, holds
from sajja.org.permissions import P
from sajja.plans import actions, queries
from sajja.plans.forms import DoneForm, PaperForm, ReasonForm, SignForm
from sajja.plans.models import LineDone, Plan
from sajja.plans.views.plan import address, shown
from sajja.web import clock, pictures
from sajja.web.once import submit


def _page(found: Plan, form: Any, seat: str) -> dict[str, Any]:
    lines = queries.lines_of(found)
    listed = shown(found, lines)
    return {
        "plan": found,
        "unit": found.selected.group.unit,
        "form": form,
        "seat": seat,
        "lines": listed,
        "money": sum(line.money_satang for line in lines),
        "gaps": [one.gaps for one in listed if one.gaps],
        "wrong": actions.unready(found),
        "signed": queries.signatures_of(found),
        "back": address(found),
    }


def _said(request: Request, found: Plan) -> str:
    found.refresh_from_db(fields=["signed_at"])
    if found.signed_at:
        messages.success(request, _("ลงนามครบสองฝ่ายแล้ว แผนนี้นับใน KPI ตั้งแต่วันนี้"))
    else:
        messages.success(request, _("ลงนามแล้ว รออีกฝ่ายลงนาม แผนจึงจะนับใน KPI"))
    return address(found)


@guarded(P.SIGN_PLAN_CHAIR)
def sign_chair(request: Request, plan: int) -> HttpResponse:
    """The chair signs in his own account."""
    found = find(request, P.SIGN_PLAN_CHAIR, queries.all_plans(), pk=plan)
    form = SignForm(request.POST or None, initial={"day": clock.today()})

    def do() -> str:
        day = form.cleaned_data["day"]
        actions.sign_as_chair(by=request.user, plan=found, name=request.user.full_name, day=day, on_paper=False)
        return _said(request, found)

    if done := submit(request, form, do):
        return done
    return render(request, "plans/sign.html", _page(found, form, "chair"))


@guarded(P.RECORD_SIGNATURE)
def sign_paper(request: Request, plan: int) -> HttpResponse:
    """The officer records that the chair signed on paper."""
    found = find(request, P.RECORD_SIGNATURE, queries.all_plans(), pk=plan)
    chair = next((one.name for one in committee_on(found.selected.group) if one.office == "chair"), "")
    form = PaperForm(request.POST or None, initial={"day": clock.today(), "name": chair})

    def do() -> str:
        given = form.cleaned_data
        actions.sign_as_chair(by=request.user, plan=found, name=given["name"], day=given["day"], on_paper=True)
        return _said(request, found)

    if done := submit(request, form, do):
        return done
    return render(request, "plans/sign.html", _page(found, form, "paper"))


@guarded(P.SIGN_PLAN_HEAD)
def sign_head(request: Request, plan: int) -> HttpResponse:
    """The district head signs in his account."""
    found = find(request, P.SIGN_PLAN_HEAD, queries.all_plans(), pk=plan)
    form = SignForm(request.POST or None, initial={"day": clock.today()})

    def do() -> str:
        actions.sign_as_head(by=request.user, plan=found, day=form.cleaned_data["day"])
        return _said(request, found)

    if done := submit(request, form, do):
        return done
    return render(request, "plans/sign.html", _page(found, form, "head"))


@guarded(P.WRITE_PLAN)
def withdraw(request: Request, plan: int) -> HttpResponse:
    """Take the signatures back, with a reason, to change the plan."""
    found = find(request, P.WRITE_PLAN, queries.all_plans(), pk=plan)
    form = ReasonForm(request.POST or None)

    def do() -> str:
        actions.withdraw_signatures(by=request.user, plan=found, reason=form.cleaned_data["reason"])
        messages.success(request, _("ถอนลายมือชื่อแล้ว แก้แผนได้ เมื่อแก้เสร็จให้ทั้งสองฝ่ายลงนามใหม่"))
        return address(found)

    if done := submit(request, form, do):
        return done
    context = {"plan": found, "unit": found.selected.group.unit, "form": form, "back": address(found)}
    return render(request, "plans/withdraw.html", context | {"signed": queries.signatures_of(found)})


@guarded(P.MARK_DONE)
def done(request: Request, line: int) -> HttpResponse:
    """ดำเนินการแล้ว: the day, what came of it, perhaps a picture."""
    found = find(request, P.MARK_DONE, queries.all_lines(), pk=line)
    form = DoneForm(request.POST or None, request.FILES or None, initial={"day": clock.today()})

    def do() -> str:
        given = form.cleaned_data
        picture = pictures.keep(given["picture"]).sha256 if given["picture"] else ""
        actions.mark_done(by=request.user, line=found, day=given["day"], note=given["note"], picture=picture)
        messages.success(request, _("บันทึกว่าดำเนินการแล้ว"))
        return f"{address(found.plan)}#line-{found.pk}"

    if answered := submit(request, form, do):
        return answered
    context = {"plan": found.plan, "unit": found.plan.selected.group.unit, "line": found, "form": form}
    return render(request, "plans/done.html", context | {"back": address(found.plan)})


@guarded(P.MARK_DONE)
def undone(request: Request, line: int) -> HttpResponse:
    """Take back that a line was done, with a reason."""
    found = find(request, P.MARK_DONE, queries.all_lines(), pk=line)
    form = ReasonForm(request.POST or None)

    def do() -> str:
        actions.take_back_done(by=request.user, line=found, reason=form.cleaned_data["reason"])
        messages.success(request, _("ยกเลิกการบันทึกแล้ว เหตุผลอยู่ในประวัติของแผน"))
        return f"{address(found.plan)}#line-{found.pk}"

    if answered := submit(request, form, do):
        return answered
    context = {"plan": found.plan, "unit": found.plan.selected.group.unit, "line": found, "form": form}
    return render(request, "plans/undone.html", context | {"back": address(found.plan)})


@guarded(P.SEE_PLANS)
def evidence(request: Request, line: int) -> HttpResponse:
    """What shows that a line was done; marks that were taken back stay readable."""
    found = find(request, P.SEE_PLANS, queries.all_lines(), pk=line)
    marks = list(found.done_marks.select_related("by").order_by("-at", "-pk"))
    unit = found.plan.selected.group.unit
    may = found.plan.selected.until is None and holds(request.user, P.MARK_DONE, unit)
    context = {"plan": found.plan, "unit": unit, "line": found, "marks": marks, "may": may, "back": address(found.plan)}
    return render(request, "plans/evidence.html", context)


@guarded(P.SEE_PLANS)
def picture(request: Request, photo: int) -> HttpResponse:
    """The picture of a mark, by the mark's key."""
    marks = LineDone.objects.select_related("line__plan__selected__group__unit").exclude(picture="")
    mark = find(request, P.SEE_PLANS, marks, pk=photo)
    file = pictures.path_of(mark.picture)
    if not file.is_file():
        raise Http404
    return HttpResponse(file.read_bytes(), content_type="image/jpeg", headers={"Cache-Control": "private, max-age=86400"})
