"""The papers of a forum: memo for approval, assignment, invitation, sign-in sheet, report. Each `…_data` is the paper's whole content."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _

from sajja.assessments.models import Slot
from sajja.assessments.queries import current
from sajja.forums import queries
from sajja.forums.actions import NewAttendee
from sajja.forums.models import Attendee, Forum, Photo, Sitting
from sajja.forums.runsheet import BOOKKEEPING
from sajja.groups.models import CommitteeMember
from sajja.groups.queries import committee_on, places_above
from sajja.lib import money
from sajja.lib.thai_dates import hhmm, long, weekday_long
from sajja.org.models import Unit
from sajja.org.papers import issued
from sajja.plans.queries import plan_of, standing_lines
from sajja.programme.queries import terms_of
from sajja.web import papers, pictures
from sajja.web.papers import pieces
from sajja.web.papers.pieces import Piece

OBSERVER_LINES: Final = 3
MOST_PICTURES: Final = 8
HEAD: Final = "district_head"
WIDTHS: Final = (0, 2.2, 1.5, 1.5, 1.2)


class Told:
    """A forum with all that its papers tell, each thing read once."""

    def __init__(self, forum: Forum) -> None:
        self.forum, self.terms = forum, terms_of(forum.revision)
        self.group = forum.selected.group

    @cached_property
    def places(self) -> list[Unit]:
        """From the village up to the province."""
        return places_above(self.group)

    @cached_property
    def sittings(self) -> list[Sitting]:
        """The sittings that stand."""
        return queries.sittings_of(self.forum)

    @cached_property
    def committee(self) -> list[CommitteeMember]:
        """The committee on the forum's day."""
        return committee_on(self.group, queries.last_day(self.forum))

    @cached_property
    def head(self) -> str:
        """The head of the district today; nothing where the post is empty."""
        return next((post.person.full_name for post in queries.district_posts(self.group) if post.role == HEAD), "")

    @cached_property
    def at(self) -> datetime:
        """When the forum last changed its state: the only time in the bytes."""
        return self.forum.moves.order_by("-at", "-pk").values_list("at", flat=True).first() or self.forum.planned_at

    @property
    def where(self) -> str:
        """บ้าน… หมู่ … ตำบล… อำเภอ… จังหวัด…."""
        return " ".join(unit.short_name if len(unit.path) == 8 else unit.full_name for unit in self.places)

    @property
    def office(self) -> str:
        """สำนักงานพัฒนาชุมชนอำเภอ…."""
        return _("สำนักงานพัฒนาชุมชน%s") % next((unit.full_name for unit in self.places if len(unit.path) == 4), "")

    @property
    def district(self) -> str:
        """อำเภอ…."""
        return next((unit.full_name for unit in self.places if len(unit.path) == 4), "")

    @property
    def hosts(self) -> list[str]:
        """Everyone who hosts a sitting, each once."""
        named = [name for one in self.sittings for name in [one.host.full_name if one.host else "", *one.host_names.split(",")]]
        return list(dict.fromkeys(name.strip() for name in named if name.strip()))

    @property
    def reference(self) -> str:
        """The letter that asks for the forum."""
        said = {"number": self.terms.reference, "day": long(self.terms.dated)}
        return _("หนังสือกรมการพัฒนาชุมชน ที่ %(number)s ลงวันที่ %(day)s") % said

    @property
    def names(self) -> dict[str, Any]:
        """What its sentences name."""
        terms = self.terms
        return {
            "letter": self.reference, "title": terms.title, "n": terms.participants, "group": self.group.name, "where": self.where,
            "days": terms.district_report_days, "year": terms.year,
        }  # fmt: skip

    def days(self) -> list[str]:
        """วันพฤหัสบดีที่ 3 มิถุนายน 2564 เวลา 09.00 – 15.00 น. ณ …, for each sitting."""
        return [f"{weekday_long(one.day)} {_hours(one)} {_('ณ')} {one.where}" for one in self.sittings] or [_("ยังไม่กำหนดวัน")]


def _hours(sitting: Sitting) -> str:
    ends = f" – {hhmm(sitting.ends)}" if sitting.ends else ""
    return _("เวลา %s") % f"{hhmm(sitting.starts)}{ends}"


