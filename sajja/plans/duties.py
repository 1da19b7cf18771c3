"""What waits in the plans room: plans to draft, to sign, and activities whose days have passed."""

from datetime import date

from django.db.models import Count, Exists, Min, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.lib.duties import Duty
from sajja.org.door import holds, scoped
from sajja.org.models import Person
from sajja.org.permissions import P
from sajja.plans.models import LineDone, Plan, PlanLine
from sajja.plans.queries import plans_of, ready_for_plan, unsigned
from sajja.programme.models import ProgrammeYear, Revision
from sajja.programme.queries import latest_revision

MOST = 50
"""A home lists no more plans of a kind than this."""


def duties(person: Person, today: date, latest: Revision | None = None) -> list[Duty]:
    """The plan duties of the newest year (`latest`: its revision, where it was read already). At most five queries beside it."""
    if not any(holds(person, one) for one in (P.WRITE_PLAN, P.SIGN_PLAN_CHAIR, P.SIGN_PLAN_HEAD, P.MARK_DONE)):
        return []
    latest = latest or latest_revision()
    if latest is None:
        return []
    year = latest.year
    return [*_to_draft(person, year), *_to_sign(person, year), *_overdue(person, year, today)]


def _to_draft(person: Person, year: ProgrammeYear) -> list[Duty]:
    if not holds(person, P.WRITE_PLAN):
        return []
    ready = (
        scoped(person, P.WRITE_PLAN, ready_for_plan(year))
        .filter(group__closed_on__isnull=True)
        .select_related("group")
        .order_by("group__unit__path")
    )
    note = _("ประเมินครบสองแบบแล้ว")
    return [
        Duty(_("จัดทำแผนการพัฒนากลุ่ม"), one.group.name, None, _address(one.pk), _("เริ่มทำแผน"), "waiting", note)
        for one in ready[:MOST]
    ]


def _to_sign(person: Person, year: ProgrammeYear) -> list[Duty]:
    standing = plans_of(year).filter(signed_at__isnull=True, selected__group__closed_on__isnull=True)
    open_plans = standing.select_related("selected__group").order_by("drafted_at", "pk")
    found: list[Duty] = []
    if holds(person, P.SIGN_PLAN_HEAD):
        mine = (
            scoped(person, P.SIGN_PLAN_HEAD, open_plans).filter(~unsigned("chair"), unsigned("head")).exclude(drafted_by=person)
        )
        note = _("ประธานกลุ่มลงนามแล้ว")
        found += [_sign(plan, "plans:sign_head", _("ลงนามแผน"), note) for plan in mine[:MOST]]
    elif holds(person, P.SIGN_PLAN_CHAIR):
        mine = scoped(person, P.SIGN_PLAN_CHAIR, open_plans).filter(unsigned("chair"))
        found += [_sign(plan, "plans:sign_chair", _("ลงนามแผน"), _("ลงนามในฐานะประธานกลุ่ม")) for plan in mine[:MOST]]
    elif holds(person, P.WRITE_PLAN):
        mine = scoped(person, P.WRITE_PLAN, open_plans).filter(unsigned("chair"))
        found += [_sign(plan, "plans:plan", _("ทำแผนต่อ"), _("ร่างแล้ว รอประธานกลุ่มลงนาม")) for plan in mine[:MOST]]
    return found


def _sign(plan: Plan, route: str, verb: str, note: str) -> Duty:
    key = {"selected": plan.selected_id} if route == "plans:plan" else {"plan": plan.pk}
    title = _("แผนการพัฒนากลุ่มที่ยังลงนามไม่ครบ")
    return Duty(title, plan.selected.group.name, None, reverse(route, kwargs=key), verb, "waiting", note)


def _overdue(person: Person, year: ProgrammeYear, today: date) -> list[Duty]:
    if not holds(person, P.MARK_DONE):
        return []
    done = LineDone.objects.filter(line=OuterRef("pk"), taken_back_at__isnull=True)
    undone = PlanLine.objects.filter(
        ~Exists(done), plan__in=plans_of(year).filter(signed_at__isnull=False), merged_into=None, removed_at=None, ends__lt=today
    )
    rows = (
        scoped(person, P.MARK_DONE, undone)
        .values("plan__selected", "plan__selected__group__name")
        .annotate(lines=Count("pk"), first=Min("ends"))
        .order_by("first", "plan__selected")
    )
    return [
        Duty(
            _("บันทึกกิจกรรมตามแผนที่ถึงกำหนดแล้ว %d กิจกรรม") % row["lines"], row["plan__selected__group__name"], row["first"],
            _address(row["plan__selected"]), _("บันทึกว่าทำแล้ว"), "waiting", _("หากยังไม่ทำ บันทึกภายหลังได้"),
        )
        for row in rows[:MOST]
    ]  # fmt: skip


def _address(selected: int) -> str:
    return reverse("plans:plan", kwargs={"selected": selected})
