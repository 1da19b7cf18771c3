"""One selected group walks its course through the rooms: forum, assessments, plan, report; as far as the day shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from random import Random
from typing import Final

from sajja.assessments import actions as assessments
from sajja.assessments import scoring
from sajja.assessments.actions import Given
from sajja.assessments.queries import question
from sajja.config.demonstration import names
from sajja.config.demonstration.course import STEPS, Course, Exam
from sajja.config.demonstration.doer import Doer
from sajja.config.demonstration.drawings import Drawing
from sajja.config.demonstration.offices import Offices
from sajja.config.demonstration.selecting import Question
from sajja.forums import actions as forums
from sajja.forums.actions import NewAttendee, NewSitting
from sajja.forums.models import Forum
from sajja.org import actions as org
from sajja.org.actions import NewPost
from sajja.org.models import Person
from sajja.plans import actions as plans
from sajja.plans.actions import Wanted
from sajja.plans.models import Plan, PlanLine
from sajja.programme.models import SelectedGroup

OFFICES: Final = ("ประธาน", "รองประธาน", "เลขานุการ", "เหรัญญิก", *["กรรมการ"] * 6)
WHY_LATER: Final = (
    "พบผู้ติดเชื้อโควิด-19 ในหมู่บ้าน ต้องงดรวมกลุ่ม",
    "ตรงกับช่วงหว่านข้าว กรรมการมาไม่ครบ",
    "ฝนตกหนัก น้ำท่วมทางเข้าหมู่บ้าน",
)
WHY_NUMBER: Final = ("กรรมการติดธุระในวันจัด", "มีสมาชิกสนใจมาเพิ่ม", "จำกัดจำนวนคนตามมาตรการโควิด-19")
WHY_PAPER: Final = ("ยังไม่มีคอมพิวเตอร์", "สัญญาณอินเทอร์เน็ตไม่ทั่วถึง", "ผู้ทำบัญชีถนัดสมุด ขอเรียนรู้ก่อน")
WHY_DIFFERENT: Final = "ขอดูเอกสารแล้วยังไม่พบหลักฐาน"
DISPUTED: Final = scoring.PASS


@dataclass
class Walk:
    """Who walks, with whom, and what is there: the office's people, the instruments, the drawings, the group's own dice."""

    doer: Doer
    offices: Offices
    questions: Mapping[str, Question]
    drawings: Mapping[str, Sequence[Drawing]]
    selected: SelectedGroup
    course: Course
    dice: Random
    chair: Person | None = None

    @property
    def officer(self) -> Person:
        """The district officer who works with the group."""
        return self.offices.who("district_officer", self.selected.group.unit.path[:4])

    @property
    def head(self) -> Person:
        """The district's head."""
        return self.offices.who("district_head", self.selected.group.unit.path[:4])


def hold(walk: Walk) -> Forum | None:
    """The forum: planned, perhaps put off, attended, its steps, pictures, held. None before it is planned."""
    course = walk.course
    if course.planned is None or not walk.doer.happens(course.planned):
        return None
    forum = walk.doer.do(
        forums.plan_forum, by=walk.officer, selected=walk.selected, sittings=_sittings(walk, course.days), at=course.planned
    )
    if course.postponed and walk.doer.happens(course.postponed):
        _put_off(walk, forum, course.postponed)
    begins = course.steps.get("4.1")
    if begins and walk.doer.happens(begins):
        _open_up(walk, forum, begins)
    return forum


def _sittings(walk: Walk, days: Sequence[date]) -> list[NewSitting]:
    """From nine; of two sittings the first in the afternoon and the second after today's morning."""
    village = walk.selected.group.name.removeprefix("กลุ่มออมทรัพย์")
    where = walk.dice.choice(["ศาลาประชาคม", "ที่ทำการกลุ่ม ", "ศาลาวัด", "ศูนย์เรียนรู้ชุมชน "]) + village
    hours = [(time(13), time(15, 30)), (time(9, 30), time(12))] if len(days) > 1 else [(time(9), time(16))]
    return [
        NewSitting(day, starts, where, ends, host=walk.officer, host_names=walk.officer.full_name)
        for day, (starts, ends) in zip(days, hours, strict=True)
    ]


