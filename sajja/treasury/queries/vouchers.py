"""Vouchers as people read them: the list, and one as its paper has it."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.core.paginator import Page
from django.db.models import Q, QuerySet, Sum
from django.utils.functional import Promise

from sajja.audit.labels import label
from sajja.groups.models import GroupBook
from sajja.ledger import periods
from sajja.ledger import queries as ledger
from sajja.ledger.models import Account, Entry, Movement
from sajja.lib.money import words
from sajja.lib.names import clean
from sajja.treasury import chart
from sajja.treasury.kinds import KINDS
from sajja.treasury.models import Second, Voucher, VoucherKind
from sajja.treasury.queries.seconds import unconfirmed_among

PER_PAGE = 50
SHORT_PAPER = 24


class Side(NamedTuple):
    """A line of the paper: an account, debit and credit in satang (0: nothing in that column)."""

    account: Account
    debit: int
    credit: int
    note: str = ""


class Leaf(NamedTuple):
    """One movement, for the long list below a paper of many."""

    movement: Movement
    debit: Account
    credit: Account
    gone: bool


class Sheet(NamedTuple):
    """A voucher with all that its page shows; satang."""

    entry: Entry
    kind: VoucherKind
    words: str | Promise
    paper: Voucher | None
    sides: list[Side]
    leaves: list[Leaf]
    total: int
    reverses: Entry | None
    reversals: list[Entry]
    standing: bool
    seconds: list[Second]

    @property
    def in_words(self) -> str:
        """The total as the paper says it."""
        return words(self.total)

    @property
    def unconfirmed(self) -> bool:
        """Whether a signature is still awaited."""
        return any(second.confirmed_at is None for second in self.seconds)


class Row(NamedTuple):
    """A line of the list."""

    entry: Entry
    words: str | Promise
    satang: int
    reversed: bool
    unconfirmed: bool


def sheet(kept: GroupBook, entry: Entry) -> Sheet:
    """The voucher; of many movements (a collecting day) the sides are summed by heading."""
    moved = ledger.movements_of(entry)
    by_key = Account.objects.in_bulk({key for m in moved for key in (m.debit_id, m.credit_id)})
    controls = Account.objects.in_bulk({a.control_id for a in by_key.values() if a.control_id})
    top = {key: controls[a.control_id] if len(moved) > SHORT_PAPER and a.control_id else a for key, a in by_key.items()}
    taken = ledger.reversed_among(kept.book, [m.pk for m in moved])
    reversals = ledger.reversal_of(entry)
    paper = Voucher.objects.select_related("resolution__meeting", "member").filter(entry=entry).first()
    seconds = Second.objects.filter(about__in=_labels(entry)).order_by("pk")
    return Sheet(
        entry, VoucherKind(paper.kind) if paper else _kind(moved, by_key), KINDS.get(entry.kind, entry.kind), paper,
        _sides(moved, top), [Leaf(m, by_key[m.debit_id], by_key[m.credit_id], m.pk in taken) for m in moved],
        sum(m.amount for m in moved), Entry.objects.filter(pk=entry.reverses_id).first() if entry.reverses_id else None,
        reversals, len(taken) < len(moved), list(seconds),
    )  # fmt: skip


def _labels(entry: Entry) -> list[str]:
    handover = getattr(entry, "handover", None)
    return [label(entry), *([label(handover)] if handover else [])]


def _kind(moved: Sequence[Movement], accounts: dict[int, Account]) -> VoucherKind:
    """By where the money went, for entries that no voucher's form made."""
    into = all(accounts[m.debit_id].code.split(":")[0] in chart.MONEY for m in moved)
    out = all(accounts[m.credit_id].code.split(":")[0] in chart.MONEY for m in moved)
    return VoucherKind.GENERAL if into == out else VoucherKind.RECEIPT if into else VoucherKind.PAYMENT


def _sides(moved: Sequence[Movement], accounts: dict[int, Account]) -> list[Side]:
    """Debits first, each account once, in the order in which they come."""
    debits: dict[int, int] = {}
    credited: dict[int, int] = {}
    for m in moved:
        debits[accounts[m.debit_id].pk] = debits.get(accounts[m.debit_id].pk, 0) + m.amount
        credited[accounts[m.credit_id].pk] = credited.get(accounts[m.credit_id].pk, 0) + m.amount
    by_key = {account.pk: account for account in accounts.values()}
    return [Side(by_key[key], satang, 0) for key, satang in debits.items()] + [
        Side(by_key[key], 0, satang) for key, satang in credited.items()
    ]


def search(kept: GroupBook, *, month: int | None = None, kind: str = "", q: str = "") -> QuerySet[Entry]:
    """The book's entries, newest first; of a month, of a kind, with these words in the memo or this number."""
    found = ledger.entries_in(kept.book).order_by("-date", "-pk")
    if month:
        found = found.filter(date__gte=periods.first_day(month), date__lte=periods.last_day(month))
    if kind:
        found = found.filter(kind=kind)
    if q := clean(q):
        year, _slash, number = q.partition("/")
        if year.isdecimal() and number.isdecimal() and len(number) < 9 and len(year) == 4:
            return found.filter(year=int(year) - 543, number=int(number))
        found = found.filter(Q(memo__icontains=q) | Q(paper__party__icontains=q) | Q(paper__paper_no__icontains=q))
    return found


def rows(kept: GroupBook, page: Page[Entry]) -> list[Row]:
    """The entries of a page with their sums, whether they were taken back or wait for a signature; three queries."""
    entries = list(page.object_list)
    if not entries:
        return []
    keys = [entry.pk for entry in entries]
    span = Movement.objects.filter(
        pk__gte=min(e.first for e in entries), pk__lt=max(e.first + e.lines for e in entries), entry__in=keys
    )
    sums = dict(span.values_list("entry_id").annotate(satang=Sum("amount")))
    gone = set(ledger.entries_in(kept.book).filter(reverses__in=keys).values_list("reverses_id", flat=True))
    awaited = unconfirmed_among(f"ledger.Entry:{key}" for key in keys)
    return [
        Row(e, KINDS.get(e.kind, e.kind), int(sums.get(e.pk, 0)), e.pk in gone, f"ledger.Entry:{e.pk}" in awaited)
        for e in entries
    ]


def months(kept: GroupBook, today: date) -> list[int]:
    """The months that the book has, newest first."""
    return periods.months(periods.month_of(kept.book.opened_on), periods.month_of(today))[::-1]


def fund(kept: GroupBook, code: str) -> Account | None:
    """A fund of the book, with what it holds."""
    return Account.objects.filter(book=kept.book, code=code).first()
