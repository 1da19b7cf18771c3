"""A finding: written down, answered by its district, judged by the inspector."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.followup import actions, lives, queries, words
from sajja.followup.forms import AcceptForm, AnswerForm, FindingForm, ReasonForm, SendBackForm
from sajja.followup.models import Evidence, Finding
from sajja.followup.views.visits import address as visit_address
from sajja.followup.views.visits import picture
from sajja.org.door import Request, find, guarded, holds
from sajja.org.permissions import P
from sajja.programme.queries import districts_of
from sajja.web import clock, pictures
from sajja.web.fields import SajjaForm
from sajja.web.once import submit

MORE_DAYS = 7


def address(finding: Finding) -> str:
    """The finding's page."""
    return reverse("followup:finding", args=[finding.pk])


def _page(found: Finding) -> dict[str, Any]:
    return {
        "finding": found,
        "unit": found.about,
        "state": words.of_finding(found.state, found.due, clock.today()),
        "kind": words.KINDS[found.kind],
        "severity": words.SEVERITIES[found.severity],
        "back": address(found),
    }


@guarded(P.SEE_VISITS)
def finding(request: Request, finding: int) -> HttpResponse:
    """What was found and advised, what was answered, and whose turn it is."""
    found = find(request, P.SEE_VISITS, queries.all_findings(), pk=finding)
    moves = queries.moves_of_finding(found)
    can = lives.FINDING.moves(found.state)
    own = any(move.move == "answer" and move.by_id == request.user.pk for move in moves)
    may_answer = "answer" in can and holds(request.user, P.ANSWER_FINDING, found.about)
    may_judge = holds(request.user, P.VISIT, found.about)
    context = _page(found) | {
        "moves": [(move, words.FINDING_MOVES[move.move]) for move in moves],
        "may_answer": may_answer,
        "may_accept": may_judge and "accept" in can and not own,
        "may_send_back": may_judge and "send_back" in can and not own,
        "may_withdraw": may_judge and "withdraw" in can,
        "own": may_judge and own and found.state == "answered",
        "sees_visit": holds(request.user, P.SEE_VISITS, found.visit.province),
    }
    return render(request, "followup/finding.html", context)


@guarded(P.VISIT)
def new(request: Request, visit: int) -> HttpResponse:
    """Write down what a visit found."""
    found = find(request, P.VISIT, queries.all_visits(), pk=visit)
    groups = [place.unit for place in queries.places_of(found) if place.visited]
    form = FindingForm(groups, districts_of(found.province.path), request.POST or None)

    def do() -> str:
        given = form.cleaned_data
        made = actions.record_finding(
            by=request.user, visit=found, about=form.units[given["about"]], kind=given["kind"], severity=given["severity"],
            words=given["words"], advice=given["advice"], due=given["due"],
        )  # fmt: skip
        messages.success(request, _("บันทึกข้อสังเกตแล้ว อำเภอเห็นบนหน้าแรกทันที"))
        return f"{visit_address(found)}#finding-{made.pk}"

    context = {"visit": found, "unit": found.province, "form": form, "back": visit_address(found)}
    return submit(request, form, do) or render(request, "followup/new.html", context)


def _judged(
    request: Request, found: Finding, form: SajjaForm, template: str, act: Callable[[dict[str, Any]], object], said: str
) -> HttpResponse:
    """One press, one act, back to the finding."""

    def do() -> str:
        act(form.cleaned_data)
        messages.success(request, said)
        return address(found)

    return submit(request, form, do) or render(request, template, _page(found) | {"form": form})


@guarded(P.ANSWER_FINDING)
def answer(request: Request, finding: int) -> HttpResponse:
    """The district says what it did, with pictures."""
    found = find(request, P.ANSWER_FINDING, queries.all_findings(), pk=finding)
    form = AnswerForm(request.POST or None, request.FILES or None)
    last = next((move for move in reversed(queries.moves_of_finding(found)) if move.move == "send_back"), None)

    def do() -> str:
        kept = [pictures.keep(one) for one in form.cleaned_data["pictures"]]
        actions.answer_finding(by=request.user, finding=found, words=form.cleaned_data["words"], pictures=kept)
        messages.success(request, _("ส่งคำตอบแล้ว รอผู้ติดตามตรวจ"))
        return address(found)

    returned = last if found.state == "sent_back" else None
    context = _page(found) | {"form": form, "returned": returned}
    return submit(request, form, do) or render(request, "followup/answer.html", context)


@guarded(P.VISIT)
def accept(request: Request, finding: int) -> HttpResponse:
    """The answer is enough: closed."""
    found = find(request, P.VISIT, queries.all_findings(), pk=finding)
    form = AcceptForm(request.POST or None)
    return _judged(
        request, found, form, "followup/accept.html",
        lambda given: actions.accept_answer(by=request.user, finding=found, words=given["words"]), _("รับคำตอบและปิดข้อสังเกตแล้ว"),
    )  # fmt: skip


@guarded(P.VISIT)
def send_back(request: Request, finding: int) -> HttpResponse:
    """Not enough yet: back to the district with the reason and a new day."""
    found = find(request, P.VISIT, queries.all_findings(), pk=finding)
    form = SendBackForm(request.POST or None, initial={"due": max(found.due, clock.today() + timedelta(days=MORE_DAYS))})
    return _judged(
        request, found, form, "followup/send_back.html",
        lambda given: actions.send_back(by=request.user, finding=found, **given), _("ส่งกลับให้อำเภอตอบใหม่แล้ว"),
    )  # fmt: skip


@guarded(P.VISIT)
def withdraw(request: Request, finding: int) -> HttpResponse:
    """It was written by mistake."""
    found = find(request, P.VISIT, queries.all_findings(), pk=finding)
    form = ReasonForm(request.POST or None)
    return _judged(
        request, found, form, "followup/withdraw.html",
        lambda given: actions.withdraw_finding(by=request.user, finding=found, reason=given["reason"]), _("ถอนข้อสังเกตแล้ว"),
    )  # fmt: skip


@guarded(P.SEE_VISITS)
def evidence(request: Request, photo: int) -> FileResponse:
    """A picture that an answer rests on."""
    return picture(find(request, P.SEE_VISITS, Evidence.objects.select_related("answer__finding__about"), pk=photo).sha256)
