"""Every write of the plans room: drafting, changing, signing, doing."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from sajja.assessments.queries import not_passed
from sajja.audit.actions import record
from sajja.audit.acts import act
from sajja.lib.refusals import Refused
from sajja.lib.thai_dates import short
from sajja.org.models import Person
from sajja.plans import queries
from sajja.plans.models import LineDone, Plan, PlanLine, PlanSignature
from sajja.programme.models import SelectedGroup
from sajja.programme.queries import current_revision
from sajja.web import clock

SEATS = ("chair", "head")


class Wanted(NamedTuple):
    """What a line says. Money in satang, dates inclusive; empty parts may follow until the plan is signed."""

    activity: str
    owner: str = ""
    starts: date | None = None
    ends: date | None = None
    money_satang: int = 0
    money_source: str = ""
    success: str = ""


@act
def draft_plan(*, by: Person, selected: SelectedGroup, at: datetime | None = None) -> Plan:
    """Begin the plan: every indicator that was not passed becomes a line with the instrument's recommendation as first text."""
    selected = SelectedGroup.objects.select_for_update(of=("self",)).select_related("group__unit", "year").get(pk=selected.pk)
    if selected.until is not None:
        raise Refused(_("กลุ่มนี้ถูกเปลี่ยนออกจากรายชื่อแล้ว จัดทำแผนใหม่ไม่ได้"))
    _refuse_closed(selected)
    if Plan.objects.filter(selected=selected).exists():
        raise Refused(_("กลุ่มนี้มีแผนแล้ว เปิดแผนเดิมเพื่อแก้ไข"))
    at = at or clock.now()
    plan = Plan.objects.create(selected=selected, revision=current_revision(selected.year), drafted_by=by, drafted_at=at)
    failed = not_passed(selected)
    PlanLine.objects.bulk_create(
        [
            PlanLine(plan=plan, indicator=one, position=position, activity=(one.recommendation or one.text)[:500])
            for position, one in enumerate(failed, 1)
        ]
    )
    record(by, "plans.draft_plan", plan, _path(plan), at=at, lines=len(failed))
    return plan


@act
def add_line(*, by: Person, plan: Plan, wanted: Wanted, at: datetime | None = None) -> PlanLine:
    """A line of the group's own choice, at the end."""
    plan = _open(plan)
    last = plan.lines.order_by("-position").values_list("position", flat=True).first() or 0
    line = PlanLine.objects.create(plan=plan, position=last + 1, **_checked(wanted)._asdict())
    record(by, "plans.add_line", line, _path(plan), at=at, activity=line.activity)
    return line


@act
def change_line(*, by: Person, line: PlanLine, wanted: Wanted, at: datetime | None = None) -> PlanLine:
    """Say anew what a line is."""
    _open(line.plan)
    wanted = _checked(wanted)
    before = {name: str(getattr(line, name) or "") for name in Wanted._fields}
    for name, value in wanted._asdict().items():
        setattr(line, name, value)
    line.save(update_fields=Wanted._fields)
    changed = [{"what": name, "from": before[name], "to": str(getattr(line, name) or "")} for name in Wanted._fields]
    record(by, "plans.change_line", line, _path(line.plan), at=at, changes=[one for one in changed if one["from"] != one["to"]])
    return line


@act
def fill_lines(*, by: Person, plan: Plan, wanted: Sequence[tuple[PlanLine, Wanted]], at: datetime | None = None) -> Plan:
    """Say what many lines are in one act, as the forum goes through the draft."""
    plan = _open(plan)
    for line, given in wanted:
        for name, value in _checked(given)._asdict().items():
            setattr(line, name, value)
    PlanLine.objects.bulk_create(
        [line for line, _given in wanted], update_conflicts=True, unique_fields=["id"], update_fields=Wanted._fields
    )  # one statement by key: bulk_update's CASE for each field takes twenty times as long
    record(by, "plans.fill_lines", plan, _path(plan), at=at, lines=len(wanted))
    return plan


@act
def bring_in(*, by: Person, plan: Plan, at: datetime | None = None) -> list[PlanLine]:
    """Add a line for each indicator that was not passed and that the plan does not know: assessed after it was drafted."""
    plan = _open(plan)
    new = queries.owed_indicators(plan, not_passed(plan.selected))
    if not new:
        raise Refused(_("แผนมีครบทุกข้อที่ไม่ผ่านแล้ว"))
    last = plan.lines.order_by("-position").values_list("position", flat=True).first() or 0
    made = PlanLine.objects.bulk_create(
        [
            PlanLine(plan=plan, indicator=one, position=position, activity=(one.recommendation or one.text)[:500])
            for position, one in enumerate(new, last + 1)
        ]
    )
    record(by, "plans.bring_in", plan, _path(plan), at=at, lines=len(made))
    return made


