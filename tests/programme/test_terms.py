"""The terms of a year: the letter reads whole, and what does not tie out is said in Thai."""

from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sajja.programme import files, terms, words

LETTER = files.mapping_of(2564)


def changed(section: str, **values: Any) -> dict[str, Any]:
    """The letter with some values of a section changed."""
    mapping = deepcopy(LETTER)
    mapping[section] |= values
    return mapping


def test_the_letter_of_2564_reads_as_it_was_written() -> None:
    read = terms.read(LETTER)
    assert (read.year, read.reference, read.dated) == (2564, "มท ๐๔๐๗.๕/ว ๓๓๕", date(2021, 4, 13))
    assert (read.amends, read.amends_dated) == ("ด่วนที่สุด ที่ มท ๐๔๐๔.๓/ว๒๘๕๕", date(2020, 12, 17))
    assert (read.provinces, read.groups, read.quota, read.quota_per) == (76, 760, 10, "province")
    assert (read.budget_satang, read.per_group_satang) == (228_000_000, 300_000)
    assert (read.forum_quarter, read.participants, read.activity_ends) == (3, 15, date(2021, 5, 31))
    assert (read.district_report_days, read.district_report_from, read.district_report_per) == (7, "forum", "forum")
    assert (read.province_report_due, read.kpi_percent) == (date(2021, 6, 15), 60)
    assert [key for key, _title in read.steps] == ["4.1", "4.2", "4.3", "4.4", "4.5", "4.6"]
    assert [(rule.level, rule.founder) for rule in read.rules] == [(3, True), (3, False)]


def test_the_letter_ties_out() -> None:
    assert terms.problems(LETTER) == []


def test_what_json_keeps_reads_the_same() -> None:
    assert terms.read(terms.plain(LETTER)) == terms.read(LETTER)


def test_groups_that_do_not_add_up_are_said_with_the_sum() -> None:
    assert terms.problems(changed("target", quota=11)) == [
        "จำนวนกลุ่มไม่ตรงกัน: 76 จังหวัด × โควตา 11 รวม 836 กลุ่ม แต่เป้าหมายเขียนไว้ 760 กลุ่ม โปรดแก้ให้ตรงกัน"
    ]


def test_money_that_does_not_add_up_is_said_with_the_sum() -> None:
    assert terms.problems(changed("money", per_group_baht="2999.50")) == [
        "งบประมาณไม่ตรงกัน: 760 กลุ่ม × 2,999.50 บาท รวม 2,279,620.00 บาท แต่งบประมาณเขียนไว้ 2,280,000.00 บาท โปรดแก้ให้ตรงกัน"
    ]


def test_a_province_may_have_a_quota_of_its_own() -> None:
    assert terms.problems(changed("target", quotas={"48": 12}, groups=762)) == [
        "งบประมาณไม่ตรงกัน: 762 กลุ่ม × 3,000.00 บาท รวม 2,286,000.00 บาท แต่งบประมาณเขียนไว้ 2,280,000.00 บาท โปรดแก้ให้ตรงกัน"
    ]


@pytest.mark.parametrize(
    ("section", "values", "said"),
    [
        ("forum", {"activity_ends": date(2021, 3, 31)}, "วันสิ้นสุดกิจกรรม 31 มีนาคม 2564 มาก่อนไตรมาส 3 ซึ่งเริ่ม 1 เมษายน 2564 โปรดแก้วันหรือไตรมาส"),
        ("province_report", {"due": date(2021, 6, 6)}, "จังหวัดต้องรายงานภายใน 6 มิถุนายน 2564 ก่อนที่รายงานอำเภอจะครบกำหนด 7 มิถุนายน 2564 โปรดแก้วันให้เรียงกัน"),
        ("province_report", {"due": date(2021, 10, 1)}, "กิจกรรมหรือรายงานจังหวัดเลยวันสิ้นปีงบประมาณ 30 กันยายน 2564 โปรดแก้วันในแฟ้มข้อมูล"),
        ("kpi", {"percent": 160}, "ร้อยละของตัวชี้วัดต้องอยู่ระหว่าง 1 ถึง 100 โปรดแก้ในแฟ้มข้อมูล"),
        ("forum", {"steps": [{"key": "4.1", "title": "ก"}, {"key": "4.1", "title": "ข"}]}, "ขั้นตอนของเวทีมีรหัสซ้ำกัน โปรดให้แต่ละข้อมีรหัสของตัวเอง"),
    ],
)  # fmt: skip
def test_each_check_has_its_sentence(section: str, values: dict[str, Any], said: str) -> None:
    assert terms.problems(changed(section, **values)) == [said]


def test_what_is_missing_is_named() -> None:
    mapping = deepcopy(LETTER)
    del mapping["letter"]["reference"], mapping["kpi"]
    assert terms.problems(mapping) == [
        "ไม่พบหรืออ่านไม่ออก: “letter.reference” (ที่ของหนังสือ) โปรดเติมในแฟ้มข้อมูล",
        "ไม่พบหรืออ่านไม่ออก: “kpi.percent” (ร้อยละของตัวชี้วัด) โปรดเติมในแฟ้มข้อมูล",
    ]


def test_a_file_that_is_no_toml_says_so() -> None:
    with pytest.raises(ValueError, match="อ่านแฟ้มข้อมูลไม่ออก"):
        terms.load("ปี 2564")


junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(st.sampled_from([field[0] for field in terms.FIELDS]), junk)
def test_no_value_breaks_the_checks(name: str, value: Any) -> None:
    mapping = deepcopy(LETTER)
    *above, last = name.split(".")
    inner = mapping[above[0]] if above else mapping
    inner[last] = value
    assert all(isinstance(text, str) for text in terms.problems(mapping))


@given(st.sampled_from(sorted(LETTER)), junk)
def test_no_section_breaks_the_checks(section: str, value: Any) -> None:
    assert all(isinstance(text, str) for text in terms.problems({**LETTER, section: value}))


def test_quarters_cover_the_fiscal_year() -> None:
    assert [terms.quarter_span(2564, quarter) for quarter in (1, 2, 3, 4)] == [
        (date(2020, 10, 1), date(2020, 12, 31)),
        (date(2021, 1, 1), date(2021, 3, 31)),
        (date(2021, 4, 1), date(2021, 6, 30)),
        (date(2021, 7, 1), date(2021, 9, 30)),
    ]


def test_a_revision_says_what_it_changed() -> None:
    after = terms.read(changed("province_report", due=date(2021, 6, 30)))
    assert words.changes(terms.read(LETTER), after) == [("จังหวัดรายงานกรมฯ ภายใน", "15 มิถุนายน 2564", "30 มิถุนายน 2564")]
