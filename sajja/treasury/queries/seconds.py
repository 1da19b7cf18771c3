"""What waits for a signature, and what it is about."""

from collections import Counter
from collections.abc import Iterable

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse

from sajja.groups.models import CommitteeMember, GroupBook, Member
from sajja.ledger.models import Entry, Movement
from sajja.lib.money import baht
from sajja.treasury.models import CashCount, Handover, Pin, Second


def address_of(second: Second) -> str:
    """The page of the thing that it is about; the list of signatures where the thing has none of its own."""
    room, _dot, rest = second.about.partition(".")
    kind, _colon, key = rest.partition(":")
    route = {"Entry": "treasury:voucher", "Handover": "treasury:handover", "CashCount": "treasury:count"}.get(kind)
    if route and room in {"ledger", "treasury"}:
        return reverse(route, args=[int(key)])
    return reverse("treasury:unconfirmed", args=[second.kept.book_id])


def told(second: Second) -> list[str]:
    """What the slip says of the thing: the voucher, its day, its words and money."""
    kind, _colon, key = second.about.partition(":")
    if kind == "ledger.Entry" and (entry := Entry.objects.filter(pk=int(key)).first()):
        moved = Movement.objects.filter(pk__gte=entry.first, pk__lt=entry.first + entry.lines).values_list("amount", flat=True)
        return [entry.voucher, entry.memo, f"{baht(sum(moved))} บาท"]
    if kind == "treasury.Handover" and (handover := Handover.objects.filter(pk=int(key)).first()):
        return [str(handover), f"{baht(handover.cash_satang)} บาท"]
    if kind == "treasury.CashCount" and (count := CashCount.objects.filter(pk=int(key)).first()):
        return [str(count), f"{baht(count.counted_satang)} บาท"]
    return [second.about_name]


def person_key(person: CommitteeMember | Member) -> tuple[int | None, int | None]:
    """Committee member's and member's key, one of them None."""
    return (person.pk, None) if isinstance(person, CommitteeMember) else (None, person.pk)


def book_of(pin: Pin) -> GroupBook:
    """The group's savings book, where its people's PINs are kept."""
    return get_object_or_404(GroupBook.objects.select_related("group__unit__parent", "book"), group=pin.group, is_savings=True)


def unconfirmed_among(labels: Iterable[str]) -> set[str]:
    """Of these things, by their plain keys, those that wait for a signature."""
    return set(Second.objects.filter(about__in=list(labels), confirmed_at__isnull=True).values_list("about", flat=True))


def doubtful(pin: Pin) -> QuerySet[Second]:
    """What its person signed by a PIN that nobody vouched for."""
    return Second.objects.filter(committee=pin.committee_id, member=pin.member_id, pin_doubtful=True)


def unvouched(groups: Iterable[int]) -> Counter[int]:
    """Of these groups, how many PINs were set on another's account and not vouched for; one query."""
    pins = Pin.objects.filter(group__in=list(groups), vouched_at__isnull=True).exclude(hash="")
    return Counter(pins.values_list("group", flat=True))


def waiting(kept: GroupBook) -> int:
    """How many signatures of a book are still awaited."""
    return Second.objects.filter(kept=kept, confirmed_at__isnull=True).count()
