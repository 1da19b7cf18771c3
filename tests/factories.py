"""What stories begin with: a year that is open, groups in their villages, a group on a place, and every later step.

All of it is made by the actions, by the person who does it in life. `at_step` walks one group as far as a test wants.
"""

from datetime import date
from pathlib import Path

from sajja.groups import actions as groups
from sajja.groups.models import SavingsGroup
from sajja.org import actions as org
from sajja.org.models import Kind, Unit
from sajja.programme import actions as programme
from sajja.programme import terms
from sajja.programme.models import ProgrammeYear, SelectedGroup
from sajja.programme.queries import standing
from tests.cast import Cast, unit

LETTER = Path(terms.__file__).parent / "years" / "2564.toml"
SELECTED_ON = date(2021, 4, 26)


def the_letter() -> dict[str, object]:
    """The data file of the letter of 2564."""
    return terms.load(LETTER.read_text())


def a_year(cast: Cast | None = None) -> ProgrammeYear:
    """The programme year 2564, opened by the department on the first call."""
    found = ProgrammeYear.objects.filter(year=2564).first()
    return found or programme.open_year(by=(cast or Cast()).department, terms_mapping=the_letter())


def a_village(number: int = 2, subdistrict: str = "480501", name: str = "บ้านตัวอย่าง") -> Unit:
    """A village of a subdistrict of ธาตุพนม, typed in on the first call."""
    found = Unit.objects.filter(kind=Kind.VILLAGE, path=f"{subdistrict}{number:02}").first()
    return found or org.add_village(by="system", subdistrict=unit(subdistrict), number=number, name=name)


def a_group(
    name: str = "กลุ่มออมทรัพย์ตัวอย่าง", *, village: Unit | None = None, level: int | None = 3, founder: bool = False
) -> SavingsGroup:
    """A registered group, by default of level 3 for 2564."""
    group = groups.register_group(by="system", village=village or a_village(), name=name)
    if level:
        groups.set_level(by="system", group=group, fiscal_year=2564, level=level, source="ผลการจัดระดับปี 2564 (ตัวอย่าง)")
    if founder:
        groups.found_centre(by="system", group=group, centre_name="ศูนย์จัดการกองทุนชุมชนตัวอย่าง", year=2560, evidence="คำสั่งตัวอย่าง")
    return group


def selected(*chosen: SavingsGroup, cast: Cast | None = None, year: ProgrammeYear | None = None) -> list[SelectedGroup]:
    """These groups of one province on places: proposed by the district's officer, confirmed by the province's head."""
    cast = cast or Cast()
    year = year or a_year(cast)
    programme.propose_groups(by=cast.district_officer, year=year, groups=[(group, None, "ทดสอบ") for group in chosen])
    programme.confirm_list(by=cast.province_head, year=year, province=unit(chosen[0].unit.path[:2]))
    by_group = {row.group_id: row for row in standing(year).filter(group__in=chosen).select_related("group__unit")}
    return [by_group[group.pk] for group in chosen]


def a_selected_group(name: str = "กลุ่มออมทรัพย์ตัวอย่าง", *, cast: Cast | None = None) -> SelectedGroup:
    """One group on a place of นครพนม."""
    return selected(a_group(name), cast=cast)[0]
