"""The days of a forum, judged by the letter's terms."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sajja.forums.warnings import cautions, report_due, same_day, too_few, warnings
from sajja.programme.terms import Terms, read
from tests.factories import the_letter

TERMS: Terms = read(the_letter())
DAYS = st.dates(date(2020, 10, 1), date(2021, 12, 31))


def keys(*days: date, terms: Terms = TERMS) -> list[str]:
    return [warned.key for warned in warnings(terms, days)]


def test_a_day_in_may_is_not_warned_of() -> None:
    assert keys(date(2021, 5, 20)) == []


def test_the_last_day_of_the_activity_is_still_good_and_the_next_is_late() -> None:
    assert (keys(date(2021, 5, 31)), keys(date(2021, 6, 1))) == ([], ["activity"])


def test_a_forum_that_ends_after_8_june_makes_the_report_due_after_15_june() -> None:
    assert (keys(date(2021, 6, 8)), keys(date(2021, 6, 9))) == (["activity"], ["activity", "report"])


def test_outside_the_quarter_on_either_side_is_warned_of() -> None:
    assert (keys(date(2021, 3, 31)), keys(date(2021, 7, 1))) == (["quarter"], ["quarter", "activity", "report"])


def test_the_first_sitting_judges_the_quarter_and_the_last_the_deadlines() -> None:
    assert keys(date(2021, 6, 9), date(2021, 3, 30)) == ["quarter", "activity", "report"]


def test_a_forum_without_a_day_is_not_warned_of() -> None:
    assert keys() == []


def test_the_warning_of_the_report_says_both_days_and_what_to_do() -> None:
    said = warnings(TERMS, [date(2021, 6, 10)])[-1]
    assert f"{said.head} {said.text}" == (
        "รายงานครบกำหนด 17 มิ.ย. 2564 ซึ่งหลังวันที่จังหวัดรายงานกรมฯ (15 มิ.ย.) ขอให้ส่งภายใน 14 มิ.ย. จังหวัดจะได้รวมทัน"
    )


def test_where_the_days_run_from_the_end_of_the_activity_an_early_forum_is_due_with_it() -> None:
    terms = replace(TERMS, district_report_from="activity")
    assert report_due(terms, date(2021, 5, 1)) == date(2021, 6, 7)


@given(st.lists(DAYS, min_size=1, max_size=4))
def test_a_later_sitting_never_takes_a_warning_away(days: list[date]) -> None:
    assert set(keys(*days)) <= set(keys(*days, max(days) + timedelta(days=1)))


def test_a_day_gone_by_a_holiday_and_a_week_end_are_each_said_once() -> None:
    days = [date(2021, 5, 4), date(2021, 6, 3), date(2021, 6, 12), date(2021, 6, 14)]
    found = [(one.key, one.head) for one in cautions(days, date(2021, 6, 1))]
    assert found == [
        ("past", "4 พ.ค. 2564 ผ่านไปแล้ว"),
        ("holiday", "4 พ.ค. 2564 เป็นวันหยุดราชการ"),
        ("holiday", "3 มิ.ย. 2564 เป็นวันหยุดราชการ"),
        ("weekend", "12 มิ.ย. 2564 เป็นวันเสาร์หรืออาทิตย์"),
    ]


def test_an_ordinary_day_to_come_is_not_spoken_of() -> None:
    assert cautions([date(2021, 6, 14)], date(2021, 6, 10)) == []


def test_other_forums_of_the_day_are_named_up_to_three_and_then_counted() -> None:
    assert same_day([]) == []
    assert [one.text for one in same_day(["ก", "ข", "ค", "ง", "จ"])] == ["ก, ข, ค และอีก 2 เวที ดูว่าเจ้าหน้าที่และรถพอ"]


def test_a_committee_smaller_than_the_forum_asks_for_more_members() -> None:
    assert [[one.text for one in too_few(known, 15)] for known in (0, 9, 15)] == [[], ["ชวนสมาชิกเพิ่มอีก 6 คน"], []]
