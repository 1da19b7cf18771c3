"""นครพนม, the training province: groups at every step, so that a new officer finds each thing to do once. Pure."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Final

from sajja.config.demonstration.course import GOVERNANCE, SSG, Course, Exam, Planning, Reporting, exam, moment
from sajja.config.demonstration.province import Area, GroupStory, ProvinceStory, Replacement, dice_for, tell_province

PROVINCE: Final = "48"
DISTRICT: Final = "4805"  # ธาตุพนม
SIBLING: Final = "4807"  # นาแก
NO_FORUM, TODAY, POSTPONED, IN_THE_MIDDLE, NO_PLAN, DRAFTED, ONE_SIGNATURE, CARRYING_OUT, SIGNED, REPLACING = range(10)
PROPOSED, REPLACED, NOT_PROPOSED = 10, 11, 12
"""Where the first groups of the register stand on 10 June 2564; NO_FORUM to REPLACING hold the ten places then."""
FOUNDERS: Final = (TODAY, POSTPONED, NO_PLAN, ONE_SIGNATURE, CARRYING_OUT, SIGNED)
SUBDISTRICTS: Final = {
    NO_FORUM: "480509", TODAY: "480508", POSTPONED: "480506", IN_THE_MIDDLE: "480501", NO_PLAN: "480503", DRAFTED: "480504",
    ONE_SIGNATURE: "480505", CARRYING_OUT: "480507", PROPOSED: "480511", NOT_PROPOSED: "480510",
}  # fmt: skip
CONFIRMED: Final = moment(date(2021, 4, 27), 14)
PLANNED: Final = moment(date(2021, 4, 28), 10)
REPLACED_AT: Final = moment(date(2021, 5, 6), 10)
LIST: Final = (NO_FORUM, TODAY, POSTPONED, IN_THE_MIDDLE, NO_PLAN, DRAFTED, ONE_SIGNATURE, CARRYING_OUT, SIGNED, REPLACED)


def tell_training(area: Area) -> ProvinceStory:
    """The province's story, its first groups put where they are needed and their courses told by hand."""
    told = tell_province(area)
    groups = [*(_put(group, n, area) for n, group in enumerate(told.groups[:13])), *map(_elsewhere, told.groups[13:])]
    everyone = (*LIST, PROPOSED, REPLACING)
    return replace(
        told, districts=[DISTRICT, SIBLING], groups=_numbered(groups), chosen=LIST, confirmed_at=CONFIRMED,
        proposed={path: [n for n in everyone if groups[n].district == path] for path in (DISTRICT, SIBLING)},
        proposed_at={DISTRICT: moment(date(2021, 4, 21), 10), SIBLING: moment(date(2021, 4, 22), 13)},
        passed_over={}, courses=courses(dice_for(PROVINCE, "training")),
        replaced=[Replacement(REPLACED, REPLACING, REPLACED_AT, "กลุ่มเลิกเก็บเงินสัจจะชั่วคราว กรรมการลาออกพร้อมกัน 3 คน")],
        reported_at=None, recorded_at=None,
    )  # fmt: skip


def _put(group: GroupStory, n: int, area: Area) -> GroupStory:
    subdistricts = [SUBDISTRICTS[n]] if n in SUBDISTRICTS else area.districts[SIBLING][n % 4 : n % 4 + 1]
    return replace(group, village_code=f"{subdistricts[0]}{n + 1:02}", level=3, centre=2557 + n % 5 if n in FOUNDERS else None)


def _elsewhere(group: GroupStory) -> GroupStory:
    """No other group of rule 1, so that nobody was passed over; villages of their own."""
    centre = group.centre if group.level != 3 else None
    return replace(group, village_code=f"{group.village_code[:6]}{int(group.village_code[6:]) + 20:02}", centre=centre)


def _numbered(groups: list[GroupStory]) -> list[GroupStory]:
    numbers: dict[str, int] = {}
    for group in groups:
        numbers[group.district] = numbers.get(group.district, 0) + 1
    found = dict.fromkeys(numbers, 0)
    made = []
    for group in groups:
        found[group.district] += 1
        made.append(replace(group, code=f"{group.district}-{found[group.district]:03}"))
    return made


