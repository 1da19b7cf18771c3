"""The desk: what waits for me, my account, the search, and the page of a group put together from every room."""

from urllib.parse import quote

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from sajja.audit.models import AuditSeal
from sajja.desk import district
from sajja.desk.dates import dates
from sajja.desk.exports import trail_book
from sajja.desk.forms import TrailForm
from sajja.desk.order import entries
from sajja.desk.places import places
from sajja.desk.progress import progress_of
from sajja.desk.rooms import duties_of, panels_of, panels_of_member
from sajja.desk.trail import chosen, lines
from sajja.groups import queries as groups
from sajja.groups.models import Member, SavingsGroup
from sajja.kpi.ways import ways
from sajja.org.door import Request, find, guarded, holds, own_account, signed_in
from sajja.org.models import Kind, Unit
from sajja.org.permissions import P
from sajja.org.queries import NamesAbove, names_above
from sajja.programme.models import Revision
from sajja.programme.queries import latest_revision
from sajja.web import clock
from sajja.web.sheets import TYPE

SHOWN = 8
PER_PAGE = 20
LONGEST = 80
TRAIL_PAGE, TRAIL_MOST, SEALS = 50, 20_000, 400
ACTS = {"may_run": P.RUN_FORUM, "may_send": P.SUBMIT_REPORT, "sees_reports": P.SEE_REPORTS, "may_invite": P.APPOINT}


@signed_in
def home(request: Request) -> HttpResponse:
    """What is late, what waits, what comes next, each one tap from doing it."""
    person, today, latest = request.user, clock.today(), latest_revision()
    duties = duties_of(person, today, latest)
    first = next((duty for duty in duties if duty.kind_on(today) != "next"), None)
    rest = [duty for duty in duties if duty is not first]
    above = names_above({duty.path for duty in duties if duty.path})
    districts = {duty.path[:4]: above.district(duty.path) for duty in duties if duty.path}
    own = person.posts_today[0].unit if person.posts_today else None
    called = own.full_name if own else ""
    context = {
        "posts": person.posts_today,
        "own": own,
        "today": today,
        "year": latest.year if latest else None,
        "first": entries([first], districts, called)[0] if first else None,
        "waits": len(duties) > 0,
        "sections": [
            (kind, len(of_kind), entries(of_kind, districts, called))
            for kind in ("late", "waiting", "next")
            if (of_kind := [duty for duty in rest if duty.kind_on(today) == kind])
        ],
        "dates": dates(person, latest, duties, today),
        "groups": district.rows(latest, own.path, today) if latest and own and own.kind == Kind.DISTRICT else None,
        "progress": progress_of(person, latest),
        "ways": ways(person, own, latest.year.year if latest else None) if own else [],
        "shown": f":{SHOWN}",
        "hidden": f"{SHOWN}:",
    }
    return render(request, "desk/home.html", context)


@own_account
def account(request: Request) -> HttpResponse:
    """Who I am here: my posts, and the way out."""
    return render(request, "desk/account.html", {"posts": request.user.posts_today, "may_read": holds(request.user, P.SEE_AUDIT)})


@guarded(P.SEE_AUDIT)
def trail(request: Request) -> HttpResponse:
    """What was done under the person's units: by whom, about what, when; 50 a page, a fixed number of queries."""
    form = TrailForm(request.GET)
    page = Paginator(chosen(request, form), TRAIL_PAGE).get_page(request.GET.get("page"))
    about = request.GET.get("about", "")
    context = {"form": form, "page": page, "lines": lines(request.user, page.object_list), "about": about, "most": TRAIL_MOST}
    return render(
        request, "desk/trail.html", context | {"in_use": any(request.GET.get(name) for name in (*form.fields, "about"))}
    )


@guarded(P.SEE_AUDIT)
def trail_sheet(request: Request) -> HttpResponse:
    """The same rows as a workbook for an auditor, with the seals that cover them."""
    rows = chosen(request, TrailForm(request.GET))[:TRAIL_MOST]
    book = trail_book(lines(request.user, rows), list(AuditSeal.objects.order_by("-pk")[:SEALS]), clock.now())
    named = quote(f"{_('ประวัติการทำรายการ')}.xlsx")
    return HttpResponse(book, content_type=TYPE, headers={"Content-Disposition": f"attachment; filename*=UTF-8''{named}"})


@signed_in
def seals(request: Request) -> HttpResponse:
    """The heads of the chain over everything that was done, newest first: to be copied and kept elsewhere."""
    page = Paginator(AuditSeal.objects.order_by("-pk"), TRAIL_PAGE).get_page(request.GET.get("page"))
    return render(request, "desk/seals.html", {"page": page})


@guarded(P.SEE_GROUPS)
def search(request: Request) -> HttpResponse:
    """Groups by any part of name or place, and places by name, under the person's units. A fixed number of queries."""
    text = " ".join(request.GET.get("q", "").split())[:LONGEST]
    context: dict[str, object] = {"q": text}
    if text:
        found = groups.in_order(groups.search(groups.register(request.user), text), "name")
        page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
        names = names_above(group.unit.path for group in page)
        context |= {"page": page, "found": [(group, _where(names, group.unit.path)) for group in page]}
        context |= {"places": _told_apart(places(request.user, text)) if page.number == 1 else []}
    return render(request, "desk/search.html", context)


@guarded(P.SEE_GROUPS)
def group(request: Request, group: int) -> HttpResponse:
    """One page of everything the rooms know of a group that this person may see."""
    found = find(request, P.SEE_GROUPS, SavingsGroup.objects.select_related("unit"), pk=group)
    shown = [
        (panel.title, render_to_string(panel.template, panel.context | {"here": panel.context}, request))
        for panel in panels_of(request.user, found)
    ]
    latest = latest_revision()
    context = {"group": found, "panels": shown, "year": latest.year if latest else None, "row": _row_of(found, latest)}
    context |= {name: holds(request.user, permission, found.unit) for name, permission in ACTS.items()}
    return render(request, "desk/group.html", context)


@guarded(P.SEE_MEMBERS)
def member(request: Request, member: int) -> HttpResponse:
    """One page of everything the rooms know of a member of a group, for its committee."""
    members = Member.objects.select_related(
        "group__unit__parent", "family", "guardian", "resolution__meeting", "ended_resolution__meeting"
    )
    found = find(request, P.SEE_MEMBERS, members, pk=member)
    shown = [
        (panel.title, render_to_string(panel.template, panel.context | {"here": panel.context}, request))
        for panel in panels_of_member(request.user, found)
    ]
    return render(request, "desk/member.html", {"member": found, "group": found.group, "panels": shown})


def _row_of(group: SavingsGroup, latest: Revision | None) -> district.Row | None:
    """The group on its place of the year, if it holds one."""
    found = district.rows(latest, group.unit.path[:4], clock.today()) if latest else []
    return next((row for row in found if row.group == group), None)


def _where(names: NamesAbove, path: str) -> list[str]:
    return [name(path) for name in (names.village, names.subdistrict, names.district, names.province) if name(path)]


def _told_apart(found: list[Unit]) -> list[tuple[Unit, list[str]]]:
    """Each place with the names above it: many subdistricts share one name."""
    names = names_above(unit.path for unit in found if unit.kind != Kind.ZONE)
    ends = {Kind.SUBDISTRICT: (names.district, names.province), Kind.DISTRICT: (names.province,)}
    return [(unit, [name(unit.path) for name in ends.get(Kind(unit.kind), ())]) for unit in found]
