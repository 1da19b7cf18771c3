"""The papers of a province's report: its letter to the department, and the report itself with a line for each group."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from django.db.models import Max
from django.utils.translation import gettext as _

from sajja.budget.queries import spent_by_group
from sajja.forums.models import Forum, Photo
from sajja.lib import money
from sajja.lib.thai_dates import long, short
from sajja.org.models import Unit
from sajja.org.papers import issued
from sajja.org.queries import NamesAbove, names_above
from sajja.programme.models import ProgrammeYear
from sajja.programme.queries import current_revision, terms_of
from sajja.reports import content, due, queries, words
from sajja.reports.models import ProvinceReportMove, ReportMove
from sajja.reports.queries import Owed
from sajja.web import clock, papers, pictures
from sajja.web.papers import pieces

PICTURES_EACH: Final = 2


@dataclass(frozen=True)
class Group:
    """One group's line: its report, its forum, what was last said of it by name, its pictures, what was spent (satang)."""

    one: Owed
    forum: Forum
    said: Mapping[str, Any]
    photos: Sequence[Photo]
    satang: int

    @property
    def path(self) -> str:
        """The group's path."""
        return queries.path_of(self.forum)

    @property
    def name(self) -> str:
        """The group's name."""
        return self.forum.selected.group.name


class Told:
    """A province's report with all that its papers and sheets tell, each thing read once. No clock: its moment is that of the
    last move of it or of a report under it."""

    def __init__(self, year: ProgrammeYear, province: Unit) -> None:
        self.year, self.province = year, province
        self.report = queries.province_report(year, province)
        self.revision = self.report.revision if self.report else current_revision(year)
        self.terms = terms_of(self.revision)

    @property
    def is_draft(self) -> bool:
        """Until its entry in BPM is recorded."""
        return self.report is None or self.report.state != "recorded"

    @property
    def due(self) -> date:
        """The day that it was due, with its extension."""
        path = self.province.path
        return queries.province_due(self.terms, self.report, queries.extensions_under(self.year, path).get(path))

    @property
    def draft(self) -> str:
        """What stands at the foot of a draft."""
        return _("ร่าง ยังไม่ลงระบบ BPM") if self.is_draft else ""

    @cached_property
    def at(self) -> datetime:
        """The moment of the last state row; of the year's terms where nothing was sent yet."""
        under = {"report__year": self.year, "report__unit__path__startswith": self.province.path}
        its_own = {"report__year": self.year, "report__province": self.province}
        moments = [
            ReportMove.objects.filter(**under).aggregate(at=Max("at"))["at"],
            ProvinceReportMove.objects.filter(**its_own).aggregate(at=Max("at"))["at"],
        ]
        return max((at for at in moments if at), default=self.revision.at)

    @cached_property
    def rows(self) -> list[Owed]:
        """The reports owed to the province, by place."""
        return queries.owed(self.year, self.province.path, self.terms)

    @cached_property
    def figures(self) -> dict[str, Any]:
        """The province's figures: those of its report; before there is one, those of today."""
        return dict(self.report.content if self.report else content.of_province(self.year, self.province))

    @cached_property
    def groups(self) -> list[Group]:
        """A line for each group whose forum was held. Two queries, and some for each group that sent nothing yet."""
        forums = [forum for one in self.rows for forum in one.forums]
        shown: dict[int, list[Photo]] = defaultdict(list)
        for photo in Photo.objects.filter(forum__in=forums, removed_at__isnull=True).order_by("step", "at", "pk"):
            shown[photo.forum_id].append(photo)
        kept = self._kept()
        spent = {one.selected.pk: one.counted for one in spent_by_group(self.year, self.province)}
        return [
            Group(one, forum, _said_of(one, forum, kept), shown[forum.pk], spent.get(forum.selected_id, 0))
            for one in self.rows
            for forum in one.forums
        ]

    @cached_property
    def names(self) -> NamesAbove:
        """The names of the places."""
        return names_above(group.path for group in self.groups)

    def state_of(self, one: Owed) -> str:
        """The Thai word of a report's state."""
        return str(words.STATES[one.state][1])

    def came(self, one: Owed) -> str:
        """How a report came, seen on the day of the last move: on time, late, missing or not due yet."""
        return str(words.timeliness(one.due, one.submitted_on, clock.day_of(self.at))[1])

    def days_late(self, one: Owed) -> int:
        """How many days late, seen on that day."""
        return due.days_late(one.due, one.submitted_on, clock.day_of(self.at))

    def _kept(self) -> dict[int, dict[str, Any]]:
        """Report's key → what it said when it was last sent or judged."""
        reports = [one.report for one in self.rows if one.report]
        moves = ReportMove.objects.filter(report__in=reports).order_by("at", "pk").values_list("report_id", "content")
        return dict(moves)


def _said_of(one: Owed, forum: Forum, kept: Mapping[int, dict[str, Any]]) -> Mapping[str, Any]:
    """What was last said of a forum; where nothing was sent yet, what there is now."""
    said = kept.get(one.report.pk) if one.report else None
    if said is None:
        return content.of_forum(forum)
    before = f"{forum.selected.group.name}: " if len(one.forums) > 1 else ""
    return {name.removeprefix(before): value for name, value in content.shown(dict(said)).items() if name.startswith(before)}


