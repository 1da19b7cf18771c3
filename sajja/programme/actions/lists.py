"""The freeze of a province's list: its places and who sits on them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from sajja.audit.actions import record
from sajja.audit.acts import act
from sajja.groups.models import SavingsGroup
from sajja.lib.refusals import Refused
from sajja.org.models import Person, Unit
from sajja.programme import queries, rule
from sajja.programme.actions.proposals import BATCH, refuse_frozen, take_turns
from sajja.programme.models import Place, ProgrammeYear, Proposal, ProvinceList, SelectedGroup
from sajja.programme.rule import Candidate
from sajja.programme.terms import Terms
from sajja.web import clock


@act
def confirm_list(
    *,
    by: Person,
    year: ProgrammeYear,
    province: Unit,
    chosen: Iterable[SavingsGroup] | None = None,
    passed_over: Mapping[int, str] | None = None,
    at: datetime | None = None,
) -> ProvinceList:
    """Freeze a province's list: `chosen` of the proposals (all, where None) take the places, rule 1 first.

    `passed_over`: group → why it was left out although a later rule filled a place. Who was left out, and why, is
    kept with the list. Nobody confirms what he proposed himself.
    """
    take_turns([province.path])
    refuse_frozen(year, [province.path])
    revision = queries.current_revision(year)
    asked = queries.terms_of(revision)
    districts = queries.districts_of(province.path)
    places = queries.places_by_scope(asked, province.path, districts)
    taken = _taken(by, year, province, chosen)
    every = queries.candidates(year.year, province.path)
    because = {group: text.strip() for group, text in (passed_over or {}).items() if text.strip()}
    _refuse_over_quota(taken, places, districts, province)
    _refuse_passed_over(every, taken, asked, places, because)
    at = at or clock.now()
    frozen = ProvinceList.objects.create(
        year=year, province=province, revision=revision, confirmed_by=by, confirmed_at=at,
        left_out=_left_out(every, taken, asked, places, because, queries.withdrawn(year, province.path)),
    )  # fmt: skip
    ordered = sorted(taken, key=lambda proposal: (proposal.rule or rule.LAST, proposal.group.unit.path))
    _seat(frozen, ordered, places, districts, by, at)
    record(
        by,
        "programme.confirm_list",
        frozen,
        province.path,
        at=at,
        revision=revision.number,
        groups=[p.group.name for p in ordered],
    )
    return frozen


def _taken(by: Person, year: ProgrammeYear, province: Unit, chosen: Iterable[SavingsGroup] | None) -> list[Proposal]:
    proposed = list(queries.open_proposals(year, province.path))
    if chosen is not None:
        wanted = {group.pk for group in chosen}
        proposed = [proposal for proposal in proposed if proposal.group_id in wanted]
        if len(proposed) < len(wanted):
            raise Refused(_("มีกลุ่มที่เลือกแต่อำเภอถอนการเสนอแล้ว โปรดเปิดหน้าใหม่เพื่อดูรายชื่อล่าสุด"))
    if not proposed:
        raise Refused(_("ยังไม่มีกลุ่มที่อำเภอเสนอ ให้อำเภอเสนอก่อน แล้วจึงยืนยันรายชื่อ"))
    closed = next((proposal for proposal in proposed if proposal.group.closed_on), None)
    if closed:
        raise Refused(_("%(name)sเลิกกลุ่มแล้ว ยืนยันไม่ได้ เลือกกลุ่มอื่น หรือให้อำเภอถอนการเสนอ") % {"name": closed.group.name})
    own = next((proposal for proposal in proposed if proposal.by_id == by.pk), None)
    if own:
        raise Refused(_("ท่านเป็นผู้เสนอ%(name)sเอง จึงยืนยันเองไม่ได้ ให้ผู้มีอำนาจท่านอื่นยืนยัน") % {"name": own.group.name})
    return proposed


def _refuse_over_quota(taken: Sequence[Proposal], places: Mapping[str, int], districts: Iterable[Unit], province: Unit) -> None:
    names = {district.path: district.full_name for district in districts} | {province.path: province.full_name}
    counts: dict[str | None, int] = {}
    for proposal in taken:
        scope = rule.scope_of(proposal.group.unit.path, places)
        counts[scope] = counts.get(scope, 0) + 1
    for scope, count in counts.items():
        quota = places.get(scope or "", 0)
        if count > quota:
            raise Refused(
                _("%(place)sเลือกไว้ %(count)d กลุ่ม เกินโควตา %(quota)d แห่ง โปรดเลือกให้ไม่เกินโควตา")
                % {"place": names.get(scope or "", ""), "count": count, "quota": quota},
                field="chosen",
            )


def _refuse_passed_over(
    every: Sequence[Candidate], taken: Sequence[Proposal], asked: Terms, places: Mapping[str, int], because: Mapping[int, str]
) -> None:
    chosen = {proposal.group_id for proposal in taken}
    silent = [c for c in rule.passed_over(every, chosen, asked.rules, places) if c.group not in because]
    if silent:
        raise Refused(
            _("กลุ่มที่เข้าหลักเกณฑ์ก่อนยังไม่ถูกเลือก: %(names)s โปรดเลือก หรือเขียนเหตุผลที่ไม่เลือก")
            % {"names": ", ".join(candidate.name for candidate in silent[:5])}
        )


def _left_out(
    every: Sequence[Candidate],
    taken: Sequence[Proposal],
    asked: Terms,
    places: Mapping[str, int],
    because: Mapping[int, str],
    withdrawn: Mapping[int, str],
) -> list[dict[str, Any]]:
    return [
        {
            "group": c.group,
            "name": c.name,
            "path": c.path,
            "level": c.level,
            "rule": rule.admitting(c, asked.rules),
            "reason": why,
        }
        for c, why in queries.left_out(every, {p.group_id for p in taken}, asked, places, because, withdrawn)
    ]


def _seat(
    frozen: ProvinceList,
    ordered: Sequence[Proposal],
    places: Mapping[str, int],
    districts: Iterable[Unit],
    by: Person,
    at: datetime,
) -> None:
    """The places of the target in this province, all of them, and the chosen groups on the first of each scope."""
    by_path = {district.path: district for district in districts}
    scopes = [scope for scope, quota in places.items() for _n in range(quota)]
    made = Place.objects.bulk_create(
        [Place(list=frozen, number=number, district=by_path.get(scope)) for number, scope in enumerate(scopes, start=1)]
    )
    free: dict[str, list[Place]] = {}
    for place, scope in zip(made, scopes, strict=True):
        free.setdefault(scope, []).append(place)
    SelectedGroup.objects.bulk_create(
        [
            SelectedGroup(
                year=frozen.year, place=free[rule.scope_of(proposal.group.unit.path, places) or ""].pop(0), group=proposal.group,
                rule=proposal.rule, reason=proposal.reason, by=by, at=at,
            )
            for proposal in ordered
        ],
        batch_size=BATCH,
    )  # fmt: skip


@act
def extend_list(*, by: Person, frozen: ProvinceList, at: datetime | None = None) -> list[Place]:
    """Empty places for a frozen list, up to the quota of the revision in force; whoever sits on it stays as he is."""
    take_turns([frozen.province.path])
    asked = queries.terms_of(queries.current_revision(frozen.year))
    districts = queries.districts_of(frozen.province.path)
    missing = queries.missing_places(frozen, asked, districts)
    if not missing:
        raise Refused(_("รายชื่อนี้มีที่ครบตามโควตาของฉบับที่ใช้อยู่แล้ว"))
    by_path = {district.path: district for district in districts}
    last = Place.objects.filter(list=frozen).count()
    made = Place.objects.bulk_create(
        [Place(list=frozen, number=number, district=by_path.get(scope)) for number, scope in enumerate(missing, start=last + 1)]
    )
    record(by, "programme.extend_list", frozen, frozen.province.path, at=at, places=len(made))
    return made
