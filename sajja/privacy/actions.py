"""Every write of the privacy room: a breach is recorded, noted, told, closed."""

from datetime import datetime

from django.utils.translation import gettext as _

from sajja.audit.actions import record
from sajja.audit.acts import act
from sajja.lib.refusals import Refused
from sajja.org.models import Person
from sajja.privacy.models import Breach, BreachNote, Risk
from sajja.web import clock


@act
def record_breach(  # a breach has these parts
    *, by: Person, known_at: datetime, what: str, whose: str, people: int, risk: str, measures: str, at: datetime | None = None
) -> Breach:
    """Something got out: the clock runs from the moment that it became known."""
    at = at or clock.now()
    if known_at > at:
        raise Refused(_("เวลาที่รู้เหตุต้องไม่หลังเวลานี้"), field="day")
    made = Breach.objects.create(
        known_at=known_at,
        what=what.strip(),
        whose=whose.strip(),
        people=people,
        risk=risk,
        measures=measures.strip(),
        by=by,
        at=at,
    )
    record(by, "privacy.record_breach", made, "", at=at, risk=risk, people=people, known_at=known_at.isoformat())
    return made


@act
def note_breach(*, by: Person, breach: Breach, words: str, risk: str = "", at: datetime | None = None) -> BreachNote:
    """What was found out or done since; a risk that turned out to be another is said with it."""
    at = at or clock.now()
    found = _open(breach)
    row = BreachNote.objects.create(breach=found, words=words.strip(), by=by, at=at)
    if risk and risk != found.risk:
        found.risk = risk
        found.save(update_fields=["risk"])
    record(by, "privacy.note_breach", found, "", at=at, risk=found.risk)
    return row


@act
def tell_office(*, by: Person, breach: Breach, told_at: datetime, reference: str, at: datetime | None = None) -> Breach:
    """สคส. was told, by this letter at this moment."""
    at = at or clock.now()
    found = _open(breach)
    if found.told_office_at:
        raise Refused(_("บันทึกการแจ้ง สคส. ไว้แล้ว มีเรื่องเพิ่มให้เขียนเป็นบันทึก"))
    _not_in_the_future(told_at, found, at)
    found.told_office_at, found.office_reference = told_at, reference.strip()
    found.save(update_fields=["told_office_at", "office_reference"])
    record(by, "privacy.tell_office", found, "", at=at, told_at=told_at.isoformat(), reference=found.office_reference)
    return found


@act
def tell_people(*, by: Person, breach: Breach, told_at: datetime, at: datetime | None = None) -> Breach:
    """The people whose data got out were told, with what they can do."""
    at = at or clock.now()
    found = _open(breach)
    if found.told_people_at:
        raise Refused(_("บันทึกการแจ้งเจ้าของข้อมูลไว้แล้ว"))
    _not_in_the_future(told_at, found, at)
    found.told_people_at = told_at
    found.save(update_fields=["told_people_at"])
    record(by, "privacy.tell_people", found, "", at=at, told_at=told_at.isoformat())
    return found


@act
def close_breach(*, by: Person, breach: Breach, outcome: str, at: datetime | None = None) -> Breach:
    """It is dealt with; refused while somebody who must be told was not."""
    at = at or clock.now()
    found = _open(breach)
    if found.risk != Risk.NONE and not found.told_office_at:
        raise Refused(_("ยังไม่ได้แจ้ง สคส. แจ้งและบันทึกก่อนปิดเรื่อง"))
    if found.risk == Risk.HIGH and not found.told_people_at:
        raise Refused(_("ความเสี่ยงสูง ต้องแจ้งเจ้าของข้อมูลและบันทึกก่อนปิดเรื่อง"))
    if not outcome.strip():
        raise Refused(_("บอกว่าเรื่องจบอย่างไร"), field="outcome")
    found.closed_at, found.closed_because = at, outcome.strip()
    found.save(update_fields=["closed_at", "closed_because"])
    record(by, "privacy.close_breach", found, "", at=at, outcome=found.closed_because)
    return found


def _open(breach: Breach) -> Breach:
    found = Breach.objects.select_for_update().get(pk=breach.pk)
    if found.closed_at:
        raise Refused(_("เรื่องนี้ปิดแล้ว"))
    return found


def _not_in_the_future(told_at: datetime, breach: Breach, at: datetime) -> None:
    if told_at > at or told_at < breach.known_at:
        raise Refused(_("เวลาที่แจ้งต้องหลังเวลาที่รู้เหตุ และไม่หลังเวลานี้"), field="day")
