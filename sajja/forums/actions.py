"""Every write of the forums room."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import NamedTuple

from django.utils.translation import gettext as _

from sajja.audit.actions import record
from sajja.audit.acts import act
from sajja.forums import queries
from sajja.forums.life import BOOKKEEPING, FORUM
from sajja.forums.models import Attendee, Forum, ForumMove, Photo, RunStep, Sitting
from sajja.forums.seals import seal_of
from sajja.lib.refusals import Refused
from sajja.lib.thai_dates import short
from sajja.org.models import Person, Unit
from sajja.programme.models import ProgrammeYear, SelectedGroup
from sajja.programme.queries import current_revision, terms_of
from sajja.web import clock
from sajja.web.pictures import Kept


class NewSitting(NamedTuple):
    """A sitting to be: its day and hours in Bangkok, where, and who hosts."""

    day: date
    starts: time
    where: str
    ends: time | None = None
    host: Person | None = None
    host_names: str = ""


class NewAttendee(NamedTuple):
    """Someone who came: `sex` female or male, `office` in the group or สมาชิก; observers are listed apart."""

    name: str
    sex: str
    office: str
    observer: bool = False


@act
def plan_forum(
    *, by: Person, selected: SelectedGroup, sittings: Sequence[NewSitting], order_number: str = "", at: datetime | None = None
) -> Forum:
    """Plan the forum of a group on its place, with one or several sittings."""
    at = at or clock.now()
    if selected.until is not None:
        raise Refused(_("กลุ่มนี้ถูกเปลี่ยนออกจากรายชื่อแล้ว จัดเวทีไม่ได้"))
    _refuse_closed(selected)
    if queries.forum_of(selected):
        raise Refused(_("กลุ่มนี้มีเวทีแล้ว เปิดเวทีเดิมเพื่อเลื่อนหรือเพิ่มรอบ"))
    forum = Forum.objects.create(selected=selected, revision=current_revision(selected.year), planned_by=by, planned_at=at)
    _sit(forum, sittings)
    _moved(by, forum, "plan", "", order_number, clock.day_of(at), at)
    return forum


@act
def replan_forum(  # a new plan has these parts
    *,
    by: Person,
    forum: Forum,
    sittings: Sequence[NewSitting],
    reason: str = "",
    order_number: str = "",
    at: datetime | None = None,
) -> Forum:
    """Give a planned or postponed forum other sittings; the old ones stay as rows."""
    at = at or clock.now()
    forum = _locked(forum)
    _refuse_closed(forum.selected)
    forum.state = FORUM.after(forum.state, "plan")
    forum.save(update_fields=["state"])
    forum.sittings.filter(standing=True).update(standing=False)
    _sit(forum, sittings)
    _moved(by, forum, "plan", reason, order_number, clock.day_of(at), at, act="replan_forum")
    return forum


@act
def postpone_forum(
    *, by: Person, forum: Forum, reason: str, order_number: str = "", day: date | None = None, at: datetime | None = None
) -> Forum:
    """Put the forum off, with a reason, until it is planned again; `day` is when it was decided."""
    return _move(by, forum, "postpone", reason, order_number, day, at)


@act
def cancel_forum(
    *, by: Person, forum: Forum, reason: str, order_number: str = "", day: date | None = None, at: datetime | None = None
) -> Forum:
    """Give the forum up, with a reason; another may then be planned."""
    return _move(by, forum, "cancel", reason, order_number, day, at)


@act
def reopen_forum(*, by: Person, forum: Forum, reason: str, at: datetime | None = None) -> Forum:
    """Open a finished forum again, because its day or place was written wrongly. Nothing recorded is lost."""
    _unsealed(forum)
    return _move(by, forum, "reopen", reason, "", None, at)


@act
def hold_forum(*, by: Person, forum: Forum, at: datetime | None = None) -> Forum:
    """Finish: the forum was held on the day of its last sitting. What is still missing may follow; nothing is lost."""
    at = at or clock.now()
    forum = _locked(forum)
    sittings = queries.sittings_of(forum)
    if not sittings:
        raise Refused(_("ยังไม่มีวันจัดเวที กำหนดวันก่อนแล้วจึงปิดเวที"))
    ended = max(sitting.day for sitting in sittings)
    if ended > clock.day_of(at):
        raise Refused(_("เวทียังไม่ถึงวันจัด ปิดเวทีได้ตั้งแต่วันจัดเป็นต้นไป"))
    count = queries.participants(forum)
    if not count:
        raise Refused(_("ยังไม่มีรายชื่อผู้เข้าร่วม บันทึกรายชื่อก่อนปิดเวที"))
    if count != terms_of(forum.revision).participants and not forum.attendance_reason:
        raise Refused(_("ผู้เข้าร่วม %d คน ต่างจากที่กำหนด บอกเหตุผลในหน้ารายชื่อก่อนปิดเวที") % count)
    forum.state, forum.ended_on = FORUM.after(forum.state, "hold"), ended
    forum.save(update_fields=["state", "ended_on"])
    _moved(by, forum, "hold", "", "", ended, at, ended_on=ended.isoformat())
    return forum


@act
def record_attendance(
    *,
    by: Person,
    forum: Forum,
    attendees: Sequence[NewAttendee],
    reason: str = "",
    day: date | None = None,
    at: datetime | None = None,
) -> list[Attendee]:
    """Who came: replaces the list before, whose rows stay, struck. More or fewer than the year's number needs a reason.

    `day` is the day on the signed sheet, `at` when it was entered.
    """
    at = at or clock.now()
    forum = _unsealed(forum)
    wanted = terms_of(forum.revision).participants
    count = sum(1 for one in attendees if not one.observer)
    if count != wanted and not reason.strip():
        raise Refused(
            _("ผู้เข้าร่วม %(count)d คน กำหนดไว้ %(wanted)d คน โปรดบอกเหตุผล") % {"count": count, "wanted": wanted}, field="reason"
        )
    forum.attendees.filter(struck_at__isnull=True).update(struck_at=at)
    made = Attendee.objects.bulk_create(
        [Attendee(forum=forum, position=position, **one._asdict()) for position, one in enumerate(attendees, 1)]
    )
    forum.attendance_reason = reason.strip() if count != wanted else ""
    forum.attendance_day, forum.attendance_at, forum.attendance_by = day or queries.event_day(forum, clock.day_of(at)), at, by
    forum.save(update_fields=["attendance_reason", "attendance_day", "attendance_at", "attendance_by"])
    record(
        by, "forums.record_attendance", forum, _path(forum), at=at, participants=count, observers=len(made) - count, reason=reason
    )
    return made


@act
def record_step(  # a step has these parts
    *,
    by: Person,
    forum: Forum,
    key: str,
    starts: time | None = None,
    ends: time | None = None,
    note: str = "",
    day: date | None = None,
    at: datetime | None = None,
) -> RunStep:
    """That a step of the run-sheet was done, with its day, hours and note; an earlier row of the step counts no more."""
    if starts and ends and ends < starts:
        raise Refused(_("เวลาสิ้นสุดต้องไม่ก่อนเวลาเริ่ม"), field="ends")
    at = at or clock.now()
    forum = _open(forum)
    _known_steps(forum, [key])
    forum.steps.filter(key=key, counts=True).update(counts=False)
    day = day or queries.event_day(forum, clock.day_of(at))
    step = RunStep.objects.create(forum=forum, key=key, day=day, starts=starts, ends=ends, note=note, by=by, at=at)
    record(by, "forums.record_step", forum, _path(forum), at=at, step=key)
    return step


@act
def take_back_step(*, by: Person, forum: Forum, key: str, reason: str, at: datetime | None = None) -> Forum:
    """A step was written down by mistake: its row stays and counts no more."""
    if not reason.strip():
        raise Refused(_("โปรดบอกเหตุผล"), field="reason")
    forum = _open(forum)
    if not forum.steps.filter(key=key, counts=True).update(counts=False):
        raise Refused(_("ขั้นนี้ยังไม่ได้บันทึก"))
    record(by, "forums.take_back_step", forum, _path(forum), at=at, step=key, reason=reason)
    return forum


@act
def record_steps(
    *, by: Person, forum: Forum, steps: Sequence[tuple[str, time | None, time | None]], at: datetime | None = None
) -> list[RunStep]:
    """That several steps were done, each with its hours, as typed in after the forum; earlier rows of them count no more."""
    keys = [key for key, _starts, _ends in steps]
    at = at or clock.now()
    forum = _open(forum)
    _known_steps(forum, keys)
    day = queries.event_day(forum, clock.day_of(at))
    forum.steps.filter(key__in=keys, counts=True).update(counts=False)
    made = RunStep.objects.bulk_create(
        [RunStep(forum=forum, key=key, day=day, starts=starts, ends=ends, by=by, at=at) for key, starts, ends in steps]
    )
    record(by, "forums.record_steps", forum, _path(forum), at=at, steps=keys)
    return made


@act
def answer_bookkeeping(*, by: Person, forum: Forum, answer: str, reason: str = "", at: datetime | None = None) -> Forum:
    """4.5: the group keeps its books in ours, in the department's program, or on paper because."""
    if answer not in BOOKKEEPING:
        raise Refused(_("เลือกว่ากลุ่มทำบัญชีด้วยอะไร"), field="answer")
    if answer == "paper" and not reason.strip():
        raise Refused(_("บอกเหตุผลที่กลุ่มใช้สมุดอย่างเดียว"), field="reason")
    forum = _open(forum)
    forum.bookkeeping, forum.bookkeeping_reason = answer, reason.strip() if answer == "paper" else ""
    forum.save(update_fields=["bookkeeping", "bookkeeping_reason"])
    record(by, "forums.answer_bookkeeping", forum, _path(forum), at=at, answer=answer, reason=reason)
    return forum


