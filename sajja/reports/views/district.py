"""A district's report: made from what is there, checked, sent, returned, accepted, printed."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.assessments.models import Assessment, Indicator, Slot
from sajja.assessments.queries import current, not_passed
from sajja.forums import queries as forums
from sajja.forums.models import Attendee, Forum, Photo, Sitting
from sajja.org.door import Request, find, guarded, holds
from sajja.org.models import Unit
from sajja.org.permissions import P
from sajja.plans.models import Plan, PlanLine
from sajja.plans.queries import lines_of, plan_of
from sajja.programme.queries import terms_of
from sajja.reports import actions, content, marks, queries, words
from sajja.reports.forms import NothingForm, ReturnForm, SubmitForm
from sajja.reports.models import DistrictReport, ReportMove
from sajja.reports.rounds import mend_by
from sajja.web import clock
from sajja.web.once import submit


@dataclass(frozen=True)
class Part:
    """One forum as its report shows it."""

    forum: Forum
    sittings: list[Sitting]
    people: list[Attendee]
    observers: list[Attendee]
    steps: list[tuple[str, str, bool]]
    assessments: list[Assessment]
    failed: list[Indicator]
    bookkeeping: str
    plan: Plan | None
    lines: list[PlanLine]
    photos: list[Photo]
    missing: list[str]
    few: bool
    least: int

    @property
    def women(self) -> int:
        """How many of the participants are women."""
        return sum(1 for one in self.people if one.sex == "female")


def part(forum: Forum) -> Part:
    """Everything a report says of a forum. About twenty queries."""
    everyone = forums.attendees_of(forum)
    plan = plan_of(forum.selected)
    done = forums.steps_done(forum)
    terms = terms_of(forum.revision)
    found = [current(forum.selected, slot) for slot in (Slot.GOVERNANCE, Slot.SSG)]
    photos = forums.pictures(forum)
    return Part(
        forum=forum,
        sittings=forums.sittings_of(forum),
        people=[one for one in everyone if not one.observer],
        observers=[one for one in everyone if one.observer],
        steps=[(key, title, done.get(key, False)) for key, title in terms.steps],
        assessments=[one for one in found if one],
        failed=not_passed(forum.selected),
        bookkeeping=str(content.BOOKKEEPING.get(forum.bookkeeping, "")),
        plan=plan,
        lines=lines_of(plan) if plan else [],
        photos=photos,
        missing=content.missing(forum),
        few=len(photos) < terms.pictures_least,
        least=terms.pictures_least,
    )


def address(forum: Forum) -> str:
    """The report's page."""
    return reverse("reports:district", kwargs={"forum": forum.pk})


@guarded(P.SEE_REPORTS)
def district(request: Request, forum: int) -> HttpResponse:
    """The report on a forum (or on all of its district, by the year's terms): what it says, its state, what to do next."""
    found = find(request, P.SEE_REPORTS, queries.all_forums(), pk=forum)
    return render(request, "reports/district.html", _page(request, found) | _told(found))


def _page(request: Request, found: Forum) -> dict[str, Any]:
    one = queries.owed_of(found)
    report = one.report if one else DistrictReport.objects.filter(forum=found).first()
    unit = found.selected.group.unit
    parts = [part(each) for each in (one.forums if one else (found,))]
    may_send = one is not None and one.may_be_sent and holds(request.user, P.SUBMIT_REPORT, unit)
    open_again = one is not None and one.is_open
    may_judge = (
        report is not None and report.state == "submitted" and not open_again and holds(request.user, P.JUDGE_REPORT, unit)
    )
    return {
        "forum": found,
        "unit": unit,
        "place": Unit.objects.get(path=unit.path[:4]),
        "one": one,
        "report": report,
        "parts": parts,
        "state": words.STATES[one.state if one else report.state if report else "draft"],
        "first_sent": words.first_sent(one.due, one.submitted_on) if one else "",
        "late": words.timeliness(one.due, one.submitted_on, clock.today()) if one else None,
        "missing": list(dict.fromkeys(gap for each in parts for gap in each.missing)),
        "few": any(each.few for each in parts),
        "may_send": may_send,
        "may_judge": may_judge and not _sent_by(request, report),
        "own": may_judge and _sent_by(request, report),
        "may_reopen": report is not None and report.state == "accepted" and holds(request.user, P.JUDGE_REPORT, unit),
        "may_extend": one is not None and one.report is None and holds(request.user, P.EXTEND_REPORT, unit),
        "back": address(found),
    }


def _sent_by(request: Request, report: DistrictReport | None) -> bool:
    return report is not None and report.moves.filter(move="submit", by=request.user).exists()


def _told(found: Forum) -> dict[str, Any]:
    """The report's moves, each with what changed since the submission before, newest first; its rounds and the marks that stand."""
    one = queries.owed_of(found)
    report = one.report if one else DistrictReport.objects.filter(forum=found).first()
    moves, today = queries.with_moves(report) if report else [], clock.today()
    if one is None:
        return {"moves": moves_told(moves)}
    since = {report.pk: clock.day_of(moves[-1].at)} if report and moves else {}
    rounds = queries.rounds_of(one, moves, today)
    now = content.of_report(one) if moves and one.state != "accepted" else {}
    return {
        "moves": moves_told(moves),
        "since": _since(now, moves),
        "rounds": rounds,
        "held": words.held(queries.holder_of(one, since, today)),
        "mend_by": mend_by(one.due, rounds),
        "marks": [(mark, mark.url(found.pk)) for mark in _marks(now, moves)],
        "extension": one.extension,
    }


