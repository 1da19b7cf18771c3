"""What waits in the plans room: a plan to draft, to sign, and lines whose days have passed."""

from datetime import date

from django.db.models import Exists, Min, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.assessments.models import Slot
from sajja.assessments.queries import current_ones
from sajja.lib.duties import Duty
from sajja.org.door import scoped
from sajja.org.models import Person
from sajja.org.permissions import P
from sajja.plans.models import LineDone, Plan, PlanSignature
from sajja.programme.models import ProgrammeYear, SelectedGroup
from sajja.programme.queries import latest_year, standing


def duties(person: Person, today: date) -> list[Duty]:
    """The plan duties of writers, signers and doers. A fixed number of queries."""
    year = latest_year()
    if year is None:
        return []
    return [*_to_draft(person, year), *_to_sign(person, year), *_to_do(person, year)]


def _to_draft(person: Person, year: ProgrammeYear) -> list[Duty]:
    if not person.may(P.WRITE_PLAN):
        return []
    done = current_ones().filter(selected=OuterRef("pk"))
    ready = scoped(person, P.WRITE_PLAN, standing(year)).filter(
        ~Exists(Plan.objects.filter(selected=OuterRef("pk"))),
        Exists(done.filter(version__instrument__slot=Slot.GOVERNANCE)),
        Exists(done.filter(version__instrument__slot=Slot.SSG)),
    )
    return [_draft(selected) for selected in ready.select_related("group")]


def _draft(selected: SelectedGroup) -> Duty:
    name = selected.group.name
    return Duty(
        _("จัดทำแผน %s") % name, name, None, reverse("plans:draft", args=[selected.pk]), _("ร่างแผน"), "waiting", _("ประเมินครบแล้ว")
    )


def _to_sign(person: Person, year: ProgrammeYear) -> list[Duty]:
    found = []
    for permission, seat in ((P.SIGN_PLAN_CHAIR, "chair"), (P.SIGN_PLAN_HEAD, "head")):
        if person.may(permission):
            signed = PlanSignature.objects.filter(plan=OuterRef("pk"), withdrawn_at__isnull=True)
            open_ones = _plans(person, permission, year).filter(~Exists(signed.filter(seat=seat)))
            if seat == "head":  # the head signs after the chair
                open_ones = open_ones.filter(Exists(signed.filter(seat="chair")))
            found += [_sign(plan) for plan in open_ones]
    return found


def _sign(plan: Plan) -> Duty:
    name = plan.selected.group.name
    return Duty(_("ลงนามแผน %s") % name, name, None, reverse("plans:sign", args=[plan.pk]), _("อ่านและลงนาม"), "waiting")


def _to_do(person: Person, year: ProgrammeYear) -> list[Duty]:
    if not person.may(P.MARK_DONE):
        return []
    done = LineDone.objects.filter(line__plan=OuterRef("pk"), taken_back_at__isnull=True)
    plans = _plans(person, P.MARK_DONE, year).filter(~Exists(done), signed_at__isnull=False)
    plans = plans.annotate(first=Min("lines__ends", filter=Q(lines__removed_at__isnull=True, lines__merged_into__isnull=True)))
    return [_do(plan) for plan in plans]


def _do(plan: Plan) -> Duty:
    name = plan.selected.group.name
    first: date | None = plan.first  # type: ignore[attr-defined]  # annotated by _to_do
    return Duty(_("ทำตามแผน %s") % name, name, first, reverse("plans:plan", args=[plan.pk]), _("บันทึกว่าทำแล้ว"), "next")


def _plans(person: Person, permission: str, year: ProgrammeYear) -> QuerySet[Plan]:
    plans = Plan.objects.filter(selected__in=standing(year)).select_related("selected__group")
    return scoped(person, permission, plans)