@act
def remove_line(*, by: Person, line: PlanLine, at: datetime | None = None) -> PlanLine:
    """Take away a line of the group's own; a line from an indicator stays until it is merged into another."""
    plan = _open(line.plan)
    _refuse_done(line)
    if line.indicator_id is not None:
        raise Refused(_("บรรทัดนี้มาจากข้อที่ไม่ผ่าน ลบไม่ได้ หากทำรวมกับกิจกรรมอื่น ให้เลือกรวมกับบรรทัดนั้น"))
    line.removed_at = at or clock.now()
    line.save(update_fields=["removed_at"])
    record(by, "plans.remove_line", line, _path(plan), at=at)
    return line


@act
def merge_line(*, by: Person, line: PlanLine, into: PlanLine, at: datetime | None = None) -> PlanLine:
    """Let one activity answer several indicators: this line lives on in the other one."""
    plan = _open(line.plan)
    _refuse_done(line)
    if into.plan_id != line.plan_id or into.pk == line.pk or into.merged_into_id or into.removed_at:
        raise Refused(_("เลือกบรรทัดอื่นของแผนนี้ที่จะทำรวมกัน"), field="into")
    PlanLine.objects.filter(merged_into=line).update(merged_into=into)
    line.merged_into = into
    line.save(update_fields=["merged_into"])
    record(by, "plans.merge_line", line, _path(plan), at=at, into=into.activity)
    return line


@act
def split_line(*, by: Person, line: PlanLine, at: datetime | None = None) -> PlanLine:
    """Take a merged line out again."""
    plan = _open(line.plan)
    line.merged_into = None
    line.save(update_fields=["merged_into"])
    record(by, "plans.split_line", line, _path(plan), at=at)
    return line


@act
def move_line(*, by: Person, line: PlanLine, up: bool, at: datetime | None = None) -> PlanLine:
    """One step up or down; at the end it stays where it is."""
    plan = _open(line.plan)
    if line.merged_into_id or line.removed_at:
        raise Refused(_("กิจกรรมนี้ไม่อยู่ในแผนแล้ว เปิดหน้าใหม่เพื่อดูแผนล่าสุด"))
    lines = list(plan.lines.filter(merged_into__isnull=True, removed_at__isnull=True).order_by("position", "pk"))
    place = next(index for index, one in enumerate(lines) if one.pk == line.pk)
    other = max(0, min(len(lines) - 1, place + (-1 if up else 1)))
    lines[place], lines[other] = lines[other], lines[place]
    for position, one in enumerate(lines, 1):
        one.position = position
    PlanLine.objects.bulk_update(lines, ["position"])
    record(by, "plans.move_line", line, _path(plan), at=at, up=up)
    return line


@act
def sign_as_chair(*, by: Person, plan: Plan, name: str, day: date, on_paper: bool, at: datetime | None = None) -> PlanSignature:
    """The chair's signature: his own, or on paper as the officer records it."""
    return _sign(by, plan, "chair", name, day, on_paper=on_paper, at=at)


@act
def sign_as_head(*, by: Person, plan: Plan, day: date, at: datetime | None = None) -> PlanSignature:
    """The district head's signature. Nobody approves what he drafted, nor signs for both."""
    if plan.drafted_by_id == by.pk:
        raise Refused(_("ท่านเป็นผู้ร่างแผนนี้ จึงลงนามอนุมัติเองไม่ได้ ให้ผู้รักษาราชการแทนลงนาม"))
    return _sign(by, plan, "head", by.full_name, day, on_paper=False, at=at)


def _sign(by: Person, plan: Plan, seat: str, name: str, day: date, *, on_paper: bool, at: datetime | None) -> PlanSignature:
    at = at or clock.now()
    plan = _current(plan)
    _refuse_closed(plan.selected)
    there = queries.signatures_of(plan)
    if seat in there:
        raise Refused(_("ฝ่ายนี้มีลายมือชื่อแล้ว เปิดหน้าใหม่เพื่อดูผู้ลงนามและวันที่"))
    if any(other.by_id == by.pk for other in there.values()):
        raise Refused(_("ท่านลงนามหรือบันทึกลายมือชื่ออีกฝ่ายไว้แล้ว คนเดียวลงนามสองฝ่ายไม่ได้ ให้ผู้อื่นลงนาม"))
    if not name.strip():
        raise Refused(_("ใส่ชื่อผู้ลงนาม"), field="name")
    if day > clock.day_of(at):
        raise Refused(_("วันที่ลงนามต้องไม่หลังวันนี้"), field="day")
    if wrong := unready(plan):
        raise Refused(" ".join(wrong))
    signature = PlanSignature.objects.create(plan=plan, seat=seat, name=name, on_paper=on_paper, day=day, by=by, at=at)
    if {*there, seat} == set(SEATS):
        plan.signed_at = at
        plan.save(update_fields=["signed_at"])
    record(by, f"plans.sign_as_{seat}", plan, _path(plan), at=at, name=name, on_paper=on_paper, day=day.isoformat())
    return signature


def unready(plan: Plan) -> list[str]:
    """What keeps the plan from being signed, in Thai; empty where nothing does."""
    lines = plan.lines.filter(merged_into__isnull=True, removed_at__isnull=True).order_by("position", "pk")
    if not lines:
        return [_("แผนยังไม่มีกิจกรรม เพิ่มอย่างน้อย 1 บรรทัดก่อนลงนาม")]
    return [_("บรรทัดที่ %d ยังไม่บอกว่าจะทำอะไร") % number for number, line in enumerate(lines, 1) if not line.activity.strip()]


