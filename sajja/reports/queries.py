"""Reads of the reports room that are worth a name."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from sajja.forums.models import Forum, ForumMove
from sajja.forums.queries import forums_of
from sajja.org.door import AFTER, PathRange, within
from sajja.org.models import Kind, Person, Unit
from sajja.programme.models import ProgrammeYear
from sajja.programme.queries import current_revision, terms_of
from sajja.programme.terms import Terms
from sajja.reports import due
from sajja.reports.models import DistrictReport, Extension, ProvinceReport, ProvinceReportMove, ReportMove
from sajja.reports.rounds import Holder, Round, Step, holder, mend_by, rounds
from sajja.web import clock


@dataclass(frozen=True)
class Owed:
    """A report that a district owes its province: of one forum, or of all forums of a district (by the year's terms)."""

    path: str
    thing: int
    forums: tuple[Forum, ...]
    due: date
    report: DistrictReport | None
    extension: Extension | None = None

    @property
    def state(self) -> str:
        """draft before anything was sent; reopened where it was sent and a forum of it was opened again; else the report's own."""
        if self.report is None:
            return "draft"
        return "reopened" if self.report.state == "submitted" and self.is_open else self.report.state

    @property
    def is_open(self) -> bool:
        """Whether a forum of it was opened again and is not finished yet."""
        return any(forum.state != "held" for forum in self.forums)

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
        """Whether the district has something to do: send it, mend what was returned, or finish the forum that it opened again."""
        return self.may_be_sent or self.state == "reopened"

    @property
    def may_be_sent(self) -> bool:
        """Whether it can be sent now: for the first time, or again after its return."""
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


def owed(
    year: ProgrammeYear, under: str = "", terms: Terms | None = None, extended: Mapping[str, Extension] | None = None
) -> list[Owed]:
    """What districts owe for the forums of the groups on places under a path: of each held one, and of one that was opened again
    after its report was sent. What was replaced owes nothing. Two queries beside the terms, four where a report is a district's."""
    terms = terms or terms_of(current_revision(year))
    extended = extensions_under(year, under) if extended is None else extended
    found = _reported(year, terms, [(under, under + AFTER)]).select_related("selected__group__unit", "selected__year", "revision")
    if terms.district_report_per == "district":
        return _per_district(year, list(found), terms, extended)
    forums = list(found.select_related("report"))
    ends = _ends_by_district((path_of(forum), forum.ended_on) for forum in forums)
    return [_owed_of_forum(forum, getattr(forum, "report", None), ends, terms, extended.get(path_of(forum))) for forum in forums]


def extensions(year: ProgrammeYear, ranges: Iterable[PathRange]) -> dict[str, Extension]:
    """Path → the extension that counts there, of units under the ranges. One query."""
    rows = Extension.objects.filter(within("unit__path", ranges), year=year, counts=True).select_related("unit", "by")
    return {row.unit.path: row for row in rows}


def extensions_under(year: ProgrammeYear, under: str) -> dict[str, Extension]:
    """The same under one path."""
    return extensions(year, [(under, under + AFTER)])


def _until(day: date, extension: Extension | None) -> date:
    """The day it is due: an extension moves it, never back."""
    return max(day, extension.until) if extension else day


def province_due(terms: Terms, report: ProvinceReport | None, extension: Extension | None) -> date:
    """The day of a province's own report; one that was made keeps its day."""
    return report.due if report else _until(terms.province_report_due, extension)


class Waiting(NamedTuple):
    """A submitted report and why it is not taken together with the others; "" where it can be."""

    one: Owed
    why: str


def waiting_for(year: ProgrammeYear, province: Unit, judge: Person) -> list[Waiting]:
    """The submitted reports of a province, each with what must be looked at first. A fixed number of queries."""
    found = [one for one in owed(year, province.path) if one.report and one.report.state == "submitted"]
    reports = [one.report for one in found if one.report]
    own = set(ReportMove.objects.filter(report__in=reports, move="submit", by=judge).values_list("report_id", flat=True))
    again = set(ReportMove.objects.filter(report__in=reports, move="return").values_list("report_id", flat=True))
    return [Waiting(one, _why(one, one.report, own, again)) for one in found if one.report]


def _why(one: Owed, report: DistrictReport, own: set[int], again: set[int]) -> str:
    if one.is_open:
        return _("อำเภอเปิดเวทีแก้ไขอยู่ รอให้ปิดเวทีก่อน")
    if report.pk in own:
        return _("ท่านเป็นผู้ส่งเอง ให้ผู้อื่นตรวจ")
    if report.pk in again:
        return _("เคยส่งกลับให้แก้ เปิดดูว่าแก้ครบก่อน")
    if report.few_pictures_reason:
        return _("รูปยังไม่ครบ: %s") % report.few_pictures_reason
    return ""


def _reported(year: ProgrammeYear, terms: Terms, ranges: Iterable[PathRange]) -> QuerySet[Forum]:
    """The standing forums under the ranges that reports are about, by place."""
    if terms.district_report_per == "district":
        sent = Q(Exists(ForumMove.objects.filter(forum=OuterRef("pk"), move="reopen"))) & ~Q(state="held")
    else:
        sent = Q(report__isnull=False)
    asked = Q(state="held", selected__group__closed_on=None) | sent  # a closed group is not asked for one
    return forums_of(year).filter(asked, within("selected__group__unit__path", ranges)).order_by("selected__group__unit__path")


class Timing(NamedTuple):
    """An owed report as figures see it: whose (as in Owed), its due day, the day of its first submission, its state."""

    path: str
    thing: int
    due: date
    submitted_on: date | None
    state: str

    def timeliness(self, today: date) -> str:
        """on_time, late, missing or not_yet."""
        return due.state_of(self.due, self.submitted_on, today)


def timings(year: ProgrammeYear, terms: Terms, ranges: Iterable[PathRange]) -> list[Timing]:
    """The same reports as `owed` under ranges of whole districts, for figures: two queries where a report is a forum's."""
    ranges = list(ranges)
    if terms.district_report_per == "district":
        every = owed(year, terms=terms)
        return [
            Timing(one.path, one.thing, one.due, one.submitted_on, one.state)
            for one in every
            if any(low <= one.path < high for low, high in ranges)
        ]
    columns = ("selected__group__unit__path", "selected_id", "ended_on", "state", "report__due", "report__first_submitted_at")
    rows = list(_reported(year, terms, ranges).values_list(*columns, "report__state"))
    ends = _ends_by_district((row[0], row[2]) for row in rows)
    extended = extensions(year, ranges)
    return [
        Timing(
            path,
            thing,
            day or _until(due.district_due(terms, ended, ends[path[:4]]), extended.get(path)),
            day_of(sent),
            "reopened" if state == "submitted" and forum_state != "held" else state or "draft",
        )
        for path, thing, ended, forum_state, day, sent, state in rows
    ]


def path_of(forum: Forum) -> str:
    """The path of the forum's group."""
    return forum.selected.group.unit.path


def _owed_of_forum(
    forum: Forum, report: DistrictReport | None, ends: dict[str, list[date]], terms: Terms, extension: Extension | None
) -> Owed:
    path = path_of(forum)
    if report is None:
        assert forum.ended_on is not None  # a_held_forum_has_its_day, and one that is open again has its report
        day = _until(due.district_due(terms, forum.ended_on, ends[path[:4]]), extension)
        return Owed(path, forum.selected_id, (forum,), day, None, extension)
    return Owed(path, forum.selected_id, (forum,), report.due, report, extension)


def _ends_by_district(ended: Iterable[tuple[str, date | None]]) -> dict[str, list[date]]:
    """District → the days its held forums ended, of the path and that day of each forum."""
    ends: dict[str, list[date]] = {}
    for path, day in ended:
        if day:
            ends.setdefault(path[:4], []).append(day)
    return ends


def _per_district(year: ProgrammeYear, found: list[Forum], terms: Terms, extended: Mapping[str, Extension]) -> list[Owed]:
    units = Unit.objects.filter(kind=Kind.DISTRICT).in_bulk(list({path_of(forum)[:4] for forum in found}), field_name="path")
    reports = {row.unit.path: row for row in DistrictReport.objects.filter(year=year, forum__isnull=True).select_related("unit")}
    by_district: dict[str, list[Forum]] = {}
    for forum in found:
        if forum.state == "held" or path_of(forum)[:4] in reports:
            by_district.setdefault(path_of(forum)[:4], []).append(forum)
    made = []
    for path, forums in by_district.items():
        report = reports.get(path)
        ends = [forum.ended_on for forum in forums if forum.ended_on]
        extension = extended.get(path)
        day = report.due if report else _until(due.district_due(terms, max(ends), ends), extension)
        made.append(Owed(path, units[path].pk, tuple(forums), day, report, extension))
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


def returned_because(rows: Iterable[Owed]) -> dict[int, str]:
    """Report's key → what its province asked to mend, of those that were returned. One query, none where none was."""
    reports = [one.report.pk for one in rows if one.report and one.state == "returned"]
    if not reports:
        return {}
    moves = ReportMove.objects.filter(report__in=reports, move="return").order_by("at", "pk")
    return dict(moves.values_list("report_id", "reason"))


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


def held_since(rows: Iterable[Owed]) -> dict[int, date]:
    """Report's key → the day of its last move, of those that have one. One query."""
    reports = [one.report.pk for one in rows if one.report]
    moves = ReportMove.objects.filter(report__in=reports).order_by("at", "pk").values_list("report_id", "at")
    return {report: clock.day_of(at) for report, at in moves}


def holder_of(one: Owed, since: Mapping[int, date], today: date) -> Holder | None:
    """Who has this report now; before the first submission the district, from the day that its forum ended."""
    day = since.get(one.report.pk) if one.report else one.ended_on
    return holder(one.state, day, today)


def rounds_of(one: Owed, moves: Iterable[ReportMove], today: date) -> list[Round]:
    """The rounds of a report from its moves, oldest first."""
    steps = [Step(move.move, clock.day_of(move.at), move.by.full_name, move.reason) for move in moves]
    return rounds(steps, one.ended_on, today)


def mend_days(rows: Iterable[Owed], today: date) -> dict[int, date]:
    """Report's key → until when its district mends it, of those that were returned. One query, none where none was."""
    returned = {one.report.pk: one for one in rows if one.report and one.state == "returned"}
    if not returned:
        return {}
    moves: dict[int, list[ReportMove]] = {}
    for move in ReportMove.objects.filter(report__in=returned).select_related("by").defer("content").order_by("at", "pk"):
        moves.setdefault(move.report_id, []).append(move)
    days = {key: mend_by(one.due, rounds_of(one, moves[key], today)) for key, one in returned.items()}
    return {key: day for key, day in days.items() if day}


def with_moves(report: DistrictReport) -> list[ReportMove]:
    """The moves of a report, oldest first."""
    return list(report.moves.select_related("by").order_by("at", "pk"))
