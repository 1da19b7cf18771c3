"""Every write of the follow-up room: who holds a zone, visits, their pictures, findings and answers."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from sajja.audit.actions import record
from sajja.audit.acts import act
from sajja.followup import lives, suggesting
from sajja.followup.models import Evidence, Finding, FindingMove, Visit, VisitMove, VisitPhoto, VisitPlace
from sajja.followup.queries import ROLE, zone_on
from sajja.followup.words import KINDS, SEVERITIES
from sajja.lib.refusals import Refused
from sajja.lib.thai_dates import short
from sajja.org import actions as org
from sajja.org.models import Kind, Person, Post, Unit
from sajja.programme.models import ProgrammeYear
from sajja.programme.queries import standing
from sajja.programme.terms import quarter_span
from sajja.web import clock
from sajja.web.pictures import Kept


class Chosen(NamedTuple):
    """A group that a visit is to go to: by risk, by chance or by the officer's own choice, and what spoke for it."""

    unit: Unit
    how: str = suggesting.OWN
    reasons: Sequence[str] = ()


# --- who holds a zone ----------------------------------------------------------------------


@act
def assign_zone(
    *, by: Person, person: Person, zone: Unit, starts: date, ends: date | None = None, at: datetime | None = None
) -> Post:
    """Give a person a zone from a day on (both days inclusive). Nobody assigns himself."""
    if ends and ends < starts:
        raise Refused(_("วันสิ้นสุดต้องไม่ก่อนวันเริ่ม"), field="ends")
    list(Unit.objects.select_for_update().filter(pk=zone.pk))  # two who assign at the same moment meet here
    for other in Post.objects.filter(person=person, role=ROLE, unit=zone):
        if (other.ends is None or starts <= other.ends) and (ends is None or other.starts <= ends):
            since = short(other.starts)
            raise Refused(_("ผู้นี้ดูแลเขตนี้อยู่แล้วตั้งแต่ %s แก้วันสิ้นสุดของเดิมก่อน หรือเลือกวันอื่น") % since, field="starts")
    return org.appoint(by=by, person=person, role=ROLE, unit=zone, starts=starts, ends=ends, at=at)


@act
def end_zone_post(*, by: Person, post: Post, ends: date, at: datetime | None = None) -> Post:
    """Let a follow-up officer's post end on a day (inclusive)."""
    post = Post.objects.select_for_update(of=("self",)).select_related("unit").get(pk=post.pk)
    if post.role != ROLE:
        raise Refused(_("ตำแหน่งนี้ไม่ใช่ผู้ติดตามประจำเขต"))
    if ends < post.starts:
        raise Refused(_("วันสิ้นสุดต้องไม่ก่อนวันเริ่ม %s") % short(post.starts), field="ends")
    return org.end_post(by=by, post=post, ends=ends, at=at)


# --- visits --------------------------------------------------------------------------------


@act
def plan_visit(  # a visit has these parts
    *,
    by: Person,
    year: ProgrammeYear,
    province: Unit,
    day: date,
    went: str,
    places: Sequence[Chosen],
    drawn_by: str = "",
    at: datetime | None = None,
) -> Visit:
    """Plan a visit to groups of a province; each keeps how it was chosen and why. Outside the quarter is a flag, no block."""
    at = at or clock.now()
    zone = zone_on(province, _day_of_year(year, day)) if province.kind == Kind.PROVINCE else None
    if zone is None:
        raise Refused(_("พื้นที่นี้ไม่อยู่ในเขตตรวจราชการในวันนั้น เลือกจังหวัดอื่น"))
    if not went.strip():
        raise Refused(_("ใส่ชื่อผู้ที่จะไปติดตาม"), field="went")
    _check_places(year, province, places)
    by_chance = drawn_by.strip() if any(one.how == suggesting.CHANCE for one in places) else ""
    visit = Visit.objects.create(
        year=year, zone=zone, province=province, day=day, went=went.strip(), drawn_by=by_chance, planned_by=by, planned_at=at
    )
    VisitPlace.objects.bulk_create(
        [VisitPlace(visit=visit, unit=one.unit, how=one.how, reasons=list(one.reasons)) for one in places]
    )
    _moved(by, visit, "plan", "", at, places=[one.unit.path for one in places], drawn_by=by_chance)
    return visit


