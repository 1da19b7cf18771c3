"""The year, the instruments, the register and the lists of every province, through their actions."""

from collections.abc import Sequence
from datetime import date, timedelta
from importlib.resources import files
from typing import Final

from django.db.models import QuerySet

from sajja.assessments import actions as assessments
from sajja.assessments import instrument_file
from sajja.assessments.queries import indicators_of
from sajja.config.demonstration import books, forum_day, names, offices, plan_writing, reporting
from sajja.config.demonstration.course import moment, some_time
from sajja.config.demonstration.doer import Telling
from sajja.config.demonstration.names import Human
from sajja.config.demonstration.province import GroupStory, ProvinceStory, dice_for
from sajja.config.demonstration.stage import Question, Stage
from sajja.config.demonstration.training import IN_THE_MIDDLE, PROVINCE
from sajja.groups import actions as groups
from sajja.groups.actions import NewCommitteeMember, NewGroup, NewRegulation
from sajja.groups.models import SavingsGroup
from sajja.org import actions as org
from sajja.org.actions import NewVillage
from sajja.org.models import Unit
from sajja.privacy import actions as privacy
from sajja.programme import actions as programme
from sajja.programme import terms
from sajja.programme.models import Circular, SelectedGroup
from sajja.programme.queries import standing

REGISTERED: Final = moment(date(2020, 11, 16), 10)
JOINED: Final = moment(date(2020, 12, 1), 9)
LOADED: Final = moment(date(2021, 3, 29), 10)
PUBLISHED: Final = moment(date(2021, 4, 1), 14)
OPENED: Final = moment(date(2021, 4, 16), 9)
CIRCULATED: Final = moment(date(2021, 4, 16), 10)
FORGOTTEN: Final = 0.04
CIRCULAR: Final = (
    "ให้จังหวัดแจ้งอำเภอคัดเลือกกลุ่มระดับ 3 จัดเวทีกลุ่มละ 15 คน ประเมินธรรมาภิบาลและ SSG ทำแผนการพัฒนากลุ่ม "
    "อำเภอรายงานจังหวัดภายใน 1 สัปดาห์ จังหวัดรายงานกรมฯ ภายในวันที่ 15 มิถุนายน 2564 พร้อมรูป (สาระโดยย่อ)"
)
ELECTED: Final = date(2020, 1, 15)
TERM_ENDS: Final = date(2022, 1, 14)
SEATS: Final = (
    ("directing", "chair"), ("directing", "vice"), ("directing", "secretary"), ("directing", "treasurer"), ("promotion", "member"),
    ("promotion", "member"), ("loans", "member"), ("loans", "member"), ("audit", "member"), ("audit", "member"),
)  # fmt: skip
HEADS: Final = (("ทุนสำรอง", 1500), ("เงินปันผล", 5000), ("เฉลี่ยคืน", 1000), ("สวัสดิการ", 1500), ("สาธารณประโยชน์", 1000))


def department(stage: Stage) -> Telling:
    """The demo instruments are loaded and, by another, published; then the letter comes and its year is opened."""
    yield LOADED
    doer, officer = stage.doer, stage.who("department_officer")
    for slot in ("governance", "ssg"):
        source = files("sajja.assessments").joinpath("instruments", f"{slot}-2564.toml").read_text(encoding="utf-8")
        version = doer.do(assessments.load_instrument, by=officer, data=instrument_file.parse(source))
        stage.questions[slot] = Question(version, indicators_of(version))
    yield PUBLISHED
    for question in stage.questions.values():
        question.version = doer.do(assessments.publish_version, by=stage.who("department_admin"), version=question.version)
    yield OPENED
    letter = files("sajja.programme").joinpath("years", "2564.toml").read_text(encoding="utf-8")
    stage.opened = doer.do(programme.open_year, by=officer, terms_mapping=terms.load(letter))
    yield from circular(stage)


