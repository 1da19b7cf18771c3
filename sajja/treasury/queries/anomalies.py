"""What deserves a look in many books at once: a fixed number of queries however many books (anomalies.py holds the rules)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Count, Min, Q, Sum

from sajja.groups.models import CommitteeMember, GroupBook
from sajja.ledger.models import ROOM_PER_BOOK, Account, BookHead, Entry, Movement
from sajja.lib.money import baht
from sajja.treasury import anomalies, chart, lives
from sajja.treasury.anomalies import Anomaly
from sajja.treasury.models import BalanceConfirmation, BookRules, Keeper, Loan, MemberAccount
from sajja.treasury.queries.collecting import days_due
from sajja.treasury.signing import bare
from sajja.web import clock

PAYMENTS = ("expense", "general", "gift")
Found = Iterator[tuple[int, Anomaly]]
"""Key of the kept book, and what to look at."""


def limits() -> Mapping[str, int]:
    """The thresholds in force."""
    return {**anomalies.DEFAULTS, **getattr(settings, "WATCH", {})}


def anomalies_of(kept_books: Sequence[GroupBook], today: date) -> dict[int, list[Anomaly]]:
    """Key of the kept book → what to look at, worst first; books with nothing are left out. Each has its `book` and `group`."""
    found: defaultdict[int, list[Anomaly]] = defaultdict(list)
    for part in (_untouched, _missed, _cash, _round, _committee, _slips):
        for key, one in part(kept_books, today):
            found[key].append(one)
    return {key: sorted(rows, key=lambda one: -one.weight) for key, rows in found.items()}


def _untouched(kept_books: Sequence[GroupBook], today: date) -> Found:
    by_book = {kept.book_id: kept for kept in kept_books}
    heads = BookHead.objects.filter(book__in=by_book)
    newest = [book * ROOM_PER_BOOK + entries for book, entries in heads.values_list("book", "entries") if entries]
    days = limits()["untouched_days"]
    for book, at in Entry.objects.filter(pk__in=newest).values_list("book", "at"):
        since = clock.day_of(at)
        if anomalies.untouched(since, today, days):
            facts = {"days": (today - since).days}
            yield by_book[book].pk, Anomaly(anomalies.UNTOUCHED, since, facts, "treasury:vouchers")


def _missed(kept_books: Sequence[GroupBook], today: date) -> Found:
    over = today - timedelta(days=limits()["missed_days"])
    for key, days in days_due(kept_books, today).items():
        if late := [day for day in days if day < over]:
            yield key, Anomaly(anomalies.MISSED, late[0], {"count": len(late)}, "treasury:days")


def _cash(kept_books: Sequence[GroupBook], today: date) -> Found:
    """Each keeper's drawer, and what stands on the heading itself, against its limit; below nought always."""
    by_book = {kept.book_id: kept for kept in kept_books}
    accounts = list(Account.objects.filter(Q(code=chart.CASH) | Q(control__code=chart.CASH), book__in=by_book))
    own = {one.account_id: one.limit_satang for one in Keeper.objects.filter(kept__in=kept_books)}
    rules: dict[int, BookRules] = {}
    for rule in BookRules.objects.filter(kept__in=kept_books, counts=True, in_force_from__lte=today).order_by("in_force_from"):
        rules[rule.kept_id] = rule
    under: defaultdict[int, int] = defaultdict(int)
    for one in accounts:
        under[one.control_id or 0] += one.balance
    for one in accounts:
        kept, held = by_book[one.book_id], one.balance - under[one.pk]
        in_force = rules.get(kept.pk)
        if held < 0:
            yield kept.pk, Anomaly(anomalies.NEGATIVE, one.last_on, {"cash": baht(held)}, "treasury:money")
        limit = own.get(one.pk)
        limit = limit if limit is not None else in_force.cash_limit_satang if in_force else None
        waited = one.last_on is not None and in_force is not None and (today - one.last_on).days > in_force.bank_within_days
        if limit is not None and held > limit and waited:
            yield kept.pk, Anomaly(anomalies.CASH, one.last_on, {"cash": baht(held), "limit": baht(limit)}, "treasury:money")


def _round(kept_books: Sequence[GroupBook], today: date) -> Found:
    """Payments of round sums that one person entered."""
    by_book, wanted = {kept.book_id: kept for kept in kept_books}, limits()
    since = today - timedelta(days=wanted["round_days"])
    money = Q(credit__code__in=chart.MONEY) | Q(credit__control__code__in=chart.MONEY)
    moves = Movement.objects.filter(money, entry__book__in=by_book, entry__date__gte=since, entry__kind__in=PAYMENTS)
    back = Entry.objects.filter(book__in=by_book, reverses__isnull=False).values("reverses")
    rows = (
        moves.exclude(entry__in=back)
        .order_by()
        .values("entry", "entry__book", "entry__by")
        .annotate(satang=Sum("amount"), first=Min("entry__date"))
    )
    found: defaultdict[tuple[int, str], list[date]] = defaultdict(list)
    for row in rows:
        if row["satang"] % wanted["round_satang"] == 0:
            found[row["entry__book"], row["entry__by"]].append(row["first"])
    for (book, _by), days in found.items():
        if len(days) >= wanted["round_times"]:
            facts = {"count": len(days), "days": wanted["round_days"]}
            yield by_book[book].pk, Anomaly(anomalies.ROUND, min(days), facts, "treasury:vouchers")


def _committee(kept_books: Sequence[GroupBook], today: date) -> Found:
    """The committee's part of the loans against its part of the pledged savings; they are found among the members by name."""
    by_group = {kept.group_id: kept for kept in kept_books}
    sitting = CommitteeMember.objects.filter(Q(ends__isnull=True) | Q(ends__gte=today), starts__lte=today, counts=True)
    names = {(group, bare(name)) for group, name in sitting.filter(group__in=by_group).values_list("group", "name")}
    owed = Loan.objects.filter(kept__in=kept_books, state__in=lives.OPEN)
    savings = MemberAccount.objects.filter(member__group__in=by_group, control=chart.PLEDGED)
    lent: defaultdict[int, list[int]] = defaultdict(lambda: [0, 0])
    saved: defaultdict[int, list[int]] = defaultdict(lambda: [0, 0])
    for into, rows, sign in ((lent, owed, 1), (saved, savings, -1)):
        for group, name, balance in rows.values_list("member__group", "member__name", "account__balance"):
            into[group][1] += sign * balance
            into[group][0] += sign * balance * ((group, bare(name)) in names)
    points = limits()["committee_points"]
    for group, (theirs, everyones) in lent.items():
        own, all_saved = saved[group]
        if anomalies.above_share(theirs, everyones, own, all_saved, points):
            facts = {"lent": anomalies.part(theirs, everyones), "saved": anomalies.part(own, all_saved)}
            yield by_group[group].pk, Anomaly(anomalies.COMMITTEE, None, facts, "treasury:loans")


def _slips(kept_books: Sequence[GroupBook], today: date) -> Found:
    rows = BalanceConfirmation.objects.filter(kept__in=kept_books, answer="differs", solved="", on__lte=today)
    for key, count, since in (
        rows.values("kept").annotate(count=Count("pk"), since=Min("on")).values_list("kept", "count", "since")
    ):
        yield key, Anomaly(anomalies.SLIPS, since, {"count": count}, "treasury:confirmations")
