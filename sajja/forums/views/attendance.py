"""Who came: the rows to fill in, and the sheet to sign."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from sajja.forums import actions, queries
from sajja.forums.actions import NewAttendee
from sajja.forums.forms import MOST_ROWS, AttendanceForm
from sajja.forums.models import Forum
from sajja.forums.views.found import address, found
from sajja.groups.models import Office
from sajja.groups.queries import committee_on
from sajja.org.door import Request, guarded
from sajja.org.permissions import P
from sajja.programme.queries import terms_of
from sajja.web import clock
from sajja.web.once import submit

OBSERVERS = 3


@guarded(P.RUN_FORUM)
def attendance(request: Request, forum: int) -> HttpResponse:
    """Write down who came; the committee stands there already."""
    one = found(request, P.RUN_FORUM, forum)
    wanted = terms_of(one.revision).participants
    there = known(one)
    rows, observers = _asked(request, "rows", wanted), _asked(request, "observers", OBSERVERS)
    initial = {"reason": one.attendance_reason}
    form = AttendanceForm(there, rows, max(observers, sum(p.observer for p in there)), request.POST or None, initial=initial)

    def act() -> str:
        people = form.people()
        actions.record_attendance(by=request.user, forum=one, attendees=people, reason=form.cleaned_data["reason"])
        messages.success(request, _("บันทึกรายชื่อแล้ว %d คน") % sum(not person.observer for person in people))
        return address(one)

    if done := submit(request, form, act):
        return done
    context = {"forum": one, "form": form, "wanted": wanted, "more": min(form.sizes["p"] + 5, MOST_ROWS), "back": address(one)}
    return render(request, "forums/attendance.html", context)


def _asked(request: Request, name: str, least: int) -> int:
    asked = (request.POST or request.GET).get(name, "")
    return max(least, min(int(asked), MOST_ROWS)) if asked.isdecimal() and len(asked) < 4 else least


def known(forum: Forum) -> list[NewAttendee]:
    """Those written down already; before that, the committee of the day."""
    there = queries.attendees_of(forum)
    if there:
        return [NewAttendee(one.name, one.sex, one.office, one.observer) for one in there]
    sittings = queries.sittings_of(forum)
    day = sittings[0].day if sittings else clock.today()
    offices = dict(Office.choices)
    return [
        NewAttendee(one.name, one.sex, offices[one.office] if one.office != "member" else f"กรรมการ{one.get_section_display()}")
        for one in committee_on(forum.selected.group, day)
    ]


@guarded(P.SEE_FORUMS)
def sheet(request: Request, forum: int) -> HttpResponse:
    """The sign-in sheet to print: fifteen lines with room for a signature or a thumbprint."""
    one = found(request, P.SEE_FORUMS, forum)
    wanted = terms_of(one.revision).participants
    people = [person for person in known(one) if not person.observer]
    lines = [*people, *[None] * max(0, wanted - len(people))]
    context = {"forum": one, "sittings": queries.sittings_of(one), "lines": lines, "terms": terms_of(one.revision)}
    return render(request, "forums/sheet.html", context)
