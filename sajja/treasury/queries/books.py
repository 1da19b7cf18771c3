"""A group's book, its rules and its money accounts."""

from datetime import date

from django.db.models import Q

from sajja.groups.models import GroupBook, SavingsGroup
from sajja.ledger.models import Account
from sajja.treasury import chart
from sajja.treasury.models import BookRules


def kept_of(group: SavingsGroup) -> GroupBook | None:
    """The group's savings book; None before it is opened."""
    return GroupBook.objects.select_related("group__unit", "book").filter(group=group, is_savings=True).first()


def rules_on(kept: GroupBook, day: date) -> BookRules:
    """The rules of a day; before the first ones, the first."""
    counting = BookRules.objects.filter(kept=kept, counts=True)
    found = counting.filter(in_force_from__lte=day).order_by("-in_force_from").first()
    return found or counting.order_by("in_force_from")[0]


def headings_by_code(kept: GroupBook) -> dict[str, Account]:
    """The book's control accounts, by code."""
    found = Account.objects.filter(book=kept.book, control__isnull=True).order_by("code")
    return {account.code: account for account in found}


def cash_accounts(kept: GroupBook) -> list[Account]:
    """Cash in hand: the heading, then each keeper's."""
    found = Account.objects.filter(Q(code=chart.CASH) | Q(control__code=chart.CASH), book=kept.book)
    return list(found.order_by("code"))


def money_accounts(kept: GroupBook) -> list[Account]:
    """Where money lies: cash with its keepers, banks."""
    inside = Q(code__in=chart.MONEY) | Q(control__code__in=chart.MONEY)
    return list(Account.objects.filter(inside, book=kept.book).order_by("code"))
