"""4.6: the group's plan, from the indicators not passed to the lines that were done."""

from datetime import date, datetime
from typing import Final

from sajja.config.demonstration.doer import Telling
from sajja.config.demonstration.forum_day import Walk
from sajja.plans import actions as plans
from sajja.plans.actions import Wanted
from sajja.plans.models import Plan, PlanLine

OWNERS: Final = ("ประธาน", "เลขานุการ", "เหรัญญิก", "ฝ่ายส่งเสริม", "ฝ่ายเงินกู้", "ฝ่ายตรวจสอบ")
MONEY: Final = (0, 0, 0, 500_00, 1000_00, 3000_00)
SOURCE: Final = "ทุนสาธารณประโยชน์ของกลุ่ม"
SUCCESS: Final = "มีหลักฐานให้ตรวจได้ในการประเมินครั้งหน้า"
DONE: Final = (
    "ประชุมกรรมการและบันทึกไว้แล้ว",
    "ทำเสร็จตามแผน มีรายงานการประชุม",
    "เริ่มใช้แล้วตั้งแต่วันส่งเงินสัจจะ",
)
OWN: Final = Wanted("จัดให้กลุ่มเป็นแหล่งเรียนรู้ของตำบล", "ประธาน", date(2021, 7, 1), date(2021, 9, 30), 0, "", "มีผู้มาดูงาน 1 คณะ")


def plan(walk: Walk) -> Telling:
    """Drafted and filled in, signed by the chair and the head, then carried out line by line."""
    told, doer = walk.course.plan, walk.stage.doer
    if told.drafted is None:
        return
    yield told.drafted
    draft = doer.do(plans.draft_plan, by=walk.officer, selected=walk.selected)
    lines = _fill(walk, draft)
    if told.chair is None:
        return
    yield told.chair
    _sign_as_chair(walk, draft, told.chair)
    if told.head is None:
        return
    yield told.head
    doer.do(plans.sign_as_head, by=walk.stage.who("district_head", walk.path[:4]), plan=draft, day=told.head.date())
    for line, done in zip(lines, told.done, strict=False):
        yield done
        doer.do(plans.mark_done, by=walk.chair or walk.officer, line=line, day=done.date(), note=walk.dice.choice(DONE))


def _sign_as_chair(walk: Walk, draft: Plan, at: datetime) -> None:
    """With an account of his own, or on paper as the officer records it."""
    on_paper = walk.course.plan.on_paper or walk.chair is None
    by = walk.officer if on_paper else walk.chair
    name = walk.selected.group.contact_name
    walk.stage.doer.do(plans.sign_as_chair, by=by, plan=draft, name=name, day=at.date(), on_paper=on_paper)


def _fill(walk: Walk, draft: Plan) -> list[PlanLine]:
    """Who does each line, when, with what money; a group that passed everything adds a line of its own."""
    lines = list(PlanLine.objects.filter(plan=draft).order_by("position"))
    if not lines:
        return [walk.stage.doer.do(plans.add_line, by=walk.officer, plan=draft, wanted=OWN)]
    wanted = [(line, _wanted(walk, line.activity)) for line in lines]
    walk.stage.doer.do(plans.fill_lines, by=walk.officer, plan=draft, wanted=wanted)
    return lines


def _wanted(walk: Walk, activity: str) -> Wanted:
    month, money = walk.dice.randint(6, 8), walk.dice.choice(MONEY)
    starts, ends = date(2021, month, 15), date(2021, month + 1, 30)
    return Wanted(activity, walk.dice.choice(OWNERS), starts, ends, money, SOURCE if money else "", SUCCESS)
