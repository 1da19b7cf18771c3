from contextlib import suppress
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sajja.lib import thai_dates
from sajja.lib.thai_dates import parse_date

JUNE_15 = date(2021, 6, 15)
DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    "typed",
    [
        "15/06/2564",
        "2564-06-15",
        "๑๕ มิ.ย. ๖๔",
        "15 มิถุนายน 2564",
        "15 มิ.ย. 2564",
        "15 มิ.ย. 64",
        "15 มิ.ย.64",
        "15มิ.ย.64",
        "15 มิย 2564",
        "15 มิ. ย. 2564",
        "15-6-2564",
        "15.6.2564",
        "15 6 2564",
        "15/6/64",
        "๑๕/๐๖/๒๕๖๔",
        "2021-06-15",
        "2021/6/15",
        "15/06/2021",
        "15 มิ.ย. 2021",
        "15 มิถุนายน พ.ศ. 2564",
        "15 มิถุนายน ค.ศ. 2021",
        "15 เดือนมิถุนายน พ.ศ. ๒๕๖๔",
        "วันที่ 15 มิถุนายน 2564",
        "วันอังคารที่ 15 มิถุนายน 2564",
        "  15/06/2564 ",
        "15\u00a0มิ.ย.\u00a02564",
        "\u200b15/06/2564\ufeff",
        "１５／０６／２５６４",
    ],
)
def test_every_way_of_writing_15_june_2564_is_that_day(typed: str) -> None:
    assert parse_date(typed) == JUNE_15


@pytest.mark.parametrize("typed", ["1/1/2561", "2561-01-01", "1 ม.ค. 61", "1 ม.ค. 2561", "1/1/61"])
def test_2561_is_b_e_and_never_becomes_3104(typed: str) -> None:
    assert parse_date(typed) == date(2018, 1, 1)


def test_two_digits_are_always_b_e_25xx() -> None:
    assert parse_date("10 มิ.ย. 05") == date(1962, 6, 10)
    assert parse_date("10/6/99") == date(2056, 6, 10)


def test_29_february_exists_in_leap_years_only() -> None:
    assert parse_date("29 ก.พ. 2563") == parse_date("29/2/2020") == date(2020, 2, 29)
    with pytest.raises(ValueError, match=r"^เดือนกุมภาพันธ์ 2564 มีวันที่ 1–28 โปรดตรวจวันที่อีกครั้ง$"):
        parse_date("29 ก.พ. 2564")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("06/15/2564", "ไม่มีเดือนที่ 15 โปรดพิมพ์วัน เดือน ปี ตามลำดับ เช่น 15/6/2564"),
        ("31 มิ.ย. 2564", "เดือนมิถุนายน 2564 มีวันที่ 1–30 โปรดตรวจวันที่อีกครั้ง"),
        ("0/6/2564", "เดือนมิถุนายน 2564 มีวันที่ 1–30 โปรดตรวจวันที่อีกครั้ง"),
        ("64-06-15", "เดือนมิถุนายน 2515 มีวันที่ 1–30 โปรดตรวจวันที่อีกครั้ง"),
        ("15/06/564", "อ่านปี “564” ไม่ออก โปรดพิมพ์ปี พ.ศ. สี่หลัก เช่น 2564"),
        ("15/06/3104", "อ่านปี “3104” ไม่ออก โปรดพิมพ์ปี พ.ศ. สี่หลัก เช่น 2564"),
        ("15/06/2300", "อ่านปี “2300” ไม่ออก โปรดพิมพ์ปี พ.ศ. สี่หลัก เช่น 2564"),
        ("15 มิถุนายน ค.ศ. 2564", "อ่านปี “2564” ไม่ออก โปรดพิมพ์ปี พ.ศ. สี่หลัก เช่น 2564"),
        ("15 มิถุนายน พ.ศ. 2021", "อ่านปี “2021” ไม่ออก โปรดพิมพ์ปี พ.ศ. สี่หลัก เช่น 2564"),
        ("15 มิถุ 2564", "ไม่รู้จักเดือน “มิถุ” โปรดพิมพ์ชื่อเดือน เช่น มิ.ย. หรือ มิถุนายน"),
        ("15062564", "อ่านวันที่นี้ไม่ออก โปรดพิมพ์วัน เดือน ปี เช่น 10 มิ.ย. 2564 หรือ 10/6/2564"),
        ("15/06-2564", "อ่านวันที่นี้ไม่ออก โปรดพิมพ์วัน เดือน ปี เช่น 10 มิ.ย. 2564 หรือ 10/6/2564"),
        ("มิ.ย. 2564", "อ่านวันที่นี้ไม่ออก โปรดพิมพ์วัน เดือน ปี เช่น 10 มิ.ย. 2564 หรือ 10/6/2564"),
        ("", "อ่านวันที่นี้ไม่ออก โปรดพิมพ์วัน เดือน ปี เช่น 10 มิ.ย. 2564 หรือ 10/6/2564"),
    ],
)
def test_what_cannot_be_a_day_is_refused_with_what_to_do(typed: str, sentence: str) -> None:
    with pytest.raises(ValueError) as refusal:
        parse_date(typed)
    assert str(refusal.value) == sentence


@given(DAYS)
def test_every_form_that_is_printed_can_be_typed(day: date) -> None:
    for form in (thai_dates.short(day), thai_dates.long(day), thai_dates.weekday_long(day), day.isoformat()):
        assert parse_date(form) == day


@given(st.text(max_size=30))
def test_any_text_is_a_day_or_a_value_error(text: str) -> None:
    with suppress(ValueError):
        assert type(parse_date(text)) is date


def test_how_dates_and_hours_are_written() -> None:
    day = date(2021, 6, 10)

    assert thai_dates.short(day) == "10 มิ.ย. 2564"
    assert thai_dates.long(day) == "10 มิถุนายน 2564"
    assert thai_dates.weekday_long(day) == "วันพฤหัสบดีที่ 10 มิถุนายน 2564"
    assert thai_dates.day_month(day) == "10 มิ.ย."
    assert thai_dates.month_name(6) == "มิถุนายน"
    assert thai_dates.hhmm(time(9, 0)) == "09.00 น."
    assert thai_dates.hhmm(time(13, 5, 59)) == "13.05 น."


def test_the_fiscal_year_begins_on_1_october_and_is_named_by_its_end() -> None:
    assert thai_dates.fiscal_year(date(2020, 9, 30)) == 2563
    assert thai_dates.fiscal_year(date(2020, 10, 1)) == 2564
    assert thai_dates.fiscal_year(date(2021, 9, 30)) == 2564


def test_quarter_3_is_april_to_june() -> None:
    assert [thai_dates.quarter(date(2021, month, 1)) for month in (10, 12, 1, 3, 4, 6, 7, 9)] == [1, 1, 2, 2, 3, 3, 4, 4]
    assert thai_dates.quarter_span(2564, 3) == (date(2021, 4, 1), date(2021, 6, 30))
    assert thai_dates.quarter_span(2564, 1) == (date(2020, 10, 1), date(2020, 12, 31))


@given(DAYS)
def test_every_day_lies_in_its_own_quarter_and_quarters_follow_each_other(day: date) -> None:
    first, last = thai_dates.quarter_span(thai_dates.fiscal_year(day), thai_dates.quarter(day))

    assert first <= day <= last
    after = last + timedelta(days=1)
    assert thai_dates.quarter_span(thai_dates.fiscal_year(after), thai_dates.quarter(after))[0] == after