def memo_data(told: Told) -> dict[str, Any]:
    """Asking the head of the district to approve the forum, with its programme and what it costs."""
    terms, names = told.terms, told.names
    subject = _("ขออนุมัติจัดเวที%(title)s ปีงบประมาณ พ.ศ. %(year)d") % {"title": terms.title, "year": terms.year}
    return {
        "title": f"{subject} {told.group.name}", "office": told.office, "number": "", "subject": subject,
        "to": _("พัฒนาการ%s") % told.district, "signer": "", "head": _("ผู้ขออนุมัติ"),
        "pieces": [
            pieces.said(_("ตาม%(letter)s ให้จัดเวที%(title)s %(n)d คน นั้น") % names),
            pieces.said(_("ขออนุมัติจัดเวทีของ%(group)s %(where)s ดังนี้") % names),
            pieces.numbered(told.days()),
            pieces.head(_("ลำดับเวที")), _programme(told),
            pieces.head(_("ประมาณการค่าใช้จ่าย")), *_cost(told),
            pieces.said(_("จึงเรียนมาเพื่อโปรดพิจารณาอนุมัติ")),
        ],
        "order": [pieces.signs((told.head, _("พัฒนาการ%s") % told.district))],
    }  # fmt: skip


def _programme(told: Told) -> Piece:
    rows = [[key, title] for key, title in told.terms.steps]
    return pieces.table([_("ขั้น"), _("กิจกรรม")], rows, [0, 1], fine=True)


def _cost(told: Told) -> list[Piece]:
    terms = told.terms
    snack = min(terms.snack_satang * terms.participants, terms.per_group_satang)
    each = {"n": terms.participants, "each": money.baht(terms.snack_satang)}
    rows = [
        [_("ค่าอาหารว่าง %(n)d คน คนละ %(each)s บาท") % each, money.baht(snack)],
        [_("ค่าวัสดุและค่าใช้จ่ายอื่นในการจัดเวที"), money.baht(terms.per_group_satang - snack)],
        [_("รวม (%s)") % money.words(terms.per_group_satang), money.baht(terms.per_group_satang)],
    ]
    table = pieces.table([_("รายการ"), _("บาท")], rows, [1, 0], money=[1], sum=True)
    return [table, pieces.plain(_("ถัวจ่ายได้ทุกรายการ เบิกจ่ายตามจริงไม่เกินวงเงิน"))]


def assignment_data(told: Told) -> dict[str, Any]:
    """Who of the office goes to the forum."""
    subject = _("มอบหมายเจ้าหน้าที่จัดเวที %s") % told.group.name
    rows = [[str(n), name, ""] for n, name in enumerate(told.hosts or [""] * 2, 1)]
    return {
        "title": subject, "office": told.office, "number": "", "subject": subject, "to": _("เจ้าหน้าที่ตามรายชื่อ"),
        "signer": told.head, "head": _("พัฒนาการ%s") % told.district,
        "pieces": [
            pieces.said(_("ตาม%(letter)s ขอมอบหมายให้ผู้มีรายชื่อต่อไปนี้จัดเวทีของ%(group)s %(where)s") % told.names),
            pieces.numbered(told.days()),
            pieces.table([_("ที่"), _("ชื่อ – สกุล"), _("ลงชื่อรับทราบ")], rows, [0, 1, 1], tall=True),
            pieces.said(_("ให้ดำเนินการครบทุกขั้น บันทึกผู้เข้าร่วม ผลประเมิน แผน และรูปในวันเดียวกัน แล้วรายงานภายใน %(days)d วันหลังจบเวที") % told.names),
        ],
    }  # fmt: skip


