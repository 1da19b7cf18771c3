"""What clause 4.2 reviews: levels, fund centre, regulations, committee, last appropriation."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _

from sajja.audit.actions import record
from sajja.audit.acts import act
from sajja.groups import queries
from sajja.groups.models import (
    AppropriationHead,
    CentreFounding,
    CommitteeMember,
    DevelopmentLevel,
    LastAppropriation,
    Office,
    Regulation,
    SavingsGroup,
    Section,
    percent_of_bp,
)
from sajja.lib.refusals import Refused
from sajja.lib.thai_dates import short
from sajja.org.models import Person
from sajja.org.queries import department
from sajja.web import clock

BATCH = 500
WHOLE_BP = 10_000
LAWFUL_BP = 1_500


class NewCommitteeMember(NamedTuple):
    """Someone elected: section and office are keys of models.Section and models.Office, sex of models.Sex."""

    name: str
    sex: str
    section: str
    office: str = "member"


class NewRegulation(NamedTuple):
    """Written rules from a day on. Money in satang, rates in basis points; heads are (name, basis points), adding to 10,000."""

    in_force_from: date
    pledge_unit_satang: int
    pledge_units_least: int
    pledge_units_most: int
    collecting_day: int
    loan_interest_bp: int
    special_interest_bp: int = 0
    fiscal_year_starts: int = 1
    note: str = ""
    heads: Sequence[tuple[str, int]] = ()


def refuse_closed(group: SavingsGroup) -> None:
    """Nothing new is said of a group that is no more; what was said by mistake can still be withdrawn."""
    if group.closed_on:
        day = short(group.closed_on)
        raise Refused(_("กลุ่มนี้เลิกไปแล้วเมื่อ %s บันทึกเพิ่มไม่ได้ หากบันทึกการเลิกผิด ให้ถอนการเลิกกลุ่มก่อน") % day)


@act
def set_level(
    *, by: Person | str, group: SavingsGroup, fiscal_year: int, level: int, source: str, at: datetime | None = None
) -> DevelopmentLevel:
    """Grade a group 1–3 for a fiscal year; an older grading of that year stays and counts no more."""
    [row] = grade([(group, level)], fiscal_year, source, by, at)
    record(by, "groups.set_level", group, group.unit.path, at=at, fiscal_year=fiscal_year, level=level, source=source)
    return row


@act
def set_levels(
    *, by: Person | str, levels: Iterable[tuple[SavingsGroup, int]], fiscal_year: int, source: str, at: datetime | None = None
) -> list[DevelopmentLevel]:
    """Grade many groups for a fiscal year in one act; one audit row about the department, each grading says who and when."""
    rows = grade(list(levels), fiscal_year, source, by, at)
    record(by, "groups.set_levels", department(), "", at=at, fiscal_year=fiscal_year, groups=len(rows), source=source)
    return rows


def grade(
    levels: Sequence[tuple[SavingsGroup, int]], fiscal_year: int, source: str, by: Person | str, at: datetime | None
) -> list[DevelopmentLevel]:
    """The rows of a grading: a part of the act of whoever grades (no audit row of its own)."""
    for group, _level in levels:
        refuse_closed(group)
    if any(level not in {1, 2, 3} for _group, level in levels):
        raise Refused(_("ระดับการพัฒนามี 1, 2 และ 3"), field="level")
    keys = [group.pk for group, _level in levels]
    for start in range(0, len(keys), BATCH):
        DevelopmentLevel.objects.filter(group__in=keys[start : start + BATCH], fiscal_year=fiscal_year, counts=True).update(
            counts=False
        )
    by_name = by if isinstance(by, str) else by.full_name
    at = at or clock.now()
    return DevelopmentLevel.objects.bulk_create(
        [
            DevelopmentLevel(group=group, fiscal_year=fiscal_year, level=level, source=source, by_name=by_name, at=at)
            for group, level in levels
        ],
        batch_size=BATCH,
    )


@act
def found_centre(
    *, by: Person | str, group: SavingsGroup, centre_name: str, year: int, evidence: str, at: datetime | None = None
) -> CentreFounding:
    """Record, or correct, that the group led the founding of a fund centre (แกนนำ), with the evidence for it."""
    refuse_closed(group)
    before = CentreFounding.objects.filter(group=group).first()
    old = {} if before is None else {"centre_name": before.centre_name, "year": before.year, "evidence": before.evidence}
    new = {"centre_name": centre_name, "year": year, "evidence": evidence}
    if old == new and before is not None:
        return before
    row = before or CentreFounding(group=group)
    row.centre_name, row.year, row.evidence = centre_name, year, evidence
    row.recorded_at, row.recorded_by = at or clock.now(), by if isinstance(by, str) else by.full_name
    row.save()
    changes = [{"what": key, "from": str(old.get(key, "")), "to": str(new[key])} for key in new if old.get(key) != new[key]]
    record(by, "groups.found_centre", group, group.unit.path, at=at, changes=changes)
    return row


@act
def withdraw_centre(*, by: Person | str, group: SavingsGroup, reason: str, at: datetime | None = None) -> SavingsGroup:
    """Take back that the group founded a centre; what was said stands in the history."""
    row = CentreFounding.objects.filter(group=group).first()
    if row is None:
        raise Refused(_("ยังไม่มีข้อมูลการจัดตั้งศูนย์ของกลุ่มนี้ ไม่มีอะไรให้ถอน"))
    said = {"centre_name": row.centre_name, "year": row.year, "evidence": row.evidence}
    row.delete()
    record(by, "groups.withdraw_centre", group, group.unit.path, at=at, reason=reason, **said)
    return group


@act
def add_regulation(*, by: Person | str, group: SavingsGroup, regulation: NewRegulation, at: datetime | None = None) -> Regulation:
    """Write down the group's rules from a day on; older ones stay. The same day again corrects what was written."""
    [row] = _regulate([(group, regulation)])
    record(
        by, "groups.add_regulation", group, group.unit.path, at=at,
        in_force_from=regulation.in_force_from.isoformat(), heads=[[name, share] for name, share in regulation.heads],
        **{key: getattr(regulation, key) for key in NewRegulation._fields[1:-1]},
    )  # fmt: skip
    return row