def _put_off(walk: Walk, forum: Forum, at: datetime) -> None:
    reason, order = walk.dice.choice(WHY_LATER), f"นพ 0019/{walk.dice.randint(100, 999)}"
    walk.doer.do(forums.postpone_forum, by=walk.officer, forum=forum, reason=reason, order_number=_order(walk, order), at=at)
    if walk.course.to_days:
        later = at.replace(hour=at.hour + 1)
        sittings = _sittings(walk, walk.course.to_days)
        if walk.doer.happens(later):
            walk.doer.do(forums.replan_forum, by=walk.officer, forum=forum, sittings=sittings, reason=reason, at=later)


def _order(walk: Walk, text: str) -> str:
    return f"{walk.selected.group.unit.path[:4]}/{text.rpartition('/')[2]}"


def _open_up(walk: Walk, forum: Forum, at: datetime) -> None:
    doer, course = walk.doer, walk.course
    people = _people(walk)
    reason = "" if course.people == 15 else walk.dice.choice(WHY_NUMBER)
    doer.do(forums.record_attendance, by=walk.officer, forum=forum, attendees=people, reason=reason, at=at)
    for key, done in course.steps.items():
        if doer.happens(done):
            starts = STEPS[key][0] if len(course.days) == 1 else None
            ends = STEPS[key][1] if len(course.days) == 1 else None
            doer.do(forums.record_step, by=walk.officer, forum=forum, key=key, starts=starts, ends=ends, at=done)
    if course.books and doer.happens(course.steps["4.5"]):
        why = walk.dice.choice(WHY_PAPER) if course.books == "paper" else ""
        doer.do(forums.answer_bookkeeping, by=walk.officer, forum=forum, answer=course.books, reason=why, at=course.steps["4.5"])
    for drawing in _pictures(walk):
        if doer.happens(course.steps[drawing.step]):
            doer.do(
                forums.add_photo, by=walk.officer, forum=forum, kept=drawing.kept, step=drawing.step, caption=drawing.caption,
                at=course.steps[drawing.step],
            )  # fmt: skip


def _people(walk: Walk) -> list[NewAttendee]:
    course = walk.course
    met = names.company(walk.dice, course.people + course.observers)
    seats = [*OFFICES, *["สมาชิก"] * course.people][: course.people]
    came = [NewAttendee(who.name, who.sex, seat) for who, seat in zip(met, seats, strict=False)]
    guests = met[course.people :]
    return came + [NewAttendee(who.name, who.sex, walk.dice.choice(["ผู้ใหญ่บ้าน", "ครูอาสา", "กำนัน"]), observer=True) for who in guests]


def _pictures(walk: Walk) -> list[Drawing]:
    """One of each step as far as they go, never the same twice."""
    steps = list(walk.course.steps)
    chosen = [steps[n % len(steps)] for n in range(walk.course.pictures)]
    picked: list[Drawing] = []
    for step in chosen:
        picked.append(walk.dice.choice([one for one in walk.drawings[step] if one not in picked]))
    return picked


def finish(walk: Walk, forum: Forum) -> bool:
    """The forum is closed on its day; whether it was."""
    if not walk.doer.happens(walk.course.held) or walk.course.held is None:
        return False
    walk.doer.do(forums.hold_forum, by=walk.officer, forum=forum, at=walk.course.held)
    return True


# --- 4.3 and 4.4 ----------------------------------------------------------------------------


def assess(walk: Walk, slot: str, exam: Exam | None) -> None:
    """One assessment: begun, answered by the group, verified by the officer, confirmed."""
    if exam is None or not walk.doer.happens(exam.began):
        return
    doer, asked = walk.doer, walk.questions[slot]
    assessment = doer.do(
        assessments.start_assessment, by=walk.officer, selected=walk.selected, version=asked.version, day=exam.began.date(),
        at=exam.began,
    )  # fmt: skip
    own, verified = answers(asked, exam)
    if exam.own and doer.happens(exam.own):
        doer.do(assessments.save_answers, by=_chair(walk), assessment=assessment, answers=own, side="self", at=exam.own)
    if doer.happens(exam.verified):
        doer.do(
            assessments.save_answers, by=walk.officer, assessment=assessment, answers=verified, side="officer", at=exam.verified
        )
    if exam.confirmed and doer.happens(exam.confirmed):
        doer.do(assessments.confirm_assessment, by=walk.officer, assessment=assessment, at=exam.confirmed)


