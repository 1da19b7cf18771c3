"""The year, the instruments, the register and the lists of every province, through their actions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Final

from sajja.assessments import actions as assessments
from sajja.assessments import instrument_file
from sajja.assessments.models import Indicator, InstrumentVersion
from sajja.assessments.queries import indicators_of
from sajja.config.demonstration import names
from sajja.config.demonstration.course import moment
from sajja.config.demonstration.doer import Doer
from sajja.config.demonstration.offices import Offices
from sajja.config.demonstration.province import GroupStory, ProvinceStory, dice_for
from sajja.groups import actions as groups
from sajja.groups.actions import NewCommitteeMember, NewGroup, NewRegulation
from sajja.groups.models import SavingsGroup
from sajja.org import actions as org
from sajja.org.actions import NewVillage
from sajja.org.models import Unit
from sajja.programme import actions as programme
from sajja.programme import terms
from sajja.programme.models import ProgrammeYear, SelectedGroup
from sajja.programme.queries import standing

LOADED: Final = moment(date(2021, 3, 29), 10)
PUBLISHED: Final = moment(date(2021, 4, 1), 14)
OPENED: Final = moment(date(2021, 4, 16), 9)
REGISTERED: Final = moment(date(2020, 11, 16), 10)
ELECTED: Final = date(2020, 1, 15)
TERM_ENDS: Final = date(2022, 1, 14)
SEATS: Final = (
    ("directing", "chair"), ("directing", "vice"), ("directing", "secretary"), ("directing", "treasurer"), ("promotion", "member"),
    ("promotion", "member"), ("loans", "member"), ("loans", "member"), ("audit", "member"), ("audit", "member"),
)  # fmt: skip
HEADS: Final = (("ทุนสำรอง", 1500), ("เงินปันผล", 5000), ("เฉลี่ยคืน", 1000), ("สวัสดิการ", 1500), ("สาธารณประโยชน์", 1000))


@dataclass(frozen=True)
class Question:
    """An instrument in force, with its indicators in order."""

    version: InstrumentVersion
    indicators: Sequence[Indicator]


@dataclass(frozen=True)
class Listed:
    """A province once its list stands: its groups by their index in the story, and who of them hold places."""

    story: ProvinceStory
    groups: Sequence[SavingsGroup]
    selected: Mapping[int, SelectedGroup]


def publish_instruments(doer: Doer, offices: Offices) -> dict[str, Question]:
    """Slot → the demo instrument, loaded by the officer and published by the administrator."""
    found = {}
    for slot in ("governance", "ssg"):
        source = files("sajja.assessments").joinpath("instruments", f"{slot}-2564.toml").read_text(encoding="utf-8")
        version = doer.do(
            assessments.load_instrument, by=offices.who("department_officer"), data=instrument_file.parse(source), at=LOADED
        )
        if doer.happens(PUBLISHED):
            version = doer.do(assessments.publish_version, by=offices.who("department_admin"), version=version, at=PUBLISHED)
        found[slot] = Question(version, indicators_of(version))
    return found


def open_year(doer: Doer, offices: Offices) -> ProgrammeYear | None:
    """The letter's year; None where the day shown lies before the letter."""
    if not doer.happens(OPENED):
        return None
    letter = files("sajja.programme").joinpath("years", "2564.toml").read_text(encoding="utf-8")
    return doer.do(programme.open_year, by=offices.who("department_officer"), terms_mapping=terms.load(letter), at=OPENED)