@act
def add_regulations(
    *, by: Person | str, regulations: Iterable[tuple[SavingsGroup, NewRegulation]], at: datetime | None = None
) -> list[Regulation]:
    """The rules of many groups in one act; one audit row about the department, which says which rules came to which group."""
    rows = _regulate(list(regulations))
    of = {str(row.group_id): row.pk for row in rows}
    record(by, "groups.add_regulations", department(), "", at=at, groups=len(rows), of=of)
    return rows


def _regulate(wanted: Sequence[tuple[SavingsGroup, NewRegulation]]) -> list[Regulation]:
    for group, new in wanted:
        refuse_closed(group)
        _refuse_unlawful(new)
        Regulation.objects.filter(group=group, in_force_from=new.in_force_from, counts=True).update(counts=False)
    rows = Regulation.objects.bulk_create(
        [Regulation(group=group, **{key: getattr(new, key) for key in NewRegulation._fields[:-1]}) for group, new in wanted],
        batch_size=BATCH,
    )
    AppropriationHead.objects.bulk_create(
        [
            AppropriationHead(regulation=row, position=position, name=name, share_bp=share)
            for row, (_group, new) in zip(rows, wanted, strict=True)
            for position, (name, share) in enumerate(new.heads, 1)
        ],
        batch_size=BATCH,
    )
    return rows


