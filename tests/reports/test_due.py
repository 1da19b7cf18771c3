"""When reports are due and how they came: at the day before, the day and the day after, by Bangkok's clock."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sajja.programme import terms
from sajja.programme.terms import Terms, read
from sajja.reports import due, words
from sajja.reports.queries import day_of
from tests.factories import LETTER

DUE = date(2021, 6, 10)
DAYS = st.dates(date(2021, 1, 1), date(2021, 12, 31))


def the_terms(**changed: object) -> Terms:
    return replace(read(terms.load(LETTER.read_text())), **changed)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("runs_from", "day"),
    [("forum", date(2021, 6, 10)), ("last_forum", date(2021, 6, 16)), ("activity", date(2021, 6, 10))],
)
def test_the_seven_days_run_from_what_the_year_says(runs_from: str, day: date) -> None:
    asked = the_terms(district_report_from=runs_from)
    assert due.district_due(asked, date(2021, 6, 3), [date(2021, 5, 20), date(2021, 6, 9)]) == day


def test_from_the_activity_the_days_run_from_the_end_of_may_where_the_forum_was_earlier() -> None:
    assert due.district_due(the_terms(district_report_from="activity"), date(2021, 5, 3)) == date(2021, 6, 7)


@pytest.mark.parametrize(
    ("today", "state"),
    [(DUE - timedelta(days=1), "not_yet"), (DUE, "not_yet"), (DUE + timedelta(days=1), "missing")],
)
def test_nothing_sent_is_missing_from_the_day_after(today: date, state: str) -> None:
    assert due.state_of(DUE, None, today) == state


@pytest.mark.parametrize(
    ("sent", "state"),
    [(DUE - timedelta(days=1), "on_time"), (DUE, "on_time"), (DUE + timedelta(days=1), "late")],
)
def test_what_was_sent_is_on_time_up_to_its_day(sent: date, state: str) -> None:
    assert due.state_of(DUE, sent, date(2021, 6, 30)) == state


@pytest.mark.parametrize(
    ("moment", "state"),
    [
        (datetime(2021, 6, 10, 16, 59, tzinfo=UTC), "on_time"),  # 23.59 of the due day in Bangkok
        (datetime(2021, 6, 10, 17, 1, tzinfo=UTC), "late"),  # 00.01 of the day after
        (datetime(2021, 6, 9, 17, 1, tzinfo=UTC), "on_time"),  # 00.01 of the due day
    ],
)
def test_the_day_is_bangkoks(moment: datetime, state: str) -> None:
    assert due.state_of(DUE, day_of(moment), date(2021, 6, 30)) == state


@given(day=DAYS, sent=st.none() | DAYS, today=DAYS)
def test_a_report_is_one_thing_and_due_exactly_when_it_counts(day: date, sent: date | None, today: date) -> None:
    state = due.state_of(day, sent, today)
    assert due.is_due(day, sent, today) is (state in {"on_time", "late", "missing"})
    assert (due.days_late(day, sent, today) > 0) is (state in {"late", "missing"})


@given(day=DAYS, sent=DAYS, today=DAYS, later=st.integers(0, 60))
def test_what_was_sent_never_changes_its_timeliness_as_days_pass(day: date, sent: date, today: date, later: int) -> None:
    assert due.state_of(day, sent, today) == due.state_of(day, sent, today + timedelta(days=later))


@pytest.mark.parametrize(
    ("sent", "today", "chip"),
    [
        (None, DUE - timedelta(days=8), ("idle", "อีก 8 วัน")),
        (None, DUE - timedelta(days=4), ("wait", "อีก 4 วัน")),
        (None, DUE, ("wait", "ครบกำหนดวันนี้")),
        (None, DUE + timedelta(days=3), ("late", "เลยกำหนด 3 วัน")),
        (DUE, DUE + timedelta(days=3), ("ok", "ทันกำหนด")),
        (DUE + timedelta(days=2), DUE + timedelta(days=3), ("wait", "ส่งช้า 2 วัน")),
    ],
)
def test_lateness_is_said_calmly(sent: date | None, today: date, chip: tuple[str, str]) -> None:
    assert words.timeliness(DUE, sent, today) == chip
