"""Rounds of a report: days with each, the sender's clock that stands still, the day by which a returned one is mended."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from sajja.reports.rounds import LEAST_TO_MEND, Step, holder, mend_by, rounds
from tests.sizes import size

ENDED, DUE = date(2021, 6, 3), date(2021, 6, 10)


def day(number: int) -> date:
    return date(2021, 6, number)


def test_each_round_tells_who_held_it_how_long_and_why_it_came_back() -> None:
    steps = [
        Step("submit", day(8), "พัฒนากร"), Step("return", day(10), "จังหวัด", "เพิ่มรูป"),
        Step("submit", day(15), "พัฒนากร"),
    ]  # fmt: skip
    first, second = rounds(steps, ENDED, day(18))
    assert (first.district_days, first.province_days, first.reason, first.move) == (5, 2, "เพิ่มรูป", "return")
    assert (second.number, second.district_days, second.province_days, second.move) == (2, 5, 3, "")


def test_the_days_with_the_province_are_not_the_district_s() -> None:
    """Sent two days before it was due, held for ten: two days are left, and three at least are given."""
    sent, back = day(8), day(18)
    assert mend_by(DUE, rounds([Step("submit", sent), Step("return", back)], ENDED, back)) == day(21)
    early = [Step("submit", day(4)), Step("return", day(6))]
    assert mend_by(DUE, rounds(early, ENDED, day(6))) == day(12)


def test_between_acceptance_and_a_later_return_nobody_held_it() -> None:
    steps = [Step("submit", day(8)), Step("accept", day(9)), Step("return", day(20), "", "แก้ยอด")]
    [only] = rounds(steps, ENDED, day(20))
    assert (only.province_days, only.move) == (1, "return")
    assert mend_by(DUE, [only]) == day(23)


def test_nothing_is_to_be_mended_that_was_not_returned() -> None:
    assert mend_by(DUE, []) is None
    assert mend_by(DUE, rounds([Step("submit", day(8))], ENDED, day(9))) is None
    assert mend_by(DUE, rounds([Step("submit", day(8)), Step("accept", day(9))], ENDED, day(9))) is None


def test_who_holds_it() -> None:
    assert holder("draft", ENDED, day(5)) == ("district", 2)
    assert holder("submitted", day(8), day(8)) == ("province", 0)
    assert holder("returned", day(8), day(9)) == ("district", 1)
    assert holder("accepted", day(8), day(9)) is None


@settings(max_examples=size(100, 3000), deadline=None)
@given(st.lists(st.integers(0, 20), min_size=1, max_size=12), st.integers(0, 9))
def test_days_add_up_to_the_time_that_passed_and_no_return_leaves_too_little(gaps: list[int], waited: int) -> None:
    on, steps = ENDED, []
    for at, gap in enumerate(gaps):
        on += timedelta(days=gap)
        steps.append(Step("submit" if at % 2 == 0 else "return", on))
    today = on + timedelta(days=waited)
    found = rounds(steps, ENDED, today)
    with_district_now = 0 if len(steps) % 2 else waited
    assert sum(one.district_days + one.province_days for one in found) + with_district_now == (today - ENDED).days
    due = mend_by(DUE, found)
    assert (due is not None) is (len(steps) % 2 == 0)
    if due:
        assert due >= steps[-1].on + timedelta(days=LEAST_TO_MEND)
        assert due >= DUE
