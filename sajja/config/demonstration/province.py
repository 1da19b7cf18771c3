"""The story of one province: its groups, which districts take part, who is proposed and chosen. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Final

from sajja.config.demonstration import names
from sajja.config.demonstration.course import Course, Pace, some_time, tell

SEED: Final = 2564
PLACES: Final = 10
TAKING_PART: Final = 0.72
LETTER_CAME: Final = date(2021, 4, 19)
REASONS: Final = (
    "กลุ่มขอพักไว้ปีหน้า เพราะกรรมการชุดใหม่เพิ่งเริ่มวาระ",
    "หมู่บ้านอยู่ในพื้นที่ควบคุมโควิด-19 จัดเวทีไม่ได้",
    "กลุ่มเข้าร่วมกิจกรรมลักษณะเดียวกันเมื่อปีก่อนแล้ว",
)


@dataclass(frozen=True)
class Area:
    """The official places of a province that the story happens in: district path → paths of its subdistricts."""

    path: str
    districts: Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class GroupStory:
    """A group as the register has it. `centre` is the year (B.E.) of the fund centre it led the founding of."""

    village_code: str
    village: str
    code: str
    founded_on: date
    level: int | None
    centre: int | None

    @property
    def name(self) -> str:
        """กลุ่มออมทรัพย์บ้านโนนสวรรค์."""
        return names.group(self.village)

    @property
    def district(self) -> str:
        """The path of its district."""
        return self.village_code[:4]

    @property
    def rule(self) -> int | None:
        """Which rule of the letter admits it."""
        if self.level != 3:
            return None
        return 1 if self.centre else 2


@dataclass(frozen=True)
class Replacement:
    """That a chosen group gave its place to another: both by their index."""

    old: int
    new: int
    at: datetime
    reason: str


@dataclass(frozen=True)
class ProvinceStory:
    """A province's year. `groups` in the order of the register; a course for each chosen group by its index."""

    path: str
    pace: Pace
    districts: Sequence[str]
    groups: Sequence[GroupStory]
    proposed: Mapping[str, Sequence[int]]
    proposed_at: Mapping[str, datetime]
    chosen: Sequence[int]
    passed_over: Mapping[int, str]
    confirmed_at: datetime
    courses: Mapping[int, Course]
    reported_at: datetime | None
    recorded_at: datetime | None
    replaced: Sequence[Replacement] = ()


def dice_for(province: str, what: str) -> Random:
    """The same dice for the same province, whatever else is told."""
    return Random(f"{SEED}-{province}-{what}")  # nosec B311


def tell_province(area: Area) -> ProvinceStory:
    """The story of a province as the dice fall."""
    dice = dice_for(area.path, "register")
    pace = Pace.of(dice)
    districts = taking_part(dice, area)
    groups = register(dice, area, districts)
    chosen, more = choose(dice, groups, districts)
    proposed = {path: [n for n in (*chosen, *more) if groups[n].district == path] for path in districts}
    proposed_at = {path: some_time(dice, LETTER_CAME + timedelta(days=dice.randint(0, 4))) for path in districts}
    confirmed_at = some_time(dice, max(proposed_at.values()).date() + timedelta(days=dice.randint(1, 5)))
    ways = dice_for(area.path, "courses")
    reported_at, recorded_at = province_report(ways, pace)
    return ProvinceStory(
        area.path, pace, [path for path in districts if proposed[path]], groups, proposed, proposed_at, chosen,
        passed_over(dice, groups, chosen), confirmed_at, {n: tell(ways, pace, confirmed_at) for n in chosen},
        reported_at, recorded_at,
    )  # fmt: skip


def taking_part(dice: Random, area: Area) -> list[str]:
    """Three to six districts of the province, by their paths."""
    every = [path for path, subdistricts in area.districts.items() if subdistricts]
    return sorted(dice.sample(every, min(len(every), dice.randint(3, 6))))


def register(dice: Random, area: Area, districts: Sequence[str]) -> list[GroupStory]:
    """Some forty groups, each in a village of its own; enough of level 3 in the districts that take part."""
    number = dice.randint(34, 46)
    others = [path for path in area.districts if path not in districts] or list(districts)
    villages = names.villages(dice, area.path, number)
    numbers: dict[str, int] = {}
    taken: set[str] = set()
    made = []
    for n, village in enumerate(villages):
        district = dice.choice(districts if n < 16 or dice.random() < TAKING_PART else others)
        numbers[district] = numbers.get(district, 0) + 1
        level = 3 if n < 14 else dice.choices([3, 2, 1, None], [30, 42, 20, 8])[0]
        made.append(
            GroupStory(
                _village(dice, area.districts[district], taken), village, f"{district}-{numbers[district]:03}",
                date(dice.randint(1985, 2014), dice.randint(1, 12), dice.randint(1, 28)),
                level, dice.randint(2552, 2562) if dice.random() < {3: 0.3, 2: 0.06}.get(level or 0, 0) else None,
            )
        )  # fmt: skip
    return made


def _village(dice: Random, subdistricts: Sequence[str], taken: set[str]) -> str:
    """A village that no other group of the story lies in, by its 8-digit code."""
    while True:
        code = f"{dice.choice(subdistricts)}{dice.randint(1, 14):02}"
        if code not in taken:
            taken.add(code)
            return code


def choose(dice: Random, groups: Sequence[GroupStory], districts: Sequence[str]) -> tuple[list[int], list[int]]:
    """The ten that get the places, rule 1 first, and a few more that were proposed and found the quota full."""
    able = [n for n, group in enumerate(groups) if group.rule and group.district in districts]
    dice.shuffle(able)
    able.sort(key=lambda n: groups[n].rule or 9)
    more = able[PLACES:]
    return able[:PLACES], more[: dice.randint(0, 3)]


def passed_over(dice: Random, groups: Sequence[GroupStory], chosen: Sequence[int]) -> dict[int, str]:
    """Why groups of rule 1 stay out although groups of rule 2 got places."""
    if max(groups[n].rule or 0 for n in chosen) < 2:
        return {}
    return {n: dice.choice(REASONS) for n, group in enumerate(groups) if group.rule == 1 and n not in chosen}


def province_report(dice: Random, pace: Pace) -> tuple[datetime | None, datetime | None]:
    """When the province had its report ready and when it was entered in BPM; most in the last week, a few early, a few late."""
    kind = dice.random()
    if kind < 0.13:
        ready = some_time(dice, date(2021, 6, dice.randint(2, 8)))
        return ready, ready + timedelta(minutes=50)
    if kind > 0.96:
        return None, None
    ready = some_time(
        dice, date(2021, 6, 10) + timedelta(days=dice.randint(-1, 4) + (5 if dice.random() > 0.8 + 0.2 * pace.diligence else 0))
    )
    return ready, some_time(dice, ready.date() + timedelta(days=1)) if dice.random() < 0.9 else None
