"""Meetings and what they resolved. A resolution's words never change; a wrong one is struck with the reason."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from sajja.audit.actions import Doer, record
from sajja.audit.acts import act
from sajja.groups import queries
from sajja.groups.models import Meeting, Resolution, ResolutionAbout, SavingsGroup
from sajja.lib.refusals import Refused
from sajja.web import clock


class NewResolution(NamedTuple):
    """What was resolved; `number` "" takes the next of its meeting."""

    text: str
    about: str = ResolutionAbout.FREE
    number: str = ""


@act
def record_meeting(
    *, by: Doer, group: SavingsGroup, day: date, kind: str, present: int, resolutions: Sequence[NewResolution | str] = (),
    place: str = "", members: int | None = None, note: str = "", at: datetime | None = None,
) -> Meeting:  # fmt: skip
    """A meeting that was held, how many of how many came, and what it resolved."""
    if day > clock.today():
        raise Refused(_("วันประชุมยังมาไม่ถึง"), "day")
    if members is not None and present > members:
        raise Refused(_("ผู้เข้าประชุมต้องไม่มากกว่าผู้มีสิทธิเข้าประชุม"), "present")
    meeting = Meeting.objects.create(
        group=group, day=day, kind=kind, place=place, present_count=present, members_count=members, note=note,
        recorded_by=str(by.full_name), at=at or clock.now(),
    )  # fmt: skip
    new = [one if isinstance(one, NewResolution) else NewResolution(one) for one in resolutions]
    made = _resolve(meeting, new)
    record(
        by, "groups.record_meeting", meeting, group.unit.path, at=at, day=day.isoformat(), kind=str(kind), resolutions=len(made)
    )
    return meeting


@act
def add_resolution(
    *, by: Doer, meeting: Meeting, text: str, about: str = ResolutionAbout.FREE, number: str = "", at: datetime | None = None
) -> Resolution:
    """One more resolution of a meeting that is recorded already."""
    [made] = _resolve(meeting, [NewResolution(text, about, number)])
    record(by, "groups.add_resolution", made, meeting.group.unit.path, at=at, number=made.number, about_kind=str(about))
    return made


@act
def strike_resolution(*, by: Doer, resolution: Resolution, because: str, at: datetime | None = None) -> Resolution:
    """It was written wrong: it stays to be read, struck, and nothing new may name it.

    Refused while a voucher, a settlement or a loan stands on it. Whoever names one holds its row (`hold_resolution`), so
    the two cannot pass each other.
    """
    hold_resolution(resolution)
    if resolution.struck_because:
        raise Refused(_("มตินี้ขีดฆ่าไปแล้ว"))
    if named := queries.namings(resolution, 1):
        raise Refused(_("%(paper)s อ้างมตินี้อยู่ ขีดฆ่าไม่ได้ ยกเลิกรายการนั้นก่อน หรือเพิ่มมติที่ถูกต้องไว้คู่กัน") % {"paper": named[0].words})
    resolution.struck_because = because
    resolution.save(update_fields=["struck_because"])
    record(by, "groups.strike_resolution", resolution, resolution.meeting.group.unit.path, at=at, because=because)
    return resolution


def hold_resolution(resolution: Resolution) -> None:
    """Its row, held until the act ends, read again: for an act that names it or strikes it."""
    held = Resolution.objects.select_for_update().filter(pk=resolution.pk)
    resolution.struck_because = held.values_list("struck_because", flat=True).get()


def _resolve(meeting: Meeting, new: Sequence[NewResolution]) -> list[Resolution]:
    there: QuerySet[Resolution, str] = Resolution.objects.filter(meeting=meeting).values_list("number", flat=True)
    taken, made = set(there), []
    for one in new:
        number = one.number or next(str(n) for n in range(1, len(taken) + 2) if str(n) not in taken)
        if number in taken:
            raise Refused(_("มีมติที่ %s ของการประชุมนี้แล้ว") % number, "number")
        taken.add(number)
        made.append(Resolution(meeting=meeting, number=number, text=one.text, about=one.about))
    return Resolution.objects.bulk_create(made)