def invitation_data(told: Told) -> dict[str, Any]:
    """The district asks the group's chair to come with the committee and members."""
    terms = told.terms
    chair = next((one.name for one in told.committee if one.office == "chair"), "")
    return {
        "title": _("ขอเชิญเข้าร่วมเวที %s") % told.group.name, "number": "", "office": told.office, "place": _("ที่ว่าการ%s") % told.district,
        "subject": _("ขอเชิญเข้าร่วมเวที%s") % terms.title,
        "to": " ".join(filter(None, [_("ประธาน%s") % told.group.name, f"({chair})" if chair else ""])),
        "enclosed": [_("ลำดับเวที จำนวน 1 ชุด")], "signer": told.head, "head": _("พัฒนาการ%s") % told.district,
        "section": told.office,
        "pieces": [
            pieces.said(_("ด้วยกรมการพัฒนาชุมชนมอบหมายให้จัดเวที%(title)s ปีงบประมาณ พ.ศ. %(year)d โดย%(group)sเป็นกลุ่มเป้าหมาย") % told.names),
            pieces.said(
                _("จึงขอเชิญท่านพร้อมคณะกรรมการและสมาชิก รวม %(n)d คน เข้าร่วมเวที โปรดนำสมุดบัญชี ระเบียบ และทะเบียนสมาชิกของกลุ่มมาด้วย") % told.names
            ),
            pieces.numbered(told.days()),
            pieces.said(_("จึงเรียนมาเพื่อโปรดเข้าร่วมตามวัน เวลา และสถานที่ดังกล่าว")),
        ],
        "annex": [pieces.head(_("ลำดับเวที")), _programme(told)],
    }  # fmt: skip


def sign_in_data(told: Told, people: Sequence[NewAttendee], *, blank: bool) -> dict[str, Any]:
    """The sheet to sign, one for each sitting; without names where it is blank."""
    named = [] if blank else people
    came = _lines([one for one in named if not one.observer], told.terms.participants)
    watched = _lines([one for one in named if one.observer], OBSERVER_LINES)
    heads = [_("ที่"), _("ชื่อ – สกุล"), _("ตำแหน่งในกลุ่ม"), _("ลายมือชื่อ"), _("ลายพิมพ์นิ้วมือ")]
    made: list[Piece] = []
    for at, day in enumerate(told.days()):
        made += [pieces.PAGE] if at else []
        made += [
            pieces.plain(f"{told.group.name} {told.where}"), pieces.plain(day),
            pieces.table(heads, came, WIDTHS, tall=True, ruled=True, fine=True),
            pieces.head(_("ผู้สังเกตการณ์ (ไม่นับรวม)")), pieces.table(heads, watched, WIDTHS, tall=True, ruled=True, fine=True),
            pieces.plain(_("ผู้พิมพ์ลายนิ้วมือต้องมีพยานลงชื่อรับรอง 2 คน")),
            pieces.signs(*((who, _("พยาน")) for who in ("", "")), ("", _("เจ้าหน้าที่ผู้จัดเวที")), ("", _("ประธานกลุ่ม"))),
        ]  # fmt: skip
    under = [told.terms.title, _("ปีงบประมาณ พ.ศ. %d") % told.terms.year, _("ตาม%s") % told.reference]
    return {"title": _("บัญชีลายมือชื่อผู้เข้าร่วมเวที"), "under": under, "pieces": made}


def _lines(people: Sequence[NewAttendee], least: int) -> list[list[str]]:
    rows = [[one.name, one.office] for one in people] + [["", ""]] * max(0, least - len(people))
    return [[str(n), name, office, "", ""] for n, (name, office) in enumerate(rows, 1)]


