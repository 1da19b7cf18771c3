"""The days to know: the year's own, the days of one's duties, and for a group's committee its forum."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from sajja.forums.queries import sittings_on_the_calendar
from sajja.lib import thai_dates
from sajja.lib.duties import Duty
from sajja.org.door import holds
from sajja.org.models import Person
from sajja.org.permissions import P
from sajja.programme.models import ProgrammeYear, Revision
from sajja.programme.queries import standing, terms_of

MOST = 8


@dataclass(frozen=True)
class Date:
    """A day, what is on it, where, and the page behind it."""

    day: date
    title: str | Promise
    place: str | Promise
    url: str


def dates(person: Person, latest: Revision | None, duties: Iterable[Duty], today: date) -> list[Date]:
    """What comes from today on, soonest first; the same thing on one day stands once. At most two queries."""
    found = _of_duties(duty for duty in duties if duty.due and duty.due >= today)
    if latest is not None:
        known = {one.day for one in found}
        found += [one for one in _of_year(person, latest) if one.day not in known]
        if not holds(person, P.RUN_FORUM) and not holds(person, P.SEE_YEAR):
            found += _of_forums(person, latest.year, today)
    return sorted((one for one in found if one.day >= today), key=lambda one: (one.day, str(one.title)))[:MOST]


def _of_duties(duties: Iterable[Duty]) -> list[Date]:
    together: dict[tuple[date, str], list[Duty]] = {}
    for duty in duties:
        if duty.due:
            together.setdefault((duty.due, str(duty.verb)), []).append(duty)
    return [_of_same(day, same) for (day, _verb), same in together.items()]


def _of_same(day: date, same: list[Duty]) -> Date:
    first = same[0]
    if len(same) > 1:
        return Date(day, _("%(verb)s %(n)d เรื่อง") % {"verb": first.verb, "n": len(same)}, "", first.url)
    return Date(day, first.title, "" if str(first.place) in str(first.title) else first.place, first.url)


def _of_year(person: Person, latest: Revision) -> list[Date]:
    if not holds(person, P.SEE_YEAR):
        return []
    terms, year = terms_of(latest), latest.year.year
    url, named = reverse("programme:year", kwargs={"year": year}), _("ปี %d") % year
    return [
        Date(terms.activity_ends, _("สิ้นสุดกิจกรรม"), named, url),
        Date(terms.province_report_due, _("จังหวัดรายงานกรมฯ ในระบบ BPM"), named, url),
    ]


def _of_forums(person: Person, year: ProgrammeYear, today: date) -> list[Date]:
    own = standing(year).filter(group__in=[post.unit_id for post in person.posts_today])  # a group has its unit's key
    sittings = sittings_on_the_calendar(own).filter(day__gte=today)[:MOST]
    return [
        Date(
            one.day,
            _("เวที %s") % one.forum.selected.group.name,
            f"{thai_dates.hhmm(one.starts)} {one.where}",
            reverse("forums:forum", kwargs={"forum": one.forum_id}),
        )
        for one in sittings
    ]