def _day_of_year(year: ProgrammeYear, day: date) -> date:
    first, last = quarter_span(year.year, 1)[0], quarter_span(year.year, 4)[1]
    if not first <= day <= last:
        span = {"first": short(first), "last": short(last), "year": year.year}
        raise Refused(_("วันติดตามต้องอยู่ในปีงบประมาณ %(year)s คือ %(first)s ถึง %(last)s") % span, field="day")
    return day


def _check_places(year: ProgrammeYear, province: Unit, places: Sequence[Chosen]) -> None:
    if not places:
        raise Refused(_("เลือกกลุ่มที่จะไปอย่างน้อย 1 กลุ่ม"), field="places")
    wanted = {one.unit.pk for one in places}
    found = standing(year).filter(group__unit__in=wanted, group__unit__path__startswith=province.path)
    if len(wanted) != len(places) or found.count() != len(wanted):
        raise Refused(_("เลือกได้เฉพาะกลุ่มเป้าหมายของจังหวัดนี้ เปิดหน้าใหม่แล้วเลือกอีกครั้ง"), field="places")


@act
def move_visit(*, by: Person, visit: Visit, day: date, reason: str, at: datetime | None = None) -> Visit:
    """Put a planned visit on another day, with a reason; its zone is that of the province on the new day."""
    visit = _locked(visit)
    visit.state = lives.VISIT.after(visit.state, "move")
    if not reason.strip():
        raise Refused(_("บอกเหตุผลที่เลื่อน"), field="reason")
    if day == visit.day:
        raise Refused(_("วันเดิมอยู่แล้ว เลือกวันอื่น"), field="day")
    zone = zone_on(visit.province, _day_of_year(visit.year, day))
    if zone is None:
        raise Refused(_("จังหวัดนี้ไม่อยู่ในเขตตรวจราชการในวันนั้น เลือกวันอื่น"), field="day")
    visit.day, visit.zone = day, zone
    visit.save(update_fields=["state", "day", "zone"])
    _moved(by, visit, "move", reason, at or clock.now())
    return visit


@act
def record_visit(  # a visit has these parts
    *,
    by: Person,
    visit: Visit,
    day: date,
    went: str,
    visited: Collection[int],
    summary: str,
    reason: str = "",
    at: datetime | None = None,
) -> Visit:
    """Write down a visit that was made: its day, who went, which of its places were visited (keys of their units), what was
    seen. Again: a correction, with a reason."""
    at = at or clock.now()
    visit = _locked(visit)
    move = "correct" if visit.state == "made" else "make"
    visit.state = lives.VISIT.after(visit.state, move)
    zone = zone_on(visit.province, _day_of_year(visit.year, day))
    places = list(visit.places.all())
    if day > clock.day_of(at):
        raise Refused(_("วันที่ไปต้องไม่หลังวันนี้"), field="day")
    if not went.strip():
        raise Refused(_("ใส่ชื่อผู้ที่ไปติดตาม"), field="went")
    if not {place.unit_id for place in places} & set(visited):
        raise Refused(_("เลือกกลุ่มที่ไปถึงอย่างน้อย 1 กลุ่ม หากไม่ได้ไปเลย ให้ยกเลิกการติดตามพร้อมเหตุผล"), field="visited")
    if not summary.strip():
        raise Refused(_("เขียนสรุปสิ่งที่พบสั้น ๆ"), field="summary")
    if move == "correct" and not reason.strip():
        raise Refused(_("บอกเหตุผลที่แก้ไข"), field="reason")
    visit.day, visit.went, visit.summary, visit.zone = day, went.strip(), summary.strip(), zone or visit.zone
    visit.save(update_fields=["state", "day", "went", "summary", "zone"])
    for place in places:
        place.visited = place.unit_id in visited
    VisitPlace.objects.bulk_update(places, ["visited"])
    seen = [place.unit_id for place in places if place.visited]
    _moved(by, visit, move, reason, at, went=visit.went, summary=visit.summary, visited=seen)
    return visit