def report_data(told: Told, photos: Sequence[Photo]) -> dict[str, Any]:
    """What came of the forum."""
    people = queries.attendees_of(told.forum)
    came = [one for one in people if not one.observer]
    women = sum(one.sex == "female" for one in came)
    counted = {"n": len(came), "women": women, "men": len(came) - women}
    rows, done = queries.recorded_steps(told.forum), queries.steps_done(told.forum)
    words = {True: _("ทำแล้ว"), False: _("ยังไม่ทำ")}
    steps = [[key, title, words[done[key]], rows[key].note if key in rows else ""] for key, title in told.terms.steps]
    made: list[Piece] = [
        pieces.facts(
            (_("กลุ่ม"), f"{told.group.name} {told.where}"), (_("วันจัดเวที"), "\n".join(told.days())),
            (_("ผู้จัด"), ", ".join(told.hosts) or "–"),
            (_("ผู้เข้าร่วม"), _("%(n)d คน หญิง %(women)d ชาย %(men)d") % counted),
            *_results(told.forum), (_("โปรแกรมบัญชี"), str(BOOKKEEPING.get(told.forum.bookkeeping, "–"))),
        ),
        pieces.head(_("ผลตามลำดับเวที")),
        pieces.table([_("ขั้น"), _("กิจกรรม"), _("ผล"), _("บันทึก")], steps, [0, 3, 0, 2], fine=True),
        pieces.head(_("ผู้เข้าร่วม")), _came(people),
    ]  # fmt: skip
    if photos:
        shown = [(one.sha256, " ".join(filter(None, [one.step, one.caption]))) for one in photos]
        made += [pieces.head(_("รูปเวที")), pieces.pictures(shown)]
    made.append(pieces.signs(((told.hosts or [""])[0], _("ผู้รายงาน")), (told.head, _("พัฒนาการ%s") % told.district)))
    draft = "" if told.forum.state == "held" else _("ร่าง ยังไม่ปิดเวที")
    under = [told.terms.title, _("ปีงบประมาณ พ.ศ. %d") % told.terms.year]
    return {"title": _("รายงานผลการจัดเวที"), "under": under, "foot": draft, "pieces": made}


def _results(forum: Forum) -> list[tuple[str, str]]:
    rows = []
    for slot in (Slot.GOVERNANCE, Slot.SSG):
        one = current(forum.selected, slot)
        said = {"passed": one.passed, "judged": one.judged} if one else {}
        rows.append((str(slot.label), _("ผ่าน %(passed)s จาก %(judged)s ข้อ") % said if one else _("ยังไม่ยืนยันผล")))
    plan = plan_of(forum.selected)
    signed = _("ลงนามครบ") if plan and plan.signed_at else _("ยังลงนามไม่ครบ")
    told = _("%(n)d กิจกรรม %(signed)s") % {"n": standing_lines(plan).count(), "signed": signed} if plan else _("ยังไม่มีแผน")
    return [*rows, (_("แผนการพัฒนากลุ่ม"), told)]


def _came(people: Sequence[Attendee]) -> Piece:
    if not people:
        return pieces.plain(_("ยังไม่มีรายชื่อผู้เข้าร่วม"))
    rows = [[str(n), one.name, one.office, _("ผู้สังเกตการณ์") if one.observer else ""] for n, one in enumerate(people, 1)]
    heads = [_("ที่"), _("ชื่อ – สกุล"), _("ตำแหน่ง"), _("หมายเหตุ")]
    return pieces.table(heads, rows, [0, 3, 2, 1.4], fine=True)


SIMPLE: Final[dict[str, Callable[[Told], dict[str, Any]]]] = {
    "memo": memo_data, "assignment": assignment_data, "invitation": invitation_data,
}  # fmt: skip


def simple(kind: str, forum: Forum) -> bytes:
    """Memo, assignment or invitation as PDF."""
    told = Told(forum)
    return papers.pdf(f"forums/{kind}", issued(kind, forum.selected.group.unit.path, told.at, SIMPLE[kind](told)), told.at)


def sign_in(forum: Forum, people: Sequence[NewAttendee], *, blank: bool) -> bytes:
    """The sign-in sheet as PDF."""
    told = Told(forum)
    data = issued("sign_in", forum.selected.group.unit.path, told.at, sign_in_data(told, people, blank=blank))
    return papers.pdf("forums/sign_in", data, told.at)


def report(forum: Forum) -> bytes:
    """The report of the forum as PDF, with its pictures."""
    data, at, shown = report_parts(forum)
    return papers.pdf("forums/report", data, at, shown)


def report_parts(forum: Forum) -> tuple[dict[str, Any], datetime, dict[str, Path]]:
    """What the report is made from: its data, its moment, its pictures by name."""
    told, photos = Told(forum), queries.pictures(forum)[:MOST_PICTURES]
    data = issued("forum", forum.selected.group.unit.path, told.at, report_data(told, photos))
    return data, told.at, {one.sha256: pictures.path_of(one.sha256) for one in photos}