@act
def add_photo(*, by: Person, forum: Forum, kept: Kept, step: str = "", caption: str = "", at: datetime | None = None) -> Photo:
    """A picture of the forum; its file is kept already."""
    return _add(by, forum, [kept], step, caption, at)[0]


@act
def add_photos(
    *, by: Person, forum: Forum, kept: Sequence[Kept], step: str = "", caption: str = "", at: datetime | None = None
) -> list[Photo]:
    """Several pictures of one step; their files are kept already. Those that the forum has are left as they are."""
    return _add(by, forum, kept, step, caption, at)


def _add(by: Person, forum: Forum, kept: Sequence[Kept], step: str, caption: str, at: datetime | None) -> list[Photo]:
    at = at or clock.now()
    forum = _unsealed(forum)
    there = set(forum.photos.filter(removed_at__isnull=True).values_list("sha256", flat=True))
    new = {one.sha256: one for one in kept if one.sha256 not in there}
    if not new:
        raise Refused(_("รูปนี้เพิ่มไว้แล้ว เลือกรูปอื่น"), field="pictures")
    made = Photo.objects.bulk_create(
        [
            Photo(forum=forum, sha256=one.sha256, width=one.width, height=one.height, step=step, caption=caption, by=by, at=at)
            for one in new.values()
        ]
    )
    record(by, "forums.add_photo", forum, _path(forum), at=at, pictures=list(new), step=step)
    return made


