"""One selected group's forum: planned, perhaps put off, attended, its pictures, its two assessments, held."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from random import Random
from typing import Final

from sajja.assessments import actions as assessments
from sajja.assessments import scoring
from sajja.assessments.actions import Given
from sajja.assessments.models import Assessment
from sajja.assessments.queries import question, told_by_books
from sajja.config.demonstration import names
from sajja.config.demonstration.course import STEPS, Course, Exam
from sajja.config.demonstration.doer import Telling
from sajja.config.demonstration.drawings import Drawing
from sajja.config.demonstration.names import Human
from sajja.config.demonstration.stage import Question, Stage
from sajja.forums import actions as forums
from sajja.forums.actions import NewAttendee, NewSitting
from sajja.forums.models import Forum
from sajja.groups import actions as groups
from sajja.org import actions as org
from sajja.org.actions import NewPost
from sajja.org.models import Person
from sajja.programme.models import SelectedGroup

OFFICES: Final = ("ประธาน", "รองประธาน", "เลขานุการ", "เหรัญญิก", *["กรรมการ"] * 6)
WHY_LATER: Final = (
    "พบผู้ติดเชื้อโควิด-19 ในหมู่บ้าน ต้องงดรวมกลุ่ม",
    "ตรงกับช่วงหว่านข้าว กรรมการมาไม่ครบ",
    "ฝนตกหนัก น้ำท่วมทางเข้าหมู่บ้าน",
)
WHY_NEVER: Final = "กลุ่มเลิกเก็บเงินสัจจะชั่วคราว กรรมการลาออกพร้อมกัน 3 คน"
WHY_NUMBER: Final = ("กรรมการติดธุระในวันจัด", "มีสมาชิกสนใจมาเพิ่ม", "จำกัดจำนวนคนตามมาตรการโควิด-19")
PARTICIPANTS: Final = 15  # of the letter; other numbers need a reason
WHY_PAPER: Final = ("ยังไม่มีคอมพิวเตอร์", "สัญญาณอินเทอร์เน็ตไม่ทั่วถึง", "ผู้ทำบัญชีถนัดสมุด ขอเรียนรู้ก่อน")
GUESTS: Final = ("ผู้ใหญ่บ้าน", "ครูอาสา", "กำนัน")
WHY_CORRECTED: Final = "บันทึกผิด ตรวจสมุดอีกครั้งแล้วพบว่าผ่าน"
WHY_NOT_THE_BOOKS: Final = "ดูสมุดและเอกสารของกลุ่มในเวทีแล้ว ต่างจากที่ลงบัญชีไว้"
WHY_DIFFERENT: Final = "ขอดูเอกสารแล้วยังไม่พบหลักฐาน"


@dataclass
class Walk:
    """A selected group on its course, with dice and a committee of its own; its chair's account and its forum once they are there."""

    stage: Stage
    selected: SelectedGroup
    course: Course
    dice: Random
    board: Sequence[Human]
    chair: Person | None = None
    held: Forum | None = None

    @property
    def path(self) -> str:
        """The path of the group's unit."""
        return self.selected.group.unit.path

    @property
    def officer(self) -> Person:
        """The district officer who works with the group."""
        return self.stage.who("district_officer", self.path[:4])


def forum(walk: Walk) -> Telling:
    """From the plan of the forum to its end."""
    course, doer, officer = walk.course, walk.stage.doer, walk.officer
    if course.planned is None:
        return
    yield course.planned
    planned = doer.do(forums.plan_forum, by=officer, selected=walk.selected, sittings=_sittings(walk, course.days))
    _admit_chair(walk)
    if course.postponed:
        yield course.postponed
        reason, order = walk.dice.choice(WHY_LATER), f"{walk.path[:4]}/{walk.dice.randint(100, 999)}"
        doer.do(forums.postpone_forum, by=officer, forum=planned, reason=reason, order_number=order)
        if not course.to_days:
            return
        yield course.postponed.replace(hour=course.postponed.hour + 1)
        doer.do(forums.replan_forum, by=officer, forum=planned, sittings=_sittings(walk, course.to_days), reason=reason)
    if course.cancelled:
        yield course.cancelled
        doer.do(forums.cancel_forum, by=officer, forum=planned, reason=WHY_NEVER)
    if course.steps:
        yield from _day(walk, planned)
    if course.held:
        yield course.held
        walk.held = doer.do(forums.hold_forum, by=officer, forum=planned)


def _day(walk: Walk, planned: Forum) -> Telling:
    """Who came; 4.2 from the group's own book; the program of the books; pictures; the steps, typed in together at the end."""
    course, doer, officer = walk.course, walk.stage.doer, walk.officer
    yield course.steps["4.1"]
    reason = "" if course.people == PARTICIPANTS else walk.dice.choice(WHY_NUMBER)
    doer.do(forums.record_attendance, by=officer, forum=planned, attendees=_people(walk), reason=reason)
    yield course.steps["4.2"]
    surplus = walk.dice.randint(20, 400) * 1000_00
    doer.do(
        groups.record_appropriation, by=officer, group=walk.selected.group, fiscal_year=2563, as_of=date(2020, 12, 31),
        surplus_satang=surplus, to_members_satang=surplus * 6 // 10, to_community_satang=surplus * 25 // 100,
    )  # fmt: skip
    if course.books:
        yield course.steps["4.5"]
        why = walk.dice.choice(WHY_PAPER) if course.books == "paper" else ""
        doer.do(forums.answer_bookkeeping, by=officer, forum=planned, answer=course.books, reason=why)
    yield max(course.steps.values())
    for one in _pictures(walk):
        doer.do(forums.add_photo, by=officer, forum=planned, kept=one.kept, step=one.step, caption=one.caption)
    alone = len(course.days) == 1
    steps = [(key, *STEPS[key]) if alone else (key, None, None) for key in course.steps]
    doer.do(forums.record_steps, by=officer, forum=planned, steps=steps)


