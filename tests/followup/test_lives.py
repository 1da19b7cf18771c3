"""The lives of visits and findings, and when an answer is late: the day before, the day, the day after."""

from datetime import date

import pytest

from sajja.followup import lives, words
from sajja.lib.refusals import Refused

DUE = date(2021, 6, 24)


@pytest.mark.parametrize(
    ("state", "move", "after"),
    [
        ("planned", "move", "planned"),
        ("planned", "make", "made"),
        ("planned", "cancel", "cancelled"),
        ("made", "correct", "made"),
        ("made", "make", None),
        ("made", "cancel", None),
        ("made", "move", None),
        ("cancelled", "make", None),
        ("cancelled", "move", None),
    ],
)
def test_a_visit_goes_from_planned_to_made_or_cancelled_and_never_back(state: str, move: str, after: str | None) -> None:
    if after:
        assert lives.VISIT.after(state, move) == after
    else:
        with pytest.raises(Refused):
            lives.VISIT.after(state, move)


@pytest.mark.parametrize(
    ("state", "moves"),
    [
        ("open", ("answer", "withdraw")),
        ("answered", ("accept", "send_back")),
        ("sent_back", ("answer", "withdraw")),
        ("closed", ("send_back",)),
        ("withdrawn", ()),
    ],
)
def test_a_finding_is_answered_judged_and_closed(state: str, moves: tuple[str, ...]) -> None:
    assert lives.FINDING.moves(state) == moves


def test_every_state_and_move_has_its_words() -> None:
    assert set(words.VISIT_STATES) == lives.VISIT.states
    assert set(words.FINDING_STATES) == lives.FINDING.states
    assert set(words.VISIT_MOVES) == {"plan", *(move for state in lives.VISIT.states for move in lives.VISIT.moves(state))}
    assert set(words.FINDING_MOVES) == {
        "record",
        *(move for state in lives.FINDING.states for move in lives.FINDING.moves(state)),
    }
    assert set(words.LISTS) == set(lives.SHOWN)


@pytest.mark.parametrize(("today", "late"), [(date(2021, 6, 23), False), (DUE, False), (date(2021, 6, 25), True)])
def test_an_answer_is_late_from_the_day_after_its_due_day(today: date, late: bool) -> None:
    assert lives.is_late("open", DUE, today) is late
    assert lives.is_late("sent_back", DUE, today) is late


def test_an_answer_that_waits_for_the_inspector_is_not_late() -> None:
    assert not lives.is_late("answered", DUE, date(2021, 7, 30))


def test_the_chip_says_by_how_many_days_the_answer_is_late() -> None:
    assert words.of_finding("open", DUE, date(2021, 6, 27)) == ("late", "ยังไม่ตอบ เลยกำหนด 3 วัน")
    assert str(words.of_finding("open", DUE, DUE)[1]) == "รออำเภอตอบ"
    assert words.of_visit("planned", DUE, date(2021, 6, 25)) == ("late", "เลยวันแล้ว ยังไม่บันทึกผล")
    assert str(words.of_visit("planned", DUE, DUE)[1]) == "วางแผนแล้ว"
