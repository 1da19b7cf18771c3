"""Circulars: issued to every office, withdrawn where they were wrong, acknowledged by each office once."""

from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.audit.actions import record
from sajja.audit.acts import act
from sajja.inbox.actions import NewMessage, deliver
from sajja.lib.refusals import Refused
from sajja.lib.thai_dates import short
from sajja.org.door import AFTER
from sajja.org.models import Person, Post, Unit
from sajja.programme import circulars
from sajja.programme.models import Acknowledgement, Circular, ProgrammeYear
from sajja.web import clock

NEWS = "news"


@act
def issue_circular(  # a circular has these parts
    *, by: Person, year: ProgrammeYear, number: str, dated: date, subject: str, words: str, needs_by: date,
    replaces: Circular | None = None, at: datetime | None = None,
) -> Circular:  # fmt: skip
    """Send a circular to every office of the year; all of their people find it in their inbox at once."""
    at = at or clock.now()
    list(ProgrammeYear.objects.select_for_update().filter(pk=year.pk))  # two who issue the same number meet here
    if dated > clock.day_of(at):
        raise Refused(_("วันที่ของหนังสือต้องไม่หลังวันนี้"), field="dated")
    if needs_by < clock.day_of(at):
        raise Refused(_("วันที่ให้รับทราบต้องไม่ก่อนวันนี้"), field="needs_by")
    if circulars.standing(year).filter(number=number.strip()).exists():
        raise Refused(_("มีหนังสือเลขที่นี้แล้ว ถ้าฉบับนั้นผิด ให้ถอนก่อนแล้วออกใหม่"), field="number")
    made = Circular.objects.create(
        year=year, number=number.strip(), dated=dated, subject=subject.strip(), words=words.strip(), needs_by=needs_by,
        replaces=replaces, by=by, at=at,
    )  # fmt: skip
    reached = circulars.offices(year, [("", AFTER)])
    title = _("หนังสือเวียน %(number)s %(subject)s") % {"number": made.number, "subject": made.subject}
    said = _("รับทราบภายใน %s") % short(needs_by)
    people = Post.objects.held_on(clock.day_of(at)).filter(unit__in=reached, person__is_active=True)
    link = reverse("programme:circular", args=[made.pk])
    wanted = [
        NewMessage(key, f"circular:{made.pk}", NEWS, title, said, link) for key in set(people.values_list("person_id", flat=True))
    ]
    told = deliver(wanted, at)
    record(by, "programme.issue_circular", made, "", at=at, number=made.number, offices=len(reached), people=told)
    return made


@act
def withdraw_circular(*, by: Person, circular: Circular, reason: str, at: datetime | None = None) -> Circular:
    """It was wrong: nobody is asked for it any more. What was acknowledged stays."""
    if not reason.strip():
        raise Refused(_("บอกว่าถอนเพราะอะไร ทุกสำนักงานจะเห็นข้อความนี้"), field="reason")
    found = Circular.objects.select_for_update(of=("self",)).select_related("year").get(pk=circular.pk)
    if found.withdrawn_at:
        raise Refused(_("หนังสือนี้ถูกถอนไปแล้ว"))
    found.withdrawn_at, found.withdrawn_because = at or clock.now(), reason.strip()
    found.save(update_fields=["withdrawn_at", "withdrawn_because"])
    record(by, "programme.withdraw_circular", found, "", at=at, number=found.number, reason=found.withdrawn_because)
    return found


@act
def acknowledge_circular(*, by: Person, circular: Circular, unit: Unit, at: datetime | None = None) -> Acknowledgement:
    """รับทราบ for an office, by one of its people; the first one counts."""
    found = Circular.objects.select_for_update(of=("self",)).select_related("year").get(pk=circular.pk)
    if found.withdrawn_at:
        raise Refused(_("หนังสือนี้ถูกถอนแล้ว ไม่ต้องรับทราบ"))
    if not circulars.reaches(found, unit):
        raise Refused(_("หนังสือนี้ไม่ได้ส่งถึงหน่วยงานนี้"))
    there = Acknowledgement.objects.filter(circular=found, unit=unit).select_related("by").first()
    if there:
        raise Refused(_("%(name)s รับทราบแทนหน่วยงานนี้แล้ว") % {"name": there.by.full_name})
    row = Acknowledgement.objects.create(circular=found, unit=unit, by=by, at=at or clock.now())
    record(by, "programme.acknowledge_circular", unit, unit.path, at=at, number=found.number, subject=found.subject)
    return row
