"""Reads of the members, their pledges and the group's books."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from sajja.groups.history import FIELDS, Change, Line
from sajja.groups.member_sheet import COLUMNS, MemberReader, MemberReading
from sajja.groups.models import (
    Beneficiary,
    Family,
    GroupBook,
    Meeting,
    Member,
    MemberImport,
    MemberKind,
    MemberStatus,
    Pledge,
    Regulation,
    Resolution,
    ResolutionAbout,
    SavingsGroup,
)
from sajja.lib.money import baht
from sajja.lib.thai_dates import short
from sajja.web import clock, vault
from sajja.web.sheets import rows


def members_of(group: SavingsGroup) -> QuerySet[Member]:
    """Everyone who ever was a member, in the order in which the treasurer calls them."""
    return Member.objects.filter(group=group).order_by("call_position", "order")


def active_on(group: SavingsGroup, day: date) -> QuerySet[Member]:
    """Who is a member on a day: joined by then, and not ended before it."""
    return members_of(group).filter(Q(ended_on__isnull=True) | Q(ended_on__gte=day), joined_on__lte=day)


def active(group: SavingsGroup) -> QuerySet[Member]:
    """Who is a member now."""
    return members_of(group).filter(status=MemberStatus.ACTIVE)


def member_of(group: SavingsGroup, number: str) -> Member | None:
    """The member of a number."""
    return Member.objects.filter(group=group, number=number).first()


def numbers_of(group: SavingsGroup) -> set[str]:
    """Every number that was ever given."""
    return set(Member.objects.filter(group=group).values_list("number", flat=True))


def numbers_after(taken: Collection[str]) -> Iterator[str]:
    """Free numbers counting on from the highest, without end."""
    last = next_number(taken)
    while True:
        yield last
        last = next_number([last])


def resolutions_of(group: SavingsGroup, *about: str) -> QuerySet[Resolution]:
    """The resolutions that stand, newest meeting first; of these kinds (and free ones), or all."""
    found = Resolution.objects.filter(meeting__group=group, struck_because="").select_related("meeting")
    if about:
        found = found.filter(about__in=[*about, ResolutionAbout.FREE])
    return found.order_by("-meeting__day", "-meeting__pk", "number")


def told(resolution: Resolution) -> str:
    """A resolution in one line: its meeting, its number, its words."""
    meeting = resolution.meeting
    words = {
        "meeting": meeting.get_kind_display(),
        "day": short(meeting.day),
        "number": resolution.number,
        "text": resolution.text,
    }
    return _("%(meeting)s %(day)s มติที่ %(number)s: %(text)s") % words


def meetings_of(group: SavingsGroup) -> QuerySet[Meeting]:
    """The group's meetings, newest first, each with how many `resolved` stand."""
    standing = Count("resolutions", filter=Q(resolutions__struck_because=""))
    return Meeting.objects.filter(group=group).annotate(resolved=standing).order_by("-day", "-pk")


def named_by(resolution: Resolution) -> list[Member]:
    """The members whom a resolution took in or let go, by number."""
    return list(Member.objects.filter(Q(resolution=resolution) | Q(ended_resolution=resolution)).order_by("order"))


def beneficiaries_of(member: Member) -> list[Beneficiary]:
    """Who counts now."""
    return list(Beneficiary.objects.filter(member=member, counts=True).order_by("position"))


def changes_of(member: Member) -> list[Line]:
    """What was changed on a member, newest first: one line an act, each field from what to what."""
    lines: dict[tuple[datetime, str, str], list[Change]] = {}
    for row in member.changes.order_by("-at", "-pk"):
        changes = lines.setdefault((row.at, row.by_name, row.reason), [])
        changes.append(Change(str(FIELDS.get(row.field, row.field)), row.before, row.after))
    return [Line(at, by, reason or _("แก้ข้อมูลสมาชิก"), changes) for (at, by, reason), changes in lines.items()]


def has_book(group: SavingsGroup) -> bool:
    """Whether the group keeps its savings book here."""
    return GroupBook.objects.filter(group=group, is_savings=True).exists()


def member_imports(group: SavingsGroup) -> QuerySet[MemberImport]:
    """The sheets of members sent before, newest first, without their rows."""
    return MemberImport.objects.filter(group=group).defer("rows", "errors").order_by("-at", "-pk")


def read_members(group: SavingsGroup, upload: UploadedFile[Any]) -> MemberReading:
    """Read and check an uploaded sheet of this group's members; Refused where it is no such sheet."""
    require_keys()
    known = Member.objects.filter(group=group).values_list("number", "national_id_found")
    holders = {found: number for number, found in known if found}
    regulation = regulation_in_force(group)
    reader = MemberReader(
        taken={number for number, _found in known},
        holder=lambda digits: holders.get(vault.found(digits), ""),
        refusal=lambda satang: pledge_refusal(regulation, satang),
        today=clock.today(),
    )
    return reader.read((row.number, row.cells) for row in rows(upload, COLUMNS))


