"""The forum's page: the run-sheet 4.1–4.6, and finishing."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from sajja.forums import actions, queries
from sajja.forums.forms import BookkeepingForm, NothingForm, ReasonForm, StepForm
from sajja.forums.models import Forum, Sitting
from sajja.forums.runsheet import Step, checks, checks_of_steps, steps
from sajja.forums.seals import seal_of
from sajja.forums.views.found import act_page, found
from sajja.forums.views.planning import minds_of
from sajja.forums.warnings import Warned, report_due, warnings
from sajja.org.door import Request, guarded, holds
from sajja.org.permissions import P
from sajja.programme.queries import terms_of
from sajja.web import clock


@guarded(P.SEE_FORUMS)
def forum(request: Request, forum: int) -> HttpResponse:
    """The run-sheet, who came, pictures, what is missing."""
    one = found(request, P.SEE_FORUMS, forum)
    return render(request, "forums/forum.html", _page(request, one, steps(one)))


def _page(request: Request, one: Forum, shown: list[Step]) -> dict[str, Any]:
    unit, terms = one.selected.group.unit, terms_of(one.revision)
    people, photos, sittings = queries.attendees_of(one), queries.pictures(one), queries.sittings_of(one)
    came = [person for person in people if not person.observer]
    women = sum(person.sex == "female" for person in came)
    counts = one.selected.until is None and one.is_open
    sealed, may_run = seal_of(one), counts and holds(request.user, P.RUN_FORUM, unit)
    return {
        "forum": one, "unit": unit, "terms": terms, "steps": shown, "done": sum(step.state == "done" for step in shown),
        "sittings": sittings, "first": sittings[0] if sittings else None, "last": sittings[-1] if sittings else None,
        "hosts": list(dict.fromkeys(hosts_of(sitting) for sitting in sittings)),
        "warnings": _warned(request, one, sittings) if counts else [],
        "report_due": report_due(terms, one.ended_on) if one.ended_on else None,
        "came": came, "observers": [person for person in people if person.observer], "women": women, "men": len(came) - women,
        "photos": photos, "checks": checks(one, len(came), len(photos)),
        "books": BookkeepingForm(initial={"answer": one.bookkeeping, "reason": one.bookkeeping_reason}, auto_id="books_%s"),
        "may_run": may_run, "sealed": sealed, "may_change": may_run and not sealed, "may_answer": counts and holds(request.user, P.ANSWER, unit),
        "may_report": one.state == "held" and holds(request.user, P.SEE_REPORTS, unit),
        "moves": one.moves.select_related("by").order_by("-at", "-pk"), "today": clock.today(),
    }  # fmt: skip


def _warned(request: Request, forum: Forum, sittings: list[Sitting]) -> list[Warned]:
    """What the days make one think of; the days themselves and the district's other forums only while they are to come."""
    to_come = [sitting.day for sitting in sittings if sitting.day > clock.today()] if forum.state == "planned" else []
    found = warnings(terms_of(forum.revision), [sitting.day for sitting in sittings])
    return found + (minds_of(request, forum.selected, to_come) if to_come else [])


def hosts_of(sitting: Sitting) -> str:
    """Everyone who hosts a sitting, each once."""
    named = [sitting.host.full_name] if sitting.host else []
    return ", ".join(dict.fromkeys([*named, *(name.strip() for name in sitting.host_names.split(",") if name.strip())]))


def _step(request: Request, forum: Forum) -> Step:
    """The step that ?key= names; the first where it names none."""
    shown = steps(forum)
    key = request.GET.get("key", shown[0].key)
    found = next((each for each in shown if each.key == key), None)
    if found is None or not found.recordable:
        raise Http404
    return found


@guarded(P.RUN_FORUM)
def step(request: Request, forum: int) -> HttpResponse:
    """Write down the day, the hours and the note of step ?key=4.1."""
    one = found(request, P.RUN_FORUM, forum)
    this = _step(request, one)
    row, today = this.row, clock.today()
    initial = {name: getattr(row, name) for name in ("day", "starts", "ends", "note")} if row else {}
    form = StepForm(request.POST or None, initial={"day": queries.event_day(one, today)} | initial)
    return act_page(
        request,
        "forums/step.html",
        one,
        form,
        lambda: actions.record_step(by=request.user, forum=one, key=this.key, **form.cleaned_data),
        _("บันทึกขั้น %s แล้ว") % this.key,
        step=this,
    )


@guarded(P.RUN_FORUM)
def undo_step(request: Request, forum: int) -> HttpResponse:
    """Step ?key=4.1 was written down by mistake."""
    one = found(request, P.RUN_FORUM, forum)
    this = _step(request, one)
    form = ReasonForm(request.POST or None)
    return act_page(
        request,
        "forums/undo_step.html",
        one,
        form,
        lambda: actions.take_back_step(by=request.user, forum=one, key=this.key, **form.cleaned_data),
        _("เอาบันทึกขั้น %s ออกแล้ว") % this.key,
        step=this,
    )


@guarded(P.RUN_FORUM)
def bookkeeping(request: Request, forum: int) -> HttpResponse:
    """4.5: what the group keeps its books with."""
    one = found(request, P.RUN_FORUM, forum)
    form = BookkeepingForm(request.POST or None, initial={"answer": one.bookkeeping, "reason": one.bookkeeping_reason})
    return act_page(
        request,
        "forums/bookkeeping.html",
        one,
        form,
        lambda: actions.answer_bookkeeping(by=request.user, forum=one, **form.cleaned_data),
        _("บันทึกโปรแกรมบัญชีของกลุ่มแล้ว"),
    )


@guarded(P.RUN_FORUM)
def finish(request: Request, forum: int) -> HttpResponse:
    """Finish the forum: what is missing is said, nothing is lost."""
    one = found(request, P.RUN_FORUM, forum)
    form = NothingForm(request.POST if request.method == "POST" else None)
    shown, last = steps(one), queries.last_day(one)
    listed = [*checks(one, queries.participants(one), len(queries.pictures(one))), *checks_of_steps(shown)]
    return act_page(
        request,
        "forums/finish.html",
        one,
        form,
        lambda: actions.hold_forum(by=request.user, forum=one),
        _("ปิดเวทีแล้ว ขั้นต่อไปคือส่งรายงานให้จังหวัด"),
        missing=[check for check in listed if not check.done],
        last=last,
        due=report_due(terms_of(one.revision), last) if last else None,
        today=clock.today(),
    )