def courses(dice: Random) -> dict[int, Course]:
    """The ten courses, as their names say, and the cancelled one of the group that gave its place up."""
    return {
        NO_FORUM: Course(),
        TODAY: Course(planned=_on(6, 1, 9), days=(date(2021, 6, 10),)),
        POSTPONED: Course(planned=_on(5, 12, 10), days=(date(2021, 5, 27),), postponed=_on(5, 25, 14)),
        IN_THE_MIDDLE: _in_the_middle(dice),
        NO_PLAN: _held(dice, date(2021, 5, 28), Planning(), Reporting(), pictures=1),
        DRAFTED: _held(dice, date(2021, 5, 25), Planning(_on(5, 25, 15)), Reporting(_on(6, 7, 11))),
        ONE_SIGNATURE: _held(
            dice, date(2021, 5, 20), Planning(_on(5, 20, 15), _on(5, 21, 9)),
            Reporting(_on(5, 25, 10), _on(6, 2, 14)), pictures=2,
        ),
        CARRYING_OUT: _held(
            dice, date(2021, 5, 6), Planning(_on(5, 6, 15), _on(5, 6, 16), False, _on(5, 10, 9), (_on(5, 21, 10), _on(6, 4, 15))),
            Reporting(_on(5, 11, 9), accepted=_on(5, 14, 13)), pictures=5,
        ),
        SIGNED: _corrected(_held(
            dice, date(2021, 5, 13), Planning(_on(5, 13, 15), _on(5, 13, 16), True, _on(5, 19, 10)),
            Reporting(_on(5, 18, 10), accepted=_on(5, 20, 11)),
        ), _on(5, 13, 12)),
        REPLACED: Course(planned=_on(4, 30, 10), days=(date(2021, 5, 12),), cancelled=_on(5, 5, 15)),
        REPLACING: _held(
            dice, date(2021, 5, 18), Planning(_on(5, 18, 15), _on(5, 19, 10), True, _on(5, 20, 9), (_on(6, 8, 10),)),
            Reporting(_on(5, 20, 13), _on(5, 24, 9), _on(5, 25, 14), _on(5, 28, 10)), pictures=4,
        ),
    }  # fmt: skip


def _on(month: int, day: int, hour: int) -> datetime:
    return moment(date(2021, month, day), hour, 20)


def _in_the_middle(dice: Random) -> Course:
    """Two sittings: yesterday as far as half of 4.3, today the rest."""
    yesterday = date(2021, 6, 9)
    began = exam(dice, yesterday, 14, GOVERNANCE, 1.0, finished=False)
    half = Exam(began.began, began.own, began.verified, None, began.fails, began.disputed, answered=11)
    return Course(
        planned=_on(5, 31, 10), days=(yesterday, date(2021, 6, 10)), pictures=2, governance=half,
        steps={"4.1": moment(yesterday, 13, 20), "4.2": moment(yesterday, 14, 5)},
    )  # fmt: skip


def _corrected(course: Course, at: datetime) -> Course:
    """The first result was read back to the forum, and one answer of it was mistaken."""
    assert course.governance
    return replace(course, governance=replace(course.governance, corrected=at))


def _held(dice: Random, day: date, plan: Planning, report: Reporting, pictures: int = 3) -> Course:
    """Planned once the list stands; the group that took a place over, after it did."""
    step_keys = ("4.1", "4.2", "4.3", "4.4", "4.5", *(["4.6"] if plan.drafted else []))
    hours = {"4.1": (9, 20), "4.2": (10, 10), "4.3": (12, 0), "4.4": (14, 45), "4.5": (14, 55), "4.6": (16, 0)}
    return Course(
        planned=max(PLANNED, moment(day - timedelta(days=10), 10)), days=(day,), people=15, observers=2,
        steps={key: moment(day, *hours[key]) for key in step_keys},
        governance=exam(dice, day, 10, GOVERNANCE, 1.0, finished=True), ssg=exam(dice, day, 13, SSG, 1.0, finished=True),
        books="department", pictures=pictures, held=moment(day, 16, 40), plan=plan, report=report,
    )  # fmt: skip
