"""What waits in the assessments room: open assessments, and drafts of instruments that another person loaded."""

from datetime import date

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.assessments.models import Assessment, Indicator, InstrumentVersion, Status
from sajja.assessments.queries import standing
from sajja.lib.duties import Duty
from sajja.org.door import holds, scoped
from sajja.org.models import Person
from sajja.org.permissions import P

MOST = 50
"""A home lists no more open assessments than this."""


def duties(person: Person, today: date) -> list[Duty]:
    """What this person can carry on with. At most four queries."""
    return [*_to_verify(person), *_to_answer(person), *_to_publish(person)]


def _opened(person: Person, permission: str, answered: Q) -> list[Assessment]:
    found = scoped(person, permission, standing().filter(confirmed_at__isnull=True, selected__until__isnull=True))
    found = found.select_related("version__instrument", "selected__group")
    return list(found.annotate(done=Count("answers", filter=answered)).order_by("day", "pk")[:MOST])


def _totals(opened: list[Assessment]) -> dict[int, int]:
    """Version → how many indicators it has."""
    counted = Indicator.objects.filter(aspect__version__in={one.version_id for one in opened}).order_by()
    return dict(counted.values_list("aspect__version").annotate(total=Count("pk")))


def _to_verify(person: Person) -> list[Duty]:
    if not holds(person, P.VERIFY):
        return []
    opened = _opened(person, P.VERIFY, ~Q(answers__value=""))
    totals = _totals(opened)
    return [_duty(one, totals[one.version_id], _("ทวนสอบ"), _("ตรวจและยืนยัน")) for one in opened]


def _to_answer(person: Person) -> list[Duty]:
    if not holds(person, P.SELF_ASSESS):
        return []
    opened = _opened(person, P.SELF_ASSESS, ~Q(answers__self_value=""))
    totals = _totals(opened)
    return [_duty(one, totals[one.version_id], _("กลุ่มตอบ"), "") for one in opened if _done(one) < totals[one.version_id]]


def _done(one: Assessment) -> int:
    return int(one.done)  # type: ignore[attr-defined]


def _duty(one: Assessment, total: int, word: str, verb_when_full: str) -> Duty:
    full = _done(one) == total
    page = "overview" if full and verb_when_full else "answer"
    return Duty(
        title=one.version.instrument.get_slot_display(),
        place=str(one.selected.group),
        due=None,
        url=reverse(f"assessments:{page}", kwargs={"assessment": one.pk}),
        verb=verb_when_full if full and verb_when_full else _("ตอบต่อ"),
        kind="waiting",
        note=_("%(word)s %(done)s/%(total)s ข้อ") % {"word": word, "done": _done(one), "total": total},
    )


def _to_publish(person: Person) -> list[Duty]:
    if not holds(person, P.PUBLISH_INSTRUMENT):
        return []
    drafts = InstrumentVersion.objects.filter(Q(loaded_by__isnull=True) | ~Q(loaded_by=person), status=Status.DRAFT)
    return [
        Duty(
            title=_("แบบประเมินฉบับร่างรอประกาศใช้"),
            place=draft.title,
            due=None,
            url=reverse("assessments:version", kwargs={"version": draft.pk}),
            verb=_("ตรวจข้อความ"),
        )
        for draft in drafts.order_by("pk")[:MOST]
    ]