def _marks(now: dict[str, Any], moves: list[ReportMove]) -> list[marks.Mark]:
    """The marks of the last return, against what was sent since, or what the report says now; none of an accepted one."""
    returned = next((at for at in range(len(moves) - 1, -1, -1) if moves[at].move == "return"), None)
    if not now or returned is None:
        return []
    before: dict[str, Any] = next((move.content for move in reversed(moves[:returned]) if move.move == "submit"), {})
    again = next((move.content for move in moves[returned:] if move.move == "submit"), None)
    own = marks.said_of(before, [str(name) for name in marks.OWN])
    return marks.told(moves[returned].marks, before, now | own if again is None else again)


def moves_told(moves: list[ReportMove]) -> list[tuple[ReportMove, words.Text, list[tuple[str, Any, Any]]]]:
    """Newest first: the move, its name, and what a submission changed since the one before."""
    told: list[tuple[ReportMove, words.Text, list[tuple[str, Any, Any]]]] = []
    before: dict[str, Any] | None = None
    for move in moves:
        changed = content.changes(before, move.content) if move.move == "submit" and before is not None else []
        before = move.content if move.move == "submit" else before
        told.append((move, words.MOVES[move.move], changed))
    return told[::-1]


def _since(now: dict[str, Any], moves: list[ReportMove]) -> list[tuple[str, Any, Any]]:
    """What changed since the last submission, while the report is with the district or waits to be judged."""
    sent = next((move for move in reversed(moves) if move.move == "submit"), None)
    if not now or sent is None:
        return []
    return content.changes({name: value for name, value in sent.content.items() if name in now}, now)


@guarded(P.SUBMIT_REPORT)
def send(request: Request, forum: int) -> HttpResponse:
    """Check once more, write the summary, and send."""
    found = find(request, P.SUBMIT_REPORT, queries.all_forums(), pk=forum)
    page = _page(request, found)
    report: DistrictReport | None = page["report"]
    initial = {name: getattr(report, name) if report else "" for name in ("summary", "problems", "few_pictures_reason")}
    form = SubmitForm(request.POST or None, initial=initial, few=page["few"])

    def do() -> str:
        given = form.cleaned_data
        actions.submit_report(
            by=request.user,
            forum=found,
            summary=given["summary"],
            problems=given["problems"],
            few_pictures_reason=given.get("few_pictures_reason", ""),
        )
        messages.success(request, _("ส่งรายงานแล้ว รอจังหวัดตรวจรับ"))
        return address(found)

    if done := submit(request, form, do):
        return done
    return render(request, "reports/send.html", page | {"form": form} | _told(found))


@guarded(P.JUDGE_REPORT)
def send_back(request: Request, report: int) -> HttpResponse:
    """Return a report to its district, with what to mend."""
    found = find(request, P.JUDGE_REPORT, queries.all_reports(), pk=report)
    form = ReturnForm(request.POST or None)
    back = _address_of(found)

    def do() -> str:
        actions.return_report(by=request.user, report=found, reason=form.cleaned_data["reason"], marks=form.marks)
        messages.success(request, _("ส่งกลับให้อำเภอแก้แล้ว วันที่ส่งครั้งแรกยังคงเดิม"))
        return back

    if done := submit(request, form, do):
        return done
    return render(request, "reports/send_back.html", {"report": found, "unit": found.unit, "form": form, "back": back})


@guarded(P.JUDGE_REPORT)
def accept(request: Request, report: int) -> HttpResponse:
    """ตรวจรับรายงานแล้ว."""
    found = find(request, P.JUDGE_REPORT, queries.all_reports(), pk=report)
    form = NothingForm(request.POST if request.method == "POST" else None)
    back = _address_of(found)

    def do() -> str:
        actions.accept_report(by=request.user, report=found)
        messages.success(request, _("ตรวจรับรายงานแล้ว"))
        return back

    if done := submit(request, form, do):
        return done
    sent = queries.last_sent(found)
    context = {
        "report": found,
        "unit": found.unit,
        "form": form,
        "back": back,
        "said": content.shown(sent.content) if sent else {},
    }
    return render(request, "reports/accept.html", context)


def _address_of(report: DistrictReport) -> str:
    """The page of a report; of a whole district's by its first forum."""
    if report.forum:
        return address(report.forum)
    one = next((one for one in queries.owed(report.year, report.unit.path) if one.report), None)
    if one:
        return address(one.forum)
    return reverse("reports:unit", kwargs={"year": report.year.year, "unit": report.unit_id})


@guarded(P.SEE_REPORTS)
def paper(request: Request, forum: int) -> HttpResponse:
    """The report on A4."""
    found = find(request, P.SEE_REPORTS, queries.all_forums(), pk=forum)
    return render(request, "reports/paper.html", _page(request, found))