@act
def describe_photo(*, by: Person, photo: Photo, step: str, caption: str, at: datetime | None = None) -> Photo:
    """What a picture shows, and of which step it is."""
    if photo.removed_at:
        raise Refused(_("รูปนี้เอาออกไปแล้ว"))
    _unsealed(photo.forum)
    photo.step, photo.caption = step, caption
    photo.save(update_fields=["step", "caption"])
    record(by, "forums.describe_photo", photo, _path(photo.forum), at=at, step=step, caption=caption)
    return photo


@act
def remove_photo(*, by: Person, photo: Photo, reason: str, at: datetime | None = None) -> Photo:
    """Take a picture out, with a reason; its row and file stay."""
    if photo.removed_at:
        raise Refused(_("รูปนี้เอาออกไปแล้ว"))
    if not reason.strip():
        raise Refused(_("โปรดบอกเหตุผล"), field="reason")
    _unsealed(photo.forum)
    photo.removed_at, photo.removed_because = at or clock.now(), reason
    photo.save(update_fields=["removed_at", "removed_because"])
    record(by, "forums.remove_photo", photo, _path(photo.forum), at=photo.removed_at, reason=reason)
    return photo


def _sit(forum: Forum, sittings: Sequence[NewSitting]) -> None:
    if not sittings:
        raise Refused(_("กำหนดวันและสถานที่อย่างน้อย 1 รอบ"), field="day")
    if any(one.ends and one.ends <= one.starts for one in sittings):
        raise Refused(_("เวลาเลิกต้องหลังเวลาเริ่ม"), field="ends")
    Sitting.objects.bulk_create([Sitting(forum=forum, **one._asdict()) for one in sittings])