def _refuse_unlawful(new: NewRegulation) -> None:
    if new.loan_interest_bp > LAWFUL_BP:
        raise Refused(_("ดอกเบี้ยเงินกู้เกินร้อยละ 15 ต่อปีไม่ได้ กฎหมายห้าม ตรวจอัตราอีกครั้ง"), field="loan_interest_bp")
    if new.pledge_units_most < new.pledge_units_least:
        raise Refused(_("จำนวนหุ้นสูงสุดต้องไม่น้อยกว่าจำนวนต่ำสุด"), field="pledge_units_most")
    total = sum(share for _name, share in new.heads)
    if new.heads and total != WHOLE_BP:
        raise Refused(_("หัวข้อจัดสรรกำไรรวมกันต้องได้ร้อยละ 100 ตอนนี้รวมได้ร้อยละ %s") % percent_of_bp(total), field="heads")


@act
def elect_committee(
    *,
    by: Person | str,
    group: SavingsGroup,
    members: Iterable[NewCommitteeMember],
    starts: date | None = None,
    ends: date | None = None,
    at: datetime | None = None,
) -> list[CommitteeMember]:
    """A newly elected committee from a day on (today); the terms of those before it end the day before. The same day again corrects."""
    elected, starts = list(members), starts or clock.today()
    rows = _elect([(group, elected)], starts, ends)
    record(
        by, "groups.elect_committee", group, group.unit.path, at=at, starts=starts.isoformat(),
        ends=ends.isoformat() if ends else "", members=[list(member) for member in elected],
    )  # fmt: skip
    return rows


@act
def elect_committees(
    *,
    by: Person | str,
    committees: Iterable[tuple[SavingsGroup, Sequence[NewCommitteeMember]]],
    starts: date,
    ends: date | None = None,
    at: datetime | None = None,
) -> list[CommitteeMember]:
    """The committees of many groups with one term, in one act; one audit row about the department, which says who came to
    which group."""
    wanted = list(committees)
    rows = _elect(wanted, starts, ends)
    of: dict[str, list[int]] = {}
    for row in rows:
        of.setdefault(str(row.group_id), []).append(row.pk)
    record(
        by, "groups.elect_committees", department(), "", at=at, starts=starts.isoformat(), groups=len(wanted), members=len(rows), of=of
    )  # fmt: skip
    return rows


def _elect(
    wanted: Sequence[tuple[SavingsGroup, Sequence[NewCommitteeMember]]], starts: date, ends: date | None
) -> list[CommitteeMember]:
    for group, members in wanted:
        refuse_closed(group)
        _refuse_incomplete(members)
    if ends and ends < starts:
        raise Refused(_("วันหมดวาระต้องไม่ก่อนวันเริ่มวาระ"), field="ends")
    keys = [group.pk for group, _members in wanted]
    for start in range(0, len(keys), BATCH):
        there = CommitteeMember.objects.filter(group__in=keys[start : start + BATCH], counts=True)
        if there.filter(starts__gt=starts).exists():
            raise Refused(_("มีกรรมการชุดที่เริ่มวาระหลังจากวันนี้แล้ว ตรวจวันเริ่มวาระ หรือถอนชุดนั้นก่อน"), field="starts")
        there.filter(starts=starts).update(counts=False)
        there.filter(Q(ends__isnull=True) | Q(ends__gte=starts), starts__lt=starts).update(ends=starts - timedelta(days=1))
    return CommitteeMember.objects.bulk_create(
        [
            CommitteeMember(group=group, starts=starts, ends=ends, **member._asdict())
            for group, members in wanted
            for member in members
        ],
        batch_size=BATCH,
    )


def _refuse_incomplete(members: Sequence[NewCommitteeMember]) -> None:
    if not members:
        raise Refused(_("ยังไม่มีชื่อกรรมการ ใส่อย่างน้อยหนึ่งคน"))
    if sum(member.office == Office.CHAIR for member in members) > 1:
        raise Refused(_("ประธานมีได้คนเดียว เลือกตำแหน่งอื่นให้คนที่เหลือ"))
    known = {str(section) for section in Section}
    if any(member.section not in known for member in members):
        raise Refused(_("เลือกฝ่ายของกรรมการให้ครบทุกคน"))


