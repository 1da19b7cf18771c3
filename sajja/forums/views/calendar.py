"""The calendar of one's units: sittings month by month, groups without a day, forums past their day."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, cast

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sajja.forums import exports, queries
from sajja.forums.models import Forum, Sitting
from sajja.forums.warnings import warnings
from sajja.lib.names import find_key
from sajja.lib.thai_dates import BE, day_month, month_name
from sajja.org.door import AFTER, Request, guarded, holds, scoped
from sajja.org.permissions import P
from sajja.org.queries import NamesAbove, names_above
from sajja.org.roles import ROLES
from sajja.programme.models import SelectedGroup
from sajja.programme.queries import current_revision, latest_year, standing, terms_of
from sajja.programme.terms import Terms
from sajja.web import clock
from sajja.web.sheets import TYPE

PAGE: Final = 50
SHORT_WEEKDAYS: Final = ("จ.", "อ.", "พ.", "พฤ.", "ศ.", "ส.", "อา.")
SHOWS: Final = {
    "days": gettext_lazy("ปฏิทิน"),
    "undated": gettext_lazy("ยังไม่มีวัน"),
    "open": gettext_lazy("เลยวัน ยังไม่ปิด"),
}
STATES: Final = {"planned": gettext_lazy("กำหนดแล้ว"), "held": gettext_lazy("จัดแล้ว"), "postponed": gettext_lazy("เลื่อน")}


@dataclass(frozen=True)
class Asked:
    """What the address asks to see; anything unknown is left out."""

    show: str
    place: str
    state: str
    month: str
    text: str

    @property
    def narrowed(self) -> bool:
        """Whether something is left out of the list."""
        return bool(self.place or self.state or self.text)


@dataclass(frozen=True)
class Entry:
    """One sitting as the list shows it: where, its chip, and short words of what to mind."""

    sitting: Sitting
    where: str
    chip: tuple[str, str]
    minds: list[str] = field(default_factory=list)

    @property
    def weekday(self) -> str:
        """พฤ."""
        return SHORT_WEEKDAYS[self.sitting.day.weekday()]

    @property
    def today(self) -> bool:
        """Whether it is today."""
        return self.sitting.day == clock.today()


@guarded(P.SEE_FORUMS)
def calendar(request: Request) -> HttpResponse:
    """The forums of one's units. A fixed number of queries, whatever the number of forums."""
    year = latest_year()
    if year is None:
        return render(request, "forums/calendar.html", {"year": None})
    asked = _asked(request)
    mine = scoped(request.user, P.SEE_FORUMS, standing(year))
    paths = list(mine.values_list("group__unit__path", flat=True).order_by("group__unit__path"))
    groups = _narrowed(mine, asked)
    undated, late = queries.without_a_day(groups), queries.past_their_day(groups)
    terms = terms_of(current_revision(year))
    context = {"year": year, "asked": asked, "places": _places(paths, asked.place), "states": STATES.items(), "terms": terms}
    context |= {
        "may_run": holds(request.user, P.RUN_FORUM),
        "today": clock.today(),
        "any": bool(paths),
        "office": _office(request),
    }
    if asked.show == "undated":
        context |= _undated(request, groups, undated)
    elif asked.show == "open":
        context |= _past(request, late)
    else:
        context |= _days(request, groups, asked, terms)
    counts = {"days": context.get("dated"), "undated": undated.count(), "open": late.count()}
    context["tabs"] = [(key, word, counts[key]) for key, word in SHOWS.items()]
    return render(request, "forums/calendar.html", context)


def _office(request: Request) -> int:
    """The unit of the first post that sees forums: whose reports are printed together."""
    return next(post.unit_id for post in request.user.posts_today if P.SEE_FORUMS in ROLES[post.role].may)


