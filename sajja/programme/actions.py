"""Every write of the programme room: years and their revisions, proposals, the frozen list, and who holds a place."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from sajja.audit.actions import record
from sajja.audit.acts import act
from sajja.groups.models import SavingsGroup
from sajja.lib.refusals import Refused
from sajja.org import queries as org
from sajja.org.models import Person, Unit
from sajja.programme import queries, rule, terms
from sajja.programme.models import Place, ProgrammeYear, Proposal, ProvinceList, Revision, SelectedGroup
from sajja.programme.rule import Candidate
from sajja.programme.terms import Terms
from sajja.web import clock

Wanted = tuple[SavingsGroup, int | None, str]
BATCH = 500


@act
def open_year(*, by: Person, terms_mapping: Mapping[str, Any], at: datetime | None = None) -> ProgrammeYear:
    """Open a programme year from its data file; its sums must tie out. The letter becomes its first revision."""
    asked = _checked(terms_mapping)
    if ProgrammeYear.objects.filter(year=asked.year).exists():
        raise Refused(_("ปี %(year)d เปิดไว้แล้ว หากหนังสือเปลี่ยน ให้ออกฉบับแก้ไขจากหน้าของปีนั้น") % {"year": asked.year})
    at = at or clock.now()
    year = ProgrammeYear.objects.create(year=asked.year, unit=org.department(), opened_by=by, opened_at=at)
    _add_revision(by, year, asked, terms_mapping, number=1, at=at)
    record(by, "programme.open_year", year, "", at=at, reference=asked.reference, groups=asked.groups)
    return year


@act
def revise_year(*, by: Person, year: ProgrammeYear, terms_mapping: Mapping[str, Any], at: datetime | None = None) -> Revision:
    """A new revision of a year. What was frozen, confirmed or submitted keeps the revision it was made under."""
    asked = _checked(terms_mapping)
    if asked.year != year.year:
        raise Refused(_("แฟ้มนี้เป็นของปี %(other)d โปรดใช้แฟ้มของปี %(year)d") % {"other": asked.year, "year": year.year})
    if not asked.what_changed.strip():
        raise Refused(_("โปรดเขียนสั้น ๆ ว่าฉบับนี้เปลี่ยนอะไร"), field="what_changed")
    current = queries.current_revision(year)
    if terms.plain(terms_mapping) == current.terms:
        raise Refused(_("ข้อมูลเหมือนฉบับที่ใช้อยู่ทุกข้อ ยังไม่มีอะไรให้แก้ไข"))
    at = at or clock.now()
    revision = _add_revision(by, year, asked, terms_mapping, number=current.number + 1, at=at)
    record(by, "programme.revise_year", revision, "", at=at, number=revision.number, what_changed=revision.what_changed)
    return revision


def _checked(mapping: Mapping[str, Any]) -> Terms:
    wrong = terms.problems(mapping)
    if wrong:
        raise Refused(" · ".join(wrong))
    return terms.read(mapping)


def _add_revision(
    by: Person, year: ProgrammeYear, asked: Terms, mapping: Mapping[str, Any], *, number: int, at: datetime
) -> Revision:
    return Revision.objects.create(
        year=year, number=number, reference=asked.reference[:100], dated=asked.dated, what_changed=asked.what_changed[:500],
        terms=terms.plain(mapping), by=by, at=at,
    )  # fmt: skip


@act
def propose_groups(*, by: Person, year: ProgrammeYear, groups: Iterable[Wanted], at: datetime | None = None) -> list[Proposal]:
    """Propose groups of a district: each with the rule that admits it (None: found here), or a reason where none does."""
    wanted = list(groups)
    if not wanted:
        raise Refused(_("ยังไม่ได้เลือกกลุ่ม โปรดเลือกอย่างน้อย 1 กลุ่ม"))
    paths = [group.unit.path for group, _rule, _reason in wanted]
    _refuse_frozen(year, {path[:2] for path in paths})
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


def _refuse_frozen(year: ProgrammeYear, provinces: Iterable[str]) -> None:
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
        _refuse_outside(candidate, asked, reason)
        if given is not None and given != admitted[candidate.group]:
            raise Refused(_("%(name)sไม่ได้เข้าหลักเกณฑ์ข้อ %(number)d") % {"name": candidate.name, "number": given})
    return admitted


def _refuse_outside(candidate: Candidate, asked: Terms, reason: str) -> None:
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
    _refuse_frozen(proposal.year, [proposal.group.unit.path[:2]])
    if proposal.withdrawn_at is not None:
        raise Refused(_("ถอนการเสนอนี้ไปแล้ว"))
    proposal.withdrawn_at = at or clock.now()
    proposal.withdrawn_because = reason.strip()[:500]
    proposal.save(update_fields=["withdrawn_at", "withdrawn_because"])
    record(by, "programme.withdraw_proposal", proposal, proposal.group.unit.path, at=proposal.withdrawn_at, reason=reason)
    return proposal


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
    _refuse_frozen(year, [province.path])
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
    at = at or clock.now()
    _leave(by, selected, reason, at)
    record(by, "programme.drop_group", selected, selected.group.unit.path, at=at, reason=reason, place=selected.place.number)
    return selected.place


@act
def fill_place(
    *, by: Person, place: Place, group: SavingsGroup, reason: str, override_reason: str = "", at: datetime | None = None
) -> SelectedGroup:
    """Give an empty place of a frozen list to a group."""
    at = at or clock.now()
    if place.holders.filter(until__isnull=True).exists():
        raise Refused(_("ที่นี้มีกลุ่มแล้ว โปรดเปิดหน้าใหม่เพื่อดูรายชื่อล่าสุด"))
    taken = _take(by, place, group, reason, override_reason, at)
    record(by, "programme.fill_place", taken, group.unit.path, at=at, reason=reason, place=place.number)
    return taken


@act
def reinstate_group(*, by: Person, selected: SelectedGroup, reason: str, at: datetime | None = None) -> SelectedGroup:
    """Take a replacement or a removal back: the group has its place again, and what it did counts again."""
    at = at or clock.now()
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
        _refuse_outside(candidate, asked, override_reason.strip())
    except Refused as outside:
        raise Refused(outside.message, field="override_reason" if outside.field else "new_group") from outside
    why = " · ".join(text.strip() for text in (reason, override_reason) if text.strip())
    return SelectedGroup.objects.create(
        year=frozen.year, place=place, group=group, rule=rule.admitting(candidate, asked.rules), reason=why[:500], by=by, at=at
    )