def cover_data(told: Told) -> dict[str, Any]:
    """The province's letter to the department, its figures those of the report."""
    terms, place = told.terms, told.province
    subject = _("ส่งรายงานผลการพัฒนากลุ่มออมทรัพย์เพื่อการผลิต ปีงบประมาณ พ.ศ. %(year)s") % {"year": terms.year}
    day = long(told.due)
    asked = _("ตามหนังสือที่อ้างถึง แจ้งให้จังหวัดรวบรวมและสรุปผล พร้อมภาพกิจกรรม รายงานกรมการพัฒนาชุมชน ภายในวันที่ %(day)s นั้น") % {"day": day}
    return {
        "title": f"{subject} {place.full_name}", "draft": told.draft, "number": "", "subject": subject,
        "office": _("สำนักงานพัฒนาชุมชน%(province)s") % {"province": place.full_name},
        "place": _("ศาลากลาง%(province)s") % {"province": place.full_name},
        "to": _("อธิบดีกรมการพัฒนาชุมชน"),
        "refers": _("หนังสือกรมการพัฒนาชุมชน ที่ %(number)s ลงวันที่ %(day)s") % {"number": terms.reference, "day": long(terms.dated)},
        "enclosed": [_("รายงานผลการดำเนินงาน จำนวน 1 ชุด"), _("ภาพกิจกรรม จำนวน 1 ชุด")],
        "pieces": [
            pieces.said(asked), pieces.said(_("%(province)s ได้ดำเนินการแล้ว สรุปได้ดังนี้") % {"province": place.full_name}),
            pieces.table([_("รายการ"), _("จำนวน")], told.figures.items(), [1, 0], money=[1]), pieces.said(_("จึงเรียนมาเพื่อโปรดทราบ")),
        ],
        "signer": "", "head": _("พัฒนาการ%(province)s") % {"province": place.full_name},
        "section": _("กลุ่มงานส่งเสริมการพัฒนาชุมชน"),
    }  # fmt: skip


def report_data(told: Told) -> dict[str, Any]:
    """The report: summary, figures, a line for each group, two pictures of each."""
    own = told.report.summary if told.report else ""
    made = [
        pieces.head(_("สรุปผล")), pieces.plain(own or _("ยังไม่ได้เขียนสรุปผลของจังหวัด")),
        pieces.head(_("ตัวเลขทั้งจังหวัด")), pieces.table([_("รายการ"), _("จำนวน")], told.figures.items(), [1, 0], money=[1]),
        pieces.head(_("รายกลุ่ม")), _by_group(told),
    ]  # fmt: skip
    if shown := [(one.sha256, f"{group.name} {one.caption}") for group, one in _pictures(told)]:
        made += [pieces.head(_("ภาพกิจกรรม")), pieces.pictures(shown)]
    made.append(pieces.signs(("", _("ผู้รายงาน")), ("", _("พัฒนาการ%s") % told.province.full_name)))
    under = [told.province.full_name, told.terms.title, _("ปีงบประมาณ พ.ศ. %d") % told.terms.year]
    return {"title": _("รายงานผลการดำเนินงาน"), "under": under, "foot": told.draft, "pieces": made}


def _by_group(told: Told) -> pieces.Piece:
    rows = [
        [n, f"{group.name}\n{told.names.district(group.path)}", short(group.forum.ended_on) if group.forum.ended_on else "–",
         told.state_of(group.one), told.came(group.one), money.baht(group.satang)]
        for n, group in enumerate(told.groups, 1)
    ]  # fmt: skip
    if not rows:
        return pieces.plain(_("ยังไม่มีเวทีที่จัดแล้ว"))
    rows.append(["", _("รวม"), "", "", "", money.baht(sum(group.satang for group in told.groups))])
    heads = [_("ที่"), _("กลุ่ม"), _("จบเวที"), _("รายงาน"), _("กำหนดเวลา"), _("ใช้จ่าย (บาท)")]
    return pieces.table(heads, rows, [0, 2.6, 1.2, 1.2, 1.2, 1.2], fine=True, money=[5], sum=True)


def _pictures(told: Told) -> list[tuple[Group, Photo]]:
    """The first pictures of each group whose files are there."""
    return [
        (group, one)
        for group in told.groups
        for one in [one for one in group.photos if pictures.path_of(one.sha256).exists()][:PICTURES_EACH]
    ]


def files_of(told: Told) -> dict[str, Path]:
    """The files of the pictures in the report, by name."""
    return {one.sha256: pictures.path_of(one.sha256) for _group, one in _pictures(told)}


def cover(told: Told) -> bytes:
    """The letter as PDF, stamped with the report's last move."""
    return papers.pdf("reports/cover", issued("report", told.province.path, told.at, cover_data(told)), told.at)


def report(told: Told) -> bytes:
    """The report as PDF, with its pictures."""
    data = issued("report", told.province.path, told.at, report_data(told))
    return papers.pdf("reports/report", data, told.at, files_of(told))