@act
def withdraw_committee(
    *, by: Person | str, group: SavingsGroup, reason: str, at: datetime | None = None
) -> list[CommitteeMember]:
    """Take back the committee that was written down last; the one before it keeps the term it was given."""
    rows = queries.latest_committee(group)
    if not rows:
        raise Refused(_("ยังไม่มีคณะกรรมการในทะเบียน ไม่มีอะไรให้ถอน"))
    CommitteeMember.objects.filter(pk__in=[row.pk for row in rows]).update(counts=False)
    names, starts = [row.name for row in rows], rows[0].starts.isoformat()
    record(by, "groups.withdraw_committee", group, group.unit.path, at=at, starts=starts, names=names, reason=reason)
    return rows


@act
def withdraw_regulation(*, by: Person | str, group: SavingsGroup, reason: str, at: datetime | None = None) -> Regulation:
    """Take back the newest rules; those before them are in force again."""
    row = queries.latest_regulation(group)
    if row is None:
        raise Refused(_("ยังไม่มีระเบียบในทะเบียน ไม่มีอะไรให้ถอน"))
    row.counts = False
    row.save(update_fields=["counts"])
    day = row.in_force_from.isoformat()
    record(by, "groups.withdraw_regulation", group, group.unit.path, at=at, in_force_from=day, reason=reason)
    return row


@act
def withdraw_level(*, by: Person | str, level: DevelopmentLevel, reason: str, at: datetime | None = None) -> DevelopmentLevel:
    """Take back a grading, as of a year that was never graded; set it anew to correct it."""
    if not level.counts:
        raise Refused(_("ระดับนี้ถูกแทนหรือถอนไปแล้ว"))
    level.counts = False
    level.save(update_fields=["counts"])
    group = level.group
    record(
        by, "groups.withdraw_level", group, group.unit.path, at=at, fiscal_year=level.fiscal_year, level=level.level, reason=reason
    )  # fmt: skip
    return level


@act
def end_membership(
    *, by: Person | str, member: CommitteeMember, ends: date, reason: str, at: datetime | None = None
) -> CommitteeMember:
    """Let one member's term end on a day (inclusive): resigned, moved away, died."""
    refuse_closed(member.group)
    if not member.counts:
        raise Refused(_("รายการนี้ถูกถอนหรือแก้ไปแล้ว เปิดหน้าของกลุ่มใหม่"))
    if ends < member.starts:
        raise Refused(_("วันพ้นตำแหน่งต้องไม่ก่อนวันเริ่มวาระ %s") % short(member.starts), field="ends")
    member.ends = ends
    member.save(update_fields=["ends"])
    group = member.group
    record(by, "groups.end_membership", group, group.unit.path, at=at, name=member.name, ends=ends.isoformat(), reason=reason)
    return member


@act
def record_appropriation(
    *,
    by: Person,
    group: SavingsGroup,
    fiscal_year: int,
    as_of: date,
    surplus_satang: int,
    to_members_satang: int,
    to_community_satang: int,
    at: datetime | None = None,
) -> LastAppropriation:
    """The last sharing of the surplus, typed from the group's own book; typed again, the newer row is shown."""
    refuse_closed(group)
    if to_members_satang + to_community_satang > surplus_satang:
        raise Refused(_("ส่วนของสมาชิกกับส่วนของชุมชนรวมกันเกินกำไรสุทธิ ตรวจตัวเลขจากสมุดอีกครั้ง"), field="to_members_satang")
    row = LastAppropriation.objects.create(
        group=group, fiscal_year=fiscal_year, as_of=as_of, surplus_satang=surplus_satang, to_members_satang=to_members_satang,
        to_community_satang=to_community_satang, by_name=by.full_name, at=at or clock.now(),
    )  # fmt: skip
    record(
        by, "groups.record_appropriation", group, group.unit.path, at=at, fiscal_year=fiscal_year, surplus_satang=surplus_satang,
        to_members_satang=to_members_satang, to_community_satang=to_community_satang,
    )  # fmt: skip
    return row
