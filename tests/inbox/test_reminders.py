"""When reminders fall, and to whom."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sajja.inbox.reminders import Due, Steps, reminders, step_of, when

DUE = date(2021, 6, 15)
DAY = timedelta(days=1)
OFFICER, HEAD, PROVINCE = 1, 2, 3


def due(day: date = DUE, name: str = "จังหวัดนครพนม", link: str = "/one/") -> Due:
    return Due("reports.province", "ส่งรายงาน", name, day, link, ((OFFICER,), (HEAD,), (PROVINCE,)), "/all/")


def told(day: date, since: date | None = None) -> dict[int, str]:
    return {one.person: one.title for one in reminders([due()], since or day - DAY, day)}


def test_before_on_and_after_the_day_it_goes_to_the_person_then_to_the_one_above_then_higher() -> None:
    fallen = {days: sorted(told(DUE + days * DAY)) for days in range(-10, 11)}
    assert {days: people for days, people in fallen.items() if people} == {
        -7: [OFFICER], -3: [OFFICER], -1: [OFFICER], 0: [OFFICER], 1: [OFFICER], 3: [OFFICER, HEAD], 7: [OFFICER, HEAD, PROVINCE],
    }  # fmt: skip


def test_it_says_how_far_the_day_is() -> None:
    assert told(DUE - DAY) == {OFFICER: "ส่งรายงาน: จังหวัดนครพนม ครบกำหนดพรุ่งนี้ 15 มิ.ย. 2564"}
    assert when(DUE, DUE) == "ครบกำหนดวันนี้ 15 มิ.ย. 2564"
    assert when(DUE, DUE + 3 * DAY) == "เลยกำหนด 3 วัน (15 มิ.ย. 2564)"
    assert when(DUE, DUE - 7 * DAY) == "ครบกำหนดใน 7 วัน (15 มิ.ย. 2564)"


def test_days_that_were_missed_are_made_up_once_and_told_as_they_stand_now() -> None:
    assert told(DUE + 2 * DAY, since=DUE - 8 * DAY) == {OFFICER: "ส่งรายงาน: จังหวัดนครพนม เลยกำหนด 2 วัน (15 มิ.ย. 2564)"}


def test_several_things_of_one_day_come_as_one_message_with_the_list_behind_it() -> None:
    several = [due(name=f"อำเภอที่ {n}", link=f"/{n}/") for n in range(1, 8)]
    [one] = reminders(several, DUE - DAY, DUE)
    assert one.title == "ส่งรายงาน: 7 เรื่อง ครบกำหนดวันนี้ 15 มิ.ย. 2564"
    assert one.words == "อำเภอที่ 1 · อำเภอที่ 2 · อำเภอที่ 3 · อำเภอที่ 4 · อำเภอที่ 5 และอีก 2 เรื่อง"
    assert one.link == "/all/"


def test_who_stands_on_two_levels_is_told_once() -> None:
    both = Due("k", "ส่ง", "ก", DUE, "/", ((OFFICER,), (OFFICER, HEAD), (HEAD,)))
    fallen = reminders([both], DUE + 6 * DAY, DUE + 7 * DAY)
    assert [(one.person, one.words != "") for one in fallen] == [(OFFICER, False), (HEAD, True)]


def test_a_year_may_say_other_days() -> None:
    steps = Steps(before=(14,), after=())
    assert [step_of(DUE, steps, DUE + n * DAY - DAY, DUE + n * DAY) for n in (-14, -7, 0, 1)] == [(-14, 0), None, (0, 0), None]


@given(st.lists(st.integers(min_value=-12, max_value=12), min_size=1, max_size=12, unique=True))
def test_on_whatever_days_it_runs_no_key_falls_twice(days: list[int]) -> None:
    since, keys = DUE - 20 * DAY, []
    for day in sorted(DUE + n * DAY for n in days):
        keys += [(one.person, one.key) for one in reminders([due()], since, day)]
        since = day
    assert len(keys) == len(set(keys))
    assert sum(1 for person, _key in keys if person == OFFICER) <= len(days)