def circular(stage: Stage) -> Telling:
    """The letter goes round; most offices say within days that they know it, a few not yet."""
    yield CIRCULATED
    made = stage.doer.do(
        programme.issue_circular, by=stage.who("department_officer"), year=stage.year, number="มท 0407.5/ว 335",
        dated=date(2021, 4, 13), needs_by=date(2021, 5, 7), words=CIRCULAR,
        subject="แนวทางพัฒนาศักยภาพกลุ่มออมทรัพย์เพื่อการผลิตสู่มาตรฐาน SMART Saving Group",
    )  # fmt: skip
    for role, path in sorted(one for one in stage.people if one[0] in {"province_officer", "district_officer"}):
        stage.doer.begin(known(stage, made, role, path))


def breach(stage: Stage) -> Telling:
    """A list of a forum lay open where others could read it; its 72 hours run on the day that is shown."""
    yield moment(date(2021, 6, 9), 14)
    stage.doer.do(
        privacy.record_breach, by=stage.who("department_admin"), known_at=moment(date(2021, 6, 9), 11), people=15, risk="some",
        what="บัญชีลายมือชื่อของเวทีหนึ่งวางทิ้งไว้ที่ร้านถ่ายเอกสาร มีผู้พบแล้วนำมาคืน", whose="ชื่อและลายมือชื่อผู้เข้าร่วมเวที (ตัวอย่าง)",
        measures="รับคืนแล้ว ตรวจว่าครบทุกแผ่น ย้ำให้ถ่ายเอกสารที่สำนักงาน",
    )  # fmt: skip


def known(stage: Stage, made: Circular, role: str, path: str) -> Telling:
    """One office acknowledges it, or has not come to it."""
    dice = dice_for(path, "circular")
    if dice.random() < FORGOTTEN:
        return
    yield some_time(dice, date(2021, 4, 19) + timedelta(days=int(dice.expovariate(1 / 5))))
    unit = Unit.objects.get(path=path)
    stage.doer.do(programme.acknowledge_circular, by=stage.who(role, path), circular=made, unit=unit)


def province(stage: Stage, unit: Unit, story: ProvinceStory) -> Telling:
    """The register; districts propose, the head confirms, and the groups begin; some places change hands."""
    yield REGISTERED
    boards = committees(story)
    groups_ = register(stage, unit, story, boards)
    days = collecting_days(story)
    for n in books.keepers(story, stage.books):
        stage.doer.begin(books.keep_book(stage, groups_[n], n, boards[n], days[n]))
    if story.path == PROVINCE:
        yield JOINED
        offices.committee(stage, groups_[IN_THE_MIDDLE].unit)
    for at, path in sorted((story.proposed_at[path], path) for path in story.districts):
        yield at
        wanted = [(groups_[n], None, "") for n in story.proposed[path]]
        stage.doer.do(programme.propose_groups, by=stage.who("district_officer", path), year=stage.year, groups=wanted)
    yield story.confirmed_at
    stage.doer.do(
        programme.confirm_list, by=stage.who("province_head", story.path), year=stage.year, province=unit,
        chosen=[groups_[n] for n in story.chosen],
        passed_over={groups_[n].pk: reason for n, reason in story.passed_over.items()},
    )  # fmt: skip
    index = {group.pk: n for n, group in enumerate(groups_)}
    holding = {index[row.group_id]: row for row in _standing(stage, story)}
    for n, selected in holding.items():
        if n in story.courses:
            _set_out(stage, story, n, selected, boards[n])
    stage.doer.begin(reporting.report_province(stage, unit, story))
    for change in story.replaced:
        yield change.at
        taken = stage.doer.do(
            programme.replace_group, by=stage.who("province_head", story.path), selected=holding[change.old],
            new_group=groups_[change.new], reason=change.reason,
        )  # fmt: skip
        _set_out(stage, story, change.new, taken, boards[change.new])


def _standing(stage: Stage, story: ProvinceStory) -> QuerySet[SelectedGroup]:
    return standing(stage.year).filter(place__list__province__path=story.path).select_related("group__unit", "year")


