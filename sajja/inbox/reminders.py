"""Which reminders fall on a day: before, on and after a due day, to the person and then to the one above. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _

from sajja.lib import thai_dates

BEFORE: Final = (7, 3, 1)
AFTER: Final = (1, 3, 7)
NAMED: Final = 5
"""A message that is about several things names no more than these."""


@dataclass(frozen=True)
class Steps:
    """How many days before and after a due day a reminder falls. The second step after it goes to the one above as well, the
    third to the level above that."""

    before: tuple[int, ...] = BEFORE
    after: tuple[int, ...] = AFTER

    def offsets(self) -> list[tuple[int, int]]:
        """(days from the due day, how many levels above it goes), in the order of time."""
        early = [(-days, 0) for days in sorted(set(self.before), reverse=True)]
        return [*early, (0, 0), *((days, place) for place, days in enumerate(sorted(set(self.after))))]


@dataclass(frozen=True)
class Due:
    """One thing that somebody owes by a day. `kind` is a plain stable key, `does` what is to be done in words, `name` what about,
    `levels` the people whose it is, then the one above, then the level above that (keys); `page` lists several."""

    kind: str
    does: str
    name: str
    day: date
    link: str
    levels: tuple[tuple[int, ...], ...]
    page: str = ""
    steps: Steps = Steps()


@dataclass(frozen=True)
class Reminder:
    """A message that falls: `key` is the same whenever it is worked out."""

    person: int
    key: str
    title: str
    words: str
    link: str


def step_of(due: date, steps: Steps, since: date, day: date) -> tuple[int, int] | None:
    """The step that falls after `since` up to `day`: of several that were missed only the last; None where none does."""
    fallen = [step for step in steps.offsets() if since < due + timedelta(days=step[0]) <= day]
    return fallen[-1] if fallen else None


def reminders(dues: Iterable[Due], since: date, day: date) -> list[Reminder]:
    """What falls after `since` (the day that was done last) up to `day`; things of one kind and day go to a person together."""
    together: dict[tuple[int, str, date, int, bool], list[Due]] = {}
    for due in dues:
        step = step_of(due.day, due.steps, since, day)
        if step is None:
            continue
        told: set[int] = set()
        for level, people in enumerate(due.levels[: step[1] + 1]):
            for person in sorted(set(people) - told):
                together.setdefault((person, due.kind, due.day, step[0], level > 0), []).append(due)
            told |= set(people)
    return [_reminder(key, same, day) for key, same in sorted(together.items(), key=lambda item: item[0])]


def _reminder(key: tuple[int, str, date, int, bool], same: Sequence[Due], day: date) -> Reminder:
    person, kind, due, offset, above = key
    first = same[0]
    about = first.name if len(same) == 1 else _("%d เรื่อง") % len(same)
    title = _("%(does)s: %(about)s %(when)s") % {"does": first.does, "about": about, "when": when(due, day)}
    words = [_("ผู้รับผิดชอบในสังกัดของท่านยังไม่ได้ทำ โปรดติดตาม")] if above else []
    if len(same) > 1:
        words.append(_named([one.name for one in same]))
    link = first.link if len(same) == 1 else first.page or first.link
    return Reminder(person, f"{kind}:{due.isoformat()}:{offset:+d}{':above' if above else ''}", title, "\n".join(words), link)


def _named(names: Sequence[str]) -> str:
    shown = " · ".join(names[:NAMED])
    return shown if len(names) <= NAMED else _("%(shown)s และอีก %(n)d เรื่อง") % {"shown": shown, "n": len(names) - NAMED}


def when(due: date, day: date) -> str:
    """How far the due day is, in words: ครบกำหนดพรุ่งนี้ 9 มิ.ย. 2564."""
    left, shown = (due - day).days, thai_dates.short(due)
    if left < 0:
        return _("เลยกำหนด %(n)d วัน (%(day)s)") % {"n": -left, "day": shown}
    if left == 0:
        return _("ครบกำหนดวันนี้ %(day)s") % {"day": shown}
    if left == 1:
        return _("ครบกำหนดพรุ่งนี้ %(day)s") % {"day": shown}
    return _("ครบกำหนดใน %(n)d วัน (%(day)s)") % {"n": left, "day": shown}