def _admit_chair(walk: Walk) -> None:
    """An account for the chair, where the group answers for itself."""
    answers_itself = any(exam and exam.own for exam in (walk.course.governance, walk.course.ssg))
    if answers_itself and walk.chair is None:
        staff = [NewPost(f"group-chair-{walk.path}", walk.selected.group.contact_name, "group_chair")]
        office, starts = walk.selected.group.unit, walk.course.days[0]
        [post] = walk.stage.doer.do(org.staff_office, by=walk.officer, office=office, staff=staff, starts=starts)
        walk.chair = post.person


def _sittings(walk: Walk, days: Sequence[date]) -> list[NewSitting]:
    """From nine to four; of two sittings the first in the afternoon, the second in the morning."""
    village = walk.selected.group.name.removeprefix("กลุ่มออมทรัพย์")
    where = walk.dice.choice(["ศาลาประชาคม", "ที่ทำการกลุ่ม ", "ศาลาวัด", "ศูนย์เรียนรู้ชุมชน "]) + village
    hours = [(time(13), time(15, 30)), (time(9, 30), time(12))] if len(days) > 1 else [(time(9), time(16))]
    return [
        NewSitting(day, starts, where, ends, host=walk.officer, host_names=walk.officer.full_name)
        for day, (starts, ends) in zip(days, hours, strict=True)
    ]


def _people(walk: Walk) -> list[NewAttendee]:
    course = walk.course
    others = [who for who in names.company(walk.dice, 40) if who not in walk.board]
    members = [*walk.board, *others][: course.people]
    seats = [*OFFICES, *["สมาชิก"] * course.people]
    came = [NewAttendee(who.name, who.sex, seat) for who, seat in zip(members, seats, strict=False)]
    guests = [who for who in others if who not in members][: course.observers]
    return came + [NewAttendee(who.name, who.sex, walk.dice.choice(GUESTS), observer=True) for who in guests]


def _pictures(walk: Walk) -> list[Drawing]:
    """One of each step as far as they go, never the same twice."""
    steps = list(walk.course.steps)
    picked: list[Drawing] = []
    for n in range(walk.course.pictures):
        picked.append(walk.dice.choice([one for one in walk.stage.drawings[steps[n % len(steps)]] if one not in picked]))
    return picked


def governance(walk: Walk) -> Telling:
    """4.3."""
    return _assess(walk, "governance", walk.course.governance)


def ssg(walk: Walk) -> Telling:
    """4.4."""
    return _assess(walk, "ssg", walk.course.ssg)


def _assess(walk: Walk, slot: str, exam: Exam | None) -> Telling:
    """One assessment: begun, answered by the group, verified by the officer, confirmed."""
    if exam is None:
        return
    doer, officer = walk.stage.doer, walk.officer
    yield exam.began
    asked = walk.stage.questions[slot]
    begun = doer.do(
        assessments.start_assessment, by=officer, selected=walk.selected, version=asked.version, day=exam.began.date()
    )
    own, verified = answers(asked, exam)
    if exam.own:
        yield exam.own
        doer.do(assessments.save_answers, by=walk.chair, assessment=begun, answers=own, side="self")
    yield exam.verified
    verified = explained(begun, asked, verified)
    doer.do(assessments.save_answers, by=officer, assessment=begun, answers=verified, side="officer")
    if exam.confirmed:
        yield exam.confirmed
        begun = doer.do(assessments.confirm_assessment, by=officer, assessment=begun)
    if exam.corrected:
        yield exam.corrected
        new = doer.do(assessments.correct_assessment, by=officer, assessment=begun, reason=WHY_CORRECTED)
        mistaken = next(indicator for indicator in asked.indicators if indicator.code in exam.fails)
        passed = Given(scoring.example(question(mistaken), scoring.PASS), WHY_CORRECTED)
        doer.do(assessments.save_answers, by=officer, assessment=new, answers={mistaken.pk: passed}, side="officer")
        doer.do(assessments.confirm_assessment, by=officer, assessment=new)


def explained(begun: Assessment, asked: Question, verified: dict[int, Given]) -> dict[int, Given]:
    """Where the officer says other than the group's books, why."""
    told = told_by_books(begun, asked.indicators)
    differ = {
        one.pk for one in asked.indicators
        if one.pk in told and one.pk in verified and scoring.differs(question(one), told[one.pk]["suggested"], verified[one.pk].value)
    }  # fmt: skip
    return {pk: Given(one.value, one.reason or WHY_NOT_THE_BOOKS) if pk in differ else one for pk, one in verified.items()}


def answers(asked: Question, exam: Exam) -> tuple[dict[int, Given], dict[int, Given]]:
    """What the group says of itself and what the officer says; a dispute carries the officer's reason."""
    own, verified = {}, {}
    for indicator in asked.indicators[: exam.answered]:
        verdict = scoring.FAIL if indicator.code in exam.fails else scoring.PASS
        disputed = indicator.code in exam.disputed
        own[indicator.pk] = Given(scoring.example(question(indicator), scoring.PASS if disputed else verdict))
        verified[indicator.pk] = Given(scoring.example(question(indicator), verdict), WHY_DIFFERENT if disputed else None)
    return own, verified