@act
def cancel_visit(*, by: Person, visit: Visit, reason: str, at: datetime | None = None) -> Visit:
    """Give up a planned visit, with a reason."""
    visit = _locked(visit)
    visit.state = lives.VISIT.after(visit.state, "cancel")
    if not reason.strip():
        raise Refused(_("บอกเหตุผลที่ยกเลิก"), field="reason")
    visit.save(update_fields=["state"])
    _moved(by, visit, "cancel", reason, at or clock.now())
    return visit


def _locked(visit: Visit) -> Visit:
    return Visit.objects.select_for_update(of=("self",)).select_related("province", "zone", "year").get(pk=visit.pk)


def _moved(by: Person, visit: Visit, move: str, reason: str, at: datetime, **detail: object) -> None:
    reason = reason.strip()
    VisitMove.objects.create(visit=visit, move=move, state=visit.state, day=visit.day, reason=reason, by=by, at=at)
    named = {
        "plan": "plan_visit",
        "move": "move_visit",
        "make": "record_visit",
        "correct": "correct_visit",
        "cancel": "cancel_visit",
    }
    told = {"day": visit.day.isoformat(), "reason": reason, **detail}
    record(by, f"followup.{named[move]}", visit, visit.province.path, at=at, **told)


@act
def add_visit_photos(
    *, by: Person, visit: Visit, kept: Sequence[Kept], caption: str = "", at: datetime | None = None
) -> list[VisitPhoto]:
    """Pictures of a visit; their files are kept already. Those that it has are left as they are."""
    at = at or clock.now()
    visit = _locked(visit)
    if visit.state == "cancelled":
        raise Refused(_("การติดตามนี้ยกเลิกแล้ว เพิ่มรูปไม่ได้"))
    there = set(visit.photos.filter(removed_at__isnull=True).values_list("sha256", flat=True))
    new = {one.sha256: one for one in kept if one.sha256 not in there}
    if not new:
        raise Refused(_("รูปนี้เพิ่มไว้แล้ว เลือกรูปอื่น"), field="pictures")
    made = VisitPhoto.objects.bulk_create(
        [
            VisitPhoto(visit=visit, sha256=one.sha256, width=one.width, height=one.height, caption=caption.strip(), by=by, at=at)
            for one in new.values()
        ]
    )
    record(by, "followup.add_visit_photos", visit, visit.province.path, at=at, pictures=list(new))
    return made


@act
def remove_visit_photo(*, by: Person, photo: VisitPhoto, reason: str, at: datetime | None = None) -> VisitPhoto:
    """Take a picture away, with a reason; its row stays."""
    photo = VisitPhoto.objects.select_for_update(of=("self",)).select_related("visit__province").get(pk=photo.pk)
    if photo.removed_at:
        raise Refused(_("รูปนี้เอาออกไปแล้ว"))
    if not reason.strip():
        raise Refused(_("บอกเหตุผลที่เอารูปออก"), field="reason")
    photo.removed_at, photo.removed_because = at or clock.now(), reason.strip()
    photo.save(update_fields=["removed_at", "removed_because"])
    record(by, "followup.remove_visit_photo", photo.visit, photo.visit.province.path, at=at, picture=photo.sha256, reason=reason)
    return photo


# --- findings and answers ------------------------------------------------------------------


@act
def record_finding(  # a finding has these parts
    *,
    by: Person,
    visit: Visit,
    about: Unit,
    kind: str,
    severity: str,
    words: str,
    advice: str,
    due: date,
    at: datetime | None = None,
) -> Finding:
    """What a visit found about a group or a district of its province, with advice; the district answers by the due day."""
    at = at or clock.now()
    visit = _locked(visit)
    if visit.state != "made":
        raise Refused(_("บันทึกผลการติดตามก่อน แล้วจึงเพิ่มข้อสังเกต"))
    if about.kind not in {Kind.GROUP, Kind.DISTRICT} or not about.path.startswith(visit.province.path):
        raise Refused(_("เลือกกลุ่มหรืออำเภอของจังหวัดนี้"), field="about")
    if kind not in KINDS or severity not in SEVERITIES:
        raise Refused(_("เลือกเรื่องและระดับจากรายการ"), field="kind")
    if not words.strip():
        raise Refused(_("เขียนว่าพบอะไร"), field="words")
    if not advice.strip():
        raise Refused(_("เขียนคำแนะนำว่าควรทำอย่างไร"), field="advice")
    _check_due(due, at)
    owner = about if about.kind == Kind.DISTRICT else Unit.objects.get(path=about.path[:4])
    finding = Finding.objects.create(
        visit=visit, about=about, owner=owner, kind=kind, severity=severity, words=words.strip(), advice=advice.strip(), due=due,
        by=by, at=at,
    )  # fmt: skip
    _said(by, finding, "record", "", at)
    return finding


