"""Next year is a file, not code: an invented year with another quota, scope, rule, KPI and dates walks the same way."""

from datetime import date
from typing import Any

import pytest

from sajja.groups import actions as groups
from sajja.groups.models import SavingsGroup
from sajja.lib.refusals import Refused
from sajja.programme import actions, queries, terms, totals
from sajja.programme.models import Place, ProgrammeYear
from sajja.programme.totals import Area
from sajja.web import clock
from tests.cast import Cast, someone, unit
from tests.factories import a_group, a_village, a_year

YEAR_2570 = """
year = 2570
title = "ยกระดับกลุ่มออมทรัพย์เพื่อการผลิต (ปีสมมติ)"

[letter]
reference = "มท 0407.5/ว 1"
dated = 2026-11-02

[target]
provinces = 76
districts = 878
groups = 1756
quota = 2
quota_per = "district"
outside = ["10"]

[money]
budget_baht = "7902000.00"
per_group_baht = "4500.00"

[forum]
quarter = 2
participants = 20
activity_ends = 2027-03-15
pictures_least = 4

[[forum.steps]]
key = "1"
title = "ทบทวนกลุ่ม"
opens = "register"

[[forum.steps]]
key = "2"
title = "ทำแผน"
opens = "plan"

[district_report]
days = 14
from = "last_forum"
per = "district"

[province_report]
due = 2027-04-30

[kpi]
percent = 75

[[rules]]
key = "level2_founder"
title = "ระดับ 2 ขึ้นไป และเป็นแกนนำจัดตั้งศูนย์"
level = 2
founder = true

[[rules]]
key = "level3"
title = "ระดับ 3"
level = 3
founder = false

[[rules]]
key = "level2"
title = "ระดับ 2 ขึ้นไป"
level = 2
founder = false
"""


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def year(cast: Cast) -> ProgrammeYear:
    a_year(cast)
    return actions.open_year(by=cast.department, terms_mapping=terms.load(YEAR_2570))


def graded(name: str, level: int, *, founder: bool = False, subdistrict: str = "480501") -> SavingsGroup:
    group = a_group(name, village=a_village(1, subdistrict), level=None, founder=founder)
    groups.set_level(by="system", group=group, fiscal_year=2569, level=level, source="ทดสอบ")
    return group


def propose(cast: Cast, year: ProgrammeYear, *wanted: SavingsGroup) -> None:
    actions.propose_groups(by=cast.district_officer, year=year, groups=[(group, None, "") for group in wanted])


def test_the_invented_year_ties_out_and_reads_its_own_values() -> None:
    mapping = terms.load(YEAR_2570)
    read = terms.read(mapping)
    assert terms.problems(mapping) == []
    assert (read.groups, read.quota_per, read.kpi_percent, read.participants, read.pictures_least) == (
        1756,
        "district",
        75,
        20,
        4,
    )
    assert (read.forum_starts, read.forum_quarter_ends) == (date(2027, 1, 1), date(2027, 3, 31))
    assert (read.district_report_days, read.district_report_from, read.district_report_per) == (14, "last_forum", "district")
    assert [key for key, _title in read.steps] == ["1", "2"]


@pytest.mark.django_db
def test_the_newest_year_is_the_invented_one(year: ProgrammeYear) -> None:
    assert queries.latest_year() == year
    assert queries.year_of(2564).year == 2564


@pytest.mark.django_db
def test_its_own_rules_admit_the_groups(cast: Cast, year: ProgrammeYear) -> None:
    propose(cast, year, graded("ก", 2, founder=True), graded("ข", 3), graded("ค", 2))
    assert dict(queries.open_proposals(year).values_list("group__name", "rule")) == {"ก": 1, "ข": 2, "ค": 3}


@pytest.mark.django_db
def test_each_district_has_its_own_quota(cast: Cast, year: ProgrammeYear) -> None:
    here = [graded("ก", 3), graded("ข", 3), graded("ค", 3)]
    there = graded("ง", 3, subdistrict="480801")
    propose(cast, year, *here)
    actions.propose_groups(by=someone("district_officer", unit("4808")), year=year, groups=[(there, None, "")])
    with pytest.raises(Refused, match="อำเภอธาตุพนมเลือกไว้ 3 กลุ่ม เกินโควตา 2 แห่ง"):
        actions.confirm_list(by=cast.province_head, year=year, province=unit("48"))
    frozen = actions.confirm_list(by=cast.province_head, year=year, province=unit("48"), chosen=[*here[:2], there])
    districts = len(queries.districts_of("48"))
    assert Place.objects.filter(list=frozen).count() == 2 * districts
    held = queries.standing(year).values_list("group__name", "place__district__path")
    assert sorted(held) == [("ก", "4805"), ("ข", "4805"), ("ง", "4808")]
    assert {row["name"]: row["reason"] for row in frozen.left_out} == {"ค": "เข้าหลักเกณฑ์ข้อ 2 แต่ครบโควตา 2 แห่งแล้ว"}


@pytest.mark.django_db
def test_a_place_of_a_district_is_taken_only_by_a_group_of_that_district(cast: Cast, year: ProgrammeYear) -> None:
    propose(cast, year, graded("ก", 3))
    actions.confirm_list(by=cast.province_head, year=year, province=unit("48"))
    [held] = queries.standing(year)
    with pytest.raises(Refused, match="กลุ่มใหม่ต้องอยู่ในพื้นที่เดียวกับที่ของเป้าหมายนี้"):
        actions.replace_group(
            by=cast.province_head, selected=held, new_group=graded("ง", 3, subdistrict="480801"), reason="ทดสอบ"
        )


@pytest.mark.django_db
def test_the_real_districts_tie_out_with_its_target(year: ProgrammeYear) -> None:
    asked: Any = queries.terms_for(year)
    assert queries.programme_units(asked) == {"provinces": 76, "districts": 878}
    places = [Area(path, "", "") for path in queries.programme_paths(asked)]
    provinces = totals.by_province(
        asked, [p for p in places if len(p.path) == 2], [p.path for p in places if len(p.path) == 4], []
    )
    whole = totals.added(Area("", "", ""), provinces)
    assert (whole.places, whole.satang) == (asked.groups, asked.budget_satang)


@pytest.mark.django_db
def test_a_group_may_stand_in_both_years(cast: Cast, year: ProgrammeYear) -> None:
    group = a_group("ก")
    for each in (queries.year_of(2564), year):
        propose(cast, each, group)
        with clock.fixed(date(2021, 6, 10)):
            actions.confirm_list(by=cast.province_head, year=each, province=unit("48"))
    assert [queries.standing(each).count() for each in (queries.year_of(2564), year)] == [1, 1]
