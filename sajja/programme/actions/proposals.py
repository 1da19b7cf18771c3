"""What a district proposes, and takes back."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from sajja.audit.actions import record
from sajja.audit.acts import act
from sajja.groups.models import SavingsGroup
from sajja.lib.refusals import Refused
from sajja.org.models import Person, Unit
from sajja.programme import queries, rule
from sajja.programme.models import ProgrammeYear, Proposal, ProvinceList
from sajja.programme.rule import Candidate
from sajja.programme.terms import Terms
from sajja.web import clock

Wanted = tuple[SavingsGroup, int | None, str]
BATCH = 500


@act
def propose_groups(*, by: Person, year: ProgrammeYear, groups: Iterable[Wanted], at: datetime | None = None) -> list[Proposal]:
    """Propose groups of a district: each with the rule that admits it (None: found here), or a reason where none does."""
    wanted = list(groups)
    if not wanted:
        raise Refused(_("ยังไม่ได้เลือกกลุ่ม โปรดเลือกอย่างน้อย 1 กลุ่ม"))
    paths = [group.unit.path for group, _rule, _reason in wanted]
    take_turns(path[:2] for path in paths)
    refuse_frozen(year, {path[:2] for path in paths})
    _refuse_proposed_before(year, [group for group, _rule, _reason in wanted])
    admitted = _admitted(year, wanted)
    at = at or clock.now()
    made = Proposal.objects.bulk_create(
        [
            Proposal(year=year, group=group, rule=admitted[group.pk], reason=reason.strip()[:500], by=by, at=at)
            for group, _rule, reason in wanted
        ],
        batch_size=BATCH,
    )
    record(by, "programme.propose_groups", year, _path_over(paths), at=at, groups=[group.name for group, _r, _w in wanted])
    return made


def _path_over(paths: Sequence[str]) -> str:
    """The path of the lowest unit that all lie under, district or above."""
    return next((paths[0][:end] for end in (4, 2) if len({path[:end] for path in paths}) == 1), "")


def take_turns(provinces: Iterable[str]) -> None:
    """Lock the provinces' rows until the act is done: who comes second sees what the first did, and is told in words."""
    list(Unit.objects.select_for_update().filter(path__in=set(provinces)).order_by("path").values_list("pk"))


def refuse_frozen(year: ProgrammeYear, provinces: Iterable[str]) -> None:
    frozen = ProvinceList.objects.filter(year=year, province__path__in=provinces).select_related("province").first()
    if frozen:
        raise Refused(
            _("%(province)sยืนยันรายชื่อแล้ว หากต้องเปลี่ยนกลุ่ม ให้พัฒนาการจังหวัดใช้ “เปลี่ยนกลุ่ม” พร้อมเหตุผล")
            % {"province": frozen.province.full_name}
        )


def _refuse_proposed_before(year: ProgrammeYear, groups: Sequence[SavingsGroup]) -> None:
    asked = {group.pk for group in groups}
    twice = queries.open_proposals(year).filter(group__in=asked).first()
    if twice or len(asked) < len(groups):
        name = twice.group.name if twice else groups[0].name
        raise Refused(_("เสนอ%(name)sไว้แล้ว โปรดเปิดหน้าใหม่เพื่อดูรายชื่อล่าสุด") % {"name": name})


def _admitted(year: ProgrammeYear, wanted: Sequence[Wanted]) -> dict[int, int | None]:
    """Group → the rule that admits it; refuses a rule that does not, and a group outside all rules without a reason."""
    asked = queries.terms_for(year)
    reasons = {group.pk: (given, reason.strip()) for group, given, reason in wanted}
    found = queries.candidates_of(year.year, SavingsGroup.objects.filter(pk__in=reasons))
    admitted = {candidate.group: rule.admitting(candidate, asked.rules) for candidate in found}
    for candidate in found:
        given, reason = reasons[candidate.group]
        refuse_outside(candidate, asked, reason)
        if given is not None and given != admitted[candidate.group]:
            raise Refused(_("%(name)sไม่ได้เข้าหลักเกณฑ์ข้อ %(number)d") % {"name": candidate.name, "number": given})
    return admitted


def refuse_outside(candidate: Candidate, asked: Terms, reason: str) -> None:
    """A group that stands no more, lies outside the programme, or fits no rule and has no reason."""
    if candidate.closed:
        raise Refused(_("%(name)sเลิกกลุ่มแล้ว เสนอไม่ได้") % {"name": candidate.name})
    if not asked.takes_part(candidate.path):
        raise Refused(_("%(name)sอยู่นอกพื้นที่ของกิจกรรม") % {"name": candidate.name})
    if rule.admitting(candidate, asked.rules) is None and not reason:
        raise Refused(
            _("%(name)s: %(why)s หากจำเป็นต้องเสนอ โปรดเขียนเหตุผล")
            % {"name": candidate.name, "why": rule.why_not(candidate, asked.rules)},
            field="reason",
        )


@act
def withdraw_proposal(*, by: Person, proposal: Proposal, reason: str = "", at: datetime | None = None) -> Proposal:
    """Take a proposal back before the list is frozen; the row stays, with who and why."""
    take_turns([proposal.group.unit.path[:2]])
    refuse_frozen(proposal.year, [proposal.group.unit.path[:2]])
    proposal.refresh_from_db(fields=["withdrawn_at"])
    if proposal.withdrawn_at is not None:
        raise Refused(_("ถอนการเสนอนี้ไปแล้ว"))
    proposal.withdrawn_at = at or clock.now()
    proposal.withdrawn_because = reason.strip()[:500]
    proposal.save(update_fields=["withdrawn_at", "withdrawn_because"])
    record(by, "programme.withdraw_proposal", proposal, proposal.group.unit.path, at=proposal.withdrawn_at, reason=reason)
    return proposal