@guarded(P.SEE_FORUMS)
def sheet(request: Request) -> HttpResponse:
    """The calendar as .xlsx, all months, narrowed as the page is: sittings, and groups without a day. A fixed number of queries."""
    year = latest_year()
    if year is None:
        raise Http404
    asked = _asked(request)
    groups = _narrowed(scoped(request.user, P.SEE_FORUMS, standing(year)), asked)
    terms = terms_of(current_revision(year))
    sittings = list(_in_state(queries.sittings_on_the_calendar(groups), asked))
    undated = list(queries.without_a_day(groups))
    put_off = queries.postponed_in(groups)
    names = names_above([*(_path(one.forum) for one in sittings), *(one.group.unit.path for one in undated)])
    lines = [exports.Line(one, _chip(one)[1], _minds(one, terms)) for one in sittings]
    title = _("ปฏิทินเวที ปีงบประมาณ %d") % year.year
    content = exports.calendar_sheet(title, lines, [(one, put_off.get(one.pk)) for one in undated], names, clock.now())
    name = f"sajja-{year.year}-forums{f'-{asked.place}' if asked.place else ''}.xlsx"
    return HttpResponse(content, TYPE, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _in_state(sittings: QuerySet[Sitting], asked: Asked) -> QuerySet[Sitting]:
    return sittings.filter(forum__state=asked.state) if asked.state else sittings


def _asked(request: Request) -> Asked:
    given = request.GET
    place, state, show = given.get("place", ""), given.get("state", ""), given.get("show", "days")
    return Asked(
        show if show in SHOWS else "days",
        place if place.isascii() and place.isdecimal() and len(place) in {2, 4} else "",
        state if state in STATES else "",
        given.get("month", ""),
        given.get("q", "").strip()[:100],
    )


def _narrowed(groups: QuerySet[SelectedGroup], asked: Asked) -> QuerySet[SelectedGroup]:
    if asked.place:
        groups = groups.filter(group__unit__path__gte=asked.place, group__unit__path__lt=asked.place + AFTER)
    if key := find_key(asked.text):
        groups = groups.filter(group__search_text__contains=key)
    return groups


def _places(paths: Iterable[str], chosen: str) -> list[tuple[str, str]]:
    """What the place filter offers: provinces where there are several, and the districts of the one province in view."""
    known = list(paths)
    provinces = sorted({path[:2] for path in known})
    of = chosen[:2] or (provinces[0] if len(provinces) == 1 else "")
    districts = sorted({path[:4] for path in known if of and path.startswith(of)})
    offered = [*(provinces if len(provinces) > 1 else []), *(districts if len(districts) > 1 else [])]
    names = names_above(offered)
    found = [(path, names.province(path) if len(path) == 2 else names.district(path)) for path in offered]
    return sorted(found, key=lambda one: (len(one[0]), names.sort_of(one[0])))


def _days(request: Request, groups: QuerySet[SelectedGroup], asked: Asked, terms: Terms) -> dict[str, Any]:
    sittings = _in_state(queries.sittings_on_the_calendar(groups), asked)
    counted = Counter(f"{day:%Y-%m}" for day in sittings.order_by().values_list("day", flat=True))
    month = asked.month if asked.month in counted else _month_in_view(sorted(counted))
    shown = sittings.filter(day__year=int(month[:4]), day__month=int(month[5:])) if month else sittings.none()
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    names = names_above([_path(sitting.forum) for sitting in page])
    entries = [Entry(one, _where(names, _path(one.forum)), _chip(one), _minds(one, terms)) for one in page]
    months = [(key, f"{month_name(int(key[5:]))} {int(key[:4]) + BE}", counted[key]) for key in sorted(counted)]
    return {"page": page, "entries": entries, "months": months, "month": month, "dated": counted.total()}


def _month_in_view(months: list[str]) -> str:
    """This month, or the next that has a forum, or the last that had one."""
    now = f"{clock.today():%Y-%m}"
    return next((month for month in months if month >= now), months[-1] if months else "")


def _chip(sitting: Sitting) -> tuple[str, str]:
    today, state = clock.today(), sitting.forum.state
    if state == "held":
        return "ok", _("จัดแล้ว")
    if state == "postponed":
        return "wait", _("เลื่อน รอวันใหม่")
    if sitting.day == today:
        return "doing", _("วันนี้")
    if sitting.day > today:
        return "idle", _("กำหนดแล้ว")
    return ("late", _("เลยวัน ยังไม่ปิด")) if _last(sitting) < today else ("doing", _("มีรอบต่อไป"))


def _last(sitting: Sitting) -> date:
    return cast(date, sitting.last)  # type: ignore[attr-defined]  # annotated by sittings_on_the_calendar


def _minds(sitting: Sitting, terms: Terms) -> list[str]:
    """The warnings of the day in a few words; of a forum put off none, its day will be another."""
    if sitting.forum.state == "postponed":
        return []
    short = {
        "quarter": _("นอกไตรมาส %s") % terms.forum_quarter,
        "activity": _("หลัง %s") % day_month(terms.activity_ends),
        "report": _("รายงานครบกำหนดหลัง %s") % day_month(terms.province_report_due),
    }
    return [short[warned.key] for warned in warnings(terms, [sitting.day, _last(sitting)])]


def _undated(request: Request, groups: QuerySet[SelectedGroup], undated: QuerySet[SelectedGroup]) -> dict[str, Any]:
    page = Paginator(undated, PAGE).get_page(request.GET.get("page"))
    put_off = queries.postponed_in(groups)
    names = names_above([one.group.unit.path for one in page])
    return {"page": page, "waiting": [(one, _where(names, one.group.unit.path), put_off.get(one.pk)) for one in page]}


def _past(request: Request, late: QuerySet[Forum]) -> dict[str, Any]:
    page = Paginator(late, PAGE).get_page(request.GET.get("page"))
    names = names_above([_path(forum) for forum in page])
    return {"page": page, "past": [(forum, _where(names, _path(forum))) for forum in page]}


def _path(forum: Forum) -> str:
    return forum.selected.group.unit.path


def _where(names: NamesAbove, path: str) -> str:
    return " ".join(filter(None, [names.village(path), names.subdistrict(path), names.district(path), names.province(path)]))
