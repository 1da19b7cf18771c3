"""Who came: the rows to fill in, and the sheet to sign."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from sajja.forums import actions, queries
from sajja.forums.actions import NewAttendee
from sajja.forums.models import Forum
from sajja.forums.people import KINDS, MEMBER, OFFICES, AttendanceForm, changed
from sajja.forums.views.found import act_page, address, found
from sajja.groups.models import Office, Section
from sajja.groups.queries import committee_on, places_above
from sajja.lib import digits
from sajja.org.door import Request, guarded
from sajja.org.permissions import P
from sajja.programme.queries import terms_of
from sajja.web import clock

OBSERVERS = 2
SHEET_OBSERVERS = 3


@guarded(P.RUN_FORUM)
def attendance(request: Request, forum: int) -> HttpResponse:
    """Write down who came; the committee stands there already. Adding or taking out a row saves nothing."""
    one = found(request, P.RUN_FORUM, forum)
    wanted = terms_of(one.revision).participants
    context: dict[str, Any] = {"wanted": wanted, "offices": OFFICES, "there": queries.participants(one)}
    if request.method == "POST" and ("add" in request.POST or "drop" in request.POST):
        given = {"day": request.POST.get("day", ""), "reason": request.POST.get("reason", "")}
        form = AttendanceForm(changed(request.POST), initial=given)
        return render(request, "forums/attendance.html", context | {"forum": one, "form": form, "back": address(one)})
    initial = {"day": one.attendance_day or queries.event_day(one, clock.today()), "reason": one.attendance_reason}
    form = AttendanceForm(rows_of(one, wanted), request.POST or None, initial=initial)
    return act_page(
        request,
        "forums/attendance.html",
        one,
        form,
        lambda: actions.record_attendance(
            by=request.user,
            forum=one,
            attendees=form.people(),
            reason=form.cleaned_data["reason"],
            day=form.cleaned_data["day"],
        ),
        _("บันทึกรายชื่อแล้ว"),
        **context,
    )


def rows_of(forum: Forum, wanted: int) -> dict[str, list[NewAttendee]]:
    """The rows to begin with: those written down or the committee, filled up to the year's number, and some for observers."""
    people = known(forum)
    rows = {kind: [one for one in people if one.observer == (kind == "o")] for kind in KINDS}
    rows["p"] += [NewAttendee("", "", MEMBER)] * max(0, wanted - len(rows["p"]))
    rows["o"] += [NewAttendee("", "", "", observer=True)] * max(0, OBSERVERS - len(rows["o"]))
    return rows


def known(forum: Forum) -> list[NewAttendee]:
    """Those written down already; before that, the committee of the day."""
    there = queries.attendees_of(forum)
    if there:
        return [NewAttendee(one.name, one.sex, one.office, one.observer) for one in there]
    return [
        NewAttendee(one.name, one.sex, _office(one.office, one.section))
        for one in committee_on(forum.selected.group, queries.last_day(forum))
    ]


def _office(office: str, section: str) -> str:
    """ประธาน, or กรรมการฝ่ายเงินกู้."""
    return str(Office(office).label) if office != Office.MEMBER else f"{Office.MEMBER.label}{Section(section).label}"


@guarded(P.SEE_FORUMS)
def sheet(request: Request, forum: int) -> HttpResponse:
    """The sign-in sheet to print, one for each sitting: lines with room for a signature or a thumbprint; ?blank for no names."""
    one = found(request, P.SEE_FORUMS, forum)
    terms = terms_of(one.revision)
    blank = "blank" in request.GET
    people = [] if blank else known(one)
    context = {
        "forum": one,
        "terms": terms,
        "reference": digits.thai(terms.reference),
        "year": digits.thai(str(terms.year)),
        "sittings": queries.sittings_of(one),
        "places": _places(one),
        "lines": _lines([person for person in people if not person.observer], terms.participants),
        "observers": _lines([person for person in people if person.observer], SHEET_OBSERVERS),
        "blank": blank,
    }
    return render(request, "forums/sheet.html", context)


def _lines(people: Sequence[NewAttendee], least: int) -> list[Mapping[str, Any]]:
    """Numbered in Thai digits, filled up with empty ones."""
    rows = [person._asdict() for person in people] + [{}] * max(0, least - len(people))
    return [row | {"number": digits.thai(str(n))} for n, row in enumerate(rows, 1)]


def _places(forum: Forum) -> str:
    """บ้าน… หมู่ … ตำบล… อำเภอ… จังหวัด…."""
    above = places_above(forum.selected.group)
    return " ".join(unit.short_name if len(unit.path) == 8 else unit.full_name for unit in above)