def register(doer: Doer, offices: Offices, province: Unit, story: ProvinceStory) -> list[SavingsGroup]:
    """The province's villages and groups with levels, centres, rules and committees, as its officer registers them."""
    officer = offices.who("province_officer", province.path)
    villages = [NewVillage(group.village_code, group.village) for group in story.groups]
    doer.do(org.add_villages, by=officer, office=province, villages=villages, at=REGISTERED)
    dice = dice_for(story.path, "committees")
    boards = [names.company(dice, 10) for _group in story.groups]
    rows = [_row(group, board[0].name) for group, board in zip(story.groups, boards, strict=True)]
    made = doer.do(groups.register_groups, by=officer, rows=rows, about=province, at=REGISTERED)
    part = [n for n, group in enumerate(story.groups) if group.level == 3]
    committees = [
        (made[n], [NewCommitteeMember(who.name, who.sex, *seat) for who, seat in zip(boards[n], SEATS, strict=True)]) for n in part
    ]
    doer.do(groups.elect_committees, by=officer, committees=committees, starts=ELECTED, ends=TERM_ENDS, at=REGISTERED)
    rules = [(made[n], _rules(dice.choice([5, 10, 15, 20]), dice.choice([900, 1000, 1200]))) for n in part]
    doer.do(groups.add_regulations, by=officer, regulations=rules, at=REGISTERED)
    return made


def _row(group: GroupStory, chair: str) -> NewGroup:
    centre = group.centre and f"ศูนย์จัดการกองทุนชุมชน{group.village}"
    return NewGroup(
        group.village_code, group.name, group.code, group.founded_on, chair, "", group.level, 2563 if group.level == 2 else 2564,
        "ผลการจัดระดับการพัฒนากลุ่ม (สาธิต)", centre or "", group.centre,
        f"คำสั่งจัดตั้งศูนย์ พ.ศ. {group.centre} (สาธิต)" if centre else "",
    )  # fmt: skip


def _rules(collecting_day: int, interest_bp: int) -> NewRegulation:
    return NewRegulation(date(2019, 1, 1), 5000, 1, 20, collecting_day, interest_bp, 200, 1, "", HEADS)


def select(doer: Doer, offices: Offices, year: ProgrammeYear, province: Unit, listed: Listed) -> Listed:
    """Districts propose, the head confirms, some places change hands; as far as the day shown."""
    story, made = listed.story, listed.groups
    for path, proposed in story.proposed.items():
        if proposed and doer.happens(story.proposed_at[path]):
            wanted = [(made[n], None, "") for n in proposed]
            officer = offices.who("district_officer", path)
            doer.do(programme.propose_groups, by=officer, year=year, groups=wanted, at=story.proposed_at[path])
    if not doer.happens(story.confirmed_at):
        return listed
    head = offices.who("province_head", province.path)
    doer.do(
        programme.confirm_list, by=head, year=year, province=province, at=story.confirmed_at,
        chosen=[made[n] for n in story.chosen],
        passed_over={made[n].pk: reason for n, reason in story.passed_over.items()},
    )  # fmt: skip
    return _after_changes(doer, offices, year, listed)


def _after_changes(doer: Doer, offices: Offices, year: ProgrammeYear, listed: Listed) -> Listed:
    story, made = listed.story, listed.groups
    index = {group.pk: n for n, group in enumerate(made)}

    def holding() -> dict[int, SelectedGroup]:
        rows = standing(year).filter(place__list__province__path=story.path).select_related("group__unit", "year", "place__list")
        return {index[row.group_id]: row for row in rows}

    selected = holding()
    for change in story.replaced:
        if doer.happens(change.at):
            doer.do(
                programme.replace_group, by=offices.who("province_head", story.path), selected=selected[change.old],
                new_group=made[change.new], reason=change.reason, at=change.at,
            )  # fmt: skip
            selected = holding()
    return Listed(story, made, selected)


def review(doer: Doer, offices: Offices, listed: Listed, n: int) -> None:
    """4.2: the last sharing of the surplus, typed from the group's own book at the forum."""
    course, group = listed.story.courses[n], listed.groups[n]
    at = course.steps.get("4.2")
    if at is None or not doer.happens(at):
        return
    dice = dice_for(listed.story.path, f"surplus-{n}")
    surplus = dice.randint(20, 400) * 1000_00
    doer.do(
        groups.record_appropriation, by=offices.who("district_officer", group.unit.path[:4]), group=group, fiscal_year=2563,
        as_of=date(2020, 12, 31), surplus_satang=surplus, to_members_satang=surplus * 6 // 10,
        to_community_satang=surplus * 25 // 100, at=at,
    )  # fmt: skip


