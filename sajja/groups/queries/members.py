"""Reads of the members, their pledges and the group's books."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from django.db.models import Q, QuerySet

from sajja.groups.models import Member, MemberStatus, Pledge, Resolution, ResolutionAbout, SavingsGroup


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
    rows = Pledge.objects.filter(member__group=group, counts=True).order_by("effective_from", "pk")
    found: dict[int, list[tuple[date, int]]] = {}
    for member, month, satang in rows.values_list("member_id", "effective_from", "amount_satang"):
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