def _check_due(due: date, at: datetime) -> None:
    if due < clock.day_of(at):
        raise Refused(_("กำหนดตอบต้องไม่ก่อนวันนี้"), field="due")


@act
def answer_finding(
    *, by: Person, finding: Finding, words: str, pictures: Sequence[Kept] = (), at: datetime | None = None
) -> FindingMove:
    """The district says what it did, with pictures where it has some; the inspector then judges."""
    finding = _locked_finding(finding)
    finding.state = lives.FINDING.after(finding.state, "answer")
    if not words.strip():
        raise Refused(_("เขียนว่าทำอะไรไปแล้ว"), field="words")
    finding.save(update_fields=["state"])
    return _said(by, finding, "answer", words, at or clock.now(), pictures)


@act
def accept_answer(*, by: Person, finding: Finding, words: str = "", at: datetime | None = None) -> FindingMove:
    """The answer is enough: the finding is closed. Nobody accepts his own answer."""
    finding = _locked_finding(finding)
    finding.state = lives.FINDING.after(finding.state, "accept")
    _refuse_own(by, finding)
    finding.save(update_fields=["state"])
    return _said(by, finding, "accept", words, at or clock.now())


@act
def send_back(*, by: Person, finding: Finding, reason: str, due: date, at: datetime | None = None) -> FindingMove:
    """The answer is not enough, or was accepted too early: back to the district with the reason and a new due day."""
    at = at or clock.now()
    finding = _locked_finding(finding)
    finding.state = lives.FINDING.after(finding.state, "send_back")
    _refuse_own(by, finding)
    if not reason.strip():
        raise Refused(_("บอกว่ายังขาดอะไร"), field="reason")
    _check_due(due, at)
    finding.due = due
    finding.save(update_fields=["state", "due"])
    return _said(by, finding, "send_back", reason, at)


@act
def withdraw_finding(*, by: Person, finding: Finding, reason: str, at: datetime | None = None) -> FindingMove:
    """The finding was written by mistake: taken back with the reason; it stays readable."""
    finding = _locked_finding(finding)
    finding.state = lives.FINDING.after(finding.state, "withdraw")
    if not reason.strip():
        raise Refused(_("บอกเหตุผลที่ถอน"), field="reason")
    finding.save(update_fields=["state"])
    return _said(by, finding, "withdraw", reason, at or clock.now())


def _locked_finding(finding: Finding) -> Finding:
    return Finding.objects.select_for_update(of=("self",)).select_related("about").get(pk=finding.pk)


def _refuse_own(by: Person, finding: Finding) -> None:
    if finding.moves.filter(move="answer", by=by).exists():
        raise Refused(_("ท่านเป็นผู้ตอบข้อสังเกตนี้เอง จึงตรวจเองไม่ได้ ให้ผู้ติดตามคนอื่นตรวจ"))


def _said(by: Person, finding: Finding, move: str, words: str, at: datetime, pictures: Sequence[Kept] = ()) -> FindingMove:
    words = words.strip()
    said = FindingMove.objects.create(finding=finding, move=move, state=finding.state, due=finding.due, words=words, by=by, at=at)
    kept = {one.sha256: one for one in pictures}
    Evidence.objects.bulk_create(
        [Evidence(answer=said, sha256=one.sha256, width=one.width, height=one.height) for one in kept.values()]
    )
    named = {
        "record": "record_finding", "answer": "answer_finding", "accept": "accept_answer", "send_back": "send_back",
        "withdraw": "withdraw_finding",
    }  # fmt: skip
    told = {"words": words, "due": finding.due.isoformat(), "pictures": list(kept)}
    record(by, f"followup.{named[move]}", finding, finding.about.path, at=at, **told)
    return said
