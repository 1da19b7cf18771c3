"""The one business clock.

Real time, or in demonstration mode the day kept in `$SAJJA_DATA/day`, running on from there. Deadlines, forms,
figures and every `at` read it; sessions, tokens and throttles use real time. Production refuses a moved clock.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings

BANGKOK = ZoneInfo("Asia/Bangkok")
_fixed: ContextVar[datetime | None] = ContextVar("fixed", default=None)


def now() -> datetime:
    """The business moment, aware, in UTC."""
    if fixed := _fixed.get():
        return fixed
    real = datetime.now(UTC)
    if not settings.DEMONSTRATION:
        return real
    return _moved(real)


def today() -> date:
    """The business day in Bangkok."""
    return now().astimezone(BANGKOK).date()


def day_of(moment: datetime) -> date:
    """The day in Bangkok of an aware moment."""
    return moment.astimezone(BANGKOK).date()


def moment(day: date, at: time = time(9, 0)) -> datetime:
    """The aware UTC moment of a clock time in Bangkok."""
    return datetime.combine(day, at, BANGKOK).astimezone(UTC)


def move_to(day: date) -> None:
    """Start the demonstration's clock at 09.00 of `day`; it runs on from there."""
    if not settings.DEMONSTRATION:
        raise RuntimeError("only the demonstration may move its clock")
    settings.SAJJA_DATA.mkdir(parents=True, exist_ok=True)
    (settings.SAJJA_DATA / "day").write_text(f"{day.isoformat()} {datetime.now(UTC).isoformat()}\n")


@contextmanager
def fixed(at: datetime | date) -> Iterator[None]:
    """Hold the clock still inside the block: for the demonstration's past acts and for tests."""
    held = at if isinstance(at, datetime) else moment(at)
    token = _fixed.set(held)
    try:
        yield
    finally:
        _fixed.reset(token)


def _moved(real: datetime) -> datetime:
    try:
        day, since = (settings.SAJJA_DATA / "day").read_text().split()
    except FileNotFoundError:
        return real
    return moment(date.fromisoformat(day)) + (real - datetime.fromisoformat(since))