def _set_out(stage: Stage, story: ProvinceStory, n: int, selected: SelectedGroup, board: Sequence[Human]) -> None:
    """The group sets out; its chair has an account already where the group keeps its books here."""
    chair = stage.people.get(("group_chair", selected.group.unit.path))
    walk = forum_day.Walk(stage, selected, story.courses[n], dice_for(story.path, f"walk-{n}"), board, chair)
    for telling in (forum_day.forum, forum_day.governance, forum_day.ssg, plan_writing.plan, reporting.report):
        stage.doer.begin(telling(walk))


def committees(story: ProvinceStory) -> list[list[Human]]:
    """The ten of each group's committee, in the order of SEATS; the demo accounts sit in theirs."""
    dice = dice_for(story.path, "committees")
    boards = [names.company(dice, len(SEATS)) for _group in story.groups]
    if story.path == PROVINCE:
        boards[IN_THE_MIDDLE] = _seated(boards[IN_THE_MIDDLE], names.company(dice, 40))
    return boards


def register(stage: Stage, unit: Unit, story: ProvinceStory, boards: Sequence[Sequence[Human]]) -> list[SavingsGroup]:
    """The province's villages and groups with levels, centres, rules and committees, as its officer registers them."""
    doer, officer = stage.doer, stage.who("province_officer", unit.path)
    villages = [NewVillage(group.village_code, group.village) for group in story.groups]
    doer.do(org.add_villages, by=officer, office=unit, villages=villages)
    days, dice = collecting_days(story), dice_for(story.path, "rules")
    rows = [_row(group, board[0].name) for group, board in zip(story.groups, boards, strict=True)]
    made = doer.do(groups.register_groups, by=officer, rows=rows, about=unit)
    known = [n for n, group in enumerate(story.groups) if group.level == 3]
    elected = [
        (made[n], [NewCommitteeMember(who.name, who.sex, *seat) for who, seat in zip(boards[n], SEATS, strict=True)])
        for n in known
    ]
    doer.do(groups.elect_committees, by=officer, committees=elected, starts=ELECTED, ends=TERM_ENDS)
    rules = [(made[n], _rules(days[n], dice.choice([900, 1000, 1200]))) for n in known]
    doer.do(groups.add_regulations, by=officer, regulations=rules)
    return made


def _seated(board: Sequence[Human], others: Sequence[Human]) -> list[Human]:
    """The demo accounts in their seats; whoever else has one of their names gives way to another."""
    taken = {who.name for who in (*offices.SEATED.values(), *board)}
    free = (who for who in others if who.name not in taken)
    demo = {who.name for who in offices.SEATED.values()}
    return [offices.SEATED.get(seat) or (next(free) if who.name in demo else who) for seat, who in enumerate(board)]


def collecting_days(story: ProvinceStory) -> list[int]:
    """The day of the month on which each group collects; the demo committee's group on the day shown."""
    dice = dice_for(story.path, "collecting days")
    days = [dice.choice([5, 10, 15, 20]) for _group in story.groups]
    if story.path == PROVINCE:
        days[IN_THE_MIDDLE] = 10
    return days


def _row(group: GroupStory, chair: str) -> NewGroup:
    centre = f"ศูนย์จัดการกองทุนชุมชน{group.village}" if group.centre else ""
    return NewGroup(
        group.village_code, group.name, group.code, group.founded_on, chair, "", group.level, 2563 if group.level == 2 else 2564,
        "ผลการจัดระดับการพัฒนากลุ่ม (สาธิต)", centre, group.centre, f"คำสั่งจัดตั้งศูนย์ พ.ศ. {group.centre} (สาธิต)" if centre else "",
    )  # fmt: skip


def _rules(collecting_day: int, interest_bp: int) -> NewRegulation:
    return NewRegulation(date(2019, 1, 1), 50_00, 1, 20, collecting_day, interest_bp, 200, 1, "", HEADS)