def _move(by: Person, forum: Forum, move: str, reason: str, order_number: str, day: date | None, at: datetime | None) -> Forum:
    if not reason.strip():
        raise Refused(_("โปรดบอกเหตุผล"), field="reason")
    at = at or clock.now()
    forum = _locked(forum)
    forum.state, forum.ended_on = FORUM.after(forum.state, move), None
    forum.save(update_fields=["state", "ended_on"])
    _moved(by, forum, move, reason, order_number, day or clock.day_of(at), at)
    return forum


def _moved(
    by: Person, forum: Forum, move: str, reason: str, order_number: str, day: date, at: datetime, act: str = "", **detail: str
) -> None:
    ForumMove.objects.create(
        forum=forum, move=move, state=forum.state, reason=reason, order_number=order_number, day=day, by=by, at=at
    )
    record(by, f"forums.{act or f'{move}_forum'}", forum, _path(forum), at=at, reason=reason, order_number=order_number, **detail)


def _locked(forum: Forum) -> Forum:
    return (
        Forum.objects.select_for_update(of=("self",))
        .select_related("selected__group__unit", "selected__year", "revision")
        .get(pk=forum.pk)
    )


def _open(forum: Forum) -> Forum:
    """The forum, locked; a cancelled one takes nothing any more."""
    forum = _locked(forum)
    if not forum.is_open:
        raise Refused(_("เวทีนี้ยกเลิกแล้ว กำหนดเวทีใหม่ก่อนบันทึก"))
    return forum


def _unsealed(forum: Forum) -> Forum:
    """The forum, locked and open; refused where a room above has judged it as it stands."""
    forum = _open(forum)
    if sentence := seal_of(forum):
        raise Refused(sentence)
    return forum


@act
def ask_for_reports(*, by: Person, year: ProgrammeYear, unit: Unit, at: datetime | None = None) -> None:
    """Ask for the reports of all forums held under a unit as one file."""
    record(by, "forums.ask_for_reports", year, unit.path, at=at)


@act
def stop_reports(*, by: Person, year: ProgrammeYear, unit: Unit, at: datetime | None = None) -> None:
    """Stop making them."""
    record(by, "forums.stop_reports", year, unit.path, at=at)


def _refuse_closed(selected: SelectedGroup) -> None:
    if selected.group.closed_on:
        day = short(selected.group.closed_on)
        raise Refused(_("กลุ่มนี้เลิกไปแล้วเมื่อ %s กำหนดวันเวทีไม่ได้ ให้จังหวัดเปลี่ยนกลุ่มในรายชื่อกลุ่มเป้าหมาย") % day)


def _known_steps(forum: Forum, keys: Sequence[str]) -> None:
    if not set(keys) <= {key for key, _title in terms_of(forum.revision).steps}:
        raise Refused(_("ไม่มีขั้นนี้ในลำดับเวที"))


def _path(forum: Forum) -> str:
    return forum.selected.group.unit.path
