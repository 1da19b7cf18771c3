"""Reads of the reports room that are worth a name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from sajja.forums.models import Forum
from sajja.forums.queries import held_forums
from sajja.org.door import AFTER, within
from sajja.org.models import Kind, Unit
from sajja.programme.models import ProgrammeYear
from sajja.programme.queries import current_revision, terms_of
from sajja.programme.terms import Terms
from sajja.reports import due
from sajja.reports.models import DistrictReport, ProvinceReport, ProvinceReportMove, ReportMove
from sajja.web import clock


@dataclass(frozen=True)
class Owed:
    """A report that a district owes its province: of one forum, or of all forums of a district (by the year's terms)."""

    path: str
    thing: int
    forums: tuple[Forum, ...]
    due: date
    report: DistrictReport | None

    @property
    def state(self) -> str:
        """draft before anything was sent, else the report's own."""
        return self.report.state if self.report else "draft"

    @property
    def name(self) -> str:
        """The group's name, or how many groups the report is about."""
        return self.forums[0].selected.group.name if len(self.forums) == 1 else _("รวม %d กลุ่ม") % len(self.forums)

    @property
    def forum(self) -> Forum:
        """The forum by which the report's pages are found."""
        return self.forums[0]

    @property
    def ended_on(self) -> date | None:
        """The day that the last of its forums ended."""
        return max((forum.ended_on for forum in self.forums if forum.ended_on), default=None)

    @property
    def waits_for_district(self) -> bool:
        """Whether the district has something to do: send it, or mend what was returned."""
        return self.state in {"draft", "returned"}

    @property
    def submitted_on(self) -> date | None:
        """The day of the first submission, which decides for good."""
        return day_of(self.report.first_submitted_at if self.report else None)

    def timeliness(self, today: date) -> str:
        """on_time, late, missing or not_yet."""
        return due.state_of(self.due, self.submitted_on, today)


def day_of(moment: datetime | None) -> date | None:
    """The day in Bangkok."""
    return clock.day_of(moment) if moment else None


def owed(year: ProgrammeYear, under: str = "") -> list[Owed]:
    """What districts owe for the held forums of the groups on places under a path; what was replaced owes nothing. Three queries."""
    terms = terms_of(current_revision(year))
    held = list(
        held_forums(year)
        .filter(Q(selected__group__closed_on=None) | Q(report__isnull=False))  # a closed group is not asked for one
        .filter(within("selected__group__unit__path", [(under, under + AFTER)]))
        .select_related("selected__group__unit", "selected__year", "revision")
        .order_by("selected__group__unit__path")
    )
    if terms.district_report_per == "district":
        return _per_district(year, held, terms)
    reports = {row.forum_id: row for row in DistrictReport.objects.filter(year=year, forum__in=held)}
    ends = _ends_by_district(held)
    return [_owed_of_forum(forum, reports.get(forum.pk), ends, terms) for forum in held]


def path_of(forum: Forum) -> str:
    """The path of the forum's group."""
    return forum.selected.group.unit.path


def _owed_of_forum(forum: Forum, report: DistrictReport | None, ends: dict[str, list[date]], terms: Terms) -> Owed:
    path = path_of(forum)
    assert forum.ended_on is not None  # a_held_forum_has_its_day
    day = report.due if report else due.district_due(terms, forum.ended_on, ends[path[:4]])
    return Owed(path, forum.selected_id, (forum,), day, report)


def _ends_by_district(held: Iterable[Forum]) -> dict[str, list[date]]:
    ends: dict[str, list[date]] = {}
    for forum in held:
        if forum.ended_on:
            ends.setdefault(path_of(forum)[:4], []).append(forum.ended_on)
    return ends


def _per_district(year: ProgrammeYear, held: list[Forum], terms: Terms) -> list[Owed]:
    by_district: dict[str, list[Forum]] = {}
    for forum in held:
        by_district.setdefault(path_of(forum)[:4], []).append(forum)
    units = Unit.objects.filter(kind=Kind.DISTRICT).in_bulk(list(by_district), field_name="path")
    reports = {row.unit.path: row for row in DistrictReport.objects.filter(year=year, forum__isnull=True).select_related("unit")}
    made = []
    for path, forums in by_district.items():
        ends = [forum.ended_on for forum in forums if forum.ended_on]
        report = reports.get(path)
        day = report.due if report else due.district_due(terms, max(ends), ends)
        made.append(Owed(path, units[path].pk, tuple(forums), day, report))
    return made


def owed_of(forum: Forum) -> Owed | None:
    """What is owed for one forum; None while it is not held or no longer counts."""
    found = owed(forum.selected.year, path_of(forum)[:4])
    return next((one for one in found if any(other.pk == forum.pk for other in one.forums)), None)


def seal_of(forum: Forum) -> str:
    """Why a held forum stays as it was reported: the province has accepted its report; nothing before that. One query."""
    if forum.state != "held":
        return ""
    its_own = Q(forum=forum) | Q(forum__isnull=True, unit__path=path_of(forum)[:4])
    if not DistrictReport.objects.filter(its_own, year=forum.selected.year_id, state="accepted").exists():
        return ""
    return _("จังหวัดตรวจรับรายงานของเวทีนี้แล้ว รูป รายชื่อ และวันเวทีจึงแก้ไม่ได้ หากต้องแก้ ให้ขอจังหวัดส่งรายงานกลับก่อน")


def province_report(year: ProgrammeYear, province: Unit) -> ProvinceReport | None:
    """The province's report of the year, once begun."""
    return ProvinceReport.objects.filter(year=year, province=province).select_related("province", "revision", "year").first()


def all_reports() -> QuerySet[DistrictReport]:
    """Every district report with its unit, year and forum."""
    return DistrictReport.objects.select_related("unit", "year", "forum")


def all_forums() -> QuerySet[Forum]:
    """Every forum with its group, unit, year and revision."""
    return Forum.objects.select_related("selected__group__unit", "selected__year", "revision")


def all_province_reports() -> QuerySet[ProvinceReport]:
    """Every province report with its province, year and revision."""
    return ProvinceReport.objects.select_related("province", "year", "revision")


def accepted_contents(accepted: Sequence[Owed]) -> list[dict[str, Any]]:
    """What each of these accepted reports said when it was accepted. One query."""
    reports = [one.report for one in accepted if one.report]
    moves = ReportMove.objects.filter(report__in=reports, move="accept").order_by("at", "pk")
    return list({move.report_id: move.content for move in moves}.values())


def last_sent(report: DistrictReport) -> ReportMove | None:
    """The newest submission."""
    return report.moves.filter(move="submit").order_by("-at", "-pk").first()


def province_moves(report: ProvinceReport) -> list[ProvinceReportMove]:
    """The moves of a province's report, newest first."""
    return list(report.moves.select_related("by").order_by("-at", "-pk"))


def with_moves(report: DistrictReport) -> list[ReportMove]:
    """The moves of a report, oldest first."""
    return list(report.moves.select_related("by").order_by("at", "pk"))
