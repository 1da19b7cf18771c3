"""A plan in words: days, chips, gaps, history."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from sajja.plans import words

JUNE_1, JUNE_30, AUGUST_31 = date(2021, 6, 1), date(2021, 6, 30), date(2021, 8, 31)


@pytest.mark.parametrize(
    ("starts", "ends", "said"),
    [
        (JUNE_1, JUNE_30, "1–30 มิ.ย. 2564"),
        (JUNE_1, AUGUST_31, "1 มิ.ย. – 31 ส.ค. 2564"),
        (date(2021, 12, 1), date(2022, 1, 31), "1 ธ.ค. 2564 – 31 ม.ค. 2565"),
        (JUNE_1, JUNE_1, "1 มิ.ย. 2564"),
        (None, JUNE_30, "ภายใน 30 มิ.ย. 2564"),
        (JUNE_1, None, "ตั้งแต่ 1 มิ.ย. 2564"),
        (None, None, "–"),
    ],
)
def test_the_days_of_an_activity_are_said_shortly(starts: date | None, ends: date | None, said: str) -> None:
    assert words.span(starts, ends) == said


@pytest.mark.parametrize(
    ("today", "done", "chip"),
    [
        (date(2021, 5, 31), False, ("idle", "ยังไม่เริ่ม")),
        (JUNE_1, False, ("doing", "กำลังทำ")),
        (JUNE_30, False, ("doing", "กำลังทำ")),
        (date(2021, 7, 1), False, ("late", "เลยกำหนด 1 วัน")),
        (date(2021, 7, 1), True, ("ok", "ดำเนินการแล้ว")),
    ],
)
def test_an_activity_is_late_from_the_day_after_its_last(today: date, done: bool, chip: tuple[str, str]) -> None:
    assert words.state_of(JUNE_1, JUNE_30, done, today) == chip


def test_what_an_activity_leaves_open_is_said_in_one_sentence() -> None:
    assert words.gaps(2, "", None, JUNE_30, "") == "กิจกรรมที่ 2 ยังไม่มีผู้รับผิดชอบ, ช่วงเวลา, สิ่งที่บอกว่าสำเร็จ"
    assert words.gaps(2, "นางคำปุ่น", JUNE_1, JUNE_30, "มีมติ") == ""


def test_history_says_what_it_was_and_what_it_is() -> None:
    at = datetime(2021, 6, 1, tzinfo=ZoneInfo("UTC"))
    detail = {
        "changes": [
            {"what": "money_satang", "from": "", "to": "80000"},
            {"what": "ends", "from": "2021-06-30", "to": "2021-08-31"},
        ]
    }
    told = words.told(at, "นางสาววิไล", "plans.change_line", "เยี่ยมลูกหนี้", detail)
    assert [(str(one.what), one.before, one.after) for one in told.changes] == [
        ("เงิน (บาท)", "–", "800.00"),
        ("สิ้นสุด", "30 มิ.ย. 2564", "31 ส.ค. 2564"),
    ]