@act
def withdraw_signatures(*, by: Person, plan: Plan, reason: str, at: datetime | None = None) -> Plan:
    """Open a signed plan again, with a reason: both sign anew, and until then it does not count."""
    at = at or clock.now()
    plan = _current(plan)
    if not reason.strip():
        raise Refused(_("บอกเหตุผลที่ถอนลายมือชื่อ"), field="reason")
    withdrawn = plan.signatures.filter(withdrawn_at__isnull=True).update(withdrawn_at=at, withdrawn_because=reason)
    if not withdrawn:
        raise Refused(_("แผนนี้ยังไม่มีลายมือชื่อ แก้ไขได้เลย"))
    plan.signed_at = None
    plan.save(update_fields=["signed_at"])
    record(by, "plans.withdraw_signatures", plan, _path(plan), at=at, reason=reason)
    return plan


@act
def mark_done(  # a mark has these parts
    *, by: Person, line: PlanLine, day: date, note: str, picture: str = "", at: datetime | None = None
) -> LineDone:
    """ดำเนินการแล้ว: a line of the signed plan was done on a day; `picture` is a kept picture's sha256."""
    at = at or clock.now()
    plan = _current(line.plan)
    if plan.signed_at is None:
        raise Refused(_("แผนยังลงนามไม่ครบสองฝ่าย ลงนามก่อนแล้วจึงบันทึกว่าทำแล้ว"))
    if line.merged_into_id or line.removed_at:
        raise Refused(_("บรรทัดนี้ไม่อยู่ในแผนแล้ว เปิดหน้าใหม่เพื่อดูแผนล่าสุด"))
    if day > clock.day_of(at):
        raise Refused(_("วันที่ทำต้องไม่หลังวันนี้"), field="day")
    if line.done_marks.filter(taken_back_at__isnull=True).exists():
        raise Refused(_("บรรทัดนี้บันทึกว่าทำแล้วไปแล้ว"))
    mark = LineDone.objects.create(line=line, day=day, note=note, picture=picture, by=by, at=at)
    record(by, "plans.mark_done", line, _path(plan), at=at, day=day.isoformat(), note=note)
    return mark


@act
def take_back_done(*, by: Person, line: PlanLine, reason: str, at: datetime | None = None) -> PlanLine:
    """Take back that a line was done, with a reason; the mark stays readable."""
    at = at or clock.now()
    plan = _current(line.plan)
    if not reason.strip():
        raise Refused(_("บอกเหตุผลที่ยกเลิกการบันทึก"), field="reason")
    taken = line.done_marks.filter(taken_back_at__isnull=True).update(taken_back_at=at, taken_back_because=reason)
    if not taken:
        raise Refused(_("บรรทัดนี้ยังไม่ได้บันทึกว่าทำแล้ว"))
    record(by, "plans.take_back_done", line, _path(plan), at=at, reason=reason)
    return line


def _locked(plan: Plan) -> Plan:
    """The plan as it stands, its row locked: two who sign at the same moment meet here."""
    return Plan.objects.select_for_update(of=("self",)).select_related("selected__group__unit").get(pk=plan.pk)


def _current(plan: Plan) -> Plan:
    """The plan, locked, of a group that still holds its place."""
    plan = _locked(plan)
    if plan.selected.until is not None:
        raise Refused(_("กลุ่มนี้ถูกเปลี่ยนออกจากรายชื่อแล้ว แผนเปิดอ่านได้ แต่แก้ไม่ได้"))
    return plan


def _refuse_closed(selected: SelectedGroup) -> None:
    """What a closed group had written stays, and what it had done may still be marked; nothing new is written or signed."""
    if selected.group.closed_on:
        day = short(selected.group.closed_on)
        raise Refused(_("กลุ่มนี้เลิกไปแล้วเมื่อ %s จึงทำแผนไม่ได้ ให้จังหวัดเปลี่ยนกลุ่มในรายชื่อกลุ่มเป้าหมาย") % day)


def _refuse_done(line: PlanLine) -> None:
    if line.done_marks.filter(taken_back_at__isnull=True).exists():
        raise Refused(_("กิจกรรมนี้บันทึกว่าทำแล้ว ยกเลิกการบันทึกนั้นก่อน"))


def _open(plan: Plan) -> Plan:
    plan = _current(plan)
    _refuse_closed(plan.selected)
    if queries.signatures_of(plan):
        raise Refused(_("แผนมีผู้ลงนามแล้ว หากต้องแก้ ให้ถอนลายมือชื่อพร้อมเหตุผลก่อน"))
    return plan


def _checked(wanted: Wanted) -> Wanted:
    if not wanted.activity.strip():
        raise Refused(_("เขียนว่าจะทำอะไร"), field="activity")
    if wanted.starts and wanted.ends and wanted.ends < wanted.starts:
        raise Refused(_("วันสิ้นสุดต้องไม่ก่อนวันเริ่ม"), field="ends")
    return wanted


def _path(plan: Plan) -> str:
    return plan.selected.group.unit.path
