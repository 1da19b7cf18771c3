"""Who holds a place of a frozen list: replacing, dropping, filling, taking back."""

from datetime import datetime

from django.utils.translation import gettext as _

from sajja.audit.actions import record
from sajja.audit.acts import act
from sajja.groups.models import SavingsGroup
from sajja.lib.refusals import Refused
from sajja.org.models import Person
from sajja.programme import queries, rule
from sajja.programme.actions.proposals import refuse_outside, take_turns
from sajja.programme.models import Place, SelectedGroup
from sajja.web import clock


@act
def replace_group(
    *,
    by: Person,
    selected: SelectedGroup,
    new_group: SavingsGroup,
    reason: str,
    override_reason: str = "",
    at: datetime | None = None,
) -> SelectedGroup:
    """Give a place to another group. What the old one did stays readable and counts no more; the place counts on."""
    take_turns([selected.place.list.province.path])
    at = at or clock.now()
    _leave(by, selected, reason, at)
    taken = _take(by, selected.place, new_group, reason, override_reason, at)
    record(
        by, "programme.replace_group", taken, new_group.unit.path, at=at, reason=reason,
        before=selected.group.name, after=new_group.name, place=selected.place.number,
    )  # fmt: skip
    return taken


@act
def drop_group(*, by: Person, selected: SelectedGroup, reason: str, at: datetime | None = None) -> Place:
    """Take a group off its place; the place stays in the target, empty, until another group takes it."""
    take_turns([selected.place.list.province.path])
    at = at or clock.now()
    _leave(by, selected, reason, at)
    record(by, "programme.drop_group", selected, selected.group.unit.path, at=at, reason=reason, place=selected.place.number)
    return selected.place


@act
def fill_place(
    *, by: Person, place: Place, group: SavingsGroup, reason: str, override_reason: str = "", at: datetime | None = None
) -> SelectedGroup:
    """Give an empty place of a frozen list to a group."""
    take_turns([place.list.province.path])
    at = at or clock.now()
    if place.holders.filter(until__isnull=True).exists():
        raise Refused(_("ที่นี้มีกลุ่มแล้ว โปรดเปิดหน้าใหม่เพื่อดูรายชื่อล่าสุด"))
    taken = _take(by, place, group, reason, override_reason, at)
    record(by, "programme.fill_place", taken, group.unit.path, at=at, reason=reason, place=place.number)
    return taken


@act
def reinstate_group(*, by: Person, selected: SelectedGroup, reason: str, at: datetime | None = None) -> SelectedGroup:
    """Take a replacement or a removal back: the group has its place again, and what it did counts again."""
    take_turns([selected.place.list.province.path])
    at = at or clock.now()
    selected.refresh_from_db(fields=["until"])
    if selected.until is None:
        raise Refused(_("กลุ่มนี้อยู่ในรายชื่ออยู่แล้ว"))
    if SelectedGroup.objects.filter(year=selected.year, group=selected.group, until__isnull=True).exists():
        raise Refused(_("%(name)sอยู่ในรายชื่อแล้วในที่อื่น") % {"name": selected.group.name})
    if selected.group.closed_on is not None:
        raise Refused(_("%(name)sเลิกกลุ่มแล้ว คืนที่ให้ไม่ได้") % {"name": selected.group.name})
    _require_reason(reason)
    left = {"until": selected.until.isoformat(), "because": selected.until_because}
    instead = SelectedGroup.objects.filter(place=selected.place, until__isnull=True).select_related("group").first()
    if instead:
        _leave(by, instead, reason, at)
    selected.until, selected.until_because, selected.until_by = None, "", None
    selected.save(update_fields=["until", "until_because", "until_by"])
    record(
        by, "programme.reinstate_group", selected, selected.group.unit.path, at=at, reason=reason, left=left,
        instead_of=instead.group.name if instead else "", place=selected.place.number,
    )  # fmt: skip
    return selected


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused(_("โปรดเขียนเหตุผล รายชื่อที่ยืนยันแล้วเปลี่ยนได้เมื่อมีเหตุผลเท่านั้น"), field="reason")


def _leave(by: Person, selected: SelectedGroup, reason: str, at: datetime) -> None:
    _require_reason(reason)
    left = SelectedGroup.objects.filter(pk=selected.pk, until__isnull=True).update(
        until=at, until_because=reason.strip()[:500], until_by=by
    )
    if not left:
        raise Refused(_("กลุ่มนี้ถูกเปลี่ยนไปแล้ว โปรดเปิดหน้าใหม่เพื่อดูรายชื่อล่าสุด"))
    selected.refresh_from_db()


def _take(by: Person, place: Place, group: SavingsGroup, reason: str, override_reason: str, at: datetime) -> SelectedGroup:
    frozen = place.list
    _require_reason(reason)
    scope = place.district.path if place.district else frozen.province.path
    if not group.unit.path.startswith(scope):
        raise Refused(_("กลุ่มใหม่ต้องอยู่ในพื้นที่เดียวกับที่ของเป้าหมายนี้"), field="new_group")
    if SelectedGroup.objects.filter(year=frozen.year, group=group, until__isnull=True).exists():
        raise Refused(_("%(name)sอยู่ในรายชื่อแล้ว โปรดเลือกกลุ่มอื่น") % {"name": group.name}, field="new_group")
    asked = queries.terms_of(frozen.revision)
    [candidate] = queries.candidates_of(frozen.year.year, SavingsGroup.objects.filter(pk=group.pk))
    try:
        refuse_outside(candidate, asked, override_reason.strip())
    except Refused as outside:
        raise Refused(outside.message, field="override_reason" if outside.field else "new_group") from outside
    why = " · ".join(text.strip() for text in (reason, override_reason) if text.strip())
    return SelectedGroup.objects.create(
        year=frozen.year, place=place, group=group, rule=rule.admitting(candidate, asked.rules), reason=why[:500], by=by, at=at
    )
