"""What speaks for a visit: read from reports, forums, assessments, advances and books, in a fixed number of queries."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Sum
from django.utils.translation import gettext as _

from sajja.assessments.queries import current_ones
from sajja.budget import lives as budget
from sajja.budget.models import Advance
from sajja.followup.models import VisitPlace
from sajja.followup.suggesting import Candidate, Reason
from sajja.forums.queries import held_forums
from sajja.groups.models import GroupBook
from sajja.lib.thai_dates import short
from sajja.org.door import PathRange, within
from sajja.programme.models import ProgrammeYear, SelectedGroup
from sajja.programme.queries import current_revision, standing, terms_of
from sajja.programme.terms import Terms
from sajja.reports import due
from sajja.reports.queries import Timing, timings
from sajja.treasury.queries.anomalies import anomalies_of

NO_FORUM, NO_REPORT, WEAK, LATE_REPORT, CLEARING = 5, 4, 3, 2, 2
"""Beside the books' own weights of 1 to 7."""
WEAK_FROM = 3
"""One indicator of three not passed."""


def candidates(year: ProgrammeYear, ranges: Sequence[PathRange], today: date) -> list[Candidate]:
    """The groups on places under ranges of whole provinces, each with what speaks for a visit and whether one has been there."""
    terms = terms_of(current_revision(year))
    there = within("group__unit__path", ranges)
    rows = standing(year).filter(there, group__closed_on=None)
    groups = list(rows.select_related("group__unit").order_by("group__unit__path"))
    if not groups:
        return []
    held = set(held_forums(year).filter(within("selected__group__unit__path", ranges)).values_list("selected_id", flat=True))
    seen = set(VisitPlace.objects.filter(visit__year=year, visited=True).values_list("unit_id", flat=True))
    reports = {one.path: one for one in timings(year, terms, ranges)}
    weak, books, clearing = _weak(year, ranges), _books(groups, today), _clearing(year, ranges, today)
    return [
        Candidate(
            row.group.unit_id,
            row.group.unit.path,
            row.group.name,
            (
                *_forum(row.pk in held, terms, today),
                *_report(reports.get(row.group.unit.path) or reports.get(row.group.unit.path[:4]), today),
                *clearing.get(row.group.unit.path[:4], ()),
                *weak.get(row.pk, ()),
                *books.get(row.group_id, ()),
            ),
            seen=row.group.unit_id in seen,
        )
        for row in groups
    ]


def _forum(held: bool, terms: Terms, today: date) -> list[Reason]:
    if held or today <= terms.activity_ends:
        return []
    return [Reason("forum", _("ยังไม่ได้จัดเวที ทั้งที่กิจกรรมสิ้นสุด %s") % short(terms.activity_ends), NO_FORUM)]


def _report(one: Timing | None, today: date) -> list[Reason]:
    if one is None:
        return []
    days = due.days_late(one.due, one.submitted_on, today)
    if one.timeliness(today) == due.MISSING:
        return [Reason("report", _("รายงานของอำเภอยังไม่ส่ง เลยกำหนด %d วัน") % days, NO_REPORT)]
    if one.timeliness(today) == due.LATE:
        return [Reason("report", _("รายงานของอำเภอส่งช้า %d วัน") % days, LATE_REPORT)]
    return []


def _weak(year: ProgrammeYear, ranges: Sequence[PathRange]) -> dict[int, list[Reason]]:
    """Selected group → that a third or more of the indicators of its assessments were not passed. One query."""
    confirmed = current_ones().filter(within("selected__group__unit__path", ranges), selected__year=year)
    sums = confirmed.order_by().values_list("selected_id").annotate(Sum("passed"), Sum("judged"))
    return {
        selected: [Reason("weak", _("ไม่ผ่านตัวชี้วัด %(failed)d จาก %(all)d ข้อ") % {"failed": judged - passed, "all": judged}, WEAK)]
        for selected, passed, judged in sums
        if (judged - passed) * WEAK_FROM >= judged
    }


def _clearing(year: ProgrammeYear, ranges: Sequence[PathRange], today: date) -> dict[str, list[Reason]]:
    """District's path → that advances of its officers are held past their due day. One query."""
    held = Advance.objects.filter(within("unit__path", ranges), year=year, state__in=budget.OPEN, due__lt=today)
    late = Counter(held.values_list("unit__path", flat=True))
    return {path: [Reason("clearing", _("อำเภอส่งใช้เงินยืมเกินกำหนด %d สัญญา") % n, CLEARING)] for path, n in late.items()}


def _books(groups: Iterable[SelectedGroup], today: date) -> dict[int, list[Reason]]:
    """Group → what in its books deserves a look."""
    kept = list(
        GroupBook.objects.filter(is_savings=True, group__in=[row.group_id for row in groups]).select_related("group", "book")
    )
    found = anomalies_of(kept, today) if kept else {}
    return {
        one.group_id: [Reason(thing.key, _("บัญชี: %s") % thing.words, thing.weight) for thing in found[one.pk]]
        for one in kept
        if one.pk in found
    }