def answers(asked: Question, exam: Exam) -> tuple[dict[int, Given], dict[int, Given]]:
    """What the group says of itself and what the officer says; a dispute carries the officer's reason."""
    own, verified = {}, {}
    for indicator in asked.indicators[: exam.answered]:
        verdict = scoring.FAIL if indicator.code in exam.fails else scoring.PASS
        disputed = indicator.code in exam.disputed
        own[indicator.pk] = Given(scoring.example(question(indicator), DISPUTED if disputed else verdict))
        value = scoring.example(question(indicator), verdict)
        verified[indicator.pk] = Given(value, WHY_DIFFERENT if disputed else None)
    return own, verified


def _chair(walk: Walk) -> Person:
    """The chair's account, opened when it is first needed."""
    if walk.chair is None:
        unit, at = walk.selected.group.unit, walk.course.planned
        assert at is not None
        staff = [NewPost(f"group-chair-{unit.path}", walk.selected.group.contact_name, "group_chair")]
        [post] = walk.doer.do(org.staff_office, by=walk.officer, office=unit, staff=staff, starts=at.date(), at=at)
        walk.chair = post.person
    return walk.chair


# --- 4.6 ------------------------------------------------------------------------------------


def plan(walk: Walk) -> None:
    """The plan from the indicators not passed: drafted, filled in, signed by both, lines done."""
    doer, told = walk.doer, walk.course.plan
    if told.drafted is None or not doer.happens(told.drafted):
        return
    draft = doer.do(plans.draft_plan, by=walk.officer, selected=walk.selected, at=told.drafted)
    lines = _fill(walk, draft, told.drafted)
    if told.chair and doer.happens(told.chair):
        on_paper = told.on_paper or walk.chair is None
        by = walk.officer if on_paper or walk.chair is None else walk.chair
        name = walk.selected.group.contact_name
        doer.do(plans.sign_as_chair, by=by, plan=draft, name=name, day=told.chair.date(), on_paper=on_paper, at=told.chair)
    if told.head and doer.happens(told.head):
        doer.do(plans.sign_as_head, by=walk.head, plan=draft, day=told.head.date(), at=told.head)
    for line, done in zip(lines, told.done, strict=False):
        if doer.happens(done):
            note = walk.dice.choice(["ประชุมกรรมการและบันทึกไว้แล้ว", "ทำเสร็จตามแผน มีรายงานการประชุม", "เริ่มใช้แล้วตั้งแต่วันส่งเงินสัจจะ"])
            doer.do(plans.mark_done, by=walk.chair or walk.officer, line=line, day=done.date(), note=note, at=done)


def _fill(walk: Walk, draft: Plan, at: datetime) -> list[PlanLine]:
    """Who does each line, when, with what money, and what will show success; a group that passed everything adds its own."""
    lines = list(PlanLine.objects.filter(plan=draft).order_by("position"))
    if not lines:
        own = Wanted("จัดให้กลุ่มเป็นแหล่งเรียนรู้ของตำบล", "คณะกรรมการ", date(2021, 7, 1), date(2021, 9, 30), 0, "", "มีผู้มาดูงาน 1 คณะ")
        return [walk.doer.do(plans.add_line, by=walk.officer, plan=draft, wanted=own, at=at)]
    filled = []
    for line in lines:
        month = walk.dice.randint(6, 8)
        money = walk.dice.choice([0, 0, 0, 500_00, 1000_00, 3000_00])
        wanted = Wanted(
            line.activity, walk.dice.choice(["ประธาน", "เลขานุการ", "เหรัญญิก", "ฝ่ายเงินกู้", "ฝ่ายตรวจสอบ"]),
            date(2021, month, 15), date(2021, month + 1, 30), money, "ทุนสาธารณประโยชน์ของกลุ่ม" if money else "", "มีหลักฐานให้ตรวจได้ในรอบหน้า",
        )  # fmt: skip
        filled.append((line, wanted))
    walk.doer.do(plans.fill_lines, by=walk.officer, plan=draft, wanted=filled, at=at)
    return lines