def require_keys() -> None:
    """VaultError where national IDs are kept and every key is gone: a new key in their place would hide the loss."""
    if not vault.versions() and Member.objects.exclude(national_id_sealed="").exists():
        raise vault.VaultError("national IDs are kept but all keys are missing: bring $SAJJA_DATA/keys back")


def regulation_in_force(group: SavingsGroup, day: date | None = None) -> Regulation | None:
    """The rules in force on that day (today), without their heads."""
    regulations = group.regulations.filter(in_force_from__lte=day or clock.today(), counts=True)
    return regulations.order_by("-in_force_from").first()


def pledge_refusal(regulation: Regulation | None, satang: int) -> str:
    """What is wrong with a pledge: it is whole units within the regulation; nothing pledged, or no regulation, is let through."""
    if regulation is None or not regulation.pledge_unit_satang or not satang:
        return ""
    unit, least, most = regulation.pledge_unit_satang, regulation.pledge_units_least, regulation.pledge_units_most
    units, rest = divmod(satang, unit)
    if not rest and least <= units <= most:
        return ""
    words = {"least": baht(least * unit), "most": baht(most * unit), "unit": baht(unit)}
    return _("ระเบียบให้ส่งสัจจะเดือนละ %(least)s ถึง %(most)s บาท ครั้งละ %(unit)s บาท") % words


def families_of(group: SavingsGroup) -> list[tuple[str, str]]:
    """Code and words of every family, by code."""
    families = sorted(Family.objects.filter(group=group), key=lambda family: family.code.zfill(20))
    return [(family.code, f"{family.code} {family.name}".strip()) for family in families]


def figures_of(group: SavingsGroup) -> dict[str, int]:
    """How many are members now (`active`), children among them, how many left or died, in how many `families`."""
    now = Q(status=MemberStatus.ACTIVE)
    return Member.objects.filter(group=group).aggregate(
        active=Count("pk", filter=now),
        children=Count("pk", filter=now & Q(kind=MemberKind.CHILD)),
        left=Count("pk", filter=Q(status=MemberStatus.LEFT)),
        died=Count("pk", filter=Q(status=MemberStatus.DIED)),
        families=Count("family", filter=now, distinct=True),
    )


def narrowed(group: SavingsGroup, chosen: dict[str, str], sort: str = "") -> QuerySet[Member]:
    """The members that a list's filters leave (q, state, kind, family), sorted by number, name or joined, "-" downwards."""
    members = Member.objects.filter(group=group).select_related("family")
    for word in chosen.get("q", "").split():
        members = members.filter(Q(name__icontains=word) | Q(number__iexact=word))
    if chosen.get("state") != "all":
        ended = chosen.get("state") == "ended"
        members = members.exclude(status=MemberStatus.ACTIVE) if ended else members.filter(status=MemberStatus.ACTIVE)
    if kind := chosen.get("kind"):
        members = members.filter(kind=kind)
    if code := chosen.get("family"):
        members = members.filter(family__code=code)
    down = "-" if sort.startswith("-") else ""
    fields = {"name": "sort_name", "joined": "joined_on"}
    return members.order_by(down + fields.get(sort.removeprefix("-"), "order"), "order", "pk")


def next_number(taken: Collection[str]) -> str:
    """The number after the highest; numbers of digits alone count on, others keep their letters: M09 → M10."""
    best = max((_tail(number) for number in taken), default=("", 0, 0))
    head, value, width = best if best[1] else ("", 0, 0)
    return f"{head}{value + 1:0{width}d}" if width else str(value + 1)


def _tail(number: str) -> tuple[str, int, int]:
    head = number.rstrip("0123456789")
    digits = number[len(head) :]
    return head, int(digits or 0), len(digits)


def pledge_history(group: SavingsGroup) -> dict[int, list[tuple[date, int]]]:
    """Member's key → (first of the month, satang a month from then on), oldest first."""
    found_rows = Pledge.objects.filter(member__group=group, counts=True).order_by("effective_from", "pk")
    found: dict[int, list[tuple[date, int]]] = {}
    for member, month, satang in found_rows.values_list("member_id", "effective_from", "amount_satang"):
        found.setdefault(member, []).append((month, satang))
    return found


def pledges_on(group: SavingsGroup, month: date) -> dict[int, int]:
    """Member's key → what is pledged in that month, in satang."""
    return {member: _holding(history, month) for member, history in pledge_history(group).items()}


def _holding(history: Iterable[tuple[date, int]], month: date) -> int:
    held = 0
    for since, satang in history:
        if since <= month:
            held = satang
    return held
